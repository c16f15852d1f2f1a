// SPDX-License-Identifier: GPL-3.0-or-later
// Forwarded ports over a real sshd: local, remote and SOCKS, many at once, half-closed, refused.
#include "core/forward/Forwarder.h"
#include "tests/support/Exchange.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"
#include "tests/support/Wait.h"

#include <QRandomGenerator>
#include <QTcpServer>

using namespace core;
using namespace core::forward;
using namespace std::chrono_literals;
using probe::PortForward;
using Kind = PortForward::Kind;
using State = ForwardStatus::State;
using support::Exchange;
using support::Target;

namespace {

PortForward localTo(quint16 port, quint16 bind = 0)
{
    return {Kind::Local, {}, bind, QStringLiteral("127.0.0.1"), port};
}

/// A session with a forwarder; what it told last of each port.
struct Line
{
    explicit Line(const ssh::SessionOptions &options)
    {
        if (!run.open(options)) {
            qWarning() << errorCodeName(run.code()) << run.session.error().value_or(Error()).detail;
            return;
        }
        forwarder = std::make_unique<Forwarder>(run.session);
        QObject::connect(forwarder.get(), &Forwarder::changed, forwarder.get(),
                         [this](quint64 id, const ForwardStatus &now) { status[id] = now; });
    }
    /// The port that is listened on; 0 = it failed.
    quint16 start(quint64 id, const PortForward &forward)
    {
        status.erase(id);
        forwarder->start(id, forward);
        if (!QTest::qWaitFor(
                [&] { return status.count(id) && status[id].state != State::Starting; }, 10000))
            return 0;
        return status[id].state == State::Listening ? status[id].port : quint16(0);
    }

    support::SessionRun run;
    std::unique_ptr<Forwarder> forwarder;
    std::map<quint64, ForwardStatus> status;
};

QByteArray requestOf(QRandomGenerator &random, int most)
{
    QByteArray request(random.bounded(most), Qt::Uninitialized);
    for (char &byte : request)
        byte = char(random.bounded(256));
    return request;
}

} // namespace

class tst_Forward : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void twoHundredAtOnceLoseNothing_data();
    void twoHundredAtOnceLoseNothing();
    void theServerLooksNamesUp_data();
    void theServerLooksNamesUp();
    void theTargetMayEndFirst();
    void aSlowReaderHoldsTheSenderBack();
    void aTargetThatRefusesIsTold();
    void socksClientsAreToldOfARefusal();
    void aPortInUseIsNamedWithAFreeOne();
    void aForbiddingServerIsTold();
    void aPortTakenThereIsTold();
    void keepalivesAreNotTakenForAnswers();
    void stoppingBreaksOffAndFreesThePort();
    void aLostSessionBreaksOff();
    void cancellingAtAnyTimeLeavesNothing();

private:
    support::SshServer m_server;
};

void tst_Forward::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_server.start(), QString());
}

void tst_Forward::twoHundredAtOnceLoseNothing_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("count");
    QTest::addColumn<QByteArray>("handshake"); ///< with two bytes for the port at its end
    QTest::addColumn<int>("answerSize");       ///< of the handshake
    QTest::newRow("local") << Kind::Local << 200 << QByteArray() << 0;
    // sshd's own queue holds 128; beyond it the system drops and tries again after seconds.
    QTest::newRow("remote") << Kind::Remote << 120 << QByteArray() << 0;
    QTest::newRow("SOCKS 5") << Kind::Dynamic << 200
                             << QByteArray::fromHex("050100 05010001 7f000001") << 12;
}

