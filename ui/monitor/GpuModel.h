// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/GpuInfo.h"

#include <QAbstractTableModel>

namespace ui::monitor {

/// One row per GPU of the last sample.
class GpuModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Index,
        Name,
        Utilisation,
        Memory,
        Power,
        Temperature,
        Fan,
        Clock,
        Mig,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setGpus(std::vector<core::probe::GpuInfo> gpus);
    /// Headers and words in the new language.
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString text(const core::probe::GpuInfo &gpu, int row, int column) const;
    [[nodiscard]] static QVariant sortValue(const core::probe::GpuInfo &gpu, int row, int column);

    std::vector<core::probe::GpuInfo> m_gpus;
};

} // namespace ui::monitor
