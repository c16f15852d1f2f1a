// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/TrayIcon.h"

#include "core/fleet/Fleet.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/shell/Notifications.h"

#include <QMenu>
#include <QSystemTrayIcon>

#include <algorithm>

namespace ui::shell {

using namespace std::chrono_literals;
using core::fleet::Instance;

namespace {

constexpr auto updateInterval = 5s;
constexpr auto pauseTime = 1h;
constexpr qsizetype mostLines = 8; ///< Windows cuts the words after 127 characters anyway

} // namespace

QStringList loadLines(const core::fleet::Fleet &fleet)
{
    QStringList lines;
    for (const Instance *instance : fleet.instances()) {
        if (instance->state() != Instance::State::Connected)
            continue;
        QStringList parts;
        const core::metrics::SamplePtr sample = instance->sample();
        if (sample && !instance->isStale()) {
            QStringList loads;
            for (const core::probe::GpuInfo &gpu : sample->gpus) {
                if (gpu.utilPercent)
                    loads += format::percent(gpu.utilPercent);
            }
            if (!loads.isEmpty())
                //: %1 is the load, of several cards one after the other: "97 % 0 %"
                parts += TrayIcon::tr("GPU %1").arg(loads.join(u' '));
            if (sample->cpu.usedCores)
                parts += TrayIcon::tr("CPU %1").arg(format::percent(*sample->cpu.usedCores * 100));
            if (sample->memory.usedBytes)
                parts += format::bytes(double(*sample->memory.usedBytes));
        }
        if (parts.isEmpty())
            parts += TrayIcon::tr("connected");
        //: An instance's name and what it does: "train: GPU 97 %, CPU 381 %"
        lines +=
            TrayIcon::tr("%1: %2").arg(instance->profile().name, parts.join(QStringLiteral(", ")));
    }
    return lines;
}

TrayIcon::TrayIcon(Notifications &notifications, QObject *parent)
    : QObject(parent)
    , m_notifications(notifications)
    , m_menu(std::make_unique<QMenu>())
{
    m_menu->setObjectName(QStringLiteral("trayMenu"));
    const auto add = [this](const char *name) {
        QAction *action = m_menu->addAction(QString());
        action->setObjectName(QLatin1StringView(name));
        return action;
    };
    m_show = add("trayShow");
    m_menu->addSeparator();
    m_pause = add("trayPause");
    m_resume = add("trayResume");
    m_settings = add("traySettings");
    m_menu->addSeparator();
    m_quit = add("trayQuit");
    m_menu->setDefaultAction(m_show);
    connect(m_show, &QAction::triggered, this, &TrayIcon::showRequested);
    connect(m_quit, &QAction::triggered, this, &TrayIcon::quitRequested);
    connect(m_settings, &QAction::triggered, this, &TrayIcon::settingsRequested);
    connect(m_pause, &QAction::triggered, this, [this] { m_notifications.pause(pauseTime); });
    connect(m_resume, &QAction::triggered, this, [this] { m_notifications.pause(0s); });
    connect(m_menu.get(), &QMenu::aboutToShow, this, &TrayIcon::updatePause);
    connect(&m_notifications, &Notifications::pauseChanged, this, &TrayIcon::updatePause);
    m_clock.setInterval(updateInterval);
    connect(&m_clock, &QTimer::timeout, this, &TrayIcon::update);
    retranslate();
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::addLines(Lines lines)
{
    m_lines.push_back(std::move(lines));
    update();
}

void TrayIcon::setShown(bool shown)
{
    const bool hasPlace = shown && QSystemTrayIcon::isSystemTrayAvailable();
    if (hasPlace && !m_icon)
        build();
    if (m_icon)
        m_icon->setVisible(hasPlace);
    if (hasPlace)
        m_clock.start();
    else
        m_clock.stop();
    update();
}

void TrayIcon::build()
{
    m_icon = new QSystemTrayIcon(appIcon(), this);
    m_icon->setContextMenu(m_menu.get());
#ifndef Q_OS_MACOS // there a click opens the menu
    connect(m_icon, &QSystemTrayIcon::activated, this, [this](auto reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT showRequested();
    });
#endif
    connect(m_icon, &QSystemTrayIcon::messageClicked, this, [this] {
        Q_EMIT showRequested();
        if (const auto open = std::exchange(m_open, nullptr))
            open();
    });
}

bool TrayIcon::popUp(const Notification &notification)
{
    if (!m_icon || !m_icon->isVisible() || !QSystemTrayIcon::supportsMessages())
        return false;
    m_open = notification.open;
    m_icon->showMessage(notification.title, notification.text,
                        notification.kind == Notification::Kind::Warning
                            ? QSystemTrayIcon::Warning
                            : QSystemTrayIcon::Information);
    return true;
}

QString TrayIcon::words() const
{
    QStringList lines;
    for (const Lines &each : m_lines)
        lines += each();
    if (lines.isEmpty())
        lines += tr("No instance is connected");
    if (lines.size() > mostLines)
        lines = lines.mid(0, mostLines) << QStringLiteral("…");
    lines.prepend(tr("Danlu"));
    return lines.join(u'\n');
}

void TrayIcon::update()
{
    if (m_icon && m_icon->isVisible() && m_icon->toolTip() != words())
        m_icon->setToolTip(words());
}

void TrayIcon::updatePause()
{
    const bool isPaused = m_notifications.isPaused();
    m_pause->setVisible(!isPaused);
    m_resume->setVisible(isPaused);
}

void TrayIcon::retranslate()
{
    m_show->setText(tr("Show Danlu"));
    m_pause->setText(tr("No notifications for an hour"));
    m_resume->setText(tr("Notifications again"));
    m_settings->setText(tr("Quiet hours…"));
    m_quit->setText(tr("Quit"));
    updatePause();
    update();
}

} // namespace ui::shell
