// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QByteArrayList>

#include <chrono>
#include <optional>
#include <vector>

namespace core::jobs {

/// Names one job on an instance; also a directory and a terminal session there. Lower-case letters,
/// digits and '-'.
using JobId = QByteArray;
/// New ones sort by the time they were made. \a now: UTC.
[[nodiscard]] JobId makeJobId(std::chrono::system_clock::time_point now);
[[nodiscard]] bool isJobId(QByteArrayView id);

/// What the instance does by itself when a job has ended. Never anything that was not asked for.
struct EndAction
{
    enum class Kind { None, PowerOff, PowerOffIfOk };
    Kind kind = Kind::None;
    /// Between the end and the action; can be cancelled until it is over.
    std::chrono::seconds countdown{60};
    /// Shell text; the provider's way to end the instance.
    QByteArray powerOff = "/usr/bin/shutdown";

    bool operator==(const EndAction &) const = default;
};

struct JobVariable
{
    QByteArray name;
    QByteArray value;

    bool operator==(const JobVariable &) const = default;
};

/// A command and what it needs around it. All text is bytes as the instance's shell takes them.
struct JobSpec
{
    QByteArray name;             ///< for people; may be ""
    QByteArray command;          ///< shell text of any length and shape
    QByteArray directory;        ///< where it runs: absolute, "~/..." or below the home; "" = home
    QByteArray condaEnvironment; ///< name or path; "" = none is activated
    QByteArray condaBase;      ///< e.g. /root/miniconda3; "" = by the PATH, or in the usual places
    bool acceleration = false; ///< source /etc/network_turbo
    std::optional<QByteArrayList> gpus; ///< indexes or UUIDs it may see; {} = none of them
    std::vector<JobVariable> variables;
    EndAction then;
    /// Files to be fetched when it has ended, relative to the directory. Only kept here: who
    /// fetches them reads them from the list of jobs.
    QByteArrayList fetch;

    bool operator==(const JobSpec &) const = default;
};

/// Powers the instance off when all of these were below their limits for so long. An instance that
/// nobody looks at stays below 5 % of a GPU, 5 % of a core, 500 KB/s and 10 KB/s. CPU and network
/// have higher limits here, because a Danlu that is connected must not keep the instance on: with
/// eight GPUs the Monitor moves 5 KB/s, the Jobs tab 18 KB/s, the Processes tab 28 KB/s, headers
/// and all. Much higher they must not be either: a slow download is work.
struct GuardSpec
{
    std::chrono::minutes idleFor{30};
    double gpuPercent = 5;             ///< of the busiest GPU
    double cpuPercent = 25;            ///< of one core; the container's
    double diskBytesPerS = 500 * 1024; ///< read and written
    double netBytesPerS = 40 * 1024;   ///< both ways, without loopback
    std::chrono::seconds countdown{60};
    QByteArray powerOff = "/usr/bin/shutdown";

    bool operator==(const GuardSpec &) const = default;
};

/// Usage, with what is wrong in the detail: no command, a NUL, a name that is no variable's, ...
[[nodiscard]] Result<> checkJob(const JobSpec &spec);
[[nodiscard]] Result<> checkGuard(const GuardSpec &spec);

/// The shell text that runs, as a person would type it: cd, source, conda activate, export, and the
/// command. This very text is what the instance is given.
[[nodiscard]] QByteArray jobText(const JobSpec &spec);
/// A line of shell text: where \a program is not on the PATH, conda's usual places are looked
/// through. A login shell does not find a conda that was set up for terminals only (~/.bashrc).
[[nodiscard]] QByteArray condaPathText(const QByteArray &program);

/// Its line that goes to the directory; to the home where it has none.
[[nodiscard]] QByteArray directoryText(const JobSpec &spec);

/// Lines "WORD TEXT", TEXT percent-encoded, in which a job keeps its spec on the instance.
[[nodiscard]] QByteArray encodeJob(const JobSpec &spec);
[[nodiscard]] QByteArray encodeGuard(const GuardSpec &spec);
/// One of these lines. Words of newer versions are left out.
void decodeJobLine(QByteArrayView word, QByteArrayView text, JobSpec &spec,
                   std::optional<GuardSpec> &guard);

} // namespace core::jobs
