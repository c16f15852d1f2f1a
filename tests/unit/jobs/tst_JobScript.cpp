// SPDX-License-Identifier: GPL-3.0-or-later
// jobs.sh under the shells that instances have, without a connection: what a job is there, how it
// begins once, ends once, and what is left of it.
#include "tests/unit/jobs/JobShell.h"

#include "core/jobs/JobCall.h"
#include "core/jobs/JobLogReader.h"

#include <QDir>
#include <QTest>

#include <csignal>

using namespace core::jobs;
using namespace std::chrono_literals;

namespace {

/// A cluster's queue in a few lines: jobs wait in a folder until somebody lets them run.
class QueueBackend final : public JobBackend
{
public:
    explicit QueueBackend(const QString &folder)
        : m_folder(folder.toUtf8())
    {
    }
    [[nodiscard]] QByteArray name() const override { return "queue"; }
    [[nodiscard]] QByteArray usable() const override { return "test -d " + m_folder; }
    [[nodiscard]] QByteArray launch() const override
    {
        return "echo \"sh '$job_runner' run '$job_dir'\" >" + m_folder + "/17 && echo 17";
    }
    [[nodiscard]] QByteArray alive() const override
    {
        return "test -e " + m_folder + "/\"$handle\"";
    }
    [[nodiscard]] QByteArray stop() const override { return "rm -f " + m_folder + "/\"$handle\""; }

private:
    QByteArray m_folder;
};

/// Never works.
class BrokenBackend final : public JobBackend
{
public:
    [[nodiscard]] QByteArray name() const override { return "broken"; }
    [[nodiscard]] QByteArray usable() const override { return "true"; }
    [[nodiscard]] QByteArray launch() const override
    {
        return "echo 'Cannot make directory' >&2; exit 1";
    }
};

/// Says yes and does nothing.
class IdleBackend final : public JobBackend
{
public:
    [[nodiscard]] QByteArray name() const override { return "idle"; }
    [[nodiscard]] QByteArray usable() const override { return "true"; }
    [[nodiscard]] QByteArray launch() const override { return "true"; }
};

QByteArray log(JobShell &shell, const QByteArray &id)
{
    return shell.read(shell.jobPath(id, "log"));
}

} // namespace

class tst_JobScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commandsRunAsTheyAreTyped_data() { JobShell::addShells(); }
    void commandsRunAsTheyAreTyped();
    void exitCodesAreKept_data() { JobShell::addShells(); }
    void exitCodesAreKept();
    void aJobBeginsOnce_data() { JobShell::addSmallShells(); }
    void aJobBeginsOnce();
    void halfACallDoesNothing();
    void aWholeTreeIsStopped_data() { JobShell::addShells(); }
    void aWholeTreeIsStopped();
    void whoLeavesIsStoppedToo_data() { JobShell::addShells(); }
    void whoLeavesIsStoppedToo();
    void aJobIsStoppedByHand();
    void aPidThatIsAnothersNowIsLeftAlone_data() { JobShell::addSmallShells(); }
    void aPidThatIsAnothersNowIsLeftAlone();
    void theEndActionComesOnce_data() { JobShell::addShells(); }
    void theEndActionComesOnce();
    void theEndActionCanBeCancelled_data() { JobShell::addSmallShells(); }
    void theEndActionCanBeCancelled();
    void theEndActionIsSkippedAfterAFailure();
    void aKilledRunnerIsNoticed();
    void theLogIsReadFromAnywhere_data() { JobShell::addSmallShells(); }
    void theLogIsReadFromAnywhere();
    void theLogIsFollowedToItsEnd_data() { JobShell::addSmallShells(); }
    void theLogIsFollowedToItsEnd();
    void somebodyLeftBehindDoesNotHoldUpTheEnd();
    void aQueueLetsJobsWait();
    void theNextBackendIsTaken();
    void whatCantBeginSaysSoAndLeavesNothing();
    void startUpFilesDontDisturb();
    void endedJobsAreForgotten();
    void youngFilesAreFound_data() { JobShell::addSmallShells(); }
    void youngFilesAreFound();
    void loadIsNotedMeanwhile_data() { JobShell::addSmallShells(); }
    void loadIsNotedMeanwhile();
    void filesToBeFetchedAreFound_data() { JobShell::addShells(); }
    void filesToBeFetchedAreFound();
};

