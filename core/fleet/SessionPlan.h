// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/profiles/Profile.h"
#include "core/secrets/SecretStore.h"
#include "core/ssh/SessionOptions.h"

#include <QStringList>

#include <utility>
#include <vector>

namespace core::profiles {
class ProfileStore;
}

namespace core::fleet {

/// The way to one instance: its profile and, before it, the jump hosts' profiles, nearest first.
/// Made from saved profiles or from "user@host:port" text; used by the window and the command line.
class SessionPlan
{
public:
    /// \a target is copied. Jump hosts are looked up by profile name, else read as
    /// [user@]host[:port]. Errors: Usage (Step::Jump) for text that is no target, or a circle of
    /// jumps.
    [[nodiscard]] static Result<SessionPlan> make(const profiles::Profile &target,
                                                  const profiles::ProfileStore &saved);

    /// What the secret store may know of: passwords of Password profiles, passphrases of key files.
    [[nodiscard]] std::vector<secrets::SecretId> wantedSecrets() const;
    void setSecret(const secrets::SecretId &id, const SecretBytes &secret);
    [[nodiscard]] bool hasSecret(const secrets::SecretId &id) const
    {
        return secret(id) != nullptr;
    }

    /// The target signs in as \a profile says from now on; what was known of its password is wiped.
    void switchTarget(const profiles::Profile &profile);

    /// The options for ssh::Session. A secret goes only to the host (or key) it belongs to: a jump
    /// host never sees the password of what lies behind it. Looks which default key files exist and
    /// which keys known_hosts revokes.
    [[nodiscard]] ssh::SessionOptions options() const;

    /// A further known_hosts file whose @revoked lines count, beside the user's own.
    void heedRevocations(const QString &knownHostsFile) { m_knownHosts.append(knownHostsFile); }

    /// Target last. Changes (a key that was just trusted) count from the next options() on.
    [[nodiscard]] const std::vector<profiles::Profile> &hops() const { return m_hops; }
    [[nodiscard]] std::vector<profiles::Profile> &hops() { return m_hops; }

private:
    [[nodiscard]] const SecretBytes *secret(const secrets::SecretId &id) const;
    [[nodiscard]] ssh::SessionOptions hopOptions(const profiles::Profile &hop) const;

    std::vector<profiles::Profile> m_hops;
    QStringList m_knownHosts{QString()}; ///< "": ~/.ssh/known_hosts
    std::vector<std::pair<secrets::SecretId, SecretBytes>> m_secrets;
};

/// "~" and "~/x" against the user's home; everything else as it is.
[[nodiscard]] QString expandHome(const QString &path);
/// Those of ~/.ssh/id_ed25519, id_ecdsa, id_rsa that exist, in this order.
[[nodiscard]] QStringList defaultIdentityFiles();
/// "user@host[:port]", "host", "ssh://user@host:port", "[v6]:port". Errors: Usage.
[[nodiscard]] Result<profiles::Profile> profileFromTarget(const QString &target);

} // namespace core::fleet
