// SPDX-License-Identifier: GPL-3.0-or-later
// Servers that lack something: each copy takes the next best way, or says what is missing.
#include "tests/support/Amount.h"
#include "tests/support/Relay.h"
#include "tests/support/SshServer.h"
#include "tests/transfer/TransferRun.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>

#include <filesystem>

using namespace core;
using namespace core::transfer;

class tst_TransferServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theNextBestWayIsTaken_data();
    void theNextBestWayIsTaken();
    void whatWasAskedForAndIsLackingIsSaid_data();
    void whatWasAskedForAndIsLackingIsSaid();
    void scpCopiesTrees_data();
    void scpCopiesTrees();
    void scpCutsAreGoneOnWith_data();
    void scpCutsAreGoneOnWith();
    void aLargeFileIsGoneOnWithWithoutSftp_data();
    void aLargeFileIsGoneOnWithWithoutSftp();
    void aStreamIsPackedWhenItShrinks_data();
    void aStreamIsPackedWhenItShrinks();
    void greetingsOfStartUpFilesDoNoHarm_data();
    void greetingsOfStartUpFilesDoNoHarm();
    void filesAreReadBackWhereNothingComputesSums_data();
    void filesAreReadBackWhereNothingComputesSums();
    void aFileThatGrowsIsReadBackAsFarAsItWas();
    void noChecksumsNoVerifiedCopy();
    void oneChannelIsEnough_data();
    void oneChannelIsEnough();
    void cleanupTestCase();

private:
    [[nodiscard]] QByteArray fresh(const char *name);
    /// Small ones, with a tree and odd names; \a large: one that is cut in pieces too.
    [[nodiscard]] QByteArray makeTree(int files, bool large);
    void copyBothWays(const support::SshServer &server, Protocol protocol, int files, bool large,
                      bool verify, const QByteArray &used, quint16 port = 0);

    QTemporaryDir m_dir;
    int m_count = 0;
};

namespace {

/// A folder with only these tools of the machine, and \a busybox's.
QString makeTools(const QString &folder, const QStringList &tools, const QStringList &busybox = {})
{
    QDir().mkpath(folder);
    for (const QString &tool : tools)
        QFile::link(QStandardPaths::findExecutable(tool), folder + u'/' + tool);
    for (const QString &tool : busybox)
        QFile::link(QStandardPaths::findExecutable(QStringLiteral("busybox")),
                    folder + u'/' + tool);
    return folder;
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

constexpr auto basic = "cat chmod df find grep head ln ls mkdir mv readlink rm stat tail touch wc "
                       "sh sed tr dd awk split";

} // namespace

void tst_TransferServers::initTestCase()
{
    NEED_SSHD();
    if (QStandardPaths::findExecutable(QStringLiteral("busybox")).isEmpty() ||
        QStandardPaths::findExecutable(QStringLiteral("zstd")).isEmpty()) {
        if (qEnvironmentVariableIsSet("CI"))
            QFAIL("busybox or zstd is missing; run scripts/setup");
        QSKIP("busybox or zstd is missing; run scripts/setup");
    }
}

QByteArray tst_TransferServers::fresh(const char *name)
{
    const QByteArray path =
        QFile::encodeName(m_dir.path()) + '/' + name + '.' + QByteArray::number(++m_count);
    if (mkdir(path.constData(), 0755) != 0)
        qWarning("mkdir");
    return path;
}

QByteArray tst_TransferServers::makeTree(int files, bool large)
{
    const QByteArray root = fresh("source") + "/tree";
    for (const char *directory : {"", "/empty", "/a", "/a/b", "/odd names"})
        mkdir((root + directory).constData(), 0755);
    QRandomGenerator random(3);
    const auto write = [&](const QByteArray &name, qsizetype size, mode_t mode = 0644) {
        QByteArray bytes((size + 3) / 4 * 4, Qt::Uninitialized);
        random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
        const QByteArray path = root + '/' + name;
        const int file = open(path.constData(), O_WRONLY | O_CREAT, mode);
        QCOMPARE(::write(file, bytes.constData(), std::size_t(size)), size);
        close(file);
        const timespec times[2]{{1'600'000'000 + size, 0}, {1'600'000'000 + size, 0}};
        utimensat(AT_FDCWD, path.constData(), times, 0);
    };
    write("zero", 0);
    write("run.sh", 10, 0755);
    write("odd names/\xc4\xe3\xba\xc3 'q\" $(x)`y`\\*?", 100);
    write("odd names/-n", 100);
    for (int i = 0; i < files; ++i)
        write("a/b/" + QByteArray::number(i), i * 97 % 9000);
    if (large)
        write("large", 9'500'001, 0640);
    if (symlink("b/1", (root + "/a/link").constData()) != 0)
        qWarning("symlink");
    const timespec times[2]{{1'400'000'000, 0}, {1'400'000'000, 0}};
    for (const char *directory : {"/a/b", "/a", "/empty", "/odd names", ""})
        utimensat(AT_FDCWD, (root + directory).constData(), times, 0);
    return root;
}

void tst_TransferServers::copyBothWays(const support::SshServer &server, Protocol protocol,
                                       int files, bool large, bool verify, const QByteArray &used,
                                       quint16 port)
{
    core::ssh::SessionOptions options = server.options();
    if (port != 0)
        options.port = port;
    const QByteArray from = makeTree(files, large);
    const QByteArray there = fresh("there");
    const QByteArray here = fresh("here");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        TransferRequest wanted;
        wanted.direction = direction;
        wanted.sources = {direction == Direction::Put ? from : there + "/tree"};
        wanted.target = direction == Direction::Put ? there : here;
        wanted.protocol = protocol;
        wanted.verify = verify;
        const TransferRun run(wanted, options);
        QVERIFY2(run.isWhole(), run.words().constData());
        QVERIFY2(run.outcomes.empty(), run.words().constData());
        QCOMPARE(run.summary.protocol, used);
        QCOMPARE(run.summary.verified, verify);
        const QByteArray target = direction == Direction::Put ? there : here;
        QCOMPARE(difference(treeOf(from), treeOf(target + "/tree")), QByteArray());
        QCOMPARE(treeOf(target).size(), treeOf(from).size() + 1); // nothing else is left there
    }
}

