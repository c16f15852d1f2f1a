// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/PrivateKey.h"

/// openssh-key-v1 (OpenSSH's PROTOCOL.key). Errors: KeyUnusable, KeyPassphraseNeeded, Cancelled
/// (Step::Key).
namespace core::keys {

inline constexpr QByteArrayView openSshBegin("-----BEGIN OPENSSH PRIVATE KEY-----");

struct OpenSshOutline
{
    bool encrypted = false;
    PublicKey publicKey; ///< with the comment where it is not encrypted
};

[[nodiscard]] Result<OpenSshOutline> outlineOpenSsh(QByteArrayView text);
[[nodiscard]] Result<PrivateKey> unlockOpenSsh(QByteArrayView text, const SecretBytes &passphrase,
                                               const CancelFlag &cancel);
[[nodiscard]] Result<SecretBytes> writeOpenSsh(const PrivateKey &key, const SecretBytes &passphrase,
                                               int rounds, const CancelFlag &cancel);

} // namespace core::keys
