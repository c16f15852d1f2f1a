// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/Card.h"

namespace core::catalog {

namespace {

constexpr int maxPart = 999;

std::optional<int> part(QStringView text)
{
    if (text.isEmpty() || text.size() > 3)
        return std::nullopt;
    int value = 0;
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
        value = value * 10 + (c.unicode() - u'0');
    }
    return value <= maxPart ? std::optional(value) : std::nullopt;
}

QLatin1StringView columnOf(Figure figure)
{
    switch (figure) {
    case Figure::Fp32: return QLatin1StringView("fp32_tflops");
    case Figure::Fp16: return QLatin1StringView("fp16_tensor_dense_tflops");
    case Figure::Memory: return QLatin1StringView("vram_gb");
    case Figure::Bandwidth: return QLatin1StringView("mem_bandwidth_gbs");
    case Figure::Tdp: return QLatin1StringView("tdp_w");
    }
    return {};
}

std::optional<Decimal> whole(const std::optional<int> &value)
{
    return value ? std::optional(Decimal::fromInt(*value)) : std::nullopt;
}

} // namespace

std::optional<DottedVersion> DottedVersion::parse(QStringView text)
{
    const auto parts = text.split(u'.');
    if (parts.isEmpty() || parts.size() > 3)
        return std::nullopt;
    const std::optional<int> major = part(parts[0]);
    const std::optional<int> minor = parts.size() > 1 ? part(parts[1]) : 0;
    if (!major || !minor || (parts.size() > 2 && !part(parts[2])))
        return std::nullopt;
    return DottedVersion{*major, *minor};
}

std::optional<Decimal> figureOf(const Card &card, Figure figure)
{
    switch (figure) {
    case Figure::Fp32: return card.fp32Tflops;
    case Figure::Fp16: return card.fp16Tflops;
    case Figure::Memory: return whole(card.memoryGb);
    case Figure::Bandwidth: return card.bandwidthGbs;
    case Figure::Tdp: return whole(card.tdpW);
    }
    return std::nullopt;
}

bool isSourced(const Card &card, Figure figure)
{
    return !card.unsourced.contains(columnOf(figure));
}

} // namespace core::catalog
