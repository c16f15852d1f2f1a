// SPDX-License-Identifier: GPL-3.0-or-later
// Copies both ways over a real sshd: every protocol, every kind of name, what is in the way.
#include "tests/support/Noise.h"
#include "tests/support/SshServer.h"
#include "tests/transfer/TransferRun.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>

using namespace core;
using namespace core::transfer;
using support::noise;

namespace {

void write(const QByteArray &path, const QByteArray &bytes, qint64 mtime = 1'600'000'000,
           mode_t mode = 0644)
{
    const int file = open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    QVERIFY2(file >= 0, path.constData());
    QCOMPARE(::write(file, bytes.constData(), std::size_t(bytes.size())), bytes.size());
    close(file);
    QCOMPARE(chmod(path.constData(), mode), 0);
    const timespec times[2]{{time_t(mtime), 0}, {time_t(mtime), 0}};
    QCOMPARE(utimensat(AT_FDCWD, path.constData(), times, 0), 0);
}

} // namespace

class tst_Transfer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void trees_data();
    void trees();
    void aFileGetsTheTargetsName();
    void severalSourcesGoIntoTheTarget();
    void whatIsThereIsMerged_data();
    void whatIsThereIsMerged();
    void identicalFilesAreNotCopiedAgain();
    void overwritePolicies_data();
    void overwritePolicies();
    void linksOutOfTheTreeAreNamed();
    void aFolderCalledByDotsGetsItsOwnName();
    void aFileCalledAFolderIsNamed();
    void nothingIsWrittenThroughLinks_data();
    void nothingIsWrittenThroughLinks();
    void missingAndUnreadableSourcesAreNamed();
    void excludedNamesStay();
    void aReadOnlyTargetSaysSo();
    void aFullDiskIsNamedBeforeTheStart();
    void resumeKeepsWhatIsRight_data();
    void resumeKeepsWhatIsRight();
    void cancelLeavesNoFinalName_data();
    void cancelLeavesNoFinalName();
    void theRateIsKept();
    void cleanupTestCase();

private:
    /// A fresh folder below the test's, as bytes.
    QByteArray fresh(const char *name)
    {
        const QByteArray path =
            QFile::encodeName(m_dir.path()) + '/' + name + '.' + QByteArray::number(++m_count);
        if (mkdir(path.constData(), 0755) != 0)
            qWarning("mkdir");
        return path;
    }
    /// Everything a tree can have: empty, small, large, deep, odd names, links, modes.
    QByteArray makeTree(int files, bool large = true);
    TransferRequest request(Direction direction, const QByteArray &from, const QByteArray &to)
    {
        TransferRequest wanted;
        wanted.direction = direction;
        wanted.sources = {from};
        wanted.target = to;
        return wanted;
    }

    support::SshServer m_server;
    QTemporaryDir m_dir;
    int m_count = 0;
};

void tst_Transfer::initTestCase()
{
    NEED_SSHD();
    m_server.configure({QStringLiteral("Subsystem sftp internal-sftp"),
                        QStringLiteral("RekeyLimit 3M"), QStringLiteral("MaxSessions 10")});
    QCOMPARE(m_server.start(), QString());
}

