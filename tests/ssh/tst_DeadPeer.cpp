// SPDX-License-Identifier: GPL-3.0-or-later
// A peer that is gone without a word, at the times that everybody has. It waits and computes
// nothing: all at once, so that it waits once.
#include "core/ssh/EngineWorker.h"
#include "tests/support/Relay.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QThread>

using namespace core;
using namespace core::ssh;
using namespace std::chrono_literals;
using support::SessionRun;

namespace {

/// The engine's thread stands still, as it does in a machine that sleeps.
class Sleep final : public EngineWorker
{
public:
    void start(SessionEngine &) override { QThread::sleep(4); }
};

/// A session over a line that can fall silent.
struct SilentLine
{
    support::Relay relay;
    SessionRun run;
    SessionOptions options;

    explicit SilentLine(const support::SshServer &server)
        : relay(server.port())
        , options(server.options())
    {
        options.port = relay.port();
    }
    [[nodiscard]] bool open() { return run.open(options); }
    [[nodiscard]] bool isClosed() const { return run.closed.count() > 0; }
};

} // namespace

class tst_DeadPeer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void silenceIsNoticedWhateverGoesOn();
    void standingStillIsNoSilence();
    void answersThatVanishAreNoLife();

private:
    support::SshServer m_server;
};

void tst_DeadPeer::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_server.start(), QString());
    QVERIFY(SessionOptions().deadPeerTimeout <= 15s);
}

void tst_DeadPeer::silenceIsNoticedWhateverGoesOn()
{
    SilentLine idle(m_server);
    QVERIFY(idle.open());

    SilentLine receiving(m_server);
    QVERIFY(receiving.open());
    std::unique_ptr<Exec> download(receiving.run.session.exec("exec yes"));
    QSignalSpy downloadEnd(download.get(), &Operation::finished);
    QTRY_VERIFY(download->standardOutput().size() > 100000);

    SilentLine sending(m_server);
    QVERIFY(sending.open());
    ExecOptions much;
    much.input = QByteArray(16 * 1024 * 1024, 'x');
    std::unique_ptr<Exec> upload(sending.run.session.exec("head -c 100000; exec sleep 100", much));
    QSignalSpy uploadEnd(upload.get(), &Operation::finished);
    QTRY_COMPARE(upload->standardOutput().size(), 100000);

    // Over an instance that lets in: its own line is well, the one behind it is not.
    SilentLine behind(m_server);
    behind.options.jump = std::make_shared<SessionOptions>(m_server.options());
    QVERIFY(behind.open());

    for (SilentLine *line : {&idle, &receiving, &sending, &behind})
        line->relay.freeze();

    // In the midst of signing in: the answer to the first request does not come.
    SilentLine signingIn(m_server);
    signingIn.relay.setDelay(20);
    connect(&signingIn.run.session, &Session::stateChanged, this, [&](Session::State state) {
        if (state == Session::State::SigningIn)
            signingIn.relay.freeze();
    });
    signingIn.run.session.open(signingIn.options);

    QElapsedTimer clock;
    clock.start();
    for (SilentLine *line : {&idle, &receiving, &sending, &behind, &signingIn}) {
        QTRY_VERIFY_WITH_TIMEOUT(line->isClosed(), 60000);
        QCOMPARE(line->run.closed.count(), 1);
        QCOMPARE(line->run.code(), ErrorCode::Disconnected);
        qInfo("noticed after %lld ms at the latest: %s", clock.elapsed(),
              qPrintable(line->run.session.error()->detail));
    }
    QCOMPARE(signingIn.run.ready.count(), 0);
    QCOMPARE(signingIn.run.session.error()->step, Step::Auth);
    QTRY_COMPARE(downloadEnd.count(), 1);
    QTRY_COMPARE(uploadEnd.count(), 1);
    QCOMPARE(download->error()->code, ErrorCode::Disconnected);
    QCOMPARE(upload->error()->code, ErrorCode::Disconnected);
}

void tst_DeadPeer::standingStillIsNoSilence()
{
    SilentLine line(m_server);
    line.options.deadPeerTimeout = 3s;
    line.options.keepaliveInterval = 1s;
    QVERIFY(line.open());
    line.run.session.startWorker(std::make_unique<Sleep>());
    std::unique_ptr<Exec> after(line.run.run("echo x; sleep 4"));
    QCOMPARE(after->standardOutput(), "x\n");
    QVERIFY(!after->error());
    QVERIFY(!line.isClosed());
    // But silence that lasts is.
    line.run.session.startWorker(std::make_unique<Sleep>());
    line.relay.freeze();
    QTRY_VERIFY_WITH_TIMEOUT(line.isClosed(), 60000);
    QCOMPARE(line.run.code(), ErrorCode::Disconnected);
}

/// A packet whose length was changed to 16 KB more: for minutes it takes in what the server
/// answers.
void tst_DeadPeer::answersThatVanishAreNoLife()
{
    struct Row
    {
        support::SshServer server;
        std::unique_ptr<SilentLine> line;
        std::unique_ptr<Exec> quiet;
        std::unique_ptr<Exec> after;
        qint64 before = 0;
    };
    const std::vector<std::pair<const char *, const char *>> ciphers{
        {"aes128-gcm@openssh.com", "hmac-sha2-256"},
        {"chacha20-poly1305@openssh.com", "hmac-sha2-256"},
        {"aes128-ctr", "hmac-sha2-256"},
        {"aes128-ctr", "hmac-sha2-256-etm@openssh.com"}};
    std::vector<std::unique_ptr<Row>> rows;
    for (const auto &[cipher, mac] : ciphers) {
        auto row = std::make_unique<Row>();
        row->server.configure({QStringLiteral("Ciphers ") + QString::fromLatin1(cipher),
                               QStringLiteral("MACs ") + QString::fromLatin1(mac)});
        QCOMPARE(row->server.start(), QString());
        row->line = std::make_unique<SilentLine>(row->server);
        row->line->options.deadPeerTimeout = 5s;
        row->line->options.keepaliveInterval = 1s;
        QVERIFY(row->line->open());
        row->quiet.reset(row->line->run.session.exec("sleep 7; echo x"));
        rows.push_back(std::move(row));
    }
    // Answers to keepalives alone are life.
    for (const auto &row : rows) {
        QTRY_VERIFY_WITH_TIMEOUT(row->quiet->isFinished(), 30000);
        QCOMPARE(row->quiet->standardOutput(), "x\n");
        QVERIFY(!row->line->isClosed());
        row->before = row->line->relay.received();
        row->line->relay.flipBitAt(row->before + 2, 0x40);
        row->after.reset(row->line->run.session.exec("echo y"));
    }
    for (const auto &row : rows) {
        QTRY_VERIFY_WITH_TIMEOUT(row->line->isClosed(), 30000);
        QCOMPARE(row->line->run.code(), ErrorCode::Disconnected);
        QTRY_VERIFY(row->after->isFinished());
        QCOMPARE(row->after->error()->code, ErrorCode::Disconnected);
        QVERIFY2(row->line->relay.received() > row->before + 50, "the server had fallen silent");
    }
}

QTEST_GUILESS_MAIN(tst_DeadPeer)
#include "tst_DeadPeer.moc"
