// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"

#include <optional>

/// The data types of RFC 4251, 5, and base64, for bytes that may be secret.
namespace core::keys {

/// Reads from a view that must outlive it. After the first thing that is not there all is empty.
class WireReader final
{
public:
    explicit WireReader(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }
    [[nodiscard]] quint32 uint32();
    [[nodiscard]] QByteArrayView string();
    /// The digits without leading zeros. Negative ones, which no key has, count as not there.
    [[nodiscard]] QByteArrayView mpint();
    [[nodiscard]] QByteArrayView bytes(qsizetype size);
    [[nodiscard]] QByteArrayView rest() const { return m_rest; }
    [[nodiscard]] bool ok() const { return m_ok; }
    /// All was there and nothing is left.
    [[nodiscard]] bool atEnd() const { return m_ok && m_rest.isEmpty(); }

private:
    QByteArrayView m_rest;
    bool m_ok = true;
};

/// Builds secret bytes; what it grows out of is wiped.
class WireWriter final
{
public:
    WireWriter &uint32(quint32 number);
    WireWriter &string(QByteArrayView bytes);
    /// \a magnitude: big endian, no sign; leading zeros are dropped.
    WireWriter &mpint(QByteArrayView magnitude);
    WireWriter &bytes(QByteArrayView bytes);
    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] QByteArrayView view() const { return m_bytes.view().first(m_size); }
    [[nodiscard]] SecretBytes take() const { return SecretBytes(view()); }

private:
    SecretBytes m_bytes;
    qsizetype m_size = 0;
};

/// Blanks and line ends are skipped; anything else that is no base64 gives nothing.
[[nodiscard]] std::optional<SecretBytes> decodeBase64(QByteArrayView text);
[[nodiscard]] SecretBytes encodeBase64(QByteArrayView bytes);

/// Number of bits of a big-endian magnitude; leading zeros count for nothing.
[[nodiscard]] int bitLength(QByteArrayView magnitude);

/// What parts the words of a public key's line.
[[nodiscard]] inline bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// Zeros to be written over.
[[nodiscard]] inline SecretBytes secretOfSize(qsizetype size)
{
    return SecretBytes(QByteArray(size, '\0'));
}

/// For OpenSSL, which wants unsigned.
[[nodiscard]] inline const unsigned char *unsignedData(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}
[[nodiscard]] inline unsigned char *unsignedData(SecretBytes &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

} // namespace core::keys
