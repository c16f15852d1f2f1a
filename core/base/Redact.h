// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QString>

namespace core {

/// \a text with what looks like a secret replaced by "[hidden]": private key blocks (PEM, OpenSSH,
/// PuTTY), the password of a URL, what follows password, passphrase, token, secret or api key and
/// ":" or "=", bearer tokens, and well-known token forms (hf_, ghp_, sk-, AKIA, glpat-). The last
/// fence behind "no secret gets there", for logs and reports.
[[nodiscard]] QString redacted(const QString &text);

/// From now on whatever goes through Qt's logging is redacted() first, then printed as before.
/// Once, at the start of the program.
void installRedactingLog();

/// What is told besides the error.
struct ErrorReportFacts
{
    QString address;    ///< user@host:port, "" = leave out
    QString negotiated; ///< algorithms of the connection, "" = unknown
};
/// Text for a bug report: program, Qt, system, error code, step and the redacted detail. English:
/// it goes to the developers.
[[nodiscard]] QString errorReport(const Error &error, const ErrorReportFacts &facts);

} // namespace core
