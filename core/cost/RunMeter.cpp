// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/RunMeter.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace core::cost {

namespace {

/// A clock that goes back further than this was set; what it said before is not to be compared
/// with.
constexpr TimeMs setBack = 3600'000;

} // namespace

RunMeter::RunMeter(QString instanceId, QString instanceName)
    : m_instanceId(std::move(instanceId))
    , m_instanceName(std::move(instanceName))
{
}

void RunMeter::resume(const RunSlice &last)
{
    m_runTo = last.to;
    m_boot = last.boot;
    m_firstMark = last.from;
    m_ended = false;
    m_noGpu = last.noGpu;
    m_card = last.card;
    m_gpus = last.gpus;
}

void RunMeter::setName(const QString &name)
{
    m_instanceName = name;
}

void RunMeter::setRates(const Rates &rates)
{
    m_rates = rates;
}

std::vector<RunSlice> RunMeter::unfinished() const
{
    std::vector<RunSlice> slices = m_waiting;
    if (m_open && m_open->to > m_open->from)
        slices.push_back(*m_open);
    return slices;
}

std::optional<TimeMs> RunMeter::lastSeen() const
{
    return m_runTo > 0 ? std::optional(m_runTo) : std::nullopt;
}

std::optional<HourlyRate> RunMeter::priceNow() const
{
    return m_noGpu.value_or(false) ? m_rates.noGpuPerHour : m_rates.perHour;
}

RunMeter::Going RunMeter::goingOf(const Mark &mark) const
{
    if (!mark.uptime) {
        if (m_ended)
            return Going::Unclear;
        return mark.time - m_runTo <= blindGap ? Going::On : Going::Unclear;
    }
    const TimeMs boot = mark.time - *mark.uptime;
    if (m_boot > 0 && std::abs(boot - m_boot) <= slack)
        return Going::On; // also where a power-off was asked for and did not happen
    if (m_ended)
        return Going::Restarted;
    // It was on at m_runTo: what started before that is the same run by another clock.
    if (m_boot > 0)
        return boot >= m_runTo - slack ? Going::Restarted : Going::On;
    return boot > m_runTo ? Going::Restarted : Going::On;
}

std::vector<RunSlice> RunMeter::take(const Mark &mark)
{
    if (mark.time <= 0)
        return {};
    if (m_runTo > 0 && mark.time < m_runTo - setBack) {
        close();
        m_runTo = 0;
        beginRun(mark, mark.time);
    } else if (m_runTo > 0 && mark.time <= m_runTo) {
        takeFacts(mark);
    } else if (m_runTo == 0) {
        const TimeMs boot = mark.time - mark.uptime.value_or(0);
        beginRun(mark, std::max(boot, mark.time - mostBefore));
    } else {
        switch (goingOf(mark)) {
        case Going::On: goOn(mark); break;
        case Going::Restarted:
            close();
            beginRun(mark, std::max(mark.time - mark.uptime.value_or(0), m_runTo));
            break;
        case Going::Unclear:
            close();
            beginRun(mark, mark.time);
            break;
        }
    }
    return std::exchange(m_complete, {});
}

std::vector<RunSlice> RunMeter::stopped(TimeMs time)
{
    if (m_open && time > m_runTo && time - m_runTo <= step)
        grow(time, 0);
    close();
    settleMode(m_noGpu.value_or(false));
    m_ended = true;
    return std::exchange(m_complete, {});
}

void RunMeter::beginRun(const Mark &mark, TimeMs from)
{
    settleMode(m_noGpu.value_or(false)); // of the run before nobody will tell any more
    m_ended = false;
    m_noGpu = mark.noGpu;
    m_card = mark.card;
    m_gpus = mark.gpus;
    m_boot = mark.uptime ? mark.time - *mark.uptime : 0;
    m_firstMark = mark.time;
    m_runTo = from;
    if (from < mark.time) {
        openSlice(from, false);
        grow(mark.time, 0);
        close();
    }
    m_runTo = mark.time;
    openSlice(mark.time, true);
}

void RunMeter::goOn(const Mark &mark)
{
    m_ended = false;
    if (mark.uptime)
        m_boot = mark.time - *mark.uptime;
    if (mark.time - m_runTo > step) {
        close();
        openSlice(m_runTo, false);
        grow(mark.time, 0);
        close();
    }
    takeFacts(mark);
    if (!m_open)
        openSlice(m_runTo, true);
    grow(mark.time, mark.idleGpus);
}

/// What was unknown is filled in; what changed begins a new slice.
void RunMeter::takeFacts(const Mark &mark)
{
    if (mark.noGpu && m_noGpu && *mark.noGpu != *m_noGpu)
        close();
    if (mark.noGpu)
        m_noGpu = mark.noGpu;
    else if (!m_noGpu && mark.time - m_firstMark > modePatience)
        m_noGpu = false;
    if (!mark.card.isEmpty())
        m_card = mark.card;
    m_gpus = std::max(m_gpus, mark.gpus);
    if (m_noGpu)
        settleMode(*m_noGpu);
    if (!m_open)
        return;
    if (m_open->perHour && m_open->perHour != priceNow() && m_noGpu == m_open->noGpu) {
        close();
        openSlice(m_runTo, true);
    }
    m_open->noGpu = m_noGpu.value_or(false);
    m_open->perHour = priceNow();
    m_open->card = m_card;
    m_open->gpus = m_gpus;
    m_open->boot = m_boot;
}

void RunMeter::settleMode(bool noGpu)
{
    for (RunSlice &slice : m_waiting) {
        slice.noGpu = noGpu;
        slice.perHour = noGpu ? m_rates.noGpuPerHour : m_rates.perHour;
        slice.card = m_card;
        slice.gpus = m_gpus;
        m_complete.push_back(std::move(slice));
    }
    m_waiting.clear();
}

void RunMeter::openSlice(TimeMs from, bool seen)
{
    m_open =
        RunSlice{m_instanceId, m_instanceName, from,   from,       m_boot, m_noGpu.value_or(false),
                 seen,         m_card,         m_gpus, priceNow(), 0};
}

void RunMeter::grow(TimeMs to, int idleGpus)
{
    if (!m_open || to <= m_open->to)
        return;
    while (m_open->seen) {
        const TimeMs boundary = (m_open->from / quarter + 1) * quarter;
        if (to <= boundary)
            break;
        m_open->idleGpuMs += (boundary - m_open->to) * idleGpus;
        m_open->to = boundary;
        close();
        openSlice(boundary, true);
    }
    m_open->idleGpuMs += (to - m_open->to) * idleGpus;
    m_open->to = to;
    m_runTo = std::max(m_runTo, to);
}

void RunMeter::close()
{
    if (m_open && m_open->to > m_open->from)
        (m_noGpu ? m_complete : m_waiting).push_back(std::move(*m_open));
    m_open.reset();
}

} // namespace core::cost
