// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs on a whole instance with the real screen, tmux and sshd: every backend, and what was begun
// outside.
#include "core/jobs/KeptShell.h"
#include "tests/jobs/JobRun.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

using namespace core;
using namespace core::jobs;
using namespace std::chrono_literals;
using support::JobRun;

class tst_Jobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyBackendRunsAJob_data();
    void everyBackendRunsAJob();
    void theChoiceIsWhatTheInstanceHas();
    void aTerminalCanBeAttached();
    void sessionsBegunOutsideAreListed();
    void keptShellsAreNoJobs();
    void anEnvironmentIsActivated_data();
    void anEnvironmentIsActivated();
    void whatIsNotThereIsSaid();
    void withoutAShellItIsUnsupported();
    void safeToStop();

private:
    support::Rig m_rig;
};

void tst_Jobs::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_rig.start({QStringLiteral("--noisy-rc"), QStringLiteral("--load"),
                          QStringLiteral("idle"), QStringLiteral("--conda")}),
             QString());
}

void tst_Jobs::everyBackendRunsAJob_data()
{
    QTest::addColumn<QByteArray>("backend");
    QTest::addColumn<bool>("condaForLogins"); // or for terminals only, as conda init does
    for (const char *name : {"screen", "tmux", "nohup"})
        QTest::newRow(name) << QByteArray(name) << true;
    QTest::newRow("conda for terminals only") << QByteArray("screen") << false;
}

void tst_Jobs::everyBackendRunsAJob()
{
    QFETCH(QByteArray, backend);
    QFETCH(bool, condaForLogins);
    JobBackends one = standardBackends();
    std::erase_if(one, [&](const auto &other) { return other->name() != backend; });
    JobRun run;
    QVERIFY(run.open(m_rig.passwordOptions()));
    const JobId id = makeJobId(std::chrono::system_clock::now());
    JobSpec spec =
        JobRun::spec("pwd; echo \"$http_proxy|$CUDA_VISIBLE_DEVICES|$A\"; which conda; "
                     "trap 'echo asked; exit 7' TERM; echo ready; while :; do sleep 0.2; done");
    spec.name = "训练";
    spec.directory = "/root/autodl-tmp";
    spec.acceleration = true;
    spec.gpus = QByteArrayList{"1", "0"};
    spec.variables = {{"A", "it's \"me\" 你好"}};
    spec.fetch = {"*.pt"};
    run.output(condaForLogins ? "echo 'PATH=/root/miniconda3/bin:$PATH' >/etc/profile.d/conda.sh"
                              : "rm /etc/profile.d/conda.sh");
    const JobAction *started = JobRun::wait(startJob(run.session, id, spec, one));
    QVERIFY(started->job());
    QCOMPARE(started->job()->backend, backend);
    QCOMPARE(started->job()->state, JobState::Running);
    QVERIFY(started->job()->spec == spec);
    const QByteArray wanted = "/root/autodl-tmp\nhttp://172.20.0.113:12798|1,0|it's \"me\" 你好\n"
                              "/root/miniconda3/bin/conda\nready\n";
    QTRY_COMPARE_WITH_TIMEOUT(run.log(id), wanted, 20000);

    // Another session, another day.
    run.session.close();
    QTRY_COMPARE(run.closed.count(), 1);
    JobRun later;
    QVERIFY(later.open(m_rig.passwordOptions()));
    QCOMPARE(later.job(id).state, JobState::Running);
    const JobAction *stopped = JobRun::wait(stopJob(later.session, id, 20s));
    QVERIFY(stopped->job());
    QCOMPARE(stopped->job()->state, JobState::Ended);
    QCOMPARE(stopped->job()->exitCode, 7); // it was asked, not killed
    QVERIFY(stopped->job()->wasStopped);
    // bash may tell of its sleep, which was asked to end as well.
    QCOMPARE(later.log(id).replace("Terminated\n", ""), wanted + "asked\n");
    QTRY_VERIFY_WITH_TIMEOUT(
        !later.output("ps -eo args; screen -ls; tmux ls 2>&1").contains("danlu-" + id), 20000);
    QVERIFY(JobRun::wait(forgetJob(later.session, id))->isOk());
    QCOMPARE(later.job(id).id, "");
}

