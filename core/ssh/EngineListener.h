// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/EngineChannel.h"

namespace core::ssh {

/// What a port that the server listens on tells its user, in the engine's thread. ended comes once
/// and last.
struct ListenerEvents
{
    std::function<void()> started;
    /// Somebody connected there; the channel is open. Its events are returned.
    std::function<ChannelEvents(quint64 channel)> accepted;
    /// Nothing after SessionEngine::stopListening(). ChannelRefused: the server does not allow it,
    /// or the port is taken there.
    std::function<void(const std::optional<Error> &error)> ended;
};

/// One port inside the engine.
struct EngineListener
{
    quint64 id = 0;
    QByteArray host;
    quint16 port = 0;
    ListenerEvents events;                ///< emptied once ended was told
    LIBSSH2_LISTENER *listener = nullptr; ///< null until the server has agreed
    bool isStopped = false;
    bool isAsking = false;            ///< the server; its answer is awaited
    std::optional<int> answersBefore; ///< those that come before the first request's
};

} // namespace core::ssh
