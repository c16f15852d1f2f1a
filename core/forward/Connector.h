// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>

namespace core::forward {

/// Connects from this machine to a host and port, over one address of the name after the other.
/// One of connected() and failed() comes, once, from the event loop.
class Connector final : public QObject
{
    Q_OBJECT

public:
    Connector(const QString &host, quint16 port, QObject *parent = nullptr);
    ~Connector() override;

Q_SIGNALS:
    /// The receiver owns it.
    void connected(qintptr descriptor);
    void failed(const QString &systemWords);

private:
    void tryNext();
    void onAnswer();
    void giveUp();

    const quint16 m_port;
    QList<QHostAddress> m_addresses;
    int m_lookup = -1;
    qintptr m_socket = -1;
    int m_attempt = 0; ///< what was told of an earlier one comes late
    std::unique_ptr<QSocketNotifier> m_writable;
    std::unique_ptr<QSocketNotifier> m_exception; ///< Windows tells a failure so
    QTimer m_deadline;
    bool m_isLate = false; ///< the deadline has passed
    QString m_words;
};

} // namespace core::forward
