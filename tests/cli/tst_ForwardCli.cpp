// SPDX-License-Identifier: GPL-3.0-or-later
// danlu-cli forward on a real sshd.
#include "tests/support/Exchange.h"
#include "tests/support/SshServer.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

#include <csignal>

using support::Exchange;
using support::Target;

class tst_ForwardCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wrongUsageIsTold_data();
    void wrongUsageIsTold();
    void theBoundPortIsPrintedUntilInterrupted();
    void everyKindIsToldAsJson();
    void aPortInUseFailsWithAFreeOne();
    void aRefusingTargetIsToldAndGoneOn();
    void aLossIsWaitedFor();

private:
    std::unique_ptr<QProcess> start(const QStringList &words) const;
    [[nodiscard]] QString target() const
    {
        return QStringLiteral("%1@127.0.0.1:%2").arg(m_user).arg(m_server.port());
    }

    support::SshServer m_server;
    QString m_user;
};

namespace {

/// The next whole line of stdout; "" when none comes.
QByteArray line(QProcess &process)
{
    if (!QTest::qWaitFor([&] { return process.canReadLine(); }, 20000))
        return {};
    return process.readLine().trimmed();
}

QJsonObject json(QProcess &process)
{
    return QJsonDocument::fromJson(line(process)).object();
}

bool ended(QProcess &process)
{
    return QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20000);
}

} // namespace

void tst_ForwardCli::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_server.start(), QString());
    m_user = m_server.options().user;
    QFile known(m_server.path(QStringLiteral("known_hosts")));
    QVERIFY(known.open(QIODevice::WriteOnly));
    known.write("[127.0.0.1]:" + QByteArray::number(m_server.port()) + ' ' +
                m_server.hostKey().type + ' ' + m_server.hostKey().blob.toBase64() + '\n');
}

std::unique_ptr<QProcess> tst_ForwardCli::start(const QStringList &words) const
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DANLU_SECRETS"), QStringLiteral("session"));
    environment.insert(QStringLiteral("HOME"), m_server.path(QString()));
    environment.remove(QStringLiteral("SSH_AUTH_SOCK"));
    process->setProcessEnvironment(environment);
    process->start(
        QStringLiteral(DANLU_BIN_DIR "/danlu-cli"),
        QStringList{QStringLiteral("--config-dir"), m_server.path(QStringLiteral("config")),
                    QStringLiteral("--known-hosts"), m_server.path(QStringLiteral("known_hosts")),
                    QStringLiteral("--identity"), m_server.path(QStringLiteral("id"))} +
            words);
    return process;
}

void tst_ForwardCli::wrongUsageIsTold_data()
{
    QTest::addColumn<QStringList>("words");
    const QString forward = QStringLiteral("forward");
    const QString place = QStringLiteral("me@host");
    QTest::newRow("nothing to forward") << QStringList{forward, place};
    QTest::newRow("no target") << QStringList{forward, QStringLiteral("-L"),
                                              QStringLiteral("1:h:2")};
    QTest::newRow("no value") << QStringList{forward, place, QStringLiteral("-L")};
    QTest::newRow("no port") << QStringList{forward, place, QStringLiteral("-L"),
                                            QStringLiteral("web:h:2")};
    QTest::newRow("any port there")
        << QStringList{forward, place, QStringLiteral("-R"), QStringLiteral("0:h:2")};
}

void tst_ForwardCli::wrongUsageIsTold()
{
    QFETCH(QStringList, words);
    const auto process = start(words);
    QVERIFY(ended(*process));
    QCOMPARE(process->exitCode(), 2);
    QVERIFY(process->readAllStandardError().startsWith("danlu-cli: usage:"));
    QCOMPARE(process->readAllStandardOutput(), QByteArray());
}

void tst_ForwardCli::theBoundPortIsPrintedUntilInterrupted()
{
    Target server;
    const auto process = start({QStringLiteral("forward"), target(),
                                QStringLiteral("-L0:127.0.0.1:%1").arg(server.port())});
    const QByteArray told = line(*process);
    QVERIFY2(told.startsWith("localhost:"), process->readAllStandardError().constData());
    QVERIFY(told.endsWith(" -> 127.0.0.1:" + QByteArray::number(server.port()) + " there"));
    const quint16 port = told.mid(10, told.indexOf(' ') - 10).toUShort();
    QVERIFY(port != 0);
    Exchange exchange(port, "hello");
    QTRY_VERIFY(exchange.isOver());
    QVERIFY(exchange.answer() == support::answerTo("hello"));
    QCOMPARE(process->state(), QProcess::Running);
    ::kill(pid_t(process->processId()), SIGINT);
    QVERIFY(ended(*process));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 130);
}

