// SPDX-License-Identifier: GPL-3.0-or-later
// What the queue keeps over the program's end.
#include "core/history/TransferStore.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace core::history;

class tst_TransferHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void whatWasAddedComesBack();
    void theOrderIsKept();
    void whatHasEndedComesNewestFirst();
    void aBrokenFileIsKeptAside();
    void damageInTheMiddleIsKeptAsideToo();
    void aBusyFileIsLeftAlone();
    void aFileThatCannotBeOpenedIsLeftAlone();
    void anOlderFileIsReadOn();
    void theOldestAreForgotten();
    void whatHasEndedGoesAtOnce();
    void theStoreWritesInItsOrder();
    void aFullDiskIsTold();
    void aNewerFileIsLeftAlone();

private:
    [[nodiscard]] QString file() const { return m_dir->filePath(QStringLiteral("a/history.db")); }
    /// By another program.
    void runSql(const QStringList &statements) const;
    void fill(int count, TransferStatus status) const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void tst_TransferHistory::whatWasAddedComesBack()
{
    TransferRecord record;
    record.instanceId = QStringLiteral("one");
    record.instanceName = QStringLiteral("训练");
    record.request.direction = transfer::Direction::Get;
    record.request.sources = {"/root/b\xd6\xd0", QByteArray("/root/a\nb")};
    record.request.target = "/home/me/";
    record.request.overwrite = transfer::Overwrite::Newer;
    record.request.links = transfer::Links::Skip;
    record.request.verify = true;
    record.request.resume = true;
    record.request.excludes = {"*.tmp"};
    record.createdMs = 5;
    {
        TransferHistory history;
        QVERIFY(history.open(file()));
        record.id = 1234567890123;
        QVERIFY(history.save(record));
        record.status = TransferStatus::Partly;
        record.progress = {10, 20, 5, 1, 2, false};
        record.copiedBytes = 15;
        record.summary.failed = 1;
        record.summary.protocol = "sftp+tar";
        record.error = Error{ErrorCode::DiskFull, Step::Transfer, QStringLiteral("no room")};
        record.endedMs = 9;
        record.activeMs = 4;
        transfer::FileOutcome failure{
            "/root/b\xd6\xd0/x", transfer::FileOutcome::Result::Failed,
            Error{ErrorCode::PermissionDenied, Step::Transfer, QStringLiteral("denied")}};
        failure.isTaken = true;
        record.outcomes = {failure,
                           {"/root/c", transfer::FileOutcome::Result::Renamed,
                            Error{ErrorCode::Unsupported, Step::Local, QStringLiteral("c%0A")}},
                           {"/root/d", transfer::FileOutcome::Result::Resumed, {}}};
        record.outcomeCount = 700;
        QVERIFY(history.save(record));
    }
    TransferHistory history;
    QVERIFY(history.open(file()));
    const auto loaded = history.load();
    QVERIFY(loaded);
    QCOMPARE(loaded->size(), std::size_t(1));
    const TransferRecord &read = loaded->front();
    QCOMPARE(read.id, record.id);
    QCOMPARE(read.instanceName, record.instanceName);
    QCOMPARE(read.request.direction, record.request.direction);
    QCOMPARE(read.request.sources, record.request.sources);
    QCOMPARE(read.request.target, record.request.target);
    QCOMPARE(read.request.overwrite, record.request.overwrite);
    QCOMPARE(read.request.links, record.request.links);
    QVERIFY(read.request.verify && read.request.resume);
    QCOMPARE(read.request.excludes, record.request.excludes);
    QCOMPARE(read.status, TransferStatus::Partly);
    QCOMPARE(read.progress, record.progress);
    QCOMPARE(read.summary.failed, 1);
    QCOMPARE(read.summary.protocol, QByteArray("sftp+tar"));
    QCOMPARE(read.error, record.error);
    QCOMPARE(read.endedMs, 9);
    QCOMPARE(read.activeMs, 4);
    QCOMPARE(read.copiedBytes, 15);
    QCOMPARE(read.outcomeCount, 700);
    QCOMPARE(read.outcomes.size(), record.outcomes.size());
    for (std::size_t i = 0; i < record.outcomes.size(); ++i) {
        QCOMPARE(read.outcomes[i].path, record.outcomes[i].path);
        QCOMPARE(read.outcomes[i].result, record.outcomes[i].result);
        QCOMPARE(read.outcomes[i].error, record.outcomes[i].error);
        QCOMPARE(read.outcomes[i].isTaken, record.outcomes[i].isTaken);
    }
}

void tst_TransferHistory::theOrderIsKept()
{
    TransferHistory history;
    QVERIFY(history.open(file()));
    const std::vector<qint64> ids{11, 12, 13};
    for (const qint64 id : ids) {
        TransferRecord one;
        one.id = id;
        QVERIFY(history.save(one));
    }
    const std::vector<qint64> wanted{ids[2], ids[0], ids[1]};
    QVERIFY(history.setOrder(wanted));
    // An update does not move it.
    TransferRecord first;
    first.id = ids[2];
    QVERIFY(history.save(first));
    std::vector<qint64> found;
    const auto loaded = history.load();
    QVERIFY(loaded);
    for (const TransferRecord &one : *loaded)
        found.push_back(one.id);
    QCOMPARE(found, wanted);
    QVERIFY(history.remove(ids[0]));
    QCOMPARE(history.load()->size(), std::size_t(2));
}

