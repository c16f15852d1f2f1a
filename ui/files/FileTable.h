// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/TableView.h"

#include <QByteArrayList>

namespace ui::files {

class FileModel;

/// The list of a remote directory: takes files from the desktop, and its own rows onto folders.
class FileTable final : public TableView
{
    Q_OBJECT

public:
    explicit FileTable(FileModel &model, QWidget *parent = nullptr);

    [[nodiscard]] QByteArrayList selectedNames() const;
    /// Whose rows are dragged: "instance-id:/directory".
    void setOrigin(const QString &origin) { m_origin = origin; }

Q_SIGNALS:
    /// Local files were dropped or pasted. \a into: a folder's name in the list, "" = the directory
    /// itself.
    void filesDropped(const QStringList &localPaths, const QByteArray &into);
    /// Own rows were dropped onto a folder.
    void rowsDropped(const QByteArrayList &names, const QByteArray &into);
    void opened(int row);
    void menuRequested(const QPoint &globalPosition);
    void upRequested();
    void removeRequested();
    void copyRequested();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QByteArray folderAt(const QPoint &position) const;
    void follow(QDropEvent *event, const QPoint &position);
    void setTarget(int row, bool active);

    FileModel &m_files;
    QString m_origin;
    int m_targetRow = -1;
    bool m_isTarget = false;
};

} // namespace ui::files
