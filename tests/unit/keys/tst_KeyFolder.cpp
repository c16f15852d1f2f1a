// SPDX-License-Identifier: GPL-3.0-or-later
// Key files on disk: made, listed, changed, imported, and what is odd in a folder.
#include "tests/unit/keys/KeyTools.h"

#include "core/keys/KeyFolder.h"

#include <QDir>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#endif

using namespace core;
using namespace core::keys;
using namespace keytools;

namespace {

SecretBytes secret(const QByteArray &bytes)
{
    return SecretBytes(QByteArrayView(bytes));
}

constexpr auto mode0600 = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;

} // namespace

class tst_KeyFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void aNewKeyIsTheUsersAlone();
    void nothingIsWrittenOver_data();
    void nothingIsWrittenOver();
    void nothingHalfIsLeft();
    void freeNamesAreFound();
    void thePassphraseChanges();
    void aLinkStaysALink();
    void commentsOfPemComeFromThePublicFile();
    void everyFormatIsImported();
    void thePublicKeyIsFound();
    void keysAreExportedAndRemoved();
    void theFolderIsListed();
    void oddFoldersAreBounded();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir->filePath(name); }
    QString keygen(const QString &name, const QString &arguments);

    std::unique_ptr<QTemporaryDir> m_dir;
};

void tst_KeyFolder::initTestCase()
{
    NEED_TOOL("ssh-keygen");
}

void tst_KeyFolder::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

QString tst_KeyFolder::keygen(const QString &name, const QString &arguments)
{
    const Ran ran =
        run(QStringLiteral("ssh-keygen"),
            QStringList{QStringLiteral("-q"), QStringLiteral("-f"), path(name)} + words(arguments));
    return ran.code == 0 ? path(name) : QString();
}

void tst_KeyFolder::aNewKeyIsTheUsersAlone()
{
    const PrivateKey key = *generateKey({}, "new key");
    const QString file = path(QStringLiteral("home/.ssh/id"));
#ifdef Q_OS_UNIX
    const mode_t before = ::umask(0077);
#endif
    const Result<KeyEntry> saved = saveNewKey(key, file, secret("phrase"));
#ifdef Q_OS_UNIX
    ::umask(before);
#endif
    QVERIFY2(saved, saved ? "" : qPrintable(saved.error().detail));
    QCOMPARE(saved->path, file);
    QCOMPARE(saved->publicKey, std::optional(key.publicKey));
    QVERIFY(saved->encrypted);
    QVERIFY(saved->hasPublicFile);
    QCOMPARE(saved->problem, KeyProblem::None);
#ifdef Q_OS_UNIX
    QCOMPARE(QFile::permissions(file), mode0600);
    QCOMPARE(QFile::permissions(publicPathOf(file)),
             mode0600 | QFile::ReadGroup | QFile::ReadOther);
    QCOMPARE(QFile::permissions(path(QStringLiteral("home/.ssh"))),
             mode0600 | QFile::ExeOwner | QFile::ExeUser);
#endif
    QCOMPARE(readAll(publicPathOf(file)), key.publicKey.line() + '\n');
    QCOMPARE(keygenLine(file), ourLine(key.publicKey));
    const Ran opened =
        run(QStringLiteral("ssh-keygen"), {QStringLiteral("-y"), QStringLiteral("-P"),
                                           QStringLiteral("phrase"), QStringLiteral("-f"), file});
    QCOMPARE(opened.out.trimmed(), key.publicKey.line());
}

void tst_KeyFolder::nothingIsWrittenOver_data()
{
    QTest::addColumn<QString>("there");
    QTest::newRow("the private file") << QStringLiteral("id");
    QTest::newRow("the public file") << QStringLiteral("id.pub");
}

void tst_KeyFolder::nothingIsWrittenOver()
{
    QFETCH(QString, there);
    const PrivateKey key = *generateKey({}, "c");
    QVERIFY(writeAll(path(there), "precious"));
    const Result<KeyEntry> saved = saveNewKey(key, path(QStringLiteral("id")), {});
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::Usage);
    QCOMPARE(saved.error().step, Step::Key);
    QVERIFY(saved.error().detail.contains(path(there)));
    QCOMPARE(readAll(path(there)), QByteArray("precious"));
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files), QStringList{there});
#ifdef Q_OS_UNIX
    // A link to nowhere would send the key somewhere else.
    QFile::remove(path(there));
    QVERIFY(QFile::link(path(QStringLiteral("elsewhere")), path(there)));
    QVERIFY(!saveNewKey(key, path(QStringLiteral("id")), {}));
    QVERIFY(!QFileInfo::exists(path(QStringLiteral("elsewhere"))));
