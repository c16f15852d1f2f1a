// SPDX-License-Identifier: GPL-3.0-or-later
// A download's bytes, and its end: links and the directories' times.
#include "core/transfer/GetWorker.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/RemoteScan.h"
#include "core/transfer/ScpGet.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/SmallGet.h"
#include "core/transfer/Verifier.h"

#include <QTimer>

#include <numeric>

namespace core::transfer {

using ssh::SftpAttributes;
using Type = Item::Type;

void GetWorker::copy()
{
    const bool tar = usesTar();
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        if (one.type != Type::File || one.state != Item::State::Pending)
            continue;
        const bool byTar = tar && !(one.size >= largeFile && goesOnByScp());
        if (one.size >= largeFile && !(byTar && usesOnlyTar()) && !usesScp())
            m_large.push_back(int(i));
        else
            (byTar ? m_tar : m_small).push_back(int(i));
    }
    if (!tools().sftp && !usesScp() && !(m_small.empty() && m_large.empty())) {
        stop(Error{ErrorCode::Unsupported, Step::Transfer,
                   QStringLiteral("the server has neither SFTP nor GNU tar nor scp")});
        return;
    }
    tellReplaced(tar);
    m_parts = 3;
    copyLarge();
    copySmall();
    copyTar();
}

void GetWorker::partEnded()
{
    if (--m_parts == 0 && !isStopped())
        makeLinks();
}

/// The source is another file now. \returns whether it is tried again.
bool GetWorker::adopt(int number, const SftpAttributes &now)
{
    Item &one = item(number);
    one.isBegun = false;
    if (now.mode && now.type() != Type::File) {
        fail(number, Error{ErrorCode::RemoteFailed, Step::Transfer,
                           QString::fromUtf8(remotePath(one)) +
                               QStringLiteral(": it is no file any more")});
        return false;
    }
    if (++one.tries >= mostTries) {
        fail(number, Error{ErrorCode::RemoteFailed, Step::Transfer,
                           QString::fromUtf8(remotePath(one)) +
                               QStringLiteral(": it keeps changing while it is copied")});
        return false;
    }
    const auto size = qint64(now.size.value_or(quint64(one.size)));
    state().totalBytes += size - one.size;
    one.size = size;
    one.mtime = qint64(now.mtime.value_or(quint32(one.mtime)));
    return true;
}

// Large files

void GetWorker::copyLarge()
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

void GetWorker::startLarge(int number, const std::function<void()> &done)
{
    if (!resumes()) {
        createPart(number, {});
        done();
        return;
    }
    findPieces(number, [this, number, done](const ChunkBoard::Pieces &pieces) {
        if (!isStopped())
            createPart(number, pieces);
        done();
    });
}

void GetWorker::findPartSize(int number, const std::function<void(qint64)> &done)
{
    const Result<LocalInfo> there = localInfo(partOf(item(number)));
    done(there && there->type == Type::File ? there->size : 0);
}

/// What is right of a part that an earlier copy left.
void GetWorker::findPieces(int number, const std::function<void(const ChunkBoard::Pieces &)> &done)
{
    const QByteArray part = partOf(item(number));
    const Result<LocalInfo> there = localInfo(part);
    if (!there || there->type != Type::File || there->size == 0) {
        done({});
        return;
    }
    const ChunkBoard::Pieces known = state().cutPieces.value(number);
    if (!known.empty()) {
        done(known); // this very transfer wrote them
        return;
    }
    const qint64 common = std::min(item(number).size, there->size);
    const auto compare = [this, number, part, common, done](const Result<QByteArrayList> &theirs) {
        if (!theirs) {
            static_cast<void>(stopIfLost(theirs.error()));
            done({}); // nothing to compare with: from the start
            return;
        }
        pieceSumsInSlices(
            this, part, common, ChunkBoard::chunkSize,
            [this, number, common, theirs = *theirs, done](const Result<QByteArrayList> &ours) {
                done(ours ? samePieces(number, *ours, theirs, common) : ChunkBoard::Pieces());
            });
    };
    verifier().pieceSums(remotePath(item(number)), common, ChunkBoard::chunkSize, compare);
}

