// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobSpec.h"
#include "core/probe/SystemInfo.h"

#include <memory>
#include <vector>

namespace core::jobs {

/// One way to run jobs on an instance, as shell text (POSIX) that the instance evaluates. It knows
/// nothing of logs, exit codes and end actions: the runner beside the job (jobs.sh) sees to these,
/// wherever the backend lets it run. Has no state.
///
/// The text may use $job_runner (the runner's path), $job_dir (the job's directory) and
/// $job_session (a name of letters, digits and '-' that is this job's alone).
class JobBackend
{
public:
    JobBackend() = default;
    virtual ~JobBackend() = default;
    Q_DISABLE_COPY_MOVE(JobBackend)

    /// Kept with the job.
    [[nodiscard]] virtual QByteArray name() const = 0;
    /// Exit code 0 where this backend can be used.
    [[nodiscard]] virtual QByteArray usable() const = 0;
    /// Sees to it that `sh "$job_runner" run "$job_dir"` runs, free of the connection, and returns;
    /// another exit code than 0 leads to the next backend. Where the runner may begin later or on
    /// another machine, prints what names the job there: its handle.
    [[nodiscard]] virtual QByteArray launch() const = 0;
    /// For such ones: exit code 0 while the job with $handle waits or runs. "" = the runner is a
    /// process of this machine and is looked up there.
    [[nodiscard]] virtual QByteArray alive() const { return {}; }
    /// For such ones: takes the job with $handle back. "" = its processes are signalled here.
    [[nodiscard]] virtual QByteArray stop() const { return {}; }

    /// launch() with the job's own names in it, for people to read.
    [[nodiscard]] virtual QByteArray launchText(const JobId &id) const;
    /// What shows the running job in a terminal of the instance; "" where it has none.
    [[nodiscard]] virtual QByteArray attachText(const JobId &id) const;
};

using JobBackends = std::vector<std::shared_ptr<const JobBackend>>;

/// screen, tmux, and nohup, which every instance has; the first usable one is taken.
[[nodiscard]] JobBackends standardBackends();
/// Null where there is none of this name.
[[nodiscard]] const JobBackend *backendNamed(const JobBackends &backends, QByteArrayView name);

/// The session's name in screen -ls and tmux ls.
[[nodiscard]] QByteArray sessionName(const JobId &id);
/// What shows a session that was begun outside in a terminal of the instance.
[[nodiscard]] QByteArray attachText(const probe::ScreenSession &session);
[[nodiscard]] QByteArray attachText(const probe::TmuxSession &session);
/// An attachText() as a terminal of ours runs it, which is UTF-8 whatever the locale there says.
[[nodiscard]] QByteArray terminalText(const QByteArray &attach);
/// What follows the log by hand, ends the job, and cancels its end action: without Danlu.
[[nodiscard]] QByteArray logText(const JobId &id);
[[nodiscard]] QByteArray stopText(const JobId &id);
[[nodiscard]] QByteArray cancelText(const JobId &id);

} // namespace core::jobs
