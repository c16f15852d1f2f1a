// SPDX-License-Identifier: GPL-3.0-or-later
// Shells on pseudo-terminals of a real sshd: size, floods, back-pressure, ends.
#include "core/ssh/Shell.h"
#include "tests/support/Relay.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QFile>

using namespace core;
using namespace core::ssh;
using support::SessionRun;

namespace {

/// Reads all that comes.
struct ShellRun
{
    explicit ShellRun(Shell *opened)
        : shell(opened)
    {
        QObject::connect(shell.get(), &Shell::readyRead, shell.get(), [this] {
            while (reads && shell->bytesAvailable() > 0)
                text += shell->read(65536);
        });
    }

    bool waitFor(const QByteArray &wanted, int ms = 20000)
    {
        return QTest::qWaitFor([&] { return text.contains(wanted); }, ms);
    }

    std::unique_ptr<Shell> shell;
    QByteArray text;
    bool reads = true;
    QSignalSpy finished{shell.get(), &Operation::finished};
};

const QByteArray plainBash = "PS1='$ ' exec bash --norc --noprofile -i";

} // namespace

class tst_Shell : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theUsersShellRunsOnATerminal();
    void anotherSizeIsSeen();
    void theLastOfManySizesHolds();
    void theExitCodeArrives();
    void aSignalIsNamed();
    void twentyMegabytesArriveWhole();
    void whoDoesNotReadStopsTheProgram();
    void controlCReachesAFlood();
    void aCutLineEndsIt();
    void cancellingHangsUp();
    void deletingHangsUp();
    void severalRunBesideCommands();
    void withoutASessionItFails();

private:
    bool isRunning(SessionRun &run, const QByteArray &words);

    support::SshServer m_server;
};

void tst_Shell::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_server.start(), QString());
}

bool tst_Shell::isRunning(SessionRun &run, const QByteArray &words)
{
    const std::unique_ptr<Exec> exec(run.run("pgrep -x -f '" + words + "'"));
    return exec->exitCode() == 0;
}

void tst_Shell::theUsersShellRunsOnATerminal()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    ShellRun shell(run.session.shell({31, 97}));
    QSignalSpy started(shell.shell.get(), &Shell::started);
    shell.shell->write("echo \"[$TERM $(stty size) $(tty)]\"; exit 3\n");
    QVERIFY(shell.waitFor("[xterm-256color 31 97 /dev/pts/"));
    QTRY_COMPARE_WITH_TIMEOUT(shell.finished.count(), 1, 20000);
    QCOMPARE(started.count(), 1);
    QVERIFY(shell.shell->isOk());
    QCOMPARE(shell.shell->exitCode(), 3);
}

void tst_Shell::anotherSizeIsSeen()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    // bash runs a trap between commands, not within read.
    ShellRun shell(
        run.session.shell({24, 80}, "stty -echo; trap 'stty size' WINCH; echo rea''dy; while :; do "
                                    "sleep 0.1; done"));
    QVERIFY(shell.waitFor("ready"));
    shell.shell->resize({50, 132});
    QVERIFY(shell.waitFor("50 132"));
    shell.shell->resize({20, 60});
    QVERIFY(shell.waitFor("20 60"));
}

void tst_Shell::theLastOfManySizesHolds()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    ShellRun shell(run.session.shell({24, 80}, plainBash));
    // Before it runs, too.
    for (int rows = 10; rows < 40; ++rows)
        shell.shell->resize({rows, rows + 100});
    shell.shell->write("stty size\n");
    QVERIFY(shell.waitFor("39 139"));
}

void tst_Shell::theExitCodeArrives()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    ShellRun shell(run.session.shell({}, "echo out; echo err >&2; exit 7"));
    QTRY_COMPARE_WITH_TIMEOUT(shell.finished.count(), 1, 20000);
    QVERIFY(shell.shell->isOk());
    QCOMPARE(shell.shell->exitCode(), 7);
    QCOMPARE(shell.text, "out\r\nerr\r\n");
}

void tst_Shell::aSignalIsNamed()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    ShellRun shell(run.session.shell({}, "kill -KILL $$"));
    QTRY_COMPARE_WITH_TIMEOUT(shell.finished.count(), 1, 20000);
    QCOMPARE(shell.shell->exitSignal(), QStringLiteral("KILL"));
}

void tst_Shell::twentyMegabytesArriveWhole()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    // Numbered lines of 64 bytes, so that nothing can be lost, doubled or moved.
    ShellRun shell(run.session.shell({}, "stty -onlcr; seq -f '%063.0f' 1 327680"));
    QTRY_COMPARE_WITH_TIMEOUT(shell.finished.count(), 1, 60000);
    QCOMPARE(shell.text.size(), 20 * 1024 * 1024);
    for (int line = 0; line < 327680; ++line) {
        if (QByteArrayView(shell.text).sliced(qsizetype(line) * 64, 64).trimmed().toInt() !=
            line + 1)
            QFAIL(qPrintable(QStringLiteral("line %1").arg(line + 1)));
    }
}

