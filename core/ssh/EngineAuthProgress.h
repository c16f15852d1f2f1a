// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/SessionEngine.h"

#include <QByteArrayList>

namespace core::ssh {

struct AgentDeleter
{
    void operator()(LIBSSH2_AGENT *agent) const
    {
        libssh2_agent_disconnect(agent);
        libssh2_agent_free(agent);
    }
};

/// Where signing in is. Buffers live here because an EAGAIN call must see the same memory again.
struct SessionEngine::AuthProgress
{
    QByteArray user;
    /// The server's methods, "publickey,password"; none: not asked yet, a first key needs no leave.
    std::optional<QByteArrayList> allowed;
    std::size_t next = 0; ///< in SessionOptions::auth
    SecretBytes password;
    SecretBytes key;
    const SecretBytes *interactivePassword = nullptr; ///< answers one hidden question by itself
    bool interactiveUsed = false;
    bool passwordRejected = false;
    /// The server may ask a directory or somebody's telephone: its silence is no death yet.
    bool mayTakeLong = false;
    bool methodsAskedAgain = false;
    std::unique_ptr<LIBSSH2_AGENT, AgentDeleter> agent;
    libssh2_agent_publickey *agentKey = nullptr;
    std::optional<Error> firstError; ///< the most telling one: why the first real try failed
};

} // namespace core::ssh
