// SPDX-License-Identifier: GPL-3.0-or-later
// Private keys: what ssh-keygen, puttygen and openssl write is read, and they read what is written.
#include "tests/unit/keys/KeyTools.h"

#include "core/keys/BcryptPbkdf.h"
#include "core/keys/KeyFolder.h"
#include "tests/support/Sanitizers.h"

using namespace core;
using namespace core::keys;
using namespace keytools;

namespace {

const QByteArray passphrase = QByteArrayLiteral("correct horse \xe7\x94\xb5");

SecretBytes secret(const QByteArray &bytes)
{
    return SecretBytes(QByteArrayView(bytes));
}

} // namespace

class tst_PrivateKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sshKeygensFilesAreRead_data();
    void sshKeygensFilesAreRead();
    void sshKeygensCiphersAreRead_data();
    void sshKeygensCiphersAreRead();
    void opensslsFilesAreRead_data();
    void opensslsFilesAreRead();
    void puttygensFilesAreRead_data();
    void puttygensFilesAreRead();
    void sshKeygenReadsWhatWeWrite_data();
    void sshKeygenReadsWhatWeWrite();
    void theUnusableIsSaid_data();
    void theUnusableIsSaid();
    void partsOfTwoKeysAreRefused();
    void cutFilesNeverCrash_data();
    void cutFilesNeverCrash();
    void workIsBounded();
    void cancelStopsTheWork();

private:
    /// \returns the path of a fresh file.
    QString keygen(const QString &arguments, const QByteArray &phrase = {});
    void checkFile(const QString &path, const QByteArray &phrase, const PublicKey &expected,
                   bool encrypted, bool tellsPublicKey);

    QTemporaryDir m_dir;
    int m_count = 0;
};

void tst_PrivateKeys::initTestCase()
{
    NEED_TOOL("ssh-keygen");
    QVERIFY(m_dir.isValid());
}

QString tst_PrivateKeys::keygen(const QString &arguments, const QByteArray &phrase)
{
    const QString path = m_dir.filePath(QStringLiteral("key%1").arg(++m_count));
    const Ran ran = run(QStringLiteral("ssh-keygen"),
                        QStringList{QStringLiteral("-q"), QStringLiteral("-N"),
                                    QString::fromUtf8(phrase), QStringLiteral("-f"), path} +
                            words(arguments));
    return ran.code == 0 ? path : QString();
}

void tst_PrivateKeys::checkFile(const QString &path, const QByteArray &phrase,
                                const PublicKey &expected, bool encrypted, bool tellsPublicKey)
{
    const Result<KeyFile> file = readKeyFile(path);
    QVERIFY2(file, file ? "" : qPrintable(file.error().detail));
    QCOMPARE(file->encrypted, encrypted);
    QCOMPARE(file->publicKey.has_value(), tellsPublicKey);
    if (tellsPublicKey)
        QVERIFY(file->publicKey->isSameKey(expected));
    const Result<PrivateKey> key = unlockKey(*file, secret(phrase));
    QVERIFY2(key, key ? "" : qPrintable(key.error().detail));
    QVERIFY(key->publicKey.isSameKey(expected));
    if (file->format == KeyFormat::OpenSsh || file->format == KeyFormat::Putty)
        QCOMPARE(key->publicKey.comment, expected.comment);
    if (!encrypted)
        return;
    for (const QByteArray &wrong : {QByteArray(), QByteArray("wrong one")}) {
        const Result<PrivateKey> locked = unlockKey(*file, secret(wrong));
        QVERIFY(!locked);
        QCOMPARE(locked.error().code, ErrorCode::KeyPassphraseNeeded);
        QVERIFY(!locked.error().detail.contains(QStringLiteral("wrong one")));
    }
}

void tst_PrivateKeys::sshKeygensFilesAreRead_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<bool>("encrypted");
    QTest::addColumn<bool>("isPem");
    for (const char *type : {"-t ed25519", "-t ecdsa -b 256", "-t ecdsa -b 384", "-t ecdsa -b 521",
                             "-t rsa -b 1024", "-t rsa -b 2048", "-t rsa -b 3072"}) {
        for (const char *format : {"", " -m PEM", " -m PKCS8"}) {
            // ssh-keygen writes ed25519 keys in its own format whatever -m says.
            const bool isPem = *format != '\0' && !QByteArray(type).contains("ed25519");
            for (const bool encrypted : {false, true}) {
                QTest::addRow("%s%s%s", type, format, encrypted ? " encrypted" : "")
                    << QString::fromLatin1(type) + QString::fromLatin1(format) +
                           QStringLiteral(" -a 2 -C me@here")
                    << encrypted << isPem;
            }
        }
    }
}

