// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobSpec.h"
#include "core/probe/SystemInfo.h"

#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace core::jobs {

/// Seconds since 1970, UTC, by the instance's clock.
using InstanceTime = std::chrono::sys_seconds;

enum class JobState {
    Waiting, ///< not begun: it just comes up, or it stands in a queue
    Running,
    Ended,
    Lost ///< it ran, and nobody saw its end: the instance was switched off, or its runner killed
};
[[nodiscard]] QLatin1StringView jobStateName(JobState state); ///< "waiting", "running", ...

enum class EndState {
    None,
    Armed,     ///< waits for the job's end
    Counting,  ///< the job has ended and the countdown runs
    Cancelled, ///< will not happen
    Skipped,   ///< power off if it succeeded; it did not
    Fired,     ///< the power-off command was begun
    Failed     ///< it gave another exit code than 0
};
[[nodiscard]] QLatin1StringView endStateName(EndState state); ///< "none", "armed", ...

/// One job as the instance tells it.
struct JobInfo
{
    JobId id;
    JobSpec spec;
    std::optional<GuardSpec> guard; ///< it is the idle guard; the spec is empty then
    QByteArray backend;             ///< "" when none has taken it yet
    JobState state = JobState::Waiting;
    std::optional<InstanceTime> began;
    std::optional<InstanceTime> ended;
    std::optional<std::chrono::seconds> ran; ///< to its end, or until now
    /// 128 + number for a signal. Of a guard: 0 = it came to power off.
    std::optional<int> exitCode;
    bool wasStopped = false; ///< somebody asked it to end
    EndState endState = EndState::None;
    std::optional<std::chrono::seconds> countdown; ///< left, while Counting
    std::optional<std::chrono::seconds> idleFor;   ///< of a guard that watches
    /// Of the whole instance while the job ran, on average: the busiest GPU, and the CPU in percent
    /// of one core. Absent: it ran for less than two seconds, or nobody can tell.
    std::optional<double> gpuPercent;
    std::optional<double> cpuPercent;
    bool isFetched = false; ///< somebody has the files of spec.fetch
    qint64 logBytes = 0;
    bool logIsWhole = true; ///< false: the disk was full at times

    bool operator==(const JobInfo &) const = default;
};

/// What an instance runs.
struct JobsOverview
{
    InstanceTime now;
    std::vector<JobInfo> jobs; ///< newest first, guards too
    probe::ScreenList screens; ///< begun outside: neither a job's nor a kept terminal's
    probe::TmuxList tmux;      ///< likewise
};

/// How busy an instance was over two seconds; absent is unreadable.
struct InstanceLoad
{
    std::optional<double> gpuPercent; ///< of the busiest
    std::optional<double> cpuPercent; ///< of one core
    std::optional<double> diskBytesPerS;
    std::optional<double> netBytesPerS;
};

/// What one looks at before switching an instance off.
struct SafetyReport
{
    JobsOverview overview;
    InstanceLoad load;
    QStringList busyShells; ///< kept terminals in which a command runs
    /// Files younger than was asked for, the first of them by name; absent: nobody could look.
    QByteArrayList newerFiles;
    std::optional<qint64> newerCount;
    bool newerIsPartial = false; ///< not all could be looked at in time: there may be more
};

} // namespace core::jobs
