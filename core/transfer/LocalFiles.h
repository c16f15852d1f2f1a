// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/ssh/Sftp.h"

#include <QByteArray>

#include <memory>
#include <vector>

/// Files of this machine by their names' bytes: LocalFiles_unix.cpp, LocalFiles_windows.cpp. Qt's
/// own classes can't name a file whose name is no UTF-8. Errors: NotFound, PermissionDenied,
/// DiskFull, NoSpaceInodes, LocalIo; "path: the system's words" in the detail. All of it blocks.
namespace core::transfer {

/// The bytes that name a file here: UTF-8 on Windows, elsewhere the system's own.
[[nodiscard]] QByteArray localPathBytes(const QString &path);
[[nodiscard]] QString localPathText(const QByteArray &path);

struct LocalInfo
{
    ssh::RemoteEntry::Type type = ssh::RemoteEntry::Type::Other;
    qint64 size = 0;    ///< bytes
    qint64 mtime = 0;   ///< seconds since 1970, UTC
    qint64 mtimeNs = 0; ///< and nanoseconds
    quint32 mode = 0;   ///< permission bits
};

struct LocalSpace
{
    qint64 availableBytes = 0;
    qint64 availableFiles = -1; ///< inodes; -1 = not counted
};

class LocalFile
{
public:
    virtual ~LocalFile() = default;

    /// Up to \a size bytes from \a offset; fewer only at the end.
    [[nodiscard]] virtual Result<qint64> readAt(qint64 offset, char *to, qint64 size) = 0;
    [[nodiscard]] virtual Result<> writeAt(qint64 offset, QByteArrayView bytes) = 0;
    [[nodiscard]] virtual Result<LocalInfo> info() const = 0;
    /// Cuts the file to \a size, or lengthens it with zeros.
    [[nodiscard]] virtual Result<> resize(qint64 size) = 0;
};

/// A directory's names, one after another.
class LocalNames
{
public:
    virtual ~LocalNames() = default;

    /// Without "." and ".."; "" = the end.
    [[nodiscard]] virtual Result<QByteArray> next() = 0;
};

/// What is there itself, or what its link leads to.
[[nodiscard]] Result<LocalInfo> localInfo(const QByteArray &path, bool followLink = false);
[[nodiscard]] Result<std::unique_ptr<LocalNames>> openLocalNames(const QByteArray &directory);
[[nodiscard]] Result<std::unique_ptr<LocalFile>> openLocal(const QByteArray &path);
/// For writing; makes it when it is not there, keeps what is in it. Never through a link.
[[nodiscard]] Result<std::unique_ptr<LocalFile>> createLocal(const QByteArray &path);
/// For writing what createLocal() made: NotFound when it is gone.
[[nodiscard]] Result<std::unique_ptr<LocalFile>> reopenLocal(const QByteArray &path);
/// With its parents.
[[nodiscard]] Result<> makeLocalDirectory(const QByteArray &path);
[[nodiscard]] Result<> makeLocalLink(const QByteArray &target, const QByteArray &path);
[[nodiscard]] Result<QByteArray> readLocalLink(const QByteArray &path);
/// Absolute, with all links followed.
[[nodiscard]] Result<QByteArray> canonicalLocal(const QByteArray &path);
/// Whether \a root and what leads from it to \a below, which itself is not looked at, are
/// directories and no links: one of them may have been put in a folder's place meanwhile.
[[nodiscard]] Result<> checkLocalFolders(const QByteArray &root, const QByteArray &below);
/// Replaces what has the new name.
[[nodiscard]] Result<> renameLocal(const QByteArray &from, const QByteArray &to);
/// A file, a link or an empty directory.
[[nodiscard]] Result<> removeLocal(const QByteArray &path);
/// \a mode: permission bits, where the system has them; set-user and set-group bits, which a server
/// could plant, are dropped. PermissionDenied or Unsupported where the file system keeps none.
[[nodiscard]] Result<> setLocalTimes(const QByteArray &path, qint64 mtime, quint32 mode);
/// Whether setLocalTimes() failed because the file system has no such thing: the file is whole.
[[nodiscard]] bool keepsNoTimes(const Error &error);
/// A whole file: as \a part first, then by its own name. \returns whether the file system took its
/// time and mode.
[[nodiscard]] Result<bool> saveLocal(const QByteArray &path, const QByteArray &part,
                                     QByteArrayView bytes, qint64 mtime, quint32 mode);
/// Unsupported where the file system does not tell.
[[nodiscard]] Result<LocalSpace> localSpace(const QByteArray &directory);

} // namespace core::transfer
