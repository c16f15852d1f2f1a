// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/Listener.h"

#include <QNetworkProxy>

namespace core::forward {

namespace {

constexpr int backlog = 512;    ///< a browser's or a load test's burst; the system may cap it
constexpr int nearbyPorts = 50; ///< looked at before any other one is taken

QList<QHostAddress> addressesOf(const QString &bindAddress)
{
    if (bindAddress.isEmpty() || bindAddress == u"localhost")
        return {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
    if (bindAddress == u"*")
        return {QHostAddress(QHostAddress::Any)};
    const QHostAddress address(bindAddress);
    return address.isNull() ? QList<QHostAddress>() : QList<QHostAddress>{address};
}

ErrorCode codeFor(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::SocketAccessError: return ErrorCode::PermissionDenied;
    case QAbstractSocket::SocketAddressNotAvailableError: return ErrorCode::Usage;
    default: return ErrorCode::LocalIo;
    }
}

QString placeOf(const QHostAddress &address, quint16 port)
{
    const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (isV6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
        .arg(address.toString())
        .arg(port);
}

} // namespace

Listener::Listener(QObject *parent)
    : QTcpServer(parent)
{
    setProxy(QNetworkProxy::NoProxy);
    setListenBacklogSize(backlog);
}

Result<std::vector<Listener *>> Listener::listenOn(const QString &bindAddress, quint16 port,
                                                   QObject *parent)
{
    const QList<QHostAddress> addresses = addressesOf(bindAddress);
    if (addresses.isEmpty())
        return fail(ErrorCode::Usage, Step::Forward, bindAddress);
    std::vector<Listener *> listeners;
    quint16 chosen = port;
    for (const QHostAddress &address : addresses) {
        auto *listener = new Listener(parent);
        if (listener->listen(address, chosen)) {
            chosen = listener->serverPort();
            listeners.push_back(listener);
            continue;
        }
        const QAbstractSocket::SocketError error = listener->serverError();
        const QString words = listener->errorString();
        delete listener;
        // Of "localhost" the second address may be missing on this machine. Where another program
        // has it, "localhost:PORT" would lead there.
        const bool isExtra =
            !listeners.empty() && (error != QAbstractSocket::AddressInUseError || port == 0);
        if (isExtra)
            continue;
        for (Listener *one : listeners)
            delete one;
        return fail(codeFor(error), Step::Forward,
                    placeOf(address, chosen) + QStringLiteral(": ") + words);
    }
    return listeners;
}

quint16 freePortNear(quint16 port)
{
    Listener probe;
    for (int next = port + 1; next <= port + nearbyPorts && next <= 65535; ++next) {
        if (probe.listen(QHostAddress::LocalHost, quint16(next)))
            return quint16(next);
    }
    return probe.listen(QHostAddress::LocalHost, 0) ? probe.serverPort() : quint16(0);
}

} // namespace core::forward
