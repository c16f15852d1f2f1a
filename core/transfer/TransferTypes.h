// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QMetaType>

#include <optional>
#include <vector>

namespace core::transfer {

enum class Direction { Put, Get };
/// Auto: many small files as a tar stream, the rest over SFTP; all of it as a tar stream where
/// there is no SFTP, and with scp where there is no tar either. Stored as a number: only append.
enum class Protocol { Auto, Sftp, Tar, Scp };
/// What to do with a name that is taken by a file that differs. Ask fails it, and says so.
enum class Overwrite { Ask, Skip, Newer, Always };
/// Copy: as a link while it stays inside the tree; what points out of it is skipped and named.
enum class Links { Copy, Follow, Skip };

/// What to copy and how. Paths are bytes: the server's own there, UTF-8 (on Unix: as they are)
/// here.
struct TransferRequest
{
    Direction direction = Direction::Put;
    std::vector<QByteArray> sources;
    /// An existing directory, or one that ends with '/', or with several sources: they go into it.
    /// Else the name of the copy.
    QByteArray target;
    Protocol protocol = Protocol::Auto;
    Overwrite overwrite = Overwrite::Ask;
    Links links = Links::Copy;
    bool resume = false; ///< go on with what an earlier copy left
    bool verify = false; ///< compare SHA-256 too, computed on both sides
    int connections = 2; ///< for files large enough to be cut in pieces
    /// Globs; without '/' of a name, with it of the path below the source, where it may begin with
    /// '/'.
    QByteArrayList excludes;
    qint64 bytesPerSecond = 0; ///< 0 = no limit
};

/// How one file ended, for those that are worth a line.
struct FileOutcome
{
    enum class Result { Done, Skipped, Resumed, Renamed, Failed };

    QByteArray path; ///< the copy's, as it was asked for
    Result result = Result::Done;
    std::optional<Error> error; ///< Failed: why. Skipped, Renamed: a reason in its detail
    bool isTaken = false; ///< Failed because Overwrite::Ask found a different file of this name
};

/// One byte counter for everything: never runs backwards but when a lost connection took bytes.
struct TransferProgress
{
    qint64 bytes = 0;
    qint64 totalBytes = 0;
    qint64 present = 0; ///< of bytes: were there already; what was moved is the rest
    qint64 files = 0;   ///< done, or on their way in a stream to the last byte
    qint64 totalFiles = 0;
    bool isScanning = false; ///< the totals still grow

    bool operator==(const TransferProgress &) const = default;
};

struct TransferSummary
{
    qint64 bytes = 0; ///< of the files that are complete now
    qint64 files = 0;
    qint64 skipped = 0;
    qint64 failed = 0;
    QByteArray protocol;   ///< "sftp", "tar", "tar+zstd", "tar+gzip", "scp" or several with '+'
    bool verified = false; ///< every file's SHA-256 agreed
};

/// The same request for another try that replaces the taken \a paths (FileOutcome::path) and leaves
/// out what else was taken in \a outcomes.
[[nodiscard]] TransferRequest replacingOnly(TransferRequest request,
                                            const std::vector<FileOutcome> &outcomes,
                                            const QByteArrayList &paths);

} // namespace core::transfer

Q_DECLARE_METATYPE(core::transfer::FileOutcome)
