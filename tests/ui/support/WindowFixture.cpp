// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/WindowFixture.h"

#include "core/ssh/Exec.h"
#include "tests/support/SshServer.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>

using namespace core;
using fleet::Instance;

void WindowFixture::startRig(const QStringList &arguments)
{
    NEED_SSHD();
    m_theme = std::make_unique<ui::Theme>(*qApp, ui::ThemeChoice::Light);
    m_rig = std::make_unique<support::Rig>();
    QCOMPARE(m_rig->start(arguments), QString());
}

void WindowFixture::makeServices()
{
    closeWindow();
    m_dir = std::make_unique<QTemporaryDir>();
    qputenv("HOME", QFile::encodeName(m_dir->path()));
    m_profiles = std::make_unique<profiles::ProfileStore>(m_dir->path());
    QVERIFY(m_profiles->load());
    m_secrets = std::make_unique<secrets::SessionStore>();
    m_fleet = std::make_unique<fleet::Fleet>(Instance::Services{*m_profiles, *m_secrets, m_clock});
    m_store = std::make_unique<history::TransferStore>();
    m_queue = std::make_unique<fleet::TransferQueue>(*m_fleet, m_clock);
    m_queue->setStore(m_store.get());
    m_store->open(m_dir->filePath(QStringLiteral("history.db")));
    QTRY_VERIFY(m_queue->isKept());
    m_recorder = std::make_unique<fleet::RunRecorder>(*m_fleet, m_clock);
    m_spending = std::make_unique<fleet::SpendingWatch>(*m_fleet, *m_recorder, m_clock);
    m_advice = std::make_unique<fleet::AdviceWatch>(*m_fleet);
    m_settings = std::make_unique<ui::settings::Settings>(m_dir->path());
}

void WindowFixture::addRig()
{
    profiles::Profile profile;
    profile.name = QStringLiteral("rig");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = m_rig->port();
    profile.auth = profiles::AuthKind::Password;
    const ssh::HostKey key = m_rig->hostKey();
    profile.trustedKeys.push_back({key.type, key.blob});
    const auto added = m_profiles->add(profile);
    QVERIFY(added);
    m_instance = m_fleet->byId(added->id);
    m_instance->offerSecret(SecretBytes(m_rig->text("password").toUtf8()), true);
}

void WindowFixture::showWindow()
{
    m_window = std::make_unique<ui::shell::MainWindow>(
        ui::shell::MainWindow::Services{{*m_profiles, *m_secrets, m_clock},
                                        *m_fleet,
                                        *m_queue,
                                        *m_spending,
                                        *m_advice,
                                        *m_settings});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void WindowFixture::closeWindow()
{
    m_window.reset();
    m_settings.reset();
    m_advice.reset();
    m_spending.reset();
    m_recorder.reset();
    m_queue.reset();
    m_store.reset();
    m_fleet.reset();
    m_instance = nullptr;
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void WindowFixture::connectIt()
{
    m_instance->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_instance->state(), Instance::State::Connected, 60000);
}

void WindowFixture::remote(const QByteArray &command)
{
    QVERIFY(m_instance->session());
    ssh::Exec *exec = m_instance->session()->exec(command);
    QSignalSpy finished(exec, &Operation::finished);
    QVERIFY(finished.wait(20000));
    QCOMPARE(exec->exitCode(), 0);
}

QByteArray WindowFixture::remoteOutput(const QByteArray &command)
{
    if (!m_instance->session())
        return {};
    // "exec": what the simulated shell prints for every command is left out.
    ssh::Exec *exec = m_instance->session()->exec("exec " + command);
    QSignalSpy finished(exec, &Operation::finished);
    return finished.wait(20000) ? exec->standardOutput() : QByteArray();
}

void WindowFixture::click(const char *name)
{
    auto *button = child<QAbstractButton>(name);
    QVERIFY2(button && button->isVisible(), name);
    QTRY_VERIFY2(button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void WindowFixture::type(const char *name, const QString &text)
{
    auto *field = child<QLineEdit>(name);
    QVERIFY2(field && field->isVisible(), name);
    field->clear();
    QTest::keyClicks(field, text);
}
