// SPDX-License-Identifier: GPL-3.0-or-later
// Every collected real output against its hand-checked answers. The collection is not part of the
// project; without it this test says so and skips.
#include "core/probe/NvidiaSmi.h"
#include "core/probe/SystemInfo.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace core;
using namespace core::probe;

namespace {

QString samplesDir()
{
    const QString given = qEnvironmentVariable("DANLU_SAMPLES");
    return given.isEmpty() ? QStringLiteral(DANLU_SOURCE_DIR "/../shared/samples") : given;
}

QByteArray readFile(const QString &name)
{
    QFile file(QDir(samplesDir()).filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

template <typename T>
QJsonValue json(const std::optional<T> &value)
{
    if (!value)
        return QJsonValue::Null;
    return QJsonValue(*value);
}

QString show(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

} // namespace

namespace {

bool same(const QJsonValue &a, const QJsonValue &b)
{
    // 2^63 is a double in JSON and the largest whole number here.
    return a.isDouble() && b.isDouble() ? a.toDouble() == b.toDouble() : a == b;
}

} // namespace

#define COMPARE_FIELD(truth, key, actual)                                                          \
    do {                                                                                           \
        const QJsonValue wanted_ = (truth).value(QLatin1StringView(key));                          \
        if (!wanted_.isUndefined())                                                                \
            QVERIFY2(same(QJsonValue(actual), wanted_),                                            \
                     qPrintable(QStringLiteral("%1: got %2, wanted %3")                            \
                                    .arg(QLatin1StringView(key), show(actual), show(wanted_))));   \
    } while (false)

class tst_Samples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nvidiaSmiAgrees_data() { rows("truth.json"); }
    void nvidiaSmiAgrees();
    void errorTextsAgree_data() { rows("truth-errors.json"); }
    void errorTextsAgree();
    void dfAgrees_data() { rows("truth-df.json"); }
    void dfAgrees();
    void osReleaseAgrees_data() { rows("truth-os.json"); }
    void osReleaseAgrees();
    void procFilesAgree_data() { rows("truth-proc.json"); }
    void procFilesAgree();
    void cgroupsAgree_data() { rows("truth-cgroup.json"); }
    void cgroupsAgree();
    void screenAndTmuxAgree_data() { rows("truth-sessions.json"); }
    void screenAndTmuxAgree();
    void condaAgrees_data() { rows("truth-conda.json"); }
    void condaAgrees();
    void bannerAgrees_data() { rows("truth-banner.json"); }
    void bannerAgrees();

private:
    void rows(const char *file);
    void compareReport(const SmiReport &report, const QJsonObject &truth);
};

void tst_Samples::initTestCase()
{
    if (!QDir(samplesDir()).exists())
        QSKIP("the sample collection (DANLU_SAMPLES) is not here");
}

void tst_Samples::rows(const char *file)
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonValue>("truth");
    const QJsonObject truths = QJsonDocument::fromJson(readFile(QLatin1StringView(file))).object();
    for (auto it = truths.constBegin(); it != truths.constEnd(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.key() << QJsonValue(it.value());
}

void tst_Samples::compareReport(const SmiReport &report, const QJsonObject &truth)
{
    COMPARE_FIELD(truth, "driver", json(report.driver));
    COMPARE_FIELD(truth, "cuda", json(report.cuda));
    COMPARE_FIELD(truth, "attached_gpus", json(report.attachedGpus));
    const QJsonArray gpus = truth.value(u"gpus").toArray();
    QCOMPARE(qsizetype(report.gpus.size()), gpus.size());
    for (qsizetype i = 0; i < gpus.size(); ++i) {
        const QJsonObject wanted = gpus[i].toObject();
        const GpuInfo &gpu = report.gpus[size_t(i)];
        COMPARE_FIELD(wanted, "index", json(gpu.index));
        COMPARE_FIELD(wanted, "name", json(gpu.name));
        COMPARE_FIELD(wanted, "uuid", json(gpu.uuid));
        COMPARE_FIELD(wanted, "bus_id", json(gpu.busId));
        COMPARE_FIELD(wanted, "mem_total_mib", json(gpu.memTotalMib));
        COMPARE_FIELD(wanted, "mem_used_mib", json(gpu.memUsedMib));
        COMPARE_FIELD(wanted, "util_percent", json(gpu.utilPercent));
        COMPARE_FIELD(wanted, "temp_c", json(gpu.tempC));
        COMPARE_FIELD(wanted, "power_w", json(gpu.powerW));
        COMPARE_FIELD(wanted, "power_limit_w", json(gpu.powerLimitW));
        COMPARE_FIELD(wanted, "fan_percent", json(gpu.fanPercent));
        COMPARE_FIELD(wanted, "mig", json(gpu.mig));
        const QJsonArray processes = wanted.value(u"processes").toArray();
        QCOMPARE(qsizetype(gpu.processes.size()), processes.size());
        for (qsizetype p = 0; p < processes.size(); ++p) {
            const QJsonObject process = processes[p].toObject();
            COMPARE_FIELD(process, "pid", json(gpu.processes[size_t(p)].pid));
            COMPARE_FIELD(process, "name", json(gpu.processes[size_t(p)].name));
            COMPARE_FIELD(process, "used_mib", json(gpu.processes[size_t(p)].usedMib));
            COMPARE_FIELD(process, "type", json(gpu.processes[size_t(p)].type));
        }
        const QJsonArray migs = wanted.value(u"mig_devices").toArray();
        QCOMPARE(qsizetype(gpu.migDevices.size()), migs.size());
        for (qsizetype m = 0; m < migs.size(); ++m) {
            const QJsonObject mig = migs[m].toObject();
            COMPARE_FIELD(mig, "mig_index", json(gpu.migDevices[size_t(m)].index));
            COMPARE_FIELD(mig, "gi", json(gpu.migDevices[size_t(m)].gpuInstanceId));
            COMPARE_FIELD(mig, "ci", json(gpu.migDevices[size_t(m)].computeInstanceId));
            COMPARE_FIELD(mig, "mem_total_mib", json(gpu.migDevices[size_t(m)].memTotalMib));
            COMPARE_FIELD(mig, "mem_used_mib", json(gpu.migDevices[size_t(m)].memUsedMib));
        }
    }
}

void tst_Samples::nvidiaSmiAgrees()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, truth);
    const QByteArray text = readFile(name);
    const QJsonObject wanted = truth.toObject();
    if (wanted.contains(u"compute_apps")) {
        const auto apps = parseComputeAppsCsv(text);
        QVERIFY(apps);
        const QJsonArray all = wanted.value(u"compute_apps").toArray();
        QCOMPARE(qsizetype(apps->size()), all.size());
        for (qsizetype i = 0; i < all.size(); ++i) {
            const QJsonObject app = all[i].toObject();
            COMPARE_FIELD(app, "pid", json((*apps)[size_t(i)].process.pid));
            COMPARE_FIELD(app, "name", json((*apps)[size_t(i)].process.name));
            COMPARE_FIELD(app, "used_mib", json((*apps)[size_t(i)].process.usedMib));
            COMPARE_FIELD(app, "uuid", json((*apps)[size_t(i)].gpuUuid));
        }
        return;
    }
    const auto report = name.contains(u"-xml/")   ? parseNvidiaSmiXml(text)
                        : name.contains(u"-csv/") ? parseNvidiaSmiCsv(text)
                                                  : parseNvidiaSmiTable(text);
    QVERIFY2(report, report ? "" : qPrintable(report.error().text));
    QVERIFY(!report->truncated);
    compareReport(*report, wanted);
}

void tst_Samples::errorTextsAgree()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, truth);
    const QByteArray text = readFile(name);
    const QJsonObject wanted = truth.toObject();
    const QString kind = wanted.value(u"class").toString();
    if (kind == u"partial") {
        QString query = wanted.value(u"query").toString();
        const auto report = parseNvidiaSmiCsv(text, query.section(u' ', 0, 0).split(u','));
        QVERIFY(report);
        const QJsonObject row = wanted.value(u"rows").toArray().first().toObject();
        const GpuInfo &gpu = report->gpus.at(0);
        COMPARE_FIELD(row, "name", json(gpu.name));
        COMPARE_FIELD(row, "util_percent", json(gpu.utilPercent));
        COMPARE_FIELD(row, "temp_c", json(gpu.tempC));
        COMPARE_FIELD(row, "power_w", json(gpu.powerW));
        COMPARE_FIELD(row, "power_limit_w", json(gpu.powerLimitW));
        COMPARE_FIELD(row, "fan_percent", json(gpu.fanPercent));
        return;
    }
    for (const auto &parse : {parseNvidiaSmiXml, parseNvidiaSmiTable}) {
        const auto report = parse(text);
        QVERIFY(!report);
        QCOMPARE(QString(smiFailureName(report.error().failure)), kind);
        QVERIFY(!report.error().text.isEmpty());
    }
    QCOMPARE(QString(smiFailureName(parseNvidiaSmiCsv(text).error().failure)), kind);
}

