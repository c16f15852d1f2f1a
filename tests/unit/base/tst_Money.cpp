// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Money.h"

#include <QTest>

#include <limits>

using namespace core;

class tst_Money : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decimalsAreReadExactly_data();
    void decimalsAreReadExactly();
    void amountsAreWrittenAndReadBack_data();
    void amountsAreWrittenAndReadBack();
    void pricesAnHourAreReadExactly_data();
    void pricesAnHourAreReadExactly();
    void onlyKnownCurrenciesHaveACode();
};

void tst_Money::decimalsAreReadExactly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isMoney");
    QTest::addColumn<qint64>("minor");
    const auto row = [](const char *text, std::optional<qint64> minor) {
        QTest::newRow(*text ? text : "nothing")
            << QString::fromUtf8(text) << minor.has_value() << minor.value_or(0);
    };
    row("1.98", 198);
    row("0.10", 10);
    row("0.1", 10);
    row("2", 200);
    row("0", 0);
    row("007.05", 705);
    row("999999999999.99", 99999999999999);
    row("1000000000000", std::nullopt);
    row("0.125", std::nullopt); // not a whole number of fen: nobody's guess
    row("1.", std::nullopt);
    row(".5", std::nullopt);
    row("-1", std::nullopt);
    row("+1", std::nullopt);
    row("1e3", std::nullopt);
    row("1,98", std::nullopt);
    row(" 1", std::nullopt);
    row("", std::nullopt);
    row(".", std::nullopt);
    row("١", std::nullopt); // a digit, but not one of ours
}

void tst_Money::decimalsAreReadExactly()
{
    QFETCH(QString, text);
    QFETCH(bool, isMoney);
    QFETCH(qint64, minor);
    const std::optional<Money> money = moneyOf(text, Currency::Usd);
    QCOMPARE(money.has_value(), isMoney);
    if (money)
        QCOMPARE(*money, (Money{minor, Currency::Usd}));
}

void tst_Money::amountsAreWrittenAndReadBack_data()
{
    QTest::addColumn<qint64>("minor");
    QTest::addColumn<QString>("text");
    QTest::newRow("usual") << qint64(198) << QStringLiteral("1.98");
    QTest::newRow("under one") << qint64(5) << QStringLiteral("0.05");
    QTest::newRow("nothing") << qint64(0) << QStringLiteral("0.00");
    QTest::newRow("owed") << qint64(-205) << QStringLiteral("-2.05");
    QTest::newRow("smallest") << std::numeric_limits<qint64>::min()
                              << QStringLiteral("-92233720368547758.08");
}

void tst_Money::amountsAreWrittenAndReadBack()
{
    QFETCH(qint64, minor);
    QFETCH(QString, text);
    QCOMPARE(decimalText(Money{minor, Currency::Cny}), text);
    if (minor >= 0)
        QCOMPARE(moneyOf(text, Currency::Cny)->minor, minor);
}

void tst_Money::pricesAnHourAreReadExactly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isPrice");
    QTest::addColumn<qint64>("tenThousandths");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *text, std::optional<qint64> price, const char *written = "") {
        QTest::newRow(text) << QString::fromUtf8(text) << price.has_value() << price.value_or(0)
                            << QString::fromUtf8(written);
    };
    row("0.2134", 2134, "0.2134");
    row("0.213", 2130, "0.213");
    row("0.205", 2050, "0.205");
    row("0.2005", 2005, "0.2005");
    row("1.98", 19800, "1.98");
    row("2", 20000, "2.00");
    row("0.0001", 1, "0.0001");
    row("0", 0, "0.00");
    row("100000000", 1'000'000'000'000, "100000000.00");
    row("100000000.0001", std::nullopt);
    row("0.21341", std::nullopt); // not rounded behind the user's back
    row("0.", std::nullopt);
    row("-0.2134", std::nullopt);
    row("0,2134", std::nullopt);
}

void tst_Money::pricesAnHourAreReadExactly()
{
    QFETCH(QString, text);
    QFETCH(bool, isPrice);
    QFETCH(qint64, tenThousandths);
    QFETCH(QString, written);
    const std::optional<HourlyRate> rate = hourlyRateOf(text, Currency::Usd);
    QCOMPARE(rate.has_value(), isPrice);
    if (!rate)
        return;
    QCOMPARE(*rate, (HourlyRate{tenThousandths, Currency::Usd}));
    QCOMPARE(decimalText(*rate), written);
    const HourlyRate owed{-tenThousandths, Currency::Usd};
    QCOMPARE(decimalText(owed), tenThousandths == 0 ? written : u'-' + written);
}

void tst_Money::onlyKnownCurrenciesHaveACode()
{
    for (const Currency currency : {Currency::Cny, Currency::Usd})
        QCOMPARE(currencyOf(QString(currencyCode(currency))), currency);
    QCOMPARE(currencyOf(u"cny"), Currency::Cny);
    QVERIFY(!currencyOf(u"RMB"));
    QVERIFY(!currencyOf(u""));
}

QTEST_APPLESS_MAIN(tst_Money)
#include "tst_Money.moc"
