// SPDX-License-Identifier: GPL-3.0-or-later
// What is made of nvidia-smi that hangs, fails, stops in the middle or comes back as another.
#include "core/base/Clock.h"
#include "core/metrics/SampleBuilder.h"
#include "core/metrics/Sampler.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <memory>

using namespace core::metrics;
using core::probe::GpuInfo;
using core::probe::SmiFailure;

namespace {

QByteArray gpuXml(int gpu)
{
    const QByteArray number = QByteArray::number(gpu);
    return "<gpu id=\"" + number + "\"><uuid>GPU-" + number +
           "</uuid><utilization><gpu_util>50 %</gpu_util></utilization></gpu>";
}

QByteArray reportXml(int gpus)
{
    QByteArray xml = "<nvidia_smi_log><driver_version>550.90.07</driver_version>";
    for (int gpu = 0; gpu < gpus; ++gpu)
        xml += gpuXml(gpu);
    return xml + "</nvidia_smi_log>";
}

QByteArray row(int gpu, int util)
{
    const QByteArray number = QByteArray::number(gpu);
    return number + ", GPU-" + number + ", NVIDIA L20, 550.90.07, " + QByteArray::number(util) +
           ", 100, 49140, 64, 270.1, 275, 55, [N/A]";
}

Sample sampleAt(SampleBuilder &builder, double seconds)
{
    return builder.takeFast({"==> /proc/uptime <==", QByteArray::number(seconds) + " 1"}, seconds,
                            {});
}

} // namespace

class tst_SamplerGpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsThatStopAreTimedOutThoughTheReportIsFresh();
    void aDriverWithoutRowsIsNotTimedOut();
    void eachCardGoesBlankByItself();
    void nothingOldIsLeftAfterAReset();
    void aCutReportGivesItsWholeCards();
    void theNarrowestErrorStays();
    void aWarningBetweenRowsIsNoError();
    void aHangingSmiIsStartedAnew();
    void oneControllerWithoutLinksIsRead();
    void theNearestLimitHolds_data();
    void theNearestLimitHolds();
};

void tst_SamplerGpus::rowsThatStopAreTimedOutThoughTheReportIsFresh()
{
    SampleBuilder builder;
    builder.takeGpuReport(reportXml(1), 100);
    builder.takeGpuRow(row(0, 97), true, 100);
    QVERIFY(!sampleAt(builder, 101).smiError);
    for (int second = 102; second < 114; ++second)
        (void)sampleAt(builder, second);
    builder.takeGpuReport(reportXml(1), 113);
    const Sample late = sampleAt(builder, 114);
    QVERIFY(late.smiError);
    QCOMPARE(late.smiError->failure, SmiFailure::TimedOut);
    QCOMPARE(late.gpus.size(), std::size_t(1));
    QCOMPARE(late.mode, Mode::Gpu);
    builder.takeGpuRow(row(0, 12), true, 115);
    const Sample again = sampleAt(builder, 115);
    QVERIFY(!again.smiError);
    QCOMPARE(again.gpus.at(0).utilPercent, 12.0);
}

void tst_SamplerGpus::aDriverWithoutRowsIsNotTimedOut()
{
    SampleBuilder builder;
    (void)sampleAt(builder, 100);
    builder.takeGpuRow("Option \"-lms\" is not recognized. Please run 'nvidia-smi -h'.", true, 101);
    builder.takeGpuReport(reportXml(1), 130);
    const Sample sample = sampleAt(builder, 131);
    QVERIFY(!sample.smiError);
    QCOMPARE(sample.gpus.at(0).utilPercent, 50.0);
}

void tst_SamplerGpus::eachCardGoesBlankByItself()
{
    SampleBuilder builder;
    builder.takeGpuReport(reportXml(2), 100);
    builder.takeGpuRow(row(0, 97), true, 100);
    builder.takeGpuRow(row(1, 98), true, 100);
    builder.takeGpuRow(row(0, 90), true, 110);
    const Sample sample = sampleAt(builder, 110);
    QCOMPARE(sample.gpus.size(), std::size_t(2));
    QCOMPARE(sample.gpus[0].utilPercent, 90.0);
    QVERIFY(!sample.gpus[1].utilPercent);
    QCOMPARE(sample.gpus[1].uuid, QStringLiteral("GPU-1"));
}

