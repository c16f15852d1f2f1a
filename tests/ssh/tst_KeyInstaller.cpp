// SPDX-License-Identifier: GPL-3.0-or-later
// From password to key on the simulated instance, and what happens when the key is not taken.
#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/KeyInstaller.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/KeychainStore.h"
#include "core/secrets/SessionStore.h"
#include "tests/support/Rig.h"
#include "tests/support/SessionRun.h"
#include "tests/support/SshServer.h"

#include <QProcess>
#include <QScopeGuard>

using namespace core;
using fleet::Instance;
using fleet::KeyInstaller;
using fleet::KeyInstallRequest;
using fleet::KeyInstallTarget;
using secrets::SecretId;
using secrets::SecretKind;
using Stage = fleet::KeyInstaller::Stage;
using State = fleet::Instance::State;

class tst_KeyInstaller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void thePasswordIsNeededNoMore();
    void anRsaKeyAndAPassphraseWork();
    void aRefusedKeyChangesNothing_data();
    void aRefusedKeyChangesNothing();
    void whatIsWrongWithTheKeyFileIsSaidFirst();
    void cancellingLeavesAllAsItWas_data();
    void cancellingLeavesAllAsItWas();
    void theWayOverAJumpHostIsTaken();
    void theAgentSignsInInstead();
    void aRealKeyringForgetsThePassword();

private:
    QString makeKey(const QString &name, const QStringList &arguments);
    KeyInstaller *install(const KeyInstallRequest &request);
    static bool ends(KeyInstaller *installer);
    QByteArray remote(const QByteArray &command);
    bool restartSshd();
    SecretBytes password() const { return SecretBytes(m_rig->text("password").toUtf8()); }
    SecretId passwordId() const { return {SecretKind::Password, m_profile.id}; }

    std::unique_ptr<support::Rig> m_rig;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<secrets::SessionStore> m_secrets;
    SystemClock m_clock;
    std::unique_ptr<fleet::Fleet> m_fleet;
    profiles::Profile m_profile;
    Instance *m_instance = nullptr;
};

void tst_KeyInstaller::initTestCase()
{
    NEED_SSHD();
    // The keys of whoever runs this are no part of it.
    qunsetenv("SSH_AUTH_SOCK");
}

void tst_KeyInstaller::init()
{
    m_rig = std::make_unique<support::Rig>();
    QCOMPARE(m_rig->start({QStringLiteral("--noisy-rc")}), QString());
    m_dir = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->path());
    QVERIFY(m_profiles->load());
    m_secrets = std::make_unique<secrets::SessionStore>();
    m_fleet = std::make_unique<fleet::Fleet>(Instance::Services{*m_profiles, *m_secrets, m_clock});
    profiles::Profile profile;
    profile.name = QStringLiteral("rig");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = m_rig->port();
    profile.trustedKeys.push_back({m_rig->hostKey().type, m_rig->hostKey().blob});
    m_profile = *m_profiles->add(profile);
    m_secrets->put(passwordId(), password());
    m_instance = m_fleet->byId(m_profile.id);
    m_instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_instance->state(), State::Connected, 20000);
    // The first sample writes the profile too: before anything is compared.
    QTRY_VERIFY_WITH_TIMEOUT(!m_instance->profile().containerHostname.isEmpty(), 20000);
    m_profile = m_instance->profile();
}