void tst_TransferServers::theNextBestWayIsTaken_data()
{
    QTest::addColumn<bool>("sftp");
    QTest::addColumn<QString>("tools");
    QTest::addColumn<QString>("busybox");
    QTest::addColumn<QByteArray>("used");
    const QString all = QLatin1StringView(basic);
    const auto add = [](const char *name, bool sftp, const QString &tools, const QString &busybox,
                        const char *used) {
        QTest::newRow(name) << sftp << tools << busybox << QByteArray(used);
    };
    add("no sftp", false, all + QStringLiteral(" tar sha256sum scp"), {}, "scp+tar");
    add("no sftp, no scp", false, all + QStringLiteral(" tar sha256sum"), {}, "tar");
    add("no sftp, no tar", false, all + QStringLiteral(" scp sha256sum"), {}, "scp");
    add("no sftp, busybox", false, QStringLiteral("scp"),
        all + QStringLiteral(" tar sha256sum gzip"), "scp");
    add("no tar", true, all + QStringLiteral(" sha256sum scp"), {}, "sftp");
    add("busybox", true, {}, all + QStringLiteral(" tar sha256sum gzip"), "sftp");
    add("nothing but sftp", true, QStringLiteral("sh"), {}, "sftp");
}

void tst_TransferServers::theNextBestWayIsTaken()
{
    QFETCH(bool, sftp);
    QFETCH(QString, tools);
    QFETCH(QString, busybox);
    QFETCH(QByteArray, used);
    support::SshServer server;
    if (sftp)
        server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    server.setPath(makeTools(QFile::decodeName(fresh("tools")),
                             tools.split(u' ', Qt::SkipEmptyParts),
                             busybox.split(u' ', Qt::SkipEmptyParts)));
    QCOMPARE(server.start(), QString());
    copyBothWays(server, Protocol::Auto, 50, true, true, used);
}

void tst_TransferServers::whatWasAskedForAndIsLackingIsSaid_data()
{
    QTest::addColumn<bool>("sftp");
    QTest::addColumn<QString>("tools");
    QTest::addColumn<int>("asked");
    QTest::addColumn<QByteArray>("used");
    QTest::newRow("no tar") << true << QString() << int(Protocol::Tar) << QByteArray("sftp");
    QTest::newRow("no scp") << true << QStringLiteral(" tar") << int(Protocol::Scp)
                            << QByteArray("sftp");
    QTest::newRow("no sftp") << false << QStringLiteral(" scp") << int(Protocol::Sftp)
                             << QByteArray("scp");
}

