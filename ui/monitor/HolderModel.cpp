// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/HolderModel.h"

#include "ui/common/Format.h"
#include "ui/common/TableView.h"
#include "ui/monitor/Facts.h"

namespace ui::monitor {

namespace {

bool isNumber(int column)
{
    return column == HolderModel::HostPid || column == HolderModel::Memory;
}

QString typeWords(const std::optional<QString> &type)
{
    if (!type)
        return format::absent();
    if (*type == QLatin1StringView("C"))
        //: A process that computes on the GPU
        return HolderModel::tr("Compute");
    if (*type == QLatin1StringView("G"))
        //: A process that draws with the GPU
        return HolderModel::tr("Graphics");
    return *type;
}

} // namespace

void HolderModel::setGpus(const std::vector<core::probe::GpuInfo> &gpus)
{
    std::vector<Row> rows;
    for (std::size_t i = 0; i < gpus.size(); ++i) {
        for (const core::probe::GpuProcess &process : gpus[i].processes)
            rows.push_back({gpuIndex(gpus[i], i), process});
    }
    if (rows == m_rows)
        return;
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void HolderModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int HolderModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int HolderModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant HolderModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole && role != sortRole)
        return {};
    const bool sorting = role == sortRole;
    switch (index.column()) {
    case Gpu: return sorting ? QVariant(row.gpu) : QVariant(QString::number(row.gpu));
    case HostPid:
        if (!row.process.pid)
            return sorting ? QVariant() : QVariant(format::absent());
        return sorting ? QVariant(*row.process.pid) : QVariant(QString::number(*row.process.pid));
    case Memory:
        if (sorting)
            return row.process.usedMib ? QVariant(*row.process.usedMib) : QVariant();
        return format::bytes(mibToBytes(row.process.usedMib));
    case Type: return typeWords(row.process.type);
    case Name: return row.process.name.value_or(format::absent());
    default: return {};
    }
}

QVariant HolderModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Gpu: return tr("GPU");
    case HostPid: return tr("PID on the host");
    case Memory: return tr("GPU memory");
    case Type: return tr("Kind");
    case Name: return tr("Name");
    default: return {};
    }
}

} // namespace ui::monitor
