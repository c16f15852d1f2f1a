// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/KeyFolder.h"

#include <QAbstractTableModel>

#include <vector>

namespace ui::keys {

/// A key as somebody else holds it: an agent, an instance.
struct PublicKeyRow
{
    core::keys::PublicKey key;
    QString ours;    ///< path of the key file of this computer that it belongs to; "" = none
    QString options; ///< before the key, in authorized_keys
    /// Whether Danlu signs in with it where it was found.
    enum class Use { None, Signs, MaySign } use = Use::None;

    bool operator==(const PublicKeyRow &) const = default;
};

/// "RSA 3072", "ED25519"; a dash where it is not known.
[[nodiscard]] QString typeText(const core::keys::PublicKey &key);
/// The path among \a own of the key file that has \a key; "" = none.
[[nodiscard]] QString pathOf(const core::keys::PublicKey &key,
                             const std::vector<core::keys::KeyEntry> &own);

class PublicKeyModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Type, Use, Comment, Fingerprint, Options, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<PublicKeyRow> rows);
    [[nodiscard]] const std::vector<PublicKeyRow> &rows() const { return m_rows; }
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<PublicKeyRow> m_rows;
};

} // namespace ui::keys
