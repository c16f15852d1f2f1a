// SPDX-License-Identifier: GPL-3.0-or-later
// danlu-cli in a pipeline: readers that go, and streams that are closed.
#include "tests/support/CliRun.h"
#include "tests/support/SshServer.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

class tst_CliStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aReaderThatGoesEndsTheCommand_data();
    void aReaderThatGoesEndsTheCommand();
    void aFullOutputIsSaid();
    void aClosedStdinIsAnEmptyOne();
    void withJsonNoLogLineIsOnStderr();
    void aSilentServerIsLeftInTime();
    void aChangedKeyOfATargetNamesItsLine();

private:
    /// Runs a line of bash in which "danlu" is the program with the options that sign in; the
    /// exit code of the program is what "code" prints on stderr.
    support::CliRun shell(const QString &line);

    support::SshServer m_server;
    QTemporaryDir m_dir;
};

support::CliRun tst_CliStreams::shell(const QString &line)
{
    QProcess process;
    process.setProcessEnvironment(support::cliEnvironment(m_dir.path(), m_dir.path()));
    const QString function =
        QStringLiteral("T=%1@127.0.0.1:%2\n"
                       "danlu() { '" DANLU_BIN_DIR "/danlu-cli' \"$@\"; echo \"code=$?\" >&2; }\n"
                       "O='--identity %3 --host-key accept-new'\n")
            .arg(m_server.options().user)
            .arg(m_server.port())
            .arg(m_server.path(QStringLiteral("id")));
    process.start(QStringLiteral("setsid"), {QStringLiteral("--wait"), QStringLiteral("bash"),
                                             QStringLiteral("-c"), function + line});
    return support::runToEnd(process, {}, 30000);
}

void tst_CliStreams::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_server.start(), QString());
}

void tst_CliStreams::aReaderThatGoesEndsTheCommand_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("exec") << QStringLiteral("danlu exec $T $O -- yes | head -n 2");
    QTest::newRow("watch") << QStringLiteral("danlu watch $T $O --interval 0.3 | head -n 2");
    QTest::newRow("no event loop") << QStringLiteral("danlu cards --json | head -c 1");
}

void tst_CliStreams::aReaderThatGoesEndsTheCommand()
{
    QFETCH(QString, line);
    const support::CliRun ran = shell(line);
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.err.endsWith("code=141\n"), ran.err.constData());
    QVERIFY2(!ran.err.contains("cancelled"), ran.err.constData());
}

void tst_CliStreams::aFullOutputIsSaid()
{
    if (!QFile::exists(QStringLiteral("/dev/full")))
        QSKIP("no /dev/full here");
    const support::CliRun ran =
        shell(QStringLiteral("danlu exec $T $O -- 'echo x; sleep 60' > /dev/full"));
    QVERIFY2(ran.err.contains("local-io"), ran.err.constData());
    QVERIFY2(ran.err.endsWith("code=1\n"), ran.err.constData());
}

void tst_CliStreams::aClosedStdinIsAnEmptyOne()
{
    const support::CliRun ran = shell(QStringLiteral("danlu exec $T $O -- cat <&-"));
    QVERIFY2(ran.err.endsWith("code=0\n"), ran.err.constData());
    QCOMPARE(ran.out, QByteArray());
}

void tst_CliStreams::withJsonNoLogLineIsOnStderr()
{
    QTemporaryDir config;
    QFile file(config.filePath(QStringLiteral("profiles.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"version": 1, "profiles": [{"id": "x", "name": "broken"},
                   {"id": "y", "name": "good", "host": "h", "port": "2222"}]})");
    file.close();
    const support::CliRun ran =
        shell(QStringLiteral("danlu profile list --json --config-dir '%1'").arg(config.path()));
    QCOMPARE(ran.array().size(), 1);
    QCOMPARE(ran.array().at(0)[u"name"].toString(), QStringLiteral("good"));
    QCOMPARE(ran.array().at(0)[u"port"].toInt(), 2222);
    const QByteArrayList lines = ran.err.trimmed().split('\n');
    QVERIFY2(lines.size() == 2 && lines[0].startsWith("{\"error\"") && lines[1] == "code=0",
             ran.err.constData());
    QVERIFY(lines[0].contains(".corrupt-"));
}

void tst_CliStreams::aSilentServerIsLeftInTime()
{
    QTcpServer silent; // the system accepts for it
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    QElapsedTimer timer;
    timer.start();
    const support::CliRun ran =
        shell(QStringLiteral("danlu probe x@127.0.0.1:%1 --connect-timeout 1 --host-key accept-new")
                  .arg(silent.serverPort()));
    QVERIFY2(ran.err.endsWith("code=3\n"), ran.err.constData());
    QVERIFY2(timer.elapsed() < 4000, QByteArray::number(timer.elapsed()).constData());
}

void tst_CliStreams::aChangedKeyOfATargetNamesItsLine()
{
    const QString path = m_dir.filePath(QStringLiteral("other_hosts"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# mine\n[127.0.0.1]:" + QByteArray::number(m_server.port()) + " ssh-ed25519 " +
               QByteArray("another key").toBase64() + '\n');
    file.close();
    const support::CliRun ran =
        shell(QStringLiteral("danlu probe $T $O --known-hosts '%1'").arg(path));
    QVERIFY2(ran.err.contains("host-key-changed"), ran.err.constData());
    QVERIFY2(ran.err.contains("line 2 out of " + path.toUtf8()), ran.err.constData());
    QVERIFY2(!ran.err.contains("profile edit"), ran.err.constData());
}

QTEST_GUILESS_MAIN(tst_CliStreams)
#include "tst_CliStreams.moc"
