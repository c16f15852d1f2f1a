// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/jobs/JobBackend.h"
#include "core/jobs/JobInfo.h"

namespace core::ssh {
class Session;
}

namespace core::jobs {

/// Something done to one job. Failures (Step::Job), the path and the system's words in the detail:
/// NotFound (no such job), DiskFull, PermissionDenied, Unsupported (no shell there), Usage, Parse,
/// RemoteFailed, and those of the connection. After one of the connection nobody knows what became
/// of it: ask again with the same id, which never does it twice.
class JobAction : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    /// As it is now. Absent after a failure, and when it was removed.
    [[nodiscard]] const std::optional<JobInfo> &job() const { return m_job; }

protected:
    std::optional<JobInfo> m_job;
};

/// Files of the instance.
class JobFiles : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    [[nodiscard]] const QByteArrayList &paths() const { return m_paths; } ///< absolute

protected:
    QByteArrayList m_paths;
};

class JobsListing : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    [[nodiscard]] const JobsOverview &overview() const { return m_overview; }

protected:
    JobsOverview m_overview;
};

class SafetyCheck : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    [[nodiscard]] const SafetyReport &report() const { return m_report; }

protected:
    SafetyReport m_report;
};

/// The log of a job as it comes. Bytes are not kept: memory is bounded by the channel's window.
class JobLog : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    /// Where the next byte would be: from here another one goes on after a lost connection.
    [[nodiscard]] qint64 offset() const { return m_offset; }
    /// After success: the job as it was when the log was read to its end.
    [[nodiscard]] const std::optional<JobInfo> &job() const { return m_job; }

Q_SIGNALS:
    void received(const QByteArray &bytes);

protected:
    qint64 m_offset = 0;
    std::optional<JobInfo> m_job;
};

/// All: children of \a session, over one channel of its own each. They run the POSIX shell script
/// jobs.sh there (dash, busybox ash, bash) and leave nothing but ~/.danlu/jobs.

/// Begins \a spec as job \a id with the first of \a backends that works there. A job begins once,
/// however often this is asked for. Cancelling stops the waiting, not the job.
[[nodiscard]] JobAction *startJob(ssh::Session &session, const JobId &id, const JobSpec &spec,
                                  const JobBackends &backends);
/// The idle guard, itself a job: listed, logged and stopped like one. Several watch independently.
[[nodiscard]] JobAction *startGuard(ssh::Session &session, const JobId &id, const GuardSpec &spec,
                                    const JobBackends &backends);
/// TERM to all of the job's processes, after \a grace KILL; its end action is cancelled. A job that
/// has ended already keeps its exit code. A process is the job's by its parents, by DANLU_JOB in
/// its environment, by an open file that it has inherited, or because it prints into the log. Not
/// caught is one that has given up all four before the stop: a daemon that was begun with an empty
/// environment (env -i, sudo), closes what it has inherited and outlives its parent.
[[nodiscard]] JobAction *stopJob(ssh::Session &session, const JobId &id,
                                 std::chrono::seconds grace = std::chrono::seconds(10));
/// The end action won't happen, also when its countdown runs; what has fired has fired.
[[nodiscard]] JobAction *cancelEndAction(ssh::Session &session, const JobId &id);
/// A countdown that runs is put back to \a left where it is below, e.g. while files are fetched.
[[nodiscard]] JobAction *postponeEndAction(ssh::Session &session, const JobId &id,
                                           std::chrono::seconds left);
/// What the patterns of JobSpec::fetch find now: files and folders. Each once, in their order.
[[nodiscard]] JobFiles *findFetched(ssh::Session &session, const JobId &id, const JobSpec &spec);
/// Notes on the instance that they have been fetched.
[[nodiscard]] JobAction *markFetched(ssh::Session &session, const JobId &id);
/// Takes an ended job and its log off the instance. RemoteFailed while it runs.
[[nodiscard]] JobAction *forgetJob(ssh::Session &session, const JobId &id);

/// The newest \a most jobs, and the screen and tmux sessions begun outside.
[[nodiscard]] JobsListing *listJobs(ssh::Session &session, int most = 200);

/// From byte \a offset on; \a live: until the job has ended, else what is there now.
[[nodiscard]] JobLog *readJobLog(ssh::Session &session, const JobId &id, qint64 offset, bool live);

struct SafetyOptions
{
    QByteArrayList
        directories;        ///< absolute; looked through for younger files, one file system each
    InstanceTime newerThan; ///< rounded down to a minute or so
    int mostFiles = 200;    ///< how many are named; all are counted
};
/// For "safe to stop?": jobs, sessions, load over two seconds, younger files.
[[nodiscard]] SafetyCheck *checkSafety(ssh::Session &session, const SafetyOptions &options);

/// Runs \a command (EndAction::powerOff), which ends the instance. The connection that drops once
/// it runs is the success; so is exit code 0.
[[nodiscard]] Operation *powerOff(ssh::Session &session, const QByteArray &command);

} // namespace core::jobs
