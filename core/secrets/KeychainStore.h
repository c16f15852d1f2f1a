// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/SecretStore.h"
#include "core/secrets/SessionStore.h"

#include <memory>

namespace core::secrets {

/// The operating system's keychain through QtKeychain, service "danlu". Whether there is one is
/// found out with the first use, never at start-up. Where there is none (Linux without a secret
/// service) or it refuses, secrets are kept for this session only and persistence() says so; never
/// in a file.
class KeychainStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit KeychainStore(QObject *parent = nullptr);
    [[nodiscard]] Persistence persistence() const override { return m_persistence; }
    [[nodiscard]] ReadSecret *read(const SecretId &id, QObject *parent) override;
    [[nodiscard]] Operation *write(const SecretId &id, const SecretBytes &secret,
                                   QObject *parent) override;
    [[nodiscard]] Operation *remove(const SecretId &id, QObject *parent) override;

private:
    void fallBack();

    SessionStore m_session; ///< also what the keychain refused to take
    Persistence m_persistence = Persistence::Keychain;
};

/// The store for this machine; DANLU_SECRETS=session in the environment asks for memory only.
[[nodiscard]] std::unique_ptr<SecretStore> makeSecretStore();

} // namespace core::secrets
