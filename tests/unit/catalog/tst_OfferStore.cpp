// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/Csv.h"
#include "core/catalog/OfferStore.h"
#include "tests/support/Sanitizers.h"
#include "tests/unit/catalog/OfferParts.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace core::catalog;
using tests::decimal;
using tests::offer;

namespace {

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(text), text.size());
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_OfferStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewFolderBeginsWithTheFirstOffers();
    void changesAreKept();
    void badChangesChangeNothing();
    void aCorruptTableIsKeptAside_data();
    void aCorruptTableIsKeptAside();
    void corruptSettingsAreKeptAside_data();
    void corruptSettingsAreKeptAside();
    void settingsOfANewerVersionAreNotTouched();
    void unknownSettingsSurvive();
    void twoProgramsDoNotOverwriteEachOther();
    void aRowThatIsGoneIsNotFound();
    void importsAreMerged();
    void aLargeImportIsMerged();
    void aBadImportChangesNothing_data();
    void aBadImportChangesNothing();
    void exportsAreImported();
    void aFolderThatCannotBeWrittenIsAnError();
    void aFullTableTakesNoMore();

private:
    tests::FixedClock m_clock{1'795'651'200'123}; // 2026-11-26 UTC
};

void tst_OfferStore::aNewFolderBeginsWithTheFirstOffers()
{
    QTemporaryDir dir;
    OfferStore store(dir.filePath(QStringLiteral("a/b")), m_clock);
    const auto report = store.load();
    QVERIFY(report && report->corruptKeptAs.isEmpty());
    QCOMPARE(store.offers().size(), std::size_t(21));
    QVERIFY(store.settings() == PriceSettings());
    QVERIFY(store.settings().feeds.isEmpty());
    QVERIFY(!QDir(dir.filePath(QStringLiteral("a"))).exists()); // nothing is written by looking
}

void tst_OfferStore::changesAreKept()
{
    QTemporaryDir dir;
    OfferStore store(dir.path(), m_clock);
    QVERIFY(store.load());
    QSignalSpy changed(&store, &OfferStore::offersChanged);
    QSignalSpy set(&store, &OfferStore::settingsChanged);
    Offer own = offer("Lab", "RTX 4090", "0.526", Currency::Usd);
    own.region = QStringLiteral("楼下, B2");
    own.note = QStringLiteral("say \"please\"");
    QVERIFY(store.add(own));
    QCOMPARE(store.offers().size(), std::size_t(22));
    Offer better = own;
    better.perGpuHour.perHour = decimal("0.5");
    better.memberPerGpuHour = decimal("0.475");
    QVERIFY(store.replace(own, better));
    QVERIFY(store.remove(store.offers().front()));
    QCOMPARE(changed.count(), 3);
    PriceSettings settings;
    settings.rate.cnyPerUsd = decimal("7.0123");
    settings.rateSetOn = QDate(2026, 11, 25);
    settings.member = true;
    settings.memberPercent = 95;
    settings.feeds = {QStringLiteral("vast")};
    QVERIFY(store.setSettings(settings));
    QCOMPARE(set.count(), 1);
    OfferStore again(dir.path(), m_clock);
    QVERIFY(again.load());
    QVERIFY(again.offers() == store.offers());
    QVERIFY(again.offers().back() == better);
    QVERIFY(again.settings() == settings);
    QCOMPARE(again.settings().rate.cnyPerUsd.text(), QStringLiteral("7.0123"));
}

void tst_OfferStore::badChangesChangeNothing()
{
    QTemporaryDir dir;
    OfferStore store(dir.path(), m_clock);
    QVERIFY(store.load());
    QSignalSpy changed(&store, &OfferStore::offersChanged);
    const auto refused = [&](Offer bad, const char *column) {
        const Result<> added = store.add(bad);
        return !added && added.error().code == ErrorCode::Usage &&
               added.error().detail == QLatin1StringView(column);
    };
    QVERIFY(refused(offer(" ", "A100", "1"), "provider"));
    QVERIFY(refused(offer("P", "", "1"), "card"));
    QVERIFY(refused(offer("P", "A100", "100000.1"), "price_per_gpu_hour"));
    Offer lines = offer("P", "A100", "1");
    lines.note = QStringLiteral("two\nlines");
    QVERIFY(refused(lines, "note"));
    QVERIFY(!store.replace(store.offers().front(), lines));
    PriceSettings settings;
    settings.rate.cnyPerUsd = Decimal();
    QCOMPARE(store.setSettings(settings).error().code, ErrorCode::Usage);
    settings = {};
    settings.memberPercent = 101;
    QCOMPARE(store.setSettings(settings).error().code, ErrorCode::Usage);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(store.offers().size(), std::size_t(21));
    QVERIFY(
        QDir(dir.path()).entryList({QStringLiteral("*.csv"), QStringLiteral("*.json")}).isEmpty());
}

