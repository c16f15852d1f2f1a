// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/CostReport.h"
#include "core/cost/Release.h"

#include <QAbstractTableModel>

namespace ui::money {

/// Lines of a report: what each instance, or each card, came to.
class SpendingModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Kind { Instances, Cards };
    enum Column { Name, Cost, Wasted, Running, Idle, NoGpu, Release, ColumnCount };

    struct Row
    {
        core::cost::CostReport::Line line;
        std::optional<core::cost::Release> release; ///< of an instance that is off
    };

    explicit SpendingModel(Kind kind, QObject *parent = nullptr);

    void setRows(std::vector<Row> rows);
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    /// Cards have no release.
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString text(const Row &row, int column) const;
    [[nodiscard]] static QVariant sortValue(const Row &row, int column);

    Kind m_kind;
    std::vector<Row> m_rows;
};

} // namespace ui::money
