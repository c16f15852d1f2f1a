// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/SessionEngine.h"

#include "core/base/Logging.h"
#include "core/ssh/EngineAuthProgress.h"
#include "core/ssh/SshErrors.h"

#include <algorithm>

namespace core::ssh {

namespace {

constexpr qint64 maxUnsent = 512 * 1024;
constexpr qint64 turnMs = 4;
constexpr qsizetype readSize = 64 * 1024;
constexpr qsizetype writeSize = 32 * 1024;
constexpr std::chrono::milliseconds longestTick{3000};   ///< more is standing still
constexpr std::chrono::milliseconds probePatience{5000}; ///< for an answer after that

} // namespace

EngineChannel *SessionEngine::find(quint64 id) const
{
    for (const auto &channel : m_channels) {
        if (channel->id == id)
            return channel.get();
    }
    return nullptr;
}

void SessionEngine::write(quint64 id, const QByteArray &bytes)
{
    EngineChannel *channel = find(id);
    if (!channel || channel->eofWanted || bytes.isEmpty())
        return;
    channel->outgoing.push_back(bytes);
    schedulePump();
}

void SessionEngine::sendEof(quint64 id)
{
    if (EngineChannel *channel = find(id)) {
        channel->eofWanted = true;
        schedulePump();
    }
}

void SessionEngine::acknowledge(quint64 id, qint64 bytes)
{
    if (EngineChannel *channel = find(id)) {
        const bool wasFull = channel->unacknowledged >= channel->mostUnacknowledged;
        channel->unacknowledged = std::max<qint64>(0, channel->unacknowledged - bytes);
        if (wasFull)
            schedulePump();
    }
}

void SessionEngine::cancelChannel(quint64 id)
{
    EngineChannel *channel = find(id);
    if (!channel || channel->phase == EngineChannel::Phase::Closing)
        return;
    const auto phase = channel->phase;
    channel->signalWanted =
        channel->kind == EngineChannel::Kind::Exec && phase == EngineChannel::Phase::Running &&
        !channel->isShell; // it hangs up with the close, as a window's shell does
    if (phase == EngineChannel::Phase::Running)
        channel->phase = EngineChannel::Phase::Closing;
    channel->outgoing.clear();
    channel->failure = Error{ErrorCode::Cancelled, Step::Exec, {}};
    // Told at once; what is left of the channel is closed in the background.
    ChannelEvents events = std::exchange(channel->events, {});
    if (phase == EngineChannel::Phase::Waiting)
        m_finished.push_back(id);
    if (events.ended)
        events.ended({channel->failure, {}, {}});
    schedulePump();
}

void SessionEngine::abandonChannel(quint64 id)
{
    EngineChannel *channel = find(id);
    // Alive until the end: one of them may be what has brought us here.
    const ChannelEvents events =
        channel ? std::exchange(channel->events, ChannelEvents()) : ChannelEvents();
    cancelChannel(id);
}

qint64 SessionEngine::queuedBytes(quint64 id) const
{
    qint64 total = 0;
    if (const EngineChannel *channel = find(id)) {
        for (const QByteArray &piece : channel->outgoing)
            total += piece.size();
        total -= channel->outgoingOffset;
    }
    return total;
}

void SessionEngine::schedulePump()
{
    if (m_pumpScheduled || m_ended)
        return;
    m_pumpScheduled = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_pumpScheduled = false;
            pump();
        },
        Qt::QueuedConnection);
}

void SessionEngine::pump()
{
    if (m_pumping) {
        schedulePump();
        return;
    }
    if (!m_session || m_ended)
        return;
    m_pumping = true;
    QElapsedTimer turn;
    turn.start();
    bool more = true;
    // A turn ends after some milliseconds, so that timers and cancels get in between.
    while (more && !m_ended && turn.elapsed() < 4 * turnMs) {
        const quint64 before = m_bytesTaken;
        more = pumpControl();
        if (!m_ended && (m_state == Session::State::Ready))
            more = pumpStreams() || more;
        // One call's reading takes in packets that another one, already asked in this round, waits
        // for; no readyRead() will come for them.
        more = more || m_bytesTaken != before;
    }
    if (m_lostPacket && !m_ended)
        fail({ErrorCode::Disconnected, Step::None,
              QStringLiteral("a packet was changed on the way")});
    removeFinished();
    m_pumping = false;
    if (more && !m_ended)
        schedulePump();
}

