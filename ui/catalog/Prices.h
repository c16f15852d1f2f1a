// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/catalog/CardCatalog.h"
#include "core/catalog/FeedStore.h"
#include "core/catalog/OfferStore.h"
#include "core/catalog/OfferViews.h"

#include <QObject>
#include <QSet>

namespace ui::catalog {

/// Apart from ui::Card, a surface.
using GpuCard = core::catalog::Card;

/// What the parts of the page look at together: the cards, all offers, and how prices are shown.
class Prices final : public QObject
{
    Q_OBJECT

public:
    struct Services
    {
        const core::catalog::CardCatalog &cards;
        core::catalog::OfferStore &store;
        core::catalog::FeedStore &feeds;
        const core::Clock &clock;
    };
    explicit Prices(Services services, QObject *parent = nullptr);

    [[nodiscard]] const core::catalog::CardCatalog &cards() const { return m_services.cards; }
    [[nodiscard]] core::catalog::OfferStore &store() const { return m_services.store; }
    [[nodiscard]] core::catalog::FeedStore &feeds() const { return m_services.feeds; }
    [[nodiscard]] const core::Clock &clock() const { return m_services.clock; }
    [[nodiscard]] QDate today() const;

    /// The user's table, then what the feeds that are switched on last said.
    [[nodiscard]] std::vector<core::catalog::Offer> offers() const;
    [[nodiscard]] core::catalog::PricingOptions options(int gpus = 1) const;

    /// All prices in it; absent = each in its own. CNY at first.
    [[nodiscard]] std::optional<core::Currency> currency() const { return m_currency; }
    void setCurrency(std::optional<core::Currency> currency);

    /// Names, as in the table of cards, of those that the user's instances have or had.
    [[nodiscard]] bool isOwn(const GpuCard &card) const { return m_own.contains(card.name); }
    void setOwn(const QSet<QString> &names);

Q_SIGNALS:
    /// Offers or the way they are shown.
    void changed();
    void ownChanged();

private:
    Services m_services;
    std::optional<core::Currency> m_currency = core::Currency::Cny;
    QSet<QString> m_own;
};

} // namespace ui::catalog
