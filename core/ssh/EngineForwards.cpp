// SPDX-License-Identifier: GPL-3.0-or-later
// Ports that the server listens on (RFC 4254, 7.1 and 7.2).
#include "core/ssh/SessionEngine.h"

#include "core/ssh/SshErrors.h"

#include <algorithm>

namespace core::ssh {

namespace {

/// Connections that came in between two looks; each pump takes all.
constexpr int mostQueued = 1024;

} // namespace

quint64 SessionEngine::listenRemote(const QByteArray &host, quint16 port, ListenerEvents events)
{
    const quint64 id = m_nextId++;
    if (m_state != Session::State::Ready) {
        if (events.ended)
            events.ended(Error{ErrorCode::Disconnected, Step::Forward, {}});
        return id;
    }
    auto listener = std::make_unique<EngineListener>();
    listener->id = id;
    listener->host = host;
    listener->port = port;
    listener->events = std::move(events);
    m_listeners.push_back(std::move(listener));
    m_control.push_back({[this, id] {
                             EngineListener *asking = findListener(id);
                             return asking ? listenStep(*asking) : 0;
                         },
                         [this, id](int rc) { listenEnded(id, rc); }});
    schedulePump();
    return id;
}

/// Answers to global requests are told apart by their order alone (RFC 4254, 4), and libssh2 leaves
/// those of the keepalives lying: it would take the oldest of them for this request's. So it is
/// called again until the first request's turn has come. The server refuses the repeated requests:
/// by then the port is taken, or was before.
int SessionEngine::listenStep(EngineListener &listener)
{
    if (!listener.answersBefore) {
        if (listener.isStopped)
            return LIBSSH2_ERROR_REQUEST_DENIED;
        listener.answersBefore = m_unreadAnswers;
    }
    for (;;) {
        if (!std::exchange(listener.isAsking, true))
            ++m_unreadAnswers;
        listener.listener = libssh2_channel_forward_listen_ex(m_session, listener.host.constData(),
                                                              listener.port, nullptr, mostQueued);
        const int rc = listener.listener ? 0 : libssh2_session_last_errno(m_session);
        if (rc == LIBSSH2_ERROR_EAGAIN)
            return rc;
        listener.isAsking = false;
        --m_unreadAnswers;
        if (rc != LIBSSH2_ERROR_REQUEST_DENIED || *listener.answersBefore == 0)
            return rc;
        --*listener.answersBefore;
    }
}

void SessionEngine::listenEnded(quint64 id, int rc)
{
    EngineListener *listener = findListener(id);
    if (!listener)
        return;
    if (rc != 0) {
        const Error error = sessionError(m_session, rc, Step::Forward);
        if (error.code == ErrorCode::Disconnected) {
            fail(error);
            return;
        }
        const ListenerEvents events = std::exchange(listener->events, {});
        std::erase_if(m_listeners, [id](const auto &one) { return one->id == id; });
        if (events.ended)
            events.ended(error);
    } else if (listener->isStopped) {
        cancelListener(id);
    } else if (listener->events.started) {
        listener->events.started();
    }
}

void SessionEngine::stopListening(quint64 id)
{
    EngineListener *listener = findListener(id);
    if (!listener || std::exchange(listener->isStopped, true))
        return;
    const ListenerEvents events = std::exchange(listener->events, {});
    if (listener->listener)
        cancelListener(id);
    if (events.ended)
        events.ended(std::nullopt);
}

void SessionEngine::cancelListener(quint64 id)
{
    m_control.push_back(
        {[this, id] {
             EngineListener *listener = findListener(id);
             return listener ? libssh2_channel_forward_cancel(listener->listener) : 0;
         },
         [this, id](int) {
             std::erase_if(m_listeners, [id](const auto &one) { return one->id == id; });
         }});
    schedulePump();
}

/// \returns whether somebody came.
bool SessionEngine::acceptForwarded()
{
    bool any = false;
    // By index: what is told may add one.
    for (std::size_t i = 0; i < m_listeners.size() && !m_ended; ++i) {
        EngineListener &listener = *m_listeners[i];
        if (!listener.listener)
            continue;
        while (!m_ended && !listener.isStopped) {
            LIBSSH2_CHANNEL *accepted = libssh2_channel_forward_accept(listener.listener);
            if (!accepted)
                break;
            auto channel = std::make_unique<EngineChannel>();
            channel->id = m_nextId++;
            channel->kind = EngineChannel::Kind::Tcp;
            channel->phase = EngineChannel::Phase::Running;
            channel->channel = accepted;
            channel->sinceStart.start();
            channel->sinceByte.start();
            EngineChannel &added = *channel;
            m_channels.push_back(std::move(channel));
            added.events = listener.events.accepted(added.id);
            any = true;
        }
    }
    return any;
}

void SessionEngine::failAllListeners(const Error &error)
{
    for (std::size_t i = 0; i < m_listeners.size(); ++i) {
        const ListenerEvents events = std::exchange(m_listeners[i]->events, {});
        m_listeners[i]->isStopped = true;
        if (events.ended)
            events.ended(error);
    }
}

EngineListener *SessionEngine::findListener(quint64 id) const
{
    const auto found = std::find_if(m_listeners.begin(), m_listeners.end(),
                                    [id](const auto &one) { return one->id == id; });
    return found == m_listeners.end() ? nullptr : found->get();
}

void SessionEngine::setMostUnacknowledged(quint64 id, qint64 bytes)
{
    if (EngineChannel *channel = find(id))
        channel->mostUnacknowledged = bytes;
}

} // namespace core::ssh
