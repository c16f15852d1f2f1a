// SPDX-License-Identifier: GPL-3.0-or-later
// An instance's whole life on the simulated instance: asked, signed in, sampled, lost, found again.
#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/jobs/Jobs.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "core/ssh/Session.h"
#include "tests/support/Rig.h"
#include "tests/support/SshServer.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace core;
using fleet::Instance;
using State = fleet::Instance::State;

class tst_Fleet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void asksForHostKeyAndPasswordThenSamples();
    void aWrongPasswordIsAskedForAgain();
    void aChangedKeyIsRefusedAndCanBeReplaced();
    void comesBackAfterTheServerWasAway();
    void cancelWhileConnecting();
    void whatWasAskedTellsItsEnd();
    void aNoisyServerFarAwayIsWatched();
    void noGpuModeIsSeen();
    void aHangingNvidiaSmiStopsNothingElse();
    void removedProfilesGo();

private:
    Instance *connectTo(const support::Rig &rig, const QString &name);
    profiles::Profile makeProfile(bool trusted);
    SecretBytes password() const { return SecretBytes(m_rig->text("password").toUtf8()); }

    std::unique_ptr<support::Rig> m_rig;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<secrets::SessionStore> m_secrets;
    SystemClock m_clock;
    std::unique_ptr<fleet::Fleet> m_fleet;
};

void tst_Fleet::initTestCase()
{
    NEED_SSHD();
    m_rig = std::make_unique<support::Rig>();
    QCOMPARE(m_rig->start({QStringLiteral("--gpus"), QStringLiteral("2"), QStringLiteral("--cores"),
                           QStringLiteral("12")}),
             QString());
}

void tst_Fleet::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->path());
    QVERIFY(m_profiles->load());
    m_secrets = std::make_unique<secrets::SessionStore>();
    m_fleet = std::make_unique<fleet::Fleet>(Instance::Services{*m_profiles, *m_secrets, m_clock});
}

