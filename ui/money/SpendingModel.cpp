// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/money/SpendingModel.h"

#include "ui/common/Format.h"
#include "ui/common/TableView.h"
#include "ui/money/MoneyWords.h"

namespace ui::money {

namespace {

/// Amounts of two currencies have no order; the one that most is paid in stands for the row.
qint64 mostOf(const std::map<core::Currency, core::Money> &amounts)
{
    qint64 most = 0;
    for (const auto &[currency, amount] : amounts)
        most = std::max(most, amount.minor);
    return most;
}

} // namespace

SpendingModel::SpendingModel(Kind kind, QObject *parent)
    : QAbstractTableModel(parent)
    , m_kind(kind)
{
}

void SpendingModel::setRows(std::vector<Row> rows)
{
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void SpendingModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int SpendingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int SpendingModel::columnCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return m_kind == Kind::Cards ? int(NoGpu) : int(ColumnCount);
}

QString SpendingModel::text(const Row &row, int column) const
{
    const core::cost::Totals &totals = row.line.totals;
    switch (column) {
    case Name:
        return row.line.name.isEmpty() && m_kind == Kind::Cards
                   //: In place of a card's name
                   ? tr("Unknown card")
                   : row.line.name;
    case Cost:
        return totals.cost.empty() && totals.unpriced > 0
                   //: In place of an amount: the user has not said what the instance costs
                   ? tr("no price")
                   : moneyWords(totals.cost);
    case Wasted: return moneyWords(totals.wasted);
    case Running: return lengthWords(totals.running);
    case Idle: return lengthWords(totals.idle);
    case NoGpu: return lengthWords(totals.noGpu);
    case Release: return row.release ? releaseWords(*row.release) : format::absent();
    default: return {};
    }
}

QVariant SpendingModel::sortValue(const Row &row, int column)
{
    const core::cost::Totals &totals = row.line.totals;
    switch (column) {
    case Name: return row.line.name;
    case Cost: return mostOf(totals.cost);
    case Wasted: return mostOf(totals.wasted);
    case Running: return totals.running;
    case Idle: return totals.idle;
    case NoGpu: return totals.noGpu;
    case Release: return row.release ? QVariant(row.release->remaining) : QVariant();
    default: return {};
    }
}

QVariant SpendingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (index.column() == Name ? Qt::AlignLeft : Qt::AlignRight));
    if (role == sortRole)
        return sortValue(row, index.column());
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    return {};
}

QVariant SpendingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Name ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Wasted: return tr("Cost of the time with the GPU under 5 %");
        case Idle: return tr("GPU under 5 %; one of several GPUs counts in part");
        case Release: return tr("Counted from when Danlu last saw it on, so it may be later");
        default: return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return m_kind == Kind::Cards ? tr("Card") : tr("Instance");
    case Cost: return tr("Cost");
    //: Money that was paid while the GPU did nothing
    case Wasted: return tr("Wasted");
    case Running: return tr("Running");
    //: How long the GPU did nothing
    case Idle: return tr("GPU idle");
    case NoGpu: return tr("Without GPU");
    //: When the provider deletes the instance
    case Release: return tr("Released");
    default: return {};
    }
}

} // namespace ui::money
