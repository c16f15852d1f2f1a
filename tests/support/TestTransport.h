// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Transport.h"

#include <QSocketNotifier>
#include <QTimer>

#include <memory>
#include <vector>

namespace support {

/// A session as it went over the line. A client that draws the same random numbers again
/// (FixedRandom) says the same, so that the server's answers fit once more.
struct Recording
{
    struct Piece
    {
        qint64 after = 0; ///< bytes that the client had said before
        QByteArray bytes; ///< the server's
    };
    std::vector<Piece> pieces;
    QByteArray said; ///< by the client

    [[nodiscard]] qint64 size() const
    {
        qint64 total = 0;
        for (const Piece &piece : pieces)
            total += piece.bytes.size();
        return total;
    }
};

/// Gives the engine its bytes in the ways that are rare on a real network: from a real server's
/// socket, or from a recording in memory. Unix, like the servers it talks to.
class TestTransport final : public core::ssh::Transport
{
    Q_OBJECT

public:
    struct Plan
    {
        quint16 port = 0; ///< of a live server on 127.0.0.1; 0 = the replay
        /// Of the live server, from its start. Client and server take turns: what the server says
        /// is given when it has fallen silent. So the replay can't go another way.
        std::shared_ptr<Recording> record;
        std::shared_ptr<const Recording> replay; ///< ends with the loss of the peer
        qint64 piece = 0;                        ///< bytes that one read gives at most; 0 = all
        bool stutter = false; ///< every other read gives nothing, though there is something
        int starveAt = 0;     ///< this read gives nothing, though there is something; 0 = none
        /// A read waits a moment for what is on its way: bytes come in the midst of a call, without
        /// a readyRead().
        bool eager = false;
        qint64 cutAfter = -1;  ///< the peer is lost after so many bytes; -1 = never
        qint64 haltAfter = -1; ///< the peer says no more after so many bytes; -1 = never
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
    /// The peer is gone now.
    void lose() { end(); }
    [[nodiscard]] int reads() const { return m_reads; }
    /// Of a replay: the client has said nothing else than when it was recorded.
    [[nodiscard]] bool saysTheSame() const { return m_saysTheSame; }

private:
    void readyLater();
    void end();
    qint64 take(char *data, qint64 size);
    [[nodiscard]] qint64 takeReplayed(char *data, qint64 size);
    [[nodiscard]] const Recording *recording() const;
    void hear();
    [[nodiscard]] qint64 mostGiven() const;

    Plan m_plan;
    int m_socket = -1;
    QSocketNotifier *m_notifier = nullptr;
    QByteArray m_heard; ///< to be recorded
    QTimer m_silence;
    qint64 m_given = 0;
    qint64 m_written = 0;
    int m_reads = 0;
    std::size_t m_piece = 0;     ///< of the replay
    qsizetype m_pieceOffset = 0; ///< in it
    bool m_saysTheSame = true;
    bool m_turn = false;
    bool m_ended = false;
};

} // namespace support
