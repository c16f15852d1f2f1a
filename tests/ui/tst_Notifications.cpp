// SPDX-License-Identifier: GPL-3.0-or-later
// What pops up and what is told in the window; quiet hours by a clock that the test sets.
#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "ui/settings/NotificationsCard.h"
#include "ui/settings/Settings.h"
#include "ui/shell/NewsBanner.h"
#include "ui/shell/Notifications.h"
#include "ui/shell/TrayIcon.h"

#include <QAction>
#include <QCheckBox>
#include <QDateTime>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeEdit>
#include <QToolButton>

using namespace std::chrono_literals;
using namespace ui::shell;
using ui::settings::QuietHours;
using ui::settings::Settings;

namespace {

/// Stands still until it is set.
class SetClock final : public core::Clock
{
public:
    std::chrono::system_clock::time_point now() const override { return m_now; }
    std::chrono::steady_clock::time_point steadyNow() const override { return m_steady; }

    void setLocalTime(const QTime &time)
    {
        const QDateTime local(QDate(2026, 11, 23), time);
        m_now = std::chrono::system_clock::time_point(
            std::chrono::milliseconds(local.toMSecsSinceEpoch()));
    }
    void advance(std::chrono::seconds time) { m_steady += time; }

private:
    std::chrono::system_clock::time_point m_now;
    std::chrono::steady_clock::time_point m_steady{std::chrono::hours(1)};
};

Notification note(const char *title, Notification::Kind kind = Notification::Kind::Info)
{
    Notification one;
    one.kind = kind;
    one.title = QString::fromUtf8(title);
    return one;
}

} // namespace

class tst_Notifications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void quietHours_data();
    void quietHours();
    void oneIsToldSomewhere_data();
    void oneIsToldSomewhere();
    void aPauseEndsByItself();
    void theTraysMenuPauses();
    void theTrayTellsTheLinesItIsGiven();
    void withoutAPlaceNothingPopsUp();
    void newsComeOneAtATime();
    void settingsAreKept();
    void brokenTimesAreTheUsual();
    void theCardSetsThem();

private:
    SetClock m_clock;
    bool m_isWatched = false;
    bool m_hasPlace = true;
    QStringList m_popped;
    std::unique_ptr<Notifications> m_notifications;
};

void tst_Notifications::init()
{
    m_clock.setLocalTime(QTime(12, 0));
    m_isWatched = false;
    m_hasPlace = true;
    m_popped.clear();
    m_notifications = std::make_unique<Notifications>(m_clock, [this] { return m_isWatched; });
    m_notifications->setPopUp([this](const Notification &one) {
        if (m_hasPlace)
            m_popped += one.title;
        return m_hasPlace;
    });
}

void tst_Notifications::quietHours_data()
{
    QTest::addColumn<QuietHours>("hours");
    QTest::addColumn<QTime>("time");
    QTest::addColumn<bool>("isQuiet");
    const QuietHours night{true, QTime(23, 0), QTime(8, 0)};
    const QuietHours noon{true, QTime(12, 0), QTime(13, 30)};
    QTest::newRow("off") << QuietHours{false, QTime(0, 0), QTime(0, 0)} << QTime(1, 0) << false;
    QTest::newRow("evening") << night << QTime(22, 59, 59) << false;
    QTest::newRow("the first minute") << night << QTime(23, 0) << true;
    QTest::newRow("midnight") << night << QTime(0, 0) << true;
    QTest::newRow("early") << night << QTime(7, 59, 59, 999) << true;
    QTest::newRow("the first one after") << night << QTime(8, 0) << false;
    QTest::newRow("before noon") << noon << QTime(11, 59) << false;
    QTest::newRow("noon") << noon << QTime(12, 0) << true;
    QTest::newRow("after noon") << noon << QTime(13, 30) << false;
    QTest::newRow("midnight is not noon") << noon << QTime(0, 0) << false;
    QTest::newRow("all day") << QuietHours{true, QTime(9, 0), QTime(9, 0)} << QTime(3, 0) << true;
    QTest::newRow("no time") << night << QTime() << false;
}

void tst_Notifications::quietHours()
{
    QFETCH(QuietHours, hours);
    QFETCH(QTime, time);
    QFETCH(bool, isQuiet);
    QCOMPARE(hours.contains(time), isQuiet);
    if (!time.isValid())
        return;
    m_clock.setLocalTime(time);
    m_notifications->setQuietHours(hours);
    QCOMPARE(m_notifications->isQuiet(), isQuiet);
    QSignalSpy told(m_notifications.get(), &Notifications::inWindow);
    m_notifications->notify(note("x"));
    QCOMPARE(m_popped.size(), isQuiet ? 0 : 1);
    QCOMPARE(told.size(), isQuiet ? 1 : 0);
}

