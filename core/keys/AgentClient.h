// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/PrivateKey.h"
#include "core/keys/WorkQueue.h"

#include <chrono>
#include <optional>
#include <variant>

namespace core::keys {

struct AgentConstraints
{
    std::optional<std::chrono::seconds> lifetime; ///< forgotten after it; nullopt = never
    bool confirm = false;                         ///< the agent asks before each use
};

using AgentListOperation = ValueOperation<std::vector<PublicKey>>;
using AgentOperation = ValueOperation<std::monostate>;

/// Speaks to the user's agent: ssh-agent and what acts like it on Unix (SSH_AUTH_SOCK); on Windows
/// OpenSSH's named pipe (or SSH_AUTH_SOCK), else Pageant. draft-miller-ssh-agent. A connection a
/// request, on a thread of its own. Errors (Step::Key): NotFound when there is no agent, TimedOut,
/// RemoteFailed when the agent refuses or answers nonsense, LocalIo.
class AgentClient final
{
public:
    /// \a socket: a path or pipe; "" = the user's own agent.
    explicit AgentClient(QString socket = {},
                         std::chrono::milliseconds patience = std::chrono::seconds(10));

    /// True where an agent may be asked: the variable is set, the pipe or the window is there.
    /// Quick; whether it answers, only list() tells.
    [[nodiscard]] bool mayBeThere() const;

    [[nodiscard]] AgentListOperation *list(QObject *parent);
    [[nodiscard]] AgentOperation *add(const PrivateKey &key, const AgentConstraints &constraints,
                                      QObject *parent);
    [[nodiscard]] AgentOperation *remove(const PublicKey &key, QObject *parent);

private:
    [[nodiscard]] AgentOperation *send(SecretBytes request, QObject *parent);

    QString m_socket;
    std::chrono::milliseconds m_patience;
    WorkQueue m_queue{QStringLiteral("agent")};
};

} // namespace core::keys
