// SPDX-License-Identifier: GPL-3.0-or-later
// Disks that are full, that fill up in the midst of a copy, and that run out of inodes.
#include "tests/support/SshServer.h"
#include "tests/transfer/TransferRun.h"

#include <QFile>
#include <QRandomGenerator>

#include <sys/mount.h>
#include <sys/statvfs.h>

using namespace core;
using namespace core::transfer;

class tst_TransferDisks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void aDiskThatIsTooSmallIsNamedBeforeTheStart_data();
    void aDiskThatIsTooSmallIsNamedBeforeTheStart();
    void aDiskThatFillsUpIsNamed_data();
    void aDiskThatFillsUpIsNamed();
    void inodesThatRunOutAreNamed_data();
    void inodesThatRunOutAreNamed();
    void aDiskBelowTheTargetIsFilledByItself();
    void aReadOnlyDiskIsNamed_data();
    void aReadOnlyDiskIsNamed();
    void anotherTryGoesOnWhenThereIsRoom_data();
    void anotherTryGoesOnWhenThereIsRoom();

private:
    [[nodiscard]] QByteArray path(const char *name)
    {
        return QFile::encodeName(m_dir.path()) + '/' + name;
    }
    /// A file system of its own at "disk".
    void mountDisk(const char *options);
    [[nodiscard]] qint64 available();
    [[nodiscard]] QByteArray makeSource(int files, qsizetype size);
    [[nodiscard]] TransferRequest request(int direction, int protocol, const QByteArray &from);

    support::SshServer m_server;
    QTemporaryDir m_dir;
    bool m_isMounted = false;
    int m_count = 0;
};

namespace {

void ways()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("protocol");
    QTest::addColumn<int>("files");
    const auto add = [](const char *name, Direction direction, Protocol protocol, int files) {
        QTest::newRow(name) << int(direction) << int(protocol) << files;
    };
    add("put, large", Direction::Put, Protocol::Auto, 1);
    add("put, many", Direction::Put, Protocol::Auto, 300);
    add("put, sftp", Direction::Put, Protocol::Sftp, 300);
    add("put, scp", Direction::Put, Protocol::Scp, 60);
    add("get, large", Direction::Get, Protocol::Auto, 1);
    add("get, many", Direction::Get, Protocol::Auto, 300);
    add("get, sftp", Direction::Get, Protocol::Sftp, 300);
    add("get, scp", Direction::Get, Protocol::Scp, 60);
}

/// What is at the target is a whole file of the source, or not there.
void compareWhatIsThere(const QByteArray &from, const QByteArray &to)
{
    const auto source = treeOf(from, false);
    const auto target = treeOf(to, false);
    for (auto it = target.begin(); it != target.end(); ++it) {
        if (it.key().contains(".danlu-part") || !source.contains(it.key()))
            continue;
        const QByteArray wanted = source.value(it.key());
        QVERIFY2(it.value() == wanted,
                 (it.key() + ": " + it.value().left(30).toPercentEncoding(" ") + " of " +
                  QByteArray::number(it.value().size()) + " not " +
                  wanted.left(30).toPercentEncoding(" ") + " of " +
                  QByteArray::number(wanted.size()))
                     .constData());
    }
}

} // namespace

void tst_TransferDisks::initTestCase()
{
    NEED_SSHD();
    m_server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(m_server.start(), QString());
    mkdir(path("disk").constData(), 0755);
    if (mount("tmpfs", path("disk").constData(), "tmpfs", 0, "size=1m") == 0) {
        umount(path("disk").constData());
        return;
    }
    const QByteArray why = QByteArray("no file system can be mounted here: ") + strerror(errno);
    if (qEnvironmentVariableIsSet("CI") && geteuid() == 0)
        QFAIL(why.constData());
    QSKIP(why.constData());
}

void tst_TransferDisks::cleanup()
{
    if (std::exchange(m_isMounted, false))
        umount2(path("disk").constData(), MNT_DETACH);
}

