// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Error.h"

namespace core {

QLatin1StringView errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage: return QLatin1StringView("usage");
    case ErrorCode::HostNotFound: return QLatin1StringView("host-not-found");
    case ErrorCode::ConnectFailed: return QLatin1StringView("connect-failed");
    case ErrorCode::ConnectTimeout: return QLatin1StringView("connect-timeout");
    case ErrorCode::Disconnected: return QLatin1StringView("disconnected");
    case ErrorCode::HostKeyUnknown: return QLatin1StringView("host-key-unknown");
    case ErrorCode::HostKeyChanged: return QLatin1StringView("host-key-changed");
    case ErrorCode::AuthRejected: return QLatin1StringView("auth-rejected");
    case ErrorCode::KeyUnusable: return QLatin1StringView("key-unusable");
    case ErrorCode::KeyPassphraseNeeded: return QLatin1StringView("key-passphrase-needed");
    case ErrorCode::NoCommonAlgorithm: return QLatin1StringView("no-common-algorithm");
    case ErrorCode::ChannelRefused: return QLatin1StringView("channel-refused");
    case ErrorCode::TimedOut: return QLatin1StringView("timed-out");
    case ErrorCode::Cancelled: return QLatin1StringView("cancelled");
    case ErrorCode::RemoteFailed: return QLatin1StringView("remote-failed");
    case ErrorCode::NotFound: return QLatin1StringView("not-found");
    case ErrorCode::PermissionDenied: return QLatin1StringView("permission-denied");
    case ErrorCode::DiskFull: return QLatin1StringView("disk-full");
    case ErrorCode::NoSpaceInodes: return QLatin1StringView("no-space-inodes");
    case ErrorCode::LocalIo: return QLatin1StringView("local-io");
    case ErrorCode::VerifyFailed: return QLatin1StringView("verify-failed");
    case ErrorCode::Parse: return QLatin1StringView("parse");
    case ErrorCode::Unsupported: return QLatin1StringView("unsupported");
    case ErrorCode::Internal: return QLatin1StringView("internal");
    }
    return QLatin1StringView("internal");
}

QLatin1StringView stepName(Step step)
{
    switch (step) {
    case Step::None: return QLatin1StringView("");
    case Step::Resolve: return QLatin1StringView("resolve");
    case Step::Connect: return QLatin1StringView("connect");
    case Step::Handshake: return QLatin1StringView("handshake");
    case Step::HostKey: return QLatin1StringView("hostkey");
    case Step::Auth: return QLatin1StringView("auth");
    case Step::Channel: return QLatin1StringView("channel");
    case Step::Exec: return QLatin1StringView("exec");
    case Step::Transfer: return QLatin1StringView("transfer");
    case Step::Profile: return QLatin1StringView("profile");
    case Step::Keychain: return QLatin1StringView("keychain");
    case Step::Parse: return QLatin1StringView("parse");
    case Step::Sampler: return QLatin1StringView("sampler");
    case Step::Jump: return QLatin1StringView("jump");
    case Step::Local: return QLatin1StringView("local");
    case Step::Key: return QLatin1StringView("key");
    case Step::Install: return QLatin1StringView("install");
    case Step::Forward: return QLatin1StringView("forward");
    case Step::Job: return QLatin1StringView("job");
    }
    return QLatin1StringView("");
}

ErrorCode codeOfSystemWords(QByteArrayView words)
{
    const auto say = [words](QByteArrayView some) { return words.contains(some); };
    if (say("No space left") || say("quota exceeded"))
        return ErrorCode::DiskFull;
    if (say("ermission denied") || say("not permitted") || say("Read-only file system"))
        return ErrorCode::PermissionDenied;
    // As dash and BusyBox's ash say it of an output file's directory, too.
    if (say("No such file") || say("irectory nonexistent") || say("nonexistent directory"))
        return ErrorCode::NotFound;
    return ErrorCode::RemoteFailed;
}

bool mayComeBack(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Disconnected:
    case ErrorCode::ConnectFailed:
    case ErrorCode::ConnectTimeout:
    case ErrorCode::HostNotFound:
    case ErrorCode::TimedOut: return true;
    default: return false;
    }
}

} // namespace core
