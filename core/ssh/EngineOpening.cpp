// SPDX-License-Identifier: GPL-3.0-or-later
// How channels come to be: asked for, admitted, opened, started.
#include "core/ssh/SessionEngine.h"

#include "core/ssh/EngineAuthProgress.h"
#include "core/ssh/SshErrors.h"

#include <algorithm>

namespace core::ssh {

namespace {

/// Below sshd's MaxSessions of 10: it counts a session a little longer than its channel.
constexpr std::size_t maxSessionChannels = 8;
constexpr int maxOpenTries = 20; ///< a refused session channel while others run waits its turn
/// So much of a flood of text still comes after Ctrl+C.
constexpr quint32 shellWindow = 256 * 1024;

} // namespace

quint64 SessionEngine::openExec(const QByteArray &command, const ExecOptions &options,
                                ChannelEvents events)
{
    auto channel = std::make_unique<EngineChannel>();
    channel->kind = EngineChannel::Kind::Exec;
    channel->command = command;
    channel->pty = options.pty;
    channel->timeoutMs = options.timeout.count();
    channel->idleTimeoutMs = options.idleTimeout.count();
    channel->events = std::move(events);
    if (!options.input.isEmpty())
        channel->outgoing.push_back(options.input);
    channel->eofWanted = options.closeStdin;
    return addChannel(std::move(channel));
}

quint64 SessionEngine::openSubsystem(const QByteArray &name, quint32 window, ChannelEvents events)
{
    auto channel = std::make_unique<EngineChannel>();
    channel->kind = EngineChannel::Kind::Subsystem;
    channel->command = name;
    channel->window = window;
    channel->events = std::move(events);
    return addChannel(std::move(channel));
}

quint64 SessionEngine::openBulkExec(const QByteArray &command, quint32 window, ChannelEvents events)
{
    auto channel = std::make_unique<EngineChannel>();
    channel->kind = EngineChannel::Kind::Exec;
    channel->command = command;
    channel->window = window;
    channel->events = std::move(events);
    return addChannel(std::move(channel));
}

quint64 SessionEngine::openShell(const QByteArray &command, const TerminalSize &size,
                                 ChannelEvents events)
{
    auto channel = std::make_unique<EngineChannel>();
    channel->kind = EngineChannel::Kind::Exec;
    channel->command = command;
    channel->window = shellWindow;
    channel->pty = true;
    channel->isShell = true;
    channel->size = size;
    channel->events = std::move(events);
    return addChannel(std::move(channel));
}

void SessionEngine::resizeShell(quint64 id, const TerminalSize &size)
{
    if (EngineChannel *channel = find(id)) {
        channel->newSize = size;
        schedulePump();
    }
}

quint64 SessionEngine::openTcp(const QByteArray &host, quint16 port, ChannelEvents events,
                               const TcpOrigin &origin)
{
    auto channel = std::make_unique<EngineChannel>();
    channel->kind = EngineChannel::Kind::Tcp;
    channel->host = host;
    channel->port = port;
    channel->origin = origin;
    channel->events = std::move(events);
    return addChannel(std::move(channel));
}

quint64 SessionEngine::addChannel(std::unique_ptr<EngineChannel> channel)
{
    channel->id = m_nextId++;
    channel->sinceStart.start();
    channel->sinceByte.start();
    const quint64 id = channel->id;
    m_channels.push_back(std::move(channel));
    if (m_state != Session::State::Ready) {
        endChannel(*m_channels.back(), {Error{ErrorCode::Disconnected, Step::Channel, {}}, {}, {}});
        if (!m_pumping) // else the pump does it, when nobody walks the list
            removeFinished();
        return id;
    }
    schedulePump(); // nothing of it is told before its user knows the id
    return id;
}

/// \returns whether a channel was admitted to the control lane.
bool SessionEngine::admitWaiting()
{
    bool admitted = false;
    std::size_t sessions = 0;
    for (const auto &channel : m_channels) {
        if (channel->isSession() && channel->phase != EngineChannel::Phase::Waiting)
            ++sessions;
    }
    for (const auto &channel : m_channels) {
        if (channel->phase != EngineChannel::Phase::Waiting || channel->failure ||
            !channel->notBefore.hasExpired())
            continue;
        if (channel->isSession()) {
            if (sessions >= maxSessionChannels)
                continue;
            ++sessions;
        }
        startOpening(*channel);
        admitted = true;
    }
    return admitted;
}

void SessionEngine::startOpening(EngineChannel &channel)
{
    channel.phase = EngineChannel::Phase::Opening;
    channel.sinceOpening.invalidate();
    const quint64 id = channel.id;
    m_control.push_back({[this, id] {
                             EngineChannel *opening = find(id);
                             return opening ? openStep(*opening) : 0;
                         },
                         [this, id](int rc) {
                             EngineChannel *opening = find(id);
                             if (opening && rc == 0 && opening->isSession())
                                 opening->phase = EngineChannel::Phase::Starting;
                             else if (opening)
                                 opened(*opening, rc);
                         }});
}

int SessionEngine::openStep(EngineChannel &channel)
{
    if (!channel.sinceOpening.isValid()) {
        if (channel.failure) // cancelled while others were opened
            return LIBSSH2_ERROR_CHANNEL_FAILURE;
        channel.sinceOpening.start();
    }
    if (channel.kind == EngineChannel::Kind::Tcp)
        channel.channel =
            libssh2_channel_direct_tcpip_ex(m_session, channel.host.constData(), channel.port,
                                            channel.origin.host.constData(), channel.origin.port);
    else
        channel.channel =
            libssh2_channel_open_ex(m_session, "session", sizeof("session") - 1, channel.window,
                                    LIBSSH2_CHANNEL_PACKET_DEFAULT, nullptr, 0);
    return channel.channel ? 0 : libssh2_session_last_errno(m_session);
}

/// The requests of an open channel. \returns whether something ended.
bool SessionEngine::startChannel(EngineChannel &channel)
{
    if (channel.pty && !channel.hasPty) {
        const QByteArrayView term = "xterm-256color";
        const int rc =
            libssh2_channel_request_pty_ex(channel.channel, term.data(), uint(term.size()), nullptr,
                                           0, channel.size.columns, channel.size.rows, 0, 0);
        if (rc == LIBSSH2_ERROR_EAGAIN)
            return false;
        if (rc != 0) {
            opened(channel, rc);
            return true;
        }
        channel.hasPty = true;
    }
    const bool isLogin = channel.isShell && channel.command.isEmpty();
    const QByteArrayView request = channel.kind == EngineChannel::Kind::Subsystem ? "subsystem"
                                   : isLogin                                      ? "shell"
                                                                                  : "exec";
    const int rc = libssh2_channel_process_startup(
        channel.channel, request.data(), uint(request.size()),
        isLogin ? nullptr : channel.command.constData(), uint(channel.command.size()));
    if (rc == LIBSSH2_ERROR_EAGAIN)
        return false;
    opened(channel, rc);
    return true;
}

void SessionEngine::opened(EngineChannel &channel, int rc)
{
    if (rc != 0) {
        const Error error = sessionError(m_session, rc, Step::Channel);
        if (error.code == ErrorCode::Disconnected) {
            fail(error);
            return;
        }
        const bool others =
            std::any_of(m_channels.begin(), m_channels.end(), [&](const auto &other) {
                return other.get() != &channel && other->isSession() &&
                       other->phase != EngineChannel::Phase::Waiting;
            });
        if (!channel.channel && !channel.failure && channel.isSession() && others &&
            ++channel.openTries < maxOpenTries) {
            channel.phase = EngineChannel::Phase::Waiting;
            channel.notBefore.setRemainingTime(50 * channel.openTries);
            QTimer::singleShot(50 * channel.openTries + 1, this, &SessionEngine::schedulePump);
            return;
        }
        if (channel.channel && channel.kind == EngineChannel::Kind::Subsystem &&
            error.code == ErrorCode::ChannelRefused)
            m_lacksSftp = true;
        if (!channel.failure)
            channel.failure = error;
        if (!channel.channel) {
            endChannel(channel, {channel.failure, {}, {}});
            return;
        }
        channel.phase = EngineChannel::Phase::Closing;
        return;
    }
    // A command that was cancelled while it was being started is running now: end it.
    channel.phase = channel.failure ? EngineChannel::Phase::Closing : EngineChannel::Phase::Running;
    channel.signalWanted = channel.failure && channel.kind == EngineChannel::Kind::Exec;
    if (channel.events.started)
        channel.events.started();
}

} // namespace core::ssh
