// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/Output.h"

#include "app/danlu-cli/Console.h"
#include "core/base/Redact.h"

#include <QJsonDocument>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>

using core::ErrorCode;

namespace cli {

namespace {

struct Words
{
    const char *message;
    const char *hint;
};

// The command line speaks English only: its readers are scripts, logs and search engines.
Words wordsFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage: return {"wrong usage", "run danlu-cli --help"};
    case ErrorCode::HostNotFound:
        return {"the host name cannot be resolved", "check the name and your network connection"};
    case ErrorCode::ConnectFailed:
        return {"the connection was refused or the host is unreachable",
                "is the instance running? its port may have changed: copy the login command again"};
    case ErrorCode::ConnectTimeout:
        return {"no answer in time",
                "is the instance running? try again, or raise --connect-timeout"};
    case ErrorCode::Disconnected:
        return {"the connection was lost", "the instance may have stopped; try again"};
    case ErrorCode::HostKeyUnknown:
        return {"the host key is not known",
                "compare the fingerprint, then use --host-key accept-new once"};
    case ErrorCode::HostKeyChanged:
        return {"the host key has changed",
                "after an image change or a move this is expected: danlu-cli profile edit NAME "
                "--forget-host-key; otherwise someone may be listening"};
    case ErrorCode::AuthRejected:
        return {"the server refused the sign-in",
                "check user and password or key; after a restart the password may have changed"};
    case ErrorCode::KeyUnusable:
        return {"the private key cannot be used",
                "use an OpenSSH, PEM, PKCS#8 or PuTTY private key"};
    case ErrorCode::KeyPassphraseNeeded:
        return {"the private key needs its passphrase", "give it with --passphrase-stdin"};
    case ErrorCode::NoCommonAlgorithm:
        return {"the server and danlu share no algorithm",
                "the server's SSH is too old or too strict"};
    case ErrorCode::ChannelRefused:
        return {"the server refused to open a channel",
                "too many sessions? close some and try again"};
    case ErrorCode::TimedOut: return {"it took too long", "try again"};
    case ErrorCode::Cancelled: return {"cancelled", ""};
    case ErrorCode::RemoteFailed: return {"the remote side reported a failure", ""};
    case ErrorCode::NotFound: return {"not found", "check the name"};
    case ErrorCode::PermissionDenied: return {"permission denied", ""};
    case ErrorCode::DiskFull: return {"the disk is full", "free some space and try again"};
    case ErrorCode::NoSpaceInodes:
        return {"no inodes left: too many files", "remove or pack small files and try again"};
    case ErrorCode::LocalIo: return {"a local file cannot be read or written", ""};
    case ErrorCode::VerifyFailed: return {"the verification failed", "try again"};
    case ErrorCode::Parse: return {"the text cannot be understood", ""};
    case ErrorCode::Unsupported: return {"not supported", ""};
    case ErrorCode::Internal: return {"an internal error", "please report this"};
    }
    return {"an internal error", ""};
}

/// Of host keys, keys that are made and forwarded ports the same codes tell something else.
Words wordsFor(const core::Error &error)
{
    if (error.step == core::Step::Key && error.code == ErrorCode::Usage &&
        error.detail.endsWith(u": is there already"))
        return {"a key is never written over", "choose another --name, or move the old file away"};
    if (error.step == core::Step::HostKey && error.code == ErrorCode::VerifyFailed)
        return {"the host key is revoked",
                "an @revoked line of known_hosts forbids this key: do not connect, ask who runs "
                "the host"};
    if (error.step != core::Step::Forward)
        return wordsFor(error.code);
    switch (error.code) {
    case ErrorCode::Usage:
        return {"this cannot be forwarded", "-L and -R take [BIND:]PORT:HOST:PORT, -D [BIND:]PORT"};
    case ErrorCode::LocalIo: return {"the port is in use here", "choose another one"};
    case ErrorCode::PermissionDenied:
        return {"this port may not be forwarded",
                "use a port from 1024 on; a server may forbid it"};
    case ErrorCode::RemoteFailed:
        return {"the server does not listen there",
                "the port is taken there, or the server forbids it (AllowTcpForwarding)"};
    case ErrorCode::ConnectFailed:
        return {"the target refused the connection", "does the program there run?"};
    default: return wordsFor(error.code);
    }
}

QString &nextHint()
{
    static QString hint;
    return hint;
}

int outputError = 0; ///< errno of the write to stdout that failed

std::function<void()> &outputEnded()
{
    static std::function<void()> callback;
    return callback;
}

} // namespace