/// \returns whether something ended, so that another round is worth it.
bool SessionEngine::pumpControl()
{
    bool progressed = false;
    while (!m_control.empty() && !m_ended) {
        const int rc = m_control.front().step();
        if (rc == LIBSSH2_ERROR_EAGAIN || m_ended || m_control.empty())
            break;
        const Control done = std::move(m_control.front());
        m_control.pop_front();
        done.done(rc);
        progressed = true;
    }
    return progressed;
}

bool SessionEngine::pumpStreams()
{
    bool progressed = admitWaiting();
    progressed = acceptForwarded() || progressed;
    // One at a time: libssh2 takes the answer to another channel's request for a failure of this
    // one's. Beside it a channel may be opened, whose answer is of another type.
    const auto starting =
        std::find_if(m_channels.begin(), m_channels.end(), [](const auto &channel) {
            return channel->phase == EngineChannel::Phase::Starting;
        });
    if (starting != m_channels.end())
        progressed = startChannel(**starting) || progressed;
    const std::size_t count = m_channels.size();
    // Round-robin: the next pump begins where this one stopped.
    for (std::size_t i = 0; i < count && !m_ended; ++i) {
        EngineChannel &channel = *m_channels[(m_turn + i) % count];
        if (channel.phase == EngineChannel::Phase::Running ||
            channel.phase == EngineChannel::Phase::Closing)
            progressed = pumpChannel(channel) || progressed;
    }
    if (count > 0)
        m_turn = (m_turn + 1) % count;
    removeFinished();
    return progressed;
}

bool SessionEngine::pumpChannel(EngineChannel &channel)
{
    if (channel.phase == EngineChannel::Phase::Closing)
        return closeChannel(channel);
    QElapsedTimer turn;
    turn.start();
    if (channel.newSize || channel.sizeTold)
        tellSize(channel);
    const bool wrote = writeChannel(channel, turn);
    if (m_ended || channel.phase != EngineChannel::Phase::Running)
        return true;
    const bool read = readChannel(channel, turn);
    return wrote || read;
}

/// A window-change, which has no answer.
void SessionEngine::tellSize(EngineChannel &channel)
{
    if (!channel.sizeTold)
        channel.sizeTold = std::exchange(channel.newSize, {});
    if (channel.sizeTold &&
        libssh2_channel_request_pty_size(channel.channel, channel.sizeTold->columns,
                                         channel.sizeTold->rows) != LIBSSH2_ERROR_EAGAIN)
        channel.sizeTold.reset();
}

/// A channel's own end is none of the connection's.
bool SessionEngine::failIfBroken(int rc, Step step)
{
    if (rc >= 0 || rc == LIBSSH2_ERROR_EAGAIN || rc == LIBSSH2_ERROR_CHANNEL_CLOSED ||
        rc == LIBSSH2_ERROR_CHANNEL_EOF_SENT)
        return false;
    const Error error = sessionError(m_session, rc, step);
    if (error.code == ErrorCode::Disconnected)
        fail(error);
    return m_ended;
}

