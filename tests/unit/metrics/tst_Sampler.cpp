// SPDX-License-Identifier: GPL-3.0-or-later
// The real script under the shells that instances have, and its output torn in every way.
#include "core/base/Clock.h"
#include "core/metrics/Sampler.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace core::metrics;

class tst_Sampler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsUnder_data();
    void runsUnder();
    void tellsWhatIsOpenToRead_data();
    void tellsWhatIsOpenToRead();
    void killsAreCountedInBothCgroups();
    void disksAndCacheAreTheContainers();
    void theReportsReasonsStayWithTheRows();
    void endsWithItsStdinAndLeavesNothing();
    void splitAnywhereGivesTheSame();
    void aTornFrameIsSkippedAndTheNextIsRead();
    void noiseInBetweenIsIgnored();
    void aCounterThatGoesBackGivesNoRate();

private:
    QByteArray capture(const QStringList &shell, int count, const QByteArray &smi);
    QTemporaryDir m_dir;
    QString m_cgroup; ///< "" = this system's
};

namespace {

const QByteArray goodSmi = R"(#!/bin/sh
case "$*" in
*-lms*) while :; do echo "0, GPU-1, NVIDIA GeForce RTX 4090, 550.90.07, 97, 18321, 24564, 64, 402.10, 450.00, 55, [N/A]"; sleep 0.2; done ;;
*) echo '<?xml version="1.0" ?><nvidia_smi_log><driver_version>550.90.07</driver_version><cuda_version>12.4</cuda_version>'
   echo '<attached_gpus>1</attached_gpus><gpu id="1"><product_name>NVIDIA GeForce RTX 4090</product_name><uuid>GPU-1</uuid></gpu></nvidia_smi_log>' ;;
esac
)";

QByteArray line(const QByteArray &kind, int id, const QByteArray &text)
{
    return "@danlu: " + kind + ' ' + QByteArray::number(id) + ' ' +
           QByteArray::number(text.size()) + ' ' + text + '\n';
}

QByteArray document(int id, const QByteArrayList &lines)
{
    QByteArray bytes;
    for (const QByteArray &one : lines)
        bytes += line("f", id, one);
    return bytes + "@danlu: f. " + QByteArray::number(id) + ' ' + QByteArray::number(lines.size()) +
           '\n';
}

QByteArray fast(int id, double uptime, qint64 usec)
{
    const QByteArrayList lines{"==> /proc/uptime <==",
                               QByteArray::number(uptime, 'f', 2) + " 1",
                               "==> /sys/fs/cgroup/cpu.max <==",
                               "400000 100000",
                               "==> /sys/fs/cgroup/cpu.stat <==",
                               "usage_usec " + QByteArray::number(usec),
                               "==> /sys/fs/cgroup/memory.max <==",
                               "2147483648",
                               "==> /sys/fs/cgroup/memory.current <==",
                               "1000000",
                               "==> /proc/net/dev <==",
                               "eth0: 100 0 0 0 0 0 0 0 200 0 0 0 0 0 0 0"};
    return document(id, lines);
}

std::size_t samplesIn(const QByteArray &bytes, int *lost = nullptr)
{
    const core::SystemClock clock;
    SampleAssembler assembler(clock);
    const std::size_t count = assembler.feed(bytes).size();
    if (lost)
        *lost = assembler.lostFrames();
    return count;
}

} // namespace

QByteArray tst_Sampler::capture(const QStringList &shell, int count, const QByteArray &smi)
{
    const QString path = m_dir.filePath(QStringLiteral("nvidia-smi"));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        file.write(smi);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DANLU_SMI"), path);
    if (!m_cgroup.isEmpty())
        environment.insert(QStringLiteral("DANLU_CGROUP"), m_cgroup);
    process.setProcessEnvironment(environment);
    process.start(shell.first(),
                  shell.sliced(1) + QStringList{QStringLiteral("-c"),
                                                QString::fromUtf8(samplerInput()),
                                                QStringLiteral("sampler"), QStringLiteral("300"),
                                                QString::number(count)});
    process.waitForFinished(20000);
    return process.readAllStandardOutput();
}