void tst_Forward::twoHundredAtOnceLoseNothing()
{
    QFETCH(Kind, kind);
    QFETCH(QByteArray, handshake);
    QFETCH(int, answerSize);
    Target target;
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    PortForward forward = localTo(target.port());
    forward.kind = kind;
    if (kind == Kind::Remote)
        forward.bindPort = freePortNear(quint16(20000 + QCoreApplication::applicationPid() % 9000));
    const quint16 port = line.start(1, forward);
    QVERIFY(port != 0);
    if (!handshake.isEmpty()) {
        handshake += char(target.port() >> 8);
        handshake += char(target.port() & 0xff);
    }
    QFETCH(int, count);
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    std::vector<QByteArray> requests;
    std::vector<std::unique_ptr<Exchange>> exchanges;
    qint64 sent = 0;
    qint64 received = 0;
    for (int i = 0; i < count; ++i) {
        requests.push_back(requestOf(random, 60000));
        exchanges.push_back(std::make_unique<Exchange>(port, handshake + requests.back()));
        sent += requests.back().size();
        received += support::answerTo(requests.back()).size();
    }
    const auto over = [&] {
        return std::all_of(exchanges.begin(), exchanges.end(),
                           [](const auto &one) { return one->isOver(); });
    };
    QVERIFY(support::waitUntil(over, 90s));
    for (int i = 0; i < count; ++i) {
        QVERIFY2(exchanges[size_t(i)]->isWhole(),
                 qPrintable(QStringLiteral("%1: connected %2, %3 bytes")
                                .arg(i)
                                .arg(exchanges[size_t(i)]->isConnected())
                                .arg(exchanges[size_t(i)]->answer().size())));
        QVERIFY(exchanges[size_t(i)]->answer().mid(answerSize) ==
                support::answerTo(requests[size_t(i)]));
    }
    // What the line tells comes a moment later.
    QTRY_COMPARE(line.status[1].taken, qint64(count));
    QTRY_COMPARE(line.status[1].open, 0);
    QCOMPARE(line.status[1].refused, qint64(0));
    QCOMPARE(line.status[1].sent, sent);
    QCOMPARE(line.status[1].received, received);
}

void tst_Forward::theServerLooksNamesUp_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after"); ///< of the port
    QTest::addColumn<bool>("portFirst");
    QTest::newRow("5") << QByteArray::fromHex("050100 0501000309") + "localhost" << QByteArray()
                       << false;
    QTest::newRow("4a") << QByteArray::fromHex("0401")
                        << QByteArray::fromHex("00000001 00") + "localhost" + '\0' << true;
    QTest::newRow("4") << QByteArray::fromHex("0401") << QByteArray::fromHex("7f000001 00") << true;
}

void tst_Forward::theServerLooksNamesUp()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(bool, portFirst);
    Target target;
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    const quint16 port = line.start(7, {Kind::Dynamic, {}, 0, {}, 0});
    QVERIFY(port != 0);
    QByteArray handshake = before + char(target.port() >> 8) + char(target.port() & 0xff) + after;
    Exchange exchange(port, handshake + "hello");
    QTRY_VERIFY(exchange.isOver());
    QVERIFY(exchange.isWhole());
    QVERIFY(exchange.answer().endsWith(support::answerTo("hello")));
    QCOMPARE(exchange.answer().size() - support::answerTo("hello").size(), portFirst ? 8 : 12);
}

void tst_Forward::theTargetMayEndFirst()
{
    QByteArray got;
    bool ended = false;
    Target target([&](StreamSocket &socket) {
        socket.write("first word");
        socket.finish();
        QObject::connect(&socket, &StreamSocket::readable, &socket, [&] {
            for (QByteArray bytes = socket.read(65536); !bytes.isEmpty();
                 bytes = socket.read(65536))
                got += bytes;
            ended = socket.hasEnded();
        });
    });
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    const quint16 port = line.start(1, localTo(target.port()));
    Exchange exchange(port, {}, false);
    QTRY_VERIFY(exchange.isOver());
    QVERIFY(exchange.isWhole());
    QCOMPARE(exchange.answer(), "first word");
    const QByteArray late(300000, 'x');
    exchange.socket()->write(late);
    exchange.socket()->finish();
    QTRY_VERIFY(ended);
    QCOMPARE(got.size(), late.size());
    QTRY_COMPARE(line.status[1].open, 0);
}

void tst_Forward::aSlowReaderHoldsTheSenderBack()
{
    constexpr qsizetype size = 32 * 1024 * 1024; // more than all buffers on the way
    QPointer<StreamSocket> sender;
    Target target([&](StreamSocket &socket) {
        sender = &socket;
        socket.write(QByteArray(size, 'y'));
        socket.finish();
    });
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    const quint16 port = line.start(1, localTo(target.port()));
    Exchange exchange(port, {}, false);
    exchange.setReading(false);
    // It stands still when what it told does not change any more.
    qint64 before = -1;
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
                                 const qint64 now = line.status[1].received;
                                 QTest::qWait(250);
                                 return now > 0 &&
                                        now == std::exchange(before, line.status[1].received);
                             }()),
                             20000);
    QVERIFY2(line.status[1].received < 8 * 1024 * 1024,
             qPrintable(QString::number(line.status[1].received)));
    QVERIFY(sender && sender->unsent() > 0);
    exchange.setReading(true);
    QTRY_VERIFY_WITH_TIMEOUT(exchange.isOver(), 30000);
    QCOMPARE(exchange.answer().size(), size);
}

