// SPDX-License-Identifier: GPL-3.0-or-later
// The project's own fixtures: what real tools print, reconstructed, whole and damaged.
#include "core/probe/NvidiaSmi.h"
#include "core/probe/SystemInfo.h"

#include <QRandomGenerator>
#include <QTest>

using namespace core::probe;

namespace {

// Driver 570 and later: no power_draw any more; minor numbers that differ from the index.
const QByteArray xml570(R"(<?xml version="1.0" ?>
<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
<nvidia_smi_log>
	<timestamp>Mon Nov 23 12:00:00 2026</timestamp>
	<driver_version>575.57.08</driver_version>
	<cuda_version>12.9</cuda_version>
	<attached_gpus>2</attached_gpus>
	<gpu id="00000000:01:00.0">
		<product_name>NVIDIA GeForce RTX 4090</product_name>
		<mig_mode><current_mig>N/A</current_mig></mig_mode>
		<uuid>GPU-aaaa</uuid>
		<minor_number>1</minor_number>
		<fan_speed>55 %</fan_speed>
		<fb_memory_usage><total>24564 MiB</total><reserved>300 MiB</reserved><used>18321 MiB</used></fb_memory_usage>
		<utilization><gpu_util>97 %</gpu_util></utilization>
		<temperature><gpu_temp>64 C</gpu_temp></temperature>
		<gpu_power_readings>
			<power_state>Requested functionality has been deprecated</power_state>
			<average_power_draw>400.00 W</average_power_draw>
			<instant_power_draw>402.13 W</instant_power_draw>
			<current_power_limit>450.00 W</current_power_limit>
		</gpu_power_readings>
		<module_power_readings>
			<instant_power_draw>N/A</instant_power_draw>
			<current_power_limit>N/A</current_power_limit>
		</module_power_readings>
		<processes>
			<process_info><pid>281234</pid><type>C</type><process_name>python &amp; friends</process_name><used_memory>18300 MiB</used_memory></process_info>
			<process_info><pid>281235</pid><type>G</type><process_name>[Not Found]</process_name><used_memory>N/A</used_memory></process_info>
		</processes>
	</gpu>
	<gpu id="00000000:41:00.0">
		<product_name>NVIDIA GeForce RTX 4090</product_name>
		<uuid>GPU-bbbb</uuid>
		<minor_number>0</minor_number>
		<fan_speed>ERR!</fan_speed>
		<fb_memory_usage><total>24564 MiB</total><used>N/A</used></fb_memory_usage>
		<utilization><gpu_util>[Unknown Error]</gpu_util></utilization>
		<temperature><gpu_temp>[N/A]</gpu_temp></temperature>
		<gpu_power_readings><instant_power_draw>[Not Supported]</instant_power_draw></gpu_power_readings>
		<processes></processes>
	</gpu>
</nvidia_smi_log>
)");

} // namespace

class tst_Probe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void driver570IsRead();
    void absentFiguresStayAbsent();
    void throttleReasonsAreRead_data();
    void throttleReasonsAreRead();
    void aBannerInFrontIsSkipped();
    void aReportCutAnywhereIsPartialAndNeverWrong();
    void csvColumnsGoByName();
    void csvOfALoopKeepsTheLastRound();
    void csvWithoutHeaderUsesTheQuery();
    void csvWithoutHeaderNeverGuesses();
    void dfSpeaksManyForms_data();
    void dfSpeaksManyForms();
    void dfJoinsInodes();
    void dfOutputWithBytesAndInodes();
    void dfHugeSizesAreUnknownNotWrapped();
    void osReleaseUndoesShellQuoting();
    void cgroupLimits_data();
    void cgroupLimits();
    void cgroupCacheAndDisks();
    void netDevLeavesLoopbackOut();
    void rubbishNeverCrashes();
};

