// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

#include <libssh2.h>

#include <vector>

namespace core::ssh {

/// What a server says in the clear, as it came, for the errors that libssh2 has no words for.
class ServerWords
{
public:
    /// The next bytes of a handshake; what comes after the first few thousand is not looked at.
    void take(QByteArrayView bytes);
    /// Lines in front of the banner (RFC 4253, 4.2): "Exceeded MaxStartups". "" = none.
    [[nodiscard]] QByteArray beforeBanner() const;
    /// The lists of its KEXINIT (RFC 4253, 7.1), in their order: key exchange, host key, cipher and
    /// MAC each way. Fewer where it is not whole.
    [[nodiscard]] std::vector<QByteArrayList> algorithms() const;
    /// Of the first kind of algorithm that \a session has none of, those that the server has. "" =
    /// there is no such kind.
    [[nodiscard]] QByteArray withoutCommon(LIBSSH2_SESSION *session) const;

private:
    QByteArray m_bytes;
};

} // namespace core::ssh
