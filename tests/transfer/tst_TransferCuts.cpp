// SPDX-License-Identifier: GPL-3.0-or-later
// Copies whose connection is cut at random bytes, again and again: nothing is lost, nothing wrong.
#include "tests/support/Amount.h"
#include "tests/support/Relay.h"
#include "tests/support/SshServer.h"
#include "tests/transfer/TransferRun.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>

#include <unistd.h>

#include <atomic>
#include <thread>

using namespace core;
using namespace core::transfer;

class tst_TransferCuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cutAgainAndAgain_data();
    void cutAgainAndAgain();
    void aServerThatIsKilledIsWaitedFor();
    void aSourceThatChangesIsStartedAgain();
    void aFileThatGrowsIsTakenAsFarAsItWas_data();
    void aFileThatGrowsIsTakenAsFarAsItWas();
    void whatIsWrittenAnewIsNoBeginning_data();
    void whatIsWrittenAnewIsNoBeginning();
    void aFileThatBecomesALinkIsNotFollowed_data();
    void aFileThatBecomesALinkIsNotFollowed();
    void aFolderThatBecomesALinkIsNotWrittenThrough_data();
    void aFolderThatBecomesALinkIsNotWrittenThrough();
    void anUnknownHostKeyEndsIt();

private:
    support::SshServer m_server;
    QTemporaryDir m_dir;
};

void tst_TransferCuts::initTestCase()
{
    NEED_SSHD();
    m_server.configure(
        {QStringLiteral("Subsystem sftp internal-sftp"), QStringLiteral("MaxStartups 100")});
    QCOMPARE(m_server.start(), QString());
}

void tst_TransferCuts::cutAgainAndAgain_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("files");
    QTest::newRow("put, tar and pieces") << int(Direction::Put) << 400;
    QTest::newRow("put, sftp") << int(Direction::Put) << 20;
    QTest::newRow("get, tar and pieces") << int(Direction::Get) << 400;
    QTest::newRow("get, sftp") << int(Direction::Get) << 20;
}

void tst_TransferCuts::cutAgainAndAgain()
{
    QFETCH(int, direction);
    QFETCH(int, files);
    const auto seed = quint32(QRandomGenerator::system()->generate());
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const QByteArray base = QFile::encodeName(m_dir.path()) + '/' + QByteArray::number(seed);
    mkdir(base.constData(), 0755);
    const QByteArray from = base + "/tree";
    mkdir(from.constData(), 0755);
    const auto fill = [&](const QByteArray &path, qsizetype size) {
        QByteArray bytes(size / 4 * 4, Qt::Uninitialized);
        random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
        QFile file(QFile::decodeName(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    };
    for (int i = 0; i < files; ++i)
        fill(from + '/' + QByteArray::number(i), random.bounded(20000));
    fill(from + "/large", 9'000'000);
    fill(from + "/larger", 13'000'000);

    const int wantedCuts = support::amount(10, 50); // of each of four ways
    int cuts = 0;
    for (int round = 0; cuts < wantedCuts && round < 50; ++round) {
        const QByteArray to = base + "/to" + QByteArray::number(round);
        mkdir(to.constData(), 0755);
        support::Relay relay(m_server.port());
        relay.cutAtRandom(seed + quint32(round), 4'000'000);
        core::ssh::SessionOptions options = m_server.options();
        options.port = relay.port();
        TransferRequest wanted;
        wanted.direction = Direction(direction);
        wanted.sources = {from};
        wanted.target = to;
        const TransferRun run(wanted, options);
        QVERIFY2(run.isWhole(), run.words().constData());
        QCOMPARE(difference(treeOf(from), treeOf(to + "/tree")), QByteArray());
        QCOMPARE(treeOf(to).size(), treeOf(from).size() + 1);
        cuts += relay.cuts();
        QFile(QFile::decodeName(to)).remove();
    }
    QVERIFY(cuts >= wantedCuts);
}

void tst_TransferCuts::aServerThatIsKilledIsWaitedFor()
{
    const QByteArray from = QFile::encodeName(m_dir.path()) + "/killed";
    QFile file(QFile::decodeName(from));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(30'000'000, 'k'));
    file.close();
    TransferRequest wanted;
    wanted.sources = {from};
    wanted.target = QFile::encodeName(m_dir.path()) + "/killed.copy";
    wanted.bytesPerSecond = 20'000'000;
    Transfer transfer(wanted, m_server.options());
    QSignalSpy finished(&transfer, &Operation::finished);
    QSignalSpy retrying(&transfer, &Transfer::retrying);
    transfer.start();
    QTRY_VERIFY_WITH_TIMEOUT(transfer.progress().bytes > 5'000'000, 20000);
    m_server.kill();
    QVERIFY(retrying.wait(20000));
    QCOMPARE(m_server.start(), QString());
    QVERIFY(finished.count() == 1 || finished.wait(60000));
    QVERIFY(transfer.isOk());
    QCOMPARE(difference(treeOf(from), treeOf(wanted.target)), QByteArray());
}

void tst_TransferCuts::aSourceThatChangesIsStartedAgain()
{
    const QByteArray from = QFile::encodeName(m_dir.path()) + "/changing";
    const auto fill = [&](char what, qsizetype size) {
        QFile file(QFile::decodeName(from));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(size, what));
    };
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        fill('a', 20'000'000);
        TransferRequest wanted;
        wanted.direction = direction;
        wanted.sources = {from};
        wanted.target = QFile::encodeName(m_dir.path()) + "/changing.copy" +
                        (direction == Direction::Put ? "1" : "2");
        wanted.bytesPerSecond = 6'000'000;
        Transfer transfer(wanted, m_server.options());
        QSignalSpy finished(&transfer, &Operation::finished);
        transfer.start();
        QTRY_VERIFY_WITH_TIMEOUT(transfer.progress().bytes > 2'000'000, 20000);
        QTest::qWait(1100); // SFTP tells whole seconds
        fill('b', 19'000'000);
        QVERIFY(finished.count() == 1 || finished.wait(60000));
        QVERIFY(transfer.isOk());
        QCOMPARE(transfer.summary().failed, 0);
        QCOMPARE(difference(treeOf(from), treeOf(wanted.target)), QByteArray());
    }
}

