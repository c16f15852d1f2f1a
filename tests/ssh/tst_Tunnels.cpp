// SPDX-License-Identifier: GPL-3.0-or-later
// The tunnels of an instance: saved, up with the connection, back after a loss; pages found or
// started.
#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/Tunnels.h"
#include "core/fleet/WebService.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SessionStore.h"
#include "tests/support/Exchange.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <csignal>

using namespace core;
using namespace core::fleet;
using probe::PortForward;
using Kind = PortForward::Kind;
using support::Exchange;
using support::Target;
using ServiceKind = WebServiceRequest::Kind;

class tst_Tunnels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theyComeUpWithTheConnectionAndAgain();
    void theyAreSavedAndTwoOfOnePortAreNot();
    void onAndOffAreKept();
    void aChangeMovesThePort();
    void theMonitorsConnectionIsLent();
    void jupyterIsFoundWithItsToken_data();
    void jupyterIsFoundWithItsToken();
    void jupyterIsStartedAndOutlivesTheConnection();
    void whatIsNotInstalledIsTold();
    void tensorBoardIsTriedAndStarted();

private:
    void write(const QString &name, const QByteArray &text);
    [[nodiscard]] Tunnels &tunnels() const { return m_instance->tunnels(); }
    [[nodiscard]] Tunnel::State stateOf(quint64 id) const
    {
        const Tunnel *tunnel = tunnels().find(id);
        return tunnel ? tunnel->state : Tunnel::State::Off;
    }
    [[nodiscard]] PortForward toTarget(quint16 wish) const
    {
        return {Kind::Local,
                {},
                tunnels().freePort(wish),
                QStringLiteral("127.0.0.1"),
                m_target.port()};
    }
    /// An exchange over \a port went through.
    [[nodiscard]] static bool works(quint16 port)
    {
        Exchange exchange(port, "hello");
        return QTest::qWaitFor([&] { return exchange.isOver(); }, 10000) &&
               exchange.answer() == support::answerTo("hello");
    }
    void connectIt()
    {
        m_instance->connectNow();
        QTRY_COMPARE_WITH_TIMEOUT(m_instance->state(), Instance::State::Connected, 20000);
    }

    support::SshServer m_server;
    Target m_target;
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<profiles::ProfileStore> m_profiles;
    std::unique_ptr<secrets::SessionStore> m_secrets;
    std::unique_ptr<Fleet> m_fleet;
    Instance *m_instance = nullptr;
};

void tst_Tunnels::initTestCase()
{
    NEED_SSHD();
    QCOMPARE(m_server.start(), QString());
    QVERIFY(QDir(m_server.path(QString())).mkpath(QStringLiteral("bin")));
    write(QStringLiteral(".bash_profile"), "export PATH=\"$HOME/bin:$PATH\"\necho a banner\n");
}

void tst_Tunnels::write(const QString &name, const QByteArray &text)
{
    QFile file(m_server.path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

void tst_Tunnels::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->path());
    m_secrets = std::make_unique<secrets::SessionStore>();
    m_fleet = std::make_unique<Fleet>(Instance::Services{*m_profiles, *m_secrets, m_clock});
    const ssh::SessionOptions options = m_server.options();
    profiles::Profile profile;
    profile.name = QStringLiteral("one");
    profile.host = options.host;
    profile.port = options.port;
    profile.user = options.user;
    profile.auth = profiles::AuthKind::Key;
    profile.identityFile = m_server.path(QStringLiteral("id"));
    profile.trustedKeys.push_back({m_server.hostKey().type, m_server.hostKey().blob});
    const auto added = m_profiles->add(profile);
    QVERIFY(added);
    m_instance = m_fleet->byId(added->id);
}

void tst_Tunnels::cleanup()
{
    m_fleet.reset();
    m_instance = nullptr;
}

void tst_Tunnels::theyComeUpWithTheConnectionAndAgain()
{
    const PortForward forward = toTarget(24100);
    const auto id = tunnels().add(forward);
    QVERIFY(id);
    QCOMPARE(stateOf(*id), Tunnel::State::Waiting);
    connectIt();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*id), Tunnel::State::Listening, 20000);
    QVERIFY(works(forward.bindPort));
    m_server.kill();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*id), Tunnel::State::Waiting, 20000);
    QTcpServer free;
    QTRY_VERIFY(free.isListening() || free.listen(QHostAddress::LocalHost, forward.bindPort));
    free.close();
    QCOMPARE(m_server.start(), QString());
    m_instance->wake();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*id), Tunnel::State::Listening, 20000);
    QVERIFY(works(forward.bindPort));
    m_instance->disconnectNow();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*id), Tunnel::State::Waiting, 20000);
}

