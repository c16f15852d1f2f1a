// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of copies on the simulated instance, and small changes to files there.
#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/Leftovers.h"
#include "core/fleet/TransferQueue.h"
#include "core/history/TransferStore.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "core/transfer/RemoteAction.h"
#include "tests/support/Relay.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace core;
using fleet::Instance;
using fleet::QueuedTransfer;
using fleet::TransferQueue;
using history::TransferStatus;
using transfer::TransferRequest;

class tst_TransferQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void itCopiesWhenTheInstanceIsConnected();
    void onlySoManyRunAtOnce();
    void oneTargetIsWrittenByOneAtATime();
    void pausedAndGoneOn();
    void whatRanGoesOnAfterARestart();
    void aNameThatIsTakenIsAskedAbout();
    void theOrderCanBeChanged();
    void theLimitIsShared();
    void cancelEndsIt();
    void filesAreMadeRenamedAndRemoved();
    void contentsAreReadAndCounted();
    void actionsWithoutAConnectionFail();
    void aLineThatIsLostForLongIsWaitedFor();
    void afterARestartItWaitsForItsInstance();
    void whatWasAskedForEarlyIsKept();
    void severalAreMovedAtOnce();
    void onlyTheChosenOnesAreReplaced();
    void whatWasLeftOutIsListedAndKept();
    void theMonitorsConnectionIsShared();
    void theLastOneThatIsStoppedTellsTheEnd();
    void timeIsKeptWhileItRuns();
    void unfinishedFilesAreRemoved();
    void localTroubleIsToldAsSuch();

private:
    void begin();
    void end();
    [[nodiscard]] QByteArray local(const char *name, qsizetype size, char fill = 'a');
    [[nodiscard]] TransferRequest put(const QByteArray &from, const QByteArray &to) const;
    [[nodiscard]] TransferStatus status(qint64 id) const { return m_queue->find(id)->status; }
    [[nodiscard]] qint64 remoteSize(const QByteArray &path);
    [[nodiscard]] std::vector<history::TransferRecord> kept() const;
    [[nodiscard]] std::vector<qint64> order() const;
    /// The instance is reached through m_relay from now on.
    void useRelay();
    void remote(const QByteArray &command);

    std::unique_ptr<support::Rig> m_rig;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<secrets::SessionStore> m_secrets;
    SystemClock m_clock;
    std::unique_ptr<fleet::Fleet> m_fleet;
    std::unique_ptr<history::TransferStore> m_store;
    std::unique_ptr<support::Relay> m_relay;
    std::unique_ptr<TransferQueue> m_queue;
    Instance *m_instance = nullptr;
    QString m_id;
};

void tst_TransferQueue::initTestCase()
{
    NEED_SSHD();
    m_rig = std::make_unique<support::Rig>();
    QCOMPARE(m_rig->start({QStringLiteral("--gpus"), QStringLiteral("1")}), QString());
}

void tst_TransferQueue::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->path());
    QVERIFY(m_profiles->load());
    profiles::Profile profile;
    profile.name = QStringLiteral("rig");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = m_rig->port();
    profile.user = QStringLiteral("root");
    profile.auth = profiles::AuthKind::Password;
    const ssh::HostKey key = m_rig->hostKey();
    profile.trustedKeys.push_back({key.type, key.blob});
    const auto added = m_profiles->add(profile);
    QVERIFY(added);
    m_id = added->id;
    m_secrets = std::make_unique<secrets::SessionStore>();
    begin();
}

void tst_TransferQueue::begin()
{
    m_fleet = std::make_unique<fleet::Fleet>(Instance::Services{*m_profiles, *m_secrets, m_clock});
    m_store = std::make_unique<history::TransferStore>();
    m_queue = std::make_unique<TransferQueue>(*m_fleet, m_clock);
    m_queue->setStore(m_store.get());
    m_store->open(m_dir->filePath(QStringLiteral("history.db")));
    QTRY_VERIFY(m_queue->isKept());
    m_instance = m_fleet->byId(m_id);
    m_instance->offerSecret(SecretBytes(m_rig->text("password").toUtf8()), true);
}

void tst_TransferQueue::end()
{
    m_queue.reset();
    m_store.reset();
    m_fleet.reset();
}

