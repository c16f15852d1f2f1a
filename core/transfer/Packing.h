// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

struct archive;

namespace core::transfer {

/// How a tar stream is packed on its way.
enum class Packing { None, Gzip, Zstd };

/// Adds the filter, at its quickest level. False when this machine can't.
[[nodiscard]] bool addPacking(archive *writer, Packing packing);
/// A command for a pipe on the instance; None has none.
[[nodiscard]] QByteArray packCommand(Packing packing);
[[nodiscard]] QByteArray unpackCommand(Packing packing);
/// What \a sample takes packed, bytes; -1 when this machine can't.
[[nodiscard]] qint64 packedSize(const QByteArray &sample, Packing packing);
/// Whether it is worth it: zstd packs faster than lines carry, gzip does not, and both cost for
/// nothing where the data is packed already.
[[nodiscard]] bool isWorthPacking(Packing packing, qint64 plainSize, qint64 packedSize);

} // namespace core::transfer