bool SessionEngine::writeChannel(EngineChannel &channel, const QElapsedTimer &turn)
{
    bool wrote = false;
    while (turn.elapsed() < turnMs) {
        if (channel.outgoing.empty()) {
            if (!channel.events.produce || channel.eofSent ||
                m_transport->unsentBytes() > maxUnsent)
                break;
            const QByteArray next = channel.events.produce();
            if (m_ended || channel.phase != EngineChannel::Phase::Running)
                return true;
            if (next.isEmpty())
                break;
            channel.outgoing.push_back(next);
        }
        if (channel.writeInProgress == 0 && m_transport->unsentBytes() > maxUnsent)
            return wrote; // bytesLeft() brings us back
        const QByteArray &piece = channel.outgoing.front();
        const qsizetype size = channel.writeInProgress > 0
                                   ? channel.writeInProgress
                                   : std::min(writeSize, piece.size() - channel.outgoingOffset);
        const ssize_t sent = libssh2_channel_write_ex(
            channel.channel, 0, piece.constData() + channel.outgoingOffset, size_t(size));
        if (sent == LIBSSH2_ERROR_EAGAIN) {
            channel.writeInProgress = size;
            return wrote;
        }
        channel.writeInProgress = 0;
        if (sent == 0)
            return wrote; // the server's window is full
        if (failIfBroken(int(sent), Step::Channel))
            return true;
        if (sent < 0) {
            // The command has closed its stdin or ended; its output and code still come.
            channel.outgoing.clear();
            channel.outgoingOffset = 0;
            channel.eofSent = true;
            return true;
        }
        wrote = true;
        channel.sinceByte.restart();
        channel.outgoingOffset += sent;
        if (channel.outgoingOffset >= piece.size()) {
            channel.outgoing.pop_front();
            channel.outgoingOffset = 0;
        }
        if (channel.outgoing.empty() && channel.events.drained)
            channel.events.drained();
    }
    if (channel.outgoing.empty() && channel.eofWanted && !channel.eofSent) {
        const int rc = libssh2_channel_send_eof(channel.channel);
        if (failIfBroken(rc, Step::Channel))
            return true;
        if (rc != LIBSSH2_ERROR_EAGAIN) {
            channel.eofSent = true;
            wrote = true;
        }
    }
    return wrote;
}

bool SessionEngine::readChannel(EngineChannel &channel, const QElapsedTimer &turn)
{
    bool progressed = false;
    const int streams = channel.isSession() ? 2 : 1;
    for (int stream = 0; stream < streams; ++stream) {
        while (turn.elapsed() < 2 * turnMs) {
            if (channel.unacknowledged >= channel.mostUnacknowledged)
                return progressed;
            QByteArray buffer(readSize, Qt::Uninitialized);
            const ssize_t got =
                libssh2_channel_read_ex(channel.channel, stream == 0 ? 0 : SSH_EXTENDED_DATA_STDERR,
                                        buffer.data(), size_t(buffer.size()));
            if (got == 0 || got == LIBSSH2_ERROR_EAGAIN)
                break;
            if (got < 0) {
                if (failIfBroken(int(got), Step::Channel))
                    return true;
                channel.phase = EngineChannel::Phase::Closing;
                return true;
            }
            progressed = true;
            buffer.truncate(got);
            channel.sinceByte.restart();
            channel.unacknowledged += got;
            if (channel.events.received)
                channel.events.received(buffer, stream == 1);
            if (m_ended || channel.phase != EngineChannel::Phase::Running)
                return true;
        }
    }
    if (!libssh2_channel_eof(channel.channel))
        return progressed;
    if (channel.events.receivedEof) {
        if (!std::exchange(channel.eofReceived, true)) {
            channel.events.receivedEof();
            return true;
        }
        // Only this tells the server's close from its end of data; it waits for nothing here.
        if (!channel.eofSent && libssh2_channel_wait_closed(channel.channel) != 0)
            return progressed;
    }
    // A command may end its output before it ends, and its exit code comes last: OpenSSH sends none
    // any more after our close.
    if (channel.kind == EngineChannel::Kind::Exec &&
        libssh2_channel_wait_closed(channel.channel) == LIBSSH2_ERROR_EAGAIN)
        return progressed;
    channel.phase = EngineChannel::Phase::Closing;
    return true;
}

