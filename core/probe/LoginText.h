// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace core::probe {

/// Makes pasted text plain without touching passwords: full-width ASCII, odd blanks and dashes of
/// rich-text editors become what was typed. Only for the lines that hold the command.
[[nodiscard]] QString plainCommandText(const QString &text);

/// Words as a shell splits them: quotes (typographic ones too), backslash escapes; the backslashes
/// of Windows paths stay. A missing closing quote ends with the text.
[[nodiscard]] QStringList shellWords(const QString &line);

} // namespace core::probe
