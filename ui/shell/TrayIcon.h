// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Notifier.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

class QAction;
class QMenu;
class QSystemTrayIcon;

namespace core::fleet {
class Fleet;
}

namespace ui::shell {

class Notifications;

/// A line for each connected instance: "train: GPU 97 %, CPU 381 %, 18.7 GB".
[[nodiscard]] QStringList loadLines(const core::fleet::Fleet &fleet);

/// Danlu's icon beside the clock, where the desktop has a place for it: what the instances do at a
/// glance, the menu, and what pops up. Without such a place it does nothing.
class TrayIcon final : public QObject
{
    Q_OBJECT

public:
    /// Gives lines for the words at the icon.
    using Lines = std::function<QStringList()>;

    explicit TrayIcon(Notifications &notifications, QObject *parent = nullptr);
    ~TrayIcon() override;

    /// Their lines follow those of whoever came before.
    void addLines(Lines lines);
    void setShown(bool shown);
    /// False: there is no place.
    [[nodiscard]] bool popUp(const Notification &notification);
    void retranslate();
    [[nodiscard]] QMenu *menu() const { return m_menu.get(); }
    /// What the icon says.
    [[nodiscard]] QString words() const;

Q_SIGNALS:
    void showRequested();
    void quitRequested();
    void settingsRequested();

private:
    void build();
    void update();
    void updatePause();

    Notifications &m_notifications;
    std::vector<Lines> m_lines;
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon *m_icon = nullptr; ///< made when it is shown
    QAction *m_show = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_resume = nullptr;
    QAction *m_settings = nullptr;
    QAction *m_quit = nullptr;
    QTimer m_clock;
    std::function<void()> m_open; ///< of what popped up last
};

} // namespace ui::shell
