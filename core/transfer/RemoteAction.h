// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/ssh/Sftp.h"

#include <QByteArray>
#include <QByteArrayList>

#include <memory>
#include <optional>
#include <vector>

namespace core::ssh {
class Session;
}

namespace core::transfer {

/// One change on the server, or a look into a file there. Lives in its caller's thread; what it
/// began on the server ends with it. Failures: NotFound, PermissionDenied, DiskFull, Unsupported
/// (the server lacks what it takes, or it is no file that can be read), RemoteFailed, TimedOut,
/// Disconnected, Cancelled; the path is in the detail.
class RemoteAction : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    /// What readRemoteFile() got, or the path that resolveRemote() found.
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    /// readRemoteFile(): the file has more than was asked for.
    [[nodiscard]] bool isCut() const { return m_isCut; }
    /// What remoteFileInfo() and readRemoteFile() found.
    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] qint64 mtime() const { return m_mtime; } ///< seconds since 1970, UTC
    /// Of what a link leads to; also when readRemoteFile() refused to open it.
    [[nodiscard]] std::optional<ssh::RemoteEntry::Type> type() const { return m_type; }
    [[nodiscard]] std::optional<quint32> mode() const { return m_mode; } ///< 07777
    /// Of an action on many paths: each that stayed as it was, and why; error() is set then too.
    struct Failure
    {
        QByteArray path;
        Error error;
    };
    [[nodiscard]] const std::vector<Failure> &failures() const { return m_failures; }

Q_SIGNALS:
    /// An action on many paths is at \a path, the \a done-th of \a total. \a copies: it is copied
    /// to another file system, which takes its time.
    void progressed(int done, int total, const QByteArray &path, bool copies);

protected:
    /// Ends it: with the first failure's code and all of their words.
    void endMany();

    std::vector<Failure> m_failures;
    QByteArray m_bytes;
    qint64 m_size = -1;
    qint64 m_mtime = -1;
    std::optional<ssh::RemoteEntry::Type> m_type;
    std::optional<quint32> m_mode;
    bool m_isCut = false;
};

/// What paths hold, counted on the server; what is on another file system is left out.
class RemoteMeasure : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    [[nodiscard]] qint64 bytes() const { return m_bytes; } ///< as the files say, not blocks
    [[nodiscard]] qint64 files() const { return m_files; }
    [[nodiscard]] qint64 directories() const { return m_directories; }
    /// Some of it could not be looked into: what is counted is less than there is.
    [[nodiscard]] bool isPartial() const { return m_isPartial; }

Q_SIGNALS:
    /// One path is counted.
    void measured(const QByteArray &path, qint64 bytes);

protected:
    bool m_isPartial = false;
    qint64 m_bytes = 0;
    qint64 m_files = 0;
    qint64 m_directories = 0;
};

/// All: children of \a session, over one channel of its own each, however many paths. Paths are the
/// server's bytes.
[[nodiscard]] RemoteAction *makeRemoteDirectory(ssh::Session &session, const QByteArray &path);
/// An empty file; fails when the name is taken.
[[nodiscard]] RemoteAction *makeRemoteFile(ssh::Session &session, const QByteArray &path);
/// Fails when something has the new name already; also from one file system to another.
[[nodiscard]] RemoteAction *renameRemote(ssh::Session &session, const QByteArray &from,
                                         const QByteArray &to);
/// Into an existing directory, under their names; never over something. To another file system too,
/// with mv there.
[[nodiscard]] RemoteAction *moveRemote(ssh::Session &session, const QByteArrayList &paths,
                                       const QByteArray &directory);
/// \a mode: permission bits, 07777.
[[nodiscard]] RemoteAction *setRemoteMode(ssh::Session &session, const QByteArray &path,
                                          quint32 mode);
/// The first \a most bytes of a regular file; others, which might never end, are Unsupported.
[[nodiscard]] RemoteAction *readRemoteFile(ssh::Session &session, const QByteArray &path,
                                           qint64 most);
/// Writes a small file beside its place and puts it there at once, so that nobody sees half of it;
/// a link stays one, mode and, where the server lets, owner stay. Its directory is made where it is
/// missing. \a expected: what must be there for that, nullopt = nothing; else VerifyFailed, and
/// nothing is changed.
[[nodiscard]] RemoteAction *replaceRemoteFile(ssh::Session &session, const QByteArray &path,
                                              const QByteArray &bytes,
                                              const std::optional<QByteArray> &expected);
/// The absolute path; "" = of the home.
[[nodiscard]] RemoteAction *resolveRemote(ssh::Session &session, const QByteArray &path);
[[nodiscard]] RemoteAction *remoteFileInfo(ssh::Session &session, const QByteArray &path);
/// Whole trees too; links are removed, not followed. With rm, or where there is no shell over SFTP.
[[nodiscard]] RemoteAction *removeRemote(ssh::Session &session, const QByteArrayList &paths);
/// With find, or where it has no -printf over SFTP.
[[nodiscard]] RemoteMeasure *measureRemote(ssh::Session &session, const QByteArrayList &paths);

} // namespace core::transfer
