// SPDX-License-Identifier: GPL-3.0-or-later
// Public keys as ssh-keygen writes and prints them.
#include "tests/unit/keys/KeyTools.h"

#include "core/keys/AuthorizedKeys.h"
#include "core/keys/Wire.h"

using namespace core;
using namespace core::keys;
using namespace keytools;

class tst_PublicKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void linesReadAsSshKeygenPrintsThem_data();
    void linesReadAsSshKeygenPrintsThem();
    void theFormOfRfc4716Reads();
    void optionsStandInFront_data();
    void optionsStandInFront();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void commentsCanNotEndTheLine();
    void cutKeysNeverCrash();
    void numbersAreReadAsTheyWereWritten();
    void base64IsStrict();

private:
    QByteArray makeLine(const QString &arguments);

    QTemporaryDir m_dir;
    QByteArray m_line; ///< an ed25519 key
};

void tst_PublicKey::initTestCase()
{
    NEED_TOOL("ssh-keygen");
    QVERIFY(m_dir.isValid());
    m_line = makeLine(QStringLiteral("-t ed25519 -C someone@host"));
    QVERIFY(m_line.startsWith("ssh-ed25519 "));
}

QByteArray tst_PublicKey::makeLine(const QString &arguments)
{
    const QString path = m_dir.filePath(QString::number(qHash(arguments)));
    QFile::remove(path);
    run(QStringLiteral("ssh-keygen"), QStringList{QStringLiteral("-q"), QStringLiteral("-N"),
                                                  QString(), QStringLiteral("-f"), path} +
                                          words(arguments));
    return readAll(path + QStringLiteral(".pub"));
}

void tst_PublicKey::linesReadAsSshKeygenPrintsThem_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<KeyType>("type");
    QTest::newRow("ed25519") << QStringLiteral("-t ed25519 -C a@b") << KeyType::Ed25519;
    QTest::newRow("ecdsa 256") << QStringLiteral("-t ecdsa -b 256") << KeyType::Ecdsa256;
    QTest::newRow("ecdsa 384") << QStringLiteral("-t ecdsa -b 384") << KeyType::Ecdsa384;
    QTest::newRow("ecdsa 521") << QStringLiteral("-t ecdsa -b 521") << KeyType::Ecdsa521;
    QTest::newRow("rsa 2048") << QStringLiteral("-t rsa -b 2048") << KeyType::Rsa;
    QTest::newRow("rsa 2049") << QStringLiteral("-t rsa -b 2049") << KeyType::Rsa;
    QTest::newRow("dsa") << QStringLiteral("-t dsa") << KeyType::Dsa;
}

void tst_PublicKey::linesReadAsSshKeygenPrintsThem()
{
    QFETCH(QString, arguments);
    QFETCH(KeyType, type);
    const QByteArray line = makeLine(arguments);
    if (line.isEmpty() && type == KeyType::Dsa)
        QSKIP("this ssh-keygen makes no DSA keys any more");
    const Result<PublicKey> key = parsePublicKey(line);
    QVERIFY2(key, key ? "" : qPrintable(key.error().detail));
    QCOMPARE(key->type(), type);
    const QString path = m_dir.filePath(QString::number(qHash(arguments)));
    QCOMPARE(ourLine(*key), keygenLine(path));
    QCOMPARE(key->line(), line.trimmed());
    const Result<PublicKey> again = publicKeyFromBlob(key->blob, key->comment);
    QVERIFY(again);
    QCOMPARE(*again, *key);
    QCOMPARE(refusalOf(type).isEmpty(), type != KeyType::Dsa);
}

void tst_PublicKey::theFormOfRfc4716Reads()
{
    const QString path = m_dir.filePath(QStringLiteral("rfc4716.pub"));
    QVERIFY(writeAll(path, m_line));
    const Ran exported =
        run(QStringLiteral("ssh-keygen"), {QStringLiteral("-e"), QStringLiteral("-f"), path});
    QVERIFY(exported.out.startsWith("---- BEGIN SSH2 PUBLIC KEY"));
    const Result<PublicKey> key = parsePublicKey(exported.out);
    QVERIFY(key);
    QVERIFY(key->isSameKey(*parsePublicKey(m_line)));
    QVERIFY(key->comment.contains("converted by")); // ssh-keygen words it itself
    QByteArray folded = exported.out;
    folded.replace("Comment: \"", "Subject: me\r\nComment: \"very \\\r\nlong ");
    const Result<PublicKey> long_ = parsePublicKey(folded);
    QVERIFY(long_);
    QVERIFY2(long_->comment.startsWith("very long "), long_->comment.constData());
}

void tst_PublicKey::optionsStandInFront_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("a word") << QByteArray("restrict");
    QTest::newRow("several") << QByteArray("no-pty,no-port-forwarding");
    QTest::newRow("blanks in quotes") << QByteArray("command=\"echo a b\",no-pty");
    QTest::newRow("quotes in quotes") << QByteArray("command=\"echo \\\"a b\\\" c\"");
    QTest::newRow("a key in quotes") << QByteArray("command=\"echo ssh-ed25519 AAAA\"");
}

