// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <deque>

namespace core::forward {

/// A connected stream socket whose two directions end apart from each other. Owns the descriptor.
class StreamSocket final : public QObject
{
    Q_OBJECT

public:
    /// Takes \a descriptor over.
    explicit StreamSocket(qintptr descriptor, QObject *parent = nullptr);
    /// Closes it as a whole and clean socket would; see reset().
    ~StreamSocket() override;

    /// Up to \a most bytes; empty = none now, readable() tells when; or hasEnded().
    [[nodiscard]] QByteArray read(qsizetype most);
    /// The other side sends no more, all that it sent was read.
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
    [[nodiscard]] bool isBroken() const { return m_isBroken; }

    /// Takes all; what can't go at once is kept. Kept bytes are told by bytesLeft() when they go.
    void write(const QByteArray &bytes);
    [[nodiscard]] qsizetype unsent() const { return m_unsent; }
    /// Ends this side's direction once all is sent.
    void finish();
    /// The destructor then breaks the connection, so that the other side does not take it for
    /// whole.
    void reset() { m_resets = true; }

Q_SIGNALS:
    void readable();
    /// So many bytes of those written have gone.
    void bytesLeft(qsizetype count);
    /// Nothing can come or go any more. Once.
    void failed();

private:
    void flush();
    void breakOff();

    const qintptr m_descriptor;
    QSocketNotifier m_reader;
    QSocketNotifier m_writer;
    std::deque<QByteArray> m_outgoing;
    qsizetype m_offset = 0; ///< in the first piece
    qsizetype m_unsent = 0;
    bool m_isReadable = false;
    bool m_hasEnded = false;
    bool m_isBroken = false;
    bool m_finishWanted = false;
    bool m_isFinished = false;
    bool m_resets = false;
};

} // namespace core::forward
