// SPDX-License-Identifier: GPL-3.0-or-later
// Every way in, every refusal, on a real sshd.
#include "tests/support/Rig.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>

using namespace core;
using namespace core::ssh;
using support::SessionRun;

class tst_Auth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keysOfEveryKindSignIn_data();
    void keysOfEveryKindSignIn();
    void puttysKeysSignIn_data();
    void puttysKeysSignIn();
    void anEncryptedKeyNeedsItsPassphrase();
    void unusableKeysSayWhy();
    void anotherKeyIsRejected();
    void theAgentSignsIn();
    void thePasswordSignsIn();
    void aWrongPasswordIsRejected();
    void anUnknownHostKeyIsAskedBeforeAnySecret();
    void aRefusedHostKeyClosesWithoutSigningIn();
    void aChangedHostKeyIsRefusedWithBothKeys();
    void aRevokedHostKeyIsRefusedEvenWhenTrusted();
    void aTrustedRsaKeyIsAskedFor();
    void anRsaOnlyServerWorks();
    void anEtmOnlyServerWorks();
    void noCommonAlgorithmIsSaid();
    void theServersOwnWordsAreKept();
    void aJumpHostIsGoneThrough();
    void aJumpHostThatRefusesIsSaid();
    void namesAndIpv6Work_data();
    void namesAndIpv6Work();
    void deadAddressesAreSaid();
    void aSilentServerTimesOut();

private:
    support::SshServer m_server;
    support::Rig m_rig;
};

void tst_Auth::initTestCase()
{
    NEED_SSHD();
    m_server.configure({QStringLiteral("ListenAddress 127.0.0.1"),
                        QStringLiteral("ListenAddress ::1"), QStringLiteral("LogLevel DEBUG1")});
    m_server.addRsaHostKey();
    QCOMPARE(m_server.start(), QString());
    QCOMPARE(m_rig.start(), QString());
}

void tst_Auth::keysOfEveryKindSignIn_data()
{
    QTest::addColumn<QStringList>("keygen");
    QTest::addColumn<QByteArray>("passphrase");
    const auto row = [](const char *name, const char *arguments, const char *passphrase = "") {
        QStringList words = QString::fromLatin1(arguments).split(u' ');
        if (*passphrase)
            words += {QStringLiteral("-N"), QString::fromLatin1(passphrase)};
        QTest::newRow(name) << words << QByteArray(passphrase);
    };
    row("ed25519", "-t ed25519");
    row("ecdsa 256", "-t ecdsa -b 256");
    row("ecdsa 384", "-t ecdsa -b 384");
    row("ecdsa 521", "-t ecdsa -b 521");
    row("rsa", "-t rsa -b 3072");
    row("rsa pem", "-t rsa -b 2048 -m PEM");
    row("ecdsa pem", "-t ecdsa -m PEM");
    row("rsa pkcs8", "-t rsa -b 2048 -m PKCS8");
    row("ecdsa pkcs8", "-t ecdsa -m PKCS8");
    row("ed25519 encrypted", "-t ed25519 -a 4", "correct horse");
    row("ecdsa encrypted", "-t ecdsa -a 4", "correct horse");
    row("rsa encrypted", "-t rsa -b 2048 -a 4", "correct horse");
    row("rsa pem encrypted", "-t rsa -b 2048 -m PEM", "correct horse");
    row("rsa pkcs8 encrypted", "-t rsa -b 2048 -m PKCS8", "correct horse");
    row("ecdsa pkcs8 encrypted", "-t ecdsa -m PKCS8", "correct horse");
    row("chacha20", "-t ed25519 -a 4 -Z chacha20-poly1305@openssh.com", "correct horse");
    row("aes gcm", "-t ecdsa -a 4 -Z aes256-gcm@openssh.com", "correct horse");
    row("3des", "-t rsa -b 2048 -a 4 -Z 3des-cbc", "correct horse");
}

void tst_Auth::keysOfEveryKindSignIn()
{
    QFETCH(QStringList, keygen);
    QFETCH(QByteArray, passphrase);
    const QString name = QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
    m_server.authorize(m_server.makeKey(name, keygen) + QStringLiteral(".pub"));
    SessionOptions options = m_server.options(name);
    options.auth = {KeyAuth{m_server.path(name), SecretBytes(passphrase)}};
    SessionRun run;
    QVERIFY2(run.open(options), run.session.error() ? qPrintable(run.session.error()->detail) : "");
    std::unique_ptr<Exec> exec(run.run("echo in"));
    QCOMPARE(exec->standardOutput(), "in\n");
}

