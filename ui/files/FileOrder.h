// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"

#include <QCollator>
#include <QHash>

#include <atomic>
#include <memory>
#include <vector>

namespace ui::files {

/// Names as people sort them: whatever their case, numbers by value.
[[nodiscard]] QCollator nameCollator();

/// What a directory holds, with what sorting takes. Never changed once made: threads share it.
struct FileRows
{
    struct Row
    {
        core::ssh::RemoteEntry entry;
        QString shown;
        QCollatorSortKey key;
    };

    std::vector<Row> rows;          ///< in the server's order; a row's place here is its number
    std::vector<int> rank;          ///< by number: the place among all names as people sort them
    QHash<QByteArray, int> numbers; ///< by name
};

enum class FileColumn { Name, Size, Modified, Permissions };

/// What is to be shown, and what is there already.
struct FileWish
{
    std::shared_ptr<const FileRows> before; ///< what was shown until now
    /// Of before in this very order; null when the order is another.
    std::shared_ptr<const std::vector<int>> sorted;
    /// Absent = before's. Rows that are in both keep their keys.
    std::shared_ptr<const std::vector<core::ssh::RemoteEntry>> entries;
    QHash<QByteArray, qint64> measured; ///< sizes of directories, by name
    QString filter; ///< a part of the name in whatever case; with '*' or '?' a glob
    FileColumn column = FileColumn::Name;
    Qt::SortOrder order = Qt::AscendingOrder;
    bool showsHidden = false;
};

/// The rows in their order. A row is the place in the view, a number the place in FileRows.
struct FileOrder
{
    std::shared_ptr<const FileRows> rows;
    std::shared_ptr<const std::vector<int>> sorted; ///< all numbers
    std::vector<int> shown;                         ///< numbers by row
    std::vector<int> rowOf;                         ///< rows by number; -1 = not shown
    /// Where the wish's before had other rows: new numbers by its numbers, -1 = gone.
    std::vector<int> moved;
    int hidden = 0;
};

/// Any thread; some 100 ms for 100,000 new names. \a abandoned: when set, ends early with anything.
[[nodiscard]] FileOrder arrange(const FileWish &wish, const std::atomic<bool> &abandoned);

/// Bytes; a directory's when they were counted.
[[nodiscard]] std::optional<double> fileSize(const core::ssh::RemoteEntry &entry,
                                             const QHash<QByteArray, qint64> &measured);

} // namespace ui::files