void tst_PrivateKeys::sshKeygensFilesAreRead()
{
    QFETCH(QString, arguments);
    QFETCH(bool, encrypted);
    QFETCH(bool, isPem);
    const QString path = keygen(arguments, encrypted ? passphrase : QByteArray());
    QVERIFY(!path.isEmpty());
    const Result<PublicKey> expected = parsePublicKey(readAll(path + QStringLiteral(".pub")));
    QVERIFY(expected);
    QCOMPARE(isPem, !readAll(path).contains("BEGIN OPENSSH"));
    checkFile(path, encrypted ? passphrase : QByteArray(), *expected, encrypted,
              !isPem || !encrypted);
    QCOMPARE(ourLine(*expected), keygenLine(path));
}

void tst_PrivateKeys::sshKeygensCiphersAreRead_data()
{
    QTest::addColumn<QString>("cipher");
    for (const char *cipher : {"aes128-ctr", "aes192-ctr", "aes256-ctr", "aes128-cbc", "aes192-cbc",
                               "aes256-cbc", "3des-cbc", "aes128-gcm@openssh.com",
                               "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com"})
        QTest::newRow(cipher) << QString::fromLatin1(cipher);
}

void tst_PrivateKeys::sshKeygensCiphersAreRead()
{
    QFETCH(QString, cipher);
    for (const char *type : {"-t ed25519", "-t rsa -b 2048"}) {
        const QString path = keygen(
            QStringLiteral("-a 1 -Z %1 ").arg(cipher) + QString::fromLatin1(type), passphrase);
        QVERIFY(!path.isEmpty());
        checkFile(path, passphrase, *parsePublicKey(readAll(path + QStringLiteral(".pub"))), true,
                  true);
    }
}

void tst_PrivateKeys::opensslsFilesAreRead_data()
{
    QTest::addColumn<QString>("make");
    QTest::addColumn<QString>("convert");
    QTest::addColumn<KeyFormat>("format");
    const auto rsa = QStringLiteral("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048");
    const auto ec = QStringLiteral("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384");
    const auto named = QStringLiteral("ecparam -name prime256v1 -genkey");
    const auto ed = QStringLiteral("genpkey -algorithm ED25519");
    const auto row = [](const char *name, const QString &make, const char *convert,
                        KeyFormat format) {
        QTest::newRow(name) << make << QString::fromLatin1(convert) << format;
    };
    row("ed25519 pkcs8", ed, "", KeyFormat::Pkcs8);
    row("ed25519 pkcs8 aes", ed, "pkcs8 -topk8 -v2 aes-256-cbc", KeyFormat::Pkcs8);
    row("rsa pkcs8", rsa, "", KeyFormat::Pkcs8);
    row("rsa pkcs1", rsa, "rsa -traditional", KeyFormat::Pem);
    row("rsa pkcs1 aes", rsa, "rsa -traditional -aes128", KeyFormat::Pem);
    row("rsa pkcs1 3des", rsa, "rsa -traditional -des3", KeyFormat::Pem);
    row("rsa pkcs8 scrypt", rsa, "pkcs8 -topk8 -scrypt", KeyFormat::Pkcs8);
    row("rsa pkcs8 3des", rsa, "pkcs8 -topk8 -v2 des3", KeyFormat::Pkcs8);
    row("rsa pkcs8 sha512", rsa, "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA512",
        KeyFormat::Pkcs8);
    row("rsa pkcs8 pkcs12", rsa, "pkcs8 -topk8 -v1 PBE-SHA1-3DES", KeyFormat::Pkcs8);
    row("ec pkcs8", ec, "", KeyFormat::Pkcs8);
    row("ec pkcs8 aes", ec, "pkcs8 -topk8 -iter 5000", KeyFormat::Pkcs8);
    row("ec sec1", ec, "ec", KeyFormat::Pem);
    row("ec sec1 aes", ec, "ec -aes256", KeyFormat::Pem);
    row("ec sec1 after its parameters", named, "", KeyFormat::Pem);
    row("ec sec1 without its public key", named, "ec -no_public", KeyFormat::Pem);
    row("ec sec1 compressed", named, "ec -conv_form compressed", KeyFormat::Pem);
}

