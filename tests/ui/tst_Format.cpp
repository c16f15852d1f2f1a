// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Format.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>

using namespace ui;

class tst_Format : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void absentIsADashEverywhere();
    void bytes_data();
    void bytes();
    void usedAndTotalShareAUnit();
    void ratesAndSmallFigures();
    void countsGetShortFromTenThousandOn();
    void durations_data();
    void durations();
    void money_data();
    void money();
    void pricesShowAllTheirDecimals();
    void anotherLocalesDigitsAreUsed();
    void otherDaysCarryTheirDate();
};

namespace {

/// Plain spaces are easier to read in the rows below.
QString plain(QString text)
{
    return text.replace(QChar(format::unitSpace), u' ');
}

constexpr double kib = 1024;

} // namespace

void tst_Format::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void tst_Format::absentIsADashEverywhere()
{
    const QString dash = QStringLiteral("–");
    QCOMPARE(format::bytes({}), dash);
    QCOMPARE(format::bytesOf({}, {}), dash);
    QCOMPARE(plain(format::bytesOf({}, 24 * kib * kib * kib)), QStringLiteral("– / 24 GB"));
    QCOMPARE(format::rate({}), dash);
    QCOMPARE(format::percent({}), dash);
    QCOMPARE(format::watts({}), dash);
    QCOMPARE(plain(format::wattsOf({}, 450.0)), QStringLiteral("– / 450 W"));
    QCOMPARE(format::celsius({}), dash);
    QCOMPARE(format::count({}), dash);
    QCOMPARE(format::shortCount({}), dash);
    QCOMPARE(format::duration({}), dash);
    QCOMPARE(format::money({}, QStringLiteral("CNY")), dash);
    QCOMPARE(format::pricePerHour({}, QStringLiteral("CNY")), dash);
    QCOMPARE(format::number({}), dash);
}

void tst_Format::bytes_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << QStringLiteral("0 B");
    QTest::newRow("bytes") << 999.0 << QStringLiteral("999 B");
    QTest::newRow("never a thousand of a unit") << 1000.0 << QStringLiteral("0.98 KB");
    QTest::newRow("kilo") << 1.5 * kib << QStringLiteral("1.5 KB");
    QTest::newRow("three digits") << 123.4 * kib << QStringLiteral("123 KB");
    QTest::newRow("a whole number has no zeros") << 24 * kib * kib * kib << QStringLiteral("24 GB");
    QTest::newRow("nvidia-smi's 24564 MiB") << 24564 * kib * kib << QStringLiteral("24 GB");
    QTest::newRow("tera") << 1.5 * kib * kib * kib * kib << QStringLiteral("1.5 TB");
    QTest::newRow("beyond the last unit") << 5000 * std::pow(kib, 5) << QStringLiteral("5,000 PB");
}

void tst_Format::bytes()
{
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(plain(format::bytes(value)), text);
}

void tst_Format::usedAndTotalShareAUnit()
{
    const double gib = kib * kib * kib;
    QCOMPARE(plain(format::bytesOf(0.6 * gib, 200 * gib)), QStringLiteral("0.6 / 200 GB"));
    QCOMPARE(plain(format::bytesOf(18.34 * gib, 24 * gib)), QStringLiteral("18.3 / 24 GB"));
    QCOMPARE(plain(format::bytesOf(12 * kib, {})), QStringLiteral("12 KB"));
}

void tst_Format::ratesAndSmallFigures()
{
    QCOMPARE(plain(format::rate(12.44 * kib * kib)), QStringLiteral("12.4 MB/s"));
    QCOMPARE(plain(format::percent(96.6)), QStringLiteral("97 %"));
    QCOMPARE(plain(format::percent(1600.0)), QStringLiteral("1,600 %"));
    QCOMPARE(plain(format::percent(-0.2)), QStringLiteral("0 %"));
    QCOMPARE(plain(format::watts(402.1)), QStringLiteral("402 W"));
    QCOMPARE(plain(format::celsius(64.0)), QStringLiteral("64 °C"));
    QCOMPARE(format::number(0.5, 1), QStringLiteral("0.5"));
    QCOMPARE(format::number(16.0, 1), QStringLiteral("16"));
}

