// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/PuttyKey.h"

#include "core/keys/OpenSshCipher.h"
#include "core/keys/PrivateFields.h"

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <QByteArrayList>

#include <algorithm>

namespace core::keys {

namespace {

constexpr qsizetype maxLines = 4096;
constexpr quint32 maxArgonMemory = 1024 * 1024; ///< KiB
/// KiB times passes: some ten seconds of work. PuTTYgen takes about 100000.
constexpr quint64 maxArgonWork = 1 << 24;
constexpr quint32 maxArgonLanes = 64;
constexpr int cipherKeySize = 32;
constexpr int ivSize = 16;
constexpr int macKeySize = 32;

struct PuttyFile
{
    int version = 0;
    QByteArray algorithm;
    QByteArray encryption; ///< "none" or "aes256-cbc"
    QByteArray comment;
    QByteArray publicBlob;
    QByteArray derivation; ///< "Argon2id", version 3 only
    quint32 memory = 0;    ///< KiB
    quint32 passes = 0;
    quint32 lanes = 0;
    QByteArray salt;
    SecretBytes privateBlob;
    QByteArray mac;

    [[nodiscard]] bool encrypted() const { return encryption != "none"; }
};

/// "Name: value" lines, one after the other.
class LineReader
{
public:
    explicit LineReader(QByteArrayView text)
        : m_rest(text)
    {
    }
    QByteArrayView line()
    {
        const qsizetype end = m_rest.indexOf('\n');
        QByteArrayView taken = end < 0 ? m_rest : m_rest.first(end);
        m_rest = end < 0 ? QByteArrayView() : m_rest.sliced(end + 1);
        if (taken.endsWith('\r'))
            taken.chop(1);
        return taken;
    }
    /// The value of the next line, when it has this name; the line stays when it has another.
    std::optional<QByteArray> value(QByteArrayView name)
    {
        const QByteArrayView before = m_rest;
        const QByteArrayView next = line();
        if (next.startsWith(name) && next.sliced(name.size()).startsWith(": "))
            return next.sliced(name.size() + 2).toByteArray();
        m_rest = before;
        return std::nullopt;
    }
    std::optional<quint32> number(QByteArrayView name)
    {
        bool ok = false;
        const quint32 number = value(name).value_or(QByteArray()).toUInt(&ok);
        return ok ? std::optional(number) : std::nullopt;
    }
    std::optional<SecretBytes> base64(QByteArrayView countName)
    {
        const std::optional<quint32> count = number(countName);
        if (!count || *count > maxLines)
            return std::nullopt;
        WireWriter text;
        for (quint32 i = 0; i < *count; ++i)
            text.bytes(line());
        return decodeBase64(text.view());
    }

private:
    QByteArrayView m_rest;
};

bool readDerivation(LineReader &reader, PuttyFile &file)
{
    file.derivation = reader.value("Key-Derivation").value_or(QByteArray());
    file.memory = reader.number("Argon2-Memory").value_or(0);
    file.passes = reader.number("Argon2-Passes").value_or(0);
    file.lanes = reader.number("Argon2-Parallelism").value_or(0);
    file.salt = QByteArray::fromHex(reader.value("Argon2-Salt").value_or(QByteArray()));
    return !file.derivation.isEmpty() && !file.salt.isEmpty();
}

Result<PuttyFile> readFile(QByteArrayView text)
{
    LineReader reader(text);
    PuttyFile file;
    if (auto algorithm = reader.value("PuTTY-User-Key-File-3")) {
        file.version = 3;
        file.algorithm = *algorithm;
    } else if (auto older = reader.value("PuTTY-User-Key-File-2")) {
        file.version = 2;
        file.algorithm = *older;
    } else {
        return unusable("a PuTTY key of a version that is not known");
    }
    if (const QString refusal = refusalOf(keyTypeOf(file.algorithm)); !refusal.isEmpty())
        return fail(ErrorCode::KeyUnusable, Step::Key, refusal);
    file.encryption = reader.value("Encryption").value_or(QByteArray());
    if (!file.encryption.isEmpty() && file.encrypted() && file.encryption != "aes256-cbc")
        return unusable("encrypted with a cipher that is not known");
    file.comment = reader.value("Comment").value_or(QByteArray());
    const auto publicBlob = reader.base64("Public-Lines");
    const bool derived = !file.encrypted() || file.version == 2 || readDerivation(reader, file);
    auto privateBlob = reader.base64("Private-Lines");
    file.mac = QByteArray::fromHex(reader.value("Private-MAC").value_or(QByteArray()));
    if (file.encryption.isEmpty() || !publicBlob || !derived || !privateBlob ||
        file.mac.size() != (file.version == 2 ? 20 : 32))
        return unusable("the file is broken");
    file.publicBlob = publicBlob->view().toByteArray();
    file.privateBlob = std::move(*privateBlob);
    return file;
}

Result<PublicKey> publicKeyOf(const PuttyFile &file)
{
    Result<PublicKey> key = publicKeyFromBlob(file.publicBlob, file.comment);
    if (!key || key->algorithm != file.algorithm)
        return unusable("the file is broken");
    return key;
}

struct PuttySecrets
{
    SecretBytes cipherKeyAndIv;
    SecretBytes macKey;
};

SecretBytes sha1(QByteArrayView before, QByteArrayView text)
{
    WireWriter both;
    both.bytes(before).bytes(text);
    SecretBytes digest = secretOfSize(SHA_DIGEST_LENGTH);
    SHA1(unsignedData(both.view()), std::size_t(both.size()), unsignedData(digest));
    return digest;
}

/// Version 2: hashes of a counter and the passphrase, and no salt.
PuttySecrets deriveV2(const PuttyFile &file, const SecretBytes &passphrase)
{
    PuttySecrets secrets;
    if (file.encrypted()) {
        WireWriter stream;
        stream.bytes(sha1(QByteArrayView("\0\0\0\0", 4), passphrase.view()).view());
        stream.bytes(sha1(QByteArrayView("\0\0\0\1", 4), passphrase.view()).view());
        WireWriter keyAndIv;
        keyAndIv.bytes(stream.view().first(cipherKeySize)).bytes(QByteArray(ivSize, '\0'));
        secrets.cipherKeyAndIv = keyAndIv.take();
    }
    secrets.macKey = sha1("putty-private-key-file-mac-key",
                          file.encrypted() ? passphrase.view() : QByteArrayView());
    return secrets;
}

Result<PuttySecrets> deriveV3(const PuttyFile &file, const SecretBytes &passphrase)
{
    if (!file.encrypted())
        return PuttySecrets{};
    argon2_type type = Argon2_id;
    if (file.derivation == "Argon2i")
        type = Argon2_i;
    else if (file.derivation == "Argon2d")
        type = Argon2_d;
    else if (file.derivation != "Argon2id")
        return unusable("its passphrase is treated in a way that is not known");
    if (file.memory > maxArgonMemory || quint64(file.memory) * file.passes > maxArgonWork ||
        file.lanes > maxArgonLanes)
        return unusable("its passphrase asks for too much memory or time");
    SecretBytes derived = secretOfSize(cipherKeySize + ivSize + macKeySize);
    const int rc = argon2_hash(file.passes, file.memory, file.lanes, passphrase.data(),
                               std::size_t(passphrase.size()), file.salt.constData(),
                               std::size_t(file.salt.size()), derived.data(),
                               std::size_t(derived.size()), nullptr, 0, type, ARGON2_VERSION_13);
    if (rc != ARGON2_OK)
        return fail(ErrorCode::KeyUnusable, Step::Key,
                    QString::fromLatin1(argon2_error_message(rc)));
    return PuttySecrets{SecretBytes(derived.view().first(cipherKeySize + ivSize)),
                        SecretBytes(derived.view().last(macKeySize))};
}

bool macMatches(const PuttyFile &file, const SecretBytes &plain, const SecretBytes &macKey)
{
    WireWriter text;
    text.string(file.algorithm).string(file.encryption).string(file.comment);
    text.string(file.publicBlob).string(plain.view());
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned size = 0;
    // Version 3 without encryption has an empty key, which must still be a pointer.
    const QByteArrayView key = macKey.isEmpty() ? QByteArrayView("") : macKey.view();
    HMAC(file.version == 2 ? EVP_sha1() : EVP_sha256(), key.data(), int(key.size()),
         unsignedData(text.view()), std::size_t(text.size()), sum.data(), &size);
    return qsizetype(size) == file.mac.size() &&
           CRYPTO_memcmp(sum.data(), file.mac.constData(), size) == 0;
}

Result<PrivateKey> readPrivateBlob(const PublicKey &publicKey, const SecretBytes &plain)
{
    // Padding may follow what is read.
    WireReader reader(plain.view());
    WireReader publicReader(publicKey.blob);
    (void)publicReader.string();
    if (publicKey.type() == KeyType::Rsa) {
        RsaNumbers numbers;
        numbers.publicExponent = publicReader.mpint();
        numbers.modulus = publicReader.mpint();
        numbers.privateExponent = reader.mpint();
        numbers.p = reader.mpint();
        numbers.q = reader.mpint();
        return reader.ok() ? rsaFromNumbers(numbers) : unusable("the file is broken");
    }
    if (publicKey.type() == KeyType::Ed25519) {
        // A little-endian number: zeros at its end are not written.
        const QByteArrayView digits = reader.string();
        if (!reader.ok() || digits.size() > 32)
            return unusable("the file is broken");
        WireWriter seed;
        seed.bytes(digits).bytes(QByteArray(32 - digits.size(), '\0'));
        return ed25519FromSeed(seed.view());
    }
    const QByteArrayView scalar = reader.mpint();
    return reader.ok() ? ecdsaFromScalar(publicKey.type(), scalar) : unusable("the file is broken");
}

} // namespace

Result<PuttyOutline> outlinePutty(QByteArrayView text)
{
    const Result<PuttyFile> file = readFile(text);
    if (!file)
        return tl::make_unexpected(file.error());
    Result<PublicKey> key = publicKeyOf(*file);
    if (!key)
        return tl::make_unexpected(key.error());
    return PuttyOutline{file->encrypted(), std::move(*key)};
}

Result<PrivateKey> unlockPutty(QByteArrayView text, const SecretBytes &passphrase,
                               const CancelFlag &cancel)
{
    const Result<PuttyFile> file = readFile(text);
    if (!file)
        return tl::make_unexpected(file.error());
    const Result<PublicKey> publicKey = publicKeyOf(*file);
    if (!publicKey)
        return tl::make_unexpected(publicKey.error());
    if (file->encrypted() && passphrase.isEmpty())
        return fail(ErrorCode::KeyPassphraseNeeded, Step::Key);
    if (isCancelled(cancel))
        return fail(ErrorCode::Cancelled, Step::Key);
    const Result<PuttySecrets> secrets =
        file->version == 2 ? deriveV2(*file, passphrase) : deriveV3(*file, passphrase);
    if (!secrets)
        return tl::make_unexpected(secrets.error());
    SecretBytes plain = file->privateBlob;
    if (file->encrypted()) {
        Result<SecretBytes> decrypted =
            plain.size() % 16 != 0
                ? unusable("the file is broken")
                : decryptOpenSsh(*openSshCipher("aes256-cbc"), secrets->cipherKeyAndIv,
                                 file->privateBlob.view(), {});
        if (!decrypted)
            return tl::make_unexpected(decrypted.error());
        plain = std::move(*decrypted);
    }
    if (!macMatches(*file, plain, secrets->macKey)) {
        if (file->encrypted())
            return fail(ErrorCode::KeyPassphraseNeeded, Step::Key,
                        QStringLiteral("wrong passphrase"));
        return unusable("the file is broken");
    }
    Result<PrivateKey> key = readPrivateBlob(*publicKey, plain);
    if (!key)
        return key;
    if (!key->publicKey.isSameKey(*publicKey))
        return unusable("the parts of the key do not belong together");
    key->publicKey = *publicKey;
    return key;
}

} // namespace core::keys
