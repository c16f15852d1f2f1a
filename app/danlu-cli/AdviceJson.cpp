// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/AdviceText.h"
#include "app/danlu-cli/Json.h"
#include "core/base/Redact.h"

#include <QJsonArray>

#include <cmath>

using namespace core;
using namespace core::advice;

namespace cli {

namespace {

QLatin1StringView quantityName(Quantity quantity)
{
    switch (quantity) {
    case Quantity::GpuUtil: return QLatin1StringView("gpu-util-percent");
    case Quantity::GpuMemory: return QLatin1StringView("gpu-memory-mib");
    case Quantity::GpuPower: return QLatin1StringView("gpu-power-w");
    case Quantity::GpuTemp: return QLatin1StringView("gpu-temp-c");
    case Quantity::CpuPercent: return QLatin1StringView("cpu-percent");
    case Quantity::MemoryUsed: return QLatin1StringView("memory-bytes");
    case Quantity::NetRx: return QLatin1StringView("net-rx-bytes-per-s");
    case Quantity::NetTx: return QLatin1StringView("net-tx-bytes-per-s");
    case Quantity::DiskIo: return QLatin1StringView("disk-bytes-per-s");
    }
    return QLatin1StringView("gpu-util-percent");
}

QJsonValue rounded(double value)
{
    return std::round(value * 100) / 100;
}

QJsonValue roundedOrNull(const std::optional<double> &value)
{
    return value ? rounded(*value) : QJsonValue(QJsonValue::Null);
}

QJsonValue redactedOrNull(const std::optional<QString> &text)
{
    return text ? QJsonValue(redacted(*text)) : QJsonValue(QJsonValue::Null);
}

QJsonObject factsJson(const GpuUnusedFacts &f)
{
    return {{QStringLiteral("holds_memory"), f.holdsMemory},
            {QStringLiteral("others_work"), f.othersWork},
            {QStringLiteral("held_mib"), orNull(f.heldMib)},
            {QStringLiteral("cpu_cores"), roundedOrNull(f.cpuCores)},
            {QStringLiteral("process"), redactedOrNull(f.process)},
            {QStringLiteral("pid"), orNull(f.processId)}};
}

QJsonObject factsJson(const LoadingFacts &f)
{
    return {{QStringLiteral("gpu_mean_percent"), rounded(f.gpuMeanPercent)},
            {QStringLiteral("gpu_peak_percent"), rounded(f.gpuPeakPercent)},
            {QStringLiteral("cpu_used_cores"), roundedOrNull(f.cpuUsedCores)},
            {QStringLiteral("cpu_limit_cores"), roundedOrNull(f.cpuLimitCores)},
            {QStringLiteral("num_workers"), orNull(f.workers)}};
}

QJsonObject factsJson(const FillFacts &f)
{
    return {{QStringLiteral("used"), rounded(f.used)},
            {QStringLiteral("limit"), rounded(f.limit)},
            {QStringLiteral("no_gpu_mode"), f.noGpuMode}};
}

QJsonObject factsJson(const OutOfMemoryFacts &f)
{
    return {{QStringLiteral("kills"), f.kills},
            {QStringLiteral("limit_bytes"), orNull(f.limitBytes)},
            {QStringLiteral("no_gpu_mode"), f.noGpuMode}};
}

QJsonObject factsJson(const DiskFacts &f)
{
    return {{QStringLiteral("mount"), f.mount},
            {QStringLiteral("role"), QString(probe::diskRoleName(f.role))},
            {QStringLiteral("used"), f.used},
            {QStringLiteral("total"), f.total},
            {QStringLiteral("percent"), rounded(f.percent)}};
}

QJsonObject factsJson(const SlowDiskFacts &f)
{
    return {{QStringLiteral("mount"), f.mount},
            {QStringLiteral("role"), QString(probe::diskRoleName(f.role))},
            {QStringLiteral("fstype"), orNull(f.fstype)},
            {QStringLiteral("file"), redacted(f.file)},
            {QStringLiteral("faster_mount"), orNull(f.fasterMount)},
            {QStringLiteral("gpu_mean_percent"), rounded(f.gpuMeanPercent)}};
}

QJsonObject factsJson(const ThrottleFacts &f)
{
    return {{QStringLiteral("temp_c"), roundedOrNull(f.tempC)},
            {QStringLiteral("slowdown_temp_c"), roundedOrNull(f.slowdownTempC)},
            {QStringLiteral("power_w"), roundedOrNull(f.powerW)},
            {QStringLiteral("power_limit_w"), roundedOrNull(f.powerLimitW)},
            {QStringLiteral("power_limit_default_w"), roundedOrNull(f.powerLimitDefaultW)},
            {QStringLiteral("clock_mhz"), roundedOrNull(f.clockMhz)},
            {QStringLiteral("clock_max_mhz"), roundedOrNull(f.clockMaxMhz)},
            {QStringLiteral("power_brake"), f.powerBrake}};
}

QJsonObject factsJson(const CheaperCardFacts &f)
{
    return {{QStringLiteral("card"), f.card},
            {QStringLiteral("per_hour"), decimalText(f.perHour)},
            {QStringLiteral("currency"), QString(currencyCode(f.perHour.currency))},
            {QStringLiteral("seen_on"), textOrNull(f.priceSeen)},
            {QStringLiteral("current_card"), f.currentCard},
            {QStringLiteral("current_per_hour"), decimalText(f.currentPerHour)},
            {QStringLiteral("peak_memory_mib"), rounded(f.peakMemoryMib)},
            {QStringLiteral("peak_load_percent"), rounded(f.peakLoadPercent)},
            {QStringLiteral("speed_percent"), rounded(f.speedPercent)}};
}

QJsonObject factsJson(const IdleFacts &f)
{
    return {{QStringLiteral("minutes"), f.minutes},
            {QStringLiteral("held_mib"), orNull(f.heldMib)},
            {QStringLiteral("no_gpu_mode"), f.noGpuMode}};
}

} // namespace

QJsonObject toJson(const Finding &finding)
{
    QJsonArray gpus;
    for (const int gpu : finding.gpus)
        gpus.append(gpu);
    QJsonArray evidence;
    for (const Evidence &one : finding.evidence) {
        const bool ofGpu = metrics::isOfGpu(one.quantity);
        evidence.append(QJsonObject{
            {QStringLiteral("quantity"), QString(quantityName(one.quantity))},
            {QStringLiteral("gpu"), ofGpu ? QJsonValue(one.gpu) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("from"), isoTime(one.from)},
            {QStringLiteral("to"), isoTime(one.to)},
            {QStringLiteral("min"), rounded(one.min)},
            {QStringLiteral("mean"), rounded(one.mean)},
            {QStringLiteral("max"), rounded(one.max)},
            {QStringLiteral("limit"), roundedOrNull(one.limit)}});
    }
    const AdviceWords words = wordsFor(finding);
    return {{QStringLiteral("kind"), QString(findingName(finding.kind))},
            {QStringLiteral("key"), finding.key},
            {QStringLiteral("since"), isoTime(finding.since)},
            {QStringLiteral("seen"), isoTime(finding.seen)},
            {QStringLiteral("gpus"), gpus},
            {QStringLiteral("evidence"), evidence},
            {QStringLiteral("facts"),
             std::visit([](const auto &facts) { return factsJson(facts); }, finding.facts)},
            {QStringLiteral("title"), words.title},
            {QStringLiteral("reason"), words.reason},
            {QStringLiteral("action"), words.action}};
}

} // namespace cli
