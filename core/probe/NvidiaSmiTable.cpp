// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/NvidiaSmi.h"
#include "core/probe/Text.h"

#include <QRegularExpression>

#include <algorithm>

namespace core::probe {

namespace {

QString cell(const QString &row, int at)
{
    return row.section(u'|', at + 1, at + 1);
}

std::optional<QString> firstMatch(const char *pattern, const QString &text)
{
    const auto match = QRegularExpression(QLatin1StringView(pattern)).match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1);
}

std::optional<double> number(const char *pattern, const QString &text)
{
    const auto found = firstMatch(pattern, text);
    return found ? leadingNumber(found->toLatin1()) : std::nullopt;
}

std::optional<qint64> whole(const char *pattern, const QString &text)
{
    const auto found = firstMatch(pattern, text);
    return found ? wholeNumber(found->toLatin1()) : std::nullopt;
}

/// The table is drawn for eyes: columns move from driver to driver, so every figure is found by how
/// it looks within its box.
class TableReader
{
public:
    SmiReport read(QByteArrayView text)
    {
        for (const QByteArray &line : splitLines(text))
            take(decode(line));
        return std::move(m_report);
    }

private:
    void take(const QString &line)
    {
        if (const auto driver = firstMatch("Driver Version: *([0-9][0-9.]*)", line))
            m_report.driver = driver;
        if (const auto cuda = firstMatch("CUDA Version: *([0-9]+\\.[0-9]+)", line))
            m_report.cuda = cuda;
        if (line.contains(u"MIG devices:"))
            m_part = Part::Mig;
        else if (line.contains(u"Processes:"))
            m_part = Part::Processes;
        if (!line.startsWith(u'|')) {
            m_row = 0;
            return;
        }
        switch (m_part) {
        case Part::Gpus: gpuLine(line); break;
        case Part::Mig: migLine(line); break;
        case Part::Processes: processLine(line); break;
        }
    }

    void gpuLine(const QString &line)
    {
        static const QRegularExpression first(
            QStringLiteral("^\\| *([0-9]+) +(.+?) +(On|Off|N/A) *\\| "
                           "*([0-9A-Fa-f]{4,8}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\\.[0-9])"));
        if (const auto match = first.match(line); match.hasMatch()) {
            GpuInfo gpu;
            gpu.index = match.captured(1).toInt();
            gpu.name = match.captured(2).trimmed();
            gpu.busId = match.captured(4);
            gpu.mig = false;
            m_report.gpus.push_back(gpu);
            m_row = 1;
            return;
        }
        if (m_row == 0 || m_report.gpus.empty())
            return;
        GpuInfo &gpu = m_report.gpus.back();
        if (m_row == 1) {
            gpu.fanPercent = number("^\\| *([0-9]+)% ", line);
            gpu.tempC = number("([0-9]+)C ", cell(line, 0));
            gpu.powerW = number("([0-9]+)W */", cell(line, 0));
            gpu.powerLimitW = number("/ *([0-9]+)W", cell(line, 0));
            gpu.memUsedMib = whole("([0-9]+)MiB */", cell(line, 1));
            gpu.memTotalMib = whole("/ *([0-9]+)MiB", cell(line, 1));
            gpu.utilPercent = number("([0-9]+)%", cell(line, 2));
        } else if (cell(line, 2).contains(u"Enabled")) {
            gpu.mig = true;
        }
        ++m_row;
    }

    GpuInfo *gpuOf(const QString &index)
    {
        const int wanted = index.toInt();
        const auto it = std::find_if(m_report.gpus.begin(), m_report.gpus.end(),
                                     [&](const GpuInfo &gpu) { return gpu.index == wanted; });
        return it == m_report.gpus.end() ? nullptr : &*it;
    }

    void migLine(const QString &line)
    {
        static const QRegularExpression row(QStringLiteral(
            "^\\| +([0-9]+) +([0-9]+) +([0-9]+) +([0-9]+) +\\| +([0-9]+)MiB */ *([0-9]+)MiB"));
        const auto match = row.match(line);
        GpuInfo *gpu = match.hasMatch() ? gpuOf(match.captured(1)) : nullptr;
        if (gpu)
            gpu->migDevices.push_back({match.captured(4).toInt(), match.captured(2).toInt(),
                                       match.captured(3).toInt(), match.captured(6).toLongLong(),
                                       match.captured(5).toLongLong()});
    }

    void processLine(const QString &line)
    {
        // GPU [GI CI] PID Type Name Memory; GI and CI since driver 450.
        static const QRegularExpression row(QStringLiteral(
            "^\\| +([0-9]+) +(?:(?:[0-9]+|N/A) +(?:[0-9]+|N/A) +)?([0-9]+) +([CGM+]+) +(.*?) +"
            "(?:([0-9]+)MiB|N/A) *\\|"));
        const auto match = row.match(line);
        GpuInfo *gpu = match.hasMatch() ? gpuOf(match.captured(1)) : nullptr;
        if (!gpu)
            return;
        GpuProcess process;
        process.pid = match.captured(2).toLongLong();
        process.type = match.captured(3);
        process.name = match.captured(4).trimmed();
        if (match.hasCaptured(5))
            process.usedMib = match.captured(5).toLongLong();
        gpu->processes.push_back(process);
    }

    enum class Part { Gpus, Mig, Processes };
    SmiReport m_report;
    Part m_part = Part::Gpus;
    int m_row = 0; ///< within a GPU's box
};

} // namespace

tl::expected<SmiReport, SmiError> parseNvidiaSmiTable(QByteArrayView text)
{
    SmiReport report = TableReader().read(text);
    if (report.gpus.empty()) {
        if (auto error = recogniseSmiError(text))
            return tl::make_unexpected(*error);
        return tl::make_unexpected(
            SmiError{SmiFailure::Unreadable, decode(text).simplified().left(300)});
    }
    return report;
}

} // namespace core::probe
