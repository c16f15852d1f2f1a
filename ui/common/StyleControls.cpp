// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Style.h"

#include "ui/common/StylePaint.h"
#include "ui/common/Theme.h"

#include <QLineEdit>
#include <QPainterPath>
#include <QStyleOption>

namespace ui {

namespace {

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

struct ButtonColours
{
    QColor fill;
    QColor outline;
    QColor text;
};

/// A dialog's default button looks primary without being told.
ButtonKind effectiveKind(const QStyleOption *option, const QWidget *widget)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const ButtonKind kind = buttonKind(widget);
    if (kind == ButtonKind::Secondary && button &&
        button->features.testFlag(QStyleOptionButton::DefaultButton)) {
        return ButtonKind::Primary;
    }
    if (kind == ButtonKind::Secondary && !button)
        return ButtonKind::Plain; // tool buttons
    return kind;
}

ButtonColours buttonColours(const QStyleOption *option, ButtonKind kind)
{
    const Tokens &t = tokens(option->palette);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool down = has(option, QStyle::State_Sunken);
    const bool on = has(option, QStyle::State_On);
    const bool hover = has(option, QStyle::State_MouseOver);
    if (!enabled) {
        const bool bare = kind == ButtonKind::Plain || kind == ButtonKind::Link;
        return {bare ? QColor(Qt::transparent) : t.surface2,
                bare ? QColor(Qt::transparent) : t.line, t.text3};
    }
    const QColor away = t.dark ? QColor(Qt::white) : QColor(Qt::black);
    switch (kind) {
    case ButtonKind::Primary: {
        const QColor fill = down    ? paint::mix(away, t.accent, 0.18F)
                            : hover ? paint::mix(away, t.accent, 0.08F)
                                    : t.accent;
        return {fill, Qt::transparent, t.onAccent};
    }
    case ButtonKind::Destructive:
        if (down || hover) {
            const QColor fill = down ? paint::mix(away, t.badText, 0.12F) : t.badText;
            return {fill, Qt::transparent, t.onBad};
        }
        return {t.surface, t.edge, t.badText};
    case ButtonKind::Link: return {Qt::transparent, Qt::transparent, t.accentText};
    case ButtonKind::Plain:
        if (on)
            return {t.accentSoft, Qt::transparent, t.text};
        return {down    ? t.line
                : hover ? t.surface2
                        : QColor(Qt::transparent),
                Qt::transparent, t.text};
    case ButtonKind::Secondary: break;
    }
    if (on)
        return {t.accentSoft, t.accent, t.text};
    return {down ? t.line : hover ? t.surface2 : t.surface, t.edge, t.text};
}

} // namespace

void Style::drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const ButtonKind kind = effectiveKind(option, widget);
    const ButtonColours colours = buttonColours(option, kind);
    const paint::Scope scope(painter);
    paint::box(painter, option->rect, controlRadius, colours.fill, colours.outline);
    if (has(option, State_HasFocus) && has(option, State_KeyboardFocusChange)) {
        const Tokens &t = tokens(option->palette);
        if (kind == ButtonKind::Primary) {
            // Accent on accent would not be seen: a ring of the surface within it.
            paint::focusRing(painter, QRectF(option->rect).adjusted(2, 2, -2, -2),
                             controlRadius - 2, t.surface);
        } else {
            paint::focusRing(painter, option->rect, controlRadius, t.accent);
        }
    }
}

void Style::drawButtonLabel(const QStyleOptionButton *option, QPainter *painter,
                            const QWidget *widget) const
{
    QStyleOptionButton copy = *option;
    const QColor text = buttonColours(option, effectiveKind(option, widget)).text;
    copy.palette.setColor(QPalette::ButtonText, text);
    if (buttonKind(widget) == ButtonKind::Link && has(option, State_MouseOver)) {
        const paint::Scope scope(painter);
        QFont underlined = painter->font();
        underlined.setUnderline(true);
        painter->setFont(underlined);
        copy.state.setFlag(State_HasFocus, false);
        QProxyStyle::drawControl(CE_PushButtonLabel, &copy, painter, widget);
        return;
    }
    // The ring is part of the bevel; Fusion would draw a second one around the label.
    copy.state.setFlag(State_HasFocus, false);
    QProxyStyle::drawControl(CE_PushButtonLabel, &copy, painter, widget);
}

