// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/base/SecretBytes.h"

#include <QObject>

#include <optional>

namespace core::secrets {

enum class SecretKind { Password, KeyPassphrase, ApiToken };

/// Identifies a secret: what it is and whose (a profile's id, a key file's path, a provider).
struct SecretId
{
    SecretKind kind = SecretKind::Password;
    QString owner;
    bool operator==(const SecretId &) const = default;
};

class ReadSecret : public Operation
{
    Q_OBJECT

public:
    using Operation::Operation;
    /// Absent when there is none stored (that is no error).
    [[nodiscard]] const std::optional<SecretBytes> &secret() const { return m_secret; }

protected:
    std::optional<SecretBytes> m_secret;
};

/// Where passwords, passphrases and tokens live. All calls are asynchronous and never block the
/// window.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    enum class Persistence { Keychain, SessionOnly };

    using QObject::QObject;
    /// What this store can promise; changes at most once, after ready().
    [[nodiscard]] virtual Persistence persistence() const = 0;
    /// Operations are children of \a parent and fail with Step::Keychain.
    [[nodiscard]] virtual ReadSecret *read(const SecretId &id, QObject *parent) = 0;
    [[nodiscard]] virtual Operation *write(const SecretId &id, const SecretBytes &secret,
                                           QObject *parent) = 0;
    [[nodiscard]] virtual Operation *remove(const SecretId &id, QObject *parent) = 0;

Q_SIGNALS:
    void persistenceChanged();
};

} // namespace core::secrets