void tst_TransferCuts::aFileThatGrowsIsTakenAsFarAsItWas_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("protocol");
    QTest::addColumn<bool>("verify");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        for (const int size : {100'000, 6'000'000}) {
            for (const Protocol protocol : {Protocol::Sftp, Protocol::Scp, Protocol::Tar}) {
                for (const bool verify : {false, true}) {
                    if (!verify && protocol != Protocol::Sftp)
                        continue;
                    const QByteArray name =
                        QByteArray(direction == Direction::Put ? "put " : "get ") +
                        QByteArray::number(size) +
                        (protocol == Protocol::Scp   ? " scp"
                         : protocol == Protocol::Tar ? " tar"
                                                     : " sftp") +
                        (verify ? " verified" : "");
                    QTest::newRow(name.constData())
                        << int(direction) << size << int(protocol) << verify;
                }
            }
        }
    }
}

void tst_TransferCuts::aFileThatGrowsIsTakenAsFarAsItWas()
{
    QFETCH(int, direction);
    QFETCH(int, size);
    QFETCH(int, protocol);
    QFETCH(bool, verify);
    const QByteArray from = QFile::encodeName(m_dir.path()) + "/growing" + QTest::currentDataTag();
    QFile file(QFile::decodeName(from));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(size, 'a'));
    file.close();
    QProcess writer;
    writer.start(QStringLiteral("sh"),
                 {QStringLiteral("-c"), QStringLiteral("while :; do echo line >> \"$1\"; done"),
                  QStringLiteral("sh"), QFile::decodeName(from)});
    QVERIFY(writer.waitForStarted());
    QTRY_VERIFY(file.size() > size);
    TransferRequest wanted;
    wanted.direction = Direction(direction);
    wanted.sources = {from};
    wanted.target = from + ".copy" + QByteArray::number(direction);
    wanted.bytesPerSecond = 20'000'000;
    wanted.protocol = Protocol(protocol);
    wanted.verify = verify;
    const TransferRun run(wanted, m_server.options());
    writer.kill();
    writer.waitForFinished();
    QVERIFY2(run.isWhole(), run.words().constData());
    // A small one may fit between two writes; over a large one there are always some.
    if (size > 1'000'000)
        QCOMPARE(run.count(FileOutcome::Result::Done), 1);
    QFile copy(QFile::decodeName(wanted.target));
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray copied = copy.readAll();
    QVERIFY(copied.size() >= size);
    QVERIFY(file.readAll().startsWith(copied));
}

