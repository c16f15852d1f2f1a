// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/ssh/Exec.h"
#include "core/ssh/Shell.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QElapsedTimer>

#include <libssh2.h>

#include <deque>
#include <functional>
#include <optional>

namespace core::ssh {

/// How a channel ended.
struct ChannelEnd
{
    std::optional<Error> error;
    std::optional<int> exitCode;
    QString exitSignal;
};

/// What a channel tells its user, in the engine's thread. ended comes once and last.
struct ChannelEvents
{
    std::function<void()> started;
    /// Asked for the next bytes to send whenever the channel has none and may send; empty = none
    /// now, SessionEngine::wake() asks again. So bulk data is read when it can leave, not before.
    std::function<QByteArray()> produce;
    /// The user calls SessionEngine::acknowledge() when the bytes are used up.
    std::function<void(const QByteArray &bytes, bool isStderr)> received;
    /// The server sends no more. When set, that is not the channel's end: the other direction stays
    /// open until it ends too, or the server closes the channel.
    std::function<void()> receivedEof;
    std::function<void()> drained;
    std::function<void(const ChannelEnd &end)> ended;
};

/// Who asks for a connection through the server, for the server's log.
struct TcpOrigin
{
    QByteArray host = "127.0.0.1";
    quint16 port = 0;
};

/// One channel inside the engine.
struct EngineChannel
{
    enum class Kind { Exec, Subsystem, Tcp };
    enum class Phase { Waiting, Opening, Starting, Running, Closing };

    quint64 id = 0;
    Kind kind = Kind::Exec;
    Phase phase = Phase::Waiting;
    QByteArray command;   ///< Exec; Subsystem: its name
    bool pty = false;     ///< Exec
    bool isShell = false; ///< Exec with a pty, of which somebody is at the other end
    TerminalSize size;    ///< of the pty
    quint32 window = LIBSSH2_CHANNEL_WINDOW_DEFAULT; ///< bytes the server may send unasked
    QByteArray host;                                 ///< Tcp
    quint16 port = 0;                                ///< Tcp
    TcpOrigin origin;                                ///< Tcp
    /// Received and not used up by the user; more is not read.
    qint64 mostUnacknowledged = 1024 * 1024;
    ChannelEvents events; ///< emptied once ended was told

    [[nodiscard]] bool isSession() const { return kind != Kind::Tcp; }

    LIBSSH2_CHANNEL *channel = nullptr;
    bool hasPty = false;
    std::optional<TerminalSize> newSize;  ///< to be told
    std::optional<TerminalSize> sizeTold; ///< EAGAIN: libssh2 wants the same call again
    int openTries = 0;
    QDeadlineTimer notBefore{0}; ///< Waiting: the server was full a moment ago

    std::deque<QByteArray> outgoing;
    qsizetype outgoingOffset = 0;  ///< in the first piece
    qsizetype writeInProgress = 0; ///< EAGAIN: libssh2 wants the same call again
    bool eofWanted = false;
    bool eofSent = false;
    bool eofReceived = false; ///< and told
    qint64 unacknowledged = 0;
    bool signalWanted = false; ///< cancelled: ask the command to end
    std::optional<Error> failure;

    qint64 timeoutMs = 0;
    qint64 idleTimeoutMs = 0;
    QElapsedTimer sinceOpening;
    QElapsedTimer sinceStart;
    QElapsedTimer sinceByte;
};

} // namespace core::ssh
