// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/Notifications.h"

#include "core/base/Clock.h"

#include <QDateTime>

namespace ui::shell {

Notifications::Notifications(const core::Clock &clock, IsWatched isWatched, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_isWatched(std::move(isWatched))
{
}

Notifications::~Notifications() = default;

void Notifications::pause(std::chrono::seconds time)
{
    m_pauseEnd.reset();
    if (time.count() > 0)
        m_pauseEnd = m_clock.steadyNow() + time;
    Q_EMIT pauseChanged();
}

bool Notifications::isPaused() const
{
    return m_pauseEnd && m_clock.steadyNow() < *m_pauseEnd;
}

bool Notifications::isQuiet() const
{
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.now().time_since_epoch());
    const QTime time = QDateTime::fromMSecsSinceEpoch(now.count()).time();
    return !m_isOn || isPaused() || m_quiet.contains(time);
}

void Notifications::notify(const Notification &notification)
{
    const bool quiet = isQuiet();
    const bool isSeen = m_isWatched && m_isWatched();
    if (!quiet && !isSeen && m_popUp && m_popUp(notification))
        return;
    Q_EMIT inWindow(notification, quiet);
}

} // namespace ui::shell