void tst_TransferQueue::cleanup()
{
    end();
    m_relay.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

QByteArray tst_TransferQueue::local(const char *name, qsizetype size, char fill)
{
    QFile file(m_dir->filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray(size, fill)) != size)
        qFatal("no local file");
    return QFile::encodeName(file.fileName());
}

TransferRequest tst_TransferQueue::put(const QByteArray &from, const QByteArray &to) const
{
    TransferRequest request;
    request.sources = {from};
    request.target = "/root/autodl-tmp/" + to;
    return request;
}

qint64 tst_TransferQueue::remoteSize(const QByteArray &path)
{
    transfer::RemoteAction *info =
        transfer::remoteFileInfo(*m_instance->session(), "/root/autodl-tmp/" + path);
    QSignalSpy finished(info, &Operation::finished);
    return finished.wait(10000) ? info->size() : -2;
}

std::vector<history::TransferRecord> tst_TransferQueue::kept() const
{
    history::TransferHistory history;
    if (!history.open(m_dir->filePath(QStringLiteral("history.db"))))
        qFatal("no history");
    return *history.load();
}

std::vector<qint64> tst_TransferQueue::order() const
{
    std::vector<qint64> found;
    for (const auto &one : m_queue->transfers())
        found.push_back(one->id);
    return found;
}

void tst_TransferQueue::useRelay()
{
    m_relay = std::make_unique<support::Relay>(m_rig->port());
    profiles::Profile changed = *m_profiles->byId(m_id);
    changed.port = m_relay->port();
    QVERIFY(m_profiles->update(changed));
}

void tst_TransferQueue::remote(const QByteArray &command)
{
    ssh::Exec *exec = m_instance->session()->exec(command);
    QSignalSpy finished(exec, &Operation::finished);
    QVERIFY(finished.wait(15000));
    QCOMPARE(exec->exitCode(), 0);
}

void tst_TransferQueue::itCopiesWhenTheInstanceIsConnected()
{
    QSignalSpy idle(m_queue.get(), &TransferQueue::idle);
    const qint64 id = m_queue->add(m_id, put(local("one", 3'000'000), "one"));
    QTRY_VERIFY(m_queue->find(id)->waitsForInstance);
    QCOMPARE(status(id), TransferStatus::Queued);
    m_instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 20000);
    QCOMPARE(m_queue->find(id)->summary.bytes, 3'000'000);
    QCOMPARE(remoteSize("one"), 3'000'000);
    QTRY_COMPARE(idle.count(), 1);
    QCOMPARE(idle[0][0].toInt(), 1);
    QCOMPARE(idle[0][1].toInt(), 0);
    m_queue->removeEnded();
    QVERIFY(m_queue->transfers().empty());
    end();
    QVERIFY(kept().empty());
}

void tst_TransferQueue::onlySoManyRunAtOnce()
{
    m_queue->setParallel(2);
    m_queue->setLimit(4'000'000);
    m_instance->connectNow();
    std::vector<qint64> ids;
    for (const char *name : {"p1", "p2", "p3"})
        ids.push_back(m_queue->add(m_id, put(local(name, 2'000'000), name)));
    int most = 0;
    connect(m_queue.get(), &TransferQueue::changed, this,
            [&] { most = std::max(most, m_queue->running()); });
    for (const qint64 id : ids)
        QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 30000);
    QCOMPARE(most, 2);
}

void tst_TransferQueue::oneTargetIsWrittenByOneAtATime()
{
    m_queue->setParallel(3);
    m_queue->setLimit(4'000'000);
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session(), 20000);
    remote("rm -rf /root/autodl-tmp/*");
    QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("again")));
    const QByteArray first = local("twice", 3'000'000);
    const QByteArray second = local("again/twice", 3'000'000, 'b');
    const qint64 a = m_queue->add(m_id, put(first, ""));
    TransferRequest replacing = put(second, "");
    replacing.overwrite = transfer::Overwrite::Always;
    const qint64 b = m_queue->add(m_id, replacing);
    const qint64 other = m_queue->add(m_id, put(local("beside", 3'000'000), ""));
    bool both = false;
    bool beside = false;
    connect(m_queue.get(), &TransferQueue::changed, this, [&] {
        both |= status(a) == TransferStatus::Running && status(b) == TransferStatus::Running;
        beside |= status(a) == TransferStatus::Running && status(other) == TransferStatus::Running;
    });
    for (const qint64 id : {a, b, other})
        QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 30000);
    QVERIFY(!both);
    QVERIFY(beside);
    remote("test $(head -c 1 /root/autodl-tmp/twice) = b");
    QCOMPARE(remoteSize("twice"), 3'000'000);
}

