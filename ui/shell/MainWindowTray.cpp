// SPDX-License-Identifier: GPL-3.0-or-later
// What reaches somebody who looks elsewhere: the icon beside the clock, what pops up there, and the
// strip in the window for what can't.
#include "ui/instances/InstanceList.h"
#include "ui/settings/Settings.h"
#include "ui/shell/ConnectionNotices.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/NewsBanner.h"
#include "ui/shell/Notifications.h"
#include "ui/shell/TrayIcon.h"

#include <QApplication>

namespace ui::shell {

using namespace std::chrono_literals;

namespace {

constexpr auto lossPatience = 10s;

} // namespace

/// \returns the strip, to be laid out.
QWidget *MainWindow::buildNews()
{
    m_notifications = new Notifications(
        m_services.core.clock, [this] { return isActiveWindow(); }, this);
    m_news = new NewsBanner;
    m_tray = new TrayIcon(*m_notifications, this);
    m_tray->addLines([this] { return loadLines(m_services.fleet); });
    m_notifications->setPopUp(
        [this](const Notification &notification) { return m_tray->popUp(notification); });
    connect(m_notifications, &Notifications::inWindow, this,
            [this](const Notification &notification, bool isQuiet) {
                const bool isWatched = isActiveWindow();
                if (!isQuiet && !isWatched)
                    QApplication::alert(this);
                if (!notification.isInWindow)
                    m_news->add(notification,
                                isWatched && notification.kind != Notification::Kind::Warning);
            });
    connect(m_tray, &TrayIcon::showRequested, this, &MainWindow::bringForward);
    connect(m_tray, &TrayIcon::quitRequested, this, [this] {
        bringForward(); // for the question that may come
        close();
    });
    connect(m_tray, &TrayIcon::settingsRequested, this, [this] {
        bringForward();
        showSettings();
    });
    new ConnectionNotices(
        m_services.fleet, *m_notifications,
        [this](const QString &id) {
            if (core::fleet::Instance *instance = m_services.fleet.byId(id)) {
                m_list->select(instance);
                showInstance(instance);
            }
        },
        lossPatience, m_notifications);
    connect(&m_services.settings, &settings::Settings::notificationsChanged, this,
            &MainWindow::applyNotificationSettings);
    applyNotificationSettings();
    // Not before: the desktop's answer takes its time.
    connect(this, &MainWindow::firstFrame, m_tray,
            [this] { m_tray->setShown(m_services.settings.showsTray()); });
    return m_news;
}

void MainWindow::applyNotificationSettings()
{
    const settings::Settings &settings = m_services.settings;
    m_notifications->setOn(settings.notifies());
    m_notifications->setQuietHours(settings.quietHours());
    if (m_painted)
        m_tray->setShown(settings.showsTray());
}

/// One for all that was copied.
void MainWindow::tellIdle(int done, int failed)
{
    if (isActiveWindow())
        return;
    Notification notification;
    notification.kind = failed == 0 ? Notification::Kind::Good : Notification::Kind::Warning;
    notification.title = failed == 0 ? tr("%n transfers are done", nullptr, done)
                                     : tr("%n transfers need a look", nullptr, failed);
    notification.topic = QStringLiteral("transfers");
    notification.open = [this] { showTransfers(); };
    notification.isInWindow = failed > 0; // tellEnded() has told which
    m_notifications->notify(notification);
}

Notifier &MainWindow::notifier()
{
    return *m_notifications;
}

void MainWindow::bringForward()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

} // namespace ui::shell
