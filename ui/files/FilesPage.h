// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"
#include "core/transfer/TransferTypes.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace core {
class Operation;
}
namespace core::fleet {
class TransferQueue;
}
namespace core::ssh {
class DirectoryListing;
}
namespace core::transfer {
class RemoteAction;
}

namespace ui {
class Banner;
class EmptyState;
class Label;
} // namespace ui

namespace ui::files {

class FileModel;
class FileTable;
class FileViewer;
class Places;
class RemoteEditor;

/// The Files tab: a directory of the instance. The other pane is the desktop's own file manager:
/// files are dropped and pasted here, and downloads land in a folder that it shows.
class FilesPage final : public QWidget
{
    Q_OBJECT

public:
    explicit FilesPage(core::fleet::TransferQueue &queue, QWidget *parent = nullptr);
    ~FilesPage() override;

    void setInstance(core::fleet::Instance *instance);
    /// The server's bytes; "" = the home.
    void go(const QByteArray &path);
    [[nodiscard]] const QByteArray &path() const { return m_path; }
    /// Where downloads go.
    void setDownloadFolder(const QString &folder) { m_downloads = folder; }
    /// How copies from here are made; direction, names and overwriting do not count.
    void setCopyOptions(const core::transfer::TransferRequest &options) { m_options = options; }
    /// Local files and folders into the directory \a into of the shown one, "" = itself.
    void upload(const QStringList &localPaths, const QByteArray &into = {});
    /// How a file is opened for editing; for tests.
    void setOpener(std::function<bool(const QString &)> opener) { m_opener = std::move(opener); }

Q_SIGNALS:
    void downloadFolderChanged(const QString &folder);
    /// A copy was put into the queue.
    void transferAdded(qint64 id);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    // The page (FilesPage.cpp)
    void build();
    void retranslate();
    void updateState();
    void updateStatus();
    void enter();
    void reload();
    void list(const QByteArray &path, bool remembers);
    void listed();
    void showEntries(const QByteArrayList &selected);
    void goUp();
    void goBack();
    void followQueue();

    // What is done with files (FilesActions.cpp)
    void open(int row);
    void showMenu(const QPoint &position);
    void download(const QString &folder);
    void chooseDownload();
    void chooseUpload(bool folders);
    void makeDirectory();
    void makeFile();
    void rename(const QByteArray &from, const QByteArray &to);
    void move(const QByteArrayList &names, const QByteArray &into);
    void askRemove();
    void remove(const QByteArrayList &paths);
    void editPermissions();
    void measure();
    void copyPaths();
    void view(const QByteArray &path);
    void edit(const QByteArray &path);
    void run(core::transfer::RemoteAction *action, const QByteArray &select);
    void tellError(const core::Error &error);
    [[nodiscard]] QByteArrayList selectedPaths() const;
    [[nodiscard]] core::ssh::Session *session();

    core::fleet::TransferQueue &m_queue;
    QPointer<core::fleet::Instance> m_instance;
    FileModel *m_model;
    FileTable *m_table;
    Places *m_places;
    QToolButton *m_back;
    QToolButton *m_up;
    QToolButton *m_refresh;
    QLineEdit *m_pathField;
    QLineEdit *m_filter;
    QPushButton *m_uploadButton;
    QToolButton *m_more;
    Banner *m_banner;
    QStackedWidget *m_stack;
    EmptyState *m_notConnected;
    QPushButton *m_connect;
    EmptyState *m_emptyFolder;
    QWidget *m_browser;
    QStackedWidget *m_listStack;
    Label *m_status;
    Label *m_space;

    QByteArray m_home;
    QByteArray m_path;   ///< absolute
    QByteArray m_wanted; ///< being read
    QByteArrayList m_history;
    QHash<QString, QByteArray> m_lastPaths; ///< by instance
    QPointer<core::ssh::DirectoryListing> m_listing;
    QByteArrayList m_selectAfter;
    bool m_remembers = false;
    bool m_isLoaded = false;
    bool m_isImpatient = false; ///< no longer waits for the disks to be known
    QTimer m_patience;
    QTimer m_reload; ///< after copies have ended
    QTimer m_slow;   ///< a listing that takes longer says so
    QString m_downloads;
    core::transfer::TransferRequest m_options;
    std::function<bool(const QString &)> m_opener;
    std::vector<std::unique_ptr<RemoteEditor>> m_editors;
};

} // namespace ui::files
