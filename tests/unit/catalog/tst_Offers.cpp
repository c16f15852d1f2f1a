// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/Csv.h"
#include "core/catalog/OfferViews.h"
#include "tests/unit/catalog/OfferParts.h"

#include <QRandomGenerator>
#include <QTest>

#include <memory>

using namespace core;
using namespace core::catalog;
using tests::decimal;
using tests::offer;

class tst_Offers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theFirstOffersAreRead();
    void whatIsWrittenIsReadAgain();
    void badRowsAreNamed_data();
    void badRowsAreNamed();
    void timesOfSeeingAreRead_data();
    void timesOfSeeingAreRead();
    void pricesAge_data();
    void pricesAge();
    void theDayIsTheClocks();
    void pricesAreConvertedExactly_data();
    void pricesAreConvertedExactly();
    void unitPricesAreWhatTheTablesSay();
    void viewsAreSorted_data();
    void viewsAreSorted();
    void currenciesAreSortedTogether();
    void coresAndMemoryGrowWithTheGpus();
    void membersPayTheirPrice();
    void nothingBeatsTheFrontier();
    void cardsAreRankedByValue();

private:
    [[nodiscard]] std::vector<OfferRow> rows(const std::vector<Offer> &offers,
                                             const PricingOptions &options = {}) const
    {
        return offerRows(offers, *m_cards, options, QDate(2026, 11, 26));
    }
    std::unique_ptr<CardCatalog> m_cards;
    std::vector<Offer> m_offers;
};

void tst_Offers::initTestCase()
{
    auto cards = CardCatalog::shipped();
    QVERIFY(cards);
    m_cards = std::make_unique<CardCatalog>(std::move(*cards));
    auto offers = offersFromCsv(tests::resource("offers.csv"));
    QVERIFY2(offers.has_value(), qPrintable(offers ? QString() : offers.error().detail));
    m_offers = *offers;
}

void tst_Offers::theFirstOffersAreRead()
{
    QCOMPARE(m_offers.size(), std::size_t(21));
    const Offer &t4 = m_offers.front();
    QCOMPARE(t4.provider, QStringLiteral("AutoDL"));
    QCOMPARE(t4.perGpuHour, (HourlyPrice{decimal("0.78"), Currency::Cny}));
    QCOMPARE(t4.coresPerGpu, std::optional(decimal("8")));
    QCOMPARE(t4.memoryGbPerGpu, std::optional(decimal("56")));
    QVERIFY(!t4.memberPerGpuHour);
    QCOMPARE(t4.seenOn->text(), QStringLiteral("2025"));
    const auto noGpu = std::find_if(m_offers.begin(), m_offers.end(),
                                    [](const Offer &one) { return one.isNoGpu(); });
    QVERIFY(noGpu != m_offers.end());
    QCOMPARE(noGpu->perGpuHour.perHour, decimal("0.10"));
    QCOMPARE(noGpu->coresPerGpu, std::optional(decimal("0.5")));
    QCOMPARE(noGpu->memoryGbPerGpu, std::optional(decimal("2")));
    // Every offer's card is one of the table.
    for (const OfferRow &row : rows(m_offers))
        QVERIFY2(row.offer.isNoGpu() || row.card.best(), qPrintable(row.offer.card));
}

void tst_Offers::whatIsWrittenIsReadAgain()
{
    const auto again = offersFromCsv(offersToCsv(m_offers));
    QVERIFY(again);
    QVERIFY(*again == m_offers);
    const QByteArray own = "card,price_per_gpu_hour,provider,colour,currency,region,seen_on\n"
                           "RTX 4090,0.526,Lab,red,usd,B2,2026-08-14\n"
                           "A100,2,Lab,,CNY,,\n";
    const auto read = offersFromCsv(own);
    QVERIFY(read);
    QCOMPARE(read->front().perGpuHour, (HourlyPrice{decimal("0.526"), Currency::Usd}));
    QCOMPARE(read->front().otherColumns.value(QStringLiteral("colour")), QStringLiteral("red"));
    QVERIFY((*read)[1].otherColumns.isEmpty() && !(*read)[1].seenOn);
    const QByteArray written = offersToCsv(*read);
    QVERIFY2(written.contains(",0.526,USD,"), written.constData());
    const auto readAgain = offersFromCsv(written);
    QVERIFY(readAgain && *readAgain == *read);
}

