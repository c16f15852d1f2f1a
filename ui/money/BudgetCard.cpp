// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/money/BudgetCard.h"

#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/UsageBar.h"
#include "ui/money/MoneyWords.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QSignalBlocker>

#include <cmath>

namespace ui::money {

using core::Currency;
using core::Money;

namespace {

constexpr double highestBudget = 1'000'000;
constexpr int barWidth = 220;

} // namespace

BudgetCard::BudgetCard(QWidget *parent)
    : Card(parent)
    , m_day(makeRow("budgetPerDay"))
    , m_month(makeRow("budgetPerMonth"))
    , m_currencyLabel(new Label(TextStyle::Body))
    , m_currency(new QComboBox)
{
    setObjectName(QStringLiteral("budgetCard"));
    m_currency->setObjectName(QStringLiteral("budgetCurrency"));
    for (const Currency currency : {Currency::Cny, Currency::Usd})
        m_currency->addItem(QString(core::currencyCode(currency)), int(currency));
    m_currencyLabel->setBuddy(m_currency);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::l);
    grid->setVerticalSpacing(space::m);
    int line = 0;
    for (const Row &row : {m_day, m_month}) {
        grid->addWidget(row.label, line, 0);
        grid->addWidget(row.limit, line, 1);
        grid->addWidget(row.bar, line, 2);
        grid->addWidget(row.words, line, 3);
        ++line;
    }
    grid->addWidget(m_currencyLabel, line, 0);
    grid->addWidget(m_currency, line, 1);
    grid->setColumnStretch(3, 1);
    body()->addLayout(grid);
    connect(m_currency, &QComboBox::currentIndexChanged, this, &BudgetCard::take);
    retranslate();
}

BudgetCard::Row BudgetCard::makeRow(const char *name)
{
    Row row;
    row.label = new Label(TextStyle::Body);
    row.limit = new QDoubleSpinBox;
    row.limit->setObjectName(QLatin1StringView(name));
    row.limit->setRange(0, highestBudget);
    row.limit->setDecimals(2);
    row.limit->setKeyboardTracking(false); // a warning for each digit would be none
    row.bar = new UsageBar(&Tokens::accent);
    row.bar->setLimits(0.8, 1.0);
    row.bar->setFixedWidth(barWidth);
    row.words = new Label(TextStyle::Body, TextTone::Secondary);
    row.label->setBuddy(row.limit);
    connect(row.limit, &QDoubleSpinBox::valueChanged, this, &BudgetCard::take);
    return row;
}

Currency BudgetCard::currency() const
{
    return Currency(m_currency->currentData().toInt());
}

std::optional<Money> BudgetCard::limitOf(const Row &row) const
{
    const qint64 minor = std::llround(row.limit->value() * double(core::minorUnits));
    return minor > 0 ? std::optional(Money{minor, currency()}) : std::nullopt;
}

void BudgetCard::setBudget(const core::cost::Budget &budget)
{
    const auto show = [](const Row &row, const std::optional<Money> &limit) {
        const QSignalBlocker quiet(row.limit);
        row.limit->setValue(limit ? double(limit->minor) / double(core::minorUnits) : 0);
    };
    show(m_day, budget.perDay);
    show(m_month, budget.perMonth);
    const std::optional<Money> known = budget.perDay ? budget.perDay : budget.perMonth;
    if (known) {
        const QSignalBlocker quiet(m_currency);
        m_currency->setCurrentIndex(m_currency->findData(int(known->currency)));
    }
    showParts();
}

void BudgetCard::setSpent(Money today, Money month)
{
    m_day.spent = today.minor;
    m_month.spent = month.minor;
    showParts();
}

void BudgetCard::take()
{
    showParts();
    Q_EMIT budgetChanged({limitOf(m_day), limitOf(m_month)});
}

void BudgetCard::showParts()
{
    for (const Row *row : {&m_day, &m_month}) {
        const std::optional<Money> limit = limitOf(*row);
        row->bar->setPart(limit ? std::optional(double(row->spent) / double(limit->minor))
                                : std::nullopt);
        row->bar->setVisible(limit.has_value());
        const QString spent = moneyWords(Money{row->spent, currency()});
        row->words->setText(limit ? tr("%1 of %2").arg(spent, moneyWords(*limit))
                                  //: %1 is an amount of money
                                  : tr("%1 spent").arg(spent));
    }
}

void BudgetCard::changeEvent(QEvent *event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void BudgetCard::retranslate()
{
    setTitle(tr("Budget"));
    setSubtitle(tr("Danlu warns at 80 % and at 100 %; it stops nothing by itself"));
    const auto name = [](const Row &row, const QString &text) {
        row.label->setText(text);
        row.limit->setAccessibleName(text);
        row.bar->setAccessibleName(text);
        //: No budget
        row.limit->setSpecialValueText(tr("None"));
    };
    name(m_day, tr("At most each day"));
    name(m_month, tr("At most each month"));
    m_currencyLabel->setText(tr("Currency"));
    m_currency->setAccessibleName(tr("Currency of the budget"));
    showParts();
}

} // namespace ui::money
