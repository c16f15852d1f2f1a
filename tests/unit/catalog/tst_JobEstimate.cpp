// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/JobEstimate.h"
#include "tests/unit/catalog/OfferParts.h"

#include <QTest>

#include <memory>

using namespace core;
using namespace core::catalog;
using tests::decimal;
using tests::offer;
using Verdict = core::catalog::JobEstimate::Verdict;

class tst_JobEstimate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void timesAndCostsAreScaled_data();
    void timesAndCostsAreScaled();
    void theSameCardIsNoEstimate();
    void costsAreRoundedOnce();
    void setUpIsPaidWithoutTheGpu();
    void setUpIsInTheShownCurrency();
    void tooLittleMemoryIsSaid_data();
    void tooLittleMemoryIsSaid();
    void whatFitsComesFirst();
    void impossibleJobsAreRefused();

private:
    [[nodiscard]] Job job(const char *card, const char *hours) const
    {
        Job made;
        made.card = QString::fromLatin1(card);
        made.hours = decimal(hours);
        return made;
    }
    [[nodiscard]] std::vector<JobEstimate> estimate(const Job &job,
                                                    const std::vector<Offer> &offers,
                                                    const PricingOptions &options = {}) const
    {
        const auto result = estimateJob(job, offers, *m_cards, options, QDate(2026, 11, 26));
        return result ? *result : std::vector<JobEstimate>();
    }
    std::unique_ptr<CardCatalog> m_cards;
};

void tst_JobEstimate::initTestCase()
{
    auto cards = CardCatalog::shipped();
    QVERIFY(cards);
    m_cards = std::make_unique<CardCatalog>(std::move(*cards));
}

void tst_JobEstimate::timesAndCostsAreScaled_data()
{
    QTest::addColumn<int>("figure");
    QTest::addColumn<QString>("card");
    QTest::addColumn<QString>("price");
    QTest::addColumn<int>("gpus");
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<qint64>("minor");
    const auto row = [](const char *name, Figure figure, const char *card, const char *price,
                        int gpus, qint64 seconds, qint64 minor) {
        QTest::newRow(name) << int(figure) << QString::fromLatin1(card)
                            << QString::fromLatin1(price) << gpus << seconds << minor;
    };
    // 30 hours on an RTX 4090: FP32 82.58, FP16 165.2, 1008 GB/s.
    row("3090 by FP16", Figure::Fp16, "RTX 3090", "1.32", 1, 250584, 9188); // x 165.2 / 71.2
    row("3090 by FP32", Figure::Fp32, "RTX 3090", "1.32", 1, 250664, 9191); // x 82.58 / 35.58
    row("3090 by bandwidth", Figure::Bandwidth, "RTX 3090", "1.32", 1, 116333, 4266);
    row("A100 by FP16", Figure::Fp16, "A100 80GB", "5.28", 1, 57185, 8387);   // x 165.2 / 312
    row("A100 by FP32", Figure::Fp32, "A100 80GB", "5.28", 1, 457366, 67080); // x 82.58 / 19.5
    row("two GPUs", Figure::Fp16, "RTX 3090", "1.32", 2, 250584, 18376);
    row("free", Figure::Fp16, "RTX 3090", "0", 1, 250584, 0);
}

void tst_JobEstimate::timesAndCostsAreScaled()
{
    QFETCH(int, figure);
    QFETCH(QString, card);
    QFETCH(QString, price);
    QFETCH(int, gpus);
    QFETCH(qint64, seconds);
    QFETCH(qint64, minor);
    Job thirty = job("RTX 4090", "30");
    thirty.figure = Figure(figure);
    PricingOptions options;
    options.gpus = gpus;
    const auto all = estimate(thirty, {offer("P", qPrintable(card), qPrintable(price))}, options);
    QCOMPARE(all.size(), std::size_t(1));
    QVERIFY(all[0].isEstimate);
    QCOMPARE(qint64(all[0].time->count()), seconds);
    QCOMPARE(*all[0].cost, (Money{minor, Currency::Cny}));
}

void tst_JobEstimate::theSameCardIsNoEstimate()
{
    const auto all = estimate(job("NVIDIA GeForce RTX 4090", "30"),
                              {offer("P", "RTX_4090", "1.98"), offer("P", "RTX 4090D", "1.98")});
    QVERIFY(!all[0].isEstimate);
    QCOMPARE(*all[0].time, std::chrono::seconds(30 * 3600));
    QCOMPARE(all[0].cost->minor, 5940);
    QVERIFY(all[1].isEstimate);
}

