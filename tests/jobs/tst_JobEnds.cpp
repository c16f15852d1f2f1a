// SPDX-License-Identifier: GPL-3.0-or-later
// How jobs end on a whole instance: power off, a full disk, Danlu killed or asleep.
#include "tests/jobs/JobRun.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

using namespace core;
using namespace core::jobs;
using namespace std::chrono_literals;
using support::JobRun;

class tst_JobEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void powerOffEndsTheInstance();
    void aPowerOffThatFailsIsSaid();
    void aJobPowersTheInstanceOff();
    void theGuardIsArmedAndStopped();
    void aFullDiskCutsTheLogOnly();
    void aFullDiskIsSaidAtTheStart();
    void postponing();
};

void tst_JobEnds::initTestCase()
{
    NEED_SSHD();
}

void tst_JobEnds::powerOffEndsTheInstance()
{
    support::Rig rig;
    QCOMPARE(rig.start(), QString());
    JobRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    QVERIFY(JobRun::wait(powerOff(run.session, EndAction().powerOff))->isOk());
    QTRY_VERIFY_WITH_TIMEOUT(!rig.command({QStringLiteral("status")}), 60000);
    // There is nobody any more who could be asked.
    const Operation *again = JobRun::wait(powerOff(run.session, EndAction().powerOff));
    QVERIFY(again->error() && again->error()->code == ErrorCode::Disconnected);
}

void tst_JobEnds::aPowerOffThatFailsIsSaid()
{
    support::Rig rig;
    QCOMPARE(rig.start(), QString());
    JobRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    const Operation *failed = JobRun::wait(powerOff(run.session, "echo 'not allowed' >&2; exit 1"));
    QVERIFY(failed->error());
    QCOMPARE(failed->error()->code, ErrorCode::RemoteFailed);
    QVERIFY(failed->error()->detail.contains(QStringLiteral("not allowed")));
    QVERIFY(rig.command({QStringLiteral("status")}));
}