void tst_ForwardCli::everyKindIsToldAsJson()
{
    Target server;
    const quint16 there = core::forward::freePortNear(25000);
    const auto process =
        start({QStringLiteral("forward"), target(), QStringLiteral("--json"), QStringLiteral("-L"),
               QStringLiteral("127.0.0.1:0:localhost:%1").arg(server.port()), QStringLiteral("-R"),
               QStringLiteral("%1:127.0.0.1:%2").arg(there).arg(server.port()),
               QStringLiteral("-D"), QStringLiteral("0")});
    QMap<QString, QJsonObject> told;
    for (int i = 0; i < 3; ++i) {
        const QJsonObject event = json(*process);
        QCOMPARE(event[u"event"].toString(), QStringLiteral("listening"));
        told.insert(event[u"kind"].toString(), event);
    }
    const QJsonObject local = told[QStringLiteral("local")];
    QCOMPARE(local[u"bind"].toString(), QStringLiteral("127.0.0.1"));
    QCOMPARE(local[u"host"].toString(), QStringLiteral("localhost"));
    QCOMPARE(local[u"host_port"].toInt(), int(server.port()));
    QCOMPARE(told[QStringLiteral("remote")][u"port"].toInt(), int(there));
    QVERIFY(told[QStringLiteral("dynamic")][u"host"].isNull());
    for (int port : {local[u"port"].toInt(), int(there)}) {
        Exchange exchange(quint16(port), "hello");
        QTRY_VERIFY(exchange.isOver());
        QVERIFY(exchange.answer() == support::answerTo("hello"));
    }
    process->terminate();
    QVERIFY(ended(*process));
    QCOMPARE(process->exitCode(), 130);
}

void tst_ForwardCli::aPortInUseFailsWithAFreeOne()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const auto process =
        start({QStringLiteral("forward"), target(), QStringLiteral("--json"), QStringLiteral("-L"),
               QStringLiteral("%1:127.0.0.1:80").arg(other.serverPort())});
    QVERIFY(ended(*process));
    QCOMPARE(process->exitCode(), 1);
    const QJsonObject error =
        QJsonDocument::fromJson(process->readAllStandardError()).object()[u"error"].toObject();
    QCOMPARE(error[u"code"].toString(), QStringLiteral("local-io"));
    QCOMPARE(error[u"step"].toString(), QStringLiteral("forward"));
    QVERIFY(error[u"detail"].toString().contains(QString::number(other.serverPort())));
    QVERIFY(error[u"detail"].toString().endsWith(QStringLiteral(" is free")));
}

void tst_ForwardCli::aRefusingTargetIsToldAndGoneOn()
{
    const auto process = start({QStringLiteral("forward"), target(), QStringLiteral("--json"),
                                QStringLiteral("-L"), QStringLiteral("0:127.0.0.1:1")});
    const auto port = quint16(json(*process)[u"port"].toInt());
    Exchange exchange(port, "hello");
    QTRY_VERIFY(exchange.isOver());
    const QJsonObject refused = json(*process);
    QCOMPARE(refused[u"event"].toString(), QStringLiteral("refused"));
    QCOMPARE(refused[u"error"].toString(), QStringLiteral("connect-failed"));
    QCOMPARE(process->state(), QProcess::Running);
    process->terminate();
    QVERIFY(ended(*process));
}

void tst_ForwardCli::aLossIsWaitedFor()
{
    Target server;
    const auto process =
        start({QStringLiteral("forward"), target(), QStringLiteral("--json"), QStringLiteral("-L"),
               QStringLiteral("0:127.0.0.1:%1").arg(server.port())});
    const auto port = quint16(json(*process)[u"port"].toInt());
    QVERIFY(port != 0);
    m_server.kill();
    QCOMPARE(json(*process)[u"event"].toString(), QStringLiteral("reconnecting"));
    QCOMPARE(m_server.start(), QString());
    const QJsonObject again = json(*process);
    QCOMPARE(again[u"event"].toString(), QStringLiteral("listening"));
    QCOMPARE(again[u"port"].toInt(), int(port));
    Exchange exchange(port, "hello");
    QTRY_VERIFY(exchange.isOver());
    QVERIFY(exchange.answer() == support::answerTo("hello"));
    process->terminate();
    QVERIFY(ended(*process));
}

QTEST_GUILESS_MAIN(tst_ForwardCli)
#include "tst_ForwardCli.moc"