void tst_PrivateKeys::opensslsFilesAreRead()
{
    NEED_TOOL("openssl");
    QFETCH(QString, make);
    QFETCH(QString, convert);
    QFETCH(KeyFormat, format);
    const Ran plain = run(QStringLiteral("openssl"), words(make));
    QVERIFY2(plain.code == 0, plain.err.constData());
    const QString path = m_dir.filePath(QStringLiteral("openssl%1").arg(++m_count));
    QVERIFY(writeAll(path, plain.out));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    // What ssh-keygen says of the key before it is encrypted; it reads no ed25519 in PKCS#8.
    const QByteArray line =
        run(QStringLiteral("ssh-keygen"), {QStringLiteral("-y"), QStringLiteral("-f"), path}).out;
    Result<PublicKey> expected = parsePublicKey(line);
    if (!expected && make.contains(QStringLiteral("ED25519"))) {
        const Ran der = run(QStringLiteral("openssl"),
                            words(QStringLiteral("pkey -pubout -outform DER")), plain.out);
        expected = publicKeyFromBlob(QByteArray::fromHex("0000000b7373682d6564323535313900000020") +
                                     der.out.right(32));
    }
    QVERIFY(expected);
    const bool encrypted = convert.contains(QStringLiteral("topk8")) ||
                           convert.contains(QStringLiteral("aes")) ||
                           convert.contains(QStringLiteral("des3"));
    if (!convert.isEmpty()) {
        QStringList arguments = words(convert);
        if (encrypted)
            arguments << QStringLiteral("-passout")
                      << QStringLiteral("pass:") + QString::fromUtf8(passphrase);
        const Ran converted = run(QStringLiteral("openssl"), arguments, plain.out);
        QVERIFY2(converted.code == 0, converted.err.constData());
        QVERIFY(writeAll(path, converted.out));
    }
    QCOMPARE(readKeyFile(path)->format, format);
    checkFile(path, encrypted ? passphrase : QByteArray(), *expected, encrypted, !encrypted);
}

void tst_PrivateKeys::puttygensFilesAreRead_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("parameters");
    QTest::addColumn<bool>("encrypted");
    for (const char *type : {"-t ed25519", "-t ecdsa -b 256", "-t ecdsa -b 384", "-t ecdsa -b 521",
                             "-t rsa -b 2048"}) {
        for (const char *version : {"version=2", "version=3,memory=1024,passes=2"}) {
            for (const bool encrypted : {false, true})
                QTest::addRow("%s %s%s", type, version, encrypted ? " encrypted" : "")
                    << QString::fromLatin1(type) << QString::fromLatin1(version) << encrypted;
        }
    }
    for (const char *parameters : {"version=3", "version=3,kdf=argon2i", "version=3,kdf=argon2d",
                                   "version=3,memory=1024,passes=3,parallelism=3"})
        QTest::addRow("%s", parameters)
            << QStringLiteral("-t ed25519") << QString::fromLatin1(parameters) << true;
}

void tst_PrivateKeys::puttygensFilesAreRead()
{
    NEED_TOOL("puttygen");
    QFETCH(QString, type);
    QFETCH(QString, parameters);
    QFETCH(bool, encrypted);
    const QString path = m_dir.filePath(QStringLiteral("putty%1.ppk").arg(++m_count));
    const QString phraseFile = m_dir.filePath(QStringLiteral("phrase"));
    QVERIFY(writeAll(phraseFile, encrypted ? passphrase + '\n' : QByteArray()));
    const Ran made =
        run(QStringLiteral("puttygen"),
            words(type) +
                QStringList{QStringLiteral("-q"), QStringLiteral("-C"), QStringLiteral("putty key"),
                            QStringLiteral("-o"), path, QStringLiteral("--new-passphrase"),
                            phraseFile, QStringLiteral("--ppk-param"), parameters,
                            QStringLiteral("--random-device"), QStringLiteral("/dev/urandom")});
    QVERIFY2(made.code == 0, made.err.constData());
    QVERIFY(readAll(path).startsWith("PuTTY-User-Key-File-" + parameters.mid(8, 1).toLatin1()));
    const Result<PublicKey> expected =
        parsePublicKey(run(QStringLiteral("puttygen"), {QStringLiteral("-L"), path}).out);
    QVERIFY(expected);
    checkFile(path, encrypted ? passphrase : QByteArray(), *expected, encrypted, true);
    // As Windows' programs write it.
    const QByteArray crlf = readAll(path).replace("\r\n", "\n").replace("\n", "\r\n");
    const Result<KeyFile> windows = inspectKey(secret(crlf));
    QVERIFY(windows);
    QVERIFY(unlockKey(*windows, secret(encrypted ? passphrase : QByteArray())));
}