void tst_TransferQueue::pausedAndGoneOn()
{
    m_queue->setLimit(3'000'000);
    m_instance->connectNow();
    const qint64 id = m_queue->add(m_id, put(local("paused", 20'000'000), "paused"));
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(id)->progress.bytes > 4'500'000, 20000);
    m_queue->pause(id);
    QCOMPARE(status(id), TransferStatus::Paused);
    const qint64 before = m_queue->find(id)->progress.bytes;
    QCOMPARE(m_queue->running(), 0);
    m_queue->setLimit(0);
    m_queue->resume(id);
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 20000);
    QVERIFY(before < 20'000'000);
    QCOMPARE(remoteSize("paused"), 20'000'000);
}

void tst_TransferQueue::whatRanGoesOnAfterARestart()
{
    m_queue->setLimit(3'000'000);
    m_instance->connectNow();
    const qint64 id = m_queue->add(m_id, put(local("restart", 16'000'000), "restart"));
    TransferRequest second = put(local("second", 1000), "second");
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(id)->progress.bytes > 4'500'000, 20000);
    m_queue->setParallel(1);
    const qint64 waiting = m_queue->add(m_id, second);
    end();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    begin();
    QCOMPARE(m_queue->transfers().size(), std::size_t(2));
    QCOMPARE(m_queue->transfers()[0]->id, id);
    QCOMPARE(status(id), TransferStatus::Queued);
    QVERIFY(m_queue->find(id)->request.resume);
    QVERIFY(m_queue->find(id)->progress.bytes > 4'000'000);
    m_instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(status(waiting), TransferStatus::Done, 20000);
    QCOMPARE(remoteSize("restart"), 16'000'000);
}

void tst_TransferQueue::aNameThatIsTakenIsAskedAbout()
{
    m_instance->connectNow();
    const qint64 first = m_queue->add(m_id, put(local("taken", 1000), "taken"));
    QTRY_COMPARE_WITH_TIMEOUT(status(first), TransferStatus::Done, 20000);
    const qint64 id = m_queue->add(m_id, put(local("taken", 2000, 'b'), "taken"));
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Partly, 20000);
    QCOMPARE(m_queue->find(id)->outcomes.size(), std::size_t(1));
    QVERIFY(m_queue->find(id)->outcomes[0].isTaken);
    QCOMPARE(remoteSize("taken"), 1000);
    m_queue->retry(id, transfer::Overwrite::Always);
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 20000);
    QVERIFY(m_queue->find(id)->outcomes.empty());
    QCOMPARE(remoteSize("taken"), 2000);
}

void tst_TransferQueue::theOrderCanBeChanged()
{
    std::vector<qint64> ids;
    for (const char *name : {"o1", "o2", "o3"})
        ids.push_back(m_queue->add(m_id, put(local(name, 10), name)));
    m_queue->move(ids[2], -1);
    m_queue->move(ids[2], -1);
    m_queue->move(ids[2], -1); // it is the first already
    const std::vector<qint64> wanted{ids[2], ids[0], ids[1]};
    QCOMPARE(order(), wanted);
    end();
    begin();
    QCOMPARE(order(), wanted);
}

void tst_TransferQueue::theLimitIsShared()
{
    m_queue->setLimit(2'000'000);
    m_instance->connectNow();
    const qint64 a = m_queue->add(m_id, put(local("l1", 30'000'000), "l1"));
    const qint64 b = m_queue->add(m_id, put(local("l2", 30'000'000), "l2"));
    QTRY_COMPARE_WITH_TIMEOUT(m_queue->running(), 2, 20000);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(a)->progress.bytes > 1'500'000, 20000);
    const qint64 both = m_queue->find(a)->progress.bytes + m_queue->find(b)->progress.bytes;
    // Never more than the limit gives, with what one piece may overdraw.
    QVERIFY(both <= 2 * clock.elapsed() * 1000 + 2'000'000 + 1'500'000);
    QTRY_VERIFY(m_queue->speed().last().value_or(0) > 0);
    m_queue->pauseAll();
    QCOMPARE(m_queue->running(), 0);
    QCOMPARE(status(a), TransferStatus::Paused);
    QCOMPARE(status(b), TransferStatus::Paused);
}

