// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/TableView.h"

#include "ui/common/Icons.h"
#include "ui/common/Tokens.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QHoverEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSortFilterProxyModel>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

/// Unknown values stay at the end whichever way a column is sorted.
class SortProxy final : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override
    {
        const bool leftKnown = left.data(ui::sortRole).isValid();
        const bool rightKnown = right.data(ui::sortRole).isValid();
        if (leftKnown != rightKnown)
            return (sortOrder() == Qt::AscendingOrder) == leftKnown;
        return QSortFilterProxyModel::lessThan(left, right);
    }
};

} // namespace

void RowDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto *table = qobject_cast<const TableView *>(option->widget);
    option->state.setFlag(QStyle::State_MouseOver, table && table->hoveredRow() == index.row());
}

TableView::TableView(QWidget *parent)
    : QTableView(parent)
    , m_proxy(new SortProxy(this))
{
    m_proxy->setSortRole(ui::sortRole);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    QTableView::setModel(m_proxy);
    setItemDelegate(new RowDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the table
    setFrameShape(NoFrame);
    setSortingEnabled(true);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(16);
    verticalHeader()->setDefaultSectionSize(ui::rowHeight);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setMinimumSectionSize(48);
    horizontalHeader()->setFixedHeight(ui::rowHeight);
    connect(m_proxy, &QAbstractItemModel::modelReset, this, &TableView::rowsChanged);
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this, &TableView::rowsChanged);
    connect(m_proxy, &QAbstractItemModel::rowsRemoved, this, &TableView::rowsChanged);
}

void TableView::setSourceModel(QAbstractItemModel *model)
{
    m_proxy->setSourceModel(model);
}

void TableView::setSortedModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
}

void TableView::setVisibleRows(int rows)
{
    m_visibleRows = rows;
    setVerticalScrollBarPolicy(rows == 0 ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, rows == 0 ? QSizePolicy::Expanding : QSizePolicy::Fixed);
    updateGeometry();
}

void TableView::rowsChanged()
{
    if (m_visibleRows != 0)
        updateGeometry();
}

QSize TableView::sizeHint() const
{
    if (m_visibleRows == 0)
        return QTableView::sizeHint();
    const int all = m_proxy->rowCount();
    const int rows = m_visibleRows < 0 ? all : std::min(all, m_visibleRows);
    const int bar = horizontalScrollBar()->isVisible() ? horizontalScrollBar()->height() : 0;
    return {320, (rows + 1) * ui::rowHeight + bar};
}

QSize TableView::minimumSizeHint() const
{
    return m_visibleRows == 0 ? QTableView::minimumSizeHint() : QSize(160, sizeHint().height());
}

QString TableView::toTsv() const
{
    const QHeaderView *header = horizontalHeader();
    std::vector<int> columns;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int logical = header->logicalIndex(visual);
        if (!header->isSectionHidden(logical))
            columns.push_back(logical);
    }
    const auto line = [&](const auto &textOf) {
        QStringList cells;
        for (const int column : columns)
            cells << QString(textOf(column)).replace(u'\t', u' ').replace(u'\n', u' ');
        return cells.join(u'\t');
    };
    QStringList lines{line(
        [this](int column) { return model()->headerData(column, Qt::Horizontal).toString(); })};
    const bool any = selectionModel()->hasSelection();
    for (int row = 0; row < model()->rowCount(); ++row) {
        if (any && !selectionModel()->isRowSelected(row))
            continue;
        lines << line([&](int column) { return model()->index(row, column).data().toString(); });
    }
    return lines.join(u'\n') + u'\n';
}

void TableView::copy() const
{
    QGuiApplication::clipboard()->setText(toTsv());
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *action = menu->addAction(icon(Icon::Copy), tr("Copy rows"));
    action->setShortcut(QKeySequence::Copy);
    connect(action, &QAction::triggered, this, [this] { copy(); });
    menu->popup(event->globalPos());
}

void TableView::wheelEvent(QWheelEvent *event)
{
    // A table within a page that scrolls must not swallow the page's wheel.
    const bool sideways = std::abs(event->angleDelta().x()) > std::abs(event->angleDelta().y());
    if (m_visibleRows != 0 && !sideways)
        event->ignore();
    else
        QTableView::wheelEvent(event);
}

bool TableView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverMove)
        setHoveredRow(rowAt(int(static_cast<QHoverEvent *>(event)->position().y())));
    else if (event->type() == QEvent::HoverLeave || event->type() == QEvent::Leave)
        setHoveredRow(-1);
    return QTableView::viewportEvent(event);
}

void TableView::setHoveredRow(int row)
{
    const int before = std::exchange(m_hoveredRow, row);
    if (before == row)
        return;
    for (const int one : {before, row}) {
        if (one >= 0)
            viewport()->update(0, rowViewportPosition(one), viewport()->width(), rowHeight(one));
    }
}

} // namespace ui