QByteArray tst_Transfer::makeTree(int files, bool large)
{
    const QByteArray root = fresh("source") + "/tree";
    for (const char *directory :
         {"", "/empty", "/a", "/a/b", "/a/b/c", "/odd names", "/-rf", "/.hidden"})
        mkdir((root + directory).constData(), 0755);
    write(root + "/zero", {});
    write(root + "/one", "x", 1, 0600);
    write(root + "/run.sh", "#!/bin/sh\n", 1'700'000'000, 0755);
    write(root + "/a/b/c/deep", noise(100'000, 1));
    write(root + "/odd names/\xe4\xbd\xa0\xe5\xa5\xbd.txt", "hello");
    write(root + "/odd names/\xc4\xe3\xba\xc3", "GBK");
    write(root + "/odd names/'quote\" $(x) `y` \\ *?", "shell");
    write(root + "/odd names/" + QByteArray(240, 'n'), "long");
    write(root + "/-rf/-n", "dash");
    write(root + "/.hidden/.x", "hidden");
    write(root + "/a/aux", "device");
    write(root + "/a/C:x", "colon");
    for (int i = 0; i < files; ++i)
        write(root + "/a/b/" + QByteArray::number(i), noise(i * 37 % 20'000, quint32(i)),
              1'500'000'000 + i);
    if (large) {
        write(root + "/a/large", noise(9'500'001, 7), 1'650'000'000, 0640);
        write(root + "/exact", noise(4 * 1024 * 1024, 8));
        write(root + "/limit", noise(1024 * 1024, 9));
    }
    if (symlink("b/c/deep", (root + "/a/link").constData()) != 0 ||
        symlink("../zero", (root + "/a/up").constData()) != 0 ||
        symlink("nowhere", (root + "/dangling").constData()) != 0)
        qWarning("symlink");
    const timespec times[2]{{1'400'000'000, 0}, {1'400'000'000, 0}};
    for (const char *directory : {"/a/b/c", "/a/b", "/a", "/empty", ""})
        utimensat(AT_FDCWD, (root + directory).constData(), times, 0);
    return root;
}

void tst_Transfer::trees_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("protocol");
    QTest::addColumn<int>("files");
    QTest::addColumn<bool>("verify");
    const auto add = [](const char *name, Direction direction, Protocol protocol, int files,
                        bool verify) {
        QTest::newRow(name) << int(direction) << int(protocol) << files << verify;
    };
    add("put, few", Direction::Put, Protocol::Auto, 3, false);
    add("put, many", Direction::Put, Protocol::Auto, 300, false);
    add("put, many, verified", Direction::Put, Protocol::Auto, 300, true);
    add("put, sftp", Direction::Put, Protocol::Sftp, 300, false);
    add("put, sftp, verified", Direction::Put, Protocol::Sftp, 100, true);
    add("put, tar", Direction::Put, Protocol::Tar, 300, false);
    add("get, few", Direction::Get, Protocol::Auto, 3, false);
    add("get, many", Direction::Get, Protocol::Auto, 300, false);
    add("get, many, verified", Direction::Get, Protocol::Auto, 300, true);
    add("get, sftp", Direction::Get, Protocol::Sftp, 300, false);
    add("get, sftp, verified", Direction::Get, Protocol::Sftp, 100, true);
    add("get, tar", Direction::Get, Protocol::Tar, 300, false);
}

void tst_Transfer::trees()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    QFETCH(int, files);
    QFETCH(bool, verify);
    const QByteArray from = makeTree(files);
    const QByteArray to = fresh("target");
    TransferRequest wanted = request(Direction(direction), from, to);
    wanted.protocol = Protocol(protocol);
    wanted.verify = verify;
    const TransferRun run(wanted, m_server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(run.summary.verified, verify);
    QCOMPARE(run.summary.files, files + 15);
    QCOMPARE(difference(treeOf(from), treeOf(to + "/tree")), QByteArray());
    QCOMPARE(treeOf(to).size(), treeOf(from).size() + 1); // nothing else is left there
    const QByteArray used = run.summary.protocol;
    QVERIFY2(protocol == int(Protocol::Sftp)  ? used == "sftp"
             : protocol == int(Protocol::Tar) ? used.startsWith("tar")
             : files > 100                    ? used.contains("tar") && used.contains("sftp")
                                              : used == "sftp",
             used.constData());
}

void tst_Transfer::aFileGetsTheTargetsName()
{
    const QByteArray from = fresh("source") + "/a";
    write(from, "bytes");
    const QByteArray there = fresh("target");
    const TransferRun put(request(Direction::Put, from, there + "/new/name"), m_server.options());
    QVERIFY2(put.isWhole(), put.words().constData());
    QCOMPARE(difference(treeOf(from), treeOf(there + "/new/name")), QByteArray());
    const QByteArray here = fresh("target");
    const TransferRun get(request(Direction::Get, from, here + "/x/"), m_server.options());
    QVERIFY2(get.isWhole(), get.words().constData());
    QCOMPARE(difference(treeOf(from), treeOf(here + "/x/a")), QByteArray());
}

void tst_Transfer::severalSourcesGoIntoTheTarget()
{
    const QByteArray from = fresh("source");
    TransferRequest wanted = request(Direction::Put, {}, fresh("target") + "/new");
    wanted.sources.clear();
    for (int i = 0; i < 50; ++i) {
        wanted.sources.push_back(from + '/' + QByteArray::number(i));
        write(wanted.sources.back(), noise(i * 100, quint32(i)));
    }
    const TransferRun put(wanted, m_server.options());
    QVERIFY2(put.isWhole(), put.words().constData());
    QCOMPARE(difference(treeOf(from, false), treeOf(wanted.target, false)), QByteArray());
    const QByteArray there = wanted.target;
    wanted.direction = Direction::Get;
    wanted.target = fresh("target");
    const TransferRun get(wanted, m_server.options());
    QVERIFY2(get.isWhole(), get.words().constData());
    QCOMPARE(difference(treeOf(there, false), treeOf(wanted.target, false)), QByteArray());
}

void tst_Transfer::whatIsThereIsMerged_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("files");
    QTest::newRow("put, few") << int(Direction::Put) << 3;
    QTest::newRow("put, many") << int(Direction::Put) << 200;
    QTest::newRow("get, few") << int(Direction::Get) << 3;
    QTest::newRow("get, many") << int(Direction::Get) << 200;
}

void tst_Transfer::whatIsThereIsMerged()
{
    QFETCH(int, direction);
    QFETCH(int, files);
    const QByteArray from = makeTree(files);
    const QByteArray to = fresh("target");
    mkdir((to + "/tree").constData(), 0755);
    mkdir((to + "/tree/a").constData(), 0755);
    write(to + "/tree/mine", "stays");
    write(to + "/tree/a/mine", "stays");
    const TransferRun run(request(Direction(direction), from, to), m_server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    auto there = treeOf(to + "/tree", false);
    QVERIFY(there.take("/mine").endsWith("stays"));
    QVERIFY(there.take("/a/mine").endsWith("stays"));
    QCOMPARE(difference(treeOf(from, false), there), QByteArray());
}

void tst_Transfer::identicalFilesAreNotCopiedAgain()
{
    const QByteArray from = makeTree(100);
    const QByteArray to = fresh("target");
    QVERIFY(TransferRun(request(Direction::Put, from, to), m_server.options()).isWhole());
    struct stat before
    {
    };
    stat((to + "/tree/a/large").constData(), &before);
    const TransferRun again(request(Direction::Put, from, to), m_server.options());
    QVERIFY2(again.isWhole(), again.words().constData());
    struct stat after
    {
    };
    stat((to + "/tree/a/large").constData(), &after);
    QCOMPARE(after.st_ino, before.st_ino);
    QCOMPARE(again.summary.files, 115);
}

void tst_Transfer::overwritePolicies_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("policy");
    QTest::addColumn<int>("seconds"); // the source is so much newer
    QTest::addColumn<bool>("copied");
    QTest::addColumn<bool>("failed");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const QByteArray way = direction == Direction::Put ? "put, " : "get, ";
        const auto add = [&](const char *name, Overwrite policy, int seconds, bool copied,
                             bool failed) {
            QTest::newRow((way + name).constData())
                << int(direction) << int(policy) << seconds << copied << failed;
        };
        add("ask", Overwrite::Ask, 10, false, true);
        add("skip", Overwrite::Skip, 10, false, false);
        add("newer, it is", Overwrite::Newer, 10, true, false);
        add("newer, it is not", Overwrite::Newer, -10, false, false);
        add("always", Overwrite::Always, -10, true, false);
    }
}

void tst_Transfer::overwritePolicies()
{
    QFETCH(int, direction);
    QFETCH(int, policy);
    QFETCH(int, seconds);
    QFETCH(bool, copied);
    QFETCH(bool, failed);
    const QByteArray from = fresh("source") + "/f";
    const QByteArray to = fresh("target");
    write(to + "/f", "old", 1'600'000'000);
    write(from, "new one", 1'600'000'000 + seconds);
    TransferRequest wanted = request(Direction(direction), from, to);
    wanted.overwrite = Overwrite(policy);
    const TransferRun run(wanted, m_server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QCOMPARE(run.summary.failed, failed ? 1 : 0);
    QFile file(QFile::decodeName(to + "/f"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), copied ? QByteArray("new one") : QByteArray("old"));
    // Whatever was not copied is named.
    QCOMPARE(run.outcomes.size(), copied ? std::size_t(0) : std::size_t(1));
}

void tst_Transfer::linksOutOfTheTreeAreNamed()
{
    const QByteArray from = fresh("source") + "/tree";
    mkdir(from.constData(), 0755);
    write(from + "/f", "x");
    QCOMPARE(symlink("/etc/passwd", (from + "/absolute").constData()), 0);
    QCOMPARE(symlink("../../x", (from + "/up").constData()), 0);
    QCOMPARE(symlink("f", (from + "/inside").constData()), 0);
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const QByteArray to = fresh("target");
        TransferRequest wanted = request(direction, from, to);
        const TransferRun run(wanted, m_server.options());
        QVERIFY2(run.isWhole(), run.words().constData());
        QCOMPARE(run.count(FileOutcome::Result::Skipped), 2);
        QCOMPARE(treeOf(to + "/tree").keys(), QByteArrayList({"", "/f", "/inside"}));
        wanted.target = fresh("target");
        wanted.links = Links::Skip;
        QCOMPARE(TransferRun(wanted, m_server.options()).count(FileOutcome::Result::Skipped), 3);
        wanted.target = fresh("target");
        wanted.links = Links::Follow;
        const TransferRun followed(wanted, m_server.options());
        QVERIFY(treeOf(wanted.target + "/tree").value("/inside").endsWith(" x"));
    }
}

void tst_Transfer::aFolderCalledByDotsGetsItsOwnName()
{
    const QByteArray from = fresh("source") + "/tree";
    mkdir(from.constData(), 0755);
    mkdir((from + "/below").constData(), 0755);
    write(from + "/f", "x");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        for (const char *called : {"/.", "/below/..", "/./"}) {
            const QByteArray to = fresh("target");
            const TransferRun run(request(direction, from + called, to), m_server.options());
            QVERIFY2(run.isWhole(), run.words().constData());
            QCOMPARE(treeOf(to).keys(), QByteArrayList({"", "/tree", "/tree/below", "/tree/f"}));
        }
    }
}

void tst_Transfer::aFileCalledAFolderIsNamed()
{
    const QByteArray from = fresh("source") + "/f";
    write(from, "x");
    const QByteArray to = fresh("target") + "/file";
    write(to, "y");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const TransferRun run(request(direction, from, to + '/'), m_server.options());
        QVERIFY(run.isFinished && run.error);
        QVERIFY2(run.error->detail.contains(QFile::decodeName(to)) &&
                     run.error->detail.endsWith(QStringLiteral("not a directory")),
                 run.words().constData());
    }
}

void tst_Transfer::nothingIsWrittenThroughLinks_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("files");
    QTest::newRow("put, few") << int(Direction::Put) << 3;
    QTest::newRow("put, many") << int(Direction::Put) << 100;
    QTest::newRow("get, few") << int(Direction::Get) << 3;
    QTest::newRow("get, many") << int(Direction::Get) << 100;
}

void tst_Transfer::nothingIsWrittenThroughLinks()
{
    QFETCH(int, direction);
    QFETCH(int, files);
    const QByteArray from = fresh("source") + "/tree";
    mkdir(from.constData(), 0755);
    mkdir((from + "/d").constData(), 0755);
    for (int i = 0; i < files; ++i)
        write(from + "/d/" + QByteArray::number(i), "x");
    write(from + "/f", "x");
    write(from + "/g", "x");
    const QByteArray outside = fresh("outside");
    write(outside + "/precious", "precious");
    const QByteArray to = fresh("target");
    mkdir((to + "/tree").constData(), 0755);
    QCOMPARE(symlink(outside.constData(), (to + "/tree/d").constData()), 0);
    QCOMPARE(symlink((outside + "/precious").constData(), (to + "/tree/f").constData()), 0);
    QCOMPARE(symlink((outside + "/precious").constData(), (to + "/tree/g.danlu-part").constData()),
             0);
    TransferRequest wanted = request(Direction(direction), from, to);
    wanted.overwrite = Overwrite::Always;
    const TransferRun run(wanted, m_server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QCOMPARE(run.summary.failed, files + 1); // the directory and all below it, each named
    QCOMPARE(run.count(FileOutcome::Result::Failed), files + 1);
    QCOMPARE(treeOf(outside).keys(), QByteArrayList({"", "/precious"}));
    QVERIFY(treeOf(outside).value("/precious").endsWith("precious"));
    QVERIFY(treeOf(to + "/tree").value("/f").endsWith(" x"));
    QVERIFY(treeOf(to + "/tree").value("/g").endsWith(" x"));
}

void tst_Transfer::missingAndUnreadableSourcesAreNamed()
{
    const QByteArray from = fresh("source");
    write(from + "/there", "x");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        TransferRequest wanted = request(direction, from + "/there", fresh("target"));
        wanted.sources.push_back(from + "/missing");
        const TransferRun run(wanted, m_server.options());
        QVERIFY2(run.isFinished && !run.error, run.words().constData());
        QCOMPARE(run.summary.files, 1);
        QCOMPARE(run.summary.failed, 1);
        QCOMPARE(run.outcomes.size(), std::size_t(1));
        QCOMPARE(run.outcomes[0].error->code, ErrorCode::NotFound);
        QCOMPARE(run.outcomes[0].path, from + "/missing");
    }
}

void tst_Transfer::excludedNamesStay()
{
    const QByteArray from = makeTree(50, false);
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        TransferRequest wanted = request(direction, from, fresh("target"));
        wanted.excludes = {"b", "*.sh", "odd names"};
        const TransferRun run(wanted, m_server.options());
        QVERIFY2(run.isWhole(), run.words().constData());
        const QByteArrayList names = treeOf(wanted.target + "/tree").keys();
        QVERIFY(names.contains("/a/aux"));
        for (const QByteArray &name : names)
            QVERIFY2(!name.startsWith("/a/b") && !name.endsWith(".sh") && !name.startsWith("/odd"),
                     name.constData());
    }
}

void tst_Transfer::aReadOnlyTargetSaysSo()
{
    const QByteArray from = fresh("source") + "/f";
    write(from, "x");
    // Root may write anywhere but here.
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const TransferRun run(request(direction, from, "/proc/"), m_server.options());
        QVERIFY(run.isFinished);
        QVERIFY2(run.error || run.summary.failed == 1, run.words().constData());
    }
}

