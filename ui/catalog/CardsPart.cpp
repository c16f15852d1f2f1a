// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/CardsPart.h"

#include "ui/catalog/CardModel.h"
#include "ui/catalog/CatalogWords.h"
#include "ui/catalog/CompareCard.h"
#include "ui/catalog/SideBySide.h"
#include "ui/charts/BarChart.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Label.h"
#include "ui/common/TableView.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QWheelEvent>

#include <algorithm>
#include <array>

namespace ui::catalog {

using namespace core::catalog;

namespace {

constexpr std::array rankedFigures{Figure::Fp16, Figure::Fp32, Figure::Memory, Figure::Bandwidth,
                                   Figure::Tdp};
constexpr int cardRows = 13;     ///< with the header
constexpr int leastCardRows = 6; ///< likewise, where all is narrow

} // namespace

CardsPart::CardsPart(Prices &prices, QWidget *parent)
    : QWidget(parent)
    , m_prices(prices)
    , m_model(new CardModel(prices, this))
    , m_table(new TableView)
    , m_chart(new charts::BarChart)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_compare(new CompareCard(prices))
    , m_figureLabel(new Label(TextStyle::Body, TextTone::Secondary))
    , m_figure(new QComboBox)
    , m_filter(new QLineEdit)
    , m_ownHint(new Label(TextStyle::Caption, TextTone::Secondary))
{
    setObjectName(QStringLiteral("cardsPart"));
    setFocusProxy(m_filter);
    m_figure->setObjectName(QStringLiteral("cardsFigure"));
    m_filter->setObjectName(QStringLiteral("cardsFilter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(280);
    m_figureLabel->setBuddy(m_figure);
    for (const Figure figure : rankedFigures)
        m_figure->addItem(QString(), int(figure));
    buildTable();
    auto *tools = new QHBoxLayout;
    tools->setSpacing(space::s);
    tools->addWidget(m_figureLabel);
    tools->addWidget(m_figure);
    tools->addWidget(m_filter, 1);
    tools->addStretch(1);
    tools->addWidget(m_ownHint);

    auto *both = new SideBySide(m_table, m_chart, 68);
    m_stack->addWidget(both);
    m_stack->addWidget(m_empty);
    m_stack->setMinimumHeight(cardRows * rowHeight);
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(space::l);
    inner->addWidget(m_stack, 1);
    inner->addWidget(m_compare);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addLayout(tools);
    layout->addWidget(scroll, 1);

    connect(m_figure, &QComboBox::currentIndexChanged, this, &CardsPart::chooseFigure);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_table->proxy()->setFilterFixedString(text.trimmed());
    });
    connect(&m_prices, &Prices::ownChanged, this, &CardsPart::fillChart);
    retranslate();
    chooseFigure();
}

void CardsPart::buildTable()
{
    m_table->setObjectName(QStringLiteral("cardsTable"));
    m_table->setSourceModel(m_model);
    m_table->setMinimumHeight(leastCardRows * rowHeight);
    QSortFilterProxyModel *proxy = m_table->proxy();
    proxy->setFilterKeyColumn(CardModel::Name);
    proxy->setFilterRole(CardModel::searchRole);
    proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    // The bars stand in the table's rows, whatever it is sorted by.
    connect(proxy, &QAbstractItemModel::modelReset, this, &CardsPart::fillChart);
    connect(proxy, &QAbstractItemModel::layoutChanged, this, [this] { fillChart(); });
    connect(proxy, &QAbstractItemModel::rowsInserted, this, [this] { fillChart(); });
    connect(proxy, &QAbstractItemModel::rowsRemoved, this, [this] { fillChart(); });
    QScrollBar *bar = m_table->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, m_chart, &charts::BarChart::setOffset);
    connect(m_chart, &charts::BarChart::scrolled, this, [this](QWheelEvent *event) {
        QCoreApplication::sendEvent(m_table->verticalScrollBar(), event);
    });
    connect(m_chart, &charts::BarChart::picked, this, &CardsPart::pick);
    m_chart->setObjectName(QStringLiteral("cardsChart"));
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &CardsPart::followSelection);
    // A click on a figure's header also shows its bars.
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int column) {
        if (const auto figure = CardModel::figureOfColumn(column)) {
            const QSignalBlocker block(m_figure);
            m_figure->setCurrentIndex(m_figure->findData(int(*figure)));
            m_model->setFigure(*figure);
            fillChart();
        }
    });
}

void CardsPart::chooseFigure()
{
    m_model->setFigure(Figure(m_figure->currentData().toInt()));
    m_table->sortByColumn(CardModel::Place, Qt::AscendingOrder);
    fillChart();
}

void CardsPart::fillChart()
{
    const Figure figure = m_model->figure();
    std::vector<charts::BarChart::Bar> bars;
    const QSortFilterProxyModel *proxy = m_table->proxy();
    for (int row = 0; row < proxy->rowCount(); ++row) {
        const RankedCard &ranked = m_model->at(proxy->mapToSource(proxy->index(row, 0)).row());
        charts::BarChart::Bar bar;
        bar.name = ranked.card->name;
        if (ranked.figure)
            bar.value = ranked.figure->toDouble();
        bar.text = figureText(ranked.figure);
        bar.details = ranked.card->name + QStringLiteral(": ") +
                      figureWithUnit(ranked.figure, figure) + u'\n' +
                      sourceText(*ranked.card, figure);
        bar.isMarked = m_prices.isOwn(*ranked.card);
        bars.push_back(std::move(bar));
    }
    m_stack->setCurrentIndex(bars.empty() ? 1 : 0);
    const auto &cards = m_prices.cards().cards();
    m_ownHint->setVisible(std::any_of(
        cards.begin(), cards.end(), [this](const GpuCard &card) { return m_prices.isOwn(card); }));
    m_chart->setBars(figureName(figure) + QStringLiteral(", ") + figureUnit(figure),
                     std::move(bars));
    m_chart->setOffset(m_table->verticalScrollBar()->value());
    followSelection();
}

void CardsPart::pick(int row)
{
    const QModelIndex index = m_table->proxy()->index(row, CardModel::Name);
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

void CardsPart::followSelection()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    m_chart->setCurrent(rows.isEmpty() ? -1 : rows.constFirst().row());
    const auto card = [&](int at) {
        return m_model->at(m_table->proxy()->mapToSource(rows.at(at)).row()).card;
    };
    if (!rows.isEmpty())
        m_compare->choose(card(0), rows.size() > 1 ? card(1) : nullptr);
}

void CardsPart::retranslate()
{
    setAccessibleName(tr("Cards"));
    m_table->setAccessibleName(tr("Cards"));
    m_figureLabel->setText(tr("Rank by"));
    m_figure->setAccessibleName(tr("Rank by"));
    for (int i = 0; i < m_figure->count(); ++i) {
        const auto figure = Figure(m_figure->itemData(i).toInt());
        m_figure->setItemText(i, figureName(figure));
    }
    m_filter->setPlaceholderText(tr("Find a card: 4090, A100, Ada…"));
    m_filter->setAccessibleName(tr("Find a card"));
    m_ownHint->setText(tr("★ your cards"));
    m_empty->set(icon(Icon::Search, IconTone::Hint), tr("No card is called that"),
                 tr("Names are found as providers and nvidia-smi write them. A card that is not in "
                    "the table is not known to Danlu."));
    m_model->retranslate();
    fillChart();
    for (int column = 0; column < CardModel::ColumnCount; ++column)
        m_table->resizeColumnToContents(column);
}

void CardsPart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace ui::catalog