void tst_JobScript::commandsRunAsTheyAreTyped()
{
    QFETCH(QString, shell);
    QByteArray every;
    QByteArray plain;
    for (int byte = 1; byte < 256; ++byte) {
        every += byte == '\'' ? QByteArray("'\\''") : QByteArray(1, char(byte));
        plain += char(byte);
    }
    const std::vector<std::pair<QByteArray, QByteArray>> cases{
        {"echo \"it's\" '\"here\"'", "it's \"here\"\n"},
        {"for i in 1 2; do\n  echo $i\ndone\n\n\necho x", "1\n2\nx\n"},
        {"echo 炼丹 Ünïcödé 🔥", "炼丹 Ünïcödé 🔥\n"},
        {"echo $(echo a; echo b) `echo c` ${HOME:+home}", "a b c home\n"},
        {"printf '%s\\n' '\\n' \\\\ \"\\\\\" '%d'", "\\n\n\\\n\\\n%d\n"},
        {"cat <<'E'\n$x 'y'\nE", "$x 'y'\n"},
        {"echo a; echo b >&2; echo c", "a\nb\nc\n"},
        {"echo 'test-mark failed x'; echo \"$DANLU_JOB\"", "test-mark failed x\nodd\n"},
        {"cat; echo stdin is empty", "stdin is empty\n"},
        {"umask", "0022\n"},
        {"printf %s '" + every + "'", plain},
        {"printf 'no newline'", "no newline"}};
    QByteArrayList commands;
    QByteArray printed;
    for (const auto &[command, output] : cases) {
        commands.append(command);
        printed += output;
    }
    JobShell on(shell);
    const JobInfo begun = on.start("odd", commands.join('\n'));
    QCOMPARE(begun.backend, "nohup");
    QCOMPARE(begun.spec.command, commands.join('\n'));
    const JobInfo ended = on.waitForEnd("odd");
    QCOMPARE(log(on, "odd"), printed);
    QCOMPARE(ended.exitCode, 0);
    QCOMPARE(ended.logBytes, printed.size());
    QVERIFY(ended.logIsWhole);
    QVERIFY(ended.ran.has_value());
}

void tst_JobScript::exitCodesAreKept()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    const std::vector<std::pair<QByteArray, int>> cases{{"exit 3", 3},
                                                        {"false", 1},
                                                        {"kill -KILL $$", 137},
                                                        {"sh -c 'kill -TERM $$'", 143},
                                                        {"kill -INT $$", 130},
                                                        {"nosuchcommand", 127},
                                                        {"set -e; false; true", 1},
                                                        {"exec sh -c 'exit 9'", 9}};
    // The command itself is bash's everywhere.
    const std::size_t count = shell == u"dash" ? cases.size() : 3;
    for (std::size_t i = 0; i < count; ++i)
        QCOMPARE(on.start("code-" + QByteArray::number(int(i)), cases[i].first).backend, "nohup");
    for (std::size_t i = 0; i < count; ++i)
        QCOMPARE(on.waitForEnd("code-" + QByteArray::number(int(i))).exitCode, cases[i].second);
}

void tst_JobScript::aJobBeginsOnce()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    const QByteArrayList words =
        on.startWords("once", "echo x >>" + on.path(QStringLiteral("ran")).toUtf8() + "; sleep 1");
    std::vector<std::unique_ptr<QProcess>> calls;
    for (int i = 0; i < 4; ++i)
        calls.push_back(on.begin(words));
    for (const auto &call : calls) {
        const JobInfo told = JobShell::jobOf(jobLines(on.finish(*call), "test-mark"));
        QCOMPARE(told.id, "once");
        QVERIFY(told.state == JobState::Running || told.state == JobState::Ended);
    }
    QCOMPARE(on.waitForEnd("once").exitCode, 0);
    QCOMPARE(JobShell::jobOf(on.call(words)).state, JobState::Ended); // also afterwards
    QCOMPARE(on.read(on.path(QStringLiteral("ran"))), "x\n");
}

