// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of offers as spreadsheet programs give them back.
#include "core/catalog/OfferStore.h"
#include "tests/unit/catalog/OfferParts.h"

#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace core::catalog;

class tst_OfferSpreadsheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodingsAreRead_data();
    void encodingsAreRead();
    void unknownBytesSayWhatIsNeeded();
    void separatorsAreFound_data();
    void separatorsAreFound();
    void decimalCommasStandBesideSemicolons();
    void computedPricesAreRounded();
    void currenciesAreReadAsPeopleWriteThem();
    void headersAreTakenAsTheyAreMeant();
    void emptyCellsAtTheEndAreNothing();
    void datesAreRead_data();
    void datesAreRead();
    void badLinesAreNamed_data();
    void badLinesAreNamed();
    void anExportComesBackFromExcel();
};

void tst_OfferSpreadsheet::encodingsAreRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QString text =
        QStringLiteral("provider,region,card,price_per_gpu_hour,currency\r\n"
                       "\u5b9e\u9a8c\u5ba4,\u897f\u5317B\u533a,RTX 4090,1.88,CNY\r\n");
    QTest::newRow("UTF-8") << text.toUtf8();
    QTest::newRow("UTF-8 with its mark") << QByteArray("\xef\xbb\xbf") + text.toUtf8();
    // As Excel in Chinese saves CSV.
    QTest::newRow("GBK") << QByteArray("provider,region,card,price_per_gpu_hour,currency\r\n"
                                       "\xca\xb5\xd1\xe9\xca\xd2,\xce\xf7\xb1\xb1"
                                       "B\xc7\xf8,RTX 4090,1.88,CNY\r\n");
    for (const auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
        QStringEncoder encoder(encoding, QStringConverter::Flag::WriteBom);
        const QByteArray bytes = encoder(text);
        QTest::newRow(encoding == QStringConverter::Utf16LE ? "UTF-16" : "UTF-16, turned round")
            << bytes;
    }
}

void tst_OfferSpreadsheet::encodingsAreRead()
{
    QFETCH(QByteArray, bytes);
    if (qstrcmp(QTest::currentDataTag(), "GBK") == 0 &&
        !QStringDecoder("GB18030", QStringDecoder::Flag::Default).isValid())
        QSKIP("this Qt knows no GB18030");
    const auto offers = offersFromSpreadsheet(bytes);
    QVERIFY2(offers.has_value(), qPrintable(offers ? QString() : offers.error().detail));
    QCOMPARE(offers->size(), std::size_t(1));
    QCOMPARE(offers->front().provider, QStringLiteral("\u5b9e\u9a8c\u5ba4"));
    QCOMPARE(offers->front().region, QStringLiteral("\u897f\u5317B\u533a"));
}

void tst_OfferSpreadsheet::unknownBytesSayWhatIsNeeded()
{
    const auto offers = offersFromSpreadsheet("provider,region,card,price_per_gpu_hour,currency\n"
                                              "Lab\xff\xff,,RTX 4090,1,CNY\n");
    QVERIFY(!offers);
    QCOMPARE(offers.error().code, ErrorCode::Parse);
    QVERIFY2(offers.error().detail.startsWith(u"line 2: ") &&
                 offers.error().detail.contains(u"CSV UTF-8"),
             qPrintable(offers.error().detail));
}

void tst_OfferSpreadsheet::separatorsAreFound_data()
{
    QTest::addColumn<QString>("separator");
    for (const char *separator : {",", ";", "\t"})
        QTest::newRow(*separator == '\t' ? "tab" : separator) << QString::fromLatin1(separator);
}

void tst_OfferSpreadsheet::separatorsAreFound()
{
    QFETCH(QString, separator);
    QString text = QStringLiteral("\n\nprovider|region|card|price_per_gpu_hour|currency|note\n"
                                  "\"Lab \"\"upstairs\"\"\"|| RTX 4090 |1.98|CNY|NOTE\n");
    const auto offers = offersFromSpreadsheet(
        text.replace(u'|', separator)
            .replace(QStringLiteral("NOTE"), separator == u"," ? QString() : QStringLiteral("a, b"))
            .toUtf8());
    QVERIFY2(offers.has_value(), qPrintable(offers ? QString() : offers.error().detail));
    QCOMPARE(offers->front().provider, QStringLiteral("Lab \"upstairs\""));
    QCOMPARE(offers->front().note, separator == u"," ? QString() : QStringLiteral("a, b"));
    QCOMPARE(offers->front().card, QStringLiteral("RTX 4090"));
    QVERIFY(offers->front().region.isEmpty());
}

