// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace cli {

/// "TARGET:PATH" of ls, get and put.
struct RemotePath
{
    QString target;
    QByteArray path;      ///< relative to the home, "" = the home
    bool hasPath = false; ///< there was a colon for it
};

/// The colon that ends the target is the first one that is no part of it: "user@host:2222:/data",
/// "[::1]:2222:/data", "ssh://user@host:2222:/data" and "train:/data" all work. A number between
/// two colons is a port. "~" and "~/x" are the home, which SFTP does not know by that name. Bytes
/// may be written as they are shown, "\xHH".
[[nodiscard]] RemotePath splitRemotePath(const QString &text);

} // namespace cli