void tst_Jobs::theChoiceIsWhatTheInstanceHas()
{
    support::Rig rig;
    QCOMPARE(rig.start({QStringLiteral("--load"), QStringLiteral("idle")}), QString());
    JobRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    QCOMPARE(run.start("with-screen", JobRun::spec("true")).backend, "screen");
    QCOMPARE(run.run("mv /usr/bin/screen /usr/bin/no-screen")->exitCode(), 0);
    QCOMPARE(run.start("with-tmux", JobRun::spec("true")).backend, "tmux");
    QCOMPARE(run.run("mv /usr/bin/tmux /usr/bin/no-tmux")->exitCode(), 0);
    QCOMPARE(run.start("with-neither", JobRun::spec("exit 4")).backend, "nohup");
    for (const char *id : {"with-screen", "with-tmux", "with-neither"})
        QCOMPARE(run.waitForEnd(id).exitCode, id == QByteArray("with-neither") ? 4 : 0);
    const JobsOverview overview = JobRun::wait(listJobs(run.session))->overview();
    QCOMPARE(overview.screens.status, probe::ToolStatus::NotInstalled);
    QCOMPARE(overview.tmux.status, probe::ToolStatus::NotInstalled);
    QCOMPARE(overview.jobs.size(), std::size_t(3));
    QCOMPARE(overview.jobs.front().id, "with-tmux"); // sorted by id, newest first
    // A screen that is there and does not work.
    QCOMPARE(run.run("printf '#!/bin/sh\\necho broken; exit 1\\n' >/usr/bin/screen; chmod +x "
                     "/usr/bin/screen")
                 ->exitCode(),
             0);
    QCOMPARE(run.start("with-a-broken-screen", JobRun::spec("true")).backend, "nohup");
}

void tst_Jobs::aTerminalCanBeAttached()
{
    JobRun run;
    QVERIFY(run.open(m_rig.passwordOptions()));
    const JobId id = "attached";
    QCOMPARE(
        run.start(id, JobRun::spec("echo type; read -r line; echo \"got $line\"; exit 5")).backend,
        "screen");
    const JobBackends all = standardBackends();
    ssh::ExecOptions options;
    options.pty = true;
    options.closeStdin = false;
    ssh::Exec *terminal =
        run.session.exec("TERM=xterm exec " + backendNamed(all, "screen")->attachText(id), options);
    QTRY_VERIFY_WITH_TIMEOUT(terminal->standardOutput().contains("type"), 20000);
    terminal->write("hello\r");
    QCOMPARE(run.waitForEnd(id).exitCode, 5);
    QCOMPARE(run.log(id), "type\ngot hello\n");
    // Ctrl+C reaches the command, and its end is kept.
    QCOMPARE(run.start("interrupted", JobRun::spec("echo go; sleep 1000")).backend, "screen");
    ssh::Exec *other = run.session.exec(
        "TERM=xterm exec " + backendNamed(all, "screen")->attachText("interrupted"), options);
    QTRY_VERIFY_WITH_TIMEOUT(other->standardOutput().contains("go"), 20000);
    other->write("\x03");
    QCOMPARE(run.waitForEnd("interrupted").exitCode, 130);
}

void tst_Jobs::sessionsBegunOutsideAreListed()
{
    JobRun run;
    QVERIFY(run.open(m_rig.passwordOptions()));
    QCOMPARE(
        run.run("screen -dmS mine sleep 1000; tmux new-session -d -s work sleep 1000")->exitCode(),
        0);
    QCOMPARE(run.start("beside", JobRun::spec("sleep 1000")).backend, "screen");
    const JobsOverview overview = JobRun::wait(listJobs(run.session))->overview();
    QCOMPARE(overview.screens.sessions.size(), std::size_t(1));
    QCOMPARE(overview.screens.sessions[0].name, QStringLiteral("mine"));
    QCOMPARE(overview.tmux.sessions.size(), std::size_t(1));
    QCOMPARE(overview.tmux.sessions[0].name, QStringLiteral("work"));
    QCOMPARE(run.run("screen -S mine -X quit; tmux kill-server")->exitCode(), 0);
    // Who takes the job's own session away gets its end recorded.
    QCOMPARE(run.run("screen -S danlu-beside -X quit")->exitCode(), 0);
    QVERIFY(run.waitForEnd("beside").exitCode.value_or(0) > 128);
}

