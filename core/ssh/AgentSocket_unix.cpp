// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/AgentSocket.h"

#include <cerrno>
#include <sys/socket.h>

namespace core::ssh {

ssize_t sendToSocket(libssh2_socket_t socket, const void *buffer, size_t length, int flags)
{
    const ssize_t sent = ::send(socket, buffer, length, flags);
    return sent < 0 ? -errno : sent;
}

ssize_t receiveFromSocket(libssh2_socket_t socket, void *buffer, size_t length, int flags)
{
    const ssize_t got = ::recv(socket, buffer, length, flags);
    return got < 0 ? -errno : got;
}

} // namespace core::ssh
