// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/FileTable.h"

#include "core/transfer/FileNames.h"
#include "ui/common/Tokens.h"
#include "ui/files/FileDrag.h"
#include "ui/files/FileModel.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QPointer>
#include <QScrollBar>

#include <algorithm>

namespace ui::files {

namespace {

constexpr int leastNameWidth = 160;

/// As wide as a column is at first.
constexpr int widthOf(int column)
{
    return column == FileModel::Size ? 96 : column == FileModel::Modified ? 144 : 112;
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
    for (const int column : {FileModel::Size, FileModel::Modified, FileModel::Permissions})
        horizontalHeader()->resizeSection(column, widthOf(column));
    sortByColumn(FileModel::Name, Qt::AscendingOrder);
    connect(this, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT opened(index.row()); });
    // After the view's own: what it has forgotten is put back.
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &FileTable::remember);
    connect(&model, &QAbstractItemModel::modelReset, this, &FileTable::restore);
}

void FileTable::setOrigin(const QString &instanceId, const QByteArray &directory)
{
    m_instanceId = instanceId;
    m_directory = directory;
}

/// Where there is little room it is the names that must be seen.
void FileTable::resizeEvent(QResizeEvent *event)
{
    int left = viewport()->width() - leastNameWidth;
    for (const int column : {FileModel::Size, FileModel::Modified, FileModel::Permissions}) {
        left -= widthOf(column);
        setColumnHidden(column, left < 0);
    }
    TableView::resizeEvent(event);
}

namespace {

/// Selected rows from the top on. Ranges, not indexes: a range may have 100,000 rows.
std::vector<int> selectedRows(const QItemSelectionModel &model)
{
    std::vector<int> rows;
    for (const QItemSelectionRange &range : model.selection()) {
        if (range.left() > FileModel::Name)
            continue;
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace

QByteArrayList FileTable::selectedNames() const
{
    QByteArrayList names;
    for (const int row : selectedRows(*selectionModel()))
        names.append(m_files.entry(row).name);
    return names;
}

FileTable::Selected FileTable::selected() const
{
    Selected all;
    for (const int row : selectedRows(*selectionModel())) {
        const core::ssh::RemoteEntry &entry = m_files.entry(row);
        ++all.count;
        if (entry.type == core::ssh::RemoteEntry::Type::File)
            all.bytes += double(entry.size.value_or(0));
    }
    return all;
}

void FileTable::select(const QByteArrayList &names)
{
    if (m_files.isBusy() && !names.isEmpty()) {
        m_wanted = names;
        return;
    }
    m_wanted.clear();
    std::vector<int> rows;
    for (const QByteArray &name : names) {
        if (const int row = m_files.rowOf(name); row >= 0)
            rows.push_back(row);
    }
    const int first = rows.empty() ? 0 : rows.front();
    // The keys work at once, also without a selection.
    selectionModel()->setCurrentIndex(m_files.index(first, 0), QItemSelectionModel::NoUpdate);
    selectRows(std::move(rows));
    scrollTo(m_files.index(first, 0));
}

/// Neighbours as one range: each range costs with every painted cell.
void FileTable::selectRows(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end());
    QItemSelection selection;
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t end = i + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1)
            ++end;
        selection.append(QItemSelectionRange(
            m_files.index(rows[i], 0), m_files.index(rows[end - 1], FileModel::ColumnCount - 1)));
        i = end;
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void FileTable::remember()
{
    m_selectedBefore = selectedRows(*selectionModel());
    m_currentBefore = currentIndex().row();
    m_scrolledBefore = verticalScrollBar()->value();
}

void FileTable::restore()
{
    std::vector<int> rows;
    for (const int before : std::exchange(m_selectedBefore, {})) {
        if (const int row = m_files.rowAfter(before); row >= 0)
            rows.push_back(row);
    }
    const int kept = m_files.rowAfter(m_currentBefore);
    const int current = kept >= 0 ? kept : std::clamp(m_currentBefore, 0, m_files.rowCount());
    setAutoScroll(false);
    selectionModel()->setCurrentIndex(m_files.index(std::min(current, m_files.rowCount() - 1), 0),
                                      QItemSelectionModel::NoUpdate);
    setAutoScroll(true);
    selectRows(std::move(rows));
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(m_scrolledBefore);
    if (!m_wanted.isEmpty() && !m_files.isBusy())
        select(QByteArrayList(m_wanted));
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
    if (const auto rows = draggedRows(mime)) {
        const bool own = rows->instanceId == m_instanceId && rows->directory == m_directory;
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
    if (draggedRows(event->mimeData()))
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
    if (const auto rows = draggedRows(event->mimeData()))
        Q_EMIT rowsDropped(rows->names, folder);
    else
        Q_EMIT filesDropped(localPaths(event->mimeData()), folder);
}

void FileTable::startDrag(Qt::DropActions)
{
    const QByteArrayList names = selectedNames();
    if (names.isEmpty())
        return;
    // Several have no name together.
    const QByteArray name = names.size() == 1 ? core::transfer::lastName(names.constFirst())
                                              : QByteArrayLiteral("danlu-files");
    const QByteArray shown =
        core::transfer::escapedLocalName(name, core::transfer::hasWindowsNames()).value_or(name);
    dragFiles(this, toMime({m_instanceId, m_directory, names}),
              selectionModel()
                  ->currentIndex()
                  .siblingAtColumn(FileModel::Name)
                  .data(Qt::DecorationRole)
                  .value<QIcon>()
                  .pixmap(32, 32),
              QString::fromLocal8Bit(shown),
              [self = QPointer<FileTable>(this), names](const QString &folder) {
                  if (self)
                      Q_EMIT self->draggedOut(names, folder);
              });
}

/// Whatever column was clicked, it is the name that is typed.
void FileTable::keyboardSearch(const QString &search)
{
    const bool goesOn =
        m_sinceTyped.isValid() && m_sinceTyped.elapsed() < QApplication::keyboardInputInterval();
    m_sinceTyped.restart();
    m_typed = goesOn ? m_typed + search : search;
    // One letter again and again: the next one that begins so.
    const bool isOneLetter = m_typed.count(m_typed.at(0), Qt::CaseInsensitive) == m_typed.size();
    const QString text = isOneLetter ? m_typed.left(1) : m_typed;
    const int from = currentIndex().row() + (isOneLetter ? 1 : 0);
    if (const int row = m_files.rowStartingWith(text, from); row >= 0)
        setCurrentIndex(m_files.index(row, FileModel::Name));
}

void FileTable::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    if (event->matches(QKeySequence::Paste)) {
        const QStringList paths = localPaths(QApplication::clipboard()->mimeData());
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
