// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that adds, changes and removes instances.
#include "ui/shell/MainWindow.h"

#include "core/catalog/AutodlApi.h"
#include "core/probe/LoginCommand.h"
#include "core/profiles/ProfileStore.h"
#include "core/profiles/Providers.h"
#include "core/profiles/Sharing.h"
#include "core/profiles/SshConfig.h"
#include "core/secrets/SecretStore.h"
#include "core/ssh/KnownHosts.h"
#include "ui/common/Banner.h"
#include "ui/common/Describe.h"
#include "ui/common/SecretClipboard.h"
#include "ui/common/Theme.h"
#include "ui/instances/InstanceList.h"
#include "ui/instances/ProfileDialog.h"
#include "ui/instances/ShareDialog.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSaveFile>

namespace ui::shell {

using core::fleet::Instance;
using core::profiles::Profile;
using core::secrets::SecretId;
using core::secrets::SecretKind;

namespace {

core::Result<std::monostate> writeFile(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return std::monostate();
    const bool denied =
        file.error() == QFileDevice::PermissionsError || file.error() == QFileDevice::OpenError;
    return core::fail(denied ? core::ErrorCode::PermissionDenied : core::ErrorCode::LocalIo,
                      core::Step::Local, path + QStringLiteral(": ") + file.errorString());
}

} // namespace

/// What the list's menu, keys and drags ask for.
void MainWindow::followList()
{
    connect(m_list, &instances::InstanceList::editRequested, this,
            [this](Instance *instance) { openDialog(instance->profile()); });
    connect(m_list, &instances::InstanceList::removeRequested, this, &MainWindow::askRemove);
    connect(m_list, &instances::InstanceList::renameRequested, this,
            [this](const QString &id, const QString &name) {
                const core::profiles::Profile *saved = m_services.core.profiles.byId(id);
                if (!saved)
                    return;
                core::profiles::Profile changed = *saved;
                changed.name = name;
                if (const auto done = m_services.core.profiles.update(changed); !done)
                    report(done.error());
            });
    connect(m_list, &instances::InstanceList::moveRequested, this,
            [this](const QString &id, int to) {
                if (const auto done = m_services.core.profiles.move(id, to); !done)
                    report(done.error());
            });
    connect(m_list, &instances::InstanceList::copyPasswordRequested, this,
            &MainWindow::copyPassword);
    connect(m_list, &instances::InstanceList::shareRequested, this,
            [this](Instance *instance) { copyForSharing({instance->id()}); });
    connect(m_list, &instances::InstanceList::exportRequested, this, &MainWindow::openExport);
}

/// \returns the instance that \a profile is, one with the same address or a new one; null after an
/// error, which is told.
Instance *MainWindow::instanceFor(Profile profile)
{
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
            return nullptr;
        }
        id = added->id;
    }
    Instance *instance = m_services.fleet.byId(id);
    if (instance && instance->state() != Instance::State::Connected)
        instance->disconnectNow();
    return instance;
}

void MainWindow::takeLogin(const core::probe::LoginCommand &login)
{
    Instance *instance = instanceFor(core::profiles::profileFromLogin(login));
    if (!instance)
        return;
    if (login.password)
        instance->offerSecret(*login.password, true);
    connectTo(instance->id());
}

void MainWindow::takeAutodlInstance(const core::catalog::AutodlInstance &from,
                                    const core::catalog::AutodlLogin &login)
{
    core::probe::LoginCommand command;
    if (const auto said = core::probe::parseLoginCommand(login.sshCommand))
        command.user = said->user;
    command.host = login.host;
    command.port = login.port;
    Profile profile = core::profiles::profileFromLogin(command);
    profile.provider = QStringLiteral("autodl");
    profile.name = from.name.isEmpty() ? from.uuid : from.name;
    const std::optional<core::HourlyRate> price =
        login.price ? login.price->rate() : std::optional<core::HourlyRate>();
    if (price)
        profile.price =
            core::profiles::Price{price->tenThousandths, core::currencyCode(price->currency)};
    const Instance *instance = instanceFor(std::move(profile));
    if (!instance)
        return;
    const QString id = instance->id();
    const bool isRunning = from.status == u"running";
    const auto go = [this, id, isRunning] {
        if (isRunning)
            connectTo(id);
        else if (const Instance *added = m_services.fleet.byId(id))
            tellGood(tr("%1 is among your instances now").arg(added->profile().name),
                     tr("Start it in AutoDL's console, then connect."));
    };
    if (login.rootPassword.isEmpty()) {
        go();
        return;
    }
    // Kept at once: an instance that is off can't show that the password is right.
    core::Operation *write =
        m_services.core.secrets.write({SecretKind::Password, id}, login.rootPassword, this);
    connect(write, &core::Operation::finished, this, [this, write, go] {
        write->deleteLater();
        go();
        if (write->error())
            report(*write->error());
    });
}

