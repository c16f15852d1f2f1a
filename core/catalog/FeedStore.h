// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/WorkerThread.h"
#include "core/catalog/Feeds.h"
#include "core/catalog/HttpFetch.h"

#include <QDateTime>
#include <QHash>

#include <functional>

namespace core::catalog {

/// What a feed last said.
struct FeedTable
{
    std::vector<Offer> offers;
    QDateTime checkedAt; ///< UTC; when the feed last said so: that is when these prices were seen
    QByteArray etag;
    QByteArray lastModified;
    QByteArray catalogVersion; ///< gpuhunt's
};

/// All tables that are kept below the configuration folder, as their offers; for those who ask no
/// feed.
/// \a feeds: ids of those that are switched on.
[[nodiscard]] std::vector<Offer> keptFeedOffers(const QString &directory, const QStringList &feeds);

/// Asks one feed and keeps what it says. finished() as of any Operation; the table is in the store.
class FeedRefresh : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;
    /// The feed had nothing new; the table stands, confirmed.
    [[nodiscard]] bool isNotModified() const { return m_isNotModified; }

protected:
    bool m_isNotModified = false;
};

/// How feeds are reached.
struct FeedAccess
{
    /// Limits, timeouts and TLS of every request; its URL, method and body are not used.
    HttpRequest request;
    /// Other addresses than the feeds' own, by their id.
    QHash<QString, QUrl> addresses;
};

/// The last good table of each feed, kept in the folder "feeds" of the configuration folder. Asks
/// only when it is told to; whether a feed is switched on is its caller's business. After a failure
/// of any kind the last good table stands. One thread (the window's).
class FeedStore final : public QObject
{
    Q_OBJECT

public:
    FeedStore(QString directory, const CardCatalog &cards, const Clock &clock,
              QNetworkAccessManager &network, FeedAccess access = {}, QObject *parent = nullptr);
    ~FeedStore() override;

    /// Reads what was kept. A broken table is forgotten: the feed has it again.
    void load();

    /// Null before the feed first answered.
    [[nodiscard]] const FeedTable *table(const QString &id) const;
    /// Of the tables of \a feeds (ids of those that are switched on), in the order of allFeeds().
    [[nodiscard]] std::vector<Offer> offers(const QStringList &feeds) const;

    /// Errors as HttpFetch and the readers of Feeds.h; LocalIo when the table cannot be kept, which
    /// then holds for this run of the program.
    [[nodiscard]] FeedRefresh *refresh(const Feed &feed, QObject *parent);

Q_SIGNALS:
    void tableChanged(const QString &id);

private:
    class Refresh;
    using Offers = Result<std::vector<Offer>>;
    [[nodiscard]] Result<> keep(const QString &id, FeedTable table);
    /// Reads an answer in a thread of its own; \a then is called in this one, unless the store
    /// goes.
    void parse(std::function<Offers()> read, std::function<void(const Offers &)> then);

    QString m_directory;
    const CardCatalog &m_cards;
    const Clock &m_clock;
    QNetworkAccessManager &m_network;
    FeedAccess m_access;
    QHash<QString, FeedTable> m_tables;
    QObject *m_reader = nullptr; ///< lives in m_worker
    WorkerThread m_worker;       ///< from the first answer on; last, to be waited for first
};

} // namespace core::catalog
