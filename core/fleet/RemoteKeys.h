// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/keys/AuthorizedKeys.h"

#include <QByteArray>
#include <QList>
#include <QPointer>

#include <memory>
#include <optional>
#include <vector>

namespace core::ssh {
class Session;
}

namespace core::fleet {

/// What ~/.ssh/authorized_keys of the user who is signed in holds, and a change of it. Runs POSIX
/// shell text over the session (dash, busybox ash, bash) and needs nothing else there. The new file
/// is written beside the old one, with its mode and owner, and renamed over it: a full disk or a
/// lost line leaves the old one whole. Somebody else's change in between is not lost.
/// Lives in the session's thread; the session must outlive it, or it fails with Disconnected.
/// Failures (Step::Install), the path and the system's words in the detail: PermissionDenied (a
/// file or folder that can't be written: mode, owner, immutable, read-only file system), DiskFull,
/// NotFound (a link that points nowhere), Unsupported (no shell there; no regular file),
/// RemoteFailed, TimedOut, Disconnected, ChannelRefused, Cancelled (also when the session is
/// closed).
class RemoteKeys final : public Operation
{
    Q_OBJECT

public:
    ~RemoteKeys() override;

    /// Reads only.
    [[nodiscard]] static RemoteKeys *list(ssh::Session &session, QObject *parent);
    /// Adds \a key unless it is there already. A missing ~/.ssh is made with mode 0700, a missing
    /// file with 0600.
    [[nodiscard]] static RemoteKeys *install(ssh::Session &session, const keys::AuthorizedKey &key,
                                             QObject *parent);
    /// Takes out every line with \a key. Not there is no error: changed() is false.
    [[nodiscard]] static RemoteKeys *remove(ssh::Session &session, const keys::AuthorizedKey &key,
                                            QObject *parent);

    /// As the file is now: after a change with it.
    [[nodiscard]] const std::vector<keys::AuthorizedKey> &keys() const;
    [[nodiscard]] bool changed() const;
    /// The file's path on the instance, the server's bytes.
    [[nodiscard]] QByteArray path() const;
    /// Where that path leads when it is a symbolic link, "" when it is none. The file there was
    /// changed and the link kept.
    [[nodiscard]] QByteArray linkTarget() const;

private:
    explicit RemoteKeys(QObject *parent);
    void doCancel() override;

    class Private;
    std::unique_ptr<Private> d;
};

/// Why sshd may refuse a key that is in the file (sshd_config(5): StrictModes, AuthorizedKeysFile,
/// PubkeyAuthentication, AuthenticationMethods).
struct KeyObstacle
{
    enum class Kind {
        HomeWritable,    ///< others may write to the home folder
        FolderWritable,  ///< ... to ~/.ssh
        FileWritable,    ///< ... to authorized_keys
        ForeignOwner,    ///< one of these belongs to neither the user nor root
        FileElsewhere,   ///< AuthorizedKeysFile names other files
        KeysSwitchedOff, ///< PubkeyAuthentication no
        MoreIsAsked      ///< AuthenticationMethods wants something beside the key
    };
    Kind kind = Kind::HomeWritable;
    QByteArray subject; ///< the path, or the line of sshd's configuration
    bool operator==(const KeyObstacle &) const = default;
};

/// Looks for the obstacles, as far as the user who is signed in may see them. Failures as above.
class FindKeyObstacles final : public Operation
{
    Q_OBJECT

public:
    FindKeyObstacles(ssh::Session &session, QObject *parent);
    [[nodiscard]] const std::vector<KeyObstacle> &obstacles() const { return m_obstacles; }

private:
    void doCancel() override;
    void read(const QByteArray &output, const QByteArray &mark);
    void readModes(const QList<QByteArray> &lines, const QByteArray &userId);
    [[nodiscard]] static bool namesUsualFile(const QByteArray &value, const QByteArray &home,
                                             const QByteArray &user);

    QPointer<Operation> m_exec;
    std::vector<KeyObstacle> m_obstacles;
};

} // namespace core::fleet
