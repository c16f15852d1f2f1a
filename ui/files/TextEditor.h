// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QObject;

namespace ui::files {

/// Opens \a file in a text editor of this machine: with \a command (words, quoted as on a command
/// line; the file becomes its last argument), or where that is empty with the system's text editor.
/// Never with the program that the file's name calls for: that would run a script that an instance
/// named train.bat. \a done comes once, through the event loop, while \a context is alive: whether
/// something was started.
void openInTextEditor(const QString &file, const QString &command, QObject *context,
                      std::function<void(bool)> done);

} // namespace ui::files