void tst_JobScript::halfACallDoesNothing()
{
    for (const char *shell : {"dash", "bash", "busybox"}) {
        JobShell on(QString::fromLatin1(shell));
        const QByteArray whole = callInput("m", on.startWords("half", "true"));
        // Cuts in the script, in the call, and just before its last brace.
        for (const qsizetype size : {qsizetype(100), whole.size() / 2, whole.size() - 200,
                                     whole.size() - 12, whole.size() - 3}) {
            const auto process = on.beginWith(whole.left(size));
            process->closeWriteChannel();
            QVERIFY(process->waitForFinished(10000));
            QVERIFY2(!QFile::exists(on.jobPath("half", "")), qPrintable(QString::number(size)));
        }
    }
}

void tst_JobScript::aWholeTreeIsStopped()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    // Children, one that waves TERM away, one in a session of its own whose parent is gone.
    const QByteArray pids = on.path(QStringLiteral("pids")).toUtf8();
    const JobInfo begun =
        on.start("tree", "note() { echo $1 >>" + pids +
                             "; }\n(trap '' TERM; while :; do sleep 1000; done) & note $!\n"
                             "sh -c 'setsid sleep 1000 & echo $! >>" +
                             pids + "'\nsleep 1000 & note $!\nnote $$\nwait\necho not reached");
    QCOMPARE(begun.state, JobState::Running);
    QTRY_COMPARE_WITH_TIMEOUT(on.read(QString::fromUtf8(pids)).count('\n'), 4, 20000);
    const JobInfo stopped = JobShell::jobOf(on.call({"on", "stop", "tree", "1"}));
    QCOMPARE(stopped.state, JobState::Ended);
    QVERIFY(stopped.wasStopped);
    QCOMPARE(stopped.exitCode, 143);
    for (const QByteArray &pid : on.read(QString::fromUtf8(pids)).trimmed().split('\n')) {
        const QByteArray stat = on.read(QStringLiteral("/proc/%1/stat").arg(pid.toInt()));
        QVERIFY2(stat.isEmpty() || stat.contains(") Z "), stat.constData());
    }
    QCOMPARE(log(on, "tree"), "");
}

void tst_JobScript::whoLeavesIsStoppedToo()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    const QByteArray pids = on.path(QStringLiteral("pids")).toUtf8();
    const QByteArray leaver = on.path(QStringLiteral("leaver")).toUtf8();
    on.write(QString::fromUtf8(leaver), "echo $$ >>" + pids + "; exec sleep 1000\n");
    const QByteArray stayer = on.path(QStringLiteral("stayer")).toUtf8();
    on.write(QString::fromUtf8(stayer),
             "echo $$ >>" + pids + "; trap '' TERM; while :; do sleep 1; done\n");
    // None has the job's environment. The first two lose session and parent at once: one still has
    // the job's open file, one prints into its log. The third has neither, loses its parent when
    // that is told to end, and does not end itself.
    const JobInfo begun = on.start("left", "bash -c 'env -i PATH=\"$PATH\" setsid sh " + leaver +
                                               " >/dev/null 2>&1 &'\n"
                                               "bash -c 'env -i PATH=\"$PATH\" setsid sh " +
                                               leaver +
                                               " 199<&- &'\n"
                                               "env -i PATH=\"$PATH\" sh " +
                                               stayer + " >/dev/null 2>&1 199<&- &\nwait");
    QCOMPARE(begun.state, JobState::Running);
    QTRY_COMPARE_WITH_TIMEOUT(on.read(QString::fromUtf8(pids)).count('\n'), 3, 20000);
    const JobInfo stopped = JobShell::jobOf(on.call({"on", "stop", "left", "1"}));
    QCOMPARE(stopped.state, JobState::Ended);
    for (const QByteArray &pid : on.read(QString::fromUtf8(pids)).trimmed().split('\n')) {
        const QByteArray stat = on.read(QStringLiteral("/proc/%1/stat").arg(pid.toInt()));
        QVERIFY2(stat.isEmpty() || stat.contains(") Z "), stat.constData());
    }
}