bool SessionEngine::closeChannel(EngineChannel &channel)
{
    if (channel.signalWanted) {
        const int rc = libssh2_channel_signal_ex(channel.channel, "TERM", 4);
        if (rc == LIBSSH2_ERROR_EAGAIN)
            return false;
        channel.signalWanted = false; // servers without signals refuse; the close still ends it
    }
    const int closed = libssh2_channel_close(channel.channel);
    if (closed == LIBSSH2_ERROR_EAGAIN)
        return false;
    ChannelEnd end;
    end.error = channel.failure;
    if (!end.error && channel.kind == EngineChannel::Kind::Exec) {
        char *signal = nullptr;
        size_t length = 0;
        libssh2_channel_get_exit_signal(channel.channel, &signal, &length, nullptr, nullptr,
                                        nullptr, nullptr);
        if (signal) {
            end.exitSignal = QString::fromLatin1(signal, qsizetype(length));
            libssh2_free(m_session, signal);
        } else {
            end.exitCode = libssh2_channel_get_exit_status(channel.channel);
        }
    }
    if (libssh2_channel_free(channel.channel) == LIBSSH2_ERROR_EAGAIN)
        return false;
    channel.channel = nullptr;
    endChannel(channel, end); // what it told before the connection broke holds
    failIfBroken(closed, Step::Channel);
    return true;
}

void SessionEngine::endChannel(EngineChannel &channel, const ChannelEnd &end)
{
    const ChannelEvents events = std::exchange(channel.events, {});
    m_finished.push_back(channel.id);
    if (events.ended)
        events.ended(end);
}

void SessionEngine::failAllChannels(const Error &error)
{
    for (std::size_t i = 0; i < m_channels.size(); ++i) {
        const ChannelEvents events = std::exchange(m_channels[i]->events, {});
        if (events.ended)
            events.ended({error, {}, {}});
    }
}

void SessionEngine::removeFinished()
{
    for (quint64 id : std::exchange(m_finished, {}))
        std::erase_if(m_channels, [id](const auto &channel) { return channel->id == id; });
}

void SessionEngine::onTick()
{
    const auto gap = std::chrono::milliseconds(m_sinceTick.restart());
    m_silence += gap;
    // This thread was not there: what has come is not read yet, or the machine slept, and a probe
    // tells soon.
    const bool stoodStill = gap > longestTick;
    if (stoodStill)
        m_silence = std::min(m_silence, m_options.deadPeerTimeout -
                                            std::min(probePatience, m_options.deadPeerTimeout / 2));
    const bool isSigningIn = m_state == Session::State::SigningIn;
    if (isSigningIn && (!m_sinceAsked.isValid() || m_auth->mayTakeLong))
        return;
    // Half a tick: the next look would be late.
    if (m_silence + m_tick.intervalAsDuration() / 2 > m_options.deadPeerTimeout) {
        fail({ErrorCode::Disconnected, isSigningIn ? Step::Auth : Step::None,
              QStringLiteral("no answer for %1 s")
                  .arg(std::chrono::round<std::chrono::seconds>(m_silence).count())});
        return;
    }
    if (isSigningIn)
        return;
    const bool isDue =
        !m_probeOutstanding || m_sinceProbe.elapsed() >= m_options.keepaliveInterval.count();
    if (stoodStill || (m_silence >= m_options.keepaliveInterval && isDue))
        sendKeepalive();
    for (const auto &channel : m_channels) {
        if (channel->phase == EngineChannel::Phase::Closing || !channel->events.ended)
            continue;
        const bool late =
            channel->timeoutMs > 0 && channel->sinceStart.elapsed() >= channel->timeoutMs;
        const bool idle =
            channel->idleTimeoutMs > 0 && channel->sinceByte.elapsed() >= channel->idleTimeoutMs;
        if (!late && !idle)
            continue;
        const ChannelEvents events = std::exchange(channel->events, {});
        const Error error{ErrorCode::TimedOut, Step::Exec,
                          late ? QStringLiteral("timeout")
                               : QStringLiteral("no byte for too long")};
        cancelChannel(channel->id);
        channel->failure = error;
        events.ended({error, {}, {}});
        break; // the list may have changed; the next tick takes the next one
    }
}

void SessionEngine::sendKeepalive()
{
    if (m_state != Session::State::Ready || m_pumping)
        return;
    int secondsToNext = 0;
    libssh2_keepalive_send(m_session, &secondsToNext);
    ++m_unreadAnswers;
    m_probeOutstanding = true;
    m_sinceProbe.start();
}

void SessionEngine::checkPeer()
{
    if (m_jump)
        m_jump->checkPeer();
    sendKeepalive();
    pump();
}

} // namespace core::ssh
