// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/JobWords.h"

#include "ui/common/Format.h"

namespace ui::jobs {

using core::jobs::EndAction;
using core::jobs::EndState;
using core::jobs::JobInfo;
using core::jobs::JobState;

namespace {

/// Of 128 + number.
const char *signalName(int code)
{
    switch (code - 128) {
    case 1: return "SIGHUP";
    case 2: return "SIGINT";
    case 6: return "SIGABRT";
    case 7: return "SIGBUS";
    case 8: return "SIGFPE";
    case 9: return "SIGKILL";
    case 11: return "SIGSEGV";
    case 15: return "SIGTERM";
    default: return nullptr;
    }
}

} // namespace

QString titleOf(const JobInfo &job)
{
    if (job.guard)
        return Words::tr("Idle guard");
    if (!job.spec.name.trimmed().isEmpty())
        return QString::fromUtf8(job.spec.name).simplified();
    return QString::fromUtf8(job.spec.command.trimmed()).section(u'\n', 0, 0).simplified();
}

bool hasSucceeded(const JobInfo &job)
{
    return job.state == JobState::Ended && job.exitCode == 0;
}

QString stateText(const JobInfo &job)
{
    switch (job.state) {
    case JobState::Waiting: return Words::tr("Waiting");
    case JobState::Running: return job.guard ? Words::tr("Watching") : Words::tr("Running");
    case JobState::Ended: break;
    case JobState::Lost: return Words::tr("Lost");
    }
    if (job.wasStopped)
        return Words::tr("Stopped");
    if (!job.exitCode)
        return Words::tr("Ended");
    return *job.exitCode == 0 ? Words::tr("Done") : Words::tr("Failed");
}

QIcon stateIcon(const JobInfo &job)
{
    switch (job.state) {
    case JobState::Waiting: return icon(Icon::Clock, IconTone::Secondary);
    case JobState::Running: return icon(job.guard ? Icon::Shield : Icon::Play, IconTone::Accent);
    case JobState::Ended: break;
    case JobState::Lost: return icon(Icon::Warning, IconTone::Warn);
    }
    if (job.wasStopped || !job.exitCode)
        return icon(Icon::Stop, IconTone::Secondary);
    return *job.exitCode == 0 ? icon(Icon::Ok, IconTone::Good) : icon(Icon::Error, IconTone::Bad);
}

QString exitText(const JobInfo &job)
{
    if (!job.exitCode)
        return {};
    if (const char *name = signalName(*job.exitCode))
        //: %1 is a signal's name, %2 the exit code
        return Words::tr("ended by %1 (%2)").arg(QLatin1StringView(name)).arg(*job.exitCode);
    return Words::tr("exit code %1").arg(*job.exitCode);
}

bool isArmed(const JobInfo &job)
{
    return job.endState == EndState::Armed || job.endState == EndState::Counting;
}

QString endText(const JobInfo &job, std::optional<std::chrono::seconds> left)
{
    switch (job.endState) {
    case EndState::None: return {};
    case EndState::Armed:
        if (job.guard)
            return Words::tr("The instance powers itself off after %n minutes without work.",
                             nullptr, int(job.guard->idleFor.count()));
        return job.spec.then.kind == EndAction::Kind::PowerOffIfOk
                   ? Words::tr("The instance powers itself off when this has succeeded.")
                   : Words::tr("The instance powers itself off when this has ended.");
    case EndState::Counting:
        return Words::tr("The instance powers itself off in %1.")
            .arg(format::duration(left ? std::optional(qint64(left->count())) : std::nullopt));
    case EndState::Cancelled: return Words::tr("The power-off was cancelled.");
    case EndState::Skipped: return Words::tr("It failed, so the instance was not powered off.");
    case EndState::Fired: return Words::tr("It has powered the instance off.");
    case EndState::Failed: return Words::tr("Powering off did not work.");
    }
    return {};
}

QString limitsText(const core::jobs::GuardSpec &guard)
{
    //: What counts as idle; %2 is of one core
    return Words::tr("idle is GPU below %1, CPU below %2, disk below %3, network below %4")
        .arg(format::percent(guard.gpuPercent), format::percent(guard.cpuPercent),
             format::rate(guard.diskBytesPerS), format::rate(guard.netBytesPerS));
}

QString runsText(const QByteArray &command)
{
    //: %1 is a command of the shell
    return Words::tr("On the instance this runs: %1").arg(QString::fromUtf8(command));
}

} // namespace ui::jobs
