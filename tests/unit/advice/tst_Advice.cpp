// SPDX-License-Identifier: GPL-3.0-or-later
// Loads with known causes: what is said of them, when, and how often.
#include "core/advice/Thresholds.h"
#include "tests/support/Sanitizers.h"
#include "tests/unit/advice/Traces.h"

#include <QTest>

#include <cstdio>
#include <map>

using namespace core;
using namespace core::advice;
using traces::Cause;
using traces::Kinds;
using traces::Player;

namespace {

/// Written down apart from the rules: how much data each kind of finding must have behind it.
TimeMs windowOf(FindingKind kind)
{
    switch (kind) {
    case FindingKind::GpuUnused:
    case FindingKind::DataLoading:
    case FindingKind::CpuBound:
    case FindingKind::SlowDisk: return 120'000;
    case FindingKind::GpuStarved: return 180'000;
    case FindingKind::GpuMemoryFull:
    case FindingKind::MemoryFull: return 60'000;
    case FindingKind::DiskFull:
    case FindingKind::InodesFull: return 30'000;
    case FindingKind::HeatThrottled:
    case FindingKind::PowerThrottled: return 90'000;
    case FindingKind::CheaperCard: return 3600'000;
    case FindingKind::Idle: return 600'000;
    case FindingKind::OutOfMemory: return 1; // two readings of a counter
    }
    return 0;
}

constexpr FindingKind lastKind = FindingKind::Idle;

std::optional<FindingKind> kindOf(const QString &key)
{
    for (int i = 0; i <= int(lastKind); ++i) {
        const QLatin1StringView name = findingName(FindingKind(i));
        if (key == name || key.startsWith(name + u':'))
            return FindingKind(i);
    }
    return std::nullopt;
}

QByteArray words(const Kinds &kinds)
{
    QByteArray text;
    for (const FindingKind kind : kinds)
        text += (text.isEmpty() ? "" : ", ") + QByteArray(findingName(kind).data());
    return text.isEmpty() ? QByteArray("nothing") : text;
}

TimeMs timeOf(const metrics::SamplePtr &sample)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(sample->time.time_since_epoch())
        .count();
}

} // namespace

class tst_Advice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCauseIsFoundAndNothingElse();
    void nothingIsSaidBeforeItsWindowOfData();
    void aGapIsNoData();
    void aLoadAtTheThresholdDoesNotFlap_data();
    void aLoadAtTheThresholdDoesNotFlap();
    void aFindingEndsWhenItsCauseDoes_data();
    void aFindingEndsWhenItsCauseDoes();
    void nothingKnownForLongIsNothingSaid();
};

/// The confusion table: what was, against what was said.
void tst_Advice::everyCauseIsFoundAndNothingElse()
{
    std::map<QByteArray, std::map<QByteArray, int>> table;
    QStringList wrong;
    quint32 seed = 1000;
    for (const Cause &cause : traces::causes()) {
        for (const bool rough : {false, true}) {
            ++seed;
            if (support::isSanitized && !rough)
                continue;
            Player player(traces::withCards());
            player.play(traces::trace(cause, seed, rough));
            Kinds said;
            for (const auto &[time, key] : player.begun)
                said.insert(*kindOf(key));
            ++table[words(cause.expected)][words(said)];
            if (said != cause.expected)
                wrong.append(QStringLiteral("\"%1\"%2, seed %3: said %4")
                                 .arg(QLatin1StringView(cause.name),
                                      rough ? QStringLiteral(" (rough)") : QString())
                                 .arg(seed)
                                 .arg(QString::fromLatin1(words(said))));
            // Once found it stays found while its cause lasts, and is said once.
            if (player.begun.size() != cause.expected.size())
                wrong.append(QStringLiteral("\"%1\": %2 findings")
                                 .arg(QLatin1StringView(cause.name))
                                 .arg(player.begun.size()));
        }
    }
    std::printf("%-24s %-24s traces\n", "what was", "what was said");
    for (const auto &[was, row] : table) {
        for (const auto &[said, count] : row)
            std::printf("%-24s %-24s %6d%s\n", was.constData(), said.constData(), count,
                        was == said ? "" : "  <- wrong");
    }
    std::fflush(stdout);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    // Every kind of finding was among them.
    Kinds all;
    for (const Cause &cause : traces::causes())
        all.insert(cause.expected.begin(), cause.expected.end());
    QCOMPARE(all.size(), std::size_t(lastKind) + 1);
}

