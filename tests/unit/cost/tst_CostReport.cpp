// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/Budget.h"
#include "core/cost/CostReport.h"
#include "core/cost/Release.h"

#include <QRandomGenerator>
#include <QTest>

using namespace core;
using namespace core::cost;

namespace {

constexpr TimeMs minute = 60'000;
constexpr TimeMs hour = 60 * minute;
constexpr TimeMs day = 24 * hour;

TimeMs ms(const char *iso)
{
    const QDateTime time = QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate);
    return time.toMSecsSinceEpoch();
}

QTimeZone zone(const char *name)
{
    return QTimeZone(QByteArray(name));
}

RunSlice slice(const char *id, TimeMs from, TimeMs to, qint64 fen, const char *card = "RTX 4090")
{
    RunSlice one;
    one.instanceId = QString::fromLatin1(id);
    one.instanceName = QStringLiteral("name of ") + one.instanceId;
    one.from = from;
    one.to = to;
    one.card = QString::fromLatin1(card);
    one.gpus = 1;
    if (fen >= 0)
        one.perHour = HourlyRate{fen * HourlyRate::perMinor, Currency::Cny};
    return one;
}

qint64 fen(const Totals &totals)
{
    const auto it = totals.cost.find(Currency::Cny);
    return it == totals.cost.end() ? 0 : it->second.minor;
}

} // namespace

class tst_CostReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void periodsAreLocal_data();
    void periodsAreLocal();
    void costIsRoundedOnce();
    void aRunOverMidnightIsPartOfBothDays();
    void instancesAndCardsAreListed();
    void whatOverlapsCountsOnce();
    void whatOverlapsCountsOnceWhateverItIs();
    void pricesFinerThanACentAddUp();
    void unpricedTimeTakesThePriceOfToday();
    void anotherCurrencyStaysApart();
    void currenciesAreSummedAtTheRate();
    void nonsenseIsNotPriced();
    void budgetsWarnOncePerPeriod();
    void budgetWarnings_data();
    void budgetWarnings();
    void releasesAreCountedDown();
    void remindersComeInTheirOrder();
};

void tst_CostReport::periodsAreLocal_data()
{
    QTest::addColumn<QByteArray>("zoneName");
    QTest::addColumn<TimeMs>("time");
    QTest::addColumn<TimeMs>("dayFrom");
    QTest::addColumn<TimeMs>("dayTo");
    QTest::addColumn<TimeMs>("weekFrom");
    QTest::addColumn<TimeMs>("monthFrom");
    QTest::newRow("Shanghai, after its midnight")
        << QByteArray("Asia/Shanghai") << ms("2026-11-25T16:30:00Z") << ms("2026-11-25T16:00:00Z")
        << ms("2026-11-26T16:00:00Z") << ms("2026-11-22T16:00:00Z") << ms("2026-10-31T16:00:00Z");
    QTest::newRow("Shanghai, before it")
        << QByteArray("Asia/Shanghai") << ms("2026-11-25T15:59:59Z") << ms("2026-11-24T16:00:00Z")
        << ms("2026-11-25T16:00:00Z") << ms("2026-11-22T16:00:00Z") << ms("2026-10-31T16:00:00Z");
    QTest::newRow("Berlin, the day of 23 hours")
        << QByteArray("Europe/Berlin") << ms("2026-03-29T10:00:00Z") << ms("2026-03-28T23:00:00Z")
        << ms("2026-03-29T22:00:00Z") << ms("2026-03-22T23:00:00Z") << ms("2026-02-28T23:00:00Z");
    QTest::newRow("Berlin, the day of 25 hours")
        << QByteArray("Europe/Berlin") << ms("2026-10-25T10:00:00Z") << ms("2026-10-24T22:00:00Z")
        << ms("2026-10-25T23:00:00Z") << ms("2026-10-18T22:00:00Z") << ms("2026-09-30T22:00:00Z");
    // There summer time begins at midnight: the day begins at one o'clock.
    QTest::newRow("a day without its midnight")
        << QByteArray("America/Asuncion") << ms("2023-10-01T12:00:00Z")
        << ms("2023-10-01T04:00:00Z") << ms("2023-10-02T03:00:00Z") << ms("2023-09-25T04:00:00Z")
        << ms("2023-10-01T04:00:00Z");
    QTest::newRow("Kathmandu, at a quarter to")
        << QByteArray("Asia/Kathmandu") << ms("2026-01-01T00:00:00Z") << ms("2025-12-31T18:15:00Z")
        << ms("2026-01-01T18:15:00Z") << ms("2025-12-28T18:15:00Z") << ms("2025-12-31T18:15:00Z");
}

