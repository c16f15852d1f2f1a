// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/KeyModel.h"

#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/TableView.h"
#include "ui/keys/PublicKeyModel.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace ui::keys {

using core::keys::KeyEntry;
using core::keys::KeyProblem;

QString problemText(const KeyEntry &key)
{
    switch (key.problem) {
    case KeyProblem::None: return {};
    case KeyProblem::TooOpen:
        return KeyModel::tr("Other users of this computer can read it, so ssh refuses it.");
    case KeyProblem::Unreadable: return KeyModel::tr("You may not read this file.");
    case KeyProblem::Unsupported: return KeyModel::tr("Danlu can't sign in with this kind of key.");
    case KeyProblem::Broken: return KeyModel::tr("The file is damaged.");
    }
    return {};
}

namespace {

QString timeText(const QDateTime &time)
{
    if (!time.isValid())
        return format::absent();
    const QDate date = time.toLocalTime().date();
    if (date.year() != QDate::currentDate().year())
        return QLocale().toString(date, QLocale::ShortFormat);
    return format::dateTime(std::chrono::system_clock::from_time_t(time.toSecsSinceEpoch()));
}

QString displayText(const KeyEntry &key, int column, const QStringList &users,
                    const QDateTime &used)
{
    switch (column) {
    case KeyModel::Name: return QFileInfo(key.path).fileName();
    case KeyModel::Type: return key.publicKey ? typeText(*key.publicKey) : format::absent();
    case KeyModel::Fingerprint:
        return key.publicKey ? key.publicKey->fingerprint() : format::absent();
    case KeyModel::Comment:
        return key.publicKey ? QString::fromUtf8(key.publicKey->comment) : QString();
    case KeyModel::Protection:
        //: Whether a key file is protected by a passphrase
        return key.encrypted ? KeyModel::tr("Passphrase") : KeyModel::tr("None");
    case KeyModel::LastUsed: return timeText(used);
    case KeyModel::UsedBy: return QLocale().createSeparatedList(users);
    default: return {};
    }
}

} // namespace

void KeyModel::setKeys(std::vector<KeyEntry> keys)
{
    if (keys == m_keys)
        return;
    beginResetModel();
    m_keys = std::move(keys);
    endResetModel();
}

void KeyModel::setUsers(const QHash<QString, QStringList> &users)
{
    if (users == m_users)
        return;
    m_users = users;
    if (!m_keys.empty())
        Q_EMIT dataChanged(index(0, UsedBy), index(rowCount() - 1, UsedBy));
}

void KeyModel::setUses(const QHash<QString, QDateTime> &uses)
{
    if (uses == m_uses)
        return;
    m_uses = uses;
    if (!m_keys.empty())
        Q_EMIT dataChanged(index(0, LastUsed), index(rowCount() - 1, LastUsed));
}

int KeyModel::rowOf(const QString &path) const
{
    const auto found = std::find_if(m_keys.begin(), m_keys.end(),
                                    [&](const KeyEntry &key) { return key.path == path; });
    return found == m_keys.end() ? -1 : int(found - m_keys.begin());
}

void KeyModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_keys.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int KeyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_keys.size());
}

int KeyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KeyModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const KeyEntry &key = m_keys[std::size_t(index.row())];
    switch (role) {
    case sortRole:
        if (index.column() == LastUsed)
            return m_uses.contains(key.path) ? m_uses.value(key.path) : QVariant();
        [[fallthrough]];
    case Qt::DisplayRole:
        return displayText(key, index.column(), usersOf(key.path), m_uses.value(key.path));
    case Qt::ToolTipRole: {
        if (index.column() == LastUsed)
            return m_uses.contains(key.path)
                       ? QLocale().toString(m_uses.value(key.path).toLocalTime())
                       : tr("Danlu has not signed in with it yet");
        const QString problem = problemText(key);
        const QString path = QDir::toNativeSeparators(key.path);
        return problem.isEmpty() ? path : path + u'\n' + problem;
    }
    case Qt::DecorationRole:
        if (index.column() == Name)
            return key.problem == KeyProblem::None ? icon(Icon::Key, IconTone::Secondary)
                                                   : icon(Icon::Warning, IconTone::Warn);
        return {};
    default: return {};
    }
}

QVariant KeyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Name");
    case Type: return tr("Type");
    case Fingerprint: return tr("Fingerprint");
    case Comment: return tr("Comment");
    case Protection: return tr("Protected by");
    case UsedBy: return tr("Used by");
    case LastUsed: return tr("Last used");
    default: return {};
    }
}

} // namespace ui::keys
