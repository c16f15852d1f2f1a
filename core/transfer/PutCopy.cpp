// SPDX-License-Identifier: GPL-3.0-or-later
// An upload's bytes: large files over the board, small ones one by one or as a tar stream.
#include "core/transfer/PutWorker.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteScan.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/TarPut.h"
#include "core/transfer/Verifier.h"

#include <numeric>

namespace core::transfer {

using ssh::SftpAttributes;
using ssh::SftpClient;
using Type = Item::Type;

namespace {

constexpr qsizetype longestCommand = 60 * 1024;
/// A file system with less than this left is full.
constexpr quint64 nothingLeft = 1024 * 1024;

} // namespace

void PutWorker::copy()
{
    const bool tar = usesTar();
    const bool onlyTar = state().request.protocol == Protocol::Tar || !tools().sftp;
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        if (one.type != Type::File || one.state != Item::State::Pending)
            continue;
        if (one.size >= largeFile && !(tar && onlyTar))
            m_large.push_back(int(i));
        else
            (tar ? m_tar : m_small).push_back(int(i));
    }
    if (!tools().sftp && !(m_small.empty() && m_large.empty())) {
        stop(Error{ErrorCode::Unsupported, Step::Transfer,
                   QStringLiteral("the server has neither SFTP nor tar")});
        return;
    }
    m_parts = 3;
    copyLarge();
    copySmall();
    copyTar();
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
    const QByteArray part = remotePath(item(number)) + partSuffix;
    if (!resumes()) {
        createPart(number, {}, done);
        return;
    }
    fs().lstat(part, [this, number, part, done](const Result<SftpAttributes> &there) {
        if (!there || there->type() != Type::File || there->size.value_or(0) == 0) {
            createPart(number, {}, done);
            return;
        }
        const qint64 size = item(number).size;
        ChunkBoard::Pieces known = state().cutPieces.take(number);
        if (!known.empty() && qint64(*there->size) <= size) {
            // The server said so itself, unless it lost them.
            for (std::size_t i = 0; i < known.size(); ++i) {
                if (qint64(i) * ChunkBoard::chunkSize + known[i] > qint64(*there->size))
                    known[i] = 0;
            }
            createPart(number, known, done);
            return;
        }
        const qint64 common = std::min(size, qint64(*there->size));
        verifier().pieceSums(
            part, common, ChunkBoard::chunkSize,
            [this, number, common, size, done](const Result<QByteArrayList> &theirs) {
                if (!theirs) {
                    if (!stopIfLost(theirs.error()))
                        createPart(number, {}, done); // nothing to compare with: from the start
                    else
                        done();
                    return;
                }
                pieceSumsInSlices(this, localPath(item(number)), common, ChunkBoard::chunkSize,
                                  [this, number, common, size, theirs = *theirs,
                                   done](const Result<QByteArrayList> &ours) {
                                      const ChunkBoard::Pieces pieces =
                                          ours ? samePieces(*ours, theirs, common, size)
                                               : ChunkBoard::Pieces();
                                      createPart(number, pieces, done);
                                  });
            });
    });
}

