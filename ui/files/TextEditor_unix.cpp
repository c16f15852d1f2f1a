// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/TextEditor.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

namespace ui::files {

namespace {

bool start(QStringList words, const QString &file)
{
    if (words.isEmpty())
        return false;
    const QString program = words.takeFirst();
    return QProcess::startDetached(program, words + QStringList{file});
}

#ifndef Q_OS_MACOS

/// The command of a desktop entry, without the place of the file (Desktop Entry Specification 1.5,
/// "The Exec key"); nothing for one that needs a terminal.
QStringList commandOf(const QString &desktopFile)
{
    const QString path = QStandardPaths::locate(QStandardPaths::ApplicationsLocation, desktopFile);
    QFile entry(path);
    if (path.isEmpty() || !entry.open(QIODevice::ReadOnly))
        return {};
    bool isMain = false;
    QStringList words;
    for (const QByteArray &raw : entry.readAll().split('\n')) {
        const QByteArray line = raw.trimmed();
        if (line.startsWith('['))
            isMain = line == "[Desktop Entry]";
        else if (isMain && line == "Terminal=true")
            return {};
        else if (isMain && line.startsWith("Exec="))
            words = QProcess::splitCommand(QString::fromUtf8(line.mid(5)));
    }
    QStringList command;
    for (const QString &word : std::as_const(words)) {
        if (!word.startsWith(u'%') || word.size() != 2)
            command += QString(word).replace(QStringLiteral("%%"), QStringLiteral("%"));
    }
    return command;
}

/// Where the desktop names none.
QStringList anyEditor()
{
    for (const char *name : {"gnome-text-editor", "gedit", "kate", "kwrite", "mousepad", "xed",
                             "pluma", "featherpad", "leafpad"}) {
        const QString path = QStandardPaths::findExecutable(QString::fromLatin1(name));
        if (!path.isEmpty())
            return {path};
    }
    return {};
}

#endif

} // namespace

void openInTextEditor(const QString &file, const QString &command, QObject *context,
                      std::function<void(bool)> done)
{
    const auto tell = [context, done = std::move(done)](bool started) {
        QMetaObject::invokeMethod(
            context, [done, started] { done(started); }, Qt::QueuedConnection);
    };
    if (!command.trimmed().isEmpty()) {
        tell(start(QProcess::splitCommand(command), file));
        return;
    }
#ifdef Q_OS_MACOS
    tell(start({QStringLiteral("/usr/bin/open"), QStringLiteral("-t")}, file));
#else
    auto *query = new QProcess(context);
    const auto take = [query, file, tell](bool ran) {
        query->disconnect();
        query->deleteLater();
        const QString entry =
            ran ? QString::fromUtf8(query->readAllStandardOutput()).trimmed() : QString();
        const QStringList words = entry.isEmpty() ? QStringList() : commandOf(entry);
        tell(start(words.isEmpty() ? anyEditor() : words, file));
    };
    QObject::connect(query, &QProcess::finished, context, [take] { take(true); });
    QObject::connect(query, &QProcess::errorOccurred, context,
                     [take](QProcess::ProcessError error) {
                         if (error == QProcess::FailedToStart)
                             take(false);
                     });
    query->start(QStringLiteral("xdg-mime"), {QStringLiteral("query"), QStringLiteral("default"),
                                              QStringLiteral("text/plain")});
#endif
}

} // namespace ui::files
