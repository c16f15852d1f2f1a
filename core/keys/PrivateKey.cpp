// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/PrivateKey.h"

#include "core/keys/PrivateFields.h"

#include <openssl/rand.h>
#include <openssl/rsa.h>

namespace core::keys {

namespace {

int goOn(EVP_PKEY_CTX *context)
{
    return isCancelled(*static_cast<const CancelFlag *>(EVP_PKEY_CTX_get_app_data(context))) ? 0
                                                                                             : 1;
}

Result<PrivateKey> generateRsa(int bits, const CancelFlag &cancel)
{
    const PkeyContext context(EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr));
    EVP_PKEY *made = nullptr;
    CancelFlag flag = cancel;
    if (context && EVP_PKEY_keygen_init(context.get()) == 1 &&
        EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits) == 1) {
        EVP_PKEY_CTX_set_app_data(context.get(), &flag);
        EVP_PKEY_CTX_set_cb(context.get(), goOn);
        EVP_PKEY_keygen(context.get(), &made);
    }
    const Pkey pkey(made);
    if (isCancelled(cancel))
        return fail(ErrorCode::Cancelled, Step::Key);
    if (!pkey)
        return fail(ErrorCode::Internal, Step::Key, QStringLiteral("no RSA key was made"));
    return privateKeyFromPkey(pkey.get());
}

Result<PrivateKey> generate(const KeySpec &spec, const CancelFlag &cancel)
{
    const auto curve = [](const char *name) -> Result<PrivateKey> {
        const Pkey pkey(EVP_EC_gen(name));
        if (!pkey)
            return fail(ErrorCode::Internal, Step::Key, QStringLiteral("no ECDSA key was made"));
        return privateKeyFromPkey(pkey.get());
    };
    switch (spec.type) {
    case KeyType::Ed25519: {
        SecretBytes seed = secretOfSize(32);
        if (RAND_priv_bytes(unsignedData(seed), int(seed.size())) != 1)
            return fail(ErrorCode::Internal, Step::Key, QStringLiteral("no random numbers"));
        return ed25519FromSeed(seed.view());
    }
    case KeyType::Ecdsa256: return curve("P-256");
    case KeyType::Ecdsa384: return curve("P-384");
    case KeyType::Ecdsa521: return curve("P-521");
    case KeyType::Rsa:
        if (spec.rsaBits < 2048 || spec.rsaBits > 16384)
            return fail(ErrorCode::Unsupported, Step::Key,
                        QStringLiteral("RSA keys have 2048 to 16384 bits"));
        return generateRsa(spec.rsaBits, cancel);
    default: return fail(ErrorCode::Unsupported, Step::Key, refusalOf(spec.type));
    }
}

} // namespace

Result<PrivateKey> generateKey(const KeySpec &spec, const QByteArray &comment,
                               const CancelFlag &cancel)
{
    Result<PrivateKey> key = generate(spec, cancel);
    if (key)
        key->publicKey.comment = cleanComment(comment);
    return key;
}

} // namespace core::keys
