// SPDX-License-Identifier: GPL-3.0-or-later
// Directories over a real sshd's SFTP.
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QFile>
#include <QProcess>
#include <QSet>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace core;
using namespace core::ssh;
using support::SessionRun;

class tst_Listing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyKindOfEntry();
    void manyLinksAreAllFollowed();
    void namesAreBytes();
    void aPathThatIsNoDirectoryGivesItself();
    void failuresNameThePath();
    void tenThousandNamesComeOnceInBatches();
    void commandsRunWhileADirectoryIsRead();
    void cancelSparesTheSession();
    void aServerWithoutSftpSaysSo();
    void aLostSessionEndsIt();
    void cleanupTestCase();

private:
    [[nodiscard]] QByteArray dir(const char *name) const
    {
        return QFile::encodeName(m_dir.path()) + '/' + name;
    }
    DirectoryListing *list(SessionRun &run, const QByteArray &path)
    {
        DirectoryListing *listing = run.session.listDirectory(path);
        QSignalSpy finished(listing, &Operation::finished);
        if (!finished.wait(20000) || finished.count() != 1)
            qWarning("the listing did not finish");
        return listing;
    }
    static void touch(const QByteArray &path, qint64 size = 0)
    {
        FILE *file = fopen(path.constData(), "w");
        QVERIFY2(file, path.constData());
        fclose(file);
        QCOMPARE(truncate(path.constData(), size), 0);
    }

    support::SshServer m_server;
    QTemporaryDir m_dir;
};

void tst_Listing::initTestCase()
{
    NEED_SSHD();
    m_server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(m_server.start(), QString());
    QCOMPARE(mkdir(dir("many").constData(), 0755), 0);
    for (int i = 0; i < 10000; ++i)
        touch(dir("many/") + QByteArray::number(i));
}

void tst_Listing::everyKindOfEntry()
{
    QCOMPARE(mkdir(dir("kinds").constData(), 0755), 0);
    touch(dir("kinds/empty"));
    touch(dir("kinds/sparse"), qint64(5) << 30);
    chmod(dir("kinds/sparse").constData(), 04640);
    const timespec times[2]{{1'000'000'000, 0}, {1'000'000'000, 0}};
    utimensat(AT_FDCWD, dir("kinds/sparse").constData(), times, 0);
    QCOMPARE(mkdir(dir("kinds/folder").constData(), 01777), 0);
    chmod(dir("kinds/folder").constData(), 01777);
    QCOMPARE(mkfifo(dir("kinds/pipe").constData(), 0600), 0);
    QCOMPARE(symlink("sparse", dir("kinds/link").constData()), 0);
    QCOMPARE(symlink("/no/where", dir("kinds/broken").constData()), 0);
    QCOMPARE(symlink("folder", dir("kinds/way").constData()), 0);
    QCOMPARE(symlink("round", dir("kinds/round").constData()), 0);

    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    const DirectoryListing *listing = list(run, dir("kinds"));
    QVERIFY(listing->isOk());
    QHash<QByteArray, RemoteEntry> found;
    for (const RemoteEntry &entry : listing->entries())
        found.insert(entry.name, entry);
    QCOMPARE(found.size(), 8);
    QCOMPARE(listing->entries().size(), std::size_t(8));
    QCOMPARE(found["empty"].type, RemoteEntry::Type::File);
    QCOMPARE(found["empty"].size, quint64(0));
    QCOMPARE(found["sparse"].size, quint64(5) << 30);
    QCOMPARE(found["sparse"].mode, quint32(04640));
    QCOMPARE(found["sparse"].mtime, qint64(1'000'000'000));
    QCOMPARE(found["sparse"].uid, quint32(getuid()));
    QCOMPARE(found["folder"].type, RemoteEntry::Type::Directory);
    QCOMPARE(found["folder"].mode, quint32(01777));
    QCOMPARE(found["pipe"].type, RemoteEntry::Type::Other);
    QCOMPARE(found["link"].type, RemoteEntry::Type::Link);
    QCOMPARE(found["link"].link, QByteArray("sparse"));
    QCOMPARE(found["broken"].link, QByteArray("/no/where"));
    QVERIFY(!found["sparse"].link);
    QCOMPARE(found["link"].leadsTo, RemoteEntry::Type::File);
    QCOMPARE(found["way"].leadsTo, RemoteEntry::Type::Directory);
    QCOMPARE(found["way"].link, QByteArray("folder"));
    QVERIFY(!found["broken"].leadsTo);
    QCOMPARE(found["round"].link, QByteArray("round"));
    QVERIFY(!found["round"].leadsTo);
    QVERIFY(!found["folder"].leadsTo);
}

void tst_Listing::manyLinksAreAllFollowed()
{
    QCOMPARE(mkdir(dir("links").constData(), 0755), 0);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(symlink(i % 2 ? "../kinds/folder" : "../kinds/sparse",
                         (dir("links/") + QByteArray::number(i)).constData()),
                 0);
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    const DirectoryListing *listing = list(run, dir("links"));
    QCOMPARE(listing->entries().size(), std::size_t(1000));
    for (const RemoteEntry &entry : listing->entries()) {
        QVERIFY(entry.link);
        QCOMPARE(entry.leadsTo,
                 entry.name.toInt() % 2 ? RemoteEntry::Type::Directory : RemoteEntry::Type::File);
    }
}

void tst_Listing::namesAreBytes()
{
    QCOMPARE(mkdir(dir("bytes").constData(), 0755), 0);
    const QSet<QByteArray> names{
        "\xc4\xe3\xba\xc3", "\xe4\xbd\xa0\xe5\xa5\xbd", "a b", "new\nline", "-rf", "\xff",
        "..three",          QByteArray(255, 'n')};
    for (const QByteArray &name : names)
        touch(dir("bytes/") + name);
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    QSet<QByteArray> found;
    for (const RemoteEntry &entry : list(run, dir("bytes/"))->entries())
        found.insert(entry.name);
    QCOMPARE(found, names);
}

void tst_Listing::aPathThatIsNoDirectoryGivesItself()
{
    touch(dir("single"), 7);
    QCOMPARE(symlink("nothing", dir("dangling").constData()), 0);
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    const DirectoryListing *file = list(run, dir("single"));
    QCOMPARE(file->entries().size(), std::size_t(1));
    QCOMPARE(file->entries().front().name, dir("single"));
    QCOMPARE(file->entries().front().size, quint64(7));
    const DirectoryListing *link = list(run, dir("dangling"));
    QCOMPARE(link->entries().size(), std::size_t(1));
    QCOMPARE(link->entries().front().link, QByteArray("nothing"));
    QVERIFY(list(run, {})->isOk()); // the home
}

void tst_Listing::failuresNameThePath()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    const DirectoryListing *missing = list(run, dir("no-such-thing"));
    QCOMPARE(missing->error()->code, ErrorCode::NotFound);
    QVERIFY(missing->error()->detail.contains(QStringLiteral("no-such-thing")));
    if (getuid() != 0) { // root may read everything
        QCOMPARE(mkdir(dir("locked").constData(), 0), 0);
        QCOMPARE(list(run, dir("locked"))->error()->code, ErrorCode::PermissionDenied);
    }
    QVERIFY(list(run, m_dir.path().toUtf8())->isOk()); // the session lives on
}

void tst_Listing::tenThousandNamesComeOnceInBatches()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    DirectoryListing *listing = run.session.listDirectory(dir("many"));
    QSignalSpy batches(listing, &DirectoryListing::entriesAdded);
    QSignalSpy finished(listing, &Operation::finished);
    QVERIFY(finished.wait(20000));
    QSet<QByteArray> names;
    for (const RemoteEntry &entry : listing->entries())
        names.insert(entry.name);
    QCOMPARE(listing->entries().size(), std::size_t(10000));
    QCOMPARE(names.size(), 10000);
    QVERIFY(batches.count() > 5);
}