void tst_OfferSpreadsheet::decimalCommasStandBesideSemicolons()
{
    const auto offers =
        offersFromSpreadsheet("provider;region;card;price_per_gpu_hour;currency;cores_per_gpu\n"
                              "Lab;;RTX 4090;1,98;CNY;0,5\nLab;;RTX 3090;1.32;CNY;8\n");
    QVERIFY2(offers.has_value(), qPrintable(offers ? QString() : offers.error().detail));
    QCOMPARE(offers->front().perGpuHour.perHour, tests::decimal("1.98"));
    QCOMPARE(offers->front().coresPerGpu, Decimal::parse(u"0.5"));
    QCOMPARE(offers->back().perGpuHour.perHour, tests::decimal("1.32"));
}

/// A sheet in which 1.98 was divided by 7.
void tst_OfferSpreadsheet::computedPricesAreRounded()
{
    const auto offers =
        offersFromSpreadsheet("provider,region,card,price_per_gpu_hour,currency,memory_gb_per_gpu\n"
                              "A,,T4,0.28285714285714286,USD,14.9999999\nA,,T4,0.2134005,USD,1\n"
                              "A,,T4,0.2134004999999,USD,1\nA,,T4,99999.9999999,USD,1\n");
    QVERIFY2(offers.has_value(), qPrintable(offers ? QString() : offers.error().detail));
    const auto price = [&](std::size_t i) { return offers->at(i).perGpuHour.perHour; };
    QCOMPARE(price(0), tests::decimal("0.282857"));
    QCOMPARE(price(1), tests::decimal("0.213401"));
    QCOMPARE(price(2), tests::decimal("0.2134"));
    QCOMPARE(price(3), tests::decimal("100000"));
    QCOMPARE(offers->at(0).memoryGbPerGpu, Decimal::parse(u"15"));
    for (const char *wrong : {"0.00000049", "100000.0000005", "1.2.3456789",
                              "0.28285714285714286e3", "-0.28285714285714286"}) {
        const QByteArray text =
            QByteArray("provider,region,card,price_per_gpu_hour,currency\nA,,T4,") + wrong +
            ",USD\n";
        QVERIFY2(!offersFromSpreadsheet(text), wrong);
    }
}

void tst_OfferSpreadsheet::currenciesAreReadAsPeopleWriteThem()
{
    for (const char *word : {"RMB", "rmb", "¥", "￥", "元", "人民币", "CNY", "cny"}) {
        const auto offers = offersFromSpreadsheet(
            QByteArray("provider,region,card,price_per_gpu_hour,currency\nA,,T4,1,") + word + "\n");
        QVERIFY2(offers && offers->front().perGpuHour.currency == Currency::Cny, word);
    }
    for (const char *word : {"$", "US$", "us$", "美元", "USD"}) {
        const auto offers = offersFromSpreadsheet(
            QByteArray("provider,region,card,price_per_gpu_hour,currency\nA,,T4,1,") + word + "\n");
        QVERIFY2(offers && offers->front().perGpuHour.currency == Currency::Usd, word);
    }
    QVERIFY(
        !offersFromSpreadsheet("provider,region,card,price_per_gpu_hour,currency\nA,,T4,1,HK$\n"));
}

void tst_OfferSpreadsheet::headersAreTakenAsTheyAreMeant()
{
    const auto offers = offersFromSpreadsheet(
        " Provider ,REGION,\" Card \",Price_Per_GPU_Hour,currency,Colour\nLab,,T4,1,CNY,red\n");
    QVERIFY2(offers.has_value(), qPrintable(offers ? QString() : offers.error().detail));
    QCOMPARE(offers->front().card, QStringLiteral("T4"));
    QCOMPARE(offers->front().otherColumns.value(QStringLiteral("Colour")), QStringLiteral("red"));
    const auto twice =
        offersFromSpreadsheet("provider,region,card,Card,price_per_gpu_hour,currency\n");
    QVERIFY(!twice && twice.error().detail.contains(u"two columns card"));
}

