// SPDX-License-Identifier: GPL-3.0-or-later
// The engine in the test's own thread, over transports that give bytes as no network does.
#include "core/ssh/SessionEngine.h"
#include "tests/support/Amount.h"
#include "tests/support/FixedRandom.h"
#include "tests/support/SshServer.h"
#include "tests/support/TestTransport.h"
#include "tests/support/Wait.h"

#include <QSignalSpy>
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
        support::FixedRandom::restart();
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

/// What a session is used for, one after the other: a command, a directory, a shell, a connection
/// through the server.
struct Visit
{
    EngineRun &run;
    QByteArray directory; ///< with something in it
    quint16 port = 0;     ///< on the server, of a service that speaks first
    std::array<Heard, 3> heard;
    std::array<quint64, 3> ids{};
    int begun = 0;
    int ended = 0;
    quint64 listingId = 0;
    std::size_t listed = 0;
    std::optional<Error> listingError;

    Visit(EngineRun &theRun, QByteArray theDirectory, quint16 thePort)
        : run(theRun)
        , directory(std::move(theDirectory))
        , port(thePort)
    {
        QObject::connect(&run.engine, &SessionEngine::ready, &run.engine, [this] { next(); });
    }

    [[nodiscard]] bool isOver() const { return ended == 4; }
    [[nodiscard]] bool isListing() const { return begun == 2 && ended == 1; }

    void cancel()
    {
        if (isListing())
            run.engine.cancelListing(listingId);
        else
            run.engine.cancelChannel(ids[begun == 1 ? 0 : std::size_t(begun - 2)]);
    }

private:
    [[nodiscard]] ChannelEvents events(std::size_t which)
    {
        ChannelEvents all = heard[which].events(run.engine, ids[which]);
        all.ended = [this, tell = all.ended](const ChannelEnd &end) {
            tell(end);
            ++ended;
            next();
        };
        return all;
    }

    /// From the event loop: an end may be told while the engine is in the midst of its channels.
    void next()
    {
        QMetaObject::invokeMethod(
            &run.engine, [this] { begin(); }, Qt::QueuedConnection);
    }

