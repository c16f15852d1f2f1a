// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/BcryptPbkdf.h"

#include "core/keys/BlowfishState.h"

#include <QtEndian>

#include <openssl/sha.h>

#include <algorithm>

namespace core::keys {

namespace {

constexpr qsizetype hashSize = 32;
constexpr int costRounds = 64;

/// Bytes on the stack that wipe themselves.
template <std::size_t N>
struct Scratch
{
    std::array<unsigned char, N> bytes{};

    Scratch() = default;
    ~Scratch() { wipeMemory(bytes.data(), N); }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;
    [[nodiscard]] QByteArrayView view() const { return {bytes.data(), qsizetype(N)}; }
};
using Digest = Scratch<SHA512_DIGEST_LENGTH>;
using Block = Scratch<hashSize>;

void sha512(QByteArrayView data, Digest &to)
{
    SHA512(reinterpret_cast<const unsigned char *>(data.data()), std::size_t(data.size()),
           to.bytes.data());
}

/// bcrypt at a fixed cost, with a block of 256 bits in place of 192.
void bcryptHash(const Digest &passphrase, const Digest &salt, Block &to)
{
    BlowfishState state;
    state.expand(salt.view(), passphrase.view());
    for (int i = 0; i < costRounds; ++i) {
        state.expand(salt.view());
        state.expand(passphrase.view());
    }
    static constexpr QByteArrayView text("OxychromaticBlowfishSwatDynamite");
    std::array<quint32, hashSize / 4> words{};
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = qFromBigEndian<quint32>(text.data() + i * 4);
    for (int i = 0; i < costRounds; ++i) {
        for (std::size_t word = 0; word < words.size(); word += 2)
            state.encrypt(words[word], words[word + 1]);
    }
    for (std::size_t i = 0; i < words.size(); ++i)
        qToLittleEndian(words[i], to.bytes.data() + i * 4);
    wipeMemory(words.data(), sizeof words);
}

} // namespace

Result<SecretBytes> bcryptPbkdf(QByteArrayView passphrase, QByteArrayView salt, quint32 rounds,
                                qsizetype size, const CancelFlag &cancel)
{
    SecretBytes key(QByteArray(size, '\0'));
    const qsizetype stride = (size + hashSize - 1) / hashSize;
    const qsizetype perBlock = (size + stride - 1) / stride;
    Digest password;
    sha512(passphrase, password);
    for (qsizetype count = 1; count <= stride; ++count) {
        std::array<char, 4> number{};
        qToBigEndian(quint32(count), number.data());
        Digest roundSalt;
        sha512(salt.toByteArray().append(number.data(), qsizetype(number.size())), roundSalt);
        Block block;
        Block sum;
        for (quint32 round = 0; round < rounds; ++round) {
            if (isCancelled(cancel))
                return fail(ErrorCode::Cancelled, Step::Key);
            if (round > 0)
                sha512(block.view(), roundSalt);
            bcryptHash(password, roundSalt, block);
            for (std::size_t i = 0; i < sum.bytes.size(); ++i)
                sum.bytes[i] ^= block.bytes[i];
        }
        // Spread, so that no part of the key costs less than the whole.
        for (qsizetype i = 0; i < perBlock && i * stride + count - 1 < size; ++i)
            key.data()[i * stride + count - 1] = char(sum.bytes[std::size_t(i)]);
    }
    return key;
}

} // namespace core::keys
