// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Amount.h"
#include "tests/support/Noise.h"
#include "tests/support/Relay.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QTest>

using namespace core::ssh;
using core::ErrorCode;
using support::noise;
using support::SessionRun;

namespace {

/// For a failed QVERIFY2.
QString toldOf(qint64 byte, const Exec &exec)
{
    return QStringLiteral("byte %1: %2")
        .arg(byte)
        .arg(exec.error() ? core::errorCodeName(exec.error()->code) : QStringLiteral("no error"));
}

} // namespace

/// libssh2 is built with a patch to how it ciphers (scripts/build-libssh2): every kind of cipher
/// against a real sshd, packets of every length, and packets that somebody changed on the way.
class tst_Ciphers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyLengthComesThrough_data() { ciphers(); }
    void everyLengthComesThrough();
    void aChangedBitEndsTheSession_data() { ciphers(); }
    void aChangedBitEndsTheSession();
    void aChangedBitEndsAnUpload_data() { ciphers(); }
    void aChangedBitEndsAnUpload();
    void aChangedBitInTheHandshakeIsFound();

private:
    static void ciphers();
    static QStringList serverLines();
};

void tst_Ciphers::initTestCase()
{
    NEED_SSHD();
}

void tst_Ciphers::ciphers()
{
    QTest::addColumn<QString>("cipher");
    QTest::addColumn<QString>("mac");
    const auto row = [](const char *cipher, const char *mac) {
        QTest::addRow("%s %s", cipher, mac)
            << QString::fromLatin1(cipher) << QString::fromLatin1(mac);
    };
    row("aes128-gcm@openssh.com", "");
    row("aes256-gcm@openssh.com", "");
    row("chacha20-poly1305@openssh.com", "");
    row("aes128-ctr", "hmac-sha2-256");
    row("aes256-ctr", "hmac-sha2-512-etm@openssh.com");
    row("aes256-cbc", "hmac-sha2-256");
    row("aes128-cbc", "hmac-sha2-256-etm@openssh.com");
}

QStringList tst_Ciphers::serverLines()
{
    QFETCH(QString, cipher);
    QFETCH(QString, mac);
    QStringList lines{QStringLiteral("Ciphers ") + cipher, QStringLiteral("LogLevel DEBUG1")};
    if (!mac.isEmpty())
        lines.append(QStringLiteral("MACs ") + mac);
    return lines;
}

void tst_Ciphers::everyLengthComesThrough()
{
    QFETCH(QString, cipher);
    support::SshServer server;
    server.configure(serverLines() << QStringLiteral("RekeyLimit 1M"));
    QCOMPARE(server.start(), QString());
    // Packets come in parts, so that what is deciphered begins and ends anywhere in one.
    support::Relay relay(server.port());
    relay.setPiece(1013);
    SessionOptions to = server.options();
    to.port = relay.port();
    SessionRun run;
    QVERIFY2(run.open(to), run.session.error() ? qPrintable(run.session.error()->detail) : "");
    QVERIFY2(run.session.negotiated().contains(cipher), qPrintable(run.session.negotiated()));

    QList<int> sizes{4095, 4096, 32767, 32768, 32769, 3000000};
    for (int size = 1; size <= 17; ++size)
        sizes.append(size);
    for (int size : std::as_const(sizes)) {
        ExecOptions options;
        options.input = noise(size, quint32(size));
        std::unique_ptr<Exec> exec(run.run("cat", options, 60000));
        QVERIFY2(exec->isOk(), exec->error() ? qPrintable(exec->error()->detail) : "");
        QVERIFY2(exec->standardOutput() == options.input, qPrintable(QString::number(size)));
    }
    QVERIFY(server.log().count("SSH2_MSG_KEXINIT sent") > 3);
}

void tst_Ciphers::aChangedBitEndsTheSession()
{
    support::SshServer server;
    server.configure(serverLines());
    QCOMPARE(server.start(), QString());
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    // Much more than what is changed lies in: a longer length has its bytes.
    const QByteArray sent = noise(400000, seed);
    QFile file(server.path(QStringLiteral("noise")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(sent) == sent.size());
    file.close();
    for (int i = 0; i < support::amount(6, 60); ++i) {
        support::Relay relay(server.port());
        SessionOptions to = server.options();
        to.port = relay.port();
        SessionRun run;
        QVERIFY(run.open(to));
        const qint64 at = relay.received() + random.bounded(70000);
        relay.flipBitAt(at);
        ExecOptions options;
        options.idleTimeout = std::chrono::seconds(10);
        std::unique_ptr<Exec> exec(
            run.run("cat '" + QFile::encodeName(file.fileName()) + '\'', options));
        const QString what = toldOf(at, *exec);
        QVERIFY2(exec->error() && exec->error()->code == ErrorCode::Disconnected, qPrintable(what));
        QVERIFY2(sent.startsWith(exec->standardOutput()), qPrintable(what));
        QTRY_COMPARE(run.closed.count(), 1);
    }
}

/// What comes from the server then is met while something is written.
void tst_Ciphers::aChangedBitEndsAnUpload()
{
    support::SshServer server;
    server.configure(serverLines());
    QCOMPARE(server.start(), QString());
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int i = 0; i < support::amount(6, 60); ++i) {
        support::Relay relay(server.port());
        SessionOptions to = server.options();
        to.port = relay.port();
        to.deadPeerTimeout = std::chrono::seconds(5);
        to.keepaliveInterval = std::chrono::seconds(1);
        SessionRun run;
        QVERIFY(run.open(to));
        const qint64 at = relay.received() + random.bounded(2000);
        relay.flipBitAt(at, char(1 << random.bounded(7)));
        ExecOptions options;
        options.input = QByteArray(12000000, 'y');
        options.idleTimeout = std::chrono::seconds(20);
        std::unique_ptr<Exec> exec(run.run("cat >/dev/null; head -c 9000 /dev/zero", options));
        const QString what = toldOf(at, *exec);
        QVERIFY2(exec->error() && exec->error()->code == ErrorCode::Disconnected, qPrintable(what));
        QTRY_COMPARE(run.closed.count(), 1);
    }
}

/// Before there are keys nothing has a MAC: what both signed tells.
void tst_Ciphers::aChangedBitInTheHandshakeIsFound()
{
    support::SshServer server;
    QCOMPARE(server.start(), QString());
    SessionOptions to = server.options();
    qint64 whole = 0;
    {
        support::Relay relay(server.port());
        to.port = relay.port();
        SessionRun run;
        QVERIFY(run.open(to));
        whole = relay.received();
    }
    QVERIFY(whole > 1000);
    // A length that became longer waits for what never comes.
    to.handshakeTimeout = to.authTimeout = to.deadPeerTimeout = std::chrono::seconds(2);
    to.keepaliveInterval = std::chrono::milliseconds(500);
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u, %lld bytes", seed, static_cast<long long>(whole));
    QRandomGenerator random(seed);
    for (int i = 0; i < support::amount(20, 200); ++i) {
        support::Relay relay(server.port());
        to.port = relay.port();
        const qint64 at = random.bounded(int(whole));
        relay.flipBitAt(at);
        SessionRun run;
        const QString what = QStringLiteral("byte %1").arg(at);
        run.open(to); // what comes last may come after it
        QTRY_VERIFY2_WITH_TIMEOUT(run.closed.count() == 1, qPrintable(what), 20000);
    }
}

QTEST_GUILESS_MAIN(tst_Ciphers)
#include "tst_Ciphers.moc"
