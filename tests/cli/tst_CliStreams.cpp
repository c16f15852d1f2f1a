// SPDX-License-Identifier: GPL-3.0-or-later
// danlu-cli in a pipeline: readers that go, and streams that are closed.
#include "tests/support/CliRun.h"
#include "tests/support/SshServer.h"

#include <QProcess>
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

QTEST_GUILESS_MAIN(tst_CliStreams)
#include "tst_CliStreams.moc"