void tst_JobScript::aJobIsStoppedByHand()
{
    JobShell on(QStringLiteral("dash"));
    QCOMPARE(on.start("hand", "sleep 1000", "shutdown 600", "true").state, JobState::Running);
    QProcess process;
    process.start(QStringLiteral("sh"), {on.jobPath("hand", "runner"), QStringLiteral("stop"),
                                         on.jobPath("hand", "").chopped(1)});
    QVERIFY(process.waitForFinished());
    const JobInfo ended = on.job("hand");
    QCOMPARE(ended.exitCode, 143);
    QCOMPARE(ended.endState, EndState::Cancelled);
}

void tst_JobScript::aPidThatIsAnothersNowIsLeftAlone()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    QCOMPARE(on.start("old", "sleep 1000").state, JobState::Running);
    const QByteArray state = on.read(on.jobPath("old", "run/state"));
    QCOMPARE(JobShell::jobOf(on.call({"on", "stop", "old", "1"})).state, JobState::Ended);
    // The instance was off, and the PIDs went to others.
    QProcess innocent;
    innocent.start(QStringLiteral("sleep"), {QStringLiteral("1000")});
    QVERIFY(innocent.waitForStarted());
    QByteArray words = state.trimmed();
    for (const char *word : {"by", "pid"}) {
        const qsizetype at = words.indexOf(QByteArray(" ") + word + '=') + 1;
        words.replace(at, words.indexOf(' ', at) - at,
                      word + QByteArray("=") + QByteArray::number(innocent.processId()));
    }
    on.write(on.jobPath("old", "run/state"), words + '\n');
    QCOMPARE(on.job("old").state, JobState::Lost);
    const JobInfo stopped = JobShell::jobOf(on.call({"on", "stop", "old", "0"}));
    QCOMPARE(stopped.state, JobState::Lost);
    QVERIFY(!innocent.waitForFinished(0));
    QCOMPARE(innocent.state(), QProcess::Running);
    innocent.kill();
    innocent.waitForFinished();
}

void tst_JobScript::theEndActionComesOnce()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    const QByteArray off = on.path(QStringLiteral("off")).toUtf8();
    QCOMPARE(on.start("end", "sleep 1; exit 5", "shutdown 1", "echo x >>" + off).endState,
             EndState::Armed);
    const JobInfo fired = on.waitForEnd("end");
    QCOMPARE(fired.exitCode, 5);
    QCOMPARE(fired.endState, EndState::Fired);
    QTRY_COMPARE(on.read(QString::fromUtf8(off)), "x\n");
    // Asked for again it neither runs nor ends again.
    QCOMPARE(on.start("end", "sleep 1; exit 5", "shutdown 1", "echo x >>" + off).endState,
             EndState::Fired);
    QCOMPARE(on.read(QString::fromUtf8(off)), "x\n");
    QCOMPARE(on.start("bad", "true", "shutdown 0", "exit 4").backend, "nohup");
    QCOMPARE(on.waitForEnd("bad").endState, EndState::Failed);
}

