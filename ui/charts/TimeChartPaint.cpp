// SPDX-License-Identifier: GPL-3.0-or-later
// The painting half of TimeChart.
#include "ui/charts/TimeChart.h"

#include "ui/common/Format.h"
#include "ui/common/StylePaint.h"
#include "ui/common/Theme.h"

#include <QChart>

#include <algorithm>
#include <cmath>

namespace ui::charts {

namespace {

constexpr int timeRow = 16; ///< below the plot
constexpr int topRoom = 6;  ///< above it, for half of the top label and the line's width
constexpr int labelGap = 6;
constexpr int endLabelWidth = 22;

bool isEmpty(const std::vector<ChartLine> &lines)
{
    return std::all_of(lines.begin(), lines.end(),
                       [](const ChartLine &line) { return line.runs().empty(); });
}

} // namespace

void TimeChart::layOut()
{
    const QFontMetrics metrics(textFont(TextStyle::Caption));
    const QSize size = viewport()->size();
    int left = 0;
    int right = 1;
    if (!m_compact) {
        // Room for the widest label there can be, not for today's: a plot that moves sideways when
        // a digit is added would be out of line with its neighbours.
        const QString widest = m_scale.format
                                   ? m_scale.format(m_scale.maximum.value_or(999.0 * m_scale.floor))
                                   : QString();
        left = std::max(metrics.horizontalAdvance(widest), metrics.horizontalAdvance(u'0') * 5) +
               labelGap;
        if (m_lines.size() > 1)
            right = endLabelWidth;
    }
    m_plot = QRectF(left, topRoom, std::max(1, size.width() - left - right),
                    std::max(1, size.height() - topRoom - timeRow));
    chart()->setPlotArea(m_plot);
}

void TimeChart::paintEvent(QPaintEvent *)
{
    const qreal ratio = viewport()->devicePixelRatioF();
    const QSize wanted = (QSizeF(viewport()->size()) * ratio).toSize();
    if (m_dirty || m_picture.size() != wanted) {
        if (m_picture.size() != wanted)
            m_picture = QPixmap(wanted);
        m_picture.setDevicePixelRatio(ratio);
        redraw();
        m_dirty = false;
    }
    QPainter painter(viewport());
    painter.drawPixmap(0, 0, m_picture);
    drawCrosshair(painter);
    if (hasFocus() && m_keyboardFocus) {
        painter.setRenderHint(QPainter::Antialiasing);
        paint::focusRing(&painter, viewport()->rect(), 4, tokens(this).accent);
    }
}

void TimeChart::redraw()
{
    ++m_redraws;
    applyLook();
    fetch();
    m_picture.fill(tokens(this).surface);
    QPainter painter(&m_picture);
    drawMarks(painter);
    drawGrid(painter);
    if (isEmpty(m_lines))
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(m_plot.adjusted(-1, -topRoom, 1, 1));
    scene()->render(&painter, QRectF(viewport()->rect()), QRectF(viewport()->rect()));
    painter.setClipping(false);
    drawEndLabels(painter);
}

void TimeChart::drawMarks(QPainter &painter) const
{
    const QColor colour = paint::withAlpha(tokens(this).warn, 0.14F);
    for (const ChartGroup::Mark &mark : m_group.marks()) {
        const bool shown = std::any_of(m_lines.begin(), m_lines.end(), [&](const ChartLine &line) {
            return line.spec().quantity == mark.quantity &&
                   (line.spec().gpu == mark.gpu || !core::metrics::isOfGpu(mark.quantity));
        });
        if (!shown || m_to == 0 || mark.to < m_from || mark.from > m_to)
            continue;
        const double left = std::max(m_plot.left(), xOf(mark.from));
        const double right = std::min(m_plot.right(), xOf(mark.to));
        painter.fillRect(QRectF(left, m_plot.top(), std::max(2.0, right - left), m_plot.height()),
                         colour);
    }
}

void TimeChart::drawGrid(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    painter.setFont(textFont(TextStyle::Caption));
    const QFontMetrics metrics = painter.fontMetrics();
    const int steps = m_compact ? 1 : m_plot.height() >= 90 ? 4 : 2;
    for (int i = 0; i <= steps; ++i) {
        // On whole pixels, or a 1 px line becomes two grey ones.
        const double y = std::round(yOf(m_top * i / steps));
        painter.fillRect(QRectF(m_plot.left(), y, m_plot.width(), 1), i == 0 ? t.edge : t.line);
        // Without data an automatic axis has no meaning yet.
        if (!m_scale.format || i % 2 == 1 || (!m_scale.maximum && isEmpty(m_lines)))
            continue;
        const QString label = m_scale.format(m_top * i / steps);
        painter.setPen(t.text3);
        if (!m_compact) {
            const QRectF box(0, y - metrics.height() / 2.0, m_plot.left() - labelGap,
                             metrics.height());
            painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, label);
        }
    }
    if (m_to == 0)
        return;
    const double perMs = m_plot.width() / double(m_to - m_from);
    const auto ticksFor = [&](const QString &sample) {
        return timeTicks(m_from, m_to,
                         TimeMs((metrics.horizontalAdvance(sample) + space::l) / perMs));
    };
    std::vector<TimeTick> ticks = ticksFor(QStringLiteral("00:00"));
    if (!ticks.empty() && ticks.front().label.size() > 5) // with seconds after all
        ticks = ticksFor(QStringLiteral("00:00:00"));
    double lastRight = -1;
    for (const TimeTick &tick : ticks) {
        const double x = std::round(xOf(tick.time));
        const int width = metrics.horizontalAdvance(tick.label);
        double left = x - width / 2.0;
        if (!m_compact)
            painter.fillRect(QRectF(x, m_plot.top(), 1, m_plot.height()),
                             paint::withAlpha(t.line, 0.6F));
        left = std::clamp(left, 0.0, std::max(0.0, double(viewport()->width() - width)));
        if (left < lastRight + 8)
            continue;
        painter.setPen(t.text3);
        painter.drawText(QPointF(left, m_plot.bottom() + metrics.ascent() + 3), tick.label);
        lastRight = left + width;
    }
}

