// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"
#include "core/ssh/SftpPacket.h"
#include "core/transfer/ChunkBoard.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/RateLimit.h"
#include "core/transfer/TakenPlaces.h"
#include "core/transfer/TransferTypes.h"

#include <QMutex>
#include <QSet>

#include <algorithm>
#include <atomic>
#include <deque>
#include <memory>
#include <numeric>

namespace core::transfer {

/// Bytes that a NameStore keeps, up to a NUL. Of a million names each takes 8 bytes and its own.
class KeptName
{
public:
    KeptName() = default;
    operator QByteArray() const { return m_bytes; }
    [[nodiscard]] bool isEmpty() const { return !m_bytes || *m_bytes == '\0'; }
    /// The one that was kept with it, behind it.
    [[nodiscard]] KeptName next() const { return KeptName(m_bytes + qstrlen(m_bytes) + 1); }

private:
    friend class NameStore;
    explicit KeptName(const char *bytes)
        : m_bytes(bytes)
    {
    }

    const char *m_bytes = nullptr;
};

/// Grows only; what it gave is valid as long as it lives.
class NameStore
{
public:
    /// \a others: one behind the other; KeptName::next() leads to them.
    [[nodiscard]] KeptName keep(const QByteArray &name, const QByteArrayList &others = {});

private:
    static constexpr std::size_t blockSize = 64 * 1024;

    std::deque<std::unique_ptr<char[]>> m_blocks;
    char *m_next = nullptr;
    std::size_t m_left = 0;
};

inline KeptName NameStore::keep(const QByteArray &name, const QByteArrayList &others)
{
    if (name.isEmpty() && others.isEmpty())
        return {};
    QByteArray all = name;
    for (const QByteArray &other : others)
        all += '\0' + other;
    const auto size = std::size_t(all.size()) + 1; // with its NUL
    if (size > m_left) {
        m_left = std::max(size, blockSize);
        m_blocks.push_back(std::make_unique<char[]>(m_left));
        m_next = m_blocks.back().get();
    }
    char *const kept = m_next;
    std::copy_n(all.constData(), size, kept);
    m_next += size;
    m_left -= size;
    return KeptName(kept);
}

/// One name to be copied. There may be millions: no byte more than it needs.
struct Item
{
    enum class State : quint8 { Pending, Done, Skipped, Failed };
    using Type = ssh::RemoteEntry::Type;

    static constexpr int mostTries = 3;

    KeptName path; ///< below its source, at the end that is read; "" = the source itself
    qint64 size = 0;
    qint64 mtime = 0;
    qint32 mtimeNs = -1; ///< -1: not told
    quint32 mode = 0;
    int source = 0;
    Type type : 8 = Type::File;
    State state = State::Pending;
    quint8 tries = 0;             ///< it changed while it was copied
    bool resumed : 1 = false;     ///< worth a line at the end
    bool isWaiting : 1 = false;   ///< it is there, beside its place
    bool isPartTaken : 1 = false; ///< another item has the name that its part would have
    bool grew : 1 = false;        ///< what is copied is its beginning; worth a line too
    bool isJudged : 1 = false;    ///< what had its name on the instance is dealt with
    bool isSent : 1 = false;      ///< in a stream; the other end has not told yet that it is whole
    bool isBegun : 1 = false;     ///< its part is this transfer's own, by scp from its beginning on
    bool isElsewhere : 1 = false; ///< on another file system than the tar stream is unpacked on
    bool hasName : 1 = false;     ///< another one is kept behind path
    bool hasLink : 1 = false;     ///< so is where it points

    /// Below its source at the end that is written.
    [[nodiscard]] KeptName name() const { return hasName ? path.next() : path; }
    /// Where a link points; "" = it is none.
    [[nodiscard]] QByteArray link() const { return hasLink ? name().next() : QByteArray(); }
};

/// The file there is still what was planned, as far as SFTP can tell.
[[nodiscard]] inline bool isUnchanged(const Item &item, const ssh::SftpAttributes &now)
{
    return qint64(now.size.value_or(0)) == item.size &&
           isSameTime(item.mtime, now.mtime.value_or(0));
}

/// A file that is written on and on, at the last try: its beginning, as it was planned, is whole,
/// and is taken. \a sizeNow: bytes.
[[nodiscard]] inline bool takesBeginning(const Item &of, qint64 sizeNow)
{
    return sizeNow > of.size && of.tries + 1 >= Item::mostTries;
}

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
    QByteArray marker;      ///< the name in writeTo that tells that it is this copy's; "" = none
    bool isReady = false;   ///< to and writeTo are known
    bool isRefused = false; ///< all of it has failed
};

/// How the bytes went: told by the worker, asked for by the transfer in its own thread.
class ProtocolNames
{
public:
    void insert(const QByteArray &name)
    {
        const QMutexLocker lock(&m_mutex);
        m_names.insert(name);
    }
    /// As TransferSummary::protocol.
    [[nodiscard]] QByteArray joined() const
    {
        const QMutexLocker lock(&m_mutex);
        QByteArrayList names(m_names.begin(), m_names.end());
        std::sort(names.begin(), names.end());
        return names.join('+');
    }

private:
    mutable QMutex m_mutex;
    QSet<QByteArray> m_names;
};