void tst_Advice::nothingIsSaidBeforeItsWindowOfData()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    int found = 0;
    for (const Cause &cause : traces::causes()) {
        if (cause.expected.empty() || cause.seconds > 900)
            continue;
        // We begin to look at any moment, at any pace.
        const auto whole = traces::trace(cause, random.generate(), random.bounded(2) == 1);
        const std::size_t first = random.bounded(quint32(whole.size() / 4));
        const std::size_t every = 1 + random.bounded(4U);
        Player player(traces::withCards());
        for (std::size_t i = first; i < whole.size(); i += every) {
            player.play(whole[i]);
            for (const auto &[time, key] : player.begun) {
                const TimeMs known = time - timeOf(whole[first]);
                QVERIFY2(known >= windowOf(*kindOf(key)),
                         qPrintable(QStringLiteral("%1: %2 after %3 ms")
                                        .arg(QLatin1StringView(cause.name), key)
                                        .arg(known)));
            }
        }
        found += int(player.begun.size());
    }
    QVERIFY(found > 20); // it did look at findings
}

void tst_Advice::aGapIsNoData()
{
    for (const Cause &cause : traces::causes()) {
        if (cause.expected.empty() || cause.expected.count(FindingKind::OutOfMemory) > 0 ||
            cause.seconds > 900)
            continue;
        TimeMs shortest = 600'000;
        for (const FindingKind kind : cause.expected)
            shortest = std::min(shortest, windowOf(kind));
        // Two thirds of a window, ten windows of nothing, and two thirds again.
        const int part = int(shortest * 2 / 3 / 1000);
        Player player;
        QRandomGenerator random(5);
        for (int second = 0; second < 2 * part; ++second) {
            // The trace's own time goes on, so that its cause is there from the beginning.
            metrics::Sample sample = traces::healthy(cause.gpus, 300 + second, random);
            cause.load(sample, 600 + second, random);
            if (second >= part)
                sample.time += std::chrono::milliseconds(10 * shortest);
            player.play(std::make_shared<const metrics::Sample>(sample));
            if (second == part)
                player.series.appendGap(timeOf(std::make_shared<const metrics::Sample>(sample)));
        }
        QVERIFY2(player.begun.empty(), cause.name);
    }
}

void tst_Advice::aLoadAtTheThresholdDoesNotFlap_data()
{
    QTest::addColumn<int>("which");
    const char *names[] = {"peaks at 50 %",
                           "CPU at its limit now and then",
                           "GPU memory at 95 %",
                           "memory at 90 %",
                           "disk at 90 %",
                           "heat now and then",
                           "GPU at 50 %, few cores used",
                           "idle at the threshold",
                           "unused now and then",
                           "slow disk seen now and then"};
    for (int i = 0; i < int(std::size(names)); ++i)
        QTest::newRow(names[i]) << i;
}

