// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/FeedStore.h"

#include "core/catalog/Csv.h"
#include "core/catalog/LocalFile.h"
#include "core/catalog/OfferCsv.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>

// feeds/ID.csv is the table, feeds/ID.json what is known of it: {"version": 1, "checked_at",
// "etag", "last_modified", "catalog_version"}.

namespace core::catalog {

namespace {

constexpr int factsVersion = 1;
constexpr qint64 factsLimit = 64 * 1024;
constexpr qint64 versionLimit = 1024;
constexpr qint64 csvLimit = 64 * 1024 * 1024;

QByteArray factsOf(const FeedTable &table)
{
    return QJsonDocument(
               QJsonObject{
                   {QStringLiteral("version"), factsVersion},
                   {QStringLiteral("checked_at"), table.checkedAt.toString(Qt::ISODate)},
                   {QStringLiteral("etag"), QString::fromLatin1(table.etag)},
                   {QStringLiteral("last_modified"), QString::fromLatin1(table.lastModified)},
                   {QStringLiteral("catalog_version"), QString::fromLatin1(table.catalogVersion)}})
        .toJson();
}

std::optional<FeedTable> factsFrom(const QByteArray &json)
{
    const QJsonObject facts = QJsonDocument::fromJson(json).object();
    FeedTable table;
    table.checkedAt =
        QDateTime::fromString(facts.value(u"checked_at").toString(), Qt::ISODate).toUTC();
    table.etag = facts.value(u"etag").toString().toLatin1();
    table.lastModified = facts.value(u"last_modified").toString().toLatin1();
    table.catalogVersion = facts.value(u"catalog_version").toString().toLatin1();
    if (facts.value(u"version").toInt() != factsVersion || !table.checkedAt.isValid())
        return std::nullopt;
    return table;
}

void markSeen(FeedTable &table)
{
    for (Offer &offer : table.offers)
        offer.seenOn = SeenOn::day(table.checkedAt.date());
}

QString pathOf(const QString &directory, const QString &id, const char *ending)
{
    return QDir(directory).filePath(QStringLiteral("feeds/") + id + QLatin1StringView(ending));
}

std::optional<FeedTable> readTable(const QString &directory, const QString &id)
{
    const auto facts = readLocalFile(pathOf(directory, id, ".json"), factsLimit);
    const auto csv = readLocalFile(pathOf(directory, id, ".csv"), CsvLimits{}.bytes);
    if (!facts || !*facts || !csv || !*csv)
        return std::nullopt;
    std::optional<FeedTable> table = factsFrom(**facts);
    Result<std::vector<Offer>> offers = offersFromCsv(**csv);
    if (!table || !offers)
        return std::nullopt;
    table->offers = std::move(*offers);
    markSeen(*table);
    return table;
}

QStringList allIds()
{
    QStringList ids;
    for (const Feed &feed : allFeeds())
        ids.append(QString::fromLatin1(feed.id));
    return ids;
}

QHash<QString, FeedTable> readTables(const QString &directory, const QStringList &feeds)
{
    QHash<QString, FeedTable> tables;
    for (const QString &id : feeds) {
        if (std::optional<FeedTable> table = readTable(directory, id))
            tables[id] = std::move(*table);
    }
    return tables;
}

/// In the order of allFeeds(), whatever the order of \a feeds.
std::vector<Offer> offersOf(const QHash<QString, FeedTable> &tables, const QStringList &feeds)
{
    std::vector<Offer> all;
    for (const QString &id : allIds()) {
        const auto at = tables.constFind(id);
        if (at != tables.cend() && feeds.contains(id))
            all.insert(all.end(), at->offers.begin(), at->offers.end());
    }
    return all;
}

} // namespace

/// One request, or for gpuhunt two: the version of the catalogue, and the catalogue where that is
/// another one.
class FeedStore::Refresh final : public FeedRefresh
{
public:
    Refresh(FeedStore &store, const Feed &feed, QObject *parent)
        : FeedRefresh(parent)
        , m_store(&store)
        , m_feed(feed)
        , m_id(QString::fromLatin1(feed.id))
    {
        if (const FeedTable *kept = store.table(m_id)) {
            m_table = *kept;
            m_hadTable = true;
        }
        HttpRequest request = base();
        request.url = address();
        if (feed.kind == Feed::Kind::Gpuhunt) {
            request.url = below(m_id + QStringLiteral("/version"));
            request.limit = versionLimit;
        } else {
            request.method = "POST";
            request.body = requestBody(feed.kind);
        }
        if (m_hadTable) {
            request.etag = m_table.etag;
            request.lastModified = m_table.lastModified;
        }
        fetch(request, [this](const HttpAnswer &answer) { takeFirst(answer); });
    }

protected:
    void doCancel() override
    {
        if (m_fetch)
            m_fetch->cancel();
        else
            giveUp();
    }

private:
    [[nodiscard]] HttpRequest base() const { return m_store->m_access.request; }

