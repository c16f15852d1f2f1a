// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/FolderTree.h"

#include "core/ssh/Session.h"
#include "ui/common/Tokens.h"
#include "ui/files/FolderModel.h"

#include <QContextMenuEvent>
#include <QCursor>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace ui::files {

using namespace std::chrono_literals;

namespace {

/// The whole row is marked, by the view: the name alone is painted here.
class FolderDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state &= ~(QStyle::State_Selected | QStyle::State_MouseOver);
        option->state &= ~QStyle::State_HasFocus;
    }
};

} // namespace

FolderTree::FolderTree(QWidget *parent)
    : QTreeView(parent)
    , m_folders(new FolderModel(this))
{
    setObjectName(QStringLiteral("folderTree"));
    setModel(m_folders);
    setItemDelegate(new FolderDelegate(this));
    setHeaderHidden(true);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setUniformRowHeights(true);
    setIndentation(space::l);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setTextElideMode(Qt::ElideMiddle);
    setMinimumHeight(3 * ui::rowHeight);
    expand(m_folders->index(0, 0));
    connect(this, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (m_folders->kind(index) != FolderModel::Kind::Note)
            Q_EMIT chosen(m_folders->path(index));
    });
    connect(this, &QTreeView::doubleClicked, this, [this](const QModelIndex &index) {
        if (m_folders->kind(index) == FolderModel::Kind::Note)
            start(index);
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        if (!m_isFollowing)
            m_folders->refresh(index);
    });
    connect(m_folders, &FolderModel::currentMoved, this, &FolderTree::follow);
    // Which rows have an arrow is known to the view only from its layout.
    connect(m_folders, &QAbstractItemModel::dataChanged, this,
            [this] { scheduleDelayedItemsLayout(); });
    connect(m_folders, &QAbstractItemModel::modelReset, this,
            [this] { expand(m_folders->index(0, 0)); });
    m_open.setSingleShot(true);
    m_open.setInterval(700ms);
    connect(&m_open, &QTimer::timeout, this, [this] { expand(m_folders->find(m_under)); });
}

void FolderTree::setSession(core::ssh::Session *session)
{
    m_folders->setSession(session);
    setEnabled(session);
    forOpen([this](const QModelIndex &index) { m_folders->refresh(index); });
}

void FolderTree::reread()
{
    forOpen([this](const QModelIndex &index) { m_folders->read(index); });
}

void FolderTree::forOpen(const std::function<void(const QModelIndex &)> &what)
{
    const auto below = [&](const auto &self, const QModelIndex &index) -> void {
        if (!isExpanded(index))
            return;
        what(index);
        for (int row = 0; row < m_folders->rowCount(index); ++row)
            self(self, m_folders->index(row, 0, index));
    };
    below(below, m_folders->index(0, 0));
}

/// The current path is to be seen, with all above it open.
void FolderTree::follow()
{
    const QModelIndex current = m_folders->current();
    if (!current.isValid())
        return;
    m_isFollowing = true; // what is on the way was read just now
    for (QModelIndex above = current.parent(); above.isValid(); above = above.parent())
        expand(above);
    m_isFollowing = false;
    executeDelayedItemsLayout();
    // Where one comes to is seen with what is around it.
    const bool isSeen = viewport()->rect().contains(visualRect(current).center());
    setAutoScroll(false); // or the view itself moves it no further than to the edge
    setCurrentIndex(current);
    setAutoScroll(true);
    scrollTo(current, isSeen ? EnsureVisible : PositionAtCenter);
}

void FolderTree::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Tokens &colours = tokens(option.palette);
    const QRectF box = QRectF(option.rect).adjusted(space::xs, 1, -space::xs, -1);
    const bool isSelected = selectionModel()->isSelected(index);
    const bool isUnderPointer =
        viewport()->underMouse() && option.rect.contains(viewport()->mapFromGlobal(QCursor::pos()));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isSelected || (isUnderPointer && isEnabled())) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(isSelected ? colours.accentSoft : colours.surface2);
        painter->drawRoundedRect(box, controlRadius, controlRadius);
    }
    if (hasFocus() && index == currentIndex()) {
        painter->setPen(QPen(colours.accent, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), controlRadius,
                                 controlRadius);
    }
    painter->restore();
    QTreeView::drawRow(painter, option, index);
}

/// What is told above the list takes room; the place where one is stays in sight.
void FolderTree::resizeEvent(QResizeEvent *event)
{
    const QRect before(QPoint(0, 0), event->oldSize());
    const bool wasSeen = before.contains(visualRect(currentIndex()).center());
    QTreeView::resizeEvent(event);
    if (wasSeen)
        scrollTo(currentIndex());
}

QByteArray FolderTree::pathAt(const QPoint &position) const
{
    return m_folders->path(indexAt(position));
}

void FolderTree::dragOver(const QByteArray &directory)
{
    if (directory.isEmpty())
        stopAutoScroll();
    else
        startAutoScroll();
    if (directory == m_under)
        return;
    m_under = directory;
    if (directory.isEmpty())
        m_open.stop();
    else
        m_open.start();
}

/// Enter, or a click where one is enough.
void FolderTree::start(const QModelIndex &index)
{
    if (m_folders->kind(index) == FolderModel::Kind::Note)
        m_folders->read(index.parent());
    else if (index.isValid())
        Q_EMIT chosen(m_folders->path(index));
}

void FolderTree::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        start(currentIndex());
        event->accept();
    } else if (event->key() == Qt::Key_Asterisk) {
        event->accept(); // opening all would read the whole disk
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void FolderTree::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    const QByteArray path = m_folders->path(index);
    if (!path.isEmpty())
        Q_EMIT menuRequested(path, byKey ? viewport()->mapToGlobal(visualRect(index).center())
                                         : event->globalPos());
}

void FolderTree::retranslate()
{
    setAccessibleName(tr("Folders"));
    viewport()->update();
}

} // namespace ui::files
