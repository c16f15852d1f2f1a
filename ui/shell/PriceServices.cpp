// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/PriceServices.h"

namespace ui::shell {

PriceServices::PriceServices(core::catalog::CardCatalog shippedCards, const QString &directory,
                             const core::Clock &clock, QObject *parent)
    : QObject(parent)
    , cards(std::move(shippedCards))
    , offers(directory, clock)
    , feeds(directory, cards, clock, network)
{
}

} // namespace ui::shell
