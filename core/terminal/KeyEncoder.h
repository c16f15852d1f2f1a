// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminal/TerminalModes.h"

#include <QByteArray>
#include <QString>
#include <Qt>

namespace core::terminal {

/// The bytes of a key as xterm sends them (ctlseqs, "PC-Style Function Keys", TERM=xterm-256color).
/// \a modifiers: Control is the terminal's Ctrl key, on every system. \a text: what the key types,
/// "" for none. \returns "" for a key that sends nothing, such as Shift alone.
[[nodiscard]] QByteArray encodeKey(int key, Qt::KeyboardModifiers modifiers, const QString &text,
                                   const TerminalModes &modes);

/// Pasted text as the program gets it: line ends as Enter, marked as pasted where the program asked
/// for that, and nothing in it that could end the mark or act as a key.
[[nodiscard]] QByteArray encodePaste(const QString &text, const TerminalModes &modes);

} // namespace core::terminal
