// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/RowPainter.h"

#include "ui/terminal/BoxDrawing.h"

#include <QPainterPath>

#include <algorithm>

namespace ui::terminal {

using core::terminal::Cell;
using core::terminal::CursorShape;
using core::terminal::CursorState;
using core::terminal::Line;
namespace CellFlag = core::terminal::CellFlag;

namespace {

constexpr quint16 decorated = CellFlag::Underline | CellFlag::Strike;

CellFont::Face faceOf(quint16 flags)
{
    return CellFont::Face((flags & CellFlag::Bold ? CellFont::Bold : 0) |
                          (flags & CellFlag::Italic ? CellFont::Italic : 0));
}

const Cell &cellAt(const Line &line, int column)
{
    static const Cell nothing;
    return column < int(line.cells.size()) ? line.cells[std::size_t(column)] : nothing;
}

} // namespace

RowPainter::Look RowPainter::lookOf(const Cell &cell, int column, bool isReversed,
                                    const std::vector<RowMark> &marks) const
{
    Look look{m_palette.colours(cell, isReversed)};
    for (const RowMark &mark : marks) {
        if (column < mark.begin || column >= mark.end)
            continue;
        switch (mark.kind) {
        case RowMark::Kind::Link: look.isLink = true; continue;
        case RowMark::Kind::Match: look.colours.background = m_palette.match(); break;
        case RowMark::Kind::CurrentMatch: look.colours.background = m_palette.currentMatch(); break;
        case RowMark::Kind::Selection: look.colours.background = m_palette.selection(); break;
        }
        look.colours.text = m_palette.legible(look.colours.text, look.colours.background);
    }
    return look;
}

void RowPainter::paintRow(QPainter &painter, const Line &line, const QPointF &at, int columns,
                          bool isReversed, const std::vector<RowMark> &marks) const
{
    std::vector<Look> looks;
    looks.reserve(std::size_t(columns));
    for (int column = 0; column < columns; ++column)
        looks.push_back(lookOf(cellAt(line, column), column, isReversed, marks));
    for (int begin = 0; begin < columns;) {
        const QColor &background = looks[std::size_t(begin)].colours.background;
        int end = begin + 1;
        while (end < columns && looks[std::size_t(end)].colours.background == background)
            ++end;
        painter.fillRect(cellRect(at, begin, end - begin), background);
        begin = end;
    }
    paintText(painter, line, at, looks);
}

void RowPainter::paintText(QPainter &painter, const Line &line, const QPointF &at,
                           const std::vector<Look> &looks) const
{
    CellFont::Run run(m_font, painter);
    const auto columns = int(std::min(line.cells.size(), looks.size()));
    QColor pen;
    for (int column = 0; column < columns; ++column) {
        const Cell &cell = line.cells[std::size_t(column)];
        const Look &look = looks[std::size_t(column)];
        if (cell.flags & CellFlag::WideTail)
            continue;
        const int width = cell.flags & CellFlag::Wide ? 2 : 1;
        const bool isCluster = cell.flags & CellFlag::Cluster;
        const bool isBlank = !isCluster && (cell.character == 0 || cell.character == U' ');
        const bool isHidden = look.colours.text == look.colours.background;
        if (!isBlank && !isHidden) {
            if (look.colours.text != pen) {
                run.draw();
                pen = look.colours.text;
                painter.setPen(pen);
            }
            const QRectF rect = cellRect(at, column, width);
            if (isCluster || !drawBox(painter, cell.character, rect, m_font.lineWidth(), pen))
                run.add(line.text(column), faceOf(cell.flags),
                        {rect.left(), at.y() + m_font.ascent()}, width);
        }
        if (((cell.flags & decorated) && !isHidden) || look.isLink)
            paintLines(painter, cell, look, cellRect(at, column, width));
    }
    run.draw();
}

void RowPainter::paintLines(QPainter &painter, const Cell &cell, const Look &look,
                            const QRectF &rect) const
{
    const qreal width = m_font.lineWidth();
    const qreal y = rect.top() + m_font.underline();
    const auto line = [&](qreal top) {
        painter.fillRect(QRectF(rect.left(), top, rect.width(), width), look.colours.text);
    };
    if (cell.flags & CellFlag::Strike)
        line(rect.top() + m_font.ascent() * 0.68);
    if (cell.flags & CellFlag::CurlyUnderline) {
        QPainterPath wave(QPointF(rect.left(), y));
        const int waves = rect.width() > m_font.width() * 1.5 ? 2 : 1;
        const qreal quarter = rect.width() / waves / 4;
        const qreal height = std::min(rect.bottom() - y - width, 2 * width);
        for (int i = 0; i < waves; ++i) {
            const qreal x = rect.left() + i * 4 * quarter;
            wave.quadTo(x + quarter, y - height, x + 2 * quarter, y);
            wave.quadTo(x + 3 * quarter, y + height, x + 4 * quarter, y);
        }
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.strokePath(wave, QPen(look.colours.text, width));
        painter.restore();
    } else if ((cell.flags & CellFlag::Underline) || look.isLink) {
        line(y);
        if (cell.flags & CellFlag::DoubleUnderline)
            line(y - 2 * width);
    }
}

void RowPainter::paintCursor(QPainter &painter, const Line &line, const QPointF &at,
                             const CursorState &cursor, bool hasFocus) const
{
    int column = cursor.column;
    if (column > 0 && (cellAt(line, column).flags & CellFlag::WideTail))
        --column;
    const Cell &cell = cellAt(line, column);
    const QRectF rect = cellRect(at, column, cell.flags & CellFlag::Wide ? 2 : 1);
    const QColor colour = m_palette.cursor();
    const qreal stroke = std::max<qreal>(m_font.lineWidth(), 1.5);
    if (!hasFocus) {
        painter.setPen(QPen(colour, m_font.lineWidth()));
        painter.setBrush(Qt::NoBrush);
        const qreal half = m_font.lineWidth() / 2;
        painter.drawRect(rect.adjusted(half, half, -half, -half));
        return;
    }
    switch (cursor.shape) {
    case CursorShape::Bar:
        painter.fillRect(QRectF(rect.left(), rect.top(), stroke, rect.height()), colour);
        return;
    case CursorShape::Underline:
        painter.fillRect(QRectF(rect.left(), rect.bottom() - stroke, rect.width(), stroke), colour);
        return;
    case CursorShape::Block: break;
    }
    painter.fillRect(rect, colour);
    const QString text = line.text(column);
    if (text.trimmed().isEmpty())
        return;
    const QColor pen = m_palette.legible(m_palette.background(), colour);
    painter.setPen(pen);
    if ((cell.flags & CellFlag::Cluster) ||
        !drawBox(painter, cell.character, rect, m_font.lineWidth(), pen)) {
        CellFont::Run run(m_font, painter);
        run.add(text, faceOf(cell.flags), {rect.left(), at.y() + m_font.ascent()},
                cell.flags & CellFlag::Wide ? 2 : 1);
        run.draw();
    }
}

} // namespace ui::terminal
