// SPDX-License-Identifier: GPL-3.0-or-later
// The Jobs tab in the real window, beside a whole instance.
#include "tests/ui/support/WindowFixture.h"
#include "ui/common/Banner.h"
#include "ui/instances/StateWords.h"
#include "ui/jobs/StartPanel.h"
#include "ui/shell/Notifications.h"
#include "ui/terminal/TerminalTab.h"
#include "ui/terminal/TerminalTabs.h"

#include <QAbstractItemModel>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>

using namespace core;
using fleet::Instance;

class tst_JobsPage : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aJobIsStartedAndFollowed();
    void environmentsOfACondaForTerminals();
    void theLogIsShownFromItsStart();
    void aJobIsStopped();
    void aPowerOffIsSeenAndCancelled();
    void theGuardIsSwitched();
    void sessionsBegunOutsideAreShown();
    void aRunningJobIsShownInATerminal();
    void anEndThatNobodySawIsTold();
    void filesAreFetched();
    void aPowerOffOfAJobIsNoLoss();
    void safeToStopSaysWhatIsNot(); // the last: it ends the instance

private:
    void openForm();
    void start(const QString &command);
    [[nodiscard]] QAbstractItemModel *rows() const
    {
        return child<QTableView>("jobsTable")->model();
    }
    /// Of the row that is called so; "" = none.
    [[nodiscard]] QString cell(const QString &name, int column) const;
    [[nodiscard]] QString log() const { return child<QPlainTextEdit>("jobLog")->toPlainText(); }
};

void tst_JobsPage::initTestCase()
{
    startRig({QStringLiteral("--gpus"), QStringLiteral("2"), QStringLiteral("--load"),
              QStringLiteral("idle")});
}

void tst_JobsPage::init()
{
    makeServices();
    addRig();
    connectIt();
    QVERIFY(m_instance->session());
    remote("rm -rf /root/.danlu/jobs");
    m_settings->setDownloadFolder(m_dir->path());
    showWindow();
    child<QTabBar>("instanceTabs")->setCurrentIndex(2);
    QVERIFY(child<QWidget>("jobsPage"));
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("jobsAway")->isVisible(), 30000);
}

void tst_JobsPage::cleanup()
{
    closeWindow();
}

void tst_JobsPage::openForm()
{
    const auto *list = child<QTableView>("jobsTable");
    click(list->isVisible() ? "newJob" : "jobsAwayButton");
    QVERIFY(child<QWidget>("startJobPanel")->isVisible());
}

void tst_JobsPage::start(const QString &command)
{
    child<QPlainTextEdit>("jobCommand")->setPlainText(command);
    click("jobStart");
    QTRY_VERIFY_WITH_TIMEOUT(child<QTableView>("jobsTable")->isVisible(), 30000);
}

QString tst_JobsPage::cell(const QString &name, int column) const
{
    for (int row = 0; row < rows()->rowCount(); ++row) {
        if (rows()->index(row, 0).data().toString() == name)
            return rows()->index(row, column).data().toString();
    }
    return {};
}

void tst_JobsPage::aJobIsStartedAndFollowed()
{
    openForm();
    QVERIFY(!child<QPushButton>("jobStart")->isEnabled());
    type("jobName", QStringLiteral("resnet"));
    type("jobDirectory", QStringLiteral("/root/autodl-tmp"));
    child<QPlainTextEdit>("jobVariables")->setPlainText(QStringLiteral("A=it's"));
    QTRY_VERIFY(child<QCheckBox>("jobGpu1"));
    child<QCheckBox>("jobGpu0")->setChecked(false);
    child<QPlainTextEdit>("jobCommand")
        ->setPlainText(QStringLiteral("pwd; echo \"$CUDA_VISIBLE_DEVICES $A\"; until [ -e go ]; do "
                                      "sleep 0.2; done; echo 丹; exit 3"));
    // The very text that the instance is given.
    const QString shown = child<QPlainTextEdit>("jobPreview")->toPlainText();
    QVERIFY(shown.startsWith(QStringLiteral("cd -- /root/autodl-tmp || exit\n")));
    QVERIFY(shown.contains(QStringLiteral("CUDA_VISIBLE_DEVICES=1\n")));
    click("jobStart");
    QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("resnet"), 1), QStringLiteral("Running"), 30000);
    QCOMPARE(remoteOutput("cat /root/.danlu/jobs/*/command"), shown.toUtf8() + '\n');
    QTRY_COMPARE_WITH_TIMEOUT(log(), QStringLiteral("/root/autodl-tmp\n1 it's\n"), 30000);
    // The line is cut, and the job ends meanwhile.
    remote("(sleep 1; touch /root/autodl-tmp/go) >/dev/null 2>&1 &");
    m_instance->disconnectNow();
    QTRY_COMPARE(m_instance->state(), Instance::State::Disconnected);
    QVERIFY(child<QTableView>("jobsTable")->isVisible()); // what is known stays
    QVERIFY(!child<QPushButton>("stopJob")->isEnabled());
    connectIt();
    QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("resnet"), 2), QStringLiteral("3"), 30000);
    QCOMPARE(cell(QStringLiteral("resnet"), 1), QStringLiteral("Failed"));
    QTRY_COMPARE_WITH_TIMEOUT(log(), QStringLiteral("/root/autodl-tmp\n1 it's\n丹\n"), 30000);
    remote("rm /root/autodl-tmp/go");
}