void tst_JobScript::theEndActionCanBeCancelled()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    const QString off = on.path(QStringLiteral("off"));
    const QByteArray command = "echo x >>" + off.toUtf8();
    const QString go = on.path(QStringLiteral("go"));
    const QByteArray waits = "until [ -e " + go.toUtf8() + " ]; do sleep 0.2; done";
    QCOMPARE(on.start("before", waits, "shutdown 0", command).endState, EndState::Armed);
    QCOMPARE(JobShell::jobOf(on.call({"on", "cancel", "before"})).endState, EndState::Cancelled);
    on.write(go, {});
    QCOMPARE(on.start("within", "true", "shutdown 300", command).backend, "nohup");
    const auto counts = [](const JobInfo &job) { return job.endState == EndState::Counting; };
    QCOMPARE(on.waitFor("within", counts).endState, EndState::Counting);
    QCOMPARE(JobShell::jobOf(on.call({"on", "postpone", "within", "500"})).id, "within");
    const JobInfo postponed =
        on.waitFor("within", [](const JobInfo &job) { return job.countdown > 400s; });
    QVERIFY(postponed.countdown > 400s);
    QCOMPARE(JobShell::jobOf(on.call({"on", "cancel", "within"})).endState, EndState::Cancelled);
    QCOMPARE(on.start("stopped", "sleep 100", "shutdown 0", command).endState, EndState::Armed);
    QCOMPARE(JobShell::jobOf(on.call({"on", "stop", "stopped", "5"})).endState,
             EndState::Cancelled);
    QCOMPARE(on.waitForEnd("before").exitCode, 0);
    QCOMPARE(on.waitForEnd("within").endState, EndState::Cancelled);
    QVERIFY(!QFile::exists(off));
}

void tst_JobScript::theEndActionIsSkippedAfterAFailure()
{
    JobShell on(QStringLiteral("dash"));
    const QString off = on.path(QStringLiteral("off"));
    const QByteArray command = "echo x >>" + off.toUtf8();
    QCOMPARE(on.start("fails", "exit 1", "shutdown-if-ok 0", command).backend, "nohup");
    QCOMPARE(on.waitForEnd("fails").endState, EndState::Skipped);
    QVERIFY(!QFile::exists(off));
    QCOMPARE(on.start("works", "true", "shutdown-if-ok 0", command).backend, "nohup");
    QCOMPARE(on.waitForEnd("works").endState, EndState::Fired);
    QTRY_COMPARE(on.read(off), "x\n");
}

void tst_JobScript::aKilledRunnerIsNoticed()
{
    JobShell on(QStringLiteral("dash"));
    QCOMPARE(on.start("lost", "sleep 1000", "shutdown 0", "true").state, JobState::Running);
    const auto pidOf = [&on](const char *word) {
        const QByteArray state = on.read(on.jobPath("lost", "run/state"));
        const qsizetype at = state.indexOf(QByteArray(" ") + word + '=') + 2 + qstrlen(word);
        return pid_t(state.mid(at, state.indexOf(' ', at) - at).toInt());
    };
    QVERIFY(pidOf("by") > 1 && pidOf("pid") > 1);
    kill(pidOf("by"), SIGKILL);
    // The command is there, and nobody who would power off.
    const JobInfo alone =
        on.waitFor("lost", [](const JobInfo &job) { return job.endState == EndState::Cancelled; });
    QCOMPARE(alone.state, JobState::Running);
    kill(pidOf("pid"), SIGKILL);
    const JobInfo lost =
        on.waitFor("lost", [](const JobInfo &job) { return job.state == JobState::Lost; });
    QCOMPARE(lost.state, JobState::Lost);
    QVERIFY(!lost.exitCode);
}

void tst_JobScript::theLogIsReadFromAnywhere()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    QCOMPARE(on.start("log", "head -c 700000 /dev/zero | tr '\\0' 'x'; printf 'end\\n'").backend,
             "nohup");
    QCOMPARE(on.waitForEnd("log").logBytes, 700004);
    for (const int offset : {0, 1, 262145, 700003, 700004}) {
        const QByteArray output =
            on.finish(*on.begin({"on", "follow", "log", QByteArray::number(offset), ""}));
        JobLogReader reader("test-mark");
        QByteArray got;
        QVERIFY(reader.feed(output, [&got](const QByteArray &bytes) { got += bytes; }));
        QCOMPARE(got, log(on, "log").mid(offset));
        QCOMPARE(JobShell::jobOf(reader.lines()).state, JobState::Ended);
    }
    const auto beyond = on.call({"on", "follow", "log", "700005", ""});
    QVERIFY(JobShell::jobOf(beyond).backend.contains("shorter"));
    QVERIFY(JobShell::jobOf(on.call({"on", "follow", "none", "0", ""}))
                .backend.contains("No such file"));
}

