// SPDX-License-Identifier: GPL-3.0-or-later
// The peer goes away, or stalls, at every point; each time the session ends once, with an error
// that says so, and nothing hangs.
#include "tests/support/Amount.h"
#include "tests/support/Relay.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QRandomGenerator>

using namespace core;
using namespace core::ssh;
using support::SessionRun;

class tst_Loss : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bytesOneByOneAreEnough();
    void cutAfterAnyNumberOfBytesEndsOnce();
    void aServerKilledEndsItsCommands();
    void aPeerThatFallsSilentIsNoticed();
    void closeInEveryStateEndsOnce();
    void destroyingInEveryStateIsQuick();

private:
    support::SshServer m_server;
};

void tst_Loss::initTestCase()
{
    NEED_SSHD();
    // Hundreds of connections come at once here; that sshd drops some is another test's matter.
    m_server.configure({QStringLiteral("MaxStartups 1000"), QStringLiteral("LoginGraceTime 20")});
    QCOMPARE(m_server.start(), QString());
}

void tst_Loss::bytesOneByOneAreEnough()
{
    for (int piece : {1, 7}) {
        support::Relay relay(m_server.port());
        relay.setPiece(piece);
        SessionOptions options = m_server.options();
        options.port = relay.port();
        SessionRun run;
        QVERIFY2(run.open(options),
                 run.session.error() ? qPrintable(run.session.error()->detail) : "");
        std::unique_ptr<Exec> exec(run.run("head -c 20000 /dev/zero; exit 3"));
        QCOMPARE(exec->standardOutput().size(), 20000);
        QCOMPARE(exec->exitCode(), 3);
    }
}

void tst_Loss::cutAfterAnyNumberOfBytesEndsOnce()
{
    // How long a whole run is, with its command.
    qint64 whole = 0;
    {
        support::Relay relay(m_server.port());
        SessionOptions options = m_server.options();
        options.port = relay.port();
        SessionRun run;
        QVERIFY(run.open(options));
        std::unique_ptr<Exec> exec(run.run("echo x"));
        whole = relay.received();
    }
    QVERIFY(whole > 1000);
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u, %lld bytes", seed, static_cast<long long>(whole));
    QRandomGenerator random(seed);
    QList<qint64> cuts; // tst_Engine has every byte; here it is a real line
    while (cuts.size() < support::amount(40, 200))
        cuts.append(random.bounded(int(whole)));
    for (qint64 cut : std::as_const(cuts)) {
        support::Relay relay(m_server.port());
        relay.cutAfter(cut);
        SessionOptions options = m_server.options();
        options.port = relay.port();
        SessionRun run;
        Exec *exec = nullptr;
        int execFinished = 0;
        connect(&run.session, &Session::ready, &run.session, [&] {
            exec = run.session.exec("echo x; sleep 20");
            connect(exec, &Operation::finished, &run.session, [&] { ++execFinished; });
        });
        run.session.open(options);
        QTRY_VERIFY2_WITH_TIMEOUT(run.closed.count() == 1 ||
                                      (exec && !exec->standardOutput().isEmpty()),
                                  qPrintable(QStringLiteral("cut at %1").arg(cut)), 10000);
        if (run.closed.count() == 1) {
            QVERIFY2(run.code() == ErrorCode::Disconnected ||
                         run.code() == ErrorCode::ConnectFailed ||
                         run.code() == ErrorCode::NoCommonAlgorithm,
                     qPrintable(QStringLiteral("cut at %1: %2 %3")
                                    .arg(cut)
                                    .arg(errorCodeName(run.code()), run.session.error()->detail)));
            if (exec) {
                QTRY_COMPARE(execFinished, 1);
                QVERIFY(exec->error().has_value());
            }
        }
        QVERIFY(run.closed.count() <= 1);
    }
}

void tst_Loss::aServerKilledEndsItsCommands()
{
    support::SshServer server;
    QCOMPARE(server.start(), QString());
    SessionRun run;
    QVERIFY(run.open(server.options()));
    std::vector<Exec *> all;
    int finished = 0;
    for (int i = 0; i < 5; ++i) {
        all.push_back(run.session.exec("yes"));
        connect(all.back(), &Operation::finished, this, [&finished] { ++finished; });
    }
    QTRY_VERIFY(all.back()->standardOutput().size() > 1000);
    server.kill();
    QTRY_COMPARE_WITH_TIMEOUT(run.closed.count(), 1, 20000);
    QCOMPARE(run.code(), ErrorCode::Disconnected);
    QTRY_COMPARE(finished, 5);
    for (const Exec *exec : all)
        QVERIFY(exec->error().has_value());
}

void tst_Loss::aPeerThatFallsSilentIsNoticed()
{
    support::Relay relay(m_server.port());
    SessionOptions options = m_server.options();
    options.port = relay.port();
    options.keepaliveInterval = std::chrono::milliseconds(1000);
    options.deadPeerTimeout = std::chrono::milliseconds(6000);
    SessionRun run;
    QVERIFY(run.open(options));
    // While the peer answers keepalives, silence is no death.
    QVERIFY(!run.closed.wait(9000));
    QVERIFY(run.session.roundTrip().has_value());
    relay.freeze();
    QVERIFY(run.closed.wait(20000));
    QCOMPARE(run.code(), ErrorCode::Disconnected);
}

void tst_Loss::closeInEveryStateEndsOnce()
{
    using State = Session::State;
    for (State wanted : {State::Resolving, State::Connecting, State::Handshaking,
                         State::CheckingHost, State::SigningIn}) {
        SessionOptions options = m_server.options();
        if (wanted == State::CheckingHost)
            options.trustedKeys.clear();
        SessionRun run;
        connect(&run.session, &Session::stateChanged, &run.session, [&](State now) {
            if (now == wanted)
                run.session.close();
        });
        run.session.open(options);
        QTRY_COMPARE_WITH_TIMEOUT(run.closed.count(), 1, 10000);
        // Signing in may have been quicker than the wish to stop; then it closed without an error.
        QVERIFY(!run.session.error() || run.code() == ErrorCode::Cancelled);
        QCOMPARE(run.session.state(), State::Closed);
    }
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    run.session.close();
    QTRY_COMPARE(run.closed.count(), 1);
    QVERIFY(!run.session.error());
}

void tst_Loss::destroyingInEveryStateIsQuick()
{
    for (int wait : {0, 1, 2, 5, 10, 20, 40, 80}) {
        auto session = std::make_unique<Session>();
        session->open(m_server.options());
        QTest::qWait(wait);
        if (session->state() == Session::State::Ready)
            (void)session->exec("yes");
        session.reset(); // hangs or crashes if anything is wrong; the sanitizers watch the rest
    }
}

QTEST_GUILESS_MAIN(tst_Loss)
#include "tst_Loss.moc"
