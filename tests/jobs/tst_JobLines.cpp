// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs and their logs over connections that are lost.
#include "tests/jobs/JobRun.h"
#include "tests/support/Relay.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QRandomGenerator>

using namespace core;
using namespace core::jobs;
using namespace std::chrono_literals;
using support::JobRun;

class tst_JobLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aConnectionLostInTheMidstOfStart();
    void theLogGoesOnAfterALostConnection();
    void aLongLogIsReadInBoundedMemory();
    void cancellingAFollowerLeavesTheJob();

private:
    support::Rig m_rig;
};

void tst_JobLines::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_rig.start({QStringLiteral("--load"), QStringLiteral("idle")}), QString());
}

void tst_JobLines::aConnectionLostInTheMidstOfStart()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    JobRun steady;
    QVERIFY(steady.open(m_rig.passwordOptions()));
    for (int round = 0; round < 4; ++round) {
        const JobId id = "cut-" + QByteArray::number(round);
        const QByteArray counter = "/root/ran-" + QByteArray::number(round);
        const JobSpec spec = JobRun::spec("echo x >>" + counter);
        {
            support::Relay relay(m_rig.port());
            ssh::SessionOptions options = m_rig.passwordOptions();
            options.port = relay.port();
            JobRun cut;
            QVERIFY(cut.open(options));
            relay.cutAfter(relay.received() + random.bounded(1, 600));
            const JobAction *action =
                JobRun::wait(startJob(cut.session, id, spec, standardBackends()));
            QVERIFY(action->error() ? action->error()->code == ErrorCode::Disconnected
                                    : action->job().has_value());
        }
        // Danlu comes back and asks again, twice.
        QVERIFY(!steady.start(id, spec).backend.isEmpty());
        QVERIFY(!steady.start(id, spec).backend.isEmpty());
        QCOMPARE(steady.waitForEnd(id).exitCode, 0);
        QCOMPARE(steady.output("cat " + counter), "x\n");
    }
}

void tst_JobLines::theLogGoesOnAfterALostConnection()
{
    JobRun steady;
    QVERIFY(steady.open(m_rig.passwordOptions()));
    const JobId id = "followed";
    QCOMPARE(steady
                 .start(id, JobRun::spec("i=0; while [ $i -lt 12000 ]; do i=$((i+1)); echo line "
                                         "$i; [ $((i % 1000)) != 0 ] || sleep 0.2; done"))
                 .backend,
             "screen");
    QByteArray all;
    qint64 offset = 0;
    int sessions = 0;
    std::optional<JobInfo> end;
    while (!end && sessions < 50) {
        ++sessions;
        support::Relay relay(m_rig.port());
        ssh::SessionOptions options = m_rig.passwordOptions();
        options.port = relay.port();
        JobRun cut;
        QVERIFY(cut.open(options));
        relay.cutAfter(relay.received() + 50'000); // more than a packet, or nothing gets through
        JobLog *log = readJobLog(cut.session, id, offset, true);
        connect(log, &JobLog::received, log, [&all](const QByteArray &bytes) { all += bytes; });
        JobRun::wait(log);
        offset = log->offset();
        QCOMPARE(offset, all.size());
        if (log->isOk())
            end = log->job();
        else
            QCOMPARE(log->error()->code, ErrorCode::Disconnected);
    }
    QVERIFY2(sessions > 2, qPrintable(QString::number(sessions)));
    QVERIFY(end && end->state == JobState::Ended && end->exitCode == 0);
    QByteArray wanted;
    for (int i = 1; i <= 12'000; ++i)
        wanted += "line " + QByteArray::number(i) + '\n';
    QCOMPARE(all, wanted);
}

void tst_JobLines::aLongLogIsReadInBoundedMemory()
{
    JobRun run;
    QVERIFY(run.open(m_rig.passwordOptions()));
    const JobId id = "long";
    QCOMPARE(run.start(id, JobRun::spec("head -c 20000000 /dev/zero | tr '\\0' 'y'")).backend,
             "screen");
    QCOMPARE(run.waitForEnd(id).logBytes, 20000000);
    JobLog *log = readJobLog(run.session, id, 0, true);
    qint64 got = 0;
    qsizetype largest = 0;
    bool isFine = true;
    connect(log, &JobLog::received, log, [&](const QByteArray &bytes) {
        got += bytes.size();
        largest = std::max(largest, bytes.size());
        isFine = isFine && bytes.count('y') == bytes.size();
    });
    QVERIFY(JobRun::wait(log)->isOk());
    QCOMPARE(got, 20000000);
    QVERIFY(isFine);
    QVERIFY2(largest <= 1024 * 1024, qPrintable(QString::number(largest)));
}

void tst_JobLines::cancellingAFollowerLeavesTheJob()
{
    JobRun run;
    QVERIFY(run.open(m_rig.passwordOptions()));
    QCOMPARE(run.start("kept", JobRun::spec("echo on; sleep 1000")).state, JobState::Running);
    JobLog *log = readJobLog(run.session, "kept", 0, true);
    QSignalSpy received(log, &JobLog::received);
    QSignalSpy finished(log, &Operation::finished);
    QVERIFY(received.wait(20000));
    log->cancel();
    log->cancel();
    QVERIFY(finished.wait(5000));
    QCOMPARE(log->error()->code, ErrorCode::Cancelled);
    // What followed is gone over there, and only that.
    QTRY_COMPARE_WITH_TIMEOUT(
        run.output("ls -l /proc/[0-9]*/fd 2>/dev/null | grep '^lr-x.* 4 -> .*kept/log'"), "",
        20000);
    QCOMPARE(run.job("kept").state, JobState::Running);
    delete startJob(run.session, "deleted", JobRun::spec("true"), standardBackends());
    QVERIFY(JobRun::wait(stopJob(run.session, "kept", 5s))->isOk());
}

QTEST_GUILESS_MAIN(tst_JobLines)
#include "tst_JobLines.moc"
