// SPDX-License-Identifier: GPL-3.0-or-later
// What there is to be copied: nothing is missed in silence, nothing goes round for ever, and what
// is no file's name is none.
#include "core/ssh/EngineWorker.h"
#include "core/transfer/LocalScan.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteShell.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"
#include "tests/transfer/OddSftpServer.h"
#include "tests/transfer/TransferRun.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

using namespace core;
using namespace core::transfer;

class tst_TransferScans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void errorsStayWithTheirCommand();
    void everyUnreadableDirectoryIsNamed_data();
    void everyUnreadableDirectoryIsNamed();
    void excludedDirectoriesAreNotRead_data();
    void excludedDirectoriesAreNotRead();
    void aScanThatEndsEarlyIsNoSuccess();
    void loopsOfLinksEnd_data();
    void loopsOfLinksEnd();
    void namesThatAreNoneAreRefused_data();
    void namesThatAreNoneAreRefused();
    void aTreeWithoutEndIsEnded();
    void twoNamesThatBecomeOneAreNoneLost();
    void noLinkIsLost();
    void aLargeDirectoryLeavesRoomForOthers();
    void aScanStopsAtOnce();
    void pipesAndSocketsAreNamed();
    void aPathMayGoThroughItsParent();
    void cleanupTestCase();

private:
    [[nodiscard]] QByteArray fresh(const char *name);
    [[nodiscard]] QString script(const char *name, const QByteArray &text);
    /// A folder of tools for a server's PATH.
    [[nodiscard]] QString onlyShell();
    /// Where its commands run as somebody who may not read everything.
    [[nodiscard]] static QString pythonPath();
    void configureAsNobody(support::SshServer &server);

    QTemporaryDir m_dir;
    int m_count = 0;
};

namespace {

void write(const QByteArray &path, const QByteArray &bytes)
{
    const int file = open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    QVERIFY2(file >= 0, path.constData());
    QCOMPARE(::write(file, bytes.constData(), std::size_t(bytes.size())), bytes.size());
    close(file);
    const timespec times[2]{{1'600'000'000, 0}, {1'600'000'000, 0}};
    QCOMPARE(utimensat(AT_FDCWD, path.constData(), times, 0), 0);
}

void makeDirectory(const QByteArray &path)
{
    QCOMPARE(mkdir(path.constData(), 0755), 0);
}

void makeLink(const char *target, const QByteArray &path)
{
    QCOMPARE(symlink(target, path.constData()), 0);
}

TransferRequest request(Direction direction, const QByteArray &from, const QByteArray &to)
{
    TransferRequest wanted;
    wanted.direction = direction;
    wanted.sources = {from};
    wanted.target = to;
    return wanted;
}

/// Asks a shell for many things at once, in the engine's thread.
class Asker final : public ssh::EngineWorker
{
public:
    explicit Asker(std::function<void(RemoteShell &)> ask)
        : m_ask(std::move(ask))
    {
    }
    void start(ssh::SessionEngine &engine) override
    {
        auto *shell = new RemoteShell(engine, this);
        shell->open([](const Result<> &) {});
        m_ask(*shell);
    }

private:
    std::function<void(RemoteShell &)> m_ask;
};

} // namespace

void tst_TransferScans::initTestCase()
{
    NEED_SSHD();
    QVERIFY(chmod(QFile::encodeName(m_dir.path()).constData(), 0755) == 0);
}

QByteArray tst_TransferScans::fresh(const char *name)
{
    const QByteArray path =
        QFile::encodeName(m_dir.path()) + '/' + name + '.' + QByteArray::number(++m_count);
    makeDirectory(path);
    return path;
}

QString tst_TransferScans::onlyShell()
{
    const QString tools = QFile::decodeName(fresh("tools"));
    QFile::link(QStandardPaths::findExecutable(QStringLiteral("sh")),
                tools + QStringLiteral("/sh"));
    return tools;
}

