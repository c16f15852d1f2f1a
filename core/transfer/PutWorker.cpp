// SPDX-License-Identifier: GPL-3.0-or-later
// An upload until its first byte: where it goes, what is there already, what has to be copied.
#include "core/transfer/PutWorker.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/LocalScan.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/Verifier.h"

#include <algorithm>
#include <limits>

namespace core::transfer {

using ssh::SftpAttributes;
using Type = Item::Type;

QByteArray PutWorker::remotePath(const Item &of) const
{
    return joinPath(const_cast<PutWorker *>(this)->source(of).writeTo, of.path);
}

QByteArray PutWorker::partOf(const Item &of) const
{
    return partPath(remotePath(of), of.isPartTaken);
}

QByteArray PutWorker::localPath(const Item &of) const
{
    return joinPath(const_cast<PutWorker *>(this)->source(of).from, of.path);
}

void PutWorker::prepare()
{
    if (state().isScanned)
        scanned();
    else
        scan();
}

void PutWorker::scanned()
{
    if (state().largeBytes > 0 && state().request.protocol != Protocol::Tar &&
        state().request.protocol != Protocol::Scp)
        startRunner(); // its channels are open when the plan is made
    prepared(hasManySmall() || state().request.protocol == Protocol::Tar);
}

void PutWorker::plan()
{
    findTarget();
}

bool PutWorker::hasManySmall() const
{
    auto *self = const_cast<PutWorker *>(this);
    constexpr std::ptrdiff_t many = 32;
    const Protocol protocol = self->state().request.protocol;
    return protocol != Protocol::Sftp && protocol != Protocol::Scp &&
           std::count_if(self->state().items.begin(), self->state().items.end(),
                         [](const Item &one) {
                             return one.type == Type::File && one.size < largeFile;
                         }) >= many;
}

void PutWorker::scan()
{
    // A connection lost in the midst of it: once more.
    state().sources.clear();
    state().items.clear();
    state().totalBytes = 0;
    state().totalFiles = 0;
    state().failed = 0;
    state().skipped = 0;
    for (QByteArray from : state().request.sources) {
        while (from.size() > 1 && from.endsWith('/'))
            from.chop(1);
        Source one;
        one.from = from;
        state().sources.push_back(one);
    }
    auto *scan = new LocalScan(
        state(),
        [this](const QByteArray &path, const Error &why) {
            const bool isSkipped = why.code == ErrorCode::Unsupported;
            ++(isSkipped ? state().skipped : state().failed);
            const auto result =
                isSkipped ? FileOutcome::Result::Skipped : FileOutcome::Result::Failed;
            if (state().isNew({path, result, {}}))
                tell(path, result, why);
        },
        [this] { return isStopped(); }, this);
    connect(scan, &LocalScan::finished, this, [this, scan] {
        scan->deleteLater();
        if (isStopped())
            return;
        state().isScanned = true;
        state().scanning = false;
        for (const Item &one : state().items)
            state().largeBytes += one.size >= largeFile ? one.size : 0;
        scanned();
    });
    scan->start();
}

/// Whether the sources go into the target or get its name.
void PutWorker::findTarget()
{
    const QByteArray asked = state().request.target;
    const QByteArray target = absolute(asked);
    const bool isDirectory = asked.isEmpty() || asked.endsWith('/') || state().sources.size() > 1;
    fs().stat(target, [this, target, isDirectory](const Result<SftpAttributes> &there) {
        if (!there && there.error().code != ErrorCode::NotFound) {
            stop(there.error());
            return;
        }
        const bool found = there.has_value();
        if (found && isDirectory && there->type() != Type::Directory) {
            stop(Error{ErrorCode::RemoteFailed, Step::Transfer,
                       QString::fromUtf8(target) + QStringLiteral(": not a directory")});
            return;
        }
        // A transfer that was cut has made its target itself: what it decided then holds.
        const bool into = isDirectory || (found && there->type() == Type::Directory);
        const QByteArray base = into ? target : parentPath(target);
        if (found) {
            placeSources(target, into);
            return;
        }
        makeDirectory(base, [this, target, into](const Result<> &made) {
            if (made)
                placeSources(target, into);
            else
                stop(made.error());
        });
    });
}

/// With its parents.
void PutWorker::makeDirectory(const QByteArray &path, std::function<void(Result<>)> done)
{
    fs().stat(path, [this, path, done = std::move(done)](const Result<SftpAttributes> &there) {
        if (there && there->type() == Type::Directory) {
            done({});
            return;
        }
        if (there || there.error().code != ErrorCode::NotFound || parentPath(path) == path) {
            done(tl::make_unexpected(
                there ? Error{ErrorCode::RemoteFailed, Step::Transfer,
                              QString::fromUtf8(path) + QStringLiteral(": not a directory")}
                      : there.error()));
            return;
        }
        makeDirectory(parentPath(path), [this, path, done](const Result<> &parent) {
            if (parent)
                fs().mkdir(path, done);
            else
                done(parent);
        });
    });
}

void PutWorker::placeSources(const QByteArray &target, bool into)
{
    QSet<QByteArray> places;
    for (std::size_t i = 0; i < state().sources.size(); ++i) {
        Source &one = state().sources[i];
        if (!one.isReady) {
            QByteArray name = lastName(one.from);
            if (name.isEmpty() || name == "." || name == "..")
                name = lastName(canonicalLocal(one.from).value_or(QByteArray()));
            one.to = into ? joinPath(target, name) : target;
            one.writeTo = one.to;
        }
        if (places.contains(one.to)) {
            one.isRefused = true;
            failBelow(int(i), {},
                      Error{ErrorCode::LocalIo, Step::Transfer,
                            shownName(one.from) + QStringLiteral(": another source has its name")});
        }
        places.insert(one.to);
    }
    markTakenParts();
    m_target = state().sources.empty() ? target : parentPath(state().sources.front().to);
    askSpace();
    judgeSources(); // meanwhile
}

void PutWorker::askSpace()
{
    if (resumes()) { // what is there already is not known yet; a full disk is named when it is met
        m_isSpaceKnown = true;
        return;
    }
    fs().space(m_target, [this](const Result<ssh::SftpClient::Space> &space) {
        if (isStopped() || (!space && stopIfLost(space.error())))
            return;
        m_isSpaceKnown = true;
        if (space)
            m_space = *space;
        weighSpace();
    });
}

/// Before anything is made: does it fit? What is there already needs no room.
void PutWorker::weighSpace()
{
    if (isStopped() || !m_isPlaced || !m_isSpaceKnown)
        return;
    const auto judged = [this] {
        constexpr auto most = quint64(std::numeric_limits<qint64>::max());
        return judgeSpace(m_target, qint64(std::min(m_space->availableBytes, most)),
                          m_space->totalFiles > 0 ? qint64(std::min(m_space->availableFiles, most))
                                                  : -1);
    };
    if (!m_space || !judged()) {
        makePlaces();
        return;
    }
    judgeExisting([this, judged] {
        m_isJudged = true;
        if (const std::optional<Error> error = judged())
            stop(error);
        else
            makePlaces();
    });
}

void PutWorker::makePlaces()
{
    if (usesTar())
        stage();
    else
        makeDirectories();
}

bool PutWorker::usesTar() const
{
    auto *self = const_cast<PutWorker *>(this);
    const RemoteTools &has = tools();
    const Protocol protocol = self->state().request.protocol;
    if (!has.shell || !has.tar || !has.findPrintf || protocol == Protocol::Sftp ||
        protocol == Protocol::Scp)
        return false;
    if (protocol == Protocol::Tar || !has.sftp)
        return true;
    return hasManySmall();
}

void PutWorker::judgeSources()
{
    m_roots.assign(state().sources.size(), -1);
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        if (state().items[i].path.isEmpty())
            m_roots[std::size_t(state().items[i].source)] = int(i);
    }
    const auto count = qsizetype(state().sources.size());
    inWindow(
        this, count, 16,
        [this](qsizetype number, const std::function<void()> &done) {
            judgeSource(int(number), done);
        },
        [this] {
            m_isPlaced = true;
            weighSpace();
        });
}

