// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace core::vscode {

/// Programs that open a folder over SSH by a link of the same form.
enum class Editor { VsCode, Cursor };

/// "vscode" or "cursor": the link's scheme, and the stable name in settings.
[[nodiscard]] QLatin1StringView editorScheme(Editor editor);

/// "ssh-remote+ALIAS", what both programs call the host: for the link and for "code --remote".
///
/// The programs keep the name in the authority of a URI, which they turn into lower case, while
/// ssh_config tells "Train" from "train". So a name with capitals is given as Remote-SSH itself
/// writes it then: the hexadecimal digits of {"hostName":"ALIAS"}.
[[nodiscard]] QString remoteAuthority(const QString &alias);

/// vscode://vscode-remote/ssh-remote+ALIAS/FOLDER: a new window on the folder. \a alias: the Host
/// in ~/.ssh/config. \a folder: absolute, the server's bytes. All but letters, digits and "-._~/+"
/// is percent-encoded.
[[nodiscard]] QUrl remoteLink(Editor editor, const QString &alias, const QByteArray &folder);

/// The same for a terminal of this machine, to be shown: "code --remote ssh-remote+ALIAS FOLDER".
[[nodiscard]] QString remoteCommand(Editor editor, const QString &alias, const QByteArray &folder);

} // namespace core::vscode
