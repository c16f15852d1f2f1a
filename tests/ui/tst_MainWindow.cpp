// SPDX-License-Identifier: GPL-3.0-or-later
// The real window, driven by keys and clicks, on the simulated instance.
#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/TransferQueue.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"
#include "ui/common/Theme.h"
#include "ui/instances/ProfileDialog.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace core;
using fleet::Instance;

namespace {

void verifyNames(const QWidget &window)
{
    for (QWidget *control : window.findChildren<QWidget *>()) {
        if (!control->isVisible() ||
            !(qobject_cast<QAbstractButton *>(control) || qobject_cast<QLineEdit *>(control) ||
              qobject_cast<QComboBox *>(control) || qobject_cast<QAbstractSpinBox *>(control)))
            continue;
        if (qobject_cast<QAbstractSpinBox *>(control->parentWidget()))
            continue; // its inner line speaks for it
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(control);
        QVERIFY2(spoken && !spoken->text(QAccessible::Name).isEmpty(),
                 qPrintable(QLatin1StringView(control->metaObject()->className()) + u' ' +
                            control->objectName()));
    }
}

} // namespace

class tst_MainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theFirstStartShowsTheField();
    void aPastedPasswordGoesOutOfSight();
    void pasteTrustAndSeeTheCharts();
    void aWrongPasswordIsAskedInThePage();
    void f5ReadsTheFolderAgain();
    void everyControlHasAName();
    void settingsOpenByAssistiveTechnology();
    void itClosesWhileConnecting();

private:
    template <typename T>
    T *child(const char *name)
    {
        return m_window->findChild<T *>(QLatin1StringView(name));
    }

    support::Rig m_rig;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_dir;
    SystemClock m_clock;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<secrets::SessionStore> m_secrets;
    std::unique_ptr<fleet::Fleet> m_fleet;
    std::unique_ptr<fleet::TransferQueue> m_queue;
    std::unique_ptr<ui::settings::Settings> m_settings;
    std::unique_ptr<ui::shell::MainWindow> m_window;
};

void tst_MainWindow::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_rig.start({QStringLiteral("--gpus"), QStringLiteral("2")}), QString());
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
}

void tst_MainWindow::init()
{
    QGuiApplication::clipboard()->clear();
    m_dir = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->path());
    QVERIFY(m_profiles->load());
    m_secrets = std::make_unique<secrets::SessionStore>();
    const Instance::Services services{*m_profiles, *m_secrets, m_clock};
    m_fleet = std::make_unique<fleet::Fleet>(services);
    m_queue = std::make_unique<fleet::TransferQueue>(*m_fleet, m_clock);
    m_settings = std::make_unique<ui::settings::Settings>(m_dir->path());
    m_window = std::make_unique<ui::shell::MainWindow>(
        ui::shell::MainWindow::Services{services, *m_fleet, *m_queue, *m_settings});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void tst_MainWindow::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_queue.reset();
    m_fleet.reset();
}

void tst_MainWindow::theFirstStartShowsTheField()
{
    auto *field = child<QPlainTextEdit>("pasteField");
    QVERIFY(field && field->isVisible());
    auto *connectButton = child<QPushButton>("pasteConnect");
    QVERIFY(connectButton && !connectButton->isEnabled());
    QTest::keyClicks(field, QStringLiteral("ssh -p 35394 root@region-1.autodl.com"));
    QVERIFY(connectButton->isEnabled());
    field->clear();
    QVERIFY(!connectButton->isEnabled());
}

void tst_MainWindow::aPastedPasswordGoesOutOfSight()
{
    auto *field = child<QPlainTextEdit>("pasteField");
    field->setPlainText(QStringLiteral("ssh -p 35394 root@region-1.autodl.com\ntopsecret/1+"));
    QVERIFY(!field->toPlainText().contains(QStringLiteral("topsecret")));
    field->undo();
    QVERIFY(!field->toPlainText().contains(QStringLiteral("topsecret")));
    field->clear();
}

