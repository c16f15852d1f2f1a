// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/TorchFit.h"

#include <QAbstractTableModel>

namespace ui::environment {

struct EnvironmentRow
{
    core::env::Environment environment;
    core::env::TorchFit fit;
    std::optional<qint64> bytes;
    bool isMeasured = false; ///< bytes absent then: it could not be

    bool operator==(const EnvironmentRow &) const = default;
};

/// An instance's environments, in the order in which they were found.
class EnvironmentModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Python, PyTorch, Cuda, Size, Verdict, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<EnvironmentRow> rows);
    void setSize(const QByteArray &path, std::optional<qint64> bytes);
    [[nodiscard]] const EnvironmentRow &row(int row) const { return m_rows[std::size_t(row)]; }
    [[nodiscard]] const std::vector<EnvironmentRow> &rows() const { return m_rows; }
    /// The language has changed.
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<EnvironmentRow> m_rows;
};

} // namespace ui::environment
