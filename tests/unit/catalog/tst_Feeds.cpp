// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds against a server on this machine that answers well, wrongly, without end or not at all.
#include "core/catalog/FeedStore.h"
#include "tests/unit/catalog/FeedParts.h"
#include "tests/unit/catalog/FeedServer.h"
#include "tests/unit/catalog/OfferParts.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace core::catalog;
using namespace std::chrono_literals;
using tests::FeedServer;
using tests::Identity;
using tests::IdentityWish;

namespace {

QStringList everyFeed()
{
    QStringList ids;
    for (const Feed &feed : allFeeds())
        ids.append(QString::fromLatin1(feed.id));
    return ids;
}

} // namespace

class tst_Feeds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void nothingIsAskedUnasked();
    void tablesAreFetchedAndKept_data();
    void tablesAreFetchedAndKept();
    void whatIsAskedIsWhatTheFeedsWant();
    void anUnchangedTableIsConfirmed();
    void anUnchangedCatalogueIsNotFetchedAgain();
    void badAnswersLeaveTheLastGoodTable_data();
    void badAnswersLeaveTheLastGoodTable();
    void silenceTimesOut_data();
    void silenceTimesOut();
    void floodsAreBounded_data();
    void floodsAreBounded();
    void badCertificatesAreRefused_data();
    void badCertificatesAreRefused();
    void aGoodCertificateIsTrusted();
    void aServerThatIsGoneIsAnError();
    void onlyTlsLeavesThisMachine_data();
    void onlyTlsLeavesThisMachine();
    void cancellingEndsTheRequest();
    void aStoreThatGoesEndsItsRequests();
    void brokenFilesAreForgotten_data();
    void brokenFilesAreForgotten();
    void aFullDiskKeepsTheTableForNow();

private:
    struct Outcome
    {
        std::optional<Error> error;
        bool isNotModified = false;
    };
    [[nodiscard]] std::unique_ptr<FeedStore> store();
    [[nodiscard]] Outcome refresh(FeedStore &store, const char *id);
    void useServer(std::unique_ptr<FeedServer> server);

    std::unique_ptr<CardCatalog> m_cards;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FeedServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<tests::FixedClock> m_clock;
    FeedAccess m_access;
};

void tst_Feeds::initTestCase()
{
    auto cards = CardCatalog::shipped();
    QVERIFY(cards);
    m_cards = std::make_unique<CardCatalog>(std::move(*cards));
}

void tst_Feeds::useServer(std::unique_ptr<FeedServer> server)
{
    m_server = std::move(server);
    m_access.addresses.clear();
    for (const Feed &feed : allFeeds())
        m_access.addresses.insert(
            QString::fromLatin1(feed.id),
            m_server->url(feed.kind == Feed::Kind::Gpuhunt ? "/v3/" : "/api"));
}

void tst_Feeds::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_network = std::make_unique<QNetworkAccessManager>();
    m_clock = std::make_unique<tests::FixedClock>(1'795'651'200'000); // 2026-11-26 UTC
    m_access = {};
    // Long enough that only a silence that never ends meets them.
    m_access.request.headerTimeout = 60s;
    m_access.request.idleTimeout = 60s;
    useServer(std::make_unique<FeedServer>());
}

std::unique_ptr<FeedStore> tst_Feeds::store()
{
    auto made =
        std::make_unique<FeedStore>(m_dir->path(), *m_cards, *m_clock, *m_network, m_access);
    made->load();
    return made;
}