void PutWorker::judgeSource(int number, const std::function<void()> &done)
{
    Source &one = state().sources[std::size_t(number)];
    if (!one.isDirectory || one.isRefused) {
        one.isReady = true;
        const int root = m_roots[std::size_t(number)];
        if (root >= 0 && !one.isRefused && item(root).type == Type::File)
            judgeFile(root, done);
        else
            done();
        return;
    }
    fs().lstat(one.to, [this, number, done](const Result<SftpAttributes> &there) {
        Source &judged = state().sources[std::size_t(number)];
        if (!there && there.error().code != ErrorCode::NotFound) {
            if (!stopIfLost(there.error())) {
                judged.isRefused = true;
                failBelow(number, {}, there.error());
            }
            done();
            return;
        }
        judged.isReady = true;
        judged.writeTo = judged.to;
        judged.isStaged = !there && usesTar();
        if (there && there->type() == Type::Directory) {
            if (!state().wasCut)
                state().existing.insert(judged.to);
        } else if (there) {
            judged.isRefused = true;
            failBelow(number, {},
                      Error{ErrorCode::RemoteFailed, Step::Transfer,
                            shownName(judged.to) +
                                (there->type() == Type::Link
                                     ? QStringLiteral(": a link has this name; it is not followed")
                                     : QStringLiteral(": a file has this name"))});
        }
        done();
    });
}

