// SPDX-License-Identifier: GPL-3.0-or-later
// The real window, driven by keys and clicks, on the simulated instance.
#include "tests/ui/support/WindowFixture.h"
#include "ui/files/FilesPage.h"
#include "ui/instances/ProfileDialog.h"

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
#include <QTreeView>

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

class tst_MainWindow : public WindowFixture
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
    void theFilesTabsLayoutIsKept();
    void everyControlHasAName();
    void settingsOpenByAssistiveTechnology();
    void itClosesWhileConnecting();
};

void tst_MainWindow::initTestCase()
{
    startRig({QStringLiteral("--gpus"), QStringLiteral("2")});
}

void tst_MainWindow::init()
{
    QGuiApplication::clipboard()->clear();
    makeServices();
    showWindow();
}

void tst_MainWindow::cleanup()
{
    closeWindow();
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
    QGuiApplication::clipboard()->setText(m_rig->text("login") + u'\n' + m_rig->text("password"));
    QTest::mouseClick(child<QPushButton>("addInstance"), Qt::LeftButton);
    QTRY_VERIFY(child<QPushButton>("pasteConnect")->isEnabled());
    QTest::mouseClick(child<QPushButton>("pasteConnect"), Qt::LeftButton);
    QTRY_VERIFY(!m_fleet->instances().empty());
    Instance *instance = m_fleet->instances().front();
    auto *trust = child<QPushButton>("hostKeyAccept");
    QTRY_VERIFY_WITH_TIMEOUT(trust->isVisible(), 10000);
    QCOMPARE(child<QLabel>("hostKeyOffered")->text(), m_rig->text("fingerprint"));
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
    QVERIFY(!file.readAll().contains(m_rig->text("password").toUtf8()));
    QTest::mouseClick(child<QPushButton>("instanceConnect"), Qt::LeftButton);
    QTRY_COMPARE(instance->state(), Instance::State::Disconnected);
    QVERIFY(child<QWidget>("monitorPage")->isVisible()); // what was seen stays
}

void tst_MainWindow::aWrongPasswordIsAskedInThePage()
{
    QGuiApplication::clipboard()->setText(m_rig->text("login") +
                                          QStringLiteral("\nwrong-password"));
    QTest::mouseClick(child<QPushButton>("addInstance"), Qt::LeftButton);
    QTest::mouseClick(child<QPushButton>("pasteConnect"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("hostKeyAccept")->isVisible(), 10000);
    QTest::keyClick(child<QPushButton>("hostKeyAccept"), Qt::Key_Space);
    auto *field = child<QLineEdit>("secretField");
    QTRY_VERIFY_WITH_TIMEOUT(field->isVisible(), 15000);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, m_rig->text("password"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_fleet->instances().front()->state(), Instance::State::Connected,
                              15000);
    QVERIFY(field->text().isEmpty());
}

void tst_MainWindow::theFilesTabsLayoutIsKept()
{
    m_window.reset();
    addRig();
    showWindow();
    connectIt();
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(child<QTreeView>("folderTree"));
    QVERIFY(!child<QTreeView>("folderTree")->isHidden());
    m_window->findChild<ui::files::FilesPage *>()->setTreeShown(false);
    m_window.reset();
    showWindow();
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(child<QTreeView>("folderTree"));
    QVERIFY(child<QTreeView>("folderTree")->isHidden());
}

void tst_MainWindow::f5ReadsTheFolderAgain()
{
    QGuiApplication::clipboard()->setText(m_rig->text("login") + u'\n' + m_rig->text("password"));
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
