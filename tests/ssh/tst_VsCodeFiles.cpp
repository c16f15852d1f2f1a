// SPDX-License-Identifier: GPL-3.0-or-later
// The files in .vscode of a real server, put in their place at once; and the look at the instance.
#include "core/transfer/RemoteAction.h"
#include "core/vscode/RemoteCheck.h"
#include "core/vscode/WorkspaceWriter.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTcpServer>
#include <QTcpSocket>

#include <sys/stat.h>
#include <unistd.h>

using namespace core;
using namespace core::vscode;
using support::SessionRun;

namespace {

std::optional<Error> wait(Operation *operation, int ms = 30000)
{
    QSignalSpy finished(operation, &Operation::finished);
    if (!finished.wait(ms) || finished.count() != 1)
        return Error{ErrorCode::TimedOut, Step::None, QStringLiteral("not finished")};
    return operation->error();
}

void put(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("no file %s", qPrintable(path));
}

QByteArray got(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("?");
}

uint modeOf(const QString &path)
{
    struct stat info;
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode & 07777 : 0;
}

const Interpreter train{QStringLiteral("train"), QStringLiteral("/c/envs/train/bin/python"),
                        QStringLiteral("/c/envs/train")};

} // namespace

class tst_VsCodeFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void aFileIsReplacedAtOnce();
    void aLargerFileArrivesWhole();
    void whatChangedMeanwhileStays();
    void aNewFileNeverReplaces();
    void aLinkStaysOne();
    void aDirectoryIsRefused();
    void whereNothingCanBeWrittenNothingIsLeft();
    void bothFilesAreMade();
    void commentsAndKeysStay();
    void theSecondTimeNothingIsWritten();
    void aBrokenFileIsLeft();
    void aFolderThatIsMissingIsSaid();
    void theInstanceIsLookedAt();
    void thereIsNoWayOut();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir->filePath(name); }
    [[nodiscard]] QByteArray bytes(const QString &name) const
    {
        return QFile::encodeName(path(name));
    }
    [[nodiscard]] transfer::RemoteAction *replace(const QString &name, const QByteArray &text,
                                                  const std::optional<QByteArray> &expected)
    {
        return transfer::replaceRemoteFile(m_run.session, bytes(name), text, expected);
    }

    support::SshServer m_server;
    SessionRun m_run;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void tst_VsCodeFiles::initTestCase()
{
    NEED_SSHD();
    m_server.configure({QStringLiteral("Subsystem sftp internal-sftp")});
    QCOMPARE(m_server.start(), QString());
    QVERIFY(m_run.open(m_server.options()));
}

void tst_VsCodeFiles::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

void tst_VsCodeFiles::aFileIsReplacedAtOnce()
{
    put(path(QStringLiteral("a")), "before");
    chmod(bytes(QStringLiteral("a")).constData(), 0640);
    const auto error = wait(replace(QStringLiteral("a"), "after", "before"));
    QVERIFY2(!error, error ? qPrintable(error->detail) : "");
    QCOMPARE(got(path(QStringLiteral("a"))), QByteArray("after"));
    QCOMPARE(modeOf(path(QStringLiteral("a"))), 0640u);
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files | QDir::Hidden),
             QStringList{QStringLiteral("a")});
    QVERIFY(!wait(replace(QStringLiteral("a"), "", "after")));
    QCOMPARE(got(path(QStringLiteral("a"))), QByteArray());
}