void GetWorker::createPart(int number, const ChunkBoard::Pieces &pieces)
{
    const QByteArray part = partOf(item(number));
    if (const Result<> folders = state().checkFolders(item(number)); !folders) {
        endLarge(number, -1, {}, folders.error());
        return;
    }
    const qint64 kept = std::accumulate(pieces.begin(), pieces.end(), qint64(0));
    if (kept == 0)
        static_cast<void>(removeLocal(part)); // whatever it is, it is not written through
    else if (const Result<LocalInfo> there = localInfo(part); there && (there->mode & 0200) == 0)
        static_cast<void>(setLocalTimes(part, there->mtime, 0600)); // a read-only file's
    const Result<std::unique_ptr<LocalFile>> file = createLocal(part);
    const Result<> sized = file ? (*file)->resize(kept == 0 ? 0 : item(number).size)
                                : Result<>(tl::make_unexpected(file.error()));
    if (!sized) {
        endLarge(number, -1, {}, sized.error());
        return;
    }
    item(number).resumed = kept > 0;
    state().keep(kept);
    state().forgetCut(number);
    state().board.add({number, part, remotePath(item(number)), item(number).size}, pieces);
}

void GetWorker::largeEnded(int number, int file, const std::optional<Error> &error)
{
    if (!error) {
        finishLarge(number, file);
        return;
    }
    if (error->code != ErrorCode::RemoteFailed) {
        endLarge(number, file, {}, error);
        return;
    }
    // Shorter than it was?
    fs().look(remotePath(item(number)), state().mayBeLink(item(number)),
              [this, number, file, error](const Result<SftpAttributes> &now) {
                  const bool changed = now && !isUnchanged(item(number), *now);
                  if (changed)
                      endLarge(number, file, *now, {});
                  else
                      endLarge(number, file, {}, error);
              });
}

/// All pieces are there: is it whole, and still what it was?
void GetWorker::finishLarge(int number, int file)
{
    const QByteArray part = partOf(item(number));
    const Result<LocalInfo> here = localInfo(part);
    if (!here || here->size != item(number).size) {
        endLarge(number, file, {},
                 here ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                              QString::fromUtf8(part) + QStringLiteral(": %1 bytes, not %2")
                                                            .arg(here->size)
                                                            .arg(item(number).size)}
                      : here.error());
        return;
    }
    fs().look(remotePath(item(number)), state().mayBeLink(item(number)),
              [this, number, file](const Result<SftpAttributes> &now) {
                  if (!now) {
                      endLarge(number, file, {}, now.error());
                      return;
                  }
                  const Item &one = item(number);
                  const auto size = qint64(now->size.value_or(0));
                  if (isUnchanged(one, *now)) {
                      verifyLarge(number, file);
                      return;
                  }
                  if (takesBeginning(one, size)) {
                      item(number).grew = true;
                      verifyLarge(number, file);
                      return;
                  }
                  endLarge(number, file, *now, {});
              });
}

void GetWorker::verifyLarge(int number, int file)
{
    const QByteArray final = localPath(item(number));
    const QByteArray part = partOf(item(number));
    const auto name = [this, number, final, part] {
        const Item &one = item(number);
        Result<> named = state().checkFolders(one);
        if (named)
            named = setLocalTimes(part, one.mtime, one.mode);
        if (!named && keepsNoTimes(named.error())) {
            state().timesRefused = true;
            named = {};
        }
        if (named)
            named = renameLocal(part, final);
        endLarge(number, -1, {}, named ? std::nullopt : std::optional<Error>(named.error()));
    };
    if (!state().mustVerify(item(number))) {
        name();
        return;
    }
    const auto compare = [this, number, file, part, name](const Result<QByteArray> &theirs) {
        if (!theirs) {
            endLarge(number, file, {}, theirs.error());
            return;
        }
        sha256InSlices(
            this, part, item(number).size,
            [this, number, file, name, theirs = *theirs](const Result<QByteArray> &ours) {
                if (ours && *ours == theirs)
                    name();
                else if (ours)
                    explainLarge(number, file);
                else
                    endLarge(number, file, {}, ours.error());
            });
    };
    // Its tools, if it has any, spare to read all of it back.
    requireShell([this, number, compare] {
        if (item(number).grew)
            verifier().sumOfFirst(remotePath(item(number)), item(number).size, compare);
        else
            verifier().sum(remotePath(item(number)), compare);
    });
}

/// What was copied is not what is there: was it written on meanwhile?
void GetWorker::explainLarge(int number, int file)
{
    fs().look(remotePath(item(number)), state().mayBeLink(item(number)),
              [this, number, file](const Result<SftpAttributes> &now) {
                  const Item &one = item(number);
                  const auto size = qint64(now ? now->size.value_or(0) : 0);
                  const bool isSame = now && isUnchanged(one, *now);
                  if (now && !isSame && !one.grew && takesBeginning(one, size)) {
                      item(number).grew = true;
                      verifyLarge(number, file);
                  } else if (now && !isSame && !one.grew) {
                      endLarge(number, file, *now, {});
                  } else {
                      endLarge(number, file, {},
                               now ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                                           QString::fromUtf8(remotePath(one)) +
                                               QStringLiteral(": SHA-256 differs")}
                                   : now.error());
                  }
              });
}

