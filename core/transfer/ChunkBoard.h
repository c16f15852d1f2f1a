// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QHash>
#include <QMutex>
#include <QObject>

#include <algorithm>
#include <optional>
#include <vector>

namespace core::transfer {

/// Large files cut in pieces that any channel of any connection may take. Thread-safe; lives as
/// long as the transfer, over all its connections: what was written stays known.
class ChunkBoard final : public QObject
{
    Q_OBJECT

public:
    struct File
    {
        int item = 0;
        QByteArray local;
        QByteArray remote;
        qint64 size = 0;
    };
    struct Chunk
    {
        int file = 0;
        int index = 0;
        qint64 offset = 0; ///< in the file, of what is to be copied
        qint64 size = 0;
    };

    using QObject::QObject;

    static constexpr qint64 chunkSize = 4 * 1024 * 1024; ///< bytes

    /// Bytes that are there, from each piece's beginning.
    using Pieces = std::vector<qint64>;

    /// \a there: what need not be copied, or empty. \returns the file's number; workAdded()
    /// follows, or fileEnded() at once when all is there.
    int add(const File &file, const Pieces &there = {});
    [[nodiscard]] std::optional<Chunk> take();
    /// Its first \a done bytes are copied. \returns false for a piece of before clear(), which
    /// nobody knows any more.
    bool giveBack(const Chunk &chunk, qint64 done);
    void finish(const Chunk &chunk);
    /// No further piece of it is given out.
    void fail(int file, const Error &error);
    [[nodiscard]] File file(int number) const;
    [[nodiscard]] bool hasFailed(int number) const;
    /// That were told to be copied.
    [[nodiscard]] qint64 doneBytes(int number) const;
    /// Forgets all files. \returns what is copied of which items.
    [[nodiscard]] QHash<int, Pieces> clear();
    /// The size of piece \a index of a file.
    [[nodiscard]] static qint64 sizeOf(std::size_t index, qint64 fileSize)
    {
        return std::min(chunkSize, fileSize - qint64(index) * chunkSize);
    }

Q_SIGNALS:
    void workAdded();
    void fileEnded(int item, int file, const std::optional<core::Error> &error);

private:
    struct Piece
    {
        qint64 done = 0;
        bool isTaken = false;
    };
    struct Entry
    {
        File file;
        std::vector<Piece> pieces;
        std::size_t complete = 0; ///< pieces
        bool failed = false;
    };

    [[nodiscard]] Entry *find(int number);
    [[nodiscard]] const Entry *find(int number) const;

    mutable QMutex m_mutex;
    int m_base = 0; ///< the number of the first in m_files
    std::vector<Entry> m_files;
    std::size_t m_first = 0; ///< the first file that may have a free piece
};

} // namespace core::transfer