void tst_Auth::puttysKeysSignIn_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QByteArray>("passphrase");
    const auto row = [](const char *name, const char *type, const char *version,
                        const char *passphrase) {
        QTest::newRow(name) << QString::fromLatin1(type) << QString::fromLatin1(version)
                            << QByteArray(passphrase);
    };
    row("ed25519 3", "ed25519", "version=3", "");
    row("ed25519 3 encrypted", "ed25519", "version=3", "correct horse");
    row("ecdsa 3 encrypted", "ecdsa", "version=3", "correct horse");
    row("rsa 2 encrypted", "rsa", "version=2", "correct horse");
    row("rsa 3", "rsa", "version=3", "");
}

void tst_Auth::puttysKeysSignIn()
{
    if (QStandardPaths::findExecutable(QStringLiteral("puttygen")).isEmpty()) {
        if (qEnvironmentVariableIsSet("CI"))
            QFAIL("puttygen is missing");
        QSKIP("puttygen is missing");
    }
    QFETCH(QString, type);
    QFETCH(QString, version);
    QFETCH(QByteArray, passphrase);
    const QString name = QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
    const QString path = m_server.path(name + QStringLiteral(".ppk"));
    QFile phrase(m_server.path(name + QStringLiteral(".phrase")));
    QVERIFY(phrase.open(QIODevice::WriteOnly) && phrase.write(passphrase) == passphrase.size());
    phrase.close();
    QProcess puttygen;
    puttygen.start(QStringLiteral("puttygen"),
                   {QStringLiteral("-q"), QStringLiteral("-t"), type, QStringLiteral("-o"), path,
                    QStringLiteral("--new-passphrase"), phrase.fileName(),
                    QStringLiteral("--ppk-param"), version, QStringLiteral("--random-device"),
                    QStringLiteral("/dev/urandom")});
    QVERIFY(puttygen.waitForFinished(60000));
    puttygen.start(QStringLiteral("puttygen"), {QStringLiteral("-L"), path, QStringLiteral("-o"),
                                                path + QStringLiteral(".pub")});
    QVERIFY(puttygen.waitForFinished());
    m_server.authorize(path + QStringLiteral(".pub"));
    SessionOptions options = m_server.options();
    options.auth = {KeyAuth{path, SecretBytes(passphrase)}};
    SessionRun run;
    QVERIFY2(run.open(options), run.session.error() ? qPrintable(run.session.error()->detail) : "");
    if (passphrase.isEmpty())
        return;
    options.auth = {KeyAuth{path, SecretBytes("wrong one")}};
    SessionRun refused;
    QVERIFY(!refused.open(options));
    QCOMPARE(refused.code(), ErrorCode::KeyPassphraseNeeded);
    QCOMPARE(refused.session.error()->step, Step::Auth);
}

void tst_Auth::anEncryptedKeyNeedsItsPassphrase()
{
    const QString key = m_server.makeKey(QStringLiteral("locked"),
                                         {QStringLiteral("-t"), QStringLiteral("ed25519"),
                                          QStringLiteral("-N"), QStringLiteral("correct horse")});
    m_server.authorize(key + QStringLiteral(".pub"));
    for (const QByteArray &passphrase : {QByteArray(), QByteArray("wrong one")}) {
        SessionOptions options = m_server.options();
        options.auth = {KeyAuth{key, SecretBytes(passphrase)}};
        SessionRun run;
        QVERIFY(!run.open(options));
        QCOMPARE(run.code(), ErrorCode::KeyPassphraseNeeded);
        QVERIFY(!run.session.error()->detail.contains(QStringLiteral("wrong one")));
    }
}

void tst_Auth::unusableKeysSayWhy()
{
    const auto codeFor = [this](const QString &path) {
        SessionOptions options = m_server.options();
        options.auth = {KeyAuth{path, {}}};
        SessionRun run;
        return run.open(options) ? ErrorCode::Internal : run.code();
    };
    QCOMPARE(codeFor(m_server.path(QStringLiteral("nothing-here"))), ErrorCode::NotFound);
    QCOMPARE(codeFor(m_server.path(QStringLiteral("id.pub"))), ErrorCode::KeyUnusable);
    QCOMPARE(codeFor(m_server.path(QStringLiteral("sshd_config"))), ErrorCode::KeyUnusable);
}