void Style::drawInput(const QStyleOption *option, QPainter *painter) const
{
    const Tokens &t = tokens(option->palette);
    const bool enabled = has(option, State_Enabled);
    const paint::Scope scope(painter);
    if (has(option, State_HasFocus) && enabled) {
        paint::box(painter, option->rect, controlRadius, t.surface, t.accent, 2);
        return;
    }
    const QColor outline = has(option, State_MouseOver) && enabled ? t.text3 : t.edge;
    paint::box(painter, option->rect, controlRadius, enabled ? t.surface : t.surface2, outline);
}

void Style::drawCheck(const QStyleOption *option, QPainter *painter, bool round) const
{
    const Tokens &t = tokens(option->palette);
    const bool enabled = has(option, State_Enabled);
    const bool on = has(option, State_On);
    const bool partly = has(option, State_NoChange);
    const QRectF rect = QRectF(option->rect);
    const qreal radius = round ? rect.width() / 2 : 4;
    const paint::Scope scope(painter);
    const QColor full = enabled ? t.accent : t.text3;
    if (on || partly)
        paint::box(painter, rect, radius, full);
    else
        paint::box(painter, rect, radius, enabled ? t.surface : t.surface2,
                   has(option, State_MouseOver) ? t.accent : t.text3, 1.2);
    if (on && round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(t.onAccent);
        painter->drawEllipse(rect.center(), rect.width() * 0.2, rect.width() * 0.2);
    } else if (on || partly) {
        const qreal w = rect.width();
        QPainterPath mark;
        if (on) {
            mark.moveTo(rect.left() + w * 0.26, rect.top() + w * 0.52);
            mark.lineTo(rect.left() + w * 0.43, rect.top() + w * 0.69);
            mark.lineTo(rect.left() + w * 0.75, rect.top() + w * 0.33);
        } else {
            mark.moveTo(rect.left() + w * 0.28, rect.center().y());
            mark.lineTo(rect.left() + w * 0.72, rect.center().y());
        }
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(t.onAccent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(mark);
    }
    if (has(option, State_HasFocus) && has(option, State_KeyboardFocusChange))
        paint::focusRing(painter, rect.adjusted(-2, -2, 2, 2), radius + 2, t.accent);
}

void Style::drawArrow(PrimitiveElement element, const QStyleOption *option, QPainter *painter) const
{
    const Tokens &t = tokens(option->palette);
    const QPointF c = QRectF(option->rect).center();
    const qreal r = std::min({4.0, option->rect.width() / 2.0, option->rect.height() / 2.0});
    QPolygonF chevron;
    switch (element) {
    case PE_IndicatorArrowUp:
        chevron << c + QPointF(-r, r / 2) << c + QPointF(0, -r / 2) << c + QPointF(r, r / 2);
        break;
    case PE_IndicatorArrowLeft:
        chevron << c + QPointF(r / 2, -r) << c + QPointF(-r / 2, 0) << c + QPointF(r / 2, r);
        break;
    case PE_IndicatorArrowRight:
        chevron << c + QPointF(-r / 2, -r) << c + QPointF(r / 2, 0) << c + QPointF(-r / 2, r);
        break;
    default:
        chevron << c + QPointF(-r, -r / 2) << c + QPointF(0, r / 2) << c + QPointF(r, -r / 2);
        break;
    }
    const paint::Scope scope(painter);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(has(option, State_Enabled) ? t.text2 : t.text3, 1.5, Qt::SolidLine,
                         Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(chevron);
}

void Style::drawProgress(const QStyleOptionProgressBar *option, QPainter *painter) const
{
    const Tokens &t = tokens(option->palette);
    const qreal thickness = std::min(6, option->rect.height());
    QRectF track(option->rect.left(), option->rect.center().y() - thickness / 2 + 0.5,
                 option->rect.width(), thickness);
    const paint::Scope scope(painter);
    paint::box(painter, track, thickness / 2, t.surface2);
    const int span = option->maximum - option->minimum;
    // Busy (no span): a third of the bar, still, since nothing in this window moves without reason.
    const qreal part = span > 0 ? qreal(option->progress - option->minimum) / span : 1.0 / 3;
    if (part <= 0)
        return;
    QRectF filled = track;
    filled.setWidth(std::max(thickness, track.width() * std::min(1.0, part)));
    if (option->direction == Qt::RightToLeft)
        filled.moveRight(track.right());
    paint::box(painter, filled, thickness / 2, t.accent);
}

QRect Style::comboBoxRect(const QStyleOptionComboBox *option, SubControl part) const
{
    const QRect r = option->rect;
    const int arrow = 28;
    switch (part) {
    case SC_ComboBoxArrow: return {r.right() - arrow + 1, r.top(), arrow, r.height()};
    case SC_ComboBoxEditField: return r.adjusted(space::s, 1, -arrow, -1);
    default: return r;
    }
}

void Style::drawComboBox(const QStyleOptionComboBox *option, QPainter *painter) const
{
    drawInput(option, painter);
    QStyleOption arrow = *option;
    arrow.rect =
        visualRect(option->direction, option->rect, comboBoxRect(option, SC_ComboBoxArrow));
    drawArrow(PE_IndicatorArrowDown, &arrow, painter);
}

QRect Style::spinBoxRect(const QStyleOptionSpinBox *option, SubControl part) const
{
    const QRect r = option->rect;
    const int buttons = option->buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : 24;
    const QRect right(r.right() - buttons, r.top() + 2, buttons, r.height() - 4);
    switch (part) {
    case SC_SpinBoxUp: return {right.left(), right.top(), right.width(), right.height() / 2};
    case SC_SpinBoxDown:
        return {right.left(), right.top() + right.height() / 2, right.width(), right.height() / 2};
    case SC_SpinBoxEditField: return r.adjusted(space::s - 2, 1, -buttons - 2, -1);
    default: return r;
    }
}

void Style::drawSpinBox(const QStyleOptionSpinBox *option, QPainter *painter) const
{
    drawInput(option, painter);
    if (option->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const Tokens &t = tokens(option->palette);
    const auto half = [&](SubControl part, PrimitiveElement arrow,
                          QAbstractSpinBox::StepEnabledFlag flag) {
        QStyleOption o = *option;
        o.rect = visualRect(option->direction, option->rect, spinBoxRect(option, part));
        o.state.setFlag(State_Enabled,
                        has(option, State_Enabled) && option->stepEnabled.testFlag(flag));
        if (option->activeSubControls == part && has(&o, State_Enabled) &&
            has(option, State_MouseOver)) {
            const paint::Scope scope(painter);
            paint::box(painter, o.rect, 3, t.surface2);
        }
        drawArrow(arrow, &o, painter);
    };
    half(SC_SpinBoxUp, PE_IndicatorArrowUp, QAbstractSpinBox::StepUpEnabled);
    half(SC_SpinBoxDown, PE_IndicatorArrowDown, QAbstractSpinBox::StepDownEnabled);
}

QRect Style::scrollBarRect(const QStyleOptionSlider *option, SubControl part) const
{
    const bool horizontal = option->orientation == Qt::Horizontal;
    const int length = horizontal ? option->rect.width() : option->rect.height();
    const int range = option->maximum - option->minimum;
    int size = length;
    if (range > 0) {
        size = int(qint64(length) * option->pageStep / std::max(1, range + option->pageStep));
        size =
            std::min(length, std::max(pixelMetric(PM_ScrollBarSliderMin, option, nullptr), size));
    }
    const int start =
        sliderPositionFromValue(option->minimum, option->maximum, option->sliderPosition,
                                length - size, option->upsideDown);
    const auto along = [&](int from, int span) {
        return horizontal ? QRect(option->rect.left() + from, option->rect.top(), span,
                                  option->rect.height())
                          : QRect(option->rect.left(), option->rect.top() + from,
                                  option->rect.width(), span);
    };
    switch (part) {
    case SC_ScrollBarSlider: return along(start, size);
    case SC_ScrollBarSubPage: return along(0, start);
    case SC_ScrollBarAddPage: return along(start + size, length - start - size);
    case SC_ScrollBarGroove: return option->rect;
    default: return {}; // no arrow buttons
    }
}

void Style::drawScrollBar(const QStyleOptionSlider *option, QPainter *painter) const
{
    const Tokens &t = tokens(option->palette);
    if (option->maximum <= option->minimum)
        return;
    const bool active = option->activeSubControls.testFlag(SC_ScrollBarSlider) &&
                        (has(option, State_MouseOver) || has(option, State_Sunken));
    QRectF thumb =
        visualRect(option->direction, option->rect, scrollBarRect(option, SC_ScrollBarSlider));
    const qreal inset = active ? 2 : 3;
    thumb.adjust(inset, inset, -inset, -inset);
    const paint::Scope scope(painter);
    paint::box(painter, thumb, std::min(thumb.width(), thumb.height()) / 2,
               paint::withAlpha(t.text3, active ? 0.9F : 0.5F));
}

} // namespace ui