    void begin()
    {
        if (run.engine.state() != Session::State::Ready || begun == 4)
            return;
        switch (begun++) {
        case 0: {
            ExecOptions options;
            options.input = QByteArray(300, 'i');
            ids[0] = run.engine.openExec("cat; echo done >&2; exit 3", options, events(0));
            break;
        }
        case 1: {
            ListingEvents listing;
            listing.found = [this](const std::vector<RemoteEntry> &batch) {
                listed += batch.size();
            };
            listing.ended = [this](const std::optional<Error> &error) {
                listingError = error;
                ++ended;
                next();
            };
            listingId = run.engine.listDirectory(directory, std::move(listing));
            break;
        }
        case 2: ids[1] = run.engine.openShell("stty size", {40, 100}, events(1)); break;
        case 3: {
            ChannelEvents greeting = events(2);
            greeting.received = [this, hear = greeting.received](const QByteArray &bytes,
                                                                 bool isStderr) {
                hear(bytes, isStderr);
                run.engine.sendEof(ids[2]);
            };
            ids[2] = run.engine.openTcp("127.0.0.1", port, std::move(greeting));
            break;
        }
        default: break;
        }
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
    void aSessionIsRecorded();
    void lossAtEveryByteOfARecordedSession_data();
    void lossAtEveryByteOfARecordedSession();
    void eachCallMeetsEagain();
    void closingAtEveryByte();
    void cancellingAtEveryByte();

private:
    [[nodiscard]] QByteArray directory() const { return m_server.path({}).toUtf8(); }

    support::FixedRandom m_random;
    support::SshServer m_server;
    std::shared_ptr<support::Recording> m_recording = std::make_shared<support::Recording>();
};

void tst_Engine::initTestCase()
{
    NEED_SSHD();
    m_server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
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

void tst_Engine::aSessionIsRecorded()
{
    EngineRun run;
    TestTransport::Plan plan;
    plan.port = m_server.port();
    plan.record = m_recording;
    Visit visit(run, directory(), m_server.port());
    run.open(plan, m_server.options());
    QTRY_VERIFY_WITH_TIMEOUT(visit.isOver(), 20000);
    QCOMPARE(visit.heard[0].output, QByteArray(300, 'i') + "done\n");
    QCOMPARE(visit.heard[0].end.exitCode, 3);
    QVERIFY2(!visit.listingError, visit.listingError ? qPrintable(visit.listingError->detail) : "");
    QVERIFY(visit.listed >= 6);
    QCOMPARE(visit.heard[1].output, "40 100\r\n");
    QVERIFY(visit.heard[2].output.startsWith("SSH-2.0-"));
    QCOMPARE(run.closed, 0);
}

void tst_Engine::lossAtEveryByteOfARecordedSession_data()
{
    QTest::addColumn<qint64>("piece");
    QTest::newRow("after as much as came") << qint64(0);
    if (support::isWhole())
        QTest::newRow("byte by byte") << qint64(1);
}

void tst_Engine::lossAtEveryByteOfARecordedSession()
{
    const qint64 whole = m_recording->size();
    QVERIFY(whole > 4000);
    TestTransport::Plan plan;
    plan.replay = m_recording;
    QFETCH(qint64, piece);
    plan.piece = piece;
    for (plan.cutAfter = 0; plan.cutAfter <= whole; ++plan.cutAfter) {
        EngineRun run;
        Visit visit(run, directory(), m_server.port());
        run.open(plan, m_server.options());
        QVERIFY2(
            support::waitUntil([&] { return run.closed == 1; }, 10s),
            qPrintable(QStringLiteral("cut at %1: %2 bytes given, %3 of 4 begun, said the same: %4")
                           .arg(plan.cutAfter)
                           .arg(run.transport->given())
                           .arg(visit.begun)
                           .arg(run.transport->saysTheSame())));
        QVERIFY2(run.error && run.error->code == ErrorCode::Disconnected,
                 qPrintable(QStringLiteral("cut at %1: %2 %3")
                                .arg(plan.cutAfter)
                                .arg(run.error ? errorCodeName(run.error->code) : QString(),
                                     run.error ? run.error->detail : QString())));
        QCOMPARE(visit.ended, visit.begun);
        QVERIFY(run.transport->saysTheSame() && run.transport->given() == plan.cutAfter);
        QVERIFY(plan.cutAfter < whole || visit.begun == 4);
    }
}

void tst_Engine::eachCallMeetsEagain()
{
    TestTransport::Plan plan;
    plan.replay = m_recording;
    int reads = 1;
    for (plan.starveAt = 0; plan.starveAt <= reads; ++plan.starveAt) {
        EngineRun run;
        Visit visit(run, directory(), m_server.port());
        run.open(plan, m_server.options());
        QVERIFY2(support::waitUntil([&] { return run.closed == 1; }, 10s),
                 qPrintable(QStringLiteral("read %1").arg(plan.starveAt)));
        QVERIFY2(
            visit.isOver() && run.transport->saysTheSame(),
            qPrintable(QStringLiteral("read %1: %2 ended").arg(plan.starveAt).arg(visit.ended)));
        reads = run.transport->reads();
    }
    QVERIFY(reads > 50);
}

void tst_Engine::closingAtEveryByte()
{
    TestTransport::Plan plan;
    plan.replay = m_recording;
    const qint64 whole = m_recording->size();
    for (plan.haltAfter = 0; plan.haltAfter < whole; plan.haltAfter += support::amount(7, 1)) {
        EngineRun run;
        Visit visit(run, directory(), m_server.port());
        run.open(plan, m_server.options());
        QVERIFY(support::waitUntil([&] { return run.transport->given() == plan.haltAfter; }, 10s));
        const bool isReady = run.engine.state() == Session::State::Ready;
        run.engine.close();
        QVERIFY2(support::waitUntil([&] { return run.closed == 1; }, 10s),
                 qPrintable(QStringLiteral("closed at %1").arg(plan.haltAfter)));
        QCOMPARE(run.error.has_value(), !isReady);
        QVERIFY(isReady || run.error->code == ErrorCode::Cancelled);
        QCOMPARE(visit.ended, visit.begun);
    }
}

void tst_Engine::cancellingAtEveryByte()
{
    TestTransport::Plan plan;
    plan.replay = m_recording;
    const qint64 whole = m_recording->size();
    int cancelled = 0;
    for (plan.haltAfter = 0; plan.haltAfter < whole; plan.haltAfter += support::amount(7, 1)) {
        EngineRun run;
        Visit visit(run, directory(), m_server.port());
        run.open(plan, m_server.options());
        QVERIFY(support::waitUntil([&] { return run.transport->given() == plan.haltAfter; }, 10s));
        if (visit.begun == visit.ended)
            continue; // nothing runs now
        ++cancelled;
        const int untold = visit.isListing() ? 1 : 0; // its user wants to hear no more
        visit.cancel();
        // The rest of it goes on in the background, beside what comes next, until the peer is lost.
        QCoreApplication::processEvents();
        run.transport->lose();
        QVERIFY2(support::waitUntil([&] { return run.closed == 1; }, 10s),
                 qPrintable(QStringLiteral("cancelled at %1").arg(plan.haltAfter)));
        QVERIFY(run.error && run.error->code == ErrorCode::Disconnected);
        QCOMPARE(visit.ended, visit.begun - untold);
    }
    QVERIFY(cancelled > support::amount(300, 2000));
}

QTEST_GUILESS_MAIN(tst_Engine)
#include "tst_Engine.moc"
