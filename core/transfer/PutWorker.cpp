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
    prepared(hasManySmall() || state().request.protocol == Protocol::Tar);
    // After the shell: its channels are open when the plan is made.
    if (state().largeBytes > 0 && state().request.protocol != Protocol::Tar &&
        state().request.protocol != Protocol::Scp)
        startRunner();
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
    for (const QByteArray &from : state().request.sources) {
        Source one;
        one.from = withoutSlashes(from);
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
    const QByteArray target = withoutSlashes(absolute(asked));
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
            m_spaceAhead.forget();
            if (made)
                placeSources(target, into);
            else
                stop(made.error());
        });
    });
    if (isDirectory && tools().sftp)
        lookAhead(target);
}

/// A server answers one after the other: what the target's answer leads to is asked with it.
void PutWorker::lookAhead(const QByteArray &target)
{
    if (qsizetype(state().sources.size()) > asksAtOnce)
        return;
    askSpaceAhead(target);
    for (const Source &one : state().sources) {
        const QByteArray place = joinPath(target, nameOf(one));
        m_placesAhead.ask(place, [this](const QByteArray &path, auto done) {
            fs().lstat(path, std::move(done));
        });
        if (one.isDirectory)
            askSpaceAhead(place);
    }
}

void PutWorker::askSpaceAhead(const QByteArray &path)
{
    if (!resumes())
        m_spaceAhead.ask(path, [this](const QByteArray &asked, auto done) {
            fs().space(asked, std::move(done));
        });
}

QByteArray PutWorker::nameOf(const Source &one)
{
    QByteArray name = lastName(one.from);
    if (name.isEmpty() || name == "." || name == "..")
        return lastName(canonicalLocal(one.from).value_or(QByteArray()));
    return name;
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
            one.to = into ? joinPath(target, nameOf(one)) : target;
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
    m_target = state().sources.empty() ? target : parentPath(state().sources.front().to);
    takePlaces([this] {
        markTakenParts();
        askSpace();
        judgeSources(); // meanwhile
    });
}

void PutWorker::askSpace()
{
    if (resumes()) { // what is there already is not known yet; a full disk is named when it is met
        m_isSpaceKnown = true;
        return;
    }
    askSpaceOf(m_target, [this](const std::optional<ssh::SftpClient::Space> &space) {
        m_isSpaceKnown = true;
        m_space = space;
        weighSpace();
    });
}

void PutWorker::askSpaceOf(
    const QByteArray &path,
    const std::function<void(const std::optional<ssh::SftpClient::Space> &)> &done)
{
    const auto take = [this, done](const Result<ssh::SftpClient::Space> &space) {
        if (!isStopped() && (space || !stopIfLost(space.error())))
            done(space ? std::optional(*space) : std::nullopt);
    };
    if (!m_spaceAhead.take(path, take))
        fs().space(path, take);
}

/// Before anything is made: does it fit? What is there already needs no room.
void PutWorker::weighSpace()
{
    if (isStopped() || !m_isPlaced || !m_isSpaceKnown)
        return;
    if (!judgeDisks()) {
        makePlaces();
        return;
    }
    judgeExisting([this] {
        m_isJudged = true;
        if (const std::optional<Error> error = judgeDisks())
            stop(error);
        else
            makePlaces();
    });
}

/// A directory that is there already may be on another disk than the target.
std::optional<Error> PutWorker::judgeDisks()
{
    if (!m_space)
        return std::nullopt;
    struct Disk
    {
        QByteArray path;
        ssh::SftpClient::Space space;
    };
    std::vector<Disk> disks{{m_target, *m_space}};
    std::vector<std::size_t> diskOf(m_spaces.size(), 0);
    for (std::size_t i = 0; i < m_spaces.size(); ++i) {
        if (!m_spaces[i])
            continue;
        const auto same = std::find_if(disks.begin(), disks.end(), [&](const Disk &disk) {
            return disk.space.fileSystem == m_spaces[i]->fileSystem;
        });
        diskOf[i] = std::size_t(same - disks.begin());
        if (same == disks.end())
            disks.push_back({state().sources[i].to, *m_spaces[i]});
    }
    constexpr auto most = quint64(std::numeric_limits<qint64>::max());
    for (std::size_t at = 0; at < disks.size(); ++at) {
        Need needed = need([&](const Item &one) { return diskOf[std::size_t(one.source)] == at; });
        if (at == 0 && needed.files > 0 && usesTar())
            needed.files += stageFiles;
        const ssh::SftpClient::Space &space = disks[at].space;
        if (auto error = judgeSpace(
                disks[at].path, needed, qint64(std::min(space.availableBytes, most)),
                space.totalFiles > 0 ? qint64(std::min(space.availableFiles, most)) : -1))
            return error;
    }
    return std::nullopt;
}

void PutWorker::makePlaces()
{
    if (usesTar()) {
        openTar();
        stage();
    } else {
        makeDirectories();
    }
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

} // namespace core::transfer