void tst_SamplerGpus::nothingOldIsLeftAfterAReset()
{
    SampleBuilder builder;
    builder.takeGpuReport(reportXml(2), 100);
    builder.takeGpuRow(row(0, 97), true, 100);
    QCOMPARE(sampleAt(builder, 101).gpus.size(), std::size_t(2));
    builder.resetRates();
    const Sample first = sampleAt(builder, 103);
    QVERIFY(first.gpus.empty());
    QVERIFY(!first.driver);
    QVERIFY(!first.smiError);
}

void tst_SamplerGpus::aCutReportGivesItsWholeCards()
{
    SampleBuilder builder;
    const QByteArray whole = reportXml(2);
    builder.takeGpuReport(whole.first(whole.lastIndexOf("<utilization>")), 100);
    Sample sample = sampleAt(builder, 101);
    QCOMPARE(sample.gpus.size(), std::size_t(1));
    QCOMPARE(sample.gpus[0].uuid, QStringLiteral("GPU-0"));
    builder.takeGpuReport(whole, 110);
    builder.takeGpuReport(whole.first(whole.lastIndexOf("<utilization>")), 125);
    sample = sampleAt(builder, 126);
    QCOMPARE(sample.gpus.size(), std::size_t(2)); // what was known of the other stays
}

void tst_SamplerGpus::theNarrowestErrorStays()
{
    SampleBuilder builder;
    builder.takeGpuRow("Failed to initialize NVML: Driver/library version mismatch", true, 100);
    builder.takeGpuRow("NVML library version: 535.183", true, 100.01);
    Sample sample = sampleAt(builder, 101);
    QVERIFY(sample.smiError);
    QCOMPARE(sample.smiError->failure, SmiFailure::VersionMismatch);
    // A later message is another one.
    builder.takeGpuRow("Failed to initialize NVML: Unknown Error", true, 110);
    sample = sampleAt(builder, 111);
    QCOMPARE(sample.smiError->failure, SmiFailure::NvmlError);
}

void tst_SamplerGpus::aWarningBetweenRowsIsNoError()
{
    SampleBuilder builder;
    builder.takeGpuRow(row(0, 97), true, 100);
    builder.takeGpuRow("WARNING: infoROM is corrupted at gpu 0000:01:00.0", true, 100.5);
    const Sample sample = sampleAt(builder, 101);
    QVERIFY(!sample.smiError);
    QCOMPARE(sample.gpus.at(0).utilPercent, 97.0);
}

/// Under each shell: three rows, then nothing; the next one that is started prints on.
void tst_SamplerGpus::aHangingSmiIsStartedAnew()
{
    const QByteArray smi = R"(#!/bin/sh
case "$*" in
*-lms*)
    util=97
    [ ! -e "$0.hung" ] || util=12
    for i in 1 2 3; do echo "0, GPU-1, NVIDIA L20, 550.90.07, $util, 1, 2, 3, 4, 5, 6, [N/A]"; sleep 0.1; done
    [ ! -e "$0.hung" ] || exit 0
    : >"$0.hung"
    exec sleep 1000 ;;
