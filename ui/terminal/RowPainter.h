// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/TerminalSurface.h"
#include "ui/terminal/CellFont.h"
#include "ui/terminal/TerminalPalette.h"

#include <QPainter>

#include <vector>

namespace ui::terminal {

/// What is laid over some columns of a row.
struct RowMark
{
    enum class Kind { Match, CurrentMatch, Selection, Link };
    Kind kind = Kind::Match;
    int begin = 0; ///< column
    int end = 0;   ///< column behind the last
};

/// Paints the rows of a terminal.
class RowPainter
{
public:
    RowPainter(const CellFont &font, const TerminalPalette &palette)
        : m_font(font)
        , m_palette(palette)
    {
    }

    /// \a at: the row's upper left corner. \a marks: later ones lie over earlier ones.
    void paintRow(QPainter &painter, const core::terminal::Line &line, const QPointF &at,
                  int columns, bool isReversed, const std::vector<RowMark> &marks) const;
    /// \a at: the upper left corner of the cursor's row.
    void paintCursor(QPainter &painter, const core::terminal::Line &line, const QPointF &at,
                     const core::terminal::CursorState &cursor, bool hasFocus) const;

private:
    struct Look
    {
        TerminalPalette::Pair colours;
        bool isLink = false;
    };

    [[nodiscard]] Look lookOf(const core::terminal::Cell &cell, int column, bool isReversed,
                              const std::vector<RowMark> &marks) const;
    void paintText(QPainter &painter, const core::terminal::Line &line, const QPointF &at,
                   const std::vector<Look> &looks) const;
    void paintLines(QPainter &painter, const core::terminal::Cell &cell, const Look &look,
                    const QRectF &rect) const;
    [[nodiscard]] QRectF cellRect(const QPointF &at, int column, int columns) const
    {
        return {at.x() + m_font.width() * column, at.y(), m_font.width() * columns,
                m_font.height()};
    }

    const CellFont &m_font;
    const TerminalPalette &m_palette;
};

} // namespace ui::terminal
