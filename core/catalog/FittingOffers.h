// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/OfferViews.h"

#include <QStringList>

namespace core::catalog {

/// A rented instance, as far as it is known.
struct Rented
{
    NameMatch card;
    QString provider;    ///< its name as offers say it, in any spelling; "" = not known
    QStringList regions; ///< the names of the region it is in; empty = not known
};

/// A card that a name which people gave an instance speaks of: "4090 训练", "my A100-80G box x2".
struct NamedCard
{
    NameMatch card; ///< unknown where the name speaks of none, or of two
    int gpus = 1;
};
/// \a port: a number that is no card, though the name has it ("AutoDL 3090").
[[nodiscard]] NamedCard cardInName(const CardCatalog &cards, const QString &name, quint16 port);

/// What \a rented may cost by the table: the offers of its card, of its provider and region where
/// they are known; another provider's price is none of it. Prices are for options.gpus of them and
/// in the offers' own currencies. The region's own first, other regions' only where there are no
/// others; then the newest, then the cheapest; of one provider, region and price the newest only.
/// Empty where the card is not known.
[[nodiscard]] std::vector<OfferRow> fittingOffers(const std::vector<Offer> &offers,
                                                  const CardCatalog &cards, const Rented &rented,
                                                  PricingOptions options, QDate today);

} // namespace core::catalog