void tst_Probe::driver570IsRead()
{
    const auto report = parseNvidiaSmiXml(xml570);
    QVERIFY(report);
    QVERIFY(!report->truncated);
    QCOMPARE(report->driver, QStringLiteral("575.57.08"));
    QCOMPARE(report->cuda, QStringLiteral("12.9"));
    QCOMPARE(report->gpus.size(), std::size_t(2));
    const GpuInfo &gpu = report->gpus[0];
    QCOMPARE(gpu.index, 0); // the order, not the minor number
    QCOMPARE(gpu.powerW, 402.13);
    QCOMPARE(gpu.powerLimitW, 450.0);
    QCOMPARE(gpu.memUsedMib, 18321);
    QCOMPARE(gpu.processes.size(), std::size_t(2));
    QCOMPARE(gpu.processes[0].name, QStringLiteral("python & friends"));
    QVERIFY(!gpu.processes[1].usedMib);
    QVERIFY(!gpu.processes[1].name);
}

void tst_Probe::absentFiguresStayAbsent()
{
    const auto report = parseNvidiaSmiXml(xml570);
    QVERIFY(report);
    const GpuInfo &gpu = report->gpus[1];
    QVERIFY(!gpu.utilPercent);
    QVERIFY(!gpu.memUsedMib);
    QVERIFY(!gpu.tempC);
    QVERIFY(!gpu.powerW);
    QVERIFY(!gpu.powerLimitW);
    QVERIFY(!gpu.fanPercent);
    QCOMPARE(gpu.mig, false);
}

void tst_Probe::throttleReasonsAreRead_data()
{
    QTest::addColumn<QByteArray>("reasons");
    QTest::addColumn<bool>("known");
    QTest::addColumn<bool>("heat");
    QTest::addColumn<bool>("powerCap");
    QTest::addColumn<bool>("powerBrake");
    QTest::addColumn<bool>("hardware");
    // The element and its children are named so from driver 535 on.
    const auto events = [](const QByteArray &active) {
        QByteArray xml = "<clocks_event_reasons>";
        for (const char *reason : {"gpu_idle", "sw_power_cap", "hw_slowdown", "hw_thermal_slowdown",
                                   "hw_power_brake_slowdown", "sw_thermal_slowdown"}) {
            const QByteArray name = QByteArray("clocks_event_reason_") + reason;
            xml += '<' + name + '>' + (active.contains(reason) ? "Active" : "Not Active") + "</" +
                   name + '>';
        }
        return xml + "</clocks_event_reasons>";
    };
    QByteArray before535 = events("sw_thermal_slowdown");
    before535.replace("_event_", "_throttle_");
    QTest::newRow("nothing") << events("gpu_idle") << true << false << false << false << false;
    QTest::newRow("software, hot")
        << events("sw_thermal_slowdown") << true << true << false << false << false;
    QTest::newRow("hardware, hot")
        << events("hw_slowdown hw_thermal_slowdown") << true << true << false << false << true;
    QTest::newRow("power limit") << events("sw_power_cap") << true << false << true << false
                                 << false;
    QTest::newRow("power brake") << events("hw_slowdown hw_power_brake_slowdown") << true << false
                                 << false << true << true;
    QTest::newRow("before 535") << before535 << true << true << false << false << false;
    QTest::newRow("352: slowdown only")
        << QByteArray("<clocks_throttle_reasons><clocks_throttle_reason_hw_slowdown>Active"
                      "</clocks_throttle_reason_hw_slowdown></clocks_throttle_reasons>")
        << true << false << false << false << true;
    QTest::newRow("not told") << QByteArray("<clocks_event_reasons>N/A</clocks_event_reasons>")
                              << false << false << false << false << false;
    QTest::newRow("each not told")
        << QByteArray("<clocks_throttle_reasons><clocks_throttle_reason_hw_slowdown>N/A"
                      "</clocks_throttle_reason_hw_slowdown></clocks_throttle_reasons>")
        << false << false << false << false << false;
    QTest::newRow("counters are no reasons")
        << QByteArray("<clocks_event_reasons_counters><clocks_event_reasons_counters_sw_power_cap>"
                      "12 us</clocks_event_reasons_counters_sw_power_cap>"
                      "</clocks_event_reasons_counters>")
        << false << false << false << false << false;
}

