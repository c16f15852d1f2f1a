// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with a key on an instance.
#include "ui/common/TableView.h"
#include "ui/common/Theme.h"
#include "ui/keys/InstanceKeys.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

namespace ui::keys {

using core::fleet::Instance;
using core::fleet::RemoteKeys;
using core::keys::AuthorizedKey;

namespace {

/// What people call it.
QString nameOf(const PublicKeyRow &row)
{
    if (!row.ours.isEmpty())
        return QFileInfo(row.ours).fileName();
    return row.key.comment.isEmpty() ? row.key.fingerprint() : QString::fromUtf8(row.key.comment);
}

} // namespace

void InstanceKeys::copyKey()
{
    const AuthorizedKey *key = current();
    if (!key)
        return;
    QGuiApplication::clipboard()->setText(QString::fromUtf8(rowOf(*key).key.line()));
    tell(Banner::Kind::Good, tr("The public key is on the clipboard"));
}

PublicKeyRow InstanceKeys::rowOf(const AuthorizedKey &key) const
{
    PublicKeyRow row;
    row.key = {key.type, key.blob, key.comment};
    row.ours = pathOf(row.key, m_own);
    row.options = QString::fromUtf8(key.options);
    row.use = useOf(row.key, row.ours);
    return row;
}

QString InstanceKeys::whoLoses(const PublicKeyRow &row) const
{
    const auto &profile = m_instance->profile();
    if (row.ours.isEmpty())
        return tr("Its private half is not on this computer. Whoever has it can't sign in to %1 "
                  "any more: another computer of yours, a colleague, or your provider.")
            .arg(name());
    QStringList users;
    for (const Instance *instance : m_fleet.instances()) {
        const auto &other = instance->profile();
        if (other.host == profile.host && other.port == profile.port &&
            other.user == profile.user && other.auth == core::profiles::AuthKind::Key &&
            core::keys::expandKeyPath(other.identityFile) == row.ours)
            users.append(other.name);
    }
    switch (row.use) {
    case PublicKeyRow::Use::Signs:
        return tr("Without it Danlu can't sign in to %1 the next time; you will need the password "
                  "from your provider's console. The connection that is open stays.")
            .arg(QLocale().createSeparatedList(users));
    case PublicKeyRow::Use::MaySign:
        return tr("Danlu signs in to %1 with the agent or a key of ~/.ssh, and this is one of "
                  "them. When it was the one, you will need the password from your provider's "
                  "console. The connection that is open stays.")
            .arg(name());
    case PublicKeyRow::Use::None: break;
    }
    if (!users.isEmpty())
        return tr("These can't be signed in to with it any more: %1.")
            .arg(QLocale().createSeparatedList(users));
    return tr("It is a key of this computer, but no instance of this list signs in there with it. "
              "Programs that do, such as ssh in a terminal, can't any more.");
}

void InstanceKeys::askRemove()
{
    const AuthorizedKey *selected = current();
    if (!selected || !isConnected())
        return;
    const AuthorizedKey key = *selected;
    const PublicKeyRow row = rowOf(key);
    const bool signs = row.use != PublicKeyRow::Use::None;
    const QString question =
        row.use == PublicKeyRow::Use::Signs
            ? tr("Danlu signs in to %1 with the key %2. Remove it there all the same?")
        : signs ? tr("Danlu may sign in to %1 with the key %2. Remove it there all the same?")
                : tr("Remove the key %2 from %1?");
    auto *box = new QMessageBox(signs ? QMessageBox::Warning : QMessageBox::NoIcon,
                                tr("Remove a key from %1?").arg(name()),
                                question.arg(name(), nameOf(row)), QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("removeInstanceKeyBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(whoLoses(row) + QStringLiteral("\n\n") +
                            tr("Its line in %1 goes, nothing else. Key files on this computer "
                               "stay.")
                                .arg(m_place));
    QPushButton *remove = box->addButton(signs ? tr("Remove all the same") : tr("Remove"),
                                         QMessageBox::DestructiveRole);
    remove->setObjectName(QStringLiteral("removeInstanceKeyConfirm"));
    setButtonKind(remove, ButtonKind::Destructive);
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(remove, &QPushButton::clicked, this, [this, key, asked = m_instance] {
        if (asked && asked == m_instance)
            this->remove(key);
    });
    box->open();
}

void InstanceKeys::remove(const AuthorizedKey &key)
{
    if (!isConnected()) {
        showFailure({core::ErrorCode::Disconnected, core::Step::Install, {}});
        return;
    }
    change(RemoteKeys::remove(*m_instance->session(), key, this), [this, key] {
        tell(Banner::Kind::Good, tr("%1 does not accept the key any more").arg(name()));
        // The options of a line can't be brought back.
        if (!key.options.isEmpty())
            return;
        QPushButton *back = banner()->addAction(tr("Put it back"));
        back->setObjectName(QStringLiteral("putKeyBack"));
        connect(back, &QPushButton::clicked, this, [this, key] { putBack(key); });
    });
}

void InstanceKeys::putBack(const AuthorizedKey &key)
{
    if (!isConnected()) {
        showFailure({core::ErrorCode::Disconnected, core::Step::Install, {}});
        return;
    }
    change(RemoteKeys::install(*m_instance->session(), key, this),
           [this] { tell(Banner::Kind::Good, tr("%1 accepts the key again").arg(name())); });
}

/// Shows the keys as they are afterwards; \a then tells how it ended well.
void InstanceKeys::change(RemoteKeys *operation, const std::function<void()> &then)
{
    tell(Banner::Kind::Info, tr("Changing the keys on %1…").arg(name()));
    QPushButton *cancel = banner()->addAction(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, operation, &core::Operation::cancel);
    const QPointer<Instance> instance = m_instance;
    follow(
        operation,
        [this, instance, then](const RemoteKeys *ended) {
            if (m_instance != instance)
                return;
            take(*ended);
            then();
            update();
        },
        [this, instance](const core::Error &error) {
            if (m_instance != instance)
                return;
            showFailure(error);
            if (error.code == core::ErrorCode::Cancelled)
                read(); // whether it was done already
        });
}

} // namespace ui::keys