void tst_Sampler::runsUnder_data()
{
    QTest::addColumn<QStringList>("shell");
    QTest::newRow("dash") << QStringList{QStringLiteral("dash")};
    QTest::newRow("bash") << QStringList{QStringLiteral("bash")};
    QTest::newRow("busybox") << QStringList{QStringLiteral("busybox"), QStringLiteral("ash")};
}

void tst_Sampler::runsUnder()
{
    QFETCH(QStringList, shell);
    const QByteArray bytes = capture(shell, 8, goodSmi);
    const core::SystemClock clock;
    SampleAssembler assembler(clock);
    const auto samples = assembler.feed(bytes);
    QCOMPARE(samples.size(), std::size_t(8));
    QCOMPARE(assembler.lostFrames(), 0);
    const Sample &last = *samples.back();
    QVERIFY(last.host.hostname.has_value());
    QVERIFY(last.host.os.id.has_value());
    QVERIFY(last.cpu.limitCores.has_value());
    QVERIFY(last.cpu.usedCores.has_value());
    QVERIFY(last.memory.usedBytes > 0);
    QVERIFY(!last.disks.empty());
    QVERIFY(!last.processes.empty());
    QCOMPARE(last.gpus.size(), std::size_t(1));
    QCOMPARE(last.gpus[0].utilPercent, 97.0);
    QCOMPARE(last.driver, QStringLiteral("550.90.07"));
    QCOMPARE(last.cuda, QStringLiteral("12.4"));
    QCOMPARE(last.mode, Mode::Gpu);
    QVERIFY(!samples.front()->cpu.usedCores); // one reading is no rate
}

void tst_Sampler::tellsWhatIsOpenToRead_data()
{
    runsUnder_data();
}

void tst_Sampler::tellsWhatIsOpenToRead()
{
    QFETCH(QStringList, shell);
    const QString name = m_dir.filePath(QStringLiteral("data -> set 你好.h5"));
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(file.open(QIODevice::ReadOnly));
    QFile log(m_dir.filePath(QStringLiteral("run.log")));
    QVERIFY(log.open(QIODevice::WriteOnly)); // what is written is no data
    const QByteArray bytes = capture(shell, 2, goodSmi);
    if (bytes.count(" reads ") >= 200)
        QSKIP("this machine has too many files open to find ours among the first");
    const core::SystemClock clock;
    SampleAssembler assembler(clock);
    (void)assembler.feed(bytes);
    QVERIFY(bytes.contains(" reads " + QByteArray::number(QCoreApplication::applicationPid()) +
                           ' ' + name.toUtf8()));
    QVERIFY(!bytes.contains("run.log\n"));
}

void tst_Sampler::killsAreCountedInBothCgroups()
{
    const QByteArray v2 = "==> /sys/fs/cgroup/memory.max <==\n2147483648\n"
                          "==> /sys/fs/cgroup/memory.events <==\nlow 0\noom 9\noom_kill 2";
    const QByteArray v1 = "==> /sys/fs/cgroup/memory/memory.limit_in_bytes <==\n2147483648\n"
                          "==> /sys/fs/cgroup/memory/memory.oom_control <==\nunder_oom 0\n"
                          "oom_kill 3";
    const QByteArray old = "==> /sys/fs/cgroup/memory/memory.limit_in_bytes <==\n2147483648";
    const core::SystemClock clock;
    const auto sampleOf = [&](const QByteArray &files) {
        QByteArray bytes;
        const QByteArrayList lines = files.split('\n');
        for (const QByteArray &one : lines)
            bytes += line("f", 1, one);
        SampleAssembler assembler(clock);
        return assembler.feed(bytes + "@danlu: f. 1 " + QByteArray::number(lines.size()) + '\n')
            .front();
    };
    QCOMPARE(sampleOf(v2)->memory.oomKills, 2);
    QCOMPARE(sampleOf(v1)->memory.oomKills, 3);
    QVERIFY(!sampleOf(old)->memory.oomKills);
    QVERIFY(samplerInput().contains("memory.oom_control"));
}

