// SPDX-License-Identifier: GPL-3.0-or-later
// The Terminal tab on the simulated instance: real shells, screen, lost lines.
#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "tests/support/Relay.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"
#include "ui/common/Banner.h"
#include "ui/common/Theme.h"
#include "ui/terminal/TerminalPage.h"
#include "ui/terminal/TerminalTab.h"
#include "ui/terminal/TerminalTabs.h"
#include "ui/terminal/TerminalView.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDeadlineTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace core;
using fleet::Instance;
using ui::terminal::TerminalTab;
using ui::terminal::TerminalTabs;
using ui::terminal::TerminalView;

class tst_Terminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void whatIsTypedReachesARealShell();
    void anotherSizeReachesIt();
    void itsColoursArePainted();
    void selectedTextIsCopied();
    void severalLinesAreAskedAbout();
    void textIsFound();
    void anEndedShellSaysSo();
    void aLostShellIsOpenedAgain();
    void aKeptShellGoesOn();
    void noMoreThanTheConnectionCarries();
    void tabsGoByKeyAndSayWhatTheyAre();
    void aFloodLeavesTheWindowQuick();
    void withoutAConnectionItSaysSo();
    void everyControlHasAName();

private:
    [[nodiscard]] TerminalTabs *tabs() const { return m_page->tabs(); }
    [[nodiscard]] TerminalTab *tab() const { return tabs() ? tabs()->current() : nullptr; }
    [[nodiscard]] TerminalView &view() const { return tab()->view(); }
    [[nodiscard]] QString text() const { return tab() ? tab()->surface().screenText() : QString(); }
    void type(const QByteArray &line)
    {
        for (const char one : line)
            QTest::keyClick(&view(), one);
        QTest::keyClick(&view(), Qt::Key_Return);
    }
    bool waitFor(const QString &wanted)
    {
        return QTest::qWaitFor([&] { return text().contains(wanted); }, 20000);
    }
    /// A shell with its prompt.
    bool waitForPrompt()
    {
        return QTest::qWaitFor([&] { return text().trimmed().endsWith(u'#'); }, 20000);
    }
    /// Again where what was typed came before there was somebody to read it.
    template <typename Act>
    [[nodiscard]] bool repeatUntil(const QString &wanted, Act act)
    {
        const QDeadlineTimer patience(20000); // QTRY_VERIFY would not count what act takes
        do {
            act();
            if (QTest::qWaitFor([&] { return text().contains(wanted); }, 300))
                return true;
        } while (!patience.hasExpired() && tab()->state() == TerminalTab::State::Running);
        qWarning("%s\n%s", qPrintable(stripText()), qPrintable(text()));
        return false;
    }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        for (auto *one : m_page->findChildren<QPushButton *>(QLatin1StringView(name))) {
            if (one->isVisible())
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] QString stripText() const
    {
        QString said;
        const auto *strip = tab()->findChild<ui::Banner *>(QStringLiteral("terminalEnd"));
        if (strip->isVisible()) {
            for (const auto *label : strip->findChildren<QLabel *>())
                said += label->isVisible() ? label->text() + u'\n' : QString();
        }
        return said;
    }
    void openKept();

    std::unique_ptr<support::Rig> m_rig;
    std::unique_ptr<support::Relay> m_relay;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_dir;
    SystemClock m_clock;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<secrets::SessionStore> m_secrets;
    std::unique_ptr<fleet::Fleet> m_fleet;
    Instance *m_instance = nullptr;
    std::unique_ptr<ui::terminal::TerminalPage> m_page;
};

void tst_Terminal::initTestCase()
{
    NEED_SSHD();
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Dark);
    m_rig = std::make_unique<support::Rig>();
    QCOMPARE(m_rig->start({QStringLiteral("--gpus"), QStringLiteral("1")}), QString());
    m_relay = std::make_unique<support::Relay>(m_rig->port());
    m_dir = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->path());
    QVERIFY(m_profiles->load());
    m_secrets = std::make_unique<secrets::SessionStore>();
    m_fleet = std::make_unique<fleet::Fleet>(Instance::Services{*m_profiles, *m_secrets, m_clock});
    profiles::Profile profile;
    profile.name = QStringLiteral("rig");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = m_relay->port();
    profile.user = QStringLiteral("root");
    profile.auth = profiles::AuthKind::Password;
    const ssh::HostKey key = m_rig->hostKey();
    profile.trustedKeys.push_back({key.type, key.blob});
    const auto added = m_profiles->add(profile);
    QVERIFY(added);
    m_instance = m_fleet->byId(added->id);
    m_instance->offerSecret(SecretBytes(m_rig->text("password").toUtf8()), true);
}