void tst_CostReport::periodsAreLocal()
{
    QFETCH(QByteArray, zoneName);
    QFETCH(TimeMs, time);
    QFETCH(TimeMs, dayFrom);
    QFETCH(TimeMs, dayTo);
    QFETCH(TimeMs, weekFrom);
    QFETCH(TimeMs, monthFrom);
    const QTimeZone there(zoneName);
    if (!there.isValid())
        QSKIP("this system has no data of time zones");
    QCOMPARE(dayOf(time, there), (Period{dayFrom, dayTo}));
    QCOMPARE(weekOf(time, there).from, weekFrom);
    QCOMPARE(monthOf(time, there).from, monthFrom);
    QVERIFY(weekOf(time, there).to > time && monthOf(time, there).to > time);
    // The days of a month follow each other without a gap.
    const Period month = monthOf(time, there);
    TimeMs next = month.from;
    while (next < month.to) {
        const Period one = dayOf(next, there);
        QCOMPARE(one.from, next);
        next = one.to;
    }
    QCOMPARE(next, month.to);
}

void tst_CostReport::costIsRoundedOnce()
{
    QCOMPARE(costOf({19800, Currency::Cny}, hour).minor, 198);
    QCOMPARE(costOf({19800, Currency::Cny}, 0).minor, 0);
    QCOMPARE(costOf({100, Currency::Cny}, hour / 2).minor, 1); // halves up
    QCOMPARE(costOf({100, Currency::Cny}, hour / 2 - 1).minor, 0);
    QCOMPARE(costOf({1, Currency::Usd}, 50 * hour).minor, 1);
    QCOMPARE(costOf({1, Currency::Usd}, 50 * hour - 1).minor, 0);
    QCOMPARE(costOf({HourlyRate::highest, Currency::Usd}, 365 * day).minor,
             qint64(8760) * 100'000'000'00);
    // To the millisecond: 10^10 x 3599999 / 3600000 = 9999997222.2.
    QCOMPARE(costOf({HourlyRate::highest, Currency::Usd}, hour - 1).minor, 9'999'997'222);
    // 720 slices of five seconds for 1.98: each is 0.275 fen, together 198.
    std::vector<RunSlice> slices;
    for (int i = 0; i < 720; ++i)
        slices.push_back(slice("a", i * TimeMs(5000), (i + 1) * TimeMs(5000), 198));
    QCOMPARE(fen(costReport(slices, {0, day}).all), 198);
}

void tst_CostReport::aRunOverMidnightIsPartOfBothDays()
{
    const QTimeZone there = zone("Asia/Shanghai");
    if (!there.isValid())
        QSKIP("this system has no data of time zones");
    // 22:00 to 03:00 in Shanghai, idle from 23:45 to midnight.
    const TimeMs from = ms("2026-11-25T14:00:00Z");
    std::vector<RunSlice> slices;
    for (TimeMs at = from; at < from + 5 * hour; at += 15 * minute)
        slices.push_back(slice("a", at, at + 15 * minute, 200));
    slices[7].idleGpuMs = 15 * minute;
    const Period before = dayOf(from, there);
    const Period after = dayOf(from + 4 * hour, there);
    QCOMPARE(before.to, after.from);
    const Totals first = costReport(slices, before).all;
    QCOMPARE(first.running, 2 * hour);
    QCOMPARE(fen(first), 400);
    QCOMPARE(first.wasted.at(Currency::Cny).minor, 50);
    const Totals second = costReport(slices, after).all;
    QCOMPARE(fen(second), 600);
    QCOMPARE(second.idle, TimeMs(0));
    // A long slice is cut where the day is.
    const std::vector<RunSlice> whole{slice("a", from, from + 5 * hour, 200)};
    QCOMPARE(fen(costReport(whole, before).all), 400);
    QCOMPARE(fen(costReport(whole, after).all), 600);
}

void tst_CostReport::instancesAndCardsAreListed()
{
    std::vector<RunSlice> slices{slice("a", 0, hour, 198), slice("a", 5 * hour, 6 * hour, 198),
                                 slice("b", 0, 3 * hour, 88, "Tesla T4"),
                                 slice("c", 0, hour, -1, ""),
                                 slice("b", 4 * hour, 6 * hour, 10, "")};
    slices[4].noGpu = true;
    const CostReport report = costReport(slices, {0, day});
    QCOMPARE(fen(report.all), 2 * 198 + 3 * 88 + 2 * 10);
    QCOMPARE(report.all.running, 8 * hour);
    QCOMPARE(report.all.noGpu, 2 * hour);
    QCOMPARE(report.all.unpriced, hour);
    QCOMPARE(report.instances.size(), std::size_t(3));
    QCOMPARE(report.instances[0].id, QStringLiteral("a"));
    QCOMPARE(report.instances[0].name, QStringLiteral("name of a"));
    QCOMPARE(report.instances[0].lastSeen, 6 * hour);
    QCOMPARE(fen(report.instances[1].totals), 3 * 88 + 20);
    QCOMPARE(report.cards.size(), std::size_t(3));
    QCOMPARE(report.cards[0].id, QStringLiteral("RTX 4090"));
    QCOMPARE(fen(report.cards[1].totals), 3 * 88); // no card in no-GPU mode
    QCOMPARE(report.cards[2].id, QString());
    QVERIFY(costReport({}, {0, day}).instances.empty());
    QVERIFY(costReport(slices, {7 * hour, day}).instances.empty());
}

void tst_CostReport::whatOverlapsCountsOnce()
{
    // The window watched from 1:00 to 2:00; the command line looked at 3:00 and knows of the time
    // since the start.
    RunSlice known = slice("a", 0, 3 * hour, 200);
    known.seen = false;
    RunSlice watched = slice("a", hour, 2 * hour, 200);
    watched.idleGpuMs = 30 * minute;
    const Totals sum = costReport(std::vector<RunSlice>{known, watched}, {0, day}).all;
    QCOMPARE(sum.running, 3 * hour);
    QCOMPARE(sum.unseen, 2 * hour);
    QCOMPARE(fen(sum), 600);
    QCOMPARE(sum.wasted.at(Currency::Cny).minor, 100);
    // Another instance at the same time is another bill.
    const std::vector<RunSlice> two{known, slice("b", 0, 3 * hour, 200)};
    QCOMPARE(fen(costReport(two, {0, day}).all), 1200);
}

void tst_CostReport::whatOverlapsCountsOnceWhateverItIs()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 300; ++round) {
        std::vector<RunSlice> slices;
        std::vector<bool> minutes(500, false);
        std::vector<bool> seen(500, false);
        for (int i = 0; i < 12; ++i) {
            const int from = int(random.bounded(450));
            const int to = from + 1 + int(random.bounded(49));
            slices.push_back(slice("a", from * minute, to * minute, 60));
            slices.back().seen = random.bounded(2) == 0;
            for (int m = from; m < to; ++m) {
                minutes[std::size_t(m)] = true;
                if (slices.back().seen)
                    seen[std::size_t(m)] = true;
            }
        }
        const int cut = int(random.bounded(500));
        const auto count = [&](const std::vector<bool> &which, int from, int to) {
            return std::count(which.begin() + from, which.begin() + to, true);
        };
        const Totals before = costReport(slices, {0, cut * minute}).all;
        const Totals after = costReport(slices, {cut * minute, 500 * minute}).all;
        QCOMPARE(before.running, count(minutes, 0, cut) * minute);
        QCOMPARE(after.running, count(minutes, cut, 500) * minute);
        QCOMPARE(after.running - after.unseen, count(seen, cut, 500) * minute);
        QCOMPARE(fen(before), qint64(count(minutes, 0, cut)));
    }
}

