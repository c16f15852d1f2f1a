// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace core::catalog {

/// The small files of the configuration folder. Errors: LocalIo with the path and the system's
/// words.

/// Absent when there is no such file. Parse for one of more than \a limit bytes.
[[nodiscard]] Result<std::optional<QByteArray>> readLocalFile(const QString &path, qint64 limit);
/// Whole or not at all.
[[nodiscard]] Result<> writeLocalFile(const QString &path, const QByteArray &bytes);
/// Renames a broken file to PATH.corrupt-DATE. \returns its new path.
[[nodiscard]] Result<QString> setAside(const QString &path, const Clock &clock);

} // namespace core::catalog
