// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QString>

#include <optional>

/// Small pieces that the parsers share. Nothing here knows a locale.
namespace core::probe {

/// Lines without their ends (LF or CRLF); a byte order mark in front is left out.
[[nodiscard]] QByteArrayList splitLines(QByteArrayView text);
/// Words between runs of blanks.
[[nodiscard]] QByteArrayList splitWords(QByteArrayView line);

/// True for what tools print in place of a value: "", "-", "N/A", "[N/A]", "[Not Supported]",
/// "ERR!",
/// "[Unknown Error]", "Requested functionality has been deprecated", ...
[[nodiscard]] bool isAbsent(QByteArrayView value);

/// What "mig.mode.current" says; absent where the driver could not tell.
[[nodiscard]] std::optional<bool> migMode(QByteArrayView value);

/// A decimal number at the start ("402.13 W", "97 %", "24564MiB"), finite and below 1e15.
[[nodiscard]] std::optional<double> leadingNumber(QByteArrayView value);
/// A share from 0 to 100; drivers print 4294967295 and -1 for "unknown".
[[nodiscard]] std::optional<double> percentage(QByteArrayView value);
/// The same as a whole number of MiB, whatever unit stands behind it (MiB without one).
[[nodiscard]] std::optional<qint64> mebibytes(QByteArrayView value);
/// All digits, no overflow.
[[nodiscard]] std::optional<qint64> wholeNumber(QByteArrayView value);

[[nodiscard]] QString decode(QByteArrayView bytes);

} // namespace core::probe
