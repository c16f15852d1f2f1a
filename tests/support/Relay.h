// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>

#include <optional>

namespace support {

/// Stands between client and server: counts, cuts after so many bytes, gives bytes out one by one
/// or stops giving any (the peer that died without a word).
class Relay final : public QObject
{
    Q_OBJECT

public:
    explicit Relay(quint16 target, QObject *parent = nullptr);
    [[nodiscard]] quint16 port() const { return m_port; }
    /// Bytes from the server to the client until the connection is cut; -1 = never.
    void cutAfter(qint64 bytes) { m_cutAfter = bytes; }
    /// Each connection is cut after a random number of bytes below \a most, both ways counted.
    void cutAtRandom(quint32 seed, qint64 most)
    {
        m_random.emplace(seed);
        m_mostRandom = most;
    }
    [[nodiscard]] int cuts() const { return m_cuts; }
    /// A bit of this byte from the server is changed, counted over all connections.
    void flipBitAt(qint64 byte, char bit = 1)
    {
        m_flipAt = byte;
        m_flippedBit = bit;
    }
    /// Largest piece handed to the client in one go; 0 = as they come.
    void setPiece(int bytes) { m_piece = bytes; }
    /// One way, each way; for connections from now on.
    void setDelay(int milliseconds) { m_delayMs = milliseconds; }
    void freeze() { m_frozen = true; }
    /// Every connection ends and none is taken, until mend().
    void cut();
    void mend();
    [[nodiscard]] qint64 received() const { return m_received; }

private:
    void accept();
    void forward(QTcpSocket *to, const QByteArray &bytes);
    void toClient(QTcpSocket *server, QTcpSocket *client);

    QTcpServer m_server;
    quint16 m_target;
    quint16 m_port = 0;
    qint64 m_cutAfter = -1;
    qint64 m_flipAt = -1;
    char m_flippedBit = 1;
    qint64 m_received = 0;
    int m_piece = 0;
    int m_delayMs = 0;
    bool m_frozen = false;
    std::optional<QRandomGenerator> m_random;
    qint64 m_mostRandom = 0;
    int m_cuts = 0;
};

} // namespace support
