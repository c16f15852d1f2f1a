// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/History.h"

#include <memory>
#include <string_view>
#include <vector>

namespace core::terminal {

/// Rows and columns from \a top and \a left up to before \a bottom and \a right.
struct CellRect
{
    int top = 0;
    int bottom = 0;
    int left = 0;
    int right = 0;
};

struct CursorPosition
{
    int row = 0;
    int column = 0;

    bool operator==(const CursorPosition &) const = default;
};

/// The cells: the two screens of a terminal, the rows that have scrolled off the first one, and
/// what has changed since somebody looked. Does what it is told; what a program's bytes mean is the
/// Emulator's business.
class Screen
{
public:
    Screen(int rows, int columns, HistoryLimits limits);

    [[nodiscard]] int rows() const { return m_rows; }
    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] const Line &row(int index) const { return *active()[std::size_t(index)]; }
    [[nodiscard]] const History &history() const { return m_history; }
    [[nodiscard]] bool isAlternate() const { return m_isAlternate; }
    [[nodiscard]] CursorPosition cursor() const { return m_cursor; }

    /// What is written and erased with: colours, and the flags of CellFlag that a program sets.
    Cell pen;
    QString penLink; ///< target of the link that is being written; "" = none

    /// One character with its combining marks. Coming from the last column of the row above makes
    /// the rows one line of text.
    void put(CursorPosition at, std::u32string_view text, int width, bool isProtected);
    /// \a keepsProtected: DECSCA's cells stay.
    void erase(const CellRect &rect, bool keepsProtected);
    /// Contents move up by \a up rows and left by \a left columns; negative: down, right.
    void scroll(const CellRect &rect, int up, int left);
    void moveCursor(CursorPosition to);
    void setAlternate(bool isAlternate);
    /// The screen's text goes to the history, as far as there is any.
    void pushToHistory();
    void clearHistory();
    /// While false, rows that scroll off the top are gone.
    void setKeepsScrolled(bool keeps) { m_keepsScrolled = keeps; }
    /// The next character is no continuation of the last one.
    void endRun() { m_isRun = false; }
    /// \a row is where a line of text ends.
    void endLine(int row) { line(row).continues = false; }
    /// The last character filled the row; the next one goes into the row below.
    [[nodiscard]] bool isAtEdge() const { return m_isRun && m_runEnd >= m_columns; }

    /// Lines of the first screen and of the history are broken anew; the second screen is cut or
    /// filled up. \returns where the cursor is then.
    CursorPosition resize(int rows, int columns);
    /// Where the first screen's cursor was when the second one was switched to; follows resize().
    [[nodiscard]] CursorPosition savedCursor() const { return m_savedCursor; }

    /// Rows that have changed; all of them after something scrolled into the history.
    [[nodiscard]] const std::vector<bool> &changedRows() const { return m_changed; }
    void forgetChanges();
    void changeAll();

private:
    using Rows = std::vector<std::unique_ptr<Line>>;

    [[nodiscard]] Rows &active() { return m_isAlternate ? m_alternate : m_primary; }
    [[nodiscard]] const Rows &active() const { return m_isAlternate ? m_alternate : m_primary; }
    [[nodiscard]] Line &line(int row) { return *active()[std::size_t(row)]; }
    [[nodiscard]] Cell blank() const;
    [[nodiscard]] bool isContinuation(CursorPosition at, int width) const;
    void cut(Line &line, int column, const Cell &blank);
    void endAbove(int row);
    void scrollRows(int top, int bottom, int up);
    void shiftColumns(int row, int left, int right, int by);
    void change(int row) { m_changed[std::size_t(row)] = true; }

    // ScreenResize.cpp
    [[nodiscard]] CursorPosition resizePrimary(int rows, int columns, CursorPosition cursor);
    [[nodiscard]] CursorPosition resizeAlternate(int rows, int columns, CursorPosition cursor);

    int m_rows;
    int m_columns;
    Rows m_primary;
    Rows m_alternate;
    bool m_isAlternate = false;
    bool m_keepsScrolled = true;
    History m_history;
    CursorPosition m_cursor;
    CursorPosition m_savedCursor;

    CursorPosition m_lastPut;
    int m_runEnd = 0;     ///< column behind the last character
    bool m_isRun = false; ///< nothing has moved the cursor since
    std::vector<bool> m_changed;
};

} // namespace core::terminal
