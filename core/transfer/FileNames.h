// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <optional>

namespace core::transfer {

/// The name that data has until it is complete and its size agrees.
inline constexpr auto partSuffix = ".danlu-part";

/// Joins bytes; \a name "" gives the directory.
[[nodiscard]] QByteArray joinPath(const QByteArray &directory, const QByteArray &name);
/// "/a/b/" and "/a/b" give "b"; "/" gives "".
[[nodiscard]] QByteArray lastName(const QByteArray &path);
/// "/a/b/" and "/a/b" give "/a"; "b" gives "."; "/" gives "/".
[[nodiscard]] QByteArray parentPath(const QByteArray &path);

/// One name of a listing or an archive may be taken as a name: not empty, ".", "..", nor with a '/'
/// or a NUL.
[[nodiscard]] bool isPlainName(const QByteArray &name);

/// The name a remote file gets here: control characters, and on Windows what it can't have, become
/// "%XX". \returns nothing when the name stays as it is.
[[nodiscard]] std::optional<QByteArray> escapedLocalName(const QByteArray &name, bool forWindows);
/// The rules of the system this runs on.
[[nodiscard]] bool hasWindowsNames();

/// Whether a link with \a target at \a path (relative to the tree's root) stays inside the tree.
[[nodiscard]] bool staysInside(const QByteArray &path, const QByteArray &target);

/// \a globs as TransferRequest::excludes; '*' and '?' do not match '/'.
[[nodiscard]] bool isExcluded(const QByteArrayList &globs, const QByteArray &path);

[[nodiscard]] bool isUtf8(const QByteArray &name);
/// For people: UTF-8 as it is, but every control character and every byte that is none as \xHH.
[[nodiscard]] QString shownName(const QByteArray &name);
/// The other way, for what a person typed or edited.
[[nodiscard]] QByteArray nameFromShown(const QString &shown);

} // namespace core::transfer