void tst_Forward::aTargetThatRefusesIsTold()
{
    quint16 closed = 0;
    {
        Target gone;
        closed = gone.port();
    }
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    const quint16 port = line.start(1, localTo(closed));
    QVERIFY(port != 0);
    Exchange exchange(port, "hello");
    QTRY_VERIFY(exchange.isOver());
    QCOMPARE(exchange.answer(), QByteArray());
    QTRY_COMPARE(line.status[1].refused, qint64(1));
    QCOMPARE(line.status[1].refusal->code, ErrorCode::ConnectFailed);
    QCOMPARE(line.status[1].refusal->step, Step::Forward);
    QVERIFY(line.status[1].refusal->detail.contains(QString::number(closed)));
    QCOMPARE(line.status[1].state, State::Listening);
    // The way back, where this machine's side refuses.
    const quint16 there = freePortNear(quint16(29000));
    QCOMPARE(line.start(2, {Kind::Remote, {}, there, QStringLiteral("127.0.0.1"), closed}), there);
    Exchange back(there, "hello");
    QTRY_VERIFY(back.isOver());
    QTRY_COMPARE(line.status[2].refused, qint64(1));
    QCOMPARE(line.status[2].refusal->code, ErrorCode::ConnectFailed);
    QCOMPARE(line.status[2].state, State::Listening);
}

void tst_Forward::socksClientsAreToldOfARefusal()
{
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    const quint16 port = line.start(1, {Kind::Dynamic, {}, 0, {}, 0});
    Exchange refused(port, QByteArray::fromHex("050100 05010001 7f000001 0001"), false);
    QTRY_VERIFY(refused.isOver());
    QCOMPARE(refused.answer(), QByteArray::fromHex("0500 05050001000000000000"));
    Exchange web(port, "GET / HTTP/1.0\r\n\r\n", false);
    QTRY_VERIFY(web.isOver());
    QCOMPARE(web.answer(), QByteArray());
    QTRY_COMPARE(line.status[1].open, 0);
}

void tst_Forward::aPortInUseIsNamedWithAFreeOne()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    QCOMPARE(line.start(1, localTo(1, other.serverPort())), quint16(0));
    const ForwardStatus status = line.status[1];
    QCOMPARE(status.state, State::Failed);
    QCOMPARE(status.error->code, ErrorCode::LocalIo);
    QVERIFY(status.error->detail.contains(QString::number(other.serverPort())));
    QVERIFY(status.freePort != 0);
    QVERIFY(status.freePort != other.serverPort());
    QCOMPARE(line.start(1, localTo(1, status.freePort)), status.freePort);
    PortForward nowhere = localTo(1);
    nowhere.bindAddress = QStringLiteral("203.0.113.9");
    QCOMPARE(line.start(2, nowhere), quint16(0));
    QCOMPARE(line.status[2].error->code, ErrorCode::Usage);
}

void tst_Forward::aForbiddingServerIsTold()
{
    support::SshServer server;
    server.configure({QStringLiteral("AllowTcpForwarding no")});
    QCOMPARE(server.start(), QString());
    Line line(server.options());
    QVERIFY(line.forwarder);
    Target target;
    const quint16 port = line.start(1, localTo(target.port()));
    Exchange exchange(port, "hello");
    QTRY_VERIFY(exchange.isOver());
    QTRY_VERIFY(line.status[1].refusal.has_value());
    QCOMPARE(line.status[1].refusal->code, ErrorCode::PermissionDenied);
    QCOMPARE(
        line.start(
            2, {Kind::Remote, {}, freePortNear(28000), QStringLiteral("127.0.0.1"), target.port()}),
        quint16(0));
    QCOMPARE(line.status[2].error->code, ErrorCode::RemoteFailed);
}