void tst_MainWindow::pasteTrustAndSeeTheCharts()
{
    QGuiApplication::clipboard()->setText(m_rig.text("login") + u'\n' + m_rig.text("password"));
    QTest::mouseClick(child<QPushButton>("addInstance"), Qt::LeftButton);
    QTRY_VERIFY(child<QPushButton>("pasteConnect")->isEnabled());
    QTest::mouseClick(child<QPushButton>("pasteConnect"), Qt::LeftButton);
    QTRY_VERIFY(!m_fleet->instances().empty());
    Instance *instance = m_fleet->instances().front();
    auto *trust = child<QPushButton>("hostKeyAccept");
    QTRY_VERIFY_WITH_TIMEOUT(trust->isVisible(), 10000);
    QCOMPARE(child<QLabel>("hostKeyOffered")->text(), m_rig.text("fingerprint"));
    QTest::mouseClick(trust, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(
        child<QWidget>("monitorPage") && child<QWidget>("monitorPage")->isVisible(), 15000);
    QTRY_VERIFY_WITH_TIMEOUT(instance->sample() && instance->sample()->gpus.size() == 2, 15000);
    QCOMPARE(child<QPushButton>("instanceConnect")->text(), QStringLiteral("Disconnect"));
    QAbstractItemModelTester tester(child<QListView>("instanceList")->model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    // Nothing that was pasted is in a file.
    QFile file(m_profiles->filePath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(m_rig.text("password").toUtf8()));
    QTest::mouseClick(child<QPushButton>("instanceConnect"), Qt::LeftButton);
    QTRY_COMPARE(instance->state(), Instance::State::Disconnected);
    QVERIFY(child<QWidget>("monitorPage")->isVisible()); // what was seen stays
}

void tst_MainWindow::aWrongPasswordIsAskedInThePage()
{
    QGuiApplication::clipboard()->setText(m_rig.text("login") + QStringLiteral("\nwrong-password"));
    QTest::mouseClick(child<QPushButton>("addInstance"), Qt::LeftButton);
    QTest::mouseClick(child<QPushButton>("pasteConnect"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("hostKeyAccept")->isVisible(), 10000);
    QTest::keyClick(child<QPushButton>("hostKeyAccept"), Qt::Key_Space);
    auto *field = child<QLineEdit>("secretField");
    QTRY_VERIFY_WITH_TIMEOUT(field->isVisible(), 15000);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, m_rig.text("password"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_fleet->instances().front()->state(), Instance::State::Connected,
                              15000);
    QVERIFY(field->text().isEmpty());
}

void tst_MainWindow::f5ReadsTheFolderAgain()
{
    QGuiApplication::clipboard()->setText(m_rig.text("login") + u'\n' + m_rig.text("password"));
    QTest::mouseClick(child<QPushButton>("addInstance"), Qt::LeftButton);
    QTest::mouseClick(child<QPushButton>("pasteConnect"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("hostKeyAccept")->isVisible(), 10000);
    QTest::keyClick(child<QPushButton>("hostKeyAccept"), Qt::Key_Space);
    Instance *instance = m_fleet->instances().front();
    QTRY_VERIFY_WITH_TIMEOUT(instance->session() && instance->sample(), 15000);
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(child<QTableView>("remoteFiles"));
    auto *path = child<QLineEdit>("filesPath");
    QTRY_COMPARE_WITH_TIMEOUT(path->text(), QStringLiteral("/root/autodl-tmp"), 10000);
    const auto names = [this] {
        QStringList all;
        const QAbstractItemModel *model = child<QTableView>("remoteFiles")->model();
        for (int row = 0; row < model->rowCount(); ++row)
            all += model->index(row, 0).data().toString();
        return all;
    };
    ssh::Exec *touch = instance->session()->exec("touch /root/autodl-tmp/for-f5");
    QSignalSpy touched(touch, &Operation::finished);
    QVERIFY(touched.wait(10000));
    QVERIFY(!names().contains(QStringLiteral("for-f5")));
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(names().contains(QStringLiteral("for-f5")), 10000);
    verifyNames(*m_window);
}

void tst_MainWindow::everyControlHasAName()
{
    verifyNames(*m_window);
    child<QToolButton>("showSettings")->setChecked(true);
    verifyNames(*m_window);
    // Those of the dialog, the eye in its password field too.
    ui::instances::ProfileDialog dialog({}, {});
    dialog.show();
    verifyNames(dialog);
}

void tst_MainWindow::settingsOpenByAssistiveTechnology()
{
    auto *button = child<QToolButton>("showSettings");
    QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(button);
    QVERIFY(spoken && spoken->actionInterface());
    spoken->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
    auto *page = child<QWidget>("settingsPage");
    QVERIFY(page && page->isVisible());
    spoken->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
    QVERIFY(!page->isVisible());
    QVERIFY(child<QPlainTextEdit>("pasteField")->isVisible());
}

void tst_MainWindow::itClosesWhileConnecting()
{
    profiles::Profile profile;
    profile.name = QStringLiteral("nowhere");
    profile.host = QStringLiteral("127.0.0.1");
    const auto added = m_profiles->add(profile);
    QVERIFY(added);
    m_fleet->byId(added->id)->offerSecret(SecretBytes("x"), false);
    m_window->connectTo(added->id);
    QTRY_VERIFY(m_fleet->byId(added->id)->isBusy());
    m_window->close();
    m_window.reset();
    m_queue.reset();
    m_fleet.reset();
    QVERIFY(!m_window);
}

QTEST_MAIN(tst_MainWindow)
#include "tst_MainWindow.moc"
