// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/ProcessTable.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace ui::processes {

/// A process and what two listings and nvidia-smi say of it.
struct ProcessRow
{
    core::probe::TableProcess process;
    std::optional<double> cpuPercent; ///< of one core
    std::optional<qint64> ageSeconds;
    std::optional<qint64> gpuMib;

    bool operator==(const ProcessRow &) const = default;
};

/// "python train.py": the command line, or the kernel's name for what has none.
[[nodiscard]] QString commandWords(const core::probe::TableProcess &process);

/// All processes of an instance. Rows are kept by process, so that selection and scrolling survive
/// a new listing.
class ProcessTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Pid, User, Cpu, Memory, GpuMemory, Gpu, Time, Command, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<ProcessRow> rows);
    [[nodiscard]] const ProcessRow &row(int number) const { return m_rows[std::size_t(number)]; }
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<ProcessRow> m_rows;
};

} // namespace ui::processes
