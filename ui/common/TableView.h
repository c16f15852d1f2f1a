// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

class QSortFilterProxyModel;

namespace ui {

/// Role under which models give the value that a column is sorted by; an invalid one comes last.
inline constexpr int sortRole = Qt::UserRole + 100;

/// Marks the whole row under the pointer, where Qt marks one cell. A table's own delegate derives
/// from it.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

/// A sortable table in the window's look: whole rows, no grid, Ctrl+C copies the selected rows as
/// TSV with a header line, typing finds a row, the pointer marks the whole row. May size itself to
/// its rows, for pages that scroll as a whole.
class TableView : public QTableView
{
    Q_OBJECT

public:
    explicit TableView(QWidget *parent = nullptr);

    /// Shows \a model through a sorting proxy of its own.
    void setSourceModel(QAbstractItemModel *model);
    /// Shows \a model itself, which sorts by itself; there is no proxy() then.
    void setSortedModel(QAbstractItemModel *model);
    [[nodiscard]] QSortFilterProxyModel *proxy() const { return m_proxy; }
    /// As high as its rows, but not more than \a rows of them; -1 = all, 0 = as the layout gives
    /// (default).
    void setVisibleRows(int rows);
    /// The selected rows, or all without a selection, as tab-separated lines with the header.
    [[nodiscard]] QString toTsv() const;
    /// Under the pointer; -1 = none.
    [[nodiscard]] int hoveredRow() const { return m_hoveredRow; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void copy() const;
    void setHoveredRow(int row);
    void rowsChanged();

    QSortFilterProxyModel *m_proxy;
    int m_visibleRows = 0;
    int m_hoveredRow = -1;
};

} // namespace ui