void tst_Samples::dfAgrees()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, truth);
    const auto disks = parseDf(readFile(name));
    QVERIFY(disks);
    const QJsonArray wanted = truth.toArray();
    QCOMPARE(qsizetype(disks->size()), wanted.size());
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        const QJsonObject row = wanted[i].toObject();
        const DiskInfo &disk = (*disks)[size_t(i)];
        COMPARE_FIELD(row, "mount", disk.mount);
        COMPARE_FIELD(row, "source", json(disk.source));
        COMPARE_FIELD(row, "size_bytes", json(disk.totalBytes));
        COMPARE_FIELD(row, "used_bytes", json(disk.usedBytes));
        COMPARE_FIELD(row, "avail_bytes", json(disk.availableBytes));
        COMPARE_FIELD(row, "fstype", json(disk.fstype));
    }
}

void tst_Samples::osReleaseAgrees()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, truth);
    const auto os = parseOsRelease(readFile(name));
    QVERIFY(os);
    const QJsonObject wanted = truth.toObject();
    COMPARE_FIELD(wanted, "ID", json(os->id));
    COMPARE_FIELD(wanted, "VERSION_ID", json(os->versionId));
    COMPARE_FIELD(wanted, "PRETTY_NAME", json(os->prettyName));
    for (const char *key : {"NAME", "ID_LIKE", "VERSION_CODENAME"}) {
        const auto it = os->fields.constFind(QLatin1StringView(key));
        COMPARE_FIELD(wanted, key,
                      it == os->fields.cend() ? QJsonValue(QJsonValue::Null) : QJsonValue(*it));
    }
}