void tst_Tunnels::theyAreSavedAndTwoOfOnePortAreNot()
{
    PortForward forward = toTarget(24200);
    forward.label = QStringLiteral("显卡");
    QVERIFY(tunnels().add(forward));
    PortForward proxy{Kind::Dynamic, {}, forward.bindPort, {}, 0};
    const auto refused = tunnels().add(proxy);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Usage);
    QCOMPARE(refused.error().step, Step::Forward);
    proxy.bindPort = tunnels().freePort(forward.bindPort);
    QVERIFY(proxy.bindPort != forward.bindPort);
    QVERIFY(tunnels().add(proxy));
    profiles::ProfileStore again(m_dir->path());
    QVERIFY(again.load());
    QVERIFY(again.profiles()[0].forwards == (std::vector<PortForward>{forward, proxy}));
    QSignalSpy changed(&tunnels(), &Tunnels::listChanged);
    QVERIFY(tunnels().remove(tunnels().all()[0].id));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(tunnels().all().size(), std::size_t(1));
    QVERIFY(tunnels().all()[0].forward == proxy);
}

void tst_Tunnels::onAndOffAreKept()
{
    const PortForward forward = toTarget(24300);
    const auto id = tunnels().add(forward);
    connectIt();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*id), Tunnel::State::Listening, 20000);
    QVERIFY(tunnels().setOn(*id, false));
    QCOMPARE(stateOf(*id), Tunnel::State::Off);
    QTcpServer free;
    QTRY_VERIFY(free.isListening() || free.listen(QHostAddress::LocalHost, forward.bindPort));
    QVERIFY(!m_profiles->byId(m_instance->id())->forwards[0].isOn);
    QVERIFY(tunnels().setOn(*id, true)); // while another program has the port
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*id), Tunnel::State::Failed, 20000);
    const Tunnel *failed = tunnels().find(*id);
    QCOMPARE(failed->status.error->code, ErrorCode::LocalIo);
    QVERIFY(failed->status.freePort != 0);
    free.close();
    tunnels().tryAgain(*id);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*id), Tunnel::State::Listening, 20000);
    QVERIFY(works(forward.bindPort));
}

void tst_Tunnels::aChangeMovesThePort()
{
    PortForward forward = toTarget(24400);
    const auto id = tunnels().add(forward);
    connectIt();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*id), Tunnel::State::Listening, 20000);
    const quint16 before = forward.bindPort;
    forward.bindPort = tunnels().freePort(quint16(before + 1));
    QVERIFY(tunnels().change(*id, forward));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*id), Tunnel::State::Listening, 20000); // the same tunnel
    QVERIFY(works(forward.bindPort));
    QTcpServer free;
    QTRY_VERIFY(free.isListening() || free.listen(QHostAddress::LocalHost, before));
    forward.label = QStringLiteral("a name"); // touches nothing
    QVERIFY(tunnels().change(*id, forward));
    QCOMPARE(stateOf(*id), Tunnel::State::Listening);
}

void tst_Tunnels::theMonitorsConnectionIsLent()
{
    const PortForward forward = toTarget(24500);
    const auto id = tunnels().add(forward);
    QVERIFY(tunnels().setOn(*id, false));
    connectIt();
    // A further connection is not let in any more.
    const QString keys = m_server.path(QStringLiteral("authorized_keys"));
    QVERIFY(QFile::rename(keys, keys + QStringLiteral(".away")));
    QVERIFY(tunnels().setOn(*id, true));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*id), Tunnel::State::Listening, 20000);
    QVERIFY(QFile::rename(keys + QStringLiteral(".away"), keys));
    QVERIFY(works(forward.bindPort));
    QCOMPARE(m_instance->state(), Instance::State::Connected);
}

void tst_Tunnels::jupyterIsFoundWithItsToken_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("on the PATH") << QStringLiteral("bin");
    QTest::newRow("conda for terminals only") << QStringLiteral("miniconda3/bin");
}

