// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/Budget.h"
#include "ui/common/Card.h"

class QComboBox;
class QDoubleSpinBox;

namespace ui {
class Label;
class UsageBar;
} // namespace ui

namespace ui::money {

/// What the user wants to spend at most, and how much of it is spent.
class BudgetCard : public Card
{
    Q_OBJECT

public:
    explicit BudgetCard(QWidget *parent = nullptr);

    /// Does not emit budgetChanged().
    void setBudget(const core::cost::Budget &budget);
    /// In the budget's currency.
    void setSpent(core::Money today, core::Money month);
    [[nodiscard]] core::Currency currency() const;

Q_SIGNALS:
    void budgetChanged(const core::cost::Budget &budget);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        Label *label = nullptr;
        QDoubleSpinBox *limit = nullptr;
        UsageBar *bar = nullptr;
        Label *words = nullptr;
        qint64 spent = 0;
    };
    Row makeRow(const char *name);
    void take();
    void showParts();
    void retranslate();
    [[nodiscard]] std::optional<core::Money> limitOf(const Row &row) const;

    Row m_day;
    Row m_month;
    Label *m_currencyLabel;
    QComboBox *m_currency;
};

} // namespace ui::money
