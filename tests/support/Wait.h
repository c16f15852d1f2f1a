// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

#include <chrono>

namespace support {

/// Runs the event loop until \a done holds, looking again after every event: for loops of many
/// short waits. (QTRY_ macros look every 50 ms.) False when it has not come within \a patience.
template <typename Done>
[[nodiscard]] bool waitUntil(Done done, std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    QTimer end; // an event must come for the loop to wake
    end.setSingleShot(true);
    end.start(patience);
    while (!done()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

} // namespace support
