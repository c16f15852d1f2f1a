// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/Feeds.h"
#include "core/catalog/OfferCsv.h"
#include "tests/unit/catalog/FeedParts.h"

#include <QRandomGenerator>
#include <QTest>

#include <memory>

using namespace core;
using namespace core::catalog;

namespace {

const QDate today(2026, 11, 26);

/// "card region price cores memory", a line an offer.
QStringList lines(const std::vector<Offer> &offers)
{
    QStringList all;
    for (const Offer &offer : offers)
        all.append(
            QStringLiteral("%1 | %2 | %3 | %4 | %5")
                .arg(offer.card, offer.region, offer.perGpuHour.perHour.text(),
                     offer.coresPerGpu ? offer.coresPerGpu->text() : QStringLiteral("-"),
                     offer.memoryGbPerGpu ? offer.memoryGbPerGpu->text() : QStringLiteral("-")));
    return all;
}

} // namespace

class tst_FeedReaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void feedsHaveTheirOwnIds();
    void vastIsRead();
    void runPodIsRead();
    void gpuhuntIsRead();
    void malformedAnswersAreRefusedWhole_data();
    void malformedAnswersAreRefusedWhole();
    void graphQlErrorsAreSaid();
    void malformedCataloguesAreRefused_data();
    void malformedCataloguesAreRefused();
    void versionsAreOneSafeWord();
    void filesComeOutOfAZip();
    void aZipThatBlowsUpIsRefused();
    void brokenZipsAreRefused();
    void everyCutIsReadOrRefused();

private:
    [[nodiscard]] Result<std::vector<Offer>> read(Feed::Kind kind, const QByteArray &answer) const
    {
        switch (kind) {
        case Feed::Kind::Vast: return offersFromVast(answer, *m_cards, today);
        case Feed::Kind::RunPod: return offersFromRunPod(answer, *m_cards, today);
        case Feed::Kind::Gpuhunt: break;
        }
        return offersFromGpuhunt(answer, QStringLiteral("Lambda"), *m_cards, today);
    }
    std::unique_ptr<CardCatalog> m_cards;
};

void tst_FeedReaders::initTestCase()
{
    auto cards = CardCatalog::shipped();
    QVERIFY(cards);
    m_cards = std::make_unique<CardCatalog>(std::move(*cards));
}

void tst_FeedReaders::feedsHaveTheirOwnIds()
{
    QStringList ids;
    for (const Feed &feed : allFeeds()) {
        const QString id = QString::fromLatin1(feed.id);
        QVERIFY(!ids.contains(id));
        ids.append(id);
        QCOMPARE(feedById(id), &feed);
        QVERIFY(QByteArray(feed.url).startsWith("https://"));
    }
    QVERIFY(!feedById(QStringLiteral("elsewhere")) && !feedById(QString()));
}

void tst_FeedReaders::vastIsRead()
{
    const auto offers = read(Feed::Kind::Vast, tests::vastAnswer());
    QVERIFY2(offers.has_value(), qPrintable(offers ? QString() : offers.error().detail));
    // The cheapest of each card; which A100 it is the memory tells; a price of 0 is none.
    QCOMPARE(lines(*offers), (QStringList{QStringLiteral("RTX 4090 | Quebec, CA | 0.35 | 8 | 64"),
                                          QStringLiteral("A100 PCIe 40GB |  | 0.777778 | - | -"),
                                          QStringLiteral("RTX 3060 laptop |  | 0.05 | - | -")}));
    const Offer &first = offers->front();
    QCOMPARE(first.provider, QStringLiteral("vast.ai"));
    QCOMPARE(first.perGpuHour.currency, Currency::Usd);
    QCOMPARE(first.seenOn, (std::optional(SeenOn::day(today))));
    QVERIFY(m_cards->match((*offers)[1].card).isCertain());
    QVERIFY(!m_cards->match((*offers)[2].card).isKnown());
}

void tst_FeedReaders::runPodIsRead()
{
    const auto offers = read(Feed::Kind::RunPod, tests::runPodAnswer());
    QVERIFY2(offers.has_value(), qPrintable(offers ? QString() : offers.error().detail));
    QCOMPARE(
        lines(*offers),
        (QStringList{QStringLiteral("NVIDIA GeForce RTX 4090 | secure cloud | 0.69 | 6 | 41"),
                     QStringLiteral("NVIDIA GeForce RTX 4090 | community cloud | 0.34 | 6 | 41"),
                     QStringLiteral("NVIDIA A100 80GB PCIe | secure cloud | 1.64 | - | -"),
                     QStringLiteral("AMD Instinct MI300X OAM | secure cloud | 2.99 | - | -")}));
    for (const Offer &offer : *offers)
        QVERIFY2(m_cards->match(offer.card).best(), qPrintable(offer.card));
}