void tst_Listing::commandsRunWhileADirectoryIsRead()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    std::vector<DirectoryListing *> listings;
    for (int i = 0; i < 4; ++i)
        listings.push_back(run.session.listDirectory(dir("many")));
    std::unique_ptr<Exec> exec(run.run("echo between"));
    QCOMPARE(exec->standardOutput(), "between\n");
    for (const DirectoryListing *listing : listings) {
        QTRY_VERIFY_WITH_TIMEOUT(listing->isFinished(), 20000);
        QCOMPARE(listing->entries().size(), std::size_t(10000));
    }
}

void tst_Listing::cancelSparesTheSession()
{
    SessionRun run;
    QVERIFY(run.open(m_server.options()));
    for (int i = 0; i < 20; ++i) {
        DirectoryListing *listing = run.session.listDirectory(dir(i % 2 ? "many" : "kinds"));
        QSignalSpy finished(listing, &Operation::finished);
        QTest::qWait(i % 5); // at another place each time
        if (i % 3 == 0) {
            delete listing;
            continue;
        }
        listing->cancel();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(listing->isOk() || listing->error()->code == ErrorCode::Cancelled);
    }
    QCOMPARE(list(run, dir("many"))->entries().size(), std::size_t(10000));
}

void tst_Listing::aServerWithoutSftpSaysSo()
{
    support::SshServer server;
    QCOMPARE(server.start(), QString());
    SessionRun run;
    QVERIFY(run.open(server.options()));
    QCOMPARE(list(run, "/")->error()->code, ErrorCode::Unsupported);
    QCOMPARE(list(run, "/")->error()->code, ErrorCode::Unsupported);
    std::unique_ptr<Exec> exec(run.run("echo alive"));
    QCOMPARE(exec->standardOutput(), "alive\n");
}

void tst_Listing::aLostSessionEndsIt()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(server.start(), QString());
    SessionRun run;
    QVERIFY(run.open(server.options()));
    DirectoryListing *listing = run.session.listDirectory(dir("many"));
    server.kill();
    QTRY_VERIFY_WITH_TIMEOUT(listing->isFinished(), 20000);
    QVERIFY(listing->isOk() || listing->error()->code == ErrorCode::Disconnected);
    QTRY_COMPARE_WITH_TIMEOUT(run.closed.count(), 1, 20000);
    QCOMPARE(list(run, "/")->error()->code, ErrorCode::Disconnected);
}

void tst_Listing::cleanupTestCase()
{
    // QTemporaryDir can't remove names that are no text.
    QCOMPARE(QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), m_dir.path()}), 0);
}

QTEST_GUILESS_MAIN(tst_Listing)
#include "tst_Listing.moc"
