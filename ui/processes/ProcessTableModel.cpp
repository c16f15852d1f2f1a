// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/processes/ProcessTableModel.h"

#include "ui/common/Format.h"
#include "ui/common/TableView.h"

#include <QHash>

#include <algorithm>

namespace ui::processes {

using core::probe::TableProcess;

namespace {

constexpr double mebibyte = 1024.0 * 1024;

using Key = std::pair<qint64, qint64>;

Key keyOf(const ProcessRow &row)
{
    return {row.process.pid, row.process.startTicks};
}

bool isNumber(int column)
{
    return column != ProcessTableModel::User && column != ProcessTableModel::Gpu &&
           column != ProcessTableModel::Command;
}

QString gpuWords(const TableProcess &process)
{
    QStringList devices;
    for (const int minor : process.gpuMinors)
        devices += QStringLiteral("nvidia%1").arg(minor);
    if (devices.isEmpty() && process.mapsCuda)
        devices += QStringLiteral("libcuda");
    return devices.join(QStringLiteral(", "));
}

std::optional<double> bytesOf(std::optional<qint64> mebibytes)
{
    return mebibytes ? std::optional(double(*mebibytes) * mebibyte) : std::nullopt;
}

QString displayText(const ProcessRow &row, int column)
{
    const TableProcess &process = row.process;
    switch (column) {
    case ProcessTableModel::Pid: return QString::number(process.pid);
    case ProcessTableModel::User: return process.user.isEmpty() ? format::absent() : process.user;
    case ProcessTableModel::Cpu: return format::percent(row.cpuPercent);
    case ProcessTableModel::Memory:
        return format::bytes(process.rssBytes ? std::optional(double(*process.rssBytes))
                                              : std::nullopt);
    case ProcessTableModel::GpuMemory:
        // Nothing to tell of one that holds no GPU; unknown of one that does.
        return row.gpuMib || process.holdsGpu() ? format::bytes(bytesOf(row.gpuMib)) : QString();
    case ProcessTableModel::Gpu: return gpuWords(process);
    case ProcessTableModel::Time: return format::duration(row.ageSeconds);
    case ProcessTableModel::Command: return commandWords(process);
    default: return {};
    }
}

template <typename T>
QVariant known(const std::optional<T> &value)
{
    return value ? QVariant(*value) : QVariant();
}

QVariant sortValue(const ProcessRow &row, int column)
{
    switch (column) {
    case ProcessTableModel::Pid: return row.process.pid;
    case ProcessTableModel::Cpu: return known(row.cpuPercent);
    case ProcessTableModel::Memory: return known(row.process.rssBytes);
    case ProcessTableModel::GpuMemory: return known(row.gpuMib);
    case ProcessTableModel::Gpu:
        return row.process.holdsGpu() ? QVariant(gpuWords(row.process)) : QVariant();
    case ProcessTableModel::Time: return known(row.ageSeconds);
    default: return displayText(row, column);
    }
}

} // namespace

QString commandWords(const TableProcess &process)
{
    if (process.state == 'Z')
        //: A process that has ended, but whose parent has not looked yet; %1 is its name
        return ProcessTableModel::tr("[%1] ended, waits for its parent").arg(process.name);
    return process.command.isEmpty() ? u'[' + process.name + u']' : process.command;
}

void ProcessTableModel::setRows(std::vector<ProcessRow> rows)
{
    QHash<Key, std::size_t> news;
    for (std::size_t i = 0; i < rows.size(); ++i)
        news.insert(keyOf(rows[i]), i);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (news.contains(keyOf(m_rows[std::size_t(row)])))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (ProcessRow &known : m_rows)
        known = rows[news.take(keyOf(known))];
    const int before = rowCount();
    if (before > 0)
        Q_EMIT dataChanged(index(0, 0), index(before - 1, ColumnCount - 1));
    if (news.isEmpty())
        return;
    beginInsertRows({}, before, before + int(news.size()) - 1);
    for (ProcessRow &row : rows) {
        if (news.contains(keyOf(row)))
            m_rows.push_back(std::move(row));
    }
    endInsertRows();
}

void ProcessTableModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ProcessTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ProcessTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ProcessTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ProcessRow &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return displayText(row, index.column());
    case sortRole: return sortValue(row, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        if (index.column() == Command)
            return row.process.command;
        if (index.column() == GpuMemory && row.process.holdsGpu() && !row.gpuMib)
            return tr("It holds a GPU, but how much of its memory can't be told: nvidia-smi "
                      "shows the host's PIDs here.");
        return {};
    default: return {};
    }
}

QVariant ProcessTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole) {
        if (section == Cpu)
            return tr("In percent of one core");
        if (section == Gpu)
            return tr("The GPU devices that it has open");
        if (section == Time)
            return tr("Since it was started");
        return {};
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Pid: return tr("PID");
    case User: return tr("User");
    case Cpu: return tr("CPU");
    case Memory: return tr("Memory");
    case GpuMemory: return tr("GPU memory");
    case Gpu: return tr("GPU");
    case Time: return tr("Time");
    case Command: return tr("Command");
    default: return {};
    }
}

} // namespace ui::processes
