// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/OpenSslTypes.h"
#include "core/keys/PrivateKey.h"

/// Private keys from their numbers, which are checked to belong together: a key whose public half
/// is not its own would sign for somebody else. Errors: KeyUnusable (Step::Key).
namespace core::keys {

/// \a seed: the 32 bytes of RFC 8032.
[[nodiscard]] Result<PrivateKey> ed25519FromSeed(QByteArrayView seed);
/// \a scalar: the private number of one of the three ECDSA types.
[[nodiscard]] Result<PrivateKey> ecdsaFromScalar(KeyType type, QByteArrayView scalar);

/// Magnitudes, big endian.
struct RsaNumbers
{
    QByteArrayView modulus;
    QByteArrayView publicExponent;
    QByteArrayView privateExponent;
    QByteArrayView p;
    QByteArrayView q;
};
[[nodiscard]] Result<PrivateKey> rsaFromNumbers(const RsaNumbers &numbers);

/// From the reader's place; the comment and what follows stay in it.
[[nodiscard]] Result<PrivateKey> takePrivateFields(WireReader &reader);

/// From what OpenSSL has read or made.
[[nodiscard]] Result<PrivateKey> privateKeyFromPkey(const EVP_PKEY *pkey);

[[nodiscard]] inline tl::unexpected<Error> unusable(const char *why)
{
    return fail(ErrorCode::KeyUnusable, Step::Key, QLatin1StringView(why));
}

} // namespace core::keys