void tst_Samples::procFilesAgree()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, truth);
    const QJsonObject wanted = truth.toObject();
    if (name.startsWith(u"meminfo/")) {
        const auto memory = parseMeminfo(readFile(name));
        QVERIFY(memory);
        const auto kib = [](std::optional<qint64> bytes) {
            return bytes ? QJsonValue(*bytes / 1024) : QJsonValue(QJsonValue::Null);
        };
        COMPARE_FIELD(wanted, "MemTotal_kib", kib(memory->totalBytes));
        COMPARE_FIELD(wanted, "MemFree_kib", kib(memory->freeBytes));
        COMPARE_FIELD(wanted, "MemAvailable_kib", kib(memory->availableBytes));
        COMPARE_FIELD(wanted, "Buffers_kib", kib(memory->buffersBytes));
        COMPARE_FIELD(wanted, "Cached_kib", kib(memory->cachedBytes));
        COMPARE_FIELD(wanted, "SReclaimable_kib", kib(memory->sReclaimableBytes));
        COMPARE_FIELD(wanted, "SwapTotal_kib", kib(memory->swapTotalBytes));
        COMPARE_FIELD(wanted, "SwapFree_kib", kib(memory->swapFreeBytes));
    } else if (name.startsWith(u"proc-stat/")) {
        const auto stat = parseProcStat(readFile(name));
        QVERIFY(stat);
        COMPARE_FIELD(wanted, "cpus", stat->cpus);
        COMPARE_FIELD(wanted, "total_jiffies_user_to_steal", stat->totalJiffies);
        COMPARE_FIELD(wanted, "idle_plus_iowait", stat->idleJiffies);
    } else {
        QSKIP("no parser of Danlu's reads this file");
    }
}

void tst_Samples::cgroupsAgree()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, truth);
    QMap<QByteArray, QByteArray> files;
    const QDir dir(samplesDir() + QStringLiteral("/cgroup/") + name);
    for (const QString &file : dir.entryList(QDir::Files))
        files.insert(file.toUtf8(), readFile(dir.filePath(file)));
    const CgroupInfo info = parseCgroup(files);
    const QJsonObject wanted = truth.toObject();
    COMPARE_FIELD(wanted, "version", info.version == CgroupVersion::V2 ? 2 : 1);
    COMPARE_FIELD(wanted, "mem_limit_bytes", json(info.memLimitBytes));
    COMPARE_FIELD(wanted, "mem_usage_bytes", json(info.memUsageBytes));
    COMPARE_FIELD(wanted, "inactive_file_bytes", json(info.inactiveFileBytes));
    COMPARE_FIELD(wanted, "cpu_limit_cores", json(info.cpuLimitCores));
    COMPARE_FIELD(wanted, "cpu_usage_usec", json(info.cpuUsageUsec));
}