/// \a file: the board's, whose bytes do not count any more when it failed; -1 = they do.
void GetWorker::endLarge(int number, int file, const std::optional<SftpAttributes> &changed,
                         const std::optional<Error> &error)
{
    if (isStopped() || (error && stopIfLost(*error)))
        return;
    if ((changed || error) && file >= 0)
        state().bytes -= state().board.doneBytes(file);
    if (changed) {
        // Perhaps it is being written right now.
        QTimer::singleShot(settleTime, this, [this, number] { copyAgain(number); });
        return;
    }
    if (error) {
        if ((file < 0 || state().board.doneBytes(file) == 0) && !item(number).resumed)
            static_cast<void>(removeLocal(partOf(item(number)))); // nothing to go on with
        fail(number, *error);
    } else {
        succeed(number);
    }
    if (--m_largeLeft == 0)
        partEnded();
}

void GetWorker::copyAgain(int number)
{
    fs().look(remotePath(item(number)), state().mayBeLink(item(number)),
              [this, number](const Result<SftpAttributes> &now) {
                  if (!now)
                      endLarge(number, -1, {}, now.error());
                  else if (adopt(number, *now))
                      createPart(number, {});
                  else if (--m_largeLeft == 0)
                      partEnded();
              });
}

// Small files

void GetWorker::copySmall()
{
    if ((!tools().sftp && !usesScp()) || (m_small.empty() && m_tar.empty())) {
        partEnded();
        return;
    }
    if (!m_small.empty())
        state().protocols.insert(usesScp() ? "scp" : "sftp");
    if (usesScp())
        m_fileGet = new ScpGet(state(), engine(), fs(), verifierOrNull(), this);
    else
        m_fileGet = new SmallGet(state(), sftp(), verifierOrNull(), this);
    connect(m_fileGet, &FileGet::fileEnded, this, &GetWorker::smallEnded);
    connect(m_fileGet, &FileGet::finished, this, &GetWorker::partEnded);
    // The tar stream's leftovers come later: it ends first.
    if (m_tar.empty())
        startSmall();
}

void GetWorker::startSmall()
{
    findKept(m_small, [this] {
        m_fileGet->start([this]() -> std::optional<FileGet::File> {
            if (isStopped() || m_nextSmall >= m_small.size())
                return std::nullopt;
            const int number = m_small[m_nextSmall++];
            const Item &one = item(number);
            return FileGet::File{number, remotePath(one), localPath(one), partOf(one),
                                 takeKept(number)};
        });
    });
}

void GetWorker::smallEnded(int number, const std::optional<SftpAttributes> &changed,
                           const std::optional<Error> &error)
{
    if (isStopped() || (error && stopIfLost(*error)))
        return;
    if (error)
        fail(number, *error);
    else if (!changed)
        succeed(number);
    else if (adopt(number, *changed))
        m_small.push_back(number);
}

// The end

void GetWorker::makeLinks()
{
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        if (state().items[i].type == Type::Link && state().items[i].state == Item::State::Pending)
            makeLink(int(i));
    }
    setDirectoryTimes();
}

void GetWorker::makeLink(int number)
{
    const QByteArray path = localPath(item(number));
    if (const Result<> folders = state().checkFolders(item(number)); !folders) {
        fail(number, folders.error());
        return;
    }
    if (const Result<LocalInfo> there = localInfo(path)) {
        const Result<QByteArray> target = readLocalLink(path);
        if (target && *target == item(number).link()) {
            succeed(number);
            return;
        }
        if (state().request.overwrite == Overwrite::Skip) {
            skip(number, QStringLiteral("something has this name"));
            return;
        }
        if (state().request.overwrite != Overwrite::Always || there->type == Type::Directory) {
            refuse(number);
            return;
        }
        static_cast<void>(removeLocal(path));
    }
    const Result<> made = makeLocalLink(item(number).link(), path);
    if (made)
        succeed(number);
    else
        fail(number, made.error());
}

void GetWorker::setDirectoryTimes()
{
    // The deepest first: a change below changes the time above.
    for (std::size_t i = state().items.size(); i-- > 0;) {
        const Item &one = state().items[i];
        if (one.type != Type::Directory || one.state != Item::State::Pending)
            continue;
        const QByteArray path = localPath(one);
        // As if something lay in it: it is looked at, too.
        const Result<> folders = checkLocalFolders(source(one).writeTo, joinPath(one.name(), "x"));
        if (!folders) {
            fail(int(i), folders.error());
            continue;
        }
        if (!state().existing.contains(path))
            static_cast<void>(setLocalTimes(path, one.mtime, one.mode));
        succeed(int(i));
    }
    stop(std::nullopt);
}

} // namespace core::transfer
