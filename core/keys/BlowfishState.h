// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <array>

namespace core::keys {

extern const std::array<quint32, 1042> blowfishPi;

/// Blowfish with the key schedule of bcrypt ("EksBlowfish": N. Provos and D. Mazières, "A
/// Future-Adaptable Password Scheme", 1999), which OpenSSL's Blowfish does not offer. Wiped at the
/// end of its life.
class BlowfishState final
{
public:
    BlowfishState();
    ~BlowfishState();
    BlowfishState(const BlowfishState &) = delete;
    BlowfishState &operator=(const BlowfishState &) = delete;

    /// \a salt and \a key: not empty, a multiple of 4 bytes long.
    void expand(QByteArrayView salt, QByteArrayView key);
    void expand(QByteArrayView key);
    void encrypt(quint32 &left, quint32 &right) const;

private:
    void mixKey(QByteArrayView key);

    std::array<quint32, 1042> m_words; ///< 18 of P, then 4 x 256 of S
};

} // namespace core::keys
