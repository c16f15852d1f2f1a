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
/// What a stream holds, and what a sample of its files' contents showed.
struct PackingTrial
{
    qint64 sampleSize = 0; ///< bytes
    qint64 packedSize = 0; ///< of the sample
    qint64 bytes = 0;      ///< of all files' contents
    qint64 files = 0;
    bool isSlowLine = false; ///< the processors wait for it
};

/// Whether it is worth it, tar's headers and padding included, which nearly vanish: zstd packs
/// faster than lines carry, gzip does not, and both cost for nothing where the data is packed
/// already.
[[nodiscard]] bool isWorthPacking(Packing packing, const PackingTrial &trial);

} // namespace core::transfer