void tst_Probe::throttleReasonsAreRead()
{
    QFETCH(QByteArray, reasons);
    QFETCH(bool, known);
    QFETCH(bool, heat);
    QFETCH(bool, powerCap);
    QFETCH(bool, powerBrake);
    QFETCH(bool, hardware);
    QByteArray xml = xml570;
    xml.replace("<uuid>GPU-aaaa</uuid>",
                "<uuid>GPU-aaaa</uuid>" + reasons +
                    "<max_clocks><sm_clock>3105 MHz</sm_clock></max_clocks>");
    xml.replace("<gpu_temp>64 C</gpu_temp>",
                "<gpu_temp>64 C</gpu_temp><gpu_temp_slow_threshold>95 C</gpu_temp_slow_threshold>");
    xml.replace("<current_power_limit>450.00 W</current_power_limit>",
                "<current_power_limit>350.00 W</current_power_limit>"
                "<default_power_limit>450.00 W</default_power_limit>");
    const auto report = parseNvidiaSmiXml(xml);
    QVERIFY(report);
    const GpuInfo &gpu = report->gpus[0];
    QCOMPARE(gpu.throttle.has_value(), known);
    QCOMPARE(gpu.throttle.value_or(ThrottleReasons()),
             (ThrottleReasons{heat, powerCap, powerBrake, hardware}));
    QCOMPARE(gpu.smClockMaxMhz, 3105.0);
    QCOMPARE(gpu.slowdownTempC, 95.0);
    QCOMPARE(gpu.powerLimitW, 350.0);
    QCOMPARE(gpu.powerLimitDefaultW, 450.0);
    QVERIFY(!report->gpus[1].throttle);
}

void tst_Probe::aBannerInFrontIsSkipped()
{
    const auto report = parseNvidiaSmiXml("\x1b[32mWelcome <root>\x1b[0m\n" + xml570);
    QVERIFY(report);
    QCOMPARE(report->gpus.size(), std::size_t(2));
}

void tst_Probe::aReportCutAnywhereIsPartialAndNeverWrong()
{
    const auto whole = parseNvidiaSmiXml(xml570);
    QVERIFY(whole);
    const qsizetype end = xml570.lastIndexOf("</nvidia_smi_log>");
    for (qsizetype length = 0; length < end; ++length) {
        const auto cut = parseNvidiaSmiXml(QByteArrayView(xml570).first(length));
        if (!cut)
            continue;
        QVERIFY2(cut->truncated, qPrintable(QString::number(length)));
        QVERIFY(cut->gpus.size() <= 2);
        for (std::size_t i = 0; i < cut->gpus.size(); ++i) {
            const GpuInfo &part = cut->gpus[i];
            const GpuInfo &full = whole->gpus[i];
            // A figure is the whole one or none: "97 %" must never be read as 9.
            QVERIFY(!part.utilPercent || part.utilPercent == full.utilPercent);
            QVERIFY(!part.memTotalMib || part.memTotalMib == full.memTotalMib);
            QVERIFY(!part.memUsedMib || part.memUsedMib == full.memUsedMib);
            QVERIFY(!part.powerLimitW || part.powerLimitW == full.powerLimitW);
            QVERIFY(!part.name || part.name == full.name);
        }
    }
}

void tst_Probe::csvColumnsGoByName()
{
    const auto report = parseNvidiaSmiCsv(
        "power.draw [W], name, temperature.gpu, index, memory.used [MiB], new.field\n"
        "71.5 W, \"Card, with comma\", 38, 1, 12 MiB, x\n"
        "[N/A], Tesla T4, 40, 0, 1.5 GiB, y\n");
    QVERIFY(report);
    QCOMPARE(report->gpus.size(), std::size_t(2));
    QCOMPARE(report->gpus[0].index, 1);
    QCOMPARE(report->gpus[0].name, QStringLiteral("Card, with comma"));
    QCOMPARE(report->gpus[0].powerW, 71.5);
    QVERIFY(!report->gpus[1].powerW);
    QCOMPARE(report->gpus[1].memUsedMib, 1536);
}

void tst_Probe::csvOfALoopKeepsTheLastRound()
{
    const auto report =
        parseNvidiaSmiCsv("timestamp, index, utilization.gpu [%]\n"
                          "2026/11/23 12:00:00.000, 0, 1 %\n2026/11/23 12:00:00.000, 1, 2 %\n"
                          "2026/11/23 12:00:01.000, 0, 91 %\n2026/11/23 12:00:01.000, 1, 92 %\n");
    QVERIFY(report);
    QCOMPARE(report->gpus.size(), std::size_t(2));
    QCOMPARE(report->gpus[0].utilPercent, 91.0);
    QCOMPARE(report->gpus[1].utilPercent, 92.0);
}