void tst_TransferQueue::cancelEndsIt()
{
    m_queue->setLimit(2'000'000);
    m_instance->connectNow();
    const qint64 id = m_queue->add(m_id, put(local("c", 30'000'000), "c"));
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(id)->progress.bytes > 500'000, 20000);
    m_queue->cancel(id);
    QCOMPARE(status(id), TransferStatus::Cancelled);
    QCOMPARE(remoteSize("c"), -1);
    QCOMPARE(m_instance->state(), Instance::State::Connected);
    m_queue->remove(id);
    QVERIFY(!m_queue->find(id));
}

namespace {

std::optional<Error> wait(Operation *operation)
{
    QSignalSpy finished(operation, &Operation::finished);
    if (!finished.wait(15000) || finished.count() != 1)
        return Error{ErrorCode::TimedOut, Step::None, QStringLiteral("not finished")};
    return operation->error();
}

} // namespace

void tst_TransferQueue::filesAreMadeRenamedAndRemoved()
{
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session(), 20000);
    ssh::Session &session = *m_instance->session();
    const QByteArray base = "/root/autodl-tmp/acts \xd6\xd0";
    QVERIFY(!wait(transfer::makeRemoteDirectory(session, base)));
    QCOMPARE(wait(transfer::makeRemoteDirectory(session, base))->code, ErrorCode::RemoteFailed);
    QVERIFY(!wait(transfer::makeRemoteFile(session, base + "/a")));
    QVERIFY(wait(transfer::makeRemoteFile(session, base + "/a")));
    QVERIFY(!wait(transfer::makeRemoteFile(session, base + "/b")));
    QCOMPARE(wait(transfer::renameRemote(session, base + "/a", base + "/b"))->code,
             ErrorCode::RemoteFailed);
    QVERIFY(!wait(transfer::renameRemote(session, base + "/a", base + "/c")));
    QCOMPARE(wait(transfer::renameRemote(session, base + "/a", base + "/d"))->code,
             ErrorCode::NotFound);
    QVERIFY(!wait(transfer::setRemoteMode(session, base + "/c", 0640)));
    QVERIFY(!wait(transfer::removeRemote(session, {base})));
    QCOMPARE(wait(transfer::remoteFileInfo(session, base))->code, ErrorCode::NotFound);
    transfer::RemoteAction *home = transfer::resolveRemote(session, {});
    QVERIFY(!wait(home));
    QCOMPARE(home->bytes(), QByteArray("/root"));
}