tst_Feeds::Outcome tst_Feeds::refresh(FeedStore &store, const char *id)
{
    const std::unique_ptr<FeedRefresh> running(
        store.refresh(*feedById(QString::fromLatin1(id)), nullptr));
    QSignalSpy finished(running.get(), &Operation::finished);
    if (!finished.wait(60'000))
        return {Error{ErrorCode::Internal, Step::None, QStringLiteral("it never ended")}, false};
    return {running->error(), running->isNotModified()};
}

void tst_Feeds::nothingIsAskedUnasked()
{
    const auto feeds = store();
    QVERIFY(!feeds->table(QStringLiteral("vast")));
    QVERIFY(feeds->offers(everyFeed()).empty());
    QTest::qWait(0);
    QCOMPARE(m_server->connections(), 0);
    QVERIFY(QDir(m_dir->path()).isEmpty());
}

void tst_Feeds::tablesAreFetchedAndKept_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("count");
    QTest::newRow("vast.ai") << QByteArray("vast") << 3;
    QTest::newRow("RunPod") << QByteArray("runpod") << 4;
    QTest::newRow("gpuhunt") << QByteArray("lambdalabs") << 4;
}

void tst_Feeds::tablesAreFetchedAndKept()
{
    QFETCH(QByteArray, id);
    QFETCH(int, count);
    m_server->setAnswer(
        "/api", FeedServer::reply(id == "vast" ? tests::vastAnswer() : tests::runPodAnswer()));
    m_server->setAnswer("/v3/lambdalabs/version", FeedServer::reply("20261125\n"));
    m_server->setAnswer("/v3/lambdalabs/20261125/catalog.zip",
                        FeedServer::reply(tests::zipOf({{"lambdalabs.csv", tests::gpuhuntCsv()}})));
    const auto feeds = store();
    QSignalSpy changed(feeds.get(), &FeedStore::tableChanged);
    const Outcome outcome = refresh(*feeds, id.constData());
    QVERIFY2(!outcome.error, qPrintable(outcome.error ? outcome.error->detail : QString()));
    QCOMPARE(changed.count(), 1);
    const FeedTable *table = feeds->table(QString::fromLatin1(id));
    QVERIFY(table);
    QCOMPARE(int(table->offers.size()), count);
    QCOMPARE(table->offers.front().seenOn, (std::optional(SeenOn::day(QDate(2026, 11, 26)))));
    QCOMPARE(int(feeds->offers(everyFeed()).size()), count);
    // Another start of the program, two days later: the prices have aged.
    m_clock = std::make_unique<tests::FixedClock>(1'795'651'200'000 + 2 * 86'400'000LL);
    const auto again = store();
    QVERIFY(again->table(QString::fromLatin1(id)));
    QVERIFY(again->offers(everyFeed()) == feeds->offers(everyFeed()));
    // Who asks no feed counts those that are switched on, as the store does.
    QStringList others = everyFeed();
    others.removeAll(QString::fromLatin1(id));
    QVERIFY(feeds->offers(others).empty());
    QVERIFY(keptFeedOffers(m_dir->path(), others).empty());
    QVERIFY(
        keptFeedOffers(m_dir->path(), {QStringLiteral("../feeds/vast"), QString::fromLatin1(id)}) ==
        feeds->offers({QString::fromLatin1(id)}));
}

void tst_Feeds::whatIsAskedIsWhatTheFeedsWant()
{
    m_server->setAnswer(FeedServer::reply("{}"));
    const auto feeds = store();
    (void)refresh(*feeds, "vast");
    (void)refresh(*feeds, "runpod");
    (void)refresh(*feeds, "aws");
    const QList<FeedServer::Request> asked = m_server->requests();
    QCOMPARE(asked.size(), 3);
    QCOMPARE(asked[0].method, QByteArray("POST"));
    QCOMPARE(asked[0].headers.value("content-type"), QByteArray("application/json"));
    QVERIFY(QJsonDocument::fromJson(asked[0].body).object().contains(u"rentable"));
    QVERIFY(QJsonDocument::fromJson(asked[1].body)
                .object()
                .value(u"query")
                .toString()
                .contains(u"gpuTypes"));
    QCOMPARE(asked[2].method, QByteArray("GET"));
    QCOMPARE(asked[2].path, QByteArray("/v3/aws/version"));
    for (const FeedServer::Request &request : asked) {
        QCOMPARE(request.headers.value("accept-encoding"), QByteArray("identity"));
        QVERIFY(!request.headers.contains("authorization"));
        QVERIFY(!request.headers.contains("cookie"));
        QVERIFY(!request.headers.contains("if-none-match"));
    }
}

void tst_Feeds::anUnchangedTableIsConfirmed()
{
    const QByteArray headers = "ETag: \"abc\"\r\nLast-Modified: Wed, 25 Nov 2026 10:00:00 GMT\r\n"
                               "Set-Cookie: track=1\r\n";
    m_server->setAnswer(FeedServer::reply(tests::vastAnswer(), headers));
    QVERIFY(!refresh(*store(), "vast").error);
    // The next day, after a new start: the validators were kept, and nothing else.
    m_clock = std::make_unique<tests::FixedClock>(1'795'651'200'000 + 86'400'000LL);
    m_server->setAnswer(FeedServer::raw("HTTP/1.1 304 Not Modified\r\nETag: \"abc\"\r\n\r\n"));
    const auto feeds = store();
    const Outcome outcome = refresh(*feeds, "vast");
    QVERIFY2(!outcome.error, qPrintable(outcome.error ? outcome.error->detail : QString()));
    QVERIFY(outcome.isNotModified);
    const FeedServer::Request asked = m_server->requests().last();
    QCOMPARE(asked.headers.value("if-none-match"), QByteArray("\"abc\""));
    QCOMPARE(asked.headers.value("if-modified-since"), QByteArray("Wed, 25 Nov 2026 10:00:00 GMT"));
    QVERIFY(!asked.headers.contains("cookie"));
    QCOMPARE(feeds->offers(everyFeed()).size(), std::size_t(3));
    QCOMPARE(feeds->offers(everyFeed()).front().seenOn,
             (std::optional(SeenOn::day(QDate(2026, 11, 27)))));
    QCOMPARE(feeds->table(QStringLiteral("vast"))->etag, QByteArray("\"abc\""));
}

void tst_Feeds::anUnchangedCatalogueIsNotFetchedAgain()
{
    m_server->setAnswer("/v3/aws/version", FeedServer::reply("7", "ETag: \"v7\"\r\n"));
    m_server->setAnswer("/v3/aws/7/catalog.zip",
                        FeedServer::reply(tests::zipOf({{"aws.csv", tests::gpuhuntCsv()}})));
    const auto feeds = store();
    QVERIFY(!refresh(*feeds, "aws").error);
    QCOMPARE(m_server->requests().size(), 2);
    QVERIFY(refresh(*feeds, "aws").isNotModified); // the same version in a new answer
    QCOMPARE(m_server->requests().size(), 3);
    QCOMPARE(m_server->requests().last().headers.value("if-none-match"), QByteArray("\"v7\""));
    m_server->setAnswer("/v3/aws/version", FeedServer::raw("HTTP/1.1 304 Not Modified\r\n\r\n"));
    QVERIFY(refresh(*feeds, "aws").isNotModified);
    QCOMPARE(m_server->requests().size(), 4);
}

void tst_Feeds::badAnswersLeaveTheLastGoodTable_data()
{
    QTest::addColumn<QByteArray>("answer"); // as it goes over the line, then the end
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const QByteArray &answer, ErrorCode code,
                        const char *detail) {
        QTest::newRow(name) << answer << int(code) << QString::fromLatin1(detail);
    };
    const auto status = [](const char *line) {
        return QByteArray("HTTP/1.1 ") + line + "\r\nContent-Length: 2\r\n\r\n{}";
    };
    row("401", status("401 Unauthorized"), ErrorCode::AuthRejected, "HTTP 401");
    row("403", status("403 Forbidden"), ErrorCode::AuthRejected, "HTTP 403");
    row("404", status("404 Not Found"), ErrorCode::NotFound, "HTTP 404");
    row("429", status("429 Too Many Requests"), ErrorCode::RemoteFailed, "HTTP 429");
    row("500", status("500 Oops"), ErrorCode::RemoteFailed, "HTTP 500");
    row("503", status("503 Busy"), ErrorCode::RemoteFailed, "HTTP 503");
    row("204", "HTTP/1.1 204 No Content\r\n\r\n", ErrorCode::RemoteFailed, "HTTP 204");
    row("a redirection", "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
        ErrorCode::RemoteFailed, "HTTP 302");
    row("malformed", status("200 OK"), ErrorCode::Parse, "no list offers");
    row("well-formed and empty", "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"offers\":[]}",
        ErrorCode::Parse, "no offers");
    row("cut in the body", "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"offers\":[",
        ErrorCode::Disconnected, "");
    row("cut in a chunk",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n{\"offers\":[",
        ErrorCode::Disconnected, "");
    row("nothing at all", "", ErrorCode::Disconnected, "");
    row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", ErrorCode::Disconnected, "");
    row("more than the limit, as it says", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        ErrorCode::Parse, "more than");
}

void tst_Feeds::badAnswersLeaveTheLastGoodTable()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, code);
    QFETCH(QString, detail);
    m_server->setAnswer(FeedServer::reply(tests::vastAnswer()));
    const auto feeds = store();
    QVERIFY(!refresh(*feeds, "vast").error);
    QSignalSpy changed(feeds.get(), &FeedStore::tableChanged);
    m_server->setAnswer(FeedServer::rawAndClose(answer));
    const Outcome outcome = refresh(*feeds, "vast");
    QVERIFY(outcome.error);
    // A close that comes together with a chunk's bytes is the answer's end to Qt: no JSON then.
    const bool mayBeNoJson = answer.contains("chunked") && outcome.error->code == ErrorCode::Parse;
    QVERIFY2(int(outcome.error->code) == code || mayBeNoJson,
             qPrintable(QString(errorCodeName(outcome.error->code)) + outcome.error->detail));
    QVERIFY2(outcome.error->detail.startsWith(detail), qPrintable(outcome.error->detail));
    QCOMPARE(changed.count(), 0);
    QCOMPARE(feeds->offers(everyFeed()).size(), std::size_t(3));
    QCOMPARE(store()->offers(everyFeed()).size(), std::size_t(3));
    for (const FeedServer::Request &request : m_server->requests())
        QVERIFY(request.path != "/elsewhere");
}