    [[nodiscard]] QUrl address() const
    {
        return m_store->m_access.addresses.value(m_id, QUrl(QString::fromLatin1(m_feed.url)));
    }

    [[nodiscard]] QUrl below(const QString &path) const
    {
        QUrl url = address();
        url.setPath(url.path() + path);
        return url;
    }

    template <typename Then>
    void fetch(const HttpRequest &request, Then then)
    {
        auto *fetch = new HttpFetch(m_store->m_network, request, this);
        m_fetch = fetch;
        connect(fetch, &Operation::finished, this, [this, fetch, then = std::move(then)] {
            m_fetch = nullptr;
            fetch->deleteLater();
            if (!m_store)
                failWith({ErrorCode::Cancelled, Step::None, {}});
            else if (fetch->error())
                failWith(*fetch->error());
            else
                then(fetch->answer());
        });
    }

    void takeFirst(const HttpAnswer &answer)
    {
        if (answer.notModified) {
            if (m_hadTable)
                confirm();
            else
                failWith({ErrorCode::Parse, Step::Parse, QStringLiteral("HTTP 304 unasked")});
            return;
        }
        m_table.etag = answer.etag;
        m_table.lastModified = answer.lastModified;
        switch (m_feed.kind) {
        case Feed::Kind::Vast:
            parse([body = answer.body, &cards = m_store->m_cards, day = today()] {
                return offersFromVast(body, cards, day);
            });
            return;
        case Feed::Kind::RunPod:
            parse([body = answer.body, &cards = m_store->m_cards, day = today()] {
                return offersFromRunPod(body, cards, day);
            });
            return;
        case Feed::Kind::Gpuhunt: takeVersion(answer.body); return;
        }
    }

    void giveUp()
    {
        m_gaveUp = true;
        failWith({ErrorCode::Cancelled, Step::None, {}});
    }

    /// A catalogue has half a million rows: the window would stand still meanwhile.
    void parse(std::function<Offers()> read)
    {
        connect(m_store.data(), &QObject::destroyed, this, &Refresh::giveUp);
        m_store->parse(std::move(read), [self = QPointer<Refresh>(this)](const Offers &offers) {
            if (self && !self->m_gaveUp)
                self->keep(offers);
        });
    }

    void takeVersion(const QByteArray &body)
    {
        const Result<QByteArray> version = gpuhuntVersion(body);
        if (!version) {
            failWith(version.error());
            return;
        }
        if (m_hadTable && m_table.catalogVersion == *version) {
            confirm();
            return;
        }
        m_table.catalogVersion = *version;
        HttpRequest request = base();
        request.url =
            below(QStringLiteral("%1/%2/catalog.zip").arg(m_id, QString::fromLatin1(*version)));
        fetch(request, [this](const HttpAnswer &answer) { takeCatalog(answer.body); });
    }

    void takeCatalog(const QByteArray &zip)
    {
        parse([zip, name = m_id + QStringLiteral(".csv"),
               provider = QString::fromLatin1(m_feed.provider), &cards = m_store->m_cards,
               day = today()]() -> Offers {
            const Result<QByteArray> csv = fileFromZip(zip, name, csvLimit);
            if (!csv)
                return tl::make_unexpected(csv.error());
            return offersFromGpuhunt(*csv, provider, cards, day);
        });
    }