void tst_TransferQueue::contentsAreReadAndCounted()
{
    m_instance->connectNow();
    const qint64 id = m_queue->add(m_id, put(local("read", 300'000, 'r'), "read"));
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 20000);
    ssh::Session &session = *m_instance->session();
    const QByteArray path = "/root/autodl-tmp/read";
    transfer::RemoteAction *head = transfer::readRemoteFile(session, path, 100'000);
    QVERIFY(!wait(head));
    QVERIFY(head->isCut());
    QCOMPARE(head->size(), 300'000);
    QCOMPARE(head->bytes(), QByteArray(100'000, 'r'));
    transfer::RemoteAction *whole = transfer::readRemoteFile(session, path, 1'000'000);
    QVERIFY(!wait(whole));
    QVERIFY(!whole->isCut());
    QCOMPARE(whole->bytes().size(), 300'000);
    transfer::RemoteMeasure *measure = transfer::measureRemote(session, {path, "/root/autodl-fs"});
    QVERIFY(!wait(measure));
    QVERIFY(measure->bytes() >= 300'000);
    QVERIFY(measure->files() >= 1);
    QVERIFY(measure->directories() >= 1);
}

void tst_TransferQueue::actionsWithoutAConnectionFail()
{
    ssh::Session session;
    QCOMPARE(wait(transfer::makeRemoteFile(session, "/x"))->code, ErrorCode::Disconnected);
    QCOMPARE(wait(transfer::removeRemote(session, {"/x"}))->code, ErrorCode::Disconnected);
    // One that is under way when the session goes ends too.
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session(), 20000);
    const QPointer<transfer::RemoteAction> read =
        transfer::readRemoteFile(*m_instance->session(), "/dev/zero", 1'000'000'000);
    m_instance->disconnectNow();
    QTRY_VERIFY(!read || (read->isFinished() && read->error())); // it goes with its session
}

/// Longer than the copy itself tries, then by another port.
void tst_TransferQueue::aLineThatIsLostForLongIsWaitedFor()
{
    useRelay();
    m_queue->setLimit(2'000'000);
    m_instance->connectNow();
    const qint64 id = m_queue->add(m_id, put(local("lost", 12'000'000), "lost"));
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(id)->progress.bytes > 3'000'000, 20000);
    qint64 least = m_queue->find(id)->progress.bytes;
    bool ranBackwards = false;
    bool hasEnded = false;
    connect(m_queue.get(), &TransferQueue::changed, this, [&] {
        const QueuedTransfer *one = m_queue->find(id);
        ranBackwards = ranBackwards || one->progress.bytes < least;
        least = one->progress.bytes;
        hasEnded = hasEnded || one->status == TransferStatus::Failed;
    });
    m_relay.reset(); // refused from now on
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(id)->secondsToRetry, 60000);
    QCOMPARE(status(id), TransferStatus::Queued);
    QVERIFY(m_queue->find(id)->error);
    QVERIFY(m_queue->find(id)->request.resume);
    m_queue->setLimit(0);
    useRelay(); // another port
    m_instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 60000);
    QVERIFY(!ranBackwards);
    QVERIFY(!hasEnded);
    QCOMPARE(remoteSize("lost"), 12'000'000);
}

void tst_TransferQueue::afterARestartItWaitsForItsInstance()
{
    const qint64 id = m_queue->add(m_id, put(local("w", 10), "w"));
    TransferRequest orphan = put(local("o", 10), "o");
    const qint64 gone = m_queue->add(QStringLiteral("removed elsewhere"), orphan);
    end();
    begin();
    QTRY_VERIFY(m_queue->find(id)->waitsForInstance);
    QVERIFY(!m_queue->find(id)->isInstanceGone);
    QTRY_VERIFY(m_queue->find(gone)->isInstanceGone);
    QCOMPARE(m_queue->unfinished(m_id), 1);
    // Removed while the queue looks on, its copies end.
    QVERIFY(m_profiles->remove(m_id));
    QCOMPARE(status(id), TransferStatus::Cancelled);
}

void tst_TransferQueue::whatWasAskedForEarlyIsKept()
{
    end();
    m_fleet = std::make_unique<fleet::Fleet>(Instance::Services{*m_profiles, *m_secrets, m_clock});
    m_store = std::make_unique<history::TransferStore>();
    m_queue = std::make_unique<TransferQueue>(*m_fleet, m_clock);
    m_queue->setStore(m_store.get());
    const qint64 id = m_queue->add(m_id, put(local("early", 10), "early"));
    const qint64 second = m_queue->add(m_id, put(local("early", 10), "early"));
    QVERIFY(id != second);
    m_store->open(m_dir->filePath(QStringLiteral("history.db")));
    QTRY_VERIFY(m_queue->isKept());
    QCOMPARE(order(), (std::vector<qint64>{id, second}));
    end();
    QCOMPARE(kept().size(), std::size_t(2));
}

void tst_TransferQueue::severalAreMovedAtOnce()
{
    std::vector<qint64> ids;
    for (const char *name : {"m1", "m2", "m3", "m4", "m5"})
        ids.push_back(m_queue->add(m_id, put(local(name, 10), name)));
    m_queue->cancel(ids[4]);
    m_queue->moveBefore({ids[3], ids[1]}, ids[0]);
    QCOMPARE(order(), (std::vector<qint64>{ids[1], ids[3], ids[0], ids[2], ids[4]}));
    m_queue->moveBefore({ids[1]}, 0); // never behind what has ended
    QCOMPARE(order(), (std::vector<qint64>{ids[3], ids[0], ids[2], ids[1], ids[4]}));
    m_queue->moveBefore({ids[0], ids[2]}, ids[2]);
    QCOMPARE(order(), (std::vector<qint64>{ids[3], ids[0], ids[2], ids[1], ids[4]}));
    m_queue->moveBefore({ids[4]}, ids[3]); // it has ended
    QCOMPARE(order(), (std::vector<qint64>{ids[3], ids[0], ids[2], ids[1], ids[4]}));
    end();
    begin();
    QCOMPARE(order(), (std::vector<qint64>{ids[3], ids[0], ids[2], ids[1], ids[4]}));
}

void tst_TransferQueue::onlyTheChosenOnesAreReplaced()
{
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session(), 20000);
    QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("tree/sub")));
    for (const char *name : {"a", "b", "sub/a"})
        QVERIFY(!local((QByteArray("tree/") + name).constData(), 2000).isEmpty());
    const QByteArray single = local("single", 2000);
    remote("rm -rf /root/autodl-tmp/*; cd /root/autodl-tmp && mkdir -p tree/sub && "
           "for f in tree/a tree/b tree/sub/a single; do echo old > $f; done");
    TransferRequest request = put(QFile::encodeName(m_dir->filePath(QStringLiteral("tree"))), "");
    request.sources.push_back(single);
    const qint64 id = m_queue->add(m_id, request);
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Partly, 20000);
    QCOMPARE(m_queue->find(id)->summary.failed, 4);
    QByteArray chosen;
    for (const transfer::FileOutcome &outcome : m_queue->find(id)->outcomes) {
        QVERIFY(outcome.isTaken);
        if (outcome.path.endsWith("/sub/a"))
            chosen = outcome.path;
    }
    QVERIFY(!chosen.isEmpty());
    m_queue->replaceOnly(id, {chosen});
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 20000);
    QCOMPARE(remoteSize("tree/sub/a"), 2000);
    QCOMPARE(remoteSize("tree/a"), 4);
    QCOMPARE(remoteSize("tree/b"), 4);
    QCOMPARE(remoteSize("single"), 4);
}

