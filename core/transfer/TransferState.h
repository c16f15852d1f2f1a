// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"
#include "core/transfer/ChunkBoard.h"
#include "core/transfer/RateLimit.h"
#include "core/transfer/TransferTypes.h"

#include <QSet>

#include <atomic>

namespace core::transfer {

/// One name to be copied.
struct Item
{
    enum class State : quint8 { Pending, Done, Skipped, Failed };
    using Type = ssh::RemoteEntry::Type;

    static constexpr int mostTries = 3;

    QByteArray path; ///< below its source, at the end that is read; "" = the source itself
    QByteArray name; ///< below its source at the end that is written; "" = as path
    QByteArray link; ///< where a link points
    qint64 size = 0;
    qint64 mtime = 0;
    qint64 mtimeNs = -1; ///< -1: not told
    quint32 mode = 0;
    int source = 0;
    Type type = Type::File;
    State state = State::Pending;
    quint8 tries = 0;     ///< it changed while it was copied
    bool resumed = false; ///< worth a line at the end
    bool grew = false;    ///< what is copied is its beginning; worth a line too
};

/// One thing the user named.
struct Source
{
    QByteArray from;
    QByteArray to; ///< its final place
    bool isDirectory = false;
    /// Where it is written: \a to, or for a directory that is not there yet a place beside it,
    /// which gets the name when all is done.
    QByteArray writeTo;
    bool isStaged = false;
    bool isReady = false; ///< to and writeTo are known
};

/// All a transfer knows, over all its connections. The vectors are the main worker's own, of which
/// there is one at a time; the rest is thread-safe.
struct TransferState
{
    explicit TransferState(TransferRequest asked)
        : request(std::move(asked))
        , limit(request.bytesPerSecond)
    {
    }

    const TransferRequest request;
    std::vector<Source> sources;
    std::vector<Item> items;
    QSet<QByteArray> protocols;
    bool isScanned = false;
    QSet<QByteArray> existing; ///< directories at the target that were there before
    bool wasCut = false;       ///< a connection was lost: what this transfer left is gone on with
    /// What was copied of large items before that.
    QHash<int, ChunkBoard::Pieces> cutPieces;

    /// Before the next connection: nobody works on it any more.
    void cut();

    std::atomic<qint64> bytes = 0;
    std::atomic<qint64> totalBytes = 0;
    std::atomic<qint64> largeBytes = 0; ///< of the files that go over the board
    std::atomic<qint64> files = 0;
    std::atomic<qint64> totalFiles = 0;
    std::atomic<qint64> skipped = 0;
    std::atomic<qint64> failed = 0;
    std::atomic<bool> scanning = true;

    RateLimit limit;
    ChunkBoard board;
};

inline void TransferState::cut()
{
    wasCut = true;
    cutPieces = board.clear();
    qint64 done = 0;
    for (const Item &item : items) {
        if (item.state == Item::State::Done && item.type == Item::Type::File)
            done += item.size;
    }
    bytes = done;
}

} // namespace core::transfer
