// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/OpenSshKey.h"

#include "core/keys/BcryptPbkdf.h"
#include "core/keys/OpenSshCipher.h"
#include "core/keys/PrivateFields.h"

#include <openssl/rand.h>

#include <algorithm>

namespace core::keys {

namespace {

constexpr QByteArrayView endLine("-----END OPENSSH PRIVATE KEY-----");
constexpr QByteArrayView magic("openssh-key-v1\0", 15);
constexpr QByteArrayView newCipher("aes256-ctr");
constexpr int plainBlockSize = 8;
constexpr qsizetype saltSize = 16;
constexpr qsizetype lineLength = 70;
/// Some 100 s of work; a broken file may ask for years.
constexpr quint32 maxRounds = 10000;

/// The outer part. The views point into the body.
struct Envelope
{
    SecretBytes body;
    const OpenSshCipher *cipher = nullptr; ///< null = not encrypted
    QByteArrayView salt;
    quint32 rounds = 0;
    PublicKey publicKey;
    QByteArrayView section;
    QByteArrayView tag;
};

Result<> readEncryption(Envelope &envelope, QByteArrayView cipher, QByteArrayView kdf,
                        QByteArrayView options)
{
    if (cipher == "none" && kdf == "none")
        return {};
    envelope.cipher = openSshCipher(cipher);
    if (!envelope.cipher)
        return unusable("encrypted with a cipher that is not known");
    if (kdf != "bcrypt")
        return unusable("its passphrase is treated in a way that is not known");
    WireReader reader(options);
    envelope.salt = reader.string();
    envelope.rounds = reader.uint32();
    if (!reader.atEnd() || envelope.salt.isEmpty() || envelope.rounds == 0)
        return unusable("the file is broken");
    if (envelope.rounds > maxRounds)
        return unusable("its passphrase asks for too many rounds");
    return {};
}

Result<Envelope> openEnvelope(QByteArrayView text)
{
    const qsizetype line = text.indexOf(openSshBegin);
    const qsizetype begin = line + openSshBegin.size();
    const qsizetype end = text.indexOf(endLine, begin);
    if (line < 0 || end < 0)
        return unusable("the end of the key is missing");
    auto body = decodeBase64(text.sliced(begin, end - begin));
    Envelope envelope;
    if (body)
        envelope.body = std::move(*body);
    WireReader reader(envelope.body.view());
    if (reader.bytes(magic.size()) != magic)
        return unusable("the file is broken");
    const QByteArrayView cipher = reader.string();
    const QByteArrayView kdf = reader.string();
    const QByteArrayView options = reader.string();
    const quint32 count = reader.uint32();
    if (reader.ok() && count != 1)
        return unusable("the file does not hold one key");
    Result<PublicKey> publicKey = publicKeyFromBlob(reader.string());
    envelope.section = reader.string();
    envelope.tag = reader.rest();
    if (!reader.ok() || !publicKey)
        return unusable("the file is broken");
    envelope.publicKey = std::move(*publicKey);
    if (const QString refusal = refusalOf(envelope.publicKey.type()); !refusal.isEmpty())
        return fail(ErrorCode::KeyUnusable, Step::Key, refusal);
    if (const Result<> read = readEncryption(envelope, cipher, kdf, options); !read)
        return tl::make_unexpected(read.error());
    const int block = envelope.cipher ? envelope.cipher->blockSize : plainBlockSize;
    const int tag = envelope.cipher ? envelope.cipher->tagSize : 0;
    if (envelope.section.isEmpty() || envelope.section.size() % block != 0 ||
        envelope.tag.size() != tag)
        return unusable("the file is broken");
    return envelope;
}

Result<PrivateKey> readSection(QByteArrayView section, const Envelope &envelope)
{
    WireReader reader(section);
    const quint32 check = reader.uint32();
    if (reader.uint32() != check || !reader.ok()) {
        if (!envelope.cipher)
            return unusable("the file is broken");
        return fail(ErrorCode::KeyPassphraseNeeded, Step::Key, QStringLiteral("wrong passphrase"));
    }
    Result<PrivateKey> key = takePrivateFields(reader);
    if (!key)
        return key;
    const QByteArrayView comment = reader.string();
    const QByteArrayView padding = reader.rest();
    bool padded = reader.ok();
    for (qsizetype i = 0; i < padding.size(); ++i)
        padded = padded && static_cast<unsigned char>(padding[i]) == ((i + 1) & 0xff);
    if (!padded || !key->publicKey.isSameKey(envelope.publicKey))
        return unusable("the parts of the key do not belong together");
    if (Result<PublicKey> named = publicKeyFromBlob(key->publicKey.blob, comment))
        key->publicKey = std::move(*named);
    return key;
}

/// What encryption works on: check numbers, fields, comment, padding 1, 2, 3...
Result<SecretBytes> makeSection(const PrivateKey &key, int blockSize)
{
    SecretBytes check = secretOfSize(4);
    if (RAND_bytes(unsignedData(check), int(check.size())) != 1)
        return fail(ErrorCode::Internal, Step::Key, QStringLiteral("no random numbers"));
    WireWriter section;
    section.bytes(check.view()).bytes(check.view()).bytes(key.fields.view());
    section.string(key.publicKey.comment);
    for (char pad = 1; section.size() % blockSize != 0; ++pad)
        section.bytes(QByteArrayView(&pad, 1));
    return section.take();
}

SecretBytes armour(QByteArrayView body)
{
    const SecretBytes base64 = encodeBase64(body);
    WireWriter text;
    text.bytes(openSshBegin).bytes("\n");
    for (qsizetype at = 0; at < base64.size(); at += lineLength)
        text.bytes(base64.view().sliced(at, std::min(lineLength, base64.size() - at))).bytes("\n");
    text.bytes(endLine).bytes("\n");
    return text.take();
}

} // namespace

Result<OpenSshOutline> outlineOpenSsh(QByteArrayView text)
{
    Result<Envelope> envelope = openEnvelope(text);
    if (!envelope)
        return tl::make_unexpected(envelope.error());
    if (envelope->cipher)
        return OpenSshOutline{true, std::move(envelope->publicKey)};
    Result<PrivateKey> key = readSection(envelope->section, *envelope);
    if (!key)
        return tl::make_unexpected(key.error());
    return OpenSshOutline{false, std::move(key->publicKey)};
}

Result<PrivateKey> unlockOpenSsh(QByteArrayView text, const SecretBytes &passphrase,
                                 const CancelFlag &cancel)
{
    const Result<Envelope> envelope = openEnvelope(text);
    if (!envelope)
        return tl::make_unexpected(envelope.error());
    if (!envelope->cipher)
        return readSection(envelope->section, *envelope);
    if (passphrase.isEmpty())
        return fail(ErrorCode::KeyPassphraseNeeded, Step::Key);
    const OpenSshCipher &cipher = *envelope->cipher;
    const Result<SecretBytes> keyAndIv =
        bcryptPbkdf(passphrase.view(), envelope->salt, envelope->rounds,
                    cipher.keySize + cipher.ivSize, cancel);
    if (!keyAndIv)
        return tl::make_unexpected(keyAndIv.error());
    const Result<SecretBytes> section =
        decryptOpenSsh(cipher, *keyAndIv, envelope->section, envelope->tag);
    if (!section)
        return tl::make_unexpected(section.error());
    return readSection(section->view(), *envelope);
}

Result<SecretBytes> writeOpenSsh(const PrivateKey &key, const SecretBytes &passphrase, int rounds,
                                 const CancelFlag &cancel)
{
    const OpenSshCipher *cipher = passphrase.isEmpty() ? nullptr : openSshCipher(newCipher);
    Result<SecretBytes> section = makeSection(key, cipher ? cipher->blockSize : plainBlockSize);
    if (!section)
        return section;
    WireWriter options;
    if (cipher) {
        SecretBytes salt = secretOfSize(saltSize);
        if (RAND_bytes(unsignedData(salt), int(salt.size())) != 1)
            return fail(ErrorCode::Internal, Step::Key, QStringLiteral("no random numbers"));
        Result<SecretBytes> keyAndIv = bcryptPbkdf(passphrase.view(), salt.view(), quint32(rounds),
                                                   cipher->keySize + cipher->ivSize, cancel);
        if (!keyAndIv)
            return keyAndIv;
        section = encryptOpenSsh(*cipher, *keyAndIv, section->view());
        if (!section)
            return section;
        options.string(salt.view()).uint32(quint32(rounds));
    }
    WireWriter body;
    body.bytes(magic).string(cipher ? newCipher : "none").string(cipher ? "bcrypt" : "none");
    body.string(options.view()).uint32(1).string(key.publicKey.blob).string(section->view());
    return armour(body.view());
}

} // namespace core::keys