#endif
}

void tst_KeyFolder::nothingHalfIsLeft()
{
#ifdef Q_OS_UNIX
    const PrivateKey key = *generateKey({}, "c");
    // The name is the longest that a file can have: its .pub can't be made.
    const QString longest = path(QString(255, u'k'));
    const Result<KeyEntry> saved = saveNewKey(key, longest, {});
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::LocalIo);
    QVERIFY(QDir(m_dir->path()).isEmpty());
    // Cancelled while the passphrase is worked in.
    const auto cancelled = std::make_shared<std::atomic_bool>(true);
    const Result<KeyEntry> stopped =
        saveNewKey(key, path(QStringLiteral("id")), secret("x"), cancelled);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QVERIFY(QDir(m_dir->path()).isEmpty());
#else
    QSKIP("the limits of names differ here");
#endif
}

void tst_KeyFolder::freeNamesAreFound()
{
    const auto next = [this] { return freeKeyPath(m_dir->path(), QStringLiteral("id")); };
    QCOMPARE(next(), path(QStringLiteral("id")));
    QVERIFY(writeAll(path(QStringLiteral("id")), "x"));
    QCOMPARE(next(), path(QStringLiteral("id-2")));
    QVERIFY(writeAll(path(QStringLiteral("id-2.pub")), "x"));
    QCOMPARE(next(), path(QStringLiteral("id-3")));
    QCOMPARE(expandKeyPath(QStringLiteral("~/a/../b")), QDir::homePath() + QStringLiteral("/b"));
}

void tst_KeyFolder::thePassphraseChanges()
{
    const QString file =
        keygen(QStringLiteral("id"), QStringLiteral("-t ecdsa -a 2 -N old-one -C me"));
    const PublicKey key = *parsePublicKey(readAll(publicPathOf(file)));
    const QByteArray before = readAll(file);
    const Result<KeyEntry> wrong = changePassphrase(file, secret("nope"), secret("new-one"));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::KeyPassphraseNeeded);
    QCOMPARE(readAll(file), before);
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner)); // 0400 is kept
    const Result<KeyEntry> changed = changePassphrase(file, secret("old-one"), secret("new-one"));
    QVERIFY2(changed, changed ? "" : qPrintable(changed.error().detail));
    QVERIFY(changed->encrypted);
#ifdef Q_OS_UNIX
    QVERIFY(!QFile::permissions(file).testFlag(QFile::WriteOwner));
    QVERIFY(!QFile::permissions(file).testFlag(QFile::ReadGroup));
#endif
    const auto opens = [&](const char *phrase) {
        return run(QStringLiteral("ssh-keygen"),
                   {QStringLiteral("-y"), QStringLiteral("-P"), QString::fromLatin1(phrase),
                    QStringLiteral("-f"), file})
                   .out.trimmed() == key.line();
    };
    QVERIFY(opens("new-one"));
    QVERIFY(!opens("old-one"));
    const Result<KeyEntry> open = changePassphrase(file, secret("new-one"), {});
    QVERIFY(open);
    QVERIFY(!open->encrypted);
    QCOMPARE(open->publicKey, std::optional(key)); // with its comment
    QVERIFY(opens(""));
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 2);
}

void tst_KeyFolder::aLinkStaysALink()
{
    const QString file = keygen(QStringLiteral("real"), QStringLiteral("-t ed25519 -N ''"));
    QVERIFY(QFile::link(file, path(QStringLiteral("link"))));
    QVERIFY(changePassphrase(path(QStringLiteral("link")), {}, secret("new-one")));
    QVERIFY(QFileInfo(path(QStringLiteral("link"))).isSymLink());
    QVERIFY(readKeyFile(file)->encrypted);
}

void tst_KeyFolder::commentsOfPemComeFromThePublicFile()
{
    const QString file =
        keygen(QStringLiteral("id"), QStringLiteral("-t rsa -b 2048 -m PEM -N old-one -C kept"));
    const Result<KeyEntry> changed = changePassphrase(file, secret("old-one"), secret("new-one"));
    QVERIFY(changed);
    QCOMPARE(changed->format, KeyFormat::OpenSsh);
    QCOMPARE(unlockKey(*readKeyFile(file), secret("new-one"))->publicKey.comment,
             QByteArray("kept"));
}

