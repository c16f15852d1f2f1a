// SPDX-License-Identifier: GPL-3.0-or-later
// Running times, recorded from the simulated instance.
#include "core/base/Clock.h"
#include "core/cost/CostReport.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/RunMarks.h"
#include "core/fleet/RunRecorder.h"
#include "core/history/RunStore.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QSignalSpy>
#include <QTest>

using namespace core;
using fleet::Instance;

class tst_RunRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pricesComeFromProfileAndProvider();
    void samplesBecomeMarks();
    void runningIsRecordedAndGoneOnWith();

private:
    SystemClock m_clock;
};

void tst_RunRecorder::pricesComeFromProfileAndProvider()
{
    profiles::Profile profile;
    QCOMPARE(fleet::ratesOf(profile), cost::Rates());
    profile.price = profiles::Price{19800, QStringLiteral("CNY")};
    profile.provider = QStringLiteral("autodl");
    QCOMPARE(fleet::ratesOf(profile).perHour, (HourlyRate{19800, Currency::Cny}));
    QCOMPARE(fleet::ratesOf(profile).noGpuPerHour, (HourlyRate{1000, Currency::Cny}));
    profile.provider = QStringLiteral("vast");
    profile.price->currency = QStringLiteral("usd");
    QCOMPARE(fleet::ratesOf(profile).perHour, (HourlyRate{19800, Currency::Usd}));
    QVERIFY(!fleet::ratesOf(profile).noGpuPerHour);
    profile.price->currency = QStringLiteral("EUR"); // not as yuan
    QVERIFY(!fleet::ratesOf(profile).perHour);
    profile.price = profiles::Price{-1, QStringLiteral("CNY")};
    QVERIFY(!fleet::ratesOf(profile).perHour);
}

void tst_RunRecorder::samplesBecomeMarks()
{
    metrics::Sample sample;
    sample.time = std::chrono::system_clock::time_point(std::chrono::milliseconds(1234567));
    cost::Mark mark = fleet::markOf(sample);
    QCOMPARE(mark.time, 1234567);
    QVERIFY(!mark.uptime && !mark.noGpu);
    sample.host.uptimeSeconds = 60;
    sample.mode = metrics::Mode::Gpu;
    for (const std::optional<double> load :
         {std::optional(97.0), std::optional(4.9), std::optional(5.0), std::optional<double>()}) {
        probe::GpuInfo gpu;
        gpu.name = QStringLiteral("NVIDIA L20");
        gpu.utilPercent = load;
        sample.gpus.push_back(gpu);
    }
    mark = fleet::markOf(sample);
    QCOMPARE(mark.uptime, 60'000);
    QCOMPARE(mark.noGpu, false);
    QCOMPARE(mark.card, QStringLiteral("NVIDIA L20"));
    QCOMPARE(mark.gpus, 4);
    QCOMPARE(mark.idleGpus, 1); // an unknown load is no waste
    sample.mode = metrics::Mode::NoGpu;
    QCOMPARE(fleet::markOf(sample).noGpu, true);
}

void tst_RunRecorder::runningIsRecordedAndGoneOnWith()
{
    NEED_SSHD();
    support::Rig rig;
    QCOMPARE(rig.start({QStringLiteral("--gpus"), QStringLiteral("2")}), QString());
    QTemporaryDir dir;
    profiles::ProfileStore profiles(dir.path());
    QVERIFY(profiles.load());
    secrets::SessionStore secrets;
    profiles::Profile profile;
    profile.name = QStringLiteral("box");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = rig.port();
    profile.price = profiles::Price{36'000'000, QStringLiteral("CNY")};
    profile.trustedKeys.push_back({rig.hostKey().type, rig.hostKey().blob});
    profile = *profiles.add(profile);
    const QString file = dir.filePath(QStringLiteral("runs.db"));
    const auto running = [](const std::vector<cost::RunSlice> &slices) {
        return cost::costReport(slices, {0, std::numeric_limits<qint64>::max()}).all.running;
    };
    cost::TimeMs before = 0;
    for (const bool again : {false, true}) {
        history::RunStore store;
        fleet::Fleet fleet({profiles, secrets, m_clock});
        fleet::RunRecorder recorder(fleet, m_clock);
        recorder.setStore(&store);
        QSignalSpy loaded(&recorder, &fleet::RunRecorder::loaded);
        store.open(file);
        QVERIFY(loaded.wait());
        QCOMPARE(running(recorder.slices()), before);
        QCOMPARE(recorder.lastOn(profile.id).has_value(), again);
        Instance *instance = fleet.byId(profile.id);
        instance->offerSecret(SecretBytes(rig.text("password").toUtf8()), false);
        instance->connectNow();
        QTRY_VERIFY_WITH_TIMEOUT(instance->sample() && !instance->sample()->gpus.empty(), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(running(recorder.slices()) > before + 2000, 20000);
        // All since the container's start, also what nobody watched.
        const auto all = recorder.slices();
        const qint64 uptime = *instance->sample()->host.uptimeSeconds;
        QVERIFY(qAbs(running(all) / 1000 - uptime) <= 3);
        QCOMPARE(all.back().card, QStringLiteral("NVIDIA GeForce RTX 4090"));
        QCOMPARE(all.back().gpus, 2);
        QCOMPARE(all.back().perHour, (HourlyRate{36'000'000, Currency::Cny}));
        recorder.setSaid({QStringLiteral("day:2026-11-26:80")});
        before = running(recorder.slices());
    }
    // What was said stays said.
    history::RunHistory history;
    QVERIFY(history.open(file));
    QCOMPARE(history.said()->size(), 1);
    QCOMPARE(running(*history.load(0, std::numeric_limits<qint64>::max())), before);
}

QTEST_GUILESS_MAIN(tst_RunRecorder)
#include "tst_RunRecorder.moc"
