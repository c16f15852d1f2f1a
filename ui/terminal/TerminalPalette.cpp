// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/TerminalPalette.h"

#include "ui/common/StylePaint.h"
#include "ui/common/Tokens.h"

namespace ui::terminal {

using core::terminal::Cell;
using core::terminal::Colour;
namespace CellFlag = core::terminal::CellFlag;

namespace {

constexpr double leastContrast = 4.5;
constexpr qsizetype mostRemembered = 4096;

std::array<QColor, 16> lightColours()
{
    return {QColor(0x1B2330), QColor(0xBC2F2F), QColor(0x1F7A44), QColor(0x8F5A08),
            QColor(0x2560C4), QColor(0x8A3FB5), QColor(0x0B7285), QColor(0xCBD2DC),
            QColor(0x636D82), QColor(0xD64545), QColor(0x2E9E5B), QColor(0xB07A12),
            QColor(0x3B7DDD), QColor(0xA45BD0), QColor(0x138A9C), QColor(0xFFFFFF)};
}

std::array<QColor, 16> darkColours()
{
    return {QColor(0x0F1216), QColor(0xF06A6A), QColor(0x4CC27D), QColor(0xE8A33D),
            QColor(0x6BA3F2), QColor(0xC08AF0), QColor(0x4FBFC9), QColor(0xC9D1DC),
            QColor(0x7D8899), QColor(0xFF8F8F), QColor(0x7FDDA4), QColor(0xFFC46B),
            QColor(0x94BFFF), QColor(0xD6ADFF), QColor(0x80DDE5), QColor(0xFFFFFF)};
}

} // namespace

TerminalPalette::TerminalPalette(const Tokens &tokens)
    : m_dark(tokens.dark)
    , m_foreground(tokens.text)
    , m_background(tokens.surface)
    , m_cursor(tokens.accent)
    , m_selection(paint::mix(tokens.gpu, tokens.surface, 0.28F))
    , m_match(paint::mix(tokens.warn, tokens.surface, 0.30F))
    , m_currentMatch(tokens.warn)
    , m_named(tokens.dark ? darkColours() : lightColours())
{
}

/// 16 to 231 are a cube of 6 steps, the rest greys: xterm's 256 colours.
QColor TerminalPalette::indexed(int index) const
{
    if (index < 16)
        return m_named[std::size_t(index)];
    if (index >= 232) {
        const int grey = 8 + 10 * (index - 232);
        return {grey, grey, grey};
    }
    const auto level = [](int step) { return step == 0 ? 0 : 55 + 40 * step; };
    const int cube = index - 16;
    return {level(cube / 36), level(cube / 6 % 6), level(cube % 6)};
}

QColor TerminalPalette::legible(const QColor &text, const QColor &background) const
{
    // The same on purpose: not to be seen.
    if (text == background)
        return text;
    const quint64 key = quint64(text.rgb()) << 32 | background.rgb();
    if (const auto known = m_legible.constFind(key); known != m_legible.cend())
        return *known;
    QColor found = text;
    if (contrast(text, background) < leastContrast) {
        const QColor black(0x0B0E13);
        const QColor white(Qt::white);
        const QColor &goal =
            contrast(black, background) > contrast(white, background) ? black : white;
        // As little as is needed.
        for (int step = 1; step <= 10; ++step) {
            found = paint::mix(goal, text, float(step) / 10);
            if (contrast(found, background) >= leastContrast)
                break;
        }
    }
    if (m_legible.size() >= mostRemembered)
        m_legible.clear();
    m_legible.insert(key, found);
    return found;
}

TerminalPalette::Pair TerminalPalette::colours(const Cell &cell, bool isReversed) const
{
    const auto look = [this](Colour colour, const QColor &fallback) {
        if (colour.isDefault())
            return fallback;
        return colour.isIndexed() ? indexed(colour.index()) : QColor(colour.rgbValue());
    };
    Pair pair{look(cell.foreground, m_foreground), look(cell.background, m_background)};
    if (bool(cell.flags & CellFlag::Reverse) != isReversed)
        std::swap(pair.text, pair.background);
    if (cell.flags & CellFlag::Conceal) {
        pair.text = pair.background;
        return pair;
    }
    // Blocks draw pictures; their colours are meant.
    if (cell.character < 0x2580 || cell.character > 0x259F)
        pair.text = legible(pair.text, pair.background);
    if (cell.flags & CellFlag::Dim)
        pair.text = paint::mix(pair.text, pair.background, 0.62F);
    return pair;
}

} // namespace ui::terminal