void tst_Offers::badRowsAreNamed_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("says");
    const auto add = [](const char *name, const QByteArray &row, const char *says) {
        QTest::newRow(name) << row << QString::fromUtf8(says);
    };
    add("no price", "P,R,A100,,CNY,", "line 2: price_per_gpu_hour: \"\"");
    add("comma for a point", "P,R,A100,\"1,98\",CNY,", "line 2: price_per_gpu_hour: \"1,98\"");
    add("negative", "P,R,A100,-1,CNY,", "line 2: price_per_gpu_hour");
    add("beyond reason", "P,R,A100,100001,CNY,", "line 2: price_per_gpu_hour");
    add("too fine", "P,R,A100,0.1234567,CNY,", "line 2: price_per_gpu_hour");
    add("other currency", "P,R,A100,1,EUR,", "line 2: currency: \"EUR\"");
    add("no such month", "P,R,A100,1,CNY,2026-13", "line 2: seen_on: \"2026-13\"");
    add("no provider", ",R,A100,1,CNY,", "line 2: provider");
    add("no card", "P,R,,1,CNY,", "line 2: card");
    add("a line end", "P,\"R\nS\",A100,1,CNY,", "line 2: region");
    add("long", "P," + QByteArray(501, 'x') + ",A100,1,CNY,", "line 2: region");
}

void tst_Offers::badRowsAreNamed()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, says);
    const QByteArray head = "provider,region,card,price_per_gpu_hour,currency,seen_on\n";
    QVERIFY(offersFromCsv(head + "P,R,A100,1,CNY,\n"));
    const auto offers = offersFromCsv(head + row + "\nP,R,A100,1,CNY,\n");
    QVERIFY(!offers);
    QCOMPARE(offers.error().code, ErrorCode::Parse);
    QVERIFY2(offers.error().detail.startsWith(says), qPrintable(offers.error().detail));
    const auto missing = offersFromCsv("provider,region,card,currency\nP,R,A100,CNY\n");
    QVERIFY(!missing && missing.error().detail.contains(u"price_per_gpu_hour"));
}

void tst_Offers::timesOfSeeingAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDate>("first");
    QTest::newRow("year") << QStringLiteral("2025") << QDate(2025, 1, 1);
    QTest::newRow("month") << QStringLiteral("2026-08") << QDate(2026, 8, 1);
    QTest::newRow("day") << QStringLiteral("2024-02-29") << QDate(2024, 2, 29);
    for (const char *bad : {"", "25", "2025-8", "2025-13", "2026-02-30", "2025-08-14-1", "2025/08",
                            "1999", "20 5", "2025-+8", "August"})
        QTest::newRow(*bad ? bad : "empty") << QString::fromLatin1(bad) << QDate();
}

void tst_Offers::timesOfSeeingAreRead()
{
    QFETCH(QString, text);
    QFETCH(QDate, first);
    const auto seen = SeenOn::parse(text);
    QCOMPARE(seen.has_value(), first.isValid());
    if (seen) {
        QCOMPARE(seen->first, first);
        QCOMPARE(seen->text(), text);
    }
}

void tst_Offers::pricesAge_data()
{
    QTest::addColumn<QString>("seen");
    QTest::addColumn<int>("days"); // -1 = not known
    QTest::addColumn<bool>("old");
    const auto row = [](const char *seen, int days, bool old) {
        QTest::newRow(*seen ? seen : "never") << QString::fromLatin1(seen) << days << old;
    };
    row("2026-11-26", 0, false);
    row("2026-11-01", 25, false);
    row("2026-11", 25, false); // from the first day of the month
    row("2026-10-27", 30, false);
    row("2026-10-26", 31, true);
    row("2026", 329, true);
    row("2025", 694, true);
    row("2026-11-27", 0, false); // another time zone
    row("2026-11-28", -1, true);
    row("2027", -1, true);
    row("", -1, true);
}

