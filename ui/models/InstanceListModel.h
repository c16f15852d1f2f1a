// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

namespace core::fleet {
class Fleet;
class Instance;
} // namespace core::fleet

namespace ui::models {

/// The fleet as a list, in its order. Rows change at most once a second each.
class InstanceListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        InstanceRole = Qt::UserRole + 1, ///< core::fleet::Instance *
        IdRole
    };

    explicit InstanceListModel(core::fleet::Fleet &fleet, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

    [[nodiscard]] core::fleet::Instance *at(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const core::fleet::Instance *instance) const;

Q_SIGNALS:
    /// The list asks its owner, who has the profile store.
    void renameRequested(const QString &id, const QString &name);
    void moveRequested(const QString &id, int to);

private:
    void watch(core::fleet::Instance *instance);
    void rowChanged(const core::fleet::Instance *instance);

    core::fleet::Fleet &m_fleet;
    std::vector<core::fleet::Instance *> m_rows;
};

} // namespace ui::models