void tst_Terminal::init()
{
    if (!m_instance->session())
        m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session(), 20000);
    m_page = std::make_unique<ui::terminal::TerminalPage>();
    m_page->resize(900, 560);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_page->activateWindow();
    m_page->setInstance(m_instance);
    QTRY_VERIFY(tab());
    QVERIFY(waitForPrompt());
    type("PS1='\\$ '; clear");
    QTRY_COMPARE_WITH_TIMEOUT(text().trimmed(), QStringLiteral("#"), 20000);
}

void tst_Terminal::cleanup()
{
    m_page.reset();
}

void tst_Terminal::openKept()
{
    tabs()->findChild<QAction *>(QStringLiteral("terminalNewKept"))->trigger();
    QVERIFY(tab()->isKept());
    QVERIFY(waitForPrompt());
}

void tst_Terminal::whatIsTypedReachesARealShell()
{
    QCOMPARE(tab()->state(), TerminalTab::State::Running);
    QVERIFY(view().hasFocus());
    type("echo $((6 * 7)) $TERM");
    QVERIFY(waitFor(QStringLiteral("42 xterm-256color")));
    // Chinese by an input method, and what the line editor makes of it.
    QInputMethodEvent event;
    event.setCommitString(QStringLiteral("echo 炼丹炉 | wc -c"));
    QApplication::sendEvent(&view(), &event);
    QTest::keyClick(&view(), Qt::Key_Return);
    QVERIFY(waitFor(QStringLiteral("\n10\n")));
    // Ctrl+C ends what runs.
    type("echo ru''ns; sleep 1000");
    QVERIFY(waitFor(QStringLiteral("\nruns\n")));
    QVERIFY(repeatUntil(QStringLiteral("^C\n#"),
                        [this] { QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier); }));
    // Not together with it: a terminal drops what it has not read yet when it interrupts.
    QVERIFY(repeatUntil(QStringLiteral("\ninterrupted\n"), [this] { type("echo 'in'terrupted"); }));
}

void tst_Terminal::anotherSizeReachesIt()
{
    m_page->resize(700, 400);
    QTRY_VERIFY(tab()->surface().rows() < 24);
    const QString size =
        QStringLiteral("%1 %2").arg(tab()->surface().rows()).arg(tab()->surface().columns());
    QVERIFY(repeatUntil(size, [this] { type("clear; stty size"); }));
}

void tst_Terminal::itsColoursArePainted()
{
    type("clear; printf '\\e[48;2;10;200;30m          \\e[0m\\n'");
    const QPoint at = view().cellRect({tab()->surface().screenTop(), 3}).center();
    QTRY_COMPARE_WITH_TIMEOUT(view().viewport()->grab().toImage().pixelColor(at),
                              QColor(10, 200, 30), 20000);
}

void tst_Terminal::selectedTextIsCopied()
{
    type("clear; echo 'copy me' please");
    QVERIFY(waitFor(QStringLiteral("copy me please")));
    const auto found = tab()->surface().find(QStringLiteral("copy me please"), Qt::CaseSensitive);
    QVERIFY(!found.empty());
    const QPoint from = view().cellRect(found.back().begin).center() - QPoint(3, 0);
    const QPoint to = view().cellRect({found.back().begin.line, 7}).center() - QPoint(3, 0);
    QTest::mousePress(view().viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(view().viewport(), to);
    QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, to);
    QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("copy me"));
}

void tst_Terminal::severalLinesAreAskedAbout()
{
    const auto paste = [this](const QString &lines) {
        QGuiApplication::clipboard()->setText(lines);
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    };
    paste(QStringLiteral("echo o''ne\necho t''wo\n"));
    QVERIFY(button("terminalPasteYes"));
    QVERIFY(!QApplication::activeModalWidget());
    QVERIFY(!text().contains(QStringLiteral("echo")));
    // Enter is not the answer that runs it.
    QTRY_COMPARE(QApplication::focusWidget(), button("terminalPasteNo"));
    button("terminalPasteNo")->click();
    QVERIFY(!button("terminalPasteYes"));
    QVERIFY(view().hasFocus());
    type("echo be''fore");
    QVERIFY(waitFor(QStringLiteral("before")));
    QVERIFY(!text().contains(QStringLiteral("one")));
    paste(QStringLiteral("echo o''ne\necho t''wo\n"));
    button("terminalPasteYes")->click();
    QTest::keyClick(&view(), Qt::Key_Return); // a shell that marks pastes waits for it
    QVERIFY(waitFor(QStringLiteral("one\n")));
    QVERIFY(waitFor(QStringLiteral("two\n")));
    paste(QStringLiteral("echo th''ree \\\n   fo''ur\n"));
    button("terminalPasteJoined")->click();
    QTest::keyClick(&view(), Qt::Key_Return);
    QVERIFY(waitFor(QStringLiteral("three  four")));
}