void tst_TransferCuts::whatIsWrittenAnewIsNoBeginning_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("protocol");
    constexpr int large = 6'000'000;
    QTest::newRow("put sftp") << int(Direction::Put) << large << int(Protocol::Sftp);
    QTest::newRow("put scp") << int(Direction::Put) << large << int(Protocol::Scp);
    QTest::newRow("get sftp") << int(Direction::Get) << large << int(Protocol::Sftp);
    QTest::newRow("get scp") << int(Direction::Get) << large << int(Protocol::Scp);
    QTest::newRow("get small") << int(Direction::Get) << 1'000'000 << int(Protocol::Sftp);
}

/// It grows, as a log does; but what was there before changes, too.
void tst_TransferCuts::whatIsWrittenAnewIsNoBeginning()
{
    QFETCH(int, direction);
    QFETCH(int, size);
    QFETCH(int, protocol);
    const QByteArray from = QFile::encodeName(m_dir.path()) + "/anew" + QTest::currentDataTag();
    QFile file(QFile::decodeName(from));
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
    QCOMPARE(file.write(QByteArray(size, 'a')), size);
    std::atomic<bool> goesOn = true;
    std::thread writer([&goesOn, size, to = file.handle()] {
        for (qint64 count = 1; goesOn; ++count) {
            if (pwrite(to, &count, sizeof count, 0) < 0 ||
                pwrite(to, &count, sizeof count, size - 8) < 0 ||
                pwrite(to, &count, sizeof count, size + 8 * count) < 0)
                break;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    TransferRequest wanted;
    wanted.direction = Direction(direction);
    wanted.sources = {from};
    wanted.target = from + ".copy";
    wanted.bytesPerSecond = 20'000'000;
    wanted.protocol = Protocol(protocol);
    const TransferRun run(wanted, m_server.options());
    goesOn = false;
    writer.join();
    QVERIFY(run.isFinished);
    QCOMPARE(run.summary.failed, 1);
    QVERIFY(!QFile::exists(QFile::decodeName(wanted.target)));
    // As soon as it is left alone it is copied.
    const TransferRun again(wanted, m_server.options());
    QVERIFY2(again.isWhole(), again.words().constData());
    QCOMPARE(difference(treeOf(from), treeOf(wanted.target)), QByteArray());
}

void tst_TransferCuts::aFileThatBecomesALinkIsNotFollowed_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("protocol");
    QTest::newRow("put sftp") << int(Direction::Put) << int(Protocol::Sftp);
    QTest::newRow("put scp") << int(Direction::Put) << int(Protocol::Scp);
    QTest::newRow("put tar") << int(Direction::Put) << int(Protocol::Tar);
    QTest::newRow("get sftp") << int(Direction::Get) << int(Protocol::Sftp);
    QTest::newRow("get scp") << int(Direction::Get) << int(Protocol::Scp);
    QTest::newRow("get tar") << int(Direction::Get) << int(Protocol::Tar);
}

/// One out of the tree, at a moment when it was found as a file already.
void tst_TransferCuts::aFileThatBecomesALinkIsNotFollowed()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    const QByteArray base = QFile::encodeName(m_dir.path()) + "/turns " + QTest::currentDataTag();
    const QByteArray from = base + "/tree";
    QVERIFY(QDir().mkpath(QFile::decodeName(from)));
    const auto write = [](const QByteArray &path, qsizetype size) {
        QFile file(QFile::decodeName(path));
        return file.open(QIODevice::WriteOnly) && file.write(QByteArray(size, 'a')) == size;
    };
    QVERIFY(write(base + "/secret", 500'000));
    // Three small ones, of which the last can't have been read when the first bytes have come.
    for (const char *name : {"/1", "/2", "/3"})
        QVERIFY(write(from + name, 900'000));
    QVERIFY(write(from + "/large", 3'000'000));
    TransferRequest wanted;
    wanted.direction = Direction(direction);
    wanted.sources = {from};
    wanted.target = base + "/copy";
    wanted.protocol = Protocol(protocol);
    wanted.bytesPerSecond = 2'000'000;
    Transfer transfer(wanted, m_server.options());
    QSignalSpy finished(&transfer, &Operation::finished);
    transfer.start();
    QTRY_VERIFY_WITH_TIMEOUT(transfer.progress().bytes > 200'000, 20000);
    for (const char *name : {"/large", "/3"}) {
        const QByteArray path = from + name;
        QVERIFY(unlink(path.constData()) == 0);
        QVERIFY(symlink("../secret", path.constData()) == 0);
    }
    QVERIFY(finished.count() == 1 || finished.wait(60000));
    const QMap<QByteArray, QByteArray> copied = treeOf(wanted.target);
    for (const char *name : {"/large", "/3"}) {
        const QByteArray path = wanted.target + name;
        // Either it was read before, or it is missing.
        QVERIFY2(!copied.contains(name) || QFileInfo(QFile::decodeName(path)).size() > 500'000,
                 name);
    }
    // tar reads one after the other: it may have been in the middle of it, which is whole then.
    if (Protocol(protocol) == Protocol::Tar)
        return;
    QVERIFY(!copied.contains("/large"));
    QVERIFY(transfer.summary().failed >= 1);
}

void tst_TransferCuts::aFolderThatBecomesALinkIsNotWrittenThrough_data()
{
    QTest::addColumn<int>("protocol");
    QTest::newRow("sftp") << int(Protocol::Sftp);
    QTest::newRow("scp") << int(Protocol::Scp);
    QTest::newRow("tar") << int(Protocol::Tar);
}

/// On this machine, after it was made.
void tst_TransferCuts::aFolderThatBecomesALinkIsNotWrittenThrough()
{
    QFETCH(int, protocol);
    const QByteArray base = QFile::encodeName(m_dir.path()) + "/folders " + QTest::currentDataTag();
    const QString shown = QFile::decodeName(base);
    QDir().mkpath(shown + QStringLiteral("/outside"));
    constexpr int folders = 12;
    QRandomGenerator random(7); // nothing that shrinks
    for (int i = 0; i < folders; ++i) {
        QVERIFY(QDir().mkpath(shown + QStringLiteral("/tree/%1/sub").arg(i)));
        for (const auto &[name, size] : {std::pair("small", 200'000), std::pair("sub/deep", 100),
                                         std::pair("large", 1'100'000)}) {
            QFile file(shown + QStringLiteral("/tree/%1/").arg(i) + QLatin1StringView(name));
            QByteArray bytes(size, Qt::Uninitialized);
            random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), size / 4);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == size);
        }
    }
    TransferRequest wanted;
    wanted.direction = Direction::Get;
    wanted.sources = {base + "/tree"};
    wanted.target = base + "/copy";
    wanted.protocol = Protocol(protocol);
    wanted.bytesPerSecond = 5'000'000;
    Transfer transfer(wanted, m_server.options());
    QSignalSpy finished(&transfer, &Operation::finished);
    transfer.start();
    QTRY_VERIFY_WITH_TIMEOUT(transfer.progress().bytes > 300'000, 20000);
    for (int i = 0; i < folders; ++i) {
        const QByteArray folder = wanted.target + '/' + QByteArray::number(i);
        QVERIFY(rename(folder.constData(), (folder + ".moved").constData()) == 0);
        QVERIFY(symlink("../outside", folder.constData()) == 0);
    }
    QVERIFY(finished.count() == 1 || finished.wait(60000));
    QCOMPARE(treeOf(base + "/outside").keys(), QByteArrayList{""});
    QVERIFY(transfer.summary().failed >= folders);
}

void tst_TransferCuts::anUnknownHostKeyEndsIt()
{
    core::ssh::SessionOptions options = m_server.options();
    options.trustedKeys.clear();
    TransferRequest wanted;
    wanted.sources = {"/etc/hostname"};
    wanted.target = "/tmp/";
    Transfer transfer(wanted, options);
    QSignalSpy finished(&transfer, &Operation::finished);
    transfer.start();
    QVERIFY(finished.wait(20000));
    QCOMPARE(transfer.error()->code, ErrorCode::HostKeyUnknown);
}

QTEST_GUILESS_MAIN(tst_TransferCuts)

#include "tst_TransferCuts.moc"