QString tst_TransferScans::script(const char *name, const QByteArray &text)
{
    const QByteArray path = fresh("bin") + '/' + name;
    write(path, text);
    chmod(path.constData(), 0755);
    return QFile::decodeName(path);
}

/// The interpreter itself: what PATH names may be a script that needs more than a bare PATH.
QString tst_TransferScans::pythonPath()
{
    QProcess python;
    python.start(QStringLiteral("python3"),
                 {QStringLiteral("-c"), QStringLiteral("import sys; print(sys.executable)")});
    python.waitForFinished();
    return QFile::decodeName(python.readAllStandardOutput().trimmed());
}

void tst_TransferScans::configureAsNobody(support::SshServer &server)
{
    const QByteArray run = geteuid() == 0 ? "exec setpriv --reuid 65534 --regid 65534 "
                                            "--clear-groups sh -c \"$SSH_ORIGINAL_COMMAND\"\n"
                                          : "exec sh -c \"$SSH_ORIGINAL_COMMAND\"\n";
    server.configure({QStringLiteral("Subsystem sftp /usr/lib/openssh/sftp-server"),
                      QStringLiteral("ForceCommand ") + script("nobody", "#!/bin/sh\n" + run)});
}

void tst_TransferScans::errorsStayWithTheirCommand()
{
    support::SshServer server;
    // What start-up files say is no command's error.
    server.configure({QStringLiteral("ForceCommand ") +
                      script("loud", "#!/bin/sh\necho loud >&2; printf loud; eval "
                                     "\"$SSH_ORIGINAL_COMMAND\"\n")});
    QCOMPARE(server.start(), QString());
    constexpr int commands = 400;
    std::vector<RemoteShell::Output> outputs;
    std::atomic<int> answers = 0;
    support::SessionRun run;
    QVERIFY(run.open(server.options()));
    run.session.startWorker(std::make_unique<Asker>([&](RemoteShell &shell) {
        for (int i = 0; i < commands; ++i) {
            const QByteArray number = QByteArray::number(i);
            // A long text between, so that one stream gets ahead of the other.
            shell.run("echo out" + number + "; head -c " + QByteArray::number(i % 7 * 30'000) +
                          " /dev/zero; echo err" + number + " >&2; (exit " +
                          QByteArray::number(i % 3) + ')',
                      [&](const Result<RemoteShell::Output> &ran) {
                          outputs.push_back(ran.value_or(RemoteShell::Output{-1, {}, {}}));
                          ++answers;
                      });
        }
        shell.run("i=0; while [ $i -lt 30000 ]; do echo line $i; i=$((i+1)); done >&2",
                  [&](const Result<RemoteShell::Output> &ran) {
                      outputs.push_back(ran.value_or(RemoteShell::Output{-1, {}, {}}));
                      ++answers;
                  });
    }));
    QTRY_COMPARE_WITH_TIMEOUT(answers.load(), commands + 1, 60000);
    for (int i = 0; i < commands; ++i) {
        const RemoteShell::Output &one = outputs[std::size_t(i)];
        QCOMPARE(one.errors.trimmed(), "err" + QByteArray::number(i));
        QVERIFY(one.text.startsWith("out" + QByteArray::number(i) + '\n'));
        QCOMPARE(one.exitCode, i % 3);
    }
    // Of a long one both ends are kept.
    QVERIFY(outputs.back().errors.startsWith("line 0\n"));
    QVERIFY(outputs.back().errors.trimmed().endsWith("line 29999"));
    QVERIFY(outputs.back().errors.size() < 100'000);
}

void tst_TransferScans::everyUnreadableDirectoryIsNamed_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("find") << QString();
    QTest::newRow("sftp") << QStringLiteral("sh setpriv");
}

void tst_TransferScans::everyUnreadableDirectoryIsNamed()
{
    QFETCH(QString, path);
    support::SshServer server;
    configureAsNobody(server);
    if (!path.isEmpty()) {
        const QString tools = QFile::decodeName(fresh("tools"));
        for (const QString &tool : path.split(u' '))
            QFile::link(QStandardPaths::findExecutable(tool), tools + u'/' + tool);
        server.setPath(tools);
    }
    QCOMPARE(server.start(), QString());
    const QByteArray from = fresh("source") + "/tree";
    makeDirectory(from);
    constexpr int directories = 400;
    QSet<QByteArray> closed;
    for (int i = 0; i < directories; ++i) {
        const QByteArray open = from + "/d" + QByteArray::number(i);
        makeDirectory(open);
        write(open + "/f", "x");
        // Enough of them that their names alone are more than a pipe holds.
        const QByteArray shut =
            open + "/it's \xc4\xe3\n" + QByteArray(180, 's') + QByteArray::number(i);
        makeDirectory(shut);
        write(shut + "/hidden", "x");
        QCOMPARE(chmod(shut.constData(), 0), 0);
        closed.insert(shut);
    }
    TransferRequest wanted = request(Direction::Get, from, fresh("target"));
    const TransferRun run(wanted, server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().left(2000).constData());
    QCOMPARE(run.summary.failed, directories);
    QCOMPARE(run.summary.files, directories);
    for (const FileOutcome &outcome : run.outcomes) {
        if (outcome.result != FileOutcome::Result::Failed)
            continue;
        QCOMPARE(outcome.error->code, ErrorCode::PermissionDenied);
        QVERIFY2(closed.remove(outcome.path), outcome.path.constData());
    }
    QVERIFY(closed.isEmpty());
}

void tst_TransferScans::excludedDirectoriesAreNotRead_data()
{
    QTest::addColumn<QByteArray>("glob");
    QTest::newRow("name") << QByteArray("c*ed");
    QTest::newRow("path") << QByteArray("a/closed");
    QTest::newRow("path with *") << QByteArray("*/clo*");
    QTest::newRow("with brackets") << QByteArray("[closed]/");
}

void tst_TransferScans::excludedDirectoriesAreNotRead()
{
    QFETCH(QByteArray, glob);
    support::SshServer server;
    configureAsNobody(server);
    QCOMPARE(server.start(), QString());
    const QByteArray from = fresh("source") + "/tree";
    const QByteArray name = glob.contains('[') ? "[closed]" : "closed";
    for (const QByteArray &directory :
         {QByteArray(), QByteArray("/a"), "/a/" + name, "/a/" + name + "/b", QByteArray("/d")})
        makeDirectory(from + directory);
    write(from + "/a/f", "x");
    write(from + "/d/c", "x");
    write(from + "/a/" + name + "/hidden", "x");
    QCOMPARE(chmod((from + "/a/" + name).constData(), 0), 0);
    TransferRequest wanted = request(Direction::Get, from, fresh("target"));
    wanted.excludes = {glob};
    const TransferRun run(wanted, server.options());
    QVERIFY2(run.isWhole() && run.outcomes.empty(), run.words().constData());
    QCOMPARE(treeOf(wanted.target + "/tree").keys(),
             QByteArrayList({"", "/a", "/a/f", "/d", "/d/c"}));
}

void tst_TransferScans::aScanThatEndsEarlyIsNoSuccess()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    const QString find =
        script("find", "#!/bin/sh\ncase \"$*\" in\n"
                       "*mindepth*) /usr/bin/find \"$@\" | head -c 60; exit 137;;\n"
                       "*) exec /usr/bin/find \"$@\";;\nesac\n");
    server.setPath(QFileInfo(find).path() + QStringLiteral(":/usr/bin:/bin"));
    QCOMPARE(server.start(), QString());
    const QByteArray from = fresh("source") + "/tree";
    makeDirectory(from);
    for (int i = 0; i < 50; ++i)
        write(from + '/' + QByteArray::number(i), "x");
    const TransferRun run(request(Direction::Get, from, fresh("target")), server.options());
    QVERIFY2(run.isFinished, run.words().constData());
    QVERIFY(run.summary.files < 50);
    QVERIFY2(run.error || run.summary.failed > 0, run.words().constData());
}

