// SPDX-License-Identifier: GPL-3.0-or-later
// Real processes listed and ended over a real sshd, with the system's tools and with busybox's.
#include "core/processes/Processes.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <csignal>

using namespace core;
using namespace core::processes;
using probe::ProcessTable;
using support::SessionRun;

namespace {

std::optional<Error> wait(Operation *operation, int ms = 30000)
{
    QSignalSpy finished(operation, &Operation::finished);
    if (!finished.wait(ms) || finished.count() != 1)
        return Error{ErrorCode::TimedOut, Step::None, QStringLiteral("not finished")};
    return operation->error();
}

/// A program of this test's own that is ended with it.
class Victim
{
public:
    /// \a script: tells "ready" when it is.
    explicit Victim(const QString &script)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script});
        while (!m_output.contains("ready") && m_process.waitForReadyRead(10000))
            m_output += m_process.readAll();
    }
    ~Victim()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] bool isReady() const { return m_output.contains("ready"); }
    [[nodiscard]] bool hasEnded(int ms = 10000)
    {
        return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(ms);
    }
    [[nodiscard]] QByteArray output()
    {
        m_output += m_process.readAll();
        return m_output;
    }

private:
    QProcess m_process;
    QByteArray m_output;
};

ProcessId idOf(const ProcessTable &table, qint64 pid)
{
    const probe::TableProcess *process = table.find(pid);
    return process ? ProcessId{pid, process->startTicks} : ProcessId{};
}

} // namespace

class tst_Processes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theListIsWhatProcTells_data() { servers(); }
    void theListIsWhatProcTells();
    void danlusOwnAreMarked();
    void termEndsOne_data() { servers(); }
    void termEndsOne();
    void killEndsWhatTermDoesNot_data() { servers(); }
    void killEndsWhatTermDoesNot();
    void aTreeEndsAsAWhole_data() { servers(); }
    void aTreeEndsAsAWhole();
    void withoutItsTreeTheRestGoesOn();
    void anotherProcessWithTheNumberIsSpared();
    void cancellingListsNothing();

private:
    static void servers()
    {
        QTest::addColumn<bool>("busybox");
        QTest::newRow("the system's tools") << false;
        if (QFile::exists(QStringLiteral("/usr/bin/busybox")) ||
            QFile::exists(QStringLiteral("/bin/busybox")))
            QTest::newRow("busybox") << true;
    }
    [[nodiscard]] SessionRun &run();
    [[nodiscard]] ProcessTable list();

    support::SshServer m_server;
    support::SshServer m_busybox;
    QTemporaryDir m_tools;
    std::unique_ptr<SessionRun> m_run;
};

void tst_Processes::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_server.start(), QString());
    const QString busybox = QFile::exists(QStringLiteral("/usr/bin/busybox"))
                                ? QStringLiteral("/usr/bin/busybox")
                                : QStringLiteral("/bin/busybox");
    for (const char *tool : {"sh", "awk", "cat", "ls", "head", "tr", "grep", "sed", "id", "sleep"})
        QFile::link(busybox, m_tools.filePath(QLatin1StringView(tool)));
    m_busybox.setPath(m_tools.path());
    QCOMPARE(m_busybox.start(), QString());
}

void tst_Processes::init()
{
    m_run = std::make_unique<SessionRun>();
    const bool isBusybox =
        QTest::currentDataTag() && QByteArray(QTest::currentDataTag()) == "busybox";
    QVERIFY(m_run->open((isBusybox ? m_busybox : m_server).options()));
}

void tst_Processes::cleanup()
{
    m_run.reset();
}

SessionRun &tst_Processes::run()
{
    return *m_run;
}

ProcessTable tst_Processes::list()
{
    auto *operation = new ListProcesses(run().session);
    const auto error = wait(operation);
    if (error)
        qWarning() << errorCodeName(error->code) << error->detail;
    operation->deleteLater();
    return operation->table();
}

void tst_Processes::theListIsWhatProcTells()
{
    Victim victim(QStringLiteral("echo ready; exec sleep 1000"));
    QVERIFY(victim.isReady());
    ProcessTable table = list();
    const auto *seen = table.find(victim.pid());
    QVERIFY(seen);
    // exec comes a moment after its word.
    QTRY_VERIFY_WITH_TIMEOUT(
        (table = list(), table.find(victim.pid()) &&
                             table.find(victim.pid())->command == QStringLiteral("sleep 1000")),
        10000);
    seen = table.find(victim.pid());
    QCOMPARE(seen->parent, QCoreApplication::applicationPid());
    QCOMPARE(seen->name, QStringLiteral("sleep"));
    QVERIFY(!seen->user.isEmpty());
    QVERIFY(seen->rssBytes && *seen->rssBytes > 0);
    QVERIFY(!seen->holdsGpu() && !seen->isDanlu);
    QVERIFY(probe::ageSeconds(table, *seen).value_or(1000) < 100);
    const auto *own = table.find(QCoreApplication::applicationPid());
    QVERIFY(own && own->command.contains(QStringLiteral("tst_Processes")));
    QVERIFY(own->startTicks > 0 && own->startTicks <= seen->startTicks);
    const ProcessTable later = list();
    QVERIFY(later.uptimeSeconds >= table.uptimeSeconds);
}

