// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/SecretBytes.h"

#include <QString>

#include <atomic>

namespace core {

void wipeMemory(void *data, std::size_t size)
{
    if (size == 0)
        return;
    volatile char *bytes = static_cast<volatile char *>(data);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = 0;
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

SecretBytes::SecretBytes(QByteArrayView bytes)
    : m_bytes(bytes.begin(), bytes.end())
{
}

SecretBytes SecretBytes::takeFrom(QByteArray &source)
{
    SecretBytes secret{QByteArrayView(source)};
    if (source.isDetached())
        wipeMemory(source.data(), std::size_t(source.size()));
    source.clear();
    return secret;
}

SecretBytes SecretBytes::takeFrom(QString &source)
{
    QByteArray utf8 = source.toUtf8();
    SecretBytes secret = takeFrom(utf8);
    if (source.isDetached())
        wipeMemory(source.data(), std::size_t(source.size()) * sizeof(QChar));
    source.clear();
    return secret;
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_bytes(std::move(other.m_bytes))
{
    other.m_bytes.clear();
}

SecretBytes &SecretBytes::operator=(const SecretBytes &other)
{
    if (this != &other) {
        wipe();
        m_bytes = other.m_bytes;
    }
    return *this;
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::move(other.m_bytes);
        other.m_bytes.clear();
    }
    return *this;
}

SecretBytes::~SecretBytes()
{
    wipe();
}

void SecretBytes::clear()
{
    wipe();
    m_bytes.clear();
}

void SecretBytes::wipe()
{
    wipeMemory(m_bytes.data(), m_bytes.size());
}

bool SecretBytes::operator==(const SecretBytes &other) const
{
    if (m_bytes.size() != other.m_bytes.size())
        return false;
    unsigned difference = 0; // no early exit: the time must not tell where they differ
    for (std::size_t i = 0; i < m_bytes.size(); ++i)
        difference |= static_cast<unsigned char>(m_bytes[i] ^ other.m_bytes[i]);
    return difference == 0;
}

} // namespace core
