// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/TextEditor.h"

#include <QDir>
#include <QObject>
#include <QProcess>

namespace ui::files {

void openInTextEditor(const QString &file, const QString &command, QObject *context,
                      std::function<void(bool)> done)
{
    QStringList words = QProcess::splitCommand(command);
    // By its full path: a program of that name in the current folder must not be taken for it.
    if (words.isEmpty())
        words = {qEnvironmentVariable("SystemRoot", QStringLiteral("C:\\Windows")) +
                 QStringLiteral("\\System32\\notepad.exe")};
    const QString program = words.takeFirst();
    const bool started =
        QProcess::startDetached(program, words + QStringList{QDir::toNativeSeparators(file)});
    QMetaObject::invokeMethod(
        context, [done = std::move(done), started] { done(started); }, Qt::QueuedConnection);
}

} // namespace ui::files
