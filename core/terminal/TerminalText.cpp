// SPDX-License-Identifier: GPL-3.0-or-later
// Text out of the cells: copying, words, links, searching.
#include "core/terminal/TerminalSurface.h"

#include <algorithm>
#include <limits>

namespace core::terminal {

namespace {

/// Rows to either side that a word or an address may go over.
constexpr qint64 wordReach = 64;
constexpr qint64 anyReach = std::numeric_limits<qint64>::max() / 2;

/// Written blanks at the end of a line are seldom meant.
void chopBlanks(QString &text)
{
    while (text.endsWith(u' '))
        text.chop(1);
}

/// Columns \a begin up to before \a end; what was never written reads as blanks between.
QString rowText(const Line &line, int begin, int end)
{
    QString text;
    const int written = std::min(line.writtenColumns(), end);
    for (int column = begin; column < written; ++column) {
        const Cell &cell = line.cells[std::size_t(column)];
        if (cell.flags & CellFlag::WideTail)
            continue;
        const QString one = line.text(column);
        text += one.isEmpty() ? QStringLiteral(" ") : one;
    }
    return text;
}

} // namespace

TextPosition TerminalSurface::clamped(TextPosition position) const
{
    if (position.line < firstLine())
        return {firstLine(), 0};
    if (position.line >= endLine())
        return {endLine() - 1, columns()};
    return {position.line, std::clamp(position.column, 0, columns())};
}

QString TerminalSurface::text(const TextRange &range) const
{
    const TextPosition begin = clamped(range.begin);
    const TextPosition end = clamped(range.end);
    QString text;
    QString current;
    for (qint64 number = begin.line; number <= end.line; ++number) {
        const Line &row = line(number);
        const bool isLast = number == end.line;
        current +=
            rowText(row, number == begin.line ? begin.column : 0, isLast ? end.column : columns());
        if (isLast)
            break;
        if (!row.continues) {
            chopBlanks(current);
            text += current + u'\n';
            current.clear();
        }
    }
    chopBlanks(current);
    return text + current;
}

QString TerminalSurface::screenText() const
{
    QString text;
    for (qint64 number = screenTop(); number < endLine(); ++number) {
        QString row = rowText(line(number), 0, columns());
        chopBlanks(row);
        text += row + u'\n';
    }
    return text;
}

/// The line of text that \a number is a row of, as far as \a reach rows to either side.
LogicalLine TerminalSurface::logicalLine(qint64 number, qint64 reach) const
{
    LogicalLine found;
    found.first = number;
    while (found.first > firstLine() && number - found.first < reach &&
           line(found.first - 1).continues)
        --found.first;
    found.last = number;
    while (found.last + 1 < endLine() && found.last - number < reach && line(found.last).continues)
        ++found.last;
    TextPosition end{found.first, 0};
    for (qint64 one = found.first; one <= found.last; ++one) {
        const Line &row = line(one);
        const int written = row.writtenColumns();
        for (int column = 0; column < written; ++column) {
            const Cell &cell = row.cells[std::size_t(column)];
            if (cell.flags & CellFlag::WideTail)
                continue;
            if (cell.flags & CellFlag::Cluster)
                found.text += row.clusters[cell.character];
            else if (cell.character == 0)
                found.text += u' ';
            else
                found.text.append(QStringView(QChar::fromUcs4(cell.character)));
            found.positions.resize(std::size_t(found.text.size()), TextPosition{one, column});
        }
        end = {one, written};
    }
    found.positions.push_back(end);
    return found;
}

TextRange TerminalSurface::wordAt(TextPosition position) const
{
    position = clamped(position);
    if (position.column >= line(position.line).writtenColumns())
        return {position, position};
    const LogicalLine found = logicalLine(position.line, wordReach);
    return findWord(found, found.indexOf(position));
}

TextRange TerminalSurface::lineAt(TextPosition position) const
{
    position = clamped(position);
    TextRange range{{position.line, 0}, {position.line, columns()}};
    while (range.begin.line > firstLine() && line(range.begin.line - 1).continues)
        --range.begin.line;
    while (range.end.line + 1 < endLine() && line(range.end.line).continues)
        ++range.end.line;
    return range;
}

std::optional<FoundLink> TerminalSurface::linkAt(TextPosition position) const
{
    position = clamped(position);
    const Line &row = line(position.line);
    if (const QString target = row.link(position.column); !target.isEmpty()) {
        TextRange range{position, {position.line, position.column + 1}};
        while (range.begin.column > 0 && row.link(range.begin.column - 1) == target)
            --range.begin.column;
        while (row.link(range.end.column) == target)
            ++range.end.column;
        return FoundLink{range, target};
    }
    if (position.column >= row.writtenColumns())
        return std::nullopt;
    const LogicalLine found = logicalLine(position.line, wordReach);
    FoundLink link = findAddress(found, found.indexOf(position));
    if (link.range.isEmpty())
        return std::nullopt;
    return link;
}

std::vector<TextRange> TerminalSurface::find(const QString &text, Qt::CaseSensitivity sensitivity,
                                             std::size_t limit) const
{
    std::vector<TextRange> matches; // the last one first
    if (text.isEmpty())
        return matches;
    for (qint64 number = endLine() - 1; number >= firstLine() && matches.size() < limit;) {
        const LogicalLine found = logicalLine(number, anyReach);
        qsizetype from = found.text.size();
        while (matches.size() < limit) {
            from = QStringView(found.text).first(from).lastIndexOf(text, -1, sensitivity);
            if (from < 0)
                break;
            matches.push_back(found.range(from, text.size()));
        }
        number = found.first - 1;
    }
    std::reverse(matches.begin(), matches.end());
    return matches;
}

} // namespace core::terminal
