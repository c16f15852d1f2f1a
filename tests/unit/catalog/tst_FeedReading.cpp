// SPDX-License-Identifier: GPL-3.0-or-later
// Large answers of feeds are read in a thread of their own.
#include "core/catalog/FeedStore.h"
#include "tests/unit/catalog/FeedParts.h"
#include "tests/unit/catalog/FeedServer.h"
#include "tests/unit/catalog/OfferParts.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace core;
using namespace core::catalog;
using namespace std::chrono_literals;
using tests::FeedServer;

class tst_FeedReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void aLargeCatalogueIsReadBesideTheWindow();
    void cancellingEndsTheReading();

private:
    [[nodiscard]] std::unique_ptr<FeedStore> store();
    void answerWithLargeCatalogue();

    std::unique_ptr<CardCatalog> m_cards;
    const Feed *m_feed = feedById(QStringLiteral("lambdalabs"));
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FeedServer> m_server;
    std::unique_ptr<QNetworkAccessManager> m_network;
    tests::FixedClock m_clock{1'795'651'200'000}; // 2026-11-26 UTC
};

void tst_FeedReading::initTestCase()
{
    auto cards = CardCatalog::shipped();
    QVERIFY(cards);
    m_cards = std::make_unique<CardCatalog>(std::move(*cards));
}

void tst_FeedReading::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_network = std::make_unique<QNetworkAccessManager>();
    m_server = std::make_unique<FeedServer>();
}

std::unique_ptr<FeedStore> tst_FeedReading::store()
{
    FeedAccess access;
    access.request.headerTimeout = 60s;
    access.request.idleTimeout = 60s;
    access.addresses.insert(QString::fromLatin1(m_feed->id), m_server->url("/v3/"));
    auto made = std::make_unique<FeedStore>(m_dir->path(), *m_cards, m_clock, *m_network, access);
    made->load();
    return made;
}

void tst_FeedReading::answerWithLargeCatalogue()
{
    QByteArray csv = tests::gpuhuntCsv();
    const QByteArray rows = csv.mid(csv.indexOf('\n') + 1);
    csv += rows.repeated(5000);
    m_server->setAnswer("/v3/lambdalabs/version", FeedServer::reply("20261125\n"));
    m_server->setAnswer("/v3/lambdalabs/20261125/catalog.zip",
                        FeedServer::reply(tests::zipOf({{"lambdalabs.csv", csv}})));
}

void tst_FeedReading::aLargeCatalogueIsReadBesideTheWindow()
{
    answerWithLargeCatalogue();
    const auto feeds = store();
    // How often the window could do something between the answer and the table.
    int turns = 0;
    QTimer turn;
    connect(&turn, &QTimer::timeout, this, [&turns] { ++turns; });
    connect(m_network.get(), &QNetworkAccessManager::finished, this, [&](QNetworkReply *reply) {
        turns = 0;
        if (reply->url().path().endsWith(u".zip"))
            turn.start(0);
    });
    int turnsBefore = 0;
    connect(feeds.get(), &FeedStore::tableChanged, this, [&] { turnsBefore = turns; });
    const std::unique_ptr<FeedRefresh> running(feeds->refresh(*m_feed, nullptr));
    QSignalSpy finished(running.get(), &Operation::finished);
    QVERIFY(finished.wait(60'000));
    QVERIFY2(running->isOk(), qPrintable(running->isOk() ? QString() : running->error()->detail));
    QCOMPARE(feeds->table(QStringLiteral("lambdalabs"))->offers.size(), std::size_t(4));
    QVERIFY2(turnsBefore > 20, qPrintable(QString::number(turnsBefore)));
}

void tst_FeedReading::cancellingEndsTheReading()
{
    answerWithLargeCatalogue();
    auto feeds = store();
    for (const bool storeGoes : {false, true}) {
        const std::unique_ptr<FeedRefresh> running(feeds->refresh(*m_feed, nullptr));
        QSignalSpy finished(running.get(), &Operation::finished);
        QSignalSpy answered(m_network.get(), &QNetworkAccessManager::finished);
        QTRY_COMPARE(answered.count(), 2);
        QTest::qWait(1); // the answer is handed to the reader
        if (storeGoes)
            feeds.reset();
        else
            running->cancel();
        QVERIFY(finished.count() > 0 || finished.wait(60'000));
        QCOMPARE(running->error()->code, ErrorCode::Cancelled);
        if (!storeGoes)
            QVERIFY(!feeds->table(QStringLiteral("lambdalabs")));
    }
    // What was read afterwards is not kept.
    QVERIFY(!store()->table(QStringLiteral("lambdalabs")));
}

QTEST_GUILESS_MAIN(tst_FeedReading)
#include "tst_FeedReading.moc"
