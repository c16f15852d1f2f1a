// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace ui::paint {

/// Painter state that ends with the block, antialiasing on.
class Scope
{
public:
    explicit Scope(QPainter *painter)
        : m_painter(painter)
    {
        m_painter->save();
        m_painter->setRenderHint(QPainter::Antialiasing);
    }
    ~Scope() { m_painter->restore(); }
    Q_DISABLE_COPY_MOVE(Scope)

private:
    QPainter *m_painter;
};

/// A rounded box whose outline lies inside \a rect, so that it is crisp at any device pixel ratio.
inline void box(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill,
                const QColor &outline = Qt::transparent, qreal width = 1)
{
    const bool outlined = outline.alpha() > 0;
    const qreal inset = outlined ? width / 2 : 0;
    painter->setPen(outlined ? QPen(outline, width) : QPen(Qt::NoPen));
    painter->setBrush(fill);
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
}

/// The focus ring of every control: 2 px of accent just inside \a rect.
inline void focusRing(QPainter *painter, const QRectF &rect, qreal radius, const QColor &accent)
{
    box(painter, rect, radius, Qt::transparent, accent, 2);
}

inline QColor withAlpha(QColor colour, float alpha)
{
    colour.setAlphaF(alpha);
    return colour;
}

/// A over B by \a part, both opaque.
inline QColor mix(const QColor &a, const QColor &b, float part)
{
    return QColor::fromRgbF(a.redF() * part + b.redF() * (1 - part),
                            a.greenF() * part + b.greenF() * (1 - part),
                            a.blueF() * part + b.blueF() * (1 - part));
}

} // namespace ui::paint
