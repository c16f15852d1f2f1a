// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/JobEstimate.h"

#include <algorithm>
#include <limits>

namespace core::catalog {

namespace {

constexpr Decimal mostHours = Decimal::fromInt(100'000);

/// A figure of the card over that of another, as integers.
struct Speed
{
    qint64 reference = 1;
    qint64 own = 1;
};

/// price x GPUs x hours x reference / own in \a shown, rounded once.
std::optional<Money> costOf(const HourlyPrice &perGpuHour, int gpus, const Decimal &hours,
                            const Speed &speed, Currency shown, const ExchangeRate &rate)
{
    qint64 rateOver = 1;
    qint64 rateUnder = 1;
    if (shown != perGpuHour.currency) {
        const bool toCny = shown == Currency::Cny;
        rateOver = toCny ? rate.cnyPerUsd.millionths() : Decimal::one;
        rateUnder = toCny ? Decimal::one : rate.cnyPerUsd.millionths();
    }
    const auto minor = roundedQuotient({perGpuHour.perHour.millionths(), gpus, hours.millionths(),
                                        speed.reference, minorUnits, rateOver},
                                       {Decimal::one, Decimal::one, speed.own, rateUnder});
    return minor ? std::optional(Money{*minor, shown}) : std::nullopt;
}

JobEstimate::Verdict verdictOf(const NameMatch &card, const std::optional<Decimal> &neededGb)
{
    const std::vector<int> sizes = card.possibleMemoryGb();
    if (!neededGb || sizes.empty())
        return neededGb ? JobEstimate::Verdict::MayNotFit : JobEstimate::Verdict::Fits;
    if (Decimal::fromInt(sizes.back()) < *neededGb)
        return JobEstimate::Verdict::TooLittleMemory;
    return Decimal::fromInt(sizes.front()) < *neededGb ? JobEstimate::Verdict::MayNotFit
                                                       : JobEstimate::Verdict::Fits;
}

/// The provider's no-GPU mode: of the same region, else of any.
const OfferRow *noGpuModeOf(const OfferRow &row, const std::vector<const OfferRow *> &noGpuRows)
{
    const OfferRow *found = nullptr;
    for (const OfferRow *other : noGpuRows) {
        if (other->offer.provider != row.offer.provider)
            continue;
        if (other->offer.region == row.offer.region)
            return other;
        if (!found && (other->offer.region.isEmpty() || other->offer.region == u"any"))
            found = other;
    }
    return found;
}

JobEstimate estimateOf(const Job &job, const OfferRow &row,
                       const std::vector<const OfferRow *> &noGpuRows, const Card &reference,
                       const PricingOptions &options)
{
    const int gpus = std::clamp(options.gpus, 1, mostGpus);
    const Currency shown = row.perHour.currency;
    const ExchangeRate rate = options.rate.isUsable() ? options.rate : firstRate;
    JobEstimate estimate;
    estimate.row = row;
    const OfferRow *noGpu = job.setUpWithoutGpu ? noGpuModeOf(row, noGpuRows) : nullptr;
    estimate.setUpWithoutGpu = noGpu != nullptr;
    estimate.setUpCost = costOf(noGpu ? noGpu->perGpuHour : row.perGpuHour, noGpu ? 1 : gpus,
                                job.setUpHours, {}, shown, rate)
                             .value_or(Money{0, shown});
    const Card *card = row.card.best();
    if (!card) {
        estimate.verdict = JobEstimate::Verdict::UnknownCard;
        return estimate;
    }
    estimate.isEstimate = card != &reference;
    const std::optional<Decimal> own = figureOf(*card, job.figure);
    if (!own) {
        estimate.verdict = JobEstimate::Verdict::UnknownFigure;
        return estimate;
    }
    estimate.verdict = verdictOf(row.card, job.memoryGb);
    const Speed speed{figureOf(reference, job.figure)->millionths(), own->millionths()};
    const auto seconds =
        roundedQuotient({job.hours.millionths(), speed.reference, 3600}, {Decimal::one, speed.own});
    if (seconds)
        estimate.time = std::chrono::seconds(*seconds);
    estimate.gpuCost = costOf(row.perGpuHour, gpus, job.hours, speed, shown, rate);
    const qint64 room = std::numeric_limits<qint64>::max() - estimate.setUpCost.minor;
    if (estimate.gpuCost && estimate.gpuCost->minor <= room)
        estimate.cost = Money{estimate.gpuCost->minor + estimate.setUpCost.minor, shown};
    return estimate;
}

int groupOf(const JobEstimate &estimate)
{
    if (!estimate.cost)
        return 2;
    return estimate.verdict == JobEstimate::Verdict::Fits        ? 0
           : estimate.verdict == JobEstimate::Verdict::MayNotFit ? 1
                                                                 : 2;
}

} // namespace

Result<std::vector<JobEstimate>> estimateJob(const Job &job, const std::vector<Offer> &offers,
                                             const CardCatalog &cards,
                                             const PricingOptions &options, QDate today)
{
    const bool limits =
        job.figure == Figure::Fp32 || job.figure == Figure::Fp16 || job.figure == Figure::Bandwidth;
    if (!limits || job.hours.millionths() == 0 || job.hours > mostHours ||
        job.setUpHours > mostHours)
        return fail(ErrorCode::Usage, Step::None, QStringLiteral("hours"));
    const Card *reference = cards.match(job.card).best();
    if (!reference || !figureOf(*reference, job.figure))
        return fail(ErrorCode::NotFound, Step::None, job.card);
    const std::vector<OfferRow> rows = offerRows(offers, cards, options, today);
    std::vector<const OfferRow *> noGpuRows;
    for (const OfferRow &row : rows) {
        if (row.offer.isNoGpu())
            noGpuRows.push_back(&row);
    }
    std::vector<JobEstimate> estimates;
    for (const OfferRow &row : rows) {
        if (!row.offer.isNoGpu())
            estimates.push_back(estimateOf(job, row, noGpuRows, *reference, options));
    }
    const double cnyPerUsd =
        (options.rate.isUsable() ? options.rate : firstRate).cnyPerUsd.toDouble();
    const auto cny = [&](const JobEstimate &estimate) {
        const double amount = double(estimate.cost->minor);
        return estimate.cost->currency == Currency::Usd ? amount * cnyPerUsd : amount;
    };
    std::stable_sort(estimates.begin(), estimates.end(),
                     [&](const JobEstimate &a, const JobEstimate &b) {
                         const int first = groupOf(a);
                         const int second = groupOf(b);
                         if (first != second || first == 2)
                             return first < second;
                         return cny(a) < cny(b);
                     });
    return estimates;
}

} // namespace core::catalog
