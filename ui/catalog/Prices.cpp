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
    for (const Feed &feed : allFeeds()) {
        const QString id = QLatin1StringView(feed.id);
        const FeedTable *table = feeds().table(id);
        if (table && store().settings().feeds.contains(id))
            all.insert(all.end(), table->offers.begin(), table->offers.end());
    }
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