void tst_TransferServers::whatWasAskedForAndIsLackingIsSaid()
{
    QFETCH(bool, sftp);
    QFETCH(QString, tools);
    QFETCH(int, asked);
    QFETCH(QByteArray, used);
    support::SshServer server;
    if (sftp)
        server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    server.setPath(
        makeTools(QFile::decodeName(fresh("tools")),
                  words(basic) + words("sha256sum") + tools.split(u' ', Qt::SkipEmptyParts)));
    QCOMPARE(server.start(), QString());
    const QByteArray from = makeTree(40, true);
    const QByteArray there = fresh("there");
    const QByteArray here = fresh("here");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        TransferRequest wanted;
        wanted.direction = direction;
        wanted.sources = {direction == Direction::Put ? from : there + "/tree"};
        wanted.target = direction == Direction::Put ? there : here;
        wanted.protocol = Protocol(asked);
        const TransferRun run(wanted, server.options());
        QVERIFY2(run.isWhole(), run.words().constData());
        QCOMPARE(run.summary.protocol, used);
        QCOMPARE(run.outcomes.size(), std::size_t(1)); // a line, and no more
        QVERIFY2(run.words().contains("instead"), run.words().constData());
    }
    QCOMPARE(difference(treeOf(from), treeOf(here + "/tree")), QByteArray());
}

void tst_TransferServers::scpCopiesTrees_data()
{
    QTest::addColumn<bool>("sftp");
    QTest::addColumn<bool>("verify");
    QTest::newRow("beside sftp") << true << false;
    QTest::newRow("beside sftp, verified") << true << true;
    QTest::newRow("alone, verified") << false << true;
}

void tst_TransferServers::scpCopiesTrees()
{
    QFETCH(bool, sftp);
    QFETCH(bool, verify);
    support::SshServer server;
    if (sftp)
        server.configure(
            {QStringLiteral("Subsystem sftp internal-sftp"), QStringLiteral("RekeyLimit 3M")});
    QCOMPARE(server.start(), QString());
    copyBothWays(server, Protocol::Scp, 30, true, verify, "scp");
    // What is missing or may not be read is named by scp's words.
    TransferRequest wanted;
    wanted.direction = Direction::Get;
    wanted.sources = {"/nowhere/at/all"};
    wanted.target = fresh("here");
    wanted.protocol = Protocol::Scp;
    const TransferRun run(wanted, server.options());
    QCOMPARE(run.summary.failed, 1);
    QCOMPARE(run.outcomes.at(0).error->code, ErrorCode::NotFound);
}

void tst_TransferServers::scpCutsAreGoneOnWith_data()
{
    QTest::addColumn<int>("direction");
    QTest::newRow("put") << int(Direction::Put);
    QTest::newRow("get") << int(Direction::Get);
}

