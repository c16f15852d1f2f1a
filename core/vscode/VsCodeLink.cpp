// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vscode/VsCodeLink.h"

#include "core/base/ShellQuote.h"

namespace core::vscode {

namespace {

/// Begins with one slash and no more: two would make a host of its first name.
QByteArray plainFolder(const QByteArray &folder)
{
    qsizetype slashes = 0;
    while (slashes < folder.size() && folder[slashes] == '/')
        ++slashes;
    return '/' + folder.sliced(slashes);
}

} // namespace

QLatin1StringView editorScheme(Editor editor)
{
    return QLatin1StringView(editor == Editor::Cursor ? "cursor" : "vscode");
}

QString remoteAuthority(const QString &alias)
{
    const QString prefix = QStringLiteral("ssh-remote+");
    if (alias == alias.toLower())
        return prefix + alias;
    // An alias has no quotes and no backslashes (profiles/SshConfigExport.h).
    const QByteArray told = "{\"hostName\":\"" + alias.toUtf8() + "\"}";
    return prefix + QString::fromLatin1(told.toHex());
}

QUrl remoteLink(Editor editor, const QString &alias, const QByteArray &folder)
{
    const QByteArray path = remoteAuthority(alias).toUtf8().toPercentEncoding("+") +
                            plainFolder(folder).toPercentEncoding("/+");
    return QUrl::fromEncoded(QByteArray(editorScheme(editor).data()) + "://vscode-remote/" + path,
                             QUrl::StrictMode);
}

QString remoteCommand(Editor editor, const QString &alias, const QByteArray &folder)
{
    const QByteArray program = editor == Editor::Cursor ? "cursor" : "code";
    return QString::fromUtf8(
        shellJoin({program, "--remote", remoteAuthority(alias).toUtf8(), plainFolder(folder)}));
}

} // namespace core::vscode