void tst_FeedReaders::gpuhuntIsRead()
{
    const auto offers = read(Feed::Kind::Gpuhunt, tests::gpuhuntCsv());
    QVERIFY2(offers.has_value(), qPrintable(offers ? QString() : offers.error().detail));
    QCOMPARE(lines(*offers),
             (QStringList{QStringLiteral("A10 | us-west-1 | 0.75 | 30 | 200"),
                          QStringLiteral("A100 80GB | us-west-1 | 1.79 | 30 | 225"),
                          QStringLiteral("A100 40GB | us-east-1 | 1.29 | 15.5 | 225"),
                          QStringLiteral("GH200 | us-east-3 | 1.49 | 64 | 432")}));
    QCOMPARE(offers->front().provider, QStringLiteral("Lambda"));
}

void tst_FeedReaders::malformedAnswersAreRefusedWhole_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, Feed::Kind kind, const QByteArray &answer,
                        const char *says) {
        QTest::newRow(name) << int(kind) << answer << QString::fromLatin1(says);
    };
    const auto vast = Feed::Kind::Vast;
    const QByteArray good = R"({"gpu_name":"RTX 4090","num_gpus":1,"dph_total":0.4})";
    const auto offers = [&](const QByteArray &bad) {
        return "{\"offers\":[" + good + "," + bad + "," + good + "]}";
    };
    row("nothing", vast, "", "illegal value");
    row("a page", vast, "<html>502</html>", "illegal value");
    row("cut", vast, tests::vastAnswer().first(300), "unterminated");
    row("no object", vast, "[]", "no object");
    row("no list", vast, R"({"error":"x"})", "no list offers");
    row("another type", vast, R"({"offers":{"a":1}})", "no list offers");
    row("no offer", vast, offers("7"), "offers[1]: no object");
    row("no name", vast, offers(R"({"num_gpus":1,"dph_total":0.4})"), "offers[1]: gpu_name");
    row("a name of another type", vast, offers(R"({"gpu_name":1,"num_gpus":1,"dph_total":0.4})"),
        "offers[1]: gpu_name");
    row("no price", vast, offers(R"({"gpu_name":"T4","num_gpus":1})"), "offers[1]: dph_total");
    row("a price as text", vast, offers(R"({"gpu_name":"T4","num_gpus":1,"dph_total":"0.4"})"),
        "offers[1]: dph_total");
    row("a price below 0", vast, offers(R"({"gpu_name":"T4","num_gpus":1,"dph_total":-1})"),
        "offers[1]: dph_total");
    row("no GPU", vast, offers(R"({"gpu_name":"T4","num_gpus":0,"dph_total":1})"),
        "offers[1]: num_gpus");
    row("half a GPU", vast, offers(R"({"gpu_name":"T4","num_gpus":1.5,"dph_total":1})"),
        "offers[1]: num_gpus");
    row("too many GPUs", vast, offers(R"({"gpu_name":"T4","num_gpus":100000,"dph_total":1})"),
        "offers[1]: num_gpus");
    row("cores as text", vast,
        offers(R"({"gpu_name":"T4","num_gpus":1,"dph_total":1,"cpu_cores_effective":"8"})"),
        "offers[1]: cpu_cores_effective");
    row("a control character", vast,
        offers("{\"gpu_name\":\"T4\\u001b[31m\",\"num_gpus\":1,\"dph_total\":1}"),
        "offers[1]: card");
    row("a name without end", vast,
        offers("{\"gpu_name\":\"" + QByteArray(600, 'x') + "\",\"num_gpus\":1,\"dph_total\":1}"),
        "offers[1]: card");
    row("too many", vast, "{\"offers\":[1" + QByteArray(",1").repeated(20'000) + "]}",
        "offers of more than 20000");
    row("deep", vast, QByteArray("[").repeated(100'000), "");
    const auto runPod = Feed::Kind::RunPod;
    row("no data", runPod, R"({"data":null})", "no list gpuTypes");
    row("no id", runPod, R"({"data":{"gpuTypes":[{"displayName":"T4"}]}})", "gpuTypes[0]: id");
    row("a lowest price of another type", runPod,
        R"({"data":{"gpuTypes":[{"id":"T4","lowestPrice":1}]}})", "gpuTypes[0].lowestPrice");
    row("a price as text in RunPod", runPod,
        R"({"data":{"gpuTypes":[{"id":"T4","securePrice":"1"}]}})", "gpuTypes[0]: securePrice");
}

void tst_FeedReaders::malformedAnswersAreRefusedWhole()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, answer);
    QFETCH(QString, says);
    const auto offers = read(Feed::Kind(kind), answer);
    QVERIFY(!offers);
    QCOMPARE(offers.error().code, ErrorCode::Parse);
    QVERIFY2(offers.error().detail.startsWith(says), qPrintable(offers.error().detail));
}

void tst_FeedReaders::graphQlErrorsAreSaid()
{
    const auto offers = read(Feed::Kind::RunPod,
                             R"({"errors":[{"message":"Something went\n wrong"}],"data":null})");
    QVERIFY(!offers);
    QCOMPARE(offers.error().code, ErrorCode::RemoteFailed);
    QCOMPARE(offers.error().detail, QStringLiteral("Something went wrong"));
    const auto endless =
        read(Feed::Kind::RunPod, "{\"errors\":[{\"message\":\"" + QByteArray(9999, 'x') + "\"}]}");
    QCOMPARE(endless.error().detail.size(), 200);
}

