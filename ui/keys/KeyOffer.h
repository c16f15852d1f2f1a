// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/KeyInstaller.h"
#include "core/keys/KeyWorker.h"
#include "ui/common/Banner.h"

#include <QPointer>
#include <QSet>

namespace ui::keys {

/// On the page of an instance that was signed in to with a password: one click makes a key where
/// there is none, installs it, tries it on a connection of its own and switches the profile. Shows
/// how far that is and how it ended. One instance at a time.
class KeyOffer final : public Banner
{
    Q_OBJECT

public:
    KeyOffer(core::fleet::Instance::Services services, core::keys::KeyWorker &worker,
             QWidget *parent = nullptr);
    ~KeyOffer() override;

    /// Whose page it stands on; null for none.
    void setInstance(core::fleet::Instance *instance);
    /// Whether it may offer a key by itself; what runs and how it ended shows all the same.
    void setOffers(bool offers);
    /// Installs the key file \a path on \a instance. \a path "" = the first of ~/.ssh that needs no
    /// passphrase, or a new one.
    void install(core::fleet::Instance *instance, const QString &path,
                 const core::SecretBytes &passphrase = {});
    /// Signs in to \a instance through the user's agent, which holds the private half of \a key.
    void installFromAgent(core::fleet::Instance *instance, const core::keys::PublicKey &key);

Q_SIGNALS:
    /// A key was made, or a profile was switched to one.
    void keysChanged();
    /// The key file \a path has just signed in.
    void keyUsed(const QString &path);

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class State { Idle, Looking, Making, Installing, Done, Failed };

    void aim(core::fleet::Instance *instance);
    void choose(const std::vector<core::keys::KeyEntry> &found);
    void begin(const core::keys::KeyEntry &key);
    void begin(const core::fleet::KeyInstallRequest &request);
    void again();
    void askPassphrase();
    void ended();
    void failed(const core::Error &error);
    void update();
    void showProgress();
    void showFailure();

    core::fleet::Instance::Services m_services;
    core::keys::KeyWorker &m_worker;
    QPointer<core::fleet::Instance> m_instance; ///< of the page
    QPointer<core::fleet::Instance> m_target;   ///< of what runs, or ran last
    QPointer<core::Operation> m_running;
    QPointer<core::fleet::KeyInstaller> m_installer;
    core::SecretBytes m_passphrase;
    QString m_keyPath;
    QString m_askedPath;
    std::optional<core::keys::PublicKey> m_agentKey; ///< when the agent is to sign in
    bool m_isEncrypted = false;                      ///< the key file
    bool m_mayBeLeft = false; ///< the key's line stands on the instance, or may
    QString m_obstacles;
    std::optional<core::Error> m_error;
    QSet<QString> m_declined; ///< instances whose offer was closed; until Danlu ends
    bool m_offers = true;
    State m_state = State::Idle;
};

} // namespace ui::keys
