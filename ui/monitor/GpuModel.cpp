// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/GpuModel.h"

#include "ui/common/Format.h"
#include "ui/common/TableView.h"
#include "ui/monitor/Facts.h"

namespace ui::monitor {

namespace {

QString migWords(const core::probe::GpuInfo &gpu)
{
    if (!gpu.mig)
        return format::absent();
    if (!*gpu.mig)
        return GpuModel::tr("off");
    //: MIG is switched on; %1 is the number of slices the card is cut into
    return GpuModel::tr("on (%1)").arg(gpu.migDevices.size());
}

QString aboutCard(const core::probe::GpuInfo &gpu)
{
    QStringList lines;
    for (const auto *field : {&gpu.name, &gpu.uuid, &gpu.busId}) {
        if (*field)
            lines << **field;
    }
    return lines.join(u'\n');
}

template <typename T>
QVariant variantOf(const std::optional<T> &value)
{
    return value ? QVariant::fromValue(*value) : QVariant();
}

} // namespace

void GpuModel::setGpus(std::vector<core::probe::GpuInfo> gpus)
{
    if (gpus == m_gpus)
        return;
    if (gpus.size() != m_gpus.size()) {
        beginResetModel();
        m_gpus = std::move(gpus);
        endResetModel();
        return;
    }
    m_gpus = std::move(gpus);
    if (!m_gpus.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void GpuModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_gpus.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int GpuModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_gpus.size());
}

int GpuModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString GpuModel::text(const core::probe::GpuInfo &gpu, int row, int column) const
{
    switch (column) {
    case Index: return QString::number(gpuIndex(gpu, std::size_t(row)));
    case Name: return gpu.name ? shortGpuName(*gpu.name) : format::absent();
    case Utilisation: return format::percent(gpu.utilPercent);
    case Memory: return format::bytesOf(mibToBytes(gpu.memUsedMib), mibToBytes(gpu.memTotalMib));
    case Power: return format::wattsOf(gpu.powerW, gpu.powerLimitW);
    case Temperature: return format::celsius(gpu.tempC);
    case Fan: return format::percent(gpu.fanPercent);
    case Clock:
        return gpu.smClockMhz
                   ? format::number(*gpu.smClockMhz) + format::unitSpace + QStringLiteral("MHz")
                   : format::absent();
    case Mig: return migWords(gpu);
    default: return {};
    }
}

QVariant GpuModel::sortValue(const core::probe::GpuInfo &gpu, int row, int column)
{
    switch (column) {
    case Index: return gpuIndex(gpu, std::size_t(row));
    case Name: return variantOf(gpu.name);
    case Utilisation: return variantOf(gpu.utilPercent);
    case Memory: return variantOf(gpu.memUsedMib);
    case Power: return variantOf(gpu.powerW);
    case Temperature: return variantOf(gpu.tempC);
    case Fan: return variantOf(gpu.fanPercent);
    case Clock: return variantOf(gpu.smClockMhz);
    case Mig: return variantOf(gpu.mig);
    default: return {};
    }
}

QVariant GpuModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const core::probe::GpuInfo &gpu = m_gpus[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(gpu, index.row(), index.column());
    case sortRole: return sortValue(gpu, index.row(), index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter |
                   (index.column() >= Utilisation && index.column() <= Clock ? Qt::AlignRight
                                                                             : Qt::AlignLeft));
    case Qt::ToolTipRole:
        if (index.column() == Name)
            return aboutCard(gpu);
        return {};
    default: return {};
    }
}

QVariant GpuModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter |
                   (section >= Utilisation && section <= Clock ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Index: return tr("GPU");
    case Name: return tr("Card");
    case Utilisation: return tr("Use");
    case Memory: return tr("Memory");
    case Power: return tr("Power");
    case Temperature: return tr("Temperature");
    case Fan: return tr("Fan");
    case Clock: return tr("Clock");
    case Mig: return tr("MIG");
    default: return {};
    }
}

} // namespace ui::monitor
