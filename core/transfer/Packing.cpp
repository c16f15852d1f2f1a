// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/Packing.h"

#include <archive.h>
#include <archive_entry.h>

namespace core::transfer {

namespace {

// Packed, of plain: above it packing is work for nothing.
constexpr double zstdShare = 0.9;
constexpr double zstdShareOfSlowLine = 0.97;
constexpr double gzipShare = 0.7;
// A file's header, and its padding to 512 bytes in the mean; and what is left of them.
constexpr double tarBytes = 512 + 256;
constexpr double packedTarBytes = 80;

la_ssize_t onPacked(archive *, void *out, const void *bytes, size_t size)
{
    static_cast<QByteArray *>(out)->append(static_cast<const char *>(bytes), qsizetype(size));
    return la_ssize_t(size);
}

} // namespace

bool addPacking(archive *writer, Packing packing)
{
    // ARCHIVE_WARN: by a program of its own, that may not be there.
    switch (packing) {
    case Packing::None: return true;
    case Packing::Gzip:
        return archive_write_add_filter_gzip(writer) == ARCHIVE_OK &&
               archive_write_set_filter_option(writer, "gzip", "compression-level", "1") ==
                   ARCHIVE_OK;
    case Packing::Zstd:
        return archive_write_add_filter_zstd(writer) == ARCHIVE_OK &&
               archive_write_set_filter_option(writer, "zstd", "compression-level", "1") ==
                   ARCHIVE_OK;
    }
    return false;
}

QByteArray packCommand(Packing packing)
{
    switch (packing) {
    case Packing::None: break;
    case Packing::Gzip: return "gzip -1 -c";
    case Packing::Zstd: return "zstd -1 -cq";
    }
    return {};
}

QByteArray unpackCommand(Packing packing)
{
    switch (packing) {
    case Packing::None: break;
    case Packing::Gzip: return "gzip -dc";
    case Packing::Zstd: return "zstd -dcq";
    }
    return {};
}

qint64 packedSize(const QByteArray &sample, Packing packing)
{
    archive *writer = archive_write_new();
    archive_entry *entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    QByteArray packed;
    const bool done =
        archive_write_set_format_raw(writer) == ARCHIVE_OK && addPacking(writer, packing) &&
        archive_write_open(writer, &packed, nullptr, &onPacked, nullptr) == ARCHIVE_OK &&
        archive_write_header(writer, entry) == ARCHIVE_OK &&
        archive_write_data(writer, sample.constData(), size_t(sample.size())) == sample.size() &&
        archive_write_close(writer) == ARCHIVE_OK;
    archive_entry_free(entry);
    archive_write_free(writer);
    return done ? packed.size() : -1;
}

bool isWorthPacking(Packing packing, const PackingTrial &trial)
{
    if (packing == Packing::None || trial.sampleSize <= 0 || trial.packedSize <= 0)
        return false;
    const auto files = double(trial.files);
    const double plain = double(trial.bytes) + files * tarBytes;
    const double packed =
        double(trial.bytes) * double(trial.packedSize) / double(trial.sampleSize) +
        files * packedTarBytes;
    const double most = packing == Packing::Gzip ? gzipShare
                        : trial.isSlowLine       ? zstdShareOfSlowLine
                                                 : zstdShare;
    return packed < plain * most;
}

} // namespace core::transfer
