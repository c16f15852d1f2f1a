// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/TimeChart.h"

#include "ui/common/Theme.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QLegend>
#include <QMouseEvent>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace ui::charts {

namespace {

/// A picture older than this is made again whatever the span, in data time.
constexpr TimeMs slowestRedraw = 10000;
/// Samples come once a second, a little early or late.
constexpr TimeMs fastestRedraw = 900;

} // namespace

TimeChart::TimeChart(ChartGroup &group, QWidget *parent)
    : QChartView(parent)
    , m_group(group)
    , m_timeAxis(new QValueAxis(this))
    , m_valueAxis(new QValueAxis(this))
{
    QChart *c = chart();
    c->legend()->hide();
    c->setAnimationOptions(QChart::NoAnimation);
    c->setBackgroundVisible(false);
    c->setPlotAreaBackgroundVisible(false);
    c->setMargins(QMargins());
    c->layout()->setContentsMargins(0, 0, 0, 0);
    for (QValueAxis *axis : {m_timeAxis, m_valueAxis})
        axis->setVisible(false);
    c->addAxis(m_timeAxis, Qt::AlignBottom);
    c->addAxis(m_valueAxis, Qt::AlignLeft);

    // The view only holds the scene: it is painted by redraw(), and nothing in it is operated.
    scene()->setItemIndexMethod(QGraphicsScene::NoIndex);
    setViewportUpdateMode(NoViewportUpdate);
    setInteractive(false);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);

    connect(&group, &ChartGroup::viewChanged, this, &TimeChart::onViewChanged);
    connect(&group, &ChartGroup::staleChanged, this, &TimeChart::invalidate);
    connect(&group, &ChartGroup::marksChanged, this, &TimeChart::invalidate);
    connect(&group, &ChartGroup::hoverChanged, this, &TimeChart::onHoverChanged);
}

TimeChart::~TimeChart() = default;

void TimeChart::setLines(const std::vector<LineSpec> &lines, QColor Tokens::*hue)
{
    m_lines.clear();
    chart()->removeAllSeries();
    m_hue = hue;
    m_lines.reserve(lines.size());
    for (const LineSpec &spec : lines)
        m_lines.emplace_back(spec, chart(), m_timeAxis, m_valueAxis);
    applyLook();
    layOut();
    invalidate();
}

void TimeChart::setScale(ChartScale scale)
{
    m_scale = std::move(scale);
    layOut();
    invalidate();
}

void TimeChart::setCompact(bool compact)
{
    m_compact = compact;
    layOut();
    invalidate();
}

void TimeChart::setHighlight(int line)
{
    if (line == m_highlight)
        return;
    m_highlight = line;
    applyLook();
    invalidate();
}

const ChartLine &TimeChart::line(int index) const
{
    return m_lines.at(std::size_t(index));
}

QSize TimeChart::sizeHint() const
{
    return m_compact ? QSize(140, 64) : QSize(280, 128);
}

QSize TimeChart::minimumSizeHint() const
{
    return m_compact ? QSize(80, 48) : QSize(140, 80);
}

void TimeChart::applyLook()
{
    const Tokens &t = tokens(this);
    const int count = int(m_lines.size());
    for (int i = 0; i < count; ++i) {
        QColor colour = shade(t.*m_hue, i, count, t.dark);
        if (m_group.isStale())
            colour.setAlphaF(0.45F);
        if (m_highlight >= 0 && m_highlight != i)
            colour.setAlphaF(0.18F);
        // The band of one line tells its peaks; those of several would hide the lines.
        m_lines[std::size_t(i)].setLook(colour, count > 2 ? 1.0 : 1.6, count == 1);
    }
}

void TimeChart::invalidate()
{
    m_dirty = true;
    viewport()->update();
}

void TimeChart::onViewChanged()
{
    // While nothing but a second of data was added, a long span looks the same for a while.
    const bool sameView = m_to - m_from == m_group.spanMs() && m_drawnEnd != 0;
    const TimeMs advance = m_group.end() - m_drawnEnd;
    const TimeMs wait = std::clamp(m_columnMs, fastestRedraw, slowestRedraw);
    if (sameView && advance >= 0 && advance < wait)
        return;
    invalidate();
}

void TimeChart::onHoverChanged()
{
    if (hasFocus()) {
        QStringList words;
        if (const auto info = hoverInfo()) {
            words << info->time;
            for (const HoverValue &value : info->values)
                words << QStringLiteral("%1 %2").arg(value.label, value.value).trimmed();
        }
        setAccessibleDescription(words.join(QStringLiteral(", ")));
    }
    viewport()->update();
}

void TimeChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    layOut();
    invalidate();
}

void TimeChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::LanguageChange) {
        applyLook();
        layOut();
        invalidate();
    }
    QChartView::changeEvent(event);
}

bool TimeChart::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        m_group.setHover(std::nullopt);
    // Tool tips and hover events would make the scene look for items.
    if (event->type() == QEvent::ToolTip || event->type() == QEvent::HoverMove)
        return false;
    return QChartView::viewportEvent(event);
}