void tst_Offers::pricesAge()
{
    QFETCH(QString, seen);
    QFETCH(int, days);
    QFETCH(bool, old);
    const auto age = ageInDays(SeenOn::parse(seen), QDate(2026, 11, 26));
    QCOMPARE(age.value_or(-1), days);
    QCOMPARE(isOld(age), old);
}

void tst_Offers::theDayIsTheClocks()
{
    QCOMPARE(todayOf(tests::FixedClock(0)), QDate(1970, 1, 1));
    QCOMPARE(todayOf(tests::FixedClock(86'400'000LL * 365 - 1)), QDate(1970, 12, 31));
}

void tst_Offers::pricesAreConvertedExactly_data()
{
    QTest::addColumn<QString>("price");
    QTest::addColumn<bool>("isUsd");
    QTest::addColumn<QString>("rate");
    QTest::addColumn<QString>("expected"); // "" = none
    const auto row = [](const char *name, const char *price, bool isUsd, const char *rate,
                        const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(price) << isUsd << QString::fromLatin1(rate)
                            << QString::fromLatin1(expected);
    };
    row("to CNY", "1", true, "7.1", "7.1");
    row("to CNY, six decimals", "0.34", true, "7.123457", "2.421975"); // 2.42197538
    row("to USD", "7.1", false, "7.1", "1");
    row("to USD, endless", "1", false, "7", "0.142857");     // 0.1428571...
    row("to USD, up", "2", false, "7", "0.285714");          // 0.2857142...
    row("half goes up", "0.000001", false, "2", "0.000001"); // 0.0000005
    row("no rate", "1", true, "0", "");
    row("a rate beyond reason", "1", true, "10001", "");
}

void tst_Offers::pricesAreConvertedExactly()
{
    QFETCH(QString, price);
    QFETCH(bool, isUsd);
    QFETCH(QString, rate);
    QFETCH(QString, expected);
    const HourlyPrice own{*Decimal::parse(price), isUsd ? Currency::Usd : Currency::Cny};
    const Currency other = isUsd ? Currency::Cny : Currency::Usd;
    const auto result = converted(own, other, {*Decimal::parse(rate)});
    QCOMPARE(result ? result->perHour.text() : QString(), expected);
    QCOMPARE(converted(own, own.currency, {Decimal()}), std::optional(own));
    QCOMPARE((HourlyPrice{decimal("1.985"), Currency::Usd}.rounded()),
             (std::optional(Money{199, Currency::Usd})));
    QCOMPARE((HourlyPrice{decimal("1.984999"), Currency::Usd}.rounded()),
             (std::optional(Money{198, Currency::Usd})));
}

/// Reads both tables by itself, by the position of the columns, and divides.
void tst_Offers::unitPricesAreWhatTheTablesSay()
{
    QHash<QString, QStringList> figures; // by the card's name
    const auto cards = readCsv(tests::resource("gpu-cards.csv"));
    QVERIFY(cards);
    for (const CsvTable::Row &row : cards->rows)
        figures.insert(row.cells[0], row.cells);
    const std::vector<OfferRow> all = rows(m_offers);
    const auto offers = readCsv(tests::resource("offers.csv"));
    QVERIFY(offers && offers->rows.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double price = offers->rows[i].cells[3].toDouble();
        QCOMPARE(all[i].perHour.perHour.toDouble(), price);
        if (all[i].offer.isNoGpu()) {
            QVERIFY(!all[i].perGbHour && !all[i].perFp16TflopsHour);
            continue;
        }
        const QStringList card = figures.value(all[i].card.best()->name);
        QCOMPARE(*all[i].perFp32TflopsHour, price / card[9].toDouble());
        QCOMPARE(*all[i].perFp16TflopsHour, price / card[10].toDouble());
        const int gb = all[i].offer.card == u"A100 40GB" ? 40 : card[6].toInt();
        QCOMPARE(*all[i].perGbHour, price / gb);
    }
}

