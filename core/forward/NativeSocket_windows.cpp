// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/NativeSocket.h"

#include <QString>

#include <algorithm>
#include <cstring>

#include <winsock2.h>
#include <ws2tcpip.h>

namespace core::forward::native {

namespace {

QString words(int error)
{
    return qt_error_string(error);
}

SOCKET handle(qintptr socket)
{
    return SOCKET(socket);
}

int amount(qint64 size)
{
    return int(std::min<qint64>(size, 1024 * 1024));
}

} // namespace

bool prepare(qintptr socket)
{
    u_long nonBlocking = 1;
    if (::ioctlsocket(handle(socket), FIONBIO, &nonBlocking) != 0)
        return false;
    const int on = 1;
    ::setsockopt(handle(socket), IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<const char *>(&on),
                 sizeof on);
    return true;
}

qint64 receive(qintptr socket, char *data, qint64 size)
{
    const int got = ::recv(handle(socket), data, amount(size), 0);
    if (got == SOCKET_ERROR)
        return ::WSAGetLastError() == WSAEWOULDBLOCK ? nothingNow : broken;
    return got;
}

qint64 send(qintptr socket, QByteArrayView bytes)
{
    const int sent = ::send(handle(socket), bytes.data(), amount(bytes.size()), 0);
    if (sent == SOCKET_ERROR)
        return ::WSAGetLastError() == WSAEWOULDBLOCK ? nothingNow : broken;
    return sent;
}

void endSending(qintptr socket)
{
    ::shutdown(handle(socket), SD_SEND);
}

void close(qintptr socket, bool reset)
{
    if (reset) {
        const linger now{1, 0};
        ::setsockopt(handle(socket), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char *>(&now),
                     sizeof now);
    }
    ::closesocket(handle(socket));
}

Attempt startConnecting(const QHostAddress &address, quint16 port)
{
    const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    const SOCKET socket = ::socket(isV6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    if (socket == INVALID_SOCKET)
        return {-1, words(::WSAGetLastError())};
    int rc = SOCKET_ERROR;
    if (!prepare(qintptr(socket))) {
        // The system's words tell why.
    } else if (isV6) {
        sockaddr_in6 to{};
        to.sin6_family = AF_INET6;
        to.sin6_port = htons(port);
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::memcpy(&to.sin6_addr, bytes.c, sizeof bytes.c);
        rc = ::connect(socket, reinterpret_cast<const sockaddr *>(&to), sizeof to);
    } else {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(address.toIPv4Address());
        rc = ::connect(socket, reinterpret_cast<const sockaddr *>(&to), sizeof to);
    }
    if (rc == SOCKET_ERROR && ::WSAGetLastError() != WSAEWOULDBLOCK) {
        const QString problem = words(::WSAGetLastError());
        ::closesocket(socket);
        return {-1, problem};
    }
    return {qintptr(socket), {}};
}

QString connectProblem(qintptr socket)
{
    int error = 0;
    int size = sizeof error;
    if (::getsockopt(handle(socket), SOL_SOCKET, SO_ERROR, reinterpret_cast<char *>(&error),
                     &size) == SOCKET_ERROR)
        error = ::WSAGetLastError();
    return error == 0 ? QString() : words(error);
}

} // namespace core::forward::native
