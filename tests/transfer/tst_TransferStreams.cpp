// SPDX-License-Identifier: GPL-3.0-or-later
// tar streams and scp: servers that lie, are full, or know times that others have no room for.
#include "tests/support/SshServer.h"
#include "tests/transfer/TransferRun.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>

using namespace core;
using namespace core::transfer;

class tst_TransferStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void oldAndFarTimesAreKept_data();
    void oldAndFarTimesAreKept();
    void whatDoesNotVerifyReplacesNothing_data();
    void whatDoesNotVerifyReplacesNothing();
    void theRateOfAStreamIsKept_data();
    void theRateOfAStreamIsKept();
    void aRefusedFileWaitsForAChannel_data();
    void aRefusedFileWaitsForAChannel();
    void noChannelForScpIsNamed();
    void anotherSizeThanPlannedIsNoFile();
    void aFileThatGrowsIsTakenAgain();
    void onlyWhatWasCountedIsTakenBack();
    void aProtocolIsNamedForWhatCame();
    void filesCountAsTheyGo_data();
    void filesCountAsTheyGo();
    void cleanupTestCase();

private:
    [[nodiscard]] QByteArray fresh(const char *name);
    [[nodiscard]] QByteArray makeTree(int files, qsizetype size);
    /// A folder before the others in PATH, with this one tool.
    [[nodiscard]] QString withTool(const char *name, const QByteArray &text);

    QTemporaryDir m_dir;
    int m_count = 0;
};

namespace {

void setTime(const QByteArray &path, qint64 mtime)
{
    const timespec times[2]{{0, UTIME_OMIT}, {time_t(mtime), 0}};
    QCOMPARE(utimensat(AT_FDCWD, path.constData(), times, 0), 0);
}

TransferRequest request(Direction direction, Protocol protocol, const QByteArray &from,
                        const QByteArray &to)
{
    TransferRequest wanted;
    wanted.direction = direction;
    wanted.protocol = protocol;
    wanted.sources = {from};
    wanted.target = to;
    return wanted;
}

void ways()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("protocol");
    QTest::newRow("put, tar") << int(Direction::Put) << int(Protocol::Tar);
    QTest::newRow("put, scp") << int(Direction::Put) << int(Protocol::Scp);
    QTest::newRow("get, tar") << int(Direction::Get) << int(Protocol::Tar);
    QTest::newRow("get, scp") << int(Direction::Get) << int(Protocol::Scp);
}

} // namespace

void tst_TransferStreams::initTestCase()
{
    NEED_SSHD();
}

QByteArray tst_TransferStreams::fresh(const char *name)
{
    const QByteArray path =
        QFile::encodeName(m_dir.path()) + '/' + name + '.' + QByteArray::number(++m_count);
    if (mkdir(path.constData(), 0755) != 0)
        qWarning("mkdir");
    return path;
}

