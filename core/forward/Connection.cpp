// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/Connection.h"

#include "core/forward/Connector.h"
#include "core/forward/StreamSocket.h"
#include "core/ssh/SessionEngine.h"

#include <QPointer>

#include <chrono>
#include <utility>

namespace core::forward {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype readSize = 32 * 1024;
/// On their way to a socket of this machine that takes them slowly; of each connection.
constexpr qint64 mostHeld = 256 * 1024;
constexpr auto handshakePatience = 30s;

/// libssh2 gives the server's reason (RFC 4254, 5.1) in words only.
Error refusalOf(const Error &error, const QByteArray &target)
{
    ErrorCode code = error.code;
    if (code == ErrorCode::ChannelRefused && error.detail.contains(QLatin1StringView("prohibited")))
        code = ErrorCode::PermissionDenied;
    else if (code == ErrorCode::ChannelRefused &&
             error.detail.contains(QLatin1StringView("connect failed")))
        code = ErrorCode::ConnectFailed;
    return {code, Step::Forward, QString::fromUtf8(target) + QStringLiteral(": ") + error.detail};
}

SocksHandshake::Outcome outcomeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ConnectFailed: return SocksHandshake::Outcome::Refused;
    case ErrorCode::PermissionDenied: return SocksHandshake::Outcome::NotAllowed;
    case ErrorCode::TimedOut: return SocksHandshake::Outcome::HostUnreachable;
    default: return SocksHandshake::Outcome::Failed;
    }
}

QByteArray placeText(const QByteArray &host, quint16 port)
{
    return (host.contains(':') ? '[' + host + ']' : host) + ':' + QByteArray::number(port);
}

} // namespace

Connection::Connection(ssh::SessionEngine &engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(handshakePatience);
    connect(&m_patience, &QTimer::timeout, this, &Connection::end);
}

Connection::~Connection()
{
    if (m_isOver)
        return;
    m_isOver = true;
    if (m_socket)
        m_socket->reset();
    if (m_channel != 0 && !m_channelEnded)
        m_engine.cancelChannel(m_channel);
}

void Connection::toServer(qintptr descriptor, const QByteArray &host, quint16 port)
{
    useSocket(descriptor);
    openChannel(host, port);
}

void Connection::overSocks(qintptr descriptor)
{
    m_socks = std::make_unique<SocksHandshake>();
    m_patience.start();
    useSocket(descriptor);
}

ssh::ChannelEvents Connection::fromServer(quint64 channel, const QString &host, quint16 port)
{
    m_channel = channel;
    m_isOpen = true;
    m_target = placeText(host.toUtf8(), port);
    m_engine.setMostUnacknowledged(channel, mostHeld);
    m_connector = new Connector(host, port, this);
    connect(m_connector, &Connector::connected, this, [this](qintptr descriptor) {
        m_connector->deleteLater();
        useSocket(descriptor);
        for (const QByteArray &bytes : std::exchange(m_held, {}))
            m_socket->write(bytes);
        if (m_endReceived)
            m_socket->finish();
        if (m_channelEnded)
            endWhenSent();
    });
    connect(m_connector, &Connector::failed, this, [this](const QString &words) {
        refuse({ErrorCode::ConnectFailed, Step::Forward,
                QString::fromUtf8(m_target) + QStringLiteral(": ") + words});
    });
    return events();
}

void Connection::useSocket(qintptr descriptor)
{
    m_socket = std::make_unique<StreamSocket>(descriptor);
    connect(m_socket.get(), &StreamSocket::readable, this, [this] {
        if (m_socks && m_channel == 0)
            readHandshake();
        else
            m_engine.wake();
    });
    connect(m_socket.get(), &StreamSocket::bytesLeft, this, [this](qsizetype count) {
        if (m_channelEnded)
            endWhenSent();
        else if (m_channel != 0)
            m_engine.acknowledge(m_channel, count);
    });
    connect(m_socket.get(), &StreamSocket::failed, this, &Connection::end);
}