void tst_Jobs::keptShellsAreNoJobs()
{
    support::Rig rig;
    QCOMPARE(rig.start({QStringLiteral("--load"), QStringLiteral("idle")}), QString());
    JobRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    const JobId id = makeJobId(std::chrono::system_clock::now()); // danlu-2026...
    QCOMPARE(run.start(id, JobRun::spec("echo working; sleep 1000")).state, JobState::Running);
    QCOMPARE(run.run("screen -dmS danlu-shell-20; screen -dmS danlu-7")->exitCode(), 0);
    ssh::ExecOptions options;
    options.pty = true;
    options.closeStdin = false;
    const auto open = [&](int number) {
        return run.session.exec("export TERM=xterm; " + keptShellText(number), options);
    };
    const auto says = [](ssh::Exec *shell, const char *wanted) {
        shell->write("echo \"<$STY|$TMUX>\"\r");
        QTest::qWait(500);
        return shell->standardOutput().contains(wanted);
    };
    ssh::Exec *second = open(2);
    QTRY_VERIFY_WITH_TIMEOUT(says(second, ".danlu-shell-2|"), 20000);
    second->write("\x03");
    QTest::qWait(500);
    QCOMPARE(run.job(id).state, JobState::Running);
    // What an older version began is found again.
    ssh::Exec *older = open(7);
    QTRY_VERIFY_WITH_TIMEOUT(says(older, ".danlu-7|"), 20000);

    const auto look = [&run] {
        return JobRun::wait(checkSafety(run.session, SafetyOptions()))->report();
    };
    QVERIFY(look().overview.screens.sessions.empty());
    QCOMPARE(look().busyShells, QStringList());
    second->write("sleep 999\r");
    QTRY_COMPARE_WITH_TIMEOUT(look().busyShells, QStringList{QStringLiteral("danlu-shell-2")},
                              20000);

    QCOMPARE(run.run("mv /usr/bin/screen /usr/bin/no-screen")->exitCode(), 0);
    ssh::Exec *first = open(1);
    QTRY_VERIFY_WITH_TIMEOUT(says(first, "/tmux-"), 20000);
    QVERIFY(look().overview.tmux.sessions.empty());
    QCOMPARE(run.output("tmux list-sessions -F '#{session_name}'"), "danlu-shell-1\n");
    QCOMPARE(run.run("mv /usr/bin/tmux /usr/bin/no-tmux")->exitCode(), 0);
    QCOMPARE(run.run(keptShellText(1))->exitCode(), 127);
    QVERIFY(JobRun::wait(stopJob(run.session, id, 5s))->isOk());
}

void tst_Jobs::anEnvironmentIsActivated_data()
{
    QTest::addColumn<bool>("condaForLogins");
    QTest::addColumn<QByteArray>("base");
    QTest::newRow("on the PATH") << true << QByteArray();
    QTest::newRow("for terminals only") << false << QByteArray();
    QTest::newRow("for terminals only, known") << false << QByteArray("/root/miniconda3");
}

void tst_Jobs::anEnvironmentIsActivated()
{
    QFETCH(bool, condaForLogins);
    QFETCH(QByteArray, base);
    JobRun run;
    QVERIFY(run.open(m_rig.passwordOptions()));
    run.output(condaForLogins ? "echo 'PATH=/root/miniconda3/bin:$PATH' >/etc/profile.d/conda.sh"
                              : "rm -f /etc/profile.d/conda.sh");
    JobSpec spec = JobRun::spec("type -P python conda; echo \"${base-none}\"");
    const JobId bare = makeJobId(std::chrono::system_clock::now());
    QVERIFY(!run.start(bare, spec).backend.isEmpty());
    spec.condaEnvironment = "verl";
    spec.condaBase = base;
    const JobId id = makeJobId(std::chrono::system_clock::now());
    QVERIFY(!run.start(id, spec).backend.isEmpty());
    QCOMPARE(run.waitForEnd(id).exitCode, 0);
    QVERIFY2(run.log(id).startsWith("/root/miniconda3/envs/verl/bin/python\n"),
             run.log(id).constData());
    // Without one it is found as well, as in a terminal.
    QCOMPARE(run.waitForEnd(bare).exitCode, 0);
    QVERIFY2(run.log(bare).endsWith("/root/miniconda3/bin/conda\nnone\n"),
             run.log(bare).constData());
}

