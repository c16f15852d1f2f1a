// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/SpendingWatch.h"

#include <QWidget>

#include <array>

class QComboBox;

namespace core::fleet {
class Fleet;
}

namespace ui {
class BigNumber;
class Banner;
class Card;
class EmptyState;
class Label;
class TableView;
} // namespace ui

namespace ui::money {

class BudgetCard;
class SpendingModel;

/// What was spent: today, this week, this month; by instance and by card; budgets; what ran without
/// doing anything.
class MoneyPage : public QWidget
{
    Q_OBJECT

public:
    MoneyPage(core::fleet::Fleet &fleet, core::fleet::SpendingWatch &spending,
              QWidget *parent = nullptr);
    ~MoneyPage() override;

Q_SIGNALS:
    /// The user wants to set the price of an instance.
    void priceRequested(const QString &instanceId);
    /// To be kept; the SpendingWatch has it already.
    void budgetChanged(const core::cost::Budget &budget);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Figure
    {
        Card *card = nullptr;
        BigNumber *cost = nullptr;
        Label *details = nullptr;
    };
    void build();
    void update();
    void showFigure(const Figure &figure, const core::cost::Totals &totals);
    void showUnpriced();
    void retranslate();
    [[nodiscard]] core::fleet::SpendingWatch::Span span() const;

    core::fleet::Fleet &m_fleet;
    core::fleet::SpendingWatch &m_spending;
    Label *m_title;
    EmptyState *m_empty;
    Banner *m_unpriced;
    QWidget *m_figuresPart;
    std::array<Figure, 3> m_figures;
    BudgetCard *m_budget;
    QComboBox *m_span;
    Card *m_instancesCard;
    Card *m_cardsCard;
    SpendingModel *m_instances;
    SpendingModel *m_cards;
    TableView *m_instancesTable;
    TableView *m_cardsTable;
    Label *m_note;
    QString m_unpricedId; ///< whose price is asked for
};

} // namespace ui::money
