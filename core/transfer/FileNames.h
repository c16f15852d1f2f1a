// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace core::transfer {

/// The name that data has until it is complete and its size agrees.
inline constexpr auto partSuffix = ".danlu-part";
/// Bytes of a path that a server is asked about; Linux's PATH_MAX without its NUL. A tree that goes
/// deeper can't be walked over SFTP, and a server that makes one up would never end it.
inline constexpr qsizetype longestRemotePath = 4095;

/// The name of a file or directory at \a path until it is complete: with partSuffix. Where that
/// would be longer than a name may be (255 bytes), or where \a isTaken by a file of this very name,
/// a digest of the name makes it another.
[[nodiscard]] QByteArray partPath(const QByteArray &path, bool isTaken = false);
/// Eight hexadecimal digits that stand for \a bytes.
[[nodiscard]] QByteArray shortDigest(const QByteArray &bytes);

/// SFTP tells times in 32 bits: equal as far as it can tell.
[[nodiscard]] inline bool isSameTime(qint64 a, qint64 b)
{
    return quint32(a) == quint32(b);
}

/// Joins bytes; \a name "" gives the directory.
[[nodiscard]] QByteArray joinPath(const QByteArray &directory, const QByteArray &name);
/// "/a/b//" gives "/a/b"; "//" gives "/".
[[nodiscard]] QByteArray withoutSlashes(QByteArray path);
/// "/a/b/" and "/a/b" give "b"; "/" gives "".
[[nodiscard]] QByteArray lastName(const QByteArray &path);
/// "/a/b/" and "/a/b" give "/a"; "b" gives "."; "/" gives "/".
[[nodiscard]] QByteArray parentPath(const QByteArray &path);

/// \a path is \a directory or below it; both as written.
[[nodiscard]] bool isAtOrBelow(const QByteArray &path, const QByteArray &directory);

/// \a mtime: seconds since 1970. \a told: what SFTP version 3 has of it, 32 bits.
[[nodiscard]] constexpr bool isSameTime(qint64 mtime, quint32 told)
{
    return quint32(mtime) == told;
}
/// SFTP version 3 can say it: from 1970 to 2106.
[[nodiscard]] constexpr bool fitsSftpTime(qint64 mtime)
{
    return mtime == qint64(quint32(mtime));
}

/// One name of a listing or an archive may be taken as a name: not empty, ".", "..", nor with a '/'
/// or a NUL.
[[nodiscard]] bool isPlainName(const QByteArray &name);

/// The name a remote file gets here: control characters, and on Windows what it can't have, become
/// "%XX". \returns nothing when the name stays as it is.
[[nodiscard]] std::optional<QByteArray> escapedLocalName(const QByteArray &name, bool forWindows);
/// The rules of the system this runs on.
[[nodiscard]] bool hasWindowsNames();

/// Whether a link with \a target at \a path (relative to the tree's root) stays inside the tree.
/// ".." after a name counts as leaving: the name may be a link, from which it leads anywhere.
[[nodiscard]] bool staysInside(const QByteArray &path, const QByteArray &target);

/// '*' and '?' do not match '/'.
[[nodiscard]] bool matchesGlob(QByteArrayView glob, QByteArrayView text);
/// \a globs as TransferRequest::excludes; '*' and '?' do not match '/'.
[[nodiscard]] bool isExcluded(const QByteArrayList &globs, const QByteArray &path);

[[nodiscard]] bool isUtf8(const QByteArray &name);
/// For people: UTF-8 as it is, but every control character, every byte that is none, and a
/// backslash before an 'x' as \xHH.
[[nodiscard]] QString shownName(const QByteArray &name);
/// The other way, for what a person typed or edited; shownName() and back is the same name.
[[nodiscard]] QByteArray nameFromShown(const QString &shown);
/// The same of bytes: those that are no UTF-8 stay as they are.
[[nodiscard]] QByteArray nameFromShown(const QByteArray &text);

} // namespace core::transfer
