// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/Json.h"

#include <QDateTime>

#include <cmath>

using namespace core;

namespace cli {

namespace {

/// Rounded so that a rate does not print sixteen digits of noise.
QJsonValue rounded(const std::optional<double> &value, double steps)
{
    if (!value || !std::isfinite(*value))
        return QJsonValue::Null;
    return std::round(*value * steps) / steps;
}

QJsonValue source(const std::optional<metrics::Source> &value)
{
    return value ? QJsonValue(QString(metrics::sourceName(*value))) : QJsonValue(QJsonValue::Null);
}

QJsonObject gpuJson(const probe::GpuInfo &gpu)
{
    QJsonArray processes;
    for (const probe::GpuProcess &process : gpu.processes)
        processes.append(QJsonObject{{QStringLiteral("pid"), orNull(process.pid)},
                                     {QStringLiteral("name"), orNull(process.name)},
                                     {QStringLiteral("used_mib"), orNull(process.usedMib)},
                                     {QStringLiteral("type"), orNull(process.type)}});
    return {{QStringLiteral("index"), orNull(gpu.index)},
            {QStringLiteral("name"), orNull(gpu.name)},
            {QStringLiteral("uuid"), orNull(gpu.uuid)},
            {QStringLiteral("bus_id"), orNull(gpu.busId)},
            {QStringLiteral("util_percent"), orNull(gpu.utilPercent)},
            {QStringLiteral("mem_total_mib"), orNull(gpu.memTotalMib)},
            {QStringLiteral("mem_used_mib"), orNull(gpu.memUsedMib)},
            {QStringLiteral("temp_c"), orNull(gpu.tempC)},
            {QStringLiteral("power_w"), orNull(gpu.powerW)},
            {QStringLiteral("power_limit_w"), orNull(gpu.powerLimitW)},
            {QStringLiteral("fan_percent"), orNull(gpu.fanPercent)},
            {QStringLiteral("mig"), orNull(gpu.mig)},
            {QStringLiteral("processes"), processes}};
}

QJsonArray gpusJson(const std::vector<probe::GpuInfo> &gpus)
{
    QJsonArray array;
    for (const probe::GpuInfo &gpu : gpus)
        array.append(gpuJson(gpu));
    return array;
}

QString toolStatus(probe::ToolStatus status)
{
    switch (status) {
    case probe::ToolStatus::Ok: return QStringLiteral("ok");
    case probe::ToolStatus::None: return QStringLiteral("none");
    case probe::ToolStatus::NotInstalled: return QStringLiteral("not installed");
    }
    return {};
}

} // namespace

QString isoTime(qint64 msSinceEpoch)
{
    // Qt::UTC: of a QTimeZone it would print "+00:00".
    return QDateTime::fromMSecsSinceEpoch(msSinceEpoch, Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonObject toJson(const probe::OsRelease &os)
{
    return {{QStringLiteral("id"), orNull(os.id)},
            {QStringLiteral("version_id"), orNull(os.versionId)},
            {QStringLiteral("pretty_name"), orNull(os.prettyName)}};
}

QJsonArray toJson(const std::vector<probe::DiskInfo> &disks)
{
    QJsonArray array;
    for (const probe::DiskInfo &disk : disks)
        array.append(
            QJsonObject{{QStringLiteral("mount"), disk.mount},
                        {QStringLiteral("source"), orNull(disk.source)},
                        {QStringLiteral("fstype"), orNull(disk.fstype)},
                        {QStringLiteral("total_bytes"), orNull(disk.totalBytes)},
                        {QStringLiteral("used_bytes"), orNull(disk.usedBytes)},
                        {QStringLiteral("available_bytes"), orNull(disk.availableBytes)},
                        {QStringLiteral("inodes_total"), orNull(disk.inodesTotal)},
                        {QStringLiteral("inodes_used"), orNull(disk.inodesUsed)},
                        {QStringLiteral("role"), QString(probe::diskRoleName(disk.role))}});
    return array;
}

QJsonObject toJson(const probe::SmiReport &report)
{
    return {{QStringLiteral("driver"), orNull(report.driver)},
            {QStringLiteral("cuda"), orNull(report.cuda)},
            {QStringLiteral("attached_gpus"), orNull(report.attachedGpus)},
            {QStringLiteral("truncated"), report.truncated},
            {QStringLiteral("gpus"), gpusJson(report.gpus)}};
}

QJsonObject toJson(const probe::MemInfo &memory)
{
    return {{QStringLiteral("total_bytes"), orNull(memory.totalBytes)},
            {QStringLiteral("available_bytes"), orNull(memory.availableBytes)},
            {QStringLiteral("free_bytes"), orNull(memory.freeBytes)},
            {QStringLiteral("buffers_bytes"), orNull(memory.buffersBytes)},
            {QStringLiteral("cached_bytes"), orNull(memory.cachedBytes)},
            {QStringLiteral("sreclaimable_bytes"), orNull(memory.sReclaimableBytes)},
            {QStringLiteral("swap_total_bytes"), orNull(memory.swapTotalBytes)},
            {QStringLiteral("swap_free_bytes"), orNull(memory.swapFreeBytes)}};
}

QJsonObject toJson(const probe::ScreenList &list)
{
    QJsonArray sessions;
    for (const probe::ScreenSession &session : list.sessions)
        sessions.append(QJsonObject{{QStringLiteral("pid"), orNull(session.pid)},
                                    {QStringLiteral("name"), session.name},
                                    {QStringLiteral("state"), session.state},
                                    {QStringLiteral("date_as_printed"), textOrNull(session.date)},
                                    {QStringLiteral("attached"), session.attached},
                                    {QStringLiteral("dead"), session.dead},
                                    {QStringLiteral("removed"), session.removed}});
    return {{QStringLiteral("status"), toolStatus(list.status)},
            {QStringLiteral("sessions"), sessions}};
}

QJsonObject toJson(const probe::TmuxList &list)
{
    QJsonArray sessions;
    for (const probe::TmuxSession &session : list.sessions)
        sessions.append(
            QJsonObject{{QStringLiteral("name"), session.name},
                        {QStringLiteral("windows"), orNull(session.windows)},
                        {QStringLiteral("created_as_printed"), textOrNull(session.created)},
                        {QStringLiteral("group"), orNull(session.group)},
                        {QStringLiteral("attached"), session.attached}});
    return {{QStringLiteral("status"), toolStatus(list.status)},
            {QStringLiteral("sessions"), sessions}};
}

QJsonObject toJson(const probe::CondaList &list)
{
    QJsonArray envs;
    for (const probe::CondaEnv &env : list.envs)
        envs.append(QJsonObject{{QStringLiteral("name"), textOrNull(env.name)},
                                {QStringLiteral("path"), env.path},
                                {QStringLiteral("active"), env.active}});
    return {{QStringLiteral("status"), toolStatus(list.status)}, {QStringLiteral("envs"), envs}};
}

QJsonObject toJson(const probe::LoginCommand &login)
{
    QJsonArray forwards;
    for (const probe::PortForward &forward : login.forwards) {
        const char *kind = forward.kind == probe::PortForward::Kind::Local    ? "local"
                           : forward.kind == probe::PortForward::Kind::Remote ? "remote"
                                                                              : "dynamic";
        const bool toHost = forward.kind != probe::PortForward::Kind::Dynamic;
        forwards.append(
            QJsonObject{{QStringLiteral("kind"), QLatin1StringView(kind)},
                        {QStringLiteral("bind"), textOrNull(forward.bindAddress)},
                        {QStringLiteral("port"), forward.bindPort},
                        {QStringLiteral("host"), textOrNull(forward.host)},
                        {QStringLiteral("host_port"),
                         toHost ? QJsonValue(forward.hostPort) : QJsonValue(QJsonValue::Null)}});
    }
    const QJsonValue password = login.password
                                    ? QJsonValue(QString::fromUtf8(login.password->view()))
                                    : QJsonValue(QJsonValue::Null);
    return {{QStringLiteral("user"), textOrNull(login.user)},
            {QStringLiteral("host"), login.host},
            {QStringLiteral("port"), login.port},
            {QStringLiteral("identity"), orNull(login.identity)},
            {QStringLiteral("jump"), orNull(login.jump)},
            {QStringLiteral("forwards"), forwards},
            {QStringLiteral("password"), password}};
}

QJsonObject toJson(const metrics::Sample &sample)
{
    QJsonValue smiError = QJsonValue::Null;
    if (sample.smiError)
        smiError = QJsonObject{
            {QStringLiteral("kind"), QString(probe::smiFailureName(sample.smiError->failure))},
            {QStringLiteral("text"), sample.smiError->text}};
    return {{QStringLiteral("time"), isoTime(std::chrono::duration_cast<std::chrono::milliseconds>(
                                                 sample.time.time_since_epoch())
                                                 .count())},
            {QStringLiteral("host"),
             QJsonObject{{QStringLiteral("hostname"), orNull(sample.host.hostname)},
                         {QStringLiteral("kernel"), orNull(sample.host.kernel)},
                         {QStringLiteral("uptime_s"), orNull(sample.host.uptimeSeconds)},
                         {QStringLiteral("os"), toJson(sample.host.os)}}},
            {QStringLiteral("mode"), QString(metrics::modeName(sample.mode))},
            {QStringLiteral("nvidia_smi_error"), smiError},
            {QStringLiteral("driver"), orNull(sample.driver)},
            {QStringLiteral("cuda"), orNull(sample.cuda)},
            {QStringLiteral("gpus"), gpusJson(sample.gpus)},
            {QStringLiteral("cpu"),
             QJsonObject{{QStringLiteral("limit_cores"), rounded(sample.cpu.limitCores, 1000)},
                         {QStringLiteral("used_cores"), rounded(sample.cpu.usedCores, 1000)},
                         {QStringLiteral("source"), source(sample.cpu.source)}}},
            {QStringLiteral("memory"),
             QJsonObject{{QStringLiteral("limit_bytes"), orNull(sample.memory.limitBytes)},
                         {QStringLiteral("used_bytes"), orNull(sample.memory.usedBytes)},
                         {QStringLiteral("source"), source(sample.memory.source)}}},
            {QStringLiteral("disks"), toJson(sample.disks)},
            {QStringLiteral("network"),
             QJsonObject{
                 {QStringLiteral("rx_bytes_per_s"), rounded(sample.network.rxBytesPerSecond, 1)},
                 {QStringLiteral("tx_bytes_per_s"), rounded(sample.network.txBytesPerSecond, 1)}}}};
}

} // namespace cli