namespace {

QString statusName(ToolStatus status)
{
    return status == ToolStatus::Ok     ? QStringLiteral("ok")
           : status == ToolStatus::None ? QStringLiteral("none")
                                        : QStringLiteral("not installed");
}

} // namespace

void tst_Samples::screenAndTmuxAgree()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, truth);
    const QJsonObject wanted = truth.toObject();
    const QJsonArray sessions = wanted.value(u"sessions").toArray();
    if (name.contains(u"/screen-")) {
        const auto list = parseScreenList(readFile(name));
        QVERIFY(list);
        COMPARE_FIELD(wanted, "status", statusName(list->status));
        QCOMPARE(qsizetype(list->sessions.size()), sessions.size());
        for (qsizetype i = 0; i < sessions.size(); ++i) {
            const QJsonObject row = sessions[i].toObject();
            const ScreenSession &session = list->sessions[size_t(i)];
            COMPARE_FIELD(row, "pid", json(session.pid));
            COMPARE_FIELD(row, "name", session.name);
            COMPARE_FIELD(row, "state", session.state);
            COMPARE_FIELD(row, "date_as_printed", session.date);
            COMPARE_FIELD(row, "attached", session.attached);
            COMPARE_FIELD(row, "dead", session.dead);
            COMPARE_FIELD(row, "removed", session.removed);
        }
        return;
    }
    const auto list = parseTmuxList(readFile(name));
    QVERIFY(list);
    COMPARE_FIELD(wanted, "status", statusName(list->status));
    QCOMPARE(qsizetype(list->sessions.size()), sessions.size());
    for (qsizetype i = 0; i < sessions.size(); ++i) {
        const QJsonObject row = sessions[i].toObject();
        const TmuxSession &session = list->sessions[size_t(i)];
        COMPARE_FIELD(row, "name", session.name);
        COMPARE_FIELD(row, "windows", json(session.windows));
        COMPARE_FIELD(row, "group", json(session.group));
        COMPARE_FIELD(row, "attached", session.attached);
    }
}

void tst_Samples::condaAgrees()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, truth);
    const auto list = parseCondaEnvs(readFile(name));
    QVERIFY(list);
    const QJsonObject wanted = truth.toObject();
    if (wanted.value(u"status").toString() == u"conda not found")
        QCOMPARE(list->status, ToolStatus::NotInstalled);
    else
        COMPARE_FIELD(wanted, "status", statusName(list->status));
    const QJsonArray envs = wanted.value(u"envs").toArray();
    QCOMPARE(qsizetype(list->envs.size()), envs.size());
    for (qsizetype i = 0; i < envs.size(); ++i) {
        const QJsonObject row = envs[i].toObject();
        const CondaEnv &env = list->envs[size_t(i)];
        QCOMPARE(env.name, row.value(u"name").toString());
        COMPARE_FIELD(row, "path", env.path);
        COMPARE_FIELD(row, "active", env.active);
    }
}

void tst_Samples::bannerAgrees()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, truth);
    const auto banner = parseAutodlBanner(readFile(name));
    QVERIFY(banner);
    const QJsonObject wanted = truth.toObject();
    COMPARE_FIELD(wanted, "cpu_cores", json(banner->cpuCores));
    COMPARE_FIELD(wanted, "mem_gb", json(banner->memGb));
    COMPARE_FIELD(wanted, "gpu_name", json(banner->gpuName));
    COMPARE_FIELD(wanted, "gpus", json(banner->gpus));
    const QJsonObject disks = wanted.value(u"disks").toObject();
    QCOMPARE(banner->disks.size(), disks.size());
    for (auto it = disks.constBegin(); it != disks.constEnd(); ++it) {
        const auto disk = banner->disks.value(it.key());
        COMPARE_FIELD(it->toObject(), "percent", json(disk.percent));
        COMPARE_FIELD(it->toObject(), "used", disk.used);
        COMPARE_FIELD(it->toObject(), "total", disk.total);
    }
}

QTEST_GUILESS_MAIN(tst_Samples)
#include "tst_Samples.moc"
