// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with one key, and keys from elsewhere.
#include "ui/keys/LocalKeys.h"

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

void LocalKeys::askImport()
{
    auto *dialog = new QFileDialog(this, tr("Import a private key"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("importDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("All files (*)"), tr("PuTTY keys (*.ppk)"), tr("PEM (*.pem *.key)")});
    connect(dialog, &QFileDialog::fileSelected, this, &LocalKeys::inspectImport);
    dialog->open();
}

void LocalKeys::inspectImport(const QString &source)
{
    core::keys::KeysOperation *list = m_worker.list({}, {source}, this);
    follow(list, keyContext(source), [this, source](core::keys::KeysOperation *found) {
        if (found->value().empty()) {
            explainImport(source);
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

/// What is no private key may be the public half of one.
void LocalKeys::explainImport(const QString &source)
{
    follow(
        m_worker.publicKeyFile(source, this),
        [this, source](core::keys::PublicKeyOperation *) { explainPublicHalf(source); },
        [this, source](const core::Error &error) {
            const bool unreadable = error.code == core::ErrorCode::PermissionDenied ||
                                    error.code == core::ErrorCode::LocalIo;
            showError(unreadable
                          ? error
                          : core::Error{core::ErrorCode::KeyUnusable, core::Step::Key, source},
                      keyContext(source));
        });
}

void LocalKeys::explainPublicHalf(const QString &source)
{
    QString half = source;
    if (half.endsWith(QStringLiteral(".pub")))
        half.chop(4);
    follow(m_worker.list({}, half == source ? QStringList() : QStringList{half}, this),
           keyContext(source), [this, source, half](core::keys::KeysOperation *found) {
               const bool isBeside = !found->value().empty();
               const QString name = QFileInfo(half).fileName();
               tell(Banner::Kind::Warning,
                    tr("%1 is only the public half of a key").arg(QFileInfo(source).fileName()),
                    tr("It may be given to anybody and put on instances, but it can't sign in: "
                       "that needs the private half, which is the file without .pub.") +
                        u' ' +
                        (isBeside ? tr("That file is beside it: %1.").arg(name)
                                  : tr("Look for it on the computer where the key was made, or "
                                       "make a new key here.")));
               QPushButton *next = banner()->addAction(isBeside ? tr("Import %1").arg(name)
                                                                : tr("Choose another file…"));
               next->setObjectName(QStringLiteral("importNext"));
               connect(next, &QPushButton::clicked, this, [this, isBeside, half] {
                   banner()->hide();
                   if (isBeside)
                       inspectImport(half);
                   else
                       askImport();
               });
           });
}

/// The copy keeps the passphrase.
void LocalKeys::import(const QString &source, const SecretBytes &passphrase)
{
    core::keys::KeyImport wanted;
    wanted.source = source;
    wanted.passphrase = passphrase;
    wanted.newPassphrase = passphrase;
    follow(m_worker.importKey(wanted, this), keyContext(source),
           [this](core::keys::KeyOperation *imported) {
               const KeyEntry &entry = imported->value();
               tell(Banner::Kind::Good,
                    tr("Imported as %1").arg(QDir::toNativeSeparators(entry.path)));
               refreshAndSelect(entry.path);
           });
}

void LocalKeys::copyPublic()
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

void LocalKeys::fillInstallMenu()
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

void LocalKeys::installOn(const QString &instanceId)
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

void LocalKeys::askPassphrase()
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
        const SecretBytes wanted = dialog->takeNew();
        follow(m_worker.changePassphrase(path, present, wanted, this), keyContext(path),
               [this, path, wanted](core::keys::KeyOperation *changed) {
                   replacePassphrase(path, wanted);
                   tell(Banner::Kind::Good, changed->value().encrypted
                                                ? tr("The key has the new passphrase")
                                                : tr("The key has no passphrase any more"));
                   refreshAndSelect(path);
               });
    });
    dialog->open();
}

/// Where the old one was remembered, the new one is.
void LocalKeys::replacePassphrase(const QString &path, const SecretBytes &passphrase)
{
    const core::secrets::SecretId id{SecretKind::KeyPassphrase, path};
    core::secrets::ReadSecret *read = m_services.secrets.read(id, this);
    connect(read, &core::Operation::finished, this, [this, read, id, passphrase] {
        read->deleteLater();
        if (!read->secret())
            return;
        core::Operation *change = passphrase.isEmpty()
                                      ? m_services.secrets.remove(id, this)
                                      : m_services.secrets.write(id, passphrase, this);
        connect(change, &core::Operation::finished, this, [this, change, path = id.owner] {
            change->deleteLater();
            if (change->error())
                showError(*change->error(), keyContext(path));
        });
    });
}

void LocalKeys::forgetPassphrase(const QString &path)
{
    core::Operation *forget = m_services.secrets.remove({SecretKind::KeyPassphrase, path}, this);
    connect(forget, &core::Operation::finished, forget, &QObject::deleteLater);
}

void LocalKeys::exportPublic()
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
                follow(m_worker.exportPublicKey(publicKey, path, this), keyContext(path),
                       [](core::keys::KeyChangeOperation *) {});
            });
    dialog->open();
}

void LocalKeys::restrict()
{
    const KeyEntry *key = current();
    if (!key)
        return;
    const QString path = key->path;
    follow(m_worker.restrict(path, this), keyContext(path),
           [this, path](core::keys::KeyChangeOperation *) { refreshAndSelect(path); });
}

void LocalKeys::askDelete()
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
        follow(m_worker.remove(path, this), keyContext(path),
               [this, path](core::keys::KeyChangeOperation *) {
                   forgetPassphrase(path);
                   banner()->hide();
                   refresh();
               });
    });
    box->open();
}

} // namespace ui::keys