void tst_OfferSpreadsheet::emptyCellsAtTheEndAreNothing()
{
    const auto offers =
        offersFromSpreadsheet("provider,region,card,price_per_gpu_hour,currency,,\r\n"
                              "Lab,,T4,1,CNY,,\r\n,,,,,,\r\nLab,,L4,1,CNY\r\n,,,,,,\r\n");
    QVERIFY2(offers.has_value(), qPrintable(offers ? QString() : offers.error().detail));
    QCOMPARE(offers->size(), std::size_t(2));
    QVERIFY(offers->front().otherColumns.isEmpty());
}

void tst_OfferSpreadsheet::datesAreRead_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("seen"); // "" = no date
    const auto row = [](const char *typed, const char *seen) {
        QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(seen);
    };
    row("2026/11/26", "2026-11-26");
    row("2026/1/5", "2026-01-05");
    row("2026-1-5", "2026-01-05");
    row("2026-11-26", "2026-11-26");
    row("2026/8", "2026-08");
    row("Aug-26", "2026-08"); // what Excel makes of 2026-08
    row(" 2025 ", "2025");
    row("2026/13/1", "");
    row("2026/2/30", "");
    row("1/5/2026", ""); // the fifth of January or the first of May
    row("Foo-26", "");
    row("yesterday", "");
}

void tst_OfferSpreadsheet::datesAreRead()
{
    QFETCH(QString, typed);
    QFETCH(QString, seen);
    const auto read = SeenOn::parseTyped(typed);
    QCOMPARE(read ? read->text() : QString(), seen);
}

void tst_OfferSpreadsheet::badLinesAreNamed_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *line, const char *says) {
        QTest::newRow(name) << QByteArray(line) << QString::fromLatin1(says);
    };
    row("free", "Lab,,T4,0,CNY,,", "line 3: price_per_gpu_hour: \"0\"");
    row("free in full", "Lab,,T4,0.00,CNY,,", "line 3: price_per_gpu_hour: \"0.00\"");
    row("negative", "Lab,,T4,-1.5,CNY,,", "line 3: price_per_gpu_hour: \"-1.5\"");
    row("free for members", "Lab,,T4,1,CNY,,0", "line 3: member_price_per_gpu_hour: \"0\"");
    row("no date", "Lab,,T4,1,CNY,soon,", "line 3: seen_on: \"soon\"");
    row("a cell too many", "Lab,,T4,1,CNY,,,x", "line 3: 8 cells where the header has 7");
}

void tst_OfferSpreadsheet::badLinesAreNamed()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, says);
    const auto offers = offersFromSpreadsheet(
        "provider,region,card,price_per_gpu_hour,currency,seen_on,member_price_per_gpu_hour\n"
        "Lab,,L4,1,CNY,,\n" +
        line + "\n");
    QVERIFY(!offers); // and nothing of it is taken
    QCOMPARE(offers.error().detail, says);
}

void tst_OfferSpreadsheet::anExportComesBackFromExcel()
{
    const QTemporaryDir dir;
    const tests::FixedClock clock(0);
    OfferStore store(dir.path(), clock);
    QVERIFY(store.load());
    Offer own = tests::offer("Lab", "L20", "1.5");
    own.region = QStringLiteral("\u897f\u5317");
    QVERIFY(store.add(own));
    const QString path = dir.filePath(QStringLiteral("out.csv"));
    QVERIFY(store.exportFile(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray bytes = file.readAll();
    file.close();
    QVERIFY(bytes.startsWith("\xef\xbb\xbf")); // else Excel shows no Chinese
    const std::vector<Offer> before = store.offers();
    // What Excel makes of it.
    bytes.replace("2026-11-01", "2026/11/1")
        .replace("2026-08", "Aug-26")
        .replace(",0.10,", ",0.1,");
    bytes.replace("\n", ",,\r\n");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    const auto report = store.importFile(path);
    QVERIFY2(report.has_value(), qPrintable(report ? QString() : report.error().detail));
    QCOMPARE(report->unchanged, int(before.size()));
    QVERIFY(store.offers() == before);
}

QTEST_GUILESS_MAIN(tst_OfferSpreadsheet)
#include "tst_OfferSpreadsheet.moc"