void tst_VsCodeFiles::aLargerFileArrivesWhole()
{
    const QByteArray large = QByteArray("0123456789abcde\n").repeated(40'000);
    QVERIFY(!wait(replace(QStringLiteral("large"), large, std::nullopt)));
    QCOMPARE(got(path(QStringLiteral("large"))), large);
    QVERIFY(!wait(replace(QStringLiteral("large"), large + "x", large)));
    QCOMPARE(got(path(QStringLiteral("large"))), large + "x");
}

void tst_VsCodeFiles::whatChangedMeanwhileStays()
{
    for (const QByteArray &there :
         {QByteArray("Before"), QByteArray("befor"), QByteArray("before."), QByteArray()}) {
        put(path(QStringLiteral("a")), there);
        const auto error = wait(replace(QStringLiteral("a"), "after", "before"));
        QVERIFY(error);
        QCOMPARE(error->code, ErrorCode::VerifyFailed);
        QCOMPARE(got(path(QStringLiteral("a"))), there);
    }
    const auto gone = wait(replace(QStringLiteral("none"), "after", "before"));
    QVERIFY(gone);
    QCOMPARE(gone->code, ErrorCode::VerifyFailed);
    QVERIFY(!QFile::exists(path(QStringLiteral("none"))));
}

void tst_VsCodeFiles::aNewFileNeverReplaces()
{
    put(path(QStringLiteral("a")), "mine");
    const auto error = wait(replace(QStringLiteral("a"), "after", std::nullopt));
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::VerifyFailed);
    QCOMPARE(got(path(QStringLiteral("a"))), QByteArray("mine"));
    // Its folder is made where it is missing.
    QVERIFY(!wait(replace(QStringLiteral("new/b"), "after", std::nullopt)));
    QCOMPARE(got(path(QStringLiteral("new/b"))), QByteArray("after"));
}

void tst_VsCodeFiles::aLinkStaysOne()
{
    put(path(QStringLiteral("real/a")), "before");
    QVERIFY(QFile::link(path(QStringLiteral("real/a")), path(QStringLiteral("link"))));
    QVERIFY(!wait(replace(QStringLiteral("link"), "after", "before")));
    QVERIFY(QFileInfo(path(QStringLiteral("link"))).isSymLink());
    QCOMPARE(got(path(QStringLiteral("real/a"))), QByteArray("after"));
}

void tst_VsCodeFiles::aDirectoryIsRefused()
{
    QVERIFY(QDir().mkpath(path(QStringLiteral("d"))));
    const auto error = wait(replace(QStringLiteral("d"), "after", QByteArray()));
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::Unsupported);
}

void tst_VsCodeFiles::whereNothingCanBeWrittenNothingIsLeft()
{
    if (geteuid() == 0)
        QSKIP("root may write everywhere");
    put(path(QStringLiteral("d/a")), "before");
    chmod(bytes(QStringLiteral("d")).constData(), 0555);
    const auto error = wait(replace(QStringLiteral("d/a"), "after", "before"));
    chmod(bytes(QStringLiteral("d")).constData(), 0755);
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::PermissionDenied);
    QCOMPARE(got(path(QStringLiteral("d/a"))), QByteArray("before"));
}

void tst_VsCodeFiles::bothFilesAreMade()
{
    auto *writer = new WorkspaceWriter(
        m_run.session, {QFile::encodeName(m_dir->path()) + '/', train, recommendedExtensions()});
    const auto error = wait(writer);
    QVERIFY2(!error, error ? qPrintable(error->detail) : "");
    QCOMPARE(writer->files().size(), std::size_t(2));
    QCOMPARE(writer->files()[0].path, bytes(QStringLiteral(".vscode/launch.json")));
    QCOMPARE(writer->files()[0].outcome, WorkspaceWriter::Outcome::Created);
    QCOMPARE(got(path(QStringLiteral(".vscode/launch.json"))), mergeLaunch({}, train).value());
    QVERIFY(got(path(QStringLiteral(".vscode/extensions.json"))).contains("ms-python.python"));
}

void tst_VsCodeFiles::commentsAndKeysStay()
{
    const QByteArray before = "{\n  // mine\n  \"version\": \"0.2.0\",\n  \"configurations\": [\n"
                              "    {\"name\": \"x\", \"odd\": 1,}, // last\n  ],\n}\n";
    put(path(QStringLiteral(".vscode/launch.json")), before);
    auto *writer =
        new WorkspaceWriter(m_run.session, {QFile::encodeName(m_dir->path()), train, {}});
    QVERIFY(!wait(writer));
    QCOMPARE(writer->files().front().outcome, WorkspaceWriter::Outcome::Changed);
    const QByteArray after = got(path(QStringLiteral(".vscode/launch.json")));
    QVERIFY(after.startsWith(before.first(before.indexOf("\n  ],"))));
    QVERIFY(after.endsWith(",\n  ],\n}\n"));
    QVERIFY(after.contains("\"CONDA_PREFIX\": \"/c/envs/train\""));
    QVERIFY(!QFile::exists(path(QStringLiteral(".vscode/extensions.json"))));
}

