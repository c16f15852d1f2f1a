// SPDX-License-Identifier: GPL-3.0-or-later
// The idle guard with a clock, counters and a GPU of the test's own: minutes pass in moments.
#include "tests/unit/jobs/JobShell.h"

#include <QDir>
#include <QTest>

#include <cstdio>

using namespace core::jobs;
using namespace std::chrono_literals;

namespace {

/// Every "sleep" moves the clock and the counters by what the load says, and takes no time.
const QByteArray sleepTool = R"(
cd "$DANLU_TEST" || exit 1
. ./load
change() { # FILE PROGRAM: in one step for readers; what is not there stays away
    [ ! -e "$1" ] || { awk -v s="$length" -v n="$3" "$2" "$1" >"$1.$$" && mv "$1.$$" "$1"; }
}
length=$1
change proc/uptime '{printf "%.2f 0\n", $1 + s + n}' "${jump:-0}"
change cg/cpu.stat '{printf "usage_usec %.0f\n", $2 + s * n * 10000}' "$cpu"
change cg/io.stat '{sub(/.*=/, ""); printf "8:0 rbytes=0 wbytes=%.0f\n", $0 + s * n}' "$disk"
change proc/net/dev '{printf "eth0: %.0f 0 0 0 0 0 0 0 0\n", $2 + s * n}' "$net"
echo "$1" >>slept
exec $REAL_SLEEP 0.01
)";

struct Instance
{
    JobShell shell;
    bool isGuarded = false;

    explicit Instance(const QString &name)
        : shell(name)
    {
        for (const char *folder : {"proc/net", "cg"})
            QDir().mkpath(shell.path(QString::fromLatin1(folder)));
        shell.write(shell.path(QStringLiteral("proc/uptime")), "1000.00 0\n");
        shell.write(shell.path(QStringLiteral("proc/net/dev")), "eth0: 1 0 0 0 0 0 0 0 0\n");
        shell.write(shell.path(QStringLiteral("cg/cpu.stat")), "usage_usec 1\n");
        shell.write(shell.path(QStringLiteral("cg/io.stat")), "8:0 rbytes=0 wbytes=1\n");
        load("cpu=0 disk=0 net=0 gpu='0'");
        shell.addTool(QStringLiteral("sleep"), sleepTool);
        shell.addTool(QStringLiteral("smi"),
                      ". \"$DANLU_TEST/load\"; case $gpu in *[a-z]*) echo \"$gpu\" ;; *) printf "
                      "'%s\\n' $gpu ;; esac; exit ${code:-0}\n");
        for (const auto &[variable, value] : std::vector<std::pair<const char *, QString>>{
                 {"DANLU_TEST", shell.path({})},
                 {"DANLU_PROC", shell.path(QStringLiteral("proc"))},
                 {"DANLU_CGROUP", shell.path(QStringLiteral("cg"))},
                 {"DANLU_SMI", shell.path(QStringLiteral("tools/smi"))},
                 {"REAL_SLEEP", QStringLiteral("/bin/sleep")}})
            shell.setEnvironment(QString::fromLatin1(variable), value);
    }
    /// Percent of a core, bytes a second, percent of each GPU.
    void load(const QByteArray &words)
    {
        shell.write(shell.path(QStringLiteral("load.new")), words + '\n');
        if (rename(shell.path(QStringLiteral("load.new")).toLocal8Bit().constData(),
                   shell.path(QStringLiteral("load")).toLocal8Bit().constData()) != 0)
            qFatal("rename");
    }
    JobInfo guard(const QByteArray &then = "guard 3", const QByteArray &idleSeconds = "60")
    {
        return JobShell::jobOf(shell.call(shell.startWords(
            "guard", {}, then, "echo off >>" + shell.path(QStringLiteral("off")).toUtf8(),
            idleSeconds + " 5 5 500000 10000")));
    }
    [[nodiscard]] QByteArray off() const { return shell.read(shell.path(QStringLiteral("off"))); }
    [[nodiscard]] double slept() const
    {
        double all = 0;
        for (const QByteArray &one : shell.read(shell.path(QStringLiteral("slept"))).split('\n'))
            all += one.toDouble();
        return all;
    }
    /// The guard has looked for so long, by its own clock.
    bool sleeps(double seconds)
    {
        const double until = slept() + seconds;
        return QTest::qWaitFor([&] { return slept() >= until; }, 60000);
    }
};

} // namespace

