// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "core/base/Clock.h"
#include "core/keys/KeyFolder.h"
#include "ui/common/OptionalRow.h"
#include "ui/common/Theme.h"
#include "ui/instances/InstanceList.h"
#include "ui/keys/KeyOffer.h"
#include "ui/keys/KeysPage.h"
#include "ui/settings/Settings.h"

#include <QBoxLayout>
#include <QStackedWidget>

namespace ui::shell {

using core::fleet::Instance;

QLayout *MainWindow::buildKeyOffer()
{
    m_keyOffer = new keys::KeyOffer(m_services.core, m_keyWorker);
    connect(m_keyOffer, &keys::KeyOffer::keysChanged, this, [this] {
        if (m_keys && m_keys->isVisible())
            m_keys->refresh();
    });
    return new OptionalRow(m_keyOffer, {space::l, space::m, space::l, 0});
}

void MainWindow::showKeys()
{
    if (!m_keys) {
        m_keys = new keys::KeysPage(m_services.fleet, m_services.core, m_keyWorker);
        m_keys->setUses(m_services.settings.keyUses());
        m_pages->addWidget(m_keys);
        // How far it is shows on the instance's page.
        connect(
            m_keys, &keys::KeysPage::installRequested, this,
            [this](Instance *instance, const QString &path, const core::SecretBytes &passphrase) {
                m_list->select(instance);
                showInstance(instance);
                m_keyOffer->install(instance, path, passphrase);
            });
        connect(m_keys, &keys::KeysPage::agentRequested, this,
                [this](Instance *instance, const core::keys::PublicKey &key) {
                    m_list->select(instance);
                    showInstance(instance);
                    m_keyOffer->installFromAgent(instance, key);
                });
        connect(m_keys, &keys::KeysPage::connectRequested, this, &MainWindow::connectFor);
    }
    m_keys->setInstance(m_list->current());
    showPlace(m_keys, m_keysButton);
}

/// Notes when a key file signed in.
void MainWindow::followKeyUse()
{
    // A context of its own: showInstance() takes off what is connected to the window.
    auto *watch = new QObject(this);
    const auto follow = [this, watch](Instance *instance) {
        // After a question (a password, a one-time code) nobody knows what the key was good for.
        auto asked = std::make_shared<bool>(false);
        connect(instance, &Instance::promptAsked, watch, [asked] { *asked = true; });
        connect(instance, &Instance::stateChanged, watch, [this, instance, asked] {
            const core::profiles::Profile &profile = instance->profile();
            if (instance->state() == Instance::State::Resolving)
                *asked = false;
            else if (instance->state() == Instance::State::Connected && !*asked &&
                     profile.auth == core::profiles::AuthKind::Key &&
                     !profile.identityFile.isEmpty())
                noteKeyUse(core::keys::expandKeyPath(profile.identityFile));
        });
    };
    for (Instance *instance : m_services.fleet.instances())
        follow(instance);
    connect(&m_services.fleet, &core::fleet::Fleet::added, watch, follow);
    connect(m_keyOffer, &keys::KeyOffer::keyUsed, this, &MainWindow::noteKeyUse);
    connect(&m_services.settings, &settings::Settings::keyUsesChanged, this, [this] {
        if (m_keys)
            m_keys->setUses(m_services.settings.keyUses());
    });
}

void MainWindow::noteKeyUse(const QString &path)
{
    const auto now = m_services.core.clock.now().time_since_epoch();
    m_services.settings.noteKeyUse(
        path, QDateTime::fromSecsSinceEpoch(
                  std::chrono::duration_cast<std::chrono::seconds>(now).count(), Qt::UTC));
}

void MainWindow::followSshConfig()
{
    using Keeper = core::fleet::SshConfigKeeper;
    connect(&m_sshConfig, &Keeper::changed, this, [this] {
        if (!m_sshConfig.isBusy())
            m_services.settings.setManagesSshConfig(m_sshConfig.isOn());
    });
    connect(this, &MainWindow::firstFrame, &m_sshConfig,
            [this] { m_sshConfig.start(m_services.settings.managesSshConfig()); });
}

} // namespace ui::shell
