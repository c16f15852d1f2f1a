// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Jobs.h"
#include "tests/support/SessionRun.h"

#include <functional>

namespace support {

/// A session with which jobs are begun and waited for.
struct JobRun : SessionRun
{
    template <typename T>
    static T *wait(T *operation, int ms = 60000)
    {
        if (!QTest::qWaitFor([operation] { return operation->isFinished(); }, ms))
            qWarning("the operation did not end");
        if (operation->error())
            qInfo("%s: %s", core::errorCodeName(operation->error()->code).latin1(),
                  qPrintable(operation->error()->detail));
        return operation;
    }

    static core::jobs::JobSpec spec(const QByteArray &command)
    {
        core::jobs::JobSpec spec;
        spec.command = command;
        return spec;
    }

    /// A job whose backend is "" when it did not begin.
    core::jobs::JobInfo start(const core::jobs::JobId &id, const core::jobs::JobSpec &spec)
    {
        return wait(core::jobs::startJob(session, id, spec, core::jobs::standardBackends()))
            ->job()
            .value_or(core::jobs::JobInfo());
    }

    core::jobs::JobInfo job(const core::jobs::JobId &id)
    {
        for (const core::jobs::JobInfo &one :
             wait(core::jobs::listJobs(session))->overview().jobs) {
            if (one.id == id)
                return one;
        }
        return {};
    }

    core::jobs::JobInfo waitFor(const core::jobs::JobId &id,
                                const std::function<bool(const core::jobs::JobInfo &)> &isIt)
    {
        core::jobs::JobInfo now;
        (void)QTest::qWaitFor(
            [&] {
                now = job(id);
                return isIt(now) || session.state() != core::ssh::Session::State::Ready;
            },
            40000);
        return now;
    }

    core::jobs::JobInfo waitForEnd(const core::jobs::JobId &id)
    {
        return waitFor(id, [](const core::jobs::JobInfo &job) {
            return job.state == core::jobs::JobState::Ended;
        });
    }

    QByteArray log(const core::jobs::JobId &id, qint64 offset = 0)
    {
        QByteArray all;
        core::jobs::JobLog *log = core::jobs::readJobLog(session, id, offset, false);
        QObject::connect(log, &core::jobs::JobLog::received, log,
                         [&all](const QByteArray &bytes) { all += bytes; });
        wait(log);
        return all;
    }

    /// Without what the simulated shell prints for every command.
    QByteArray output(const QByteArray &command)
    {
        const QByteArray all = run("echo; echo @begin@; " + command)->standardOutput();
        const QByteArray begin = "\n@begin@\n";
        return all.mid(all.indexOf(begin) + begin.size());
    }
};

} // namespace support
