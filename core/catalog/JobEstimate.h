// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/catalog/OfferViews.h"

#include <chrono>

namespace core::catalog {

/// A job whose length on one card is known or guessed.
struct Job
{
    QString card;                 ///< any name
    Decimal hours;                ///< on PricingOptions::gpus of that card
    Decimal setUpHours;           ///< set-up and uploads: takes as long on every card
    bool setUpWithoutGpu = false; ///< at the price of the provider's no-GPU mode, where it has one
    std::optional<Decimal> memoryGb; ///< needed on each GPU
    Figure figure = Figure::Fp16;    ///< what it is limited by: Fp32, Fp16 or Bandwidth
};

/// What the job takes on one offer. On another card than the job's it is an estimate: the hours are
/// scaled by the figure alone, as if nothing else limited the job.
struct JobEstimate
{
    enum class Verdict {
        Fits,
        MayNotFit,       ///< boards of that name come with less memory too
        TooLittleMemory, ///< memoryGb of the job against possibleMemoryGb() of the card
        UnknownCard,
        UnknownFigure ///< the card is known, the figure is not
    };
    OfferRow row;
    Verdict verdict = Verdict::Fits;
    bool isEstimate = false;
    std::optional<std::chrono::seconds> time; ///< with the GPU, nearest second
    std::optional<Money> gpuCost;             ///< of that time
    Money setUpCost;
    bool setUpWithoutGpu = false; ///< the no-GPU price was there to be taken
    std::optional<Money> cost;    ///< the sum; each part is rounded by itself, as its own bill
};

/// One estimate an offer, the no-GPU rows left out: what fits first, then what may, each from the
/// cheapest on; then what does not, in the table's order. Times and costs are there for those too.
/// Costs are in PricingOptions::currency, or each in its own.
/// Errors: NotFound for a card that is unknown or lacks the figure; Usage for no hours, more than
/// 10^5 of them, or a figure that does not limit jobs.
[[nodiscard]] Result<std::vector<JobEstimate>>
estimateJob(const Job &job, const std::vector<Offer> &offers, const CardCatalog &cards,
            const PricingOptions &options, QDate today);

} // namespace core::catalog
