// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QMimeData>

#include <functional>
#include <memory>
#include <optional>

class QPixmap;
class QWidget;

namespace ui::files {

/// Rows that are dragged within Danlu.
struct DraggedRows
{
    QString instanceId;
    QByteArray directory;
    QByteArrayList names;
};
[[nodiscard]] std::unique_ptr<QMimeData> toMime(const DraggedRows &rows);
[[nodiscard]] std::optional<DraggedRows> draggedRows(const QMimeData *mime);
/// Files of this machine that are dragged or pasted.
[[nodiscard]] QStringList localPaths(const QMimeData *mime);

/// Drags rows: within Danlu as they are, out of it as a promise. \a name: what a file manager
/// shows, the file's own where it is one. \a keep is called in the GUI thread, at most once, when a
/// file manager has told the folder that they were dropped into: the copying begins only then.
/// Returns when the button is released; \a keep may come later. One implementation a system:
/// FileDrag_x11.cpp (its window systems: where the file manager knows the X Direct Save protocol,
/// or Ark's drop service as KDE's do), FileDrag_windows.cpp, FileDrag_mac.mm.
void dragFiles(QWidget *source, std::unique_ptr<QMimeData> rows, const QPixmap &picture,
               const QString &name, std::function<void(const QString &folder)> keep);

} // namespace ui::files