void tst_JobScript::theLogIsFollowedToItsEnd()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    const QString go = on.path(QStringLiteral("go"));
    QCOMPARE(on.start("live", "echo one; until [ -e " + go.toUtf8() +
                                  " ]; do sleep 0.2; done; "
                                  "printf two; exit 4")
                 .backend,
             "nohup");
    const auto process = on.begin({"on", "follow", "live", "0", "1"});
    QByteArray output;
    QTRY_VERIFY_WITH_TIMEOUT((output += process->readAllStandardOutput()).contains("one"), 20000);
    on.write(go, {});
    QVERIFY(process->waitForFinished(30000)); // by itself; stdin is still open
    output += process->readAllStandardOutput();
    JobLogReader reader("test-mark");
    QByteArray got;
    QVERIFY(reader.feed(output, [&got](const QByteArray &bytes) { got += bytes; }));
    QCOMPARE(got, "one\ntwo");
    QCOMPARE(JobShell::jobOf(reader.lines()).exitCode, 4);
    // Who goes away takes the following along, and only that.
    QCOMPARE(on.start("quiet", "sleep 1000").state, JobState::Running);
    const auto left = on.begin({"on", "follow", "quiet", "0", "1"});
    left->waitForBytesWritten();
    left->closeWriteChannel();
    QVERIFY(left->waitForFinished(30000));
    QCOMPARE(on.job("quiet").state, JobState::Running);
}

void tst_JobScript::somebodyLeftBehindDoesNotHoldUpTheEnd()
{
    JobShell on(QStringLiteral("dash"));
    QCOMPARE(on.start("daemon", "setsid sleep 1000 & echo $!; exit 2").backend, "nohup");
    QCOMPARE(on.waitForEnd("daemon").exitCode, 2);
    const pid_t pid = log(on, "daemon").trimmed().toInt();
    QVERIFY(pid > 1 && kill(pid, 0) == 0);
    QCOMPARE(JobShell::jobOf(on.call({"on", "stop", "daemon", "5"})).exitCode, 2);
    QVERIFY(kill(pid, 0) != 0 || on.read(QStringLiteral("/proc/%1/stat").arg(pid)).contains(") Z"));
}

void tst_JobScript::aQueueLetsJobsWait()
{
    JobShell on(QStringLiteral("dash"));
    const QString folder = on.path(QStringLiteral("queue"));
    QVERIFY(QDir().mkpath(folder));
    const QueueBackend queue(folder);
    const QByteArrayList words = on.startWords("queued", "echo ran; exit 6", {}, {}, {}, &queue);
    const JobInfo waiting = JobShell::jobOf(on.call(words));
    QCOMPARE(waiting.backend, "queue");
    QCOMPARE(waiting.state, JobState::Waiting);
    QCOMPARE(JobShell::jobOf(on.call(words)).state, JobState::Waiting);
    // Its turn, on "another machine".
    QProcess turn;
    turn.start(QStringLiteral("sh"), {folder + QStringLiteral("/17")});
    QVERIFY(turn.waitForFinished());
    QCOMPARE(on.waitForEnd("queued").exitCode, 6);
    QCOMPARE(log(on, "queued"), "ran\n");
    // Another one is taken back, and does not begin when its turn comes.
    QCOMPARE(JobShell::jobOf(on.call(on.startWords("taken", "echo ran", {}, {}, {}, &queue))).state,
             JobState::Waiting);
    QVERIFY(QFile::copy(folder + QStringLiteral("/17"), folder + QStringLiteral("/copy")));
    const JobInfo taken = JobShell::jobOf(on.call({"on", "stop", "taken", "0"}));
    QCOMPARE(taken.state, JobState::Ended);
    QVERIFY(!taken.exitCode);
    QVERIFY(!QFile::exists(folder + QStringLiteral("/17")));
    turn.start(QStringLiteral("sh"), {folder + QStringLiteral("/copy")});
    QVERIFY(turn.waitForFinished());
    QCOMPARE(log(on, "taken"), "");
}

