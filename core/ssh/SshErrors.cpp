// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/SshErrors.h"

namespace core::ssh {

namespace {

ErrorCode codeFor(int code, Step step)
{
    switch (code) {
    case LIBSSH2_ERROR_SOCKET_NONE:
    case LIBSSH2_ERROR_SOCKET_SEND:
    case LIBSSH2_ERROR_SOCKET_DISCONNECT:
    case LIBSSH2_ERROR_SOCKET_RECV:
    case LIBSSH2_ERROR_CHANNEL_CLOSED:
    case LIBSSH2_ERROR_CHANNEL_EOF_SENT: return ErrorCode::Disconnected;
    case LIBSSH2_ERROR_KEX_FAILURE:
    case LIBSSH2_ERROR_METHOD_NONE:
    case LIBSSH2_ERROR_METHOD_NOT_SUPPORTED:
    case LIBSSH2_ERROR_ALGO_UNSUPPORTED:
    case LIBSSH2_ERROR_HOSTKEY_INIT:
    case LIBSSH2_ERROR_HOSTKEY_SIGN: return ErrorCode::NoCommonAlgorithm;
    case LIBSSH2_ERROR_KEY_EXCHANGE_FAILURE:
    case LIBSSH2_ERROR_BANNER_RECV:
    case LIBSSH2_ERROR_BANNER_SEND:
    case LIBSSH2_ERROR_PROTO:
    case LIBSSH2_ERROR_INVALID_MAC:
    case LIBSSH2_ERROR_DECRYPT:
    case LIBSSH2_ERROR_OUT_OF_BOUNDARY:
        // The stream ended or is no SSH: to the user both are a connection that does not work.
        return step == Step::Handshake ? ErrorCode::ConnectFailed : ErrorCode::Disconnected;
    case LIBSSH2_ERROR_TIMEOUT:
    case LIBSSH2_ERROR_SOCKET_TIMEOUT: return ErrorCode::TimedOut;
    case LIBSSH2_ERROR_PASSWORD_EXPIRED:
    case LIBSSH2_ERROR_AUTHENTICATION_FAILED:
    case LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED:
    case LIBSSH2_ERROR_AGENT_PROTOCOL: return ErrorCode::AuthRejected;
    case LIBSSH2_ERROR_FILE:
    case LIBSSH2_ERROR_PUBLICKEY_PROTOCOL: return ErrorCode::KeyUnusable;
    case LIBSSH2_ERROR_KEYFILE_AUTH_FAILED: return ErrorCode::KeyPassphraseNeeded;
    case LIBSSH2_ERROR_CHANNEL_FAILURE:
    case LIBSSH2_ERROR_CHANNEL_REQUEST_DENIED:
    case LIBSSH2_ERROR_REQUEST_DENIED: return ErrorCode::ChannelRefused;
    default: return ErrorCode::Internal;
    }
}

} // namespace

Error sessionError(LIBSSH2_SESSION *session, int code, Step step)
{
    char *message = nullptr;
    int length = 0;
    const int last = libssh2_session_last_error(session, &message, &length, 0);
    QString detail;
    // An rc of -1 carries no message of its own.
    if (message && length > 0 && (code == 0 || code == -1 || last == code))
        detail = QString::fromUtf8(message, length);
    const int effective = code == 0 || code == -1 ? last : code;
    if (detail.isEmpty())
        detail = QStringLiteral("libssh2 error %1").arg(effective);
    return {codeFor(effective, step), step, detail};
}

} // namespace core::ssh