void tst_Tunnels::jupyterIsFoundWithItsToken()
{
    QFETCH(QString, folder);
    QFile::remove(m_server.path(QStringLiteral("bin/jupyter")));
    QVERIFY(QDir(m_server.path(QString())).mkpath(folder));
    write(folder + QStringLiteral("/conda"), "#!/bin/sh\n");
    write(folder + QStringLiteral("/jupyter"),
          "#!/bin/sh\n[ \"$1 $2 $3\" = 'server list --jsonlist' ] || exit 1\n"
          "echo '[{\"port\": 8899, \"token\": \"a\"}, {\"port\": 8888, \"base_url\": \"/x\", "
          "\"token\": \"feed01\"}]'\n");
    connectIt();
    WebService service(*m_instance->session(), {});
    QSignalSpy finished(&service, &Operation::finished);
    QSignalSpy commands(&service, &WebService::commandRun);
    QVERIFY(finished.wait(20000));
    QVERIFY2(service.isOk(), service.error() ? qPrintable(service.error()->detail) : "");
    QCOMPARE(service.port(), quint16(8888));
    QCOMPARE(service.path(), QStringLiteral("/x/lab"));
    QCOMPARE(service.token().view().toByteArray(), "feed01");
    QVERIFY(!service.wasStarted());
    QCOMPARE(commands.count(), 1);
    QCOMPARE(commands[0][0].toByteArray(), findCommand({}));
}

void tst_Tunnels::jupyterIsStartedAndOutlivesTheConnection()
{
    write(QStringLiteral("bin/jupyter"),
          "#!/bin/sh\n"
          "if [ $1 = lab ] && [ \"$2\" != list ]; then\n"
          "  echo $$ > ~/pid; echo \"$@\" > ~/started; exec sleep 60\n"
          "fi\n"
          "[ -e ~/started ] && echo '[{\"port\": 8888, \"token\": \"feed02\"}]' || echo '[]'\n");
    connectIt();
    WebService service(*m_instance->session(), {});
    QSignalSpy finished(&service, &Operation::finished);
    QSignalSpy commands(&service, &WebService::commandRun);
    QVERIFY(finished.wait(30000));
    QVERIFY2(service.isOk(), service.error() ? qPrintable(service.error()->detail) : "");
    QVERIFY(service.wasStarted());
    QCOMPARE(service.token().view().toByteArray(), "feed02");
    QCOMPARE(commands.last()[0].toByteArray(), startCommand({}));
    QVERIFY(commands.last()[0].toByteArray().contains("--port=8888"));
    m_instance->disconnectNow();
    m_server.kill();
    QFile file(m_server.path(QStringLiteral("pid")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString process =
        QStringLiteral("/proc/") + QString::fromLatin1(file.readAll().trimmed());
    QVERIFY(QFile::exists(process));
    QVERIFY(::kill(pid_t(process.mid(6).toInt()), SIGTERM) == 0);
    QCOMPARE(m_server.start(), QString());
}

void tst_Tunnels::whatIsNotInstalledIsTold()
{
    QFile::remove(m_server.path(QStringLiteral("bin/jupyter")));
    QDir(m_server.path(QStringLiteral("miniconda3"))).removeRecursively();
    connectIt();
    for (ServiceKind kind : {ServiceKind::JupyterLab, ServiceKind::TensorBoard}) {
        WebService service(*m_instance->session(), {kind, 1, {}, true});
        QSignalSpy finished(&service, &Operation::finished);
        QVERIFY(finished.wait(20000));
        QCOMPARE(service.error()->code, ErrorCode::NotFound);
    }
}

void tst_Tunnels::tensorBoardIsTriedAndStarted()
{
    connectIt();
    Target running;
    WebService found(*m_instance->session(), {ServiceKind::TensorBoard, running.port(), {}, true});
    QSignalSpy finished(&found, &Operation::finished);
    QVERIFY(finished.wait(20000));
    QVERIFY(found.isOk());
    QVERIFY(!found.wasStarted());
    QCOMPARE(found.port(), running.port());
    // The command is shown as it is run: folders are quoted.
    const WebServiceRequest request{ServiceKind::TensorBoard, 6007, QStringLiteral("/root/my logs"),
                                    true};
    QVERIFY(startCommand(request).contains("--port 6007"));
    QVERIFY(startCommand(request).contains("my logs"));
    QVERIFY(startCommand(request).startsWith("bash -lc '"));
    WebService cancelled(*m_instance->session(), request);
    QSignalSpy over(&cancelled, &Operation::finished);
    cancelled.cancel();
    QTRY_COMPARE(over.count(), 1);
    QCOMPARE(cancelled.error()->code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(tst_Tunnels)
#include "tst_Tunnels.moc"
