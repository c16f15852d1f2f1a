// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Transport.h"

#include <QHostInfo>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>

namespace core::ssh {

/// TCP with a name lookup that does not block. All addresses of the name are tried in turn; a
/// second one is started when the first has not answered for 250 ms (RFC 8305), the first to
/// connect wins.
class TcpTransport final : public Transport
{
    Q_OBJECT

public:
    TcpTransport(QString host, quint16 port, std::chrono::milliseconds timeout,
                 QObject *parent = nullptr);
    ~TcpTransport() override;

    void start() override;
    void write(QByteArrayView bytes) override;
    [[nodiscard]] qint64 unsentBytes() const override;
    qint64 read(char *data, qint64 size) override;
    [[nodiscard]] bool isEnded() const override;
    void abort() override;
    [[nodiscard]] qintptr socketDescriptor() const override;

private:
    void onLookedUp(const QHostInfo &info);
    void useAddresses(const QList<QHostAddress> &addresses);
    void tryNext();
    void onConnected(QTcpSocket *socket);
    void onAttemptFailed(QTcpSocket *socket);
    void finishFailed(ErrorCode code, const QString &detail);

    const QString m_host;
    const quint16 m_port;
    const std::chrono::milliseconds m_timeout;
    int m_lookup = -1;
    QList<QHostAddress> m_addresses;
    QList<QTcpSocket *> m_attempts;
    QTcpSocket *m_socket = nullptr; ///< the one that connected
    QTimer m_deadline;
    QTimer m_stagger;
    QString m_lastError;
    bool m_resolved = false;
    bool m_done = false;
    bool m_ended = false;
};

} // namespace core::ssh
