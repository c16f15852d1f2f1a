// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QHostAddress>

/// The system's calls on a stream socket. QTcpSocket ends both directions when the other side ends
/// one; a forwarded connection must keep them apart.
namespace core::forward::native {

inline constexpr qint64 nothingNow = -1;
inline constexpr qint64 broken = -2;

/// Without blocking and without delay. False: it can't be used.
[[nodiscard]] bool prepare(qintptr socket);
/// Bytes taken; 0 = the other side has sent its end; nothingNow; broken.
[[nodiscard]] qint64 receive(qintptr socket, char *data, qint64 size);
/// Bytes sent; nothingNow; broken.
[[nodiscard]] qint64 send(qintptr socket, QByteArrayView bytes);
void endSending(qintptr socket);
/// \a reset: the other side sees a broken connection, not an end.
void close(qintptr socket, bool reset);

struct Attempt
{
    qintptr socket = -1; ///< -1 = failed at once
    QString problem;
};
/// Begins to connect; the socket becomes writable when it has, or has failed.
[[nodiscard]] Attempt startConnecting(const QHostAddress &address, quint16 port);
/// After that: "" = connected, else the system's words.
[[nodiscard]] QString connectProblem(qintptr socket);

} // namespace core::forward::native