void Connection::readHandshake()
{
    while (m_channel == 0 && !m_isOver) {
        const QByteArray bytes = m_socket->read(readSize);
        if (bytes.isEmpty()) {
            if (m_socket->hasEnded())
                end();
            return;
        }
        m_socket->write(m_socks->feed(bytes));
        if (m_socks->state() == SocksHandshake::State::Refused) {
            m_channelEnded = true; // there will be none
            m_socket->finish();
            endWhenSent();
            return;
        }
        if (m_socks->state() == SocksHandshake::State::Wanted) {
            m_patience.stop();
            m_early = m_socks->takeRest();
            openChannel(m_socks->host(), m_socks->port());
        }
    }
}

void Connection::openChannel(const QByteArray &host, quint16 port)
{
    m_target = placeText(host, port);
    const quint64 channel = m_engine.openTcp(host, port, events());
    m_channel = channel;
    m_engine.setMostUnacknowledged(channel, mostHeld);
}

ssh::ChannelEvents Connection::events()
{
    const QPointer<Connection> self(this);
    const auto alive = [self] { return self && !self->m_isOver; };
    ssh::ChannelEvents events;
    events.started = [self, alive] {
        if (alive())
            self->onStarted();
    };
    events.produce = [self, alive] { return alive() ? self->produce() : QByteArray(); };
    events.received = [self, alive](const QByteArray &bytes, bool) {
        if (alive())
            self->take(bytes);
    };
    events.receivedEof = [self, alive] {
        if (alive())
            self->takeEnd();
    };
    events.ended = [self, alive](const ssh::ChannelEnd &end) {
        if (alive())
            self->onChannelEnded(end);
    };
    return events;
}

void Connection::onStarted()
{
    m_isOpen = true;
    if (m_socks)
        m_socket->write(m_socks->answer(SocksHandshake::Outcome::Connected));
}

QByteArray Connection::produce()
{
    if (!m_socket)
        return {};
    QByteArray bytes = std::exchange(m_early, {});
    if (bytes.isEmpty())
        bytes = m_socket->read(readSize);
    if (!bytes.isEmpty())
        Q_EMIT moved(bytes.size(), 0);
    else if (m_socket->hasEnded() && !std::exchange(m_endSent, true))
        m_engine.sendEof(m_channel);
    return bytes;
}

void Connection::take(const QByteArray &bytes)
{
    Q_EMIT moved(0, bytes.size());
    if (m_socket)
        m_socket->write(bytes);
    else
        m_held.append(bytes);
}

void Connection::takeEnd()
{
    m_endReceived = true;
    if (m_socket)
        m_socket->finish();
}

void Connection::onChannelEnded(const ssh::ChannelEnd &end)
{
    m_channelEnded = true;
    if (!m_isOpen) {
        refuse(refusalOf(end.error.value_or(Error{ErrorCode::Disconnected, Step::Forward, {}}),
                         m_target));
        return;
    }
    if (end.error) { // what has come is not all
        if (m_socket)
            m_socket->reset();
        this->end();
        return;
    }
    takeEnd();
    if (m_socket)
        endWhenSent();
}

void Connection::refuse(const Error &error)
{
    Q_EMIT refused(error);
    if (!m_socks || !m_socket || m_isOpen) {
        end();
        return;
    }
    m_socket->write(m_socks->answer(outcomeOf(error.code)));
    m_socket->finish();
    endWhenSent();
}

void Connection::endWhenSent()
{
    if (m_socket->unsent() == 0)
        end();
}

void Connection::end()
{
    if (std::exchange(m_isOver, true))
        return;
    m_patience.stop();
    if (m_channel != 0 && !m_channelEnded)
        m_engine.cancelChannel(m_channel);
    Q_EMIT ended();
    // Its own signal, or the socket's, may be on the stack. The socket is closed there too.
    deleteLater();
}

} // namespace core::forward
