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

int ChunkBoard::add(const File &file, const std::vector<bool> &isDone)
{
    int number = 0;
    bool complete = false;
    {
        const QMutexLocker locker(&m_mutex);
        Entry entry;
        entry.file = file;
        entry.pieces.assign(std::size_t((file.size + chunkSize - 1) / chunkSize), Piece::Free);
        for (std::size_t i = 0; i < entry.pieces.size() && i < isDone.size(); ++i) {
            if (isDone[i]) {
                entry.pieces[i] = Piece::Done;
                ++entry.done;
            }
        }
        complete = entry.done == entry.pieces.size();
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
            const auto free = std::find(entry.pieces.begin(), entry.pieces.end(), Piece::Free);
            if (free != entry.pieces.end()) {
                *free = Piece::Taken;
                Chunk chunk;
                chunk.file = m_base + int(i);
                chunk.index = int(free - entry.pieces.begin());
                chunk.offset = chunk.index * chunkSize;
                chunk.size = std::min(chunkSize, entry.file.size - chunk.offset);
                return chunk;
            }
        }
        if (i == m_first)
            ++m_first;
    }
    return std::nullopt;
}

bool ChunkBoard::giveBack(const Chunk &chunk)
{
    {
        const QMutexLocker locker(&m_mutex);
        Entry *entry = find(chunk.file);
        if (!entry)
            return false;
        entry->pieces[std::size_t(chunk.index)] = Piece::Free;
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
        entry->pieces[std::size_t(chunk.index)] = Piece::Done;
        complete = ++entry->done == entry->pieces.size() && !entry->failed;
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
    for (std::size_t i = 0; entry && i < entry->pieces.size(); ++i) {
        if (entry->pieces[i] == Piece::Done)
            bytes += std::min(chunkSize, entry->file.size - qint64(i) * chunkSize);
    }
    return bytes;
}

QHash<int, std::vector<bool>> ChunkBoard::clear()
{
    const QMutexLocker locker(&m_mutex);
    QHash<int, std::vector<bool>> finished;
    for (const Entry &entry : m_files) {
        if (entry.failed)
            continue;
        std::vector<bool> pieces;
        for (Piece piece : entry.pieces)
            pieces.push_back(piece == Piece::Done);
        finished.insert(entry.file.item, pieces);
    }
    m_base += int(m_files.size());
    m_files.clear();
    m_first = 0;
    return finished;
}

} // namespace core::transfer
