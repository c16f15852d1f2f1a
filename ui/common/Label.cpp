// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Label.h"

#include "ui/common/ToolTip.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace ui {

Label::Label(TextStyle style, TextTone tone, QWidget *parent)
    : QLabel(parent)
{
    setFont(textFont(style));
    setForegroundRole(toneRole(tone));
    setTextFormat(Qt::PlainText);
}

Label::Label(const QString &text, TextStyle style, TextTone tone, QWidget *parent)
    : Label(style, tone, parent)
{
    setText(text);
}

void Label::setTone(TextTone tone)
{
    setForegroundRole(toneRole(tone));
}

ElidedLabel::ElidedLabel(TextStyle style, TextTone tone, QWidget *parent)
    : QWidget(parent)
{
    setFont(textFont(style));
    setForegroundRole(toneRole(tone));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_nameFollowsText = accessibleName() == m_text;
    m_text = text;
    if (m_nameFollowsText)
        setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

void ElidedLabel::setTone(TextTone tone)
{
    setForegroundRole(toneRole(tone));
}

bool ElidedLabel::isElided() const
{
    return fontMetrics().horizontalAdvance(m_text) > width();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return {metrics.horizontalAdvance(m_text) + 1, metrics.height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return {std::min(metrics.horizontalAdvance(m_text) + 1, metrics.averageCharWidth() * 4),
            metrics.height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(
        palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, foregroundRole()));
    painter.drawText(rect(), int(m_alignment | Qt::AlignVCenter | Qt::TextSingleLine),
                     fontMetrics().elidedText(m_text, m_mode, width()));
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (isElided())
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), plainToolTip(m_text),
                               this);
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    return QWidget::event(event);
}

} // namespace ui