void TimeChart::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (m_to == 0 || x < m_plot.left() - 4 || x > m_plot.right() + 4)
        m_group.setHover(std::nullopt);
    else
        m_group.setHover(timeAt(x));
}

void TimeChart::mousePressEvent(QMouseEvent *event)
{
    event->accept();
}

void TimeChart::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
}

void TimeChart::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the page scrolls
}

void TimeChart::keyPressEvent(QKeyEvent *event)
{
    const TimeMs step = m_columnMs * (event->modifiers().testFlag(Qt::ControlModifier) ? 20 : 2);
    const TimeMs at = m_group.hover().value_or(m_group.end());
    switch (event->key()) {
    case Qt::Key_Left: m_group.setHover(std::max(m_from, at - step)); return;
    case Qt::Key_Right: m_group.setHover(std::min(m_to, at + step)); return;
    case Qt::Key_Home: m_group.setHover(m_from); return;
    case Qt::Key_End: m_group.setHover(m_group.end()); return;
    case Qt::Key_Escape:
        if (m_group.hover()) {
            m_group.setHover(std::nullopt);
            return;
        }
        break;
    default: break;
    }
    event->ignore();
}

void TimeChart::focusInEvent(QFocusEvent *event)
{
    m_keyboardFocus = event->reason() == Qt::TabFocusReason ||
                      event->reason() == Qt::BacktabFocusReason ||
                      event->reason() == Qt::ShortcutFocusReason;
    viewport()->update();
}

void TimeChart::focusOutEvent(QFocusEvent *)
{
    if (m_keyboardFocus)
        m_group.setHover(std::nullopt);
    m_keyboardFocus = false;
    viewport()->update();
}

double TimeChart::xOf(TimeMs time) const
{
    return m_plot.left() +
           m_plot.width() * double(time - m_from) / double(std::max<TimeMs>(1, m_to - m_from));
}

double TimeChart::yOf(double value) const
{
    return m_plot.bottom() - m_plot.height() * value / m_top;
}

TimeMs TimeChart::timeAt(double x) const
{
    const double part = std::clamp((x - m_plot.left()) / std::max(1.0, m_plot.width()), 0.0, 1.0);
    return m_from + TimeMs(std::llround(part * double(m_to - m_from)));
}

void TimeChart::fetch()
{
    // One point a pixel; several noisy lines over each other are easier to read with half of that,
    // and Qt Charts' work per point is what a redraw costs.
    const int columns = std::max(2, int(m_plot.width()) / (m_lines.size() > 2 ? 2 : 1));
    const TimeMs span = m_group.spanMs();
    m_columnMs = std::max<TimeMs>(1, (span + columns - 1) / columns); // as Series::runs() does
    // Whole columns, so that points fall into the same column again in the next picture and the
    // line does not shimmer as it moves.
    m_to = m_group.end() > 0 ? (m_group.end() / m_columnMs + 1) * m_columnMs : 0;
    m_from = m_to - span;
    m_drawnEnd = m_group.end();

    const core::metrics::SeriesSet *set = m_group.data();
    double highest = 0;
    for (ChartLine &line : m_lines) {
        const core::metrics::Series *series =
            set ? set->find(line.spec().quantity, line.spec().gpu) : nullptr;
        line.setRuns(series ? series->runs(m_from, m_to - 1, columns) : std::vector<SeriesRun>(),
                     m_from, m_columnMs);
        highest = std::max(highest, line.highest());
    }
    m_top = topOf(m_scale, highest);
    m_timeAxis->setRange(0, double(span));
    m_valueAxis->setRange(0, m_top);
}

std::optional<TimeChart::HoverInfo> TimeChart::hoverInfo() const
{
    if (!m_group.hover() || m_to == 0)
        return std::nullopt;
    const TimeMs time = *m_group.hover();
    if (time < m_from || time > m_to)
        return std::nullopt;
    HoverInfo info;
    info.time = timeLabel(time, m_to);
    info.shortTime = clockLabel(time, m_group.spanMs());
    // Near enough to the pointer to be what it points at; farther away is a gap.
    const TimeMs within = std::max<TimeMs>(3 * m_columnMs, 2500);
    for (const ChartLine &line : m_lines) {
        HoverValue value;
        value.label = line.spec().label;
        value.colour = line.colour();
        const auto point = line.nearest(time, within);
        const auto words = [this](double v) {
            return m_scale.format ? m_scale.format(v) : QString::number(v);
        };
        if (point) {
            value.value = words(double(point->avg));
            value.y = double(point->avg);
            const QString low = words(double(point->min));
            const QString high = words(double(point->max));
            //: The lowest and highest value within a point of a chart: "12 % to 100 %"
            if (low != high)
                value.range = tr("%1 to %2").arg(low, high);
        }
        info.values.push_back(std::move(value));
    }
    return info;
}

} // namespace ui::charts
