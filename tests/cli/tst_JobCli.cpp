// SPDX-License-Identifier: GPL-3.0-or-later
// danlu-cli job, as scripts see it: begun, listed, followed, stopped, and all the while killed.
#include "tests/support/CliRun.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>

class tst_JobCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void usageErrorsAreCode2();
    void aJobFromBeginToEnd();
    void aKilledClientLeavesTheJob();
    void aFollowerThatSleptGoesOn();
    void theEndActionIsNamedAndCancelled();
    void sessionsAreListed();

private:
    using Ran = support::CliRun;
    std::unique_ptr<QProcess> begin(const QStringList &words);
    Ran cli(const QStringList &words);
    /// "job VERB TARGET", further words before "--", and the command behind it.
    Ran job(const QString &verb, const QStringList &further = {}, const QStringList &command = {});
    [[nodiscard]] QStringList words(const QString &verb, const QStringList &further,
                                    const QStringList &command) const;
    QJsonObject listed(const QString &id);

    support::Rig m_rig;
    QTemporaryDir m_dir;
};

std::unique_ptr<QProcess> tst_JobCli::begin(const QStringList &words)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(
        support::cliEnvironment(m_dir.path(), m_dir.filePath(QStringLiteral("config"))));
    process->start(QStringLiteral(DANLU_BIN_DIR "/danlu-cli"), words);
    process->closeWriteChannel();
    return process;
}

tst_JobCli::Ran tst_JobCli::cli(const QStringList &words)
{
    const auto process = begin(words);
    return support::runToEnd(*process);
}

QStringList tst_JobCli::words(const QString &verb, const QStringList &further,
                              const QStringList &command) const
{
    QStringList all{QStringLiteral("job"), verb,
                    QStringLiteral("root@127.0.0.1:%1").arg(m_rig.port())};
    all += further;
    all += {QStringLiteral("--identity"), m_rig.text("key"), QStringLiteral("--host-key"),
            QStringLiteral("accept-new")};
    if (!command.isEmpty())
        all += QStringList{QStringLiteral("--")} + command;
    return all;
}

tst_JobCli::Ran tst_JobCli::job(const QString &verb, const QStringList &further,
                                const QStringList &command)
{
    return cli(words(verb, further, command));
}

QJsonObject tst_JobCli::listed(const QString &id)
{
    const Ran ran = job(QStringLiteral("list"), {QStringLiteral("--json")});
    for (const QJsonValue &one : ran.json().value(u"jobs").toArray()) {
        if (one.toObject().value(u"id").toString() == id)
            return one.toObject();
    }
    return {};
}

void tst_JobCli::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_rig.start(
                 {QStringLiteral("--noisy-rc"), QStringLiteral("--load"), QStringLiteral("idle")}),
             QString());
}

void tst_JobCli::usageErrorsAreCode2()
{
    for (const char *words :
         {"job", "job fly a@b", "job start", "job start a@b", "job start a@b --then explode -- x",
          "job list", "job list a@b c", "job start a@b --set A -- x", "job cancel a@b",
          "job log a@b", "job stop a@b", "job stop"})
        QVERIFY2(cli(QString::fromLatin1(words).split(u' ')).code == 2, words);
    const Ran none = job(QStringLiteral("stop"), {QStringLiteral("nothing")});
    QCOMPARE(none.code, 1);
    QVERIFY(none.err.startsWith("danlu-cli: not-found"));
}

