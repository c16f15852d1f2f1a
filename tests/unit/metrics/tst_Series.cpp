// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/SeriesSet.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace core::metrics;

namespace {

constexpr TimeMs start = 1'795'000'000'000;

} // namespace

class tst_Series : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPointIsWhatHappenedInItsColumn();
    void neverMorePointsThanColumns();
    void aGapSplitsTheRun();
    void timeNeverGoesBack();
    void aDayIsKept();
    void aDayOfEightGpusStaysSmall();
    void hoverFindsTheBucket();
    void notANumberIsDropped();
};

void tst_Series::everyPointIsWhatHappenedInItsColumn()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    Series series;
    std::vector<std::pair<TimeMs, double>> all;
    TimeMs time = start;
    for (int i = 0; i < 1500; ++i) {
        time += 900 + random.bounded(200);
        const double value = random.bounded(100.0);
        series.append(time, value);
        all.emplace_back(time, value);
    }
    const int columns = 400; // 4 s each: the tier of seconds
    const TimeMs from = all.front().first / 1000 * 1000;
    const TimeMs to = from + 1600 * 1000;
    const TimeMs width = (to - from + columns - 1) / columns;
    const auto runs = series.runs(from, to, columns);
    QCOMPARE(runs.size(), std::size_t(1));
    TimeMs previous = -1;
    for (const SeriesPoint &point : runs.front()) {
        QVERIFY(point.time > previous);
        previous = point.time;
        double low = 1e9;
        double high = -1e9;
        const TimeMs column = (point.time - from) / width;
        for (const auto &[at, value] : all) {
            // Buckets are whole seconds: a value belongs to its second's column.
            if ((at / 1000 * 1000 - from) / width != column)
                continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
        QVERIFY(std::abs(point.min - low) < 1e-3);
        QVERIFY(std::abs(point.max - high) < 1e-3);
        QVERIFY(point.avg >= point.min && point.avg <= point.max);
    }
}

void tst_Series::neverMorePointsThanColumns()
{
    Series series;
    for (int i = 0; i < 24 * 3600; ++i)
        series.append(start + i * 1000, i % 100);
    for (int columns : {1, 2, 50, 333, 1000, 4000}) {
        for (TimeMs span : {60'000LL, 600'000LL, 3'600'000LL, 86'400'000LL}) {
            std::size_t points = 0;
            for (const SeriesRun &run :
                 series.runs(series.lastTime() - span, series.lastTime(), columns))
                points += run.size();
            QVERIFY(points > 0);
            QVERIFY(points <= std::size_t(columns));
        }
    }
}

void tst_Series::aGapSplitsTheRun()
{
    Series series;
    for (int i = 0; i < 30; ++i)
        series.append(start + i * 1000, 50.0);
    series.append(start + 30'000, std::nullopt);
    for (int i = 60; i < 90; ++i)
        series.append(start + i * 1000, 60.0);
    const auto runs = series.runs(start, start + 90'000, 900);
    QCOMPARE(runs.size(), std::size_t(2));
    QCOMPARE(runs[0].back().avg, 50.0F);
    QCOMPARE(runs[1].front().avg, 60.0F);
    QVERIFY(!series.at(start + 45'000));
}

void tst_Series::timeNeverGoesBack()
{
    Series series;
    series.append(start + 10'000, 1.0);
    series.append(start, 99.0);
    QCOMPARE(series.last(), 1.0);
    QCOMPARE(series.lastTime(), start + 10'000);
}

void tst_Series::aDayIsKept()
{
    Series series;
    for (int i = 0; i < 25 * 3600; ++i)
        series.append(start + TimeMs(i) * 1000, i == 3600 * 2 ? 99.0 : 1.0);
    const auto runs = series.runs(series.lastTime() - 86'000'000, series.lastTime(), 800);
    QCOMPARE(runs.size(), std::size_t(1));
    // The one peak of a second, 23 hours ago, is still to be seen.
    float highest = 0;
    for (const SeriesPoint &point : runs.front())
        highest = std::max(highest, point.max);
    QCOMPARE(highest, 99.0F);
}

void tst_Series::aDayOfEightGpusStaysSmall()
{
    SeriesSet set;
    Sample sample;
    for (int gpu = 0; gpu < 8; ++gpu) {
        core::probe::GpuInfo info;
        info.index = gpu;
        info.utilPercent = 50;
        info.memUsedMib = 1000;
        info.powerW = 300;
        info.tempC = 60;
        sample.gpus.push_back(info);
    }
    sample.cpu.usedCores = 3;
    sample.memory.usedBytes = 1 << 30;
    sample.network.rxBytesPerSecond = 1;
    sample.network.txBytesPerSecond = 1;
    for (int i = 0; i < 24 * 3600; i += 7) {
        sample.time = std::chrono::system_clock::time_point(
            std::chrono::milliseconds(start + TimeMs(i) * 1000));
        set.append(sample);
    }
    QCOMPARE(set.gpuCount(), 8);
    qInfo("%zu KiB", set.memoryBytes() / 1024);
    QVERIFY(set.memoryBytes() < std::size_t(64) << 20);
    QVERIFY(set.find(Quantity::GpuTemp, 7));
    QVERIFY(!set.find(Quantity::GpuTemp, 8));
}

void tst_Series::hoverFindsTheBucket()
{
    Series series;
    for (int i = 0; i < 100; ++i)
        series.append(start + i * 1000, i);
    QCOMPARE(series.at(start + 42'300)->avg, 42.0F);
    QVERIFY(!series.at(start - 60'000));
}

void tst_Series::notANumberIsDropped()
{
    Series series;
    series.append(start, std::nan(""));
    series.append(start, HUGE_VAL);
    QCOMPARE(series.lastTime(), 0);
}

QTEST_GUILESS_MAIN(tst_Series)
#include "tst_Series.moc"
