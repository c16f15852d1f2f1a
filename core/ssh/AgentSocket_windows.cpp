// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/AgentSocket.h"

#include <winsock2.h>

namespace core::ssh {

ssize_t sendToSocket(libssh2_socket_t socket, const void *buffer, size_t length, int flags)
{
    const int sent = ::send(socket, static_cast<const char *>(buffer), int(length), flags);
    return sent == SOCKET_ERROR ? -ssize_t(::WSAGetLastError()) : sent;
}

ssize_t receiveFromSocket(libssh2_socket_t socket, void *buffer, size_t length, int flags)
{
    const int got = ::recv(socket, static_cast<char *>(buffer), int(length), flags);
    return got == SOCKET_ERROR ? -ssize_t(::WSAGetLastError()) : got;
}

} // namespace core::ssh