void tst_JobsPage::environmentsOfACondaForTerminals()
{
    // Only ~/.bashrc has it on the PATH, which a login shell doesn't read.
    remote("mkdir -p /root/miniconda3/bin && cd /root/miniconda3/bin && printf '#!/bin/sh\\nprintf "
           "\"base * /root/miniconda3\\\\nverl  /root/miniconda3/envs/verl\\\\n\"\\n' >conda && "
           "chmod +x conda");
    openForm();
    auto *environment = child<QComboBox>("jobEnvironment");
    QTRY_VERIFY_WITH_TIMEOUT(environment->findText(QStringLiteral("verl")) > 0, 20000);
    environment->setCurrentText(QStringLiteral("verl"));
    const QString known = QStringLiteral("source /root/miniconda3/bin/activate verl || exit\n");
    QVERIFY(child<QPlainTextEdit>("jobPreview")->toPlainText().contains(known));
    // A job that is begun again keeps where its conda was.
    ui::jobs::StartPanel panel;
    core::jobs::JobSpec spec;
    spec.command = "x";
    spec.condaEnvironment = "verl";
    spec.condaBase = "/data/conda";
    panel.setSpec(spec);
    QVERIFY(panel.spec() == spec);
    remote("rm -r /root/miniconda3");
}

void tst_JobsPage::theLogIsShownFromItsStart()
{
    openForm();
    start(QStringLiteral("seq 200000"));
    QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("seq 200000"), 1), QStringLiteral("Done"), 30000);
    // Bounded, with the last lines.
    QTRY_VERIFY_WITH_TIMEOUT(log().endsWith(QStringLiteral("\n200000\n")), 30000);
    QVERIFY(child<QPlainTextEdit>("jobLog")->blockCount() <= 10000);
    if (!child<QPushButton>("logFromStart")->isVisible()) { // it was followed from the start
        click("newJob");
        click("jobStartCancel");
    }
    child<QTableView>("jobsTable")->clearSelection();
    child<QTableView>("jobsTable")->selectRow(0);
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("logFromStart")->isVisible(), 30000);
    click("logFromStart");
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("logNextPart")->isVisible(), 30000);
    QVERIFY(log().startsWith(QStringLiteral("1\n2\n3\n")));
    const QString last = log().trimmed().section(u'\n', -1);
    click("logNextPart");
    QTRY_VERIFY_WITH_TIMEOUT(
        log().startsWith(QString::number(last.toInt() + 1) + QStringLiteral("\n")), 30000);
    click("logToEnd");
    QTRY_VERIFY_WITH_TIMEOUT(log().endsWith(QStringLiteral("\n200000\n")), 30000);
}

void tst_JobsPage::aJobIsStopped()
{
    openForm();
    start(QStringLiteral("sleep 1000"));
    QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("sleep 1000"), 1), QStringLiteral("Running"),
                              30000);
    click("stopJob");
    QTRY_VERIFY(child<QWidget>("stopJobBox"));
    const QString id =
        QString::fromUtf8(remoteOutput("ls /root/.danlu/jobs").trimmed().split('\n').last());
    QVERIFY(
        child<QMessageBox>("stopJobBox")
            ->informativeText()
            .endsWith(QStringLiteral("sh ~/.danlu/jobs/%1/runner stop ~/.danlu/jobs/%1").arg(id)));
    QVERIFY(child<QLabel>("jobFacts")
                ->text()
                .contains(QStringLiteral("tail -n +1 -f ~/.danlu/jobs/%1/log").arg(id)));
    click("stopJobConfirm");
    QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("sleep 1000"), 1), QStringLiteral("Stopped"),
                              30000);
    QCOMPARE(cell(QStringLiteral("sleep 1000"), 2), QStringLiteral("143"));
    // Again, with the same words.
    click("startJobAgain");
    QCOMPARE(child<QPlainTextEdit>("jobCommand")->toPlainText(), QStringLiteral("sleep 1000"));
    click("jobStartCancel");
    click("forgetJob");
    QTRY_VERIFY(child<QWidget>("forgetJobBox"));
    click("forgetJobConfirm");
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("jobsAway")->isVisible(), 30000);
    QCOMPARE(remoteOutput("ls /root/.danlu/jobs"), QByteArray());
}

