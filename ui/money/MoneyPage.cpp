// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/money/MoneyPage.h"

#include "core/fleet/Fleet.h"
#include "ui/common/Banner.h"
#include "ui/common/BigNumber.h"
#include "ui/common/Card.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Label.h"
#include "ui/common/ResponsiveGrid.h"
#include "ui/common/TableView.h"
#include "ui/money/BudgetCard.h"
#include "ui/money/MoneyWords.h"
#include "ui/money/SpendingModel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace ui::money {

using core::cost::CostReport;
using core::fleet::Instance;
using core::fleet::SpendingWatch;

namespace {

using Span = SpendingWatch::Span;
constexpr std::array spans{Span::Today, Span::Week, Span::Month};
constexpr int visibleRows = 12;
constexpr int figureWidth = 240;

TableView *makeTable(SpendingModel *model, const char *name)
{
    auto *table = new TableView;
    table->setObjectName(QLatin1StringView(name));
    table->setSourceModel(model);
    table->setVisibleRows(visibleRows);
    table->sortByColumn(SpendingModel::Cost, Qt::DescendingOrder);
    table->horizontalHeader()->resizeSection(SpendingModel::Name, 220);
    for (int column = SpendingModel::Cost; column < model->columnCount(); ++column)
        table->horizontalHeader()->resizeSection(column, 110);
    return table;
}

} // namespace

MoneyPage::MoneyPage(core::fleet::Fleet &fleet, SpendingWatch &spending, QWidget *parent)
    : QWidget(parent)
    , m_fleet(fleet)
    , m_spending(spending)
    , m_title(new Label(TextStyle::Display))
    , m_empty(new EmptyState)
    , m_unpriced(new Banner)
    , m_figuresPart(new QWidget)
    , m_budget(new BudgetCard)
    , m_span(new QComboBox)
    , m_instancesCard(new Card)
    , m_cardsCard(new Card)
    , m_instances(new SpendingModel(SpendingModel::Kind::Instances, this))
    , m_cards(new SpendingModel(SpendingModel::Kind::Cards, this))
    , m_instancesTable(makeTable(m_instances, "spendingByInstance"))
    , m_cardsTable(makeTable(m_cards, "spendingByCard"))
    , m_note(new Label(TextStyle::Caption, TextTone::Hint))
{
    setObjectName(QStringLiteral("moneyPage"));
    build();
    connect(m_span, &QComboBox::currentIndexChanged, this, &MoneyPage::update);
    connect(&spending, &SpendingWatch::changed, this, &MoneyPage::update);
    connect(m_budget, &BudgetCard::budgetChanged, this, [this](const core::cost::Budget &budget) {
        m_spending.setBudget(budget);
        Q_EMIT budgetChanged(budget);
    });
    m_budget->setBudget(spending.budget());
    retranslate();
}

MoneyPage::~MoneyPage() = default;

void MoneyPage::build()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::l);
    m_unpriced->setObjectName(QStringLiteral("unpricedNotice"));
    m_unpriced->hide();
    auto *figures = new ResponsiveGrid(figureWidth, 3, m_figuresPart);
    figures->setContentsMargins(0, 0, 0, 0);
    for (Figure &figure : m_figures) {
        figure.card = new Card;
        figure.cost = new BigNumber;
        figure.cost->setAlignment(Qt::AlignLeft);
        figure.details = new Label(TextStyle::Body, TextTone::Secondary);
        figure.details->setWordWrap(true);
        figure.card->body()->addWidget(figure.cost);
        figure.card->body()->addWidget(figure.details);
        figures->addWidget(figure.card);
    }
    m_span->setObjectName(QStringLiteral("spendingSpan"));
    for (const Span span : spans)
        m_span->addItem(QString(), int(span));
    m_span->setCurrentIndex(2);
    m_instancesCard->addToTitle(m_span);
    m_instancesCard->body()->addWidget(m_instancesTable);
    m_cardsCard->body()->addWidget(m_cardsTable);
    m_note->setWordWrap(true);
    column->addWidget(m_unpriced);
    column->addWidget(m_empty);
    column->addWidget(m_figuresPart);
    column->addWidget(m_budget); // a limit is best set before anything runs
    column->addWidget(m_instancesCard);
    column->addWidget(m_cardsCard);
    column->addWidget(m_note);
    column->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::l);
    layout->addWidget(m_title);
    layout->addWidget(scroll, 1);
}

Span MoneyPage::span() const
{
    return Span(m_span->currentData().toInt());
}

void MoneyPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    update();
}

void MoneyPage::update()
{
    if (!isVisible())
        return; // showEvent() comes
    for (std::size_t i = 0; i < spans.size(); ++i)
        showFigure(m_figures[i], m_spending.report(spans[i]).all);
    m_budget->setSpent(m_spending.spent(Span::Today, m_budget->currency()),
                       m_spending.spent(Span::Month, m_budget->currency()));

    const CostReport &report = m_spending.report(span());
    std::vector<SpendingModel::Row> rows;
    for (const CostReport::Line &line : report.instances) {
        const Instance *instance = m_fleet.byId(line.id);
        rows.push_back({line, instance ? m_spending.releaseOf(*instance) : std::nullopt});
        if (instance)
            rows.back().line.name = instance->profile().name;
    }
    m_instances->setRows(std::move(rows));
    rows.clear();
    for (const CostReport::Line &line : report.cards)
        rows.push_back({line, std::nullopt});
    m_cards->setRows(std::move(rows));
    showUnpriced();
    const bool isEmpty = m_spending.report(Span::Month).instances.empty() &&
                         m_spending.report(Span::Week).instances.empty();
    m_empty->setVisible(isEmpty);
    for (QWidget *part : std::initializer_list<QWidget *>{m_figuresPart, m_instancesCard, m_note})
        part->setVisible(!isEmpty);
    m_cardsCard->setVisible(!isEmpty && !report.cards.empty());
}

void MoneyPage::showFigure(const Figure &figure, const core::cost::Totals &totals)
{
    figure.cost->setText(moneyWords(totals.cost));
    QStringList details;
    if (totals.running > 0)
        //: %1 is a duration
        details.append(tr("%1 running").arg(lengthWords(totals.running)));
    if (!totals.wasted.empty() && totals.idle > 0)
        //: Money paid while the GPU did nothing
        details.append(tr("%1 of it while the GPU was idle").arg(moneyWords(totals.wasted)));
    figure.details->setText(details.isEmpty() ? tr("Nothing ran") : details.join(u'\n'));
}

void MoneyPage::showUnpriced()
{
    m_unpricedId.clear();
    QString name;
    for (const CostReport::Line &line : m_spending.report(Span::Month).instances) {
        const Instance *instance = m_fleet.byId(line.id);
        if (line.totals.unpriced > 0 && instance && !instance->profile().price) {
            m_unpricedId = line.id;
            name = instance->profile().name;
            break;
        }
    }
    if (m_unpricedId.isEmpty()) {
        m_unpriced->hide();
        return;
    }
    m_unpriced->setMessage(Banner::Kind::Info,
                           tr("Danlu does not know what %1 costs an hour").arg(name),
                           tr("Its time counts, its money does not. A price that you set now also "
                              "counts for the time that has passed without one."));
    m_unpriced->show();
}

void MoneyPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void MoneyPage::retranslate()
{
    setAccessibleName(tr("Money"));
    m_title->setText(tr("Money"));
    m_empty->set(icon(Icon::Money, IconTone::Secondary), tr("Nothing has run yet"),
                 tr("Danlu measures how long your instances run while it is connected to them, and "
                    "what ran before from when they were started. With a price for each instance "
                    "it tells what that costs, and how much of it for nothing."));
    const std::array titles{tr("Today"), tr("This week"), tr("This month")};
    for (std::size_t i = 0; i < titles.size(); ++i) {
        m_figures[i].card->setTitle(titles[i]);
        m_figures[i].cost->setLabel(titles[i]);
        m_span->setItemText(int(i), titles[i]);
    }
    m_span->setAccessibleName(tr("Time that the tables are about"));
    m_instancesCard->setTitle(tr("By instance"));
    m_cardsCard->setTitle(tr("By card"));
    m_instancesTable->setAccessibleName(tr("Spending by instance"));
    m_cardsTable->setAccessibleName(tr("Spending by card"));
    m_note->setText(tr("Measured from what Danlu saw; the provider's bill counts. After an "
                       "instance is powered off unseen, Danlu counts until it last saw it on."));
    m_unpriced->clearActions();
    QPushButton *set = m_unpriced->addAction(tr("Set its price…"));
    set->setObjectName(QStringLiteral("setPrice"));
    connect(set, &QPushButton::clicked, this, [this] { Q_EMIT priceRequested(m_unpricedId); });
    m_instances->retranslate();
    m_cards->retranslate();
    update();
}

} // namespace ui::money