/// A round trip from which on a line is slow: worth several channels, and more packing.
inline constexpr int slowLineMs = 12;
[[nodiscard]] inline bool isSlowLine(std::optional<int> roundTripMs)
{
    return roundTripMs.value_or(0) >= slowLineMs;
}

/// All a transfer knows, over all its connections. The vectors are the main worker's own, of which
/// there is one at a time; the rest is thread-safe.
struct TransferState
{
    /// \a on: the server, as it tells one from another.
    TransferState(TransferRequest asked, QByteArray on)
        : request(std::move(asked))
        , server(std::move(on))
        , limit(request.bytesPerSecond)
    {
    }

    const TransferRequest request;
    const QByteArray server;
    std::vector<Source> sources;
    std::deque<Item> items; ///< one that grows without a copy of all of it
    NameStore names;        ///< of the items
    ProtocolNames protocols;
    bool isScanned = false;
    bool isReplacedTold = false;       ///< another protocol than was asked for is used
    std::optional<TakenPlaces> places; ///< until the transfer has ended
    QSet<QByteArray> existing;         ///< directories at the target that were there before
    bool wasCut = false; ///< a connection was lost: what this transfer left is gone on with
    /// What was copied of large items before that, until the board has them again.
    QHash<int, ChunkBoard::Pieces> cutPieces;
    /// The board has it again, or it starts again.
    void forgetCut(int item) { cutBytes -= sumOf(cutPieces.take(item)); }
    [[nodiscard]] static qint64 sumOf(const ChunkBoard::Pieces &pieces)
    {
        return std::accumulate(pieces.begin(), pieces.end(), qint64(0));
    }

    /// Asked for; or it was written on while it was copied: only the sums can tell its beginning
    /// from something that was written anew.
    [[nodiscard]] bool mustVerify(const Item &of) const { return request.verify || of.grew; }
    /// Whether it may be written where it belongs on this machine.
    [[nodiscard]] Result<> checkFolders(const Item &of) const
    {
        return checkLocalFolders(sources[std::size_t(of.source)].writeTo, of.name());
    }
    /// What the user named may be a link; what a scan found as a file must not have become one,
    /// which may lead out of the tree.
    [[nodiscard]] bool mayBeLink(const Item &of) const
    {
        return request.links == Links::Follow || of.path.isEmpty();
    }
    /// They are at the target already.
    void keep(qint64 size)
    {
        bytes += size;
        present += size;
    }
    /// Whether a scan tells it the first time: it may be done again on another connection.
    [[nodiscard]] bool isNew(const FileOutcome &outcome)
    {
        const QByteArray key = outcome.path + char(outcome.result);
        const bool known = named.contains(key);
        named.insert(key);
        return !known;
    }
    void setSent(Item &item, bool isSent)
    {
        if (item.isSent == isSent)
            return;
        item.isSent = isSent;
        sentFiles += isSent ? 1 : -1;
    }
    /// Before the next connection: nobody works on it any more.
    void cut();
    /// What is safe of the copy after cut(); bytes.
    [[nodiscard]] qint64 safeBytes() const;

    std::atomic<qint64> bytes = 0;
    std::atomic<qint64> totalBytes = 0;
    std::atomic<qint64> cutBytes = 0; ///< in cutPieces
    /// Of bytes: found at the target. Bytes less these are what was moved, also over a cut.
    std::atomic<qint64> present = 0;
    std::atomic<qint64> largeBytes = 0; ///< of the files that go over the board
    std::atomic<qint64> files = 0;
    std::atomic<qint64> sentFiles = 0; ///< beside these, of which Item::isSent
    std::atomic<qint64> totalFiles = 0;
    std::atomic<qint64> skipped = 0;
    std::atomic<qint64> failed = 0;
    std::atomic<bool> scanning = true;
    /// A file system that keeps no times or modes; told once.
    std::atomic<bool> timesRefused = false;
    /// Bytes that wait beside their places to be moved there: they need not be sent again.
    std::atomic<qint64> waiting = 0;
    QSet<QByteArray> named; ///< what a scan told

    RateLimit limit;
    ChunkBoard board;
};

inline void TransferState::cut()
{
    wasCut = true;
    cutPieces.insert(board.clear()); // beside those that were not begun again yet
    cutPieces.removeIf([this](const auto &one) {
        return items[std::size_t(one.key())].state != Item::State::Pending;
    });
    qint64 done = 0;
    for (Item &item : items) {
        item.isJudged = false;
        setSent(item, false);
        if (item.state == Item::State::Done && item.type == Item::Type::File)
            done += item.size;
    }
    present += done - bytes;
    bytes = done;
    cutBytes = 0;
    for (const ChunkBoard::Pieces &pieces : std::as_const(cutPieces))
        cutBytes += sumOf(pieces);
}

inline qint64 TransferState::safeBytes() const
{
    return bytes + cutBytes + waiting;
}

} // namespace core::transfer