void tst_Feeds::silenceTimesOut_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("timeout");
    QTest::newRow("no answer") << QByteArray() << QByteArray("header");
    QTest::newRow("half a header")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-") << QByteArray("header");
    QTest::newRow("half a body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
                                 << QByteArray("idle");
    QTest::newRow("half a body, in all")
        << QByteArray("HTTP/1.1 200 OK\r\n\r\n{") << QByteArray("whole");
}

void tst_Feeds::silenceTimesOut()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, timeout);
    m_server->setAnswer(answer.isEmpty() ? FeedServer::silence() : FeedServer::raw(answer));
    if (timeout == "header")
        m_access.request.headerTimeout = 50ms;
    else if (timeout == "idle")
        m_access.request.idleTimeout = 50ms;
    else
        m_access.request.wholeTimeout = 200ms;
    const Outcome outcome = refresh(*store(), "vast");
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->code, ErrorCode::TimedOut);
}

void tst_Feeds::floodsAreBounded_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("piece");
    const QByteArray chunk = "10000\r\n" + QByteArray(0x10000, 'x') + "\r\n";
    QTest::newRow("without a length")
        << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << QByteArray(0x10000, 'x');
    QTest::newRow("in chunks") << QByteArray(
                                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                               << chunk;
    QTest::newRow("of an error's status")
        << QByteArray("HTTP/1.1 500 Oops\r\n\r\n") << QByteArray(0x10000, 'x');
    // gzip was not asked for: what comes is bytes, a long way from JSON.
    QTest::newRow("said to be gzip")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
        << QByteArray(0x10000, '\0');
}