void tst_PublicKey::optionsStandInFront()
{
    QFETCH(QByteArray, options);
    const PublicKey key = *parsePublicKey(m_line);
    for (const QByteArray &blank : {QByteArray(" "), QByteArray("\t"), QByteArray("  ")}) {
        const QByteArray line =
            (options.isEmpty() ? QByteArray() : options + blank) + key.line() + "\r\n";
        const std::vector<AuthorizedKey> read = parseAuthorizedKeys(line);
        QCOMPARE(read.size(), std::size_t(1));
        QCOMPARE(read[0].options, options);
        QCOMPARE(read[0].blob, key.blob);
        QCOMPARE(read[0].comment, key.comment);
        QCOMPARE(read[0].fingerprint(), key.fingerprint());
    }
}

void tst_PublicKey::nonsenseIsRefused_data()
{
    QTest::addColumn<QByteArray>("line");
    const QByteArray base64 = parsePublicKey(m_line)->blob.toBase64();
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("comment") << QByteArray("# ssh-ed25519 ") + base64;
    QTest::newRow("type alone") << QByteArray("ssh-ed25519");
    QTest::newRow("another type's name") << "ssh-rsa " + base64;
    QTest::newRow("cut base64") << "ssh-ed25519 " + base64.chopped(5);
    QTest::newRow("a byte more") << "ssh-ed25519 " +
                                        (parsePublicKey(m_line)->blob + 'x').toBase64();
    QTest::newRow("two lines") << m_line + m_line;
    QTest::newRow("open quote") << "command=\"echo ssh-ed25519 " + base64;
    QTest::newRow("RFC 4716 without an end") << QByteArray("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA");
}

void tst_PublicKey::nonsenseIsRefused()
{
    QFETCH(QByteArray, line);
    const Result<PublicKey> key = parsePublicKey(line);
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::Parse);
    QCOMPARE(key.error().step, Step::Key);
}

void tst_PublicKey::commentsCanNotEndTheLine()
{
    const PublicKey key = *parsePublicKey(m_line);
    const Result<PublicKey> odd = publicKeyFromBlob(key.blob, "a\nssh-rsa AAAA\r\x01 b\x7f");
    QVERIFY(odd);
    QCOMPARE(odd->comment, QByteArray("a ssh-rsa AAAA   b"));
    PublicKey set = key;
    set.comment = "x\ny";
    QVERIFY(!set.line().contains('\n'));
}

void tst_PublicKey::cutKeysNeverCrash()
{
    for (const char *arguments : {"-t ed25519", "-t ecdsa -b 384", "-t rsa -b 2048"}) {
        const PublicKey key = *parsePublicKey(makeLine(QString::fromLatin1(arguments)));
        for (qsizetype size = 0; size < key.blob.size(); ++size)
            QVERIFY(!publicKeyFromBlob(key.blob.first(size)));
        PublicKey cut = key;
        while (!cut.blob.isEmpty()) {
            cut.blob.chop(1);
            QVERIFY(cut.bits() >= 0);
        }
    }
}

void tst_PublicKey::numbersAreReadAsTheyWereWritten()
{
    WireWriter writer;
    writer.uint32(0xfffefdfc).string("a").mpint(QByteArray("\0\0\x80\1", 4)).mpint("\x7f");
    writer.mpint(QByteArray(3, '\0')).string("");
    QCOMPARE(writer.view().toByteArray().toHex(),
             QByteArray("fffefdfc0000000161000000030080010000 00017f 00000000 00000000")
                 .replace(" ", ""));
    WireReader reader(writer.view());
    QCOMPARE(reader.uint32(), 0xfffefdfcU);
    QVERIFY(reader.string() == "a");
    QCOMPARE(reader.mpint().toByteArray(), QByteArray("\x80\1", 2));
    QVERIFY(reader.mpint() == "\x7f");
    QVERIFY(reader.mpint().isEmpty());
    QVERIFY(!reader.atEnd());
    QVERIFY(reader.string().isEmpty());
    QVERIFY(reader.atEnd());
    QCOMPARE(reader.uint32(), 0U);
    QVERIFY(!reader.ok());
    WireReader negative(QByteArrayView("\0\0\0\1\x80", 5));
    QVERIFY(negative.mpint().isEmpty());
    QVERIFY(!negative.ok());
    WireReader huge(QByteArrayView("\xff\xff\xff\xff"
                                   "abc",
                                   7));
    QVERIFY(huge.string().isEmpty());
    QVERIFY(!huge.ok());
}

void tst_PublicKey::base64IsStrict()
{
    for (int size = 0; size < 70; ++size) {
        QByteArray bytes(size, '\0');
        for (qsizetype i = 0; i < size; ++i)
            bytes[i] = char(i * 37 + size);
        const SecretBytes text = encodeBase64(bytes);
        QCOMPARE(text.view().toByteArray(), bytes.toBase64());
        const auto back = decodeBase64(text.view());
        QVERIFY(back);
        QVERIFY(back->view() == bytes);
    }
    QVERIFY(decodeBase64(" QU\r\nJD\t")->view() == "ABC");
    for (const char *bad : {"Q", "QU", "QUJ", "====", "Q===", "QQ=Q", "QUI=QUI=", "QU!D", "-UJD"})
        QVERIFY2(!decodeBase64(bad), bad);
}

QTEST_GUILESS_MAIN(tst_PublicKey)
#include "tst_PublicKey.moc"