QByteArray tst_TransferStreams::makeTree(int files, qsizetype size)
{
    const QByteArray root = fresh("source") + "/tree";
    mkdir(root.constData(), 0755);
    for (int i = 0; i < files; ++i) {
        QByteArray bytes((size + 3) / 4 * 4, Qt::Uninitialized);
        QRandomGenerator(quint32(i))
            .fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
        bytes.truncate(size);
        QFile file(QFile::decodeName(root + "/f" + QByteArray::number(i)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != size)
            qWarning("write");
        file.close();
        setTime(root + "/f" + QByteArray::number(i), 1'600'000'000);
    }
    return root;
}

QString tst_TransferStreams::withTool(const char *name, const QByteArray &text)
{
    QFile file(QFile::decodeName(fresh("bin")) + u'/' + QLatin1StringView(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qWarning("write");
    file.setPermissions(file.permissions() | QFileDevice::ExeOwner);
    return QFileInfo(file).path() + QStringLiteral(":/usr/bin:/bin");
}

void tst_TransferStreams::oldAndFarTimesAreKept_data()
{
    ways();
    QTest::newRow("put, sftp") << int(Direction::Put) << int(Protocol::Sftp);
}

/// A server whose sums agree with nothing: what is replaced stays, and nothing is left beside it.
void tst_TransferStreams::whatDoesNotVerifyReplacesNothing_data()
{
    ways();
    QTest::newRow("put, sftp") << int(Direction::Put) << int(Protocol::Sftp);
    QTest::newRow("get, sftp") << int(Direction::Get) << int(Protocol::Sftp);
}

void tst_TransferStreams::whatDoesNotVerifyReplacesNothing()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    const QString tools = QFile::decodeName(fresh("tools"));
    QFile sum(tools + QStringLiteral("/sha256sum"));
    QVERIFY(sum.open(QIODevice::WriteOnly));
    sum.write("#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in -*) ;; *) "
              "printf '%064d  %s\\n' 0 \"$1\" ;; esac; shift; done\n");
    sum.close();
    QVERIFY(sum.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    server.setPath(tools + QStringLiteral(":/usr/bin:/bin"));
    QCOMPARE(server.start(), QString());
    constexpr int count = 60;
    const QByteArray from = makeTree(count, 1000);
    const QByteArray to = fresh("target");
    mkdir((to + "/tree").constData(), 0755);
    for (int i = 0; i < count; ++i) {
        QFile old(QFile::decodeName(to + "/tree/f" + QByteArray::number(i)));
        QVERIFY(old.open(QIODevice::WriteOnly));
        QCOMPARE(old.write("what was there"), 14);
    }
    const auto before = treeOf(to, false);
    TransferRequest wanted = request(Direction(direction), Protocol(protocol), from, to);
    wanted.verify = true;
    wanted.overwrite = Overwrite::Always;
    const TransferRun run(wanted, server.options());
    QCOMPARE(run.summary.failed, count);
    QCOMPARE(difference(before, treeOf(to, false)), QByteArray());
}

void tst_TransferStreams::oldAndFarTimesAreKept()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(server.start(), QString());
    const QByteArray from = makeTree(4, 100);
    // GBK, and a name longer than a header has room for, have to stay what they are beside it.
    const QByteArray odd = "/\xc4\xe3\xba\xc3";
    const QByteArray longName = '/' + QByteArray(200, 'n') + "\xe4\xbd\xa0";
    QVERIFY(rename((from + "/f1").constData(), (from + odd).constData()) == 0);
    QVERIFY(rename((from + "/f2").constData(), (from + longName).constData()) == 0);
    mkdir((from + "/d").constData(), 0755);
    setTime(from + "/f0", -1'000'000'000);
    setTime(from + odd, -1);
    setTime(from + longName, 5'000'000'000);
    setTime(from + "/d", -86'400);
    const QByteArray to = fresh("target");
    const TransferRun run(request(Direction(direction), Protocol(protocol), from, to),
                          server.options());
    QVERIFY2(run.isWhole() && run.outcomes.empty(), run.words().constData());
    // Times are part of the comparison.
    QCOMPARE(difference(treeOf(from), treeOf(to + "/tree")), QByteArray());
}

void tst_TransferStreams::theRateOfAStreamIsKept_data()
{
    ways();
}

void tst_TransferStreams::theRateOfAStreamIsKept()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(server.start(), QString());
    TransferRequest wanted =
        request(Direction(direction), Protocol(protocol), makeTree(60, 100'000), fresh("target"));
    wanted.bytesPerSecond = 2'500'000;
    QElapsedTimer clock;
    clock.start();
    const TransferRun run(wanted, server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    // A lower bound: 2.4 s less what may be under way or saved up.
    QVERIFY2(clock.elapsed() > 1500, QByteArray::number(clock.elapsed()).constData());
}

void tst_TransferStreams::aRefusedFileWaitsForAChannel_data()
{
    QTest::addColumn<int>("direction");
    QTest::newRow("put") << int(Direction::Put);
    QTest::newRow("get") << int(Direction::Get);
}

void tst_TransferStreams::aRefusedFileWaitsForAChannel()
{
    QFETCH(int, direction);
    support::SshServer server;
    // One beside SFTP and the shell; it is taken for longer than the engine tries.
    server.configure(
        {QStringLiteral("Subsystem sftp internal-sftp"), QStringLiteral("MaxSessions 3")});
    QCOMPARE(server.start(), QString());
    const QByteArray from = makeTree(3, 2'600'000);
    TransferRequest wanted = request(Direction(direction), Protocol::Scp, from, fresh("target"));
    wanted.bytesPerSecond = 200'000;
    const TransferRun run(wanted, server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(difference(treeOf(from, false), treeOf(wanted.target + "/tree", false)), QByteArray());
}

void tst_TransferStreams::noChannelForScpIsNamed()
{
    support::SshServer server;
    server.configure(
        {QStringLiteral("Subsystem sftp internal-sftp"), QStringLiteral("MaxSessions 2")});
    QCOMPARE(server.start(), QString());
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const TransferRun run(request(direction, Protocol::Scp, makeTree(20, 10), fresh("target")),
                              server.options());
        QVERIFY2(run.isFinished && !run.error, run.words().constData());
        QCOMPARE(run.summary.failed, 20);
        QCOMPARE(run.summary.bytes, 0);
        QCOMPARE(run.outcomes.at(0).error->code, ErrorCode::ChannelRefused);
    }
}

void tst_TransferStreams::anotherSizeThanPlannedIsNoFile()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    server.setPath(withTool("scp", "#!/bin/sh\nprintf 'C0644 5 x\\nhello\\0'\n"));
    QCOMPARE(server.start(), QString());
    const QByteArray to = fresh("target");
    const TransferRun run(request(Direction::Get, Protocol::Scp, makeTree(2, 10), to),
                          server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QCOMPARE(run.summary.failed, 2);
    QCOMPARE(run.summary.bytes, 0);
    QCOMPARE(run.outcomes.at(0).error->code, ErrorCode::VerifyFailed);
    QCOMPARE(treeOf(to).size(), 2); // itself and the directory
}

void tst_TransferStreams::aFileThatGrowsIsTakenAgain()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    // Somebody writes on once it was listed.
    const QByteArray mark = fresh("mark") + "/m";
    server.setPath(withTool("scp", "#!/bin/sh\nfor f; do :; done\n[ -e " + mark + " ] || { : >" +
                                       mark +
                                       "; echo more >>\"$f\"; }\nexec /usr/bin/scp \"$@\"\n"));
    QCOMPARE(server.start(), QString());
    const QByteArray from = makeTree(1, 10);
    const QByteArray to = fresh("target");
    const TransferRun run(request(Direction::Get, Protocol::Scp, from, to), server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(run.summary.bytes, 15);
    QCOMPARE(run.count(FileOutcome::Result::Done), 1); // "it was copied again"
    QCOMPARE(difference(treeOf(from, false), treeOf(to + "/tree", false)), QByteArray());
}

void tst_TransferStreams::onlyWhatWasCountedIsTakenBack()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    server.setPath(withTool("tar", "#!/bin/sh\n[ \"$1\" = --version ] && exec /usr/bin/tar \"$@\"\n"
                                   "echo it is broken >&2; exit 2\n"));
    QCOMPARE(server.start(), QString());
    const TransferRun run(
        request(Direction::Put, Protocol::Tar, makeTree(60, 100'000), fresh("target")),
        server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QCOMPARE(run.summary.failed, 60);
    QCOMPARE(run.summary.bytes, 0);
    QVERIFY(run.outcomes.at(0).error->detail.contains(u"it is broken"));
    QCOMPARE(run.summary.protocol, QByteArray());
}

void tst_TransferStreams::aProtocolIsNamedForWhatCame()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    server.setPath(withTool("tar", "#!/bin/sh\n[ \"$1\" = --version ] && exec /usr/bin/tar \"$@\"\n"
                                   "cat >/dev/null; echo it is broken >&2; exit 2\n"));
    QCOMPARE(server.start(), QString());
    const QByteArray from = makeTree(60, 1000);
    const QByteArray to = fresh("target");
    const TransferRun run(request(Direction::Get, Protocol::Auto, from, to), server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QVERIFY2(!run.summary.protocol.contains("tar"), run.summary.protocol.constData());
    QCOMPARE(difference(treeOf(from, false), treeOf(to + "/tree", false)), QByteArray());
}

void tst_TransferStreams::filesCountAsTheyGo_data()
{
    ways();
}

void tst_TransferStreams::filesCountAsTheyGo()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(server.start(), QString());
    TransferRequest wanted =
        request(Direction(direction), Protocol(protocol), makeTree(400, 20'000), fresh("target"));
    wanted.bytesPerSecond = 4'000'000;
    Transfer transfer(wanted, server.options());
    std::vector<qint64> told;
    connect(&transfer, &Transfer::progressed, this,
            [&] { told.push_back(transfer.progress().files); });
    QSignalSpy finished(&transfer, &Operation::finished);
    transfer.start();
    QVERIFY(finished.wait(60000));
    QVERIFY(!transfer.error());
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    const auto isBetween = [](qint64 files) { return files > 40 && files < 390; };
    QVERIFY(std::any_of(told.begin(), told.end(), isBetween));
    QCOMPARE(transfer.progress().files, 400);
    QCOMPARE(transfer.summary().files, 400);
}

void tst_TransferStreams::cleanupTestCase()
{
    // Qt can't name all of it.
    QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), m_dir.path()});
}

QTEST_GUILESS_MAIN(tst_TransferStreams)

#include "tst_TransferStreams.moc"
