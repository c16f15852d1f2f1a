// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"
#include "core/transfer/TransferTypes.h"
#include "ui/common/Banner.h"
#include "ui/files/Background.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QSplitter;
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
class RemoteMeasure;
class RemoteSearch;
} // namespace core::transfer

namespace ui {
class EmptyState;
class Label;
} // namespace ui

namespace ui::files {

class EditBanner;
class EditedFiles;
class FileModel;
class FileTable;
class FolderTree;
class Places;

/// The Files tab: a directory of the instance. The other pane is the desktop's own file manager:
/// files are dropped and pasted here, and downloads land in a folder that it shows. What is asked
/// for is done where it was asked for, whichever instance and directory are shown when an answer
/// comes.
class FilesPage final : public QWidget
{
    Q_OBJECT

public:
    explicit FilesPage(core::fleet::TransferQueue &queue, QWidget *parent = nullptr);
    ~FilesPage() override;

    void setInstance(core::fleet::Instance *instance);
    /// The server's bytes; "" = the home.
    void go(const QByteArray &path);
    /// Reads the directory again, and what is open in the tree.
    void refresh();
    [[nodiscard]] const QByteArray &path() const { return m_path; }
    /// Where downloads go.
    void setDownloadFolder(const QString &folder) { m_downloads = folder; }
    /// How copies from here are made; direction and names do not count.
    void setCopyOptions(const core::transfer::TransferRequest &options) { m_options = options; }
    /// Local files and folders into the directory \a into of the shown one, "" = itself.
    void upload(const QStringList &localPaths, const QByteArray &into = {});
    /// The same for any instance and directory of it, whatever is shown.
    void uploadTo(const core::fleet::Instance &instance, const QStringList &localPaths,
                  const QByteArray &directory);
    /// "" = none, or not known yet.
    [[nodiscard]] static QByteArray dataDisk(const core::fleet::Instance &instance);
    /// Where files are kept while they are edited; what was left there is offered.
    void setEditsFolder(const QString &folder);
    /// The text editor; "" = the system's.
    void setEditorCommand(const QString &command) { m_editorCommand = command; }
    /// Names that start with a dot.
    void setHiddenShown(bool shown);
    /// The tree of folders.
    void setTreeShown(bool shown);
    /// What layoutChanged() told.
    void setLayoutState(const QByteArray &state);

Q_SIGNALS:
    void downloadFolderChanged(const QString &folder);
    void hiddenShownChanged(bool shown);
    /// What the user made of the left side: how wide it is, and whether the tree is there.
    void layoutChanged(const QByteArray &state);
    /// A copy was put into the queue.
    void transferAdded(qint64 id);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Where something was asked for.
    struct Origin
    {
        QPointer<core::fleet::Instance> instance;
        QString id;
        QByteArray path;

        [[nodiscard]] core::ssh::Session *session() const
        {
            return instance ? instance->session() : nullptr;
        }
    };
    using Entries = std::vector<core::ssh::RemoteEntry>;
    using Again = std::function<void()>;
    /// Why a directory is read.
    enum class Going {
        Walk,  ///< remembered for going back; a link to a file is viewed
        Typed, ///< remembered; a file is shown in its directory
        Back,
        Forward,
        Stay, ///< the same again
        Begin ///< the first one of an instance
    };

    // The page (FilesPage.cpp)
    void build();
    QLayout *buildBar();
    void connectParts();
    void addShortcuts();
    void retranslate();
    void updateState();
    void updateControls();
    void updateAway();
    void updateEmpty();
    void updateStatus();
    [[nodiscard]] QString freeSpace() const;
    void followQueue();
    [[nodiscard]] core::ssh::Session *session() const;
    [[nodiscard]] Origin origin() const;
    [[nodiscard]] bool isShown(const Origin &origin) const;

    // Going about in directories (FilesListing.cpp)
    void enter();
    void askHome();
    void goTyped();
    void goUp();
    void goBack();
    void goForward();
    void reload();
    void list(const QByteArray &path, Going going);
    void listed();
    void takeListing(const Entries &entries);
    void remember();
    void refuse(const core::Error &error);
    void stopListing();
    void forget();

    // The tree of folders (FilesFolders.cpp)
    QWidget *buildSide();
    void tellLayout();
    void connectFolders();
    void updateFolders();
    void followChange(core::Operation *action, const Origin &origin, const QByteArrayList &paths);
    void rereadFolder(const QString &instanceId, const QByteArray &path);
    void showFolderMenu(const QByteArray &path, const QPoint &position);

    // What is below: long lists, searching, moving, dropping (FilesBelow.cpp)
    void buildDrops();
    [[nodiscard]] bool arrive();
    void showSoFar();
    void searchBelow(const QString &typed);
    void searched(const QString &typed);
    void showHits();
    void endSearch();
    void move(const QByteArrayList &names, const QByteArray &into);
    void moveTo(const QByteArrayList &paths, const QByteArray &directory);
    void tellDrop(const QByteArray &directory, bool areRows);