esac
)";
    struct Run
    {
        QTemporaryDir dir;
        QProcess process;
        QByteArray printed;
    };
    const std::array<QStringList, 3> shells{
        QStringList{QStringLiteral("dash")}, QStringList{QStringLiteral("bash")},
        QStringList{QStringLiteral("busybox"), QStringLiteral("ash")}};
    std::array<std::unique_ptr<Run>, 3> runs;
    for (std::size_t i = 0; i < shells.size(); ++i) {
        runs[i] = std::make_unique<Run>();
        const QString path = runs[i]->dir.filePath(QStringLiteral("nvidia-smi"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(smi);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DANLU_SMI"), path);
        runs[i]->process.setProcessEnvironment(environment);
        runs[i]->process.start(
            shells[i].first(),
            shells[i].sliced(1) +
                QStringList{QStringLiteral("-c"), QString::fromUtf8(samplerInput()),
                            QStringLiteral("sampler"), QStringLiteral("500"), QStringLiteral("0")});
        QVERIFY(runs[i]->process.waitForStarted());
    }
    for (const auto &run : runs) {
        QTRY_VERIFY_WITH_TIMEOUT(
            (run->printed += run->process.readAllStandardOutput()).contains("550.90.07, 12, "),
            25000);
        QCOMPARE(run->printed.count("550.90.07, 97, "), 3);
    }
    for (const auto &run : runs) {
        run->process.closeWriteChannel();
        QVERIFY(run->process.waitForFinished(10000));
    }
}

void tst_SamplerGpus::oneControllerWithoutLinksIsRead()
{
    QTemporaryDir group;
    QDir(group.path()).mkpath(QStringLiteral("cpu,cpuacct"));
    const auto put = [&](const char *name, const QByteArray &text) {
        QFile file(group.filePath(QStringLiteral("cpu,cpuacct/") + QLatin1StringView(name)));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(put("cpu.cfs_quota_us", "150000\n"));
    QVERIFY(put("cpu.cfs_period_us", "100000\n"));
    QVERIFY(put("cpuacct.usage", "5000000\n"));
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DANLU_CGROUP"), group.path());
    environment.insert(QStringLiteral("DANLU_SMI"), QString());
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("sh"),
                  {QStringLiteral("-c"), QString::fromUtf8(samplerInput()),
                   QStringLiteral("sampler"), QStringLiteral("300"), QStringLiteral("2")});
    QVERIFY(process.waitForFinished(20000));
    const core::SystemClock clock;
    SampleAssembler assembler(clock);
    const auto samples = assembler.feed(process.readAllStandardOutput());
    QCOMPARE(samples.size(), std::size_t(2));
    QCOMPARE(samples[1]->cpu.limitCores, 1.5);
    QCOMPARE(samples[1]->cpu.source, Source::Cgroup1);
    QVERIFY(samples[1]->cpu.usedCores.has_value());
}

void tst_SamplerGpus::theNearestLimitHolds_data()
{
    using Files = QList<std::pair<QString, QByteArray>>;
    QTest::addColumn<QByteArray>("own"); // /proc/self/cgroup
    QTest::addColumn<QList<std::pair<QString, QByteArray>>>("files");
    QTest::addColumn<double>("cores");
    QTest::addColumn<qint64>("memory");
    const auto file = [](const char *path, const char *text) {
        return std::pair(QString::fromLatin1(path), QByteArray(text) + '\n');
    };
    const QByteArray slice("0::/user.slice/user-1000.slice/session-3.scope\n");
    const Files user{file("user.slice/user-1000.slice/session-3.scope/cpu.max", "max 100000"),
                     file("user.slice/user-1000.slice/session-3.scope/memory.max", "max"),
                     file("user.slice/user-1000.slice/cpu.max", "25000 10000"),
                     file("user.slice/user-1000.slice/cpu.stat", "usage_usec 5000000"),
                     file("user.slice/user-1000.slice/memory.max", "1073741824"),
                     file("user.slice/user-1000.slice/memory.current", "1048576"),
                     file("user.slice/cpu.max", "100000 100000"),
                     file("user.slice/memory.max", "2147483648"),
                     file("cpu.stat", "usage_usec 1")};
    QTest::newRow("a user's slice") << slice << user << 2.5 << qint64(1073741824);
    QTest::newRow("memory.high alone")
        << slice
        << Files{file("user.slice/user-1000.slice/cpu.max", "100000 100000"),
                 file("user.slice/user-1000.slice/memory.max", "max"),
                 file("user.slice/user-1000.slice/memory.high", "134217728"),
                 file("user.slice/user-1000.slice/memory.current", "1048576")}
        << 1.0 << qint64(134217728);
    QTest::newRow("a container's own view")
        << QByteArray("0::/\n")
        << Files{file("cpu.max", "150000 100000"), file("memory.max", "134217728"),
                 file("memory.current", "1048576")}
        << 1.5 << qint64(134217728);
    QTest::newRow("outside of its view")
        << QByteArray("0::/../../else\n")
        << Files{file("cpu.max", "150000 100000"), file("memory.max", "134217728"),
                 file("memory.current", "1048576")}
        << 1.5 << qint64(134217728);
    const QByteArray job("9:cpu,cpuacct:/slurm/uid_1/job_2/step_0\n"
                         "4:memory:/slurm/uid_1/job_2/step_0\n"
                         "3:cpuset:/slurm/uid_1/job_2/step_0\n0::/init.scope\n");
    QTest::newRow("a job of Slurm")
        << job
        << Files{file("cpu,cpuacct/cpu.cfs_quota_us", "-1"),
                 file("cpu,cpuacct/slurm/uid_1/job_2/cpu.cfs_quota_us", "50000"),
                 file("cpu,cpuacct/slurm/uid_1/job_2/cpu.cfs_period_us", "100000"),
                 file("cpu,cpuacct/slurm/uid_1/job_2/cpuacct.usage", "5000000"),
                 file("memory/slurm/uid_1/job_2/step_0/memory.limit_in_bytes",
                      "9223372036854771712"),
                 file("memory/slurm/uid_1/job_2/memory.limit_in_bytes", "268435456"),
                 file("memory/slurm/uid_1/job_2/memory.usage_in_bytes", "1048576")}
        << 0.5 << qint64(268435456);
    QTest::newRow("Docker with v1 shows its own in the place of all")
        << QByteArray("4:memory:/docker/ab12\n9:cpu,cpuacct:/docker/ab12\n")
        << Files{file("cpu,cpuacct/cpu.cfs_quota_us", "50000"),
                 file("cpu,cpuacct/cpu.cfs_period_us", "100000"),
                 file("memory/memory.limit_in_bytes", "268435456"),
                 file("memory/memory.usage_in_bytes", "1048576")}
        << 0.5 << qint64(268435456);
}

void tst_SamplerGpus::theNearestLimitHolds()
{
    QFETCH(QByteArray, own);
    using Files = QList<std::pair<QString, QByteArray>>;
    QFETCH(Files, files);
    QTemporaryDir place;
    const auto put = [&](const QString &path, const QByteArray &text) {
        QDir(place.path()).mkpath(QFileInfo(path).path());
        QFile file(place.filePath(path));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    for (const auto &[path, text] : files)
        QVERIFY(put(QStringLiteral("cg/") + path, text));
    QVERIFY(put(QStringLiteral("proc/self/cgroup"), own));
    for (const char *real : {"uptime", "net", "stat", "meminfo", "sys", "1"})
        QVERIFY(QFile::link(QStringLiteral("/proc/") + QLatin1StringView(real),
                            place.filePath(QStringLiteral("proc/") + QLatin1StringView(real))));
    for (const QStringList &shell :
         {QStringList{QStringLiteral("dash")}, QStringList{QStringLiteral("bash")},
          QStringList{QStringLiteral("busybox"), QStringLiteral("ash")}}) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DANLU_CGROUP"), place.filePath(QStringLiteral("cg")));
        environment.insert(QStringLiteral("DANLU_PROC"), place.filePath(QStringLiteral("proc")));
        environment.insert(QStringLiteral("DANLU_SMI"), QString());
        process.setProcessEnvironment(environment);
        process.start(shell.first(),
                      shell.sliced(1) + QStringList{QStringLiteral("-c"),
                                                    QString::fromUtf8(samplerInput()),
                                                    QStringLiteral("sampler"),
                                                    QStringLiteral("100"), QStringLiteral("1")});
        QVERIFY(process.waitForFinished(20000));
        const core::SystemClock clock;
        SampleAssembler assembler(clock);
        const auto samples = assembler.feed(process.readAllStandardOutput());
        QVERIFY2(samples.size() == 1, process.readAllStandardError().constData());
        QTEST(*samples[0]->cpu.limitCores, "cores");
        QVERIFY(samples[0]->cpu.source != Source::Host);
        QVERIFY(samples[0]->memory.source != Source::Host);
        QTEST(*samples[0]->memory.limitBytes, "memory");
        QCOMPARE(samples[0]->memory.usedBytes, qint64(1048576));
    }
}

QTEST_GUILESS_MAIN(tst_SamplerGpus)
#include "tst_SamplerGpus.moc"
