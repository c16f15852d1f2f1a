// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/PrivateKey.h"

#include <optional>

/// PEM as OpenSSL writes it: PKCS#1 (RSA), SEC1 (EC), both also encrypted with a DEK-Info header
/// (RFC 1421), and PKCS#8 (RFC 5958), also encrypted. Errors: KeyUnusable, KeyPassphraseNeeded,
/// Cancelled (Step::Key).
namespace core::keys {

struct PemOutline
{
    bool isPkcs8 = false;
    bool encrypted = false;
    std::optional<PublicKey> publicKey; ///< where it is not encrypted
};

[[nodiscard]] Result<PemOutline> outlinePem(QByteArrayView text);
[[nodiscard]] Result<PrivateKey> unlockPem(QByteArrayView text, const SecretBytes &passphrase,
                                           const CancelFlag &cancel);

} // namespace core::keys
