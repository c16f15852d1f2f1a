// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Chip.h"

#include "ui/common/StylePaint.h"
#include "ui/common/Theme.h"

#include <QEvent>

namespace ui {

namespace {

constexpr int chipHeight = 24;
constexpr int signSize = 14;

struct ToneColours
{
    QColor text;
    QColor colour;
    IconTone sign;
};

ToneColours coloursOf(Chip::Tone tone, const Tokens &t)
{
    switch (tone) {
    case Chip::Tone::Neutral: break;
    case Chip::Tone::Good: return {t.goodText, t.good, IconTone::Good};
    case Chip::Tone::Warn: return {t.warnText, t.warn, IconTone::Warn};
    case Chip::Tone::Bad: return {t.badText, t.bad, IconTone::Bad};
    case Chip::Tone::Accent: return {t.accentText, t.accent, IconTone::Accent};
    }
    return {t.text2, t.text3, IconTone::Secondary};
}

} // namespace

Chip::Chip(Shape shape, QWidget *parent)
    : QWidget(parent)
    , m_shape(shape)
{
    setFont(textFont(shape == Shape::Pill ? TextStyle::Caption : TextStyle::Body));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void Chip::set(const QString &text, Tone tone, std::optional<Icon> sign)
{
    if (text == m_text && tone == m_tone && sign == m_sign)
        return;
    m_text = text;
    m_tone = tone;
    m_sign = sign;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(m_text) + 1;
    const int sign = m_sign ? signSize + space::xs : 0;
    return {text + sign + (m_shape == Shape::Pill ? 2 * space::s : 0), chipHeight};
}

QSize Chip::minimumSizeHint() const
{
    const QSize full = sizeHint();
    return {std::min(full.width(), 64), full.height()};
}

void Chip::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    const ToneColours colours = coloursOf(m_tone, t);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int left = 0;
    if (m_shape == Shape::Pill) {
        // Tint weak enough that the word keeps 4.5:1 on it.
        paint::box(&painter, rect(), controlRadius,
                   m_tone == Tone::Neutral ? t.surface2
                                           : paint::mix(colours.colour, t.surface, 0.10F));
        left = space::s;
    }
    const QRect area = rect().adjusted(left, 0, -left, 0);
    int textLeft = area.left();
    if (m_sign) {
        const QRect sign(area.left(), area.center().y() - signSize / 2 + 1, signSize, signSize);
        icon(*m_sign, colours.sign).paint(&painter, sign);
        textLeft += signSize + space::xs;
    }
    const QRect text(textLeft, 0, area.right() - textLeft + 1, rect().height());
    painter.setPen(m_shape == Shape::Bare && m_tone == Tone::Neutral ? t.text2 : colours.text);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, text.width()));
}

void Chip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace ui
