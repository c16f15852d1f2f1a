// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/CudaSupport.h"
#include "core/catalog/OfferViews.h"

#include <QJsonArray>
#include <QJsonObject>

/// The JSON of "cards" and "prices" in docs/cli.md. Absent figures become null.
namespace cli {

[[nodiscard]] QJsonValue toJson(const std::optional<core::catalog::Decimal> &value);
[[nodiscard]] QJsonValue versionOrNull(const std::optional<core::catalog::DottedVersion> &version);
[[nodiscard]] QJsonObject toJson(const core::catalog::Card &card);
/// What a name means: {"name", "known", "certain", "cards": [...]}.
[[nodiscard]] QJsonObject toJson(const QString &name, const core::catalog::NameMatch &match);
[[nodiscard]] QJsonObject toJson(const core::catalog::CudaCheck &check);
[[nodiscard]] QJsonObject toJson(const core::catalog::CardValue &value);
[[nodiscard]] QJsonObject toJson(const core::catalog::OfferRow &row,
                                 const core::catalog::PricingOptions &options);

/// "drives", "too-old", ...
[[nodiscard]] QLatin1StringView verdictName(core::catalog::CudaVerdict verdict);
[[nodiscard]] QLatin1StringView figureName(core::catalog::Figure figure);

} // namespace cli
