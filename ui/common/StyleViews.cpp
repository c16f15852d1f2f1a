// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Style.h"

#include "ui/common/StylePaint.h"
#include "ui/common/Theme.h"

#include <QPainterPath>
#include <QStyleOption>

namespace ui {

void Style::drawTab(const QStyleOptionTab *option, QPainter *painter) const
{
    const Tokens &t = tokens(option->palette);
    const bool selected = option->state.testFlag(State_Selected);
    const bool hover =
        option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled);
    const paint::Scope scope(painter);
    const QRect r = option->rect;
    if (hover && !selected)
        paint::box(painter, r.adjusted(2, 4, -2, -5), controlRadius, t.surface2);
    if (selected)
        paint::box(painter, QRectF(r.left() + 8, r.bottom() - 1.5, r.width() - 16, 2.5), 1,
                   t.accent);
    if (option->state.testFlag(State_HasFocus) && option->state.testFlag(State_KeyboardFocusChange))
        paint::focusRing(painter, r.adjusted(2, 4, -2, -5), controlRadius, t.accent);
}

void Style::drawWholeHeader(const QStyleOptionHeader *option, QPainter *painter,
                            const QWidget *widget) const
{
    drawHeader(option, painter);
    const bool sorted = option->sortIndicator != QStyleOptionHeader::None;
    const QRect r = option->rect;
    QStyleOptionHeader part = *option;
    part.rect = visualRect(option->direction, r, r.adjusted(6, 0, sorted ? -18 : -6, 0));
    drawControl(CE_HeaderLabel, &part, painter, widget);
    if (sorted) {
        part.rect =
            visualRect(option->direction, r, QRect(r.right() - 16, r.center().y() - 5, 12, 12));
        drawPrimitive(PE_IndicatorHeaderArrow, &part, painter, widget);
    }
}

void Style::drawHeader(const QStyleOptionHeader *option, QPainter *painter) const
{
    const Tokens &t = tokens(option->palette);
    const bool hover =
        option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled);
    const QRect r = option->rect;
    painter->fillRect(r, hover ? t.surface2 : t.surface);
    painter->fillRect(r.left(), r.bottom(), r.width(), 1, t.line);
}

void Style::drawRow(const QStyleOptionViewItem *option, QPainter *painter) const
{
    const Tokens &t = tokens(option->palette);
    if (option->backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option->rect, option->backgroundBrush);
    if (option->state.testFlag(State_Selected))
        painter->fillRect(option->rect, t.accentSoft);
    else if (option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled))
        painter->fillRect(option->rect, t.surface2);
}

void Style::drawPopup(const QStyleOption *option, QPainter *painter) const
{
    // Square: rounded popups need a compositor, and without one they have black corners.
    const Tokens &t = tokens(option->palette);
    painter->fillRect(option->rect, t.edge);
    painter->fillRect(option->rect.adjusted(1, 1, -1, -1), t.surface);
}

void Style::drawMenuItem(const QStyleOptionMenuItem *option, QPainter *painter,
                         const QWidget *widget) const
{
    const Tokens &t = tokens(option->palette);
    const QRect r = option->rect;
    const paint::Scope scope(painter);
    if (option->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(r.left() + space::s, r.center().y(), r.width() - 2 * space::s, 1, t.line);
        return;
    }
    const bool enabled = option->state.testFlag(State_Enabled);
    if (option->state.testFlag(State_Selected) && enabled)
        paint::box(painter, r.adjusted(space::xs, 1, -space::xs, -1), 4, t.surface2);

    const auto placed = [&](const QRect &rect) { return visualRect(option->direction, r, rect); };
    const int left = r.left() + space::m;
    const QRect sign(left, r.top() + (r.height() - iconSize) / 2 + 1, iconSize, iconSize);
    const bool checkable = option->checkType != QStyleOptionMenuItem::NotCheckable;
    if (checkable) {
        if (option->checked) {
            QStyleOption mark = *option;
            mark.rect = placed(sign);
            mark.state.setFlag(State_On);
            mark.state.setFlag(State_HasFocus, false);
            drawCheck(&mark, painter, option->checkType == QStyleOptionMenuItem::Exclusive);
        }
    } else if (!option->icon.isNull()) {
        option->icon.paint(painter, placed(sign), Qt::AlignCenter,
                           enabled ? QIcon::Normal : QIcon::Disabled);
    }
    const bool indented = checkable || option->menuHasCheckableItems || option->maxIconWidth > 0;
    const int textLeft = indented ? left + iconSize + space::s : left;
    QRect text(textLeft, r.top(), r.right() - textLeft - space::m, r.height());
    const QStringList parts = option->text.split(u'\t');
    painter->setFont(option->font);
    const int flags =
        Qt::AlignVCenter | Qt::TextSingleLine |
        (styleHint(SH_UnderlineShortcut, option, widget, nullptr) ? Qt::TextShowMnemonic
                                                                  : Qt::TextHideMnemonic);
    painter->setPen(enabled ? t.text : t.text3);
    painter->drawText(placed(text), flags | Qt::AlignLeft, parts.first());
    if (parts.size() > 1) {
        painter->setPen(t.text3);
        painter->drawText(placed(text), flags | Qt::AlignRight, parts.at(1));
    }
    if (option->menuItemType == QStyleOptionMenuItem::SubMenu) {
        QStyleOption arrow = *option;
        arrow.rect = placed(QRect(r.right() - space::m - 8, r.center().y() - 6, 12, 12));
        drawArrow(option->direction == Qt::RightToLeft ? PE_IndicatorArrowLeft
                                                       : PE_IndicatorArrowRight,
                  &arrow, painter);
    }
}

} // namespace ui
