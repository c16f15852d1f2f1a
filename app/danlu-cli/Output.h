// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArrayView>
#include <QJsonArray>
#include <QJsonObject>

#include <functional>
#include <optional>

namespace cli {

enum ExitCode {
    ExitDone = 0,
    ExitFailed = 1,
    ExitUsage = 2,
    ExitNoConnection = 3,
    ExitPartly = 4, ///< some files failed; each was named
    ExitCancelled = 130,
    ExitReaderGone = 141 ///< as a shell says of a program that SIGPIPE ended
};

/// Which exit code an error ends the program with.
[[nodiscard]] int exitCodeFor(const core::Error &error);

/// Everything the program prints, in one place: whole writes, flushed, UTF-8.
void writeOut(QByteArrayView bytes);
void writeErr(QByteArrayView bytes);
/// \a ended is called once, when stdout takes nothing any more; what is written later is dropped.
void onOutputEnd(std::function<void()> ended);
/// The exit code that goes before the command's own: ExitReaderGone, or ExitFailed where stdout
/// can't be written. Nothing while all was written.
[[nodiscard]] std::optional<int> outputFailure();
void printJson(const QJsonObject &object);
void printJson(const QJsonArray &array);
/// What a remote side may have said, for a terminal: controls, and what turns the direction of
/// writing, as \xHH; newlines and tabs stay where \a keepsLines.
[[nodiscard]] QString printable(const QString &text, bool keepsLines);
/// Printable text and a newline.
void printLine(const QString &line);

/// What the next error's hint says instead of the usual words: where the fault can be mended.
void setHint(const QString &hint);
/// The one diagnostic line of docs/cli.md, or its JSON. \returns exitCodeFor(error).
int reportError(const core::Error &error, bool json);

} // namespace cli