void tst_PrivateKeys::sshKeygenReadsWhatWeWrite_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<int>("bits");
    QTest::newRow("ed25519") << KeyType::Ed25519 << 0;
    QTest::newRow("ecdsa 256") << KeyType::Ecdsa256 << 0;
    QTest::newRow("ecdsa 384") << KeyType::Ecdsa384 << 0;
    QTest::newRow("ecdsa 521") << KeyType::Ecdsa521 << 0;
    QTest::newRow("rsa 2048") << KeyType::Rsa << 2048;
    QTest::newRow("rsa 3072") << KeyType::Rsa << 3072;
}

void tst_PrivateKeys::sshKeygenReadsWhatWeWrite()
{
    QFETCH(KeyType, type);
    QFETCH(int, bits);
    const Result<PrivateKey> key = generateKey({type, bits}, "someone's own");
    QVERIFY(key);
    for (const QByteArray &phrase : {QByteArray(), passphrase}) {
        const QString path = m_dir.filePath(QStringLiteral("ours%1").arg(++m_count));
        const Result<SecretBytes> text = toOpenSsh(*key, secret(phrase));
        QVERIFY(text);
        QVERIFY(writeAll(path, text->view().toByteArray()));
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
        const Ran line = run(QStringLiteral("ssh-keygen"),
                             {QStringLiteral("-y"), QStringLiteral("-P"), QString::fromUtf8(phrase),
                              QStringLiteral("-f"), path});
        QCOMPARE(line.out.trimmed(), key->publicKey.line());
        if (phrase.isEmpty())
            QCOMPARE(keygenLine(path), ourLine(key->publicKey));
        const Ran wrong =
            run(QStringLiteral("ssh-keygen"), {QStringLiteral("-y"), QStringLiteral("-P"),
                                               QStringLiteral("nope"), QStringLiteral("-f"), path});
        QCOMPARE(wrong.code == 0, phrase.isEmpty());
        // ssh-keygen's own rewriting of it is read again.
        const Ran changed =
            run(QStringLiteral("ssh-keygen"),
                {QStringLiteral("-p"), QStringLiteral("-P"), QString::fromUtf8(phrase),
                 QStringLiteral("-N"), QStringLiteral("another"), QStringLiteral("-a"),
                 QStringLiteral("2"), QStringLiteral("-f"), path});
        QVERIFY2(changed.code == 0, changed.err.constData());
        const Result<PrivateKey> again = unlockKey(*readKeyFile(path), secret("another"));
        QVERIFY(again);
        QCOMPARE(*again, *key);
    }
    // openssl, by way of ssh-keygen's conversion: the numbers themselves.
    const QString path = m_dir.filePath(QStringLiteral("ours%1").arg(++m_count));
    QVERIFY(writeAll(path, toOpenSsh(*key, {})->view().toByteArray()));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    if (type == KeyType::Ed25519)
        return;
    const Ran pem = run(QStringLiteral("ssh-keygen"),
                        {QStringLiteral("-p"), QStringLiteral("-m"), QStringLiteral("PEM"),
                         QStringLiteral("-P"), QString(), QStringLiteral("-N"), QString(),
                         QStringLiteral("-f"), path});
    QVERIFY2(pem.code == 0, pem.err.constData());
    const Ran checked =
        run(QStringLiteral("openssl"), {QStringLiteral("pkey"), QStringLiteral("-check"),
                                        QStringLiteral("-noout"), QStringLiteral("-in"), path});
    QVERIFY2(checked.code == 0, checked.err.constData());
}

