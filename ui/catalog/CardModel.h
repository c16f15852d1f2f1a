// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/catalog/Prices.h"

#include <QAbstractTableModel>

namespace ui::catalog {

/// The cards, a row each, in the order of the ranking by one figure.
class CardModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Place,
        Name,
        Fp32,
        Fp16,
        Bf16,
        Memory,
        Bandwidth,
        Tdp,
        Architecture,
        Capability,
        MinCuda,
        ColumnCount
    };
    /// All names of the card, to be searched.
    static constexpr int searchRole = Qt::UserRole + 101;

    explicit CardModel(Prices &prices, QObject *parent = nullptr);

    void setFigure(core::catalog::Figure figure);
    [[nodiscard]] core::catalog::Figure figure() const { return m_figure; }
    [[nodiscard]] const core::catalog::RankedCard &at(int row) const
    {
        return m_rows[std::size_t(row)];
    }
    [[nodiscard]] static std::optional<core::catalog::Figure> figureOfColumn(int column);
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString text(const core::catalog::RankedCard &row, int column) const;
    [[nodiscard]] static QVariant sortValue(const core::catalog::RankedCard &row, int column);
    [[nodiscard]] QString toolTip(const GpuCard &card, int column) const;

    Prices &m_prices;
    core::catalog::Figure m_figure = core::catalog::Figure::Fp16;
    std::vector<core::catalog::RankedCard> m_rows;
};

} // namespace ui::catalog