void tst_Notifications::oneIsToldSomewhere_data()
{
    QTest::addColumn<bool>("isOn");
    QTest::addColumn<bool>("isWatched");
    QTest::addColumn<bool>("hasPlace");
    QTest::addColumn<bool>("popsUp");
    QTest::addColumn<bool>("isQuiet");
    QTest::newRow("elsewhere") << true << false << true << true << false;
    QTest::newRow("watched") << true << true << true << false << false;
    QTest::newRow("no place") << true << false << false << false << false;
    QTest::newRow("off") << false << false << true << false << true;
    QTest::newRow("off and watched") << false << true << true << false << true;
}

void tst_Notifications::oneIsToldSomewhere()
{
    QFETCH(bool, isOn);
    QFETCH(bool, isWatched);
    QFETCH(bool, popsUp);
    QFETCH(bool, isQuiet);
    QFETCH(bool, hasPlace);
    m_hasPlace = hasPlace;
    m_isWatched = isWatched;
    m_notifications->setOn(isOn);
    QSignalSpy told(m_notifications.get(), &Notifications::inWindow);
    m_notifications->notify(note("x"));
    QCOMPARE(m_popped.size(), popsUp ? 1 : 0);
    QCOMPARE(told.size(), popsUp ? 0 : 1);
    if (!popsUp)
        QCOMPARE(told.front()[1].toBool(), isQuiet);
}

void tst_Notifications::aPauseEndsByItself()
{
    QSignalSpy changed(m_notifications.get(), &Notifications::pauseChanged);
    m_notifications->pause(1h);
    QVERIFY(m_notifications->isPaused());
    m_notifications->notify(note("during"));
    m_clock.advance(3599s);
    QVERIFY(m_notifications->isQuiet());
    m_clock.advance(1s);
    QVERIFY(!m_notifications->isPaused() && !m_notifications->isQuiet());
    m_notifications->notify(note("after"));
    QCOMPARE(m_popped, QStringList{QStringLiteral("after")});
    m_notifications->pause(1h);
    m_notifications->pause(0s);
    QVERIFY(!m_notifications->isPaused());
    QCOMPARE(changed.size(), 3);
}

void tst_Notifications::theTraysMenuPauses()
{
    TrayIcon tray(*m_notifications);
    const auto action = [&tray](const char *name) {
        return tray.menu()->findChild<QAction *>(QLatin1StringView(name));
    };
    QVERIFY(action("trayPause")->isVisible() && !action("trayResume")->isVisible());
    action("trayPause")->trigger();
    QVERIFY(m_notifications->isPaused());
    QVERIFY(!action("trayPause")->isVisible() && action("trayResume")->isVisible());
    action("trayResume")->trigger();
    QVERIFY(!m_notifications->isPaused());
    QSignalSpy shown(&tray, &TrayIcon::showRequested);
    QSignalSpy quit(&tray, &TrayIcon::quitRequested);
    QSignalSpy settings(&tray, &TrayIcon::settingsRequested);
    for (const char *name : {"trayShow", "trayQuit", "traySettings"}) {
        QVERIFY(!action(name)->text().isEmpty());
        action(name)->trigger();
    }
    QCOMPARE(shown.size() + quit.size() + settings.size(), 3);
}

void tst_Notifications::theTrayTellsTheLinesItIsGiven()
{
    TrayIcon tray(*m_notifications);
    QCOMPARE(tray.words(), QStringLiteral("Danlu\nNo instance is connected"));
    QStringList load{QStringLiteral("train: GPU 97 %")};
    tray.addLines([&load] { return load; });
    tray.addLines([] { return QStringList{QStringLiteral("today 7.32")}; });
    QCOMPARE(tray.words(), QStringLiteral("Danlu\ntrain: GPU 97 %\ntoday 7.32"));
    load = QStringList(20, QStringLiteral("x"));
    QCOMPARE(tray.words().count(u'\n'), 9);
    QVERIFY(tray.words().endsWith(u'…'));
    // Nobody is connected: no line.
    QTemporaryDir folder;
    core::profiles::ProfileStore profiles(folder.path());
    QVERIFY(profiles.load());
    core::profiles::Profile profile;
    profile.name = QStringLiteral("a");
    profile.host = QStringLiteral("h");
    QVERIFY(profiles.add(profile));
    core::secrets::SessionStore secrets;
    core::fleet::Fleet fleet({profiles, secrets, m_clock});
    QVERIFY(loadLines(fleet).isEmpty());
}

