// SPDX-License-Identifier: GPL-3.0-or-later
// An upload's bytes: large files over the board, small ones one by one.
#include "core/transfer/PutWorker.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/ScpPut.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/SmallPut.h"
#include "core/transfer/Verifier.h"

#include <QTimer>

#include <numeric>

namespace core::transfer {

using ssh::SftpAttributes;
using ssh::SftpClient;
using Type = Item::Type;

namespace {

/// Of a file that changed while it was copied.
Error whyNotAgain(const QByteArray &path, const LocalInfo &now)
{
    return {ErrorCode::LocalIo, Step::Transfer,
            QString::fromUtf8(path) +
                (now.type == Item::Type::File
                     ? QStringLiteral(": it keeps changing while it is copied")
                     : QStringLiteral(": it is no file any more"))};
}

/// A file system with less than this left is full.
constexpr quint64 nothingLeft = 1024 * 1024;
constexpr auto fullFor = std::chrono::seconds(10);

/// The file here is still what was planned.
bool isStill(const Item &item, const LocalInfo &now)
{
    return now.size == item.size && now.mtime == item.mtime && now.mtimeNs == item.mtimeNs;
}

/// The file system's reason in the place of a server's "Failure".
void nameReason(Error &error)
{
    constexpr QLatin1StringView none(": Failure");
    const auto put = [&](QLatin1StringView reason) {
        if (error.detail.endsWith(none))
            error.detail = error.detail.chopped(none.size()) + reason;
    };
    switch (error.code) {
    case ErrorCode::PermissionDenied: put(QLatin1StringView(": Read-only file system")); break;
    case ErrorCode::DiskFull: put(QLatin1StringView(": No space left on device")); break;
    case ErrorCode::NoSpaceInodes: put(QLatin1StringView(": No inodes left")); break;
    default: break;
    }
}

} // namespace

void PutWorker::copy()
{
    const bool tar = usesTar();
    for (int number : m_arrived)
        item(number).isWaiting = true;
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        if (one.type != Type::File || one.state != Item::State::Pending || one.isWaiting)
            continue;
        const bool byTar = tar && !(one.isElsewhere && (tools().sftp || tools().scp)) &&
                           !(one.size >= largeFile && goesOnByScp());
        if (one.size >= largeFile && !(byTar && usesOnlyTar()) && !usesScp())
            m_large.push_back(int(i));
        else
            (byTar ? m_tar : m_small).push_back(int(i));
    }
    if (!tools().sftp && !usesScp() && !(m_small.empty() && m_large.empty())) {
        stop(Error{
            ErrorCode::Unsupported, Step::Transfer,
            QStringLiteral("the server has neither SFTP nor scp, and its tar can not do it all")});
        return;
    }
    tellReplaced(tar);
    m_parts = 3;
    copyLarge();
    copySmall(tar);
    if (tar)
        copyTar();
    else
        partEnded();
}

void PutWorker::partEnded()
{
    if (--m_parts == 0 && !isStopped())
        makeLinks();
}

// Large files

void PutWorker::copyLarge()
{
    m_largeLeft = int(m_large.size());
    if (m_large.empty()) {
        partEnded();
        return;
    }
    state().protocols.insert("sftp");
    startRunner();
    inWindow(
        this, qsizetype(m_large.size()), 4,
        [this](qsizetype at, const std::function<void()> &done) {
            startLarge(m_large[std::size_t(at)], done);
        },
        [] {});
}

void PutWorker::startLarge(int number, const std::function<void()> &done)
{
    if (!resumes()) {
        createPart(number, {}, done);
        return;
    }
    findPieces(number, [this, number, done](const ChunkBoard::Pieces &pieces) {
        if (isStopped())
            done();
        else
            createPart(number, pieces, done);
    });
}

void PutWorker::findPartSize(int number, const std::function<void(qint64)> &done)
{
    fs().lstat(partOf(item(number)), [done](const Result<SftpAttributes> &there) {
        done(there && there->type() == Type::File ? qint64(there->size.value_or(0)) : 0);
    });
}