void tst_KeyFolder::everyFormatIsImported()
{
    for (const char *format : {"-t ed25519", "-t rsa -b 2048 -m PEM", "-t ecdsa -m PKCS8"}) {
        const QString source = keygen(QString::fromLatin1(format).replace(u' ', u'_'),
                                      QString::fromLatin1(format) + QStringLiteral(" -N old-one"));
        const QString target = source + QStringLiteral("-imported");
        const QByteArray before = readAll(source);
        QVERIFY(!importKey(source, {}, target, {}));
        QVERIFY(!QFileInfo::exists(target));
        const Result<KeyEntry> imported =
            importKey(source, secret("old-one"), target, secret("new-one"), "given");
        QVERIFY2(imported, imported ? "" : qPrintable(imported.error().detail));
        QCOMPARE(imported->format, KeyFormat::OpenSsh);
        QCOMPARE(imported->publicKey->comment, QByteArray("given"));
        QVERIFY(imported->publicKey->isSameKey(*parsePublicKey(readAll(publicPathOf(source)))));
        QVERIFY(imported->encrypted);
        QCOMPARE(readAll(source), before);
    }
    const Result<KeyEntry> missing =
        importKey(path(QStringLiteral("nowhere")), {}, path(QStringLiteral("x")), {});
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::NotFound);
}

void tst_KeyFolder::thePublicKeyIsFound()
{
    const QString file =
        keygen(QStringLiteral("id"), QStringLiteral("-t rsa -b 2048 -m PEM -N old-one -C me"));
    const PublicKey key = *parsePublicKey(readAll(publicPathOf(file)));
    QCOMPARE(*publicKeyOf(file), key); // from the .pub
    QVERIFY(QFile::remove(publicPathOf(file)));
    const Result<PublicKey> locked = publicKeyOf(file);
    QVERIFY(!locked);
    QCOMPARE(locked.error().code, ErrorCode::KeyPassphraseNeeded);
    QVERIFY(publicKeyOf(file, secret("old-one"))->isSameKey(key));
    QVERIFY(writeAll(path(QStringLiteral("config")), "Host *\n"));
    QCOMPARE(publicKeyOf(path(QStringLiteral("config"))).error().code, ErrorCode::KeyUnusable);
    QCOMPARE(publicKeyOf(m_dir->path()).error().code, ErrorCode::NotFound);
}

void tst_KeyFolder::keysAreExportedAndRemoved()
{
    const PrivateKey key = *generateKey({}, "c");
    const QString file = path(QStringLiteral("id"));
    QVERIFY(saveNewKey(key, file, {}));
    const QString copy = path(QStringLiteral("for-the-console.pub"));
    QVERIFY(exportPublicKey(key.publicKey, copy));
    QCOMPARE(readAll(copy), key.publicKey.line() + '\n');
    QCOMPARE(exportPublicKey(key.publicKey, copy).error().code, ErrorCode::Usage);
    QVERIFY(removeKey(file));
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files),
             QStringList{QStringLiteral("for-the-console.pub")});
    QCOMPARE(removeKey(file).error().code, ErrorCode::NotFound);
}

