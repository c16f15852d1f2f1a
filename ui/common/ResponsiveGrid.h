// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QList>

namespace ui {

/// Equal columns, as many as fit without going below a width; the items of a last row that is not
/// full share its whole width. Rows are as high as their highest item.
class ResponsiveGrid : public QLayout
{
    Q_OBJECT

public:
    /// \a maxColumns 0 = as many as fit.
    explicit ResponsiveGrid(int minColumnWidth, int maxColumns = 0, QWidget *parent = nullptr);
    ~ResponsiveGrid() override;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;

    [[nodiscard]] Qt::Orientations expandingDirections() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

    [[nodiscard]] int columnsFor(int width) const;

private:
    int arrange(const QRect &rect, bool apply) const;
    [[nodiscard]] QList<QLayoutItem *> shownItems() const;

    QList<QLayoutItem *> m_items;
    int m_minColumnWidth;
    int m_maxColumns;
};

} // namespace ui
