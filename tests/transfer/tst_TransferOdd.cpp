// SPDX-License-Identifier: GPL-3.0-or-later
// What hardly ever happens and must not go wrong: names in each other's way, links that lead out,
// leftovers of others, limits, servers that end in the midst of it.
#include "core/transfer/FileNames.h"
#include "tests/support/Noise.h"
#include "tests/support/Relay.h"
#include "tests/support/SshServer.h"
#include "tests/transfer/TransferRun.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>

using namespace core;
using namespace core::transfer;
using support::noise;

class tst_TransferOdd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aLinkWithTheSourcesNameIsNotFollowed_data();
    void aLinkWithTheSourcesNameIsNotFollowed();
    void nothingIsMadeBelowALink_data();
    void nothingIsMadeBelowALink();
    void plantedStagingLinksAreNotFollowed();
    void foreignDirectoriesStay();
    void leftoversOfAnotherSourceStayOut();
    void ownLeftoversAreGoneOnWith_data();
    void ownLeftoversAreGoneOnWith();
    void partsAndFilesOfOneNameDoNotMeet_data();
    void partsAndFilesOfOneNameDoNotMeet();
    void theLongestNamesAreCopied_data();
    void theLongestNamesAreCopied();
    void sourcesOfOneNameAreRefused_data();
    void sourcesOfOneNameAreRefused();
    void anEscapedNameDoesNotHideAnother();
    void identicalIsComparedWhenVerified_data();
    void identicalIsComparedWhenVerified();
    void linkChainsOutOfTheTreeAreRefused();
    void nothingIsLeftWhenThereIsNothingToDo();
    void whatIsThereNeedsNoRoom();
    void readOnlyFilesAreGoneOnWith_data();
    void readOnlyFilesAreGoneOnWith();
    void theRateIsKeptByManyFiles_data();
    void theRateIsKeptByManyFiles();
    void aScanIsDoneOnce();
    void anSftpServerThatDiesIsReplaced();
    void manyLossesInARowGetOn();
    void whatNeverAnswersIsGoneRound();
    void cleanupTestCase();

private:
    [[nodiscard]] QByteArray fresh(const char *name)
    {
        const QByteArray path =
            QFile::encodeName(m_dir.path()) + '/' + name + '.' + QByteArray::number(++m_count);
        if (mkdir(path.constData(), 0755) != 0)
            qWarning("mkdir");
        return path;
    }
    [[nodiscard]] TransferRequest request(int direction, const QByteArray &from,
                                          const QByteArray &to, Protocol protocol = Protocol::Auto)
    {
        TransferRequest wanted;
        wanted.direction = Direction(direction);
        wanted.sources = {from};
        wanted.target = to;
        wanted.protocol = protocol;
        return wanted;
    }

    support::SshServer m_server;
    QTemporaryDir m_dir;
    int m_count = 0;
};

