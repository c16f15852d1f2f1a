// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/keys/Wire.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <memory>

/// OpenSSL's objects with owners. Numbers are wiped.
namespace core::keys {

template <auto Function>
struct FreeWith
{
    template <typename T>
    void operator()(T *object) const
    {
        Function(object);
    }
};

using Bignum = std::unique_ptr<BIGNUM, FreeWith<BN_clear_free>>;
using BignumContext = std::unique_ptr<BN_CTX, FreeWith<BN_CTX_free>>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>>;
using Pkey = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using CurveGroup = std::unique_ptr<EC_GROUP, FreeWith<EC_GROUP_free>>;
using CurvePoint = std::unique_ptr<EC_POINT, FreeWith<EC_POINT_clear_free>>;

/// What OpenSSL and OpenSSH say no more of than that it did not decrypt.
[[nodiscard]] inline tl::unexpected<Error> wrongPassphrase()
{
    return fail(ErrorCode::KeyPassphraseNeeded, Step::Key, QStringLiteral("wrong passphrase"));
}

/// Big endian, no sign. Null only when memory is out.
[[nodiscard]] inline Bignum toBignum(QByteArrayView magnitude)
{
    return Bignum(BN_bin2bn(unsignedData(magnitude), int(magnitude.size()), nullptr));
}
[[nodiscard]] inline SecretBytes fromBignum(const BIGNUM *number)
{
    SecretBytes bytes = secretOfSize(BN_num_bytes(number));
    BN_bn2bin(number, unsignedData(bytes));
    return bytes;
}

} // namespace core::keys
