// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/SpendingWatch.h"

#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/RunMarks.h"
#include "core/fleet/RunRecorder.h"
#include "core/profiles/Providers.h"

#include <QDateTime>

#include <algorithm>

namespace core::fleet {

using namespace std::chrono_literals;
using cost::TimeMs;

namespace {

constexpr auto tickWhileRunning = 5s;
constexpr auto tickAtRest = 60s;
/// Without a sign of life for so long an instance may be off.
constexpr TimeMs offAfter = 10 * 60'000;

Currency currencyOfLimit(const std::optional<Money> &limit)
{
    return limit ? limit->currency : Currency::Cny;
}

} // namespace

SpendingWatch::SpendingWatch(Fleet &fleet, RunRecorder &recorder, const Clock &clock,
                             QObject *parent)
    : QObject(parent)
    , m_fleet(fleet)
    , m_recorder(recorder)
    , m_clock(clock)
{
    connect(&m_tick, &QTimer::timeout, this, &SpendingWatch::update);
    connect(&recorder, &RunRecorder::loaded, this, [this] {
        m_knowsEarlier = true;
        update();
    });
    connect(&recorder, &RunRecorder::grown, this, &SpendingWatch::update);
    const auto follow = [this](Instance *instance) {
        connect(instance, &Instance::stateChanged, this, &SpendingWatch::update);
        connect(instance, &Instance::profileChanged, this, &SpendingWatch::update);
    };
    for (Instance *instance : fleet.instances())
        follow(instance);
    connect(&fleet, &Fleet::added, this, follow);
    m_tick.start(tickAtRest);
}

TimeMs SpendingWatch::now() const
{
    using std::chrono::milliseconds;
    return std::chrono::duration_cast<milliseconds>(m_clock.now().time_since_epoch()).count();
}

const cost::CostReport &SpendingWatch::report(Span span) const
{
    return m_reports[std::size_t(span)];
}

Money SpendingWatch::spent(Span span, Currency currency) const
{
    return cost::sumIn(report(span).all.cost, currency, m_rate);
}

const cost::Totals *SpendingWatch::today(const QString &instanceId) const
{
    const auto &lines = report(Span::Today).instances;
    const auto line = std::find_if(lines.begin(), lines.end(),
                                   [&](const auto &one) { return one.id == instanceId; });
    return line == lines.end() ? nullptr : &line->totals;
}

std::optional<cost::Release> SpendingWatch::releaseOf(const Instance &instance) const
{
    const auto lastOn = m_recorder.lastOn(instance.id());
    const profiles::Provider *provider = profiles::providerById(instance.profile().provider);
    if (!lastOn || !provider || now() - *lastOn <= offAfter ||
        instance.state() == Instance::State::Connected)
        return std::nullopt;
    return cost::releaseOf(*lastOn, provider->releaseDays, now());
}

void SpendingWatch::setBudget(const cost::Budget &budget)
{
    m_budget = budget;
    update();
}

void SpendingWatch::setRate(qint64 cnyMillionthsPerUsd)
{
    if (cnyMillionthsPerUsd < 1 || cnyMillionthsPerUsd == m_rate)
        return;
    m_rate = cnyMillionthsPerUsd;
    update();
}

void SpendingWatch::update()
{
    const std::vector<cost::RunSlice> slices = m_recorder.slices();
    QMap<QString, cost::Rates> prices;
    bool isRunning = false;
    for (const Instance *instance : m_fleet.instances()) {
        prices.insert(instance->id(), ratesOf(instance->profile()));
        isRunning = isRunning || instance->state() == Instance::State::Connected;
    }
    const TimeMs time = now();
    const QTimeZone zone = QTimeZone::systemTimeZone();
    m_reports = {cost::costReport(slices, cost::dayOf(time, zone), prices),
                 cost::costReport(slices, cost::weekOf(time, zone), prices),
                 cost::costReport(slices, cost::monthOf(time, zone), prices)};
    m_tick.start(isRunning ? tickWhileRunning : tickAtRest);
    Q_EMIT changed();
    if (m_knowsEarlier)
        warn();
}

void SpendingWatch::warn()
{
    const TimeMs time = now();
    const QDate today = QDateTime::fromMSecsSinceEpoch(time).date();
    const QSet<QString> &said = m_recorder.said();
    const std::vector<cost::BudgetWarning> overspent =
        cost::budgetWarnings(m_budget, today, spent(Span::Today, currencyOfLimit(m_budget.perDay)),
                             spent(Span::Month, currencyOfLimit(m_budget.perMonth)), said);
    QSet<QString> kept = cost::keysToKeep(said, today);
    for (const cost::BudgetWarning &warning : overspent)
        kept.insert(warning.key);
    std::vector<std::pair<QString, cost::ReleaseReminder>> reminders;
    for (const Instance *instance : m_fleet.instances()) {
        if (!releaseOf(*instance))
            continue;
        const int days = profiles::providerById(instance->profile().provider)->releaseDays;
        auto due = cost::releaseReminder(*m_recorder.lastOn(instance->id()), days, time, {});
        if (!due)
            continue;
        due->key.prepend(instance->id() + u':'); // two may have gone off at one time
        if (!said.contains(due->key))
            reminders.emplace_back(instance->id(), *due);
        kept.insert(due->key);
    }
    if (kept != said)
        m_recorder.setSaid(kept);
    for (const cost::BudgetWarning &warning : overspent)
        Q_EMIT budgetReached(warning);
    for (const auto &[id, reminder] : reminders)
        Q_EMIT releaseNear(id, reminder);
}

} // namespace core::fleet
