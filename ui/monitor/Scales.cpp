// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/Scales.h"

#include "ui/common/Format.h"

namespace ui::monitor {

namespace {

constexpr double mib = 1024.0 * 1024.0;

QString bytesWords(double bytes)
{
    return bytes == 0 ? QStringLiteral("0") : format::bytes(bytes);
}

} // namespace

charts::ChartScale percentScale()
{
    return {100, 1, 1000, [](double v) { return format::percent(v); }};
}

charts::ChartScale gpuMemoryScale(std::optional<qint64> totalMib)
{
    std::optional<double> top;
    if (totalMib)
        top = double(*totalMib);
    return {top, 1024, 1024, [](double v) { return bytesWords(v * mib); }};
}

charts::ChartScale powerScale(std::optional<double> limitW)
{
    return {limitW, 100, 1000, [](double v) { return format::watts(v); }};
}

charts::ChartScale temperatureScale()
{
    // Cards throttle at 83 to 95 °C, so 100 is the natural end.
    return {100, 1, 1000, [](double v) { return format::celsius(v); }};
}

charts::ChartScale cpuScale(std::optional<double> limitCores)
{
    std::optional<double> top;
    if (limitCores)
        top = *limitCores * 100;
    return {top, 100, 1000, [](double v) { return format::percent(v); }};
}

charts::ChartScale bytesScale(std::optional<qint64> limitBytes)
{
    std::optional<double> top;
    if (limitBytes)
        top = double(*limitBytes);
    return {top, mib, 1024, bytesWords};
}

charts::ChartScale rateScale()
{
    return {std::nullopt, 64 * 1024, 1024,
            [](double v) { return v == 0 ? QStringLiteral("0") : format::rate(v); }};
}

} // namespace ui::monitor
