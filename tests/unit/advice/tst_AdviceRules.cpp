// SPDX-License-Identifier: GPL-3.0-or-later
// What a finding holds, and the edges of single rules.
#include "core/advice/Window.h"
#include "tests/unit/advice/Traces.h"

#include <QTest>

#include <cmath>

using namespace core;
using namespace core::advice;
using metrics::Sample;
using metrics::SamplePtr;
using traces::Load;
using traces::Player;

namespace {

Player played(int seconds, const Load &load, int gpus = 1, Options options = {})
{
    Player player(std::move(options));
    QRandomGenerator random(11);
    for (int second = 0; second < seconds; ++second) {
        Sample sample = traces::healthy(gpus, second, random);
        load(sample, second, random);
        player.play(std::make_shared<const Sample>(std::move(sample)));
    }
    return player;
}

TimeMs at(int second)
{
    return traces::start + TimeMs(second) * 1000;
}

} // namespace

class tst_AdviceRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWindowHoldsSoMuchKnownTime();
    void workersAreSlightlyFewerThanCores_data();
    void workersAreSlightlyFewerThanCores();
    void evidenceIsWhatWasMeasured();
    void anUnusedGpuIsNamedWithItsProcess();
    void memoryThatNobodyHoldsIsNoReason();
    void smallSharesGetNoWorkers();
    void eachDiskHasItsOwnKey();
    void aKillDuringALossIsFound();
    void theFasterDiskIsNamed();
    void theCheapestCardThatWouldDoIsNamed();
    void idleWaitsAsLongAsAsked();
    void notAgainIsNotAgain();
    void toBeginAgainTakesAWholeWindow();
    void aClockSetBackIsSurvived();
};

void tst_AdviceRules::aWindowHoldsSoMuchKnownTime()
{
    metrics::Series series;
    const auto window = [&](int now, int length) {
        return Window::of(&series, at(now), TimeMs(length) * 1000);
    };
    QVERIFY(!Window::of(nullptr, at(0), 1000));
    QVERIFY(!window(0, 60));
    for (int second = 0; second <= 60; ++second)
        series.append(at(second), second);
    QVERIFY(!window(60, 60)); // a bucket is a second wide: not sure yet
    series.append(at(61), 61);
    const auto full = window(61, 60);
    QVERIFY(full);
    QCOMPARE(full->from(), at(0));
    QCOMPARE(full->to(), at(61));
    QCOMPARE(full->min(), 0.0);
    QCOMPARE(full->max(), 61.0);
    QCOMPARE(full->mean(), 30.5);
    QCOMPARE(full->quantile(0.5), 31.0);
    // Twenty seconds of nothing: they are not part of the length, and not 0.
    for (int second = 62; second < 82; ++second)
        series.append(at(second), std::nullopt);
    QVERIFY(!window(81, 60)); // what is known is no longer the present
    for (int second = 82; second <= 112; ++second)
        series.append(at(second), 100);
    QVERIFY(window(112, 60));
    QCOMPARE(window(112, 60)->from(), at(30)); // 31 + 30 seconds
    QVERIFY(!window(112, 95));                 // so much was never known
    QCOMPARE(Window::between(&series, at(82), at(112))->min(), 100.0);
    QVERIFY(!Window::between(&series, at(55), at(90)));
    // Enough is known, but too far apart to be one window.
    for (int second = 113; second < 213; ++second)
        series.append(at(second), std::nullopt);
    for (int second = 213; second <= 243; ++second)
        series.append(at(second), 100);
    QVERIFY(!window(243, 60));
}

void tst_AdviceRules::workersAreSlightlyFewerThanCores_data()
{
    QTest::addColumn<double>("cores");
    QTest::addColumn<int>("workers"); // 0: none
    QTest::newRow("no-GPU mode") << 0.5 << 0;
    QTest::newRow("one") << 1.0 << 0;
    QTest::newRow("two") << 2.0 << 1;
    QTest::newRow("five") << 5.0 << 4;
    QTest::newRow("eight") << 8.0 << 7;
    QTest::newRow("twelve") << 12.0 << 10;
    QTest::newRow("a part of a core is none") << 12.9 << 10;
    QTest::newRow("sixteen") << 16.0 << 14;
    QTest::newRow("sixty-four") << 64.0 << 56;
    QTest::newRow("not a number") << std::nan("") << 0;
    QTest::newRow("nonsense") << 1e12 << 0;
}