void tst_TransferServers::scpCutsAreGoneOnWith()
{
    QFETCH(int, direction);
    support::SshServer server;
    server.configure({QStringLiteral("MaxStartups 100")});
    QCOMPARE(server.start(), QString());
    const QByteArray from = makeTree(60, false);
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    const int wantedCuts = support::amount(3, 8);
    int cuts = 0;
    for (quint32 round = 0; cuts < wantedCuts && round < 20; ++round) {
        support::Relay relay(server.port());
        relay.cutAtRandom(seed + round, 400'000);
        core::ssh::SessionOptions options = server.options();
        options.port = relay.port();
        TransferRequest wanted;
        wanted.direction = Direction(direction);
        wanted.sources = {from};
        wanted.target = fresh("target");
        wanted.protocol = Protocol::Scp;
        const TransferRun run(wanted, options);
        QVERIFY2(run.isWhole(), run.words().constData());
        QCOMPARE(difference(treeOf(from), treeOf(wanted.target + "/tree")), QByteArray());
        QCOMPARE(treeOf(wanted.target).size(), treeOf(from).size() + 1);
        cuts += relay.cuts();
    }
    QVERIFY(cuts >= wantedCuts);
}

void tst_TransferServers::aLargeFileIsGoneOnWithWithoutSftp_data()
{
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("protocol");
    QTest::addColumn<bool>("verify");
    QTest::newRow("put") << int(Direction::Put) << int(Protocol::Scp) << false;
    QTest::newRow("put, auto, verified") << int(Direction::Put) << int(Protocol::Auto) << true;
    QTest::newRow("get") << int(Direction::Get) << int(Protocol::Scp) << false;
    QTest::newRow("get, auto, verified") << int(Direction::Get) << int(Protocol::Auto) << true;
}

void tst_TransferServers::aLargeFileIsGoneOnWithWithoutSftp()
{
    QFETCH(int, direction);
    QFETCH(int, protocol);
    QFETCH(bool, verify);
    support::SshServer server;
    server.configure({QStringLiteral("MaxStartups 100")});
    QCOMPARE(server.start(), QString());
    const QByteArray from = makeTree(40, true);
    QRandomGenerator random(11);
    QByteArray bytes(24'000'000, Qt::Uninitialized);
    random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
    const QByteArray larger = from + "/it's larger";
    QFile file(QFile::decodeName(larger));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    QCOMPARE(chmod(larger.constData(), 0444), 0);
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    support::Relay relay(server.port());
    relay.cutAtRandom(seed, 14'000'000);
    core::ssh::SessionOptions options = server.options();
    options.port = relay.port();
    TransferRequest wanted;
    wanted.direction = Direction(direction);
    wanted.sources = {from};
    wanted.target = fresh("target");
    wanted.protocol = Protocol(protocol);
    wanted.verify = verify;
    const TransferRun run(wanted, options);
    QVERIFY2(run.isWhole(), run.words().constData());
    QVERIFY(relay.cuts() > 0);
    QVERIFY2(run.count(FileOutcome::Result::Resumed) > 0, run.words().constData());
    qint64 all = 0;
    for (const auto &each : std::filesystem::recursive_directory_iterator(from.toStdString())) {
        if (each.is_regular_file() && !each.is_symlink())
            all += qint64(each.file_size());
    }
    QCOMPARE(run.summary.bytes, all);
    QCOMPARE(difference(treeOf(from), treeOf(wanted.target + "/tree")), QByteArray());
    QCOMPARE(treeOf(wanted.target).size(), treeOf(from).size() + 1);
    // What another version left is not gone on with, and is said.
    for (const char *name : {"other", "longer"}) {
        const QByteArray target = fresh(name);
        QFile part(QFile::decodeName(target + "/it's larger.danlu-part"));
        QVERIFY(part.open(QIODevice::WriteOnly));
        part.write(qstrcmp(name, "longer") == 0 ? bytes + QByteArray(5'000'000, 'x')
                                                : QByteArray(9'000'000, 'x'));
        part.close();
        wanted.sources = {larger};
        wanted.target = target + '/';
        wanted.resume = true;
        const TransferRun other(wanted, server.options());
        QVERIFY2(other.isWhole(), other.words().constData());
        QCOMPARE(other.count(FileOutcome::Result::Resumed), qstrcmp(name, "longer") == 0 ? 1 : 0);
        QCOMPARE(difference(treeOf(larger), treeOf(target + "/it's larger")), QByteArray());
    }
}

void tst_TransferServers::aStreamIsPackedWhenItShrinks_data()
{
    QTest::addColumn<QString>("tools");
    QTest::addColumn<bool>("shrinks");
    QTest::addColumn<int>("delayMs");
    QTest::addColumn<QByteArray>("used");
    QTest::newRow("zstd") << QStringLiteral("zstd gzip") << true << 0 << QByteArray("tar+zstd");
    QTest::newRow("zstd, noise") << QStringLiteral("zstd gzip") << false << 0 << QByteArray("tar");
    QTest::newRow("gzip, near") << QStringLiteral("gzip") << true << 0 << QByteArray("tar");
    QTest::newRow("gzip, far") << QStringLiteral("gzip") << true << 10 << QByteArray("tar+gzip");
    QTest::newRow("gzip, far, noise") << QStringLiteral("gzip") << false << 10 << QByteArray("tar");
    QTest::newRow("nothing packs") << QString() << true << 10 << QByteArray("tar");
}

void tst_TransferServers::aStreamIsPackedWhenItShrinks()
{
    QFETCH(QString, tools);
    QFETCH(bool, shrinks);
    QFETCH(int, delayMs);
    QFETCH(QByteArray, used);
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    server.setPath(
        makeTools(QFile::decodeName(fresh("tools")),
                  words(basic) + words("tar sha256sum") + tools.split(u' ', Qt::SkipEmptyParts)));
    QCOMPARE(server.start(), QString());
    support::Relay relay(server.port());
    relay.setDelay(delayMs);
    core::ssh::SessionOptions options = server.options();
    options.port = relay.port();
    const QByteArray from = fresh("source") + "/tree";
    mkdir(from.constData(), 0755);
    for (int i = 0; i < 100; ++i) {
        QFile file(QFile::decodeName(from + '/' + QByteArray::number(i)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray bytes = QByteArray("a line of a log\n").repeated(500);
        if (!shrinks)
            QRandomGenerator(quint32(i))
                .fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
        file.write(bytes);
    }
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        TransferRequest wanted;
        wanted.direction = direction;
        wanted.sources = {from};
        QByteArray found;
        // A busy machine may answer so late that the nearest line seems far: not each time.
        for (int tries = 0; found != used && tries < (delayMs == 0 ? 5 : 1); ++tries) {
            wanted.target = fresh("target");
            const TransferRun run(wanted, options);
            QVERIFY2(run.isWhole(), run.words().constData());
            QCOMPARE(difference(treeOf(from), treeOf(wanted.target + "/tree")), QByteArray());
            found = run.summary.protocol;
        }
        QCOMPARE(found, used);
    }
}

void tst_TransferServers::greetingsOfStartUpFilesDoNoHarm_data()
{
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<int>("protocol");
    QTest::addColumn<QByteArray>("used");
    const auto add = [](const char *name, const QByteArray &greeting, Protocol protocol,
                        const char *used) {
        QTest::newRow(name) << greeting << int(protocol) << QByteArray(used);
    };
    const QByteArray lines = "echo welcome to the instance; echo";
    const QByteArray title = "printf '\\033]0;x\\007'";
    const QByteArray both = "printf 'C0644 3 x\\001'; printf 'no tty' >&2";
    const QByteArray command = "echo \"$SSH_ORIGINAL_COMMAND\"";
    add("tar", lines, Protocol::Tar, "tar");
    add("scp", lines, Protocol::Scp, "scp");
    add("auto", lines, Protocol::Auto, "scp+tar");
    add("tar, no newline", title, Protocol::Tar, "tar");
    add("scp, no newline", title, Protocol::Scp, "scp");
    add("tar, both streams", both, Protocol::Tar, "tar");
    add("scp, both streams", both, Protocol::Scp, "scp");
    add("tar, the command itself", command, Protocol::Tar, "tar");
    add("scp, the command itself", command, Protocol::Scp, "scp");
}

void tst_TransferServers::greetingsOfStartUpFilesDoNoHarm()
{
    QFETCH(QByteArray, greeting);
    QFETCH(int, protocol);
    QFETCH(QByteArray, used);
    // Everything that this server runs greets first; its SFTP can't be understood for that.
    QFile script(QFile::decodeName(fresh("bin")) + QStringLiteral("/greet"));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\n" + greeting + "\neval \"$SSH_ORIGINAL_COMMAND\"\n");
    script.setPermissions(script.permissions() | QFileDevice::ExeOwner);
    script.close();
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp /usr/lib/openssh/sftp-server"),
                      QStringLiteral("ForceCommand ") + script.fileName()});
    server.setPath(
        makeTools(QFile::decodeName(fresh("tools")), words(basic) + words("tar sha256sum scp")));
    QCOMPARE(server.start(), QString());
    copyBothWays(server, Protocol(protocol), 40, true, true, used);
}

