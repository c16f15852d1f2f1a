// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QMetaType>

#include <vector>

namespace core {

/// Bytes that wipe themselves: password, passphrase, private key. Copies are deep and wipe
/// themselves too. There is no stream operator and no conversion to QString on purpose.
class SecretBytes final
{
public:
    SecretBytes() = default;
    explicit SecretBytes(QByteArrayView bytes);
    /// Takes the bytes over and wipes the source.
    static SecretBytes takeFrom(QByteArray &source);
    /// As UTF-8; the source string's buffer is overwritten where it is not shared.
    static SecretBytes takeFrom(QString &source);

    SecretBytes(const SecretBytes &other) = default;
    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(const SecretBytes &other);
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    ~SecretBytes();

    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    [[nodiscard]] qsizetype size() const { return qsizetype(m_bytes.size()); }
    /// Not null-terminated.
    [[nodiscard]] const char *data() const { return m_bytes.data(); }
    [[nodiscard]] char *data() { return m_bytes.data(); }
    [[nodiscard]] QByteArrayView view() const
    {
        return {m_bytes.data(), qsizetype(m_bytes.size())};
    }
    void clear();

    bool operator==(const SecretBytes &other) const;

private:
    void wipe();
    std::vector<char> m_bytes;
};

/// Overwrites memory in a way the optimiser may not remove.
void wipeMemory(void *data, std::size_t size);

} // namespace core

Q_DECLARE_METATYPE(core::SecretBytes)