void TimeChart::drawEndLabels(QPainter &painter) const
{
    if (m_compact || m_lines.size() < 2)
        return;
    struct EndLabel
    {
        double y;
        QString text;
        QColor colour;
    };
    std::vector<EndLabel> labels;
    for (const ChartLine &line : m_lines) {
        if (line.runs().empty())
            continue;
        labels.push_back(
            {yOf(double(line.runs().back().back().avg)), line.spec().mark, line.colour()});
    }
    std::stable_sort(labels.begin(), labels.end(),
                     [](const EndLabel &a, const EndLabel &b) { return a.y < b.y; });
    const QFontMetrics metrics = painter.fontMetrics();
    // Figures have no descenders, so their rows may be closer than a line of text.
    const double step =
        std::min(double(metrics.ascent()),
                 (m_plot.height() + topRoom) / double(std::max<std::size_t>(1, labels.size())));
    // Pushed apart downwards, then the whole column back up where it ran out of the plot.
    double lowest = m_plot.top() - step;
    for (EndLabel &label : labels) {
        label.y = std::max(label.y, lowest + step);
        lowest = label.y;
    }
    double limit = m_plot.bottom();
    for (auto it = labels.rbegin(); it != labels.rend(); ++it) {
        it->y = std::min(it->y, limit);
        limit = it->y - step;
    }
    for (const EndLabel &label : labels) {
        painter.setPen(QPen(label.colour, 2));
        painter.drawLine(QPointF(m_plot.right() + 3, label.y),
                         QPointF(m_plot.right() + 8, label.y));
        painter.setPen(tokens(this).text2);
        painter.drawText(QPointF(m_plot.right() + 11, label.y + metrics.ascent() / 2.0 - 1),
                         label.text);
    }
}

