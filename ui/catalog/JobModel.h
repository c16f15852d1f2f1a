// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/JobEstimate.h"
#include "ui/catalog/Prices.h"

#include <QAbstractTableModel>

namespace ui::catalog {

/// What a job takes on each offer, in the order of estimateJob(): what fits first, from the
/// cheapest on; what does not is grey and says why.
class JobModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Card,
        Place,
        Cost,
        Age, ///< of the price; beside the cost, so that it is seen in narrow windows
        Time,
        Why,
        PerHour,
        GpuMemory,
        Cores,  ///< of all GPUs' shares, as Memory
        Memory, ///< of the system
        ColumnCount
    };

    explicit JobModel(Prices &prices, QObject *parent = nullptr);

    void set(const core::catalog::Job &job, std::vector<core::catalog::JobEstimate> estimates);
    [[nodiscard]] const std::vector<core::catalog::JobEstimate> &estimates() const
    {
        return m_estimates;
    }
    [[nodiscard]] const core::catalog::Job &job() const { return m_job; }
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString text(const core::catalog::JobEstimate &estimate, int column) const;
    [[nodiscard]] QVariant sortValue(int row, int column) const;
    [[nodiscard]] QString toolTip(const core::catalog::JobEstimate &estimate, int column) const;

    Prices &m_prices;
    core::catalog::Job m_job;
    std::vector<core::catalog::JobEstimate> m_estimates;
};

/// The job can be done there, for all that is known.
[[nodiscard]] bool canTake(const core::catalog::JobEstimate &estimate);
/// "≈ ¥47.30": the sign where it is scaled from another card.
[[nodiscard]] QString costText(const core::catalog::JobEstimate &estimate);
[[nodiscard]] QString timeText(const core::catalog::JobEstimate &estimate);

} // namespace ui::catalog