void tst_Advice::aLoadAtTheThresholdDoesNotFlap()
{
    QFETCH(int, which);
    using traces::noise;
    Player player;
    QRandomGenerator random(quint32(100 + which));
    double walk = 0; // a slow drift around the threshold, beside the noise
    for (int second = 0; second < support::unlessSanitized(3600, 900); ++second) {
        metrics::Sample sample = traces::healthy(1, second, random);
        probe::GpuInfo &gpu = sample.gpus.front();
        walk = std::clamp(walk + noise(random, 0.1), -1.0, 1.0);
        switch (which) {
        case 0:
            gpu.utilPercent = second % 8 < 4 ? 49 + walk + noise(random, 3) : 5;
            sample.cpu.usedCores = 6;
            break;
        case 1:
            gpu.utilPercent = 60;
            sample.cpu.usedCores = 16 * (0.93 + 0.02 * walk + noise(random, 0.03));
            break;
        case 2: gpu.memUsedMib = qint64((0.95 + 0.01 * walk + noise(random, 0.004)) * 24564); break;
        case 3:
            sample.memory.usedBytes = qint64((0.90 + 0.02 * walk + noise(random, 0.01)) *
                                             double(*sample.memory.limitBytes));
            sample.memory.cacheBytes = 0;
            break;
        case 4: {
            probe::DiskInfo &disk = sample.disks.front();
            disk.usedBytes =
                qint64((0.90 + 0.008 * walk + noise(random, 0.004)) * double(*disk.totalBytes));
            disk.availableBytes = *disk.totalBytes - *disk.usedBytes;
            break;
        }
        case 5: gpu.throttle->heat = random.bounded(4) != 0; break;
        case 6:
            gpu.utilPercent = 49 + 3 * walk + noise(random, 4);
            sample.cpu.usedCores = 7 + walk + noise(random, 0.5);
            break;
        case 7:
            gpu.utilPercent = 0;
            gpu.memUsedMib = 3;
            sample.processes.clear();
            sample.cpu.usedCores = 0.22 + 0.04 * walk + noise(random, 0.02);
            break;
        case 8: gpu.utilPercent = random.bounded(50) == 0 ? 4 + walk : 0; break;
        case 9:
            gpu.utilPercent = 30 + noise(random, 3);
            sample.cpu.usedCores = 1;
            if (second / 15 % 5 < 3)
                sample.processes.front().reads = {QStringLiteral("/root/autodl-fs/x.h5")};
            break;
        default: break;
        }
        player.play(std::make_shared<const metrics::Sample>(sample));
    }
    // In an hour at the worst possible place: it may change its mind once.
    QMap<QString, int> begun;
    for (const auto &[time, key] : player.begun)
        ++begun[key];
    for (auto it = begun.cbegin(); it != begun.cend(); ++it)
        QVERIFY2(it.value() <= 2, qPrintable(it.key() + u' ' + QString::number(it.value())));
}

void tst_Advice::aFindingEndsWhenItsCauseDoes_data()
{
    QTest::addColumn<QString>("cause");
    int nth = 0;
    for (const Cause &cause : traces::causes()) {
        if (nth++ % support::unlessSanitized(1, 3) == 0 && !cause.expected.empty() &&
            cause.expected.count(FindingKind::CheaperCard) == 0)
            QTest::newRow(cause.name) << QString::fromLatin1(cause.name);
    }
}

void tst_Advice::aFindingEndsWhenItsCauseDoes()
{
    QFETCH(QString, cause);
    const auto it =
        std::find_if(traces::causes().begin(), traces::causes().end(),
                     [&](const Cause &one) { return cause == QLatin1StringView(one.name); });
    Player player;
    QRandomGenerator random(3);
    const int good = 900;
    for (int second = 0; second < good + 1200; ++second) {
        metrics::Sample sample = traces::healthy(it->gpus, second, random);
        if (second < good)
            it->load(sample, second, random);
        player.play(std::make_shared<const metrics::Sample>(sample));
        if (second == good - 1)
            QVERIFY(!player.advisor.findings().empty());
    }
    QVERIFY2(player.advisor.findings().empty(),
             qPrintable(player.begun.empty() ? QString() : player.begun.back().second));
    QCOMPARE(player.ended.size(), player.begun.size());
    // A kill is told of for a while; all else ends within its window and the settling.
    for (const auto &[time, key] : player.ended) {
        const FindingKind kind = *kindOf(key);
        const TimeMs most =
            kind == FindingKind::OutOfMemory ? 10 * 60'000 + 180'000 : windowOf(kind) + 40'000;
        QVERIFY2(time - (traces::start + good * 1000) <= most, qPrintable(key));
    }
}

void tst_Advice::nothingKnownForLongIsNothingSaid()
{
    Player player;
    QRandomGenerator random(4);
    for (int second = 0; second < 900; ++second) {
        metrics::Sample sample = traces::healthy(1, second, random);
        if (second < 300) {
            sample.gpus.front().utilPercent = 0;
        } else {
            sample.gpus.front().utilPercent.reset(); // it may be at work by now
            sample.gpus.front().memUsedMib.reset();
        }
        player.play(std::make_shared<const metrics::Sample>(sample));
        if (second == 299 || second == 500)
            QVERIFY(player.find(FindingKind::GpuUnused));
    }
    QVERIFY(player.advisor.findings().empty());
}

QTEST_APPLESS_MAIN(tst_Advice)
#include "tst_Advice.moc"
