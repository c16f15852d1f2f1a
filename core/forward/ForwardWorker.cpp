// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forward/ForwardWorker.h"

#include "core/forward/Connection.h"
#include "core/forward/Listener.h"
#include "core/forward/NativeSocket.h"
#include "core/ssh/SessionEngine.h"

#include <algorithm>
#include <utility>

namespace core::forward {

using namespace std::chrono_literals;
using probe::PortForward;

namespace {

constexpr auto pace = 100ms;
/// Connections at a time over one session. Those that come later wait in the system's own queue
/// here; from the server they are turned away.
constexpr int mostOpen = 512;

QByteArray remoteAddress(const QString &bindAddress)
{
    if (bindAddress.isEmpty())
        return "localhost";
    return bindAddress == u"*" ? QByteArray() : bindAddress.toUtf8();
}

} // namespace

ForwardWorker::ForwardWorker(Report report)
    : m_report(std::move(report))
    , m_pace(this)
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(pace);
    connect(&m_pace, &QTimer::timeout, this, [this] {
        for (auto &[id, port] : m_ports) {
            if (port.isChanged)
                reportNow(id);
        }
    });
}

ForwardWorker::~ForwardWorker()
{
    m_report = nullptr;
    closeAll();
}

void ForwardWorker::start(ssh::SessionEngine &engine)
{
    m_engine = &engine;
    connect(&engine, &ssh::SessionEngine::closed, this, &ForwardWorker::closeAll);
}

ForwardWorker::Port *ForwardWorker::find(quint64 id)
{
    const auto found = m_ports.find(id);
    return found == m_ports.end() ? nullptr : &found->second;
}

void ForwardWorker::open(quint64 id, const PortForward &forward)
{
    close(id);
    Port &port = m_ports[id];
    port.forward = forward;
    if (!m_engine || m_engine->state() != ssh::Session::State::Ready)
        fail(id, {ErrorCode::Disconnected, Step::Forward, {}});
    else if (forward.kind == PortForward::Kind::Remote)
        openThere(id);
    else
        openHere(id);
}

void ForwardWorker::openHere(quint64 id)
{
    Port &port = m_ports[id];
    const auto listeners =
        Listener::listenOn(port.forward.bindAddress, port.forward.bindPort, this);
    if (!listeners) {
        fail(id, listeners.error(), freePortNear(port.forward.bindPort));
        return;
    }
    port.listeners = *listeners;
    for (Listener *listener : port.listeners) {
        connect(listener, &Listener::accepted, this,
                [this, id](qintptr descriptor) { accept(id, descriptor); });
        if (m_isPaused)
            listener->pauseAccepting();
    }
    port.status.state = ForwardStatus::State::Listening;
    port.status.port = port.listeners.front()->serverPort();
    reportNow(id);
}

void ForwardWorker::openThere(quint64 id)
{
    Port &port = m_ports[id];
    if (port.forward.host.isEmpty()) {
        fail(id, {ErrorCode::Unsupported, Step::Forward, portForwardText(port.forward)});
        return;
    }
    const QPointer<ForwardWorker> self(this);
    ssh::ListenerEvents events;
    events.started = [self, id] {
        Port *started = self ? self->find(id) : nullptr;
        if (!started)
            return;
        started->status.state = ForwardStatus::State::Listening;
        started->status.port = started->forward.bindPort;
        self->reportNow(id);
    };
    events.accepted = [self, id](quint64 channel) {
        Port *at = self ? self->find(id) : nullptr;
        if (!at || self->m_open >= mostOpen) {
            if (self)
                QMetaObject::invokeMethod(
                    self, [self, channel] { self->m_engine->cancelChannel(channel); },
                    Qt::QueuedConnection);
            return ssh::ChannelEvents();
        }
        const QString host = at->forward.host;
        const quint16 to = at->forward.hostPort;
        return self->addConnection(id)->fromServer(channel, host, to);
    };
    events.ended = [self, id](const std::optional<Error> &error) {
        Port *ended = self ? self->find(id) : nullptr;
        if (!ended || !error)
            return;
        ended->remoteListener = 0;
        // The server does not say which: the port is taken there, or listening is not allowed.
        const bool isRefused = error->code == ErrorCode::ChannelRefused;
        self->fail(id, {isRefused ? ErrorCode::RemoteFailed : error->code, Step::Forward,
                        portForwardText(ended->forward) + QStringLiteral(": ") + error->detail});
    };
    reportNow(id);
    const quint64 listener = m_engine->listenRemote(remoteAddress(port.forward.bindAddress),
                                                    port.forward.bindPort, std::move(events));
    port.remoteListener = listener;
}

