// SPDX-License-Identifier: GPL-3.0-or-later
// Slow key work off the window's thread, and the agent's client on a real ssh-agent.
#include "tests/unit/keys/KeyTools.h"

#include "core/keys/AgentClient.h"
#include "core/keys/KeyWorker.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QSignalSpy>
#include <QThread>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#endif

using namespace core;
using namespace core::keys;
using namespace keytools;

namespace {

SecretBytes secret(const QByteArray &bytes)
{
    return SecretBytes(QByteArrayView(bytes));
}

} // namespace

class tst_KeyWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aKeyIsMadeOffTheCallersThread();
    void errorsAreThoseOfTheFolder();
    void cancelEndsAtOnceAndLeavesNothing();
    void operationsMayDieAtAnyTime();
    void aWorkerThatGoesEndsItsOperations();
    void theAgentListsAddsAndRemoves();
    void theAgentForgetsAfterTheLifetime();
    void aMissingAgentIsSaid();
    void oddAgentsAreSurvived_data();
    void oddAgentsAreSurvived();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }
    QByteArray sshAdd(const QStringList &arguments) const;

    QTemporaryDir m_dir;
    QProcess m_agent;
};

/// Waits for the end.
template <typename T>
static bool ends(T *operation)
{
    return QTest::qWaitFor([&] { return operation->isFinished(); }, 30000);
}

void tst_KeyWorker::initTestCase()
{
    NEED_TOOL("ssh-keygen");
    QVERIFY(m_dir.isValid());
}

void tst_KeyWorker::aKeyIsMadeOffTheCallersThread()
{
    KeyWorker worker;
    QObject parent;
    const QString file = path(QStringLiteral("made"));
    KeyOperation *made = worker.generate({{KeyType::Rsa, 3072}, file, "c", secret("x")}, &parent);
    QSignalSpy finished(made, &Operation::finished);
    // Behind it in the same line.
    KeysOperation *listed = worker.list({m_dir.path()}, {}, &parent);
    PublicKeyOperation *shown = worker.publicKey(file, {}, &parent);
    PrivateKeyOperation *unlocked = worker.unlock(file, secret("x"), &parent);
    QVERIFY(!made->isFinished());
    QVERIFY(ends(unlocked));
    QCOMPARE(finished.count(), 1);
    QVERIFY(made->isOk());
    QCOMPARE(made->value().path, file);
    QCOMPARE(made->value().publicKey->bits(), 3072);
    QVERIFY(listed->isOk());
    QVERIFY(listed->value() == std::vector<KeyEntry>{made->value()});
    QCOMPARE(shown->value(), *made->value().publicKey);
    QCOMPARE(unlocked->value().publicKey, *made->value().publicKey);
    KeyOperation *changed = worker.changePassphrase(file, secret("x"), {}, &parent);
    KeyOperation *imported = worker.importKey(
        {file, {}, path(QStringLiteral("copy")), {}, QByteArray("other")}, &parent);
    QVERIFY(ends(imported));
    QVERIFY(!changed->value().encrypted);
    QVERIFY(imported->value().publicKey->isSameKey(*made->value().publicKey));
}

void tst_KeyWorker::errorsAreThoseOfTheFolder()
{
    KeyWorker worker;
    QObject parent;
    QVERIFY(writeAll(path(QStringLiteral("there")), "x"));
    KeyOperation *made = worker.generate({{}, path(QStringLiteral("there")), "c", {}}, &parent);
    QVERIFY(ends(made));
    QVERIFY(!made->isOk());
    QCOMPARE(made->error()->code, ErrorCode::Usage);
    QFile::remove(path(QStringLiteral("there")));
}

void tst_KeyWorker::cancelEndsAtOnceAndLeavesNothing()
{
    KeyWorker worker;
    QObject parent;
    const QString file = path(QStringLiteral("cancelled"));
    KeyOperation *made = worker.generate({{KeyType::Rsa, 16384}, file, "c", {}}, &parent);
    QSignalSpy finished(made, &Operation::finished);
    made->cancel();
    made->cancel();
    QVERIFY(finished.wait());
    QCOMPARE(made->error()->code, ErrorCode::Cancelled);
    // The line is free again: what would take minutes was left.
    KeysOperation *listed = worker.list({}, {}, &parent);
    QVERIFY(ends(listed));
    QVERIFY(listed->isOk());
    QCOMPARE(finished.count(), 1);
    QVERIFY(!QFileInfo::exists(file));
}