void tst_KeyFolder::theFolderIsListed()
{
    keygen(QStringLiteral("a_plain"), QStringLiteral("-t ed25519 -N '' -C first"));
    keygen(QStringLiteral("b_locked"), QStringLiteral("-t ecdsa -N old-one -a 1 -C second"));
    keygen(QStringLiteral("c_pem"), QStringLiteral("-t rsa -b 2048 -m PEM -N old-one -C third"));
    keygen(QStringLiteral("d_alone"), QStringLiteral("-t rsa -b 2048 -m PEM -N old-one"));
    QFile::remove(path(QStringLiteral("d_alone.pub")));
    keygen(QStringLiteral("e_open"), QStringLiteral("-t ed25519 -N ''"));
    QVERIFY(QFile::setPermissions(path(QStringLiteral("e_open")), mode0600 | QFile::ReadGroup));
    QVERIFY(writeAll(path(QStringLiteral("f_broken")),
                     readAll(path(QStringLiteral("a_plain"))).left(200)));
    QVERIFY(writeAll(path(QStringLiteral("known_hosts")), "host ssh-rsa AAAA\n"));
    QVERIFY(writeAll(path(QStringLiteral("config")), "Host *\n"));
    QVERIFY(writeAll(path(QStringLiteral("empty")), ""));
    // Another key's .pub tells nothing.
    keygen(QStringLiteral("g_other"), QStringLiteral("-t ed25519 -N '' -C own"));
    QVERIFY(writeAll(path(QStringLiteral("g_other.pub")),
                     readAll(path(QStringLiteral("a_plain.pub")))));

    const QStringList names{QStringLiteral("a_plain"), QStringLiteral("b_locked"),
                            QStringLiteral("c_pem"),   QStringLiteral("d_alone"),
                            QStringLiteral("e_open"),  QStringLiteral("f_broken"),
                            QStringLiteral("g_other")};
    const std::vector<KeyEntry> found =
        listKeys({m_dir->path(), QStringLiteral("/no/such/folder")},
                 {path(QStringLiteral("a_plain")), path(QStringLiteral("nothing"))});
    QStringList foundNames;
    for (const KeyEntry &entry : found)
        foundNames.append(QFileInfo(entry.path).fileName());
    QCOMPARE(foundNames, names);
    QCOMPARE(ourLine(*found[0].publicKey), keygenLine(found[0].path));
    QVERIFY(!found[0].encrypted);
    QCOMPARE(found[0].modified, QFileInfo(found[0].path).lastModified().toUTC());
    QVERIFY(found[1].encrypted);
    QCOMPARE(ourLine(*found[1].publicKey), keygenLine(found[1].path));
    QVERIFY(found[2].encrypted);
    QCOMPARE(ourLine(*found[2].publicKey), keygenLine(found[2].path));
    QVERIFY(found[2].hasPublicFile);
    QVERIFY(!found[3].publicKey);
    QVERIFY(!found[3].hasPublicFile);
#ifdef Q_OS_UNIX
    QCOMPARE(found[4].problem, KeyProblem::TooOpen);
    QVERIFY(restrictKey(found[4].path));
    QCOMPARE(keyEntry(found[4].path)->problem, KeyProblem::None);
#endif
    QCOMPARE(found[5].problem, KeyProblem::Broken);
    QVERIFY(!found[5].problemDetail.isEmpty());
    QCOMPARE(found[6].publicKey->comment, QByteArray("own"));
}

void tst_KeyFolder::oddFoldersAreBounded()
{
#ifdef Q_OS_UNIX
    keygen(QStringLiteral("id"), QStringLiteral("-t ed25519 -N ''"));
    const QByteArray key = readAll(path(QStringLiteral("id")));
    QCOMPARE(::mkfifo(QFile::encodeName(path(QStringLiteral("fifo"))).constData(), 0600), 0);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path(QStringLiteral("socket")));
    QVERIFY(name.size() < qsizetype(sizeof address.sun_path));
    std::copy(name.begin(), name.end(), address.sun_path);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("folder")));
    QVERIFY(QFile::link(path(QStringLiteral("nowhere")), path(QStringLiteral("dangling"))));
    QVERIFY(QFile::link(path(QStringLiteral("loop")), path(QStringLiteral("loop"))));
    QVERIFY(QFile::link(QStringLiteral("/dev/zero"), path(QStringLiteral("zero"))));
    QVERIFY(QFile::link(path(QStringLiteral("fifo")), path(QStringLiteral("id_fifo"))));
    QVERIFY(writeAll(path(QStringLiteral("big")), key + QByteArray(1024 * 1024, '\n')));
    // A .pub that would never end.
    QVERIFY(writeAll(path(QStringLiteral("other")), key));
    QVERIFY(QFile::link(QStringLiteral("/dev/zero"), path(QStringLiteral("other.pub"))));
    const std::vector<KeyEntry> found = listKeys({m_dir->path()});
    ::close(socket);
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found[0].path, path(QStringLiteral("id")));
    QVERIFY(!found[1].hasPublicFile);
    QCOMPARE(readKeyFile(path(QStringLiteral("fifo"))).error().code, ErrorCode::NotFound);
    for (int i = 0; i < 4000; ++i)
        QVERIFY(writeAll(path(QStringLiteral("many%1").arg(i)), key));
    QVERIFY(listKeys({m_dir->path()}).size() <= 2000);
#else
    QSKIP("no such files here");
#endif
}

QTEST_GUILESS_MAIN(tst_KeyFolder)
#include "tst_KeyFolder.moc"