void tst_JobEstimate::costsAreRoundedOnce()
{
    // 0.1 h x 1.05 = 0.105: half a fen goes up, and a double would not know it from 0.10499...
    QCOMPARE(estimate(job("T4", "0.1"), {offer("P", "T4", "1.05")})[0].cost->minor, 11);
    QCOMPARE(estimate(job("T4", "1.005"), {offer("P", "T4", "1")})[0].cost->minor, 101);
    // 0.526 USD x 7.123457 x 100 h is 374.69...; a rounded hourly price would make it 375.00.
    PricingOptions options;
    options.currency = Currency::Cny;
    options.rate.cnyPerUsd = decimal("7.123457");
    const auto all =
        estimate(job("T4", "100"), {offer("P", "T4", "0.526", Currency::Usd)}, options);
    QCOMPARE(*all[0].cost, (Money{37469, Currency::Cny})); // 374.6938382
    options.currency = Currency::Usd;
    const auto back = estimate(job("T4", "100"), {offer("P", "T4", "1")}, options);
    QCOMPARE(*back[0].cost, (Money{1404, Currency::Usd})); // 14.0381...
    // As large as it gets.
    options.gpus = mostGpus;
    options.currency = Currency::Cny;
    options.rate.cnyPerUsd = decimal("10000");
    const auto large = estimate(job("RTX PRO 6000", "100000"),
                                {offer("P", "P4", "100000", Currency::Usd)}, options);
    QVERIFY(large[0].time && !large[0].cost); // more than 2^63 fen
}

void tst_JobEstimate::setUpIsPaidWithoutTheGpu()
{
    Job withSetUp = job("RTX 4090", "10");
    withSetUp.setUpHours = decimal("3");
    Offer elsewhere = offer("P", "no GPU", "0.20");
    elsewhere.region = QStringLiteral("B");
    Offer here = offer("P", "RTX 4090", "2");
    here.region = QStringLiteral("B");
    const std::vector<Offer> offers{offer("P", "RTX 4090", "2"), here, offer("Q", "RTX 4090", "2"),
                                    offer("P", "no GPU", "0.10"), elsewhere};
    PricingOptions options;
    options.gpus = 2;
    for (const JobEstimate &one : estimate(withSetUp, offers, options)) {
        QVERIFY(!one.setUpWithoutGpu);
        QCOMPARE(one.gpuCost->minor, 4000);
        QCOMPARE(one.setUpCost.minor, 1200);
        QCOMPARE(one.cost->minor, 5200);
    }
    withSetUp.setUpWithoutGpu = true;
    const auto all = estimate(withSetUp, offers, options);
    QCOMPARE(all.size(), std::size_t(3));
    QCOMPARE(all[0].setUpCost.minor, 30); // any region's, whatever the number of GPUs
    QCOMPARE(all[1].setUpCost.minor, 60); // its own region's
    QVERIFY(all[0].setUpWithoutGpu && all[1].setUpWithoutGpu);
    QCOMPARE(all[2].row.offer.provider, QStringLiteral("Q")); // has no such mode
    QVERIFY(!all[2].setUpWithoutGpu);
    QCOMPARE(all[2].cost->minor, 5200);
}

void tst_JobEstimate::setUpIsInTheShownCurrency()
{
    Job withSetUp = job("T4", "1");
    withSetUp.setUpHours = decimal("10");
    withSetUp.setUpWithoutGpu = true;
    PricingOptions options;
    options.rate.cnyPerUsd = decimal("7");
    const std::vector<Offer> offers{offer("P", "T4", "1", Currency::Usd),
                                    offer("P", "no GPU", "0.70")};
    QCOMPARE(*estimate(withSetUp, offers, options)[0].cost, (Money{200, Currency::Usd}));
    options.currency = Currency::Cny;
    QCOMPARE(*estimate(withSetUp, offers, options)[0].cost, (Money{1400, Currency::Cny}));
}