void tst_Sampler::disksAndCacheAreTheContainers()
{
    m_cgroup = m_dir.filePath(QStringLiteral("cgroup"));
    QVERIFY(QDir().mkpath(m_cgroup));
    const auto write = [this](const char *name, const QByteArray &text) {
        QFile file(m_cgroup + u'/' + QLatin1StringView(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    };
    write("memory.max", "2147483648\n");
    write("memory.current", "1000000\n");
    write("memory.stat", "anon 1\ninactive_file 200000\nactive_file 300000\nfile 500000\n");
    write("io.stat", "8:0 rbytes=100 wbytes=20 rios=3 wios=1 dbytes=0 dios=0\n");
    const QByteArray bytes = capture({QStringLiteral("sh")}, 3, goodSmi);
    m_cgroup.clear();
    const core::SystemClock clock;
    SampleAssembler assembler(clock);
    const auto samples = assembler.feed(bytes);
    QCOMPARE(samples.size(), std::size_t(3));
    QCOMPARE(samples[2]->memory.usedBytes, 800000);
    QCOMPARE(samples[2]->memory.cacheBytes, 300000);
    QVERIFY(!samples[0]->diskBytesPerSecond); // one reading is no rate
    QCOMPARE(samples[2]->diskBytesPerSecond, 0.0);
    // And it is a rate: 5,000 bytes in two seconds.
    SampleAssembler another(clock);
    const auto fed =
        another.feed(document(1, {"==> /proc/uptime <==", "100.00 1",
                                  "==> /sys/fs/cgroup/io.stat <==", "8:0 rbytes=1000 wbytes=0",
                                  "==> /sys/fs/cgroup/cpu.max <==", "max 100000"}) +
                     document(2, {"==> /proc/uptime <==", "102.00 1",
                                  "==> /sys/fs/cgroup/io.stat <==", "8:0 rbytes=4000 wbytes=2000",
                                  "==> /sys/fs/cgroup/cpu.max <==", "max 100000"}));
    QCOMPARE(fed.size(), std::size_t(2));
    QCOMPARE(fed[1]->diskBytesPerSecond, 2500.0);
}

void tst_Sampler::theReportsReasonsStayWithTheRows()
{
    const QByteArray xml =
        "<nvidia_smi_log><driver_version>550.90.07</driver_version><gpu id=\"1\"><uuid>GPU-1</uuid>"
        "<clocks_event_reasons><clocks_event_reason_sw_thermal_slowdown>Active"
        "</clocks_event_reason_sw_thermal_slowdown></clocks_event_reasons>"
        "<temperature><gpu_temp_slow_threshold>95 C</gpu_temp_slow_threshold></temperature>"
        "</gpu></nvidia_smi_log>";
    const core::SystemClock clock;
    SampleAssembler assembler(clock);
    const auto samples = assembler.feed(
        line("x", 1, xml) + "@danlu: x. 1 1\n" +
        line("g", 1, "0, GPU-1, NVIDIA L20, 550.90.07, 97, 100, 49140, 64, 270.1, 275, 55, [N/A]") +
        fast(1, 101, 1000000));
    QCOMPARE(samples.size(), std::size_t(1));
    const core::probe::GpuInfo &gpu = samples[0]->gpus.at(0);
    QCOMPARE(gpu.utilPercent, 97.0); // of the row
    QVERIFY(gpu.throttle && gpu.throttle->heat);
    QCOMPARE(gpu.slowdownTempC, 95.0);
}

void tst_Sampler::endsWithItsStdinAndLeavesNothing()
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    (void)capture({QStringLiteral("dash")}, 1, goodSmi);
    environment.insert(QStringLiteral("DANLU_SMI"), m_dir.filePath(QStringLiteral("nvidia-smi")));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("sh"),
                  {QStringLiteral("-c"), QString::fromUtf8(samplerCommand({}))});
    QVERIFY(process.waitForStarted());
    process.write(samplerInput());
    QByteArray printed;
    QTRY_VERIFY_WITH_TIMEOUT((printed += process.readAllStandardOutput()).contains("@danlu: f. 2"),
                             15000);
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(10000));
    const auto left = [this] {
        QProcess list;
        list.start(QStringLiteral("pgrep"), {QStringLiteral("-f"), m_dir.path()});
        list.waitForFinished();
        return list.readAllStandardOutput();
    };
    QTRY_VERIFY_WITH_TIMEOUT(left().isEmpty(), 10000);
}