void tst_Jobs::whatIsNotThereIsSaid()
{
    JobRun run;
    QVERIFY(run.open(m_rig.passwordOptions()));
    for (Operation *operation : std::initializer_list<Operation *>{
             stopJob(run.session, "nothing", 1s), cancelEndAction(run.session, "nothing"),
             readJobLog(run.session, "nothing", 0, true)}) {
        JobRun::wait(operation);
        QVERIFY(operation->error());
        QCOMPARE(operation->error()->code, ErrorCode::NotFound);
        QCOMPARE(operation->error()->step, Step::Job);
        QVERIFY(operation->error()->detail.contains(QStringLiteral("/root/.danlu/jobs/nothing")));
    }
    for (Operation *operation : std::initializer_list<Operation *>{
             stopJob(run.session, "../../etc", 1s), readJobLog(run.session, "a b", 0, false),
             startJob(run.session, "ok", JobRun::spec(""), standardBackends()),
             startJob(run.session, "Not ok", JobRun::spec("x"), standardBackends())}) {
        JobRun::wait(operation);
        QCOMPARE(operation->error()->code, ErrorCode::Usage);
    }
    JobRun closed;
    const JobAction *late = JobRun::wait(stopJob(closed.session, "x", 1s));
    QCOMPARE(late->error()->code, ErrorCode::Disconnected);
}

void tst_Jobs::withoutAShellItIsUnsupported()
{
    for (const char *forced : {"internal-sftp", "/bin/false", "echo not today"}) {
        support::SshServer server;
        server.configure({QStringLiteral("ForceCommand ") + QString::fromLatin1(forced)});
        QCOMPARE(server.start(), QString());
        JobRun run;
        QVERIFY(run.open(server.options()));
        const JobAction *action =
            JobRun::wait(startJob(run.session, "x", JobRun::spec("true"), standardBackends()));
        QCOMPARE(action->error()->code, ErrorCode::Unsupported);
    }
}

void tst_Jobs::safeToStop()
{
    JobRun run;
    QVERIFY(run.open(m_rig.passwordOptions()));
    run.output("echo new >/root/autodl-tmp/model.pt; touch -d '2 hours ago' "
               "/root/autodl-tmp/old.pt");
    QCOMPARE(run.start("busy", JobRun::spec("sleep 1000")).state, JobState::Running);
    const InstanceTime now = JobRun::wait(listJobs(run.session))->overview().now;
    SafetyOptions options;
    options.directories = {"/root/autodl-tmp"};
    options.newerThan = now - 3600s;
    const SafetyReport report = JobRun::wait(checkSafety(run.session, options))->report();
    const auto &jobs = report.overview.jobs;
    const auto busy =
        std::find_if(jobs.begin(), jobs.end(), [](const JobInfo &job) { return job.id == "busy"; });
    QVERIFY(busy != jobs.end());
    QCOMPARE(busy->state, JobState::Running);
    QVERIFY(report.newerFiles.contains("/root/autodl-tmp/model.pt"));
    QVERIFY(!report.newerFiles.contains("/root/autodl-tmp/old.pt"));
    QCOMPARE(report.newerCount, report.newerFiles.size());
    QVERIFY(report.load.gpuPercent.has_value());
    QVERIFY(report.load.cpuPercent.has_value());
    QVERIFY(report.load.netBytesPerS.has_value());
    QVERIFY(JobRun::wait(stopJob(run.session, "busy", 5s))->isOk());
}

QTEST_GUILESS_MAIN(tst_Jobs)
#include "tst_Jobs.moc"
