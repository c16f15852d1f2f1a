// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/ssh/Sftp.h"

#include <QByteArray>

#include <vector>

namespace core::ssh {
class Session;
}

namespace core::transfer {

/// Names below a directory that fit. Lives in its caller's thread. Fails as RemoteAction does; what
/// can't be looked into is left out.
class RemoteSearch : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;

    static constexpr std::size_t mostHits = 10'000;

    /// So far. The names are paths below the directory, the server's bytes; size, time and mode are
    /// absent where find can't tell them.
    [[nodiscard]] const std::vector<ssh::RemoteEntry> &hits() const { return m_hits; }
    /// There are more than mostHits.
    [[nodiscard]] bool isCut() const { return m_isCut; }

Q_SIGNALS:
    /// hits() has grown.
    void found();

protected:
    std::vector<ssh::RemoteEntry> m_hits;
    bool m_isCut = false;
};

/// A child of \a session. \a pattern: bytes that the name holds, ASCII letters in whatever case;
/// with '*' or '?' a glob for the whole name. Links are not followed. With find there (GNU's or
/// busybox's), or where there is no shell over SFTP.
[[nodiscard]] RemoteSearch *searchRemote(ssh::Session &session, const QByteArray &directory,
                                         const QByteArray &pattern);

} // namespace core::transfer