void ForwardWorker::accept(quint64 id, qintptr descriptor)
{
    Port *port = find(id);
    if (!port) {
        native::close(descriptor, true);
        return;
    }
    const PortForward forward = port->forward;
    Connection *connection = addConnection(id);
    if (forward.kind == PortForward::Kind::Dynamic)
        connection->overSocks(descriptor);
    else
        connection->toServer(descriptor, forward.host.toUtf8(), forward.hostPort);
}

Connection *ForwardWorker::addConnection(quint64 id)
{
    auto *connection = new Connection(*m_engine, this);
    Port &port = m_ports[id];
    port.connections.emplace_back(connection);
    ++port.status.taken;
    ++port.status.open;
    ++m_open;
    const bool fromThere = port.forward.kind == PortForward::Kind::Remote;
    connect(connection, &Connection::moved, this,
            [this, id, fromThere](qint64 outward, qint64 inward) {
                Port *at = find(id);
                if (!at)
                    return;
                at->status.sent += fromThere ? inward : outward;
                at->status.received += fromThere ? outward : inward;
                reportSoon(id);
            });
    connect(connection, &Connection::refused, this, [this, id](const Error &error) {
        Port *at = find(id);
        if (!at)
            return;
        ++at->status.refused;
        at->status.refusal = error;
        reportSoon(id);
    });
    connect(connection, &Connection::ended, this,
            [this, id, connection] { onConnectionEnded(id, connection); });
    pauseOrResume();
    reportSoon(id);
    return connection;
}

void ForwardWorker::onConnectionEnded(quint64 id, const Connection *connection)
{
    --m_open;
    if (Port *port = find(id)) {
        std::erase_if(port->connections,
                      [connection](const auto &one) { return !one || one == connection; });
        --port->status.open;
        reportSoon(id);
    }
    pauseOrResume();
}

void ForwardWorker::pauseOrResume()
{
    const bool pauses = m_open >= mostOpen;
    if (std::exchange(m_isPaused, pauses) == pauses)
        return;
    for (const auto &[id, port] : m_ports) {
        for (Listener *listener : port.listeners) {
            if (pauses)
                listener->pauseAccepting();
            else
                listener->resumeAccepting();
        }
    }
}

void ForwardWorker::fail(quint64 id, const Error &error, quint16 freePort)
{
    Port &port = m_ports[id];
    port.status.state = ForwardStatus::State::Failed;
    port.status.error = error;
    port.status.freePort = freePort;
    reportNow(id);
}

void ForwardWorker::close(quint64 id)
{
    const auto found = m_ports.find(id);
    if (found == m_ports.end())
        return;
    const Port port = std::move(found->second);
    m_ports.erase(found);
    for (Listener *listener : port.listeners) {
        listener->close();
        listener->deleteLater(); // its signal may be on the stack
    }
    if (port.remoteListener != 0)
        m_engine->stopListening(port.remoteListener);
    for (const QPointer<Connection> &connection : port.connections) {
        if (connection) {
            --m_open;
            delete connection;
        }
    }
    pauseOrResume();
}

void ForwardWorker::closeAll()
{
    while (!m_ports.empty())
        close(m_ports.begin()->first);
}

void ForwardWorker::reportNow(quint64 id)
{
    Port &port = m_ports[id];
    port.isChanged = false;
    if (m_report)
        m_report(id, port.status);
}

void ForwardWorker::reportSoon(quint64 id)
{
    m_ports[id].isChanged = true;
    if (!m_pace.isActive())
        m_pace.start();
}

} // namespace core::forward