void tst_TransferServers::filesAreReadBackWhereNothingComputesSums_data()
{
    QTest::addColumn<int>("direction");
    QTest::newRow("put") << int(Direction::Put);
    QTest::newRow("get") << int(Direction::Get);
}

void tst_TransferServers::filesAreReadBackWhereNothingComputesSums()
{
    QFETCH(int, direction);
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    server.setPath(makeTools(QFile::decodeName(fresh("tools")), words(basic) + words("tar")));
    QCOMPARE(server.start(), QString());
    support::Relay relay(server.port());
    core::ssh::SessionOptions options = server.options();
    options.port = relay.port();
    const QByteArray from = makeTree(20, true);
    TransferRequest wanted;
    wanted.direction = Direction(direction);
    wanted.sources = {from};
    wanted.target = fresh("target");
    wanted.verify = true;
    const TransferRun run(wanted, options);
    QVERIFY2(run.isWhole(), run.words().constData());
    QVERIFY(run.summary.verified);
    QCOMPARE(difference(treeOf(from), treeOf(wanted.target + "/tree")), QByteArray());
    // All of it has come once for its sums.
    const int times = Direction(direction) == Direction::Put ? 1 : 2;
    QVERIFY2(relay.received() > times * run.summary.bytes,
             QByteArray::number(relay.received()).constData());
}

