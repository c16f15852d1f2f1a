// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/FileDrop.h"

#include "core/transfer/FileNames.h"

#include <QDropEvent>
#include <QRubberBand>
#include <QWidget>

#include <algorithm>

namespace ui::files {

namespace {

/// Not to where they are, and no folder into itself.
bool canMove(const DraggedRows &rows, const QByteArray &directory)
{
    return rows.directory != directory &&
           std::none_of(rows.names.begin(), rows.names.end(), [&](const QByteArray &name) {
               return core::transfer::isAtOrBelow(directory,
                                                  core::transfer::joinPath(rows.directory, name));
           });
}

} // namespace

FileDrop::FileDrop(QWidget *widget, PlaceAt placeAt)
    : QObject(widget)
    , m_placeAt(std::move(placeAt))
    , m_band(new QRubberBand(QRubberBand::Rectangle, widget))
{
    widget->setAcceptDrops(true);
    widget->installEventFilter(this);
}

bool FileDrop::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::DragLeave)
        leave();
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    if (!draggedRows(drop->mimeData()) && localPaths(drop->mimeData()).isEmpty())
        return QObject::eventFilter(watched, event); // the widget's own, or nobody's
    follow(drop);
    if (type == QEvent::DragEnter) {
        event->accept(); // a place beside this one may take it
    } else if (type == QEvent::Drop) {
        leave();
        if (!drop->isAccepted())
            return true;
        const QByteArray directory = m_placeAt(drop->position().toPoint()).directory;
        if (const auto rows = draggedRows(drop->mimeData()))
            Q_EMIT rowsDropped(*rows, directory);
        else
            Q_EMIT filesDropped(localPaths(drop->mimeData()), directory);
    }
    return true;
}

void FileDrop::follow(QDropEvent *event)
{
    const Place place = m_placeAt(event->position().toPoint());
    const auto rows = draggedRows(event->mimeData());
    const bool fits =
        !place.directory.isEmpty() && (rows ? place.takesRows && canMove(*rows, place.directory)
                                            : !localPaths(event->mimeData()).isEmpty());
    if (!fits) {
        leave();
        event->ignore();
        return;
    }
    event->setDropAction(rows ? Qt::MoveAction : Qt::CopyAction);
    event->accept();
    m_band->setGeometry(place.box);
    m_band->setVisible(!place.box.isNull());
    Q_EMIT hovered(place.directory, rows.has_value());
}

void FileDrop::leave()
{
    m_band->hide();
    Q_EMIT hovered({}, false);
}

} // namespace ui::files
