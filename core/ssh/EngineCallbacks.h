// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/AgentSocket.h"
#include "core/ssh/SessionEngine.h"

#include <cerrno>
#include <cstdlib>

namespace core::ssh {

/// So much of one packet is a sign of life as well: 35,000 bytes over a very slow line.
constexpr qint64 bytesOfLife = 1024;

/// libssh2 calls these while it reads and writes; they see the engine through the abstract pointer.
struct EngineCallbacks
{
    static ssize_t send(libssh2_socket_t socket, const void *buffer, size_t length, int flags,
                        void **abstract)
    {
        auto *engine = static_cast<SessionEngine *>(*abstract);
        Transport *transport = engine->m_transport;
        // libssh2 speaks to the agent through the session's callbacks as well.
        if (transport && qintptr(socket) != transport->socketDescriptor())
            return sendToSocket(socket, buffer, length, flags);
        if (!transport || transport->isEnded())
            return -EPIPE;
        transport->write(QByteArrayView(static_cast<const char *>(buffer), qsizetype(length)));
        if (engine->m_state == Session::State::SigningIn) {
            engine->m_sinceAsked.start();
            engine->m_silence = std::chrono::milliseconds(0);
        }
        return ssize_t(length);
    }

    static ssize_t receive(libssh2_socket_t socket, void *buffer, size_t length, int flags,
                           void **abstract)
    {
        auto *engine = static_cast<SessionEngine *>(*abstract);
        Transport *transport = engine->m_transport;
        if (!transport)
            return 0;
        if (qintptr(socket) != transport->socketDescriptor())
            return receiveFromSocket(socket, buffer, length, flags);
        const qint64 got = transport->read(static_cast<char *>(buffer), qint64(length));
        engine->m_hasJustRead = got > 0;
        if (got > 0) {
            engine->m_bytesTaken += quint64(got);
            engine->m_unheard += got;
            if (engine->m_unheard >= bytesOfLife)
                engine->hear();
            if (engine->m_state == Session::State::Handshaking)
                engine->m_words.take(
                    QByteArrayView(static_cast<const char *>(buffer), qsizetype(got)));
            engine->takeRoundTrip();
            return ssize_t(got);
        }
        return transport->isEnded() ? 0 : -EAGAIN;
    }

    /// libssh2 takes memory for each packet that begins, and no other sign of one can be seen.
    static void *allocate(size_t size, void **abstract)
    {
        auto *engine = static_cast<SessionEngine *>(*abstract);
        if (engine->m_hasJustRead)
            engine->hear();
        return std::malloc(size);
    }

    static void *reallocate(void *memory, size_t size, void **)
    {
        return std::realloc(memory, size);
    }

    static void release(void *memory, void **) { std::free(memory); }

    /// libssh2 leaves the packet out and goes on where a caller does not look at its error.
    static int macFailed(LIBSSH2_SESSION *, const char *, int, void **abstract)
    {
        static_cast<SessionEngine *>(*abstract)->m_lostPacket = true;
        return -1; // it stays out
    }

    static void disconnected(LIBSSH2_SESSION *, int, const char *message, int length, const char *,
                             int, void **abstract)
    {
        auto *engine = static_cast<SessionEngine *>(*abstract);
        engine->m_farewell = QString::fromUtf8(message, length).simplified();
    }
};

} // namespace core::ssh
