// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/NvidiaSmi.h"
#include "core/probe/Text.h"

#include <QRegularExpression>

#include <algorithm>

namespace core::probe {

namespace {

using Cells = QByteArrayList;

/// One row: commas, blanks around cells, cells in double quotes may hold commas.
Cells splitRow(const QByteArray &line)
{
    Cells cells;
    QByteArray cell;
    bool quoted = false;
    for (char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells.append(cell.trimmed());
            cell.clear();
        } else {
            cell += c;
        }
    }
    cells.append(cell.trimmed());
    return cells;
}

/// "memory.total [MiB]" to "memory.total", with nvidia-smi's synonyms made one.
QByteArray fieldName(QByteArray header)
{
    header = header.trimmed().toLower();
    const qsizetype bracket = header.indexOf('[');
    if (bracket >= 0)
        header = header.first(bracket).trimmed();
    static const QMap<QByteArray, QByteArray> synonyms{
        {"gpu_name", "name"},
        {"gpu_uuid", "uuid"},
        {"gpu_bus_id", "pci.bus_id"},
        {"clocks.current.sm", "clocks.sm"},
        {"power.draw.instant", "power.draw.instant"},
        {"gpu_index", "index"},
        {"enforced.power.limit", "power.limit.enforced"},
        {"process_name", "name.process"},
        {"used_gpu_memory", "used_memory"}};
    return synonyms.value(header, header);
}

bool isHeader(const Cells &cells)
{
    static const QByteArrayList known{"name",
                                      "uuid",
                                      "index",
                                      "driver_version",
                                      "memory.total",
                                      "memory.used",
                                      "memory.free",
                                      "utilization.gpu",
                                      "temperature.gpu",
                                      "power.draw",
                                      "power.limit",
                                      "fan.speed",
                                      "pstate",
                                      "timestamp",
                                      "pci.bus_id",
                                      "mig.mode.current",
                                      "count",
                                      "clocks.sm",
                                      "pid",
                                      "utilization.memory",
                                      "power.draw.instant",
                                      "power.draw.average"};
    int names = 0;
    for (const QByteArray &cell : cells)
        names += known.contains(fieldName(cell)) ? 1 : 0;
    // Values never look like field names.
    return names > 0 && names * 2 >= std::min<int>(int(cells.size()), 6);
}

bool matches(const QByteArray &cell, const char *pattern)
{
    return QRegularExpression(QLatin1StringView(pattern)).match(QString::fromUtf8(cell)).hasMatch();
}

/// Fields that can be told by how they look; "" for the rest. \a units: the cells carry units.
QByteArrayList fieldsByShape(const Cells &cells)
{
    static const QByteArrayList usual{"index",
                                      "name",
                                      "uuid",
                                      "driver_version",
                                      "memory.total",
                                      "memory.used",
                                      "memory.free",
                                      "utilization.gpu",
                                      "temperature.gpu",
                                      "power.draw",
                                      "power.limit",
                                      "fan.speed",
                                      "pstate",
                                      "mig.mode.current",
                                      "pci.bus_id"};
    if (cells.size() == usual.size() && wholeNumber(cells[0]) && cells[2].startsWith("GPU-") &&
        matches(cells[3], "^[0-9]{3}\\.[0-9.]+$") && matches(cells[12], "^(P[0-9]{1,2}|\\[.*\\])$"))
        return usual;
    QByteArrayList fields;
    int uuids = 0;
    for (const QByteArray &cell : cells) {
        QByteArray field;
        if (matches(cell, "^GPU-[0-9a-fA-F-]{8,}$")) {
            field = "uuid";
            ++uuids;
        } else if (matches(cell, "^[0-9a-fA-F]{8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-9]$"))
            field = "pci.bus_id";
        else if (matches(cell, "^P[0-9]{1,2}$"))
            field = "pstate";
        else if (matches(cell, "^[1-9][0-9]{2}\\.[0-9]{2,3}(\\.[0-9]{2})?$") && !cell.contains(' '))
            field = matches(cell, "\\..*\\.") ? "driver_version" : "";
        else if (matches(cell, "^(NVIDIA |Tesla |GeForce |Quadro |GRID |TITAN |A100|H100|V100)"))
            field = "name";
        fields.append(field);
    }
    // "97 %": utilisation or fan cannot be told apart; one figure in W or of memory can neither.
    if (fields.count(QByteArray("driver_version")) > 1 || uuids > 1)
        return {};
    return fields;
}

void setCell(GpuInfo &gpu, SmiReport &report, const QByteArray &field, const QByteArray &cell)
{
    if (field == "mig.mode.current") {
        gpu.mig = cell == "Enabled";
        return;
    }
    if (isAbsent(cell))
        return;
    if (field == "index") {
        if (const auto index = wholeNumber(cell); index && *index < 1024)
            gpu.index = int(*index);
    } else if (field == "name")
        gpu.name = decode(cell);
    else if (field == "uuid")
        gpu.uuid = decode(cell);
    else if (field == "pci.bus_id")
        gpu.busId = decode(cell);
    else if (field == "driver_version")
        report.driver = decode(cell);
    else if (field == "cuda_version")
        report.cuda = decode(cell);
    else if (field == "memory.total")
        gpu.memTotalMib = mebibytes(cell);
    else if (field == "memory.used")
        gpu.memUsedMib = mebibytes(cell);
    else if (field == "utilization.gpu")
        gpu.utilPercent = leadingNumber(cell);
    else if (field == "temperature.gpu")
        gpu.tempC = leadingNumber(cell);
    else if (field == "fan.speed")
        gpu.fanPercent = leadingNumber(cell);
    else if (field == "clocks.sm")
        gpu.smClockMhz = leadingNumber(cell);
    else if (field == "power.limit")
        gpu.powerLimitW = leadingNumber(cell);
    else if (field == "count") {
        if (const auto count = wholeNumber(cell); count && *count < 1024)
            report.attachedGpus = int(*count);
    }
}

/// power.draw is the figure everybody means; without it the instant one, then the average.
void setPower(GpuInfo &gpu, const QByteArrayList &fields, const Cells &cells)
{
    for (const char *wanted : {"power.draw.average", "power.draw.instant", "power.draw"}) {
        const qsizetype at = fields.indexOf(wanted);
        if (at < 0 || at >= cells.size())
            continue;
        if (const auto power = leadingNumber(cells[at]))
            gpu.powerW = power;
    }
    const qsizetype at = fields.indexOf("power.limit.enforced");
    if (!gpu.powerLimitW && at >= 0 && at < cells.size())
        gpu.powerLimitW = leadingNumber(cells[at]);
}

bool sameGpu(const GpuInfo &a, const GpuInfo &b, bool hasIndex, bool hasUuid)
{
    if (hasIndex)
        return a.index == b.index;
    return hasUuid && a.uuid == b.uuid && a.uuid.has_value();
}

SmiError unreadable(QByteArrayView text)
{
    if (auto error = recogniseSmiError(text))
        return *error;
    return {SmiFailure::Unreadable, decode(text).simplified().left(300)};
}

/// Lines that are no rows: messages that nvidia-smi or a shell writes in between.
bool isMessage(const QByteArray &line)
{
    const auto error = recogniseSmiError(line);
    return error && error->failure != SmiFailure::Empty && !line.contains(", ");
}

} // namespace