void tst_JobsPage::aPowerOffIsSeenAndCancelled()
{
    openForm();
    QVERIFY(!child<QSpinBox>("jobCountdown")->isVisible()); // never armed silently
    child<QComboBox>("jobThen")->setCurrentIndex(1);
    QVERIFY(child<QSpinBox>("jobCountdown")->isVisible());
    child<QSpinBox>("jobCountdown")->setValue(590);
    start(QStringLiteral("true"));
    const auto strip = [this] { return child<ui::Banner>("armedEnd"); };
    QTRY_VERIFY_WITH_TIMEOUT(strip() && strip()->kind() == ui::Banner::Kind::Warning, 30000);
    // Whatever is shown of the instance.
    child<QTabBar>("instanceTabs")->setCurrentIndex(0);
    QVERIFY(strip()->isVisible());
    QVERIFY2(strip()->text().contains(QStringLiteral("9\u202fm")), qPrintable(strip()->text()));
    click("cancelPowerOff");
    QTRY_VERIFY_WITH_TIMEOUT(!child<QWidget>("endStrip")->isVisible(), 30000);
    QVERIFY(remoteOutput("cat /root/.danlu/jobs/*/run/state").contains("then=cancelled"));
    QVERIFY(m_rig->command({QStringLiteral("status")}));
}

void tst_JobsPage::theGuardIsSwitched()
{
    openForm();
    start(QStringLiteral("true"));
    child<QSpinBox>("idleMinutes")->setValue(45);
    auto *guard = child<QCheckBox>("idleGuard");
    QVERIFY(!guard->isChecked());
    // What counts as idle is seen and chosen.
    QVERIFY(!child<QWidget>("idleLimits")->isVisible());
    click("idleLimitsShow");
    QVERIFY(child<QWidget>("idleLimits")->isVisible());
    QCOMPARE(child<QSpinBox>("idleNetwork")->text(), QStringLiteral("Network 40 KB/s"));
    child<QSpinBox>("idleGpu")->setValue(7);
    click("idleDefaults");
    QCOMPARE(child<QSpinBox>("idleGpu")->value(), 5);
    QCOMPARE(child<QSpinBox>("idleMinutes")->value(), 45); // no limit
    child<QSpinBox>("idleGpu")->setValue(3);
    child<QSpinBox>("idleCpu")->setValue(60);
    child<QSpinBox>("idleDisk")->setValue(700);
    child<QSpinBox>("idleNetwork")->setValue(15);
    guard->click();
    QTRY_VERIFY_WITH_TIMEOUT(child<ui::Banner>("armedEnd") && guard->isEnabled(), 30000);
    QVERIFY(guard->isChecked());
    QVERIFY(child<ui::Banner>("armedEnd")->text().contains(QStringLiteral("45")));
    QCOMPARE(cell(QStringLiteral("Idle guard"), 1), QStringLiteral("Watching"));
    QCOMPARE(remoteOutput("cat /root/.danlu/jobs/*/guard"),
             "2700 3.000 60.000 716800.000 15360.000\n");
    QVERIFY(!child<QSpinBox>("idleCpu")->isEnabled());
    const auto *table = child<QTableView>("jobsTable");
    for (int row = 0; row < rows()->rowCount(); ++row) {
        if (rows()->index(row, 0).data().toString() == u"Idle guard")
            child<QTableView>("jobsTable")->setCurrentIndex(table->model()->index(row, 0));
    }
    QVERIFY2(child<QLabel>("jobFacts")->text().contains(QStringLiteral("CPU below 60")),
             qPrintable(child<QLabel>("jobFacts")->text()));
    guard->click();
    QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("Idle guard"), 1), QStringLiteral("Stopped"),
                              30000);
    QTRY_VERIFY(guard->isEnabled() && !guard->isChecked());
    QVERIFY(!child<QWidget>("endStrip")->isVisible());
    QVERIFY(child<QSpinBox>("idleCpu")->isEnabled());
    // A Danlu that knows nothing takes over what the instance's last guard had.
    m_window.reset();
    showWindow();
    child<QTabBar>("instanceTabs")->setCurrentIndex(2);
    QTRY_COMPARE_WITH_TIMEOUT(child<QSpinBox>("idleCpu")->value(), 60, 30000);
    QCOMPARE(child<QSpinBox>("idleMinutes")->value(), 45);
}