void tst_JobCli::aJobFromBeginToEnd()
{
    const Ran started =
        job(QStringLiteral("start"),
            {QStringLiteral("--json"), QStringLiteral("--name"), QStringLiteral("训练"),
             QStringLiteral("--fetch"), QStringLiteral("*.pt"), QStringLiteral("--fetch"),
             QStringLiteral("a b"), QStringLiteral("--directory"), QStringLiteral("/root"),
             QStringLiteral("--set"), QStringLiteral("A=b=c"), QStringLiteral("--gpus"),
             QStringLiteral("1,0"), QStringLiteral("--acceleration")},
            {QStringLiteral("echo"), QStringLiteral("\"$(echo 炉)\";"), QStringLiteral("sleep"),
             QStringLiteral("2;"), QStringLiteral("exit"), QStringLiteral("3")});
    QVERIFY2(started.code == 0, started.err.constData());
    const QString id = started.json().value(u"id").toString();
    QCOMPARE(started.json().value(u"backend").toString(), QStringLiteral("screen"));
    QCOMPARE(started.json().value(u"name").toString(), QStringLiteral("训练"));
    QCOMPARE(started.json().value(u"command").toString(),
             QStringLiteral("echo \"$(echo 炉)\"; sleep 2; exit 3"));
    QCOMPARE(started.json().value(u"script").toString(),
             QStringLiteral("cd -- /root || exit\nsource /etc/network_turbo\n"
                            "export CUDA_DEVICE_ORDER=PCI_BUS_ID\n"
                            "export CUDA_VISIBLE_DEVICES=1,0\nexport PYTHONUNBUFFERED=1\n"
                            "export A='b=c'\necho \"$(echo 炉)\"; sleep 2; exit 3"));
    QCOMPARE(started.json().value(u"then").toString(), QStringLiteral("none"));
    QCOMPARE(started.json().value(u"fetch").toArray(),
             (QJsonArray{QStringLiteral("*.pt"), QStringLiteral("a b")}));
    // By its name, live.
    const Ran log =
        job(QStringLiteral("log"), {QStringLiteral("训练"), QStringLiteral("--follow")});
    QVERIFY2(log.code == 0, log.err.constData());
    QCOMPARE(log.out, QByteArray("炉\n"));
    const QJsonObject ended = listed(id);
    QCOMPARE(ended.value(u"state").toString(), QStringLiteral("ended"));
    QCOMPARE(ended.value(u"exit_code").toInt(), 3);
    QVERIFY(ended.value(u"running_s").toInt(-1) >= 1);
    QCOMPARE(ended.value(u"log_bytes").toInt(), 4);
    const Ran lines = job(QStringLiteral("log"), {id, QStringLiteral("--json")});
    const QList<QByteArray> events = lines.out.trimmed().split('\n');
    QCOMPARE(events.size(), 2);
    QCOMPARE(QJsonDocument::fromJson(events[0]).object(),
             (QJsonObject{{QStringLiteral("event"), QStringLiteral("log")},
                          {QStringLiteral("offset"), 0},
                          {QStringLiteral("text"), QStringLiteral("炉\n")}}));
    QCOMPARE(QJsonDocument::fromJson(events[1])
                 .object()
                 .value(u"job")
                 .toObject()
                 .value(u"id")
                 .toString(),
             id);
    const Ran text = job(QStringLiteral("list"));
    QVERIFY2(text.out.contains("ended"), text.out.constData());
}

void tst_JobCli::aKilledClientLeavesTheJob()
{
    // In the midst of starting, at random points of it.
    int begun = 0;
    for (const int ms : {100, 250, 500}) {
        const QString name = QStringLiteral("killed-%1").arg(ms);
        const auto process = begin(words(QStringLiteral("start"), {QStringLiteral("--name"), name},
                                         {QStringLiteral("sleep 1000")}));
        process->waitForFinished(ms);
        process->kill();
        process->waitForFinished();
        const Ran listedAll = job(QStringLiteral("list"), {QStringLiteral("--json")});
        for (const QJsonValue &one : listedAll.json().value(u"jobs").toArray()) {
            if (one.toObject().value(u"name").toString() != name)
                continue;
            ++begun;
            // All of it or nothing.
            const QString id = one.toObject().value(u"id").toString();
            QTRY_COMPARE_WITH_TIMEOUT(listed(id).value(u"state").toString(),
                                      QStringLiteral("running"), 20000);
            QCOMPARE(job(QStringLiteral("stop"), {id}).code, 0);
            QCOMPARE(listed(id).value(u"state").toString(), QStringLiteral("ended"));
        }
    }
    qInfo("%d of 3 had begun", begun);
    // While it follows.
    const QString id = QString::fromUtf8(
        job(QStringLiteral("start"), {}, {QStringLiteral("echo go; sleep 3; echo on; exit 6")})
            .out.trimmed());
    const auto follower = begin(words(QStringLiteral("log"), {id, QStringLiteral("--follow")}, {}));
    QByteArray out;
    QTRY_VERIFY_WITH_TIMEOUT((out += follower->readAllStandardOutput()).contains("go"), 20000);
    follower->kill();
    follower->waitForFinished();
    QCOMPARE(job(QStringLiteral("log"), {id, QStringLiteral("--follow")}).out, "go\non\n");
    QCOMPARE(listed(id).value(u"exit_code").toInt(), 6);
}