void tst_Fleet::cleanup()
{
    m_fleet.reset();
    m_secrets.reset();
    m_profiles.reset();
    // Sessions that were given up in the test go by the event loop.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

profiles::Profile tst_Fleet::makeProfile(bool trusted)
{
    profiles::Profile profile;
    profile.name = QStringLiteral("rig");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = m_rig->port();
    if (trusted)
        profile.trustedKeys.push_back({m_rig->hostKey().type, m_rig->hostKey().blob});
    return *m_profiles->add(profile);
}

void tst_Fleet::asksForHostKeyAndPasswordThenSamples()
{
    const profiles::Profile profile = makeProfile(false);
    Instance *instance = m_fleet->byId(profile.id);
    QVERIFY(instance);
    QSignalSpy secretAsked(instance, &Instance::secretAsked);
    QSignalSpy hostKeyAsked(instance, &Instance::hostKeyAsked);
    instance->connectNow();
    // Who shows states repaints on stateChanged() alone.
    QString shown;
    connect(instance, &Instance::stateChanged, this, [&shown, instance] {
        shown = instance->hostKeyQuestion()  ? QStringLiteral("host key")
                : instance->secretQuestion() ? QStringLiteral("secret")
                                             : QString();
    });
    QTRY_COMPARE_WITH_TIMEOUT(hostKeyAsked.count(), 1, 10000);
    QCOMPARE(shown, QStringLiteral("host key"));
    QCOMPARE(secretAsked.count(), 0);
    QCOMPARE(instance->hostKeyQuestion()->offered, m_rig->hostKey());
    instance->answerHostKey(true);
    QTRY_COMPARE_WITH_TIMEOUT(secretAsked.count(), 1, 10000);
    QCOMPARE(shown, QStringLiteral("secret"));
    QVERIFY(!instance->secretQuestion()->wasRejected);
    QVERIFY(!instance->secretQuestion()->canRemember); // a session store
    instance->answerSecret(password(), true);
    QTRY_COMPARE_WITH_TIMEOUT(instance->state(), State::Connected, 10000);
    QTRY_VERIFY_WITH_TIMEOUT(instance->sample() && instance->sample()->gpus.size() == 2 &&
                                 instance->sample()->cpu.usedCores.has_value() &&
                                 !instance->sample()->disks.empty(),
                             20000);
    const metrics::Sample &sample = *instance->sample();
    QCOMPARE(sample.mode, metrics::Mode::Gpu);
    QCOMPARE(sample.cpu.limitCores, 12.0);
    QCOMPARE(sample.cpu.source, metrics::Source::Cgroup2);
    QCOMPARE(sample.memory.limitBytes, qint64(120) << 30);
    QCOMPARE(sample.host.hostname, m_rig->text("hostname"));
    QCOMPARE(sample.host.os.id, QStringLiteral("ubuntu"));
    QVERIFY(sample.gpus[0].utilPercent > 50);
    QVERIFY(!instance->isStale());
    QVERIFY(instance->series().find(metrics::Quantity::GpuUtil, 1));
    QCOMPARE(shown, QString());
    // Remembered: the key in the profile, the secret in the store, the name as identity.
    QVERIFY(m_profiles->byId(profile.id)->trustedKeys.size() == 1);
    QCOMPARE(m_profiles->byId(profile.id)->containerHostname, m_rig->text("hostname"));
    QVERIFY(m_secrets->find({secrets::SecretKind::Password, profile.id}));
    // And used: the next time nothing is asked.
    instance->disconnectNow();
    QVERIFY(instance->isStale());
    instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(instance->state(), State::Connected, 10000);
    QCOMPARE(secretAsked.count(), 1);
    QCOMPARE(hostKeyAsked.count(), 1);
}

void tst_Fleet::aWrongPasswordIsAskedForAgain()
{
    const profiles::Profile profile = makeProfile(true);
    Instance *instance = m_fleet->byId(profile.id);
    m_secrets->put({secrets::SecretKind::Password, profile.id}, SecretBytes("stale password"));
    QSignalSpy asked(instance, &Instance::secretAsked);
    instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(asked.count(), 1, 15000);
    QVERIFY(instance->secretQuestion()->wasRejected);
    instance->answerSecret(password(), true);
    QTRY_COMPARE_WITH_TIMEOUT(instance->state(), State::Connected, 15000);
    QTRY_VERIFY(*m_secrets->find({secrets::SecretKind::Password, profile.id}) == password());
}

void tst_Fleet::aChangedKeyIsRefusedAndCanBeReplaced()
{
    const profiles::Profile profile = makeProfile(true);
    Instance *instance = m_fleet->byId(profile.id);
    const ssh::HostKey before = m_rig->hostKey();
    QVERIFY(m_rig->command({QStringLiteral("rekey")}));
    instance->offerSecret(password(), false);
    instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(instance->state(), State::Failed, 15000);
    QCOMPARE(instance->lastError()->code, ErrorCode::HostKeyChanged);
    QVERIFY(instance->hostKeyQuestion());
    QVERIFY(instance->hostKeyQuestion()->known == std::vector<ssh::HostKey>{before});
    QVERIFY(instance->hostKeyQuestion()->offered != before);
    instance->replaceHostKey();
    QTRY_COMPARE_WITH_TIMEOUT(instance->state(), State::Connected, 15000);
    QVERIFY(m_profiles->byId(profile.id)->trustedKeys.size() == 1);
    m_rig = std::make_unique<support::Rig>(); // a fresh one for those that follow
    QCOMPARE(m_rig->start({QStringLiteral("--gpus"), QStringLiteral("2")}), QString());
}

void tst_Fleet::comesBackAfterTheServerWasAway()
{
    auto rig = std::make_unique<support::Rig>();
    QCOMPARE(rig->start(), QString());
    profiles::Profile profile;
    profile.name = QStringLiteral("away");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = rig->port();
    profile.trustedKeys.push_back({rig->hostKey().type, rig->hostKey().blob});
    profile = *m_profiles->add(profile);
    Instance *instance = m_fleet->byId(profile.id);
    instance->offerSecret(SecretBytes(rig->text("password").toUtf8()), false);
    instance->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(instance->sample() != nullptr, 20000);
    const metrics::TimeMs before = instance->series().lastTime();
    QVERIFY(rig->command({QStringLiteral("stop")}));
    QTRY_COMPARE_WITH_TIMEOUT(instance->state(), State::Waiting, 20000);
    QVERIFY(instance->isStale());
    QVERIFY(instance->nextRetry().has_value());
    QVERIFY(instance->sample() != nullptr); // what was known stays
    QVERIFY(rig->command(
        {QStringLiteral("start"), QStringLiteral("--port"), QString::number(rig->port())}));
    instance->wake();
    QTRY_COMPARE_WITH_TIMEOUT(instance->state(), State::Connected, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(!instance->isStale(), 10000);
    QVERIFY(instance->series().lastTime() > before);
}

void tst_Fleet::cancelWhileConnecting()
{
    const profiles::Profile profile = makeProfile(true);
    Instance *instance = m_fleet->byId(profile.id);
    for (State wanted : {State::Resolving, State::Connecting, State::Handshaking,
                         State::CheckingHost, State::SigningIn}) {
        instance->offerSecret(password(), false);
        const auto watch = connect(instance, &Instance::stateChanged, instance, [instance, wanted] {
            if (instance->state() == wanted)
                instance->disconnectNow();
        });
        instance->connectNow();
        QTRY_VERIFY_WITH_TIMEOUT(instance->state() == State::Disconnected ||
                                     instance->state() == State::Connected,
                                 10000);
        disconnect(watch);
        instance->disconnectNow();
        QCOMPARE(instance->state(), State::Disconnected);
    }
    // And deleted in the middle.
    instance->offerSecret(password(), false);
    instance->connectNow();
    QVERIFY(m_profiles->remove(profile.id));
    QTRY_VERIFY(m_fleet->instances().empty());
}

Instance *tst_Fleet::connectTo(const support::Rig &rig, const QString &name)
{
    profiles::Profile profile;
    profile.name = name;
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = rig.port();
    profile.trustedKeys.push_back({rig.hostKey().type, rig.hostKey().blob});
    profile = *m_profiles->add(profile);
    Instance *instance = m_fleet->byId(profile.id);
    instance->offerSecret(SecretBytes(rig.text("password").toUtf8()), false);
    instance->connectNow();
    return instance;
}

void tst_Fleet::whatWasAskedTellsItsEnd()
{
    Instance *instance = connectTo(*m_rig, QStringLiteral("ends"));
    QTRY_VERIFY_WITH_TIMEOUT(instance->session(), 20000);
    const QPointer<ssh::Session> session = instance->session();
    const QPointer<ssh::Exec> exec = session->exec("sleep 600");
    // Looks at the load for two seconds: an operation made of others.
    const QPointer<jobs::SafetyCheck> check = jobs::checkSafety(*session, {});
    QSignalSpy execEnd(exec, &Operation::finished);
    QSignalSpy checkEnd(check, &Operation::finished);
    std::optional<Error> checkTold;
    connect(check, &Operation::finished, this, [&checkTold, check] { checkTold = check->error(); });
    instance->disconnectNow();
    QVERIFY(!instance->session());
    QTRY_VERIFY_WITH_TIMEOUT(!session, 20000);
    QCOMPARE(execEnd.count(), 1);
    QCOMPARE(checkEnd.count(), 1);
    QVERIFY(checkTold);
    QVERIFY2(checkTold->code == ErrorCode::Disconnected, qPrintable(checkTold->detail));
}

void tst_Fleet::aNoisyServerFarAwayIsWatched()
{
    support::Rig rig;
    QCOMPARE(
        rig.start({QStringLiteral("--noisy-rc"), QStringLiteral("--slow"), QStringLiteral("400")}),
        QString());
    const Instance *instance = connectTo(rig, QStringLiteral("noisy"));
    QSignalSpy samples(instance, &Instance::sampleArrived);
    QTRY_VERIFY_WITH_TIMEOUT(samples.count() >= 4, 30000);
    QCOMPARE(instance->sample()->mode, metrics::Mode::Gpu);
    QCOMPARE(instance->sample()->gpus.size(), std::size_t(1));
    QVERIFY(instance->sample()->cpu.usedCores.has_value());
}

void tst_Fleet::noGpuModeIsSeen()
{
    support::Rig rig;
    QCOMPARE(
        rig.start({QStringLiteral("--no-gpu"), QStringLiteral("--cgroup"), QStringLiteral("v1")}),
        QString());
    const Instance *instance = connectTo(rig, QStringLiteral("nogpu"));
    QTRY_VERIFY_WITH_TIMEOUT(instance->sample() && instance->sample()->mode == metrics::Mode::NoGpu,
                             20000);
    QCOMPARE(instance->sample()->smiError->failure, probe::SmiFailure::NoDevices);
    QCOMPARE(instance->sample()->cpu.limitCores, 0.5);
    QCOMPARE(instance->sample()->cpu.source, metrics::Source::Cgroup1);
}

void tst_Fleet::aHangingNvidiaSmiStopsNothingElse()
{
    QVERIFY(m_rig->command({QStringLiteral("set"), QStringLiteral("hang")}));
    const profiles::Profile profile = makeProfile(true);
    Instance *instance = m_fleet->byId(profile.id);
    instance->offerSecret(password(), false);
    instance->connectNow();
    QSignalSpy samples(instance, &Instance::sampleArrived);
    QTRY_VERIFY_WITH_TIMEOUT(samples.count() >= 4, 20000);
    QVERIFY(instance->sample()->cpu.usedCores.has_value());
    QVERIFY(instance->sample()->gpus.empty());
    QCOMPARE(instance->sample()->mode, metrics::Mode::Unknown);
    QTRY_VERIFY_WITH_TIMEOUT(instance->sample()->smiError &&
                                 instance->sample()->smiError->failure ==
                                     probe::SmiFailure::TimedOut,
                             30000);
    QVERIFY(m_rig->command({QStringLiteral("set"), QStringLiteral("ok")}));
}

void tst_Fleet::removedProfilesGo()
{
    const profiles::Profile profile = makeProfile(true);
    QCOMPARE(m_fleet->instances().size(), std::size_t(1));
    QSignalSpy gone(m_fleet.get(), &fleet::Fleet::aboutToRemove);
    QVERIFY(m_profiles->remove(profile.id));
    QCOMPARE(gone.count(), 1);
    QVERIFY(m_fleet->instances().empty());
}

QTEST_GUILESS_MAIN(tst_Fleet)
#include "tst_Fleet.moc"
