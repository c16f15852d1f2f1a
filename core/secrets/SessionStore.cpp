// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/SessionStore.h"

#include "core/secrets/SecretOperations.h"

#include <algorithm>

namespace core::secrets {

const SecretBytes *SessionStore::find(const SecretId &id) const
{
    for (const auto &[known, secret] : m_secrets) {
        if (known == id)
            return &secret;
    }
    return nullptr;
}

void SessionStore::put(const SecretId &id, const SecretBytes &secret)
{
    drop(id);
    m_secrets.emplace_back(id, secret);
}

void SessionStore::drop(const SecretId &id)
{
    std::erase_if(m_secrets, [&](const auto &entry) { return entry.first == id; });
}

ReadSecret *SessionStore::read(const SecretId &id, QObject *parent)
{
    auto *operation = new SettableRead(parent);
    const SecretBytes *secret = find(id);
    operation->finishWith(secret ? std::optional<SecretBytes>(*secret) : std::nullopt);
    return operation;
}

Operation *SessionStore::write(const SecretId &id, const SecretBytes &secret, QObject *parent)
{
    put(id, secret);
    auto *operation = new SettableOperation(parent);
    operation->succeed();
    return operation;
}

Operation *SessionStore::remove(const SecretId &id, QObject *parent)
{
    drop(id);
    auto *operation = new SettableOperation(parent);
    operation->succeed();
    return operation;
}

} // namespace core::secrets
