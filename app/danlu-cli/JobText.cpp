// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/JobText.h"

#include "app/danlu-cli/Table.h"
#include "core/base/ShellQuote.h"
#include "core/cost/CostReport.h"
#include "core/jobs/JobBackend.h"
#include "core/transfer/FileNames.h"

#include <algorithm>

using namespace core;
using core::jobs::EndAction;
using core::jobs::JobInfo;

namespace cli {

namespace {

QString durationWords(std::chrono::seconds seconds)
{
    const auto total = qint64(seconds.count());
    return QStringLiteral("%1:%2:%3")
        .arg(total / 3600)
        .arg(total / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(total % 60, 2, 10, QLatin1Char('0'));
}

QString endWords(const JobInfo &job)
{
    if (job.endState == jobs::EndState::None)
        return QStringLiteral("-");
    QString words = QStringLiteral("shutdown-") + jobs::endStateName(job.endState);
    if (job.countdown)
        words += QStringLiteral(" %1 s").arg(job.countdown->count());
    return words;
}

/// "idle guard: 30 min, GPU < 5 %, ..."
QString guardWords(const jobs::GuardSpec &guard)
{
    constexpr double bytesInKb = 1024;
    const auto number = [](double value) { return QString::number(value, 'g', 4); };
    return QStringLiteral("idle guard: %1 min, GPU < %2 %, CPU < %3 %, disk < %4 KB/s, "
                          "network < %5 KB/s")
        .arg(QString::number(guard.idleFor.count()), number(guard.gpuPercent),
             number(guard.cpuPercent), number(guard.diskBytesPerS / bytesInKb),
             number(guard.netBytesPerS / bytesInKb));
}

QString orDash(const QByteArray &text)
{
    return text.isEmpty() ? QStringLiteral("-") : transfer::shownName(text);
}

} // namespace

std::optional<Money> costOf(const JobInfo &job, const std::optional<profiles::Price> &price)
{
    const auto currency = price ? currencyOf(price->currency) : std::nullopt;
    if (!currency || !job.ran || job.guard)
        return std::nullopt;
    const HourlyRate rate{price->tenThousandths, *currency};
    if (!rate.isUsable())
        return std::nullopt;
    return cost::costOf(rate, std::chrono::milliseconds(*job.ran).count());
}

void sortByStart(std::vector<JobInfo> &jobs)
{
    std::stable_sort(jobs.begin(), jobs.end(), [](const JobInfo &a, const JobInfo &b) {
        if (!a.began || !b.began)
            return !a.began && b.began;
        return *a.began > *b.began;
    });
}

QString jobsText(const std::vector<JobInfo> &jobs, const std::optional<profiles::Price> &price)
{
    std::vector<QStringList> rows;
    for (const JobInfo &job : jobs) {
        const std::optional<Money> cost = costOf(job, price);
        rows.push_back(
            {QString::fromLatin1(job.id), jobs::jobStateName(job.state),
             job.ran ? durationWords(*job.ran) : QStringLiteral("-"),
             job.exitCode ? QString::number(*job.exitCode) : QStringLiteral("-"), endWords(job),
             cost ? decimalText(*cost) + u' ' + currencyCode(cost->currency) : QStringLiteral("-"),
             orDash(job.spec.name),
             job.guard ? guardWords(*job.guard)
                       : transfer::shownName(job.spec.command.trimmed().split('\n').first())});
    }
    return tableText({QStringLiteral("JOB"), QStringLiteral("STATE"), QStringLiteral("TIME"),
                      QStringLiteral("EXIT"), QStringLiteral("THEN"), QStringLiteral("COST"),
                      QStringLiteral("NAME"), QStringLiteral("COMMAND")},
                     rows);
}

QString sessionsText(const jobs::JobsOverview &overview)
{
    std::vector<QStringList> rows;
    for (const probe::ScreenSession &session : overview.screens.sessions)
        rows.push_back({QStringLiteral("screen"),
                        session.pid ? QStringLiteral("%1.%2").arg(*session.pid).arg(session.name)
                                    : session.name,
                        session.state, QString::fromUtf8(jobs::attachText(session))});
    for (const probe::TmuxSession &session : overview.tmux.sessions)
        rows.push_back({QStringLiteral("tmux"), session.name,
                        session.attached ? QStringLiteral("Attached") : QStringLiteral("Detached"),
                        QString::fromUtf8(jobs::attachText(session))});
    if (rows.empty())
        return {};
    return tableText({QStringLiteral("OUTSIDE"), QStringLiteral("SESSION"), QStringLiteral("STATE"),
                      QStringLiteral("ATTACH")},
                     rows);
}

QString noticeOf(const JobInfo &job, const QString &target)
{
    if (job.spec.then.kind == EndAction::Kind::None)
        return {};
    return QStringLiteral("when this job has ended%1, the instance powers itself off %2 s later; "
                          "this cancels it: danlu-cli job cancel %3 %4")
        .arg(job.spec.then.kind == EndAction::Kind::PowerOffIfOk
                 ? QStringLiteral(" with exit code 0")
                 : QString())
        .arg(job.spec.then.countdown.count())
        .arg(QString::fromUtf8(shellQuote(target.toUtf8())), QString::fromLatin1(job.id));
}

QString warningOf(const jobs::JobsOverview &overview, const jobs::JobId &id)
{
    QStringList others;
    for (const JobInfo &job : overview.jobs) {
        const bool runs =
            job.state == jobs::JobState::Running || job.state == jobs::JobState::Waiting;
        if (!runs || job.id == id || job.guard)
            continue;
        QString words = QString::fromLatin1(job.id);
        if (!job.spec.name.isEmpty())
            words += QStringLiteral(" (%1)").arg(transfer::shownName(job.spec.name));
        others.append(words);
    }
    for (const probe::ScreenSession &session : overview.screens.sessions)
        others.append(QStringLiteral("screen ") + session.name);
    for (const probe::TmuxSession &session : overview.tmux.sessions)
        others.append(QStringLiteral("tmux ") + session.name);
    if (others.isEmpty())
        return {};
    return QStringLiteral("the power-off would end these too, which run there: ") +
           others.join(QStringLiteral(", "));
}

} // namespace cli