void tst_JobScript::theNextBackendIsTaken()
{
    JobShell on(QStringLiteral("dash"));
    const QueueBackend unusable(on.path(QStringLiteral("no such folder")));
    const BrokenBackend broken;
    QByteArrayList words = on.startWords("next", "true", {}, {}, {}, &unusable);
    words += on.startWords("next", "true", {}, {}, {}, &broken).mid(7);
    words += on.startWords("next", "true").mid(7);
    QCOMPARE(JobShell::jobOf(on.call(words)).backend, "nohup");
}

void tst_JobScript::whatCantBeginSaysSoAndLeavesNothing()
{
    JobShell on(QStringLiteral("dash"));
    const BrokenBackend broken;
    const auto lines = on.call(on.startWords("never", "true", {}, {}, {}, &broken));
    QVERIFY(JobShell::jobOf(lines).backend.contains("Cannot make directory"));
    QVERIFY(!QFile::exists(on.jobPath("never", "")));
    const IdleBackend idle;
    const auto late = on.call(on.startWords("late", "true", {}, {}, {}, &idle));
    QVERIFY(JobShell::jobOf(late).backend.contains("did not begin"));
    QVERIFY(!QFile::exists(on.jobPath("late", "")));
    on.write(on.path(QStringLiteral("home/.danlu/file")), {});
    on.setEnvironment(QStringLiteral("HOME"), on.path(QStringLiteral("home/.danlu/file")));
    QVERIFY(JobShell::jobOf(on.call(on.startWords("x", "true"))).backend.contains("file/.danlu"));
}

void tst_JobScript::startUpFilesDontDisturb()
{
    for (const char *shell : {"dash", "bash", "busybox"}) {
        JobShell on(QString::fromLatin1(shell));
        on.write(on.path(QStringLiteral("home/.bash_profile")),
                 "echo banner; echo noise >&2; export FOUND=yes; PATH=$PATH:/conda/bin\n");
        QCOMPARE(
            on.start("quiet", "echo $FOUND; case $PATH in *:/conda/bin) echo conda;; esac").backend,
            "nohup");
        on.waitForEnd("quiet");
        QCOMPARE(log(on, "quiet"), "yes\nconda\n");
    }
}

void tst_JobScript::endedJobsAreForgotten()
{
    JobShell on(QStringLiteral("dash"));
    QCOMPARE(on.start("runs", "sleep 1000").state, JobState::Running);
    QVERIFY(JobShell::jobOf(on.call({"on", "forget", "runs"})).backend.contains("runs"));
    QCOMPARE(JobShell::jobOf(on.call({"on", "stop", "runs", "0"})).state, JobState::Ended);
    const auto lines = on.call({"on", "forget", "runs"});
    QVERIFY(parseJobs(lines) && parseJobs(lines)->jobs.empty());
    QVERIFY(!QFile::exists(on.jobPath("runs", "")));
    QCOMPARE(JobShell::jobOf(on.call({"on", "stop", "runs", "0"})).backend,
             (on.jobPath("runs", "").chopped(1) + QStringLiteral(": No such file or directory"))
                 .toUtf8());
}

void tst_JobScript::youngFilesAreFound()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    const QString data = on.path(QStringLiteral("data"));
    QVERIFY(QDir().mkpath(data + QStringLiteral("/deep er")));
    QVERIFY(QDir().mkpath(on.path(QStringLiteral("home/.danlu"))));
    for (const char *name : {"data/new", "data/deep er/two\nlines", "data/old", "home/.danlu/log"})
        on.write(on.path(QString::fromLatin1(name)), "x");
    QFile old(data + QStringLiteral("/old"));
    QVERIFY(old.open(QIODevice::ReadWrite));
    QVERIFY(old.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-7200),
                            QFileDevice::FileModificationTime));
    const QByteArray since = QByteArray::number(QDateTime::currentSecsSinceEpoch() - 3600);
    const auto report = parseSafety(on.call(
        {"look", "100", since, "1", data.toUtf8(), on.path(QStringLiteral("home")).toUtf8()}));
    QVERIFY(report);
    QCOMPARE(report->newerCount, 2);
    QVERIFY(!report->newerIsPartial);
    QCOMPARE(report->newerFiles.size(), 1);
    const auto all = parseSafety(on.call({"look", "100", since, "100", data.toUtf8()}));
    QVERIFY(all &&
            all->newerFiles.contains((data + QStringLiteral("/deep er/two\nlines")).toUtf8()));
    QVERIFY(all->load.netBytesPerS.has_value());
    // Without a place to look at nothing is said of it.
    QVERIFY(!parseSafety(on.call({"look", "100", since, "100"}))->newerCount);
}

