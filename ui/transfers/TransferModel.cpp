// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/TransferModel.h"

#include "core/fleet/TransferQueue.h"
#include "ui/transfers/TransferWords.h"

#include <algorithm>

namespace ui::transfers {

using core::fleet::QueuedTransfer;
using core::fleet::TransferQueue;

TransferModel::TransferModel(TransferQueue &queue, QObject *parent)
    : QAbstractListModel(parent)
    , m_queue(queue)
{
    connect(&queue, &TransferQueue::listChanged, this, &TransferModel::reset);
    connect(&queue, &TransferQueue::changed, this, [this](qint64 id) {
        const QModelIndex changed = indexOf(id);
        if (changed.isValid())
            Q_EMIT dataChanged(changed, changed);
    });
    reset();
}

void TransferModel::reset()
{
    std::vector<qint64> ids;
    for (const auto &one : m_queue.transfers()) {
        if (m_instance.isEmpty() || one->instanceId == m_instance)
            ids.push_back(one->id);
    }
    if (ids == m_ids) {
        retranslate();
        return;
    }
    const bool isSameSet = std::is_permutation(ids.begin(), ids.end(), m_ids.begin(), m_ids.end());
    if (isSameSet) {
        // The selection goes with its rows.
        Q_EMIT layoutAboutToBeChanged();
        const QModelIndexList before = persistentIndexList();
        QModelIndexList after;
        for (const QModelIndex &one : before) {
            const qint64 id = m_ids[std::size_t(one.row())];
            after.append(index(int(std::find(ids.begin(), ids.end(), id) - ids.begin())));
        }
        m_ids = std::move(ids);
        changePersistentIndexList(before, after);
        Q_EMIT layoutChanged();
        return;
    }
    for (int row = int(m_ids.size()) - 1; row >= 0; --row) {
        if (std::find(ids.begin(), ids.end(), m_ids[std::size_t(row)]) == ids.end()) {
            beginRemoveRows({}, row, row);
            m_ids.erase(m_ids.begin() + row);
            endRemoveRows();
        }
    }
    for (std::size_t row = 0; row < ids.size(); ++row) {
        if (std::find(m_ids.begin(), m_ids.end(), ids[row]) != m_ids.end())
            continue;
        const auto to = std::ptrdiff_t(std::min(row, m_ids.size()));
        beginInsertRows({}, int(to), int(to));
        m_ids.insert(m_ids.begin() + to, ids[row]);
        endInsertRows();
    }
    if (m_ids != ids)
        reset(); // the order is left
}

void TransferModel::setInstance(const QString &id)
{
    m_instance = id;
    reset();
}

Qt::ItemFlags TransferModel::flags(const QModelIndex &index) const
{
    const QueuedTransfer *transfer = at(index);
    if (!transfer)
        return Qt::ItemIsDropEnabled; // between two rows
    const Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    return core::history::hasEnded(transfer->status) ? flags : flags | Qt::ItemIsDragEnabled;
}

Qt::DropActions TransferModel::supportedDropActions() const
{
    return Qt::MoveAction;
}

/// The queue moves them, and tells it.
bool TransferModel::moveRows(const QModelIndex &, int row, int count, const QModelIndex &,
                             int destination)
{
    if (row < 0 || count < 1 || row + count > rowCount())
        return false;
    const std::vector<qint64> moved(m_ids.begin() + row, m_ids.begin() + row + count);
    m_queue.moveBefore(moved, destination < rowCount() ? m_ids[std::size_t(destination)] : 0);
    return true;
}

void TransferModel::retranslate()
{
    if (!m_ids.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

const QueuedTransfer *TransferModel::at(const QModelIndex &index) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_ids.size())
        return nullptr;
    return m_queue.find(m_ids[std::size_t(index.row())]);
}

QModelIndex TransferModel::indexOf(qint64 id) const
{
    const auto found = std::find(m_ids.begin(), m_ids.end(), id);
    return found == m_ids.end() ? QModelIndex() : index(int(found - m_ids.begin()));
}

int TransferModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_ids.size());
}

QVariant TransferModel::data(const QModelIndex &index, int role) const
{
    const QueuedTransfer *transfer = at(index);
    if (!transfer)
        return {};
    switch (role) {
    case Qt::DisplayRole: return titleWords(*transfer);
    case Qt::AccessibleTextRole:
        return QStringList{titleWords(*transfer), stateWords(*transfer).text,
                           figureWords(*transfer)}
            .join(QStringLiteral(", "));
    case Qt::ToolTipRole:
        // As rich text, so that a name which looks like it is not taken for it.
        return QStringLiteral("<span>%1</span>").arg(routeWords(*transfer).toHtmlEscaped());
    case IdRole: return transfer->id;
    default: return {};
    }
}

} // namespace ui::transfers
