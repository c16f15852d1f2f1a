// SPDX-License-Identifier: GPL-3.0-or-later
// Removing, moving, counting and searching many things on real servers: with a shell, with
// busybox's tools, and with nothing but SFTP.
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteSearch.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace core;
using namespace core::transfer;
using support::SessionRun;

namespace {

const QByteArray odd = "o dd'\n\xd6\xd0$(x)\\";

std::optional<Error> wait(Operation *operation, int ms = 30000)
{
    QSignalSpy finished(operation, &Operation::finished);
    if (!finished.wait(ms) || finished.count() != 1)
        return Error{ErrorCode::TimedOut, Step::None, QStringLiteral("not finished")};
    return operation->error();
}

bool exists(const QByteArray &path)
{
    struct stat info;
    return lstat(path.constData(), &info) == 0;
}

void touch(const QByteArray &path, const QByteArray &bytes = {})
{
    const int file = open(path.constData(), O_CREAT | O_WRONLY | O_TRUNC, 0644);
    if (file < 0 || write(file, bytes.constData(), size_t(bytes.size())) != bytes.size())
        qFatal("no file %s", path.constData());
    close(file);
}

void makeDir(const QByteArray &path)
{
    if (mkdir(path.constData(), 0755) != 0)
        qFatal("no directory %s", path.constData());
}

QByteArray contents(const QByteArray &path)
{
    const int file = open(path.constData(), O_RDONLY); // QFile can't have names that are no text
    QByteArray bytes(100, '\0');
    bytes.truncate(std::max<qsizetype>(0, read(file, bytes.data(), size_t(bytes.size()))));
    close(file);
    return file < 0 ? QByteArray("?") : bytes;
}

} // namespace

class tst_RemoteAction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void thousandsOfNamesAreRemoved_data() { servers(); }
    void thousandsOfNamesAreRemoved();
    void whatStaysIsNamed();
    void aBareFailureTellsWhatWasTried();
    void theRootIsNeverRemoved();
    void movedBetweenFileSystems_data() { servers(); }
    void movedBetweenFileSystems();
    void nothingIsOverwritten_data() { servers(); }
    void nothingIsOverwritten();
    void aRenameNeverReplaces();
    void aMoveCanBeCancelled();
    void manyNamesTakeOneChannel();
    void sizesAreCounted_data() { servers(); }
    void sizesAreCounted();
    void namesAreFound_data() { servers(); }
    void namesAreFound();
    void tooManyHitsAreCut();
    void aSearchCanBeCancelled();
    void onlyFilesAreRead();
    void aReadThatIsDroppedStops();

private:
    void servers();
    /// Of the row "server"; null where a tool is missing.
    SessionRun *connected();
    [[nodiscard]] QByteArray at(const QByteArray &name) const { return m_base + '/' + name; }

    support::SshServer m_plain;
    support::SshServer m_busybox;
    support::SshServer m_sftpOnly;
    QTemporaryDir m_tools;
    std::unique_ptr<SessionRun> m_run;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QTemporaryDir> m_other; ///< on another file system
    QByteArray m_base;
};

void tst_RemoteAction::initTestCase()
{
    NEED_SSHD();
    const QStringList sftp{QStringLiteral("Subsystem sftp internal-sftp"),
                           QStringLiteral("MaxSessions 10")};
    m_plain.configure(sftp);
    QCOMPARE(m_plain.start(), QString());
    m_busybox.configure(sftp);
    for (const char *tool : {"sh", "mv", "rm", "find", "awk", "printf"})
        QVERIFY(
            QFile::link(QStringLiteral("/bin/busybox"), m_tools.filePath(QLatin1StringView(tool))));
    m_busybox.setPath(m_tools.path());
    QCOMPARE(m_busybox.start(), QString());
    m_sftpOnly.configure(sftp + QStringList{QStringLiteral("ForceCommand internal-sftp")});
    QCOMPARE(m_sftpOnly.start(), QString());
}

void tst_RemoteAction::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_other = std::make_unique<QTemporaryDir>(QStringLiteral("/dev/shm/danlu-test-XXXXXX"));
    m_base = QFile::encodeName(m_dir->path());
    m_run = std::make_unique<SessionRun>();
}

void tst_RemoteAction::cleanup()
{
    m_run.reset();
    for (const auto *dir : {m_dir.get(), m_other.get()}) // names that are no text
        QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), dir->path()});
}

