// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArrayView>
#include <QMap>
#include <QString>

#include <optional>
#include <vector>

namespace core::probe {

/// What a mounted file system is for, on the instance's provider.
enum class DiskRole { System, Data, Shared, Public, Other };
[[nodiscard]] QLatin1StringView diskRoleName(DiskRole role); ///< "system", "data", ...

struct DiskInfo
{
    QString mount;
    std::optional<QString> source;
    std::optional<QString> fstype;
    std::optional<qint64> totalBytes;
    std::optional<qint64> usedBytes;
    std::optional<qint64> availableBytes;
    std::optional<qint64> inodesTotal;
    std::optional<qint64> inodesUsed;
    DiskRole role = DiskRole::Other;

    bool operator==(const DiskInfo &) const = default;
};

/// Any "df": -P, -k, -h, -H, -T, -B1, -i, -a, --output, busybox, localised headers, wrapped device
/// names, spaces in mounts. Human sizes are converted with the unit the header or suffix says.
/// An inode listing (-i) fills only the inode fields. Errors: Parse.
[[nodiscard]] Result<std::vector<DiskInfo>> parseDf(QByteArrayView text);
/// Joins the byte and the inode listing by mount point.
[[nodiscard]] std::vector<DiskInfo> mergeInodes(std::vector<DiskInfo> disks,
                                                const std::vector<DiskInfo> &inodes);
/// By mount point: "/" system, /root/autodl-tmp data, /root/autodl-fs and -nas shared, -pub public,
/// ...
[[nodiscard]] DiskRole guessDiskRole(const QString &mount, const QString &fstype = {});
/// True for disks worth showing to a person (not proc, tmpfs under /dev and /sys, driver binds,
/// ...).
[[nodiscard]] bool isRealDisk(const DiskInfo &disk);

struct OsRelease
{
    std::optional<QString> id;
    std::optional<QString> versionId;
    std::optional<QString> prettyName;
    QMap<QString, QString> fields; ///< every KEY=value, shell quoting undone

    bool operator==(const OsRelease &) const = default;
};
/// os-release(5). Errors: Parse when no KEY=value line is there.
[[nodiscard]] Result<OsRelease> parseOsRelease(QByteArrayView text);

struct MemInfo
{
    std::optional<qint64> totalBytes;
    std::optional<qint64> availableBytes; ///< kernels before 3.14 have no MemAvailable
    std::optional<qint64> freeBytes;
    std::optional<qint64> buffersBytes;
    std::optional<qint64> cachedBytes;
    std::optional<qint64> sReclaimableBytes;
    std::optional<qint64> swapTotalBytes;
    std::optional<qint64> swapFreeBytes;
    QMap<QByteArray, qint64>
        fields; ///< every figure, in bytes where the line says kB, else as it is

    bool operator==(const MemInfo &) const = default;
};
[[nodiscard]] Result<MemInfo> parseMeminfo(QByteArrayView text);

/// The "cpu" line of /proc/stat, in jiffies.
struct ProcStat
{
    int cpus = 0;
    qint64 totalJiffies = 0; ///< user to steal (guest is counted in user already)
    qint64 idleJiffies = 0;  ///< idle + iowait

    bool operator==(const ProcStat &) const = default;
};
[[nodiscard]] Result<ProcStat> parseProcStat(QByteArrayView text);

/// Sum over all interfaces but lo.
struct NetCounters
{
    qint64 rxBytes = 0;
    qint64 txBytes = 0;

    bool operator==(const NetCounters &) const = default;
};
[[nodiscard]] Result<NetCounters> parseNetDev(QByteArrayView text);

enum class CgroupVersion { None, V1, V2 };
/// Limits and use of the container. "max", -1 and v1's page-rounded LONG_MAX mean no limit
/// (nullopt).
struct CgroupInfo
{
    CgroupVersion version = CgroupVersion::None;
    std::optional<double> cpuLimitCores; ///< by quota
    std::optional<double>
        cpusetCores; ///< CPUs it may run on; a limit only if fewer than the host's
    std::optional<qint64> cpuUsageUsec;
    std::optional<qint64> memLimitBytes;
    std::optional<qint64> memUsageBytes;     ///< as the file says, page cache included
    std::optional<qint64> inactiveFileBytes; ///< to be taken off the usage
    std::optional<qint64> activeFileBytes;   ///< page cache in use, given back when memory is short
    std::optional<qint64> ioBytes;           ///< read from and written to disks since it started
    std::optional<qint64> oomKills;

    [[nodiscard]] std::optional<qint64> workingSetBytes() const;
    bool operator==(const CgroupInfo &) const = default;
};
/// \a files: base name to content, e.g. "cpu.max", "memory.stat", "cpu.cfs_quota_us". Missing files
/// are missing figures. Which names are there decides the version.
[[nodiscard]] CgroupInfo parseCgroup(const QMap<QByteArray, QByteArray> &files);

struct ScreenSession
{
    std::optional<qint64> pid;
    QString name;
    QString state; ///< as printed: "Detached", "Multi, detached"
    QString date;  ///< as printed, "" where this screen does not print it
    bool attached = false;
    bool dead = false;
    bool removed = false;

    bool operator==(const ScreenSession &) const = default;
};
enum class ToolStatus { Ok, None, NotInstalled };
struct ScreenList
{
    ToolStatus status = ToolStatus::None;
    std::vector<ScreenSession> sessions;
};
[[nodiscard]] Result<ScreenList> parseScreenList(QByteArrayView text);

struct TmuxSession
{
    QString name;
    std::optional<int> windows;
    QString created; ///< as printed, or the epoch seconds of -F '#{session_created}'
    std::optional<QString> group;
    bool attached = false;

    bool operator==(const TmuxSession &) const = default;
};
struct TmuxList
{
    ToolStatus status = ToolStatus::None;
    std::vector<TmuxSession> sessions;
};
[[nodiscard]] Result<TmuxList> parseTmuxList(QByteArrayView text);

struct CondaEnv
{
    QString name; ///< "" for an environment known by path only
    QString path;
    bool active = false;

    bool operator==(const CondaEnv &) const = default;
};
struct CondaList
{
    ToolStatus status = ToolStatus::None;
    std::vector<CondaEnv> envs;
};
[[nodiscard]] Result<CondaList> parseCondaEnvs(QByteArrayView text);

/// AutoDL's login banner (facts: printed by interactive shells only).
struct AutodlBanner
{
    struct Disk
    {
        std::optional<int> percent;
        QString used;
        QString total;
    };
    std::optional<double> cpuCores;
    std::optional<double> memGb;
    std::optional<QString> gpuName;
    std::optional<int> gpus;
    QMap<QString, Disk> disks; ///< by path; absent when "not mounted"
};
[[nodiscard]] Result<AutodlBanner> parseAutodlBanner(QByteArrayView text);

} // namespace core::probe