void tst_JobsPage::sessionsBegunOutsideAreShown()
{
    remote("screen -dmS mine sleep 1000");
    click("jobsAgain");
    QTRY_VERIFY_WITH_TIMEOUT(cell(QStringLiteral("mine"), 1).contains(QStringLiteral("screen")),
                             30000);
    QVERIFY(!child<QPlainTextEdit>("jobLog")->isVisible());
    click("attachJob");
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("screen -x ")));
    // Beside it: in a terminal of Danlu, which leaves it as it is when it is closed.
    click("openJobTerminal");
    auto *terminals = child<QWidget>("terminalPage")->findChild<ui::terminal::TerminalTabs *>();
    QVERIFY(terminals && terminals->isVisible());
    QCOMPARE(terminals->count(), 1);
    QCOMPARE(terminals->current()->keptName(), QStringLiteral("mine"));
    QTRY_COMPARE_WITH_TIMEOUT(remoteOutput("sh -c 'screen -ls | grep -c Attached'"), "1\n", 20000);
    child<QTabBar>("instanceTabs")->setCurrentIndex(2);
    click("openJobTerminal"); // the one that is there
    QCOMPARE(terminals->count(), 1);
    terminals->close(0);
    QTRY_COMPARE_WITH_TIMEOUT(remoteOutput("sh -c 'screen -ls | grep -c Detached'"), "1\n", 20000);
    child<QTabBar>("instanceTabs")->setCurrentIndex(2);
    remote("screen -S mine -X quit");
    click("jobsAgain");
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("jobsAway")->isVisible(), 30000);
}

void tst_JobsPage::aRunningJobIsShownInATerminal()
{
    openForm();
    start(QStringLiteral("echo 炼丹; sleep 1000"));
    QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("echo 炼丹; sleep 1000"), 1),
                              QStringLiteral("Running"), 30000);
    click("openJobTerminal");
    auto *terminals = child<QWidget>("terminalPage")->findChild<ui::terminal::TerminalTabs *>();
    QVERIFY(terminals);
    QTRY_VERIFY_WITH_TIMEOUT(
        terminals->current()->surface().screenText().contains(QStringLiteral("炼丹")), 20000);
    terminals->close(0);
    child<QTabBar>("instanceTabs")->setCurrentIndex(2);
    QTRY_VERIFY(child<QPushButton>("stopJob")->isVisible());
    click("stopJob");
    child<QPushButton>("stopJobConfirm")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!child<QPushButton>("openJobTerminal")->isVisible(), 30000);
}

void tst_JobsPage::anEndThatNobodySawIsTold()
{
    openForm();
    start(QStringLiteral("until [ -e /root/go ]; do sleep 0.2; done; exit 7"));
    const QString name = QStringLiteral("until [ -e /root/go ]; do sleep 0.2; done; exit 7");
    QTRY_COMPARE_WITH_TIMEOUT(cell(name, 1), QStringLiteral("Running"), 30000);
    // Danlu is closed: nothing but its files stays.
    m_window.reset();
    delete m_instance->findChild<fleet::JobWatch *>();
    remote("touch /root/go; sleep 3; rm /root/go");
    m_instance->disconnectNow();
    showWindow();
    auto *told = m_window->findChild<ui::shell::Notifications *>();
    QVERIFY(told);
    std::vector<ui::shell::Notification> all;
    const QObject here; // as long as the list
    connect(told, &ui::shell::Notifications::inWindow, &here,
            [&all](const ui::shell::Notification &one) { all.push_back(one); });
    connectIt();
    const auto about = [&] {
        return std::count_if(all.begin(), all.end(), [](const auto &one) {
            return one.title.startsWith(QStringLiteral("until ")) &&
                   one.text.contains(QStringLiteral("while you were away")) &&
                   one.text.contains(QStringLiteral("exit code 7"));
        });
    };
    QTRY_COMPARE_WITH_TIMEOUT(about(), 1, 30000);
    // Once.
    m_window.reset();
    delete m_instance->findChild<fleet::JobWatch *>();
    QFile seen(m_dir->filePath(QStringLiteral("running-jobs.json")));
    QVERIFY(seen.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(seen.readAll()).object(), QJsonObject());
    showWindow();
    child<QTabBar>("instanceTabs")->setCurrentIndex(2);
}

