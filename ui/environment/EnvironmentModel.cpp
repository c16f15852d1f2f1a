// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/EnvironmentModel.h"

#include "ui/common/Format.h"
#include "ui/common/TableView.h"
#include "ui/environment/EnvironmentWords.h"

namespace ui::environment {

namespace {

QString cellText(const EnvironmentRow &row, int column)
{
    switch (column) {
    case EnvironmentModel::Name: return titleOf(row.environment);
    case EnvironmentModel::Python: return row.environment.version.value_or(format::absent());
    case EnvironmentModel::PyTorch:
        return row.environment.torch ? row.environment.torch->version : format::absent();
    case EnvironmentModel::Cuda: return row.fit.cuda ? row.fit.cuda->text() : format::absent();
    case EnvironmentModel::Size:
        return format::bytes(row.bytes ? std::optional(double(*row.bytes)) : std::nullopt);
    case EnvironmentModel::Verdict: return fitText(row.fit);
    default: return {};
    }
}

} // namespace

void EnvironmentModel::setRows(std::vector<EnvironmentRow> rows)
{
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void EnvironmentModel::setSize(const QByteArray &path, std::optional<qint64> bytes)
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].environment.path != path)
            continue;
        m_rows[i].bytes = bytes;
        m_rows[i].isMeasured = true;
        const QModelIndex cell = index(int(i), Size);
        Q_EMIT dataChanged(cell, cell);
    }
}

void EnvironmentModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int EnvironmentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int EnvironmentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant EnvironmentModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const EnvironmentRow &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return cellText(row, index.column());
    case sortRole:
        if (index.column() == Size)
            return row.bytes ? QVariant(*row.bytes) : QVariant();
        return cellText(row, index.column());
    case Qt::DecorationRole:
        return index.column() == Verdict ? QVariant(fitIcon(row.fit.fit)) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() == Size ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        return index.column() == Verdict ? fitReason(row.fit, row.environment)
                                         : QString::fromUtf8(row.environment.path);
    default: return {};
    }
}

QVariant EnvironmentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Size ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == Size)
        return tr("Files that conda shares between environments count in each");
    if (role == Qt::ToolTipRole && section == Verdict)
        return tr("Whether its PyTorch can compute on the instance's card");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Environment");
    case Python: return QStringLiteral("Python");
    case PyTorch: return QStringLiteral("PyTorch");
    case Cuda: return QStringLiteral("CUDA");
    case Size: return tr("Size");
    case Verdict: return tr("On this card");
    default: return {};
    }
}

} // namespace ui::environment
