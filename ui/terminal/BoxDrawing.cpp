// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/BoxDrawing.h"

#include <QColor>
#include <QPainter>
#include <QPainterPath>

#include <array>
#include <cmath>
#include <string_view>

namespace ui::terminal {

namespace {

/// U+2500 to U+257F: how the lines to the left, up, right and down look, as Unicode's names say:
/// 0 none, 1 light, 2 heavy, 3 double. Dashes are drawn as lines, arcs and diagonals by themselves.
constexpr std::u16string_view arms[] = {
    // 2500
    u"1010", u"2020", u"0101", u"0202", u"1010", u"2020", u"0101", u"0202", u"1010", u"2020",
    u"0101", u"0202", u"0011", u"0021", u"0012", u"0022",
    // 2510
    u"1001", u"2001", u"1002", u"2002", u"0110", u"0120", u"0210", u"0220", u"1100", u"2100",
    u"1200", u"2200", u"0111", u"0121", u"0211", u"0112",
    // 2520
    u"0212", u"0221", u"0122", u"0222", u"1101", u"2101", u"1201", u"1102", u"1202", u"2201",
    u"2102", u"2202", u"1011", u"2011", u"1021", u"2021",
    // 2530
    u"1012", u"2012", u"1022", u"2022", u"1110", u"2110", u"1120", u"2120", u"1210", u"2210",
    u"1220", u"2220", u"1111", u"2111", u"1121", u"2121",
    // 2540
    u"1211", u"1112", u"1212", u"2211", u"1221", u"2112", u"1122", u"2221", u"2122", u"2212",
    u"1222", u"2222", u"1010", u"2020", u"0101", u"0202",
    // 2550
    u"3030", u"0303", u"0031", u"0013", u"0033", u"3001", u"1003", u"3003", u"0130", u"0310",
    u"0330", u"3100", u"1300", u"3300", u"0131", u"0313",
    // 2560
    u"0333", u"3101", u"1303", u"3303", u"3031", u"1013", u"3033", u"3130", u"1310", u"3330",
    u"3131", u"1313", u"3333", u"0000", u"0000", u"0000",
    // 2570
    u"0000", u"0000", u"0000", u"0000", u"1000", u"0100", u"0010", u"0001", u"2000", u"0200",
    u"0020", u"0002", u"1020", u"0102", u"2010", u"0201"};
static_assert(std::size(arms) == 128);

qreal aligned(qreal value, qreal step)
{
    return std::round(value / step) * step;
}

void drawLines(QPainter &painter, std::u16string_view arm, const QRectF &cell, qreal width,
               const QColor &colour)
{
    const int left = arm[0] - u'0';
    const int up = arm[1] - u'0';
    const int right = arm[2] - u'0';
    const int down = arm[3] - u'0';
    const QPointF middle(aligned(cell.center().x() - cell.left() - width / 2, width) + cell.left(),
                         aligned(cell.center().y() - cell.top() - width / 2, width) + cell.top());
    const qreal gap = width; ///< between the two lines of a double one
    const auto thickness = [width](int style) { return style == 2 ? 2 * width : width; };
    // Lines go over the middle as far as the lines across need.
    const auto reach = [&](int first, int second) {
        const int across = std::max(first, second);
        return across == 3 ? gap + width : across == 2 ? width : 0;
    };
    const auto horizontal = [&](qreal y, qreal from, qreal to, qreal high) {
        painter.fillRect(QRectF(from, y, to - from, high), colour);
    };
    const auto vertical = [&](qreal x, qreal from, qreal to, qreal wide) {
        painter.fillRect(QRectF(x, from, wide, to - from), colour);
    };
    const qreal acrossX = reach(up, down);
    const qreal acrossY = reach(left, right);
    const auto drawHorizontal = [&](int style, qreal from, qreal to, bool innerUp, bool innerDown,
                                    bool isLeft) {
        if (style != 3) {
            horizontal(middle.y() - (thickness(style) - width) / 2, from, to, thickness(style));
            return;
        }
        // The inner lines of a double corner are shorter.
        const qreal shorter = gap * 2;
        horizontal(middle.y() - gap, isLeft ? from : from + (innerUp ? shorter : 0),
                   isLeft ? to - (innerUp ? shorter : 0) : to, width);
        horizontal(middle.y() + gap, isLeft ? from : from + (innerDown ? shorter : 0),
                   isLeft ? to - (innerDown ? shorter : 0) : to, width);
    };
    const auto drawVertical = [&](int style, qreal from, qreal to, bool innerLeft, bool innerRight,
                                  bool isUp) {
        if (style != 3) {
            vertical(middle.x() - (thickness(style) - width) / 2, from, to, thickness(style));
            return;
        }
        const qreal shorter = gap * 2;
        vertical(middle.x() - gap, isUp ? from : from + (innerLeft ? shorter : 0),
                 isUp ? to - (innerLeft ? shorter : 0) : to, width);
        vertical(middle.x() + gap, isUp ? from : from + (innerRight ? shorter : 0),
                 isUp ? to - (innerRight ? shorter : 0) : to, width);
    };
    const bool doubleUp = up == 3;
    const bool doubleDown = down == 3;
    const bool doubleLeft = left == 3;
    const bool doubleRight = right == 3;
    if (left != 0)
        drawHorizontal(left, cell.left(), middle.x() + width + acrossX, doubleUp, doubleDown, true);
    if (right != 0)
        drawHorizontal(right, middle.x() - acrossX, cell.right(), doubleUp, doubleDown, false);
    if (up != 0)
        drawVertical(up, cell.top(), middle.y() + width + acrossY, doubleLeft, doubleRight, true);
    if (down != 0)
        drawVertical(down, middle.y() - acrossY, cell.bottom(), doubleLeft, doubleRight, false);
}

void drawArc(QPainter &painter, char32_t character, const QRectF &cell, qreal width,
             const QColor &colour)
{
    const QPointF middle(
        aligned(cell.center().x() - cell.left() - width / 2, width) + cell.left() + width / 2,
        aligned(cell.center().y() - cell.top() - width / 2, width) + cell.top() + width / 2);
    const bool goesRight = character == 0x256D || character == 0x2570;
    const bool goesDown = character == 0x256D || character == 0x256E;
    const qreal radius = std::min(cell.width(), cell.height()) / 2;
    const QPointF toSide(goesRight ? cell.right() : cell.left(), middle.y());
    const QPointF toEnd(middle.x(), goesDown ? cell.bottom() : cell.top());
    QPainterPath path(toSide);
    path.lineTo(middle.x() + (goesRight ? radius : -radius), middle.y());
    path.quadTo(middle, {middle.x(), middle.y() + (goesDown ? radius : -radius)});
    path.lineTo(toEnd);
    painter.strokePath(path, QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
}

/// Part of the cell in eighths.
QRectF part(const QRectF &cell, int left, int top, int right, int bottom)
{
    const qreal x = cell.width() / 8;
    const qreal y = cell.height() / 8;
    return {QPointF(cell.left() + x * left, cell.top() + y * top),
            QPointF(cell.left() + x * right, cell.top() + y * bottom)};
}

void drawBlock(QPainter &painter, char32_t character, const QRectF &cell, const QColor &colour)
{
    const auto fill = [&](int left, int top, int right, int bottom) {
        painter.fillRect(part(cell, left, top, right, bottom), colour);
    };
    if (character == 0x2580) {
        fill(0, 0, 8, 4);
    } else if (character <= 0x2588) {
        fill(0, 8 - int(character - 0x2580), 8, 8);
    } else if (character <= 0x258F) {
        fill(0, 0, 8 - int(character - 0x2588), 8);
    } else if (character == 0x2590) {
        fill(4, 0, 8, 8);
    } else if (character <= 0x2593) {
        QColor shade = colour;
        shade.setAlphaF(0.25F * float(character - 0x2590));
        painter.fillRect(cell, shade);
    } else if (character == 0x2594) {
        fill(0, 0, 8, 1);
    } else if (character == 0x2595) {
        fill(7, 0, 8, 8);
    } else {
        // Quadrants: upper left, upper right, lower left, lower right.
        constexpr std::array quadrants{0b0010, 0b0001, 0b1000, 0b1011, 0b1001,
                                       0b1110, 0b1101, 0b0100, 0b0110, 0b0111};
        const int set = quadrants[std::size_t(character - 0x2596)];
        if (set & 0b1000)
            fill(0, 0, 4, 4);
        if (set & 0b0100)
            fill(4, 0, 8, 4);
        if (set & 0b0010)
            fill(0, 4, 4, 8);
        if (set & 0b0001)
            fill(4, 4, 8, 8);
    }
}

} // namespace

bool drawBox(QPainter &painter, char32_t character, const QRectF &cell, qreal lineWidth,
             const QColor &colour)
{
    if (character < 0x2500 || character > 0x259F)
        return false;
    if (character >= 0x2580) {
        drawBlock(painter, character, cell, colour);
        return true;
    }
    if (character >= 0x256D && character <= 0x2573) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setClipRect(cell);
        if (character <= 0x2570) {
            drawArc(painter, character, cell, lineWidth, colour);
        } else {
            painter.setPen(QPen(colour, lineWidth));
            if (character != 0x2572)
                painter.drawLine(cell.bottomLeft(), cell.topRight());
            if (character != 0x2571)
                painter.drawLine(cell.topLeft(), cell.bottomRight());
        }
        painter.restore();
        return true;
    }
    drawLines(painter, arms[character - 0x2500], cell, lineWidth, colour);
    return true;
}

} // namespace ui::terminal
