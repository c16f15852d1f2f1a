// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/FileModel.h"

#include "core/transfer/FileNames.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"

#include <QRegularExpression>

#include <algorithm>

namespace ui::files {

using core::ssh::RemoteEntry;
using core::transfer::shownName;
using Type = RemoteEntry::Type;

namespace {

QString modeWords(const RemoteEntry &entry)
{
    if (!entry.mode)
        return format::absent();
    QString words;
    for (int shift = 6; shift >= 0; shift -= 3) {
        const quint32 bits = *entry.mode >> shift;
        words += QLatin1Char(bits & 4 ? 'r' : '-');
        words += QLatin1Char(bits & 2 ? 'w' : '-');
        words += QLatin1Char(bits & 1 ? 'x' : '-');
    }
    return words;
}

QString timeWords(const RemoteEntry &entry)
{
    if (!entry.mtime)
        return format::absent();
    return format::dateTime(
        std::chrono::system_clock::time_point(std::chrono::seconds(*entry.mtime)));
}

} // namespace

FileModel::FileModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    // The C locale compares bytes, not as people count.
    if (m_collator.locale() == QLocale::c())
        m_collator.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
}

bool FileModel::mayBeDirectory(const RemoteEntry &entry)
{
    return entry.type == Type::Directory || entry.type == Type::Link;
}

void FileModel::clear()
{
    setEntries({});
}

void FileModel::setEntries(const std::vector<RemoteEntry> &entries)
{
    beginResetModel();
    m_rows.clear();
    m_rows.reserve(entries.size());
    for (const RemoteEntry &entry : entries) {
        QString shown = shownName(entry.name);
        QCollatorSortKey key = m_collator.sortKey(shown);
        m_rows.push_back({entry, std::move(shown), std::move(key)});
    }
    rebuild();
    endResetModel();
}

void FileModel::setHiddenShown(bool shown)
{
    if (m_showsHidden == shown)
        return;
    beginResetModel();
    m_showsHidden = shown;
    rebuild();
    endResetModel();
}

void FileModel::setFilter(const QString &text)
{
    if (m_filter == text)
        return;
    beginResetModel();
    m_filter = text;
    rebuild();
    endResetModel();
}

void FileModel::setMeasured(const QByteArray &name, qint64 bytes)
{
    for (Row &row : m_rows) {
        if (row.entry.name == name)
            row.measured = bytes;
    }
    if (const int row = rowOf(name); row >= 0)
        Q_EMIT dataChanged(index(row, Size), index(row, Size));
}

void FileModel::rebuild()
{
    m_order.clear();
    m_hidden = 0;
    QRegularExpression glob;
    const bool isGlob = m_filter.contains(u'*') || m_filter.contains(u'?');
    if (isGlob)
        glob = QRegularExpression(QRegularExpression::wildcardToRegularExpression(m_filter),
                                  QRegularExpression::CaseInsensitiveOption);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        if (!m_showsHidden && row.entry.name.startsWith('.')) {
            ++m_hidden;
            continue;
        }
        const bool fits = isGlob ? glob.match(row.shown).hasMatch()
                                 : row.shown.contains(m_filter, Qt::CaseInsensitive);
        if (fits)
            m_order.push_back(int(i));
    }
    std::stable_sort(m_order.begin(), m_order.end(), [this](int a, int b) {
        return less(m_rows[std::size_t(a)], m_rows[std::size_t(b)]);
    });
}

std::optional<double> FileModel::sizeOf(const Row &row)
{
    if (row.measured >= 0)
        return double(row.measured);
    if (row.entry.type == Type::File && row.entry.size)
        return double(*row.entry.size);
    return std::nullopt;
}

