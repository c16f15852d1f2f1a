// SPDX-License-Identifier: GPL-3.0-or-later
// What the queue keeps over the program's end.
#include "core/history/TransferHistory.h"

#include <QDir>
#include <QFile>
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
    void aNewerFileIsLeftAlone();

private:
    [[nodiscard]] QString file() const { return m_dir->filePath(QStringLiteral("a/history.db")); }

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
        const auto id = history.add(record);
        QVERIFY(id);
        record.id = *id;
        record.status = TransferStatus::Partly;
        record.progress = {10, 20, 1, 2, false};
        record.summary.failed = 1;
        record.summary.protocol = "sftp+tar";
        record.error = Error{ErrorCode::DiskFull, Step::Transfer, QStringLiteral("no room")};
        record.endedMs = 9;
        record.activeMs = 4;
        transfer::FileOutcome failure{
            "/root/b\xd6\xd0/x", transfer::FileOutcome::Result::Failed,
            Error{ErrorCode::PermissionDenied, Step::Transfer, QStringLiteral("denied")}};
        failure.isTaken = true;
        record.failures = {failure};
        QVERIFY(history.update(record));
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
    QCOMPARE(read.failures.size(), std::size_t(1));
    QCOMPARE(read.failures[0].path, record.failures[0].path);
    QCOMPARE(read.failures[0].error, record.failures[0].error);
    QVERIFY(read.failures[0].isTaken);
}

void tst_TransferHistory::theOrderIsKept()
{
    TransferHistory history;
    QVERIFY(history.open(file()));
    std::vector<qint64> ids;
    for (int i = 0; i < 3; ++i)
        ids.push_back(*history.add({}));
    const std::vector<qint64> wanted{ids[2], ids[0], ids[1]};
    QVERIFY(history.setOrder(wanted));
    // An update does not move it.
    TransferRecord first;
    first.id = ids[2];
    QVERIFY(history.update(first));
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
        one.endedMs = i;
        QVERIFY(history.add(one));
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
    QVERIFY(history.add({}));
    QCOMPARE(history.load()->size(), std::size_t(1));
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
