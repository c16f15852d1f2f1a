// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Transport.h"

#include <QPointer>
#include <QUdpSocket>

namespace core::ssh {

class SessionEngine;

/// A direct-tcpip channel of a jump host's session as the transport of the next one. Same thread.
class ChannelTransport final : public Transport
{
    Q_OBJECT

public:
    ChannelTransport(SessionEngine &jump, QByteArray host, quint16 port, QObject *parent = nullptr);
    ~ChannelTransport() override;

    void start() override;
    void write(QByteArrayView bytes) override;
    [[nodiscard]] qint64 unsentBytes() const override;
    qint64 read(char *data, qint64 size) override;
    [[nodiscard]] bool isEnded() const override { return m_ended; }
    void abort() override;
    [[nodiscard]] qintptr socketDescriptor() const override { return m_dummy.socketDescriptor(); }

private:
    QPointer<SessionEngine> m_jump;
    const QByteArray m_host;
    const quint16 m_port;
    quint64 m_channel = 0;
    QByteArray m_received;
    qsizetype m_offset = 0;
    QUdpSocket m_dummy; ///< never carries a byte; see Transport::socketDescriptor()
    bool m_connected = false;
    bool m_ended = false;
};

} // namespace core::ssh