bool FileModel::less(const Row &a, const Row &b) const
{
    const bool directoryA = a.entry.type == Type::Directory;
    const bool directoryB = b.entry.type == Type::Directory;
    if (directoryA != directoryB)
        return directoryA;
    const auto compare = [this](const auto &x, const auto &y) -> int {
        const int way = x < y ? -1 : y < x ? 1 : 0;
        return m_sortOrder == Qt::AscendingOrder ? way : -way;
    };
    int way = 0;
    switch (m_column) {
    case Size: {
        const auto sizeA = sizeOf(a);
        const auto sizeB = sizeOf(b);
        if (sizeA.has_value() != sizeB.has_value())
            return sizeA.has_value(); // unknown ones come last
        way = compare(sizeA, sizeB);
        break;
    }
    case Modified: way = compare(a.entry.mtime, b.entry.mtime); break;
    case Permissions: way = compare(a.entry.mode, b.entry.mode); break;
    default: way = compare(a.key.compare(b.key), 0); break;
    }
    return way != 0 ? way < 0 : a.key.compare(b.key) < 0;
}

void FileModel::sort(int column, Qt::SortOrder order)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<int> ids;
    ids.reserve(std::size_t(before.size()));
    for (const QModelIndex &index : before)
        ids.push_back(m_order[std::size_t(index.row())]);
    m_column = column;
    m_sortOrder = order;
    rebuild();
    std::vector<int> rowOfId(m_rows.size(), -1);
    for (std::size_t row = 0; row < m_order.size(); ++row)
        rowOfId[std::size_t(m_order[row])] = int(row);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after.append(index(rowOfId[std::size_t(ids[std::size_t(i)])], before[i].column()));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

const RemoteEntry &FileModel::entry(int row) const
{
    return m_rows[std::size_t(m_order[std::size_t(row)])].entry;
}

int FileModel::rowOf(const QByteArray &name) const
{
    const auto at = std::find_if(m_order.begin(), m_order.end(), [&](int number) {
        return m_rows[std::size_t(number)].entry.name == name;
    });
    return at == m_order.end() ? -1 : int(at - m_order.begin());
}

void FileModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_order.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int FileModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_order.size());
}

int FileModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString FileModel::text(const Row &row, int column) const
{
    switch (column) {
    case Name:
        return row.entry.link ? row.shown + QStringLiteral(" → ") + shownName(*row.entry.link)
                              : row.shown;
    case Size:
        return row.entry.type == Type::Directory && row.measured < 0 ? QString()
                                                                     : format::bytes(sizeOf(row));
    case Modified: return timeWords(row.entry);
    case Permissions: return modeWords(row.entry);
    default: return {};
    }
}

QVariant FileModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[std::size_t(m_order[std::size_t(index.row())])];
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::EditRole: return index.column() == Name ? row.shown : QVariant();
    case Qt::ToolTipRole: return index.column() == Name ? text(row, Name) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() == Size ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::DecorationRole:
        if (index.column() != Name)
            return {};
        switch (row.entry.type) {
        case Type::Directory: return icon(Icon::Folder, IconTone::Accent);
        case Type::Link: return icon(Icon::Link, IconTone::Secondary);
        default: return icon(Icon::File, IconTone::Secondary);
        }
    case Qt::AccessibleTextRole:
        if (index.column() == Name && row.entry.type == Type::Directory)
            return tr("%1, folder").arg(row.shown);
        return text(row, index.column());
    default: return {};
    }
}

bool FileModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || index.column() != Name)
        return false;
    const QByteArray from = entry(index.row()).name;
    const QByteArray to = core::transfer::nameFromShown(value.toString());
    if (to == from || !core::transfer::isPlainName(to))
        return false;
    Q_EMIT renameRequested(from, to);
    return true;
}

QVariant FileModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Size ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Name");
    case Size: return tr("Size");
    case Modified: return tr("Modified");
    case Permissions: return tr("Permissions");
    default: return {};
    }
}

Qt::ItemFlags FileModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags | Qt::ItemIsDropEnabled;
    flags |= Qt::ItemIsDragEnabled;
    if (index.column() == Name)
        flags |= Qt::ItemIsEditable;
    if (mayBeDirectory(entry(index.row())))
        flags |= Qt::ItemIsDropEnabled;
    return flags;
}

} // namespace ui::files