void tst_JobScript::loadIsNotedMeanwhile()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    on.addTool(QStringLiteral("smi"), "printf '40\\n80\\n'\n");
    on.setEnvironment(QStringLiteral("DANLU_SMI"), on.path(QStringLiteral("tools/smi")));
    QVERIFY(QDir().mkpath(on.path(QStringLiteral("cg"))));
    on.write(on.path(QStringLiteral("cg/cpu.stat")), "usage_usec 5\n");
    on.setEnvironment(QStringLiteral("DANLU_CGROUP"), on.path(QStringLiteral("cg")));
    QCOMPARE(on.start("load", "sleep 1000").state, JobState::Running);
    const JobInfo told =
        on.waitFor("load", [](const JobInfo &job) { return job.gpuPercent.has_value(); });
    QVERIFY(told.gpuPercent == 80.0); // the busiest
    QVERIFY(told.cpuPercent == 0.0);
    // It is kept, and nobody goes on looking.
    const JobInfo ended = JobShell::jobOf(on.call({"on", "stop", "load", "5"}));
    QCOMPARE(ended.state, JobState::Ended);
    QVERIFY(ended.gpuPercent == 80.0);
}

void tst_JobScript::filesToBeFetchedAreFound()
{
    QFETCH(QString, shell);
    JobShell on(shell);
    QVERIFY(QDir().mkpath(on.path(QStringLiteral("home/my run/logs"))));
    for (const char *name : {"my run/best.pt", "my run/a b.pt", "my run/two\nlines.txt",
                             "my run/logs/x", "in home.pt"})
        on.write(on.path(QStringLiteral("home/") + QString::fromLatin1(name)), "x");
    QCOMPARE(on.start("files", "true").backend, "nohup");
    const QByteArray home = on.path(QStringLiteral("home")).toUtf8();
    const auto found = [&](const QByteArray &change, const QByteArrayList &patterns) {
        QByteArrayList paths;
        for (const auto &[word, text] :
             on.call(QByteArrayList{"on", "match", "files", change} + patterns)) {
            if (word == "file")
                paths.append(QByteArray(text).replace('\1', '\n'));
            else if (word == "failed")
                paths.append("failed: " + text);
        }
        return paths;
    };
    JobSpec spec;
    spec.directory = "~/my run";
    QCOMPARE(found(directoryText(spec), {"*.pt", "logs", "*.txt", "none-*", "$(touch /tmp/x)"}),
             (QByteArrayList{home + "/my run/a b.pt", home + "/my run/best.pt",
                             home + "/my run/logs", home + "/my run/two\nlines.txt"}));
    QCOMPARE(
        found(directoryText({}), {"in *.pt", "~/my run/best.pt", home + "/my run/b*"}),
        (QByteArrayList{home + "/in home.pt", home + "/my run/best.pt", home + "/my run/best.pt"}));
    spec.directory = "/no/such/place";
    QVERIFY(found(directoryText(spec), {"*"}).value(0).startsWith("failed: "));
    QVERIFY(!on.job("files").isFetched);
    QVERIFY(JobShell::jobOf(on.call({"on", "fetched", "files"})).isFetched);
}

QTEST_GUILESS_MAIN(tst_JobScript)
#include "tst_JobScript.moc"
