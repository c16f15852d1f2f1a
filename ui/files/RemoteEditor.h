// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/ssh/Sftp.h"

#include <QFileSystemWatcher>
#include <QLockFile>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace core::fleet {
class Instance;
}
namespace core::transfer {
class RemoteAction;
class Transfer;
struct TransferRequest;
} // namespace core::transfer

namespace ui::files {

class Background;

/// One remote text file in an editor of this machine: fetched into a folder of Danlu's own, opened
/// there, and sent back each time it is saved. Nothing is lost: what was saved here and has not
/// arrived stays in the folder over the end of the program, and what changed on the instance
/// meanwhile is asked about. GUI thread; files are read and hashed in \a Background.
class RemoteEditor final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Fetching, ///< on its way here
        AsksSize, ///< it is large: fetch() or discard()
        Open,     ///< both sides have the same
        Sending,
        Waiting,  ///< saved here; goes when the instance is connected
        Unsent,   ///< saved here after an earlier run had ended: send() or discard()
        Conflict, ///< changed there, too: overwrite(), takeTheirs() or discard()
        Failed    ///< error(); retry() or discard()
    };
    Q_ENUM(State)
    /// Opens a local file and tells whether a program was started.
    using Opener = std::function<void(const QString &file, std::function<void(bool)> done)>;

    struct Key
    {
        QString instance; ///< its id
        QByteArray path;  ///< the server's bytes

        bool operator==(const Key &) const = default;
    };

    /// \a folder: of all edited files.
    RemoteEditor(Key key, const QString &folder, Background &background, QObject *parent = nullptr);
    ~RemoteEditor() override;

    /// Takes up what an earlier run left. \a stem: of its files in \a folder. Null when there is
    /// nothing left or another Danlu has it.
    [[nodiscard]] static std::unique_ptr<RemoteEditor>
    load(const QString &folder, const QString &stem, Background &background);

    /// Where it comes from and goes to; may be null while that is not known.
    void setInstance(core::fleet::Instance *instance);
    void setOpener(Opener opener) { m_opener = std::move(opener); }

    /// Fetches it, or opens what is here already.
    void open();
    void fetch();
    void send();
    /// Sends it all the same; what the instance has is fetched first and kept at keptCopy().
    void overwrite();
    /// Fetches the instance's; what was saved here is kept at keptCopy().
    void takeTheirs();
    void retry();
    /// Ends what is on its way.
    void cancel();
    /// Deletes the local file, saved or not. Emits gone().
    void discard();

    [[nodiscard]] const Key &key() const { return m_key; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::optional<core::Error> &error() const { return m_error; }
    [[nodiscard]] QString localPath() const;
    [[nodiscard]] const QString &keptCopy() const { return m_keptCopy; }
    [[nodiscard]] qint64 size() const { return m_remote.size; } ///< bytes, there
    [[nodiscard]] std::optional<std::chrono::system_clock::time_point> uploadedAt() const
    {
        return m_uploadedAt;
    }
    /// What there is, is no regular file.
    [[nodiscard]] bool isNoFile() const { return m_isNoFile; }
    /// No program could be started for it.
    [[nodiscard]] bool hasNoProgram() const { return m_hasNoProgram; }
    /// In this run of the program.
    [[nodiscard]] bool wasOpened() const { return m_wasOpened; }
    [[nodiscard]] bool hasLocalFile() const;

Q_SIGNALS:
    /// State or any other thing that is told.
    void changed();
    void uploaded();
    /// There is nothing here any more; delete it.
    void gone();

private:
    /// The remote file when it was last seen.
    struct Seen
    {
        qint64 size = -1;
        qint64 mtime = -1; ///< -1: not known
        std::optional<quint32> mode;
    };
    using Found = std::function<void(core::transfer::RemoteAction &)>;

    void set(State state);
    void fail(const core::Error &error);
    void examine(const std::function<void()> &then);
    void look(const Found &then);
    void await(core::transfer::RemoteAction *action, const Found &then);
    void fetchTo(const std::function<void()> &then);
    void takeFetched();
    void keepTheirs();
    void openLocally();
    void watch();
    void onSaved();
    void onSnapshot(const QByteArray &sum);
    void check();
    void upload();
    void finishUpload();
    void follow(const core::transfer::TransferRequest &request, const std::function<void()> &then);
    void save() const;
    void onInstance();
    [[nodiscard]] bool hasWork() const;
    [[nodiscard]] QString side(const char *word) const;
    [[nodiscard]] QString place(const char *ending) const;

    Key m_key;
    const QString m_folder;
    const QString m_stem; ///< of its names in the folder
    Background &m_background;
    QLockFile m_lock;
    QPointer<core::fleet::Instance> m_instance;
    QByteArray m_target; ///< m_key.path without links
    Opener m_opener;
    QFileSystemWatcher m_watcher;
    QTimer m_settle; ///< editors write in several steps
    std::unique_ptr<core::transfer::Transfer> m_transfer;
    QPointer<core::transfer::RemoteAction> m_action;
    QByteArray m_sent;    ///< SHA-256 of what both sides had last
    QByteArray m_sending; ///< SHA-256 of the copy that goes
    Seen m_remote;
    State m_state = State::Fetching;
    std::optional<core::Error> m_error;
    std::optional<std::chrono::system_clock::time_point> m_uploadedAt;
    QString m_keptCopy;
    int m_unread = 0;         ///< times that the local file could not be read
    bool m_again = false;     ///< saved while the last one was on its way
    bool m_isCopying = false; ///< a job runs in the background
    bool m_isNoFile = false;
    bool m_hasNoProgram = false;
    bool m_wasOpened = false;
    bool m_isMine = false; ///< the conflict was answered: mine
};

} // namespace ui::files
