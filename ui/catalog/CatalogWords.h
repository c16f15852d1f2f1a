// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/CudaSupport.h"
#include "core/catalog/JobEstimate.h"
#include "ui/catalog/Prices.h"
#include "ui/common/Describe.h"

#include <QCoreApplication>

/// Cards, prices and what can go wrong with them, in words. Absent is an en dash.
namespace ui::catalog {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Catalog)
};

/// "FP16 tensor"
[[nodiscard]] QString figureName(core::catalog::Figure figure);
/// "TFLOPS"
[[nodiscard]] QString figureUnit(core::catalog::Figure figure);
/// "82.58"
[[nodiscard]] QString figureText(const std::optional<core::catalog::Decimal> &figure);
/// "82.58 TFLOPS"
[[nodiscard]] QString figureWithUnit(const std::optional<core::catalog::Decimal> &figure,
                                     core::catalog::Figure kind);
[[nodiscard]] QString numberText(const std::optional<core::catalog::Decimal> &number);
[[nodiscard]] QString versionText(const std::optional<core::catalog::DottedVersion> &version);
[[nodiscard]] QString yesNo(const std::optional<bool> &value);
/// What the FP16 figure of a card counts: "dense, on tensor cores, summed up in FP32".
[[nodiscard]] QString fp16Basis(const GpuCard &card);
/// Where a figure is from and since when: for tool tips.
[[nodiscard]] QString sourceText(const GpuCard &card, core::catalog::Figure figure);

[[nodiscard]] QString moneyText(const std::optional<core::Money> &money);
/// "¥1.98", rounded to the minor unit.
[[nodiscard]] QString priceText(const core::catalog::HourlyPrice &price);
/// For prices of a unit of work, which are small: "¥0.0120".
[[nodiscard]] QString unitPriceText(const std::optional<double> &price, core::Currency currency);
/// "12 d", "seen 2025": how old a price is.
[[nodiscard]] QString ageText(const core::catalog::OfferRow &row);
/// "price 12 d old", "price of 2025", to stand beside a price.
[[nodiscard]] QString seenWords(const core::catalog::OfferRow &row);
/// The same in a sentence, with what it means when it is old.
[[nodiscard]] QString ageSentence(const core::catalog::OfferRow &row);
/// "AutoDL · Foshan"
[[nodiscard]] QString placeText(const core::catalog::Offer &offer);

/// Why an offer can't take the job, or what to know about the estimate; "" for nothing.
[[nodiscard]] QString verdictText(const core::catalog::JobEstimate &estimate,
                                  const core::catalog::Job &job);
[[nodiscard]] QString cudaText(const core::catalog::CudaCheck &check, const GpuCard &card);
[[nodiscard]] bool isCudaTrouble(core::catalog::CudaVerdict verdict);

/// A feed or AutoDL's API could not be asked.
[[nodiscard]] Description describeFeedError(const core::Error &error);
/// The table of offers or the price settings could not be read or changed. \a path "" = Danlu's.
[[nodiscard]] Description describeTableError(const core::Error &error, const QString &path = {});

} // namespace ui::catalog