void tst_AdviceRules::workersAreSlightlyFewerThanCores()
{
    QFETCH(double, cores);
    QFETCH(int, workers);
    QCOMPARE(workersFor(cores).value_or(0), workers);
    QVERIFY(!workersFor(std::nullopt));
}

void tst_AdviceRules::evidenceIsWhatWasMeasured()
{
    std::vector<std::pair<TimeMs, double>> measured;
    Player player = played(400, [&](Sample &sample, int second, QRandomGenerator &random) {
        const double util = second % 7 < 3 ? 44 + std::round(traces::noise(random, 3)) : 3;
        sample.gpus.front().utilPercent = util;
        sample.cpu.usedCores = 2.1;
        measured.emplace_back(at(second), util);
    });
    const Finding *finding = player.find(FindingKind::DataLoading);
    QVERIFY(finding);
    QCOMPARE(finding->key, QStringLiteral("data-loading"));
    QCOMPARE(finding->gpus, std::vector<int>{0});
    QCOMPARE(finding->evidence.size(), std::size_t(2));
    const Evidence &gpu = finding->evidence[0];
    QCOMPARE(gpu.quantity, Quantity::GpuUtil);
    QVERIFY(gpu.to - gpu.from >= 120'000 && gpu.to - gpu.from < 125'000);
    double sum = 0;
    double low = 1000;
    double high = -1;
    int count = 0;
    for (const auto &[time, util] : measured) {
        if (time < gpu.from || time > gpu.to)
            continue;
        sum += util;
        low = std::min(low, util);
        high = std::max(high, util);
        ++count;
    }
    QCOMPARE(gpu.min, low);
    QCOMPARE(gpu.max, high);
    QVERIFY(std::abs(gpu.mean - sum / count) < 0.01);
    const Evidence &cpu = finding->evidence[1];
    QCOMPARE(cpu.quantity, Quantity::CpuPercent);
    QVERIFY(std::abs(cpu.mean - 210) < 0.01);
    QCOMPARE(cpu.limit, 1600.0);
    const auto &facts = std::get<LoadingFacts>(finding->facts);
    QCOMPARE(facts.workers, 14);
    QCOMPARE(facts.cpuLimitCores, 16.0);
    QVERIFY(facts.gpuPeakPercent >= 44 && facts.gpuPeakPercent <= 47);
    // It began when the load did, not when it was found.
    QVERIFY(finding->since <= at(10));
    QVERIFY(finding->seen >= at(390));
}

void tst_AdviceRules::anUnusedGpuIsNamedWithItsProcess()
{
    Player player = played(
        300, [](Sample &sample, int, QRandomGenerator &) { sample.gpus[1].utilPercent = 0; }, 2);
    const Finding *finding = player.find(FindingKind::GpuUnused);
    QVERIFY(finding);
    QCOMPARE(finding->gpus, std::vector<int>{1});
    const auto &facts = std::get<GpuUnusedFacts>(finding->facts);
    QVERIFY(facts.holdsMemory);
    QVERIFY(*facts.heldMib > 18000 && *facts.heldMib < 18600);
    QCOMPARE(facts.process, QStringLiteral("python train.py --config resnet50.yaml"));
    QCOMPARE(facts.processId, 1234);
    QCOMPARE(finding->evidence.size(), std::size_t(2));
    QCOMPARE(finding->evidence[1].quantity, Quantity::GpuMemory);
    QCOMPARE(finding->evidence[1].gpu, 1);
}

void tst_AdviceRules::memoryThatNobodyHoldsIsNoReason()
{
    // Another tenant's, or the driver's own: no process of ours has the GPU open.
    const Load load = [](Sample &sample, int, QRandomGenerator &) {
        sample.gpus.front().utilPercent = 0;
        sample.gpus.front().memUsedMib = 700;
        sample.cpu.usedCores = 0.1;
        for (metrics::ProcessInfo &process : sample.processes)
            process.holdsGpu = false;
    };
    QVERIFY(played(500, load).begun.empty());
    // Where no process can be listed, the memory is all there is to go by.
    const Load blind = [&](Sample &sample, int second, QRandomGenerator &random) {
        load(sample, second, random);
        sample.processes.clear();
    };
    Player player = played(500, blind);
    const Finding *finding = player.find(FindingKind::GpuUnused);
    QVERIFY(finding);
    QVERIFY(!std::get<GpuUnusedFacts>(finding->facts).process);
}