void tst_KeyInstaller::cleanup()
{
    m_fleet.reset();
    m_secrets.reset();
    m_profiles.reset();
    m_rig.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

QString tst_KeyInstaller::makeKey(const QString &name, const QStringList &arguments)
{
    const QString path = m_dir->filePath(name);
    QStringList all{QStringLiteral("-q"), QStringLiteral("-f"), path};
    if (!arguments.contains(QStringLiteral("-N")))
        all += {QStringLiteral("-N"), QString()};
    return QProcess::execute(QStringLiteral("ssh-keygen"), all + arguments) == 0 ? path : QString();
}

KeyInstaller *tst_KeyInstaller::install(const KeyInstallRequest &request)
{
    return new KeyInstaller(KeyInstallTarget::of(*m_instance), *m_profiles, *m_secrets, request,
                            m_fleet.get());
}

bool tst_KeyInstaller::ends(KeyInstaller *installer)
{
    QSignalSpy finished(installer, &Operation::finished);
    return finished.wait(60000) && finished.count() == 1;
}

QByteArray tst_KeyInstaller::remote(const QByteArray &command)
{
    ssh::Exec *exec = m_instance->session()->exec(command);
    QSignalSpy finished(exec, &Operation::finished);
    return finished.wait(20000) ? exec->standardOutput() : QByteArray("nothing came");
}

/// Reads its configuration again; connections stay.
bool tst_KeyInstaller::restartSshd()
{
    return remote("n=$(grep -c listening /run/sshd.log); kill -HUP $(pgrep -of 'sshd.*-D'); "
                  "until [ $(grep -c listening /run/sshd.log) -gt $n ]; do :; done; echo ok")
        .endsWith("ok\n");
}

void tst_KeyInstaller::thePasswordIsNeededNoMore()
{
    const QString key =
        makeKey(QStringLiteral("id"), {QStringLiteral("-t"), QStringLiteral("ed25519")});
    KeyInstallRequest request;
    request.identityFile = key;
    KeyInstaller *installer = install(request);
    QList<Stage> stages;
    connect(installer, &KeyInstaller::stageChanged, this, [&](Stage stage) {
        stages.append(stage);
        // Nothing of the profile is touched before the key has proven itself.
        if (stage != Stage::Done)
            QVERIFY(m_secrets->find(passwordId()));
        if (stage == Stage::TryingKey || stage == Stage::Switching)
            QCOMPARE(*m_profiles->byId(m_profile.id), m_profile);
    });
    QVERIFY(ends(installer));
    QVERIFY2(installer->isOk(), installer->error() ? qPrintable(installer->error()->detail) : "");
    QCOMPARE(stages,
             (QList<Stage>{Stage::Appending, Stage::TryingKey, Stage::Switching, Stage::Done}));
    QVERIFY(!installer->wasInstalled());
    QCOMPARE(installer->path(), "/root/.ssh/authorized_keys");
    const profiles::Profile now = *m_profiles->byId(m_profile.id);
    QCOMPARE(now.auth, profiles::AuthKind::Key);
    QCOMPARE(now.identityFile, key);
    QVERIFY(!m_secrets->find(passwordId()));
    QVERIFY(!installer->passwordLeft());
    // The open connection lives, further ones use the key.
    QCOMPARE(m_instance->state(), State::Connected);
    const ssh::SessionOptions options = m_instance->connectionOptions();
    QVERIFY(std::none_of(options.auth.begin(), options.auth.end(), [](const ssh::AuthMethod &way) {
        return std::holds_alternative<ssh::PasswordAuth>(way);
    }));
    support::SessionRun further;
    QVERIFY(further.open(options));
    // And the next time nothing is asked, though the server takes no password any more.
    remote("sed -i 's/^PasswordAuthentication.*/PasswordAuthentication no/' "
           "/etc/ssh/rig/sshd_config");
    QVERIFY(restartSshd());
    QSignalSpy asked(m_instance, &Instance::secretAsked);
    m_instance->disconnectNow();
    m_instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_instance->state(), State::Connected, 20000);
    QCOMPARE(asked.count(), 0);
    // Again: nothing is added.
    KeyInstaller *again = install(request);
    QVERIFY(ends(again));
    QVERIFY(again->isOk() && again->wasInstalled());
    QVERIFY(
        remote("grep -c ed25519 /root/.ssh/authorized_keys").endsWith("\n2\n")); // the rig's own
}

void tst_KeyInstaller::anRsaKeyAndAPassphraseWork()
{
    const QString key =
        makeKey(QStringLiteral("id_rsa"),
                {QStringLiteral("-t"), QStringLiteral("rsa"), QStringLiteral("-b"),
                 QStringLiteral("3072"), QStringLiteral("-N"), QStringLiteral("a phrase 短语")});
    KeyInstallRequest request;
    request.identityFile = key;
    KeyInstaller *installer = install(request);
    QVERIFY(ends(installer));
    QCOMPARE(installer->error()->code, ErrorCode::KeyPassphraseNeeded);
    QVERIFY(remote("grep -c rsa /root/.ssh/authorized_keys").endsWith("\n0\n"));

    request.passphrase = SecretBytes("wrong");
    installer = install(request);
    QVERIFY(ends(installer));
    QCOMPARE(installer->error()->code, ErrorCode::KeyPassphraseNeeded);
    QVERIFY(installer->wasRemovedAgain());
    QCOMPARE(*m_profiles->byId(m_profile.id), m_profile);
    QVERIFY(!m_secrets->find({SecretKind::KeyPassphrase, key}));

    request.passphrase = SecretBytes(QStringLiteral("a phrase 短语").toUtf8());
    request.rememberPassphrase = true;
    request.forgetPassword = false;
    installer = install(request);
    QVERIFY(ends(installer));
    QVERIFY2(installer->isOk(), installer->error() ? qPrintable(installer->error()->detail) : "");
    QVERIFY(m_secrets->find(passwordId())); // it was asked to be kept
    QVERIFY(*m_secrets->find({SecretKind::KeyPassphrase, key}) == request.passphrase);
    QVERIFY(support::SessionRun().open(m_instance->connectionOptions()));
    m_instance->disconnectNow();
    m_instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_instance->state(), State::Connected, 20000);
}

