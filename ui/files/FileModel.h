// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"

#include <QAbstractTableModel>
#include <QCollator>

#include <vector>

namespace ui::files {

/// A remote directory. Sorts and filters by itself, directories first: a proxy would ask for each
/// value through QVariant, which takes seconds with 100,000 names.
class FileModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Size, Modified, Permissions, ColumnCount };

    explicit FileModel(QObject *parent = nullptr);

    void clear();
    void setEntries(const std::vector<core::ssh::RemoteEntry> &entries);
    /// Names that start with a dot.
    void setHiddenShown(bool shown);
    [[nodiscard]] bool isHiddenShown() const { return m_showsHidden; }
    /// Only names that hold \a text, in whatever case; "*" and "?" make it a glob.
    void setFilter(const QString &text);
    /// A directory's size that was counted.
    void setMeasured(const QByteArray &name, qint64 bytes);

    [[nodiscard]] const core::ssh::RemoteEntry &entry(int row) const;
    [[nodiscard]] int rowOf(const QByteArray &name) const; ///< -1 = not shown
    [[nodiscard]] int hiddenCount() const { return m_hidden; }
    [[nodiscard]] int totalCount() const { return int(m_rows.size()); }
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
    /// The name was edited in place.
    void renameRequested(const QByteArray &from, const QByteArray &to);

private:
    struct Row
    {
        core::ssh::RemoteEntry entry;
        QString shown;
        QCollatorSortKey key;
        qint64 measured = -1;
    };

    void rebuild();
    [[nodiscard]] bool matches(const Row &row) const;
    [[nodiscard]] bool less(const Row &a, const Row &b) const;
    [[nodiscard]] QString text(const Row &row, int column) const;
    [[nodiscard]] static std::optional<double> sizeOf(const Row &row);

    QCollator m_collator;
    std::vector<Row> m_rows;
    std::vector<int> m_order; ///< shown rows, as numbers into m_rows
    QString m_filter;
    int m_column = Name;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    int m_hidden = 0;
    bool m_showsHidden = false;
};

} // namespace ui::files
