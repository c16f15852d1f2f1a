// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/SecretStore.h"

namespace core::secrets {

/// Operations whose outcome the store sets.
class SettableRead final : public ReadSecret
{
    Q_OBJECT

public:
    using ReadSecret::ReadSecret;
    void finishWith(std::optional<SecretBytes> secret)
    {
        m_secret = std::move(secret);
        succeed();
    }
    using Operation::failWith;
};

class SettableOperation final : public Operation
{
    Q_OBJECT

public:
    using Operation::failWith;
    using Operation::Operation;
    using Operation::succeed;
};

} // namespace core::secrets
