// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <vector>

namespace core::ssh {

/// A server's public key.
struct HostKey
{
    QByteArray type; ///< "ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"
    QByteArray blob; ///< RFC 4253 6.6 wire format, not base64

    /// "SHA256:..." exactly as ssh-keygen -l prints it.
    [[nodiscard]] QString fingerprint() const;
    bool operator==(const HostKey &) const = default;
};

/// Revoked: never to be used, whatever is trusted.
enum class HostKeyVerdict { Trusted, Unknown, Changed, Revoked };

/// Asked before any secret is sent.
struct HostKeyQuestion
{
    QString host;
    quint16 port = 22;
    bool isJumpHost = false;
    HostKey offered;
    std::vector<HostKey> known; ///< what was trusted so far; empty when unknown
    HostKeyVerdict verdict = HostKeyVerdict::Unknown;
};

/// Trusted if the very key is in \a known; Unknown if \a known is empty; Changed otherwise.
[[nodiscard]] HostKeyVerdict judgeHostKey(const std::vector<HostKey> &known,
                                          const HostKey &offered);
/// Whether \a key is in \a revoked, whatever name its type has there.
[[nodiscard]] bool isRevoked(const std::vector<HostKey> &revoked, const HostKey &key);

} // namespace core::ssh

Q_DECLARE_METATYPE(core::ssh::HostKeyQuestion)