void tst_TransferDisks::mountDisk(const char *options)
{
    QCOMPARE(mount("tmpfs", path("disk").constData(), "tmpfs", 0, options), 0);
    m_isMounted = true;
}

qint64 tst_TransferDisks::available()
{
    struct statvfs disk
    {
    };
    statvfs(path("disk").constData(), &disk);
    return qint64(disk.f_bavail) * qint64(disk.f_frsize);
}

QByteArray tst_TransferDisks::makeSource(int files, qsizetype size)
{
    const QByteArray root = path("source.") + QByteArray::number(++m_count);
    mkdir(root.constData(), 0755);
    for (int i = 0; i < files; ++i) {
        QByteArray bytes(size / files / 4 * 4, Qt::Uninitialized);
        QRandomGenerator(quint32(i))
            .fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
        QFile file(QFile::decodeName(root + "/f" + QByteArray::number(i)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qWarning("write");
    }
    return root;
}

TransferRequest tst_TransferDisks::request(int direction, int protocol, const QByteArray &from)
{
    TransferRequest wanted;
    wanted.direction = Direction(direction);
    wanted.protocol = Protocol(protocol);
    wanted.sources = {from};
    wanted.target = path("disk") + "/copy";
    return wanted;
}

void tst_TransferDisks::aDiskThatIsTooSmallIsNamedBeforeTheStart_data()
{
    ways();
}

void tst_TransferDisks::aDiskThatIsTooSmallIsNamedBeforeTheStart()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    QFETCH(int, files);
    mountDisk("size=4m");
    const qint64 before = available();
    const TransferRun run(request(direction, protocol, makeSource(files, 6'000'000)),
                          m_server.options());
    QVERIFY2(run.isFinished && run.error, run.words().constData());
    QCOMPARE(run.error->code, ErrorCode::DiskFull);
    QVERIFY(before - available() < 100'000);
}

void tst_TransferDisks::aDiskThatFillsUpIsNamed_data()
{
    ways();
}

void tst_TransferDisks::aDiskThatFillsUpIsNamed()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    QFETCH(int, files);
    mountDisk("size=16m");
    const QByteArray from = makeSource(files, 10'000'000);
    TransferRequest wanted = request(direction, protocol, from);
    wanted.bytesPerSecond = 5'000'000;
    std::vector<FileOutcome> outcomes;
    Transfer transfer(wanted, m_server.options());
    connect(&transfer, &Transfer::fileEnded, this,
            [&](const FileOutcome &outcome) { outcomes.push_back(outcome); });
    QSignalSpy finished(&transfer, &Operation::finished);
    transfer.start();
    QTRY_VERIFY_WITH_TIMEOUT(transfer.progress().bytes > 1'000'000, 20000);
    // Somebody else takes the rest.
    QFile other(QFile::decodeName(path("disk") + "/other"));
    QVERIFY(other.open(QIODevice::WriteOnly));
    while (available() > 0 && other.write(QByteArray(64 * 1024, 'x')) > 0 && other.flush()) {
    }
    QVERIFY(finished.count() == 1 || finished.wait(60000));
    const TransferSummary summary = transfer.summary();
    QVERIFY(transfer.error() || summary.failed > 0);
    if (transfer.error())
        QCOMPARE(transfer.error()->code, ErrorCode::DiskFull);
    qint64 named = 0;
    for (const FileOutcome &outcome : outcomes) {
        if (outcome.result != FileOutcome::Result::Failed)
            continue;
        ++named;
        QVERIFY2(outcome.error->code == ErrorCode::DiskFull,
                 (outcome.path + ": " + errorCodeName(outcome.error->code).data() + ' ' +
                  outcome.error->detail.toUtf8())
                     .constData());
    }
    QCOMPARE(named, summary.failed);
    if (!transfer.error())
        QCOMPARE(summary.files + summary.failed, files);
    compareWhatIsThere(from, wanted.target);
}

void tst_TransferDisks::inodesThatRunOutAreNamed_data()
{
    ways();
}

void tst_TransferDisks::inodesThatRunOutAreNamed()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    QFETCH(int, files);
    if (files == 1)
        QSKIP("one file needs one inode");
    // Known before the start.
    mountDisk("size=64m,nr_inodes=50");
    const QByteArray from = makeSource(files, 6'000'000);
    const TransferRun run(request(direction, protocol, from), m_server.options());
    QVERIFY2(run.isFinished && run.error, run.words().constData());
    QCOMPARE(run.error->code, ErrorCode::NoSpaceInodes);
    cleanup();

    // Taken by somebody else in the midst of it.
    mountDisk(files > 100 ? "size=64m,nr_inodes=400" : "size=64m,nr_inodes=100");
    TransferRequest wanted = request(direction, protocol, from);
    wanted.bytesPerSecond = 2'000'000;
    std::vector<FileOutcome> outcomes;
    Transfer transfer(wanted, m_server.options());
    connect(&transfer, &Transfer::fileEnded, this,
            [&](const FileOutcome &outcome) { outcomes.push_back(outcome); });
    QSignalSpy finished(&transfer, &Operation::finished);
    transfer.start();
    QTRY_VERIFY_WITH_TIMEOUT(transfer.progress().bytes > 200'000, 20000);
    for (int i = 0;; ++i) {
        QFile other(QFile::decodeName(path("disk") + "/other" + QByteArray::number(i)));
        if (!other.open(QIODevice::WriteOnly))
            break;
    }
    QVERIFY(finished.count() == 1 || finished.wait(60000));
    const TransferSummary summary = transfer.summary();
    QVERIFY(transfer.error() || summary.failed > 0);
    if (transfer.error())
        QCOMPARE(transfer.error()->code, ErrorCode::NoSpaceInodes);
    for (const FileOutcome &outcome : outcomes) {
        if (outcome.result == FileOutcome::Result::Failed)
            QCOMPARE(outcome.error->code, ErrorCode::NoSpaceInodes);
    }
    compareWhatIsThere(from, wanted.target);
}

/// A directory that is there already may be another disk: its room counts, and what goes there gets
/// its name at once.
void tst_TransferDisks::aDiskBelowTheTargetIsFilledByItself()
{
    mountDisk("size=3m");
    const QByteArray inner = path("disk") + "/da ta";
    mkdir(inner.constData(), 0755);
    QCOMPARE(mount("tmpfs", inner.constData(), "tmpfs", 0, "size=64m,mode=755"), 0);
    const QByteArray from = makeSource(60, 6'000'000);
    const QByteArray source = path("below") + QByteArray::number(m_count);
    mkdir(source.constData(), 0755);
    QCOMPARE(rename(from.constData(), (source + "/da ta").constData()), 0);
    TransferRequest wanted;
    wanted.sources = {source + "/da ta"};
    wanted.target = path("disk") + "/";
    const TransferRun run(wanted, m_server.options());
    QVERIFY2(run.isFinished && !run.error && run.summary.failed == 0, run.words().constData());
    QCOMPARE(run.summary.protocol, QByteArray("sftp"));
    compareWhatIsThere(source + "/da ta", inner);
    QCOMPARE(QDir(QFile::decodeName(path("disk")))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList(QStringLiteral("da ta")));
    // What goes beside it does so as before.
    QCOMPARE(rename((source + "/da ta").constData(), (source + "/whole").constData()), 0);
    const QByteArray whole = path("disk") + "/whole";
    mkdir(whole.constData(), 0755);
    wanted.sources = {source + "/whole"};
    const TransferRun refused(wanted, m_server.options());
    QVERIFY2(refused.isFinished && refused.error, refused.words().constData());
    QCOMPARE(refused.error->code, ErrorCode::DiskFull);
    QCOMPARE(mount("tmpfs", path("disk").constData(), "tmpfs", MS_REMOUNT, "size=32m"), 0);
    const TransferRun beside(wanted, m_server.options());
    QVERIFY2(beside.isFinished && !beside.error && beside.summary.failed == 0,
             beside.words().constData());
    QCOMPARE(beside.summary.protocol, QByteArray("tar"));
    // The room of the disk below is what counts for it.
    QCOMPARE(rename((source + "/whole").constData(), (source + "/da ta").constData()), 0);
    QCOMPARE(mount("tmpfs", inner.constData(), "tmpfs", MS_REMOUNT, "size=7m"), 0);
    wanted.sources = {source + "/da ta"};
    wanted.overwrite = Overwrite::Always;
    for (int i = 0; i < 60; ++i)
        QVERIFY(
            QFile(QFile::decodeName(source + "/da ta/f" + QByteArray::number(i))).resize(100'004));
    const TransferRun full(wanted, m_server.options());
    QVERIFY2(full.isFinished && full.error, full.words().constData());
    QCOMPARE(full.error->code, ErrorCode::DiskFull);
    QVERIFY2(full.error->detail.contains(QStringLiteral("da ta")), full.words().constData());
    umount2(inner.constData(), MNT_DETACH);
}

void tst_TransferDisks::aReadOnlyDiskIsNamed_data()
{
    ways();
}

void tst_TransferDisks::aReadOnlyDiskIsNamed()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    QFETCH(int, files);
    QCOMPARE(mount("tmpfs", path("disk").constData(), "tmpfs", MS_RDONLY, "size=64m"), 0);
    m_isMounted = true;
    const TransferRun run(request(direction, protocol, makeSource(files, 600'000)),
                          m_server.options());
    QVERIFY2(run.isFinished, run.words().constData());
    QVERIFY2(run.error || run.summary.failed > 0, run.words().constData());
    if (run.error)
        QCOMPARE(run.error->code, ErrorCode::PermissionDenied);
    for (const FileOutcome &outcome : run.outcomes) {
        QCOMPARE(outcome.error->code, ErrorCode::PermissionDenied);
        QVERIFY2(outcome.error->detail.contains(QStringLiteral("Read-only file system")),
                 qPrintable(outcome.error->detail));
    }
}

void tst_TransferDisks::anotherTryGoesOnWhenThereIsRoom_data()
{
    ways();
}

void tst_TransferDisks::anotherTryGoesOnWhenThereIsRoom()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    QFETCH(int, files);
    mountDisk("size=16m");
    const QByteArray from = makeSource(files, 10'000'000);
    TransferRequest wanted = request(direction, protocol, from);
    wanted.target = path("disk") + '/'; // the second time it goes to the same place
    const QByteArray to = wanted.target + from.mid(from.lastIndexOf('/') + 1);
    wanted.resume = true; // so that the disk is not asked before
    QFile other(QFile::decodeName(path("disk") + "/other"));
    QVERIFY(other.open(QIODevice::WriteOnly));
    QCOMPARE(other.write(QByteArray(10'000'000, 'x')), 10'000'000);
    other.close();
    const TransferRun first(wanted, m_server.options());
    QVERIFY(first.isFinished);
    QVERIFY2(first.error || first.summary.failed > 0, first.words().constData());
    compareWhatIsThere(from, to);
    QVERIFY(other.remove());
    const TransferRun second(wanted, m_server.options());
    QVERIFY2(second.isWhole(), second.words().constData());
    // A directory that is there keeps its time.
    QCOMPARE(difference(treeOf(from, false), treeOf(to, false)), QByteArray());
    QCOMPARE(treeOf(path("disk"), false).size(), treeOf(from).size() + 1); // nothing is left over
}

QTEST_GUILESS_MAIN(tst_TransferDisks)

#include "tst_TransferDisks.moc"
