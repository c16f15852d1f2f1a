// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace core::terminal {

/// What a program asked for: nothing, one of the palette's 256, or 24 bits. What it looks like is
/// the view's.
class Colour
{
public:
    constexpr Colour() = default;
    [[nodiscard]] static constexpr Colour indexed(quint8 index) { return Colour(indexTag | index); }
    [[nodiscard]] static constexpr Colour rgb(quint8 red, quint8 green, quint8 blue)
    {
        return Colour(rgbTag | quint32(red) << 16 | quint32(green) << 8 | blue);
    }

    [[nodiscard]] constexpr bool isDefault() const { return m_value == 0; }
    [[nodiscard]] constexpr bool isIndexed() const { return (m_value & tagMask) == indexTag; }
    [[nodiscard]] constexpr bool isRgb() const { return (m_value & tagMask) == rgbTag; }
    [[nodiscard]] constexpr int index() const { return int(m_value & 0xFF); }       ///< isIndexed()
    [[nodiscard]] constexpr quint32 rgbValue() const { return m_value & 0xFFFFFF; } ///< 0xRRGGBB

    constexpr bool operator==(const Colour &) const = default;

private:
    static constexpr quint32 indexTag = 1U << 24;
    static constexpr quint32 rgbTag = 2U << 24;
    static constexpr quint32 tagMask = 3U << 24;

    constexpr explicit Colour(quint32 value)
        : m_value(value)
    {
    }

    quint32 m_value = 0;
};

/// Bits of Cell::flags.
namespace CellFlag {
enum : quint16 {
    Bold = 1 << 0,
    Dim = 1 << 1,
    Italic = 1 << 2,
    Blink = 1 << 3,
    Reverse = 1 << 4,
    Strike = 1 << 5,
    Conceal = 1 << 6,
    Underline = 1 << 7, ///< also set with the two that follow
    DoubleUnderline = 1 << 8,
    CurlyUnderline = 1 << 9,
    Protected = 1 << 10, ///< DECSCA
    Wide = 1 << 11,      ///< the left half of a character of two columns
    WideTail = 1 << 12,  ///< the right half; has no text
    Cluster = 1 << 13    ///< Cell::character is an index into Line::clusters
};
}

/// One column of one row.
struct Cell
{
    char32_t character = 0; ///< 0 = nothing was written here
    Colour foreground;
    Colour background;
    quint16 flags = 0; ///< CellFlag
    quint16 link = 0;  ///< 0 = none, else 1 + the index into Line::links

    bool operator==(const Cell &) const = default;
};
static_assert(sizeof(Cell) == 16);

/// One row. Text of more than one code point and the targets of links are kept beside the cells, so
/// that they go with the row.
struct Line
{
    std::vector<Cell> cells; ///< a screen's row: its columns; in the history: without the blank end
    std::vector<QString> clusters;
    std::vector<QString> links;
    bool continues = false; ///< the next row goes on with the same line of text

    /// What is written in \a column; "" for nothing and for a right half.
    [[nodiscard]] QString text(int column) const;
    /// The target of the link in \a column; "" for none.
    [[nodiscard]] QString link(int column) const;
    /// Columns up to the last that something was written to.
    [[nodiscard]] int writtenColumns() const;
    /// Columns up to the last that can be seen: written to, or with a background.
    [[nodiscard]] int visibleColumns() const;
    /// Puts \a cell of \a from, with what it refers to, into \a column of this.
    void take(int column, const Line &from, const Cell &cell);
    void setCluster(int column, const QString &text);
    /// Sets Cell::link of \a column; "" for none.
    void setLink(int column, const QString &target);
    /// Everything away, \a blank in each column.
    void reset(int columns, const Cell &blank);
    /// Memory taken, roughly.
    [[nodiscard]] qsizetype bytes() const;

private:
    void dropUnusedClusters();
    [[nodiscard]] quint16 linkNumber(const QString &target);
};

} // namespace core::terminal
