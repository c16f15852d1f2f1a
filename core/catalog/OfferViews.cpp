// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/OfferViews.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace core::catalog {

namespace {

std::optional<Decimal> times(const std::optional<Decimal> &amount, int factor)
{
    return amount ? std::optional(Decimal::fromMillionths(amount->millionths() * factor))
                  : std::nullopt;
}

void applyMembership(OfferRow &row, const PricingOptions &options)
{
    row.perGpuHour = row.offer.perGpuHour;
    if (!options.member || row.offer.isNoGpu())
        return;
    if (row.offer.memberPerGpuHour) {
        row.perGpuHour.perHour = *row.offer.memberPerGpuHour;
        row.isMemberPrice = true;
    } else if (options.memberPercent) {
        const auto price =
            roundedQuotient({row.perGpuHour.perHour.millionths(), *options.memberPercent}, {100});
        row.perGpuHour.perHour = Decimal::fromMillionths(price.value_or(0));
        row.isMemberPrice = true;
        row.isMemberEstimate = true;
    }
}

std::optional<double> unitPrice(const HourlyPrice &price, const std::optional<Decimal> &units)
{
    if (!units || units->millionths() == 0)
        return std::nullopt;
    return double(price.perHour.millionths()) / double(units->millionths());
}

OfferRow rowOf(const Offer &offer, CardMatcher &cards, const PricingOptions &options, QDate today)
{
    const int gpus = offer.isNoGpu() ? 1 : std::clamp(options.gpus, 1, mostGpus);
    OfferRow row;
    row.offer = offer;
    row.ageDays = ageInDays(offer.seenOn, today);
    row.isOld = isOld(row.ageDays);
    row.cores = times(offer.coresPerGpu, gpus);
    row.memoryGb = times(offer.memoryGbPerGpu, gpus);
    applyMembership(row, options);
    const Currency shown = options.currency.value_or(offer.perGpuHour.currency);
    const ExchangeRate rate = options.rate.isUsable() ? options.rate : firstRate;
    const HourlyPrice perGpu = converted(row.perGpuHour, shown, rate).value_or(row.perGpuHour);
    row.perHour = {*times(perGpu.perHour, gpus), perGpu.currency};
    row.cnyPerHour =
        row.perHour.perHour.toDouble() * (shown == Currency::Usd ? rate.cnyPerUsd.toDouble() : 1.0);
    if (offer.isNoGpu())
        return row;
    row.card = cards.match(offer.card);
    if (const Card *card = row.card.best()) {
        row.perFp32TflopsHour = unitPrice(perGpu, card->fp32Tflops);
        row.perFp16TflopsHour = unitPrice(perGpu, card->fp16Tflops);
        const std::optional<int> gb = row.card.usualMemoryGb();
        row.perGbHour = unitPrice(perGpu, gb ? std::optional(Decimal::fromInt(*gb)) : std::nullopt);
    }
    return row;
}

/// What rows are sorted by, in CNY, whatever currency each is shown in.
double sortKey(const OfferRow &row, OfferOrder order)
{
    constexpr double last = std::numeric_limits<double>::infinity();
    if (row.offer.isNoGpu())
        return last;
    const double shown = row.perHour.perHour.toDouble();
    const double toCny = shown > 0 ? row.cnyPerHour / shown : 1.0;
    switch (order) {
    case OfferOrder::PerHour: return row.cnyPerHour;
    case OfferOrder::PerFp32TflopsHour: return row.perFp32TflopsHour.value_or(last) * toCny;
    case OfferOrder::PerFp16TflopsHour: return row.perFp16TflopsHour.value_or(last) * toCny;
    case OfferOrder::PerGbHour: return row.perGbHour.value_or(last) * toCny;
    }
    return last;
}

std::optional<double> perMoney(const std::optional<double> &unitPrice)
{
    return unitPrice && *unitPrice > 0 ? std::optional(1.0 / *unitPrice) : std::nullopt;
}

} // namespace

std::vector<OfferRow> offerRows(const std::vector<Offer> &offers, const CardCatalog &cards,
                                const PricingOptions &options, QDate today)
{
    std::vector<OfferRow> rows;
    rows.reserve(offers.size());
    CardMatcher matcher(cards);
    for (const Offer &offer : offers)
        rows.push_back(rowOf(offer, matcher, options, today));
    return rows;
}

void sortRows(std::vector<OfferRow> &rows, OfferOrder order)
{
    std::stable_sort(rows.begin(), rows.end(), [&](const OfferRow &a, const OfferRow &b) {
        const double first = sortKey(a, order);
        const double second = sortKey(b, order);
        if (first != second)
            return first < second;
        return !a.offer.isNoGpu() && b.offer.isNoGpu();
    });
}

std::vector<bool> frontier(const std::vector<PricePoint> &points)
{
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return points[a].price != points[b].price ? points[a].price < points[b].price
                                                  : points[a].speed > points[b].speed;
    });
    std::vector<bool> unbeaten(points.size(), false);
    const PricePoint *last = nullptr; // the fastest so far, at its lowest price
    for (const std::size_t at : order) {
        const PricePoint &point = points[at];
        const bool isSame = last && point.price == last->price && point.speed == last->speed;
        if (last && !isSame && point.speed <= last->speed)
            continue;
        unbeaten[at] = true;
        last = &point;
    }
    return unbeaten;
}

std::vector<CardValue> valueRanking(const CardCatalog &cards, const std::vector<OfferRow> &rows)
{
    std::vector<CardValue> values;
    for (const Card &card : cards.cards()) {
        CardValue value;
        value.card = &card;
        const OfferRow *cheapest = nullptr;
        for (const OfferRow &row : rows) {
            if (row.card.best() == &card && (!cheapest || row.cnyPerHour < cheapest->cnyPerHour))
                cheapest = &row;
        }
        if (cheapest) {
            value.cheapest = *cheapest;
            value.fp32PerMoney = perMoney(cheapest->perFp32TflopsHour);
            value.fp16PerMoney = perMoney(cheapest->perFp16TflopsHour);
            value.gbPerMoney = perMoney(cheapest->perGbHour);
        }
        values.push_back(std::move(value));
    }
    std::stable_sort(values.begin(), values.end(), [](const CardValue &a, const CardValue &b) {
        const auto inCny = [](const CardValue &value) {
            if (!value.fp16PerMoney)
                return -1.0;
            const double shown = value.cheapest->perHour.perHour.toDouble();
            return *value.fp16PerMoney * shown / value.cheapest->cnyPerHour;
        };
        return inCny(a) > inCny(b);
    });
    return values;
}

} // namespace core::catalog
