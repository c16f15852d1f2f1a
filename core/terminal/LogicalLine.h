// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace core::terminal {

/// A place in the text of a terminal. Lines are counted from the first that ever was, so that a
/// place stays the same text's while lines scroll by or are dropped at the top.
struct TextPosition
{
    qint64 line = 0;
    int column = 0;

    // NOLINTNEXTLINE(modernize-use-nullptr): the 0 of a comparison that the compiler rewrites
    auto operator<=>(const TextPosition &) const = default;
};

/// From \a begin up to before \a end, through the ends of the lines between.
struct TextRange
{
    TextPosition begin;
    TextPosition end;

    [[nodiscard]] bool isEmpty() const { return !(begin < end); }
    bool operator==(const TextRange &) const = default;
};

/// One line of text over all the rows that it was broken into, and where each character is.
struct LogicalLine
{
    QString text;                        ///< without the blank end
    std::vector<TextPosition> positions; ///< of each UTF-16 unit, and of the end
    qint64 first = 0;                    ///< row
    qint64 last = 0;                     ///< row

    /// Index into text of what is at \a position, or behind it where nothing is.
    [[nodiscard]] qsizetype indexOf(TextPosition position) const;
    [[nodiscard]] TextRange range(qsizetype begin, qsizetype length) const;
};

struct FoundLink
{
    TextRange range;
    QString target;
};

/// The address (http, https, ftp, mailto) that goes over \a index; an empty range for none.
[[nodiscard]] FoundLink findAddress(const LogicalLine &line, qsizetype index);
/// The word at \a index: letters, digits, and what file names and addresses are made of; else a run
/// of the same kind.
[[nodiscard]] TextRange findWord(const LogicalLine &line, qsizetype index);

} // namespace core::terminal
