// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/TableView.h"

#include <QByteArrayList>
#include <QElapsedTimer>

namespace ui::files {

class FileModel;

/// The list of a remote directory: takes files from the desktop, its own rows onto folders, and
/// gives rows to the desktop. What is selected stays so when the rows are arranged anew.
class FileTable final : public TableView
{
    Q_OBJECT

public:
    explicit FileTable(FileModel &model, QWidget *parent = nullptr);

    [[nodiscard]] QByteArrayList selectedNames() const;
    struct Selected
    {
        int count = 0;
        double bytes = 0; ///< of the files among them
    };
    [[nodiscard]] Selected selected() const;
    /// Selects these once they are there and makes the first one, or the first row, the current.
    void select(const QByteArrayList &names);
    /// Whose rows are dragged: the instance's id and the directory.
    void setOrigin(const QString &instanceId, const QByteArray &directory);

Q_SIGNALS:
    /// Local files were dropped or pasted. \a into: a folder's name in the list, "" = the directory
    /// itself.
    void filesDropped(const QStringList &localPaths, const QByteArray &into);
    /// Own rows were dropped onto a folder.
    void rowsDropped(const QByteArrayList &names, const QByteArray &into);
    /// Own rows were dropped into a folder of this machine.
    void draggedOut(const QByteArrayList &names, const QString &folder);
    void opened(int row);
    void menuRequested(const QPoint &globalPosition);
    void upRequested();
    void removeRequested();
    void copyRequested();

public:
    void keyboardSearch(const QString &search) override;

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QByteArray folderAt(const QPoint &position) const;
    void follow(QDropEvent *event, const QPoint &position);
    void setTarget(int row, bool active);
    void remember();
    void restore();
    void selectRows(std::vector<int> rows);

    FileModel &m_files;
    QString m_instanceId;
    QByteArray m_directory;
    int m_targetRow = -1;
    bool m_isTarget = false;

    std::vector<int> m_selectedBefore; ///< rows, while the model is reset
    int m_currentBefore = -1;
    int m_scrolledBefore = 0;
    QByteArrayList m_wanted; ///< to be selected when the model is no longer busy
    QString m_typed;
    QElapsedTimer m_sinceTyped;
};

} // namespace ui::files
