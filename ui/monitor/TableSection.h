// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Card.h"

class QAbstractItemModel;
class QLabel;
class QPushButton;

namespace ui {
class TableView;
}

namespace ui::monitor {

/// A titled table that shows its first rows and, asked for, all.
class TableSection : public Card
{
    Q_OBJECT

public:
    /// \a firstRows: how many are shown before "Show all".
    TableSection(QAbstractItemModel *model, int firstRows, QWidget *parent = nullptr);

    [[nodiscard]] TableView *table() const { return m_table; }
    /// A hint between title and table; "" for none.
    void setHint(const QString &hint);
    /// What stands there when the table has no rows.
    void setEmptyText(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateRows();

    TableView *m_table;
    QLabel *m_hint;
    QLabel *m_empty;
    QPushButton *m_all;
    int m_firstRows;
    bool m_showAll = false;
};

} // namespace ui::monitor