void tst_KeyWorker::operationsMayDieAtAnyTime()
{
    KeyWorker worker;
    QObject parent;
    for (int i = 0; i < 20; ++i) {
        KeyOperation *made =
            worker.generate({{KeyType::Rsa, 8192}, path(QStringLiteral("dies")), "c", {}}, nullptr);
        if (i % 2 == 0)
            QTest::qWait(i);
        delete made;
    }
    KeysOperation *listed = worker.list({}, {}, &parent);
    QVERIFY(ends(listed));
    QVERIFY(!QFileInfo::exists(path(QStringLiteral("dies"))));
}

void tst_KeyWorker::aWorkerThatGoesEndsItsOperations()
{
    QObject parent;
    auto worker = std::make_unique<KeyWorker>();
    KeyOperation *running =
        worker->generate({{KeyType::Rsa, 16384}, path(QStringLiteral("gone")), "c", {}}, &parent);
    KeysOperation *waiting = worker->list({m_dir.path()}, {}, &parent);
    worker.reset();
    QVERIFY(ends(running));
    QVERIFY(ends(waiting));
    QCOMPARE(running->error()->code, ErrorCode::Cancelled);
    QCOMPARE(waiting->error()->code, ErrorCode::Cancelled);
    QVERIFY(!QFileInfo::exists(path(QStringLiteral("gone"))));
}

QByteArray tst_KeyWorker::sshAdd(const QStringList &arguments) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SSH_AUTH_SOCK"), path(QStringLiteral("agent")));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("ssh-add"), arguments);
    process.waitForFinished();
    return process.readAllStandardOutput();
}

void tst_KeyWorker::theAgentListsAddsAndRemoves()
{
    NEED_TOOL("ssh-agent");
    const QString socket = path(QStringLiteral("agent"));
    m_agent.start(QStringLiteral("ssh-agent"),
                  {QStringLiteral("-D"), QStringLiteral("-a"), socket});
    QVERIFY(m_agent.waitForStarted());
    // It says so when it listens; the socket is there a moment before.
    QByteArray words;
    QTRY_VERIFY((words += m_agent.readAllStandardOutput()).contains("SSH_AUTH_SOCK"));
    AgentClient agent(socket);
    QObject parent;
    QVERIFY(agent.mayBeThere());
    AgentListOperation *empty = agent.list(&parent);
    QVERIFY(ends(empty));
    QVERIFY2(empty->isOk(), empty->error() ? qPrintable(empty->error()->detail) : "");
    QVERIFY(empty->value().empty());
    std::vector<PublicKey> added;
    QByteArray expected;
    for (const KeyType type : {KeyType::Ed25519, KeyType::Ecdsa256, KeyType::Ecdsa384,
                               KeyType::Ecdsa521, KeyType::Rsa}) {
        const PrivateKey key = *generateKey({type, 2048}, "key " + QByteArray::number(int(type)));
        AgentOperation *add = agent.add(key, {}, &parent);
        QVERIFY(ends(add));
        QVERIFY2(add->isOk(), add->error() ? qPrintable(add->error()->detail) : "");
        added.push_back(key.publicKey);
        expected += key.publicKey.line() + '\n';
    }
    QCOMPARE(sshAdd({QStringLiteral("-L")}), expected);
    AgentListOperation *list = agent.list(&parent);
    QVERIFY(ends(list));
    QVERIFY(list->value() == added);
    AgentOperation *removed = agent.remove(added.front(), &parent);
    QVERIFY(ends(removed));
    QVERIFY(removed->isOk());
    QVERIFY(!sshAdd({QStringLiteral("-L")}).contains(added.front().line()));
    AgentOperation *again = agent.remove(added.front(), &parent);
    QVERIFY(ends(again));
    QCOMPARE(again->error()->code, ErrorCode::RemoteFailed);
    sshAdd({QStringLiteral("-D")});
}

