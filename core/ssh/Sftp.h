// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace core::ssh {

/// One name in a remote directory, as SFTP version 3 tells it (draft-ietf-secsh-filexfer-02, 5 and
/// 7). What the server left out is absent.
struct RemoteEntry
{
    enum class Type { File, Directory, Link, Other };

    QByteArray name; ///< the server's bytes: not always UTF-8
    Type type = Type::Other;
    std::optional<quint64> size;    ///< bytes
    std::optional<quint32> mode;    ///< permission bits, 07777
    std::optional<quint32> uid;     ///< of the owner
    std::optional<quint32> gid;     ///< of the group
    std::optional<qint64> mtime;    ///< seconds since 1970, UTC
    std::optional<QByteArray> link; ///< where a link points, as it is written there
    std::optional<Type> leadsTo;    ///< what is at a link's end; absent: nothing, or nobody asked
};

/// What a remote path holds. Lives in the thread of the Session that made it; is its child.
/// Failures: NotFound, PermissionDenied, Unsupported (no SFTP there), RemoteFailed, Disconnected,
/// Cancelled; the path is in the detail.
class DirectoryListing : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    /// All so far, in the server's order, links last; "." and ".." are left out. A path that is no
    /// directory gives itself alone.
    [[nodiscard]] const std::vector<RemoteEntry> &entries() const { return m_entries; }

Q_SIGNALS:
    /// entries() has grown from \a first on.
    void entriesAdded(qsizetype first);

protected:
    std::vector<RemoteEntry> m_entries;
};

} // namespace core::ssh
