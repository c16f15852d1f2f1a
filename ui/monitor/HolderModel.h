// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/GpuInfo.h"

#include <QAbstractTableModel>

namespace ui::monitor {

/// Who holds GPU memory as nvidia-smi tells; in a container the PIDs are the host's.
class HolderModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Gpu, HostPid, Memory, Type, Name, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setGpus(const std::vector<core::probe::GpuInfo> &gpus);
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Row
    {
        int gpu = 0;
        core::probe::GpuProcess process;
        bool operator==(const Row &) const = default;
    };
    std::vector<Row> m_rows;
};

} // namespace ui::monitor
