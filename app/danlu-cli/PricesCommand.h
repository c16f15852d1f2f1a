// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Arguments.h"
#include "core/catalog/OfferStore.h"
#include "core/catalog/OfferViews.h"

namespace cli {

/// "prices [--by VIEW] [--currency CODE]", "prices import FILE". \returns the exit code.
[[nodiscard]] int runPrices(const Arguments &arguments);

/// Reads the user's offers and settings; a broken file is said on stderr and kept aside.
[[nodiscard]] core::Result<> loadOffers(core::catalog::OfferStore &store, bool json);
/// "12 d", "103 d old", "? old": how long ago a price was seen.
[[nodiscard]] QString ageText(const core::catalog::OfferRow &row);
/// The table's and what the feeds that are switched on last said.
[[nodiscard]] std::vector<core::catalog::Offer> allOffers(const core::catalog::OfferStore &store,
                                                          const Arguments &arguments);
/// As the settings and --currency say.
[[nodiscard]] core::Result<core::catalog::PricingOptions>
pricingOptions(const core::catalog::OfferStore &store, const Arguments &arguments);

} // namespace cli
