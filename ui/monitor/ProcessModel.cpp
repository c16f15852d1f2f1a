// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/ProcessModel.h"

#include "ui/common/Format.h"
#include "ui/common/TableView.h"
#include "ui/monitor/Facts.h"

#include <algorithm>

namespace ui::monitor {

using core::metrics::ProcessInfo;

namespace {

bool isProcessNumber(int column)
{
    return column == ProcessModel::Pid || column == ProcessModel::Memory ||
           column == ProcessModel::Cpu;
}

auto byPid(qint64 pid)
{
    return [pid](const ProcessInfo &process) { return process.pid == pid; };
}

QString displayText(const ProcessInfo &process, int column)
{
    switch (column) {
    case ProcessModel::Pid: return QString::number(process.pid);
    case ProcessModel::User: return process.user.isEmpty() ? format::absent() : process.user;
    case ProcessModel::Gpu:
        //: In the column "GPU": this process uses one
        return process.holdsGpu ? ProcessModel::tr("yes") : QString();
    case ProcessModel::Memory: return format::bytes(asDouble(process.rssBytes));
    case ProcessModel::Cpu: return format::percent(process.cpuPercent);
    case ProcessModel::Command: return process.command;
    default: return {};
    }
}

QVariant sortValue(const ProcessInfo &process, int column)
{
    switch (column) {
    case ProcessModel::Pid: return process.pid;
    case ProcessModel::User: return process.user;
    case ProcessModel::Gpu: return process.holdsGpu;
    case ProcessModel::Memory: return process.rssBytes ? QVariant(*process.rssBytes) : QVariant();
    case ProcessModel::Cpu: return process.cpuPercent ? QVariant(*process.cpuPercent) : QVariant();
    case ProcessModel::Command: return process.command;
    default: return {};
    }
}

} // namespace

void ProcessModel::setProcesses(const std::vector<ProcessInfo> &processes)
{
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (std::none_of(processes.begin(), processes.end(), byPid(m_rows[std::size_t(row)].pid))) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
    for (const ProcessInfo &process : processes) {
        const auto known = std::find_if(m_rows.begin(), m_rows.end(), byPid(process.pid));
        if (known != m_rows.end()) {
            *known = process;
            continue;
        }
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size()));
        m_rows.push_back(process);
        endInsertRows();
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ProcessModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ProcessModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ProcessModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ProcessModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ProcessInfo &process = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return displayText(process, index.column());
    case sortRole: return sortValue(process, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter |
                   (isProcessNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole: return index.column() == Command ? process.command : QVariant();
    default: return {};
    }
}

QVariant ProcessModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isProcessNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == Cpu)
        return tr("In percent of one core");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Pid: return tr("PID");
    case User: return tr("User");
    case Gpu: return tr("GPU");
    case Memory: return tr("Memory");
    case Cpu: return tr("CPU");
    case Command: return tr("Command");
    default: return {};
    }
}

} // namespace ui::monitor
