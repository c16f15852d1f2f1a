// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/CellFont.h"

#include "ui/common/Theme.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace ui::terminal {

namespace {

constexpr qsizetype mostPictures = 4096;
constexpr qsizetype mostGlyphs = 16384;
constexpr qreal widest = 1 << 16; ///< more than a cell's text takes

} // namespace

CellFont::CellFont(int pixelSize, qreal devicePixelRatio)
    : m_pixelSize(pixelSize)
    , m_ratio(devicePixelRatio)
{
    for (int face = 0; face < 4; ++face) {
        QFont font = textFont(TextStyle::Mono);
        font.setPixelSize(pixelSize);
        font.setBold(face & Bold);
        font.setItalic(face & Italic);
        font.setKerning(false);
        font.setStyleHint(QFont::TypeWriter);
        m_fonts[std::size_t(face)] = font;
        m_raw[std::size_t(face)] = QRawFont::fromFont(font);
    }
    const QRawFont &raw = m_raw[Regular];
    const QList<quint32> glyphs = raw.glyphIndexesForString(QStringLiteral("0"));
    const QList<QPointF> advances = raw.advancesForGlyphIndexes(glyphs);
    const qreal advance = advances.isEmpty() ? pixelSize * 0.6 : advances.first().x();
    // Rows a little apart are easier to read; whole device pixels keep lines crisp.
    const qreal text = raw.ascent() + raw.descent();
    m_width = std::max(snapped(advance), 1 / m_ratio);
    m_height = std::ceil((text + std::max<qreal>(1, pixelSize * 0.12)) * m_ratio) / m_ratio;
    m_ascent = snapped(raw.ascent() + (m_height - text) / 2);
    m_lineWidth = std::max(1 / m_ratio, snapped(raw.lineThickness()));
    m_underline = std::min(m_height - m_lineWidth,
                           snapped(m_ascent + std::max<qreal>(1, raw.underlinePosition())));
}

qreal CellFont::snapped(qreal value) const
{
    return std::round(value * m_ratio) / m_ratio;
}

quint32 CellFont::glyph(char32_t character, Face face) const
{
    auto &known = m_glyphs[face];
    if (const auto found = known.constFind(character); found != known.cend())
        return *found;
    const QList<quint32> glyphs =
        m_raw[face].glyphIndexesForString(QString::fromUcs4(&character, 1));
    const quint32 glyph = glyphs.size() == 1 ? glyphs.first() : 0;
    if (known.size() >= mostGlyphs)
        known.clear();
    known.insert(character, glyph);
    return glyph;
}

const CellFont::Picture &CellFont::picture(const QString &text, Face face) const
{
    auto &known = m_pictures[face];
    if (const auto found = known.constFind(text); found != known.cend())
        return *found;
    // Qt finds the fonts that have the characters.
    QTextLayout layout(text, m_fonts[face]);
    QTextOption option;
    option.setTextDirection(Qt::LeftToRight);
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(widest);
    line.setPosition({0, -line.ascent()}); // known only now
    layout.endLayout();
    Picture made;
    made.runs = line.glyphRuns();
    made.width = line.naturalTextWidth();
    if (known.size() >= mostPictures)
        known.clear();
    return *known.insert(text, made);
}

void CellFont::drawPicture(QPainter &painter, const QString &text, Face face,
                           const QPointF &position, int columns) const
{
    const Picture &made = picture(text, face);
    const qreal room = m_width * columns;
    painter.save();
    // In the middle of its cells; what is too wide for them is made smaller.
    const bool isTooWide = made.width > room + 0.5;
    const qreal scale = isTooWide ? room / made.width : 1;
    painter.translate(position + QPointF(isTooWide ? 0 : snapped((room - made.width) / 2), 0));
    if (isTooWide)
        painter.scale(scale, scale);
    for (const QGlyphRun &run : made.runs)
        painter.drawGlyphRun({}, run);
    painter.restore();
}

void CellFont::Run::add(const QString &text, Face face, const QPointF &position, int columns)
{
    quint32 glyph = 0;
    if (columns == 1 && text.size() == 1)
        glyph = m_font.glyph(text.front().unicode(), face);
    if (glyph == 0) {
        m_font.drawPicture(m_painter, text, face, position, columns);
        return;
    }
    if (face != m_face) {
        draw();
        m_face = face;
    }
    m_glyphs.append(glyph);
    m_positions.append(position);
}

void CellFont::Run::draw()
{
    if (m_glyphs.isEmpty())
        return;
    QGlyphRun run;
    run.setRawFont(m_font.m_raw[m_face]);
    run.setGlyphIndexes(m_glyphs);
    run.setPositions(m_positions);
    m_painter.drawGlyphRun({}, run);
    m_glyphs.clear();
    m_positions.clear();
}

} // namespace ui::terminal
