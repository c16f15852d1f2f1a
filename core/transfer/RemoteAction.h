// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"

#include <QByteArray>
#include <QByteArrayList>

#include <optional>

namespace core::ssh {
class Session;
}

namespace core::transfer {

/// One change on the server, or a look into a file there. Lives in its caller's thread. Failures:
/// NotFound, PermissionDenied, DiskFull, Unsupported (the server lacks what it takes),
/// RemoteFailed, Disconnected, Cancelled; the path is in the detail.
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

protected:
    QByteArray m_bytes;
    qint64 m_size = -1;
    qint64 m_mtime = -1;
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

protected:
    qint64 m_bytes = 0;
    qint64 m_files = 0;
    qint64 m_directories = 0;
};

/// All: children of \a session, over a channel of its own each. Paths are the server's bytes.
[[nodiscard]] RemoteAction *makeRemoteDirectory(ssh::Session &session, const QByteArray &path);
/// An empty file; fails when the name is taken.
[[nodiscard]] RemoteAction *makeRemoteFile(ssh::Session &session, const QByteArray &path);
/// Fails when something has the new name already.
[[nodiscard]] RemoteAction *renameRemote(ssh::Session &session, const QByteArray &from,
                                         const QByteArray &to);
/// \a mode: permission bits, 07777.
[[nodiscard]] RemoteAction *setRemoteMode(ssh::Session &session, const QByteArray &path,
                                          quint32 mode);
/// The first \a most bytes.
[[nodiscard]] RemoteAction *readRemoteFile(ssh::Session &session, const QByteArray &path,
                                           qint64 most);
/// The absolute path; "" = of the home.
[[nodiscard]] RemoteAction *resolveRemote(ssh::Session &session, const QByteArray &path);
[[nodiscard]] RemoteAction *remoteFileInfo(ssh::Session &session, const QByteArray &path);
/// Whole trees too; links are removed, not followed. Takes rm there.
[[nodiscard]] RemoteAction *removeRemote(ssh::Session &session, const QByteArrayList &paths);
/// Takes find with -printf there.
[[nodiscard]] RemoteMeasure *measureRemote(ssh::Session &session, const QByteArrayList &paths);

} // namespace core::transfer
