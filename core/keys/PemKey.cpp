// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/PemKey.h"

#include "core/keys/PrivateFields.h"

#include <openssl/asn1t.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <cstring>

namespace core::keys {

namespace {

using Bio = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using Pkcs8Envelope = std::unique_ptr<X509_SIG, FreeWith<X509_SIG_free>>;
using KeyInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreeWith<PKCS8_PRIV_KEY_INFO_free>>;
using Pbes2 = std::unique_ptr<PBE2PARAM, FreeWith<PBE2PARAM_free>>;
using Pbkdf2 = std::unique_ptr<PBKDF2PARAM, FreeWith<PBKDF2PARAM_free>>;
using Pbe = std::unique_ptr<PBEPARAM, FreeWith<PBEPARAM_free>>;
using Scrypt = std::unique_ptr<SCRYPT_PARAMS, FreeWith<SCRYPT_PARAMS_free>>;

/// Some seconds of work; a broken file may ask for years.
constexpr qint64 maxIterations = 20'000'000;
constexpr quint64 maxScryptCost = 1 << 23; // N * r * p; OpenSSL's own default is 1 << 17

/// A block of the file, base64 undone.
struct PemBlock
{
    QByteArray name;   ///< "RSA PRIVATE KEY"
    QByteArray header; ///< RFC 1421's lines
    SecretBytes data;

