// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/BlowfishState.h"

#include "core/base/SecretBytes.h"

#include <QtEndian>

#include <utility>

namespace core::keys {

namespace {

constexpr std::size_t subkeys = 18;

/// The words of some bytes, over and over.
class WordCycle
{
public:
    explicit WordCycle(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    quint32 next()
    {
        const auto word = qFromBigEndian<quint32>(m_bytes.data() + m_at);
        m_at = (m_at + 4) % m_bytes.size();
        return word;
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
};

} // namespace

BlowfishState::BlowfishState()
    : m_words(blowfishPi)
{
}

BlowfishState::~BlowfishState()
{
    wipeMemory(m_words.data(), sizeof m_words);
}

void BlowfishState::encrypt(quint32 &left, quint32 &right) const
{
    const quint32 *p = m_words.data();
    const quint32 *s = p + subkeys;
    quint32 l = left;
    quint32 r = right;
    for (int round = 0; round < 16; ++round) {
        l ^= p[round];
        r ^= ((s[l >> 24] + s[256 + ((l >> 16) & 255)]) ^ s[512 + ((l >> 8) & 255)]) +
             s[768 + (l & 255)];
        std::swap(l, r);
    }
    left = r ^ p[17];
    right = l ^ p[16];
}

void BlowfishState::mixKey(QByteArrayView key)
{
    WordCycle words(key);
    for (std::size_t i = 0; i < subkeys; ++i)
        m_words[i] ^= words.next();
}

void BlowfishState::expand(QByteArrayView salt, QByteArrayView key)
{
    mixKey(key);
    WordCycle words(salt);
    quint32 left = 0;
    quint32 right = 0;
    for (std::size_t i = 0; i < m_words.size(); i += 2) {
        left ^= words.next();
        right ^= words.next();
        encrypt(left, right);
        m_words[i] = left;
        m_words[i + 1] = right;
    }
}

void BlowfishState::expand(QByteArrayView key)
{
    mixKey(key);
    quint32 left = 0;
    quint32 right = 0;
    for (std::size_t i = 0; i < m_words.size(); i += 2) {
        encrypt(left, right);
        m_words[i] = left;
        m_words[i + 1] = right;
    }
}

} // namespace core::keys
