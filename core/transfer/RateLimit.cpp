// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/RateLimit.h"

#include <algorithm>

namespace core::transfer {

RateLimit::RateLimit(qint64 bytesPerSecond)
    : m_rate(bytesPerSecond)
{
    m_clock.start();
}

void RateLimit::refill(qint64 rate)
{
    const qint64 now = m_clock.nsecsElapsed();
    const double most = double(rate) / 10; // a tenth of a second may be saved up
    m_tokens = std::min(most, m_tokens + double(now - m_lastNs) * 1e-9 * double(rate));
    m_lastNs = now;
}

bool RateLimit::take(qint64 bytes)
{
    const qint64 rate = m_rate;
    if (rate <= 0)
        return true;
    const QMutexLocker locker(&m_mutex);
    refill(rate);
    if (m_tokens < 0)
        return false;
    m_tokens -= double(bytes);
    return true;
}

void RateLimit::charge(qint64 bytes)
{
    const qint64 rate = m_rate;
    if (rate <= 0)
        return;
    const QMutexLocker locker(&m_mutex);
    refill(rate);
    m_tokens -= double(bytes);
}

} // namespace core::transfer