void tst_TransferScans::loopsOfLinksEnd_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<bool>("find");
    QTest::addColumn<int>("files");
    QTest::newRow("put") << int(Direction::Put) << true << 1;
    QTest::newRow("put, tar") << int(Direction::Put) << true << 60;
    QTest::newRow("get, find") << int(Direction::Get) << true << 1;
    QTest::newRow("get, find, tar") << int(Direction::Get) << true << 60;
    QTest::newRow("get, sftp") << int(Direction::Get) << false << 60;
}

void tst_TransferScans::loopsOfLinksEnd()
{
    QFETCH(int, direction);
    QFETCH(bool, find);
    QFETCH(int, files);
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    const QString tools = onlyShell();
    if (!find)
        server.setPath(tools);
    QCOMPARE(server.start(), QString());
    const QByteArray from = fresh("source") + "/tree";
    const QByteArray outside = fresh("outside");
    write(outside + "/o", "out");
    for (const char *directory : {"", "/a", "/b", "/c"})
        makeDirectory(from + directory);
    for (int i = 0; i < files; ++i)
        write(from + "/a/f" + QByteArray::number(i), "f");
    write(from + "/b/g", "gg");
    makeLink("../b", from + "/a/x");
    makeLink("../a", from + "/b/y");
    makeLink(".", from + "/c/self");
    makeLink("../b/g", from + "/c/file");
    makeLink("nowhere", from + "/c/dangling");
    makeLink("round", from + "/c/round");
    makeLink(outside.constData(), from + "/c/out");
    TransferRequest wanted = request(Direction(direction), from, fresh("target"));
    wanted.links = Links::Follow;
    const TransferRun run(wanted, server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QStringList skipped;
    for (const FileOutcome &outcome : run.outcomes) {
        QCOMPARE(outcome.result, FileOutcome::Result::Skipped);
        skipped.append(QString::fromUtf8(outcome.path.mid(from.size())));
    }
    skipped.sort();
    QCOMPARE(skipped.join(u' '), QStringLiteral("/a/x/y /b/y/x /c/dangling /c/round /c/self"));
    const auto copied = treeOf(wanted.target + "/tree");
    QCOMPARE(copied.size(), 11 + 2 * files);
    for (const char *name : {"/a/f0", "/a/x/g", "/b/g", "/b/y/f0", "/c/file", "/c/out/o"})
        QVERIFY2(copied.value(name).startsWith("100"), name);
}

void tst_TransferScans::namesThatAreNoneAreRefused_data()
{
    QTest::addColumn<bool>("sftp");
    QTest::newRow("find") << false;
    QTest::newRow("sftp") << true;
}

void tst_TransferScans::namesThatAreNoneAreRefused()
{
    QFETCH(bool, sftp);
    const QString python = pythonPath();
    if (python.isEmpty())
        QSKIP("python3 is missing");
    support::SshServer server;
    QByteArray from = "/odd";
    int bad = 0;
    if (sftp) {
        const QString odd = script("odd", oddSftpServer);
        server.configure({QStringLiteral("Subsystem sftp %1 %2 names").arg(python, odd)});
        server.setPath(onlyShell());
        bad = 7;
    } else {
        from = fresh("source") + "/tree";
        makeDirectory(from);
        write(from + "/good", "good");
        server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
        const QString find = script(
            "find",
            "#!/bin/sh\ncase \"$*\" in *mindepth*) ;; *) exec /usr/bin/find \"$@\";; esac\n"
            "p() { printf '%s %s 1600000000.0 644\\0%s\\0\\0' \"$1\" \"$2\" \"$3\"; }\n"
            "p f 4 good; p f 4 ../../out; p f 4 /tmp/out; p f 4 ..; p f 4 ''; p f 4 a//b\n"
            "p f 1152921504606846976 huge; p f -5 negative; p f x none; p f 4 no/directory\n");
        server.setPath(QFileInfo(find).path() + QStringLiteral(":/usr/bin:/bin"));
        bad = 9;
    }
    QCOMPARE(server.start(), QString());
    const QByteArray to = fresh("target");
    const TransferRun run(request(Direction::Get, from, to + "/deep/"), server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QCOMPARE(run.summary.failed, bad);
    QCOMPARE(run.count(FileOutcome::Result::Failed), bad);
    const QByteArray name = "/deep/" + from.mid(from.lastIndexOf('/') + 1);
    QCOMPARE(treeOf(to).keys(), QByteArrayList({"", "/deep", name, name + "/good"}));
    QVERIFY(treeOf(to).value(name + "/good").endsWith(" good"));
    QVERIFY(!QFile::exists(QStringLiteral("/tmp/out")));
}

void tst_TransferScans::aTreeWithoutEndIsEnded()
{
    const QString python = pythonPath();
    if (python.isEmpty())
        QSKIP("python3 is missing");
    support::SshServer server;
    server.configure(
        {QStringLiteral("Subsystem sftp %1 %2 endless").arg(python, script("odd", oddSftpServer))});
    server.setPath(onlyShell());
    QCOMPARE(server.start(), QString());
    const TransferRun run(request(Direction::Get, "/odd", fresh("target") + '/'), server.options(),
                          60'000);
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QVERIFY(run.summary.failed >= 1);
    QVERIFY2(run.words().contains("its path is too long"), run.words().constData());
    // Counting walks on its own.
    support::SessionRun session;
    QVERIFY(session.open(server.options()));
    RemoteMeasure *measure = measureRemote(session.session, {"/odd"});
    QSignalSpy finished(measure, &Operation::finished);
    QVERIFY(finished.wait(60'000));
    QVERIFY(measure->isOk() && measure->isPartial());
    QCOMPARE(measure->directories(), (4095 - 4) / 101 + 2);
}

void tst_TransferScans::twoNamesThatBecomeOneAreNoneLost()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(server.start(), QString());
    const QByteArray from = fresh("source") + "/tree";
    makeDirectory(from);
    write(from + "/a\n", "one");
    write(from + "/a%0A", "two");
    write(from + "/b%0A", "three");
    const QByteArray to = fresh("target");
    const TransferRun run(request(Direction::Get, from, to), server.options());
    QVERIFY2(run.isFinished && !run.error, run.words().constData());
    QCOMPARE(run.count(FileOutcome::Result::Failed), 1);
    QCOMPARE(run.summary.files, 2);
    QCOMPARE(treeOf(to + "/tree").keys(), QByteArrayList({"", "/a%0A", "/b%0A"}));
}

void tst_TransferScans::noLinkIsLost()
{
    const QString python = pythonPath();
    if (python.isEmpty())
        QSKIP("python3 is missing");
    const QString odd = script("odd", oddSftpServer);
    const QString mark = QFileInfo(odd).path() + QStringLiteral("/mark");
    const QString tools = onlyShell();
    for (const bool dies : {false, true}) {
        support::SshServer server;
        server.configure(
            {QStringLiteral("Subsystem sftp %1 %2 %3")
                 .arg(python, odd,
                      dies ? QStringLiteral("dies ") + mark : QStringLiteral("no-readlink"))});
        server.setPath(tools);
        QCOMPARE(server.start(), QString());
        const QByteArray to = fresh("target");
        const TransferRun run(request(Direction::Get, "/odd", to + '/'), server.options());
        QVERIFY2(run.isFinished && !run.error, run.words().constData());
        QCOMPARE(run.summary.failed, dies ? 0 : 1);
        QCOMPARE(run.retries, dies ? 1 : 0);
        QCOMPARE(treeOf(to).contains("/odd/link"), dies);
        if (!dies)
            QCOMPARE(run.outcomes.at(0).path, QByteArray("/odd/link"));
    }
}

void tst_TransferScans::aLargeDirectoryLeavesRoomForOthers()
{
    const QByteArray from = fresh("source");
    constexpr int files = 30'000;
    for (int i = 0; i < files; ++i)
        close(open((from + '/' + QByteArray::number(i)).constData(), O_WRONLY | O_CREAT, 0644));
    TransferState state{TransferRequest(), {}};
    Source source;
    source.from = from;
    state.sources.push_back(source);
    LocalScan scan(
        state, [](const QByteArray &, const Error &) {}, [] { return false; });
    QSignalSpy finished(&scan, &LocalScan::finished);
    QTimer others;
    int turns = 0;
    QObject::connect(&others, &QTimer::timeout, &scan, [&] { ++turns; });
    others.start(0);
    scan.start();
    QVERIFY(finished.count() == 1 || finished.wait(60000));
    QCOMPARE(state.totalFiles.load(), files);
    QCOMPARE(state.items.size(), std::size_t(files + 1));
    QVERIFY2(turns >= 2, QByteArray::number(turns).constData());
}

void tst_TransferScans::aScanStopsAtOnce()
{
    const QByteArray from = fresh("source");
    for (int i = 0; i < 1000; ++i)
        close(open((from + '/' + QByteArray::number(i)).constData(), O_WRONLY | O_CREAT, 0644));
    TransferState state{TransferRequest(), {}};
    Source source;
    source.from = from;
    state.sources.push_back(source);
    LocalScan scan(
        state, [](const QByteArray &, const Error &) {}, [&] { return state.items.size() > 10; });
    QSignalSpy finished(&scan, &LocalScan::finished);
    scan.start();
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QCOMPARE(state.items.size(), std::size_t(11));
    QCOMPARE(finished.count(), 0);
}

void tst_TransferScans::pipesAndSocketsAreNamed()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(server.start(), QString());
    const QByteArray from = fresh("source") + "/tree";
    makeDirectory(from);
    write(from + "/f", "x");
    QCOMPARE(mkfifo((from + "/pipe").constData(), 0644), 0);
    QCOMPARE(mknod((from + "/socket").constData(), S_IFSOCK | 0644, 0), 0);
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        const QByteArray to = fresh("target");
        const TransferRun run(request(direction, from, to), server.options());
        QVERIFY2(run.isWhole(), run.words().constData());
        QCOMPARE(run.count(FileOutcome::Result::Skipped), 2);
        QCOMPARE(treeOf(to + "/tree").keys(), QByteArrayList({"", "/f"}));
    }
}

void tst_TransferScans::aPathMayGoThroughItsParent()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(server.start(), QString());
    const QByteArray base = fresh("source");
    makeDirectory(base + "/other");
    makeDirectory(base + "/tree");
    for (int i = 0; i < 60; ++i)
        write(base + "/tree/" + QByteArray::number(i), "x");
    const QByteArray to = fresh("target");
    TransferRequest wanted = request(Direction::Get, base + "/other/../tree", to);
    wanted.protocol = Protocol::Tar;
    const TransferRun run(wanted, server.options());
    QVERIFY2(run.isWhole(), run.words().constData());
    QVERIFY2(run.summary.protocol.startsWith("tar") && !run.summary.protocol.contains("sftp"),
             run.summary.protocol.constData());
    QCOMPARE(difference(treeOf(base + "/tree"), treeOf(to + "/tree")), QByteArray());
}

void tst_TransferScans::cleanupTestCase()
{
    // Qt can't name all of it.
    QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), m_dir.path()});
}

QTEST_GUILESS_MAIN(tst_TransferScans)

#include "tst_TransferScans.moc"