void tst_Sampler::splitAnywhereGivesTheSame()
{
    QByteArray bytes;
    for (int i = 1; i <= 3; ++i)
        bytes += fast(i, 100 + i, 1000000 * i);
    QCOMPARE(samplesIn(bytes), std::size_t(3));
    for (qsizetype at = 0; at <= bytes.size(); ++at) {
        const core::SystemClock clock;
        SampleAssembler assembler(clock);
        std::size_t count = assembler.feed(QByteArrayView(bytes).first(at)).size();
        const auto rest = assembler.feed(QByteArrayView(bytes).sliced(at));
        count += rest.size();
        QCOMPARE(count, std::size_t(3));
        QCOMPARE(assembler.lostFrames(), 0);
    }
}

void tst_Sampler::aTornFrameIsSkippedAndTheNextIsRead()
{
    const QByteArray first = fast(1, 101, 1000000);
    const QByteArray rest = fast(2, 102, 2000000) + fast(3, 103, 3000000);
    for (qsizetype at = 1; at < first.size(); ++at) {
        QByteArray torn = first;
        torn.remove(at, 1);
        int lost = 0;
        const std::size_t count = samplesIn(torn + rest, &lost);
        // One byte less is never read as a figure: the frame goes, the others stay. (Without its
        // last newline the first line of the next frame is lost with it.)
        QVERIFY2(count == 2 || (count == 1 && at == first.size() - 1) || (count == 3 && lost == 0),
                 qPrintable(QStringLiteral("at %1: %2").arg(at).arg(count)));
        if (count == 3)
            QVERIFY(at < 10 || first.mid(at - 1, 1) == "\n" || torn.contains("@danlu"));
    }
}

void tst_Sampler::noiseInBetweenIsIgnored()
{
    QByteArray noisy = "\x1b[32mWelcome\x1b[0m\n";
    for (const QByteArray &one : fast(1, 101, 1000000).split('\n'))
        noisy += "wall: hello" + one + "\nanother line\n";
    QCOMPARE(samplesIn(noisy), std::size_t(1));
}

void tst_Sampler::aCounterThatGoesBackGivesNoRate()
{
    const core::SystemClock clock;
    SampleAssembler assembler(clock);
    const auto samples = assembler.feed(fast(1, 101, 5000000) + fast(2, 102, 7000000) +
                                        fast(3, 103, 10) + fast(4, 104, 1000010));
    QCOMPARE(samples.size(), std::size_t(4));
    QVERIFY(!samples[0]->cpu.usedCores);
    QVERIFY(std::abs(*samples[1]->cpu.usedCores - 2.0) < 1e-9);
    QVERIFY(!samples[2]->cpu.usedCores);
    QVERIFY(std::abs(*samples[3]->cpu.usedCores - 1.0) < 1e-9);
    QCOMPARE(samples[1]->cpu.limitCores, 4.0);
    QCOMPARE(samples[1]->memory.source, Source::Cgroup2);
}

QTEST_GUILESS_MAIN(tst_Sampler)
#include "tst_Sampler.moc"
