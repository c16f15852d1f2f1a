// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Relay.h"

#include <QTimer>

#include <chrono>

namespace support {

Relay::Relay(quint16 target, QObject *parent)
    : QObject(parent)
    , m_target(target)
{
    m_server.listen(QHostAddress::LocalHost, 0);
    m_port = m_server.serverPort();
    connect(&m_server, &QTcpServer::newConnection, this, &Relay::accept);
}

void Relay::cut()
{
    m_server.close();
    const auto clients = m_server.findChildren<QTcpSocket *>(QString(), Qt::FindDirectChildrenOnly);
    for (QTcpSocket *client : clients)
        client->abort();
}

void Relay::mend()
{
    if (!m_server.listen(QHostAddress::LocalHost, m_port))
        qWarning("the relay's port is taken");
}

void Relay::accept()
{
    QTcpSocket *client = m_server.nextPendingConnection();
    auto *server = new QTcpSocket(client);
    client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto left =
        std::make_shared<qint64>(m_random ? qint64(m_random->bounded(double(m_mostRandom))) : -1);
    // Cuts off what is beyond the last byte. \returns what may still pass.
    const auto pass = [this, left, client, server](QByteArray bytes) {
        if (*left < 0)
            return bytes;
        if (bytes.size() > *left) {
            bytes.truncate(qsizetype(*left));
            QMetaObject::invokeMethod(
                client,
                [this, client, server] {
                    if (client->state() != QAbstractSocket::UnconnectedState)
                        ++m_cuts;
                    server->abort();
                    client->abort();
                },
                Qt::QueuedConnection);
        }
        *left -= bytes.size();
        return bytes;
    };
    connect(client, &QTcpSocket::readyRead, this, [this, client, server, pass] {
        if (!m_frozen)
            forward(server, pass(client->readAll()));
    });
    connect(server, &QTcpSocket::connected, this,
            [this, client, server, pass] { forward(server, pass(client->readAll())); });
    connect(server, &QTcpSocket::readyRead, this, [this, client, server, pass] {
        if (m_random)
            forward(client, pass(server->readAll()));
        else
            toClient(server, client);
    });
    connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    server->connectToHost(QHostAddress::LocalHost, m_target);
}

/// Timers of one length end in the order in which they began.
void Relay::forward(QTcpSocket *to, const QByteArray &bytes)
{
    if (m_delayMs <= 0)
        to->write(bytes);
    else
        QTimer::singleShot(std::chrono::milliseconds(m_delayMs), Qt::PreciseTimer, to,
                           [to, bytes] { to->write(bytes); });
}

void Relay::toClient(QTcpSocket *server, QTcpSocket *client)
{
    if (m_frozen)
        return;
    QByteArray bytes = server->readAll();
    if (m_flipAt >= m_received && m_flipAt < m_received + bytes.size())
        bytes[qsizetype(m_flipAt - m_received)] ^= m_flippedBit;
    if (m_cutAfter >= 0 && m_received + bytes.size() >= m_cutAfter) {
        bytes.truncate(std::max<qint64>(0, m_cutAfter - m_received));
        m_received += bytes.size();
        client->write(bytes);
        client->flush();
        client->disconnectFromHost();
        server->abort();
        return;
    }
    m_received += bytes.size();
    if (m_piece <= 0) {
        forward(client, bytes);
        return;
    }
    for (qsizetype at = 0; at < bytes.size(); at += m_piece) {
        client->write(bytes.mid(at, m_piece));
        client->flush(); // a packet of its own
    }
}

} // namespace support
