// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/FileTable.h"

#include "ui/common/Tokens.h"
#include "ui/files/FileModel.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDrag>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

namespace ui::files {

namespace {

/// The dragged rows: the origin, then the names, each ended by a NUL.
const QString &rowsType()
{
    static const QString type = QStringLiteral("application/x-danlu-remote-files");
    return type;
}

QStringList localPaths(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

} // namespace

FileTable::FileTable(FileModel &model, QWidget *parent)
    : TableView(parent)
    , m_files(model)
{
    setObjectName(QStringLiteral("remoteFiles"));
    setSortedModel(&model);
    setAcceptDrops(true);
    setDragEnabled(true);
    setDropIndicatorShown(false); // paintEvent shows where it goes
    setEditTriggers(EditKeyPressed);
    horizontalHeader()->setStretchLastSection(false);
    horizontalHeader()->setSectionResizeMode(FileModel::Name, QHeaderView::Stretch);
    horizontalHeader()->resizeSection(FileModel::Size, 96);
    horizontalHeader()->resizeSection(FileModel::Modified, 144);
    horizontalHeader()->resizeSection(FileModel::Permissions, 112);
    sortByColumn(FileModel::Name, Qt::AscendingOrder);
    connect(this, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT opened(index.row()); });
}

QByteArrayList FileTable::selectedNames() const
{
    QByteArrayList names;
    for (const QModelIndex &index : selectionModel()->selectedRows(FileModel::Name))
        names.append(m_files.entry(index.row()).name);
    return names;
}

QByteArray FileTable::folderAt(const QPoint &position) const
{
    const QModelIndex at = indexAt(position);
    // Beside the name it is the directory itself that is meant.
    if (!at.isValid() || at.column() != FileModel::Name ||
        !FileModel::mayBeDirectory(m_files.entry(at.row())))
        return {};
    return m_files.entry(at.row()).name;
}

void FileTable::setTarget(int row, bool active)
{
    if (m_targetRow == row && m_isTarget == active)
        return;
    m_targetRow = row;
    m_isTarget = active;
    viewport()->update();
}

void FileTable::follow(QDropEvent *event, const QPoint &position)
{
    const QMimeData *mime = event->mimeData();
    const QByteArray folder = folderAt(position);
    const int row = folder.isEmpty() ? -1 : indexAt(position).row();
    if (mime->hasFormat(rowsType())) {
        const bool own = mime->data(rowsType()).startsWith(m_origin.toUtf8() + '\0');
        const bool onItself = row >= 0 && selectionModel()->isRowSelected(row);
        if (!own || row < 0 || onItself) {
            setTarget(-1, false);
            event->ignore();
            return;
        }
        event->setDropAction(Qt::MoveAction);
        event->accept();
        setTarget(row, true);
        return;
    }
    if (localPaths(mime).isEmpty()) {
        event->ignore();
        return;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
    setTarget(row, true);
}

void FileTable::dragEnterEvent(QDragEnterEvent *event)
{
    follow(event, event->position().toPoint());
    // Over a row that takes nothing the next one may.
    if (event->mimeData()->hasFormat(rowsType()))
        event->accept();
}

void FileTable::dragMoveEvent(QDragMoveEvent *event)
{
    follow(event, event->position().toPoint());
}

void FileTable::dragLeaveEvent(QDragLeaveEvent *event)
{
    setTarget(-1, false);
    event->accept();
}

void FileTable::dropEvent(QDropEvent *event)
{
    follow(event, event->position().toPoint());
    if (!event->isAccepted())
        return;
    const QByteArray folder = folderAt(event->position().toPoint());
    setTarget(-1, false);
    const QMimeData *mime = event->mimeData();
    if (mime->hasFormat(rowsType())) {
        QByteArrayList names = mime->data(rowsType()).split('\0');
        names.removeFirst(); // the origin
        names.removeAll(QByteArray());
        Q_EMIT rowsDropped(names, folder);
    } else {
        Q_EMIT filesDropped(localPaths(mime), folder);
    }
}

void FileTable::startDrag(Qt::DropActions)
{
    const QByteArrayList names = selectedNames();
    if (names.isEmpty())
        return;
    QByteArray bytes = m_origin.toUtf8() + '\0';
    for (const QByteArray &name : names)
        bytes += name + '\0';
    auto *mime = new QMimeData;
    mime->setData(rowsType(), bytes);
    auto *drag = new QDrag(this);
    drag->setMimeData(mime);
    const QModelIndex current = selectionModel()->selectedRows(FileModel::Name).constFirst();
    drag->setPixmap(current.data(Qt::DecorationRole).value<QIcon>().pixmap(32, 32));
    drag->exec(Qt::CopyAction | Qt::MoveAction, Qt::MoveAction);
}

void FileTable::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    if (event->matches(QKeySequence::Paste)) {
        const QStringList paths = localPaths(QGuiApplication::clipboard()->mimeData());
        if (!paths.isEmpty())
            Q_EMIT filesDropped(paths, {});
        event->accept();
    } else if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested();
        event->accept();
    } else if (state() != EditingState && current.isValid() &&
               (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT opened(current.row());
        event->accept();
    } else if (event->key() == Qt::Key_Backspace ||
               (event->key() == Qt::Key_Up && event->modifiers() == Qt::AltModifier)) {
        Q_EMIT upRequested();
        event->accept();
    } else if (event->key() == Qt::Key_Delete) {
        Q_EMIT removeRequested();
        event->accept();
    } else if (event->key() == Qt::Key_F2 && current.isValid()) {
        edit(m_files.index(current.row(), FileModel::Name));
        event->accept();
    } else {
        TableView::keyPressEvent(event);
    }
}

void FileTable::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT menuRequested(event->globalPos());
}

void FileTable::paintEvent(QPaintEvent *event)
{
    TableView::paintEvent(event);
    if (!m_isTarget)
        return;
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &colours = tokens(this);
    QRectF box = viewport()->rect();
    if (m_targetRow >= 0)
        box = QRectF(0, rowViewportPosition(m_targetRow), viewport()->width(),
                     rowHeight(m_targetRow));
    painter.setPen(QPen(colours.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), controlRadius, controlRadius);
}

} // namespace ui::files
