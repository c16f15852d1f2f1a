// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/probe/GpuInfo.h"

#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

namespace core::probe {

/// A process of the instance, as its /proc tells (proc(5)).
struct TableProcess
{
    qint64 pid = 0;
    qint64 parent = 0;
    qint64 startTicks = 0; ///< after the host's start; with the pid it is this process and no other
    char state = '?';      ///< 'R', 'S', 'D', 'Z', ...
    QString name;          ///< as the kernel keeps it: 15 characters
    QString user;          ///< "" = could not be told
    QString command;       ///< the command line; "" of a zombie
    qint64 cpuTicks = 0;   ///< used since its start
    std::optional<qint64> rssBytes;
    std::vector<int> gpuMinors; ///< N of the open /dev/nvidiaN, sorted
    bool mapsCuda = false;      ///< libcuda or a GPU's device is in its maps
    bool isDanlu = false;       ///< of Danlu's own connection: its sshd, the sampler, this listing
    bool isSshd = false;        ///< an sshd: who is signed in, or the one that lets anybody in

    [[nodiscard]] bool holdsGpu() const { return !gpuMinors.empty() || mapsCuda; }
    bool operator==(const TableProcess &) const = default;
};

/// One listing. Kernel threads are left out.
struct ProcessTable
{
    std::vector<TableProcess> processes; ///< in the order of their pids
    double uptimeSeconds = 0;            ///< of the host, when it was made
    double ticksPerSecond = 100;
    bool seesAllFiles = true; ///< false: who holds a GPU could be told of this user's alone

    [[nodiscard]] const TableProcess *find(qint64 pid) const;
    bool operator==(const ProcessTable &) const = default;
};

/// Lines as core/processes/processes.sh prints them; lines of another form are left out. Errors:
/// Parse, when it is cut off or has no process.
[[nodiscard]] Result<ProcessTable> parseProcessTable(QByteArrayView text);

/// Percent of one core between two listings; absent for one that is new, and when the time between
/// them can't be told. (cpuTicks now - before) / ticksPerSecond / (uptime now - before) * 100.
[[nodiscard]] std::optional<double> cpuPercent(const ProcessTable &before, const ProcessTable &now,
                                               const TableProcess &process);
/// Since its start; absent where the clocks disagree.
[[nodiscard]] std::optional<qint64> ageSeconds(const ProcessTable &table,
                                               const TableProcess &process);
/// \a pid's children, their children and so on, each once, without itself.
[[nodiscard]] std::vector<qint64> descendants(const ProcessTable &table, qint64 pid);

/// What nvidia-smi's list and the table say together.
struct GpuAttribution
{
    /// nvidia-smi's PIDs are not this table's: the instance is a container, they are the host's.
    bool hasHostPids = false;
    /// MiB of GPU memory for each process of the table, absent where it can't be told for certain.
    std::vector<std::optional<qint64>> memoryMib;

    bool operator==(const GpuAttribution &) const = default;
};
/// By PID where all of nvidia-smi's are holders here. In a container only when there is no other
/// choice: one process in its list, and one holder here (with the children it handed its open
/// devices to).
[[nodiscard]] GpuAttribution attributeGpus(const ProcessTable &table,
                                           const std::vector<GpuInfo> &gpus);

} // namespace core::probe