void tst_Shell::whoDoesNotReadStopsTheProgram()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    const QString count = m_server.path(QStringLiteral("count"));
    ShellRun shell(run.session.shell({}, "i=0; while :; do i=$((i+1)); seq 1 20000; echo $i > " +
                                             count.toLocal8Bit() + "; done"));
    shell.reads = false;
    const auto rounds = [&count] {
        QFile file(count);
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
    };
    // About 130 kB each: it stops after some, for good.
    int before = -1;
    QVERIFY(QTest::qWaitFor(
        [&] {
            const int now = rounds();
            const bool stands = now > 0 && now == before;
            before = now;
            QTest::qWait(500);
            return stands;
        },
        60000));
    QVERIFY2(before < 60, qPrintable(QString::number(before)));
    QVERIFY(shell.shell->bytesAvailable() > 0);
    QVERIFY(shell.shell->bytesAvailable() <= 2 * 1024 * 1024);
    // Others are not held up.
    const std::unique_ptr<Exec> exec(run.run("echo beside"));
    QCOMPARE(exec->standardOutput(), "beside\n");
    // Who reads again gets on.
    shell.reads = true;
    shell.text = shell.shell->read(1);
    Q_EMIT shell.shell->readyRead();
    QTRY_VERIFY_WITH_TIMEOUT(rounds() > before + 20, 60000);
    QVERIFY(shell.text.startsWith("1\r\n2\r\n3\r\n"));
}

void tst_Shell::controlCReachesAFlood()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    ShellRun shell(run.session.shell({}, plainBash));
    QVERIFY(shell.waitFor("$ "));
    shell.shell->write("yes flood\n");
    QVERIFY(shell.waitFor("flood\r\nflood\r\n"));
    shell.shell->write("\x03");
    QVERIFY(shell.waitFor("^C"));
    shell.shell->write("echo af''ter\n");
    QVERIFY(shell.waitFor("after"));
}

void tst_Shell::aCutLineEndsIt()
{
    support::Relay relay(m_server.port());
    SessionOptions options = m_server.options();
    options.port = relay.port();
    SessionRun run;
    QVERIFY(run.open(options));
    ShellRun shell(run.session.shell({}, "yes flood"));
    QVERIFY(shell.waitFor("flood"));
    relay.cut();
    QTRY_COMPARE_WITH_TIMEOUT(shell.finished.count(), 1, 20000);
    QVERIFY(shell.shell->error());
    QCOMPARE(shell.shell->error()->code, ErrorCode::Disconnected);
    QCOMPARE(shell.shell->exitCode(), std::nullopt);
    shell.shell->write("nobody hears this");
    shell.shell->resize({10, 10});
}

void tst_Shell::cancellingHangsUp()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    ShellRun shell(run.session.shell({}, plainBash));
    QVERIFY(shell.waitFor("$ "));
    shell.shell->write("sleep 98761\n");
    QTRY_VERIFY_WITH_TIMEOUT(isRunning(run, "sleep 98761"), 20000);
    shell.shell->cancel();
    shell.shell->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(shell.finished.count(), 1, 20000);
    QCOMPARE(shell.shell->error()->code, ErrorCode::Cancelled);
    QTRY_VERIFY_WITH_TIMEOUT(!isRunning(run, "sleep 98761"), 20000);
}

void tst_Shell::deletingHangsUp()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    {
        ShellRun shell(run.session.shell({}, plainBash));
        QVERIFY(shell.waitFor("$ "));
        shell.shell->write("sleep 98762\n");
        QTRY_VERIFY_WITH_TIMEOUT(isRunning(run, "sleep 98762"), 20000);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!isRunning(run, "sleep 98762"), 20000);
    const std::unique_ptr<Exec> exec(run.run("echo still"));
    QCOMPARE(exec->standardOutput(), "still\n");
}

void tst_Shell::severalRunBesideCommands()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    std::vector<std::unique_ptr<ShellRun>> shells;
    for (int i = 0; i < 4; ++i) {
        shells.push_back(
            std::make_unique<ShellRun>(run.session.shell({20 + i, 80}, "stty size; exec cat")));
    }
    for (int i = 0; i < 4; ++i)
        QVERIFY(shells[std::size_t(i)]->waitFor(QByteArray::number(20 + i) + " 80"));
    for (int round = 0; round < 20; ++round) {
        const QByteArray word = "round" + QByteArray::number(round);
        for (auto &shell : shells)
            shell->shell->write(word + '\n');
        const std::unique_ptr<Exec> exec(run.run("echo " + word));
        QCOMPARE(exec->standardOutput(), word + '\n');
        for (auto &shell : shells)
            QVERIFY(shell->waitFor(word + "\r\n" + word));
    }
    QTRY_COMPARE(shells[0]->shell->unsentBytes(), 0);
}

void tst_Shell::withoutASessionItFails()
{
    Session session;
    ShellRun shell(session.shell({}));
    QTRY_COMPARE(shell.finished.count(), 1);
    QCOMPARE(shell.shell->error()->code, ErrorCode::Disconnected);
    QCOMPARE(shell.shell->read(10), QByteArray());
}

QTEST_GUILESS_MAIN(tst_Shell)
#include "tst_Shell.moc"