void tst_TransferServers::aFileThatGrowsIsReadBackAsFarAsItWas()
{
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    server.setPath(makeTools(QFile::decodeName(fresh("tools")), {QStringLiteral("sh")}));
    QCOMPARE(server.start(), QString());
    for (const int size : {100'000, 6'000'000}) {
        const QByteArray from = fresh("growing") + "/log";
        QFile file(QFile::decodeName(from));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(QByteArray(size, 'a')), size);
        file.close();
        QProcess writer;
        writer.start(QStringLiteral("sh"),
                     {QStringLiteral("-c"), QStringLiteral("while :; do echo line >> \"$1\"; done"),
                      QStringLiteral("sh"), file.fileName()});
        QVERIFY(writer.waitForStarted());
        QTRY_VERIFY(file.size() > size);
        TransferRequest wanted;
        wanted.direction = Direction::Get;
        wanted.sources = {from};
        wanted.target = from + ".copy";
        wanted.verify = true;
        const TransferRun run(wanted, server.options());
        writer.kill();
        writer.waitForFinished();
        QVERIFY2(run.isWhole(), run.words().constData());
        QFile copy(QFile::decodeName(wanted.target));
        QVERIFY(copy.open(QIODevice::ReadOnly) && file.open(QIODevice::ReadOnly));
        const QByteArray copied = copy.readAll();
        QVERIFY(copied.size() > size);
        QVERIFY(file.readAll().startsWith(copied));
    }
}

void tst_TransferServers::noChecksumsNoVerifiedCopy()
{
    support::SshServer server;
    server.setPath(makeTools(QFile::decodeName(fresh("tools")), words(basic) + words("tar")));
    QCOMPARE(server.start(), QString());
    TransferRequest wanted;
    wanted.sources = {makeTree(3, false)};
    wanted.target = fresh("target");
    wanted.verify = true;
    const TransferRun run(wanted, server.options());
    QVERIFY(run.isFinished && run.error);
    QCOMPARE(run.error->code, ErrorCode::Unsupported);
    QCOMPARE(treeOf(wanted.target).size(), 1);
}

void tst_TransferServers::oneChannelIsEnough_data()
{
    QTest::addColumn<int>("sessions");
    QTest::newRow("one") << 1;
    QTest::newRow("two") << 2;
    QTest::newRow("three") << 3;
}

void tst_TransferServers::oneChannelIsEnough()
{
    QFETCH(int, sessions);
    support::SshServer server;
    server.configure({QStringLiteral("Subsystem sftp internal-sftp"),
                      QStringLiteral("MaxSessions %1").arg(sessions)});
    QCOMPARE(server.start(), QString());
    const QByteArray from = makeTree(20, true);
    const QByteArray there = fresh("there");
    const QByteArray here = fresh("here");
    for (const Direction direction : {Direction::Put, Direction::Get}) {
        TransferRequest wanted;
        wanted.direction = direction;
        wanted.sources = {direction == Direction::Put ? from : there + "/tree"};
        wanted.target = direction == Direction::Put ? there : here;
        const TransferRun run(wanted, server.options());
        QVERIFY2(run.isWhole(), run.words().constData());
        QCOMPARE(difference(treeOf(from), treeOf(wanted.target + "/tree")), QByteArray());
    }
}

void tst_TransferServers::cleanupTestCase()
{
    // Qt can't name all of it.
    QProcess::execute(QStringLiteral("rm"), {QStringLiteral("-rf"), m_dir.path()});
}

QTEST_GUILESS_MAIN(tst_TransferServers)

#include "tst_TransferServers.moc"
