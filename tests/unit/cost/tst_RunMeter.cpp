// SPDX-License-Identifier: GPL-3.0-or-later
// How long an instance ran, from what was seen of it.
#include "core/cost/CostReport.h"

#include <QRandomGenerator>
#include <QTest>

using namespace core;
using namespace core::cost;

namespace {

constexpr TimeMs minute = 60'000;
constexpr TimeMs hour = 60 * minute;
/// A full quarter of an hour, UTC.
constexpr TimeMs start = 1'795'003'200'000;

const Rates rates{HourlyRate{19800, Currency::Cny}, HourlyRate{1000, Currency::Cny}};

/// An instance as it really is, and what is seen of it.
struct Watched
{
    RunMeter meter{QStringLiteral("id"), QStringLiteral("train")};
    std::vector<RunSlice> stored;
    TimeMs boot = start;
    std::optional<bool> noGpu = false;
    int idleGpus = 0;
    int gpus = 1;
    bool tellsUptime = true;

    Watched() { meter.setRates(rates); }
    void keep(const std::vector<RunSlice> &slices)
    {
        stored.insert(stored.end(), slices.begin(), slices.end());
    }
    void mark(TimeMs time)
    {
        Mark one;
        one.time = time;
        if (tellsUptime)
            one.uptime = time - boot;
        one.noGpu = noGpu;
        one.card = QStringLiteral("NVIDIA GeForce RTX 4090");
        one.gpus = gpus;
        one.idleGpus = idleGpus;
        keep(meter.take(one));
    }
    void watch(TimeMs from, TimeMs to, TimeMs every = 1000)
    {
        for (TimeMs time = from; time <= to; time += every)
            mark(time);
    }
    /// All that is stored and what is growing.
    [[nodiscard]] std::vector<RunSlice> all() const
    {
        std::vector<RunSlice> slices = stored;
        const std::vector<RunSlice> rest = meter.unfinished();
        slices.insert(slices.end(), rest.begin(), rest.end());
        return slices;
    }
    [[nodiscard]] Totals totals() const { return costReport(all(), {0, start + 1000 * hour}).all; }
    [[nodiscard]] qint64 fen() const
    {
        const Totals sum = totals();
        const auto it = sum.cost.find(Currency::Cny);
        return it == sum.cost.end() ? 0 : it->second.minor;
    }
};

} // namespace

class tst_RunMeter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySecondThatIsWatchedCounts();
    void whatRanBeforeTheFirstLookCounts();
    void aGapIsRunningWhereTheContainerRanOn();
    void aPowerOffIsNotPaidFor();
    void aQuickRestartIsARestart();
    void withoutAStartTimeOnlyShortGapsCount_data();
    void withoutAStartTimeOnlyShortGapsCount();
    void noGpuModeHasItsOwnPrice();
    void theModeMayComeLate();
    void aModeThatNeverComesCountsInFull();
    void anotherPriceHoldsFromThenOn();
    void theFirstPriceHoldsForWhatIsOpen();
    void idleGpusAreCounted();
    void slicesEndAtQuarters();
    void theProgramMayEndInBetween();
    void stoppedIsStopped();
    void aStopThatDidNotHappen();
    void clocksMayBeSet();
    void whateverHappensNothingCountsTwice();
};

void tst_RunMeter::everySecondThatIsWatchedCounts()
{
    Watched one;
    one.watch(start, start + hour);
    const Totals sum = one.totals();
    QCOMPARE(sum.running, hour);
    QCOMPARE(sum.unseen, TimeMs(0));
    QCOMPARE(one.fen(), 198);
    QCOMPARE(one.meter.lastSeen(), start + hour);
    const RunSlice slice = one.all().front();
    QCOMPARE(slice.card, QStringLiteral("NVIDIA GeForce RTX 4090"));
    QCOMPARE(slice.instanceName, QStringLiteral("train"));
    QCOMPARE(slice.boot, start);
}

void tst_RunMeter::whatRanBeforeTheFirstLookCounts()
{
    Watched one;
    one.watch(start + 2 * hour, start + 3 * hour);
    QCOMPARE(one.totals().running, 3 * hour);
    QCOMPARE(one.totals().unseen, 2 * hour);
    QCOMPARE(one.fen(), 3 * 198);
    // A server of one's own that runs for a year was not rented for a year from now.
    Watched old;
    old.boot = start - 400 * 24 * hour;
    old.mark(start);
    QCOMPARE(old.totals().running, RunMeter::mostBefore);
}

void tst_RunMeter::aGapIsRunningWhereTheContainerRanOn()
{
    Watched one;
    one.watch(start, start + 10 * minute);
    one.watch(start + 5 * hour, start + 5 * hour + minute); // the laptop slept
    QCOMPARE(one.totals().running, 5 * hour + minute);
    QCOMPARE(one.totals().unseen, 5 * hour - 10 * minute);
}

