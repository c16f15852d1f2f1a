// SPDX-License-Identifier: GPL-3.0-or-later
// The engine in the test's own thread, over transports that give bytes as no network does.
#include "core/ssh/SessionEngine.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestTransport.h"
#include "tests/support/Wait.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace core;
using namespace core::ssh;
using namespace std::chrono_literals;
using support::TestTransport;

namespace {

struct EngineRun
{
    SessionEngine engine{std::make_shared<PromptBox>()};
    TestTransport *transport = nullptr;
    int ready = 0;
    int closed = 0;
    std::optional<Error> error;

    void open(const TestTransport::Plan &plan, SessionOptions options)
    {
        // Nothing may move things on but the transport itself.
        options.keepaliveInterval = 1h;
        options.deadPeerTimeout = 1h;
        options.authTimeout = options.handshakeTimeout = 60s;
        engine.setTransportFactory([this, plan](const SessionOptions &, QObject *parent) {
            transport = new TestTransport(plan, parent);
            return transport;
        });
        QObject::connect(&engine, &SessionEngine::ready, &engine, [this] { ++ready; });
        QObject::connect(&engine, &SessionEngine::closed, &engine,
                         [this](const std::optional<Error> &why) {
                             ++closed;
                             error = why;
                         });
        engine.open(options);
    }
};

struct Heard
{
    QByteArray output;
    int ended = 0;
    ChannelEnd end;

    [[nodiscard]] ChannelEvents events(SessionEngine &engine, const quint64 &id)
    {
        ChannelEvents events;
        events.received = [this, &engine, &id](const QByteArray &bytes, bool) {
            output += bytes;
            engine.acknowledge(id, bytes.size());
        };
        events.ended = [this](const ChannelEnd &how) {
            ++ended;
            end = how;
        };
        return events;
    }
};

} // namespace

class tst_Engine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyCallMeetsEagain_data();
    void everyCallMeetsEagain();
    void bytesThatComeInTheMidstOfACallAreSeen();
    void lossAtEveryByteOfARecordedSession();
    void lossAtBytesOfALiveSession();
    void closingAtAnyByte();

private:
    support::SshServer m_server;
};

void tst_Engine::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_server.start(), QString());
}

void tst_Engine::everyCallMeetsEagain_data()
{
    QTest::addColumn<qint64>("piece");
    QTest::newRow("byte by byte") << qint64(1);
    QTest::newRow("odd pieces") << qint64(13);
    QTest::newRow("whole, every other read empty") << qint64(0);
}

void tst_Engine::everyCallMeetsEagain()
{
    QFETCH(qint64, piece);
    EngineRun run;
    TestTransport::Plan plan;
    plan.port = m_server.port();
    plan.piece = piece;
    plan.stutter = true;
    run.open(plan, m_server.options());
    QTRY_COMPARE_WITH_TIMEOUT(run.ready, 1, 20000);
    // Two at once, so that the packets of one come in the midst of the other's calls.
    std::array<Heard, 2> heard;
    std::array<quint64, 2> ids{};
    for (std::size_t i = 0; i < heard.size(); ++i) {
        ExecOptions options;
        options.input = QByteArray(3000, 'i');
        ids[i] = run.engine.openExec("cat; echo done >&2; exit 3", options,
                                     heard[i].events(run.engine, ids[i]));
    }
    for (Heard &one : heard) {
        QTRY_COMPARE_WITH_TIMEOUT(one.ended, 1, 20000);
        QCOMPARE(one.output.size(), 3000 + 5);
        QCOMPARE(one.end.exitCode, 3);
        QVERIFY(!one.end.error);
    }
    run.engine.close();
    QTRY_COMPARE(run.closed, 1);
    QVERIFY(!run.error);
}

void tst_Engine::bytesThatComeInTheMidstOfACallAreSeen()
{
    EngineRun run;
    TestTransport::Plan plan;
    plan.port = m_server.port();
    plan.eager = true;
    run.open(plan, m_server.options());
    QTRY_COMPARE_WITH_TIMEOUT(run.ready, 1, 20000);
    // Silent, but asked for bytes in every round: it takes in what the others wait for.
    Heard silent;
    quint64 silentId = 0;
    silentId = run.engine.openExec("sleep 100", {}, silent.events(run.engine, silentId));
    for (int i = 0; i < 20; ++i) {
        Heard one;
        quint64 id = 0;
        id = run.engine.openExec("echo x", {}, one.events(run.engine, id));
        QTRY_COMPARE_WITH_TIMEOUT(one.ended, 1, 20000);
        QCOMPARE(one.output, "x\n");
    }
    QCOMPARE(silent.ended, 0);
}

