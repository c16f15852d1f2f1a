// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/SecretStore.h"

#include <vector>

namespace core::secrets {

/// Keeps secrets in memory until the program ends, and nowhere else.
class SessionStore final : public SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;
    [[nodiscard]] Persistence persistence() const override { return Persistence::SessionOnly; }
    [[nodiscard]] ReadSecret *read(const SecretId &id, QObject *parent) override;
    [[nodiscard]] Operation *write(const SecretId &id, const SecretBytes &secret,
                                   QObject *parent) override;
    [[nodiscard]] Operation *remove(const SecretId &id, QObject *parent) override;

    [[nodiscard]] const SecretBytes *find(const SecretId &id) const;
    void put(const SecretId &id, const SecretBytes &secret);
    void drop(const SecretId &id);

private:
    std::vector<std::pair<SecretId, SecretBytes>> m_secrets;
};

} // namespace core::secrets
