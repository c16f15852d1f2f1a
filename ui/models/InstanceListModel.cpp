// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/InstanceListModel.h"

#include "core/fleet/Fleet.h"
#include "core/fleet/Instance.h"

#include <QMimeData>

#include <algorithm>

namespace ui::models {

using core::fleet::Instance;

namespace {

const QString rowMime = QStringLiteral("application/x-danlu-instance");

} // namespace

InstanceListModel::InstanceListModel(core::fleet::Fleet &fleet, QObject *parent)
    : QAbstractListModel(parent)
    , m_fleet(fleet)
    , m_rows(fleet.instances())
{
    for (Instance *instance : m_rows)
        watch(instance);
    connect(&fleet, &core::fleet::Fleet::added, this, [this](Instance *instance) {
        const auto &all = m_fleet.instances();
        const int row = int(std::find(all.begin(), all.end(), instance) - all.begin());
        beginInsertRows({}, row, row);
        m_rows.insert(m_rows.begin() + row, instance);
        endInsertRows();
        watch(instance);
    });
    connect(&fleet, &core::fleet::Fleet::aboutToRemove, this, [this](Instance *instance) {
        const QModelIndex index = indexOf(instance);
        if (!index.isValid())
            return;
        instance->disconnect(this);
        beginRemoveRows({}, index.row(), index.row());
        m_rows.erase(m_rows.begin() + index.row());
        endRemoveRows();
    });
    connect(&fleet, &core::fleet::Fleet::reordered, this, [this] {
        Q_EMIT layoutAboutToBeChanged();
        const std::vector<Instance *> before = m_rows;
        m_rows = m_fleet.instances();
        QModelIndexList from;
        QModelIndexList to;
        for (int row = 0; row < int(before.size()); ++row) {
            from.append(index(row));
            to.append(indexOf(before[std::size_t(row)]));
        }
        changePersistentIndexList(from, to);
        Q_EMIT layoutChanged();
    });
}

void InstanceListModel::watch(Instance *instance)
{
    const auto changed = [this, instance] { rowChanged(instance); };
    connect(instance, &Instance::stateChanged, this, changed);
    connect(instance, &Instance::sampleArrived, this, changed);
    connect(instance, &Instance::staleChanged, this, changed);
    connect(instance, &Instance::profileChanged, this, changed);
}

void InstanceListModel::rowChanged(const Instance *instance)
{
    const QModelIndex changed = indexOf(instance);
    if (changed.isValid())
        Q_EMIT dataChanged(changed, changed);
}

int InstanceListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

Instance *InstanceListModel::at(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return nullptr;
    return m_rows[std::size_t(index.row())];
}

QModelIndex InstanceListModel::indexOf(const Instance *instance) const
{
    const auto it = std::find(m_rows.begin(), m_rows.end(), instance);
    return it == m_rows.end() ? QModelIndex() : index(int(it - m_rows.begin()));
}

QVariant InstanceListModel::data(const QModelIndex &index, int role) const
{
    Instance *instance = at(index);
    if (!instance)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: return instance->profile().name;
    case InstanceRole: return QVariant::fromValue(static_cast<QObject *>(instance));
    case IdRole: return instance->id();
    default: return {};
    }
}

bool InstanceListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const Instance *instance = at(index);
    const QString name = value.toString().trimmed();
    if (!instance || role != Qt::EditRole || name.isEmpty() || name == instance->profile().name)
        return false;
    Q_EMIT renameRequested(instance->id(), name);
    return true;
}

Qt::ItemFlags InstanceListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled |
           Qt::ItemNeverHasChildren;
}

QStringList InstanceListModel::mimeTypes() const
{
    return {rowMime};
}

QMimeData *InstanceListModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setData(rowMime, indexes.first().data(IdRole).toString().toUtf8());
    return data;
}

bool InstanceListModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int,
                                     const QModelIndex &parent)
{
    if (action != Qt::MoveAction || !data->hasFormat(rowMime))
        return false;
    const QString id = QString::fromUtf8(data->data(rowMime));
    int to = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    const QModelIndex from = indexOf(m_fleet.byId(id));
    if (!from.isValid())
        return false;
    if (from.row() < to)
        --to; // taken out first
    if (from.row() != to)
        Q_EMIT moveRequested(id, to);
    return false; // the store moves it; the view must not remove the row itself
}

} // namespace ui::models
