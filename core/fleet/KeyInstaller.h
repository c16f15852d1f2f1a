// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/base/SecretBytes.h"
#include "core/fleet/Instance.h"
#include "core/fleet/RemoteKeys.h"

#include <QPointer>

#include <memory>

namespace core::fleet {

/// The connection a key is installed over.
struct KeyInstallTarget
{
    QPointer<ssh::Session> session; ///< ready
    ssh::SessionOptions options;    ///< for a further connection to the same place
    QString profileId;              ///< the profile to switch; "" = none, the key is installed only
    QPointer<Instance> instance;    ///< told of the switch; null on the command line

    /// Of a connected instance.
    [[nodiscard]] static KeyInstallTarget of(Instance &instance);
};

/// What KeyInstaller is to do.
struct KeyInstallRequest
{
    QString identityFile;     ///< the private key, as the profile is to have it ("~/" allowed)
    QByteArray publicKeyLine; ///< "" = what identityFile + ".pub" holds
    /// The private key is in the user's agent: identityFile does not count, publicKeyLine must be
    /// given, the profile is switched to AuthKind::Agent.
    bool throughAgent = false;
    SecretBytes passphrase; ///< of the key file; empty = none, or the one in the secret store
    bool rememberPassphrase = false; ///< put \a passphrase into the secret store once it worked
    /// Out of the secret store, once the key works. The provider's console still has the password.
    bool forgetPassword = true;
    /// After a refused login the line that was appended goes again; one that was there stays.
    bool removeIfRefused = true;
};

/// From password to key for an instance: the public key is appended, then a sign-in with
/// that key alone is tried on a connection of its own (same trusted host keys, same way, no
/// password), and only when it worked the profile is switched to the key and the stored password
/// removed. Until then nothing of the profile changes, whatever fails. The open connection stays.
/// Starts by itself, from the event loop. GUI thread. cancel() at any stage before Switching leaves
/// profile and instance as they were.
/// Failures: KeyPassphraseNeeded, KeyUnusable, NotFound and others of keys::readKeyFile(), before
/// anything was done; those of RemoteKeys; those of a connection; AuthRejected (Step::Auth) when
/// the server does not take the key: see obstacles(); LocalIo (Step::Profile); Disconnected when
/// the instance is not connected; Cancelled.
class KeyInstaller final : public Operation
{
    Q_OBJECT

public:
    enum class Stage { Appending, TryingKey, Switching, Done };
    Q_ENUM(Stage)

    KeyInstaller(KeyInstallTarget target, profiles::ProfileStore &profiles,
                 secrets::SecretStore &secrets, KeyInstallRequest request,
                 QObject *parent = nullptr);
    ~KeyInstaller() override;

    /// After a failure: where it stopped.
    [[nodiscard]] Stage stage() const;
    /// The key was there before.
    [[nodiscard]] bool wasInstalled() const;
    /// The line of this run was taken out again after the key was refused, or on cancel().
    [[nodiscard]] bool wasRemovedAgain() const;
    /// The file on the instance and, when it is a symbolic link, where it leads.
    [[nodiscard]] QByteArray path() const;
    [[nodiscard]] QByteArray linkTarget() const;
    /// What is known of why the key was refused.
    [[nodiscard]] const std::vector<KeyObstacle> &obstacles() const;
    /// Set when all went well but the password could not be removed from the secret store.
    [[nodiscard]] const std::optional<Error> &passwordLeft() const;

Q_SIGNALS:
    void stageChanged(core::fleet::KeyInstaller::Stage stage);

private:
    void doCancel() override;

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core::fleet