void tst_PrivateKeys::theUnusableIsSaid_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("why");
    const QString key = keygen(QStringLiteral("-t ed25519"));
    const QByteArray file = readAll(key);
    const QByteArray publicLine = readAll(key + QStringLiteral(".pub"));
    QTest::newRow("nothing") << QByteArray() << QStringLiteral("no private key");
    QTest::newRow("text") << QByteArray("Host *\n  User me\n") << QStringLiteral("no private key");
    QTest::newRow("public") << publicLine << QStringLiteral("has no .pub");
    QTest::newRow("public pem") << run(QStringLiteral("openssl"),
                                       words(QStringLiteral("pkey -pubout")),
                                       run(QStringLiteral("openssl"),
                                           words(QStringLiteral("genpkey -algorithm ED25519")))
                                           .out)
                                       .out
                                << QStringLiteral("public key");
    run(QStringLiteral("ssh-keygen"),
        {QStringLiteral("-q"), QStringLiteral("-s"), key, QStringLiteral("-I"),
         QStringLiteral("id"), key + QStringLiteral(".pub")});
    QTest::newRow("certificate") << readAll(key + QStringLiteral("-cert.pub"))
                                 << QStringLiteral("certificate");
    const QString dsa = keygen(QStringLiteral("-t dsa"));
    if (!dsa.isEmpty()) {
        QTest::newRow("dsa") << readAll(dsa) << QStringLiteral("DSA");
        QTest::newRow("dsa pem") << readAll(keygen(QStringLiteral("-t dsa -m PEM")))
                                 << QStringLiteral("DSA");
        QTest::newRow("dsa pkcs8")
            << readAll(keygen(QStringLiteral("-t dsa -m PKCS8"))) << QStringLiteral("DSA");
    }
    QTest::newRow("ed448")
        << run(QStringLiteral("openssl"), words(QStringLiteral("genpkey -algorithm ED448"))).out
        << QStringLiteral("no such type");
    QTest::newRow("secp256k1") << run(QStringLiteral("openssl"),
                                      words(QStringLiteral("ecparam -name secp256k1 -genkey")))
                                      .out
                               << QStringLiteral("curve");
    QTest::newRow("rsa 512")
        << run(QStringLiteral("openssl"), words(QStringLiteral("genrsa 512"))).out
        << QStringLiteral("1024");
    QTest::newRow("cut") << file.first(file.size() / 2) << QStringLiteral("end of the key");
    QTest::newRow("ssh.com") << QByteArray("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n")
                             << QStringLiteral("ssh.com");
    QTest::newRow("ppk 1") << QByteArray("PuTTY-User-Key-File-1: ssh-rsa\n")
                           << QStringLiteral("version");
    QTest::newRow("ppk dsa") << QByteArray("PuTTY-User-Key-File-3: ssh-dss\n")
                             << QStringLiteral("DSA");
    // A key on a security key, as ssh-keygen -t ed25519-sk writes it: only the public part counts.
    QByteArray body("openssh-key-v1\0\0\0\0\4none\0\0\0\4none\0\0\0\0\0\0\0\1\0\0\0\x4a", 43);
    body += QByteArray("\0\0\0\x1ask-ssh-ed25519@openssh.com\0\0\0\x20", 34) + QByteArray(32, 'k') +
            QByteArray("\0\0\0\4ssh:\0\0\0\0", 12);
    QTest::newRow("sk") << "-----BEGIN OPENSSH PRIVATE KEY-----\n" + body.toBase64() +
                               "\n-----END OPENSSH PRIVATE KEY-----\n"
                        << QStringLiteral("security key");
    // Both lines share their dashes.
    QTest::newRow("no room for a key")
        << QByteArray("-----BEGIN OPENSSH PRIVATE KEY-----END OPENSSH PRIVATE KEY-----\n")
        << QStringLiteral("end of the key");
}

void tst_PrivateKeys::theUnusableIsSaid()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, why);
    const Result<KeyFile> file = inspectKey(secret(text));
    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::KeyUnusable);
    QVERIFY2(file.error().detail.contains(why), qPrintable(file.error().detail));
}

void tst_PrivateKeys::partsOfTwoKeysAreRefused()
{
    // A public half that is another key's would sign in as somebody else.
    for (const KeyType type : {KeyType::Ed25519, KeyType::Ecdsa256, KeyType::Rsa}) {
        const PrivateKey one = *generateKey({type, 2048}, "one");
        const PrivateKey other = *generateKey({type, 2048}, "one");
        const PrivateKey mixed{other.publicKey, one.fields};
        const Result<SecretBytes> text = toOpenSsh(mixed, {});
        QVERIFY(text);
        const Result<KeyFile> file = inspectKey(*text);
        QVERIFY(!file);
        QCOMPARE(file.error().code, ErrorCode::KeyUnusable);
    }
}

