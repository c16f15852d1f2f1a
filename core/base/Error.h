// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QLatin1StringView>
#include <QMetaType>
#include <QString>

namespace core {

/// What went wrong, as a closed set. The names in errorCodeName() are stable: scripts read them.
enum class ErrorCode {
    Usage,
    HostNotFound,
    ConnectFailed,
    ConnectTimeout,
    Disconnected,
    HostKeyUnknown,
    HostKeyChanged,
    AuthRejected,
    KeyUnusable,
    KeyPassphraseNeeded,
    NoCommonAlgorithm,
    ChannelRefused,
    TimedOut,
    Cancelled,
    RemoteFailed,
    NotFound,
    PermissionDenied,
    DiskFull,
    NoSpaceInodes,
    LocalIo,
    VerifyFailed,
    Parse,
    Unsupported,
    Internal
};

/// Where it went wrong. Together with the code this is what ui::describe() words. Stored as a
/// number: only append.
enum class Step {
    None,
    Resolve,
    Connect,
    Handshake,
    HostKey,
    Auth,
    Channel,
    Exec,
    Transfer,
    Profile,
    Keychain,
    Parse,
    Sampler,
    Jump,
    Local,   ///< files of this machine, in a transfer
    Key,     ///< making, reading or changing a key file, the agent
    Install, ///< a public key onto an instance
    Forward, ///< a port forwarding: listening, or reaching its target
    Job      ///< a job on an instance
};

/// An error holds no text for people: \a detail is the server's, the library's or the system's own
/// words, kept for the technical line. It must never contain a secret.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    Step step = Step::None;
    QString detail;

    bool operator==(const Error &) const = default;
};

/// "host-key-changed" and so on, as docs/cli.md lists them.
[[nodiscard]] QLatin1StringView errorCodeName(ErrorCode code);
/// "resolve", "connect", "handshake", "hostkey", "auth", "channel", "exec", "local", "key", ...; ""
/// for None.
[[nodiscard]] QLatin1StringView stepName(Step step);

/// What the words of a system call or small tool in the C locale ("PATH: No space left on device")
/// say; RemoteFailed where they say nothing known.
[[nodiscard]] ErrorCode codeOfSystemWords(QByteArrayView words);

/// A connection that failed so may work later: the network, a server that is booting or gone. What
/// sign-in or trust refuses stays refused.
[[nodiscard]] bool mayComeBack(const Error &error);

} // namespace core

Q_DECLARE_METATYPE(core::Error)
