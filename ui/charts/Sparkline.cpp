// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Sparkline.h"

#include "ui/common/StylePaint.h"

#include <algorithm>

namespace ui::charts {

SparklineData sparklineData(const core::metrics::Series *series, core::metrics::TimeMs end,
                            core::metrics::TimeMs spanMs, int columns, double maximum)
{
    SparklineData data;
    data.to = end;
    data.from = end - spanMs + 1; // both ends belong to runs()
    data.maximum = maximum;
    if (series && end > 0 && columns > 0)
        data.runs = series->runs(data.from, data.to, columns);
    return data;
}

void paintSparkline(QPainter *painter, const QRectF &rect, const SparklineData &data,
                    const QColor &colour)
{
    const double span = double(std::max<core::metrics::TimeMs>(1, data.to - data.from));
    const double top = data.maximum > 0 ? data.maximum : 1;
    const paint::Scope scope(painter);
    for (const core::metrics::SeriesRun &run : data.runs) {
        if (run.empty())
            continue;
        QPolygonF line;
        line.reserve(qsizetype(run.size()) + 2);
        for (const core::metrics::SeriesPoint &p : run) {
            const double part = std::clamp(double(p.avg) / top, 0.0, 1.0);
            line << QPointF(rect.left() + rect.width() * double(p.time - data.from) / span,
                            rect.bottom() - 1 - (rect.height() - 2) * part);
        }
        if (line.size() == 1)
            line << line.first() + QPointF(1, 0);
        QPolygonF area = line;
        area << QPointF(line.last().x(), rect.bottom()) << QPointF(line.first().x(), rect.bottom());
        painter->setPen(Qt::NoPen);
        painter->setBrush(paint::withAlpha(colour, 0.16F * colour.alphaF()));
        painter->drawPolygon(area);
        painter->setPen(QPen(colour, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(line);
    }
}

Sparkline::Sparkline(QColor Tokens::*hue, QWidget *parent)
    : QWidget(parent)
    , m_hue(hue)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void Sparkline::setData(SparklineData content)
{
    m_data = std::move(content);
    update();
}

void Sparkline::setDimmed(bool dimmed)
{
    if (dimmed == m_dimmed)
        return;
    m_dimmed = dimmed;
    update();
}

QSize Sparkline::sizeHint() const
{
    return {80, 24};
}

void Sparkline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = tokens(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
    paintSparkline(&painter, QRectF(rect()), m_data,
                   paint::withAlpha(t.*m_hue, m_dimmed ? 0.45F : 1.0F));
}

} // namespace ui::charts