void tst_OfferStore::aCorruptTableIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no table") << QByteArray("hello\nworld\n");
    QTest::newRow("bad price") << QByteArray(
        "provider,region,card,price_per_gpu_hour,currency\nP,R,A100,free,CNY\n");
    QTest::newRow("binary") << QByteArray("\xff\x00\x01", 3);
    QTest::newRow("too large") << QByteArray(CsvLimits{}.bytes + 1, 'x');
}

void tst_OfferStore::aCorruptTableIsKeptAside()
{
    QFETCH(QByteArray, text);
    QTemporaryDir dir;
    OfferStore store(dir.path(), m_clock);
    write(store.offersPath(), text);
    const auto report = store.load();
    QVERIFY(report);
    QCOMPARE(report->corruptKeptAs,
             QStringList(store.offersPath() + QStringLiteral(".corrupt-20261126-000000-123")));
    QCOMPARE(report->problems.size(), 1);
    QCOMPARE(read(report->corruptKeptAs.front()), text);
    QCOMPARE(store.offers().size(), std::size_t(21));
    QVERIFY(store.add(offer("P", "A100", "1")));
    OfferStore again(dir.path(), m_clock);
    QVERIFY(again.load() && again.offers().size() == 22);
}

void tst_OfferStore::corruptSettingsAreKeptAside_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("no version") << QByteArray(R"({"cny_per_usd": "7"})");
    QTest::newRow("a rate of 0") << QByteArray(R"({"version": 1, "cny_per_usd": "0"})");
    QTest::newRow("a rate as a number") << QByteArray(R"({"version": 1, "cny_per_usd": 7.1})");
    QTest::newRow("no day") << QByteArray(
        R"({"version": 1, "cny_per_usd": "7", "rate_set_on": "soon"})");
    QTest::newRow("101 percent") << QByteArray(
        R"({"version": 1, "cny_per_usd": "7", "member_percent": 101})");
}

void tst_OfferStore::corruptSettingsAreKeptAside()
{
    QFETCH(QByteArray, text);
    QTemporaryDir dir;
    OfferStore store(dir.path(), m_clock);
    write(store.settingsPath(), text);
    const auto report = store.load();
    QVERIFY(report);
    QCOMPARE(report->corruptKeptAs.size(), 1);
    QCOMPARE(read(report->corruptKeptAs.front()), text);
    QVERIFY(store.settings() == PriceSettings());
}

void tst_OfferStore::settingsOfANewerVersionAreNotTouched()
{
    QTemporaryDir dir;
    OfferStore store(dir.path(), m_clock);
    const QByteArray newer = R"({"version": 2, "rates": []})";
    write(store.settingsPath(), newer);
    const auto report = store.load();
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Unsupported);
    QCOMPARE(store.setSettings({}).error().code, ErrorCode::Unsupported);
    QCOMPARE(read(store.settingsPath()), newer);
}

void tst_OfferStore::unknownSettingsSurvive()
{
    QTemporaryDir dir;
    OfferStore store(dir.path(), m_clock);
    write(store.settingsPath(), R"({"version": 1, "cny_per_usd": "7", "later": {"a": 1}})");
    QVERIFY(store.load());
    QVERIFY(store.setSettings(store.settings()));
    QVERIFY(read(store.settingsPath()).contains("\"later\""));
}

void tst_OfferStore::twoProgramsDoNotOverwriteEachOther()
{
    QTemporaryDir dir;
    OfferStore window(dir.path(), m_clock);
    OfferStore commandLine(dir.path(), m_clock);
    QVERIFY(window.load() && commandLine.load());
    QVERIFY(window.add(offer("W", "A100", "1")));
    QVERIFY(commandLine.add(offer("C", "A100", "1")));
    QCOMPARE(commandLine.offers().size(), std::size_t(23));
    QVERIFY(window.add(offer("W2", "A100", "1")));
    QCOMPARE(window.offers().size(), std::size_t(24));
}

void tst_OfferStore::aRowThatIsGoneIsNotFound()
{
    QTemporaryDir dir;
    OfferStore window(dir.path(), m_clock);
    OfferStore commandLine(dir.path(), m_clock);
    QVERIFY(window.load() && commandLine.load());
    const Offer first = window.offers().front();
    QVERIFY(commandLine.remove(first));
    QCOMPARE(window.remove(first).error().code, ErrorCode::NotFound);
    QCOMPARE(window.replace(first, offer("P", "A100", "1")).error().code, ErrorCode::NotFound);
}

void tst_OfferStore::importsAreMerged()
{
    QTemporaryDir dir;
    OfferStore store(dir.filePath(QStringLiteral("config")), m_clock);
    QVERIFY(store.load());
    Offer sameT4 = store.offers().front();
    Offer new4090 = store.offers()[1]; // AutoDL, Northwest B
    new4090.perGpuHour.perHour = decimal("1.77");
    const Offer own = offer("Lab", "RTX 3090", "0.01");
    const QString path = dir.filePath(QStringLiteral("import.csv"));
    write(path, "\xef\xbb\xbf" + offersToCsv({new4090, sameT4, own, own}).replace("\n", "\r\n"));
    const auto report = store.importFile(path);
    QVERIFY2(report.has_value(), qPrintable(report ? QString() : report.error().detail));
    QCOMPARE(report->added, 2);
    QCOMPARE(report->replaced, 1);
    QCOMPARE(report->unchanged, 1);
    QCOMPARE(store.offers().size(), std::size_t(23));
    QVERIFY(store.offers()[1] == new4090); // in its place
    const auto again = store.importFile(path);
    QVERIFY(again && again->added == 0 && again->replaced == 0 && again->unchanged == 4);
    QCOMPARE(store.importFile(dir.filePath(QStringLiteral("none"))).error().code,
             ErrorCode::NotFound);
}