class tst_JobGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anIdleInstanceIsPoweredOff_data() { JobShell::addShells(); }
    void anIdleInstanceIsPoweredOff();
    void aBusyOneIsNot_data();
    void aBusyOneIsNot();
    void idleTimeBeginsAnew();
    void activityEndsTheCountdown();
    void aMachineThatStoodStillWasNotIdle();
    void itIsStoppedAndCancelled();
    void without();
};

void tst_JobGuard::anIdleInstanceIsPoweredOff()
{
    QFETCH(QString, shell);
    Instance at(shell);
    at.load("cpu=4.9 disk=400000 net=9000 gpu='4 0'");
    const JobInfo begun = at.guard();
    QVERIFY(begun.guard.has_value());
    QCOMPARE(begun.endState, EndState::Armed);
    const JobInfo ended = at.shell.waitForEnd("guard");
    QCOMPARE(ended.endState, EndState::Fired);
    QCOMPARE(ended.exitCode, 0);
    QTRY_COMPARE(at.off(), "off\n");
    QVERIFY2(at.slept() >= 60 && at.slept() < 90, qPrintable(QString::number(at.slept())));
}

void tst_JobGuard::aBusyOneIsNot_data()
{
    QTest::addColumn<QByteArray>("load");
    QTest::newRow("GPU") << QByteArray("cpu=0 disk=0 net=0 gpu='0 5'");
    QTest::newRow("CPU") << QByteArray("cpu=6 disk=0 net=0 gpu=0");
    QTest::newRow("disk") << QByteArray("cpu=0 disk=600000 net=0 gpu=0");
    QTest::newRow("network") << QByteArray("cpu=0 disk=0 net=11000 gpu=0");
    QTest::newRow("GPU not available") << QByteArray("cpu=0 disk=0 net=0 gpu='[N/A]'");
    QTest::newRow("one GPU not available") << QByteArray("cpu=0 disk=0 net=0 gpu='0 [N/A]'");
    QTest::newRow("nvidia-smi fails") << QByteArray("cpu=0 disk=0 net=0 gpu=0 code=9");
    QTest::newRow("nvidia-smi says nothing") << QByteArray("cpu=0 disk=0 net=0 gpu=");
    QTest::newRow("a counter goes back") << QByteArray("cpu=0 disk=0 net=-1 gpu=0");
    QTest::newRow("no CPU counter") << QByteArray("cpu=0 disk=0 net=0 gpu=0; rm -f cg/cpu.stat");
    QTest::newRow("no network counter")
        << QByteArray("cpu=0 disk=0 net=0 gpu=0; rm -f proc/net/dev");
    QTest::newRow("no disk counter") << QByteArray("cpu=0 disk=0 net=0 gpu=0; rm -f cg/io.stat");
    QTest::newRow("no clock") << QByteArray("cpu=0 disk=0 net=0 gpu=0; rm -f proc/uptime");
}

void tst_JobGuard::aBusyOneIsNot()
{
    QFETCH(QByteArray, load);
    Instance at(QStringLiteral("dash"));
    at.load(load);
    QCOMPARE(at.guard().state, JobState::Running);
    QVERIFY(at.sleeps(65)); // 60 would do for an idle one
    const JobInfo now = at.shell.job("guard");
    QCOMPARE(now.state, JobState::Running);
    QCOMPARE(now.endState, EndState::Armed);
    QCOMPARE(now.idleFor, 0s);
    QCOMPARE(at.off(), "");
}

void tst_JobGuard::idleTimeBeginsAnew()
{
    Instance at(QStringLiteral("dash"));
    QCOMPARE(at.guard("guard 3", "200").state, JobState::Running);
    // Never idle for 200 seconds on end.
    for (int i = 0; i < 3; ++i) {
        at.load("cpu=0 disk=0 net=0 gpu=0");
        QVERIFY(at.sleeps(80));
        at.load("cpu=0 disk=0 net=0 gpu=100");
        QVERIFY(at.sleeps(40));
    }
    QCOMPARE(at.shell.job("guard").state, JobState::Running);
    QCOMPARE(at.off(), "");
}

