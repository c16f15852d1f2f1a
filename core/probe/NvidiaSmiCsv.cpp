// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/NvidiaSmi.h"
#include "core/probe/Text.h"

#include <QDateTime>
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
        {"gpu_serial", "serial"},
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
                                      "power.draw.average",
                                      "serial",
                                      "name.process",
                                      "used_memory"};
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
        gpu.mig = migMode(cell);
        return;
    }
    // No figure is in brackets: these are all the ways in which a card does not answer.
    if (isAbsent(cell) || (cell.startsWith('[') && cell.endsWith(']')))
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
        gpu.utilPercent = percentage(cell);
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

/// Finds the GPU that a row is about: with -l the same ones come again and again, and the last row
/// wins.
class RowPlaces
{
public:
    /// Where in \a report the row belongs; its size for a GPU that was not there yet.
    std::size_t find(const SmiReport &report, const GpuInfo &gpu, const QByteArrayList &fields,
                     const Cells &cells)
    {
        m_known.resize(report.gpus.size()); // processes bring GPUs of their own
        Identity identity;
        identity.hasIndex = gpu.index.has_value();
        for (qsizetype i = 0; i < std::min(fields.size(), cells.size()); ++i) {
            if (fields[i] == "serial" && !isAbsent(cells[i]) && !cells[i].startsWith('['))
                identity.serial = cells[i];
        }
        std::size_t place = report.gpus.size();
        if (gpu.busId || gpu.uuid || !identity.serial.isEmpty() || identity.hasIndex) {
            for (std::size_t i = 0; i < report.gpus.size() && place == report.gpus.size(); ++i) {
                if (isSame(report.gpus[i], m_known[i], gpu, identity))
                    place = i;
            }
        } else if (!namesGpus(fields)) {
            place = std::min(place, slot(report, fields, cells));
        }
        if (place == m_known.size())
            m_known.push_back(identity);
        return place;
    }

private:
    struct Identity
    {
        bool hasIndex = false; ///< of the row, not counted by us
        QByteArray serial;
    };

    static bool isSame(const GpuInfo &a, const Identity &ofA, const GpuInfo &b, const Identity &ofB)
    {
        if (a.busId && b.busId)
            return a.busId->compare(*b.busId, Qt::CaseInsensitive) == 0;
        if (a.uuid && b.uuid)
            return a.uuid == b.uuid;
        if (!ofA.serial.isEmpty() && !ofB.serial.isEmpty())
            return ofA.serial == ofB.serial;
        return ofA.hasIndex && ofB.hasIndex && a.index == b.index;
    }

    static bool namesGpus(const QByteArrayList &fields)
    {
        return fields.contains("pci.bus_id") || fields.contains("uuid") ||
               fields.contains("serial") || fields.contains("index");
    }

    /// Rows that do not say whose they are: by their number where the count is known, else by their
    /// times: the cards of one round come at once, the next round comes later.
    std::size_t slot(const SmiReport &report, const QByteArrayList &fields, const Cells &cells)
    {
        const qsizetype at = fields.indexOf("timestamp");
        const int count = report.attachedGpus.value_or(0);
        if (count > 1)
            return m_anonymous++ % std::size_t(count);
        if (at < 0)
            return report.gpus.size();
        constexpr qint64 roundMs = 50;
        const QDateTime time = QDateTime::fromString(QString::fromLatin1(cells.value(at)),
                                                     QStringLiteral("yyyy/MM/dd hh:mm:ss.zzz"));
        const qint64 gap = m_time.isValid() && time.isValid() ? m_time.msecsTo(time) : roundMs;
        m_time = time;
        m_slot = gap >= 0 && gap < roundMs ? m_slot + 1 : 0;
        return m_slot;
    }

    std::vector<Identity> m_known; ///< as the report's GPUs
    std::size_t m_anonymous = 0;
    std::size_t m_slot = 0;
    QDateTime m_time;
};

/// A row of --query-compute-apps. A name is not quoted: it may hold commas.
ComputeApp readApp(const QByteArrayList &fields, Cells cells)
{
    const qsizetype name = fields.indexOf("name.process");
    for (qsizetype more = cells.size() - fields.size(); name >= 0 && more > 0; --more) {
        cells[name] += ", " + cells[name + 1];
        cells.removeAt(name + 1);
    }
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
        else if (fields[i] == "pci.bus_id")
            app.gpuBusId = decode(cells[i]);
        else if (fields[i] == "name")
            app.gpuName = decode(cells[i]);
    }
    return app;
}

/// Processes name their GPU by UUID or bus; those that name none belong to an only one.
void addProcess(SmiReport &report, const ComputeApp &app)
{
    if (!app.process.pid)
        return;
    const bool isNamed = app.gpuUuid || app.gpuBusId;
    auto gpu = std::find_if(report.gpus.begin(), report.gpus.end(), [&](const GpuInfo &one) {
        return isNamed ? (app.gpuUuid && one.uuid == app.gpuUuid) ||
                             (app.gpuBusId && one.busId == app.gpuBusId)
                       : report.gpus.size() == 1;
    });
    if (gpu == report.gpus.end()) {
        // Nothing else is told of it; which number it has is not known.
        GpuInfo unseen;
        unseen.uuid = app.gpuUuid;
        unseen.busId = app.gpuBusId;
        unseen.name = app.gpuName;
        gpu = report.gpus.insert(gpu, unseen);
    }
    gpu->processes.push_back(app.process);
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
    RowPlaces places;
    const QByteArrayList lines = splitLines(text);
    for (qsizetype at = 0; at < lines.size(); ++at) {
        const QByteArray &line = lines[at];
        if (line.trimmed().isEmpty() || isMessage(line))
            continue;
        Cells cells = splitRow(line);
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
        if (rowFields.contains("pid")) {
            addProcess(report, readApp(rowFields, cells));
            continue;
        }
        if (cells.size() < rowFields.size()) {
            report.truncated = true;
            if (at + 1 == lines.size())
                cells.removeLast(); // the cell where it was cut may be half a figure
        }
        GpuInfo gpu;
        gpu.mig = false;
        for (qsizetype i = 0; i < std::min(cells.size(), rowFields.size()); ++i)
            setCell(gpu, report, rowFields[i], cells[i]);
        setPower(gpu, rowFields, cells);
        const std::size_t place = places.find(report, gpu, rowFields, cells);
        if (place < report.gpus.size()) {
            GpuInfo &known = report.gpus[place];
            if (!gpu.index)
                gpu.index = known.index.value_or(int(place));
            gpu.processes = std::move(known.processes);
            known = std::move(gpu);
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
        const ComputeApp app = readApp(fields, cells);
        if (app.process.pid)
            apps.push_back(app);
    }
    if (!sawHeader)
        return tl::make_unexpected(unreadable(text));
    return apps;
}

} // namespace core::probe