void tst_KeyWorker::theAgentForgetsAfterTheLifetime()
{
    NEED_TOOL("ssh-agent");
    AgentClient agent(path(QStringLiteral("agent")));
    QObject parent;
    const PrivateKey brief = *generateKey({}, "brief");
    const PrivateKey kept = *generateKey({}, "kept");
    AgentOperation *add = agent.add(brief, {std::chrono::seconds(1), true}, &parent);
    AgentOperation *other = agent.add(kept, {std::chrono::hours(1), false}, &parent);
    QVERIFY(ends(other));
    QVERIFY(add->isOk());
    QVERIFY(other->isOk());
    QTRY_COMPARE_WITH_TIMEOUT(sshAdd({QStringLiteral("-L")}), kept.publicKey.line() + '\n', 10000);
    m_agent.kill();
    m_agent.waitForFinished();
}

void tst_KeyWorker::aMissingAgentIsSaid()
{
    QObject parent;
    AgentClient nowhere(path(QStringLiteral("no-agent")));
    QVERIFY(!nowhere.mayBeThere());
    AgentListOperation *list = nowhere.list(&parent);
    QVERIFY(ends(list));
    QCOMPARE(list->error()->code, ErrorCode::NotFound);
    // Left behind by an agent that was killed.
    AgentClient dead(path(QStringLiteral("agent")));
    AgentListOperation *refused = dead.list(&parent);
    QVERIFY(ends(refused));
    QCOMPARE(refused->error()->code, ErrorCode::NotFound);
    AgentClient tooLong(path(QString(200, u'x')));
    AgentListOperation *impossible = tooLong.list(&parent);
    QVERIFY(ends(impossible));
    QCOMPARE(impossible->error()->code, ErrorCode::LocalIo);
}

void tst_KeyWorker::oddAgentsAreSurvived_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("hangsUp");
    QTest::addColumn<ErrorCode>("code");
    const auto hex = [](const char *text) { return QByteArray::fromHex(text); };
    QTest::newRow("silent") << QByteArray() << false << ErrorCode::TimedOut;
    QTest::newRow("hangs up") << QByteArray() << true << ErrorCode::RemoteFailed;
    QTest::newRow("half an answer") << hex("000000050c") << false << ErrorCode::TimedOut;
    QTest::newRow("half, then gone") << hex("000000050c") << true << ErrorCode::RemoteFailed;
    QTest::newRow("a huge answer") << hex("7fffffff0c") << false << ErrorCode::RemoteFailed;
    QTest::newRow("an empty answer") << hex("00000000") << false << ErrorCode::RemoteFailed;
    QTest::newRow("failure") << hex("0000000105") << false << ErrorCode::RemoteFailed;
    QTest::newRow("many keys, none there")
        << hex("000000050cffffffff") << false << ErrorCode::RemoteFailed;
    QTest::newRow("a key longer than the answer")
        << hex("000000090c00000001000000ff") << false << ErrorCode::RemoteFailed;
}

void tst_KeyWorker::oddAgentsAreSurvived()
{
#ifdef Q_OS_UNIX
    QFETCH(QByteArray, answer);
    QFETCH(bool, hangsUp);
    QFETCH(ErrorCode, code);
    const QString socket = path(QStringLiteral("odd"));
    QFile::remove(socket);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(socket);
    std::copy(name.begin(), name.end(), address.sun_path);
    const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(::bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    QCOMPARE(::listen(listener, 1), 0);
    AgentClient agent(socket, std::chrono::milliseconds(300));
    QObject parent;
    AgentListOperation *list = agent.list(&parent);
    const int peer = ::accept(listener, nullptr, nullptr);
    QVERIFY(peer >= 0);
    QByteArray request(5, '\0');
    QCOMPARE(::recv(peer, request.data(), 5, MSG_WAITALL), ssize_t(5));
    QCOMPARE(request, QByteArray::fromHex("000000010b"));
    QCOMPARE(::send(peer, answer.constData(), std::size_t(answer.size()), 0),
             ssize_t(answer.size()));
    if (hangsUp)
        ::close(peer);
    QVERIFY(ends(list));
    QVERIFY(list->error());
    QCOMPARE(list->error()->code, code);
    // A client that goes while its agent is silent does not wait for the deadline.
    AgentClient patient(socket, std::chrono::hours(1));
    AgentListOperation *left = patient.list(nullptr);
    const int second = ::accept(listener, nullptr, nullptr);
    QVERIFY(second >= 0);
    delete left;
    if (!hangsUp)
        ::close(peer);
    ::close(second);
    ::close(listener);
#else
    QSKIP("no such sockets here");
#endif
}

QTEST_GUILESS_MAIN(tst_KeyWorker)
#include "tst_KeyWorker.moc"
