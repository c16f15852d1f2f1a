// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/GpuInfo.h"
#include "core/probe/SystemInfo.h"

#include <QMetaType>
#include <QStringList>

#include <chrono>
#include <memory>

namespace core::metrics {

/// Where a figure comes from: the container's cgroup, or the host where there is no limit.
enum class Source { Cgroup2, Cgroup1, Host };
[[nodiscard]] QLatin1StringView sourceName(Source source); ///< "cgroup2", "cgroup1", "host"

enum class Mode { Gpu, NoGpu, Unknown };
[[nodiscard]] QLatin1StringView modeName(Mode mode); ///< "gpu", "no-gpu", "unknown"

struct HostInfo
{
    std::optional<QString> hostname;
    std::optional<QString> kernel;
    std::optional<qint64> uptimeSeconds; ///< of PID 1, i.e. of the container
    probe::OsRelease os;
};

struct CpuFigures
{
    std::optional<double> limitCores;
    std::optional<double> usedCores; ///< from two samples; absent in the first
    std::optional<Source> source;
};

struct MemoryFigures
{
    std::optional<qint64> limitBytes;
    std::optional<qint64> usedBytes;
    std::optional<Source> source;
    std::optional<qint64> oomKills;   ///< of the container since it started
    std::optional<qint64> cacheBytes; ///< of usedBytes, page cache that is given back when needed
};

struct NetworkFigures
{
    std::optional<double> rxBytesPerSecond;
    std::optional<double> txBytesPerSecond;
};

/// A process of the container (its own PID, unlike probe::GpuProcess).
struct ProcessInfo
{
    qint64 pid = 0;
    QString user;
    std::optional<double> cpuPercent; ///< of one core, over the time between two listings
    std::optional<qint64> rssBytes;
    QString command;
    bool holdsGpu = false; ///< has /dev/nvidia* open
    QStringList reads;     ///< some files outside the system's folders that it has open to read
};

/// One reading of an instance; the snapshot of docs/cli.md. Absent is unknown, never 0.
struct Sample
{
    std::chrono::system_clock::time_point time; ///< this machine's clock, when it arrived
    HostInfo host;
    Mode mode = Mode::Unknown;
    std::optional<probe::SmiError> smiError;
    std::optional<QString> driver;
    std::optional<QString> cuda;
    std::vector<probe::GpuInfo> gpus;
    CpuFigures cpu;
    MemoryFigures memory;
    std::vector<probe::DiskInfo> disks;
    NetworkFigures network;
    std::optional<double> diskBytesPerSecond; ///< read and written by the container
    std::vector<ProcessInfo> processes; ///< the busiest, at most 40; refreshed every few seconds
};

using SamplePtr = std::shared_ptr<const Sample>;

} // namespace core::metrics

Q_DECLARE_METATYPE(core::metrics::SamplePtr)