void tst_RunMeter::aPowerOffIsNotPaidFor()
{
    Watched one;
    one.watch(start, start + 10 * minute);
    one.boot = start + 4 * hour; // off in between, nobody knows since when
    one.watch(start + 5 * hour, start + 5 * hour + minute);
    QCOMPARE(one.totals().running, 10 * minute + hour + minute);
    QCOMPARE(one.all().back().boot, start + 4 * hour);
}

void tst_RunMeter::aQuickRestartIsARestart()
{
    Watched one;
    one.watch(start, start + 10 * minute);
    one.boot = start + 10 * minute + 40'000;
    one.noGpu = true;
    one.watch(start + 11 * minute, start + 20 * minute);
    const Totals sum = one.totals();
    QCOMPARE(sum.running, 10 * minute + 9 * minute + 20'000);
    QCOMPARE(sum.noGpu, 9 * minute + 20'000);
}

void tst_RunMeter::withoutAStartTimeOnlyShortGapsCount_data()
{
    QTest::addColumn<TimeMs>("gap");
    QTest::addColumn<TimeMs>("running");
    QTest::newRow("short") << TimeMs(5 * minute) << TimeMs(7 * minute);
    QTest::newRow("as long as may be") << RunMeter::blindGap << TimeMs(12 * minute);
    QTest::newRow("long") << TimeMs(11 * minute) << TimeMs(2 * minute);
}

void tst_RunMeter::withoutAStartTimeOnlyShortGapsCount()
{
    QFETCH(TimeMs, gap);
    QFETCH(TimeMs, running);
    Watched one;
    one.tellsUptime = false;
    one.watch(start, start + minute);
    one.watch(start + minute + gap, start + 2 * minute + gap);
    QCOMPARE(one.totals().running, running);
}

void tst_RunMeter::noGpuModeHasItsOwnPrice()
{
    Watched one;
    one.noGpu = true;
    one.idleGpus = 0;
    one.watch(start, start + 2 * hour);
    QCOMPARE(one.fen(), 20);
    QCOMPARE(one.totals().noGpu, 2 * hour);
    // Then with the GPU.
    one.boot = start + 3 * hour;
    one.noGpu = false;
    one.watch(start + 3 * hour, start + 4 * hour);
    QCOMPARE(one.fen(), 20 + 198);
}

void tst_RunMeter::theModeMayComeLate()
{
    Watched one;
    one.noGpu.reset();
    one.watch(start + hour, start + hour + 20'000); // an hour ran before
    QVERIFY(one.stored.empty());                    // at which price?
    one.noGpu = true;
    one.watch(start + hour + 21'000, start + hour + minute);
    QVERIFY(!one.stored.empty());
    QCOMPARE(one.totals().noGpu, hour + minute);
    QCOMPARE(one.fen(), 10);
}

void tst_RunMeter::aModeThatNeverComesCountsInFull()
{
    Watched one;
    one.noGpu.reset(); // nvidia-smi hangs
    one.watch(start, start + hour);
    QCOMPARE(one.totals().running, hour);
    QCOMPARE(one.totals().noGpu, TimeMs(0));
    QCOMPARE(one.fen(), 198);
}

void tst_RunMeter::anotherPriceHoldsFromThenOn()
{
    Watched one;
    one.watch(start, start + hour);
    one.meter.setRates({HourlyRate{30000, Currency::Cny}, std::nullopt});
    one.watch(start + hour + 1000, start + 2 * hour);
    QCOMPARE(one.fen(), 198 + 300);
    QCOMPARE(one.totals().running, 2 * hour);
}

void tst_RunMeter::theFirstPriceHoldsForWhatIsOpen()
{
    Watched one;
    one.meter.setRates({});
    one.watch(start, start + 5 * minute);
    QCOMPARE(one.totals().unpriced, 5 * minute);
    one.meter.setRates(rates);
    one.watch(start + 5 * minute + 1000, start + 10 * minute);
    QCOMPARE(one.totals().unpriced, TimeMs(0));
    QCOMPARE(one.fen(), 33);
}

void tst_RunMeter::idleGpusAreCounted()
{
    Watched one;
    one.gpus = 2;
    one.watch(start, start + hour);
    one.idleGpus = 1; // one of two
    one.watch(start + hour + 1000, start + 2 * hour);
    one.idleGpus = 2;
    one.watch(start + 2 * hour + 1000, start + 3 * hour);
    const Totals sum = one.totals();
    QCOMPARE(sum.idle, 90 * minute);
    QCOMPARE(sum.wasted.at(Currency::Cny).minor, 198 * 3 / 2);
}

void tst_RunMeter::slicesEndAtQuarters()
{
    Watched one;
    one.boot = start - 5 * minute;
    one.watch(start - 5 * minute, start + 40 * minute);
    for (const RunSlice &slice : one.all()) {
        if (slice.seen)
            QCOMPARE(slice.from / RunMeter::quarter, (slice.to - 1) / RunMeter::quarter);
    }
    QCOMPARE(one.stored.size(), std::size_t(3));
    // What was idle belongs to its quarter.
    one.idleGpus = 1;
    one.watch(start + 40 * minute + 1000, start + 50 * minute, 7000);
    QCOMPARE(costReport(one.all(), {0, start + 30 * minute}).all.idle, TimeMs(0));
    QVERIFY(costReport(one.all(), {start + 30 * minute, start + 45 * minute}).all.idle > 0);
}

void tst_RunMeter::theProgramMayEndInBetween()
{
    Watched before;
    before.watch(start, start + 20 * minute);
    Watched after;
    after.stored = before.all(); // the open one is saved too
    after.meter.resume(after.stored.back());
    after.watch(start + 2 * hour, start + 3 * hour);
    QCOMPARE(after.totals().running, 3 * hour);
    // Off while the program was not running.
    Watched later;
    later.stored = before.all();
    later.meter.resume(later.stored.back());
    later.boot = start + 2 * hour;
    later.watch(start + 2 * hour, start + 3 * hour);
    QCOMPARE(later.totals().running, 20 * minute + hour);
}

void tst_RunMeter::stoppedIsStopped()
{
    Watched one;
    one.watch(start, start + 10 * minute);
    one.keep(one.meter.stopped(start + 10 * minute + 3000));
    QVERIFY(one.meter.unfinished().empty());
    QCOMPARE(one.totals().running, 10 * minute + 3000);
    one.tellsUptime = false; // not even a short gap is running then
    one.watch(start + 12 * minute, start + 13 * minute);
    QCOMPARE(one.totals().running, 11 * minute + 3000);
}

void tst_RunMeter::aStopThatDidNotHappen()
{
    Watched one;
    one.watch(start, start + 10 * minute);
    one.keep(one.meter.stopped(start + 10 * minute));
    one.watch(start + 20 * minute, start + 21 * minute); // the same container
    QCOMPARE(one.totals().running, 21 * minute);
}

void tst_RunMeter::clocksMayBeSet()
{
    // Ours was set back by two minutes: nothing counts until it is past what was counted.
    Watched one;
    one.watch(start, start + 10 * minute);
    one.boot -= 2 * minute;
    one.watch(start + 8 * minute, start + 20 * minute);
    QCOMPARE(one.totals().running, 20 * minute);
    // By a year: it is believed at once.
    Watched year;
    year.watch(start, start + 10 * minute);
    year.boot -= 365 * 24 * hour;
    year.watch(start - 365 * 24 * hour, start - 365 * 24 * hour + 10 * minute);
    QCOMPARE(year.totals().running, 20 * minute);
    // Forward by an hour: the same container, and the hour can't be told from running.
    Watched forward;
    forward.boot = start - 24 * hour;
    forward.watch(start, start + 10 * minute);
    forward.boot += hour;
    forward.watch(start + hour + 10 * minute, start + hour + 20 * minute);
    QCOMPARE(forward.totals().running, 24 * hour + hour + 20 * minute);
}

/// Any life of an instance, looked at in any way: the time that counts lies between what was surely
/// seen and what surely was.
void tst_RunMeter::whateverHappensNothingCountsTwice()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 200; ++round) {
        Watched one;
        TimeMs time = start;
        TimeMs truth = 0;
        TimeMs surely = 0;
        for (int run = 0; run < 6; ++run) {
            one.boot = time;
            one.noGpu = random.bounded(3) == 0;
            const TimeMs end = time + TimeMs(random.bounded(1, 8 * 60)) * minute;
            truth += end - time;
            TimeMs seen = 0;
            while (time < end) {
                time += TimeMs(random.bounded(1, 90)) * minute; // not looking
                const TimeMs until = std::min(end, time + TimeMs(random.bounded(1, 30)) * minute);
                for (; time < until; time += 1000 * random.bounded(1, 20)) {
                    one.mark(time);
                    seen = time;
                }
                if (random.bounded(5) == 0) { // the program ends and begins again
                    const auto all = one.all();
                    if (!all.empty()) {
                        one.stored = all;
                        one.meter = RunMeter(QStringLiteral("id"), QStringLiteral("train"));
                        one.meter.setRates(rates);
                        one.meter.resume(all.back());
                    }
                }
            }
            if (seen > 0)
                surely += seen - one.boot;
            time = std::max(time, end) + TimeMs(random.bounded(5, 600)) * minute;
        }
        const TimeMs running = one.totals().running;
        QVERIFY2(running <= truth, qPrintable(QStringLiteral("round %1").arg(round)));
        QCOMPARE(running, surely);
        // And no two slices overlap.
        TimeMs sum = 0;
        for (const RunSlice &slice : one.all()) {
            QVERIFY(slice.to > slice.from);
            sum += slice.to - slice.from;
        }
        QCOMPARE(sum, running);
    }
}

QTEST_APPLESS_MAIN(tst_RunMeter)
#include "tst_RunMeter.moc"