void tst_Notifications::withoutAPlaceNothingPopsUp()
{
    TrayIcon tray(*m_notifications);
    QVERIFY(!tray.popUp(note("x"))); // it is not shown
    tray.setShown(true);             // offscreen there is no tray
    QVERIFY(!tray.popUp(note("x")));
    tray.setShown(false);
}

void tst_Notifications::newsComeOneAtATime()
{
    NewsBanner banner;
    QVERIFY(banner.isHidden());
    int opened = 0;
    Notification first = note("first", Notification::Kind::Warning);
    first.open = [&opened] { ++opened; };
    first.topic = QStringLiteral("a");
    banner.add(first, false);
    QVERIFY(!banner.isHidden());
    QCOMPARE(banner.text(), QStringLiteral("first"));
    QCOMPARE(banner.kind(), ui::Banner::Kind::Warning);
    banner.add(note("second", Notification::Kind::Good), false);
    QCOMPARE(banner.text(), QStringLiteral("second"));
    Q_EMIT banner.closed();
    QCOMPARE(banner.text(), QStringLiteral("first"));
    // The same matter again: only the newer is left.
    Notification newer = first;
    newer.title = QStringLiteral("newer");
    banner.add(newer, false);
    QCOMPARE(banner.text(), QStringLiteral("newer"));
    const auto buttons = banner.findChildren<QPushButton *>(QStringLiteral("newsShow"));
    QVERIFY(!buttons.isEmpty());
    buttons.last()->click();
    QCOMPARE(opened, 1);
    QVERIFY(banner.isHidden());
}

void tst_Notifications::settingsAreKept()
{
    QTemporaryDir folder;
    const QuietHours hours{true, QTime(22, 15), QTime(6, 45)};
    {
        Settings settings(folder.path());
        QVERIFY(settings.notifies() && settings.showsTray());
        QCOMPARE(settings.quietHours(), (QuietHours{false, QTime(23, 0), QTime(8, 0)}));
        QCOMPARE(settings.remoteEditor(), QStringLiteral("vscode"));
        QSignalSpy changed(&settings, &Settings::notificationsChanged);
        settings.setNotifies(false);
        settings.setShowsTray(false);
        settings.setQuietHours(hours);
        settings.setQuietHours(hours);
        settings.setRemoteEditor(QStringLiteral("cursor"));
        QCOMPARE(changed.size(), 3);
    }
    const Settings again(folder.path());
    QVERIFY(!again.notifies() && !again.showsTray());
    QCOMPARE(again.quietHours(), hours);
    QCOMPARE(again.remoteEditor(), QStringLiteral("cursor"));
}

void tst_Notifications::brokenTimesAreTheUsual()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("settings.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[notifications]\nquiet=true\nquietFrom=25:99\nquietTo=\n");
    file.close();
    const Settings settings(folder.path());
    QCOMPARE(settings.quietHours(), (QuietHours{true, QTime(23, 0), QTime(8, 0)}));
}

void tst_Notifications::theCardSetsThem()
{
    QTemporaryDir folder;
    Settings settings(folder.path());
    ui::settings::NotificationsCard card(settings);
    auto *quiet = card.findChild<QCheckBox *>(QStringLiteral("quietOn"));
    auto *from = card.findChild<QTimeEdit *>(QStringLiteral("quietFrom"));
    QVERIFY(!from->isEnabled());
    quiet->setChecked(true);
    QVERIFY(from->isEnabled());
    from->setTime(QTime(21, 0));
    QCOMPARE(settings.quietHours(), (QuietHours{true, QTime(21, 0), QTime(8, 0)}));
    card.findChild<QCheckBox *>(QStringLiteral("notificationsOn"))->setChecked(false);
    QVERIFY(!settings.notifies() && !quiet->isEnabled() && !from->isEnabled());
    settings.setNotifies(true);
    QVERIFY(quiet->isEnabled());
    card.findChild<QCheckBox *>(QStringLiteral("trayOn"))->setChecked(false);
    QVERIFY(!settings.showsTray());
    auto *idle = card.findChild<QSpinBox *>(QStringLiteral("idleMinutes"));
    QCOMPARE(idle->value(), 10);
    idle->setValue(25);
    QCOMPARE(Settings(folder.path()).idleMinutes(), 25);
}

QTEST_MAIN(tst_Notifications)
#include "tst_Notifications.moc"