/// One level after the other: nothing is made below a directory that turns out to be a link.
void PutWorker::makeDirectories()
{
    auto levels = std::make_shared<std::vector<std::vector<int>>>();
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        if (one.type != Type::Directory || one.state != Item::State::Pending ||
            source(one).isStaged)
            continue;
        const std::size_t level =
            one.path.isEmpty() ? 0 : std::size_t(QByteArray(one.path).count('/')) + 1;
        if (levels->size() <= level)
            levels->resize(level + 1);
        (*levels)[level].push_back(int(i));
    }
    makeLevel(levels, 0);
}

void PutWorker::makeLevel(const std::shared_ptr<std::vector<std::vector<int>>> &levels,
                          std::size_t level)
{
    if (isStopped())
        return;
    if (level >= levels->size()) {
        if (m_isJudged)
            compareSame();
        else
            judgeExisting([this] { compareSame(); });
        return;
    }
    const std::vector<int> &directories = (*levels)[level];
    inWindow(
        this, qsizetype(directories.size()), asksAtOnce,
        [this, &directories](qsizetype at, const std::function<void()> &done) {
            makeRemoteDirectory(directories[std::size_t(at)], done);
        },
        [this, levels, level] { makeLevel(levels, level + 1); });
}

void PutWorker::makeRemoteDirectory(int number, const std::function<void()> &done)
{
    if (item(number).state != Item::State::Pending) {
        done();
        return;
    }
    const QByteArray path = remotePath(item(number));
    auto why = std::make_shared<std::optional<Error>>();
    fs().mkdir(path, [why](const Result<> &made) {
        if (!made)
            *why = made.error();
    });
    fs().lstat(path, [this, number, path, why, done](const Result<SftpAttributes> &there) {
        if (isStopped() || (!there && stopIfLost(there.error())) ||
            (there && there->type() == Type::Directory)) {
            done();
            return;
        }
        Error error{ErrorCode::RemoteFailed, Step::Transfer,
                    shownName(path) + QStringLiteral(": no directory, and in the way")};
        if (!there)
            error = *why ? **why : there.error();
        nameDisk(path, error, [this, number, done](const Error &named) {
            failBelow(item(number).source, item(number).path, named);
            done();
        });
    });
}

