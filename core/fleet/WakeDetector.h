// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace core {
class Clock;
}

namespace core::fleet {

/// Notices that the machine slept or that the network came back, without asking the system's power
/// manager: a timer that fires much later than it should tells that nothing ran in between.
class WakeDetector final : public QObject
{
    Q_OBJECT

public:
    explicit WakeDetector(const Clock &clock, QObject *parent = nullptr);

Q_SIGNALS:
    void woke();

private:
    void look();
    const Clock &m_clock;
    std::chrono::system_clock::time_point m_last;
    QTimer m_timer;
};

} // namespace core::fleet
