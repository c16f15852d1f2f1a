// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with one key, and keys from elsewhere.
#include "ui/keys/KeysPage.h"

#include "core/secrets/SecretStore.h"
#include "ui/common/Theme.h"
#include "ui/keys/KeyDialogs.h"
#include "ui/keys/KeyModel.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace ui::keys {

using core::SecretBytes;
using core::fleet::Instance;
using core::keys::KeyEntry;
using core::secrets::SecretKind;

void KeysPage::askImport()
{
    auto *dialog = new QFileDialog(this, tr("Import a private key"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("importDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("All files (*)"), tr("PuTTY keys (*.ppk)"), tr("PEM (*.pem *.key)")});
    connect(dialog, &QFileDialog::fileSelected, this, &KeysPage::inspectImport);
    dialog->open();
}

void KeysPage::inspectImport(const QString &source)
{
    core::keys::KeysOperation *list = m_worker.list({}, {source}, this);
    follow(list, source, [this, source](core::keys::KeysOperation *found) {
        if (found->value().empty()) {
            showError({core::ErrorCode::KeyUnusable, core::Step::Key, source}, source);
            return;
        }
        if (!found->value().front().encrypted) {
            import(source, {});
            return;
        }
        auto *dialog = new PassphraseDialog(
            tr("Import a private key"),
            tr("%1 is protected by a passphrase.").arg(QFileInfo(source).fileName()),
            PassphraseDialog::Present, tr("Import"), this);
        connect(dialog, &QDialog::accepted, this,
                [this, dialog, source] { import(source, dialog->takePresent()); });
        dialog->open();
    });
}

/// The copy keeps the passphrase.
void KeysPage::import(const QString &source, const SecretBytes &passphrase)
{
    core::keys::KeyImport wanted;
    wanted.source = source;
    wanted.passphrase = passphrase;
    wanted.newPassphrase = passphrase;
    wanted.path = core::keys::freeKeyPath(core::keys::defaultKeyFolder(),
                                          QFileInfo(source).completeBaseName());
    follow(m_worker.importKey(wanted, this), source, [this](core::keys::KeyOperation *imported) {
        const KeyEntry &entry = imported->value();
        tell(Banner::Kind::Good, tr("Imported as %1").arg(QDir::toNativeSeparators(entry.path)));
        refresh(entry.path);
    });
}

void KeysPage::copyPublic()
{
    const KeyEntry *key = current();
    if (!key || !key->publicKey)
        return;
    QGuiApplication::clipboard()->setText(QString::fromUtf8(key->publicKey->line()));
    tell(Banner::Kind::Good, tr("The public key is on the clipboard"),
         tr("Paste it where your provider's console asks for an SSH public key (on AutoDL: "
            "设置SSH免密登录, once for all your instances). A running instance takes it after one "
            "restart."));
}

void KeysPage::fillInstallMenu()
{
    m_installMenu->clear();
    for (const Instance *instance : m_fleet.instances()) {
        if (instance->state() != Instance::State::Connected)
            continue;
        QAction *action = m_installMenu->addAction(instance->profile().name);
        connect(action, &QAction::triggered, this, [this, id = instance->id()] { installOn(id); });
    }
    if (m_installMenu->isEmpty())
        m_installMenu->addAction(tr("Connect an instance first"))->setEnabled(false);
}

void KeysPage::installOn(const QString &instanceId)
{
    const KeyEntry *key = current();
    Instance *instance = m_fleet.byId(instanceId);
    if (!key || !instance)
        return;
    if (!key->encrypted) {
        Q_EMIT installRequested(instance, key->path, {});
        return;
    }
    auto *dialog = new PassphraseDialog(
        tr("Install a key"),
        tr("%1 is protected by a passphrase. It is kept in the keychain, so that Danlu can sign in "
           "by itself.")
            .arg(QFileInfo(key->path).fileName()),
        PassphraseDialog::Present, tr("Install"), this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, instanceId, path = key->path] {
        if (Instance *target = m_fleet.byId(instanceId))
            Q_EMIT installRequested(target, path, dialog->takePresent());
    });
    dialog->open();
}

void KeysPage::askPassphrase()
{
    const KeyEntry *key = current();
    if (!key)
        return;
    const QString path = key->path;
    auto *dialog = new PassphraseDialog(
        tr("Passphrase of a key"),
        key->encrypted ? tr("Without a new one, %1 works by itself from now on.")
                             .arg(QFileInfo(path).fileName())
                       : tr("%1 has no passphrase yet.").arg(QFileInfo(path).fileName()),
        PassphraseDialog::New | (key->encrypted ? PassphraseDialog::Present : 0), tr("Change"),
        this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, path] {
        const SecretBytes present = dialog->takePresent();
        follow(m_worker.changePassphrase(path, present, dialog->takeNew(), this), path,
               [this, path](core::keys::KeyOperation *changed) {
                   // The old one in the keychain opens nothing any more.
                   forgetPassphrase(path);
                   tell(Banner::Kind::Good, changed->value().encrypted
                                                ? tr("The key has the new passphrase")
                                                : tr("The key has no passphrase any more"));
                   refresh(path);
               });
    });
    dialog->open();
}

void KeysPage::forgetPassphrase(const QString &path)
{
    core::Operation *forget = m_services.secrets.remove({SecretKind::KeyPassphrase, path}, this);
    connect(forget, &core::Operation::finished, forget, &QObject::deleteLater);
}

void KeysPage::exportPublic()
{
    const KeyEntry *key = current();
    if (!key || !key->publicKey)
        return;
    auto *dialog = new QFileDialog(this, tr("Export the public key"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(key->path).fileName() + QStringLiteral(".pub"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, publicKey = *key->publicKey](const QString &path) {
                follow(m_worker.exportPublicKey(publicKey, path, this), path,
                       [](core::keys::KeyChangeOperation *) {});
            });
    dialog->open();
}

void KeysPage::restrict()
{
    const KeyEntry *key = current();
    if (!key)
        return;
    const QString path = key->path;
    follow(m_worker.restrict(path, this), path,
           [this, path](core::keys::KeyChangeOperation *) { refresh(path); });
}

void KeysPage::askDelete()
{
    const KeyEntry *key = current();
    if (!key)
        return;
    const QString path = key->path;
    const QString name = QFileInfo(path).fileName();
    const QStringList users = m_model->usersOf(path);
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("Delete %1?").arg(name),
                        tr("Delete the key %1 for ever?").arg(name), QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("deleteKeyBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QString who =
        users.isEmpty()
            ? tr("No instance of this list signs in with it.")
            : tr("These can't be signed in to with it any more: %1. You will need their password.")
                  .arg(QLocale().createSeparatedList(users));
    box->setInformativeText(who + QStringLiteral("\n\n") +
                            tr("The files %1 and %1.pub are removed. Nobody can bring them back.")
                                .arg(QDir::toNativeSeparators(path)));
    QPushButton *remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    remove->setObjectName(QStringLiteral("deleteKeyConfirm"));
    setButtonKind(remove, ButtonKind::Destructive);
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(remove, &QPushButton::clicked, this, [this, path] {
        follow(m_worker.remove(path, this), path, [this, path](core::keys::KeyChangeOperation *) {
            forgetPassphrase(path);
            m_banner->hide();
            refresh();
        });
    });
    box->open();
}

} // namespace ui::keys
