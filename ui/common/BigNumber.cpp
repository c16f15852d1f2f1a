// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/BigNumber.h"

#include "ui/common/Format.h"
#include "ui/common/Theme.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int unitGap = 3;

struct Parts
{
    QString number;
    QString unit;
};

Parts split(const QString &text)
{
    const qsizetype at = text.lastIndexOf(QChar(format::unitSpace));
    if (at < 0)
        return {text, {}};
    return {text.left(at), text.mid(at + 1)};
}

} // namespace

BigNumber::BigNumber(Size size, QWidget *parent)
    : QWidget(parent)
    , m_size(size)
    , m_text(format::absent())
{
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
}

void BigNumber::setSize(Size size)
{
    m_size = size;
    updateGeometry();
    update();
}

void BigNumber::setText(const QString &formatted)
{
    if (formatted == m_text)
        return;
    const int before = sizeHint().width();
    m_text = formatted;
    setLabel(m_label);
    if (sizeHint().width() != before)
        updateGeometry();
    update();
}

void BigNumber::setLabel(const QString &label)
{
    m_label = label;
    //: A named figure, for screen readers: "GPU 0 utilisation: 97 %"
    setAccessibleName(label.isEmpty() ? m_text : tr("%1: %2").arg(label, m_text));
}

void BigNumber::setColour(const QColor &colour)
{
    if (colour == m_colour)
        return;
    m_colour = colour;
    update();
}

void BigNumber::setDimmed(bool dimmed)
{
    if (dimmed == m_dimmed)
        return;
    m_dimmed = dimmed;
    update();
}

void BigNumber::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

void BigNumber::setWidest(const QString &formatted)
{
    m_widest = formatted;
    updateGeometry();
}

QFont BigNumber::numberFont() const
{
    return textFont(m_size == Size::Large ? TextStyle::Display : TextStyle::Title);
}

QFont BigNumber::unitFont() const
{
    return textFont(m_size == Size::Large ? TextStyle::Body : TextStyle::Caption);
}

int BigNumber::widthOf(const QString &text) const
{
    const Parts parts = split(text);
    int width = QFontMetrics(numberFont()).horizontalAdvance(parts.number) + 1;
    if (!parts.unit.isEmpty())
        width += unitGap + QFontMetrics(unitFont()).horizontalAdvance(parts.unit);
    return width;
}

QSize BigNumber::sizeHint() const
{
    return {std::max(widthOf(m_text), m_widest.isEmpty() ? 0 : widthOf(m_widest)),
            QFontMetrics(numberFont()).height()};
}

QSize BigNumber::minimumSizeHint() const
{
    return sizeHint();
}

void BigNumber::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    const Parts parts = split(m_text);
    const QFontMetrics numberMetrics(numberFont());
    const int total = widthOf(m_text);
    int x = 0;
    if (m_alignment.testFlag(Qt::AlignRight))
        x = width() - total;
    else if (m_alignment.testFlag(Qt::AlignHCenter))
        x = (width() - total) / 2;
    const int baseline = (height() - numberMetrics.height()) / 2 + numberMetrics.ascent();
    QPainter painter(this);
    painter.setFont(numberFont());
    painter.setPen(m_dimmed ? t.text3 : m_colour.isValid() ? m_colour : t.text);
    painter.drawText(x, baseline, parts.number);
    if (!parts.unit.isEmpty()) {
        x += numberMetrics.horizontalAdvance(parts.number) + unitGap;
        painter.setFont(unitFont());
        painter.setPen(m_dimmed ? t.text3 : t.text2);
        painter.drawText(x, baseline, parts.unit);
    }
}

} // namespace ui
