// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/CardCatalog.h"
#include "core/catalog/FeedStore.h"
#include "core/catalog/OfferStore.h"

#include <QNetworkAccessManager>
#include <QObject>

namespace ui::shell {

/// What the Cards and prices page works on, made together with the first need of it.
class PriceServices final : public QObject
{
    Q_OBJECT

public:
    /// \a directory: the configuration folder.
    PriceServices(core::catalog::CardCatalog shippedCards, const QString &directory,
                  const core::Clock &clock, QObject *parent = nullptr);

    const core::catalog::CardCatalog cards;
    QNetworkAccessManager network; ///< connects to nothing by itself
    core::catalog::OfferStore offers;
    core::catalog::FeedStore feeds;
};

} // namespace ui::shell
