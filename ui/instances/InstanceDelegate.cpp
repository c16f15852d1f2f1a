// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/InstanceDelegate.h"

#include "core/fleet/Instance.h"
#include "core/fleet/SpendingWatch.h"
#include "ui/charts/Sparkline.h"
#include "ui/common/Format.h"
#include "ui/common/Theme.h"
#include "ui/instances/StateWords.h"
#include "ui/models/InstanceListModel.h"

#include <QPainter>

namespace ui::instances {

using core::fleet::Instance;
using core::metrics::Quantity;
using models::InstanceListModel;

namespace {

constexpr int margin = space::m;
constexpr int lineWidth = 64; ///< of the load line
constexpr int moneyHeight = 20;
constexpr core::metrics::TimeMs lineSpan = 5 * 60 * 1000;

QColor toneColour(Chip::Tone tone, const Tokens &tokens)
{
    switch (tone) {
    case Chip::Tone::Good: return tokens.goodText;
    case Chip::Tone::Warn: return tokens.warnText;
    case Chip::Tone::Bad: return tokens.badText;
    case Chip::Tone::Accent: return tokens.accentText;
    case Chip::Tone::Neutral: return tokens.text2;
    }
    return tokens.text2;
}

IconTone iconTone(Chip::Tone tone)
{
    switch (tone) {
    case Chip::Tone::Good: return IconTone::Good;
    case Chip::Tone::Warn: return IconTone::Warn;
    case Chip::Tone::Bad: return IconTone::Bad;
    case Chip::Tone::Accent: return IconTone::Accent;
    case Chip::Tone::Neutral: return IconTone::Secondary;
    }
    return IconTone::Secondary;
}

/// The busiest GPU's line, or the CPU's where there is none.
struct Load
{
    charts::SparklineData line;
    QColor colour;
    QString figure;
};

Load loadOf(const Instance &instance, const Tokens &tokens)
{
    Load load;
    const auto &series = instance.series();
    const core::metrics::Series *shown = nullptr;
    double best = -1;
    for (int gpu = 0; gpu < series.gpuCount(); ++gpu) {
        const core::metrics::Series *one = series.find(Quantity::GpuUtil, gpu);
        if (one && one->last().value_or(0) > best) {
            best = one->last().value_or(0);
            shown = one;
        }
    }
    load.colour = tokens.gpu;
    double maximum = 100;
    const core::metrics::SamplePtr sample = instance.sample();
    if (!shown && sample) {
        shown = series.find(Quantity::CpuPercent);
        load.colour = tokens.cpu;
        maximum = sample->cpu.limitCores.value_or(1) * 100;
    }
    load.line = charts::sparklineData(shown, series.lastTime(), lineSpan, lineWidth, maximum);
    if (shown && instance.state() == Instance::State::Connected && !instance.isStale() &&
        shown->last())
        load.figure = format::percent(*shown->last() * 100 / maximum);
    return load;
}

} // namespace

QSize InstanceDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const auto *instance =
        qobject_cast<Instance *>(index.data(InstanceListModel::InstanceRole).value<QObject *>());
    const bool hasPrice = instance && instance->profile().price;
    return {200, instanceRowHeight + (hasPrice ? moneyHeight : 0)};
}

QString InstanceDelegate::spentToday(const Instance &instance) const
{
    const core::cost::Totals *today = m_spending ? m_spending->today(instance.id()) : nullptr;
    if (!today || today->cost.empty())
        return {};
    QStringList amounts;
    for (const auto &[currency, amount] : today->cost)
        amounts.append(format::money(amount.minor, QString(core::currencyCode(currency))));
    //: %1 is the money spent on an instance
    return tr("%1 today").arg(amounts.join(QStringLiteral(" + ")));
}

void InstanceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const auto *instance =
        qobject_cast<Instance *>(index.data(InstanceListModel::InstanceRole).value<QObject *>());
    if (!instance)
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

    QRect inner = box.adjusted(margin, space::s, -margin, -space::s);
    if (const QString price = priceWords(*instance); !price.isEmpty()) {
        const QRect money(inner.left(), inner.bottom() - moneyHeight + 1, inner.width(),
                          moneyHeight);
        inner.setBottom(money.top() - 1);
        painter->setFont(textFont(TextStyle::Caption));
        painter->setPen(colours.text2);
        painter->drawText(money, Qt::AlignVCenter | Qt::AlignLeft, price);
        painter->setPen(colours.text);
        painter->drawText(money, Qt::AlignVCenter | Qt::AlignRight, spentToday(*instance));
    }
    const QRect upper(inner.left(), inner.top(), inner.width(), inner.height() / 2);
    const QRect lower(inner.left(), upper.bottom() + 1, inner.width(),
                      inner.height() - upper.height());

    // State: icon and word at the right of the first line.
    const StateWords state = stateWords(*instance);
    painter->setFont(textFont(TextStyle::Caption));
    const int wordWidth = painter->fontMetrics().horizontalAdvance(state.word);
    const QRect wordBox(upper.right() - wordWidth + 1, upper.top(), wordWidth, upper.height());
    painter->setPen(toneColour(state.tone, colours));
    painter->drawText(wordBox, Qt::AlignVCenter | Qt::AlignRight, state.word);
    const QRect signBox(wordBox.left() - 16, upper.center().y() - 6, 12, 12);
    icon(state.sign, iconTone(state.tone)).paint(painter, signBox);

    painter->setFont(textFont(TextStyle::Strong));
    painter->setPen(colours.text);
    const QRect nameBox(upper.left(), upper.top(), signBox.left() - upper.left() - space::s,
                        upper.height());
    painter->drawText(nameBox, Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(instance->profile().name, Qt::ElideRight,
                                                        nameBox.width()));

    // Below: card (or address), load line, load.
    painter->setFont(textFont(TextStyle::Caption));
    const QFontMetrics metrics = painter->fontMetrics();
    int right = lower.right() + 1;
    const auto placeRight = [&](const QString &text, const QColor &colour) {
        if (text.isEmpty())
            return;
        const int width = metrics.horizontalAdvance(text);
        painter->setPen(colour);
        painter->drawText(QRect(right - width, lower.top(), width, lower.height()),
                          Qt::AlignVCenter, text);
        right -= width + space::s;
    };
    const Load load = loadOf(*instance, colours);
    placeRight(load.figure, colours.text);
    if (!load.line.runs.empty()) {
        const QRectF line(right - lineWidth, lower.center().y() - 8, lineWidth, 16);
        painter->setOpacity(instance->isStale() ? 0.45 : 1.0);
        charts::paintSparkline(painter, line, load.line, load.colour);
        painter->setOpacity(1.0);
        right -= lineWidth + space::s;
    }
    QString left = cardWords(*instance);
    if (left.isEmpty())
        left = instance->profile().host;
    painter->setPen(colours.text2);
    const int leftWidth = right - lower.left();
    if (leftWidth > 20)
        painter->drawText(QRect(lower.left(), lower.top(), leftWidth, lower.height()),
                          Qt::AlignVCenter, metrics.elidedText(left, Qt::ElideMiddle, leftWidth));
    painter->restore();
}

void InstanceDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                            const QModelIndex &) const
{
    editor->setGeometry(option.rect.adjusted(space::l, space::s, -space::l, -space::xl));
}

} // namespace ui::instances
