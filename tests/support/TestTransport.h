// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Transport.h"

#include <QSocketNotifier>

namespace support {

/// Gives the engine its bytes in the ways that are rare on a real network: from a real server's
/// socket, or from a recording in memory. Unix, like the servers it talks to.
class TestTransport final : public core::ssh::Transport
{
    Q_OBJECT

public:
    struct Plan
    {
        quint16 port = 0;     ///< of a live server on 127.0.0.1; 0 = the recording
        QByteArray recording; ///< ends with the loss of the peer
        qint64 piece = 0;     ///< bytes that one read gives at most; 0 = all
        bool stutter = false; ///< every other read gives nothing, though there is something
        /// A read waits a moment for what is on its way: bytes come in the midst of a call, without
        /// a readyRead().
        bool eager = false;
        qint64 cutAfter = -1; ///< the peer is lost after so many bytes; -1 = never
    };

    TestTransport(Plan plan, QObject *parent);
    ~TestTransport() override;

    void start() override;
    void write(QByteArrayView bytes) override;
    [[nodiscard]] qint64 unsentBytes() const override { return 0; }
    qint64 read(char *data, qint64 size) override;
    [[nodiscard]] bool isEnded() const override { return m_ended; }
    void abort() override;
    [[nodiscard]] qintptr socketDescriptor() const override { return m_socket; }

    [[nodiscard]] qint64 given() const { return m_given; }

private:
    void readyLater();
    void end();
    qint64 take(char *data, qint64 size);

    Plan m_plan;
    int m_socket = -1;
    QSocketNotifier *m_notifier = nullptr;
    qint64 m_given = 0;
    bool m_turn = false;
    bool m_ended = false;
};

} // namespace support