void tst_KeyInstaller::aRefusedKeyChangesNothing_data()
{
    using Kind = fleet::KeyObstacle::Kind;
    QTest::addColumn<QByteArray>("prepare");
    QTest::addColumn<int>("kind");
    const QByteArray config = "/etc/ssh/rig/sshd_config";
    const auto set = [&](const QByteArray &name, const QByteArray &value) {
        return "sed -i '/^" + name + "/d; 1i " + name + ' ' + value + "' " + config;
    };
    // Not by the group: Debian's sshd takes a group of the user alone for the user.
    QTest::newRow("home writable by all")
        << set("StrictModes", "yes") + "; chmod 777 /root" << int(Kind::HomeWritable);
    QTest::newRow("file writable by all")
        << set("StrictModes", "yes") + "; chmod 666 /root/.ssh/authorized_keys"
        << int(Kind::FileWritable);
    QTest::newRow("keys elsewhere")
        << set("AuthorizedKeysFile", "/etc/ssh/keys/%u") << int(Kind::FileElsewhere);
    QTest::newRow("no keys at all")
        << set("PubkeyAuthentication", "no") << int(Kind::KeysSwitchedOff);
    QTest::newRow("a password beside it")
        << set("AuthenticationMethods", "publickey,password") << int(Kind::MoreIsAsked);
}

void tst_KeyInstaller::aRefusedKeyChangesNothing()
{
    QFETCH(QByteArray, prepare);
    QFETCH(int, kind);
    remote(prepare);
    QVERIFY(restartSshd());
    const QByteArray before = remote("exec cat /root/.ssh/authorized_keys");
    KeyInstallRequest request;
    request.identityFile =
        makeKey(QStringLiteral("id"), {QStringLiteral("-t"), QStringLiteral("ed25519")});
    KeyInstaller *installer = install(request);
    QVERIFY(ends(installer));
    QVERIFY(installer->error());
    QCOMPARE(installer->error()->code, ErrorCode::AuthRejected);
    QCOMPARE(installer->stage(), Stage::TryingKey);
    QVERIFY(std::any_of(installer->obstacles().begin(), installer->obstacles().end(),
                        [&](const fleet::KeyObstacle &one) { return int(one.kind) == kind; }));
    QVERIFY(installer->wasRemovedAgain());
    QCOMPARE(remote("exec cat /root/.ssh/authorized_keys"), before);
    QCOMPARE(*m_profiles->byId(m_profile.id), m_profile);
    QVERIFY(*m_secrets->find(passwordId()) == password());
    QCOMPARE(m_instance->state(), State::Connected);
}

void tst_KeyInstaller::whatIsWrongWithTheKeyFileIsSaidFirst()
{
    const auto codeOf = [&](const QString &identity, const QByteArray &line) {
        KeyInstallRequest request;
        request.identityFile = identity;
        request.publicKeyLine = line;
        KeyInstaller *installer = install(request);
        return ends(installer) && installer->error() ? installer->error()->code
                                                     : ErrorCode::Internal;
    };
    const QString key =
        makeKey(QStringLiteral("id"), {QStringLiteral("-t"), QStringLiteral("ed25519")});
    QFile pub(key + QStringLiteral(".pub"));
    QVERIFY(pub.open(QIODevice::ReadOnly));
    const QByteArray line = pub.readAll();
    QCOMPARE(codeOf(m_dir->filePath(QStringLiteral("none")), {}), ErrorCode::NotFound);
    QCOMPARE(codeOf(m_dir->filePath(QStringLiteral("none")), line), ErrorCode::NotFound);
    QCOMPARE(codeOf(pub.fileName(), line), ErrorCode::KeyUnusable);
    QCOMPARE(codeOf(key, "rubbish"), ErrorCode::KeyUnusable);
    QVERIFY(remote("grep -c . /root/.ssh/authorized_keys").endsWith("\n1\n"));
    // Another key's public half: appended, tried, refused, taken out.
    const QString other =
        makeKey(QStringLiteral("other"), {QStringLiteral("-t"), QStringLiteral("ed25519")});
    QCOMPARE(codeOf(other, line), ErrorCode::AuthRejected);
    QVERIFY(remote("grep -c . /root/.ssh/authorized_keys").endsWith("\n1\n"));
    m_instance->disconnectNow();
    QCOMPARE(codeOf(key, {}), ErrorCode::Disconnected);
}

