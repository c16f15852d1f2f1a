// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/FileModel.h"

#include "core/transfer/FileNames.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/ToolTip.h"

#include <QMutex>
#include <QThreadPool>

#include <algorithm>

namespace ui::files {

using namespace std::chrono_literals;
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

/// What both threads see.
struct FileModel::Line
{
    QMutex mutex;
    FileModel *model = nullptr;
};

struct FileModel::Job
{
    std::atomic<bool> abandoned = false;
};

FileModel::FileModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_line(std::make_shared<Line>())
{
    m_line->model = this;
    m_now = arrange({}, false);
    m_pause.setSingleShot(true);
    m_pause.setInterval(150ms);
    connect(&m_pause, &QTimer::timeout, this, &FileModel::request);
}

FileModel::~FileModel()
{
    forget();
    const QMutexLocker locker(&m_line->mutex);
    m_line->model = nullptr;
}

bool FileModel::mayBeDirectory(const RemoteEntry &entry)
{
    return entry.type == Type::Directory ||
           (entry.type == Type::Link && entry.leadsTo.value_or(Type::Directory) == Type::Directory);
}

void FileModel::clear()
{
    setEntries({});
}

void FileModel::setEntries(std::vector<RemoteEntry> entries, bool isSame)
{
    if (isSame) {
        // A folder that has changed since it was counted holds something else now.
        for (const RemoteEntry &entry :
             m_measured.isEmpty() ? std::vector<RemoteEntry>() : entries) {
            const int number = m_now.rows->numbers.value(entry.name, -1);
            if (number < 0 || m_now.rows->rows[std::size_t(number)].entry.mtime != entry.mtime)
                m_measured.remove(entry.name);
        }
    } else {
        m_measured.clear();
        forget();
        FileWish first = wish();
        first.before = nullptr;
        first.sorted = nullptr;
        const auto end = entries.begin() + std::ptrdiff_t(std::min(entries.size(), shortList));
        first.entries = std::make_shared<const std::vector<RemoteEntry>>(entries.begin(), end);
        take(arrange(first, false));
        if (entries.size() <= shortList)
            return;
    }
    m_coming = std::make_shared<const std::vector<RemoteEntry>>(std::move(entries));
    request();
}

void FileModel::setEntriesSoFar(const std::vector<RemoteEntry> &entries, bool isSame)
{
    if (!isSame || (!isBusy() && entries.size() >= 2 * std::size_t(totalCount())))
        setEntries(entries, isSame);
}

void FileModel::setHiddenShown(bool shown)
{
    if (m_showsHidden == shown)
        return;
    m_showsHidden = shown;
    request();
}

void FileModel::setFilter(const QString &text)
{
    if (m_filter == text)
        return;
    m_filter = text;
    if (std::size_t(totalCount()) > shortList)
        m_pause.start();
    else
        request();
}

void FileModel::setMeasured(const QByteArray &name, qint64 bytes)
{
    m_measured.insert(name, bytes);
    if (const int at = rowOf(name); at >= 0)
        Q_EMIT dataChanged(index(at, Size), index(at, Size));
}

void FileModel::sort(int column, Qt::SortOrder order)
{
    m_column = column;
    m_sortOrder = order;
    m_sortsAnew = true;
    request();
}

FileWish FileModel::wish() const
{
    FileWish wish;
    wish.before = m_now.rows;
    wish.sorted = m_sortsAnew ? nullptr : m_now.sorted;
    wish.entries = m_coming;
    wish.measured = m_measured;
    wish.filter = m_filter;
    wish.column = FileColumn(m_column);
    wish.order = m_sortOrder;
    wish.showsHidden = m_showsHidden || m_areResults;
    return wish;
}

/// What is under way is no longer wanted.
void FileModel::forget()
{
    m_pause.stop();
    m_coming = nullptr;
    if (m_job)
        m_job->abandoned = true;
    m_job = nullptr;
}

/// Arranges anew, with what has come and what is wanted now.
void FileModel::request()
{
    m_pause.stop();
    if (m_job)
        m_job->abandoned = true;
    m_job = nullptr;
    if ((m_coming ? m_coming->size() : std::size_t(totalCount())) <= shortList) {
        take(arrange(wish(), false));
        return;
    }
    m_job = std::make_shared<Job>();
    QThreadPool::globalInstance()->start([line = m_line, job = m_job, wanted = wish()] {
        const auto order = std::make_shared<FileOrder>(arrange(wanted, job->abandoned));
        const QMutexLocker locker(&line->mutex);
        if (!line->model || job->abandoned)
            return;
        QMetaObject::invokeMethod(
            line->model,
            [model = line->model, job, order] {
                if (model->m_job == job)
                    model->take(std::move(*order));
            },
            Qt::QueuedConnection);
    });
}

void FileModel::take(FileOrder order)
{
    m_job = nullptr;
    m_coming = nullptr;
    m_sortsAnew = false;
    beginResetModel();
    m_before = std::exchange(m_now, std::move(order));
    endResetModel();
    // Taking 100,000 names apart takes longer than a frame.
    if (m_before.rows != m_now.rows && m_before.rows && m_before.rows->rows.size() > shortList)
        QThreadPool::globalInstance()->start([old = std::exchange(m_before.rows, nullptr)] {});
    m_before = {};
}

const FileRows::Row &FileModel::row(int at) const
{
    return m_now.rows->rows[std::size_t(m_now.shown[std::size_t(at)])];
}

const RemoteEntry &FileModel::entry(int row) const
{
    return this->row(row).entry;
}

int FileModel::rowOf(const QByteArray &name) const
{
    const int number = m_now.rows->numbers.value(name, -1);
    return number < 0 ? -1 : m_now.rowOf[std::size_t(number)];
}

int FileModel::rowAfter(int before) const
{
    if (before < 0 || std::size_t(before) >= m_before.shown.size())
        return -1;
    int number = m_before.shown[std::size_t(before)];
    if (m_before.rows != m_now.rows)
        number = std::size_t(number) < m_now.moved.size() ? m_now.moved[std::size_t(number)] : -1;
    return number < 0 ? -1 : m_now.rowOf[std::size_t(number)];
}

int FileModel::rowStartingWith(const QString &text, int from) const
{
    const int count = rowCount();
    for (int i = 0; i < count; ++i) {
        const int at = (std::max(from, 0) + i) % count;
        if (row(at).shown.startsWith(text, Qt::CaseInsensitive))
            return at;
    }
    return -1;
}

void FileModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_now.shown.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int FileModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_now.shown.size());
}

int FileModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString FileModel::text(const FileRows::Row &row, int column) const
{
    switch (column) {
    case Name:
        return row.entry.link ? row.shown + QStringLiteral(" → ") + shownName(*row.entry.link)
                              : row.shown;
    case Size:
        return row.entry.type == Type::Directory && !m_measured.contains(row.entry.name)
                   ? QString()
                   : format::bytes(fileSize(row.entry, m_measured));
    case Modified: return timeWords(row.entry);
    case Permissions: return modeWords(row.entry);
    default: return {};
    }
}

QVariant FileModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const FileRows::Row &row = this->row(index.row());
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::EditRole: return index.column() == Name ? row.shown : QVariant();
    case Qt::ToolTipRole:
        return index.column() == Name ? plainToolTip(text(row, Name)) : QVariant();
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
    if (to == from)
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

/// FileTable itself says where a drop goes. Asked for every selected row by a header: no entry is
/// looked at.
Qt::ItemFlags FileModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    flags |= Qt::ItemIsDragEnabled;
    if (index.column() == Name && !m_areResults)
        flags |= Qt::ItemIsEditable;
    return flags;
}

} // namespace ui::files