void tst_JobEstimate::tooLittleMemoryIsSaid_data()
{
    QTest::addColumn<QString>("card");
    QTest::addColumn<QString>("needed");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char *card, const char *needed, Verdict verdict) {
        QTest::addRow("%s for %s", card, needed)
            << QString::fromLatin1(card) << QString::fromLatin1(needed) << int(verdict);
    };
    row("RTX 4090", "24", Verdict::Fits);
    row("RTX 4090", "24.5", Verdict::TooLittleMemory);
    row("RTX 3080", "20", Verdict::TooLittleMemory);
    row("RTX 2080 Ti", "20", Verdict::TooLittleMemory); // rebuilt ones of 22 say so
    row("RTX 2080 Ti", "11", Verdict::Fits);
    row("2080 Ti 22G", "20", Verdict::Fits);
    row("RTX 4090D", "30", Verdict::TooLittleMemory);
    row("4090D 48G", "30", Verdict::Fits);
    row("4090 48G", "30", Verdict::Fits);
    row("V100", "16", Verdict::Fits);
    row("V100", "20", Verdict::MayNotFit); // there are 16 and 32
    row("V100-SXM2-32GB", "20", Verdict::Fits);
    row("V100", "40", Verdict::TooLittleMemory);
    row("A100", "40", Verdict::Fits);
    row("A100", "60", Verdict::MayNotFit);
    row("A100 80GB", "60", Verdict::Fits);
    row("A100 40GB", "60", Verdict::TooLittleMemory);
    row("Unknown 9000", "20", Verdict::UnknownCard);
    row("GB10", "20", Verdict::UnknownFigure);
}

void tst_JobEstimate::tooLittleMemoryIsSaid()
{
    QFETCH(QString, card);
    QFETCH(QString, needed);
    QFETCH(int, verdict);
    Job thirty = job("RTX 4090", "30");
    const std::vector<Offer> offers{offer("P", qPrintable(card), "1")};
    const bool isKnown =
        Verdict(verdict) != Verdict::UnknownCard && Verdict(verdict) != Verdict::UnknownFigure;
    QCOMPARE(estimate(thirty, offers)[0].verdict, isKnown ? Verdict::Fits : Verdict(verdict));
    thirty.memoryGb = *Decimal::parse(needed);
    const auto all = estimate(thirty, offers);
    QCOMPARE(int(all[0].verdict), verdict);
    QCOMPARE(all[0].cost.has_value(), isKnown); // greyed, but what it would cost is there
}

void tst_JobEstimate::whatFitsComesFirst()
{
    Job fine = job("RTX 4090", "30");
    fine.memoryGb = decimal("20");
    PricingOptions options;
    options.rate.cnyPerUsd = decimal("7");
    const auto all = estimate(fine,
                              {offer("P", "RTX 3080", "0.5"), offer("P", "Unknown 9000", "0.1"),
                               offer("P", "V100", "0.5"), offer("P", "RTX 3090", "1.32"), // 91.88
                               offer("U", "RTX 4090", "0.25", Currency::Usd),             // 52.50
                               offer("P", "RTX 4090", "1.98"),                            // 59.40
                               offer("P", "no GPU", "0.1")},
                              options);
    QStringList order;
    for (const JobEstimate &one : all)
        order.append(one.row.offer.provider + one.row.offer.card);
    QCOMPARE(order.join(u'|'),
             QStringLiteral("URTX 4090|PRTX 4090|PRTX 3090|PV100|PRTX 3080|PUnknown 9000"));
}

void tst_JobEstimate::impossibleJobsAreRefused()
{
    const std::vector<Offer> offers{offer("P", "T4", "1")};
    const auto code = [&](const Job &one) {
        return estimateJob(one, offers, *m_cards, {}, QDate(2026, 11, 26)).error().code;
    };
    QCOMPARE(code(job("RTX 9090", "1")), ErrorCode::NotFound);
    QCOMPARE(code(job("GB10", "1")), ErrorCode::NotFound); // without an FP16 figure
    QCOMPARE(code(job("T4", "0")), ErrorCode::Usage);
    QCOMPARE(code(job("T4", "100001")), ErrorCode::Usage);
    Job byMemory = job("T4", "1");
    byMemory.figure = Figure::Memory;
    QCOMPARE(code(byMemory), ErrorCode::Usage);
    Job slow = job("T4", "1");
    slow.setUpHours = decimal("100001");
    QCOMPARE(code(slow), ErrorCode::Usage);
}

QTEST_GUILESS_MAIN(tst_JobEstimate)
#include "tst_JobEstimate.moc"
