// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that adds, changes and removes instances.
#include "ui/shell/MainWindow.h"

#include "core/profiles/ProfileStore.h"
#include "core/profiles/Providers.h"
#include "core/profiles/SshConfig.h"
#include "core/secrets/SecretStore.h"
#include "core/ssh/KnownHosts.h"
#include "ui/common/Describe.h"
#include "ui/common/Theme.h"
#include "ui/instances/InstanceList.h"
#include "ui/instances/ProfileDialog.h"

#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

namespace ui::shell {

using core::fleet::Instance;
using core::profiles::Profile;
using core::secrets::SecretId;
using core::secrets::SecretKind;

void MainWindow::takeLogin(const core::probe::LoginCommand &login)
{
    Profile profile = core::profiles::profileFromLogin(login);
    auto &store = m_services.core.profiles;
    // The same address again: the command was pasted anew, e.g. with a new password.
    QString id;
    for (const Profile &known : store.profiles()) {
        if (known.host == profile.host && known.port == profile.port && known.user == profile.user)
            id = known.id;
    }
    if (id.isEmpty()) {
        profile.name = store.freeName(profile.name);
        const auto added = store.add(profile);
        if (!added) {
            report(added.error());
            return;
        }
        id = added->id;
    }
    Instance *instance = m_services.fleet.byId(id);
    if (!instance)
        return;
    if (instance->state() != Instance::State::Connected)
        instance->disconnectNow();
    if (login.password)
        instance->offerSecret(*login.password, true);
    connectTo(id);
}

void MainWindow::openDialog(const Profile &profile)
{
    auto *dialog = new instances::ProfileDialog(profile, this);
    connect(dialog, &instances::ProfileDialog::saved, this,
            [this, dialog](const Profile &entered, const core::SecretBytes &password) {
                saveProfile(entered, password, dialog);
            });
    connect(dialog, &instances::ProfileDialog::importKnownHostsRequested, this,
            [this, dialog](const Profile &entered) {
                importKnownHosts(entered);
                dialog->close();
            });
    dialog->open();
}

void MainWindow::saveProfile(const Profile &entered, const core::SecretBytes &password,
                             instances::ProfileDialog *dialog)
{
    auto &store = m_services.core.profiles;
    Profile profile = entered;
    const bool isNew = profile.id.isEmpty();
    core::Result<> done;
    if (isNew) {
        if (const auto *provider = core::profiles::providerOf(profile.host))
            profile.provider = QString::fromLatin1(provider->id);
        const auto added = store.add(profile);
        if (added)
            profile = *added;
        else
            done = tl::make_unexpected(added.error());
    } else {
        // Keys and host name may have come since the dialog was opened.
        if (const Profile *saved = store.byId(profile.id)) {
            profile.trustedKeys = saved->trustedKeys;
            profile.containerHostname = saved->containerHostname;
        }
        done = store.update(profile);
    }
    if (!done) {
        dialog->showProblem(done.error().code == core::ErrorCode::Usage
                                ? tr("Another instance has this name already. Choose another one.")
                                : describe(done.error()).title);
        return;
    }
    dialog->close();
    if (!password.isEmpty()) {
        core::Operation *write =
            m_services.core.secrets.write({SecretKind::Password, profile.id}, password, this);
        connect(write, &core::Operation::finished, this, [this, write] {
            if (write->error())
                report(*write->error());
            write->deleteLater();
        });
    }
    if (isNew)
        connectTo(profile.id);
}

void MainWindow::importKnownHosts(const Profile &entered)
{
    const Profile *saved = m_services.core.profiles.byId(entered.id);
    if (!saved)
        return;
    const auto keys = core::ssh::readKnownHosts(QString(), saved->host, saved->port);
    if (!keys) {
        report(keys.error());
        return;
    }
    Profile changed = *saved;
    for (const core::ssh::HostKey &key : *keys) {
        const core::profiles::TrustedKey trusted{key.type, key.blob};
        if (std::find(changed.trustedKeys.begin(), changed.trustedKeys.end(), trusted) ==
            changed.trustedKeys.end())
            changed.trustedKeys.push_back(trusted);
    }
    const int added = int(changed.trustedKeys.size() - saved->trustedKeys.size());
    if (added > 0) {
        if (const auto done = m_services.core.profiles.update(changed); !done) {
            report(done.error());
            return;
        }
    }
    tell(added > 0
             ? tr("%n host key(s) from ~/.ssh/known_hosts are trusted for %1 now.", nullptr, added)
                   .arg(saved->name)
             : tr("~/.ssh/known_hosts has no further key for %1.").arg(saved->name),
         {});
}

void MainWindow::importSshConfig()
{
    const auto imported = core::profiles::importSshConfig({});
    if (!imported) {
        tell(imported.error().code == core::ErrorCode::NotFound
                 ? tr("There is no ~/.ssh/config on this computer.")
                 : describe(imported.error()).title,
             {});
        return;
    }
    int added = 0;
    QStringList skipped = imported->skipped;
    for (const Profile &profile : imported->profiles) {
        if (m_services.core.profiles.byName(profile.name))
            skipped.append(tr("%1: there is an instance with this name").arg(profile.name));
        else if (m_services.core.profiles.add(profile))
            ++added;
    }
    tell(tr("%n instance(s) imported from ~/.ssh/config.", nullptr, added),
         skipped.isEmpty() ? QString()
                           : tr("Left out: %1").arg(skipped.join(QStringLiteral("; "))));
    if (added > 0 && !m_services.fleet.instances().empty() && !m_list->current())
        m_list->select(m_services.fleet.instances().front());
}

void MainWindow::askRemove(Instance *instance)
{
    const QString id = instance->id();
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Remove %1?").arg(instance->profile().name),
                                tr("Remove %1 from Danlu?").arg(instance->profile().name),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("removeBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    const int copies = m_services.queue.unfinished(id);
    const QString ends = copies > 0
                             ? tr("%n copies of it end.", nullptr, copies) + QStringLiteral("\n\n")
                             : QString();
    box->setInformativeText(
        ends +
        tr("Its address, its trusted host keys and its saved password are forgotten. The instance "
           "itself and everything on it stay as they are, and it goes on costing money while it "
           "runs."));
    QPushButton *remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    remove->setObjectName(QStringLiteral("removeConfirm"));
    setButtonKind(remove, ButtonKind::Destructive);
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(remove, &QPushButton::clicked, this, [this, id] {
        if (const auto done = m_services.core.profiles.remove(id); !done) {
            report(done.error());
            return;
        }
        core::Operation *forget = m_services.core.secrets.remove({SecretKind::Password, id}, this);
        connect(forget, &core::Operation::finished, forget, &QObject::deleteLater);
    });
    box->open();
}

} // namespace ui::shell