void tst_PrivateKeys::cutFilesNeverCrash_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("phrase");
    const auto row = [this](const char *name, const char *arguments, const QByteArray &phrase) {
        QTest::newRow(name) << readAll(keygen(QString::fromLatin1(arguments), phrase)) << phrase;
    };
    row("ed25519", "-t ed25519 -C c", {});
    row("ecdsa", "-t ecdsa -C c", {});
    row("rsa", "-t rsa -b 1024 -C c", {});
    row("encrypted", "-t ed25519 -a 1", passphrase);
    row("chacha", "-t ed25519 -a 1 -Z chacha20-poly1305@openssh.com", passphrase);
    row("rsa pem", "-t rsa -b 1024 -m PEM", {});
    row("rsa pem encrypted", "-t rsa -b 1024 -m PEM", passphrase);
    row("ecdsa pem", "-t ecdsa -m PEM", {});
    row("ecdsa pkcs8", "-t ecdsa -m PKCS8", {});
    row("ecdsa pkcs8 encrypted", "-t ecdsa -m PKCS8", passphrase);
    if (missing(QStringLiteral("puttygen")))
        return;
    const QString phraseFile = m_dir.filePath(QStringLiteral("phrase"));
    for (const char *parameters : {"version=2", "version=3,memory=64,passes=1"}) {
        for (const QByteArray &phrase : {QByteArray(), passphrase}) {
            const QString path = m_dir.filePath(QStringLiteral("cut%1.ppk").arg(++m_count));
            QVERIFY(writeAll(phraseFile, phrase));
            run(QStringLiteral("puttygen"),
                {QStringLiteral("-t"), QStringLiteral("ed25519"), QStringLiteral("-q"),
                 QStringLiteral("-o"), path, QStringLiteral("--new-passphrase"), phraseFile,
                 QStringLiteral("--ppk-param"), QString::fromLatin1(parameters),
                 QStringLiteral("--random-device"), QStringLiteral("/dev/urandom")});
            QTest::addRow("ppk %s%s", parameters, phrase.isEmpty() ? "" : " encrypted")
                << readAll(path) << phrase;
        }
    }
}

void tst_PrivateKeys::cutFilesNeverCrash()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, phrase);
    QVERIFY(!text.isEmpty());
    const PrivateKey whole = *unlockKey(*inspectKey(secret(text)), secret(phrase));
    const auto tryOne = [&](const QByteArray &bytes) {
        const Result<KeyFile> file = inspectKey(secret(bytes));
        if (!file)
            return file.error().code == ErrorCode::KeyUnusable;
        const Result<PrivateKey> key = unlockKey(*file, secret(phrase));
        // Whatever still reads is the same key: damage is never another key.
        return key ? key->publicKey.isSameKey(whole.publicKey) && key->fields == whole.fields
                   : key.error().code == ErrorCode::KeyUnusable ||
                         key.error().code == ErrorCode::KeyPassphraseNeeded;
    };
    for (qsizetype size = 0; size < text.size(); ++size)
        QVERIFY2(tryOne(text.first(size)), qPrintable(QString::number(size)));
    const int step = phrase.isEmpty() ? 1 : support::unlessSanitized(1, 7); // bcrypt and argon2
    for (qsizetype at = 0; at < text.size(); at += step) {
        QByteArray damaged = text;
        damaged[at] = char(damaged[at] == 'B' ? 'C' : 'B');
        QVERIFY2(tryOne(damaged), qPrintable(QString::number(at)));
        if (!phrase.isEmpty() && at % 7 != 0)
            continue;
        damaged.remove(at, 1);
        QVERIFY2(tryOne(damaged), qPrintable(QString::number(at)));
    }
    if (!text.contains("BEGIN OPENSSH"))
        return;
    // And the bytes inside: base64 hides most of them from the loop above.
    const QByteArray begin("-----BEGIN OPENSSH PRIVATE KEY-----\n");
    const QByteArray end("-----END OPENSSH PRIVATE KEY-----\n");
    const QByteArray body = QByteArray::fromBase64(text.mid(begin.size()).chopped(end.size()));
    for (qsizetype at = 0; at < body.size(); ++at) {
        for (const char flip : {'\x01', '\x80', '\xff'}) {
            QByteArray damaged = body;
            damaged[at] = char(damaged[at] ^ flip);
            // The number of rounds is work, not form.
            const Result<KeyFile> file =
                inspectKey(secret(begin + damaged.toBase64() + '\n' + end));
            if (!file)
                continue;
            const auto cancelled = std::make_shared<std::atomic_bool>(file->encrypted);
            const Result<PrivateKey> key = unlockKey(*file, secret(phrase), cancelled);
            QVERIFY(!key || key->publicKey.isSameKey(whole.publicKey));
        }
    }
}

