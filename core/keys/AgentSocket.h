// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/keys/CancelFlag.h"

#include <QDeadlineTimer>
#include <QString>

/// The way to the user's agent: AgentSocket_unix.cpp, AgentSocket_windows.cpp.
namespace core::keys {

/// As large as OpenSSH's agent lets a message be, bytes.
inline constexpr quint32 maxAgentMessage = 256 * 1024;

[[nodiscard]] bool agentMayBeThere(const QString &socket);

/// Sends \a request (without its length) on a connection of its own and gives the answer. Blocks.
/// Errors: as AgentClient's, and Cancelled.
[[nodiscard]] Result<SecretBytes> askAgent(const QString &socket, QByteArrayView request,
                                           const QDeadlineTimer &deadline,
                                           const CancelFlag &cancel);

} // namespace core::keys