void TimeChart::drawCrosshair(QPainter &painter) const
{
    const auto info = hoverInfo();
    if (!info)
        return;
    const Tokens &t = tokens(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double x = std::round(xOf(*m_group.hover()));
    painter.fillRect(QRectF(x, m_plot.top(), 1, m_plot.height()), t.text3);
    for (const HoverValue &value : info->values) {
        if (value.value.isEmpty())
            continue;
        painter.setPen(QPen(t.surface, 1.5));
        painter.setBrush(value.colour);
        painter.drawEllipse(QPointF(x + 0.5, yOf(value.y)), 3.5, 3.5);
    }
    drawHoverBox(painter, *info, x);
}

void TimeChart::drawHoverBox(QPainter &painter, const HoverInfo &info, double x) const
{
    const Tokens &t = tokens(this);
    painter.setFont(textFont(TextStyle::Caption));
    const QFontMetrics metrics = painter.fontMetrics();
    const int row = metrics.height();
    const auto words = [](const HoverValue &v) {
        const QString value = v.value.isEmpty() ? format::absent() : v.value;
        return v.label.isEmpty() ? value : v.label + QStringLiteral("  ") + value;
    };
    // A compact chart has room for one row: time and value side by side.
    const bool oneRow = m_compact && info.values.size() == 1;
    QStringList cells;
    for (const HoverValue &v : info.values)
        cells << (oneRow ? info.shortTime + QStringLiteral("  ") + words(v) : words(v));
    QString head = oneRow ? QString() : info.time;
    if (!oneRow && info.values.size() == 1 && !info.values.front().range.isEmpty())
        head += QStringLiteral("  ") + info.values.front().range;

    int cellWidth = 0;
    for (const QString &cell : cells)
        cellWidth = std::max(cellWidth, metrics.horizontalAdvance(cell));
    const int headRows = head.isEmpty() ? 0 : 1;
    const int fitting = std::max(1, (viewport()->height() - 10) / row - headRows);
    // As many columns as needed, then all of the same length.
    const int columnCount = (int(cells.size()) + fitting - 1) / fitting;
    const int perColumn = (int(cells.size()) + columnCount - 1) / std::max(1, columnCount);
    const int columnWidth = cellWidth + (info.values.size() > 1 ? 12 : 0) + space::m;
    const int width =
        std::max(columnCount * columnWidth - space::m, metrics.horizontalAdvance(head)) +
        2 * space::s;
    const int height = (perColumn + headRows) * row + 8;
    double left = x + space::s;
    if (left + width > viewport()->width())
        left = x - space::s - width;
    left = std::clamp(left, 0.0, std::max(0.0, double(viewport()->width() - width)));
    const QRectF box(left,
                     std::max(0.0, std::min(m_plot.top(), double(viewport()->height() - height))),
                     width, height);
    paint::box(&painter, box, controlRadius, paint::withAlpha(t.surface, 0.95F), t.edge);

    double y = box.top() + 4 + metrics.ascent();
    if (!head.isEmpty()) {
        painter.setPen(t.text2);
        painter.drawText(QPointF(box.left() + space::s, y), head);
        y += row;
    }
    for (int i = 0; i < int(cells.size()); ++i) {
        const int inColumn = i / perColumn;
        double cellX = box.left() + space::s + inColumn * columnWidth;
        const double cellY = y + (i % perColumn) * row;
        if (info.values.size() > 1) {
            painter.setPen(QPen(info.values[std::size_t(i)].colour, 2.5));
            painter.drawLine(QPointF(cellX, cellY - metrics.ascent() / 2.0 + 1),
                             QPointF(cellX + 8, cellY - metrics.ascent() / 2.0 + 1));
            cellX += 12;
        }
        painter.setPen(t.text);
        painter.drawText(QPointF(cellX, cellY), cells.at(i));
    }
}

} // namespace ui::charts
