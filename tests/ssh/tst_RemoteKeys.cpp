// SPDX-License-Identifier: GPL-3.0-or-later
// authorized_keys on a real server, in the shells that instances have, with what people have in it.
#include "core/fleet/RemoteKeys.h"
#include "tests/support/Rig.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>

#include <unistd.h>

using namespace core;
using fleet::FindKeyObstacles;
using fleet::KeyObstacle;
using fleet::RemoteKeys;
using keys::AuthorizedKey;

namespace {

const QByteArray blob1 = "AAAAC3NzaC1lZDI1NTE5AAAAIEn4IS3zxSSWJ8D0sP8cBpFOZ0A6eYsE0oR3gTrhl0Vx";
const QByteArray blob2 = "AAAAC3NzaC1lZDI1NTE5AAAAIBbu1rKKOdyqU1qEOJVzbLF5VVD7Dg3GkQZQ2sQ1F7zY";
const QByteArray mine = "ssh-ed25519 " + blob1 + " danlu@here";

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("a test file could not be written");
}

int mode(const QString &path)
{
    return int(QFile::permissions(path)) & 0x7077; // owner, group and others, as Qt has them
}

QString keygen(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("ssh-keygen"), arguments);
    return process.waitForFinished() ? QString::fromUtf8(process.readAllStandardOutput())
                                     : QString();
}

} // namespace

class tst_RemoteKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keysAreReadAsSshKeygenReadsThem();
    void linesThatAreNoKeyAreRefused_data();
    void linesThatAreNoKeyAreRefused();
    void whatWasThereStays_data();
    void whatWasThereStays();
    void missingFoldersAreMade_data();
    void missingFoldersAreMade();
    void aKeyThatIsThereIsNotAddedAgain();
    void aKeyIsTakenOut();
    void aLinkIsFollowedAndSaid();
    void whatCantBeWrittenIsSaid_data();
    void whatCantBeWrittenIsSaid();
    void aFullDiskLeavesTheOldFile();
    void anImmutableOrReadOnlyFileIsSaid();
    void twoAtOnceLoseNothing();
    void withoutAShellItIsUnsupported();
    void cancelling();
    void obstaclesAreFound();

private:
    struct Place
    {
        support::SshServer server;
        support::SessionRun run;
        QString file;
        QString folder;
    };
    std::unique_ptr<Place> place(const QString &forced = {});
    static QString asNobody(const Place &at);
    static RemoteKeys *wait(RemoteKeys *operation);
    static AuthorizedKey myKey() { return *keys::parsePublicKeyLine(mine); }
    static void addShells();
};

void tst_RemoteKeys::initTestCase()
{
    NEED_SSHD();
}

RemoteKeys *tst_RemoteKeys::wait(RemoteKeys *operation)
{
    QSignalSpy finished(operation, &Operation::finished);
    if (!finished.wait(30000) || finished.count() != 1)
        qWarning("the operation did not end");
    return operation;
}

/// A server whose users' home is its folder. \a forced: what runs instead of the asked command,
/// "%HOME%" being that folder.
std::unique_ptr<tst_RemoteKeys::Place> tst_RemoteKeys::place(const QString &forced)
{
    auto at = std::make_unique<Place>();
    at->folder = at->server.path(QStringLiteral(".ssh"));
    at->file = at->folder + QStringLiteral("/authorized_keys");
    QString command = forced;
    command.replace(QStringLiteral("%HOME%"), at->server.path(QString()));
    if (!command.isEmpty())
        at->server.configure({QStringLiteral("ForceCommand ") + command});
    if (const QString problem = at->server.start(); !problem.isEmpty())
        qFatal("%s", qPrintable(problem));
    if (!at->run.open(at->server.options()))
        qFatal("no connection");
    return at;
}

