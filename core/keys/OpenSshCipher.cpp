// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/OpenSshCipher.h"

#include "core/keys/OpenSslTypes.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>

#include <array>

namespace core::keys {

namespace {

using Mac = std::unique_ptr<EVP_MAC, FreeWith<EVP_MAC_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeWith<EVP_MAC_CTX_free>>;

constexpr OpenSshCipher ciphers[]{
    {"aes256-ctr", "AES-256-CTR", 32, 16, 16, 0},
    {"aes192-ctr", "AES-192-CTR", 24, 16, 16, 0},
    {"aes128-ctr", "AES-128-CTR", 16, 16, 16, 0},
    {"aes256-cbc", "AES-256-CBC", 32, 16, 16, 0},
    {"rijndael-cbc@lysator.liu.se", "AES-256-CBC", 32, 16, 16, 0},
    {"aes192-cbc", "AES-192-CBC", 24, 16, 16, 0},
    {"aes128-cbc", "AES-128-CBC", 16, 16, 16, 0},
    {"3des-cbc", "DES-EDE3-CBC", 24, 8, 8, 0},
    {"aes128-gcm@openssh.com", "AES-128-GCM", 16, 12, 16, 16},
    {"aes256-gcm@openssh.com", "AES-256-GCM", 32, 12, 16, 16},
    {"chacha20-poly1305@openssh.com", nullptr, 64, 0, 8, 16},
};

tl::unexpected<Error> cipherFailed()
{
    return fail(ErrorCode::Internal, Step::Key, QStringLiteral("the cipher failed"));
}

/// ChaCha20 from its block \a counter with a nonce of zero.
std::optional<SecretBytes> chacha20(QByteArrayView key, unsigned char counter, QByteArrayView text)
{
    // Bernstein's layout: a counter of 64 bits, little endian, then a nonce of 64 bits.
    const std::array<unsigned char, 16> start{counter};
    const Cipher context(EVP_CIPHER_CTX_new());
    SecretBytes out = secretOfSize(text.size());
    int size = 0;
    if (!context ||
        EVP_EncryptInit_ex(context.get(), EVP_chacha20(), nullptr, unsignedData(key),
                           start.data()) != 1 ||
        EVP_EncryptUpdate(context.get(), unsignedData(out), &size, unsignedData(text),
                          int(text.size())) != 1)
        return std::nullopt;
    return out;
}

/// OpenSSH's PROTOCOL.chacha20poly1305 with sequence number 0 and no packet length: the first half
/// of the key alone is used.
Result<SecretBytes> openChachaPoly(const SecretBytes &key, QByteArrayView text, QByteArrayView tag)
{
    const QByteArrayView mainKey = key.view().first(32);
    const auto macKey = chacha20(mainKey, 0, QByteArray(32, '\0'));
    const Mac algorithm(EVP_MAC_fetch(nullptr, "POLY1305", nullptr));
    const MacContext mac(algorithm ? EVP_MAC_CTX_new(algorithm.get()) : nullptr);
    std::array<unsigned char, 16> sum{};
    std::size_t size = 0;
    if (!macKey || !mac ||
        EVP_MAC_init(mac.get(), unsignedData(macKey->view()), std::size_t(macKey->size()),
                     nullptr) != 1 ||
        EVP_MAC_update(mac.get(), unsignedData(text), std::size_t(text.size())) != 1 ||
        EVP_MAC_final(mac.get(), sum.data(), &size, sum.size()) != 1)
        return cipherFailed();
    if (tag.size() != qsizetype(sum.size()) ||
        CRYPTO_memcmp(sum.data(), tag.data(), sum.size()) != 0)
        return wrongPassphrase();
    auto plain = chacha20(mainKey, 1, text);
    if (!plain)
        return cipherFailed();
    return std::move(*plain);
}

Result<SecretBytes> runCipher(const OpenSshCipher &cipher, const SecretBytes &keyAndIv,
                              QByteArrayView text, QByteArrayView tag, bool encrypt)
{
    const Cipher context(EVP_CIPHER_CTX_new());
    const EVP_CIPHER *algorithm = EVP_get_cipherbyname(cipher.evpName);
    const unsigned char *key = unsignedData(keyAndIv.view());
    SecretBytes out = secretOfSize(text.size() + cipher.blockSize);
    int size = 0;
    if (!context || !algorithm ||
        EVP_CipherInit_ex(context.get(), algorithm, nullptr, key, key + cipher.keySize,
                          encrypt ? 1 : 0) != 1 ||
        EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
        EVP_CipherUpdate(context.get(), unsignedData(out), &size, unsignedData(text),
                         int(text.size())) != 1 ||
        size != int(text.size()))
        return cipherFailed();
    if (cipher.tagSize > 0) {
        QByteArray wanted = tag.toByteArray();
        if (EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, cipher.tagSize,
                                wanted.data()) != 1)
            return cipherFailed();
    }
    int rest = 0;
    if (EVP_CipherFinal_ex(context.get(), unsignedData(out) + size, &rest) != 1)
        return wrongPassphrase();
    return SecretBytes(out.view().first(size));
}

} // namespace

const OpenSshCipher *openSshCipher(QByteArrayView name)
{
    for (const OpenSshCipher &cipher : ciphers) {
        if (cipher.name == name)
            return &cipher;
    }
    return nullptr;
}

Result<SecretBytes> decryptOpenSsh(const OpenSshCipher &cipher, const SecretBytes &keyAndIv,
                                   QByteArrayView text, QByteArrayView tag)
{
    if (!cipher.evpName)
        return openChachaPoly(keyAndIv, text, tag);
    return runCipher(cipher, keyAndIv, text, tag, false);
}

Result<SecretBytes> encryptOpenSsh(const OpenSshCipher &cipher, const SecretBytes &keyAndIv,
                                   QByteArrayView text)
{
    return runCipher(cipher, keyAndIv, text, {}, true);
}

} // namespace core::keys
