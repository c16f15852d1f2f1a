// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/JobPart.h"

#include "ui/catalog/CatalogWords.h"
#include "ui/catalog/JobForm.h"
#include "ui/catalog/JobModel.h"
#include "ui/catalog/SideBySide.h"
#include "ui/charts/ScatterChart.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/ResponsiveGrid.h"
#include "ui/common/TableView.h"

#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QStackedWidget>

#include <algorithm>

namespace ui::catalog {

using namespace core::catalog;

namespace {

constexpr int jobRows = 8;      ///< with the header
constexpr int leastJobRows = 6; ///< likewise, where all is narrow
constexpr int widestJobColumn = 260;

} // namespace

JobAnswer::JobAnswer(const char *name, QWidget *parent)
    : ui::Card(parent)
    , m_caption(new Label(TextStyle::Caption, TextTone::Secondary))
    , m_cost(new Label(TextStyle::Display))
    , m_what(new Label(TextStyle::Strong))
    , m_time(new Label(TextStyle::Body, TextTone::Secondary))
{
    setObjectName(QLatin1StringView(name));
    m_cost->setObjectName(QLatin1StringView(name) + QStringLiteral("Cost"));
    m_what->setObjectName(QLatin1StringView(name) + QStringLiteral("What"));
    m_time->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::l);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_caption);
    words->addWidget(m_what);
    words->addWidget(m_time);
    row->addLayout(words, 1);
    row->addWidget(m_cost, 0, Qt::AlignRight | Qt::AlignVCenter);
    body()->addLayout(row);
}

void JobAnswer::set(const QString &caption, const JobEstimate *estimate)
{
    setVisible(estimate != nullptr);
    if (!estimate)
        return;
    m_caption->setText(caption);
    m_cost->setText(costText(*estimate));
    m_what->setText(estimate->row.offer.card + QStringLiteral(" · ") +
                    placeText(estimate->row.offer));
    //: %1: how long it takes, %2: the price of an hour
    QString time =
        JobPart::tr("%1 at %2 an hour").arg(timeText(*estimate), priceText(estimate->row.perHour));
    time += QStringLiteral(" · ") + seenWords(estimate->row);
    m_time->setText(time);
    setAccessibleName(caption + QStringLiteral(": ") + m_what->text() + QStringLiteral(", ") +
                      m_cost->text() + QStringLiteral(", ") + time);
}

JobPart::JobPart(Prices &prices, QWidget *parent)
    : QWidget(parent)
    , m_prices(prices)
    , m_question(new ui::Card)
    , m_form(new JobForm(prices))
    , m_problem(new Label(TextStyle::Body, TextTone::Warning))
    , m_answers(new QWidget)
    , m_cheapest(new JobAnswer("jobCheapest"))
    , m_fastest(new JobAnswer("jobFastest"))
    , m_model(new JobModel(prices, this))
    , m_table(new TableView)
    , m_chart(new charts::ScatterChart)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_note(new Label(TextStyle::Caption, TextTone::Secondary))
{
    setObjectName(QStringLiteral("jobPart"));
    setFocusProxy(m_form);
    m_problem->setObjectName(QStringLiteral("jobProblem"));
    m_problem->setWordWrap(true);
    m_note->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("jobTable"));
    m_chart->setObjectName(QStringLiteral("jobChart"));
    m_table->setSourceModel(m_model);
    m_table->setMinimumHeight(leastJobRows * rowHeight);
    m_table->sortByColumn(JobModel::Cost, Qt::AscendingOrder);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_question->body()->addWidget(m_form);
    m_question->body()->addWidget(m_problem);
    auto *grid = new ResponsiveGrid(300, 2, m_answers);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::m);
    grid->addWidget(m_cheapest);
    grid->addWidget(m_fastest);
    m_stack->addWidget(new SideBySide(m_table, m_chart, 69));
    m_stack->addWidget(m_empty);
    m_stack->setMinimumHeight(jobRows * rowHeight);

    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(space::m);
    inner->addWidget(m_question);
    inner->addWidget(m_answers);
    inner->addWidget(m_stack, 1);
    inner->addWidget(m_note);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    connect(m_form, &JobForm::changed, this, &JobPart::estimate);
    connect(&m_prices, &Prices::changed, this, &JobPart::estimate);
    connect(m_chart, &charts::ScatterChart::picked, this,
            [this](int point) { select(m_charted[std::size_t(point)]); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        if (rows.isEmpty())
            return;
        const int row = m_table->proxy()->mapToSource(rows.constFirst()).row();
        const auto at = std::find(m_charted.begin(), m_charted.end(), row);
        m_chart->setHovered(at == m_charted.end() ? -1 : int(at - m_charted.begin()));
    });
    retranslate();
}

QJsonObject JobPart::state() const
{
    return m_form->state();
}

void JobPart::restore(const QJsonObject &state)
{
    m_form->restore(state);
}