void tst_TransferQueue::whatWasLeftOutIsListedAndKept()
{
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session(), 20000);
    QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("links")));
    QVERIFY(!local("links/plain", 10).isEmpty());
    QVERIFY(
        QFile::link(QStringLiteral("/etc/hostname"), m_dir->filePath(QStringLiteral("links/out"))));
    const qint64 id = m_queue->add(
        m_id, put(QFile::encodeName(m_dir->filePath(QStringLiteral("links"))), "links"));
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 20000);
    const auto isOut = [](const history::TransferRecord &one) {
        return one.outcomes.size() == 1 && one.outcomeCount == 1 &&
               one.outcomes[0].path.endsWith("/out") && one.outcomes[0].error &&
               one.outcomes[0].result == transfer::FileOutcome::Result::Skipped;
    };
    QVERIFY(isOut(*m_queue->find(id)));
    end();
    begin();
    QVERIFY(isOut(*m_queue->find(id)));
}

/// What a one-time code looks like to a further connection: it is refused.
void tst_TransferQueue::theMonitorsConnectionIsShared()
{
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->sample(), 20000);
    const QByteArray password = m_rig->text("password").toUtf8();
    const auto restore = [&] {
        if (m_instance->session())
            remote("echo 'root:" + password + "' | chpasswd");
    };
    const auto atLeastAtTheEnd = qScopeGuard(restore);
    remote("echo root:something-else | chpasswd");
    m_queue->setLimit(2'000'000);
    QSignalSpy samples(m_instance, &Instance::sampleArrived);
    const qint64 id = m_queue->add(m_id, put(local("lent", 8'000'000), "lent"));
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(id)->isLent, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(id)->progress.bytes > 4'000'000, 30000);
    QVERIFY(samples.count() >= 1);
    // Paused, its part of the connection ends and the rest lives.
    m_queue->pause(id);
    QCOMPARE(m_instance->state(), Instance::State::Connected);
    m_queue->setLimit(0);
    m_queue->resume(id);
    QTRY_COMPARE_WITH_TIMEOUT(status(id), TransferStatus::Done, 30000);
    QCOMPARE(remoteSize("lent"), 8'000'000);
    samples.clear();
    QTRY_VERIFY_WITH_TIMEOUT(samples.count() >= 2, 10000);
    // The instance goes in the middle of the next one: it waits with it.
    m_queue->setLimit(1'000'000);
    const qint64 next = m_queue->add(m_id, put(local("lent2", 8'000'000), "lent2"));
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(next)->progress.bytes > 1'000'000, 30000);
    restore();
    m_instance->disconnectNow();
    QCOMPARE(status(next), TransferStatus::Queued);
    m_queue->setLimit(0);
    m_instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(status(next), TransferStatus::Done, 30000);
}

