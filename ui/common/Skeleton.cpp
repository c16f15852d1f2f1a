// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Skeleton.h"

#include "ui/common/StylePaint.h"
#include "ui/common/Theme.h"

#include <QPainterPath>

#include <cmath>

namespace ui {

Skeleton::Skeleton(Shape shape, QWidget *parent)
    : QWidget(parent)
    , m_shape(shape)
{
    setAccessibleName(tr("Loading"));
}

QSize Skeleton::sizeHint() const
{
    return m_shape == Shape::Lines ? QSize(160, 40) : QSize(160, 96);
}

void Skeleton::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_shape == Shape::Lines) {
        const int lineHeight = 12;
        const int step = 24;
        const int count = std::max(1, (height() + step - lineHeight) / step);
        for (int i = 0; i < count; ++i) {
            const double part = i + 1 == count && count > 1 ? 0.45 : 0.9 - 0.12 * (i % 3);
            paint::box(&painter, QRectF(0, i * step, width() * part, lineHeight), 4, t.surface2);
        }
        return;
    }
    paint::box(&painter, rect(), controlRadius, t.surface2);
    if (m_shape == Shape::Chart && width() > 40 && height() > 24) {
        QPainterPath line;
        const double base = height() * 0.62;
        for (int x = 12; x <= width() - 12; x += 4) {
            const double y =
                base - height() * 0.16 * std::sin(x / 38.0) - height() * 0.07 * std::sin(x / 11.0);
            if (x == 12)
                line.moveTo(x, y);
            else
                line.lineTo(x, y);
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.line, 1.5));
        painter.drawPath(line);
    }
}

} // namespace ui