/// \a pieces: what the part has already and keeps.
void PutWorker::createPart(int number, const ChunkBoard::Pieces &pieces,
                           const std::function<void()> &done)
{
    const QByteArray part = remotePath(item(number)) + partSuffix;
    const qint64 kept = std::accumulate(pieces.begin(), pieces.end(), qint64(0));
    quint32 flags = SftpClient::Write | SftpClient::Create;
    if (kept == 0) {
        fs().remove(part, [](const Result<> &) {});
        flags |= SftpClient::Exclusive;
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
            state().bytes += kept;
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
    const Result<LocalInfo> now = localInfo(localPath(item(number)), true);
    const bool changed = error->code == ErrorCode::LocalIo && now &&
                         (now->size != item(number).size || now->mtime != item(number).mtime);
    endLarge(number, file, changed, changed ? std::nullopt : error);
}

/// All pieces are there: is it whole, and still what it was?
void PutWorker::finishLarge(int number, int file)
{
    const QByteArray part = remotePath(item(number)) + partSuffix;
    fs().setTimes(part, item(number).mtime, item(number).mode, [](const Result<> &) {});
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
        const Result<LocalInfo> now = localInfo(localPath(one), true);
        if (!now || now->size != one.size || now->mtime != one.mtime ||
            now->mtimeNs != one.mtimeNs) {
            endLarge(number, file, true, {});
            return;
        }
        if (!state().request.verify) {
            renameLarge(number);
            return;
        }
        verifier().sum(part, [this, number, file, part](const Result<QByteArray> &theirs) {
            if (!theirs) {
                endLarge(number, file, false, theirs.error());
                return;
            }
            sha256InSlices(
                this, localPath(item(number)),
                [this, number, file, part, theirs = *theirs](const Result<QByteArray> &ours) {
                    if (ours && *ours == theirs)
                        renameLarge(number);
                    else
                        endLarge(number, file, false,
                                 ours ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                                              QString::fromUtf8(part) +
                                                  QStringLiteral(": SHA-256 differs")}
                                      : ours.error());
                });
        });
    });
}

void PutWorker::renameLarge(int number)
{
    const QByteArray final = remotePath(item(number));
    fs().rename(final + partSuffix, final, [this, number](const Result<> &renamed) {
        endLarge(number, -1, false, renamed ? std::nullopt : std::optional<Error>(renamed.error()));
    });
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
        nameFullDisk(remotePath(item(number)), *error, [this, number, ended](const Error &why) {
            fail(number, why);
            ended();
        });
        return;
    }
    Item &one = item(number);
    const Result<LocalInfo> now = localInfo(localPath(one), true);
    if (!now || ++one.tries >= mostTries) {
        fail(number, now ? Error{ErrorCode::LocalIo, Step::Transfer,
                                 QString::fromUtf8(localPath(one)) +
                                     QStringLiteral(": it keeps changing while it is copied")}
                         : now.error());
        ended();
        return;
    }
    state().totalBytes += now->size - one.size;
    one.size = now->size;
    one.mtime = now->mtime;
    one.mtimeNs = now->mtimeNs;
    one.mode = now->mode;
    createPart(number, {}, [] {});
}

// Small files