tl::expected<SmiReport, SmiError> parseNvidiaSmiCsv(QByteArrayView text, const QStringList &columns)
{
    SmiReport report;
    QByteArrayList fields;
    for (const QString &column : columns)
        fields.append(fieldName(column.toUtf8()));
    bool sawHeader = false;
    bool anyKnown = false;
    for (const QByteArray &line : splitLines(text)) {
        if (line.trimmed().isEmpty() || isMessage(line))
            continue;
        const Cells cells = splitRow(line);
        if (isHeader(cells)) {
            fields.clear();
            for (const QByteArray &cell : cells)
                fields.append(fieldName(cell));
            sawHeader = true;
            continue;
        }
        QByteArrayList rowFields = fields;
        if (rowFields.isEmpty())
            rowFields = fieldsByShape(cells);
        const bool anyField = std::any_of(rowFields.cbegin(), rowFields.cend(),
                                          [](const QByteArray &field) { return !field.isEmpty(); });
        if (!anyField || (sawHeader && cells.size() == 1 && rowFields.size() > 1))
            continue;
        anyKnown = true;
        GpuInfo gpu;
        gpu.mig = false;
        for (qsizetype i = 0; i < std::min(cells.size(), rowFields.size()); ++i)
            setCell(gpu, report, rowFields[i], cells[i]);
        setPower(gpu, rowFields, cells);
        const bool hasIndex = gpu.index.has_value();
        const bool hasUuid = gpu.uuid.has_value();
        // With -l the same GPU comes again and again: the last row wins. Without index and UUID
        // rows with timestamps are a log of one GPU, others are one GPU each.
        const bool log = !hasIndex && !hasUuid && rowFields.contains("timestamp");
        auto known = report.gpus.end();
        if (log)
            known = report.gpus.begin();
        else if (hasIndex || hasUuid)
            known = std::find_if(report.gpus.begin(), report.gpus.end(), [&](const GpuInfo &other) {
                return sameGpu(other, gpu, hasIndex, hasUuid);
            });
        if (known != report.gpus.end()) {
            if (!gpu.index)
                gpu.index = known->index;
            *known = gpu;
        } else {
            if (!gpu.index)
                gpu.index = int(report.gpus.size());
            report.gpus.push_back(gpu);
        }
    }
    if (report.gpus.empty()) {
        const SmiError error = unreadable(text);
        // A header and nothing below it is an honest answer: no GPU.
        if (sawHeader && error.failure == SmiFailure::Unreadable)
            return tl::make_unexpected(SmiError{SmiFailure::Empty, {}});
        return tl::make_unexpected(error);
    }
    if (!anyKnown)
        return tl::make_unexpected(unreadable(text));
    return report;
}

tl::expected<std::vector<ComputeApp>, SmiError> parseComputeAppsCsv(QByteArrayView text)
{
    std::vector<ComputeApp> apps;
    QByteArrayList fields;
    bool sawHeader = false;
    for (const QByteArray &line : splitLines(text)) {
        if (line.trimmed().isEmpty() || isMessage(line))
            continue;
        const Cells cells = splitRow(line);
        QByteArrayList names;
        for (const QByteArray &cell : cells)
            names.append(fieldName(cell));
        if (names.contains("pid") || names.contains("used_memory")) {
            fields = names;
            sawHeader = true;
            continue;
        }
        if (fields.isEmpty())
            continue;
        ComputeApp app;
        for (qsizetype i = 0; i < std::min(cells.size(), fields.size()); ++i) {
            if (isAbsent(cells[i]))
                continue;
            if (fields[i] == "pid")
                app.process.pid = wholeNumber(cells[i]);
            else if (fields[i] == "name.process")
                app.process.name = decode(cells[i]);
            else if (fields[i] == "used_memory")
                app.process.usedMib = mebibytes(cells[i]);
            else if (fields[i] == "uuid")
                app.gpuUuid = decode(cells[i]);
        }
        if (app.process.pid)
            apps.push_back(app);
    }
    if (!sawHeader)
        return tl::make_unexpected(unreadable(text));
    return apps;
}

} // namespace core::probe