/// What is right of a part that an earlier copy left.
void PutWorker::findPieces(int number, const std::function<void(const ChunkBoard::Pieces &)> &done)
{
    const QByteArray part = partOf(item(number));
    fs().lstat(part, [this, number, part, done](const Result<SftpAttributes> &there) {
        if (!there || there->type() != Type::File || there->size.value_or(0) == 0) {
            done({});
            return;
        }
        const qint64 size = item(number).size;
        ChunkBoard::Pieces known = state().cutPieces.value(number);
        if (!known.empty() && qint64(*there->size) <= size) {
            // The server said so itself, unless it lost them.
            for (std::size_t i = 0; i < known.size(); ++i) {
                if (qint64(i) * ChunkBoard::chunkSize + known[i] > qint64(*there->size))
                    known[i] = 0;
            }
            done(known);
            return;
        }
        const qint64 common = std::min(size, qint64(*there->size));
        const auto compare = [this, number, common, done](const Result<QByteArrayList> &theirs) {
            if (!theirs) {
                static_cast<void>(stopIfLost(theirs.error()));
                done({}); // nothing to compare with: from the start
                return;
            }
            pieceSumsInSlices(
                this, localPath(item(number)), common, ChunkBoard::chunkSize,
                [this, number, common, theirs = *theirs, done](const Result<QByteArrayList> &ours) {
                    done(ours ? samePieces(number, *ours, theirs, common) : ChunkBoard::Pieces());
                });
        };
        verifier().pieceSums(part, common, ChunkBoard::chunkSize, compare);
    });
}

/// \a pieces: what the part has already and keeps.
void PutWorker::createPart(int number, const ChunkBoard::Pieces &pieces,
                           const std::function<void()> &done)
{
    const QByteArray part = partOf(item(number));
    const qint64 kept = std::accumulate(pieces.begin(), pieces.end(), qint64(0));
    quint32 flags = SftpClient::Write | SftpClient::Create;
    if (kept == 0) {
        fs().remove(part, [](const Result<> &) {});
        flags |= SftpClient::Exclusive;
    } else {
        // A read-only file's part may be read-only already.
        SftpAttributes writable;
        writable.mode = 0600;
        sftp().setstat(part, writable, [](const Result<> &) {});
    }
    item(number).resumed = kept > 0;
    sftp().openFile(
        part, flags, 0600,
        [this, number, part, pieces, kept, done](const Result<QByteArray> &handle) {
            if (!handle) {
                endLarge(number, -1, false, handle.error());
                done();
                return;
            }
            // What an earlier copy left beyond the end goes.
            if (kept > 0) {
                SftpAttributes size;
                size.size = quint64(item(number).size);
                sftp().fsetstat(*handle, size, [](const Result<> &) {});
            }
            sftp().closeHandle(*handle, [](const Result<> &) {});
            state().keep(kept);
            state().forgetCut(number);
            state().board.add({number, localPath(item(number)), part, item(number).size}, pieces);
            done();
        });
}

void PutWorker::largeEnded(int number, int file, const std::optional<Error> &error)
{
    if (!error) {
        finishLarge(number, file);
        return;
    }
    // Shorter than it was?
    const Result<LocalInfo> now =
        localInfo(localPath(item(number)), state().mayBeLink(item(number)));
    const bool changed = error->code == ErrorCode::LocalIo && now &&
                         (now->size != item(number).size || now->mtime != item(number).mtime);
    endLarge(number, file, changed, changed ? std::nullopt : error);
}