void tst_FeedReaders::malformedCataloguesAreRefused_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("says");
    const QByteArray head = "location,price,cpu,memory,gpu_count,gpu_name,gpu_memory,spot\n";
    const auto row = [&](const char *name, const QByteArray &line, const char *says) {
        QTest::newRow(name) << head + "a,1,1,1,1,T4,16,False\n" + line << QString::fromLatin1(says);
    };
    row("too few cells", "a,1\n", "line 3: 2 cells");
    row("a price as text", "a,cheap,1,1,1,T4,16,False\n", "line 3");
    row("a price below 0", "a,-1,1,1,1,T4,16,False\n", "line 3");
    row("no number", "a,nan,1,1,1,T4,16,False\n", "line 3");
    row("endless", "a,inf,1,1,1,T4,16,False\n", "line 3");
    row("half a GPU", "a,1,1,1,0.5,T4,16,False\n", "line 3");
    row("neither spot nor not", "a,1,1,1,1,T4,16,maybe\n", "line 3");
    row("a control character", "a,1,1,1,1,\"T4\x1b\",16,False\n", "line 3");
    QTest::newRow("a column less")
        << QByteArray("location,price,cpu,memory,gpu_count,gpu_name,spot\na,1,1,1,1,T4,False\n")
        << QStringLiteral("no column gpu_memory");
}

void tst_FeedReaders::malformedCataloguesAreRefused()
{
    QFETCH(QByteArray, csv);
    QFETCH(QString, says);
    const auto offers = read(Feed::Kind::Gpuhunt, csv);
    QVERIFY(!offers);
    QCOMPARE(offers.error().code, ErrorCode::Parse);
    QVERIFY2(offers.error().detail.startsWith(says), qPrintable(offers.error().detail));
}

void tst_FeedReaders::versionsAreOneSafeWord()
{
    QCOMPARE(gpuhuntVersion("20261126-123\n").value_or(QByteArray()), QByteArray("20261126-123"));
    for (const char *bad : {"", "\n", "a b", "../v2", ".", "a/b", "a?b", "a#b", "a%2fb", "é"})
        QVERIFY2(!gpuhuntVersion(bad), bad);
    QVERIFY(!gpuhuntVersion(QByteArray(65, 'a')));
}

void tst_FeedReaders::filesComeOutOfAZip()
{
    const QByteArray zip =
        tests::zipOf({{"a.csv", "one"}, {"lambdalabs.csv", tests::gpuhuntCsv()}});
    const auto csv = fileFromZip(zip, QStringLiteral("lambdalabs.csv"), 10'000);
    QVERIFY2(csv.has_value(), qPrintable(csv ? QString() : csv.error().detail));
    QCOMPARE(*csv, tests::gpuhuntCsv());
    QVERIFY(!fileFromZip(zip, QStringLiteral("aws.csv"), 10'000));
}

void tst_FeedReaders::aZipThatBlowsUpIsRefused()
{
    const QByteArray zip = tests::zipOf({{"aws.csv", QByteArray(8 * 1024 * 1024, '0')}});
    QVERIFY(zip.size() < 100'000);
    const auto csv = fileFromZip(zip, QStringLiteral("aws.csv"), 1024 * 1024);
    QVERIFY(!csv);
    QCOMPARE(csv.error().code, ErrorCode::Parse);
}

void tst_FeedReaders::brokenZipsAreRefused()
{
    const QByteArray zip = tests::zipOf({{"aws.csv", tests::gpuhuntCsv()}});
    for (const QByteArray &bad : {QByteArray(), QByteArray("PK"), QByteArray("location,price\n"),
                                  zip.first(zip.size() / 3)}) {
        const auto csv = fileFromZip(bad, QStringLiteral("aws.csv"), 10'000);
        QVERIFY(!csv);
        QCOMPARE(csv.error().code, ErrorCode::Parse);
    }
    QRandomGenerator random(17);
    for (int round = 0; round < 300; ++round) {
        QByteArray changed = zip;
        for (int i = 0; i < 3; ++i)
            changed[random.bounded(int(changed.size()))] = char(random.bounded(256));
        const auto csv = fileFromZip(changed, QStringLiteral("aws.csv"), 10'000);
        QVERIFY(!csv || csv->size() <= 10'000);
    }
}

void tst_FeedReaders::everyCutIsReadOrRefused()
{
    for (const auto &[kind, answer] : {std::pair(Feed::Kind::Vast, tests::vastAnswer()),
                                       std::pair(Feed::Kind::RunPod, tests::runPodAnswer())}) {
        for (qsizetype size = 0; size < answer.trimmed().size(); ++size)
            QVERIFY(!read(kind, answer.first(size)));
        QVERIFY(read(kind, answer));
    }
    const QByteArray csv = tests::gpuhuntCsv();
    for (qsizetype size = 0; size < csv.size(); ++size)
        (void)read(Feed::Kind::Gpuhunt, csv.first(size));
}

QTEST_GUILESS_MAIN(tst_FeedReaders)
#include "tst_FeedReaders.moc"
