// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/TransferDelegate.h"

#include "ui/common/Theme.h"
#include "ui/transfers/TransferModel.h"
#include "ui/transfers/TransferWords.h"

#include <QPainter>

namespace ui::transfers {

using core::fleet::QueuedTransfer;
using core::history::TransferStatus;

namespace {

constexpr int rowSize = 72;
constexpr int barHeight = 4;

QColor wordColour(Chip::Tone tone, const Tokens &colours)
{
    switch (tone) {
    case Chip::Tone::Good: return colours.goodText;
    case Chip::Tone::Warn: return colours.warnText;
    case Chip::Tone::Bad: return colours.badText;
    case Chip::Tone::Accent: return colours.accentText;
    case Chip::Tone::Neutral: break;
    }
    return colours.text2;
}

IconTone signTone(Chip::Tone tone)
{
    switch (tone) {
    case Chip::Tone::Good: return IconTone::Good;
    case Chip::Tone::Warn: return IconTone::Warn;
    case Chip::Tone::Bad: return IconTone::Bad;
    case Chip::Tone::Accent: return IconTone::Accent;
    case Chip::Tone::Neutral: break;
    }
    return IconTone::Secondary;
}

QColor barColour(TransferStatus status, const Tokens &colours)
{
    switch (status) {
    case TransferStatus::Done: return colours.good;
    case TransferStatus::Partly: return colours.warn;
    case TransferStatus::Failed: return colours.bad;
    case TransferStatus::Running: return colours.accent;
    default: break;
    }
    return colours.text3;
}

} // namespace

QSize TransferDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {320, rowSize};
}

void TransferDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const auto *model = qobject_cast<const TransferModel *>(index.model());
    const QueuedTransfer *transfer = model ? model->at(index) : nullptr;
    if (!transfer)
        return;
    const Tokens &colours = tokens(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect box = option.rect.adjusted(space::s, 2, -space::s, -2);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? colours.accentSoft : colours.surface2);
        painter->drawRoundedRect(box, cardRadius, cardRadius);
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && selected) {
        painter->setPen(QPen(colours.accent, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(box).adjusted(0.75, 0.75, -0.75, -0.75), cardRadius,
                                 cardRadius);
    }
    const QRect inner = box.adjusted(space::m, space::s, -space::m, -space::s);

    // First line: direction, name and route; the state at the right.
    const TransferState state = stateWords(*transfer);
    const QRect upper(inner.left(), inner.top(), inner.width(), 22);
    painter->setFont(textFont(TextStyle::Body));
    const int wordWidth = painter->fontMetrics().horizontalAdvance(state.text);
    const QRect wordBox(upper.right() - wordWidth + 1, upper.top(), wordWidth, upper.height());
    painter->setPen(wordColour(state.tone, colours));
    painter->drawText(wordBox, Qt::AlignVCenter, state.text);
    const QRect stateSign(wordBox.left() - iconSize - space::xs, upper.center().y() - 7, 14, 14);
    icon(state.sign, signTone(state.tone)).paint(painter, stateSign);
    const bool isPut = transfer->request.direction == core::transfer::Direction::Put;
    const QRect sign(upper.left(), upper.center().y() - 7, iconSize, iconSize);
    icon(isPut ? Icon::Upload : Icon::Download, IconTone::Secondary).paint(painter, sign);
    const int left = sign.right() + 1 + space::s;
    const int room = stateSign.left() - left - space::l;
    painter->setFont(textFont(TextStyle::Strong));
    painter->setPen(colours.text);
    const QString title =
        painter->fontMetrics().elidedText(titleWords(*transfer), Qt::ElideMiddle, room * 3 / 5);
    const int titleWidth = painter->fontMetrics().horizontalAdvance(title);
    painter->drawText(QRect(left, upper.top(), titleWidth + 1, upper.height()), Qt::AlignVCenter,
                      title);
    painter->setFont(textFont(TextStyle::Body));
    painter->setPen(colours.text2);
    const QRect route(left + titleWidth + space::s, upper.top(), room - titleWidth - space::s,
                      upper.height());
    if (route.width() > 24)
        painter->drawText(route, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(routeWords(*transfer), Qt::ElideMiddle,
                                                            route.width()));

    // The bar.
    const QRectF track(inner.left(), upper.bottom() + 6, inner.width(), barHeight);
    painter->setPen(Qt::NoPen);
    painter->setBrush(selected ? colours.line : colours.surface2);
    painter->drawRoundedRect(track, 2, 2);
    if (const auto share = shareDone(*transfer)) {
        QRectF done = track;
        done.setWidth(std::max(double(barHeight), track.width() * *share));
        painter->setBrush(barColour(transfer->status, colours));
        if (*share > 0)
            painter->drawRoundedRect(done, 2, 2);
    }

    const QRect lower(inner.left(), int(track.bottom()) + 4, inner.width(), 18);
    painter->setFont(textFont(TextStyle::Caption));
    painter->setPen(colours.text2);
    const QString how = protocolWords(transfer->summary.protocol);
    const int howWidth = how.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(how);
    painter->drawText(QRect(lower.right() - howWidth + 1, lower.top(), howWidth, lower.height()),
                      Qt::AlignVCenter, how);
    const int figureRoom = lower.width() - howWidth - space::l;
    painter->drawText(
        QRect(lower.left(), lower.top(), figureRoom, lower.height()), Qt::AlignVCenter,
        painter->fontMetrics().elidedText(figureWords(*transfer), Qt::ElideRight, figureRoom));
    painter->restore();
}

} // namespace ui::transfers