void tst_Terminal::textIsFound()
{
    type("clear; for i in $(seq 200); do echo line $i; done; echo re''ady");
    QVERIFY(waitFor(QStringLiteral("ready")));
    QTest::keyClick(&view(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *field = tab()->findChild<QLineEdit *>(QStringLiteral("terminalFind"));
    QTRY_COMPARE(QApplication::focusWidget(), field);
    QTest::keyClicks(field, QStringLiteral("line 77"));
    QTRY_COMPARE(tab()->findChild<QLabel *>(QStringLiteral("terminalFindCount"))->text(),
                 QStringLiteral("1 of 1"));
    QTest::keyClick(field, Qt::Key_Escape);
    QTRY_VERIFY(view().hasFocus());
}

void tst_Terminal::anEndedShellSaysSo()
{
    type("exit 3");
    QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), TerminalTab::State::Ended, 20000);
    QVERIFY2(stripText().contains(QStringLiteral("exit code 3")), qPrintable(stripText()));
    button("terminalAgain")->click();
    QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), TerminalTab::State::Running, 20000);
    QTRY_COMPARE(stripText(), QString());
    QVERIFY(view().hasFocus());
    type("echo an''other");
    QVERIFY(waitFor(QStringLiteral("another")));
}

void tst_Terminal::aLostShellIsOpenedAgain()
{
    type("echo what was''; X=gone");
    QVERIFY(waitFor(QStringLiteral("what was")));
    m_relay->cut();
    m_relay->mend();
    QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), TerminalTab::State::Lost, 20000);
    QVERIFY(stripText().contains(QStringLiteral("connection was lost")));
    QVERIFY(text().contains(QStringLiteral("what was"))); // to be read
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session(), 30000);
    QCOMPARE(tab()->state(), TerminalTab::State::Lost); // not by itself
    QTRY_VERIFY(button("terminalAgain"));
    QCOMPARE(button("terminalAgain")->text(), QStringLiteral("Reconnect"));
    button("terminalAgain")->click();
    QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), TerminalTab::State::Running, 20000);
    type("echo [$X]");
    QVERIFY(waitFor(QStringLiteral("[]")));
}

void tst_Terminal::aKeptShellGoesOn()
{
    openKept();
    type("X=kept; echo $STY");
    QVERIFY(waitFor(QStringLiteral(".danlu-shell-1")));
    QInputMethodEvent event;
    event.setCommitString(QStringLiteral("echo 中文 an''d"));
    QApplication::sendEvent(&view(), &event);
    QTest::keyClick(&view(), Qt::Key_Return);
    QVERIFY(waitFor(QStringLiteral("中文 and")));
    // What scrolls by can be scrolled back to, though screen draws it.
    type("seq 1 200");
    QVERIFY(waitFor(QStringLiteral("200")));
    QTRY_VERIFY_WITH_TIMEOUT(tab()->surface().screenTop() - tab()->surface().firstLine() > 100,
                             20000);
    m_relay->cut();
    m_relay->mend();
    QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), TerminalTab::State::Lost, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), TerminalTab::State::Running, 30000);
    type("clear");
    QVERIFY(repeatUntil(QStringLiteral("[kept]"), [this] { type("echo [$X]"); }));
    // Closing the tab detaches; the next one that is kept finds it again.
    QTest::keyClick(&view(), Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(tabs()->count(), 1);
    openKept();
    QVERIFY(repeatUntil(QStringLiteral("{kept}"), [this] { type("echo {$X}"); }));
    // A second one is another.
    openKept();
    QVERIFY(repeatUntil(QStringLiteral(".danlu-shell-2"), [this] { type("echo $STY"); }));
    type("exit");
    QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), TerminalTab::State::Ended, 20000);
}

