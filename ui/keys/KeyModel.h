// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/KeyFolder.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QStringList>

#include <vector>

namespace ui::keys {

/// The key files of this computer, a row each.
class KeyModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Type, UsedBy, LastUsed, Protection, Comment, Fingerprint, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setKeys(std::vector<core::keys::KeyEntry> keys);
    /// Names of the instances that sign in with it, by absolute path.
    void setUsers(const QHash<QString, QStringList> &users);
    /// When it last signed in, by absolute path.
    void setUses(const QHash<QString, QDateTime> &uses);
    [[nodiscard]] const std::vector<core::keys::KeyEntry> &keys() const { return m_keys; }
    [[nodiscard]] QStringList usersOf(const QString &path) const { return m_users.value(path); }
    /// -1 = not there.
    [[nodiscard]] int rowOf(const QString &path) const;
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<core::keys::KeyEntry> m_keys;
    QHash<QString, QStringList> m_users;
    QHash<QString, QDateTime> m_uses;
};

/// For people: why it can't be used, "" when it can.
[[nodiscard]] QString problemText(const core::keys::KeyEntry &key);

} // namespace ui::keys