void tst_JobsPage::filesAreFetched()
{
    openForm();
    type("jobName", QStringLiteral("fetched"));
    type("jobDirectory", QStringLiteral("/root/autodl-tmp"));
    child<QPlainTextEdit>("jobFetch")->setPlainText(QStringLiteral("best*.pt"));
    start(QStringLiteral("sleep 1; echo weights >'best one.pt'"));
    QTRY_VERIFY_WITH_TIMEOUT(remoteOutput("ls /root/.danlu/jobs/*/fetched").contains("fetched"),
                             60000);
    const QStringList folders =
        QDir(m_dir->path()).entryList({QStringLiteral("fetched *")}, QDir::Dirs);
    QCOMPARE(folders.size(), 1);
    QFile file(m_dir->filePath(folders.first() + QStringLiteral("/best one.pt")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("weights\n"));
    QCOMPARE(m_queue->transfers().size(), std::size_t(1)); // once
    remote("rm '/root/autodl-tmp/best one.pt'");
}

/// The last one: the instance is off afterwards.
void tst_JobsPage::aPowerOffOfAJobIsNoLoss()
{
    auto *told = m_window->findChild<ui::shell::Notifications *>();
    std::vector<ui::shell::Notification> all;
    const QObject here; // as long as the list
    connect(told, &ui::shell::Notifications::inWindow, &here,
            [&all](const ui::shell::Notification &one) { all.push_back(one); });
    // A loss in the midst of a countdown is a loss.
    openForm();
    child<QComboBox>("jobThen")->setCurrentIndex(1);
    child<QSpinBox>("jobCountdown")->setValue(600);
    start(QStringLiteral("echo long"));
    QTRY_VERIFY_WITH_TIMEOUT(
        child<ui::Banner>("armedEnd") &&
            child<ui::Banner>("armedEnd")->text().contains(QStringLiteral("itself off in")),
        30000);
    (void)remoteOutput("sh -c 'kill -9 $PPID'");
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->state() != Instance::State::Connected, 20000);
    QVERIFY(!m_instance->hasPoweredOff());
    QTRY_COMPARE_WITH_TIMEOUT(m_instance->state(), Instance::State::Connected, 60000);
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("cancelPowerOff")->isEnabled(), 20000);
    child<QPushButton>("cancelPowerOff")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!child<QWidget>("endStrip")->isVisible(), 30000);

    openForm();
    type("jobName", QStringLiteral("last one"));
    child<QComboBox>("jobThen")->setCurrentIndex(1);
    child<QSpinBox>("jobCountdown")->setValue(10);
    start(QStringLiteral("true"));
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->hasPoweredOff(), 60000);
    QCOMPARE(m_instance->state(), Instance::State::Disconnected);
    QVERIFY(std::any_of(all.begin(), all.end(), [](const auto &one) {
        return one.title == u"rig has powered itself off" && one.text.contains(u"last one");
    }));
    QVERIFY(std::none_of(all.begin(), all.end(),
                         [](const auto &one) { return one.title.contains(u"is disconnected"); }));
    QVERIFY(!child<QWidget>("endStrip")->isVisible());
    QCOMPARE(ui::instances::stateWords(*m_instance).word, QStringLiteral("Powered off"));
    m_instance->connectNow();
    QVERIFY(!m_instance->hasPoweredOff());
    m_instance->disconnectNow();
    QTRY_VERIFY_WITH_TIMEOUT(!m_rig->command({QStringLiteral("status")}), 20000);
    QCOMPARE(QProcess::execute(m_rig->text("state") + QStringLiteral("/restart")), 0);
}

void tst_JobsPage::safeToStopSaysWhatIsNot()
{
    openForm();
    start(QStringLiteral("echo x >/root/autodl-tmp/new.pt; sleep 1000"));
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->sample() && !m_instance->sample()->disks.empty(), 30000);
    click("safeToStop");
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("safetyFindings")->isVisible(), 60000);
    QVERIFY(child<QPlainTextEdit>("safetyFiles")
                ->toPlainText()
                .contains(QStringLiteral("/root/autodl-tmp/new.pt")));
    click("powerOffNow");
    QTRY_VERIFY(child<QWidget>("powerOffBox")); // a job runs: it is asked
    QVERIFY(m_rig->command({QStringLiteral("status")}));
    click("powerOffConfirm");
    QTRY_VERIFY_WITH_TIMEOUT(!m_rig->command({QStringLiteral("status")}), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(m_instance->state(), Instance::State::Disconnected, 30000);
}

QTEST_MAIN(tst_JobsPage)
#include "tst_JobsPage.moc"