void tst_Format::countsGetShortFromTenThousandOn()
{
    QCOMPARE(format::count(26'214'400), QStringLiteral("26,214,400"));
    QCOMPARE(format::shortCount(9'999), QStringLiteral("9,999"));
    QCOMPARE(plain(format::shortCount(214'031)), QStringLiteral("214 k"));
    QCOMPARE(plain(format::shortCount(999'600)), QStringLiteral("1 M"));
    QCOMPARE(plain(format::shortCount(15'728'640)), QStringLiteral("15.7 M"));
}

void tst_Format::durations_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("negative") << qint64(-5) << QStringLiteral("0 s");
    QTest::newRow("seconds") << qint64(45) << QStringLiteral("45 s");
    QTest::newRow("minutes and seconds") << qint64(750) << QStringLiteral("12 m 30 s");
    QTest::newRow("whole minutes") << qint64(720) << QStringLiteral("12 m");
    QTest::newRow("hours and minutes")
        << qint64(3 * 3600 + 12 * 60 + 59) << QStringLiteral("3 h 12 m");
    QTest::newRow("whole hours") << qint64(7200 + 5) << QStringLiteral("2 h");
    QTest::newRow("days and hours") << qint64(9 * 86400 + 4 * 3600) << QStringLiteral("9 d 4 h");
}

void tst_Format::durations()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, text);
    QCOMPARE(plain(format::duration(seconds)), text);
}

void tst_Format::money_data()
{
    QTest::addColumn<qint64>("minor");
    QTest::addColumn<QString>("currency");
    QTest::addColumn<QString>("text");
    QTest::newRow("yuan") << qint64(1267) << QStringLiteral("CNY") << QStringLiteral("¥12.67");
    QTest::newRow("zeros stay") << qint64(400) << QStringLiteral("USD") << QStringLiteral("$4.00");
    QTest::newRow("thousands") << qint64(123456) << QStringLiteral("EUR")
                               << QStringLiteral("€1,234.56");
    QTest::newRow("negative") << qint64(-5) << QStringLiteral("CNY") << QStringLiteral("−¥0.05");
    QTest::newRow("without a sign of its own")
        << qint64(310) << QStringLiteral("CHF") << QStringLiteral("CHF 3.10");
}

void tst_Format::money()
{
    QFETCH(qint64, minor);
    QFETCH(QString, currency);
    QFETCH(QString, text);
    QCOMPARE(plain(format::money(minor, currency)), text);
    QCOMPARE(plain(format::pricePerHour(minor * 100, currency)), text + QStringLiteral("/h"));
}

void tst_Format::pricesShowAllTheirDecimals()
{
    const QString usd = QStringLiteral("USD");
    QCOMPARE(format::pricePerHour(2134, usd), QStringLiteral("$0.2134/h"));
    QCOMPARE(format::pricePerHour(2130, usd), QStringLiteral("$0.213/h"));
    QCOMPARE(format::pricePerHour(2100, usd), QStringLiteral("$0.21/h"));
    QCOMPARE(format::pricePerHour(5, usd), QStringLiteral("$0.0005/h"));
    QCOMPARE(format::pricePerHour(12'345'678, usd), QStringLiteral("$1,234.5678/h"));
}

void tst_Format::anotherLocalesDigitsAreUsed()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(plain(format::bytes(1.5 * kib)), QStringLiteral("1,5 KB"));
    QCOMPARE(plain(format::percent(1600.0)), QStringLiteral("1.600 %"));
    QCOMPARE(plain(format::bytes(24 * kib)), QStringLiteral("24 KB"));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void tst_Format::otherDaysCarryTheirDate()
{
    const QDateTime now = QDateTime::currentDateTime();
    const auto point = [](const QDateTime &time) {
        return std::chrono::system_clock::time_point(
            std::chrono::milliseconds(time.toMSecsSinceEpoch()));
    };
    QCOMPARE(format::clock(point(now)), now.time().toString(QStringLiteral("HH:mm:ss")));
    QCOMPARE(format::dateTime(point(now)), now.time().toString(QStringLiteral("HH:mm")));
    const QDateTime old(QDate(2020, 3, 4), QTime(5, 6, 7));
    QCOMPARE(format::dateTime(point(old)), QStringLiteral("Mar 4, 05:06"));
}

QTEST_GUILESS_MAIN(tst_Format)
#include "tst_Format.moc"