void tst_Probe::csvWithoutHeaderUsesTheQuery()
{
    const auto report =
        parseNvidiaSmiCsv("1, NVIDIA L20, 46068, 97\n",
                          {QStringLiteral("index"), QStringLiteral("name"),
                           QStringLiteral("memory.total"), QStringLiteral("utilization.gpu")});
    QVERIFY(report);
    QCOMPARE(report->gpus[0].index, 1);
    QCOMPARE(report->gpus[0].memTotalMib, 46068);
    QCOMPARE(report->gpus[0].utilPercent, 97.0);
}

void tst_Probe::csvWithoutHeaderNeverGuesses()
{
    const auto report = parseNvidiaSmiCsv("NVIDIA L20, 46068 MiB, 97 %, 38 %\n");
    QVERIFY(report);
    QCOMPARE(report->gpus[0].name, QStringLiteral("NVIDIA L20"));
    QVERIFY(!report->gpus[0].utilPercent);
    QVERIFY(!report->gpus[0].fanPercent);
    QVERIFY(!parseNvidiaSmiCsv("12, 13, 14\n"));
}

void tst_Probe::dfSpeaksManyForms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("mount");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<qint64>("used");
    constexpr qint64 gib = qint64(1) << 30;
    QTest::newRow("busybox")
        << QByteArray("Filesystem           1K-blocks      Used Available Use% Mounted on\n"
                      "overlay               31457280   1048576  30408704   3% /\n")
        << QStringLiteral("/") << 30 * gib << gib;
    QTest::newRow("blanks in the mount")
        << QByteArray("Filesystem 1B-blocks Used Available Use% Mounted on\n"
                      "/dev/md0 53687091200 1048576 53686042624 1% /root/my data disk\n")
        << QStringLiteral("/root/my data disk") << 50 * gib << qint64(1048576);
    QTest::newRow("blanks in the source")
        << QByteArray("Filesystem 1B-blocks Used Available Use% Mounted on\n"
                      "my nfs:/x y 53687091200 1048576 53686042624 1% /mnt/a\n")
        << QStringLiteral("/mnt/a") << 50 * gib << qint64(1048576);
    QTest::newRow("wrapped")
        << QByteArray("Filesystem           1K-blocks      Used Available Use% Mounted on\n"
                      "/dev/mapper/a-very-long-volume-name-that-wraps\n"
                      "                      31457280   1048576  30408704   3% /data\n")
        << QStringLiteral("/data") << 30 * gib << gib;
    QTest::newRow("German")
        << QByteArray("Dateisystem    1K-Blöcke Benutzt Verfügbar Verw% Eingehängt auf\n"
                      "overlay         31457280 1048576  30408704    4% /\n")
        << QStringLiteral("/") << 30 * gib << gib;
    QTest::newRow("512 blocks") << QByteArray(
                                       "Filesystem 512-blocks Used Available Capacity Mounted on\n"
                                       "overlay 62914560 2097152 60817408 4% /\n")
                                << QStringLiteral("/") << 30 * gib << gib;
    QTest::newRow("megabytes") << QByteArray("Filesystem 1M-blocks Used Available Use% Mounted on\n"
                                             "overlay 30720 1024 29696 4% /\n")
                               << QStringLiteral("/") << 30 * gib << gib;
}

void tst_Probe::dfSpeaksManyForms()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, mount);
    QFETCH(qint64, total);
    QFETCH(qint64, used);
    const auto disks = parseDf(text);
    QVERIFY(disks);
    QCOMPARE(disks->size(), std::size_t(1));
    QCOMPARE(disks->front().mount, mount);
    QCOMPARE(disks->front().totalBytes, total);
    QCOMPARE(disks->front().usedBytes, used);
}

