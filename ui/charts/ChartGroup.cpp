// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartGroup.h"

namespace ui::charts {

ChartGroup::ChartGroup(QObject *parent)
    : QObject(parent)
{
}

void ChartGroup::setSource(Source source)
{
    m_source = std::move(source);
}

const core::metrics::SeriesSet *ChartGroup::data() const
{
    return m_source ? m_source() : nullptr;
}

void ChartGroup::setSpan(Span span)
{
    if (span == m_span)
        return;
    m_span = span;
    Q_EMIT spanChanged();
    Q_EMIT viewChanged();
}

TimeMs ChartGroup::spanMs() const
{
    const TimeMs whole = wholeSpanMs();
    const core::metrics::SeriesSet *set = data();
    if (!set || set->firstTime() == 0 || m_end == 0)
        return whole;
    // In steps, so that the axis seldom moves; and never so short that a day looks like a minute.
    constexpr TimeMs minute = 60'000;
    for (const TimeMs step : {minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute, 60 * minute,
                              180 * minute, 360 * minute, 720 * minute}) {
        if (step < whole && step * 10 >= whole && m_end - set->firstTime() <= step)
            return step;
    }
    return whole;
}

TimeMs ChartGroup::wholeSpanMs() const
{
    switch (m_span) {
    case Span::Minute: return TimeMs(60) * 1000;
    case Span::TenMinutes: return TimeMs(600) * 1000;
    case Span::Hour: return TimeMs(3600) * 1000;
    case Span::Day: return TimeMs(86400) * 1000;
    }
    return TimeMs(600) * 1000;
}

void ChartGroup::setPaused(bool paused)
{
    if (paused == m_paused)
        return;
    m_paused = paused;
    Q_EMIT pausedChanged();
    if (!paused)
        dataArrived();
}

void ChartGroup::setStale(bool stale)
{
    if (stale == m_stale)
        return;
    m_stale = stale;
    Q_EMIT staleChanged();
}

void ChartGroup::setHover(std::optional<TimeMs> time)
{
    if (time == m_hover)
        return;
    m_hover = time;
    Q_EMIT hoverChanged();
}

void ChartGroup::setMarks(std::vector<Mark> marks)
{
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    Q_EMIT marksChanged();
}

void ChartGroup::dataArrived()
{
    if (m_paused)
        return;
    const core::metrics::SeriesSet *set = data();
    m_end = set ? set->lastTime() : 0;
    Q_EMIT viewChanged();
}

} // namespace ui::charts