void tst_VsCodeFiles::theSecondTimeNothingIsWritten()
{
    const WorkspaceWish wish{QFile::encodeName(m_dir->path()), train, recommendedExtensions()};
    QVERIFY(!wait(new WorkspaceWriter(m_run.session, wish)));
    const QString file = path(QStringLiteral(".vscode/launch.json"));
    struct stat first;
    QCOMPARE(::stat(QFile::encodeName(file).constData(), &first), 0);
    auto *again = new WorkspaceWriter(m_run.session, wish);
    QVERIFY(!wait(again));
    for (const WorkspaceWriter::File &one : again->files())
        QCOMPARE(one.outcome, WorkspaceWriter::Outcome::Same);
    struct stat second;
    QCOMPARE(::stat(QFile::encodeName(file).constData(), &second), 0);
    QCOMPARE(second.st_ino, first.st_ino);
}

void tst_VsCodeFiles::aBrokenFileIsLeft()
{
    put(path(QStringLiteral(".vscode/launch.json")), "{ broken");
    auto *writer = new WorkspaceWriter(
        m_run.session, {QFile::encodeName(m_dir->path()), train, {QStringLiteral("a.b")}});
    const auto error = wait(writer);
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::Parse);
    QVERIFY(error->detail.contains(QStringLiteral(".vscode/launch.json")));
    QCOMPARE(got(path(QStringLiteral(".vscode/launch.json"))), QByteArray("{ broken"));
}

void tst_VsCodeFiles::aFolderThatIsMissingIsSaid()
{
    auto *writer = new WorkspaceWriter(m_run.session, {bytes(QStringLiteral("none")), train, {}});
    const auto error = wait(writer);
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::NotFound);
    QVERIFY(!QFile::exists(path(QStringLiteral("none"))));
}

void tst_VsCodeFiles::theInstanceIsLookedAt()
{
    QTcpServer web;
    QVERIFY(web.listen(QHostAddress::LocalHost));
    connect(&web, &QTcpServer::newConnection, &web, [&web] {
        QTcpSocket *socket = web.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    auto *check = new RemoteCheck(m_run.session,
                                  "http://127.0.0.1:" + QByteArray::number(web.serverPort()) + '/');
    const auto error = wait(check);
    QVERIFY2(!error, error ? qPrintable(error->detail) : "");
    const RemoteFacts &facts = check->facts();
    QVERIFY(facts.home.startsWith('/'));
    QVERIFY(facts.freeBytes && *facts.freeBytes > 0);
    QVERIFY(QFileInfo(QFile::decodeName(facts.place)).isDir());
    QVERIFY(!facts.arch.isEmpty());
    // Without curl and wget nothing is said of the way out; a proxy of this machine may be in it.
    if (facts.proxies.empty())
        QVERIFY(facts.reaches.value_or(true));
}

void tst_VsCodeFiles::thereIsNoWayOut()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QByteArray port = QByteArray::number(closed.serverPort());
    closed.close();
    auto *check = new RemoteCheck(m_run.session, "http://127.0.0.1:" + port + '/');
    QVERIFY(!wait(check));
    if (check->facts().proxies.empty())
        QVERIFY(!check->facts().reaches.value_or(false));
    // Not asked, nothing is said.
    auto *quiet = new RemoteCheck(m_run.session, {});
    QVERIFY(!wait(quiet));
    QVERIFY(!quiet->facts().reaches);
}

QTEST_GUILESS_MAIN(tst_VsCodeFiles)
#include "tst_VsCodeFiles.moc"
