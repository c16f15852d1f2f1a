// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"
#include "core/ssh/HostKey.h"

#include <QMetaType>
#include <QString>

#include <chrono>
#include <memory>
#include <variant>
#include <vector>

namespace core::ssh {

/// Also answers keyboard-interactive when it asks one hidden question and the server has no
/// "password".
struct PasswordAuth
{
    SecretBytes password;
};
/// The file is read on the session's thread. OpenSSH, PEM, PKCS#8 and PuTTY; ed25519,
/// ECDSA, RSA.
struct KeyAuth
{
    QString path;
    SecretBytes passphrase; ///< empty = none
};
struct AgentAuth
{
    QString socket; ///< "" = SSH_AUTH_SOCK, Pageant or the Windows agent
};
/// Questions come as Session::promptAsked().
struct InteractiveAuth
{
};
using AuthMethod = std::variant<PasswordAuth, KeyAuth, AgentAuth, InteractiveAuth>;

struct SessionOptions
{
    QString user;
    QString host; ///< name, IPv4 or IPv6 (without brackets)
    quint16 port = 22;
    std::vector<AuthMethod> auth; ///< tried in order, what the server takes; a first key at once
    std::vector<HostKey> trustedKeys;
    std::vector<HostKey> revokedKeys;           ///< refused before anything is asked
    std::shared_ptr<const SessionOptions> jump; ///< reached first; null = direct

    std::chrono::milliseconds connectTimeout{10000};   ///< resolve + TCP connect
    std::chrono::milliseconds handshakeTimeout{15000}; ///< banner + key exchange
    std::chrono::milliseconds authTimeout{30000};
    std::chrono::milliseconds keepaliveInterval{5000};
    std::chrono::milliseconds deadPeerTimeout{15000}; ///< no packet for so long = gone
};

} // namespace core::ssh