void tst_TransferHistory::whatHasEndedComesNewestFirst()
{
    TransferHistory history;
    QVERIFY(history.open(file()));
    for (int i = 1; i <= 5; ++i) {
        TransferRecord one;
        one.status = i == 1 ? TransferStatus::Queued : TransferStatus::Done;
        one.id = i;
        one.endedMs = i;
        QVERIFY(history.save(one));
    }
    std::vector<qint64> ended;
    const auto loaded = history.load(3);
    QVERIFY(loaded);
    for (const TransferRecord &one : *loaded)
        ended.push_back(one.endedMs);
    QCOMPARE(ended, (std::vector<qint64>{1, 5, 4, 3}));
}

void tst_TransferHistory::aBrokenFileIsKeptAside()
{
    QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral("a"))));
    QFile broken(file());
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(QByteArray(8192, 'x'));
    broken.close();
    TransferHistory history;
    QVERIFY(history.open(file()));
    QVERIFY(!history.corruptKeptAs().isEmpty());
    QVERIFY(QFile::exists(history.corruptKeptAs()));
    QVERIFY(history.save({}));
    QCOMPARE(history.load()->size(), std::size_t(1));
}

void tst_TransferHistory::runSql(const QStringList &statements) const
{
    const QString name = QStringLiteral("other");
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        other.setDatabaseName(file());
        QVERIFY(other.open());
        for (const QString &statement : statements)
            QVERIFY2(QSqlQuery(other).exec(statement), qPrintable(statement));
        other.close();
    }
    QSqlDatabase::removeDatabase(name);
}

void tst_TransferHistory::fill(int count, TransferStatus status) const
{
    TransferHistory history;
    QVERIFY(history.open(file()));
    QVERIFY(history.load());
    TransferRecord one;
    one.status = status;
    one.instanceName = QString(300, u'n');
    for (int i = 1; i <= count; ++i) {
        one.id = i;
        one.endedMs = i;
        QVERIFY(history.save(one));
    }
}

void tst_TransferHistory::damageInTheMiddleIsKeptAsideToo()
{
    fill(200, TransferStatus::Queued);
    QFile damaged(file());
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    QVERIFY(damaged.size() > 40000);
    // The table's pages; the header and the list of tables stay whole.
    QVERIFY(damaged.seek(3 * 4096));
    damaged.write(QByteArray(int(damaged.size()) - 3 * 4096, 'x'));
    damaged.close();
    // A backup program, say, so that SQLite leaves its log.
    const QString name = QStringLiteral("reader");
    const auto reader = qScopeGuard([&] { QSqlDatabase::removeDatabase(name); });
    QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name).setDatabaseName(file());
    QVERIFY(QSqlQuery(QSqlDatabase::database(name)).exec(QStringLiteral("PRAGMA user_version")));
    TransferHistory history;
    QVERIFY(history.open(file()));
    const auto loaded = history.load();
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().detail));
    // It would be taken for the new one's.
    QVERIFY(QFile::exists(history.corruptKeptAs() + QStringLiteral("-wal")));
    QVERIFY(loaded->empty());
    QVERIFY(!history.corruptKeptAs().isEmpty());
    QVERIFY(history.save({}));
    QCOMPARE(history.load()->size(), std::size_t(1));
}

void tst_TransferHistory::aBusyFileIsLeftAlone()
{
    QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral("a"))));
    const QString name = QStringLiteral("holder");
    {
        QSqlDatabase holder = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        holder.setDatabaseName(file());
        QVERIFY(holder.open());
        QVERIFY(QSqlQuery(holder).exec(QStringLiteral("CREATE TABLE mine (a INTEGER)")));
        QVERIFY(QSqlQuery(holder).exec(QStringLiteral("BEGIN EXCLUSIVE")));
        TransferHistory history;
        const auto opened = history.open(file());
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::LocalIo);
        QVERIFY(history.corruptKeptAs().isEmpty());
        QVERIFY(QSqlQuery(holder).exec(QStringLiteral("COMMIT")));
        holder.close();
    }
    QSqlDatabase::removeDatabase(name);
    QVERIFY(QFile::exists(file()));
    QCOMPARE(QDir(m_dir->filePath(QStringLiteral("a"))).entryList({QStringLiteral("*corrupt*")}),
             QStringList());
}

void tst_TransferHistory::aFileThatCannotBeOpenedIsLeftAlone()
{
    QVERIFY(QDir().mkpath(file())); // a folder of this name
    TransferHistory history;
    const auto opened = history.open(file());
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::LocalIo);
    QVERIFY(QFileInfo(file()).isDir());
}