/// 0.2134 USD: a cent a slice would be lost or won if each were rounded.
void tst_CostReport::pricesFinerThanACentAddUp()
{
    std::vector<RunSlice> slices;
    qint64 lastTotal = 0;
    for (TimeMs second = 0; second < 3600; second += 5) {
        slices.push_back(slice("a", second * 1000, (second + 5) * 1000, 0));
        slices.back().perHour = HourlyRate{2134, Currency::Usd};
        const qint64 total = costReport(slices, {0, day}).all.cost.at(Currency::Usd).minor;
        // 2134 ten-thousandths x seconds / 3600, in cents: halves up.
        QCOMPARE(total, (2134 * (second + 5) + 180'000) / 360'000);
        QVERIFY(total >= lastTotal); // a running total never goes back
        lastTotal = total;
    }
    QCOMPARE(lastTotal, 21);
    // 30 hours of it are 6.402 USD; 30 rounded hours would be 6.30.
    RunSlice long30 = slice("b", 0, 30 * hour, 0);
    long30.perHour = HourlyRate{2134, Currency::Usd};
    QCOMPARE(costReport(std::vector{long30}, {0, 2 * day}).all.cost.at(Currency::Usd).minor, 640);
    // Two instances of half a cent make one together, and one each.
    std::vector<RunSlice> halves{slice("a", 0, hour, 0), slice("b", 0, hour, 0)};
    for (RunSlice &one : halves)
        one.perHour = HourlyRate{50, Currency::Usd};
    const CostReport both = costReport(halves, {0, day});
    QCOMPARE(both.all.cost.at(Currency::Usd).minor, 1);
    QCOMPARE(both.instances[0].totals.cost.at(Currency::Usd).minor, 1);
    QCOMPARE(both.instances[1].totals.cost.at(Currency::Usd).minor, 1);
}

void tst_CostReport::unpricedTimeTakesThePriceOfToday()
{
    std::vector<RunSlice> slices{slice("a", 0, hour, -1), slice("a", hour, 2 * hour, 100)};
    slices.push_back(slice("a", 2 * hour, 3 * hour, -1));
    slices.back().noGpu = true;
    const QMap<QString, Rates> prices{
        {QStringLiteral("a"),
         Rates{HourlyRate{30000, Currency::Cny}, HourlyRate{1000, Currency::Cny}}}};
    const Totals sum = costReport(slices, {0, day}, prices).all;
    QCOMPARE(fen(sum), 300 + 100 + 10);
    QCOMPARE(sum.unpriced, TimeMs(0));
    QCOMPARE(costReport(slices, {0, day}).all.unpriced, 2 * hour);
}

void tst_CostReport::anotherCurrencyStaysApart()
{
    std::vector<RunSlice> slices{slice("a", 0, hour, 100), slice("b", 0, hour, 100)};
    slices[1].perHour = HourlyRate{4500, Currency::Usd};
    const Totals sum = costReport(slices, {0, day}).all;
    QCOMPARE(sum.cost.at(Currency::Cny).minor, 100);
    QCOMPARE(sum.cost.at(Currency::Usd).minor, 45);
}

void tst_CostReport::currenciesAreSummedAtTheRate()
{
    const std::map<Currency, Money> both{{Currency::Cny, {105, Currency::Cny}},
                                         {Currency::Usd, {15, Currency::Usd}}};
    QCOMPARE(sumIn(both, Currency::Cny, 7'100'000), (Money{105 + 107, Currency::Cny})); // 106.5
    QCOMPARE(sumIn(both, Currency::Usd, 7'000'000), (Money{15 + 15, Currency::Usd}));
    QCOMPARE(sumIn({}, Currency::Usd, 7'000'000), (Money{0, Currency::Usd}));
    // As large as sums get.
    const std::map<Currency, Money> large{{Currency::Usd, {900'000'000'000'001, Currency::Usd}}};
    QCOMPARE(sumIn(large, Currency::Cny, 7'123'457), (Money{6'411'111'300'000'007, Currency::Cny}));
}

void tst_CostReport::nonsenseIsNotPriced()
{
    std::vector<RunSlice> slices{slice("a", 0, 1000 * day, 1), slice("b", 0, hour, 100)};
    slices.push_back(slice("c", hour, 0, 100));
    slices.push_back(slice("d", 0, hour, 100));
    slices.front().perHour->tenThousandths = std::numeric_limits<qint64>::max();
    slices.back().perHour->tenThousandths = -5;
    const Totals sum = costReport(slices, {0, 2000 * day}).all;
    QCOMPARE(fen(sum), 100);
    QCOMPARE(sum.unpriced, 1000 * day + hour);
}

void tst_CostReport::budgetWarnings_data()
{
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<qint64>("spent");
    QTest::addColumn<int>("percent"); // 0: none
    QTest::newRow("nothing spent") << qint64(1000) << qint64(0) << 0;
    QTest::newRow("just below") << qint64(1000) << qint64(799) << 0;
    QTest::newRow("four fifths") << qint64(1000) << qint64(800) << 80;
    QTest::newRow("nearly all") << qint64(1000) << qint64(999) << 80;
    QTest::newRow("all") << qint64(1000) << qint64(1000) << 100;
    QTest::newRow("far over") << qint64(1000) << qint64(99999) << 100;
    QTest::newRow("odd limit, below") << qint64(999) << qint64(799) << 0; // 799.2
    QTest::newRow("odd limit, above") << qint64(999) << qint64(800) << 80;
    QTest::newRow("one fen") << qint64(1) << qint64(1) << 100;
    QTest::newRow("no limit") << qint64(0) << qint64(5000) << 0;
    QTest::newRow("huge") << std::numeric_limits<qint64>::max()
                          << std::numeric_limits<qint64>::max() / 2 << 0;
}

void tst_CostReport::budgetWarnings()
{
    QFETCH(qint64, limit);
    QFETCH(qint64, spent);
    QFETCH(int, percent);
    Budget budget;
    budget.perDay = Money{limit, Currency::Cny};
    const auto due = cost::budgetWarnings(budget, QDate(2026, 11, 26), {spent, Currency::Cny},
                                          {spent, Currency::Cny}, {});
    QCOMPARE(due.empty(), percent == 0);
    if (percent == 0)
        return;
    QCOMPARE(due.size(), std::size_t(1));
    QCOMPARE(due[0].percent, percent);
    QCOMPARE(due[0].span, BudgetWarning::Span::Day);
    QCOMPARE(due[0].key, QStringLiteral("day:2026-11-26:%1").arg(percent));
    // Dollars don't count against yuan.
    QVERIFY(cost::budgetWarnings(budget, QDate(2026, 11, 26), {spent, Currency::Usd},
                                 {spent, Currency::Usd}, {})
                .empty());
}

/// Two months of spending, asked every ten minutes: who hears what, how often.
void tst_CostReport::budgetsWarnOncePerPeriod()
{
    Budget budget;
    budget.perDay = Money{1000, Currency::Cny};
    budget.perMonth = Money{20000, Currency::Cny};
    QSet<QString> said;
    QMap<QString, int> heard;
    qint64 month = 0;
    for (QDate today(2026, 11, 1); today < QDate(2027, 1, 1); today = today.addDays(1)) {
        if (today.day() == 1)
            month = 0;
        for (int i = 1; i <= 144; ++i) {
            const qint64 spent = i * 8; // 11.52 a day
            for (const BudgetWarning &warning : cost::budgetWarnings(
                     budget, today, {spent, Currency::Cny}, {month + spent, Currency::Cny}, said)) {
                ++heard[warning.key];
                said.insert(warning.key);
            }
            said = keysToKeep(said, today);
        }
        month += 144 * 8;
    }
    QCOMPARE(heard.size(), 61 * 2 + 2 * 2);
    for (const int times : heard)
        QCOMPARE(times, 1);
    QVERIFY(said.size() <= 4);
    // Who jumps over 80 % hears of 100 % only, and not of 80 % afterwards.
    said = {QStringLiteral("day:2026-11-26:100")};
    QVERIFY(cost::budgetWarnings(budget, QDate(2026, 11, 26), {1200, Currency::Cny},
                                 {1200, Currency::Cny}, said)
                .empty());
}

void tst_CostReport::releasesAreCountedDown()
{
    const TimeMs off = ms("2026-11-01T08:00:00Z");
    const auto release = releaseOf(off, 15, off + 3 * hour);
    QVERIFY(release);
    QCOMPARE(release->at, ms("2026-11-16T08:00:00Z"));
    QCOMPARE(release->remaining, 15 * day - 3 * hour);
    QVERIFY(releaseOf(off, 15, off + 16 * day)->remaining < 0);
    QVERIFY(!releaseOf(off, 0, off)); // a provider that releases nothing
    QVERIFY(!releaseOf(0, 15, off));  // never seen on
}

void tst_CostReport::remindersComeInTheirOrder()
{
    const TimeMs off = ms("2026-11-01T08:00:00Z");
    for (const int days : {15, 7, 10, 1}) {
        QSet<QString> said;
        std::vector<TimeMs> heard;
        TimeMs now = off;
        while (const auto next = nextReminder(off, days, now)) {
            QVERIFY(!releaseReminder(off, days, *next - 1, said));
            now = *next;
            const auto reminder = releaseReminder(off, days, now, said);
            QVERIFY(reminder);
            QCOMPARE(reminder->release.at, off + days * day);
            heard.push_back(reminder->before);
            said.insert(reminder->key);
            QVERIFY(!releaseReminder(off, days, now, said)); // once
        }
        std::vector<TimeMs> wanted;
        for (const TimeMs before : reminderTimes()) {
            if (before < days * day)
                wanted.push_back(before);
        }
        QCOMPARE(heard, wanted);
        // Switched on and off again: it begins anew.
        QVERIFY(releaseReminder(off + hour, days, off + hour + days * day - hour, said));
    }
    // The program was not running for a while: one reminder, the most urgent.
    const auto late = releaseReminder(off, 15, off + 14 * day + 20 * hour, {});
    QVERIFY(late);
    QCOMPARE(late->before, 6 * hour);
}

QTEST_APPLESS_MAIN(tst_CostReport)
#include "tst_CostReport.moc"
