// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/Prices.h"

namespace ui::catalog {

using namespace core::catalog;

Prices::Prices(Services services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    connect(&store(), &OfferStore::offersChanged, this, &Prices::changed);
    connect(&store(), &OfferStore::settingsChanged, this, &Prices::changed);
    connect(&feeds(), &FeedStore::tableChanged, this, &Prices::changed);
}

QDate Prices::today() const
{
    return todayOf(clock());
}

std::vector<Offer> Prices::offers() const
{
    std::vector<Offer> all = store().offers();
    const std::vector<Offer> fed = feeds().offers(store().settings().feeds);
    all.insert(all.end(), fed.begin(), fed.end());
    return all;
}

PricingOptions Prices::options(int gpus) const
{
    const PriceSettings &settings = store().settings();
    PricingOptions options;
    options.gpus = gpus;
    options.member = settings.member;
    options.memberPercent = settings.memberPercent;
    options.currency = m_currency;
    options.rate = settings.rate;
    return options;
}

void Prices::setCurrency(std::optional<core::Currency> currency)
{
    if (currency == m_currency)
        return;
    m_currency = currency;
    Q_EMIT changed();
}

void Prices::setOwn(const QSet<QString> &names)
{
    if (names == m_own)
        return;
    m_own = names;
    Q_EMIT ownChanged();
}

} // namespace ui::catalog
