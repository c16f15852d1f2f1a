// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Error.h"
#include "core/base/Operation.h"
#include "core/base/Redact.h"
#include "core/base/SecretBytes.h"
#include "core/base/ShellQuote.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace core;

namespace {

class TestOperation final : public Operation
{
public:
    using Operation::failWith;
    using Operation::succeed;
};

} // namespace

class tst_Base : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shellsGiveBackWhatWasQuoted_data();
    void shellsGiveBackWhatWasQuoted();
    void plainWordsStayPlain();
    void everyErrorCodeHasItsOwnName();
    void operationsFinishOnceAndLater();
    void cancelIsIdempotent();
    void secretsAreMovedAndCompared();
    void logsAndReportsAreRedacted_data();
    void logsAndReportsAreRedacted();
};

void tst_Base::shellsGiveBackWhatWasQuoted_data()
{
    QTest::addColumn<QStringList>("shell");
    QTest::newRow("dash") << QStringList{QStringLiteral("dash")};
    QTest::newRow("bash") << QStringList{QStringLiteral("bash")};
    QTest::newRow("busybox") << QStringList{QStringLiteral("busybox"), QStringLiteral("ash")};
}

void tst_Base::shellsGiveBackWhatWasQuoted()
{
    QFETCH(QStringList, shell);
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    QList<QByteArray> words{"",   "'",  "''", "a b", "$HOME", "`id`",        "a'b'c",
                            "\n", "\\", "*",  "~",   "-n",    "\xe4\xb8\xad"};
    for (int i = 0; i < 60; ++i) {
        QByteArray word;
        for (int n = random.bounded(1, 30); n > 0; --n)
            word += char(random.bounded(1, 256));
        words.append(word);
    }
    QProcess process;
    process.start(shell.first(), shell.sliced(1) + QStringList{QStringLiteral("-s")});
    QVERIFY(process.waitForStarted());
    QByteArray wanted;
    for (const QByteArray &word : std::as_const(words)) {
        process.write("printf '%s\\001' " + shellQuote(word) + "\n");
        wanted += word + '\1';
    }
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    QVERIFY(process.readAllStandardOutput() == wanted);
}

void tst_Base::plainWordsStayPlain()
{
    QCOMPARE(shellQuote("/usr/bin/nvidia-smi"), QByteArray("/usr/bin/nvidia-smi"));
    QCOMPARE(shellQuote(""), QByteArray("''"));
    QCOMPARE(shellQuote(QByteArrayView("a\0b", 3)), QByteArray("a")); // no shell word holds a NUL
    QCOMPARE(shellJoin({"a", "b c"}), QByteArray("a 'b c'"));
}

void tst_Base::everyErrorCodeHasItsOwnName()
{
    QSet<QString> names;
    for (int code = 0; code <= int(ErrorCode::Internal); ++code)
        names.insert(errorCodeName(ErrorCode(code)));
    QCOMPARE(names.size(), int(ErrorCode::Internal) + 1);
    QCOMPARE(QString(errorCodeName(ErrorCode::HostKeyChanged)), QStringLiteral("host-key-changed"));
    QCOMPARE(QString(stepName(Step::HostKey)), QStringLiteral("hostkey"));
}

void tst_Base::operationsFinishOnceAndLater()
{
    TestOperation operation;
    QSignalSpy finished(&operation, &Operation::finished);
    operation.succeed();
    operation.failWith({ErrorCode::Internal, Step::None, {}}); // too late
    QCOMPARE(finished.count(), 0);                             // never from inside the call
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(operation.isOk());
    operation.cancel();
    QVERIFY(!finished.wait(50));
    QVERIFY(operation.isOk());
}

void tst_Base::cancelIsIdempotent()
{
    TestOperation operation;
    QSignalSpy finished(&operation, &Operation::finished);
    operation.cancel();
    operation.cancel();
    operation.succeed();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(operation.error()->code, ErrorCode::Cancelled);
}

void tst_Base::secretsAreMovedAndCompared()
{
    QByteArray source("pass/word+");
    source.detach();
    const SecretBytes secret = SecretBytes::takeFrom(source);
    QVERIFY(source.isEmpty());
    QVERIFY(secret == SecretBytes("pass/word+"));
    QVERIFY(!(secret == SecretBytes("pass/word-")));
    QVERIFY(!(secret == SecretBytes("pass/word")));
    SecretBytes moved = SecretBytes(secret);
    moved.clear();
    QVERIFY(moved.isEmpty());
    QCOMPARE(secret.size(), 10);
    char bytes[] = "secret";
    wipeMemory(bytes, sizeof bytes);
    for (char c : bytes)
        QCOMPARE(c, '\0');
}

void tst_Base::logsAndReportsAreRedacted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char *name, const char *text, const char *wanted) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(wanted);
    };
    row("nothing", "root@region-1.autodl.com:35394: no route",
        "root@region-1.autodl.com:35394: no route");
    row("a path", "/etc/passwd: no private key in it", "/etc/passwd: no private key in it");
    row("what is no secret", "the server takes: publickey,password",
        "the server takes: publickey,password");
    row("url", "ssh://me:LEAK@host:22/x", "ssh://me:[hidden]@host:22/x");
    row("password", "Password: LEAK next", "Password: [hidden] next");
    row("json", R"({"password":"LE AK","a":1})", R"({"password":[hidden],"a":1})");
    row("option", "--token=LEAK x", "--token=[hidden] x");
    row("environment", "HF_TOKEN=LEAK API_KEY='LE AK'", "HF_TOKEN=[hidden] API_KEY=[hidden]");
    row("header", "Authorization: Bearer LEAK", "Authorization: Bearer [hidden]");
    row("chinese", "密码：LEAK", "密码：[hidden]");
    row("hub", "cannot use hf_LEAKLEAKLEAK", "cannot use [hidden]");
    row("key", "a\n-----BEGIN OPENSSH PRIVATE KEY-----\nLEAK\n-----END OPENSSH PRIVATE KEY-----\nb",
        "a\n[hidden]\nb");
    row("cut key", "-----BEGIN RSA PRIVATE KEY-----\nLEAK", "[hidden]");
    row("putty", "PuTTY-User-Key-File-3: x\nLEAK\nPrivate-MAC: 00ff\nb", "[hidden]\nb");
}

void tst_Base::logsAndReportsAreRedacted()
{
    QFETCH(QString, text);
    QFETCH(QString, wanted);
    QCOMPARE(redacted(text), wanted);
    const QString report =
        errorReport({ErrorCode::AuthRejected, Step::Auth, text}, {QStringLiteral("me@host"), {}});
    QVERIFY(report.contains(QStringLiteral("auth-rejected")) &&
            report.contains(QStringLiteral("me@host")));
    QVERIFY2(!report.contains(QStringLiteral("LEAK")), qPrintable(report));
    static QString logged;
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &line) { logged = line; });
    installRedactingLog();
    qWarning().noquote() << text;
    qInstallMessageHandler(before);
    QCOMPARE(logged, wanted);
}

QTEST_GUILESS_MAIN(tst_Base)
#include "tst_Base.moc"
