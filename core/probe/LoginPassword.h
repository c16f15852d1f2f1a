// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"

#include <QStringList>

#include <optional>

namespace core::probe {

/// Where a login command stands in a text.
struct LoginPlace
{
    int firstLine = 0;
    int lastLine = 0;
    QString before; ///< of its first line: "sshpass -p x "
    QString behind; ///< of its last line, from the label of a password on
};

/// The password that belongs to the command: after a label, for sshpass, or alone on the next line.
/// Dots and stars in its place are none, nor are the words that consoles have there.
[[nodiscard]] std::optional<SecretBytes> findLoginPassword(const QStringList &lines,
                                                           const LoginPlace &place);
/// "********", "••••••••": what stands where a password is not shown.
[[nodiscard]] bool isMaskedPassword(const QString &word);
/// Where, in the text of a command, the label of a password begins; -1 when there is none.
[[nodiscard]] qsizetype passwordLabelIn(const QString &text);

} // namespace core::probe