void tst_Probe::dfJoinsInodes()
{
    const auto bytes =
        parseDf("Filesystem Type 1B-blocks Used Available Use% Mounted on\n"
                "AutoFS:fs1 nfs 214748364800 608174080 214140190720 1% /root/autodl-fs\n"
                "btrfs btrfs 1000 10 990 1% /mnt/b\n");
    const auto inodes =
        parseDf("Filesystem Inodes IUsed IFree IUse% Mounted on\n"
                "AutoFS:fs1 200000 199000 1000 100% /root/autodl-fs\nbtrfs 0 0 0 - /mnt/b\n");
    QVERIFY(bytes && inodes);
    const auto disks = mergeInodes(*bytes, *inodes);
    QCOMPARE(disks[0].fstype, QStringLiteral("nfs"));
    QCOMPARE(disks[0].inodesTotal, 200000);
    QCOMPARE(disks[0].inodesUsed, 199000);
    QCOMPARE(disks[0].role, DiskRole::Shared);
    QVERIFY(!disks[1].inodesTotal); // "does not count them" is not "none left"
}

void tst_Probe::dfOutputWithBytesAndInodes()
{
    const auto disks = parseDf("Filesystem     Type    Inodes IUsed   IFree    1B-blocks       "
                               "Used       Avail Mounted on\n"
                               "/dev/md0       xfs   26214400    12 26214388 53687091200    "
                               "1048576 53686042624 /root/autodl-tmp\n");
    QVERIFY(disks);
    QCOMPARE(disks->size(), std::size_t(1));
    QCOMPARE(disks->front().totalBytes, 53687091200);
    QCOMPARE(disks->front().inodesTotal, 26214400);
    QCOMPARE(disks->front().role, DiskRole::Data);
}

void tst_Probe::dfHugeSizesAreUnknownNotWrapped()
{
    const auto disks = parseDf("Filesystem 1B-blocks Used Available Use% Mounted on\n"
                               "efs 99999999999999999999 0 99999999999999999999 0% /mnt/efs\n");
    QVERIFY(disks);
    QCOMPARE(disks->size(), std::size_t(1));
    QVERIFY(!disks->front().totalBytes);
    QCOMPARE(disks->front().usedBytes, 0);
}

void tst_Probe::osReleaseUndoesShellQuoting()
{
    const auto os =
        parseOsRelease("\xEF\xBB\xBF# comment\r\nID=ubuntu\r\nVERSION_ID='22.04'\r\n"
                       "PRETTY_NAME=\"A \\\"quoted\\\" \\$name \\n\"\nEMPTY=\nBAD LINE\n1X=2\n");
    QVERIFY(os);
    QCOMPARE(os->id, QStringLiteral("ubuntu"));
    QCOMPARE(os->versionId, QStringLiteral("22.04"));
    QCOMPARE(os->prettyName, QStringLiteral("A \"quoted\" $name \\n"));
    QVERIFY(!os->fields.contains(QStringLiteral("1X")));
    QVERIFY(!parseOsRelease("nothing here"));
}

void tst_Probe::cgroupLimits_data()
{
    QTest::addColumn<QByteArray>("cpu");
    QTest::addColumn<QByteArray>("memory");
    QTest::addColumn<double>("cores"); ///< -1 = no limit
    QTest::addColumn<qint64>("bytes"); ///< -1 = no limit
    QTest::newRow("share") << QByteArray("1600000 100000\n") << QByteArray("128849018880\n") << 16.0
                           << qint64(128849018880);
    QTest::newRow("half a core") << QByteArray("50000 100000\n") << QByteArray("2147483648\n")
                                 << 0.5 << qint64(2147483648);
    QTest::newRow("none") << QByteArray("max 100000\n") << QByteArray("max\n") << -1.0
                          << qint64(-1);
    QTest::newRow("broken") << QByteArray("100000 0\n") << QByteArray("nonsense\n") << -1.0
                            << qint64(-1);
    QTest::newRow("more than any machine has")
        << QByteArray("max 100000\n") << QByteArray("999000000000000\n") << -1.0 << qint64(-1);
    QTest::newRow("v1's no limit")
        << QByteArray() << QByteArray("9223372036854771712\n") << -1.0 << qint64(-1);
}

