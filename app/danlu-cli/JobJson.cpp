// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/Json.h"

#include "app/danlu-cli/JobText.h"

#include <QDateTime>

using namespace core;
using core::jobs::EndAction;
using core::jobs::JobInfo;

namespace cli {

namespace {

QJsonValue timeValue(const std::optional<jobs::InstanceTime> &time)
{
    if (!time)
        return QJsonValue::Null;
    return QDateTime::fromSecsSinceEpoch(qint64(time->time_since_epoch().count()), Qt::UTC)
        .toString(Qt::ISODate);
}

QJsonValue secondsValue(const std::optional<std::chrono::seconds> &seconds)
{
    return seconds ? QJsonValue(qint64(seconds->count())) : QJsonValue(QJsonValue::Null);
}

QJsonValue numberValue(const std::optional<double> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

QString kindName(const JobInfo &job)
{
    if (job.guard)
        return QStringLiteral("shutdown");
    switch (job.spec.then.kind) {
    case EndAction::Kind::None: break;
    case EndAction::Kind::PowerOff: return QStringLiteral("shutdown");
    case EndAction::Kind::PowerOffIfOk: return QStringLiteral("shutdown-if-ok");
    }
    return QStringLiteral("none");
}

QJsonValue limitsValue(const std::optional<jobs::GuardSpec> &guard)
{
    if (!guard)
        return QJsonValue::Null;
    return QJsonObject{{QStringLiteral("minutes"), qint64(guard->idleFor.count())},
                       {QStringLiteral("gpu_percent"), guard->gpuPercent},
                       {QStringLiteral("cpu_percent"), guard->cpuPercent},
                       {QStringLiteral("disk_bytes_per_s"), guard->diskBytesPerS},
                       {QStringLiteral("network_bytes_per_s"), guard->netBytesPerS}};
}

} // namespace

QJsonObject toJson(const JobInfo &job, const jobs::JobBackends &backends,
                   const std::optional<profiles::Price> &price)
{
    const jobs::JobBackend *backend = jobs::backendNamed(backends, job.backend);
    const std::optional<Money> cost = costOf(job, price);
    const bool runs = job.state == jobs::JobState::Running;
    QJsonArray fetch;
    for (const QByteArray &glob : job.spec.fetch)
        fetch.append(QString::fromUtf8(glob));
    return {
        {QStringLiteral("id"), QString::fromLatin1(job.id)},
        {QStringLiteral("kind"), job.guard ? QStringLiteral("guard") : QStringLiteral("job")},
        {QStringLiteral("name"), textOrNull(job.spec.name)},
        {QStringLiteral("command"), textOrNull(job.spec.command)},
        {QStringLiteral("script"),
         job.guard ? QJsonValue() : QJsonValue(QString::fromUtf8(jobs::jobText(job.spec)))},
        {QStringLiteral("backend"), textOrNull(job.backend)},
        {QStringLiteral("attach"),
         textOrNull(backend && runs ? backend->attachText(job.id) : QByteArray())},
        {QStringLiteral("state"), QString(jobs::jobStateName(job.state))},
        {QStringLiteral("exit_code"),
         job.exitCode ? QJsonValue(*job.exitCode) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("stopped"), job.wasStopped},
        {QStringLiteral("started"), timeValue(job.began)},
        {QStringLiteral("ended"), timeValue(job.ended)},
        {QStringLiteral("running_s"), secondsValue(job.ran)},
        {QStringLiteral("cost"),
         cost ? QJsonValue(QJsonObject{{currencyCode(cost->currency), decimalText(*cost)}})
              : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("then"), kindName(job)},
        {QStringLiteral("then_state"), QString(jobs::endStateName(job.endState))},
        {QStringLiteral("countdown_s"), secondsValue(job.countdown)},
        {QStringLiteral("idle_s"), secondsValue(job.idleFor)},
        {QStringLiteral("idle_below"), limitsValue(job.guard)},
        {QStringLiteral("gpu_percent"), numberValue(job.gpuPercent)},
        {QStringLiteral("cpu_percent"), numberValue(job.cpuPercent)},
        {QStringLiteral("fetch"), fetch},
        {QStringLiteral("fetched"), job.isFetched},
        {QStringLiteral("log_bytes"), job.logBytes},
        {QStringLiteral("log_whole"), job.logIsWhole},
    };
}

QJsonObject toJson(const jobs::JobsOverview &overview, const jobs::JobBackends &backends,
                   const std::optional<profiles::Price> &price)
{
    QJsonArray all;
    for (const JobInfo &job : overview.jobs)
        all.append(toJson(job, backends, price));
    return {{QStringLiteral("jobs"), all},
            {QStringLiteral("screens"), toJson(overview.screens)},
            {QStringLiteral("tmux"), toJson(overview.tmux)}};
}

} // namespace cli