void tst_KeyInstaller::cancellingLeavesAllAsItWas_data()
{
    QTest::addColumn<int>("stage");
    QTest::newRow("before it began") << -1;
    QTest::newRow("while appending") << int(Stage::Appending);
    QTest::newRow("while trying") << int(Stage::TryingKey);
}

void tst_KeyInstaller::cancellingLeavesAllAsItWas()
{
    QFETCH(int, stage);
    KeyInstallRequest request;
    request.identityFile =
        makeKey(QStringLiteral("id"), {QStringLiteral("-t"), QStringLiteral("ed25519")});
    KeyInstaller *installer = install(request);
    connect(installer, &KeyInstaller::stageChanged, this, [&](Stage now) {
        if (int(now) == stage)
            installer->cancel();
    });
    if (stage < 0)
        installer->cancel();
    QVERIFY(ends(installer));
    QVERIFY(installer->error());
    QCOMPARE(installer->error()->code, ErrorCode::Cancelled);
    QVERIFY(remote("grep -c . /root/.ssh/authorized_keys").endsWith("\n1\n"));
    QCOMPARE(*m_profiles->byId(m_profile.id), m_profile);
    QVERIFY(m_secrets->find(passwordId()));
    QCOMPARE(m_instance->state(), State::Connected);
    // And deleted at the same places.
    installer = install(request);
    connect(installer, &KeyInstaller::stageChanged, this, [&, installer](Stage now) {
        if (int(now) == stage)
            installer->deleteLater();
    });
    QSignalSpy gone(installer, &QObject::destroyed);
    if (stage < 0)
        delete installer;
    QTRY_VERIFY_WITH_TIMEOUT(gone.count() == 1, 30000);
    QCOMPARE(*m_profiles->byId(m_profile.id), m_profile);
}

void tst_KeyInstaller::theWayOverAJumpHostIsTaken()
{
    support::SshServer jumpHost;
    QCOMPARE(jumpHost.start(), QString());
    profiles::Profile jump;
    jump.name = QStringLiteral("jump");
    jump.host = QStringLiteral("127.0.0.1");
    jump.port = jumpHost.port();
    jump.user = jumpHost.options().user;
    jump.auth = profiles::AuthKind::Key;
    jump.identityFile = jumpHost.path(QStringLiteral("id"));
    jump.trustedKeys.push_back({jumpHost.hostKey().type, jumpHost.hostKey().blob});
    QVERIFY(m_profiles->add(jump));
    profiles::Profile changed = m_profile;
    changed.jump = jump.name;
    QVERIFY(m_profiles->update(changed));
    m_instance->disconnectNow();
    m_instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_instance->state(), State::Connected, 20000);
    KeyInstallRequest request;
    request.identityFile =
        makeKey(QStringLiteral("id"), {QStringLiteral("-t"), QStringLiteral("ed25519")});
    const qsizetype before = jumpHost.log().count("Accepted publickey");
    KeyInstaller *installer = install(request);
    QVERIFY(ends(installer));
    QVERIFY2(installer->isOk(), installer->error() ? qPrintable(installer->error()->detail) : "");
    QCOMPARE(jumpHost.log().count("Accepted publickey"), before + 1);
    QCOMPARE(m_profiles->byId(m_profile.id)->jump, jump.name);
}

