// SPDX-License-Identifier: GPL-3.0-or-later
// The Processes tab in the real window, on the simulated instance: real processes are listed and
// ended.
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Banner.h"
#include "ui/common/TableView.h"
#include "ui/processes/EndDialog.h"
#include "ui/processes/ProcessTableModel.h"
#include "ui/shell/ConnectionNotices.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace core;
using ui::processes::EndDialog;
using ui::processes::ProcessRow;
using ui::processes::ProcessTableModel;

namespace {

class Recorder final : public ui::shell::Notifier
{
public:
    void notify(const ui::shell::Notification &notification) override
    {
        all.push_back(notification);
    }

    std::vector<ui::shell::Notification> all;
};

probe::TableProcess process(qint64 pid, qint64 parent, const char *name)
{
    probe::TableProcess one;
    one.pid = pid;
    one.parent = parent;
    one.startTicks = pid * 10;
    one.name = QString::fromUtf8(name);
    one.command = one.name + QStringLiteral(" --x");
    return one;
}

} // namespace

class tst_ProcessesPage : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void rowsStayWithTheirProcess();
    void whatIsUnknownIsADash();
    void theQuestionNamesWhatGoes();
    void theQuestionWarns_data();
    void theQuestionWarns();
    void theListComesAndIsFiltered();
    void aRealProcessIsEnded();
    void whatDoesNotEndIsKilled();
    void aLossIsToldAndTheReturn();
    void theEditorsButtonNeedsAConnection();

private:
    [[nodiscard]] ui::TableView *table() const { return child<ui::TableView>("processesTable"); }
    [[nodiscard]] int rows() const { return table()->proxy()->rowCount(); }
    /// Starts it on the instance and chooses its row.
    void startAndSelect(const QByteArray &command, const QString &filter);
    [[nodiscard]] EndDialog *question() const
    {
        const auto all = m_window->findChildren<EndDialog *>();
        return all.isEmpty() ? nullptr : all.last();
    }
};

void tst_ProcessesPage::initTestCase()
{
    startRig({QStringLiteral("--gpus"), QStringLiteral("1")});
    makeServices();
    addRig();
    showWindow();
    connectIt();
    auto *tabs = child<QTabBar>("instanceTabs");
    for (int tab = 0; tab < tabs->count(); ++tab) {
        if (tabs->tabText(tab) == QStringLiteral("Processes"))
            tabs->setCurrentIndex(tab);
    }
    QTRY_VERIFY_WITH_TIMEOUT(table() && table()->isVisible() && rows() > 3, 20000);
}

void tst_ProcessesPage::cleanupTestCase()
{
    closeWindow();
}

void tst_ProcessesPage::rowsStayWithTheirProcess()
{
    ProcessTableModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({{process(1, 0, "a"), 5.0, 10, {}}, {process(2, 1, "b"), {}, {}, {}}});
    const QPersistentModelIndex second = model.index(1, 0);
    model.setRows({{process(2, 1, "b"), 7.0, {}, {}}, {process(3, 1, "c"), {}, {}, {}}});
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(second.isValid());
    QCOMPARE(second.row(), 0);
    QCOMPARE(model.row(0).cpuPercent, std::optional(7.0));
    // The same number, another process.
    probe::TableProcess other = process(2, 1, "b");
    other.startTicks = 99;
    model.setRows({{other, {}, {}, {}}});
    QVERIFY(!second.isValid());
    QCOMPARE(model.rowCount(), 1);
}

void tst_ProcessesPage::whatIsUnknownIsADash()
{
    ProcessTableModel model;
    probe::TableProcess holder = process(7, 1, "python");
    holder.gpuMinors = {0, 3};
    probe::TableProcess zombie = process(8, 1, "sh");
    zombie.state = 'Z';
    zombie.command.clear();
    probe::TableProcess cuda = process(9, 1, "x");
    cuda.mapsCuda = true;
    model.setRows({{holder, {}, {}, {}}, {zombie, {}, {}, {}}, {cuda, {}, {}, 512}});
    const auto text = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    const QString dash = QStringLiteral("–");
    QCOMPARE(text(0, ProcessTableModel::Cpu), dash);
    QCOMPARE(text(0, ProcessTableModel::Memory), dash);
    QCOMPARE(text(0, ProcessTableModel::User), dash);
    QCOMPARE(text(0, ProcessTableModel::Gpu), QStringLiteral("nvidia0, nvidia3"));
    QCOMPARE(text(0, ProcessTableModel::GpuMemory), dash); // it holds one, but how much?
    QCOMPARE(text(1, ProcessTableModel::GpuMemory), QString());
    QVERIFY(text(1, ProcessTableModel::Command).contains(QStringLiteral("[sh]")));
    QCOMPARE(text(2, ProcessTableModel::Gpu), QStringLiteral("libcuda"));
    QVERIFY(text(2, ProcessTableModel::GpuMemory).startsWith(QStringLiteral("512")));
    // Unknown ones come last.
    QVERIFY(!model.index(0, ProcessTableModel::Cpu).data(ui::sortRole).isValid());
}