void tst_JobGuard::activityEndsTheCountdown()
{
    Instance at(QStringLiteral("dash"));
    QCOMPARE(at.guard("guard 100000").state, JobState::Running);
    const auto counts = [](const JobInfo &job) { return job.endState == EndState::Counting; };
    QVERIFY(at.shell.waitFor("guard", counts).countdown.has_value());
    at.load("cpu=0 disk=0 net=0 gpu=100");
    const auto watches = [](const JobInfo &job) { return job.endState == EndState::Armed; };
    const JobInfo back = at.shell.waitFor("guard", watches);
    QCOMPARE(back.endState, EndState::Armed);
    QCOMPARE(back.state, JobState::Running);
    QVERIFY(!back.countdown);
    QCOMPARE(at.off(), "");
}

void tst_JobGuard::aMachineThatStoodStillWasNotIdle()
{
    Instance at(QStringLiteral("dash"));
    // An hour passes within each look; each counts for no more than a look takes.
    at.load("cpu=0 disk=0 net=0 gpu=0 jump=3600");
    QCOMPARE(at.guard().state, JobState::Running);
    QCOMPARE(at.shell.waitForEnd("guard").endState, EndState::Fired);
    QVERIFY(at.slept() >= 60);
}

void tst_JobGuard::itIsStoppedAndCancelled()
{
    Instance at(QStringLiteral("dash"));
    at.load("cpu=0 disk=0 net=0 gpu=100");
    QCOMPARE(at.guard().state, JobState::Running);
    const JobInfo stopped = JobShell::jobOf(at.shell.call({"on", "stop", "guard", "5"}));
    QCOMPARE(stopped.state, JobState::Ended);
    QCOMPARE(stopped.endState, EndState::Cancelled);
    Instance other(QStringLiteral("dash"));
    QCOMPARE(other.guard("guard 100000").state, JobState::Running);
    const auto counts = [](const JobInfo &job) { return job.endState == EndState::Counting; };
    QCOMPARE(other.shell.waitFor("guard", counts).endState, EndState::Counting);
    const JobInfo cancelled = JobShell::jobOf(other.shell.call({"on", "cancel", "guard"}));
    QCOMPARE(cancelled.endState, EndState::Cancelled);
    QCOMPARE(other.shell.waitForEnd("guard").state, JobState::Ended);
    QCOMPARE(at.off() + other.off(), "");
}

void tst_JobGuard::without()
{
    // No GPU here is an answer too, no nvidia-smi is none.
    Instance at(QStringLiteral("dash"));
    at.load("cpu=0 disk=0 net=0 gpu='No devices were found' code=6");
    QCOMPARE(at.guard().state, JobState::Running);
    QCOMPARE(at.shell.waitForEnd("guard").endState, EndState::Fired);
    // The first version of cgroups, where one controller is two.
    Instance old(QStringLiteral("dash"));
    QVERIFY(QDir().mkpath(old.shell.path(QStringLiteral("cg/cpu,cpuacct"))));
    old.shell.write(old.shell.path(QStringLiteral("cg/cpu,cpuacct/cpuacct.usage")), "5000000\n");
    QVERIFY(QFile::remove(old.shell.path(QStringLiteral("cg/cpu.stat"))));
    QCOMPARE(old.guard().state, JobState::Running);
    QCOMPARE(old.shell.waitForEnd("guard").endState, EndState::Fired);
    Instance none(QStringLiteral("dash"));
    none.shell.setEnvironment(QStringLiteral("DANLU_SMI"), QStringLiteral("/no/such/program"));
    QCOMPARE(none.guard().state, JobState::Running);
    QVERIFY(none.sleeps(100));
    QCOMPARE(none.off(), "");
}

QTEST_GUILESS_MAIN(tst_JobGuard)
#include "tst_JobGuard.moc"
