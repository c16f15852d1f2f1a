// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/RunMeter.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <map>

namespace core {
class Clock;
}
namespace core::history {
class RunStore;
struct StoredRuns;
} // namespace core::history

namespace core::fleet {

class Fleet;
class Instance;

/// Measures how long all instances of a Fleet run, from their samples and, where none come, from
/// being connected, and keeps it in a RunStore. GUI thread.
class RunRecorder final : public QObject
{
    Q_OBJECT

public:
    RunRecorder(Fleet &fleet, const Clock &clock, QObject *parent = nullptr);
    /// Stores what is open.
    ~RunRecorder() override;

    /// Where it is kept; null or not opened: in memory only. Before open(), once; outlives this.
    void setStore(history::RunStore *store);
    /// What this run of the program and, in the last reachBack, earlier ones know; with what is
    /// growing. For costReport().
    [[nodiscard]] std::vector<cost::RunSlice> slices() const;
    /// A week, a month and the day's edge of any time zone lie within.
    static constexpr cost::TimeMs reachBack = cost::TimeMs(40) * 24 * 3600'000;
    /// When an instance was last known to be on; for the countdown to its release.
    [[nodiscard]] std::optional<cost::TimeMs> lastOn(const QString &instanceId) const;

    /// Keys of warnings that were said (see budgetWarnings(), releaseReminder()).
    [[nodiscard]] const QSet<QString> &said() const { return m_said; }
    void setSaid(const QSet<QString> &keys);

public Q_SLOTS:
    /// The instance was powered off, for certain.
    void stopped(const QString &instanceId);

Q_SIGNALS:
    /// Earlier runs are known now.
    void loaded();
    /// slices() has more complete ones.
    void grown();

private:
    void follow(Instance *instance);
    void leave(Instance *instance);
    void onSample(Instance *instance);
    void onOpened(const history::StoredRuns &stored);
    void tick();
    void mark(Instance *instance, const cost::Mark &mark);
    void add(std::vector<cost::RunSlice> slices);
    void saveOpen();
    [[nodiscard]] cost::TimeMs now() const;
    cost::RunMeter &meterOf(const Instance &instance);

    Fleet &m_fleet;
    const Clock &m_clock;
    history::RunStore *m_store = nullptr;
    bool m_ready = true; ///< false while the store may still tell of earlier runs
    std::map<QString, cost::RunMeter> m_meters;
    std::map<QString, cost::RunSlice> m_newest; ///< what a meter that is not made yet goes on from
    std::vector<cost::RunSlice> m_slices;       ///< complete ones
    QSet<QString> m_said;
    QTimer m_tick;
};

} // namespace core::fleet