void tst_Feeds::floodsAreBounded()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, piece);
    m_access.request.limit = 1024 * 1024;
    m_server->setAnswer(FeedServer::flood(head, piece));
    const Outcome outcome = refresh(*store(), "vast");
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->code, ErrorCode::Parse);
    QVERIFY2(outcome.error->detail.startsWith(u"more than 1048576 bytes"),
             qPrintable(outcome.error->detail));
}

void tst_Feeds::badCertificatesAreRefused_data()
{
    QTest::addColumn<QByteArray>("fault");
    for (const char *fault :
         {"signs itself", "of an unknown authority", "of another host", "expired", "not yet valid"})
        QTest::newRow(fault) << QByteArray(fault);
}

void tst_Feeds::badCertificatesAreRefused()
{
    QFETCH(QByteArray, fault);
    const Identity authority = tests::makeIdentity({.isAuthority = true});
    const Identity unknown = tests::makeIdentity({.isAuthority = true});
    IdentityWish wish;
    wish.issuer = fault == "signs itself"              ? nullptr
                  : fault == "of an unknown authority" ? &unknown
                                                       : &authority;
    if (fault == "of another host")
        wish.alternativeName = "DNS:example.org";
    if (fault == "expired")
        wish.validToSeconds = -60;
    if (fault == "not yet valid")
        wish.validFromSeconds = 600;
    useServer(std::make_unique<FeedServer>(tests::makeIdentity(wish)));
    m_server->setAnswer(FeedServer::reply(tests::vastAnswer()));
    m_access.request.tls.setCaCertificates({authority.certificate()});
    const auto feeds = store();
    const Outcome outcome = refresh(*feeds, "vast");
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->code, ErrorCode::VerifyFailed);
    QCOMPARE(outcome.error->step, Step::Handshake);
    QVERIFY(!outcome.error->detail.isEmpty());
    QVERIFY(m_server->requests().isEmpty()); // not a byte of the request went out
    QVERIFY(feeds->offers(everyFeed()).empty());
}

