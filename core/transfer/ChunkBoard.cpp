// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/ChunkBoard.h"

#include <algorithm>

namespace core::transfer {

/// Null for a file of before clear().
ChunkBoard::Entry *ChunkBoard::find(int number)
{
    const int at = number - m_base;
    return at >= 0 && at < int(m_files.size()) ? &m_files[std::size_t(at)] : nullptr;
}

const ChunkBoard::Entry *ChunkBoard::find(int number) const
{
    return const_cast<ChunkBoard *>(this)->find(number);
}

int ChunkBoard::add(const File &file, const Pieces &there)
{
    int number = 0;
    bool complete = false;
    {
        const QMutexLocker locker(&m_mutex);
        Entry entry;
        entry.file = file;
        entry.pieces.resize(std::size_t((file.size + chunkSize - 1) / chunkSize));
        for (std::size_t i = 0; i < entry.pieces.size() && i < there.size(); ++i) {
            entry.pieces[i].done = there[i];
            entry.complete += there[i] == sizeOf(i, file.size) ? 1 : 0;
        }
        complete = entry.complete == entry.pieces.size();
        number = m_base + int(m_files.size());
        m_files.push_back(std::move(entry));
    }
    if (complete)
        Q_EMIT fileEnded(file.item, number, std::nullopt);
    else
        Q_EMIT workAdded();
    return number;
}

std::optional<ChunkBoard::Chunk> ChunkBoard::take()
{
    const QMutexLocker locker(&m_mutex);
    for (std::size_t i = m_first; i < m_files.size(); ++i) {
        Entry &entry = m_files[i];
        if (!entry.failed) {
            const auto free =
                std::find_if(entry.pieces.begin(), entry.pieces.end(), [&](const Piece &piece) {
                    const auto index = std::size_t(&piece - entry.pieces.data());
                    return !piece.isTaken && piece.done < sizeOf(index, entry.file.size);
                });
            if (free != entry.pieces.end()) {
                free->isTaken = true;
                Chunk chunk;
                chunk.file = m_base + int(i);
                chunk.index = int(free - entry.pieces.begin());
                chunk.offset = chunk.index * chunkSize + free->done;
                chunk.size = sizeOf(std::size_t(chunk.index), entry.file.size) - free->done;
                return chunk;
            }
        }
        if (i == m_first)
            ++m_first;
    }
    return std::nullopt;
}

bool ChunkBoard::giveBack(const Chunk &chunk, qint64 done)
{
    {
        const QMutexLocker locker(&m_mutex);
        Entry *entry = find(chunk.file);
        if (!entry)
            return false;
        Piece &piece = entry->pieces[std::size_t(chunk.index)];
        piece.isTaken = false;
        piece.done += done;
        m_first = std::min(m_first, std::size_t(chunk.file - m_base));
    }
    Q_EMIT workAdded();
    return true;
}

void ChunkBoard::finish(const Chunk &chunk)
{
    int item = 0;
    bool complete = false;
    {
        const QMutexLocker locker(&m_mutex);
        Entry *entry = find(chunk.file);
        if (!entry)
            return;
        Piece &piece = entry->pieces[std::size_t(chunk.index)];
        piece.isTaken = false;
        piece.done += chunk.size;
        complete = ++entry->complete == entry->pieces.size() && !entry->failed;
        item = entry->file.item;
    }
    if (complete)
        Q_EMIT fileEnded(item, chunk.file, std::nullopt);
}

void ChunkBoard::fail(int file, const Error &error)
{
    int item = 0;
    {
        const QMutexLocker locker(&m_mutex);
        Entry *entry = find(file);
        if (!entry || std::exchange(entry->failed, true))
            return;
        item = entry->file.item;
    }
    Q_EMIT fileEnded(item, file, error);
}

ChunkBoard::File ChunkBoard::file(int number) const
{
    const QMutexLocker locker(&m_mutex);
    const Entry *entry = find(number);
    return entry ? entry->file : File();
}

bool ChunkBoard::hasFailed(int number) const
{
    const QMutexLocker locker(&m_mutex);
    const Entry *entry = find(number);
    return !entry || entry->failed;
}

qint64 ChunkBoard::doneBytes(int number) const
{
    const QMutexLocker locker(&m_mutex);
    const Entry *entry = find(number);
    qint64 bytes = 0;
    if (entry) {
        for (const Piece &piece : entry->pieces)
            bytes += piece.done;
    }
    return bytes;
}

QHash<int, ChunkBoard::Pieces> ChunkBoard::clear()
{
    const QMutexLocker locker(&m_mutex);
    QHash<int, Pieces> copied;
    for (const Entry &entry : m_files) {
        if (entry.failed)
            continue;
        Pieces pieces;
        for (const Piece &piece : entry.pieces)
            pieces.push_back(piece.done);
        copied.insert(entry.file.item, pieces);
    }
    m_base += int(m_files.size());
    m_files.clear();
    m_first = 0;
    return copied;
}

} // namespace core::transfer
