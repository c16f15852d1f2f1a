// SPDX-License-Identifier: GPL-3.0-or-later
// The Cards and prices page over a real table of offers in a folder of its own.
#pragma once

#include "core/secrets/SessionStore.h"
#include "tests/unit/catalog/OfferParts.h"
#include "ui/catalog/CatalogPage.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLineEdit>
#include <QNetworkAccessManager>
#include <QTabBar>
#include <QTableView>
#include <QTest>

namespace tests {

/// 2026-11-26, 00:00 UTC
inline constexpr qint64 catalogNow = 1795651200000;

class CountingNetwork final : public QNetworkAccessManager
{
public:
    int requests = 0;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *body) override
    {
        ++requests;
        return QNetworkAccessManager::createRequest(operation, request, body);
    }
};

/// One folder of configuration and the page over it.
struct CatalogPlace
{
    explicit CatalogPlace(const QString &directory, const core::catalog::CardCatalog &cards)
        : store(directory, clock)
        , feeds(directory, cards, clock, network, access())
        , page({cards, store, feeds, clock}, network, secrets)
    {
        page.resize(1100, 800);
        page.show();
    }
    /// Nobody is at home at any feed's address.
    static core::catalog::FeedAccess access()
    {
        core::catalog::FeedAccess access;
        for (const core::catalog::Feed &feed : core::catalog::allFeeds())
            access.addresses.insert(QLatin1StringView(feed.id),
                                    QUrl(QStringLiteral("http://127.0.0.1:1/")));
        return access;
    }
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return page.findChild<T *>(QLatin1StringView(name));
    }
    [[nodiscard]] QAbstractItemModel *rows(const char *table) const
    {
        return child<QTableView>(table)->model();
    }
    [[nodiscard]] QString cell(const char *table, int row, int column) const
    {
        return rows(table)->index(row, column).data().toString();
    }
    void showTab(int tab) const { child<QTabBar>("catalogTabs")->setCurrentIndex(tab); }
    void click(const char *name) const
    {
        auto *button = child<QAbstractButton>(name);
        QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton, {},
                          QPoint(12, button->height() / 2)); // on a check box's mark
    }
    void type(const char *name, const QString &text) const
    {
        auto *field = child<QLineEdit>(name);
        QVERIFY2(field && field->isVisible(), name);
        field->setFocus();
        field->clear();
        QTest::keyClicks(field, text);
    }
    void choose(const char *name, const QVariant &data) const
    {
        auto *box = child<QComboBox>(name);
        box->setCurrentIndex(box->findData(data));
    }
    /// The row that says \a text in \a column; -1 = none.
    [[nodiscard]] int rowWith(const char *table, int column, const QString &text) const
    {
        for (int row = 0; row < rows(table)->rowCount(); ++row) {
            if (cell(table, row, column) == text)
                return row;
        }
        return -1;
    }

    FixedClock clock{catalogNow};
    CountingNetwork network;
    core::secrets::SessionStore secrets;
    core::catalog::OfferStore store;
    core::catalog::FeedStore feeds;
    ui::catalog::CatalogPage page;
};

enum Tab { JobTab, OffersTab, CardsTab, SourcesTab };

} // namespace tests