    void confirm()
    {
        m_isNotModified = true;
        keep(m_table.offers);
    }

    void keep(const Result<std::vector<Offer>> &offers)
    {
        if (!offers) {
            failWith(offers.error());
            return;
        }
        if (offers->empty()) { // an outage that is well-formed
            failWith({ErrorCode::Parse, Step::Parse, QStringLiteral("no offers")});
            return;
        }
        m_table.offers = *offers;
        m_table.checkedAt = now();
        if (const Result<> kept = m_store->keep(m_id, m_table); !kept)
            failWith(kept.error());
        else
            succeed();
    }

    [[nodiscard]] QDateTime now() const
    {
        const auto sinceEpoch = m_store->m_clock.now().time_since_epoch();
        return QDateTime::fromSecsSinceEpoch(
            std::chrono::duration_cast<std::chrono::seconds>(sinceEpoch).count(), Qt::UTC);
    }
    [[nodiscard]] QDate today() const { return now().date(); }

    QPointer<FeedStore> m_store;
    const Feed m_feed;
    const QString m_id;
    FeedTable m_table;
    bool m_hadTable = false;
    bool m_gaveUp = false;
    HttpFetch *m_fetch = nullptr;
};

FeedStore::FeedStore(QString directory, const CardCatalog &cards, const Clock &clock,
                     QNetworkAccessManager &network, FeedAccess access, QObject *parent)
    : QObject(parent)
    , m_directory(std::move(directory))
    , m_cards(cards)
    , m_clock(clock)
    , m_network(network)
    , m_access(std::move(access))
{
}

FeedStore::~FeedStore() = default;

void FeedStore::load()
{
    m_tables = readTables(m_directory, allIds());
}

const FeedTable *FeedStore::table(const QString &id) const
{
    const auto at = m_tables.constFind(id);
    return at == m_tables.cend() ? nullptr : &*at;
}

std::vector<Offer> FeedStore::offers(const QStringList &feeds) const
{
    return offersOf(m_tables, feeds);
}

std::vector<Offer> keptFeedOffers(const QString &directory, const QStringList &feeds)
{
    QStringList known = allIds(); // an id is part of a path
    known.removeIf([&](const QString &id) { return !feeds.contains(id); });
    return offersOf(readTables(directory, known), known);
}

FeedRefresh *FeedStore::refresh(const Feed &feed, QObject *parent)
{
    return new Refresh(*this, feed, parent);
}

void FeedStore::parse(std::function<Offers()> read, std::function<void(const Offers &)> then)
{
    if (!m_worker) {
        m_worker = startWorkerThread(QStringLiteral("feeds"));
        m_reader = new QObject;
        m_reader->moveToThread(m_worker.get());
        connect(m_worker.get(), &QThread::finished, m_reader, &QObject::deleteLater);
    }
    QMetaObject::invokeMethod(m_reader, [this, read = std::move(read), then = std::move(then)] {
        // The store waits for this thread before it goes.
        QMetaObject::invokeMethod(
            this, [then, offers = read()] { then(offers); }, Qt::QueuedConnection);
    });
}

Result<> FeedStore::keep(const QString &id, FeedTable table)
{
    markSeen(table);
    const QByteArray csv = offersToCsv(table.offers);
    if (csv.size() > CsvLimits{}.bytes)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("more offers than can be kept"));
    const QByteArray facts = factsOf(table);
    m_tables[id] = std::move(table);
    Q_EMIT tableChanged(id);
    if (!QDir().mkpath(QDir(m_directory).filePath(QStringLiteral("feeds"))))
        return fail(ErrorCode::LocalIo, Step::Local, m_directory);
    if (Result<> written = writeLocalFile(pathOf(m_directory, id, ".csv"), csv); !written)
        return written;
    return writeLocalFile(pathOf(m_directory, id, ".json"), facts);
}

} // namespace core::catalog
