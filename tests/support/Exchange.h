// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forward/Connector.h"
#include "core/forward/Listener.h"
#include "core/forward/StreamSocket.h"

#include <QCryptographicHash>

#include <functional>
#include <memory>
#include <vector>

namespace support {

/// What a Target answers to so many bytes: their hash, and bytes that follow from it.
[[nodiscard]] inline QByteArray answerTo(const QByteArray &request)
{
    const QByteArray hash = QCryptographicHash::hash(request, QCryptographicHash::Sha256).toHex();
    return hash + ' ' + hash.repeated(1 + int(request.size() % 977));
}

/// A server on loopback that reads until its client has ended its direction and only then answers:
/// a connection that ends as a whole gets none.
class Target final : public QObject
{
public:
    using Serve = std::function<void(core::forward::StreamSocket &socket)>;

    explicit Target(Serve serve = {})
        : m_serve(std::move(serve))
    {
        const auto listeners =
            core::forward::Listener::listenOn(QStringLiteral("127.0.0.1"), 0, this);
        if (!listeners)
            return;
        m_port = listeners->front()->serverPort();
        connect(listeners->front(), &core::forward::Listener::accepted, this,
                [this](qintptr descriptor) { take(descriptor); });
    }

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] int taken() const { return m_taken; }

private:
    void take(qintptr descriptor)
    {
        ++m_taken;
        auto *socket = new core::forward::StreamSocket(descriptor, this);
        connect(socket, &core::forward::StreamSocket::failed, socket, &QObject::deleteLater);
        if (m_serve) {
            m_serve(*socket);
            return;
        }
        auto request = std::make_shared<QByteArray>();
        connect(socket, &core::forward::StreamSocket::readable, socket, [socket, request] {
            for (QByteArray bytes = socket->read(65536); !bytes.isEmpty();
                 bytes = socket->read(65536))
                *request += bytes;
            if (!socket->hasEnded())
                return;
            socket->write(answerTo(*request));
            socket->finish();
            if (socket->unsent() == 0)
                socket->deleteLater();
        });
        connect(socket, &core::forward::StreamSocket::bytesLeft, socket, [socket] {
            if (socket->hasEnded() && socket->unsent() == 0)
                socket->deleteLater();
        });
    }

    Serve m_serve;
    quint16 m_port = 0;
    int m_taken = 0;
};

/// One request over a port of this machine, ended before its answer is read.
class Exchange final : public QObject
{
public:
    Exchange(quint16 port, QByteArray request, bool endsAfterIt = true)
        : m_request(std::move(request))
        , m_ends(endsAfterIt)
    {
        auto *connector = new core::forward::Connector(QStringLiteral("127.0.0.1"), port, this);
        connect(connector, &core::forward::Connector::failed, this, [this] { m_isOver = true; });
        connect(connector, &core::forward::Connector::connected, this,
                [this](qintptr descriptor) { begin(descriptor); });
    }

    [[nodiscard]] bool isOver() const { return m_isOver; }
    /// It came to an orderly end.
    [[nodiscard]] bool isWhole() const { return m_socket && m_isOver && m_socket->hasEnded(); }
    [[nodiscard]] bool isConnected() const { return m_socket != nullptr; }
    [[nodiscard]] const QByteArray &answer() const { return m_answer; }
    /// While false nothing is read.
    void setReading(bool reads)
    {
        m_reads = reads;
        read();
    }
    [[nodiscard]] core::forward::StreamSocket *socket() const { return m_socket.get(); }

private:
    void begin(qintptr descriptor)
    {
        using core::forward::StreamSocket;
        m_socket = std::make_unique<StreamSocket>(descriptor);
        connect(m_socket.get(), &StreamSocket::readable, this, &Exchange::read);
        connect(m_socket.get(), &StreamSocket::failed, this, [this] { m_isOver = true; });
        m_socket->write(m_request);
        if (m_ends)
            m_socket->finish();
    }

    void read()
    {
        if (!m_reads || !m_socket)
            return;
        for (QByteArray bytes = m_socket->read(65536); !bytes.isEmpty();
             bytes = m_socket->read(65536))
            m_answer += bytes;
        m_isOver = m_isOver || m_socket->hasEnded();
    }

    const QByteArray m_request;
    const bool m_ends;
    QByteArray m_answer;
    std::unique_ptr<core::forward::StreamSocket> m_socket;
    bool m_reads = true;
    bool m_isOver = false;
};

} // namespace support