void tst_Auth::anotherKeyIsRejected()
{
    const QString key = m_server.makeKey(QStringLiteral("stranger"),
                                         {QStringLiteral("-t"), QStringLiteral("ed25519")});
    SessionOptions options = m_server.options();
    options.auth = {KeyAuth{key, {}}};
    SessionRun run;
    QVERIFY(!run.open(options));
    QCOMPARE(run.code(), ErrorCode::AuthRejected);
    QCOMPARE(run.session.error()->step, Step::Auth);
    QVERIFY(!run.session.error()->detail.isEmpty());
    QCOMPARE(run.closed.count(), 1);
    // Several methods: the next one is tried.
    options.auth.emplace_back(KeyAuth{m_server.path(QStringLiteral("id")), {}});
    SessionRun second;
    QVERIFY(second.open(options));
}

void tst_Auth::theAgentSignsIn()
{
    const QString socket = m_server.path(QStringLiteral("agent"));
    QProcess agent;
    agent.start(QStringLiteral("ssh-agent"), {QStringLiteral("-D"), QStringLiteral("-a"), socket});
    QVERIFY(agent.waitForStarted());
    QTRY_VERIFY(QFileInfo::exists(socket));
    for (const QStringList &keygen : {QStringList{QStringLiteral("-t"), QStringLiteral("ed25519")},
                                      QStringList{QStringLiteral("-t"), QStringLiteral("rsa")}}) {
        const QString name = QStringLiteral("agent-") + keygen[1];
        m_server.authorize(m_server.makeKey(name, keygen) + QStringLiteral(".pub"));
        QProcess add;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SSH_AUTH_SOCK"), socket);
        add.setProcessEnvironment(environment);
        add.start(QStringLiteral("ssh-add"), {QStringLiteral("-D")});
        QVERIFY(add.waitForFinished());
        add.start(QStringLiteral("ssh-add"), {QStringLiteral("-q"), m_server.path(name)});
        QVERIFY(add.waitForFinished());
        SessionOptions options = m_server.options();
        options.auth = {AgentAuth{socket}};
        SessionRun run;
        QVERIFY2(run.open(options),
                 run.session.error() ? qPrintable(run.session.error()->detail) : "");
    }
    SessionOptions options = m_server.options();
    options.auth = {AgentAuth{QStringLiteral("/nonexistent")}};
    SessionRun run;
    QVERIFY(!run.open(options));
    QCOMPARE(run.code(), ErrorCode::AuthRejected);
    agent.kill();
    agent.waitForFinished();
}

void tst_Auth::thePasswordSignsIn()
{
    SessionRun run;
    QVERIFY2(run.open(m_rig.passwordOptions()),
             run.session.error() ? qPrintable(run.session.error()->detail) : "");
    std::unique_ptr<Exec> exec(run.run("hostname"));
    QCOMPARE(QString::fromUtf8(exec->standardOutput()).trimmed(), m_rig.text("hostname"));
}

void tst_Auth::aWrongPasswordIsRejected()
{
    SessionOptions options = m_rig.passwordOptions();
    options.auth = {PasswordAuth{SecretBytes("not the password")}};
    SessionRun run;
    QVERIFY(!run.open(options));
    QCOMPARE(run.code(), ErrorCode::AuthRejected);
    QVERIFY(!run.session.error()->detail.contains(QStringLiteral("not the password")));
}

void tst_Auth::anUnknownHostKeyIsAskedBeforeAnySecret()
{
    SessionOptions options = m_server.options();
    options.trustedKeys.clear();
    const qsizetype before = m_server.log().size();
    SessionRun run;
    run.session.open(options);
    QTRY_COMPARE(run.asked.count(), 1);
    QCOMPARE(run.session.hostKeyQuestion()->offered, m_server.hostKey());
    QCOMPARE(run.session.hostKeyQuestion()->verdict, HostKeyVerdict::Unknown);
    QVERIFY(!m_server.log().mid(before).contains("userauth-request"));
    run.session.answerHostKey(true);
    QTRY_COMPARE(run.ready.count(), 1);
    QTRY_VERIFY(m_server.log().mid(before).contains(
        "userauth-request")); // the log tells it, when it happens
}

