// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QGlyphRun>
#include <QHash>
#include <QRawFont>
#include <QString>

#include <array>
#include <vector>

class QPainter;

namespace ui::terminal {

/// A fixed-pitch font in cells of whole device pixels, and what it lacks (Chinese, emoji) from
/// other fonts, each character brought into its cells.
class CellFont
{
public:
    enum Face : quint8 { Regular = 0, Bold = 1, Italic = 2, BoldItalic = 3 };

    CellFont(int pixelSize, qreal devicePixelRatio);

    [[nodiscard]] int pixelSize() const { return m_pixelSize; }
    [[nodiscard]] qreal devicePixelRatio() const { return m_ratio; }
    [[nodiscard]] QFont font() const { return m_fonts[Regular]; }
    [[nodiscard]] qreal width() const { return m_width; }
    [[nodiscard]] qreal height() const { return m_height; }
    [[nodiscard]] qreal ascent() const { return m_ascent; }
    [[nodiscard]] qreal underline() const { return m_underline; } ///< below the cell's top
    [[nodiscard]] qreal lineWidth() const { return m_lineWidth; }

    /// Collects characters of one colour and face in a row, and draws them together.
    class Run
    {
    public:
        Run(const CellFont &font, QPainter &painter)
            : m_font(font)
            , m_painter(painter)
        {
        }
        /// \a position: the cell's left edge and the baseline. \a columns: 1 or 2.
        void add(const QString &text, Face face, const QPointF &position, int columns);
        void draw();

    private:
        const CellFont &m_font;
        QPainter &m_painter;
        Face m_face = Regular;
        QList<quint32> m_glyphs;
        QList<QPointF> m_positions;
    };

private:
    /// A character that is drawn by itself.
    struct Picture
    {
        QList<QGlyphRun> runs;
        qreal width = 0;
    };

    [[nodiscard]] quint32 glyph(char32_t character, Face face) const;
    [[nodiscard]] const Picture &picture(const QString &text, Face face) const;
    void drawPicture(QPainter &painter, const QString &text, Face face, const QPointF &position,
                     int columns) const;
    [[nodiscard]] qreal snapped(qreal value) const;

    int m_pixelSize;
    qreal m_ratio;
    std::array<QFont, 4> m_fonts;
    std::array<QRawFont, 4> m_raw;
    qreal m_width = 0;
    qreal m_height = 0;
    qreal m_ascent = 0;
    qreal m_underline = 0;
    qreal m_lineWidth = 1;
    mutable std::array<QHash<char32_t, quint32>, 4> m_glyphs; ///< 0: the font has none
    mutable std::array<QHash<QString, Picture>, 4> m_pictures;
};

} // namespace ui::terminal