void tst_Transfer::aFullDiskIsNamedBeforeTheStart()
{
    // A sparse file of more than any disk has; nothing of it is ever read.
    const QByteArray from = fresh("source") + "/huge";
    write(from, {});
    if (truncate(from.constData(), qint64(1) << 43) != 0)
        QSKIP("the file system has no files of 8 TiB");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const QByteArray to = fresh("target");
        const TransferRun run(request(direction, from, to), m_server.options());
        QVERIFY(run.isFinished && run.error);
        QCOMPARE(run.error->code, ErrorCode::DiskFull);
        QVERIFY(treeOf(to).size() == 1);
    }
}

void tst_Transfer::resumeKeepsWhatIsRight_data()
{
    QTest::addColumn<int>("direction");
    QTest::newRow("put") << int(Direction::Put);
    QTest::newRow("get") << int(Direction::Get);
}

void tst_Transfer::resumeKeepsWhatIsRight()
{
    QFETCH(int, direction);
    const QByteArray from = fresh("source") + "/f";
    const QByteArray to = fresh("target");
    const QByteArray bytes = noise(20'000'000, 3);
    write(from, bytes);
    // Two pieces of it are right, one is not, the end is missing.
    QByteArray part = bytes.left(14'000'000);
    part[5'000'000] = char(part[5'000'000] + 1);
    write(to + "/f.danlu-part", part);
    TransferRequest wanted = request(Direction(direction), from, to);
    wanted.resume = true;
    const TransferRun run(wanted, m_server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(run.count(FileOutcome::Result::Resumed), 1);
    QCOMPARE(difference(treeOf(from), treeOf(to + "/f")), QByteArray());
    // A part that is longer than the file, and one of another file.
    for (const QByteArray &other : {bytes + "more", noise(30'000'000, 4)}) {
        QFile::remove(QFile::decodeName(to + "/f"));
        write(to + "/f.danlu-part", other);
        const TransferRun again(wanted, m_server.options());
        QVERIFY2(again.isWhole(), again.words().constData());
        QCOMPARE(difference(treeOf(from), treeOf(to + "/f")), QByteArray());
        const bool isOurs = other.startsWith(bytes);
        QCOMPARE(again.count(FileOutcome::Result::Resumed), isOurs ? 1 : 0);
        QVERIFY2(again.words().contains("of another version") != isOurs, again.words().constData());
    }
}

void tst_Transfer::cancelLeavesNoFinalName_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("protocol");
    QTest::addColumn<bool>("sftp");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const QByteArray name = direction == Direction::Put ? "put " : "get ";
        const auto row = [&](const char *how, Protocol protocol, bool sftp) {
            QTest::newRow((name + how).constData()) << int(direction) << int(protocol) << sftp;
        };
        row("sftp", Protocol::Sftp, true);
        row("scp", Protocol::Scp, true);
        row("tar", Protocol::Tar, true);
        row("scp without sftp", Protocol::Scp, false);
        row("tar without sftp", Protocol::Tar, false);
    }
}