void tst_Probe::cgroupLimits()
{
    QFETCH(QByteArray, cpu);
    QFETCH(QByteArray, memory);
    QFETCH(double, cores);
    QFETCH(qint64, bytes);
    const CgroupInfo info = parseCgroup({{"cpu.max", cpu},
                                         {"memory.max", memory},
                                         {"memory.current", "3000"},
                                         {"memory.stat", "anon 1\ninactive_file 1000\n"}});
    QCOMPARE(info.cpuLimitCores.value_or(-1), cores);
    QCOMPARE(info.memLimitBytes.value_or(-1), bytes);
    QCOMPARE(info.workingSetBytes(), 2000);
}

void tst_Probe::cgroupCacheAndDisks()
{
    const CgroupInfo two = parseCgroup(
        {{"memory.stat", "inactive_file 1000\nactive_file 700\n"},
         {"memory.current", "3000"},
         {"io.stat", "259:0 rbytes=100 wbytes=20 rios=3 wios=1 dbytes=9 dios=0\n8:16 rbytes=1 "
                     "wbytes=2 rios=1 wios=1\n"}});
    QCOMPARE(two.activeFileBytes, 700);
    QCOMPARE(two.ioBytes, 123);
    const CgroupInfo one = parseCgroup(
        {{"memory.usage_in_bytes", "3000"},
         {"memory.stat", "active_file 1\ntotal_inactive_file 5\ntotal_active_file 7\n"},
         {"blkio.throttle.io_service_bytes",
          "8:0 Read 100\n8:0 Write 20\n8:0 Sync 120\n8:0 Async 0\n8:0 Total 120\nTotal 120\n"}});
    QCOMPARE(one.activeFileBytes, 7);
    QCOMPARE(one.ioBytes, 120);
    const CgroupInfo none = parseCgroup({{"memory.current", "3000"}});
    QVERIFY(!none.activeFileBytes && !none.ioBytes);
}

void tst_Probe::netDevLeavesLoopbackOut()
{
    const auto net = parseNetDev("Inter-|   Receive  |  Transmit\n face |bytes packets\n"
                                 "    lo: 999 1 0 0 0 0 0 0 999 1 0 0 0 0 0 0\n"
                                 "  eth0:1000 1 0 0 0 0 0 0 2000 1 0 0 0 0 0 0\n"
                                 "  eth1: 1 1 0 0 0 0 0 0 2 1 0 0 0 0 0 0\n");
    QVERIFY(net);
    QCOMPARE(net->rxBytes, 1001);
    QCOMPARE(net->txBytes, 2002);
    QVERIFY(!parseNetDev("no table"));
}

void tst_Probe::rubbishNeverCrashes()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const QByteArrayList seeds{
        xml570,
        "Filesystem 1K-blocks Used Available Use% Mounted on\noverlay 1 2 3 4% /\n",
        "index, name, power.draw [W]\n0, x, 1 W\n",
        "\t123.name\t(Detached)\n",
        "ID=\"x\"\nA='b'\n",
        "MemTotal: 1 kB\ncpu 1 2 3 4 5 6 7 8\n",
        "name  *  /path\n"};
    for (int round = 0; round < 3000; ++round) {
        QByteArray text = seeds[random.bounded(seeds.size())];
        for (int n = random.bounded(1, 12); n > 0 && !text.isEmpty(); --n) {
            const auto at = random.bounded(text.size());
            switch (random.bounded(3)) {
            case 0: text[at] = char(random.bounded(256)); break;
            case 1: text.remove(at, random.bounded(1, 20)); break;
            default:
                text.insert(at, QByteArray(random.bounded(1, 20), char(random.bounded(256))));
                break;
            }
        }
        (void)parseNvidiaSmiXml(text);
        (void)parseNvidiaSmiCsv(text);
        (void)parseNvidiaSmiTable(text);
        (void)parseComputeAppsCsv(text);
        (void)parseDf(text);
        (void)parseOsRelease(text);
        (void)parseMeminfo(text);
        (void)parseProcStat(text);
        (void)parseNetDev(text);
        (void)parseScreenList(text);
        (void)parseTmuxList(text);
        (void)parseCondaEnvs(text);
        (void)parseAutodlBanner(text);
    }
}

QTEST_GUILESS_MAIN(tst_Probe)
#include "tst_Probe.moc"