    [[nodiscard]] bool isPkcs8() const
    {
        return name == "PRIVATE KEY" || name == "ENCRYPTED PRIVATE KEY";
    }
    [[nodiscard]] bool encrypted() const
    {
        return name == "ENCRYPTED PRIVATE KEY" || header.contains("ENCRYPTED");
    }
};

/// The first private key of the file; others, such as EC PARAMETERS, may stand before it.
Result<PemBlock> readBlock(QByteArrayView text)
{
    const Bio bio(BIO_new_mem_buf(text.data(), int(text.size())));
    for (;;) {
        char *name = nullptr;
        char *header = nullptr;
        unsigned char *data = nullptr;
        long size = 0;
        const int read = PEM_read_bio_ex(bio.get(), &name, &header, &data, &size,
                                         PEM_FLAG_SECURE | PEM_FLAG_EAY_COMPATIBLE);
        ERR_clear_error();
        if (read != 1)
            return unusable("the file is broken");
        PemBlock block{QByteArray(name), QByteArray(header),
                       SecretBytes(QByteArrayView(data, qsizetype(size)))};
        OPENSSL_secure_free(name);
        OPENSSL_secure_free(header);
        OPENSSL_secure_clear_free(data, std::size_t(size));
        if (block.name.endsWith("PRIVATE KEY"))
            return block;
    }
}

/// Tells what OpenSSL has not (an old cipher, say) from what did not decrypt.
tl::unexpected<Error> decryptionError()
{
    bool unsupported = false;
    while (const unsigned long error = ERR_get_error()) {
        const int reason = ERR_GET_REASON(error);
        unsupported = unsupported || reason == ERR_R_UNSUPPORTED ||
                      (ERR_GET_LIB(error) == ERR_LIB_EVP &&
                       (reason == EVP_R_UNKNOWN_PBE_ALGORITHM || reason == ERR_R_FETCH_FAILED ||
                        reason == EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION ||
                        reason == EVP_R_UNSUPPORTED_PRF || reason == EVP_R_UNSUPPORTED_CIPHER ||
                        reason == EVP_R_UNSUPPORTED_ALGORITHM));
    }
    if (unsupported)
        return unusable("encrypted with a cipher that is not known");
    return wrongPassphrase();
}

int givePassphrase(char *to, int size, int, void *user)
{
    const auto *passphrase = static_cast<const SecretBytes *>(user);
    if (passphrase->size() > size)
        return -1;
    std::memcpy(to, passphrase->data(), std::size_t(passphrase->size()));
    return int(passphrase->size());
}

template <typename T>
T *unpacked(const ASN1_ITEM *item, const ASN1_TYPE *type)
{
    return static_cast<T *>(ASN1_TYPE_unpack_sequence(item, type));
}

bool isBounded(const ASN1_INTEGER *iterations)
{
    int64_t count = 0;
    return iterations && ASN1_INTEGER_get_int64(&count, iterations) == 1 && count > 0 &&
           count <= maxIterations;
}

quint64 numberOf(const ASN1_INTEGER *integer)
{
    uint64_t number = 0;
    // Too large for 64 bits counts as the largest.
    return integer && ASN1_INTEGER_get_uint64(&number, integer) == 1 ? number : ~quint64(0);
}

/// Whether deriving the key takes seconds at most.
bool isWorkBounded(const X509_ALGOR *algorithm)
{
    if (OBJ_obj2nid(algorithm->algorithm) != NID_pbes2) {
        const Pbe pbe(unpacked<PBEPARAM>(ASN1_ITEM_rptr(PBEPARAM), algorithm->parameter));
        return pbe && isBounded(pbe->iter);
    }
    const Pbes2 pbes2(unpacked<PBE2PARAM>(ASN1_ITEM_rptr(PBE2PARAM), algorithm->parameter));
    if (!pbes2)
        return false;
    const X509_ALGOR *derivation = pbes2->keyfunc;
    const int nid = OBJ_obj2nid(derivation->algorithm);
    if (nid == NID_id_scrypt) {
        const Scrypt scrypt(
            unpacked<SCRYPT_PARAMS>(ASN1_ITEM_rptr(SCRYPT_PARAMS), derivation->parameter));
        if (!scrypt)
            return false;
        const quint64 n = numberOf(scrypt->costParameter);
        const quint64 r = numberOf(scrypt->blockSize);
        const quint64 p = numberOf(scrypt->parallelizationParameter);
        return n <= maxScryptCost && r <= maxScryptCost && p <= maxScryptCost &&
               n * r <= maxScryptCost && n * r * p <= maxScryptCost;
    }
    const Pbkdf2 pbkdf2(unpacked<PBKDF2PARAM>(ASN1_ITEM_rptr(PBKDF2PARAM), derivation->parameter));
    return nid == NID_id_pbkdf2 && pbkdf2 && isBounded(pbkdf2->iter);
}

Result<KeyInfo> decryptPkcs8(const PemBlock &block, const SecretBytes &passphrase)
{
    const unsigned char *at = unsignedData(block.data.view());
    const Pkcs8Envelope envelope(d2i_X509_SIG(nullptr, &at, long(block.data.size())));
    if (!envelope)
        return unusable("the file is broken");
    const X509_ALGOR *algorithm = nullptr;
    const ASN1_OCTET_STRING *octets = nullptr;
    X509_SIG_get0(envelope.get(), &algorithm, &octets);
    if (!isWorkBounded(algorithm))
        return unusable("its passphrase is treated in a way that is not known");
    ERR_clear_error();
    KeyInfo info(PKCS8_decrypt(envelope.get(), passphrase.data(), int(passphrase.size())));
    if (!info)
        return decryptionError();
    return info;
}

/// RFC 1421, 4.6: the DEK-Info header's cipher, in place.
Result<> decryptHeader(PemBlock &block, const SecretBytes &passphrase)
{
    EVP_CIPHER_INFO cipher{};
    QByteArray header = block.header;
    ERR_clear_error();
    if (PEM_get_EVP_CIPHER_INFO(header.data(), &cipher) != 1) {
        ERR_clear_error();
        return unusable("encrypted with a cipher that is not known");
    }
    long size = long(block.data.size());
    SecretBytes password = passphrase;
    if (PEM_do_header(&cipher, unsignedData(block.data), &size, givePassphrase, &password) != 1)
        return decryptionError();
    block.data = SecretBytes(block.data.view().first(size));
    return {};
}

Result<Pkey> readPkey(PemBlock &block, const SecretBytes &passphrase)
{
    Pkey pkey;
    if (block.isPkcs8()) {
        KeyInfo info;
        if (block.encrypted()) {
            Result<KeyInfo> decrypted = decryptPkcs8(block, passphrase);
            if (!decrypted)
                return tl::make_unexpected(decrypted.error());
            info = std::move(*decrypted);
        } else {
            const unsigned char *at = unsignedData(block.data.view());
            info.reset(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, long(block.data.size())));
        }
        if (info)
            pkey.reset(EVP_PKCS82PKEY(info.get()));
    } else {
        if (block.encrypted()) {
            if (const Result<> decrypted = decryptHeader(block, passphrase); !decrypted)
                return tl::make_unexpected(decrypted.error());
        }
        const int type = block.name == "RSA PRIVATE KEY" ? EVP_PKEY_RSA : EVP_PKEY_EC;
        const unsigned char *at = unsignedData(block.data.view());
        pkey.reset(d2i_PrivateKey(type, nullptr, &at, long(block.data.size())));
    }
    ERR_clear_error();
    if (!pkey && block.encrypted() && !block.isPkcs8())
        return wrongPassphrase(); // one wrong passphrase in 256 leaves valid padding
    if (!pkey)
        return unusable("the file is broken");
    return pkey;
}

Result<PemBlock> readKnownBlock(QByteArrayView text)
{
    Result<PemBlock> block = readBlock(text);
    if (!block)
        return block;
    if (block->name == "DSA PRIVATE KEY")
        return fail(ErrorCode::KeyUnusable, Step::Key, refusalOf(KeyType::Dsa));
    if (!block->isPkcs8() && block->name != "RSA PRIVATE KEY" && block->name != "EC PRIVATE KEY")
        return unusable("an unknown type of key");
    return block;
}

} // namespace

Result<PemOutline> outlinePem(QByteArrayView text)
{
    Result<PemBlock> block = readKnownBlock(text);
    if (!block)
        return tl::make_unexpected(block.error());
    PemOutline outline;
    outline.isPkcs8 = block->isPkcs8();
    outline.encrypted = block->encrypted();
    if (!outline.encrypted) {
        Result<PrivateKey> key = unlockPem(text, {}, {});
        if (!key)
            return tl::make_unexpected(key.error());
        outline.publicKey = std::move(key->publicKey);
    }
    return outline;
}

Result<PrivateKey> unlockPem(QByteArrayView text, const SecretBytes &passphrase,
                             const CancelFlag &cancel)
{
    Result<PemBlock> block = readKnownBlock(text);
    if (!block)
        return tl::make_unexpected(block.error());
    if (block->encrypted() && passphrase.isEmpty())
        return fail(ErrorCode::KeyPassphraseNeeded, Step::Key);
    if (isCancelled(cancel))
        return fail(ErrorCode::Cancelled, Step::Key);
    const Result<Pkey> pkey = readPkey(*block, passphrase);
    if (!pkey)
        return tl::make_unexpected(pkey.error());
    return privateKeyFromPkey(pkey->get());
}

} // namespace core::keys