void tst_TransferQueue::theLastOneThatIsStoppedTellsTheEnd()
{
    m_instance->connectNow();
    m_queue->setParallel(2);
    m_queue->setLimit(2'000'000);
    QSignalSpy idle(m_queue.get(), &TransferQueue::idle);
    QSignalSpy ended(m_queue.get(), &TransferQueue::ended);
    const qint64 big = m_queue->add(m_id, put(local("big", 30'000'000), "big"));
    const qint64 small = m_queue->add(m_id, put(local("small", 1000), "small"));
    QTRY_COMPARE_WITH_TIMEOUT(status(small), TransferStatus::Done, 20000);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(idle.count(), 0);
    m_queue->pause(big);
    QCOMPARE(idle.count(), 1);
    QCOMPARE(idle[0][0].toInt(), 1);
}

void tst_TransferQueue::timeIsKeptWhileItRuns()
{
    m_instance->connectNow();
    m_queue->setLimit(1'000'000);
    const qint64 id = m_queue->add(m_id, put(local("timed", 60'000'000), "timed"));
    // As a crash would leave it: what is in the file while it runs.
    const auto isKept = [&] {
        for (const history::TransferRecord &one : kept()) {
            if (one.id == id && one.activeMs > 0 && one.copiedBytes > 0)
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isKept(), 20000);
    QVERIFY(!m_queue->find(id)->summary.protocol.isEmpty());
    QCOMPARE(status(id), TransferStatus::Running);
    QVERIFY(m_queue->speeds().find(metrics::Quantity::NetTx));
}

void tst_TransferQueue::unfinishedFilesAreRemoved()
{
    m_instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instance->session(), 20000);
    remote("rm -rf /root/autodl-tmp/*");
    m_queue->setLimit(2'000'000);
    const qint64 id = m_queue->add(m_id, put(local("it's", 30'000'000), ""));
    QTRY_VERIFY_WITH_TIMEOUT(m_queue->find(id)->progress.bytes > 1'500'000, 20000);
    m_queue->cancel(id);
    remote("test -e \"/root/autodl-tmp/it's.danlu-part\" && touch /root/autodl-tmp/other");
    const std::unique_ptr<Operation> there(
        fleet::removeLeftovers(m_queue->find(id)->request, m_instance->session()));
    QVERIFY(!wait(there.get()));
    remote("test \"$(ls /root/autodl-tmp)\" = other");
    // And here, in a tree and through no link.
    QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("down/t/deep")));
    const QByteArray outside = local("outside.danlu-part", 10);
    for (const char *name : {"t/deep/x.danlu-part", "t/deep/x", "t.danlu-part", "u.danlu-part"})
        QVERIFY(!local((QByteArray("down/") + name).constData(), 10).isEmpty());
    QVERIFY(QFile::link(m_dir->path(), m_dir->filePath(QStringLiteral("down/t/link"))));
    TransferRequest get;
    get.direction = transfer::Direction::Get;
    get.sources = {"/root/t"};
    get.target = QFile::encodeName(m_dir->filePath(QStringLiteral("down"))) + '/';
    const std::unique_ptr<Operation> here(fleet::removeLeftovers(get, nullptr));
    QVERIFY(!wait(here.get()));
    QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("down/t/deep/x.danlu-part"))));
    QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("down/t.danlu-part"))));
    QVERIFY(QFile::exists(m_dir->filePath(QStringLiteral("down/t/deep/x"))));
    QVERIFY(QFile::exists(m_dir->filePath(QStringLiteral("down/u.danlu-part"))));
    QVERIFY(QFile::exists(QFile::decodeName(outside)));
}

void tst_TransferQueue::localTroubleIsToldAsSuch()
{
    m_instance->connectNow();
    const qint64 id = m_queue->add(
        m_id, put(QFile::encodeName(m_dir->filePath(QStringLiteral("not there"))), "n"));
    QTRY_VERIFY_WITH_TIMEOUT(history::hasEnded(status(id)), 20000);
    const QueuedTransfer *one = m_queue->find(id);
    const std::optional<Error> error = one->error ? one->error : one->outcomes.at(0).error;
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::NotFound);
    QCOMPARE(error->step, Step::Local);
}

QTEST_GUILESS_MAIN(tst_TransferQueue)

#include "tst_TransferQueue.moc"