namespace {

void write(const QByteArray &path, const QByteArray &bytes, mode_t mode = 0644)
{
    const int file = open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    QVERIFY2(file >= 0, path.constData());
    QCOMPARE(::write(file, bytes.constData(), std::size_t(bytes.size())), bytes.size());
    close(file);
    QCOMPARE(chmod(path.constData(), mode), 0);
    const timespec times[2]{{1'600'000'000, 0}, {1'600'000'000, 0}};
    QCOMPARE(utimensat(AT_FDCWD, path.constData(), times, 0), 0);
}

QByteArray read(const QByteArray &path)
{
    QFile file(QFile::decodeName(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

void makeMany(const QByteArray &directory, int files, qsizetype size = 10)
{
    for (int i = 0; i < files; ++i)
        write(directory + "/f" + QByteArray::number(i), noise(size, quint32(i)));
}

void directions()
{
    QTest::addColumn<int>("direction");
    QTest::newRow("put") << int(Direction::Put);
    QTest::newRow("get") << int(Direction::Get);
}

/// Both ways, as a stream and one by one.
void ways()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("protocol");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const QByteArray way = direction == Direction::Put ? "put" : "get";
        QTest::newRow((way + ", sftp").constData()) << int(direction) << int(Protocol::Sftp);
        QTest::newRow((way + ", tar").constData()) << int(direction) << int(Protocol::Tar);
        QTest::newRow((way + ", scp").constData()) << int(direction) << int(Protocol::Scp);
    }
}

} // namespace

void tst_TransferOdd::initTestCase()
{
    NEED_SSHD();
    m_server.configure(
        {QStringLiteral("Subsystem sftp internal-sftp"), QStringLiteral("MaxStartups 100")});
    QCOMPARE(m_server.start(), QString());
}

void tst_TransferOdd::aLinkWithTheSourcesNameIsNotFollowed_data()
{
    ways();
}

void tst_TransferOdd::aLinkWithTheSourcesNameIsNotFollowed()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    makeMany(from, 40);
    const QByteArray outside = fresh("outside");
    const QByteArray to = fresh("target");
    QCOMPARE(symlink(outside.constData(), (to + "/d").constData()), 0);
    const TransferRun run(request(direction, from + '/', to + '/', Protocol(protocol)),
                          m_server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QCOMPARE(run.summary.failed, 41);
    QCOMPARE(treeOf(outside).size(), 1);
}

void tst_TransferOdd::nothingIsMadeBelowALink_data()
{
    ways();
}

void tst_TransferOdd::nothingIsMadeBelowALink()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    const QByteArray from = fresh("source") + "/d";
    for (const char *directory : {"", "/s", "/s/u", "/s/u/v"})
        mkdir((from + directory).constData(), 0755);
    write(from + "/s/u/v/f", "x");
    const QByteArray outside = fresh("outside");
    const QByteArray to = fresh("target");
    mkdir((to + "/d").constData(), 0755);
    QCOMPARE(symlink(outside.constData(), (to + "/d/s").constData()), 0);
    const TransferRun run(request(direction, from, to, Protocol(protocol)), m_server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QCOMPARE(run.summary.failed, 4);
    QCOMPARE(treeOf(outside).size(), 1);
}

void tst_TransferOdd::plantedStagingLinksAreNotFollowed()
{
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    mkdir((from + "/sub").constData(), 0755);
    makeMany(from + "/sub", 40);
    const QByteArray outside = fresh("outside");
    const QByteArray to = fresh("target");
    mkdir((to + "/d.danlu-part").constData(), 0755);
    QCOMPARE(symlink(outside.constData(), (to + "/d.danlu-part/sub").constData()), 0);
    QCOMPARE(symlink(outside.constData(), (to + "/.danlu-part").constData()), 0);
    TransferRequest wanted = request(0, from, to);
    wanted.resume = true;
    const TransferRun run(wanted, m_server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(treeOf(outside).size(), 1);
    QCOMPARE(difference(treeOf(from), treeOf(to + "/d")), QByteArray());
}

void tst_TransferOdd::foreignDirectoriesStay()
{
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    makeMany(from, 40);
    const QByteArray to = fresh("target");
    for (const char *name : {"/d.danlu-part", "/.danlu-part"}) {
        mkdir((to + name).constData(), 0755);
        write(to + name + "/precious", "precious");
    }
    for (const bool resume : {false, true}) {
        TransferRequest wanted = request(0, from, to);
        wanted.resume = resume;
        const TransferRun run(wanted, m_server.options());
        QVERIFY2(run.isWhole(), run.words().constData());
        QCOMPARE(difference(treeOf(from), treeOf(to + "/d")), QByteArray());
        QCOMPARE(read(to + "/d.danlu-part/precious"), QByteArray("precious"));
        QCOMPARE(read(to + "/.danlu-part/precious"), QByteArray("precious"));
        QCOMPARE(treeOf(to).size(), treeOf(from).size() + 1 + 4);
    }
}

void tst_TransferOdd::leftoversOfAnotherSourceStayOut()
{
    // A copy of one tree ends in the midst of it; then another one gets its name.
    const QByteArray first = fresh("source") + "/d";
    const QByteArray second = fresh("source") + "/d";
    mkdir(first.constData(), 0755);
    mkdir(second.constData(), 0755);
    makeMany(first, 60, 50'000);
    makeMany(second, 40);
    const QByteArray to = fresh("target");
    {
        TransferRequest wanted = request(0, first, to);
        wanted.bytesPerSecond = 1'000'000;
        Transfer transfer(wanted, m_server.options());
        transfer.start();
        QTRY_VERIFY_WITH_TIMEOUT(transfer.progress().bytes > 500'000, 20000);
    }
    TransferRequest wanted = request(0, second, to);
    wanted.resume = true;
    const TransferRun run(wanted, m_server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(difference(treeOf(second), treeOf(to + "/d")), QByteArray());
}

void tst_TransferOdd::ownLeftoversAreGoneOnWith_data()
{
    QTest::addColumn<bool>("exists");
    QTest::newRow("a new directory") << false;
    QTest::newRow("into one that exists") << true;
}

void tst_TransferOdd::ownLeftoversAreGoneOnWith()
{
    QFETCH(bool, exists);
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    makeMany(from, 100, 50'000);
    const QByteArray to = fresh("target");
    if (exists) {
        mkdir((to + "/d").constData(), 0755);
        write(to + "/d/mine", "mine");
    }
    TransferRequest wanted = request(0, from, to);
    {
        wanted.bytesPerSecond = 2'000'000;
        Transfer transfer(wanted, m_server.options());
        transfer.start();
        QTRY_VERIFY_WITH_TIMEOUT(transfer.progress().bytes > 3'000'000, 20000);
    }
    wanted.bytesPerSecond = 0;
    wanted.resume = true;
    Transfer transfer(wanted, m_server.options());
    QSignalSpy finished(&transfer, &Operation::finished);
    transfer.start();
    QVERIFY(finished.wait(60000));
    QVERIFY(transfer.isOk());
    QCOMPARE(transfer.summary().failed, 0);
    auto there = treeOf(to + "/d", false);
    if (exists)
        QVERIFY(there.take("/mine").endsWith("mine"));
    QCOMPARE(difference(treeOf(from, false), there), QByteArray());
    QCOMPARE(treeOf(to).size(), treeOf(from).size() + 1 + (exists ? 1 : 0));
    if (!exists) // what was there was not sent again
        QVERIFY(transfer.progress().present >= 500'000);
}

void tst_TransferOdd::partsAndFilesOfOneNameDoNotMeet_data()
{
    ways();
}

void tst_TransferOdd::partsAndFilesOfOneNameDoNotMeet()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    write(from + "/small", "small");
    write(from + "/small.danlu-part", "somebody's small part");
    write(from + "/large", noise(9'000'000, 1));
    write(from + "/large.danlu-part", "somebody's large part");
    const QByteArray to = fresh("target");
    const TransferRun run(request(direction, from, to, Protocol(protocol)), m_server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(difference(treeOf(from), treeOf(to + "/d")), QByteArray());
    QCOMPARE(treeOf(to).size(), treeOf(from).size() + 1);
}

void tst_TransferOdd::theLongestNamesAreCopied_data()
{
    ways();
}

void tst_TransferOdd::theLongestNamesAreCopied()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    // A directory, a small file and a large one, of 255 bytes each; one ends within a character of
    // the cut.
    const QByteArray from = fresh("source") + '/' + QByteArray(255, 'd');
    mkdir(from.constData(), 0755);
    write(from + '/' + QByteArray(255, 's'), "small");
    write(from + '/' + QByteArray("\xe4\xbd\xa0").repeated(85), "characters");
    write(from + '/' + QByteArray(255, 'l'), noise(2'000'000, 1));
    const QByteArray to = fresh("target");
    const TransferRun run(request(direction, from, to, Protocol(protocol)), m_server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(difference(treeOf(from), treeOf(to + '/' + lastName(from))), QByteArray());
    QCOMPARE(treeOf(to).size(), treeOf(from).size() + 1);
}

void tst_TransferOdd::sourcesOfOneNameAreRefused_data()
{
    ways();
}

void tst_TransferOdd::sourcesOfOneNameAreRefused()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    const QByteArray first = fresh("source") + "/x";
    const QByteArray second = fresh("source") + "/x";
    write(first, "first");
    write(second, "second");
    TransferRequest wanted = request(direction, first, fresh("target"), Protocol(protocol));
    wanted.sources.push_back(second);
    const TransferRun run(wanted, m_server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QCOMPARE(run.summary.failed, 1);
    QCOMPARE(run.outcomes.size(), std::size_t(1));
    QCOMPARE(run.outcomes[0].path, second);
    QCOMPARE(read(wanted.target + "/x"), QByteArray("first"));
}

void tst_TransferOdd::anEscapedNameDoesNotHideAnother()
{
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    write(from + "/a\nb", "escaped");
    write(from + "/a%0Ab", "plain");
    const QByteArray to = fresh("target");
    const TransferRun run(request(1, from, to), m_server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QCOMPARE(run.summary.failed, 1);
    QCOMPARE(run.count(FileOutcome::Result::Failed), 1);
    QCOMPARE(read(to + "/d/a%0Ab"), QByteArray("plain"));
}

void tst_TransferOdd::identicalIsComparedWhenVerified_data()
{
    directions();
}

void tst_TransferOdd::identicalIsComparedWhenVerified()
{
    QFETCH(int, direction);
    const QByteArray from = fresh("source") + "/f";
    const QByteArray to = fresh("target");
    write(from, "right");
    write(to + "/f", "wrong");
    TransferRequest wanted = request(direction, from, to);
    wanted.verify = true;
    const TransferRun asked(wanted, m_server.options());
    QVERIFY2(asked.isFinished && !asked.error, asked.words().constData());
    QCOMPARE(asked.summary.failed, 1);
    QVERIFY(!asked.summary.verified);
    QCOMPARE(read(to + "/f"), QByteArray("wrong"));
    wanted.overwrite = Overwrite::Always;
    const TransferRun copied(wanted, m_server.options());
    QVERIFY2(copied.isWhole(), copied.words().constData());
    QVERIFY(copied.summary.verified);
    QCOMPARE(read(to + "/f"), QByteArray("right"));
}

void tst_TransferOdd::linkChainsOutOfTheTreeAreRefused()
{
    const QByteArray from = fresh("source") + "/d";
    for (const char *directory : {"", "/a", "/a/b", "/a/b/c"})
        mkdir((from + directory).constData(), 0755);
    QCOMPARE(symlink("../..", (from + "/a/b/c/up").constData()), 0);
    QCOMPARE(symlink("a/b/c/up/../../..", (from + "/out").constData()), 0);
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const QByteArray to = fresh("target");
        const TransferRun run(request(int(direction), from, to), m_server.options());
        QVERIFY2(run.isWhole(), run.words().constData());
        QCOMPARE(run.count(FileOutcome::Result::Skipped), 1);
        const QByteArrayList names = treeOf(to + "/d").keys();
        QVERIFY(names.contains("/a/b/c/up") && !names.contains("/out"));
    }
}

void tst_TransferOdd::nothingIsLeftWhenThereIsNothingToDo()
{
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    makeMany(from, 40);
    const QByteArray to = fresh("target");
    for (int i = 0; i < 2; ++i) {
        const TransferRun run(request(0, from, to), m_server.options());
        QVERIFY2(run.isWhole(), run.words().constData());
        QCOMPARE(treeOf(to).size(), treeOf(from).size() + 1);
    }
}

void tst_TransferOdd::whatIsThereNeedsNoRoom()
{
    // More than any disk has, but it is there already.
    const QByteArray from = fresh("source") + "/huge";
    write(from, {});
    if (truncate(from.constData(), qint64(1) << 43) != 0)
        QSKIP("the file system has no files of 8 TiB");
    const QByteArray to = fresh("target");
    write(to + "/huge", {});
    for (const QByteArray &path : {from, to + "/huge"}) {
        QCOMPARE(truncate(path.constData(), qint64(1) << 43), 0);
        const timespec times[2]{{1'600'000'000, 0}, {1'600'000'000, 0}};
        QCOMPARE(utimensat(AT_FDCWD, path.constData(), times, 0), 0);
    }
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const TransferRun run(request(int(direction), from, to), m_server.options());
        QVERIFY2(run.isWhole(), run.words().constData());
        QCOMPARE(run.summary.files, 1);
    }
}

void tst_TransferOdd::readOnlyFilesAreGoneOnWith_data()
{
    directions();
}

void tst_TransferOdd::readOnlyFilesAreGoneOnWith()
{
    QFETCH(int, direction);
    const QByteArray from = fresh("source") + "/f";
    write(from, noise(9'000'000, 1), 0444);
    const QByteArray to = fresh("target");
    write(to + "/f.danlu-part", noise(9'000'000, 1).left(5'000'000), 0444);
    TransferRequest wanted = request(direction, from, to);
    wanted.resume = true;
    const TransferRun run(wanted, m_server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(run.count(FileOutcome::Result::Resumed), 1);
    QCOMPARE(difference(treeOf(from), treeOf(to + "/f")), QByteArray());
}

void tst_TransferOdd::theRateIsKeptByManyFiles_data()
{
    ways();
}

void tst_TransferOdd::theRateIsKeptByManyFiles()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    makeMany(from, 60, 50'000);
    TransferRequest wanted = request(direction, from, fresh("target"), Protocol(protocol));
    wanted.bytesPerSecond = 1'500'000;
    QElapsedTimer clock;
    clock.start();
    const TransferRun run(wanted, m_server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    // A lower bound: no machine is too slow for it. Two seconds less what may be saved up and on
    // its way.
    QVERIFY2(clock.elapsed() > 1300, QByteArray::number(clock.elapsed()).constData());
}

void tst_TransferOdd::aScanIsDoneOnce()
{
    // The connection goes while the source is still being looked at.
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    for (int d = 0; d < 40; ++d) {
        const QByteArray directory = from + "/d" + QByteArray::number(d);
        mkdir(directory.constData(), 0755);
        for (int i = 0; i < 100; ++i)
            write(directory + '/' + QByteArray::number(i), "x");
    }
    for (int bytes = 3000; bytes < 30'000; bytes += 9000) {
        support::Relay relay(m_server.port());
        relay.cutAtRandom(quint32(bytes), bytes);
        core::ssh::SessionOptions options = m_server.options();
        options.port = relay.port();
        const QByteArray to = fresh("target");
        Transfer transfer(request(0, from, to), options);
        QSignalSpy finished(&transfer, &Operation::finished);
        QSignalSpy retrying(&transfer, &Transfer::retrying);
        transfer.start();
        QVERIFY(retrying.wait(20000));
        relay.cutAtRandom(1, 1'000'000'000);
        QVERIFY(finished.count() == 1 || finished.wait(60000));
        QVERIFY(transfer.isOk());
        QCOMPARE(transfer.progress().totalFiles, 4000);
        QCOMPARE(transfer.summary().files, 4000);
    }
}

void tst_TransferOdd::anSftpServerThatDiesIsReplaced()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp /usr/lib/openssh/sftp-server")});
    QCOMPARE(server.start(), QString());
    const QByteArray from = fresh("source") + "/f";
    write(from, noise(12'000'000, 1));
    const QByteArray to = fresh("target");
    TransferRequest wanted = request(0, from, to);
    wanted.bytesPerSecond = 4'000'000;
    Transfer transfer(wanted, server.options());
    QSignalSpy finished(&transfer, &Operation::finished);
    transfer.start();
    QTRY_VERIFY_WITH_TIMEOUT(transfer.progress().bytes > 2'000'000, 20000);
    QCOMPARE(
        QProcess::execute(
            QStringLiteral("sh"),
            {QStringLiteral("-c"),
             QStringLiteral("end() { for p in $(ps -o pid= --ppid $1); do (end $p); case $(ps -o "
                            "comm= -p $p) in sftp-server) kill -9 $p; esac; done; }; end %1")
                 .arg(server.processId())}),
        0);
    QVERIFY(finished.count() == 1 || finished.wait(60000));
    QVERIFY(transfer.isOk());
    QCOMPARE(difference(treeOf(from), treeOf(to + "/f")), QByteArray());
}

void tst_TransferOdd::manyLossesInARowGetOn()
{
    // More losses than fruitless tries are borne, but each gets some way.
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    makeMany(from, 140, 20'000);
    const QByteArray to = fresh("target");
    mkdir((to + "/d").constData(),
          0755); // into one that exists: nothing has its name before the end
    support::Relay relay(m_server.port());
    relay.cutAtRandom(1, 700'000);
    core::ssh::SessionOptions options = m_server.options();
    options.port = relay.port();
    const TransferRun run(request(0, from, to), options, 240'000);
    QVERIFY2(run.isWhole(), run.words().constData());
    QVERIFY2(run.retries > 10, QByteArray::number(run.retries).constData());
    QCOMPARE(difference(treeOf(from, false), treeOf(to + "/d", false)), QByteArray());
}

/// A start-up file that asks something, or a command that the server puts before others.
void tst_TransferOdd::whatNeverAnswersIsGoneRound()
{
    const QString sftpServer = QStringLiteral("/usr/lib/openssh/sftp-server");
    if (!QFile::exists(sftpServer))
        QSKIP("no sftp-server");
    const QByteArray from = fresh("source") + "/d";
    mkdir(from.constData(), 0755);
    makeMany(from, 3, 1000);
    // Both wait at once: it takes a while.
    support::SshServer silentShell;
    silentShell.configure(
        {QStringLiteral("Subsystem sftp ") + sftpServer,
         QStringLiteral("ForceCommand case $SSH_ORIGINAL_COMMAND in */sftp-server) "
                        "exec %1;; esac; exec sleep 1000")
             .arg(sftpServer)});
    QCOMPARE(silentShell.start(), QString());
    support::SshServer silent;
    silent.configure({QStringLiteral("Subsystem sftp ") + sftpServer,
                      QStringLiteral("ForceCommand exec sleep 1000")});
    QCOMPARE(silent.start(), QString());
    const QByteArray to = fresh("target");
    Transfer second(request(1, from, to + "/none/"), silent.options());
    QSignalSpy finished(&second, &Operation::finished);
    second.start();
    const TransferRun run(request(1, from, to + '/'), silentShell.options(), 60'000);
    QVERIFY2(run.isWhole(), run.words().constData());
    QCOMPARE(difference(treeOf(from), treeOf(to + "/d")), QByteArray());
    QVERIFY(finished.count() == 1 || finished.wait(60'000));
    QVERIFY(second.error());
    QCOMPARE(second.error()->code, ErrorCode::Unsupported);
    QVERIFY2(second.error()->detail.contains(QStringLiteral("start-up file")),
             qPrintable(second.error()->detail));
    QVERIFY(!QFile::exists(QFile::decodeName(to + "/none")));
}

void tst_TransferOdd::cleanupTestCase()
{
    // Qt can't name all of it.
    QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), m_dir.path()});
}

QTEST_GUILESS_MAIN(tst_TransferOdd)

#include "tst_TransferOdd.moc"