void tst_KeyInstaller::theAgentSignsInInstead()
{
    const QString key =
        makeKey(QStringLiteral("id"), {QStringLiteral("-t"), QStringLiteral("ed25519")});
    QFile pub(key + QStringLiteral(".pub"));
    QVERIFY(pub.open(QIODevice::ReadOnly));
    const QString socket = m_dir->filePath(QStringLiteral("agent"));
    QProcess agent;
    agent.start(QStringLiteral("ssh-agent"), {QStringLiteral("-D"), QStringLiteral("-a"), socket});
    QVERIFY(agent.waitForStarted());
    QTRY_VERIFY(QFile::exists(socket));
    qputenv("SSH_AUTH_SOCK", QFile::encodeName(socket));
    const auto end = qScopeGuard([&] {
        qunsetenv("SSH_AUTH_SOCK");
        agent.kill();
        agent.waitForFinished();
    });
    KeyInstallRequest request;
    request.throughAgent = true;
    request.publicKeyLine = pub.readAll();
    // It holds no key yet: nothing is changed.
    KeyInstaller *installer = install(request);
    QVERIFY(ends(installer));
    QVERIFY(installer->error());
    QCOMPARE(installer->error()->code, ErrorCode::AuthRejected);
    QVERIFY(installer->wasRemovedAgain());
    QCOMPARE(*m_profiles->byId(m_profile.id), m_profile);
    QVERIFY(*m_secrets->find(passwordId()) == password());

    QCOMPARE(QProcess::execute(QStringLiteral("ssh-add"), {QStringLiteral("-q"), key}), 0);
    QVERIFY(QFile::remove(key)); // the agent alone has it
    installer = install(request);
    QVERIFY(ends(installer));
    QVERIFY2(installer->isOk(), installer->error() ? qPrintable(installer->error()->detail) : "");
    const profiles::Profile now = *m_profiles->byId(m_profile.id);
    QCOMPARE(now.auth, profiles::AuthKind::Agent);
    QCOMPARE(now.identityFile, QString());
    QVERIFY(!m_secrets->find(passwordId()));
    QVERIFY(support::SessionRun().open(m_instance->connectionOptions()));
    m_instance->disconnectNow();
    m_instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_instance->state(), State::Connected, 20000);
}

void tst_KeyInstaller::aRealKeyringForgetsThePassword()
{
    if (!qEnvironmentVariableIsSet("DANLU_TEST_KEYRING"))
        QSKIP("tst_KeyInstaller_keyring runs this with a secret service");
    // What the service itself has, past whatever a store may remember.
    const auto kept = [](const SecretId &id) -> std::optional<SecretBytes> {
        secrets::KeychainStore store;
        secrets::ReadSecret *read = store.read(id, &store);
        QSignalSpy finished(read, &Operation::finished);
        const bool ended = finished.wait(20000);
        return ended && store.persistence() == secrets::SecretStore::Persistence::Keychain
                   ? read->secret()
                   : std::nullopt;
    };
    secrets::KeychainStore store;
    fleet::Fleet fleet(Instance::Services{*m_profiles, store, m_clock});
    Instance *instance = fleet.byId(m_profile.id);
    instance->offerSecret(password(), true);
    instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(instance->state(), State::Connected, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(kept(passwordId()).has_value(), 20000);
    QVERIFY(*kept(passwordId()) == password());

    const SecretBytes passphrase(QStringLiteral("a phrase 短语").toUtf8());
    const QString key =
        makeKey(QStringLiteral("id"), {QStringLiteral("-t"), QStringLiteral("ed25519"),
                                       QStringLiteral("-N"), QStringLiteral("a phrase 短语")});
    KeyInstallRequest request;
    request.identityFile = key;
    request.passphrase = passphrase;
    request.rememberPassphrase = true;
    auto *installer =
        new KeyInstaller(KeyInstallTarget::of(*instance), *m_profiles, store, request, &fleet);
    QVERIFY(ends(installer));
    QVERIFY2(installer->isOk(), installer->error() ? qPrintable(installer->error()->detail) : "");
    QVERIFY(!installer->passwordLeft());
    QVERIFY(!kept(passwordId()));
    const std::optional<SecretBytes> remembered = kept({SecretKind::KeyPassphrase, key});
    QVERIFY(remembered && *remembered == passphrase);

    // The next run of the program signs in by itself.
    secrets::KeychainStore nextStore;
    fleet::Fleet next(Instance::Services{*m_profiles, nextStore, m_clock});
    QSignalSpy asked(next.byId(m_profile.id), &Instance::secretAsked);
    next.byId(m_profile.id)->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(next.byId(m_profile.id)->state(), State::Connected, 20000);
    QCOMPARE(asked.count(), 0);
}

QTEST_GUILESS_MAIN(tst_KeyInstaller)
#include "tst_KeyInstaller.moc"