void PutWorker::copySmall()
{
    if (m_small.empty() && m_tar.empty()) {
        partEnded();
        return;
    }
    if (!m_small.empty())
        state().protocols.insert("sftp");
    m_nextSmall = 0;
    if (!tools().sftp) {
        partEnded();
        return;
    }
    m_smallPut =
        new SmallPut(state(), sftp(), state().request.verify ? &verifier() : nullptr, this);
    connect(m_smallPut, &SmallPut::fileEnded, this, &PutWorker::smallEnded);
    connect(m_smallPut, &SmallPut::finished, this, &PutWorker::partEnded);
    // The tar stream's leftovers come later: it ends first.
    if (m_tar.empty())
        m_smallPut->start([this]() -> std::optional<SmallPut::File> {
            if (isStopped() || m_nextSmall >= m_small.size())
                return std::nullopt;
            const int number = m_small[m_nextSmall++];
            return SmallPut::File{number, localPath(item(number)), remotePath(item(number))};
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
        nameFullDisk(remotePath(item(number)), *error, [this, number](const Error &why) {
            fail(number, why);
            partEnded();
        });
        return;
    }
    Item &one = item(number);
    const Result<LocalInfo> now = localInfo(localPath(one), true);
    if (!now || now->type != Type::File || ++one.tries >= mostTries || !m_smallPut) {
        fail(number, now ? Error{ErrorCode::LocalIo, Step::Transfer,
                                 QString::fromUtf8(localPath(one)) +
                                     QStringLiteral(": it keeps changing while it is copied")}
                         : now.error());
        return;
    }
    state().totalBytes += now->size - one.size;
    one.size = now->size;
    one.mtime = now->mtime;
    one.mtimeNs = now->mtimeNs;
    one.mode = now->mode;
    m_small.push_back(number);
}

/// SFTP has no word for a full disk: where it says only "Failure", the file system is asked.
void PutWorker::nameFullDisk(const QByteArray &path, const Error &error,
                             std::function<void(const Error &)> then)
{
    if (error.code != ErrorCode::RemoteFailed && error.code != ErrorCode::DiskFull) {
        then(error);
        return;
    }
    fs().space(parentPath(path),
               [error, then = std::move(then)](const Result<SftpClient::Space> &space) {
                   Error named = error;
                   if (space && space->totalFiles > 0 && space->availableFiles == 0)
                       named.code = ErrorCode::NoSpaceInodes;
                   else if (space && space->availableBytes < nothingLeft)
                       named.code = ErrorCode::DiskFull;
                   then(named);
               });
}

// The tar stream

void PutWorker::copyTar()
{
    if (m_tar.empty()) {
        partEnded();
        return;
    }
    state().protocols.insert(tools().zstd ? "tar+zstd" : "tar");
    m_nextTar = 0;
    m_tarPut = new TarPut(state(), engine(), tools().zstd, state().request.verify, this);
    connect(m_tarPut, &TarPut::finished, this, &PutWorker::tarEnded);
    m_tarPut->start(m_target, [this]() -> std::optional<TarPut::File> {
        if (isStopped() || m_nextTar >= m_tar.size())
            return std::nullopt;
        const int number = m_tar[m_nextTar++];
        return TarPut::File{number, localPath(item(number)), tarName(item(number))};
    });
}

/// Below m_target, while it is not moved to its place.
QByteArray PutWorker::tarName(const Item &of)
{
    const Source &from = source(of);
    const QByteArray root =
        from.isStaged ? lastName(from.writeTo) : joinPath(partSuffix, lastName(from.to));
    return "./" + joinPath(root, of.path);
}

void PutWorker::tarEnded(const std::optional<Error> &lost, int exitCode, const QByteArray &words)
{
    if (isStopped() || (lost && stopIfLost(*lost)))
        return;
    if (lost) {
        stop(lost);
        return;
    }
    checkTar(exitCode == 0 ? std::nullopt : std::optional<Error>(toolError("tar", words)));
}

/// Asks what has arrived. \a why: what tar said of the rest.
void PutWorker::checkTar(const std::optional<Error> &why)
{
    QSet<QByteArray> roots;
    for (int number : m_tar) {
        const Source &from = source(item(number));
        roots.insert(from.isStaged ? "./" + lastName(from.writeTo) : QByteArray("./") + partSuffix);
    }
    QByteArray command = "cd -- " + shellQuote(m_target) + " && find";
    for (const QByteArray &root : roots)
        command += ' ' + shellQuote(root);
    command += " -type f -printf '%s %T@ %p\\0'";
    shell().run('(' + command + ')', [this, why](const Result<RemoteShell::Output> &ran) {
        if (!ran) {
            stop(ran.error());
            return;
        }
        const QHash<QByteArray, FoundFile> found = parseFound(ran->text);
        auto arrived = std::make_shared<std::vector<int>>();
        auto missing = std::make_shared<std::vector<int>>();
        QByteArrayList wrong; // staged copies that must not stay
        for (int number : m_tar) {
            const Item &one = item(number);
            const auto bad = m_tarPut->bad().constFind(number);
            const auto at = found.constFind(tarName(one));
            const bool there =
                at != found.constEnd() && at->size == one.size && at->mtime == one.mtime;
            if (bad == m_tarPut->bad().constEnd() && there) {
                arrived->push_back(number);
                continue;
            }
            if (at != found.constEnd())
                wrong.append(tarName(one));
            if (bad == m_tarPut->bad().constEnd())
                missing->push_back(number);
            else if (*bad)
                fail(number, **bad);
            else
                smallEnded(number, true, {}); // it changed: once more, by itself
        }
        for (const QByteArray &name : wrong)
            shell().run("cd -- " + shellQuote(m_target) + " && rm -f -- " + shellQuote(name),
                        [](const Result<RemoteShell::Output> &) {});
        const auto go = [this, arrived] { verifyTar(*arrived); };
        if (missing->empty()) {
            go();
            return;
        }
        const Error error = why.value_or(Error{ErrorCode::VerifyFailed, Step::Transfer,
                                               QStringLiteral("it did not arrive whole")});
        nameFullDisk(joinPath(m_target, "x"), error, [this, missing, go](const Error &named) {
            for (int number : *missing) {
                state().bytes -= item(number).size;
                fail(number, named);
            }
            go();
        });
    });
}

void PutWorker::verifyTar(const std::vector<int> &arrived)
{
    if (!state().request.verify) {
        moveFromTar(arrived);
        return;
    }
    auto agreed = std::make_shared<std::vector<int>>();
    inWindow(
        this, qsizetype(arrived.size()), 512,
        [this, arrived, agreed](qsizetype at, const std::function<void()> &done) {
            const int number = arrived[std::size_t(at)];
            const QByteArray path = joinPath(m_target, tarName(item(number)));
            verifier().sum(path, [this, number, path, agreed, done](const Result<QByteArray> &sum) {
                if (sum && *sum == m_tarPut->sums().value(number))
                    agreed->push_back(number);
                else if (sum || !stopIfLost(sum.error()))
                    fail(number,
                         sum ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                                     QString::fromUtf8(path) + QStringLiteral(": SHA-256 differs")}
                             : sum.error());
                done();
            });
        },
        [this, agreed] {
            if (!isStopped())
                moveFromTar(*agreed);
        });
}