void tst_OfferStore::aLargeImportIsMerged()
{
    const int part = support::unlessSanitized(10'000, 1000);
    const auto table = [](int from, int to, const char *price) {
        std::vector<Offer> offers;
        for (int i = from; i < to; ++i) {
            Offer one = offer("P", "A100", price);
            one.region = QString::number(i);
            offers.push_back(one);
        }
        return offers;
    };
    QTemporaryDir dir;
    OfferStore store(dir.path(), m_clock);
    write(store.offersPath(), offersToCsv(table(0, 4 * part, "1")));
    QVERIFY(store.load());
    std::vector<Offer> more = table(3 * part, 4 * part + 2000, "2");
    more.push_back(more.back()); // twice in the file: a second offer of the same thing
    const QString path = dir.filePath(QStringLiteral("import.csv"));
    write(path, offersToCsv(more));
    const auto report = store.importFile(path);
    QVERIFY2(report.has_value(), qPrintable(report ? QString() : report.error().detail));
    QCOMPARE(report->replaced, part);
    QCOMPARE(report->added, 2001);
    QCOMPARE(store.offers().size(), std::size_t(4 * part + 2001));
    QCOMPARE(store.offers()[std::size_t(3 * part)].perGpuHour.perHour,
             decimal("2")); // each in its place
    QCOMPARE(store.offers()[std::size_t(3 * part) - 1].perGpuHour.perHour, decimal("1"));
}

void tst_OfferStore::aBadImportChangesNothing_data()
{
    aCorruptTableIsKeptAside_data();
}

void tst_OfferStore::aBadImportChangesNothing()
{
    QFETCH(QByteArray, text);
    QTemporaryDir dir;
    OfferStore store(dir.path(), m_clock);
    QVERIFY(store.load());
    const QString path = dir.filePath(QStringLiteral("import.csv"));
    write(path, text);
    const auto report = store.importFile(path);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Parse);
    QCOMPARE(store.offers().size(), std::size_t(21));
    QCOMPARE(read(path), text); // the user's file stays where it is
    QVERIFY(!QFile::exists(store.offersPath()));
}

void tst_OfferStore::exportsAreImported()
{
    QTemporaryDir dir;
    OfferStore store(dir.filePath(QStringLiteral("one")), m_clock);
    QVERIFY(store.load());
    const QString path = dir.filePath(QStringLiteral("export.csv"));
    QVERIFY(store.exportFile(path));
    QCOMPARE(read(path), "\xef\xbb\xbf" + tests::resource("offers.csv"));
    QCOMPARE(store.exportFile(dir.filePath(QStringLiteral("no/such/folder"))).error().code,
             ErrorCode::LocalIo);
}

void tst_OfferStore::aFolderThatCannotBeWrittenIsAnError()
{
    QTemporaryDir dir;
    write(dir.filePath(QStringLiteral("file")), "x"); // also for root: a file is no folder
    OfferStore store(dir.filePath(QStringLiteral("file/config")), m_clock);
    QVERIFY(store.load());
    QCOMPARE(store.add(offer("P", "A100", "1")).error().code, ErrorCode::LocalIo);
    QCOMPARE(store.setSettings({}).error().code, ErrorCode::LocalIo);
    QCOMPARE(store.offers().size(), std::size_t(21));
}

void tst_OfferStore::aFullTableTakesNoMore()
{
    QTemporaryDir dir;
    OfferStore store(dir.path(), m_clock);
    std::vector<Offer> many;
    Offer one = offer("P", "A100", "1");
    one.note = QString(500, u'x');
    // All but two rows or so of what a table may hold.
    const qsizetype row = offersToCsv({one, one}).size() - offersToCsv({one}).size();
    many.assign(std::size_t(CsvLimits{}.bytes / row - 3), one);
    write(store.offersPath(), offersToCsv(many));
    QVERIFY(store.load());
    Result<> added;
    for (int i = 0; i < 20 && added; ++i)
        added = store.add(one);
    QVERIFY(!added);
    QCOMPARE(added.error().code, ErrorCode::Unsupported);
    QVERIFY(read(store.offersPath()).size() <= CsvLimits{}.bytes);
    OfferStore again(dir.path(), m_clock);
    const auto report = again.load();
    QVERIFY(report && report->corruptKeptAs.isEmpty());
}

QTEST_GUILESS_MAIN(tst_OfferStore)
#include "tst_OfferStore.moc"
