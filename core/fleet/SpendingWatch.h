// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/Budget.h"
#include "core/cost/CostReport.h"
#include "core/cost/Release.h"

#include <QObject>
#include <QTimer>

#include <array>

namespace core {
class Clock;
}

namespace core::fleet {

class Fleet;
class Instance;
class RunRecorder;

/// What all instances have cost: a meter that runs while they do, and the warnings that are due
/// (budgets, releases), each said once. Days are local ones. GUI thread.
class SpendingWatch final : public QObject
{
    Q_OBJECT

public:
    enum class Span { Today, Week, Month };

    SpendingWatch(Fleet &fleet, RunRecorder &recorder, const Clock &clock,
                  QObject *parent = nullptr);

    /// As of the last changed().
    [[nodiscard]] const cost::CostReport &report(Span span) const;
    /// The same in one currency, the other one at the rate.
    [[nodiscard]] Money spent(Span span, Currency currency) const;
    /// What one instance came to today; null when it did not run.
    [[nodiscard]] const cost::Totals *today(const QString &instanceId) const;
    /// The countdown of an instance that was not seen on for some minutes; nothing where its
    /// provider releases nothing, or it was never seen.
    [[nodiscard]] std::optional<cost::Release> releaseOf(const Instance &instance) const;

    /// Judged at once.
    void setBudget(const cost::Budget &budget);
    [[nodiscard]] const cost::Budget &budget() const { return m_budget; }
    /// How many millionths of a yuan a dollar is. Judged at once.
    void setRate(qint64 cnyMillionthsPerUsd);

Q_SIGNALS:
    /// report() is new: every few seconds while an instance runs, else every minute.
    void changed();
    void budgetReached(const core::cost::BudgetWarning &warning);
    void releaseNear(const QString &instanceId, const core::cost::ReleaseReminder &reminder);

private:
    void update();
    void warn();
    [[nodiscard]] cost::TimeMs now() const;

    Fleet &m_fleet;
    RunRecorder &m_recorder;
    const Clock &m_clock;
    cost::Budget m_budget;
    qint64 m_rate = 7'100'000;                 ///< until somebody says another one
    std::array<cost::CostReport, 3> m_reports; ///< by Span
    QTimer m_tick;
    bool m_knowsEarlier = false; ///< nothing is warned of before the earlier runs are known
};

} // namespace core::fleet
