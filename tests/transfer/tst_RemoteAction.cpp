// SPDX-License-Identifier: GPL-3.0-or-later
// Listing, removing, moving, counting and searching many things on real servers: with a shell, with
// busybox's tools, with nothing but SFTP, and with either shell and no SFTP.
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteListing.h"
#include "core/transfer/RemoteSearch.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <span>

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
    void thousandsOfNamesAreRemoved_data() { servers(3); } // by rm where there is one
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
    void aCountThatIsNotWholeSaysSo();
    void namesAreFound_data() { servers(); }
    void namesAreFound();
    void tooManyHitsAreCut();
    void aSearchCanBeCancelled();
    void onlyFilesAreRead_data() { servers(); }
    void onlyFilesAreRead();
    void directoriesAreListed_data() { servers(); }
    void directoriesAreListed();
    void whatCannotBeListedIsTold_data() { servers(); }
    void whatCannotBeListedIsTold();
    void filesAreMadeAndLookedAt_data() { servers(); }
    void filesAreMadeAndLookedAt();
    void manyNamesComeInBatches();
    void aListingCanBeCancelled();
    void aReadThatIsDroppedStops();

private:
    /// Rows "server": the first \a most.
    void servers(int most = 5);
    /// Of the row "server"; null where a tool is missing.
    SessionRun *connected();
    [[nodiscard]] QByteArray at(const QByteArray &name) const { return m_base + '/' + name; }

    support::SshServer m_plain;
    support::SshServer m_busybox;
    support::SshServer m_sftpOnly;
    support::SshServer m_shellOnly;
    support::SshServer m_busyboxOnly;
    QTemporaryDir m_tools;
    QTemporaryDir m_moreTools; ///< what takes the place of SFTP
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
    for (const char *tool : {"sh", "mv", "rm", "find", "awk", "printf", "stat", "readlink", "ls",
                             "mkdir", "chmod", "dd"})
        QVERIFY(QFile::link(QStringLiteral("/bin/busybox"),
                            m_moreTools.filePath(QLatin1StringView(tool))));
    m_busybox.setPath(m_tools.path());
    QCOMPARE(m_busybox.start(), QString());
    m_sftpOnly.configure(sftp + QStringList{QStringLiteral("ForceCommand internal-sftp")});
    QCOMPARE(m_sftpOnly.start(), QString());
    QCOMPARE(m_shellOnly.start(), QString());
    m_busyboxOnly.setPath(m_moreTools.path());
    QCOMPARE(m_busyboxOnly.start(), QString());
}

void tst_RemoteAction::init()
{
    // In memory: on ext4 thousands of files where others were just deleted take their time.
    m_dir = std::make_unique<QTemporaryDir>(QStringLiteral("/dev/shm/danlu-test-XXXXXX"));
    m_other = std::make_unique<QTemporaryDir>();
    m_base = QFile::encodeName(m_dir->path());
    m_run = std::make_unique<SessionRun>();
}

void tst_RemoteAction::cleanup()
{
    m_run.reset();
    for (const auto *dir : {m_dir.get(), m_other.get()}) // names that are no text
        QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), dir->path()});
}

void tst_RemoteAction::servers(int most)
{
    constexpr std::array all{"plain", "busybox", "sftp", "shell only", "busybox only"};
    QTest::addColumn<QString>("server");
    for (const char *name : std::span(all).first(std::size_t(most)))
        QTest::newRow(name) << QString::fromLatin1(name);
}

