// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/SeriesSet.h"

#include <QColor>
#include <QList>
#include <QPointF>
#include <QString>

#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QAreaSeries;
class QChart;
class QLineSeries;
class QValueAxis;
QT_END_NAMESPACE

namespace ui::charts {

using core::metrics::SeriesRun;
using core::metrics::TimeMs;

/// What a line shows and how it is called.
struct LineSpec
{
    core::metrics::Quantity quantity = core::metrics::Quantity::GpuUtil;
    int gpu = 0;
    QString label; ///< "GPU 0"; "" where the chart has one line and a title
    QString mark;  ///< a character or two beside the line's end, where there are several
};

/// One line of a chart. Qt Charts joins all points of a series and has no gaps, so each run of
/// points is a QLineSeries of its own; they are kept and filled again, because making one costs
/// more than drawing it.
class ChartLine
{
public:
    ChartLine(LineSpec spec, QChart *chart, QValueAxis *timeAxis, QValueAxis *valueAxis);

    [[nodiscard]] const LineSpec &spec() const { return m_spec; }
    [[nodiscard]] const std::vector<SeriesRun> &runs() const { return m_runs; }

    /// Times are drawn relative to \a origin, so that the time axis never changes its range.
    void setRuns(std::vector<SeriesRun> runs, TimeMs origin, TimeMs columnMs);
    /// \a band: fill between the minima and maxima of the points.
    void setLook(const QColor &colour, qreal width, bool band);
    [[nodiscard]] const QColor &colour() const { return m_colour; }
    [[nodiscard]] double highest() const;
    /// The point nearest to \a time, at most \a within away.
    [[nodiscard]] std::optional<core::metrics::SeriesPoint> nearest(TimeMs time,
                                                                    TimeMs within) const;

private:
    struct Strand
    {
        QLineSeries *line = nullptr;
        QAreaSeries *band = nullptr;
        QLineSeries *bandTop = nullptr;
        QLineSeries *bandBottom = nullptr;
        bool used = false;
    };
    Strand &strand(std::size_t index);
    void ensureBand(Strand &strand);
    void fill(Strand &strand, const SeriesRun &run, TimeMs origin, TimeMs columnMs);
    static void fillBand(Strand &strand, const SeriesRun &run, TimeMs origin);
    static void empty(Strand &strand);

    LineSpec m_spec;
    QChart *m_chart;
    QValueAxis *m_timeAxis;
    QValueAxis *m_valueAxis;
    std::vector<Strand> m_strands;
    std::vector<SeriesRun> m_runs;
    QColor m_colour;
    qreal m_width = 1.5;
    bool m_band = false;
};

} // namespace ui::charts
