// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/WakeDetector.h"

#include "core/base/Clock.h"

#include <QNetworkInformation>

namespace core::fleet {

using namespace std::chrono_literals;

namespace {

constexpr auto period = 5s;
constexpr auto slept = 20s;

} // namespace

WakeDetector::WakeDetector(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_last(clock.now())
{
    m_timer.setInterval(period);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &WakeDetector::look);
    m_timer.start();
    // Where Qt has a backend for it (Windows, macOS, NetworkManager) a new network is seen at once.
    if (QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
                [this](QNetworkInformation::Reachability now) {
                    if (now == QNetworkInformation::Reachability::Online)
                        Q_EMIT woke();
                });
}

void WakeDetector::look()
{
    // The wall clock goes on while the machine sleeps; the monotonic one stops on some systems.
    const auto now = m_clock.now();
    const bool late = now - m_last > slept;
    m_last = now;
    if (late)
        Q_EMIT woke();
}

} // namespace core::fleet
