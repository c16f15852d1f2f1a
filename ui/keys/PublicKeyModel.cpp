// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/PublicKeyModel.h"

#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/TableView.h"
#include "ui/common/ToolTip.h"

#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace ui::keys {

using core::keys::KeyEntry;
using core::keys::KeyType;
using core::keys::PublicKey;

QString typeText(const PublicKey &key)
{
    const KeyType type = key.type();
    const int bits = key.bits();
    // Ed25519 has one size only.
    const QString name = type == KeyType::Unknown ? QString::fromUtf8(key.algorithm)
                                                  : QString(core::keys::keyTypeName(type));
    return bits > 0 && type != KeyType::Ed25519 ? name + u' ' + QString::number(bits) : name;
}

QString pathOf(const PublicKey &key, const std::vector<KeyEntry> &own)
{
    const auto found = std::find_if(own.begin(), own.end(), [&](const KeyEntry &entry) {
        return entry.publicKey && entry.publicKey->isSameKey(key);
    });
    return found == own.end() ? QString() : found->path;
}

void PublicKeyModel::setRows(std::vector<PublicKeyRow> rows)
{
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void PublicKeyModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int PublicKeyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PublicKeyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

namespace {

QString useText(PublicKeyRow::Use use)
{
    switch (use) {
    case PublicKeyRow::Use::None: break;
    case PublicKeyRow::Use::Signs: return PublicKeyModel::tr("Danlu signs in with it");
    case PublicKeyRow::Use::MaySign: return PublicKeyModel::tr("Danlu may sign in with it");
    }
    return {};
}

QString displayText(const PublicKeyRow &row, int column)
{
    switch (column) {
    case PublicKeyModel::Name:
        return row.ours.isEmpty() ? PublicKeyModel::tr("Not on this computer")
                                  : QFileInfo(row.ours).fileName();
    case PublicKeyModel::Type: return typeText(row.key);
    case PublicKeyModel::Use: return useText(row.use);
    case PublicKeyModel::Comment: return QString::fromUtf8(row.key.comment);
    case PublicKeyModel::Fingerprint: return row.key.fingerprint();
    case PublicKeyModel::Options: return row.options;
    default: return {};
    }
}

} // namespace

QVariant PublicKeyModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const PublicKeyRow &row = m_rows[std::size_t(index.row())];
    const bool isName = index.column() == Name;
    switch (role) {
    case Qt::DisplayRole: return displayText(row, index.column());
    case sortRole:
        // Those of this computer first; what is empty last.
        if (isName && row.ours.isEmpty())
            return {};
        return displayText(row, index.column());
    case Qt::ToolTipRole:
        return isName && !row.ours.isEmpty() ? QDir::toNativeSeparators(row.ours)
                                             : plainToolTip(displayText(row, index.column()));
    case Qt::DecorationRole:
        if (isName)
            return icon(Icon::Key, row.ours.isEmpty() ? IconTone::Hint : IconTone::Accent);
        return {};
    case Qt::ForegroundRole:
        if (isName && row.ours.isEmpty())
            return QGuiApplication::palette().placeholderText();
        return {};
    default: return {};
    }
}

QVariant PublicKeyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    //: Column: the key file of this computer
    case Name: return tr("Key");
    case Type: return tr("Type");
    //: Column: what Danlu does with the key
    case Use: return tr("Use");
    case Comment: return tr("Comment");
    case Fingerprint: return tr("Fingerprint");
    //: Column: what stands before the key in authorized_keys
    case Options: return tr("Options");
    default: return {};
    }
}

} // namespace ui::keys
