// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QMutex>

#include <atomic>

namespace core::transfer {

/// A token bucket for all channels of a transfer together. Thread-safe.
class RateLimit
{
public:
    /// \a bytesPerSecond 0 = none.
    explicit RateLimit(qint64 bytesPerSecond = 0);

    /// Whether \a bytes may go now; if so they are counted. One call may overdraw, later ones wait.
    [[nodiscard]] bool take(qint64 bytes);
    /// Counts \a bytes that go in any case; later ones wait for them.
    void charge(qint64 bytes);
    void set(qint64 bytesPerSecond) { m_rate = bytesPerSecond; }
    /// Bytes a second; 0 = none.
    [[nodiscard]] qint64 rate() const { return m_rate; }

private:
    void refill(qint64 rate);

    QMutex m_mutex;
    QElapsedTimer m_clock;
    std::atomic<qint64> m_rate;
    double m_tokens = 0;
    qint64 m_lastNs = 0;
};

} // namespace core::transfer