/// Into directories that were there already; others get their name as a whole, at the end.
void PutWorker::moveFromTar(const std::vector<int> &arrived)
{
    struct Batch
    {
        QByteArray command;
        QByteArray directory;
        std::vector<int> items;
    };
    auto batches = std::make_shared<std::vector<Batch>>();
    for (int number : arrived) {
        const Item &one = item(number);
        if (source(one).isStaged) {
            succeed(number);
            continue;
        }
        const QByteArray directory = parentPath(remotePath(one));
        if (batches->empty() || batches->back().directory != directory ||
            batches->back().command.size() > longestCommand)
            batches->push_back({"mv -f --", directory, {}});
        batches->back().command += ' ' + shellQuote(tarName(one));
        batches->back().items.push_back(number);
    }
    inWindow(
        this, qsizetype(batches->size()), 64,
        [this, batches](qsizetype at, const std::function<void()> &done) {
            const Batch &batch = (*batches)[std::size_t(at)];
            shell().run("(cd -- " + shellQuote(m_target) + " && " + batch.command + ' ' +
                            shellQuote(batch.directory + '/') + ')',
                        [this, batches, at, done](const Result<RemoteShell::Output> &ran) {
                            const Batch &moved = (*batches)[std::size_t(at)];
                            for (int number : moved.items) {
                                if (ran && ran->exitCode == 0)
                                    succeed(number);
                                else if (ran || !stopIfLost(ran.error()))
                                    fail(number, ran ? toolError(moved.directory, ran->errors)
                                                     : ran.error());
                            }
                            done();
                        });
        },
        [this] {
            if (!isStopped())
                tarDone();
        });
}

void PutWorker::tarDone()
{
    shell().run("(cd -- " + shellQuote(m_target) + " && rm -rf -- ./" + partSuffix + ')',
                [this](const Result<RemoteShell::Output> &ran) {
                    if (!ran && stopIfLost(ran.error()))
                        return;
                    if (m_smallPut) {
                        m_smallPut->start([this]() -> std::optional<SmallPut::File> {
                            if (isStopped() || m_nextSmall >= m_small.size())
                                return std::nullopt;
                            const int number = m_small[m_nextSmall++];
                            return SmallPut::File{number, localPath(item(number)),
                                                  remotePath(item(number))};
                        });
                    }
                    partEnded();
                });
}

} // namespace core::transfer