void tst_Offers::viewsAreSorted_data()
{
    QTest::addColumn<int>("order");
    QTest::addColumn<QString>("expected");
    QTest::newRow("per hour") << int(OfferOrder::PerHour)
                              << QStringLiteral("T4 3090 4090 A100 ? -");
    // 0.78/8.1 = 0.096, 1.32/35.58 = 0.037, 1.98/82.58 = 0.024, 3.45/19.5 = 0.177
    QTest::newRow("per FP32") << int(OfferOrder::PerFp32TflopsHour)
                              << QStringLiteral("4090 3090 T4 A100 ? -");
    // 0.78/64.8 = 0.0120, 1.32/71.2 = 0.0185, 1.98/165.2 = 0.01199, 3.45/312 = 0.0111
    QTest::newRow("per FP16") << int(OfferOrder::PerFp16TflopsHour)
                              << QStringLiteral("A100 4090 T4 3090 ? -");
    // 0.78/16 = 0.049, 1.32/24 = 0.055, 1.98/24 = 0.0825, 3.45/40 = 0.086
    QTest::newRow("per GB") << int(OfferOrder::PerGbHour)
                            << QStringLiteral("T4 3090 4090 A100 ? -");
}

void tst_Offers::viewsAreSorted()
{
    QFETCH(int, order);
    QFETCH(QString, expected);
    std::vector<OfferRow> all =
        rows({offer("P", "no GPU", "0.10"), offer("P", "Unknown 9000", "5"),
              offer("P", "A100 40GB", "3.45"), offer("P", "RTX 4090", "1.98"),
              offer("P", "Tesla T4", "0.78"), offer("P", "RTX 3090", "1.32")});
    sortRows(all, OfferOrder(order));
    QStringList names;
    for (const OfferRow &row : all)
        names.append(
            row.offer.isNoGpu() ? QStringLiteral("-")
            : row.card.isKnown()
                ? QString(row.card.best()->name).remove(QStringLiteral("RTX ")).section(u' ', 0, 0)
                : QStringLiteral("?"));
    QCOMPARE(names.join(u' '), expected);
}

void tst_Offers::currenciesAreSortedTogether()
{
    PricingOptions options;
    options.rate.cnyPerUsd = decimal("7");
    const std::vector<Offer> offers{offer("C", "RTX 4090", "2.00"),
                                    offer("U", "RTX 4090", "0.27", Currency::Usd),  // 1.89
                                    offer("U", "RTX 4090", "0.29", Currency::Usd)}; // 2.03
    std::vector<OfferRow> own = rows(offers, options);
    sortRows(own, OfferOrder::PerFp16TflopsHour);
    QCOMPARE(own[0].offer.perGpuHour.perHour, decimal("0.27"));
    QCOMPARE(own[1].perHour, (HourlyPrice{decimal("2"), Currency::Cny}));
    QCOMPARE(own[2].perHour, (HourlyPrice{decimal("0.29"), Currency::Usd}));
    options.currency = Currency::Usd;
    const std::vector<OfferRow> usd = rows(offers, options);
    QCOMPARE(usd[0].perHour, (HourlyPrice{decimal("0.285714"), Currency::Usd}));
    QCOMPARE(*usd[1].perGbHour, 0.27 / 24);
}

