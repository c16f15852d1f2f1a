// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/Cell.h"

#include <QColor>
#include <QHash>

#include <array>

namespace ui {
struct Tokens;
}

namespace ui::terminal {

/// What the colours of a terminal look like, once for light and once for dark. Programs reckon with
/// a black window: text that would be too pale or too dark on its background is moved away from it.
class TerminalPalette
{
public:
    explicit TerminalPalette(const Tokens &tokens);

    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] QColor foreground() const { return m_foreground; }
    [[nodiscard]] QColor background() const { return m_background; }
    [[nodiscard]] QColor cursor() const { return m_cursor; }
    [[nodiscard]] QColor selection() const { return m_selection; }
    [[nodiscard]] QColor match() const { return m_match; }               ///< found text
    [[nodiscard]] QColor currentMatch() const { return m_currentMatch; } ///< the one that is shown

    struct Pair
    {
        QColor text;
        QColor background;
    };
    /// Of a cell, with what reverse, dim and concealed make of it. \a isReversed: the whole screen.
    [[nodiscard]] Pair colours(const core::terminal::Cell &cell, bool isReversed) const;
    /// The same text on another background.
    [[nodiscard]] QColor legible(const QColor &text, const QColor &background) const;

private:
    [[nodiscard]] QColor indexed(int index) const;

    bool m_dark;
    QColor m_foreground;
    QColor m_background;
    QColor m_cursor;
    QColor m_selection;
    QColor m_match;
    QColor m_currentMatch;
    std::array<QColor, 16> m_named;
    mutable QHash<quint64, QColor> m_legible; ///< by both colours
};

} // namespace ui::terminal
