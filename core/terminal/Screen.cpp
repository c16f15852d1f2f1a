// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/Screen.h"

#include <algorithm>
#include <cstdlib>

namespace core::terminal {

namespace {

/// Where rotating is what moves rows, so that a row's memory is used again.
template <typename Rows>
void rotateUp(Rows &rows, int top, int bottom, int by)
{
    std::rotate(rows.begin() + top, rows.begin() + top + by, rows.begin() + bottom);
}

} // namespace

Screen::Screen(int rows, int columns, HistoryLimits limits)
    : m_rows(rows)
    , m_columns(columns)
    , m_history(limits)
    , m_changed(std::size_t(rows), true)
{
    for (Rows *buffer : {&m_primary, &m_alternate}) {
        for (int i = 0; i < rows; ++i) {
            buffer->push_back(std::make_unique<Line>());
            buffer->back()->reset(columns, {});
        }
    }
}

/// Nothing, in the colour that the pen has (the terminal erases with the background).
Cell Screen::blank() const
{
    Cell cell;
    cell.background = pen.background;
    return cell;
}

/// A character was put at the beginning of a row because there was no room for it in the one above.
bool Screen::isContinuation(CursorPosition at, int width) const
{
    // At the bottom the row above has moved up by one.
    return m_isRun && at.column == 0 && at.row > 0 && m_runEnd + width > m_columns &&
           (at.row == m_lastPut.row + 1 || at.row == m_lastPut.row);
}

/// A change begins or ends at the left edge of \a column: a character across it goes.
void Screen::cut(Line &line, int column, const Cell &blank)
{
    if (column <= 0 || column >= m_columns ||
        !(line.cells[std::size_t(column)].flags & CellFlag::WideTail))
        return;
    line.cells[std::size_t(column - 1)] = blank;
    line.cells[std::size_t(column)] = blank;
}

/// \a row is no longer what the row above goes on with.
void Screen::endAbove(int row)
{
    if (row > 0)
        line(row - 1).continues = false;
    else if (!m_isAlternate)
        m_history.setContinues(false);
}

void Screen::put(CursorPosition at, std::u32string_view text, int width, bool isProtected)
{
    if (at.row < 0 || at.row >= m_rows || at.column < 0 || at.column >= m_columns || text.empty())
        return;
    width = std::clamp(width, 1, std::min(2, m_columns - at.column));
    if (isContinuation(at, width))
        line(at.row - 1).continues = true;
    Line &target = line(at.row);
    const int last = at.column + width - 1;
    cut(target, at.column, {});
    cut(target, last + 1, {});
    if (last == m_columns - 1)
        target.continues = false;
    Cell &cell = target.cells[std::size_t(at.column)];
    cell = pen;
    if (isProtected)
        cell.flags |= CellFlag::Protected;
    if (text.size() == 1)
        cell.character = text.front();
    else
        target.setCluster(at.column, QString::fromUcs4(text.data(), qsizetype(text.size())));
    if (!penLink.isEmpty())
        target.setLink(at.column, penLink);
    if (width == 2) {
        Cell &tail = target.cells[std::size_t(last)];
        tail = pen;
        tail.link = cell.link;
        tail.flags |= CellFlag::WideTail | (cell.flags & CellFlag::Protected);
        cell.flags |= CellFlag::Wide;
    }
    change(at.row);
    m_lastPut = at;
    m_runEnd = last + 1;
    m_isRun = true;
}

void Screen::erase(const CellRect &rect, bool keepsProtected)
{
    const Cell empty = blank();
    const int left = std::max(0, rect.left);
    const int right = std::min(m_columns, rect.right);
    for (int row = std::max(0, rect.top); row < std::min(m_rows, rect.bottom); ++row) {
        Line &target = line(row);
        change(row);
        if (left == 0)
            endAbove(row);
        if (left == 0 && right == m_columns && !keepsProtected) {
            target.reset(m_columns, empty);
            continue;
        }
        if (left >= right)
            continue;
        cut(target, left, empty);
        cut(target, right, empty);
        for (int column = left; column < right; ++column) {
            Cell &cell = target.cells[std::size_t(column)];
            if (!keepsProtected || !(cell.flags & CellFlag::Protected))
                cell = empty;
        }
        if (right == m_columns)
            target.continues = false;
    }
}

void Screen::scroll(const CellRect &rect, int up, int left)
{
    const int top = std::max(0, rect.top);
    const int bottom = std::min(m_rows, rect.bottom);
    if (top >= bottom)
        return;
    if (up != 0)
        scrollRows(top, bottom, std::clamp(up, top - bottom, bottom - top));
    if (left == 0)
        return;
    for (int row = top; row < bottom; ++row)
        shiftColumns(row, std::max(0, rect.left), std::min(m_columns, rect.right), left);
}

void Screen::scrollRows(int top, int bottom, int up)
{
    Rows &buffer = active();
    const Cell empty = blank();
    if (up > 0) {
        if (top == 0 && !m_isAlternate && m_keepsScrolled) {
            for (int row = 0; row < up; ++row)
                m_history.push(*buffer[std::size_t(row)]);
        }
        rotateUp(buffer, top, bottom, up);
        for (int row = bottom - up; row < bottom; ++row)
            line(row).reset(m_columns, empty);
        // What the text went on with is no longer below it.
        if (bottom < m_rows && bottom - up > top)
            line(bottom - up - 1).continues = false;
    } else {
        rotateUp(buffer, top, bottom, bottom - top + up);
        for (int row = top; row < top - up; ++row)
            line(row).reset(m_columns, empty);
        endAbove(top);
        line(bottom - 1).continues = false;
    }
    for (int row = top; row < bottom; ++row)
        change(row);
}

void Screen::shiftColumns(int row, int left, int right, int by)
{
    if (left >= right)
        return;
    Line &target = line(row);
    const Cell empty = blank();
    const bool isLeft = by > 0;
    by = std::min(std::abs(by), right - left);
    cut(target, left, empty);
    cut(target, right, empty);
    cut(target, isLeft ? left + by : right - by, empty);
    const auto begin = target.cells.begin() + left;
    const auto end = target.cells.begin() + right;
    if (isLeft)
        std::fill(std::move(begin + by, end, begin), end, empty);
    else
        std::fill(begin, std::move_backward(begin, end - by, end), empty);
    if (right == m_columns)
        target.continues = false;
    change(row);
}

void Screen::moveCursor(CursorPosition to)
{
    to.row = std::clamp(to.row, 0, m_rows - 1);
    to.column = std::clamp(to.column, 0, m_columns - 1);
    // At the edge the cursor stays on the character that was written last.
    if (to != m_lastPut && to != CursorPosition{m_lastPut.row, m_runEnd})
        m_isRun = false;
    change(m_cursor.row);
    change(to.row);
    m_cursor = to;
}

void Screen::setAlternate(bool isAlternate)
{
    if (isAlternate == m_isAlternate)
        return;
    if (isAlternate)
        m_savedCursor = m_cursor;
    m_isAlternate = isAlternate;
    m_isRun = false;
    changeAll();
}

void Screen::pushToHistory()
{
    if (m_isAlternate)
        return;
    int used = m_rows;
    while (used > 0 && line(used - 1).writtenColumns() == 0)
        --used;
    for (int row = 0; row < used; ++row)
        m_history.push(line(row));
    m_history.setContinues(false);
    changeAll();
}

void Screen::clearHistory()
{
    m_history.clear();
    changeAll();
}

void Screen::forgetChanges()
{
    std::fill(m_changed.begin(), m_changed.end(), false);
}

void Screen::changeAll()
{
    std::fill(m_changed.begin(), m_changed.end(), true);
}

} // namespace core::terminal
