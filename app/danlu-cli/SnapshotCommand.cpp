// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/SnapshotCommand.h"

#include "app/danlu-cli/Json.h"
#include "app/danlu-cli/Output.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace core;

namespace cli {

namespace {

using namespace std::chrono_literals;

/// probe: nvidia-smi without persistence mode takes seconds; after this the snapshot is printed
/// with what is known.
constexpr auto probePatience = 15s;

/// Worth stopping for: everything that comes slowly has come, and rates have their two readings.
bool isComplete(const metrics::Sample &sample)
{
    return (!sample.gpus.empty() || sample.smiError) && !sample.disks.empty() &&
           sample.cpu.usedCores.has_value() && sample.host.hostname.has_value();
}

QString bytes(std::optional<qint64> value)
{
    return value ? QLocale::c().formattedDataSize(*value, 1) : QStringLiteral("?");
}

QString number(std::optional<double> value, const char *unit, int decimals = 0)
{
    if (!value)
        return QStringLiteral("?") + QLatin1StringView(unit);
    return QLocale::c().toString(*value, 'f', decimals) + QLatin1StringView(unit);
}

} // namespace

SnapshotCommand::SnapshotCommand(Kind kind, const Arguments &arguments, Services &services,
                                 QObject *parent)
    : QObject(parent)
    , m_kind(kind)
    , m_arguments(arguments)
    , m_stream(arguments, services)
{
}

void SnapshotCommand::start()
{
    const Result<double> interval = positiveNumber(m_arguments, "interval", 1);
    const Result<double> count = positiveNumber(m_arguments, "count", 1e9);
    if (count && *count != std::floor(*count)) {
        finish(reportError(
            {ErrorCode::Usage, Step::None, QStringLiteral("--count takes a whole number")},
            m_arguments.json));
        return;
    }
    for (const Result<double> *option : {&interval, &count}) {
        if (!*option) {
            finish(reportError(option->error(), m_arguments.json));
            return;
        }
    }
    if (m_arguments.positionals.size() != 1) {
        finish(reportError({ErrorCode::Usage, Step::None, QStringLiteral("one TARGET")},
                           m_arguments.json));
        return;
    }
    m_wanted = m_arguments.has("count") ? std::max(1, int(*count)) : 0;

    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_best) {
            print(*m_best);
            finish(ExitDone);
        } else {
            finish(
                reportError({ErrorCode::TimedOut, Step::Sampler, QStringLiteral("no sample came")},
                            m_arguments.json));
        }
    });
    connect(&m_stream, &SampleStream::sampling, this, [this] {
        if (m_kind == Kind::Probe)
            m_patience.start(probePatience);
    });
    connect(&m_stream, &SampleStream::arrived, this, &SnapshotCommand::take);
    connect(&m_stream, &SampleStream::reconnecting, this, [](const Error &error, int seconds) {
        printJson(QJsonObject{{QStringLiteral("event"), QStringLiteral("reconnecting")},
                              {QStringLiteral("reason"), QString(errorCodeName(error.code))},
                              {QStringLiteral("in_s"), seconds}});
    });
    connect(&m_stream, &SampleStream::failed, this,
            [this](const Error &error) { finish(reportError(error, m_arguments.json)); });
    const double seconds = m_kind == Kind::Probe ? 1 : std::max(0.2, *interval);
    m_stream.start(std::chrono::milliseconds(qint64(seconds * 1000)), m_kind == Kind::Watch);
}

void SnapshotCommand::take(const metrics::SamplePtr &sample)
{
    if (m_ended)
        return;
    if (m_kind == Kind::Probe) {
        m_best = sample;
        if (!isComplete(*sample))
            return;
        print(*sample);
        finish(ExitDone);
        return;
    }
    print(*sample);
    if (m_wanted > 0 && m_printed >= m_wanted)
        finish(ExitDone);
}

void SnapshotCommand::print(const metrics::Sample &sample)
{
    ++m_printed;
    // watch is NDJSON with and without --json.
    if (m_kind == Kind::Watch || m_arguments.json)
        printJson(toJson(sample));
    else
        printText(sample);
}

void SnapshotCommand::printText(const metrics::Sample &sample) const
{
    const QString unknown = QStringLiteral("?");
    printLine(QStringLiteral("%1  %2  kernel %3")
                  .arg(sample.host.hostname.value_or(unknown),
                       sample.host.os.prettyName.value_or(unknown),
                       sample.host.kernel.value_or(unknown)));
    printLine(QStringLiteral("mode %1  driver %2  CUDA up to %3")
                  .arg(metrics::modeName(sample.mode), sample.driver.value_or(unknown),
                       sample.cuda.value_or(unknown)));
    if (sample.smiError)
        printLine(QStringLiteral("nvidia-smi: %1: %2")
                      .arg(probe::smiFailureName(sample.smiError->failure), sample.smiError->text));
    for (const probe::GpuInfo &gpu : sample.gpus)
        printLine(QStringLiteral("GPU %1  %2  %3  memory %4 / %5  %6 / %7  %8")
                      .arg(gpu.index ? QString::number(*gpu.index) : unknown,
                           gpu.name.value_or(unknown), number(gpu.utilPercent, " %"),
                           number(gpu.memUsedMib, ""), number(gpu.memTotalMib, " MiB"),
                           number(gpu.powerW, ""), number(gpu.powerLimitW, " W"),
                           number(gpu.tempC, " C")));
    printLine(
        QStringLiteral("CPU  %1 of %2 cores  (%3)")
            .arg(number(sample.cpu.usedCores, "", 2), number(sample.cpu.limitCores, "", 1),
                 sample.cpu.source ? QString(metrics::sourceName(*sample.cpu.source)) : unknown));
    printLine(QStringLiteral("Memory  %1 of %2  (%3)")
                  .arg(bytes(sample.memory.usedBytes), bytes(sample.memory.limitBytes),
                       sample.memory.source ? QString(metrics::sourceName(*sample.memory.source))
                                            : unknown));
    for (const probe::DiskInfo &disk : sample.disks)
        printLine(QStringLiteral("Disk %1  %2  %3 of %4")
                      .arg(disk.mount, probe::diskRoleName(disk.role), bytes(disk.usedBytes),
                           bytes(disk.totalBytes)));
}

void SnapshotCommand::cancel()
{
    finish(reportError({ErrorCode::Cancelled, Step::None, {}}, m_arguments.json));
}

void SnapshotCommand::finish(int exitCode)
{
    if (m_ended)
        return;
    m_ended = true;
    m_patience.stop();
    m_stream.stop();
    Q_EMIT done(exitCode);
}

} // namespace cli