void tst_Terminal::noMoreThanTheConnectionCarries()
{
    auto *add = tabs()->findChild<QToolButton *>(QStringLiteral("terminalNew"));
    while (tabs()->count() < TerminalTabs::most) {
        QVERIFY(add->isEnabled());
        tabs()->open(false);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), TerminalTab::State::Running, 20000);
    }
    QVERIFY(!add->isEnabled());
    QVERIFY(add->toolTip().contains(QStringLiteral("5")));
    // Beside them commands still run.
    ssh::Exec *exec = m_instance->session()->exec("echo beside");
    QSignalSpy finished(exec, &Operation::finished);
    QVERIFY(finished.wait(20000));
    QCOMPARE(exec->standardOutput(), "beside\n");
    tabs()->close(0);
    QVERIFY(add->isEnabled());
}

void tst_Terminal::tabsGoByKeyAndSayWhatTheyAre()
{
    auto *bar = tabs()->findChild<QTabBar *>(QStringLiteral("terminalTabs"));
    QTest::keyClick(&view(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(tabs()->count(), 2);
    QCOMPARE(bar->currentIndex(), 1);
    QVERIFY(waitForPrompt());
    type("printf '\\e]0;training & more\\a'");
    QTRY_COMPARE_WITH_TIMEOUT(bar->tabText(1), QStringLiteral("training && more"), 20000);
    QTest::keyClick(&view(), Qt::Key_Tab, Qt::ControlModifier);
    QTRY_COMPARE(bar->currentIndex(), 0);
    QTRY_VERIFY(view().hasFocus());
    // A bell in a tab that is not looked at is seen at the tab.
    tabs()->tab(1)->surface().feed("\a");
    QVERIFY(!bar->tabIcon(1).isNull());
    QTest::keyClick(&view(), Qt::Key_PageUp, Qt::ControlModifier);
    QTRY_COMPARE(bar->currentIndex(), 1);
    QTest::keyClick(&view(), Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(tabs()->count(), 1);
    QTest::keyClick(&view(), Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(button("terminalOpen"));
    button("terminalOpen")->click();
    QCOMPARE(tabs()->count(), 1);
    QVERIFY(waitForPrompt());
}

void tst_Terminal::aFloodLeavesTheWindowQuick()
{
    // Between two pieces of it the window gets its turn: a key is answered in the middle.
    type("clear; yes flood");
    QTRY_VERIFY_WITH_TIMEOUT(tab()->surface().screenTop() > 10'000, 20000);
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&turns] { ++turns; });
    timer.start(0);
    const qint64 before = tab()->surface().screenTop();
    QTRY_VERIFY_WITH_TIMEOUT(tab()->surface().screenTop() > before + 1'000'000, 60000);
    QVERIFY(turns > 20);
    QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(waitForPrompt());
    QVERIFY(repeatUntil(QStringLiteral("\nafter\n"), [this] { type("echo af''ter"); }));
}

void tst_Terminal::withoutAConnectionItSaysSo()
{
    m_instance->disconnectNow();
    QTRY_VERIFY_WITH_TIMEOUT(!m_instance->session(), 20000);
    QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), TerminalTab::State::Lost, 20000);
    QVERIFY(stripText().contains(QStringLiteral("Disconnected")));
    ui::terminal::TerminalPage page;
    page.resize(600, 400);
    page.show();
    page.setInstance(m_instance);
    QVERIFY(!page.tabs());
    auto *connectButton = page.findChild<QPushButton *>(QStringLiteral("terminalOpen"));
    QCOMPARE(connectButton->text(), QStringLiteral("Connect"));
    connectButton->click();
    QTRY_VERIFY_WITH_TIMEOUT(page.tabs() && page.tabs()->current(), 30000);
    page.setInstance(nullptr);
}

void tst_Terminal::everyControlHasAName()
{
    tabs()->open(false);
    tab()->openFind();
    for (QWidget *control : m_page->findChildren<QWidget *>()) {
        if (!control->isVisible() || control->inherits("QLineEditIconButton") || // an action's
            !(qobject_cast<QAbstractButton *>(control) || qobject_cast<QLineEdit *>(control) ||
              qobject_cast<TerminalView *>(control)))
            continue;
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(control);
        QVERIFY2(spoken && !spoken->text(QAccessible::Name).isEmpty(),
                 qPrintable(QLatin1StringView(control->metaObject()->className()) + u' ' +
                            control->objectName()));
    }
}

QTEST_MAIN(tst_Terminal)
#include "tst_Terminal.moc"
