// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/Wire.h"

#include <QtAlgorithms>
#include <QtEndian>

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace core::keys {

QByteArrayView WireReader::bytes(qsizetype size)
{
    if (!m_ok || size < 0 || size > m_rest.size()) {
        m_ok = false;
        m_rest = {};
        return {};
    }
    const QByteArrayView taken = m_rest.first(size);
    m_rest = m_rest.sliced(size);
    return taken;
}

quint32 WireReader::uint32()
{
    const QByteArrayView four = bytes(4);
    return m_ok ? qFromBigEndian<quint32>(four.data()) : 0;
}

QByteArrayView WireReader::string()
{
    const quint32 size = uint32();
    return bytes(qsizetype(size));
}

QByteArrayView WireReader::mpint()
{
    QByteArrayView digits = string();
    if (!digits.isEmpty() && (digits.front() & '\x80') != 0) {
        m_ok = false;
        return {};
    }
    while (!digits.isEmpty() && digits.front() == '\0')
        digits = digits.sliced(1);
    return digits;
}

WireWriter &WireWriter::bytes(QByteArrayView bytes)
{
    if (m_size + bytes.size() > m_bytes.size()) {
        SecretBytes larger = secretOfSize(std::max(m_bytes.size() * 2, m_size + bytes.size() + 64));
        if (m_size > 0)
            std::memcpy(larger.data(), m_bytes.data(), std::size_t(m_size));
        m_bytes = std::move(larger);
    }
    if (!bytes.isEmpty())
        std::memcpy(m_bytes.data() + m_size, bytes.data(), std::size_t(bytes.size()));
    m_size += bytes.size();
    return *this;
}

WireWriter &WireWriter::uint32(quint32 number)
{
    std::array<char, 4> four{};
    qToBigEndian(number, four.data());
    return bytes({four.data(), 4});
}

WireWriter &WireWriter::string(QByteArrayView text)
{
    return uint32(quint32(text.size())).bytes(text);
}

WireWriter &WireWriter::mpint(QByteArrayView magnitude)
{
    while (!magnitude.isEmpty() && magnitude.front() == '\0')
        magnitude = magnitude.sliced(1);
    // Else the first bit would read as a sign.
    const bool needsZero = !magnitude.isEmpty() && (magnitude.front() & '\x80') != 0;
    uint32(quint32(magnitude.size() + (needsZero ? 1 : 0)));
    if (needsZero)
        bytes(QByteArrayView("\0", 1));
    return bytes(magnitude);
}

std::optional<SecretBytes> decodeBase64(QByteArrayView text)
{
    SecretBytes packed = secretOfSize(text.size());
    qsizetype size = 0;
    for (const char c : text) {
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            packed.data()[size++] = c;
    }
    const QByteArrayView digits = packed.view().first(size);
    qsizetype padding = 0;
    while (padding < 2 && padding < size && digits[size - 1 - padding] == '=')
        ++padding;
    SecretBytes decoded = secretOfSize(size / 4 * 3);
    if (size % 4 != 0 ||
        std::any_of(digits.begin(), digits.end() - padding, [](char c) { return c == '='; }))
        return std::nullopt;
    if (size > 0 && EVP_DecodeBlock(unsignedData(decoded), unsignedData(digits), int(size)) < 0)
        return std::nullopt;
    return SecretBytes(decoded.view().chopped(padding));
}

int bitLength(QByteArrayView magnitude)
{
    while (!magnitude.isEmpty() && magnitude.front() == '\0')
        magnitude = magnitude.sliced(1);
    if (magnitude.isEmpty())
        return 0;
    return int(magnitude.size() * 8 - qCountLeadingZeroBits(quint8(magnitude.front())));
}

SecretBytes encodeBase64(QByteArrayView bytes)
{
    // One more for the NUL that OpenSSL writes.
    SecretBytes text = secretOfSize((bytes.size() + 2) / 3 * 4 + 1);
    EVP_EncodeBlock(unsignedData(text), unsignedData(bytes), int(bytes.size()));
    return SecretBytes(text.view().chopped(1));
}

} // namespace core::keys
