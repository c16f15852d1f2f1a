// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/JobEstimate.h"
#include "ui/catalog/Prices.h"
#include "ui/common/Card.h"

#include <QJsonObject>
#include <QWidget>

class QStackedWidget;

namespace ui {
class EmptyState;
class Label;
class TableView;
} // namespace ui

namespace ui::charts {
class ScatterChart;
}

namespace ui::catalog {

class JobForm;
class JobModel;

/// One answer: which card where, what it costs, how long it takes.
class JobAnswer final : public ui::Card
{
    Q_OBJECT

public:
    /// \a name: the object's.
    explicit JobAnswer(const char *name, QWidget *parent = nullptr);
    void set(const QString &caption, const core::catalog::JobEstimate *estimate);

private:
    Label *m_caption;
    Label *m_cost;
    Label *m_what;
    Label *m_time;
};

/// "What do I rent for 30 hours that need 20 GB?": the question, the answers, all offers in the
/// order of their cost, and price against speed.
class JobPart final : public QWidget
{
    Q_OBJECT

public:
    explicit JobPart(Prices &prices, QWidget *parent = nullptr);

    [[nodiscard]] QJsonObject state() const;
    void restore(const QJsonObject &state);

protected:
    void changeEvent(QEvent *event) override;

private:
    void estimate();
    void fillAnswers();
    void fillChart();
    void fitColumns();
    void select(int estimate);
    void retranslate();

    Prices &m_prices;
    ui::Card *m_question;
    JobForm *m_form;
    Label *m_problem;
    QWidget *m_answers;
    JobAnswer *m_cheapest;
    JobAnswer *m_fastest;
    JobModel *m_model;
    TableView *m_table;
    charts::ScatterChart *m_chart;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    Label *m_note;
    bool m_isFitted = false;    ///< the columns, to what is in them
    std::vector<int> m_charted; ///< the estimates that the chart's points are of
};

} // namespace ui::catalog