void tst_Forward::aPortTakenThereIsTold()
{
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    Target target;
    // Of "localhost" sshd is content with the one address that is free.
    const QString loopback = QStringLiteral("127.0.0.1");
    QCOMPARE(line.start(1, {Kind::Remote, loopback, m_server.port(), loopback, target.port()}),
             quint16(0));
    QCOMPARE(line.status[1].error->code, ErrorCode::RemoteFailed);
    QCOMPARE(line.status[1].error->step, Step::Forward);
}

void tst_Forward::keepalivesAreNotTakenForAnswers()
{
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    for (int i = 0; i < 3; ++i) {
        line.run.session.checkPeer();
        delete line.run.run("true"); // the answer to the probe is here by then
    }
    Target target;
    const quint16 there = freePortNear(27000);
    const PortForward forward{Kind::Remote, {}, there, QStringLiteral("127.0.0.1"), target.port()};
    QCOMPARE(line.start(1, forward), there);
    Exchange exchange(there, "hello");
    QTRY_VERIFY(exchange.isOver());
    QVERIFY(exchange.answer() == support::answerTo("hello"));
    PortForward taken = forward;
    taken.bindPort = m_server.port();
    taken.bindAddress = QStringLiteral("127.0.0.1");
    QCOMPARE(line.start(2, taken), quint16(0));
    // Stopped, it is free there.
    line.forwarder->stop(1);
    QTRY_COMPARE(line.start(3, forward), there);
}

void tst_Forward::stoppingBreaksOffAndFreesThePort()
{
    Target target;
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    const quint16 port = line.start(1, localTo(target.port()));
    Exchange exchange(port, "never ended", false);
    QTRY_COMPARE(target.taken(), 1);
    line.forwarder->stop(1);
    QTRY_VERIFY(exchange.isOver());
    QVERIFY(!exchange.isWhole()); // not to be taken for an end
    QCOMPARE(line.start(1, localTo(target.port(), port)), port);
    Exchange again(port, "hello");
    QTRY_VERIFY(again.isOver());
    QVERIFY(again.answer() == support::answerTo("hello"));
}

void tst_Forward::aLostSessionBreaksOff()
{
    support::SshServer server;
    QCOMPARE(server.start(), QString());
    Target target;
    Line line(server.options());
    QVERIFY(line.forwarder);
    const quint16 port = line.start(1, localTo(target.port()));
    Exchange exchange(port, "never ended", false);
    QTRY_COMPARE(target.taken(), 1);
    server.kill();
    QTRY_COMPARE(line.run.closed.count(), 1);
    QTRY_VERIFY(exchange.isOver());
    QVERIFY(!exchange.isWhole());
    QTcpServer free; // nobody listens any more
    QTRY_VERIFY(free.isListening() || free.listen(QHostAddress::LocalHost, port));
    QCOMPARE(line.start(2, localTo(target.port())), quint16(0));
    QCOMPARE(line.status[2].error->code, ErrorCode::Disconnected);
}

void tst_Forward::cancellingAtAnyTimeLeavesNothing()
{
    Target target;
    Line line(m_server.options());
    QVERIFY(line.forwarder);
    const quint16 there = freePortNear(26000);
    const PortForward remote{Kind::Remote, {}, there, QStringLiteral("127.0.0.1"), target.port()};
    for (int turn = 0; turn < 20; ++turn) {
        line.forwarder->start(2, remote);
        const quint16 port = line.start(1, localTo(target.port()));
        QVERIFY(port != 0);
        std::vector<std::unique_ptr<Exchange>> exchanges;
        for (int i = 0; i < 10; ++i)
            exchanges.push_back(std::make_unique<Exchange>(port, QByteArray(50000, 'z')));
        const int until = turn % 5;
        QTRY_VERIFY(target.taken() >= until);
        line.forwarder->stop(2);
        line.forwarder->stop(1);
    }
    QTRY_COMPARE(line.start(2, remote), there);
    const quint16 port = line.start(1, localTo(target.port()));
    Exchange exchange(port, "hello");
    QTRY_VERIFY(exchange.isOver());
    QVERIFY(exchange.answer() == support::answerTo("hello"));
    QTRY_COMPARE(line.status[1].open, 0);
}

QTEST_GUILESS_MAIN(tst_Forward)
#include "tst_Forward.moc"
