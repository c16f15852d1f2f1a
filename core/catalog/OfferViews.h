// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/CardCatalog.h"
#include "core/catalog/Offer.h"

namespace core::catalog {

/// How offers are looked at.
struct PricingOptions
{
    int gpus = 1; ///< 1 to mostGpus; cores, memory and price grow in proportion
    bool member = false;
    std::optional<int> memberPercent; ///< 1 to 100, of the regular price where no other is known
    std::optional<Currency> currency; ///< all prices in it; absent = each in its own
    ExchangeRate rate = firstRate;
};

/// An offer beside its card. Unit prices are ratios to compare by, in the shown currency; they are
/// never added up.
struct OfferRow
{
    Offer offer;
    NameMatch card;
    HourlyPrice perGpuHour; ///< what counts: the member's where it applies; own currency
    HourlyPrice perHour;    ///< for all GPUs, in the shown currency
    bool isMemberPrice = false;
    bool isMemberEstimate = false; ///< by memberPercent
    std::optional<Decimal> cores;  ///< for all GPUs
    std::optional<Decimal> memoryGb;
    std::optional<double> perFp32TflopsHour;
    std::optional<double> perFp16TflopsHour;
    std::optional<double> perGbHour; ///< of GPU memory
    std::optional<int> ageDays;
    bool isOld = false;
    double cnyPerHour = 0; ///< perHour in CNY, to sort by
};

/// One row an offer, in the table's order.
[[nodiscard]] std::vector<OfferRow> offerRows(const std::vector<Offer> &offers,
                                              const CardCatalog &cards,
                                              const PricingOptions &options, QDate today);

enum class OfferOrder { PerHour, PerFp32TflopsHour, PerFp16TflopsHour, PerGbHour };
/// Cheapest first; equal ones stay in their order; rows that lack the figure come last, the no-GPU
/// mode after them.
void sortRows(std::vector<OfferRow> &rows, OfferOrder order);

/// Of points of price and speed those that nothing beats: no other is at most as dear and at least
/// as fast, and better in one of the two.
struct PricePoint
{
    double price = 0;
    double speed = 0;
};
[[nodiscard]] std::vector<bool> frontier(const std::vector<PricePoint> &points);

/// A card at the lowest price that is known for it.
struct CardValue
{
    const Card *card = nullptr;
    std::optional<OfferRow> cheapest;
    std::optional<double> fp32PerMoney; ///< TFLOPS for a unit of the currency an hour
    std::optional<double> fp16PerMoney;
    std::optional<double> gbPerMoney;
};
/// All cards, most FP16 TFLOPS for the money first; those without a price or figure last, in the
/// table's order.
[[nodiscard]] std::vector<CardValue> valueRanking(const CardCatalog &cards,
                                                  const std::vector<OfferRow> &rows);

} // namespace core::catalog