    // What is told above the list (FilesMessages.cpp)
    void tell(Banner::Kind kind, const QString &text, const QString &details = {});
    void tellError(const Origin &origin, const core::Error &error, const Again &again);
    void tellWait(core::Operation *operation, const QString &text);
    void onBannerAction(ErrorAction action);
    void hideBanner();
    [[nodiscard]] core::ssh::Session *sessionFor(const Origin &origin);

    // What is done with files (FilesActions.cpp, FilesMenu.cpp)
    void open(const core::ssh::RemoteEntry &entry);
    void showMenu(const QPoint &position);
    void addSelectionActions(QMenu *menu);
    void addFolderActions(QMenu *menu);
    void uploadTo(const Origin &origin, const QStringList &localPaths);
    void download(const Origin &origin, const QByteArrayList &paths, const QString &folder);
    void chooseDownload();
    void chooseUpload(bool folders);
    void paste();
    void create(const Origin &to, bool folder);
    void rename(const QByteArray &from, const QByteArray &to);
    void askRemove();
    void cancelQuestion();
    void ask(const Origin &origin, const QByteArrayList &paths, const QString &what,
             const core::transfer::RemoteMeasure &measure);
    void remove(const Origin &origin, const QByteArrayList &paths, const QString &what);
    void editPermissions();
    void showPermissions(const Origin &origin, const core::ssh::RemoteEntry &entry, quint32 mode);
    void measure();
    void copyPaths();
    void view(const QByteArray &path);
    void edit(const Origin &origin, const QByteArray &path);
    void run(const Origin &origin, core::Operation *action, const QString &wait,
             const QByteArray &select, const Again &again);
    [[nodiscard]] Entries selectedEntries() const;
    [[nodiscard]] QByteArrayList selectedPaths() const;

    core::fleet::TransferQueue &m_queue;
    Background m_background;
    QPointer<core::fleet::Instance> m_instance;
    std::unique_ptr<EditedFiles> m_edited;
    FileModel *m_model;
    FileTable *m_table = nullptr;
    Places *m_places = nullptr;
    FolderTree *m_tree = nullptr;
    QSplitter *m_middle = nullptr; ///< places and tree, and the list
    QToolButton *m_back = nullptr;
    QToolButton *m_up = nullptr;
    QToolButton *m_refresh = nullptr;
    QLineEdit *m_pathField = nullptr;
    QLineEdit *m_filter = nullptr;
    QPushButton *m_uploadButton = nullptr;
    QToolButton *m_more = nullptr;
    Banner *m_banner = nullptr;
    EditBanner *m_editBanner = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_away = nullptr; ///< not connected, or nothing can be listed
    QPushButton *m_awayButton = nullptr;
    EmptyState *m_empty = nullptr; ///< over the list
    QWidget *m_browser = nullptr;
    Label *m_status = nullptr;
    Label *m_space = nullptr;

    QByteArray m_home;
    QByteArray m_path;   ///< absolute
    QByteArray m_wanted; ///< being read
    Going m_going = Going::Stay;
    QByteArrayList m_history; ///< for going back
    QByteArrayList m_forward;
    QHash<QString, QByteArray> m_lastPaths; ///< by instance
    QPointer<core::ssh::DirectoryListing> m_listing;
    QPointer<core::Operation> m_resolving; ///< the home is being asked for
    std::optional<core::Error> m_refusal;  ///< why nothing could be listed; not tried by itself
    QByteArrayList m_selectAfter;
    QPointer<core::transfer::RemoteSearch> m_search;
    QString m_searched;
    QTimer m_showHits;                   ///< a few times a second
    QHash<QByteArray, qint64> m_counted; ///< sizes of folders in the shown directory
    bool m_isLoaded = false;
    bool m_isImpatient = false; ///< no longer waits for the disks to be known
    bool m_wantsReload = false; ///< asked for while it is being read
    bool m_mayBeStale = false;  ///< nobody looked, or the connection was away
    bool m_wasConnected = false;
    QTimer m_patience;
    QTimer m_reload; ///< after copies have ended
    QTimer m_slow;   ///< a listing that takes longer says so

    struct Missed
    {
        Origin origin;
        core::Error error;
        Again again;
    };
    QHash<QString, Missed> m_missed; ///< errors of instances that were not shown, by their ids
    Again m_again;                   ///< what the banner's "Try again" does
    QPointer<core::Operation> m_waitTold;
    QPointer<core::transfer::RemoteMeasure> m_count; ///< for a question about deleting
    bool m_isAsking = false;                         ///< the banner is that question
    QString m_downloads;
    QString m_editorCommand;
    core::transfer::TransferRequest m_options;
};

} // namespace ui::files