SessionRun *tst_RemoteAction::connected()
{
    QFETCH(QString, server);
    const support::SshServer &one = server == u"plain"        ? m_plain
                                    : server == u"busybox"    ? m_busybox
                                    : server == u"sftp"       ? m_sftpOnly
                                    : server == u"shell only" ? m_shellOnly
                                                              : m_busyboxOnly;
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

void tst_RemoteAction::aCountThatIsNotWholeSaysSo()
{
    // A find that ends as one does that may not look into a folder.
    const QTemporaryDir tools;
    QFile find(tools.filePath(QStringLiteral("find")));
    QVERIFY(find.open(QFile::WriteOnly));
    find.write("#!/bin/sh\n/usr/bin/find \"$@\"\ncase $* in *-xdev*) exit 1; esac\n");
    find.close();
    QVERIFY(find.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    support::SshServer server;
    server.setPath(tools.path() + QStringLiteral(":/usr/bin:/bin"));
    QCOMPARE(server.start(), QString());
    QVERIFY(m_run->open(server.options()));
    touch(at("one"), "1");
    RemoteMeasure *measure = measureRemote(m_run->session, {at("one")});
    QVERIFY(!wait(measure));
    QCOMPARE(measure->bytes(), 1);
    QVERIFY(measure->isPartial());
    SessionRun whole;
    QVERIFY(whole.open(m_shellOnly.options()));
    measure = measureRemote(whole.session, {at("one")});
    QVERIFY(!wait(measure));
    QVERIFY(!measure->isPartial());
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
    SessionRun *run = connected();
    QVERIFY(run);
    QCOMPARE(mkfifo(at("pipe").constData(), 0600), 0);
    QCOMPARE(symlink("/dev/zero", at("zero").constData()), 0);
    makeDir(at("dir"));
    for (const QByteArray &name : {QByteArray("pipe"), QByteArray("zero"), QByteArray("dir")})
        QCOMPARE(wait(readRemoteFile(run->session, at(name), 1000))->code, ErrorCode::Unsupported);
    QCOMPARE(wait(readRemoteFile(run->session, at("none"), 1000))->code, ErrorCode::NotFound);
    // Any bytes, in several pieces; the end on a piece's border, behind it, and cut.
    QByteArray bytes(512 * 1024, '\0');
    for (qsizetype i = 0; i < bytes.size(); i += 3)
        bytes[i] = char(i / 3);
    for (const qsizetype size : {qsizetype(0), qsizetype(4), bytes.size() - 1, bytes.size()}) {
        touch(at(odd), bytes.first(size));
        RemoteAction *read = readRemoteFile(run->session, at(odd), bytes.size());
        QVERIFY(!wait(read));
        QCOMPARE(read->bytes(), bytes.first(size));
        QCOMPARE(read->size(), size);
        QVERIFY(!read->isCut());
    }
    RemoteAction *cut = readRemoteFile(run->session, at(odd), 300'000);
    QVERIFY(!wait(cut));
    QCOMPARE(cut->bytes(), bytes.first(300'000));
    QVERIFY(cut->isCut());
}

/// Whatever the server has, the same is told as over SFTP.
void tst_RemoteAction::directoriesAreListed()
{
    SessionRun *run = connected();
    QVERIFY(run);
    makeDir(at("dir"));
    makeDir(at("dir/sub"));
    QCOMPARE(chmod(at("dir/sub").constData(), 01777), 0);
    touch(at("dir/" + odd), "1234");
    touch(at("dir/ "));
    touch(at("dir/-rf"), "12");
    touch(at("dir/two\n81a4 5 0 0 0 lines"));
    touch(at("dir/..three"));
    touch(at("dir/.hidden"));
    touch(at("dir/" + QByteArray(255, 'n')));
    touch(at("dir/sparse"));
    QCOMPARE(truncate(at("dir/sparse").constData(), qint64(5) << 30), 0);
    QCOMPARE(chmod(at("dir/sparse").constData(), 04640), 0);
    const timespec times[2]{{1'000'000'000, 0}, {1'000'000'000, 999'999'999}};
    QCOMPARE(utimensat(AT_FDCWD, at("dir/sparse").constData(), times, 0), 0);
    QCOMPARE(mkfifo(at("dir/pipe").constData(), 0600), 0);
    QCOMPARE(symlink("sparse", at("dir/link").constData()), 0);
    QCOMPARE(symlink("sub", at("dir/way\nout").constData()), 0);
    QCOMPARE(symlink("../dir/pipe", at("dir/to-pipe").constData()), 0);
    QCOMPARE(symlink("/no/where\n", at("dir/broken").constData()), 0);
    QCOMPARE(symlink("round", at("dir/round").constData()), 0);

    SessionRun sftp;
    QVERIFY(sftp.open(m_plain.options()));
    using Told = std::tuple<ssh::RemoteEntry::Type, std::optional<quint64>, std::optional<quint32>,
                            std::optional<quint32>, std::optional<quint32>, std::optional<qint64>,
                            std::optional<QByteArray>, std::optional<ssh::RemoteEntry::Type>>;
    const auto told = [](const ssh::DirectoryListing &listing) {
        QMap<QByteArray, Told> all;
        for (const ssh::RemoteEntry &one : listing.entries())
            all.insert(one.name, Told(one.type, one.size, one.mode, one.uid, one.gid, one.mtime,
                                      one.link, one.leadsTo));
        return all;
    };
    const QByteArrayList paths{at("dir"),          at("dir/"),       at("dir/sub"),
                               at("dir/way\nout"), at("dir/sparse"), at("dir/broken"),
                               at("dir/-rf")};
    for (const QByteArray &path : paths) {
        ssh::DirectoryListing *expected = sftp.session.listDirectory(path);
        QVERIFY(!wait(expected));
        ssh::DirectoryListing *listing = listRemote(run->session, path);
        const auto error = wait(listing);
        QVERIFY2(!error, error ? qPrintable(error->detail) : "");
        QCOMPARE(listing->entries().size(), expected->entries().size());
        QCOMPARE(told(*listing).keys(), told(*expected).keys());
        for (const QByteArray &name : told(*expected).keys())
            QVERIFY2(told(*listing)[name] == told(*expected)[name], name.constData());
    }
    ssh::DirectoryListing *root = listRemote(run->session, "/");
    QVERIFY(!wait(root));
    QVERIFY(told(*root).contains("tmp"));
    QVERIFY(!wait(listRemote(run->session, {}))); // the home
}

void tst_RemoteAction::whatCannotBeListedIsTold()
{
    SessionRun *run = connected();
    QVERIFY(run);
    const auto missing = wait(listRemote(run->session, at("none")));
    QCOMPARE(missing->code, ErrorCode::NotFound);
    QVERIFY(missing->detail.startsWith(QString::fromUtf8(at("none"))));
    if (getuid() != 0) { // root may read everything
        QCOMPARE(mkdir(at("locked").constData(), 0), 0);
        QCOMPARE(wait(listRemote(run->session, at("locked")))->code, ErrorCode::PermissionDenied);
    }
    makeDir(at("empty"));
    ssh::DirectoryListing *empty = listRemote(run->session, at("empty"));
    QVERIFY(!wait(empty));
    QVERIFY(empty->entries().empty());
}

void tst_RemoteAction::filesAreMadeAndLookedAt()
{
    SessionRun *run = connected();
    QVERIFY(run);
    for (const QByteArray &name : {odd, QByteArray("-rf"), QByteArray("$(id)")}) {
        QVERIFY(!wait(makeRemoteDirectory(run->session, at(name))));
        const QByteArray file = at(name) + "/-new";
        QVERIFY(!wait(makeRemoteFile(run->session, file)));
        QCOMPARE(contents(file), QByteArray());
        // What is there stays as it is.
        touch(file, "mine");
        QCOMPARE(wait(makeRemoteFile(run->session, file))->code, ErrorCode::RemoteFailed);
        QCOMPARE(wait(makeRemoteDirectory(run->session, file))->code, ErrorCode::RemoteFailed);
        QCOMPARE(contents(file), QByteArray("mine"));
        QVERIFY(!wait(setRemoteMode(run->session, file, 0640)));
        RemoteAction *info = remoteFileInfo(run->session, file);
        QVERIFY(!wait(info));
        QCOMPARE(info->mode(), quint32(0640));
        QCOMPARE(info->size(), 4);
        QCOMPARE(info->type(), ssh::RemoteEntry::Type::File);
        struct stat there;
        QCOMPARE(stat(file.constData(), &there), 0);
        QCOMPARE(info->mtime(), qint64(there.st_mtime));
        // Where a link leads; a file and a directory.
        QCOMPARE(symlink(file.constData(), (at(name) + "/link").constData()), 0);
        RemoteAction *resolved = resolveRemote(run->session, at(name) + "/link");
        QVERIFY(!wait(resolved));
        QCOMPARE(resolved->bytes(),
                 QFile::encodeName(QFileInfo(m_dir->path()).canonicalFilePath()) + '/' + name +
                     "/-new");
        QVERIFY(!wait(renameRemote(run->session, file, at(name) + "/renamed")));
        QCOMPARE(contents(at(name) + "/renamed"), QByteArray("mine"));
    }
    // A link that leads nowhere has its name, too.
    QCOMPARE(symlink(at("elsewhere").constData(), at("dangling").constData()), 0);
    QVERIFY(wait(makeRemoteFile(run->session, at("dangling"))));
    QVERIFY(!exists(at("elsewhere")));
    RemoteAction *home = resolveRemote(run->session, {});
    QVERIFY(!wait(home));
    QVERIFY(home->bytes().startsWith('/'));
    QCOMPARE(wait(makeRemoteDirectory(run->session, at("no/sub")))->code, ErrorCode::NotFound);
    QCOMPARE(wait(makeRemoteFile(run->session, at("no/file")))->code, ErrorCode::NotFound);
    QCOMPARE(wait(setRemoteMode(run->session, at("no"), 0600))->code, ErrorCode::NotFound);
    QCOMPARE(wait(remoteFileInfo(run->session, at("no")))->code, ErrorCode::NotFound);
}

void tst_RemoteAction::manyNamesComeInBatches()
{
    makeDir(at("many"));
    for (int i = 0; i < 3000; ++i)
        touch(at("many/" + QByteArray::number(i)));
    QVERIFY(m_run->open(m_shellOnly.options()));
    ssh::DirectoryListing *listing = listRemote(m_run->session, at("many"));
    qsizetype expected = 0;
    int batches = 0;
    bool isGapless = true;
    connect(listing, &ssh::DirectoryListing::entriesAdded, this, [&](qsizetype first) {
        isGapless = isGapless && first == expected;
        expected = qsizetype(listing->entries().size());
        ++batches;
    });
    QVERIFY(!wait(listing));
    QVERIFY(isGapless);
    QCOMPARE(expected, 3000);
    QVERIFY(batches < 300);
    QSet<QByteArray> names;
    for (const ssh::RemoteEntry &entry : listing->entries())
        names.insert(entry.name);
    QCOMPARE(names.size(), 3000);
}

void tst_RemoteAction::aListingCanBeCancelled()
{
    makeDir(at("many"));
    for (int i = 0; i < 3000; ++i)
        touch(at("many/" + QByteArray::number(i)));
    QVERIFY(m_run->open(m_shellOnly.options()));
    for (int i = 0; i < 30; ++i) {
        ssh::DirectoryListing *listing = listRemote(m_run->session, at("many"));
        if (i % 3 == 0) { // while it is being told
            connect(listing, &ssh::DirectoryListing::entriesAdded, listing, &Operation::cancel);
            QCOMPARE(wait(listing)->code, ErrorCode::Cancelled);
        } else if (i % 3 == 1) {
            QSignalSpy finished(listing, &Operation::finished);
            listing->cancel();
            QTRY_COMPARE(finished.count(), 1);
        } else {
            std::unique_ptr<ssh::Exec> exec(m_run->run("true")); // it has begun
            delete listing;
        }
    }
    ssh::DirectoryListing *last = listRemote(m_run->session, at("many"));
    QVERIFY(!wait(last));
    QCOMPARE(last->entries().size(), std::size_t(3000));
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
