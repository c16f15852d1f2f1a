// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/UsageBar.h"

#include "ui/common/StylePaint.h"

#include <algorithm>

namespace ui {

namespace {

constexpr int thickness = 6;

} // namespace

UsageBar::UsageBar(QColor Tokens::*hue, QWidget *parent)
    : QWidget(parent)
    , m_hue(hue)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void UsageBar::setPart(std::optional<double> part)
{
    if (part == m_part)
        return;
    m_part = part;
    update();
}

void UsageBar::setLimits(double warn, double bad)
{
    m_warn = warn;
    m_bad = bad;
    update();
}

void UsageBar::setDimmed(bool dimmed)
{
    if (dimmed == m_dimmed)
        return;
    m_dimmed = dimmed;
    update();
}

QSize UsageBar::sizeHint() const
{
    return {120, thickness};
}

QSize UsageBar::minimumSizeHint() const
{
    return {40, thickness};
}

void UsageBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(0, (height() - thickness) / 2.0, width(), thickness);
    paint::box(&painter, track, thickness / 2.0, t.dark ? t.line : t.surface2);
    if (!m_part || *m_part <= 0)
        return;
    const double part = std::min(1.0, *m_part);
    QColor colour = part >= m_bad ? t.bad : part >= m_warn ? t.warn : t.*m_hue;
    if (m_dimmed)
        colour.setAlphaF(0.45F);
    QRectF filled = track;
    filled.setWidth(std::max<double>(thickness, track.width() * part));
    if (layoutDirection() == Qt::RightToLeft)
        filled.moveRight(track.right());
    paint::box(&painter, filled, thickness / 2.0, colour);
}

} // namespace ui