void tst_ProcessesPage::theQuestionNamesWhatGoes()
{
    probe::ProcessTable known;
    known.processes = {process(10, 1, "bash"), process(20, 10, "python"), process(21, 20, "python"),
                       process(30, 1, "other")};
    EndDialog dialog(known, {10});
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    auto *tree = dialog.findChild<QCheckBox *>(QStringLiteral("endTree"));
    auto *command = dialog.findChild<QLabel *>(QStringLiteral("endCommand"));
    QVERIFY(!tree->isHidden() && tree->isChecked());
    QCOMPARE(command->text(), QStringLiteral("Ask to end: kill -TERM 10 20 21\n"
                                             "Kill at once: kill -KILL 10 20 21"));
    tree->setChecked(false);
    QCOMPARE(command->text(),
             QStringLiteral("Ask to end: kill -TERM 10\nKill at once: kill -KILL 10"));
    QCOMPARE(dialog.findChild<QPushButton *>(QStringLiteral("endKill"))->toolTip(),
             QStringLiteral("kill -KILL 10"));
    QSignalSpy confirmed(&dialog, &EndDialog::confirmed);
    dialog.findChild<QPushButton *>(QStringLiteral("endKill"))->click();
    QCOMPARE(confirmed.size(), 1);
    QCOMPARE(confirmed.front()[0].toBool(), true);
    QCOMPARE(confirmed.front()[1].toBool(), false);
    EndDialog alone(known, {30});
    QVERIFY(alone.findChild<QCheckBox *>(QStringLiteral("endTree"))->isHidden());
    alone.setAttribute(Qt::WA_DeleteOnClose, false);
}

void tst_ProcessesPage::theQuestionWarns_data()
{
    QTest::addColumn<qint64>("pid");
    QTest::addColumn<bool>("tree");
    QTest::addColumn<bool>("warns");
    QTest::newRow("the first process") << qint64(1) << false << true;
    QTest::newRow("an sshd") << qint64(10) << false << true;
    QTest::newRow("Danlu's sampler") << qint64(12) << false << true;
    QTest::newRow("what started an sshd") << qint64(9) << true << true;
    QTest::newRow("that alone") << qint64(9) << false << false;
    QTest::newRow("anything else") << qint64(30) << true << false;
}

void tst_ProcessesPage::theQuestionWarns()
{
    QFETCH(qint64, pid);
    QFETCH(bool, tree);
    QFETCH(bool, warns);
    probe::ProcessTable known;
    known.processes = {process(1, 0, "init"), process(9, 1, "sh"),      process(10, 9, "sshd"),
                       process(12, 10, "sh"), process(30, 1, "python"), process(31, 30, "python")};
    known.processes[2].isSshd = true;
    known.processes[3].isDanlu = true;
    EndDialog dialog(known, {pid});
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.findChild<QCheckBox *>(QStringLiteral("endTree"))->setChecked(tree);
    auto *sure = dialog.findChild<QCheckBox *>(QStringLiteral("endSure"));
    auto *end = dialog.findChild<QPushButton *>(QStringLiteral("endTerm"));
    auto *kill = dialog.findChild<QPushButton *>(QStringLiteral("endKill"));
    QCOMPARE(!dialog.findChild<QLabel *>(QStringLiteral("endDanger"))->isHidden(), warns);
    QCOMPARE(!sure->isHidden(), warns);
    QCOMPARE(end->isEnabled(), !warns);
    sure->setChecked(true);
    QVERIFY(end->isEnabled() && kill->isEnabled());
}