int exitCodeFor(const core::Error &error)
{
    // A key command connects to nothing.
    if (error.step == core::Step::Key &&
        (error.code == ErrorCode::KeyUnusable || error.code == ErrorCode::KeyPassphraseNeeded))
        return ExitFailed;
    // A certificate that is not right, a key that is revoked: the host is not trusted.
    if ((error.step == core::Step::Handshake || error.step == core::Step::HostKey) &&
        error.code == ErrorCode::VerifyFailed)
        return ExitNoConnection;
    switch (error.code) {
    case ErrorCode::Usage: return ExitUsage;
    case ErrorCode::Cancelled: return ExitCancelled;
    case ErrorCode::HostNotFound:
    case ErrorCode::ConnectFailed:
    case ErrorCode::ConnectTimeout:
    case ErrorCode::Disconnected:
    case ErrorCode::HostKeyUnknown:
    case ErrorCode::HostKeyChanged:
    case ErrorCode::AuthRejected:
    case ErrorCode::KeyUnusable:
    case ErrorCode::KeyPassphraseNeeded:
    case ErrorCode::NoCommonAlgorithm:
    case ErrorCode::ChannelRefused: return ExitNoConnection;
    default: return ExitFailed;
    }
}

void writeOut(QByteArrayView bytes)
{
    if (outputError != 0)
        return;
    outputError = writeStandard(false, bytes);
    if (outputError == 0)
        return;
    if (outputError != EPIPE)
        reportError({ErrorCode::LocalIo, core::Step::None,
                     QStringLiteral("stdout: ") + qt_error_string(outputError)},
                    false);
    if (outputEnded())
        outputEnded()();
}

void writeErr(QByteArrayView bytes)
{
    // Where stderr can't be written there is nowhere to say so.
    if (writeStandard(true, bytes) != 0)
        return;
}

void onOutputEnd(std::function<void()> ended)
{
    outputEnded() = std::move(ended);
}

std::optional<int> outputFailure()
{
    if (outputError == 0)
        return std::nullopt;
    return outputError == EPIPE ? ExitReaderGone : ExitFailed;
}

void printJson(const QJsonObject &object)
{
    writeOut(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void printJson(const QJsonArray &array)
{
    writeOut(QJsonDocument(array).toJson(QJsonDocument::Compact) + '\n');
}

QString printable(const QString &text, bool keepsLines)
{
    const auto isHarmful = [keepsLines](QChar c) {
        if (keepsLines && (c == u'\n' || c == u'\t'))
            return false;
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    };
    if (std::none_of(text.cbegin(), text.cend(), isHarmful))
        return text;
    QString shown;
    for (const QChar c : text) {
        if (!isHarmful(c)) {
            shown += c;
            continue;
        }
        for (const char byte : QString(c).toUtf8())
            shown += QStringLiteral("\\x%1").arg(uchar(byte), 2, 16, QLatin1Char('0'));
    }
    return shown;
}

void printLine(const QString &line)
{
    writeOut((printable(line, true) + u'\n').toUtf8());
}

void setHint(const QString &hint)
{
    nextHint() = hint;
}

int reportError(const core::Error &error, bool json)
{
    // What was cancelled because stdout ended was no wish of a person's.
    if (outputError != 0 && error.code == ErrorCode::Cancelled)
        return exitCodeFor(error);
    const Words words = wordsFor(error);
    const QString given = std::exchange(nextHint(), {});
    const QString hint = given.isEmpty() ? QString::fromLatin1(words.hint) : given;
    // One line even where the server's words have several.
    const QString detail = core::redacted(error.detail).simplified();
    if (json) {
        const QJsonObject body{{QStringLiteral("code"), QString(core::errorCodeName(error.code))},
                               {QStringLiteral("step"), QString(core::stepName(error.step))},
                               {QStringLiteral("message"), QLatin1StringView(words.message)},
                               {QStringLiteral("hint"), hint},
                               {QStringLiteral("detail"), detail}};
        writeErr(QJsonDocument(QJsonObject{{QStringLiteral("error"), body}})
                     .toJson(QJsonDocument::Compact) +
                 '\n');
    } else {
        QString line = QStringLiteral("danlu-cli: %1: %2")
                           .arg(core::errorCodeName(error.code), QLatin1StringView(words.message));
        if (!detail.isEmpty())
            line += QStringLiteral(" (%1)").arg(printable(detail, false));
        if (!hint.isEmpty())
            line += QStringLiteral("; ") + hint;
        writeErr((line + u'\n').toUtf8());
    }
    return exitCodeFor(error);
}

} // namespace cli
