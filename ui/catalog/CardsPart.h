// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/catalog/Prices.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QStackedWidget;

namespace ui {
class EmptyState;
class Label;
class TableView;
} // namespace ui

namespace ui::charts {
class BarChart;
}

namespace ui::catalog {

class CardModel;
class CompareCard;

/// The ranking of cards by a figure: the table and, row by row beside it, the bars; below, two of
/// them compared.
class CardsPart final : public QWidget
{
    Q_OBJECT

public:
    explicit CardsPart(Prices &prices, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildTable();
    void chooseFigure();
    void fillChart();
    void pick(int row);
    void followSelection();
    void retranslate();

    Prices &m_prices;
    CardModel *m_model;
    TableView *m_table;
    charts::BarChart *m_chart;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    CompareCard *m_compare;
    Label *m_figureLabel;
    QComboBox *m_figure;
    QLineEdit *m_filter;
    Label *m_ownHint;
};

} // namespace ui::catalog