void tst_Auth::aRefusedHostKeyClosesWithoutSigningIn()
{
    SessionOptions options = m_server.options();
    options.trustedKeys.clear();
    const qsizetype before = m_server.log().size();
    SessionRun run;
    run.session.open(options);
    QTRY_COMPARE(run.asked.count(), 1);
    run.session.answerHostKey(false);
    QTRY_COMPARE(run.closed.count(), 1);
    QCOMPARE(run.code(), ErrorCode::HostKeyUnknown);
    QTRY_VERIFY(m_server.log().mid(before).contains("Connection closed"));
    QVERIFY(!m_server.log().mid(before).contains("userauth-request"));
}

void tst_Auth::aChangedHostKeyIsRefusedWithBothKeys()
{
    SessionOptions options = m_server.options();
    HostKey other = m_server.hostKey();
    other.blob[other.blob.size() - 1] = char(other.blob.back() ^ 1);
    options.trustedKeys = {other};
    const qsizetype before = m_server.log().size();
    SessionRun run;
    QVERIFY(!run.open(options));
    QCOMPARE(run.code(), ErrorCode::HostKeyChanged);
    QCOMPARE(run.asked.count(), 0);
    const HostKeyQuestion &question = *run.session.hostKeyQuestion();
    QCOMPARE(question.verdict, HostKeyVerdict::Changed);
    QCOMPARE(question.offered, m_server.hostKey());
    QVERIFY(question.known == std::vector<HostKey>{other});
    QVERIFY(!m_server.log().mid(before).contains("userauth-request"));
}

void tst_Auth::aRevokedHostKeyIsRefusedEvenWhenTrusted()
{
    for (const bool trusted : {true, false}) {
        SessionOptions options = m_server.options();
        options.revokedKeys = {m_server.hostKey()};
        if (!trusted)
            options.trustedKeys.clear();
        const qsizetype before = m_server.log().size();
        SessionRun run;
        QVERIFY(!run.open(options));
        QCOMPARE(run.code(), ErrorCode::VerifyFailed);
        QVERIFY(run.session.error()->detail.startsWith(QStringLiteral("revoked")));
        QCOMPARE(run.asked.count(), 0);
        QVERIFY(!m_server.log().mid(before).contains("userauth-request"));
    }
}

