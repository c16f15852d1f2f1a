// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/probe/PortForward.h"

#include <QStringList>

#include <optional>

namespace core::probe {

/// What a pasted login command says.
struct LoginCommand
{
    QString user; ///< "" when the text does not say
    QString host;
    quint16 port = 22;
    std::optional<QString> identity; ///< path of the private key
    std::optional<QString> jump;     ///< as written after -J
    std::vector<PortForward> forwards;
    std::optional<SecretBytes> password; ///< from a second line or a labelled line
    QStringList ignoredOptions;          ///< options that were understood and left out
};

/// Finds a login command in pasted text: ssh, scp, sftp or ssh:// in any option order, quotes,
/// full-width characters, the password on a line of its own or after a label, console text around
/// it. The text is not changed. Errors: Parse, when there is no host, or a port that is none.
[[nodiscard]] Result<LoginCommand> parseLoginCommand(const QString &text);

} // namespace core::probe