instances::ProfileDialog *MainWindow::openDialog(const Profile &profile)
{
    auto *dialog = new instances::ProfileDialog(profile, this);
    dialog->setPriceSource([this](const Profile &entered) { return proposePrices(entered); });
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
    return dialog;
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
    for (const core::ssh::HostKey &key : keys->trusted) {
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

std::vector<Profile> MainWindow::profilesOf(const QStringList &ids) const
{
    std::vector<Profile> chosen;
    for (const QString &id : ids) {
        if (const Profile *profile = m_services.core.profiles.byId(id))
            chosen.push_back(*profile);
    }
    return chosen;
}

void MainWindow::copyPassword(Instance *instance)
{
    const QString name = instance->profile().name;
    core::secrets::ReadSecret *read =
        m_services.core.secrets.read({SecretKind::Password, instance->id()}, this);
    connect(read, &core::Operation::finished, this, [this, read, name] {
        read->deleteLater();
        if (!read->isOk()) {
            report(*read->error());
        } else if (!read->secret()) {
            tell(tr("No password of %1 is kept").arg(name),
                 tr("It is in your provider's console, beside the login command."));
        } else {
            m_secretClipboard->copy(*read->secret());
            tellGood(tr("The password of %1 is on the clipboard").arg(name),
                     tr("For half a minute, unless you copy something else."));
        }
    });
}

void MainWindow::copyForSharing(const QStringList &ids)
{
    const std::vector<Profile> chosen = profilesOf(ids);
    if (chosen.empty())
        return;
    QGuiApplication::clipboard()->setText(core::profiles::shareText(chosen));
    tellGood(tr("%n instance(s) copied for sharing", nullptr, int(chosen.size())),
             tr("Name and login command, without password and keys. Paste it into a chat."));
}

/// Null = all are ticked.
void MainWindow::openExport(const Instance *instance)
{
    const std::vector<Profile> &all = m_services.core.profiles.profiles();
    if (all.empty())
        return;
    QStringList ticked;
    for (const Profile &profile : all) {
        if (!instance || profile.id == instance->id())
            ticked += profile.id;
    }
    auto *dialog = new instances::ShareDialog(all, ticked, this);
    connect(dialog, &instances::ShareDialog::copyRequested, this, &MainWindow::copyForSharing);
    connect(dialog, &instances::ShareDialog::saveRequested, this, &MainWindow::saveForSharing);
    dialog->open();
}

void MainWindow::saveForSharing(const QStringList &ids, const QString &path)
{
    const std::vector<Profile> chosen = profilesOf(ids);
    auto *save = m_disk.start<std::monostate>(
        this, [path, text = core::profiles::shareJson(chosen)](const core::keys::CancelFlag &) {
            return writeFile(path, text);
        });
    connect(save, &core::Operation::finished, this, [this, save, path, count = int(chosen.size())] {
        save->deleteLater();
        if (save->error())
            report(*save->error());
        else
            tellGood(tr("%n instance(s) exported, without passwords and keys", nullptr, count),
                     QDir::toNativeSeparators(path));
    });
}

void MainWindow::tell(const QString &text, const QString &details)
{
    m_isTransferNotice = false;
    m_notice->clearActions();
    m_notice->setTechnical({});
    m_notice->setMessage(Banner::Kind::Warning, text, details);
    m_notice->show();
}

void MainWindow::report(const core::Error &error)
{
    m_isTransferNotice = false;
    m_notice->setError(describe(error));
    m_notice->show();
}

void MainWindow::tellGood(const QString &text, const QString &details)
{
    tell(text, details);
    m_notice->setMessage(Banner::Kind::Good, text, details);
}

} // namespace ui::shell
