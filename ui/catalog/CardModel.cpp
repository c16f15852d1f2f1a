// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/CardModel.h"

#include "ui/catalog/CatalogWords.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/TableView.h"
#include "ui/common/ToolTip.h"

#include <QFont>

namespace ui::catalog {

using namespace core::catalog;

CardModel::CardModel(Prices &prices, QObject *parent)
    : QAbstractTableModel(parent)
    , m_prices(prices)
    , m_rows(ranking(prices.cards(), m_figure))
{
    connect(&m_prices, &Prices::ownChanged, this, &CardModel::retranslate);
}

std::optional<Figure> CardModel::figureOfColumn(int column)
{
    switch (column) {
    case Fp32: return Figure::Fp32;
    case Fp16: return Figure::Fp16;
    case Memory: return Figure::Memory;
    case Bandwidth: return Figure::Bandwidth;
    case Tdp: return Figure::Tdp;
    default: return std::nullopt;
    }
}

void CardModel::setFigure(Figure figure)
{
    if (figure == m_figure)
        return;
    beginResetModel();
    m_figure = figure;
    m_rows = ranking(m_prices.cards(), figure);
    endResetModel();
}

void CardModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int CardModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int CardModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CardModel::text(const RankedCard &row, int column) const
{
    const GpuCard &card = *row.card;
    if (const auto figure = figureOfColumn(column))
        return figureText(figureOf(card, *figure));
    switch (column) {
    case Place: return row.place ? format::count(*row.place) : format::absent();
    case Name: return card.name;
    case Bf16: return yesNo(card.bf16);
    case Architecture: return card.architecture.isEmpty() ? format::absent() : card.architecture;
    case Capability: return versionText(card.computeCapability);
    case MinCuda: return versionText(card.minCuda);
    default: return {};
    }
}

QVariant CardModel::sortValue(const RankedCard &row, int column)
{
    const GpuCard &card = *row.card;
    const auto version = [](const std::optional<DottedVersion> &value) {
        return value ? QVariant(value->major * 1000 + value->minor) : QVariant();
    };
    if (const auto figure = figureOfColumn(column)) {
        const auto value = figureOf(card, *figure);
        return value ? QVariant(value->millionths()) : QVariant();
    }
    switch (column) {
    case Place: return row.place ? QVariant(*row.place) : QVariant();
    case Name: return card.name;
    case Bf16: return card.bf16 ? QVariant(*card.bf16 ? 1 : 0) : QVariant();
    case Architecture: return card.architecture.isEmpty() ? QVariant() : card.architecture;
    case Capability: return version(card.computeCapability);
    case MinCuda: return version(card.minCuda);
    default: return {};
    }
}

QString CardModel::toolTip(const GpuCard &card, int column) const
{
    if (column == Fp16 && card.fp16Tflops)
        return fp16Basis(card) + u'\n' + sourceText(card, Figure::Fp16);
    if (const auto figure = figureOfColumn(column))
        return sourceText(card, *figure);
    if (column == Name || column == Place) {
        QStringList lines{card.vendor + u' ' + card.name};
        if (m_prices.isOwn(card))
            lines.append(tr("One of your instances has this card"));
        if (!card.aliases.isEmpty())
            lines.append(tr("Also called %1").arg(card.aliases.join(QStringLiteral(", "))));
        if (!card.note.isEmpty())
            lines.append(card.note);
        return lines.join(u'\n');
    }
    return {};
}

QVariant CardModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const RankedCard &row = at(index.row());
    const GpuCard &card = *row.card;
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case sortRole: return sortValue(row, column);
    case searchRole:
        return QString(card.name + u' ' + card.aliases.join(u' ') + u' ' +
                       card.smiNames.join(u' ') + u' ' + card.architecture);
    case Qt::ToolTipRole: return plainToolTip(toolTip(card, column));
    case Qt::TextAlignmentRole:
        return column == Name || column == Architecture || column == Bf16
                   ? QVariant()
                   : QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    case Qt::DecorationRole:
        return column == Name && m_prices.isOwn(card) ? icon(Icon::Star, IconTone::Accent)
                                                      : QVariant();
    case Qt::AccessibleTextRole:
        return column == Name && m_prices.isOwn(card) ? tr("%1, yours").arg(card.name) : QVariant();
    default: return {};
    }
}

QVariant CardModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Name || section == Architecture || section == Bf16
                   ? QVariant()
                   : QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole) {
        if (section == Place)
            return tr("Place by %1; equal cards share one").arg(figureName(m_figure));
        if (section == Fp16)
            return tr("Dense, TFLOPS; of NVIDIA cards with FP32 accumulate");
        const auto figure = figureOfColumn(section);
        return figure ? QVariant(figureName(*figure) + QStringLiteral(", ") + figureUnit(*figure))
                      : QVariant();
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Place: return tr("#");
    case Name: return tr("Card");
    case Fp32: return tr("FP32");
    case Fp16: return tr("FP16 tensor");
    case Bf16: return tr("BF16");
    case Memory: return tr("Memory, GB");
    case Bandwidth: return tr("GB/s");
    case Tdp: return tr("TDP, W");
    case Architecture: return tr("Architecture");
    //: Compute capability of a card: "8.9"
    case Capability: return tr("Capability");
    //: The first CUDA version that can drive the card
    case MinCuda: return tr("CUDA from");
    default: return {};
    }
}

} // namespace ui::catalog
