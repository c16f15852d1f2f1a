// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

class QSortFilterProxyModel;

namespace ui {

/// Role under which models give the value that a column is sorted by; an invalid one comes last.
inline constexpr int sortRole = Qt::UserRole + 100;

/// A sortable table in the window's look: whole rows, no grid, Ctrl+C copies the selected rows as
/// TSV with a header line, typing finds a row. May size itself to its rows, for pages that scroll
/// as a whole.
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

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void copy() const;
    void rowsChanged();

    QSortFilterProxyModel *m_proxy;
    int m_visibleRows = 0;
};

} // namespace ui