/// All pieces are there: is it whole, and still what it was?
void PutWorker::finishLarge(int number, int file)
{
    const QByteArray part = partOf(item(number));
    fs().lstat(part, [this, number, file, part](const Result<SftpAttributes> &there) {
        const Item &one = item(number);
        if (!there) {
            endLarge(number, file, false, there.error());
            return;
        }
        if (qint64(there->size.value_or(0)) != one.size) {
            endLarge(number, file, false,
                     Error{ErrorCode::VerifyFailed, Step::Transfer,
                           QString::fromUtf8(part) + QStringLiteral(": %1 bytes, not %2")
                                                         .arg(there->size.value_or(0))
                                                         .arg(one.size)});
            return;
        }
        const Result<LocalInfo> now = localInfo(localPath(one), state().mayBeLink(one));
        if (!now || !isStill(one, *now)) {
            if (!now || !takesBeginning(one, now->size)) {
                endLarge(number, file, true, {});
                return;
            }
            item(number).grew = true;
        }
        verifyLarge(number, file);
    });
}

void PutWorker::verifyLarge(int number, int file)
{
    if (!state().mustVerify(item(number))) {
        renameLarge(number);
        return;
    }
    const QByteArray part = partOf(item(number));
    const auto judge = [this, number, file, part](const Result<QByteArray> &theirs) {
        if (!theirs) {
            endLarge(number, file, false, theirs.error());
            return;
        }
        const auto compare = [this, number, file, part,
                              theirs = *theirs](const Result<QByteArray> &ours) {
            const Item &one = item(number);
            const Result<LocalInfo> now = localInfo(localPath(one), state().mayBeLink(one));
            const bool isSame = now && isStill(one, *now);
            if (ours && *ours == theirs)
                renameLarge(number);
            else if (now && !isSame && !one.grew) // it was written on meanwhile
                endLarge(number, file, true, {});
            else
                endLarge(number, file, false,
                         ours ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                                      QString::fromUtf8(part) + QStringLiteral(": SHA-256 differs")}
                              : ours.error());
        };
        sha256InSlices(this, localPath(item(number)), item(number).size, compare);
    };
    // Its tools, if it has any, spare to read all of it back.
    requireShell([this, part, judge] { verifier().sum(part, judge); });
}

void PutWorker::renameLarge(int number)
{
    const QByteArray part = partOf(item(number));
    setTimesAndName(part, item(number).mtime, item(number).mode, [this, number, part] {
        fs().rename(part, remotePath(item(number)), [this, number](const Result<> &renamed) {
            if (!isStopped())
                endLarge(number, -1, false,
                         renamed ? std::nullopt : std::optional<Error>(renamed.error()));
        });
    });
}

/// A server does one after the other: a round trip for both, unless the time takes a shell.
void PutWorker::setTimesAndName(const QByteArray &path, qint64 mtime, quint32 mode,
                                const std::function<void()> &name)
{
    const bool isUsual = fitsSftpTime(mtime);
    fs().setTimes(path, mtime, mode, [this, name, isUsual](const Result<> &set) {
        if (isStopped() || (!set && stopIfLost(set.error())))
            return;
        if (!set)
            state().timesRefused = true;
        if (!isUsual)
            name();
    });
    if (isUsual)
        name();
}

/// \a file: the board's, whose bytes do not count any more; -1 = they do.
void PutWorker::endLarge(int number, int file, bool changed, const std::optional<Error> &error)
{
    if (isStopped() || (error && stopIfLost(*error)))
        return;
    if ((changed || error) && file >= 0)
        state().bytes -= state().board.doneBytes(file);
    const auto ended = [this] {
        if (--m_largeLeft == 0)
            partEnded();
    };
    if (!changed && !error) {
        succeed(number);
        ended();
        return;
    }
    if (!changed) {
        const bool isEmpty = file < 0 || state().board.doneBytes(file) == 0;
        nameDisk(remotePath(item(number)), *error, [this, number, ended](const Error &why) {
            fail(number, why);
            ended();
        });
        if (isEmpty && !item(number).resumed) // nothing to go on with
            fs().remove(partOf(item(number)), [](const Result<> &) {});
        return;
    }
    // Perhaps it is being written right now.
    QTimer::singleShot(settleTime, this, [this, number] { copyAgain(number); });
}

