// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/transfer/ScriptOperation.h"

#include <QByteArrayList>

#include <optional>
#include <vector>

namespace core::vscode {

/// What VS Code finds on an instance. Absent: it could not be told.
struct RemoteFacts
{
    QByteArray home;
    QString arch;                    ///< as uname -m says
    QString glibc;                   ///< "2.35"; "" = another C library
    bool hasServer = false;          ///< it was here before
    QByteArray place;                ///< the folder whose file system ~/.vscode-server is on
    std::optional<qint64> freeBytes; ///< there
    std::optional<qint64> freeFiles; ///< inodes there
    struct Proxy
    {
        QString variable; ///< "https_proxy"
        QString address;  ///< without the password
        bool operator==(const Proxy &) const = default;
    };
    std::vector<Proxy> proxies;  ///< of a login shell
    bool hasTurbo = false;       ///< /etc/network_turbo is there
    std::optional<bool> reaches; ///< the instance reaches the place that the server comes from
    QByteArrayList folders;      ///< data disks that can be written to

    bool operator==(const RemoteFacts &) const = default;
};

/// What stands in the way, in the order of importance.
enum class Obstacle {
    DiskFull,     ///< less than what the server and its extensions take
    FewFiles,     ///< inodes
    OldSystem,    ///< glibc before 2.28: the server since 1.99 does not start
    OtherLibrary, ///< not glibc, or a processor without a build
    NoNetwork,    ///< no way out and no proxy: the server must be copied from here
    BrokenProxy   ///< no way out though a proxy is set
};

/// Bytes that the server with Python's and Jupyter's extensions takes, with some room: 2 GiB where
/// there is none yet, 512 MiB for an update of one.
[[nodiscard]] qint64 neededBytes(const RemoteFacts &facts);
[[nodiscard]] std::vector<Obstacle> obstacles(const RemoteFacts &facts);

/// Lines "WORD VALUE" of remote_check.sh; unknown words are left out. Errors: Parse, when not even
/// the home is told.
[[nodiscard]] Result<RemoteFacts> parseRemoteFacts(QByteArrayView text);

/// Looks at the instance: one command, nothing is changed. Failures: those of the connection,
/// Unsupported (no shell), Parse, TimedOut. Lives in its caller's thread; child of \a session.
class RemoteCheck final : public transfer::ScriptOperation
{
    Q_OBJECT

public:
    /// \a probe: a URL that the server's download comes from; "" = the network is not tried.
    RemoteCheck(ssh::Session &session, const QByteArray &probe);

    [[nodiscard]] const RemoteFacts &facts() const { return m_facts; }

protected:
    void take(const QByteArray &text) override;

private:
    RemoteFacts m_facts;
};

} // namespace core::vscode