void tst_RemoteAction::servers()
{
    QTest::addColumn<QString>("server");
    for (const char *name : {"plain", "busybox", "sftp"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

SessionRun *tst_RemoteAction::connected()
{
    QFETCH(QString, server);
    const support::SshServer &one = server == u"plain"     ? m_plain
                                    : server == u"busybox" ? m_busybox
                                                           : m_sftpOnly;
    return m_run->open(one.options()) ? m_run.get() : nullptr;
}

void tst_RemoteAction::thousandsOfNamesAreRemoved()
{
    const SessionRun *run = connected();
    QVERIFY(run);
    QByteArrayList paths;
    for (int i = 0; i < 3000; ++i) {
        // Long ones: together far more than one command line or channel request holds.
        paths.append(at(QByteArray(100, 'n') + QByteArray::number(i)));
        touch(paths.last());
    }
    makeDir(at(odd));
    makeDir(at(odd) + "/deep");
    touch(at(odd) + "/deep/-rf");
    touch(at("kept"));
    QCOMPARE(symlink(at("kept").constData(), (at(odd) + "/link").constData()), 0);
    QCOMPARE(symlink(at("").constData(), at("link").constData()), 0);
    paths << at(odd) << at("link");
    RemoteAction *action = removeRemote(const_cast<SessionRun *>(run)->session, paths);
    const auto error = wait(action, 60000);
    QVERIFY2(!error, error ? qPrintable(error->detail) : "");
    for (const QByteArray &path : paths)
        QVERIFY2(!exists(path), path.constData());
    QVERIFY(exists(at("kept"))); // links are not followed
}

void tst_RemoteAction::whatStaysIsNamed()
{
    QVERIFY(m_run->open(m_plain.options()));
    // What nobody may remove, not even root.
    const QByteArray fixed = "/proc/self/status";
    touch(at("a"));
    touch(at("b"));
    RemoteAction *action =
        removeRemote(m_run->session, {at("a"), fixed, "/proc/self/stat", at("b")});
    QVERIFY(wait(action));
    QCOMPARE(action->failures().size(), std::size_t(2));
    QCOMPARE(action->failures()[0].path, fixed);
    QVERIFY(action->error()->detail.contains(QStringLiteral("/proc/self/status")));
    QVERIFY(action->error()->detail.contains(QStringLiteral("/proc/self/stat:")));
    QCOMPARE(action->error()->code, ErrorCode::PermissionDenied);
    QVERIFY(!exists(at("a")));
    QVERIFY(!exists(at("b")));
}

void tst_RemoteAction::aBareFailureTellsWhatWasTried()
{
    QVERIFY(m_run->open(m_sftpOnly.options()));
    touch(at("one"), "1");
    const QByteArray there = QFile::encodeName(m_other->path()) + "/one"; // on another disk
    const auto error = wait(renameRemote(m_run->session, at("one"), there));
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::RemoteFailed);
    QCOMPARE(error->detail, QString::fromUtf8(at("one")) + QStringLiteral(": rename: Failure"));
    // What has a word of its own needs none.
    const auto missing = wait(makeRemoteDirectory(m_run->session, at("no") + "/sub"));
    QVERIFY(missing);
    QCOMPARE(missing->detail, QString::fromUtf8(at("no")) + QStringLiteral("/sub: No such file"));
}

void tst_RemoteAction::theRootIsNeverRemoved()
{
    QVERIFY(m_run->open(m_plain.options()));
    touch(at("a"));
    for (const QByteArray &path : {QByteArray("/"), at(".."), at("."), QByteArray()})
        QVERIFY(wait(removeRemote(m_run->session, {at("a"), path})));
    QVERIFY(exists(at("a")));
}

void tst_RemoteAction::movedBetweenFileSystems()
{
    SessionRun *run = connected();
    QVERIFY(run);
    const QByteArray to = QFile::encodeName(m_other->path());
    struct stat here;
    struct stat there;
    QCOMPARE(stat(m_base.constData(), &here), 0);
    QCOMPARE(stat(to.constData(), &there), 0);
    if (here.st_dev == there.st_dev)
        QSKIP("one file system for all");
    touch(at("file"), "data");
    touch(at("-n"), "dash");
    makeDir(at(odd));
    touch(at(odd) + "/inside", "deep");
    RemoteAction *action = moveRemote(run->session, {at("file"), at("-n"), at(odd)}, to);
    QList<bool> copied;
    connect(action, &RemoteAction::progressed, this,
            [&](int, int, const QByteArray &, bool copies) { copied.append(copies); });
    const auto error = wait(action);
    if (QTest::currentDataTag() == QByteArrayView("sftp")) {
        // It says so, of each, and nothing is lost.
        QCOMPARE(action->failures().size(), std::size_t(3));
        QCOMPARE(contents(at("file")), QByteArray("data"));
        return;
    }
    QVERIFY2(!error, error ? qPrintable(error->detail) : "");
    QVERIFY(copied.contains(true));
    QCOMPARE(contents(to + "/file"), QByteArray("data"));
    QCOMPARE(contents(to + "/-n"), QByteArray("dash"));
    QCOMPARE(contents(to + '/' + odd + "/inside"), QByteArray("deep"));
    QVERIFY(!exists(at("file")));
    QVERIFY(!exists(at(odd)));
}

void tst_RemoteAction::nothingIsOverwritten()
{
    SessionRun *run = connected();
    QVERIFY(run);
    const QByteArray other = QFile::encodeName(m_other->path());
    makeDir(at("here"));
    for (const QByteArray &to : {other, at("here")}) {
        touch(at("a"), "mine");
        touch(at("b"), "mine");
        touch(to + "/a", "theirs");
        makeDir(to + "/b"); // mv would go into it
        RemoteAction *action = moveRemote(run->session, {at("a"), at("b")}, to);
        QCOMPARE(wait(action)->code, ErrorCode::RemoteFailed);
        QCOMPARE(action->failures().size(), std::size_t(2));
        QCOMPARE(contents(to + "/a"), QByteArray("theirs"));
        QCOMPARE(contents(at("a")), QByteArray("mine"));
        QCOMPARE(contents(at("b")), QByteArray("mine"));
        QVERIFY(!exists(to + "/b/b"));
    }
}

void tst_RemoteAction::aRenameNeverReplaces()
{
    QVERIFY(m_run->open(m_plain.options()));
    touch(at("a"), "a");
    // Six at once to the same name: one wins, none is lost.
    std::vector<RemoteAction *> actions;
    for (int i = 0; i < 6; ++i) {
        touch(at("from") + char('0' + i), QByteArray::number(i));
        actions.push_back(renameRemote(m_run->session, at("from") + char('0' + i), at("to")));
    }
    int done = 0;
    for (RemoteAction *action : actions) {
        QTRY_VERIFY_WITH_TIMEOUT(action->isFinished(), 30000);
        done += action->isOk() ? 1 : 0;
    }
    QCOMPARE(done, 1);
    QCOMPARE(QDir(m_dir->path()).entryList({QStringLiteral("from*")}, QDir::Files).size(), 5);
    QVERIFY(exists(at("to")));
}

void tst_RemoteAction::aMoveCanBeCancelled()
{
    QVERIFY(m_run->open(m_plain.options()));
    // Slow: mv waits in a pipe's directory... a sparse file is copied as holes, so write real
    // bytes.
    touch(at("big"), QByteArray(200 * 1024 * 1024, 'x'));
    const QByteArray to = QFile::encodeName(m_other->path());
    RemoteAction *action = moveRemote(m_run->session, {at("big")}, to);
    bool copies = false;
    connect(action, &RemoteAction::progressed, this, [&](int, int, const QByteArray &, bool now) {
        copies = now;
        if (now)
            action->cancel();
    });
    QCOMPARE(wait(action)->code, ErrorCode::Cancelled);
    QVERIFY(copies);
    QVERIFY(exists(at("big"))); // the source is there until all is copied
}

void tst_RemoteAction::manyNamesTakeOneChannel()
{
    QVERIFY(m_run->open(m_plain.options()));
    makeDir(at("into"));
    QByteArrayList paths;
    for (int i = 0; i < 500; ++i) {
        paths.append(at(QByteArray::number(i)));
        touch(paths.last());
    }
    RemoteAction *move = moveRemote(m_run->session, paths, at("into"));
    // Other channels are let in meanwhile.
    std::unique_ptr<ssh::Exec> exec(m_run->run("echo between"));
    QCOMPARE(exec->standardOutput(), QByteArray("between\n"));
    QTRY_VERIFY_WITH_TIMEOUT(move->isFinished(), 30000);
    QVERIFY(move->isOk());
    QCOMPARE(QDir(m_dir->filePath(QStringLiteral("into"))).entryList(QDir::Files).size(), 500);
    QVERIFY(m_plain.log().count("Starting session") < 500);
}

void tst_RemoteAction::sizesAreCounted()
{
    SessionRun *run = connected();
    QVERIFY(run);
    makeDir(at(odd));
    makeDir(at(odd) + "/sub");
    touch(at(odd) + "/one", QByteArray(1000, '1'));
    touch(at(odd) + "/sub/two", QByteArray(500, '2'));
    touch(at("single"), "123");
    QCOMPARE(symlink("/", (at(odd) + "/link").constData()), 0);
    RemoteMeasure *measure = measureRemote(run->session, {at(odd), at("nowhere"), at("single")});
    QHash<QByteArray, qint64> sizes;
    connect(measure, &RemoteMeasure::measured, this,
            [&](const QByteArray &path, qint64 bytes) { sizes.insert(path, bytes); });
    QVERIFY(!wait(measure));
    QCOMPARE(measure->bytes(), 1503);
    QCOMPARE(measure->files(), 4);
    QCOMPARE(measure->directories(), 2);
    QCOMPARE(sizes.value(at(odd)), 1500);
    QCOMPARE(sizes.value(at("single")), 3);
    QCOMPARE(sizes.size(), 2);
    QVERIFY(measure->isPartial()); // "nowhere"
}

void tst_RemoteAction::namesAreFound()
{
    SessionRun *run = connected();
    QVERIFY(run);
    makeDir(at("a"));
    makeDir(at("a/Best [1]"));
    touch(at("a/Best [1]/best.pt"), "12345");
    touch(at("a/\xd6\xd0 best\n.pt"));
    touch(at("a/.hidden-best"));
    touch(at("a/other"));
    QCOMPARE(symlink(at("a").constData(), at("a/loop-best").constData()), 0);
    const auto names = [&](const QByteArray &pattern) {
        RemoteSearch *search = searchRemote(run->session, m_base, pattern);
        if (wait(search))
            return QSet<QByteArray>{"failed"};
        QSet<QByteArray> found;
        for (const ssh::RemoteEntry &hit : search->hits())
            found.insert(hit.name);
        return found;
    };
    QCOMPARE(names("best"),
             (QSet<QByteArray>{"a/Best [1]", "a/Best [1]/best.pt", "a/\xd6\xd0 best\n.pt",
                               "a/.hidden-best", "a/loop-best"}));
    QCOMPARE(names("*.PT"), (QSet<QByteArray>{"a/Best [1]/best.pt", "a/\xd6\xd0 best\n.pt"}));
    QCOMPARE(names("[1]"), QSet<QByteArray>{"a/Best [1]"});
    QCOMPARE(names("\xd6\xd0"), QSet<QByteArray>{"a/\xd6\xd0 best\n.pt"});
    QCOMPARE(names("nothing"), QSet<QByteArray>());
    RemoteSearch *typed = searchRemote(run->session, at("a"), "Best [1]");
    QVERIFY(!wait(typed));
    QCOMPARE(typed->hits().size(), std::size_t(1));
    QCOMPARE(typed->hits()[0].name, QByteArray("Best [1]"));
    QCOMPARE(typed->hits()[0].type, ssh::RemoteEntry::Type::Directory);
}

void tst_RemoteAction::tooManyHitsAreCut()
{
    QVERIFY(m_run->open(m_plain.options()));
    for (int i = 0; i < 10'050; ++i)
        touch(at("hit" + QByteArray::number(i)));
    RemoteSearch *search = searchRemote(m_run->session, m_base, "hit");
    QVERIFY(!wait(search));
    QCOMPARE(search->hits().size(), RemoteSearch::mostHits);
    QVERIFY(search->isCut());
}

void tst_RemoteAction::aSearchCanBeCancelled()
{
    QVERIFY(m_run->open(m_plain.options()));
    RemoteSearch *search = searchRemote(m_run->session, "/", "e");
    connect(search, &RemoteSearch::found, search, &Operation::cancel);
    QCOMPARE(wait(search)->code, ErrorCode::Cancelled);
    QVERIFY(!search->hits().empty());
    // The session is free for other things.
    std::unique_ptr<ssh::Exec> exec(m_run->run("echo on"));
    QCOMPARE(exec->standardOutput(), QByteArray("on\n"));
}

void tst_RemoteAction::onlyFilesAreRead()
{
    QVERIFY(m_run->open(m_plain.options()));
    QCOMPARE(mkfifo(at("pipe").constData(), 0600), 0);
    QCOMPARE(symlink("/dev/zero", at("zero").constData()), 0);
    makeDir(at("dir"));
    for (const QByteArray &name : {QByteArray("pipe"), QByteArray("zero"), QByteArray("dir")})
        QCOMPARE(wait(readRemoteFile(m_run->session, at(name), 1000))->code,
                 ErrorCode::Unsupported);
    touch(at("file"), "text");
    RemoteAction *read = readRemoteFile(m_run->session, at("file"), 1000);
    QVERIFY(!wait(read));
    QCOMPARE(read->bytes(), QByteArray("text"));
}

void tst_RemoteAction::aReadThatIsDroppedStops()
{
    QVERIFY(m_run->open(m_plain.options()));
    QCOMPARE(truncate((touch(at("huge")), at("huge")).constData(), qint64(1) << 40), 0);
    // More than sshd allows at a time: each gives its channel back.
    for (int i = 0; i < 30; ++i) {
        RemoteAction *read = readRemoteFile(m_run->session, at("huge"), qint64(1) << 40);
        std::unique_ptr<ssh::Exec> exec(m_run->run("true")); // it has begun
        if (i % 2)
            delete read;
        else
            read->cancel();
    }
    RemoteAction *last = readRemoteFile(m_run->session, at("huge"), 1000);
    QVERIFY(!wait(last));
    QCOMPARE(last->bytes().size(), 1000);
}

QTEST_GUILESS_MAIN(tst_RemoteAction)

#include "tst_RemoteAction.moc"
