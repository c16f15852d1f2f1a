// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/files/FileOrder.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace ui::files {

/// A remote directory, or what a search found below it. Sorts and filters by itself, directories
/// first: a proxy would ask for each value through QVariant, which takes seconds with 100,000
/// names. A short list is arranged at once, a long one in another thread; until that has ended the
/// rows are as they were. Every new arrangement is a reset; rowAfter() tells where rows went.
class FileModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Size, Modified, Permissions, ColumnCount };
    /// Entries that are arranged at once, in a few milliseconds.
    static constexpr std::size_t shortList = 2000;

    explicit FileModel(QObject *parent = nullptr);
    ~FileModel() override;

    void clear();
    /// \a isSame: of the directory that is shown already, so that rowAfter() knows them. Else the
    /// old rows are gone when it returns, and the first of a long list are there.
    void setEntries(std::vector<core::ssh::RemoteEntry> entries, bool isSame = false);
    /// While a directory is read: shows what came so far, each time it has doubled.
    void setEntriesSoFar(const std::vector<core::ssh::RemoteEntry> &entries, bool isSame);
    /// Names that start with a dot.
    void setHiddenShown(bool shown);
    [[nodiscard]] bool isHiddenShown() const { return m_showsHidden; }
    /// Only names that hold \a text, in whatever case; "*" and "?" make it a glob. A long list
    /// waits for a pause in the typing.
    void setFilter(const QString &text);
    [[nodiscard]] const QString &filter() const { return m_filter; }
    /// A directory's size that was counted.
    void setMeasured(const QByteArray &name, qint64 bytes);
    /// The names are paths below the directory: shown whatever they start with, not edited.
    void setResults(bool areResults) { m_areResults = areResults; }
    [[nodiscard]] bool areResults() const { return m_areResults; }

    [[nodiscard]] const core::ssh::RemoteEntry &entry(int row) const;
    [[nodiscard]] int rowOf(const QByteArray &name) const; ///< -1 = not shown
    /// During modelReset(): where the row \a before is now; -1 = gone or not shown.
    [[nodiscard]] int rowAfter(int before) const;
    /// The next row from \a from on, going round, whose name begins with \a text; -1 = none.
    [[nodiscard]] int rowStartingWith(const QString &text, int from) const;
    [[nodiscard]] int hiddenCount() const { return m_now.hidden; }
    [[nodiscard]] int totalCount() const { return m_now.rows ? int(m_now.rows->rows.size()) : 0; }
    /// A newer arrangement is on its way.
    [[nodiscard]] bool isBusy() const { return m_job || m_pause.isActive(); }
    /// A directory, or a link whose end nobody knows.
    [[nodiscard]] static bool mayBeDirectory(const core::ssh::RemoteEntry &entry);

    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    /// The name was edited in place. \a to: as it was typed, also what no file can be called.
    void renameRequested(const QByteArray &from, const QByteArray &to);

private:
    struct Line;
    struct Job;

    void request();
    void forget();
    [[nodiscard]] FileWish wish() const;
    void take(FileOrder order);
    [[nodiscard]] const FileRows::Row &row(int at) const;
    [[nodiscard]] QString text(const FileRows::Row &row, int column) const;

    FileOrder m_now;
    FileOrder m_before;                                                  ///< only during a reset
    std::shared_ptr<const std::vector<core::ssh::RemoteEntry>> m_coming; ///< not arranged yet
    bool m_sortsAnew = false; ///< the order of m_now is not the one that is wanted
    QHash<QByteArray, qint64> m_measured;
    QString m_filter;
    int m_column = Name;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_showsHidden = false;
    bool m_areResults = false;
    QTimer m_pause;               ///< in the typing
    std::shared_ptr<Job> m_job;   ///< the last that was started, while it runs
    std::shared_ptr<Line> m_line; ///< for the other thread to come back
};

} // namespace ui::files
