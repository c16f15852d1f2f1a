// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/forward/Socks.h"
#include "core/ssh/EngineChannel.h"

#include <QByteArrayList>
#include <QObject>
#include <QTimer>

#include <memory>

namespace core::ssh {
class SessionEngine;
}

namespace core::forward {

class Connector;
class StreamSocket;

/// One connection over a forwarded port: a socket of this machine and a channel, joined. What is
/// not taken on one side is not read on the other; an end in one direction leaves the other open.
/// In the session's thread. Deletes itself after ended().
class Connection final : public QObject
{
    Q_OBJECT

public:
    Connection(ssh::SessionEngine &engine, QObject *parent);
    /// Both sides are broken off when they are open still.
    ~Connection() override;

    /// Joins \a descriptor with a connection that the server opens to \a host.
    void toServer(qintptr descriptor, const QByteArray &host, quint16 port);
    /// The same, where the client asks for host and port over SOCKS.
    void overSocks(qintptr descriptor);
    /// Joins the open \a channel with a connection to \a host from this machine. \returns what the
    /// channel is to tell.
    [[nodiscard]] ssh::ChannelEvents fromServer(quint64 channel, const QString &host, quint16 port);

Q_SIGNALS:
    /// Bytes from this machine's socket into the channel, and out of it.
    void moved(qint64 outward, qint64 inward);
    /// The target, or the way there, did not take it. ConnectFailed, PermissionDenied (the server
    /// forwards nothing there), ChannelRefused, Disconnected; Step::Forward.
    void refused(const core::Error &error);
    void ended();

private:
    [[nodiscard]] ssh::ChannelEvents events();
    void useSocket(qintptr descriptor);
    void readHandshake();
    void openChannel(const QByteArray &host, quint16 port);
    void onStarted();
    [[nodiscard]] QByteArray produce();
    void take(const QByteArray &bytes);
    void takeEnd();
    void onChannelEnded(const ssh::ChannelEnd &end);
    void refuse(const Error &error);
    void endWhenSent();
    void end();

    ssh::SessionEngine &m_engine;
    std::unique_ptr<StreamSocket> m_socket;
    Connector *m_connector = nullptr;
    std::unique_ptr<SocksHandshake> m_socks;
    QTimer m_patience; ///< for the handshake
    quint64 m_channel = 0;
    QByteArray m_target;   ///< "host:port", for errors
    QByteArray m_early;    ///< came behind the handshake
    QByteArrayList m_held; ///< received while this machine's side was being connected
    bool m_isOpen = false; ///< the channel
    bool m_channelEnded = false;
    bool m_endReceived = false; ///< of the channel's data
    bool m_endSent = false;
    bool m_isOver = false;
};

} // namespace core::forward