void tst_TransferHistory::anOlderFileIsReadOn()
{
    QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral("a"))));
    // As the first version of the program made it.
    runSql({QStringLiteral(
                "CREATE TABLE transfers (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                "instance TEXT, instance_name TEXT, position INTEGER, status INTEGER, request "
                "TEXT, bytes INTEGER, total_bytes INTEGER, files INTEGER, total_files INTEGER, "
                "skipped INTEGER, failed INTEGER, protocol TEXT, verified INTEGER, "
                "error_code INTEGER, error_step INTEGER, error_detail TEXT, failures TEXT, "
                "created_ms INTEGER, started_ms INTEGER, ended_ms INTEGER, active_ms INTEGER)"),
            QStringLiteral("INSERT INTO transfers (instance_name, position, status, request, bytes,"
                           " failures) VALUES ('old', 1, 4, '{}', 77, "
                           "'[[\"L2E=\",16,8,\"denied\",false]]')"),
            QStringLiteral("PRAGMA user_version=1")});
    TransferHistory history;
    const auto opened = history.open(file());
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
    const auto loaded = history.load();
    QVERIFY(loaded && loaded->size() == 1);
    const TransferRecord &old = loaded->front();
    QCOMPARE(old.instanceName, QStringLiteral("old"));
    QCOMPARE(old.copiedBytes, 77);
    QCOMPARE(old.outcomes.size(), std::size_t(1));
    QCOMPARE(old.outcomeCount, 1);
    QCOMPARE(old.outcomes[0].path, QByteArray("/a"));
    QCOMPARE(old.outcomes[0].result, transfer::FileOutcome::Result::Failed);
    QVERIFY(history.save(old));
}

void tst_TransferHistory::theOldestAreForgotten()
{
    fill(TransferHistory::mostEnded + 20, TransferStatus::Done);
    TransferHistory history;
    QVERIFY(history.open(file()));
    TransferRecord waits;
    waits.id = 5000;
    QVERIFY(history.save(waits));
    const auto loaded = history.load(5000);
    QVERIFY(loaded);
    QCOMPARE(loaded->size(), std::size_t(TransferHistory::mostEnded + 1));
    QCOMPARE(loaded->back().id, 21);
}

void tst_TransferHistory::whatHasEndedGoesAtOnce()
{
    fill(300, TransferStatus::Cancelled);
    TransferHistory history;
    QVERIFY(history.open(file()));
    TransferRecord paused;
    paused.id = 5000;
    paused.status = TransferStatus::Paused;
    QVERIFY(history.save(paused));
    QVERIFY(history.removeEnded());
    const auto loaded = history.load(5000);
    QVERIFY(loaded && loaded->size() == 1);
    QCOMPARE(loaded->front().id, 5000);
}

void tst_TransferHistory::theStoreWritesInItsOrder()
{
    {
        TransferStore store;
        QSignalSpy opened(&store, &TransferStore::opened);
        store.open(file());
        QVERIFY(opened.wait());
        TransferRecord one;
        for (int i = 1; i <= 50; ++i) {
            one.id = i;
            store.save(one);
        }
        store.remove(7);
        one.id = 8;
        one.status = TransferStatus::Done;
        store.save(one);
        store.removeEnded();
        store.setOrder({3, 1});
        // The end waits for all of it.
    }
    TransferHistory history;
    QVERIFY(history.open(file()));
    const auto loaded = history.load();
    QVERIFY(loaded);
    QCOMPARE(loaded->size(), std::size_t(48));
    QCOMPARE(loaded->at(0).id, 3);
    QCOMPARE(loaded->at(1).id, 1);
}

void tst_TransferHistory::aFullDiskIsTold()
{
    const QString disk = m_dir->filePath(QStringLiteral("a"));
    QVERIFY(QDir().mkpath(disk));
    if (QProcess::execute(QStringLiteral("mount"),
                          {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"),
                           QStringLiteral("size=400k"), QStringLiteral("none"), disk}) != 0)
        QSKIP("a small disk can't be made here");
    {
        QFile filler(disk + QStringLiteral("/filler"));
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        filler.write(QByteArray(200'000, 'f'));
        TransferHistory history;
        QVERIFY(history.open(file()));
        TransferRecord big;
        big.id = 1;
        big.instanceName = QString(300'000, u'n');
        const auto saved = history.save(big);
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::DiskFull);
        filler.remove();
        big.instanceName = QStringLiteral("small");
        QVERIFY(history.save(big)); // and goes on
        QCOMPARE(history.load()->size(), std::size_t(1));
    }
    QCOMPARE(QProcess::execute(QStringLiteral("umount"), {disk}), 0);
}

void tst_TransferHistory::aNewerFileIsLeftAlone()
{
    {
        TransferHistory history;
        QVERIFY(history.open(file()));
    }
    // The version in the header of an SQLite file: bytes 60 to 63 (sqlite.org/fileformat.html).
    QFile newer(file());
    QVERIFY(newer.open(QIODevice::ReadWrite));
    QVERIFY(newer.seek(60));
    newer.write(QByteArray("\0\0\0\x63", 4));
    newer.close();
    TransferHistory history;
    const auto opened = history.open(file());
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::LocalIo);
    QVERIFY(QFile::exists(file()));
}

QTEST_GUILESS_MAIN(tst_TransferHistory)

#include "tst_TransferHistory.moc"