void tst_AdviceRules::smallSharesGetNoWorkers()
{
    Player player = played(400, [](Sample &sample, int second, QRandomGenerator &) {
        sample.cpu.limitCores = 1;
        sample.cpu.usedCores = 0.6;
        sample.gpus.front().utilPercent = second % 6 < 3 ? 40 : 2;
    });
    const Finding *finding = player.find(FindingKind::DataLoading);
    QVERIFY(finding);
    QVERIFY(!std::get<LoadingFacts>(finding->facts).workers);
}

void tst_AdviceRules::eachDiskHasItsOwnKey()
{
    Player player = played(120, [](Sample &sample, int, QRandomGenerator &) {
        for (const int i : {0, 1}) {
            probe::DiskInfo &disk = sample.disks[std::size_t(i)];
            // Root's reserve: df says 95 % although 10 % are nobody's.
            disk.usedBytes = *disk.totalBytes * 86 / 100;
            disk.availableBytes = *disk.totalBytes * 45 / 1000;
        }
        sample.disks[2].inodesUsed = 199'000;
        // The same file system, mounted a second time.
        sample.disks.push_back(sample.disks[1]);
        sample.disks.back().mount = QStringLiteral("/mnt/again");
    });
    QStringList keys;
    for (const Finding &finding : player.advisor.findings())
        keys.append(finding.key);
    keys.sort();
    QCOMPARE(keys, (QStringList{QStringLiteral("disk-full:/"),
                                QStringLiteral("disk-full:/root/autodl-tmp"),
                                QStringLiteral("inodes-full:/root/autodl-fs")}));
    const auto &disk = std::get<DiskFacts>(player.find(FindingKind::DiskFull)->facts);
    QVERIFY(std::abs(disk.percent - 100 * 86 / 90.5) < 0.1);
    const auto &inodes = std::get<DiskFacts>(player.find(FindingKind::InodesFull)->facts);
    QCOMPARE(inodes.used, qint64(199'000));
    QCOMPARE(inodes.total, qint64(200'000));
    QCOMPARE(inodes.role, probe::DiskRole::Shared);
}

void tst_AdviceRules::aKillDuringALossIsFound()
{
    Player player = played(100, [](Sample &sample, int second, QRandomGenerator &) {
        sample.memory.oomKills = second < 50 ? 1 : 3;
        if (second >= 50) {
            sample.time += std::chrono::minutes(20); // the connection was lost for so long
            sample.host.uptimeSeconds = *sample.host.uptimeSeconds + 1200;
        }
    });
    const Finding *finding = player.find(FindingKind::OutOfMemory);
    QVERIFY(finding);
    const auto &facts = std::get<OutOfMemoryFacts>(finding->facts);
    QCOMPARE(facts.kills, qint64(2));
    QCOMPARE(facts.limitBytes, qint64(120) << 30);
    // Another instance behind the same address has a counter of its own.
    Player other = played(100, [](Sample &sample, int second, QRandomGenerator &) {
        sample.memory.oomKills = second < 50 ? 1 : 3;
        if (second >= 50)
            sample.host.hostname = QStringLiteral("autodl-container-other");
    });
    QVERIFY(other.begun.empty());
}

void tst_AdviceRules::theFasterDiskIsNamed()
{
    const Load load = [](Sample &sample, int, QRandomGenerator &random) {
        sample.gpus.front().utilPercent = std::round(25 + traces::noise(random, 4));
        sample.cpu.usedCores = 1;
        sample.processes.front().reads = {
            QStringLiteral("/root/miniconda3/lib/python3.12/x.so"),
            QStringLiteral("/root/autodl-tmp/notes.csv"),
            QStringLiteral("/root/autodl-fs/imagenet/n01440764/x.JPEG")};
    };
    Player player = played(300, load);
    const Finding *finding = player.find(FindingKind::SlowDisk);
    QVERIFY(finding);
    const auto &facts = std::get<SlowDiskFacts>(finding->facts);
    QCOMPARE(facts.mount, QStringLiteral("/root/autodl-fs"));
    QCOMPARE(facts.role, probe::DiskRole::Shared);
    QCOMPARE(facts.file, QStringLiteral("/root/autodl-fs/imagenet/n01440764/x.JPEG"));
    QCOMPARE(facts.fasterMount, QStringLiteral("/root/autodl-tmp"));
    // Where there is no other disk, the system's is not a slow one: too few workers it is.
    Player alone = played(300, [&](Sample &sample, int second, QRandomGenerator &random) {
        load(sample, second, random);
        sample.disks.resize(1);
    });
    QVERIFY(!alone.find(FindingKind::SlowDisk));
    QVERIFY(alone.find(FindingKind::GpuStarved));
}

void tst_AdviceRules::theCheapestCardThatWouldDoIsNamed()
{
    const Load load = [](Sample &sample, int, QRandomGenerator &random) {
        sample.gpus.front().utilPercent = 52 + traces::noise(random, 4);
        sample.gpus.front().memUsedMib = 7000;
    };
    Player player = played(3700, load, 1, traces::withCards());
    const Finding *finding = player.find(FindingKind::CheaperCard);
    QVERIFY(finding);
    const auto &facts = std::get<CheaperCardFacts>(finding->facts);
    QCOMPARE(facts.card, QStringLiteral("RTX 4070 Ti")); // not the 3080: too slow; not the dollars
    QCOMPARE(facts.perHour, (HourlyRate{9800, Currency::Cny}));
    QCOMPARE(facts.currentPerHour, (HourlyRate{19800, Currency::Cny}));
    QCOMPARE(facts.peakMemoryMib, 7000.0);
    QVERIFY(facts.peakLoadPercent > 54 && facts.peakLoadPercent <= 56);
    // 12 GB are too few for a run that held 14 GB once.
    Player once = played(
        3700,
        [&](Sample &sample, int second, QRandomGenerator &random) {
            load(sample, second, random);
            if (second == 900)
                sample.gpus.front().memUsedMib = 14000;
        },
        1, traces::withCards());
    const Finding *larger = once.find(FindingKind::CheaperCard);
    QVERIFY(larger);
    QCOMPARE(std::get<CheaperCardFacts>(larger->facts).card, QStringLiteral("RTX 4080 SUPER"));
    QVERIFY(played(3700, load).begun.empty()); // nothing is known of cards
}

void tst_AdviceRules::idleWaitsAsLongAsAsked()
{
    Options options;
    options.idleAfter = 20 * 60'000;
    const Load load = [](Sample &sample, int, QRandomGenerator &) {
        sample.gpus.front().utilPercent = 0;
        sample.gpus.front().memUsedMib = 1;
        sample.cpu.usedCores = 0.05;
        sample.processes.clear();
    };
    QVERIFY(played(1190, load, 1, options).begun.empty());
    Player player = played(1230, load, 1, options);
    const Finding *finding = player.find(FindingKind::Idle);
    QVERIFY(finding);
    QCOMPARE(std::get<IdleFacts>(finding->facts).minutes, 20);
    QVERIFY(!std::get<IdleFacts>(finding->facts).heldMib);
    QVERIFY(finding->since <= at(5));
}

void tst_AdviceRules::notAgainIsNotAgain()
{
    const Load load = [](Sample &sample, int, QRandomGenerator &) {
        sample.gpus.front().utilPercent = 0;
    };
    Player player(traces::withCards());
    player.advisor.setSilenced({QStringLiteral("gpu-unused")});
    QRandomGenerator random(1);
    for (int second = 0; second < 400; ++second) {
        Sample sample = traces::healthy(1, second, random);
        load(sample, second, random);
        if (second == 200) {
            QVERIFY(player.begun.empty());
            player.advisor.setSilenced({});
        }
        player.play(std::make_shared<const Sample>(sample));
    }
    QVERIFY(player.find(FindingKind::GpuUnused));
    player.advisor.setSilenced({QStringLiteral("gpu-unused")});
    QVERIFY(player.advisor.findings().empty());
}

void tst_AdviceRules::toBeginAgainTakesAWholeWindow()
{
    // Unused, at work for two minutes, unused again.
    Player player = played(1000, [](Sample &sample, int second, QRandomGenerator &) {
        if (second < 300 || second >= 420)
            sample.gpus.front().utilPercent = 0;
    });
    QCOMPARE(player.begun.size(), std::size_t(2));
    QCOMPARE(player.ended.size(), std::size_t(1));
    QVERIFY(player.ended[0].first < at(420));
    QVERIFY(player.begun[1].first >= at(540));
    QVERIFY(player.find(FindingKind::GpuUnused)->since >= at(419));
}

void tst_AdviceRules::aClockSetBackIsSurvived()
{
    Player player = played(1000, [](Sample &sample, int second, QRandomGenerator &) {
        if (second >= 300)
            sample.time -= std::chrono::minutes(4);
        sample.gpus.front().utilPercent = 0;
    });
    // What was said holds, and nothing was said twice.
    QCOMPARE(player.begun.size(), std::size_t(1));
    QVERIFY(player.find(FindingKind::GpuUnused));
}

QTEST_APPLESS_MAIN(tst_AdviceRules)
#include "tst_AdviceRules.moc"
