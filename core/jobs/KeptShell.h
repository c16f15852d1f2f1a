// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace core::jobs {

/// Shells that go on when nobody looks at them, each in a session of screen or tmux whose name no
/// job has.
[[nodiscard]] QString keptShellName(int number);
/// Also what older versions called them.
[[nodiscard]] bool isKeptShell(const QString &sessionName);
/// Attaches to it, wherever else it is shown, and makes it where there is none: for any login
/// shell. Exit code 127 where there is neither screen nor tmux.
[[nodiscard]] QByteArray keptShellText(int number);

} // namespace core::jobs
