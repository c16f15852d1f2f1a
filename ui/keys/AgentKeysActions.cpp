// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with a key in the agent, and adding one.
#include "ui/common/Theme.h"
#include "ui/keys/AgentDialog.h"
#include "ui/keys/AgentKeys.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace ui::keys {

using core::fleet::Instance;
using core::keys::PublicKey;

void AgentKeys::copyKey()
{
    const std::optional<PublicKey> key = current();
    if (!key)
        return;
    QGuiApplication::clipboard()->setText(QString::fromUtf8(key->line()));
    tell(Banner::Kind::Good, tr("The public key is on the clipboard"));
}

void AgentKeys::fillSignInMenu()
{
    m_signInMenu->clear();
    for (const Instance *instance : m_fleet.instances()) {
        if (instance->state() != Instance::State::Connected)
            continue;
        QAction *action = m_signInMenu->addAction(instance->profile().name);
        connect(action, &QAction::triggered, this, [this, id = instance->id()] {
            Instance *target = m_fleet.byId(id);
            const std::optional<PublicKey> key = current();
            if (target && key)
                Q_EMIT agentRequested(target, *key);
        });
    }
    if (m_signInMenu->isEmpty())
        m_signInMenu->addAction(tr("Connect an instance first"))->setEnabled(false);
}

void AgentKeys::askAdd()
{
    auto *dialog = new AgentDialog(m_own, m_worker, this);
    connect(dialog, &AgentDialog::addRequested, this, [this, dialog] { unlock(dialog); });
    dialog->open();
}

/// The operations are the dialog's: closing it ends them.
void AgentKeys::unlock(AgentDialog *dialog)
{
    dialog->setWorking(true);
    const QString path = dialog->path();
    core::keys::PrivateKeyOperation *unlocked =
        m_worker.unlock(path, dialog->takePassphrase(), dialog);
    connect(unlocked, &core::Operation::finished, dialog, [this, dialog, unlocked, path] {
        unlocked->deleteLater();
        if (unlocked->isOk()) {
            add(dialog, unlocked->value());
            return;
        }
        dialog->setWorking(false);
        dialog->showProblem(unlocked->error()->code == core::ErrorCode::KeyPassphraseNeeded
                                ? tr("This passphrase does not open the key.")
                                : describe(*unlocked->error(), keyContext(path)).title);
    });
}

void AgentKeys::add(AgentDialog *dialog, const core::keys::PrivateKey &key)
{
    const core::keys::AgentConstraints constraints = dialog->constraints();
    core::keys::AgentOperation *added = m_agent.add(key, constraints, dialog);
    connect(added, &core::Operation::finished, dialog,
            [this, dialog, added, limited = constraints.lifetime.has_value()] {
                dialog->setWorking(false);
                if (added->isOk()) {
                    const QString name = QFileInfo(dialog->path()).fileName();
                    dialog->accept();
                    tell(Banner::Kind::Good, tr("The agent holds %1 now").arg(name));
                    refresh();
                    return;
                }
                const bool refused = added->error()->code == core::ErrorCode::RemoteFailed;
                dialog->showProblem(
                    refused && limited
                        ? tr("The agent refused. Some, such as that of Windows, can't forget a key "
                             "by themselves: try it without a time.")
                        : describe(*added->error(), keyContext(dialog->path())).title);
            });
}

QStringList AgentKeys::users() const
{
    QStringList names;
    for (const Instance *instance : m_fleet.instances()) {
        if (instance->profile().auth == core::profiles::AuthKind::Agent)
            names.append(instance->profile().name);
    }
    return names;
}

void AgentKeys::askRemove()
{
    const std::optional<PublicKey> key = current();
    if (!key)
        return;
    const QString ours = pathOf(*key, m_own);
    const QStringList names = users();
    // A key file that is there can be added again at any time.
    if (!ours.isEmpty() && names.isEmpty()) {
        remove(*key);
        return;
    }
    const QString name = !ours.isEmpty()          ? QFileInfo(ours).fileName()
                         : key->comment.isEmpty() ? key->fingerprint()
                                                  : QString::fromUtf8(key->comment);
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Take %1 out?").arg(name),
                                tr("Take the key %1 out of the agent?").arg(name),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("removeAgentKeyBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QStringList words;
    if (!names.isEmpty())
        words += tr("These are signed in to through the agent, perhaps with this key: %1.")
                     .arg(QLocale().createSeparatedList(names));
    if (ours.isEmpty())
        words += tr("No file in ~/.ssh has this key. To add it again you need the program or the "
                    "file that it came from.");
    else
        words += tr("Its file stays and can be added again.");
    box->setInformativeText(words.join(QStringLiteral("\n\n")));
    QPushButton *take = box->addButton(tr("Take out"), QMessageBox::DestructiveRole);
    take->setObjectName(QStringLiteral("removeAgentKeyConfirm"));
    setButtonKind(take, ButtonKind::Destructive);
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(take, &QPushButton::clicked, this, [this, key = *key] { remove(key); });
    box->open();
}

void AgentKeys::remove(const PublicKey &key)
{
    follow(
        m_agent.remove(key, this),
        [this](core::keys::AgentOperation *) {
            tell(Banner::Kind::Good, tr("The agent does not hold the key any more"));
            refresh();
        },
        [this](const core::Error &error) { showFailure(error); });
}

} // namespace ui::keys
