// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/SystemInfo.h"
#include "core/probe/Text.h"

namespace core::probe {

namespace {

/// v1 prints "no limit" as LONG_MAX rounded down to a page, and some set what no machine has: 64
/// TiB and more is none.
constexpr qint64 noLimit = qint64(1) << 46;

std::optional<qint64> statField(const QByteArray &text, const char *name)
{
    for (const QByteArray &line : splitLines(text)) {
        const QByteArrayList words = splitWords(line);
        if (words.size() == 2 && words[0] == name)
            return wholeNumber(words[1]);
    }
    return std::nullopt;
}

/// io.stat's "8:0 rbytes=1 wbytes=2 rios=3 ...", a line for each device.
std::optional<qint64> ioStatBytes(const QMap<QByteArray, QByteArray> &files)
{
    const auto text = files.constFind("io.stat");
    if (text == files.cend())
        return std::nullopt;
    qint64 sum = 0;
    for (const QByteArray &word : splitWords(*text)) {
        if (word.startsWith("rbytes=") || word.startsWith("wbytes="))
            sum += wholeNumber(word.sliced(7)).value_or(0);
    }
    return sum;
}

/// blkio.throttle.io_service_bytes' "8:0 Read 1", lines for each device, and a "Total 1".
std::optional<qint64> serviceBytes(const QMap<QByteArray, QByteArray> &files)
{
    const auto text = files.constFind("blkio.throttle.io_service_bytes");
    if (text == files.cend())
        return std::nullopt;
    qint64 sum = 0;
    for (const QByteArray &line : splitLines(*text)) {
        const QByteArrayList words = splitWords(line);
        if (words.size() == 3 && (words[1] == "Read" || words[1] == "Write"))
            sum += wholeNumber(words[2]).value_or(0);
    }
    return sum;
}

/// "0-3,8,10-11" is 7; nothing for an empty or broken list.
std::optional<double> cpusInList(const QByteArray &list)
{
    qint64 count = 0;
    for (const QByteArray &part : list.trimmed().split(',')) {
        const QByteArrayList ends = part.split('-');
        const auto first = wholeNumber(ends.first());
        const auto last = wholeNumber(ends.last());
        if (!first || !last || *last < *first || *last > 100000)
            return std::nullopt;
        count += *last - *first + 1;
    }
    return count > 0 ? std::optional<double>(double(count)) : std::nullopt;
}

} // namespace

std::optional<qint64> CgroupInfo::workingSetBytes() const
{
    if (!memUsageBytes)
        return std::nullopt;
    return std::max<qint64>(0, *memUsageBytes - inactiveFileBytes.value_or(0));
}

CgroupInfo parseCgroup(const QMap<QByteArray, QByteArray> &files)
{
    CgroupInfo info;
    const auto number = [&](const char *name) { return wholeNumber(files.value(name)); };
    const auto limit = [&](const char *name) {
        auto bytes = number(name);
        if (bytes && *bytes >= noLimit)
            bytes.reset();
        return bytes;
    };
    if (files.contains("cpu.max") || files.contains("memory.max") ||
        files.contains("memory.current")) {
        info.version = CgroupVersion::V2;
        const QByteArrayList quota = splitWords(files.value("cpu.max"));
        if (quota.size() == 2) {
            const auto share = wholeNumber(quota[0]); // "max" is no number: no limit
            const auto period = wholeNumber(quota[1]);
            if (share && period && *period > 0 && *share > 0)
                info.cpuLimitCores = double(*share) / double(*period);
        }
        info.cpuUsageUsec = statField(files.value("cpu.stat"), "usage_usec");
        info.memLimitBytes = limit("memory.max");
        if (!info.memLimitBytes) // beyond it everything is reclaimed, and allocations wait
            info.memLimitBytes = limit("memory.high");
        info.memUsageBytes = number("memory.current");
        info.inactiveFileBytes = statField(files.value("memory.stat"), "inactive_file");
        info.activeFileBytes = statField(files.value("memory.stat"), "active_file");
        info.ioBytes = ioStatBytes(files);
        info.oomKills = statField(files.value("memory.events"), "oom_kill");
    } else if (files.contains("cpu.cfs_quota_us") || files.contains("memory.limit_in_bytes") ||
               files.contains("memory.usage_in_bytes") || files.contains("cpuacct.usage")) {
        info.version = CgroupVersion::V1;
        const auto quota = number("cpu.cfs_quota_us"); // -1 is no number here: no limit
        const auto period = number("cpu.cfs_period_us");
        if (quota && period && *period > 0 && *quota > 0)
            info.cpuLimitCores = double(*quota) / double(*period);
        if (const auto nanoseconds = number("cpuacct.usage"))
            info.cpuUsageUsec = *nanoseconds / 1000;
        info.memLimitBytes = limit("memory.limit_in_bytes");
        info.memUsageBytes = number("memory.usage_in_bytes");
        info.inactiveFileBytes = statField(files.value("memory.stat"), "total_inactive_file");
        info.activeFileBytes = statField(files.value("memory.stat"), "total_active_file");
        info.ioBytes = serviceBytes(files);
        info.oomKills = statField(files.value("memory.oom_control"), "oom_kill");
    }
    if (info.version != CgroupVersion::None)
        info.cpusetCores =
            cpusInList(files.value("cpuset.cpus.effective", files.value("cpuset.cpus")));
    return info;
}

} // namespace core::probe
