// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

/// The ciphers that ssh-keygen -Z has ever written a private key with.
namespace core::keys {

struct OpenSshCipher
{
    QByteArrayView name;
    const char *evpName; ///< OpenSSL's; null for chacha20-poly1305@openssh.com
    int keySize;         ///< bytes
    int ivSize;
    int blockSize;
    int tagSize; ///< of the authenticated ones
};

/// Null when there is no such cipher.
[[nodiscard]] const OpenSshCipher *openSshCipher(QByteArrayView name);

/// \a keyAndIv: as bcrypt_pbkdf gives them. Errors: KeyPassphraseNeeded when the tag is not the
/// text's, Internal (Step::Key).
[[nodiscard]] Result<SecretBytes> decryptOpenSsh(const OpenSshCipher &cipher,
                                                 const SecretBytes &keyAndIv, QByteArrayView text,
                                                 QByteArrayView tag);
/// Only for ciphers without a tag.
[[nodiscard]] Result<SecretBytes> encryptOpenSsh(const OpenSshCipher &cipher,
                                                 const SecretBytes &keyAndIv, QByteArrayView text);

} // namespace core::keys
