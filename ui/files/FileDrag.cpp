// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/FileDrag.h"

#include <QUrl>

namespace ui::files {

namespace {

/// The instance's id, the directory, then the names, each ended by a NUL.
const QString &rowsType()
{
    static const QString type = QStringLiteral("application/x-danlu-remote-files");
    return type;
}

} // namespace

std::unique_ptr<QMimeData> toMime(const DraggedRows &rows)
{
    QByteArray bytes = rows.instanceId.toUtf8() + '\0' + rows.directory + '\0';
    for (const QByteArray &name : rows.names)
        bytes += name + '\0';
    auto mime = std::make_unique<QMimeData>();
    mime->setData(rowsType(), bytes);
    return mime;
}

std::optional<DraggedRows> draggedRows(const QMimeData *mime)
{
    if (!mime->hasFormat(rowsType()))
        return std::nullopt;
    DraggedRows rows;
    rows.names = mime->data(rowsType()).split('\0');
    if (rows.names.size() < 3)
        return std::nullopt;
    rows.instanceId = QString::fromUtf8(rows.names.takeFirst());
    rows.directory = rows.names.takeFirst();
    rows.names.removeLast(); // behind the last NUL
    return rows;
}

QStringList localPaths(const QMimeData *mime)
{
    QStringList paths;
    for (const QUrl &url : mime->urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

} // namespace ui::files