void tst_Auth::aTrustedRsaKeyIsAskedFor()
{
    QFile file(m_server.path(QStringLiteral("host_rsa.pub")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> words = file.readAll().split(' ');
    SessionOptions options = m_server.options();
    options.trustedKeys = {{words[0], QByteArray::fromBase64(words[1])}};
    SessionRun run;
    QVERIFY(run.open(options)); // the server would show ed25519 first
}

void tst_Auth::anRsaOnlyServerWorks()
{
    support::SshServer server;
    server.setRsaHostKeyOnly();
    QCOMPARE(server.start(), QString());
    SessionRun run;
    QVERIFY(run.open(server.options()));
    QVERIFY(run.session.negotiated().contains(QStringLiteral("rsa-sha2")));
}

void tst_Auth::anEtmOnlyServerWorks()
{
    support::SshServer server;
    server.configure({QStringLiteral("Ciphers aes256-ctr"),
                      QStringLiteral("MACs hmac-sha2-256-etm@openssh.com")});
    QCOMPARE(server.start(), QString());
    SessionRun run;
    QVERIFY(run.open(server.options()));
    QVERIFY(run.session.negotiated().contains(QStringLiteral("etm")));
}

void tst_Auth::noCommonAlgorithmIsSaid()
{
    support::SshServer server;
    server.configure({QStringLiteral("KexAlgorithms sntrup761x25519-sha512@openssh.com")});
    QCOMPARE(server.start(), QString());
    SessionRun run;
    QVERIFY(!run.open(server.options()));
    QCOMPARE(run.code(), ErrorCode::NoCommonAlgorithm);
    QCOMPARE(run.session.error()->detail, QStringLiteral("no common key exchange; the server has "
                                                         "sntrup761x25519-sha512@openssh.com, "
                                                         "kex-strict-s-v00@openssh.com"));
}

/// What the server says when it hangs up tells more than that it did.
void tst_Auth::theServersOwnWordsAreKept()
{
    support::SshServer server;
    server.configure({QStringLiteral("MaxAuthTries 1")});
    QCOMPARE(server.start(), QString());
    SessionOptions options = server.options();
    const QString path = server.makeKey(QStringLiteral("stranger"),
                                        {QStringLiteral("-t"), QStringLiteral("ed25519")});
    options.auth = {KeyAuth{path, {}}, KeyAuth{path, {}}};
    SessionRun run;
    QVERIFY(!run.open(options));
    QCOMPARE(run.code(), ErrorCode::AuthRejected);
    QCOMPARE(run.session.error()->detail, QStringLiteral("Too many authentication failures"));

    QTcpServer full;
    QVERIFY(full.listen(QHostAddress::LocalHost, 0));
    connect(&full, &QTcpServer::newConnection, this, [&full] {
        QTcpSocket *socket = full.nextPendingConnection();
        socket->write("Exceeded MaxStartups\r\n");
        socket->disconnectFromHost();
    });
    options.port = full.serverPort();
    SessionRun refused;
    QVERIFY(!refused.open(options));
    QCOMPARE(refused.code(), ErrorCode::Disconnected);
    QCOMPARE(refused.session.error()->detail, QStringLiteral("Exceeded MaxStartups"));
}

void tst_Auth::aJumpHostIsGoneThrough()
{
    support::SshServer gate;
    gate.configure({QStringLiteral("LogLevel DEBUG1")});
    QCOMPARE(gate.start(), QString());
    SessionOptions options = m_server.options();
    options.jump = std::make_shared<const SessionOptions>(gate.options());
    SessionRun run;
    QVERIFY2(run.open(options), run.session.error() ? qPrintable(run.session.error()->detail) : "");
    std::unique_ptr<Exec> exec(run.run("head -c 3000000 /dev/zero"));
    QCOMPARE(exec->standardOutput().size(), 3000000);
    QVERIFY(gate.log().contains("direct-tcpip"));
    // The gate's key is judged as well.
    SessionOptions unknown = gate.options();
    unknown.trustedKeys.clear();
    options.jump = std::make_shared<const SessionOptions>(unknown);
    SessionRun asks;
    asks.session.open(options);
    QTRY_COMPARE(asks.asked.count(), 1);
    QVERIFY(asks.session.hostKeyQuestion()->isJumpHost);
    asks.session.answerHostKey(true);
    QTRY_COMPARE(asks.ready.count(), 1);
}

void tst_Auth::aJumpHostThatRefusesIsSaid()
{
    support::SshServer gate;
    gate.configure({QStringLiteral("AllowTcpForwarding no")});
    QCOMPARE(gate.start(), QString());
    SessionOptions options = m_server.options();
    options.jump = std::make_shared<const SessionOptions>(gate.options());
    SessionRun run;
    QVERIFY(!run.open(options));
    QCOMPARE(run.code(), ErrorCode::ConnectFailed);
}

void tst_Auth::namesAndIpv6Work_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("name") << QStringLiteral("localhost");
    QTest::newRow("IPv4") << QStringLiteral("127.0.0.1");
    QTest::newRow("IPv6") << QStringLiteral("::1");
}

void tst_Auth::namesAndIpv6Work()
{
    QFETCH(QString, host);
    SessionOptions options = m_server.options();
    options.host = host;
    SessionRun run;
    QVERIFY2(run.open(options), run.session.error() ? qPrintable(run.session.error()->detail) : "");
}

void tst_Auth::deadAddressesAreSaid()
{
    SessionOptions options = m_server.options();
    options.host = QStringLiteral("no-such-host.invalid");
    SessionRun unknown;
    QVERIFY(!unknown.open(options));
    QCOMPARE(unknown.code(), ErrorCode::HostNotFound);
    options = m_server.options();
    options.port = 1;
    SessionRun refused;
    QVERIFY(!refused.open(options));
    QCOMPARE(refused.code(), ErrorCode::ConnectFailed);
    QVERIFY(!refused.session.error()->detail.isEmpty());
}

void tst_Auth::aSilentServerTimesOut()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost, 0));
    SessionOptions options = m_server.options();
    options.port = silent.serverPort();
    options.handshakeTimeout = std::chrono::milliseconds(300);
    SessionRun run;
    QVERIFY(!run.open(options));
    QCOMPARE(run.code(), ErrorCode::ConnectTimeout);
    QCOMPARE(run.session.error()->step, Step::Handshake);
}

QTEST_GUILESS_MAIN(tst_Auth)
#include "tst_Auth.moc"
