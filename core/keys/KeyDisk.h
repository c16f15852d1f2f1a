// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArrayView>
#include <QString>

/// What differs between systems about key files: KeyDisk_unix.cpp, KeyDisk_windows.cpp. Errors
/// (Step::Key): NotFound, PermissionDenied, DiskFull, LocalIo, and Usage when a new file is there
/// already; "path: the system's words" in detail.
namespace core::keys {

enum class Access {
    UserOnly, ///< 0600; on Windows an ACL with the user alone
    Everyone  ///< 0644; on Windows what the folder gives
};

/// Makes the file with that access from its first moment, never over one that is there (nor through
/// a link), writes it through to the disk; removes it again when that fails.
[[nodiscard]] Result<> createFile(const QString &path, QByteArrayView bytes, Access access);

/// A whole new file takes the place of \a path by renaming, with the same access rights. A link
/// stays a link.
[[nodiscard]] Result<> replaceFile(const QString &path, QByteArrayView bytes);

/// Makes a folder that only the user may use, where it is missing; its parents as the system does.
[[nodiscard]] Result<> makePrivateFolder(const QString &path);

/// Whether others than the user (and, on Windows, the system and its administrators) may read it.
[[nodiscard]] bool isOpenToOthers(const QString &path);
[[nodiscard]] Result<> makePrivate(const QString &path);

} // namespace core::keys