void tst_RemoteKeys::addShells()
{
    QTest::addColumn<QString>("shell");
    QTest::newRow("sh") << QString();
    QTest::newRow("dash") << QStringLiteral("dash");
    QTest::newRow("bash") << QStringLiteral("bash");
    QTest::newRow("a noisy one") << QStringLiteral(
        "echo 'Welcome! ssh-ed25519'; echo noise >&2; exec sh");
    // Its own small tools come first in the PATH.
    QTest::newRow("busybox") << QStringLiteral(
        "busybox mkdir -p %HOME%/bb && busybox --install -s %HOME%/bb && "
        "exec env PATH=%HOME%/bb %HOME%/bb/sh");
}

void tst_RemoteKeys::keysAreReadAsSshKeygenReadsThem()
{
    support::SshServer server;
    QByteArray text = "# comment\n\n   \t\nrubbish here\n";
    QStringList wanted;
    const QList<QStringList> kinds{
        {QStringLiteral("-t"), QStringLiteral("ed25519")},
        {QStringLiteral("-t"), QStringLiteral("rsa"), QStringLiteral("-b"), QStringLiteral("2048")},
        {QStringLiteral("-t"), QStringLiteral("ecdsa"), QStringLiteral("-b"),
         QStringLiteral("521")}};
    for (const QStringList &kind : kinds) {
        const QString file = server.makeKey(
            kind[1], kind + QStringList{QStringLiteral("-C"), QStringLiteral("a comment 注释")});
        const QString told =
            keygen({QStringLiteral("-l"), QStringLiteral("-f"), file + QStringLiteral(".pub")});
        wanted.append(told.section(u' ', 0, 1));
        const QByteArray line = read(file + QStringLiteral(".pub"));
        QVERIFY(keys::parsePublicKeyLine(line));
        text += "command=\"echo \\\"a b\\\" #\",no-pty  \t" + line;
    }
    const std::vector<AuthorizedKey> found = keys::parseAuthorizedKeys(text);
    QCOMPARE(found.size(), std::size_t(3));
    for (std::size_t i = 0; i < found.size(); ++i) {
        QCOMPARE(QStringLiteral("%1 %2").arg(*found[i].bits()).arg(found[i].fingerprint()),
                 wanted[qsizetype(i)]);
        QCOMPARE(found[i].line, int(i) + 5);
        QCOMPARE(found[i].options, "command=\"echo \\\"a b\\\" #\",no-pty");
        QCOMPARE(QString::fromUtf8(found[i].comment), QStringLiteral("a comment 注释"));
    }
}

void tst_RemoteKeys::linesThatAreNoKeyAreRefused_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("private") << QByteArray("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\n");
    QTest::newRow("putty") << QByteArray("PuTTY-User-Key-File-3: ssh-ed25519\n");
    QTest::newRow("with options") << "no-pty " + mine;
    QTest::newRow("another type") << "ssh-rsa " + blob1;
    QTest::newRow("no base64") << QByteArray("ssh-ed25519 AAAA*\n");
    QTest::newRow("cut") << QByteArray("ssh-ed25519 AAAA");
}

void tst_RemoteKeys::linesThatAreNoKeyAreRefused()
{
    QFETCH(QByteArray, line);
    const auto key = keys::parsePublicKeyLine(line);
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::KeyUnusable);
}

void tst_RemoteKeys::whatWasThereStays_data()
{
    addShells();
}

