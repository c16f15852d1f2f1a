// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/TransferState.h"

#include <QByteArrayList>

#include <functional>

/// What GNU's find is asked for, and what it prints.
namespace core::transfer {

struct FoundFile
{
    qint64 size = 0;
    qint64 mtime = 0; ///< whole seconds
};

/// Of find's -printf '%s %T@ %p\0': \a records are whole ones.
void forEachFound(QByteArrayView records,
                  const std::function<void(const QByteArray &path, const FoundFile &)> &each);

/// Of find's %y.
[[nodiscard]] Item::Type typeOfFound(const QByteArray &letter);
/// A find expression that goes below no directory of \a excludes and prints nothing of it; "" or
/// "... -o ". What a glob of a path means can't all be said to find: the rest is told afterwards.
[[nodiscard]] QByteArray pruneExpression(const QByteArrayList &excludes);
/// The path that a message of find is about, as it was named below ".", without "./".
[[nodiscard]] QByteArray pathOfFindError(const QByteArray &line);

} // namespace core::transfer
