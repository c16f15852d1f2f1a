// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"
#include "core/keys/CancelFlag.h"
#include "core/keys/PublicKey.h"

namespace core::keys {

/// A private key in memory, whatever file it came from. Wiped with the object.
struct PrivateKey
{
    PublicKey publicKey; ///< with the comment
    /// The fields of the private section of openssh-key-v1 (OpenSSH's PROTOCOL.key), from the name
    /// of the algorithm on, without the comment: also what an agent takes.
    SecretBytes fields;

    bool operator==(const PrivateKey &) const = default;
};

/// Ed25519, or ECDSA or RSA with \a rsaBits (3072 and 4096 are offered; 2048 to 16384 work).
struct KeySpec
{
    KeyType type = KeyType::Ed25519;
    int rsaBits = 3072;
};

/// Makes a key. RSA takes seconds. Errors: Unsupported, Cancelled, Internal (Step::Key).
[[nodiscard]] Result<PrivateKey> generateKey(const KeySpec &spec, const QByteArray &comment,
                                             const CancelFlag &cancel = {});

} // namespace core::keys