void JobPart::estimate()
{
    const Job job = m_form->job();
    const std::vector<Offer> offers = m_prices.offers();
    auto estimates = estimateJob(job, offers, m_prices.cards(), m_prices.options(m_form->gpus()),
                                 m_prices.today());
    QString problem;
    if (!estimates) {
        const NameMatch match = m_prices.cards().match(job.card);
        problem = job.card.isEmpty() ? tr("Name the card that you know the hours of.")
                  : match.isKnown()
                      ? tr("%1 of “%2” is not known: choose another figure or card.")
                            .arg(figureName(job.figure), job.card.left(60))
                      : tr("No card is called “%1”. Try RTX 4090, A100 or what nvidia-smi says.")
                            .arg(job.card.left(60));
    } else if (!estimates->empty() && std::none_of(estimates->begin(), estimates->end(), canTake)) {
        problem = tr("No offer has that much memory on one GPU. Spread the job over several GPUs, "
                     "or ask for less.");
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_model->set(job, estimates ? std::move(*estimates) : std::vector<JobEstimate>());
    m_stack->setCurrentIndex(offers.empty() ? 1 : 0);
    fillAnswers();
    fillChart();
    if (!m_isFitted && m_model->rowCount() > 0)
        fitColumns();
}

void JobPart::fillAnswers()
{
    const std::vector<JobEstimate> &all = m_model->estimates();
    const JobEstimate *cheapest = nullptr;
    const JobEstimate *fastest = nullptr;
    for (const JobEstimate &estimate : all) {
        if (!canTake(estimate) || estimate.verdict != JobEstimate::Verdict::Fits)
            continue;
        if (!cheapest) // they come in the order of their cost
            cheapest = &estimate;
        if (!fastest || *estimate.time < *fastest->time)
            fastest = &estimate;
    }
    m_cheapest->set(fastest == cheapest ? tr("Cheapest and fastest that fits")
                                        : tr("Cheapest that fits"),
                    cheapest);
    m_fastest->set(tr("Fastest that fits"), fastest == cheapest ? nullptr : fastest);
    m_answers->setVisible(cheapest != nullptr);
}

void JobPart::fillChart()
{
    const int gpus = m_form->gpus();
    const core::Currency currency = m_prices.currency().value_or(core::Currency::Cny);
    const ExchangeRate rate = m_prices.options().rate;
    std::vector<charts::ScatterChart::Point> points;
    std::vector<PricePoint> choices;
    std::vector<std::size_t> choiceOf;
    m_charted.clear();
    const std::vector<JobEstimate> &all = m_model->estimates();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const JobEstimate &estimate = all[i];
        const GpuCard *card = estimate.row.card.best();
        const auto figure = card ? figureOf(*card, m_model->job().figure) : std::nullopt;
        const auto price = converted(estimate.row.perHour, currency, rate);
        if (!figure || !price)
            continue;
        charts::ScatterChart::Point point;
        point.x = price->perHour.toDouble();
        point.y = figure->toDouble() * gpus;
        point.name = card->name;
        point.isOff = !canTake(estimate);
        QStringList lines{estimate.row.offer.card + QStringLiteral(" · ") +
                              placeText(estimate.row.offer),
                          tr("%1 an hour").arg(priceText(estimate.row.perHour)) +
                              QStringLiteral(" · ") + seenWords(estimate.row),
                          figureName(m_model->job().figure) + u' ' +
                              figureWithUnit(figure, m_model->job().figure)};
        lines.append(costText(estimate) + QStringLiteral(", ") + timeText(estimate));
        const QString why = verdictText(estimate, m_model->job());
        if (!why.isEmpty())
            lines.append(why);
        point.details = lines.join(u'\n');
        // Nobody is to choose what may turn out too small.
        if (estimate.cost && estimate.verdict == JobEstimate::Verdict::Fits) {
            choices.push_back({point.x, point.y});
            choiceOf.push_back(points.size());
        }
        points.push_back(std::move(point));
        m_charted.push_back(int(i));
    }
    const std::vector<bool> best = frontier(choices);
    for (std::size_t i = 0; i < best.size(); ++i)
        points[choiceOf[i]].isBest = best[i];
    const QString code = core::currencyCode(currency);
    m_chart->setTitles(gpus > 1 ? tr("Price of %1 GPUs, %2 an hour").arg(format::count(gpus), code)
                                : tr("Price, %1 an hour").arg(code),
                       figureName(m_model->job().figure) + QStringLiteral(", ") +
                           figureUnit(m_model->job().figure));
    m_chart->setPoints(std::move(points));
}

void JobPart::select(int estimate)
{
    const QModelIndex index =
        m_table->proxy()->mapFromSource(m_model->index(estimate, JobModel::Card));
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

void JobPart::fitColumns()
{
    m_isFitted = m_model->rowCount() > 0;
    for (int column = 0; column < JobModel::ColumnCount; ++column) {
        m_table->resizeColumnToContents(column);
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), widestJobColumn));
    }
}

void JobPart::retranslate()
{
    setAccessibleName(tr("For my job"));
    m_question->setTitle(tr("What do I rent?"));
    m_table->setAccessibleName(tr("What the job takes on each offer"));
    m_chart->setAccessibleName(tr("Price against speed"));
    m_empty->set(icon(Icon::Money, IconTone::Hint), tr("There are no offers"),
                 tr("Add or import some on the Offers tab, or switch a source on."));
    m_note->setText(tr("≈ is an estimate: your hours scaled by one figure of the cards, as if "
                       "nothing else limited the job. In the chart, the line joins the offers that "
                       "fit for certain and that no other of these beats in price and speed; "
                       "squares are too small or unknown."));
    m_model->retranslate();
    estimate();
    fitColumns();
}

void JobPart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace ui::catalog
