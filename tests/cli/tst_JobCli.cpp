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

#include <algorithm>
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
    void aPowerOffIsSaidAtTheStart();
    void aGuardIsListedWithItsLimits();
    void sessionsAreListed();
    void theListIsATableWithCosts();

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

void tst_JobCli::aPowerOffIsSaidAtTheStart()
{
    const QByteArray other =
        job(QStringLiteral("start"), {QStringLiteral("--name"), QStringLiteral("long one")},
            {QStringLiteral("sleep 1000")})
            .out.trimmed();
    const QStringList then{QStringLiteral("--then"), QStringLiteral("shutdown-if-ok")};
    const Ran text = job(QStringLiteral("start"), then, {QStringLiteral("sleep 1000")});
    const QByteArray id = text.out.trimmed();
    QVERIFY2(text.code == 0 && !id.contains('\n'), text.out.constData());
    for (const QByteArray &wanted :
         {QByteArray("with exit code 0"), QByteArray("60 s"),
          "danlu-cli job cancel root@127.0.0.1:" + QByteArray::number(m_rig.port()) + ' ' + id,
          other + " (long one)"})
        QVERIFY2(text.err.contains(wanted), text.err.constData());
    QCOMPARE(job(QStringLiteral("cancel"), {QString::fromLatin1(id)}).code, 0);
    QCOMPARE(job(QStringLiteral("stop"), {QString::fromLatin1(id)}).code, 0);
    QCOMPARE(job(QStringLiteral("stop"), {QString::fromLatin1(other)}).code, 0);
    // With nobody else there only what will happen; without a power-off nothing.
    const Ran json = job(QStringLiteral("start"), then + QStringList{QStringLiteral("--json")},
                         {QStringLiteral("sleep 1000")});
    const QString last = json.json().value(u"id").toString();
    const QList<QByteArray> lines = json.err.trimmed().split('\n');
    QVERIFY2(QJsonDocument::fromJson(lines.last()).object().value(u"notice").isString(),
             json.err.constData());
    QVERIFY2(!json.err.contains("too"), json.err.constData());
    QCOMPARE(job(QStringLiteral("stop"), {last}).code, 0);
    QVERIFY(!job(QStringLiteral("start"), {}, {QStringLiteral("true")}).err.contains("power"));
}

void tst_JobCli::aGuardIsListedWithItsLimits()
{
    const auto exec = [this](const QString &command) {
        return cli({QStringLiteral("exec"), QStringLiteral("root@127.0.0.1:%1").arg(m_rig.port()),
                    QStringLiteral("--identity"), m_rig.text("key"), QStringLiteral("--host-key"),
                    QStringLiteral("accept-new"), QStringLiteral("--"), command});
    };
    const Ran made = exec(
        QStringLiteral("mkdir -p ~/.danlu/jobs/watch/run && cd ~/.danlu/jobs/watch && printf "
                       "'idle-minutes 45\\nidle-gpu 3\\nidle-cpu 60\\nidle-disk 716800\\n"
                       "idle-net 15360\\n' >spec && echo state=ended >run/state && touch log"));
    QVERIFY2(made.code == 0, made.err.constData());
    const QJsonObject guard = listed(QStringLiteral("watch"));
    QCOMPARE(guard.value(u"kind").toString(), QStringLiteral("guard"));
    QCOMPARE(guard.value(u"idle_below").toObject(),
             (QJsonObject{{QStringLiteral("minutes"), 45},
                          {QStringLiteral("gpu_percent"), 3},
                          {QStringLiteral("cpu_percent"), 60},
                          {QStringLiteral("disk_bytes_per_s"), 716800},
                          {QStringLiteral("network_bytes_per_s"), 15360}}));
    const Ran table = job(QStringLiteral("list"));
    QVERIFY2(table.out.contains("idle guard: 45 min, GPU < 3 %, CPU < 60 %, disk < 700 KB/s, "
                                "network < 15 KB/s"),
             table.out.constData());
    QCOMPARE(exec(QStringLiteral("rm -r ~/.danlu/jobs/watch")).code, 0);
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

void tst_JobCli::theListIsATableWithCosts()
{
    const Ran added = cli(
        {QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("--name"),
         QStringLiteral("priced"), QStringLiteral("--login"),
         QStringLiteral("ssh -p %1 root@127.0.0.1").arg(m_rig.port()), QStringLiteral("--price"),
         QStringLiteral("3600"), QStringLiteral("--identity"), m_rig.text("key")});
    QVERIFY2(added.code == 0, added.err.constData());
    const auto priced = [this](const QStringList &words) {
        return cli(QStringList{QStringLiteral("job")} + words +
                   QStringList{QStringLiteral("--host-key"), QStringLiteral("accept-new")});
    };
    // Names are anybody's: what a terminal would obey is shown, not sent.
    const Ran odd = job(QStringLiteral("start"),
                        {QStringLiteral("--name"), QStringLiteral("x\x1b]2;pwned\a\nlost\x9b")},
                        {QStringLiteral("sleep 2; true \x1b[31m")});
    QVERIFY2(odd.code == 0, odd.err.constData());
    const QString id = QString::fromUtf8(odd.out.trimmed());
    QCOMPARE(job(QStringLiteral("log"), {id, QStringLiteral("--follow")}).code, 0);
    const Ran last = job(QStringLiteral("start"), {}, {QStringLiteral("sleep 1000")});
    const QByteArray lastId = last.out.trimmed();
    const Ran text = priced({QStringLiteral("list"), QStringLiteral("priced")});
    QVERIFY2(text.code == 0, text.err.constData());
    const QList<QByteArray> lines = text.out.split('\n');
    QCOMPARE(lines[0].simplified(), "JOB STATE TIME EXIT THEN COST NAME COMMAND");
    QVERIFY2(lines[1].startsWith(lastId + "  running  0:00:0"), lines[1].constData());
    const auto row = std::find_if(lines.begin(), lines.end(), [&](const QByteArray &line) {
        return line.startsWith(id.toLatin1());
    });
    QVERIFY(row != lines.end());
    QVERIFY2(row->contains("x\\x1b]2;pwned\\x07\\x0alost\\xc2\\x9b  sleep 2; true \\x1b[31m"),
             row->constData());
    QVERIFY2(row->contains(".00 CNY  "), row->constData());
    for (const char one : text.out)
        QVERIFY(uchar(one) >= 0x20 || one == '\n');
    const Ran json =
        priced({QStringLiteral("list"), QStringLiteral("priced"), QStringLiteral("--json")});
    QString earlier = QStringLiteral("3");
    for (const QJsonValue &one : json.json().value(u"jobs").toArray()) {
        const QJsonObject entry = one.toObject();
        QVERIFY(entry.value(u"started").toString() <= earlier); // the newest first
        earlier = entry.value(u"started").toString();
        if (entry.value(u"id").toString() != id)
            continue;
        QCOMPARE(entry.value(u"name").toString(), QStringLiteral("x\x1b]2;pwned\a\nlost\x9b"));
        const int ran = entry.value(u"running_s").toInt(-1);
        QVERIFY(ran >= 2); // at 3600 an hour
        QCOMPARE(entry.value(u"cost").toObject(),
                 (QJsonObject{{QStringLiteral("CNY"), QStringLiteral("%1.00").arg(ran)}}));
    }
    QVERIFY(listed(id).value(u"cost").isNull()); // no price is known of an address
    QCOMPARE(job(QStringLiteral("stop"), {QString::fromLatin1(lastId)}).code, 0);
}

QTEST_GUILESS_MAIN(tst_JobCli)
#include "tst_JobCli.moc"
