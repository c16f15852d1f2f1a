// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/QuietHours.h"
#include "ui/shell/Notifier.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <optional>

namespace core {
class Clock;
}

namespace ui::shell {

/// Decides what becomes of a notification: it pops up beside the clock, or is told in the window:
/// while the user looks at it, in quiet hours, while notifications are off or paused, and where
/// nothing can pop up. None is lost. GUI thread.
class Notifications final : public QObject, public Notifier
{
    Q_OBJECT

public:
    /// Shows it outside the window; false: there is no place for it.
    using PopUp = std::function<bool(const Notification &)>;
    using IsWatched = std::function<bool()>;

    /// \a isWatched: the user looks at the window.
    Notifications(const core::Clock &clock, IsWatched isWatched, QObject *parent = nullptr);
    ~Notifications() override;

    void setPopUp(PopUp popUp) { m_popUp = std::move(popUp); }
    void setOn(bool on) { m_isOn = on; }
    void setQuietHours(const settings::QuietHours &hours) { m_quiet = hours; }
    /// Nothing pops up for so long; zero ends it.
    void pause(std::chrono::seconds time);
    [[nodiscard]] bool isPaused() const;
    /// Off, paused or in quiet hours.
    [[nodiscard]] bool isQuiet() const;

    void notify(const Notification &notification) override;

Q_SIGNALS:
    /// To be told in the window. \a isQuiet: without calling the user to it either.
    void inWindow(const ui::shell::Notification &notification, bool isQuiet);
    void pauseChanged();

private:
    const core::Clock &m_clock;
    IsWatched m_isWatched;
    PopUp m_popUp;
    bool m_isOn = true;
    settings::QuietHours m_quiet;
    std::optional<std::chrono::steady_clock::time_point> m_pauseEnd;
};

} // namespace ui::shell