bool PutWorker::adopt(int number, bool isPossible)
{
    Item &one = item(number);
    const Result<LocalInfo> now = localInfo(localPath(one), state().mayBeLink(one));
    if (!now || now->type != Type::File || ++one.tries >= mostTries || !isPossible) {
        fail(number, now ? whyNotAgain(localPath(one), *now) : now.error());
        return false;
    }
    state().totalBytes += now->size - one.size;
    one.size = now->size;
    one.mtime = now->mtime;
    one.mtimeNs = now->mtimeNs;
    one.mode = now->mode;
    return true;
}

void PutWorker::copyAgain(int number)
{
    if (adopt(number, true))
        createPart(number, {}, [] {});
    else if (--m_largeLeft == 0)
        partEnded();
}

// Small files

void PutWorker::copySmall(bool tar)
{
    if (m_small.empty() && !tar) {
        partEnded();
        return;
    }
    if (!m_small.empty())
        state().protocols.insert(usesScp() ? "scp" : "sftp");
    m_nextSmall = 0;
    if (!tools().sftp && !usesScp()) {
        partEnded();
        return;
    }
    if (usesScp())
        m_filePut = new ScpPut(state(), engine(), fs(), verifierOrNull(), this);
    else
        m_filePut = new SmallPut(state(), sftp(), fs(),
                                 state().request.verify ? &verifier() : nullptr, this);
    connect(m_filePut, &FilePut::fileEnded, this, &PutWorker::smallEnded);
    connect(m_filePut, &FilePut::finished, this, &PutWorker::partEnded);
    // The tar stream's leftovers come later: it ends first.
    if (!tar)
        startSmall();
}

void PutWorker::startSmall()
{
    findKept(m_small, [this] {
        m_filePut->start([this]() -> std::optional<FilePut::File> {
            if (isStopped() || m_nextSmall >= m_small.size())
                return std::nullopt;
            const int number = m_small[m_nextSmall++];
            const Item &one = item(number);
            return FilePut::File{number, localPath(one), remotePath(one), partOf(one),
                                 takeKept(number)};
        });
    });
}

void PutWorker::smallEnded(int number, bool changed, const std::optional<Error> &error)
{
    if (isStopped() || (error && stopIfLost(*error)))
        return;
    if (!changed && !error) {
        succeed(number);
        return;
    }
    if (error) {
        // Counted as running until the disk is asked.
        ++m_parts;
        nameDisk(remotePath(item(number)), *error, [this, number](const Error &why) {
            fail(number, why);
            partEnded();
        });
        return;
    }
    item(number).isBegun = false;
    if (adopt(number, m_filePut != nullptr))
        m_small.push_back(number);
}

/// SFTP has no word for a full or a read-only disk: where it says only "Failure", the file system
/// is asked. What fails then makes room again, so that for a while its answer holds for others.
void PutWorker::nameDisk(const QByteArray &path, const Error &error,
                         std::function<void(const Error &)> then)
{
    if (error.code != ErrorCode::RemoteFailed && error.code != ErrorCode::DiskFull) {
        then(error);
        return;
    }
    fs().space(parentPath(path),
               [this, error, then = std::move(then)](const Result<SftpClient::Space> &space) {
                   const auto now = std::chrono::steady_clock::now();
                   if (space && space->totalFiles > 0 && space->availableFiles == 0)
                       m_full = ErrorCode::NoSpaceInodes;
                   else if (space && space->availableBytes < nothingLeft)
                       m_full = ErrorCode::DiskFull;
                   else if (now - m_fullSince > fullFor)
                       m_full.reset();
                   if (space && (space->availableBytes < nothingLeft ||
                                 (space->totalFiles > 0 && space->availableFiles == 0)))
                       m_fullSince = now;
                   Error named = error;
                   named.code = space && space->isReadOnly ? ErrorCode::PermissionDenied
                                                           : m_full.value_or(error.code);
                   nameReason(named);
                   then(named);
               });
}

} // namespace core::transfer
