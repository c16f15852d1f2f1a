// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"

#include <QTimer>
#include <QTreeView>

#include <functional>

namespace core::ssh {
class Session;
}

namespace ui::files {

class FolderModel;

/// The tree of the instance's directories beside the list: follows the list's path, and says where
/// it is to go. Directories are read when they are opened, and again when they are opened again.
class FolderTree final : public QTreeView
{
    Q_OBJECT

public:
    explicit FolderTree(QWidget *parent = nullptr);

    [[nodiscard]] FolderModel &folders() { return *m_folders; }
    /// Null = not connected. Another one reads what is open again.
    void setSession(core::ssh::Session *session);
    /// Reads all that is open.
    void reread();
    /// Of the row at \a position of the viewport; "" = none.
    [[nodiscard]] QByteArray pathAt(const QPoint &position) const;
    /// Something is dragged over \a directory, "" = no longer: it opens after a while, and near the
    /// edges the view scrolls.
    void dragOver(const QByteArray &directory);
    void retranslate();

Q_SIGNALS:
    /// Clicked, or Enter: the list is to go there.
    void chosen(const QByteArray &path);
    void menuRequested(const QByteArray &path, const QPoint &globalPosition);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;

private:
    void start(const QModelIndex &index);
    void forOpen(const std::function<void(const QModelIndex &)> &what);
    void follow();

    FolderModel *m_folders;
    bool m_isFollowing = false;
    QByteArray m_under; ///< what is dragged
    QTimer m_open;
};

} // namespace ui::files
