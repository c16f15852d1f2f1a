// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/SampleBuilder.h"

#include "core/probe/NvidiaSmi.h"
#include "core/probe/Text.h"

#include <algorithm>
#include <cmath>

namespace core::metrics {

using namespace probe;

namespace {

// As sampler.sh asks for them.
const QStringList allColumns{QStringLiteral("index"),
                             QStringLiteral("uuid"),
                             QStringLiteral("name"),
                             QStringLiteral("driver_version"),
                             QStringLiteral("utilization.gpu"),
                             QStringLiteral("memory.used"),
                             QStringLiteral("memory.total"),
                             QStringLiteral("temperature.gpu"),
                             QStringLiteral("power.draw"),
                             QStringLiteral("power.limit"),
                             QStringLiteral("fan.speed"),
                             QStringLiteral("mig.mode.current")};
const QStringList fewColumns = allColumns.first(8);

/// Older GPU rows are no longer the present: at least this, or three intervals.
constexpr double rowLife = 5;
/// The full report comes every 15 s.
constexpr double reportLife = 40;
/// nvidia-smi printed no row for so long: it hangs.
constexpr double patience = 12;
/// Lines that come so close together are one message.
constexpr double oneMessage = 1;
constexpr std::size_t shownProcesses = 40;
constexpr qint64 noGpuModeMemory = qint64(3) << 30;

/// head's output for several files: "==> path <==", content, an empty line. Keyed by base name; v1
/// and v2 use different names but for memory.stat and cpu.stat, where only one is there.
QMap<QByteArray, QByteArray> splitFiles(const QByteArrayList &lines)
{
    QMap<QByteArray, QByteArray> files;
    QByteArray *current = nullptr;
    for (const QByteArray &line : lines) {
        if (line.startsWith("==> ") && line.endsWith(" <==")) {
            const QByteArray path = line.sliced(4, line.size() - 8);
            QByteArray name = path.mid(path.lastIndexOf('/') + 1);
            if (path.endsWith("/net/dev"))
                name = "net/dev";
            else if (name == "stat")
                name = "proc/stat";
            current = &files[name];
            current->clear();
        } else if (current) {
            *current += line + '\n';
        }
    }
    return files;
}

/// How much a failure says: the lines below "Driver/library version mismatch" say less than it.
int narrowness(SmiFailure failure)
{
    if (failure == SmiFailure::Unreadable || failure == SmiFailure::Empty)
        return 0;
    return failure == SmiFailure::NvmlError ? 1 : 2;
}

void clearFigures(GpuInfo &gpu)
{
    gpu.utilPercent.reset();
    gpu.memUsedMib.reset();
    gpu.powerW.reset();
    gpu.tempC.reset();
    gpu.fanPercent.reset();
}

/// A row's figures with what only the full report tells.
GpuInfo merged(const GpuInfo &row, const GpuInfo &report)
{
    GpuInfo gpu = row;
    gpu.processes = report.processes;
    gpu.migDevices = report.migDevices;
    gpu.smClockMhz = report.smClockMhz;
    gpu.smClockMaxMhz = report.smClockMaxMhz;
    gpu.powerLimitDefaultW = report.powerLimitDefaultW;
    gpu.slowdownTempC = report.slowdownTempC;
    gpu.throttle = report.throttle;
    if (!gpu.busId)
        gpu.busId = report.busId;
    if (report.mig == true)
        gpu.mig = true;
    return gpu;
}

} // namespace

void SampleBuilder::resetRates()
{
    m_last.reset();
    m_processes.clear();
    m_rows.clear();
    m_firstSeconds.reset();
    // The instance may have come back with other cards, or with none.
    m_report.reset();
    m_driver.reset();
    m_smiError.reset();
    m_lastRow.reset();
    m_rowsRefused = false;
}

void SampleBuilder::takeHost(const QByteArrayList &lines)
{
    QByteArray os;
    for (const QByteArray &line : lines) {
        const qsizetype blank = line.indexOf(' ');
        const QByteArray key = line.left(blank);
        const QByteArray value = line.mid(blank + 1).trimmed();
        if (blank < 0 || value.isEmpty())
            continue;
        if (key == "hostname")
            m_host.hostname = decode(value);
        else if (key == "kernel")
            m_host.kernel = decode(value);
        else if (key == "hz")
            m_hz = std::max(1.0, leadingNumber(value).value_or(100));
        else if (key == "page")
            m_pageSize = std::max<qint64>(1024, wholeNumber(value).value_or(4096));
        else if (key == "cpus") {
            if (const auto cpus = leadingNumber(value); cpus && *cpus > 0)
                m_hostCores = cpus;
        } else if (key == "start") {
            // Fields 3 and on of /proc/1/stat; 22 is the start time in ticks (proc(5)).
            const QByteArrayList fields = splitWords(value);
            if (fields.size() > 19)
                m_startTicks = leadingNumber(fields[19]);
        } else if (key == "os")
            os += line.mid(blank + 1) + '\n';
        else if (key == "user") {
            const QByteArrayList words = splitWords(value);
            if (words.size() == 2)
                m_users.insert(wholeNumber(words[0]).value_or(-1), decode(words[1]));
        }
    }
    if (const auto parsed = parseOsRelease(os))
        m_host.os = *parsed;
}

void SampleBuilder::takeGpuRow(QByteArrayView line, bool allFields, double localSeconds)
{
    const auto report = parseNvidiaSmiCsv(line, allFields ? allColumns : fewColumns);
    if (!report) {
        // Asked for less, or not able to print rows: the full report has the figures.
        if (report.error().failure == SmiFailure::BadField)
            m_rowsRefused = true;
        else
            takeSmiError(line, localSeconds);
        return;
    }
    if (report->driver)
        m_driver = report->driver;
    for (const GpuInfo &gpu : report->gpus) {
        // An index that is no number is a message that looks like a row.
        if (!gpu.index || (!gpu.uuid && !gpu.name))
            continue;
        m_rows.insert(*gpu.index, {gpu, localSeconds});
        m_lastRow = localSeconds;
        m_rowsRefused = false;
        m_smiError.reset();
    }
}

void SampleBuilder::takeGpuReport(QByteArrayView xml, double localSeconds)
{
    if (xml.contains("nvidia-smi: timed out")) {
        m_smiError = SmiError{SmiFailure::TimedOut, {}};
        m_smiErrorSeen = localSeconds;
        return;
    }
    auto report = parseNvidiaSmiXml(xml);
    if (!report) {
        m_smiError = report.error();
        m_smiErrorSeen = localSeconds;
        m_report.reset();
        return;
    }
    if (report->truncated && !keepWholeGpus(*report))
        return;
    m_report = std::move(*report);
    m_reportSeen = localSeconds;
    m_smiError.reset();
}

/// Of a report that was cut off: the GPUs that were read to their end, and those known before.
/// \returns false when there is none.
bool SampleBuilder::keepWholeGpus(SmiReport &report) const
{
    for (auto place = report.partialGpus.crbegin(); place != report.partialGpus.crend(); ++place)
        report.gpus.erase(report.gpus.begin() + *place);
    report.partialGpus.clear();
    if (report.gpus.empty())
        return false;
    if (!m_report)
        return true;
    for (const GpuInfo &gpu : m_report->gpus) {
        const bool isThere =
            std::any_of(report.gpus.cbegin(), report.gpus.cend(),
                        [&](const GpuInfo &one) { return one.index == gpu.index; });
        if (!isThere)
            report.gpus.push_back(gpu);
    }
    return true;
}

void SampleBuilder::takeSmiError(QByteArrayView text, double localSeconds)
{
    const SmiError error = recogniseSmiError(text).value_or(
        SmiError{SmiFailure::Unreadable, decode(text).simplified().left(300)});
    // A warning between rows that go on coming.
    if (error.failure == SmiFailure::Unreadable && m_lastRow &&
        localSeconds - *m_lastRow <= rowLife)
        return;
    const bool goesOn = m_smiError && localSeconds - m_smiErrorSeen <= oneMessage;
    if (goesOn && narrowness(error.failure) <= narrowness(m_smiError->failure))
        return;
    m_smiError = error;
    m_smiErrorSeen = localSeconds;
    m_rows.clear();
}

void SampleBuilder::takeDisks(QByteArrayView df)
{
    if (auto disks = parseDf(df); disks && !disks->empty())
        m_disks = std::move(*disks);
}

void SampleBuilder::takeInodes(QByteArrayView df)
{
    if (auto disks = parseDf(df))
        m_inodes = std::move(*disks);
}

void SampleBuilder::takeProcesses(const QByteArrayList &lines)
{
    const double elapsed = m_remoteSeconds - m_processSeconds;
    m_processSeconds = m_remoteSeconds;
    QHash<qint64, Process> processes;
    for (const QByteArray &line : lines) {
        const QByteArrayList words = splitWords(line);
        const auto pid = words.size() >= 4 ? wholeNumber(words[0]) : std::nullopt;
        const auto ticks = pid ? wholeNumber(words[1]) : std::nullopt;
        const auto pages = pid ? wholeNumber(words[2]) : std::nullopt;
        if (!pid || !ticks || !pages)
            continue;
        Process process;
        process.info.pid = *pid;
        process.ticks = *ticks;
        if (*pages < (qint64(1) << 40))
            process.info.rssBytes = *pages * m_pageSize;
        process.info.command = decode(words.sliced(3).join(' '));
        const auto before = m_processes.constFind(*pid);
        if (before != m_processes.cend() && elapsed > 0.5 && *ticks >= before->ticks)
            process.info.cpuPercent = double(*ticks - before->ticks) / m_hz / elapsed * 100;
        processes.insert(*pid, process);
    }
    m_processes = processes;
}

void SampleBuilder::takeCommands(const QByteArrayList &lines)
{
    m_commands.clear();
    m_owners.clear();
    m_gpuHolders.clear();
    m_reads.clear();
    for (const QByteArray &line : lines) {
        const QByteArrayList words = splitWords(line);
        const auto pid = words.size() >= 2 ? wholeNumber(words[1]) : std::nullopt;
        if (!pid)
            continue;
        if (words[0] == "command" && words.size() > 2)
            m_commands.insert(*pid, decode(words.sliced(2).join(' ')));
        else if (words[0] == "owner" && words.size() == 3)
            m_owners.insert(*pid, wholeNumber(words[2]).value_or(-1));
        else if (words[0] == "gpu")
            m_gpuHolders.insert(*pid);
        else if (words[0] == "reads" && words.size() > 2)
            m_reads[*pid].append(decode(line.mid(line.indexOf('/'))));
    }
}

Sample SampleBuilder::takeFast(const QByteArrayList &lines, double localSeconds,
                               std::chrono::system_clock::time_point time)
{
    const QMap<QByteArray, QByteArray> files = splitFiles(lines);
    Counters now;
    const QByteArrayList uptime = splitWords(files.value("uptime").trimmed());
    now.remoteSeconds = uptime.isEmpty() ? 0 : leadingNumber(uptime[0]).value_or(0);
    if (m_last && now.remoteSeconds > m_last->remoteSeconds)
        m_interval = now.remoteSeconds - m_last->remoteSeconds;
    m_remoteSeconds = now.remoteSeconds;
    if (!m_firstSeconds)
        m_firstSeconds = localSeconds;
    if (const auto net = parseNetDev(files.value("net/dev")))
        now.net = *net;

    Sample sample;
    sample.time = time;
    sample.host = m_host;
    if (m_startTicks && now.remoteSeconds > 0)
        sample.host.uptimeSeconds =
            std::max<qint64>(0, qint64(now.remoteSeconds - *m_startTicks / m_hz));
    const CgroupInfo group = parseCgroup(files);
    fillCpu(sample, files, group, now);
    fillMemory(sample, files, group);
    if (const auto stat = parseProcStat(files.value("proc/stat")))
        now.hostCpuUsed = double(stat->totalJiffies - stat->idleJiffies);
    now.cpuUsec = group.cpuUsageUsec;
    now.ioBytes = group.ioBytes;
    const double elapsed = m_last ? now.remoteSeconds - m_last->remoteSeconds : 0;
    if (elapsed > 0 && now.ioBytes && m_last->ioBytes && *now.ioBytes >= *m_last->ioBytes)
        sample.diskBytesPerSecond = double(*now.ioBytes - *m_last->ioBytes) / elapsed;
    fillNetwork(sample, now);
    fillGpus(sample, localSeconds);
    for (const DiskInfo &disk : mergeInodes(m_disks, m_inodes)) {
        if (isRealDisk(disk))
            sample.disks.push_back(disk);
    }
    fillProcesses(sample);
    m_last = now;
    return sample;
}

void SampleBuilder::fillCpu(Sample &sample, const QMap<QByteArray, QByteArray> &files,
                            const CgroupInfo &group, const Counters &now)
{
    std::optional<double> limit = group.cpuLimitCores;
    if (group.cpusetCores && m_hostCores && *group.cpusetCores < *m_hostCores)
        limit = std::min(limit.value_or(*group.cpusetCores), *group.cpusetCores);
    const double elapsed = m_last ? now.remoteSeconds - m_last->remoteSeconds : 0;
    if (limit) {
        sample.cpu.limitCores = limit;
        sample.cpu.source = group.version == CgroupVersion::V2 ? Source::Cgroup2 : Source::Cgroup1;
        // A counter that went back was reset: no figure for this once.
        if (elapsed > 0 && group.cpuUsageUsec && m_last->cpuUsec &&
            *group.cpuUsageUsec >= *m_last->cpuUsec)
            sample.cpu.usedCores = double(*group.cpuUsageUsec - *m_last->cpuUsec) / 1e6 / elapsed;
        return;
    }
    const auto stat = parseProcStat(files.value("proc/stat"));
    if (!stat)
        return;
    sample.cpu.source = Source::Host;
    sample.cpu.limitCores = m_hostCores;
    const double used = double(stat->totalJiffies - stat->idleJiffies);
    if (elapsed > 0 && m_last->hostCpuUsed && used >= *m_last->hostCpuUsed)
        sample.cpu.usedCores = (used - *m_last->hostCpuUsed) / m_hz / elapsed;
}

void SampleBuilder::fillMemory(Sample &sample, const QMap<QByteArray, QByteArray> &files,
                               const CgroupInfo &group)
{
    const auto host = parseMeminfo(files.value("meminfo"));
    sample.memory.oomKills = group.oomKills;
    if (group.memLimitBytes) {
        sample.memory.limitBytes = group.memLimitBytes;
        sample.memory.usedBytes = group.workingSetBytes();
        sample.memory.cacheBytes = group.activeFileBytes;
        sample.memory.source =
            group.version == CgroupVersion::V2 ? Source::Cgroup2 : Source::Cgroup1;
        return;
    }
    if (!host)
        return;
    sample.memory.source = Source::Host;
    sample.memory.limitBytes = host->totalBytes;
    if (host->totalBytes && host->availableBytes)
        sample.memory.usedBytes = *host->totalBytes - *host->availableBytes;
    else if (host->totalBytes && host->freeBytes) // kernels before 3.14
        sample.memory.usedBytes = *host->totalBytes - *host->freeBytes -
                                  host->buffersBytes.value_or(0) - host->cachedBytes.value_or(0);
}

void SampleBuilder::fillNetwork(Sample &sample, const Counters &now) const
{
    const double elapsed = m_last ? now.remoteSeconds - m_last->remoteSeconds : 0;
    if (elapsed <= 0 || !now.net || !m_last->net)
        return;
    const auto rate = [elapsed](qint64 before, qint64 after) -> std::optional<double> {
        if (after < before)
            return std::nullopt;
        return double(after - before) / elapsed;
    };
    sample.network.rxBytesPerSecond = rate(m_last->net->rxBytes, now.net->rxBytes);
    sample.network.txBytesPerSecond = rate(m_last->net->txBytes, now.net->txBytes);
}

void SampleBuilder::fillGpus(Sample &sample, double localSeconds) const
{
    const double life = std::max(rowLife, 3 * m_interval);
    const bool reportFresh = m_report && localSeconds - m_reportSeen <= reportLife;
    const auto isFresh = [&](const Row &row) { return localSeconds - row.seen <= life; };
    const bool rowsFresh = std::any_of(m_rows.cbegin(), m_rows.cend(), isFresh);

    if (m_report) {
        sample.driver = m_report->driver;
        sample.cuda = m_report->cuda;
    }
    if (m_driver)
        sample.driver = m_driver;
    sample.smiError = m_smiError;
    const bool waitsForRows = !m_rowsRefused || !reportFresh;
    if (!m_smiError && !rowsFresh && waitsForRows &&
        localSeconds - m_lastRow.value_or(*m_firstSeconds) > std::max(patience, life))
        sample.smiError = SmiError{SmiFailure::TimedOut, {}};

    // The report names all cards; the rows have the newer figures.
    if (m_report && (reportFresh || rowsFresh))
        sample.gpus = m_report->gpus;
    if (m_report && localSeconds - m_reportSeen > life) {
        // Known cards without a present figure: names stay, figures are gone.
        for (GpuInfo &gpu : sample.gpus) {
            const auto row = gpu.index ? m_rows.constFind(*gpu.index) : m_rows.cend();
            if (row == m_rows.cend() || !isFresh(*row))
                clearFigures(gpu);
        }
    }
    for (auto it = m_rows.cbegin(); it != m_rows.cend(); ++it) {
        if (!isFresh(*it))
            continue;
        const auto known = std::find_if(sample.gpus.begin(), sample.gpus.end(),
                                        [&](const GpuInfo &gpu) { return gpu.index == it.key(); });
        if (known == sample.gpus.end())
            sample.gpus.push_back(it->gpu);
        else
            *known = merged(it->gpu, *known);
    }
    const bool isLate = sample.smiError && sample.smiError->failure == SmiFailure::TimedOut;
    if (!sample.gpus.empty() && (rowsFresh || !sample.smiError || (isLate && reportFresh)))
        sample.mode = Mode::Gpu;
    else if (sample.smiError && sample.gpus.empty() &&
             (sample.smiError->failure == SmiFailure::NoDevices ||
              sample.smiError->failure == SmiFailure::Permission) &&
             sample.memory.source != Source::Host && sample.memory.limitBytes &&
             *sample.memory.limitBytes <= noGpuModeMemory)
        sample.mode = Mode::NoGpu;
}

void SampleBuilder::fillProcesses(Sample &sample) const
{
    std::vector<ProcessInfo> all;
    all.reserve(std::size_t(m_processes.size()));
    for (const Process &process : m_processes) {
        ProcessInfo info = process.info;
        if (const auto command = m_commands.constFind(info.pid); command != m_commands.cend())
            info.command = *command;
        const qint64 owner = m_owners.value(info.pid, -1);
        if (owner >= 0)
            info.user = m_users.value(owner, QString::number(owner));
        info.holdsGpu = m_gpuHolders.contains(info.pid);
        info.reads = m_reads.value(info.pid);
        all.push_back(info);
    }
    std::sort(all.begin(), all.end(), [](const ProcessInfo &a, const ProcessInfo &b) {
        if (a.holdsGpu != b.holdsGpu)
            return a.holdsGpu;
        const auto cpuA = std::lround(a.cpuPercent.value_or(0));
        const auto cpuB = std::lround(b.cpuPercent.value_or(0));
        if (cpuA != cpuB)
            return cpuA > cpuB;
        return std::pair(b.rssBytes.value_or(0), a.pid) < std::pair(a.rssBytes.value_or(0), b.pid);
    });
    if (all.size() > shownProcesses)
        all.resize(shownProcesses);
    sample.processes = std::move(all);
}

} // namespace core::metrics
