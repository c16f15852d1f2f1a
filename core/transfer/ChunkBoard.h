// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QHash>
#include <QMutex>
#include <QObject>

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
        qint64 offset = 0;
        qint64 size = 0;
    };

    using QObject::QObject;

    static constexpr qint64 chunkSize = 4 * 1024 * 1024; ///< bytes

    /// \a isDone: pieces that are there already, or empty. \returns the file's number; workAdded()
    /// follows, or fileEnded() at once when all is there.
    int add(const File &file, const std::vector<bool> &isDone = {});
    [[nodiscard]] std::optional<Chunk> take();
    /// \returns false for a piece of before clear(), which nobody knows any more.
    bool giveBack(const Chunk &chunk);
    void finish(const Chunk &chunk);
    /// No further piece of it is given out.
    void fail(int file, const Error &error);
    [[nodiscard]] File file(int number) const;
    [[nodiscard]] bool hasFailed(int number) const;
    /// Of its finished pieces.
    [[nodiscard]] qint64 doneBytes(int number) const;
    /// Forgets all files. \returns which pieces of which items were finished.
    [[nodiscard]] QHash<int, std::vector<bool>> clear();

Q_SIGNALS:
    void workAdded();
    void fileEnded(int item, int file, const std::optional<core::Error> &error);

private:
    enum class Piece : quint8 { Free, Taken, Done };
    struct Entry
    {
        File file;
        std::vector<Piece> pieces;
        std::size_t done = 0;
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