/// Asks for what has the files' names already.
void PutWorker::judgeExisting(std::function<void()> then)
{
    auto files = std::make_shared<std::vector<int>>();
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        if (one.type == Type::File && one.state == Item::State::Pending && !one.isJudged &&
            !source(one).isStaged)
            files->push_back(int(i));
    }
    inWindow(
        this, qsizetype(files->size()), asksAtOnce,
        [this, files](qsizetype at, const std::function<void()> &done) {
            judgeFile((*files)[std::size_t(at)], done);
        },
        [this, then = std::move(then)] {
            if (!isStopped())
                then();
        });
}

void PutWorker::judgeFile(int number, const std::function<void()> &done)
{
    fs().lstat(remotePath(item(number)), [this, number, done](const Result<SftpAttributes> &there) {
        if (isStopped())
            return;
        item(number).isJudged = true;
        if (there && item(number).state == Item::State::Pending)
            judge(number, *there);
        else if (!there && there.error().code != ErrorCode::NotFound && !stopIfLost(there.error()))
            fail(number, there.error());
        done();
    });
}

void PutWorker::judge(int number, const SftpAttributes &there)
{
    Item &one = item(number);
    if (there.type() == Type::Directory) {
        fail(number,
             Error{ErrorCode::RemoteFailed, Step::Transfer,
                   shownName(remotePath(one)) + QStringLiteral(": a directory has this name")});
        return;
    }
    const bool isFile = there.type() == Type::File;
    switch (choose(one, isFile ? qint64(there.size.value_or(0)) : -1,
                   qint64(there.mtime.value_or(0)))) {
    case Choice::Copy: break;
    case Choice::Identical:
        one.isWaiting = true;
        m_same.push_back({number, remotePath(one), false});
        break;
    case Choice::Skip: skip(number, QStringLiteral("a file has this name")); break;
    case Choice::Refuse: refuse(number); break;
    }
}

/// What is there with the same size and time: with checksums only if these agree too.
void PutWorker::compareSame()
{
    auto same = std::make_shared<std::vector<Same>>(std::exchange(m_same, {}));
    inWindow(
        this, qsizetype(same->size()), 8,
        [this, same](qsizetype at, const std::function<void()> &done) {
            const Same one = (*same)[std::size_t(at)];
            compare(one.item, one.path, [this, one, done](bool agrees) {
                Item &compared = item(one.item);
                compared.isWaiting = false;
                if (isStopped()) {
                } else if (agrees && one.isOurs && !source(compared).isStaged) {
                    m_arrived.push_back(one.item);
                    state().waiting += compared.size;
                    state().keep(compared.size);
                } else if (agrees) {
                    state().keep(compared.size);
                    succeed(one.item);
                } else if (!one.isOurs && state().request.overwrite == Overwrite::Ask) {
                    refuse(one.item);
                } else if (!one.isOurs && state().request.overwrite == Overwrite::Skip) {
                    skip(one.item, QStringLiteral("a file has this name"));
                }
                done();
            });
        },
        [this] {
            if (!isStopped())
                copy();
        });
}

void PutWorker::compare(int number, const QByteArray &path, std::function<void(bool)> done)
{
    if (!state().request.verify) {
        done(true);
        return;
    }
    verifier().sum(path, [this, number, done = std::move(done)](const Result<QByteArray> &theirs) {
        if (!theirs) {
            if (!stopIfLost(theirs.error()))
                fail(number, theirs.error());
            done(false);
            return;
        }
        sha256InSlices(this, localPath(item(number)),
                       [theirs = *theirs, done](const Result<QByteArray> &ours) {
                           done(ours && *ours == theirs);
                       });
    });
}

} // namespace core::transfer