void tst_RemoteKeys::whatWasThereStays()
{
    QFETCH(QString, shell);
    const auto at = place(shell);
    QDir().mkpath(at->folder);
    const QByteArray other = "ssh-ed25519 " + blob2;
    const QList<QByteArray> texts{
        "",
        other + "\n",
        other + " no newline",
        "# comment\r\nfrom=\"10.0.0.1\",command=\"x \\\" y\" " + other + " crlf\r\n\r\n",
        other + " " + QByteArray(200000, 'x') + "\n",
        QByteArray("# \0nul \xb9\xab\xd4\xbf gbk \\0101 %s %b $HOME `id` 'quote'\n", 47) + other,
        "# ssh-ed25519 " + blob1 + " only a comment\n",
        "\n\n\n",
    };
    for (const QByteArray &text : texts) {
        write(at->file, text);
        QVERIFY(QFile::setPermissions(at->file, QFile::ReadOwner | QFile::WriteOwner |
                                                    QFile::ReadGroup | QFile::ReadOther));
        const int before = mode(at->file);
        const RemoteKeys *done = wait(RemoteKeys::install(at->run.session, myKey(), this));
        QVERIFY2(done->isOk(), done->error() ? qPrintable(done->error()->detail) : "");
        QVERIFY(done->changed());
        const QByteArray now = read(at->file);
        QCOMPARE(now.first(text.size()), text);
        const bool open = !text.isEmpty() && !text.endsWith('\n');
        QCOMPARE(now.sliced(text.size()), (open ? "\n" : "") + mine + "\n");
        QCOMPARE(mode(at->file), before);
        QVERIFY(done->keys().back().isSameKey(myKey()));
        // sshd's own tool agrees about how many there are.
        QCOMPARE(keygen({QStringLiteral("-l"), QStringLiteral("-f"), at->file}).count(u'\n'),
                 qsizetype(done->keys().size()));
        QCOMPARE(done->path(), at->file.toUtf8());
        QVERIFY(done->linkTarget().isEmpty());
        // And out again: as it was.
        const RemoteKeys *gone = wait(RemoteKeys::remove(at->run.session, myKey(), this));
        QVERIFY(gone->isOk() && gone->changed());
        QCOMPARE(read(at->file), open ? text + '\n' : text);
    }
    // Nothing is left behind.
    QCOMPARE(QDir(at->folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{QStringLiteral("authorized_keys")});
}

void tst_RemoteKeys::missingFoldersAreMade_data()
{
    addShells();
}

void tst_RemoteKeys::missingFoldersAreMade()
{
    QFETCH(QString, shell);
    const auto at = place(shell);
    const RemoteKeys *none = wait(RemoteKeys::list(at->run.session, this));
    QVERIFY(none->isOk() && none->keys().empty());
    QVERIFY(!QFile::exists(at->folder)); // reading makes nothing
    const RemoteKeys *done = wait(RemoteKeys::install(at->run.session, myKey(), this));
    QVERIFY2(done->isOk(), done->error() ? qPrintable(done->error()->detail) : "");
    QCOMPARE(read(at->file), mine + "\n");
    QCOMPARE(mode(at->folder), int(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QCOMPARE(mode(at->file), int(QFile::ReadOwner | QFile::WriteOwner));
}

void tst_RemoteKeys::aKeyThatIsThereIsNotAddedAgain()
{
    const auto at = place();
    QDir().mkpath(at->folder);
    const QByteArray text =
        "no-agent-forwarding,environment=\"A=b c\"\tssh-ed25519   " + blob1 + " another name\r\n";
    write(at->file, text);
    const RemoteKeys *done = wait(RemoteKeys::install(at->run.session, myKey(), this));
    QVERIFY(done->isOk() && !done->changed());
    QCOMPARE(read(at->file), text);
    const RemoteKeys *listed = wait(RemoteKeys::list(at->run.session, this));
    QCOMPARE(listed->keys().size(), std::size_t(1));
    QCOMPARE(listed->keys()[0].options, "no-agent-forwarding,environment=\"A=b c\"");
    QCOMPARE(listed->keys()[0].comment, "another name");
}

void tst_RemoteKeys::aKeyIsTakenOut()
{
    const auto at = place();
    QDir().mkpath(at->folder);
    const QByteArray other = "ssh-ed25519 " + blob2 + " other\r\n";
    write(at->file, "no-pty " + mine + "\n# between\n" + other + mine);
    const RemoteKeys *done = wait(RemoteKeys::remove(at->run.session, myKey(), this));
    QVERIFY(done->isOk() && done->changed());
    QCOMPARE(read(at->file), "# between\n" + other);
    const RemoteKeys *again = wait(RemoteKeys::remove(at->run.session, myKey(), this));
    QVERIFY(again->isOk() && !again->changed());
}

void tst_RemoteKeys::aLinkIsFollowedAndSaid()
{
    const auto at = place();
    QDir().mkpath(at->folder);
    const QString real = at->server.path(QStringLiteral("dotfiles/keys"));
    QDir().mkpath(at->server.path(QStringLiteral("dotfiles")));
    write(real, "# mine\n");
    QVERIFY(QFile::link(QStringLiteral("../dotfiles/keys"), at->file));
    const RemoteKeys *done = wait(RemoteKeys::install(at->run.session, myKey(), this));
    QVERIFY2(done->isOk(), done->error() ? qPrintable(done->error()->detail) : "");
    QCOMPARE(done->linkTarget(), real.toUtf8());
    QVERIFY(QFileInfo(at->file).isSymbolicLink());
    QCOMPARE(read(real), "# mine\n" + mine + "\n");
    QVERIFY(QFile::remove(real));
    const RemoteKeys *dangling = wait(RemoteKeys::install(at->run.session, myKey(), this));
    QVERIFY(dangling->error());
    QCOMPARE(dangling->error()->code, ErrorCode::NotFound);
    QVERIFY(dangling->error()->detail.contains(at->file));
    QVERIFY(!QFile::exists(real));
}

/// As a user who may not do everything; the tests may be run by root.
QString tst_RemoteKeys::asNobody(const Place &at)
{
    if (getuid() != 0)
        return QStringLiteral("exec /bin/sh");
    return QStringLiteral("exec env HOME=%1 setpriv --reuid=65534 --regid=65534 --clear-groups sh")
        .arg(at.server.path(QStringLiteral("home")));
}

void tst_RemoteKeys::whatCantBeWrittenIsSaid_data()
{
    QTest::addColumn<QString>("prepare");
    QTest::addColumn<QString>("named"); // the path in the error; "" = it works
    QTest::newRow("works as non-root") << QStringLiteral("true") << QString();
    QTest::newRow("home not writable") << QStringLiteral("chmod 555 .") << QStringLiteral(".ssh");
    QTest::newRow("folder not writable")
        << QStringLiteral("mkdir .ssh; touch .ssh/authorized_keys; chmod 555 .ssh")
        << QStringLiteral(".ssh/");
    QTest::newRow("file read-only")
        << QStringLiteral("mkdir .ssh; touch .ssh/authorized_keys; chmod 444 .ssh/authorized_keys")
        << QStringLiteral(".ssh/authorized_keys");
    QTest::newRow("file not readable")
        << QStringLiteral("mkdir .ssh; touch .ssh/authorized_keys; chmod 0 .ssh/authorized_keys")
        << QStringLiteral(".ssh/authorized_keys");
    QTest::newRow("folder not to be entered")
        << QStringLiteral("mkdir .ssh; chmod 600 .ssh") << QStringLiteral(".ssh");
    QTest::newRow("folder is a file") << QStringLiteral("touch .ssh") << QStringLiteral(".ssh");
    QTest::newRow("file is a folder") << QStringLiteral("mkdir -p .ssh/authorized_keys")
                                      << QStringLiteral(".ssh/authorized_keys");
}

void tst_RemoteKeys::whatCantBeWrittenIsSaid()
{
    QFETCH(QString, prepare);
    QFETCH(QString, named);
    Place at;
    const QString home = at.server.path(QStringLiteral("home"));
    QFile::setPermissions(at.server.path(QString()), QFile::Permissions(0x7155)); // to be passed
    QVERIFY(QDir().mkpath(home));
    QCOMPARE(QProcess::execute(
                 QStringLiteral("sh"),
                 {QStringLiteral("-c"), QStringLiteral("cd %1 && { %2; }; [ $(id -u) != 0 ] || "
                                                       "chown -R 65534:65534 .")
                                            .arg(home, prepare)}),
             0);
    at.server.configure({QStringLiteral("ForceCommand ") + asNobody(at)});
    if (getuid() != 0)
        at.server.configure({QStringLiteral("SetEnv HOME=") + home});
    QCOMPARE(at.server.start(), QString());
    QVERIFY(at.run.open(at.server.options()));
    const RemoteKeys *done = wait(RemoteKeys::install(at.run.session, myKey(), this));
    if (named.isEmpty()) {
        QVERIFY2(done->isOk(), done->error() ? qPrintable(done->error()->detail) : "");
        QCOMPARE(read(home + QStringLiteral("/.ssh/authorized_keys")), mine + "\n");
        return;
    }
    QVERIFY(done->error());
    // A file where a folder is wanted, and the other way round, is no matter of rights.
    const bool wrongKind = QByteArrayView(QTest::currentDataTag()).contains(" is a ");
    QCOMPARE(done->error()->code, wrongKind ? ErrorCode::Unsupported : ErrorCode::PermissionDenied);
    QVERIFY2(done->error()->detail.contains(home + u'/' + named),
             qPrintable(done->error()->detail));
    QCOMPARE(done->error()->step, Step::Install);
}

void tst_RemoteKeys::aFullDiskLeavesTheOldFile()
{
    support::Rig rig;
    QCOMPARE(rig.start(), QString());
    support::SessionRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    QCOMPARE(run.run("mount -t tmpfs -o size=8k tmpfs /root/.ssh && cd /root/.ssh && echo '# old' "
                     ">authorized_keys && { cat /dev/zero >rest 2>/dev/null; true; }")
                 ->exitCode(),
             0);
    const RemoteKeys *full = wait(RemoteKeys::install(run.session, myKey(), this));
    QVERIFY(full->error());
    QCOMPARE(full->error()->code, ErrorCode::DiskFull);
    QVERIFY2(full->error()->detail.contains(QStringLiteral("/root/.ssh/")),
             qPrintable(full->error()->detail));
    QCOMPARE(
        run.run("cd /root/.ssh && cat authorized_keys && ls -A | tr '\\n' ' '")->standardOutput(),
        "# old\nauthorized_keys rest ");
}

void tst_RemoteKeys::anImmutableOrReadOnlyFileIsSaid()
{
    support::Rig rig;
    QCOMPARE(rig.start(), QString());
    support::SessionRun run;
    QVERIFY(run.open(rig.passwordOptions()));
    const auto refused = [&] {
        const RemoteKeys *done = wait(RemoteKeys::install(run.session, myKey(), this));
        return done->error() && done->error()->code == ErrorCode::PermissionDenied &&
               done->error()->detail.contains(QStringLiteral("/root/.ssh"));
    };
    QCOMPARE(run.run("mount -t tmpfs tmpfs /root/.ssh && touch /root/.ssh/authorized_keys && "
                     "mount -o remount,ro /root/.ssh")
                 ->exitCode(),
             0);
    QVERIFY(refused());
    QCOMPARE(run.run("umount /root/.ssh")->exitCode(), 0);
    if (run.run("chattr +i /root/.ssh/authorized_keys")->exitCode() != 0)
        QSKIP("this file system knows no immutable files");
    QVERIFY(refused());
    QCOMPARE(run.run("chattr -i /root/.ssh/authorized_keys; ls -A /root/.ssh")->standardOutput(),
             "authorized_keys\n");
}

void tst_RemoteKeys::twoAtOnceLoseNothing()
{
    const auto at = place();
    QList<RemoteKeys *> all;
    QList<AuthorizedKey> wanted;
    for (int i = 0; i < 6; ++i) {
        const QString file = at->server.makeKey(QStringLiteral("k%1").arg(i),
                                                {QStringLiteral("-t"), QStringLiteral("ed25519")});
        wanted.append(*keys::parsePublicKeyLine(read(file + QStringLiteral(".pub"))));
        all.append(RemoteKeys::install(at->run.session, wanted.back(), this));
    }
    QTRY_VERIFY_WITH_TIMEOUT(std::all_of(all.cbegin(), all.cend(),
                                         [](const RemoteKeys *one) { return one->isFinished(); }),
                             30000);
    const auto now = keys::parseAuthorizedKeys(read(at->file));
    for (int i = 0; i < all.size(); ++i) {
        QVERIFY2(all[i]->isOk(), all[i]->error() ? qPrintable(all[i]->error()->detail) : "");
        QVERIFY(std::any_of(now.cbegin(), now.cend(),
                            [&](const AuthorizedKey &key) { return key.isSameKey(wanted[i]); }));
    }
    QCOMPARE(now.size(), std::size_t(all.size()));
}

void tst_RemoteKeys::withoutAShellItIsUnsupported()
{
    for (const char *forced : {"internal-sftp", "/bin/false", "echo not today"}) {
        const auto at = place(QLatin1StringView(forced));
        const RemoteKeys *done = wait(RemoteKeys::install(at->run.session, myKey(), this));
        QVERIFY(done->error());
        QCOMPARE(done->error()->code, ErrorCode::Unsupported);
    }
}

void tst_RemoteKeys::cancelling()
{
    const auto at = place(QStringLiteral("exec sleep 60"));
    RemoteKeys *operation = RemoteKeys::install(at->run.session, myKey(), this);
    QSignalSpy finished(operation, &Operation::finished);
    operation->cancel();
    operation->cancel();
    QVERIFY(finished.wait(10000));
    QCOMPARE(operation->error()->code, ErrorCode::Cancelled);
    delete RemoteKeys::install(at->run.session, myKey(), this);
    RemoteKeys *orphan = RemoteKeys::install(at->run.session, myKey(), this);
    at->run.session.close();
    wait(orphan);
    QCOMPARE(orphan->error()->code, ErrorCode::Cancelled);
}

void tst_RemoteKeys::obstaclesAreFound()
{
    const auto find = [this](Place &at) {
        auto *search = new FindKeyObstacles(at.run.session, this);
        QSignalSpy finished(search, &Operation::finished);
        if (!finished.wait(20000) || search->error())
            qWarning("the search failed");
        std::map<KeyObstacle::Kind, QByteArray> found;
        for (const KeyObstacle &obstacle : search->obstacles())
            found[obstacle.kind] = obstacle.subject;
        return found;
    };
    using Kind = KeyObstacle::Kind;
    Place strict;
    strict.server.configure({QStringLiteral("StrictModes no")}); // so that the test gets in
    QDir().mkpath(strict.folder = strict.server.path(QStringLiteral(".ssh")));
    QCOMPARE(strict.server.start(), QString());
    QVERIFY(strict.run.open(strict.server.options()));
    auto found = find(strict);
    QVERIFY(found.count(Kind::FileElsewhere) == 1); // the test's own place for them
    QVERIFY(found.count(Kind::HomeWritable) == 0);
    // What sshd has read already is not read again: only the eyes of the search see this.
    write(strict.server.path(QStringLiteral("sshd_config")),
          "authorizedkeysfile=%h/.ssh/authorized_keys\nPubkeyAuthentication no\n"
          "AuthenticationMethods publickey,password\nMatch user x\nStrictModes no\n");
    QFile::setPermissions(strict.folder, QFile::Permissions(0x7077));
    found = find(strict);
    QVERIFY(found.count(Kind::FileElsewhere) == 0);
    QCOMPARE(found[Kind::KeysSwitchedOff], "PubkeyAuthentication no");
    QCOMPARE(found[Kind::MoreIsAsked], "AuthenticationMethods publickey,password");
    QCOMPARE(found[Kind::FolderWritable], strict.folder.toUtf8());
}

QTEST_GUILESS_MAIN(tst_RemoteKeys)
#include "tst_RemoteKeys.moc"
