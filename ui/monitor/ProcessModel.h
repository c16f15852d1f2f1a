// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Sample.h"

#include <QAbstractTableModel>

namespace ui::monitor {

/// The container's busiest processes. Rows are kept by PID, so that selection and scrolling survive
/// a new listing.
class ProcessModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Pid, User, Gpu, Memory, Cpu, Command, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setProcesses(const std::vector<core::metrics::ProcessInfo> &processes);
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<core::metrics::ProcessInfo> m_rows;
};

} // namespace ui::monitor
