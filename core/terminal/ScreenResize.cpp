// SPDX-License-Identifier: GPL-3.0-or-later
// Another size: rows that are one line of text are joined and broken anew.
#include "core/terminal/Screen.h"

#include <algorithm>

namespace core::terminal {

namespace {

/// The rows of a screen and its history on their way to another width.
class Reflow
{
public:
    explicit Reflow(int columns)
        : m_columns(columns)
    {
    }

    /// A place that is to be found again afterwards.
    struct Mark
    {
        std::size_t row = 0;
        int column = 0;
    };

    std::vector<Line> run(std::vector<Line> rows, const std::vector<Mark *> &marks)
    {
        m_rows = std::move(rows);
        std::size_t first = 0;
        while (first < m_rows.size()) {
            std::size_t last = first;
            while (last + 1 < m_rows.size() && m_rows[last].continues)
                ++last;
            m_marks.clear();
            for (Mark *mark : marks) {
                if (!isFound(mark) && mark->row >= first && mark->row <= last)
                    m_marks.push_back(mark);
            }
            if (first == last && m_rows[first].writtenColumns() <= m_columns)
                keep(first);
            else
                breakAnew(first, last);
            first = last + 1;
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] bool isFound(Mark *mark) const
    {
        return std::find(m_found.begin(), m_found.end(), mark) != m_found.end();
    }

    void found(Mark *mark, std::size_t row, int column)
    {
        *mark = {row, std::clamp(column, 0, m_columns - 1)};
        m_found.push_back(mark);
    }

    void keep(std::size_t row)
    {
        m_out.push_back(std::move(m_rows[row]));
        m_out.back().continues = false;
        if (int(m_out.back().cells.size()) > m_columns)
            m_out.back().cells.resize(std::size_t(m_columns));
        for (Mark *mark : m_marks)
            found(mark, m_out.size() - 1, mark->column);
    }

    void beginRow()
    {
        m_out.emplace_back();
        m_out.back().cells.reserve(std::size_t(m_columns));
    }

    void append(const Line &from, const Cell &cell)
    {
        Line &to = m_out.back();
        to.cells.emplace_back();
        to.take(int(to.cells.size()) - 1, from, cell);
    }

    /// Columns of \a row that are text: all of them where the line goes on, but not the one that
    /// was left free because a wide character did not fit.
    [[nodiscard]] int textColumns(std::size_t row, std::size_t last) const
    {
        const Line &line = m_rows[row];
        const int written = line.writtenColumns();
        if (row == last)
            return written;
        const auto &next = m_rows[row + 1].cells;
        const bool wideNext = !next.empty() && (next.front().flags & CellFlag::Wide);
        return wideNext ? written : int(line.cells.size());
    }

    void breakAnew(std::size_t first, std::size_t last)
    {
        beginRow();
        for (std::size_t row = first; row <= last; ++row) {
            const Line &line = m_rows[row];
            const int count = textColumns(row, last);
            for (int column = 0; column < count; ++column) {
                const Cell &cell = line.cells[std::size_t(column)];
                const bool isWide = cell.flags & CellFlag::Wide;
                if (int(m_out.back().cells.size()) + (isWide ? 2 : 1) > m_columns) {
                    m_out.back().continues = true;
                    beginRow();
                }
                for (Mark *mark : m_marks) {
                    if (!isFound(mark) && mark->row == row && mark->column == column)
                        found(mark, m_out.size() - 1, int(m_out.back().cells.size()));
                }
                append(line, cell);
            }
            for (Mark *mark : m_marks) {
                if (isFound(mark) || mark->row != row || (row != last && mark->column < count))
                    continue;
                // Past the text: as far behind it as before.
                const int column = int(m_out.back().cells.size()) + mark->column - count;
                if (row == last && column == m_columns && mark->column == count) {
                    // Right behind a full row: at the beginning of the next one.
                    m_out.back().continues = true;
                    beginRow();
                    found(mark, m_out.size() - 1, 0);
                } else {
                    found(mark, m_out.size() - 1, column);
                }
            }
        }
    }

    int m_columns;
    std::vector<Line> m_rows;
    std::vector<Line> m_out;
    std::vector<Mark *> m_marks; ///< in the line that is being broken
    std::vector<Mark *> m_found;
};

} // namespace

CursorPosition Screen::resize(int rows, int columns)
{
    // A cursor that waits at the edge is behind the character.
    CursorPosition cursor = m_cursor;
    if (isAtEdge())
        cursor.column = m_columns;
    const CursorPosition first =
        resizePrimary(rows, columns, m_isAlternate ? m_savedCursor : cursor);
    const CursorPosition second = resizeAlternate(rows, columns, cursor);
    m_savedCursor = first;
    m_rows = rows;
    m_columns = columns;
    m_cursor = m_isAlternate ? second : first;
    m_isRun = false;
    m_changed.assign(std::size_t(rows), true);
    return m_cursor;
}

CursorPosition Screen::resizePrimary(int rows, int columns, CursorPosition cursor)
{
    int used = std::min(cursor.row + 1, m_rows);
    for (int row = used; row < m_rows; ++row) {
        if (m_primary[std::size_t(row)]->visibleColumns() > 0)
            used = row + 1;
    }
    const bool wasFull = used == m_rows;
    std::deque<Line> history = m_history.take();
    Reflow::Mark top{history.size(), 0};
    Reflow::Mark at{history.size() + std::size_t(cursor.row), cursor.column};
    std::vector<Line> all(std::make_move_iterator(history.begin()),
                          std::make_move_iterator(history.end()));
    for (int row = 0; row < used; ++row)
        all.push_back(std::move(*m_primary[std::size_t(row)]));
    if (columns != m_columns)
        all = Reflow(columns).run(std::move(all), {&top, &at});
    at.column = std::min(at.column, columns - 1);

    // Where the screen was full its end stays at the bottom, else its beginning stays at the top.
    const std::size_t height = std::size_t(rows);
    std::size_t begin = all.size() > height ? all.size() - height : 0;
    if (!wasFull)
        begin = std::max(begin, std::min(top.row, all.size()));
    begin = std::min(begin, at.row);
    for (std::size_t row = 0; row < begin; ++row) {
        Line &line = all[row];
        line.cells.resize(std::size_t(line.visibleColumns()));
        line.cells.shrink_to_fit();
        m_history.push(std::move(line));
    }
    m_primary.clear();
    for (std::size_t row = begin; row < begin + height; ++row) {
        auto line = std::make_unique<Line>();
        if (row < all.size())
            *line = std::move(all[row]);
        line->cells.resize(std::size_t(columns));
        m_primary.push_back(std::move(line));
    }
    // What lay below is gone.
    if (begin + height < all.size())
        m_primary.back()->continues = false;
    return {int(at.row - begin), at.column};
}

CursorPosition Screen::resizeAlternate(int rows, int columns, CursorPosition cursor)
{
    // Its program draws it anew; the cursor's row stays.
    const int above = std::max(0, cursor.row + 1 - rows);
    m_alternate.erase(m_alternate.begin(), m_alternate.begin() + std::min(above, m_rows));
    m_alternate.resize(std::size_t(rows));
    for (auto &line : m_alternate) {
        if (!line)
            line = std::make_unique<Line>();
        if (columns < int(line->cells.size()) &&
            (line->cells[std::size_t(columns)].flags & CellFlag::WideTail))
            line->cells[std::size_t(columns - 1)] = {};
        line->cells.resize(std::size_t(columns));
        line->continues = false;
    }
    return {cursor.row - above, std::min(cursor.column, columns - 1)};
}

} // namespace core::terminal
