// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/NativeSocket.h"

#include <QString>

#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace core::forward::native {

namespace {

#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL;
#else
constexpr int sendFlags = 0; // SO_NOSIGPIPE stands for it
#endif

QString words(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

bool mayGoOn()
{
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

} // namespace

bool prepare(qintptr socket)
{
    const int flags = ::fcntl(int(socket), F_GETFL);
    if (flags < 0 || ::fcntl(int(socket), F_SETFL, flags | O_NONBLOCK) < 0)
        return false;
    ::fcntl(int(socket), F_SETFD, FD_CLOEXEC);
    const int on = 1;
    ::setsockopt(int(socket), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifdef SO_NOSIGPIPE
    ::setsockopt(int(socket), SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    return true;
}

qint64 receive(qintptr socket, char *data, qint64 size)
{
    ssize_t got = 0;
    do {
        got = ::recv(int(socket), data, std::size_t(size), 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return mayGoOn() ? nothingNow : broken;
    return got;
}

qint64 send(qintptr socket, QByteArrayView bytes)
{
    ssize_t sent = 0;
    do {
        sent = ::send(int(socket), bytes.data(), std::size_t(bytes.size()), sendFlags);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0)
        return mayGoOn() ? nothingNow : broken;
    return sent;
}

void endSending(qintptr socket)
{
    ::shutdown(int(socket), SHUT_WR);
}

void close(qintptr socket, bool reset)
{
    if (reset) {
        const linger now{1, 0};
        ::setsockopt(int(socket), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    ::close(int(socket));
}

Attempt startConnecting(const QHostAddress &address, quint16 port)
{
    const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    const int socket = ::socket(isV6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    if (socket < 0)
        return {-1, words(errno)};
    int rc = -1;
    if (!prepare(socket)) {
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
    if (rc < 0 && errno != EINPROGRESS) {
        const QString problem = words(errno);
        ::close(socket);
        return {-1, problem};
    }
    return {socket, {}};
}

QString connectProblem(qintptr socket)
{
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(int(socket), SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        error = errno;
    return error == 0 ? QString() : words(error);
}

} // namespace core::forward::native
