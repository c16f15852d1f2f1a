// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartLine.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QPen>
#include <QValueAxis>

#include <algorithm>
#include <cstdlib>

namespace ui::charts {

namespace {

/// A connection that drops all day would otherwise make hundreds of series; what is over is joined
/// to the run before it.
constexpr std::size_t maxRuns = 48;

/// Points of the line per point of the band: an outline as ragged as the line would cost more to
/// fill than the line to draw, and say no more.
constexpr std::size_t bandStep = 3;

void joinOverflow(std::vector<SeriesRun> &runs)
{
    while (runs.size() > maxRuns) {
        std::size_t best = 1;
        TimeMs smallest = std::numeric_limits<TimeMs>::max();
        for (std::size_t i = 1; i < runs.size(); ++i) {
            const TimeMs gap = runs[i].front().time - runs[i - 1].back().time;
            if (gap < smallest) {
                smallest = gap;
                best = i;
            }
        }
        SeriesRun &target = runs[best - 1];
        target.insert(target.end(), runs[best].begin(), runs[best].end());
        runs.erase(runs.begin() + std::ptrdiff_t(best));
    }
}

} // namespace

ChartLine::ChartLine(LineSpec spec, QChart *chart, QValueAxis *timeAxis, QValueAxis *valueAxis)
    : m_spec(std::move(spec))
    , m_chart(chart)
    , m_timeAxis(timeAxis)
    , m_valueAxis(valueAxis)
{
}

ChartLine::Strand &ChartLine::strand(std::size_t index)
{
    while (m_strands.size() <= index) {
        Strand made;
        made.line = new QLineSeries(m_chart);
        made.line->setPen(QPen(m_colour, m_width, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
        m_chart->addSeries(made.line);
        made.line->attachAxis(m_timeAxis);
        made.line->attachAxis(m_valueAxis);
        m_strands.push_back(made);
    }
    return m_strands[index];
}

void ChartLine::ensureBand(Strand &strand)
{
    if (strand.band)
        return;
    strand.bandTop = new QLineSeries(m_chart);
    strand.bandBottom = new QLineSeries(m_chart);
    strand.band = new QAreaSeries(strand.bandTop, strand.bandBottom);
    strand.band->setParent(m_chart);
    strand.band->setPen(Qt::NoPen);
    QColor fill = m_colour;
    fill.setAlphaF(0.22F);
    strand.band->setBrush(fill);
    m_chart->addSeries(strand.band);
    strand.band->attachAxis(m_timeAxis);
    strand.band->attachAxis(m_valueAxis);
}

void ChartLine::setRuns(std::vector<SeriesRun> runs, TimeMs origin, TimeMs columnMs)
{
    std::erase_if(runs, [](const SeriesRun &run) { return run.empty(); });
    joinOverflow(runs);
    m_runs = std::move(runs);
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        fill(strand(i), m_runs[i], origin, columnMs);
    for (std::size_t i = m_runs.size(); i < m_strands.size(); ++i)
        empty(m_strands[i]);
}

void ChartLine::fill(Strand &strand, const SeriesRun &run, TimeMs origin, TimeMs columnMs)
{
    QList<QPointF> points;
    points.reserve(qsizetype(run.size()) + 1);
    bool spread = false;
    for (const core::metrics::SeriesPoint &p : run) {
        points.append(QPointF(double(p.time - origin), double(p.avg)));
        spread = spread || p.max > p.min;
    }
    // A lone point has no line; a stroke of one column shows it.
    if (points.size() == 1)
        points.append(points.first() + QPointF(double(columnMs), 0));
    strand.line->replace(points);
    strand.used = true;

    if (m_band && spread) {
        ensureBand(strand);
        fillBand(strand, run, origin);
    } else if (strand.band && strand.bandTop->count() > 0) {
        strand.bandTop->clear();
        strand.bandBottom->clear();
    }
}

void ChartLine::fillBand(Strand &strand, const SeriesRun &run, TimeMs origin)
{
    QList<QPointF> top;
    QList<QPointF> bottom;
    for (std::size_t first = 0; first < run.size(); first += bandStep) {
        const std::size_t last = std::min(run.size(), first + bandStep) - 1;
        core::metrics::SeriesPoint wide = run[first];
        for (std::size_t i = first + 1; i <= last; ++i) {
            wide.min = std::min(wide.min, run[i].min);
            wide.max = std::max(wide.max, run[i].max);
        }
        // The outermost points keep the band as long as the line.
        const std::size_t at = first == 0 ? 0 : last + 1 == run.size() ? last : (first + last) / 2;
        const double x = double(run[at].time - origin);
        top.append(QPointF(x, double(wide.max)));
        bottom.append(QPointF(x, double(wide.min)));
    }
    strand.bandTop->replace(top);
    strand.bandBottom->replace(bottom);
}

void ChartLine::empty(Strand &strand)
{
    if (!strand.used)
        return;
    strand.used = false;
    strand.line->clear();
    if (strand.band) {
        strand.bandTop->clear();
        strand.bandBottom->clear();
    }
}

void ChartLine::setLook(const QColor &colour, qreal width, bool band)
{
    m_band = band;
    if (colour == m_colour && width == m_width)
        return;
    m_colour = colour;
    m_width = width;
    QColor fillColour = colour;
    fillColour.setAlphaF(0.22F);
    for (const Strand &s : m_strands) {
        s.line->setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
        if (s.band)
            s.band->setBrush(fillColour);
    }
}

double ChartLine::highest() const
{
    double top = 0;
    for (const SeriesRun &run : m_runs) {
        for (const core::metrics::SeriesPoint &p : run)
            top = std::max(top, double(m_band ? p.max : p.avg));
    }
    return top;
}

std::optional<core::metrics::SeriesPoint> ChartLine::nearest(TimeMs time, TimeMs within) const
{
    std::optional<core::metrics::SeriesPoint> best;
    TimeMs bestDistance = within;
    for (const SeriesRun &run : m_runs) {
        const auto after = std::lower_bound(
            run.begin(), run.end(), time,
            [](const core::metrics::SeriesPoint &p, TimeMs t) { return p.time < t; });
        for (auto it = after == run.begin() ? after : std::prev(after); it != run.end(); ++it) {
            const TimeMs distance = std::abs(it->time - time);
            if (distance <= bestDistance) {
                best = *it;
                bestDistance = distance;
            }
            if (it->time > time)
                break;
        }
    }
    return best;
}

} // namespace ui::charts
