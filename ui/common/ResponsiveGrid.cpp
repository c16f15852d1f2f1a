// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/ResponsiveGrid.h"

#include "ui/common/Tokens.h"

#include <QWidget>

#include <algorithm>

namespace ui {

ResponsiveGrid::ResponsiveGrid(int minColumnWidth, int maxColumns, QWidget *parent)
    : QLayout(parent)
    , m_minColumnWidth(minColumnWidth)
    , m_maxColumns(maxColumns)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(space::m);
}

ResponsiveGrid::~ResponsiveGrid()
{
    qDeleteAll(m_items);
}

void ResponsiveGrid::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

int ResponsiveGrid::count() const
{
    return int(m_items.size());
}

QLayoutItem *ResponsiveGrid::itemAt(int index) const
{
    return m_items.value(index);
}

QLayoutItem *ResponsiveGrid::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

Qt::Orientations ResponsiveGrid::expandingDirections() const
{
    return Qt::Horizontal;
}

QList<QLayoutItem *> ResponsiveGrid::shownItems() const
{
    QList<QLayoutItem *> shown;
    std::copy_if(m_items.begin(), m_items.end(), std::back_inserter(shown),
                 [](const QLayoutItem *item) { return !item->isEmpty(); });
    return shown;
}

int ResponsiveGrid::columnsFor(int width) const
{
    const int fitting = std::max(1, (width + spacing()) / (m_minColumnWidth + spacing()));
    const int wanted = std::max(1, int(shownItems().size()));
    return std::min({fitting, wanted, m_maxColumns > 0 ? m_maxColumns : wanted});
}

int ResponsiveGrid::arrange(const QRect &rect, bool apply) const
{
    const QMargins margins = contentsMargins();
    const QRect area = rect.marginsRemoved(margins);
    const QList<QLayoutItem *> items = shownItems();
    const int columns = columnsFor(area.width());
    int y = area.top();
    for (qsizetype first = 0; first < items.size(); first += columns) {
        const int inRow = int(std::min<qsizetype>(columns, items.size() - first));
        const int room = area.width() - spacing() * (inRow - 1);
        int tallest = 0;
        for (int i = 0; i < inRow; ++i) {
            QLayoutItem *item = items.at(first + i);
            const int width = room / inRow;
            const int height =
                item->hasHeightForWidth() ? item->heightForWidth(width) : item->sizeHint().height();
            tallest = std::max({tallest, height, item->minimumSize().height()});
        }
        for (int i = 0; apply && i < inRow; ++i) {
            // Rounded from the row's edges, so that the last one ends at the area's edge.
            const int left = area.left() + i * spacing() + room * i / inRow;
            const int right = area.left() + i * spacing() + room * (i + 1) / inRow;
            items.at(first + i)->setGeometry(QRect(left, y, right - left, tallest));
        }
        y += tallest + spacing();
    }
    const int used = items.isEmpty() ? 0 : y - spacing() - area.top();
    return used + margins.top() + margins.bottom();
}

int ResponsiveGrid::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize ResponsiveGrid::sizeHint() const
{
    const int columns = std::max(1, m_maxColumns > 0 ? m_maxColumns : int(shownItems().size()));
    const int width = columns * m_minColumnWidth + (columns - 1) * spacing();
    return {width, heightForWidth(width)};
}

QSize ResponsiveGrid::minimumSize() const
{
    int width = 0;
    int height = 0;
    for (const QLayoutItem *item : shownItems()) {
        width = std::max(width, item->minimumSize().width());
        height = std::max(height, item->minimumSize().height());
    }
    const QMargins margins = contentsMargins();
    return {width + margins.left() + margins.right(), height + margins.top() + margins.bottom()};
}

void ResponsiveGrid::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

} // namespace ui