void tst_Offers::coresAndMemoryGrowWithTheGpus()
{
    PricingOptions options;
    options.gpus = 4;
    options.currency = Currency::Cny;
    Offer one = offer("P", "T4", "0.78");
    one.coresPerGpu = decimal("8.5");
    one.memoryGbPerGpu = decimal("56");
    Offer none = offer("P", "no GPU", "0.10");
    none.coresPerGpu = decimal("0.5");
    const std::vector<OfferRow> all = rows({one, none}, options);
    QCOMPARE(all[0].perHour.perHour, decimal("3.12"));
    QCOMPARE(all[0].cores, std::optional(decimal("34")));
    QCOMPARE(all[0].memoryGb, std::optional(decimal("224")));
    QCOMPARE(*all[0].perGbHour, 0.78 / 16); // of one GPU: the same for any number
    QCOMPARE(all[1].perHour.perHour, decimal("0.1"));
    QCOMPARE(all[1].cores, std::optional(decimal("0.5")));
}

void tst_Offers::membersPayTheirPrice()
{
    PricingOptions options;
    options.memberPercent = 95;
    Offer known = offer("P", "T4", "1.00");
    known.memberPerGpuHour = decimal("0.80");
    const Offer unknown = offer("P", "T4", "1.98");
    QCOMPARE(rows({known}, options)[0].perHour.perHour, decimal("1"));
    options.member = true;
    const std::vector<OfferRow> all = rows({known, unknown, offer("P", "no GPU", "0.1")}, options);
    QCOMPARE(all[0].perHour.perHour, decimal("0.8"));
    QVERIFY(all[0].isMemberPrice && !all[0].isMemberEstimate);
    QCOMPARE(all[1].perHour.perHour, decimal("1.881"));
    QVERIFY(all[1].isMemberPrice && all[1].isMemberEstimate);
    QCOMPARE(all[2].perHour.perHour, decimal("0.1")); // a flat price
    options.memberPercent.reset();
    QCOMPARE(rows({unknown}, options)[0].perHour.perHour, decimal("1.98"));
}

void tst_Offers::nothingBeatsTheFrontier()
{
    QVERIFY(frontier({}).empty());
    QRandomGenerator random(3);
    for (int round = 0; round < 300; ++round) {
        std::vector<PricePoint> points;
        for (int i = int(random.bounded(12)); i >= 0; --i)
            points.push_back({double(random.bounded(5)), double(random.bounded(5))});
        const std::vector<bool> kept = frontier(points);
        for (std::size_t i = 0; i < points.size(); ++i) {
            const bool beaten =
                std::any_of(points.begin(), points.end(), [&](const PricePoint &other) {
                    return other.price <= points[i].price && other.speed >= points[i].speed &&
                           (other.price < points[i].price || other.speed > points[i].speed);
                });
            QCOMPARE(bool(kept[i]), !beaten);
        }
    }
}

void tst_Offers::cardsAreRankedByValue()
{
    PricingOptions options;
    options.rate.cnyPerUsd = decimal("7");
    const std::vector<OfferRow> all =
        rows({offer("P", "RTX 4090", "2.28"), offer("P", "RTX 4090", "1.98"),
              offer("U", "RTX 3090", "0.10", Currency::Usd), offer("P", "A100", "0"),
              offer("P", "GB10", "1"), offer("P", "no GPU", "0.1")},
             options);
    const std::vector<CardValue> values = valueRanking(*m_cards, all);
    QCOMPARE(values.size(), m_cards->cards().size());
    // 71.2 / 0.70 = 101.7 for a yuan, 165.2 / 1.98 = 83.4
    QCOMPARE(values[0].card->name, QStringLiteral("RTX 3090"));
    QCOMPARE(*values[0].fp16PerMoney, 71.2 / 0.10);
    QCOMPARE(values[1].card->name, QStringLiteral("RTX 4090"));
    QCOMPARE(*values[1].fp16PerMoney, 165.2 / 1.98);
    QCOMPARE(*values[1].fp32PerMoney, 82.58 / 1.98);
    QCOMPARE(values[1].cheapest->offer.perGpuHour.perHour, decimal("1.98"));
    for (std::size_t i = 2; i < values.size(); ++i) {
        QVERIFY(!values[i].fp16PerMoney);
        QVERIFY(i == 2 || values[i - 1].card < values[i].card);
    }
}

QTEST_GUILESS_MAIN(tst_Offers)
#include "tst_Offers.moc"