void tst_Transfer::cancelLeavesNoFinalName()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    QFETCH(bool, sftp);
    support::SshServer plain;
    if (!sftp)
        QCOMPARE(plain.start(), QString());
    const QByteArray from = fresh("source") + "/tree";
    QCOMPARE(mkdir(from.constData(), 0755), 0);
    // None of it is small for scp's eight at a time, all is for tar.
    for (int i = 0; i < 8; ++i)
        write(from + "/f" + char('0' + i), noise(500'000, 5 + i)); // it does not shrink
    // In several moments of the copy: what is under way differs.
    for (int moment = 0; moment < 3; ++moment) {
        const QByteArray to = fresh("target");
        TransferRequest wanted = request(Direction(direction), from, to);
        wanted.protocol = Protocol(protocol);
        wanted.bytesPerSecond = 1'000'000;
        Transfer transfer(wanted, (sftp ? m_server : plain).options());
        QSignalSpy finished(&transfer, &Operation::finished);
        transfer.start();
        QTRY_VERIFY_WITH_TIMEOUT(transfer.progress().bytes > moment * 300'000, 20000);
        transfer.cancel();
        QVERIFY(finished.wait(10000));
        QCOMPARE(transfer.error()->code, ErrorCode::Cancelled);
        const QByteArrayList names = treeOf(to + "/tree").keys();
        for (const QByteArray &name : names)
            QVERIFY2(treeOf(to + "/tree")[name] == treeOf(from)[name] || name.isEmpty() ||
                         name.contains(".danlu-part"),
                     name.constData());
    }
}

void tst_Transfer::theRateIsKept()
{
    const QByteArray from = fresh("source") + "/f";
    write(from, noise(4'000'000, 6));
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        TransferRequest wanted = request(direction, from, fresh("target"));
        wanted.bytesPerSecond = 2'000'000;
        QElapsedTimer clock;
        clock.start();
        const TransferRun run(wanted, m_server.options());
        QVERIFY2(run.isWhole(), run.words().constData());
        // A lower bound: no machine is too slow for it. Two seconds less what may be saved up.
        QVERIFY(clock.elapsed() > 1500);
    }
}

void tst_Transfer::cleanupTestCase()
{
    // Qt can't name all of it.
    QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), m_dir.path()});
}

QTEST_GUILESS_MAIN(tst_Transfer)

#include "tst_Transfer.moc"
