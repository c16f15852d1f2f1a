// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

class QColor;
class QPainter;

namespace ui::terminal {

/// Lines and blocks (U+2500 to U+259F) are drawn, not set: a font's leave gaps where its height is
/// not the cell's. \returns false for a character that is not among them.
[[nodiscard]] bool drawBox(QPainter &painter, char32_t character, const QRectF &cell,
                           qreal lineWidth, const QColor &colour);

} // namespace ui::terminal
