// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libssh2.h>

namespace core::ssh {

/// Plain I/O on the agent's socket, as libssh2's callbacks want it: bytes, or -errno. Blocks for as
/// long as the agent takes (a key may ask its owner), on the session's own thread.
/// AgentSocket_unix.cpp, AgentSocket_windows.cpp.
ssize_t sendToSocket(libssh2_socket_t socket, const void *buffer, size_t length, int flags);
ssize_t receiveFromSocket(libssh2_socket_t socket, void *buffer, size_t length, int flags);

} // namespace core::ssh