void tst_Engine::lossAtEveryByteOfARecordedSession()
{
    // What the server says before it has heard more than the client's first line.
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_server.port());
    QVERIFY(socket.waitForConnected());
    socket.write("SSH-2.0-Recorder\r\n");
    while (socket.bytesAvailable() < 400)
        QVERIFY(socket.waitForReadyRead(5000));
    TestTransport::Plan plan;
    const QByteArray recording = socket.readAll();
    QVERIFY(recording.startsWith("SSH-2.0-"));
    for (qint64 piece : {qint64(0), qint64(1)}) {
        plan.piece = piece;
        for (qsizetype cut = 0; cut <= recording.size(); ++cut) {
            plan.recording = recording.left(cut);
            EngineRun run;
            run.open(plan, m_server.options());
            QVERIFY(support::waitUntil([&] { return run.closed == 1; }, 10s));
            QVERIFY(run.error && run.ready == 0);
            QVERIFY2(run.error->code == ErrorCode::Disconnected,
                     qPrintable(QStringLiteral("cut at %1: %2 %3")
                                    .arg(cut)
                                    .arg(errorCodeName(run.error->code), run.error->detail)));
        }
    }
}

void tst_Engine::lossAtBytesOfALiveSession()
{
    qint64 whole = 0;
    for (qint64 cut = -1, step = 1; cut < whole; cut += step) {
        EngineRun run;
        TestTransport::Plan plan;
        plan.port = m_server.port();
        plan.cutAfter = cut;
        run.open(plan, m_server.options());
        Heard heard;
        quint64 id = 0;
        connect(&run.engine, &SessionEngine::ready, &run.engine, [&] {
            id = run.engine.openExec("echo x; exec sleep 0.01", {}, heard.events(run.engine, id));
        });
        QVERIFY(support::waitUntil([&] { return run.closed == 1 || heard.ended == 1; }, 10s));
        if (cut < 0) { // the first run is whole, and tells how long that is
            QVERIFY(!heard.end.error);
            whole = run.transport->given();
            QVERIFY(whole > 1500);
            step = whole / 97; // every byte would take minutes
            continue;
        }
        Heard rest;
        quint64 restId = 0;
        // Sessions differ by some packets: a shorter one speaks on until it is cut.
        if (run.closed == 0) {
            QVERIFY(run.transport->given() > whole / 2 && run.transport->given() <= cut);
            restId = run.engine.openExec("echo x", {}, rest.events(run.engine, restId));
        }
        QVERIFY(support::waitUntil([&] { return run.closed == 1; }, 10s));
        QVERIFY(run.error);
        QVERIFY2(run.error->code == ErrorCode::Disconnected,
                 qPrintable(QStringLiteral("cut at %1: %2 %3")
                                .arg(cut)
                                .arg(errorCodeName(run.error->code), run.error->detail)));
        QCOMPARE(heard.ended, id == 0 ? 0 : 1);
    }
}

void tst_Engine::closingAtAnyByte()
{
    qint64 limit = 60;
    bool late = false; // until it closes after the whole session
    for (; !late; limit += 60) {
        EngineRun run;
        TestTransport::Plan plan;
        plan.port = m_server.port();
        plan.piece = 60;
        run.open(plan, m_server.options());
        Heard heard;
        quint64 id = 0;
        connect(&run.engine, &SessionEngine::ready, &run.engine,
                [&] { id = run.engine.openExec("echo x", {}, heard.events(run.engine, id)); });
        connect(run.transport, &Transport::readyRead, &run.engine, [&] {
            if (run.transport->given() >= limit)
                run.engine.close();
        });
        QVERIFY(support::waitUntil([&] { return run.closed == 1 || heard.ended == 1; }, 10s));
        late = run.closed == 0;
        run.engine.close();
        QVERIFY(support::waitUntil([&] { return run.closed == 1; }, 10s));
        QVERIFY(!run.error || run.error->code == ErrorCode::Cancelled);
        QCOMPARE(heard.ended, id == 0 ? 0 : 1);
    }
    QVERIFY(limit > 1500);
}

QTEST_GUILESS_MAIN(tst_Engine)
#include "tst_Engine.moc"