void tst_PrivateKeys::workIsBounded()
{
    // A file may not cost hours because it says so.
    QByteArray text = readAll(keygen(QStringLiteral("-t ed25519 -a 1"), passphrase));
    const QByteArray begin("-----BEGIN OPENSSH PRIVATE KEY-----\n");
    const QByteArray end("-----END OPENSSH PRIVATE KEY-----\n");
    QByteArray body = QByteArray::fromBase64(text.mid(begin.size()).chopped(end.size()));
    const qsizetype rounds = 15 + 4 + 10 + 4 + 6 + 4 + 4 + 16;
    QCOMPARE(body.mid(rounds, 4), QByteArray("\0\0\0\1", 4));
    body[rounds] = '\x7f';
    QVERIFY(!inspectKey(secret(begin + body.toBase64() + '\n' + end)));
    NEED_TOOL("puttygen");
    const QString path = m_dir.filePath(QStringLiteral("bounded.ppk"));
    const QString phraseFile = m_dir.filePath(QStringLiteral("phrase"));
    QVERIFY(writeAll(phraseFile, passphrase));
    run(QStringLiteral("puttygen"),
        {QStringLiteral("-t"), QStringLiteral("ed25519"), QStringLiteral("-q"),
         QStringLiteral("-o"), path, QStringLiteral("--new-passphrase"), phraseFile,
         QStringLiteral("--random-device"), QStringLiteral("/dev/urandom")});
    const QByteArray ppk = readAll(path);
    for (const auto &[name, value] :
         {std::pair<QByteArray, QByteArray>{"Argon2-Memory", "4294967295"},
          {"Argon2-Passes", "4294967295"},
          {"Argon2-Parallelism", "16777215"}}) {
        QByteArray greedy = ppk;
        const qsizetype at = greedy.indexOf(name) + name.size() + 2;
        greedy.replace(at, greedy.indexOf('\n', at) - at, value);
        const Result<KeyFile> file = inspectKey(secret(greedy));
        QVERIFY(file);
        const Result<PrivateKey> key = unlockKey(*file, secret(passphrase));
        QVERIFY(!key);
        QCOMPARE(key.error().code, ErrorCode::KeyUnusable);
    }
    const QByteArray pem =
        run(QStringLiteral("openssl"),
            words(QStringLiteral("pkcs8 -topk8 -iter 8388609 -passout pass:x")),
            run(QStringLiteral("openssl"), words(QStringLiteral("genpkey -algorithm ED25519"))).out)
            .out;
    QByteArray inner = QByteArray::fromBase64(
        pem.mid(pem.indexOf('\n')).left(pem.indexOf("-----END") - pem.indexOf('\n')));
    QVERIFY(inner.contains(QByteArray::fromHex("020400800001")));
    inner.replace(QByteArray::fromHex("020400800001"), QByteArray::fromHex("02047f800001"));
    const Result<KeyFile> file =
        inspectKey(secret("-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + inner.toBase64() +
                          "\n-----END ENCRYPTED PRIVATE KEY-----\n"));
    QVERIFY(file);
    const Result<PrivateKey> key = unlockKey(*file, secret("x"));
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::KeyUnusable);
}

void tst_PrivateKeys::cancelStopsTheWork()
{
    const auto cancelled = std::make_shared<std::atomic_bool>(true);
    QCOMPARE(bcryptPbkdf("x", "salt", 1000000, 48, cancelled).error().code, ErrorCode::Cancelled);
    QCOMPARE(generateKey({KeyType::Rsa, 8192}, "x", cancelled).error().code, ErrorCode::Cancelled);
    QCOMPARE(generateKey({KeyType::Rsa, 512}, "x").error().code, ErrorCode::Unsupported);
    QCOMPARE(generateKey({KeyType::Dsa, 0}, "x").error().code, ErrorCode::Unsupported);
}

QTEST_GUILESS_MAIN(tst_PrivateKeys)
#include "tst_PrivateKeys.moc"