void tst_ProcessesPage::theListComesAndIsFiltered()
{
    const int all = rows();
    type("processesFilter", QStringLiteral("sshd"));
    QTRY_VERIFY(rows() > 0 && rows() < all);
    for (int row = 0; row < rows(); ++row)
        QVERIFY(table()
                    ->proxy()
                    ->index(row, ProcessTableModel::Command)
                    .data()
                    .toString()
                    .contains(QStringLiteral("sshd")));
    type("processesFilter", QStringLiteral("nothing is called so"));
    QTRY_VERIFY(child<QLabel>("processesNothing")->isVisible());
    QVERIFY(!child<QPushButton>("processesEnd")->isEnabled());
    child<QLineEdit>("processesFilter")->clear();
    QTRY_VERIFY(rows() > 3);
    // The second listing tells the load.
    QTRY_VERIFY_WITH_TIMEOUT(table()->proxy()->index(0, ProcessTableModel::Cpu).data().toString() !=
                                 QStringLiteral("–"),
                             20000);
}

void tst_ProcessesPage::startAndSelect(const QByteArray &command, const QString &filter)
{
    remote(command);
    type("processesFilter", filter);
    click("processesRefresh");
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, 20000);
    table()->selectRow(0);
    QTRY_VERIFY(child<QPushButton>("processesEnd")->isEnabled());
}

void tst_ProcessesPage::aRealProcessIsEnded()
{
    startAndSelect("setsid sleep 4711 </dev/null >/dev/null 2>&1 &", QStringLiteral("sleep 4711"));
    click("processesEnd");
    QTRY_VERIFY(question() && question()->isVisible());
    QTest::mouseClick(question()->findChild<QPushButton *>(QStringLiteral("endTerm")),
                      Qt::LeftButton);
    auto *banner = child<ui::Banner>("processesBanner");
    QTRY_COMPARE_WITH_TIMEOUT(banner->kind(), ui::Banner::Kind::Good, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, 20000);
    QCOMPARE(remoteOutput("pgrep -fx 'sleep 4711'"), QByteArray());
}

void tst_ProcessesPage::whatDoesNotEndIsKilled()
{
    startAndSelect("setsid sh -c 'trap : TERM; while :; do sleep 1; done; echo danlu-stays' "
                   "</dev/null >/dev/null 2>&1 &",
                   QStringLiteral("danlu-stays"));
    click("processesEnd");
    QTRY_VERIFY(question() && question()->isVisible());
    question()->findChild<QCheckBox *>(QStringLiteral("endTree"))->setChecked(false);
    QTest::mouseClick(question()->findChild<QPushButton *>(QStringLiteral("endTerm")),
                      Qt::LeftButton);
    auto *banner = child<ui::Banner>("processesBanner");
    QTRY_COMPARE_WITH_TIMEOUT(banner->kind(), ui::Banner::Kind::Warning, 30000);
    click("processesKillNow");
    QTRY_COMPARE_WITH_TIMEOUT(banner->kind(), ui::Banner::Kind::Good, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, 20000);
}

void tst_ProcessesPage::aLossIsToldAndTheReturn()
{
    Recorder told;
    QStringList opened;
    const ui::shell::ConnectionNotices notices(
        *m_fleet, told, [&opened](const QString &id) { opened += id; }, std::chrono::seconds(0));
    // What its shell is the child of is the connection's sshd.
    (void)m_instance->session()->exec("exec /bin/sh -c 'kill -9 $PPID'");
    QTRY_COMPARE_WITH_TIMEOUT(told.all.size(), std::size_t(1), 30000);
    QCOMPARE(told.all.front().title, QStringLiteral("rig is disconnected"));
    QCOMPARE(told.all.front().kind, ui::shell::Notification::Kind::Warning);
    QTRY_COMPARE_WITH_TIMEOUT(told.all.size(), std::size_t(2), 60000);
    QCOMPARE(told.all.back().title, QStringLiteral("rig is connected again"));
    QCOMPARE(told.all.back().topic, told.all.front().topic);
    told.all.back().open();
    QCOMPARE(opened, QStringList{m_instance->id()});
}

void tst_ProcessesPage::theEditorsButtonNeedsAConnection()
{
    auto *button = child<QPushButton>("openInEditor");
    QVERIFY(button && button->isVisible() && button->isEnabled());
    m_settings->setRemoteEditor(QStringLiteral("cursor"));
    m_instance->disconnectNow();
    QTRY_VERIFY(!button->isEnabled());
    QVERIFY(button->text().contains(QStringLiteral("Cursor")));
}

QTEST_MAIN(tst_ProcessesPage)
#include "tst_ProcessesPage.moc"