void tst_Feeds::aGoodCertificateIsTrusted()
{
    const Identity authority = tests::makeIdentity({.isAuthority = true});
    useServer(std::make_unique<FeedServer>(tests::makeIdentity({.issuer = &authority})));
    m_server->setAnswer(FeedServer::reply(tests::vastAnswer()));
    m_access.request.tls.setCaCertificates({authority.certificate()});
    const auto feeds = store();
    const Outcome outcome = refresh(*feeds, "vast");
    QVERIFY2(!outcome.error, qPrintable(outcome.error ? outcome.error->detail : QString()));
    QCOMPARE(feeds->offers(everyFeed()).size(), std::size_t(3));
}

void tst_Feeds::aServerThatIsGoneIsAnError()
{
    m_server->close();
    const Outcome outcome = refresh(*store(), "vast");
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->code, ErrorCode::ConnectFailed);
}

void tst_Feeds::onlyTlsLeavesThisMachine_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url :
         {"http://192.0.2.1/api", "http://example.invalid/api", "ftp://127.0.0.1/",
          "file:///etc/passwd", "https://user:word@127.0.0.1/", "", "nonsense"})
        QTest::newRow(*url ? url : "empty") << QString::fromLatin1(url);
}

void tst_Feeds::onlyTlsLeavesThisMachine()
{
    QFETCH(QString, url);
    m_access.addresses.insert(QStringLiteral("vast"), QUrl(url));
    const Outcome outcome = refresh(*store(), "vast");
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->code, ErrorCode::Usage);
}

void tst_Feeds::cancellingEndsTheRequest()
{
    m_server->setAnswer(FeedServer::silence());
    const auto feeds = store();
    const std::unique_ptr<FeedRefresh> running(
        feeds->refresh(*feedById(QStringLiteral("vast")), nullptr));
    QSignalSpy finished(running.get(), &Operation::finished);
    QTRY_COMPARE(m_server->requests().size(), 1);
    running->cancel();
    running->cancel();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(running->error()->code, ErrorCode::Cancelled);
    // And one that is deleted on its way says nothing.
    auto *gone = feeds->refresh(*feedById(QStringLiteral("vast")), nullptr);
    QTRY_COMPARE(m_server->requests().size(), 2);
    delete gone;
}

void tst_Feeds::aStoreThatGoesEndsItsRequests()
{
    m_server->setAnswer(FeedServer::silence());
    auto feeds = store();
    const std::unique_ptr<FeedRefresh> running(
        feeds->refresh(*feedById(QStringLiteral("vast")), nullptr));
    QSignalSpy finished(running.get(), &Operation::finished);
    QTRY_COMPARE(m_server->requests().size(), 1);
    feeds.reset();
    running->cancel();
    QTRY_COMPARE(finished.count(), 1);
}

void tst_Feeds::brokenFilesAreForgotten_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("facts") << QStringLiteral("vast.json") << QByteArray("{");
    QTest::newRow("facts of a later version")
        << QStringLiteral("vast.json")
        << QByteArray(R"({"version": 2, "checked_at": "2026-11-26T00:00:00Z"})");
    QTest::newRow("no time") << QStringLiteral("vast.json") << QByteArray(R"({"version": 1})");
    QTest::newRow("table") << QStringLiteral("vast.csv") << QByteArray("\xff");
}

void tst_Feeds::brokenFilesAreForgotten()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, text);
    m_server->setAnswer(FeedServer::reply(tests::vastAnswer(), "ETag: \"abc\"\r\n"));
    QVERIFY(!refresh(*store(), "vast").error);
    QFile broken(m_dir->filePath(QStringLiteral("feeds/") + file));
    QVERIFY(broken.open(QIODevice::WriteOnly | QIODevice::Truncate));
    broken.write(text);
    broken.close();
    const auto feeds = store();
    QVERIFY(feeds->offers(everyFeed()).empty());
    QVERIFY(!refresh(*feeds, "vast").error);
    QVERIFY(!m_server->requests().last().headers.contains("if-none-match"));
    QCOMPARE(store()->offers(everyFeed()).size(), std::size_t(3));
}

void tst_Feeds::aFullDiskKeepsTheTableForNow()
{
    QFile inTheWay(m_dir->filePath(QStringLiteral("feeds")));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly)); // a file where the folder would be
    inTheWay.close();
    m_server->setAnswer(FeedServer::reply(tests::vastAnswer()));
    const auto feeds = store();
    const Outcome outcome = refresh(*feeds, "vast");
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->code, ErrorCode::LocalIo);
    QCOMPARE(feeds->offers(everyFeed()).size(), std::size_t(3));
}

QTEST_GUILESS_MAIN(tst_Feeds)
#include "tst_Feeds.moc"