void tst_JobCli::aFollowerThatSleptGoesOn()
{
    const QString id = QString::fromUtf8(
        job(QStringLiteral("start"), {},
            {QStringLiteral("for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.5; done")})
            .out.trimmed());
    const auto follower = begin(words(QStringLiteral("log"), {id, QStringLiteral("--follow")}, {}));
    QByteArray out;
    QTRY_VERIFY_WITH_TIMEOUT((out += follower->readAllStandardOutput()).contains("1"), 20000);
    kill(pid_t(follower->processId()), SIGSTOP);
    QTRY_COMPARE_WITH_TIMEOUT(listed(id).value(u"state").toString(), QStringLiteral("ended"),
                              40000);
    kill(pid_t(follower->processId()), SIGCONT);
    QVERIFY(follower->waitForFinished(40000));
    QCOMPARE(follower->exitCode(), 0);
    QCOMPARE(out + follower->readAllStandardOutput(), "1\n2\n3\n4\n5\n6\n7\n8\n");
}

void tst_JobCli::theEndActionIsNamedAndCancelled()
{
    const Ran started =
        job(QStringLiteral("start"),
            {QStringLiteral("--json"), QStringLiteral("--then"), QStringLiteral("shutdown")},
            {QStringLiteral("true")});
    QVERIFY2(started.code == 0, started.err.constData());
    const QString id = started.json().value(u"id").toString();
    QCOMPARE(started.json().value(u"then").toString(), QStringLiteral("shutdown"));
    QTRY_COMPARE_WITH_TIMEOUT(listed(id).value(u"then_state").toString(),
                              QStringLiteral("counting"), 20000);
    const int left = listed(id).value(u"countdown_s").toInt(-1);
    QVERIFY2(left > 10 && left <= 60, qPrintable(QString::number(left)));
    const Ran stopped = job(QStringLiteral("stop"), {id, QStringLiteral("--json")});
    QVERIFY2(stopped.code == 0, stopped.err.constData());
    QCOMPARE(stopped.json().value(u"then_state").toString(), QStringLiteral("cancelled"));
    QCOMPARE(stopped.json().value(u"exit_code").toInt(-1), 0);
    QVERIFY(m_rig.command({QStringLiteral("status")}));
}

void tst_JobCli::sessionsAreListed()
{
    QCOMPARE(cli({QStringLiteral("exec"), QStringLiteral("root@127.0.0.1:%1").arg(m_rig.port()),
                  QStringLiteral("--identity"), m_rig.text("key"), QStringLiteral("--"),
                  QStringLiteral("screen -dmS mine sleep 1000")})
                 .code,
             0);
    const Ran ran = job(QStringLiteral("list"), {QStringLiteral("--json")});
    const QJsonArray sessions =
        ran.json().value(u"screens").toObject().value(u"sessions").toArray();
    QCOMPARE(sessions.size(), 1);
    QCOMPARE(sessions[0].toObject().value(u"name").toString(), QStringLiteral("mine"));
    QVERIFY(job(QStringLiteral("list")).out.contains(".mine"));
}

QTEST_GUILESS_MAIN(tst_JobCli)
#include "tst_JobCli.moc"