void tst_Processes::danlusOwnAreMarked()
{
    const ProcessTable table = list();
    int own = 0;
    for (const auto &process : table.processes)
        own += process.isDanlu ? 1 : 0;
    QVERIFY(own >= 2); // its sshd and its shell at the least
    const auto *listener = table.find(m_server.processId());
    QVERIFY(listener);
    QVERIFY(listener->isSshd && !listener->isDanlu);
    QVERIFY(!table.find(QCoreApplication::applicationPid())->isDanlu);
}

void tst_Processes::termEndsOne()
{
    Victim victim(QStringLiteral("echo ready; exec sleep 1000"));
    const ProcessId id = idOf(list(), victim.pid());
    QVERIFY(id.pid != 0);
    // No parent looks after it while this waits: it is a zombie, and counts as ended.
    auto *end = new EndProcesses(run().session, {id}, {});
    const auto error = wait(end);
    QVERIFY2(!error, error ? qPrintable(error->detail) : "");
    QCOMPARE(end->ended(), std::vector{id});
    QVERIFY(end->left().empty() && end->refused().empty() && end->gone().empty());
    QVERIFY(victim.hasEnded());
    // Once more: it is no longer there.
    auto *again = new EndProcesses(run().session, {id}, {});
    QVERIFY(!wait(again));
    QCOMPARE(again->gone(), std::vector{id});
}

void tst_Processes::killEndsWhatTermDoesNot()
{
    Victim victim(QStringLiteral("trap 'echo no' TERM; echo ready; while :; do sleep 1; done"));
    const ProcessId id = idOf(list(), victim.pid());
    EndProcesses::Options options;
    options.patience = std::chrono::milliseconds(300);
    auto *ask = new EndProcesses(run().session, {id}, options);
    QVERIFY(!wait(ask));
    QCOMPARE(ask->left(), std::vector{id});
    QVERIFY(ask->ended().empty());
    options.signal = Signal::Kill;
    options.patience = std::chrono::seconds(5);
    auto *kill = new EndProcesses(run().session, {id}, options);
    QVERIFY(!wait(kill));
    QCOMPARE(kill->ended(), std::vector{id});
    QVERIFY(victim.hasEnded());
}

void tst_Processes::aTreeEndsAsAWhole()
{
    // A shell whose child has a child; each tells its number.
    Victim victim(QStringLiteral(
        "sh -c 'sh -c \"echo c\\$\\$; echo ready; exec sleep 1000\" & echo b$$; wait' & wait"));
    QVERIFY(victim.isReady());
    const ProcessTable table = list();
    const std::vector<qint64> below = probe::descendants(table, victim.pid());
    QVERIFY(below.size() >= 2);
    EndProcesses::Options options;
    options.tree = true;
    auto *end = new EndProcesses(run().session, {idOf(table, victim.pid())}, options);
    QVERIFY(!wait(end));
    QVERIFY(end->left().empty());
    QCOMPARE(end->ended().size(), below.size() + 1);
    QVERIFY(victim.hasEnded());
    const ProcessTable after = list();
    for (const qint64 pid : below)
        QVERIFY(!after.find(pid) || after.find(pid)->state == 'Z' ||
                idOf(after, pid) != idOf(table, pid));
}

void tst_Processes::withoutItsTreeTheRestGoesOn()
{
    Victim victim(QStringLiteral("sleep 1000 & echo ready; wait"));
    ProcessTable table = list();
    QTRY_VERIFY_WITH_TIMEOUT((table = list(), !probe::descendants(table, victim.pid()).empty()),
                             10000);
    const qint64 child = probe::descendants(table, victim.pid()).front();
    auto *end = new EndProcesses(run().session, {idOf(table, victim.pid())}, {});
    QVERIFY(!wait(end));
    QCOMPARE(end->ended().size(), std::size_t(1));
    const ProcessTable after = list();
    QCOMPARE(idOf(after, child), idOf(table, child));
    kill(pid_t(child), SIGKILL);
}

void tst_Processes::anotherProcessWithTheNumberIsSpared()
{
    Victim victim(QStringLiteral("echo ready; exec sleep 1000"));
    ProcessId id = idOf(list(), victim.pid());
    ++id.startTicks;
    auto *end =
        new EndProcesses(run().session, {id}, {Signal::Kill, true, std::chrono::seconds(1)});
    QVERIFY(!wait(end));
    QCOMPARE(end->gone(), std::vector{id});
    QVERIFY(!victim.hasEnded(0));
}

void tst_Processes::cancellingListsNothing()
{
    auto *operation = new ListProcesses(run().session);
    operation->cancel();
    const auto error = wait(operation);
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::Cancelled);
    QVERIFY(operation->table().processes.empty());
}

QTEST_GUILESS_MAIN(tst_Processes)
#include "tst_Processes.moc"