void tst_JobEnds::aJobPowersTheInstanceOff()
{
    support::Rig rig;
    QCOMPARE(rig.start(), QString());
    JobRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    JobSpec spec = JobRun::spec("sleep 1");
    spec.then = {EndAction::Kind::PowerOffIfOk, 4s, "/usr/bin/shutdown"};
    QCOMPARE(run.start("last", spec).endState, EndState::Armed);
    // Nobody is connected when it happens.
    run.session.close();
    QTRY_COMPARE(run.closed.count(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(!rig.command({QStringLiteral("status")}), 40000);
}

void tst_JobEnds::theGuardIsArmedAndStopped()
{
    support::Rig rig;
    QCOMPARE(rig.start({QStringLiteral("--load"), QStringLiteral("idle"), QStringLiteral("--cores"),
                        QStringLiteral("1")}),
             QString());
    JobRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    GuardSpec spec;
    spec.idleFor = 1min;
    spec.countdown = 600s;
    const JobAction *armed =
        JobRun::wait(startGuard(run.session, "guard", spec, standardBackends()));
    QVERIFY(armed->job());
    QCOMPARE(armed->job()->state, JobState::Running);
    QCOMPARE(armed->job()->endState, EndState::Armed);
    QVERIFY(armed->job()->guard == spec);
    const JobInfo ended =
        JobRun::wait(stopJob(run.session, "guard", 5s))->job().value_or(JobInfo());
    QCOMPARE(ended.state, JobState::Ended);
    QCOMPARE(ended.endState, EndState::Cancelled);
    QVERIFY(rig.command({QStringLiteral("status")}));
}

void tst_JobEnds::aFullDiskCutsTheLogOnly()
{
    support::Rig rig;
    QCOMPARE(rig.start(), QString());
    JobRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    QCOMPARE(run.run("mkdir -p /root/.danlu && mount -t tmpfs -o size=1m tmpfs /root/.danlu")
                 ->exitCode(),
             0);
    JobSpec spec = JobRun::spec("head -c 3000000 /dev/zero | tr '\\0' 'x'; echo >&2; "
                                "until [ -e /root/room ]; do sleep 0.2; done; echo again; exit 9");
    spec.then = {EndAction::Kind::PowerOffIfOk, 0s, "true"};
    QVERIFY(!run.start("full", spec).backend.isEmpty());
    const JobInfo full = run.waitFor("full", [](const JobInfo &job) { return !job.logIsWhole; });
    QVERIFY(!full.logIsWhole);
    QCOMPARE(full.state, JobState::Running);
    QVERIFY(full.logBytes > 100000 && full.logBytes < 1048576);
    // To the last byte; then the end finds no room either, and is kept all the same.
    run.output("cat /dev/zero >/root/.danlu/rest 2>/dev/null; touch /root/room");
    const JobInfo ended =
        run.waitFor("full", [](const JobInfo &job) { return job.endState == EndState::Skipped; });
    QCOMPARE(ended.state, JobState::Ended);
    QCOMPARE(ended.exitCode, 9);
    QCOMPARE(ended.endState, EndState::Skipped);
    // Where room is made, the log goes on with the next that is printed.
    run.output("rm /root/room /root/.danlu/rest");
    QCOMPARE(run.run("mount -o remount,size=1200k /root/.danlu")->exitCode(), 0);
    QVERIFY(
        !run.start("room", JobRun::spec("until [ -e /root/full ]; do sleep 0.2; done; echo lost; "
                                        "until [ -e /root/room ]; do sleep 0.2; done; echo again"))
             .backend.isEmpty());
    run.output("cat /dev/zero >/root/.danlu/rest 2>/dev/null; touch /root/full");
    run.waitFor("room", [](const JobInfo &job) { return !job.logIsWhole; });
    QCOMPARE(run.run("mount -o remount,size=8m /root/.danlu && touch /root/room")->exitCode(), 0);
    QCOMPARE(run.waitForEnd("room").exitCode, 0);
    QCOMPARE(run.log("room"), "again\n");
}

void tst_JobEnds::aFullDiskIsSaidAtTheStart()
{
    support::Rig rig;
    QCOMPARE(rig.start(), QString());
    JobRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    for (const char *size : {"8k", "24k", "40k", "64k"}) {
        QCOMPARE(run.run("mkdir -p /root/.danlu && mount -t tmpfs -o size=" + QByteArray(size) +
                         " tmpfs /root/.danlu")
                     ->exitCode(),
                 0);
        const JobAction *action = JobRun::wait(
            startJob(run.session, "full", JobRun::spec("touch /root/ran"), standardBackends()));
        // Either all of it has room, or it did not begin and leaves nothing.
        if (action->error()) {
            QCOMPARE(action->error()->code, ErrorCode::DiskFull);
            QCOMPARE(run.output("ls -A /root/.danlu/jobs 2>/dev/null; ls /root/ran 2>/dev/null"),
                     "");
        } else {
            QCOMPARE(run.waitForEnd("full").exitCode, 0);
            QCOMPARE(run.output("rm /root/ran && echo it"), "it\n");
        }
        QCOMPARE(run.run("umount -l /root/.danlu")->exitCode(),
                 0); // its runner may still be ending
    }
}

void tst_JobEnds::postponing()
{
    support::Rig rig;
    QCOMPARE(rig.start(), QString());
    JobRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    JobSpec spec = JobRun::spec("true");
    spec.then = {EndAction::Kind::PowerOff, 30s, "/usr/bin/shutdown"};
    QVERIFY(!run.start("fetch", spec).backend.isEmpty());
    const auto counts = [](const JobInfo &job) { return job.endState == EndState::Counting; };
    QCOMPARE(run.waitFor("fetch", counts).endState, EndState::Counting);
    QVERIFY(JobRun::wait(postponeEndAction(run.session, "fetch", 300s))->isOk());
    QVERIFY(
        run.waitFor("fetch", [](const JobInfo &job) { return job.countdown > 200s; }).countdown >
        200s);
    const JobAction *cancelled = JobRun::wait(cancelEndAction(run.session, "fetch"));
    QCOMPARE(cancelled->job()->endState, EndState::Cancelled);
    QVERIFY(rig.command({QStringLiteral("status")}));
}

QTEST_GUILESS_MAIN(tst_JobEnds)
#include "tst_JobEnds.moc"
