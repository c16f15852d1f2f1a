// SPDX-License-Identifier: GPL-3.0-or-later
// A download until its first byte: what there is, where it goes, what is here already.
#include "core/transfer/GetWorker.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/RemoteScan.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/Verifier.h"

#include <algorithm>

namespace core::transfer {

using ssh::SftpAttributes;
using Type = Item::Type;

namespace {

constexpr bool foldsCase()
{
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
    return true;
#else
    return false;
#endif
}

/// Equal for names that this system takes for one.
QByteArray comparedName(const QByteArray &path)
{
    return foldsCase() ? QString::fromUtf8(path).toCaseFolded().toUtf8() : path;
}

} // namespace

QByteArray GetWorker::remotePath(const Item &of) const
{
    return joinPath(const_cast<GetWorker *>(this)->source(of).from, of.path);
}

QByteArray GetWorker::localPath(const Item &of) const
{
    return joinPath(const_cast<GetWorker *>(this)->source(of).writeTo, of.name());
}

QByteArray GetWorker::partOf(const Item &of) const
{
    return partPath(localPath(of), of.isPartTaken);
}

void GetWorker::prepare()
{
    prepared(state().isScanned && (hasManySmall() || state().request.protocol == Protocol::Tar));
    // A directory is found with it: not after it is known to be one.
    if (!state().isScanned && state().request.protocol != Protocol::Sftp)
        startShell();
}

void GetWorker::plan()
{
    if (state().isScanned) {
        scanned();
        return;
    }
    // A connection lost in the midst of it: once more.
    state().sources.clear();
    state().items.clear();
    state().totalBytes = 0;
    state().totalFiles = 0;
    state().failed = 0;
    state().skipped = 0;
    for (const QByteArray &from : state().request.sources) {
        Source one;
        one.from = withoutSlashes(absolute(from));
        state().sources.push_back(one);
    }
    findSource(0);
}

void GetWorker::findSource(std::size_t number)
{
    if (isStopped())
        return;
    if (number >= state().sources.size()) {
        state().isScanned = true;
        state().scanning = false;
        for (const Item &one : state().items)
            state().largeBytes += one.size >= largeFile ? one.size : 0;
        scanned();
        return;
    }
    const QByteArray name = lastName(state().sources[number].from);
    if (name != "." && name != "..") {
        lookAtSource(number);
        return;
    }
    // It gets the name that the folder really has.
    fs().realpath(state().sources[number].from, [this, number](const Result<QByteArray> &there) {
        if (there)
            state().sources[number].from = *there;
        lookAtSource(number);
    });
}

void GetWorker::lookAtSource(std::size_t number)
{
    if (isStopped())
        return;
    // What the user named is what its link leads to.
    fs().stat(state().sources[number].from, [this, number](const Result<SftpAttributes> &there) {
        Source &one = state().sources[number];
        if (!there) {
            if (stopIfLost(there.error()))
                return;
            ++state().failed;
            if (state().isNew({one.from, FileOutcome::Result::Failed, {}}))
                tell(one.from, FileOutcome::Result::Failed, there.error());
            findSource(number + 1);
            return;
        }
        Item root;
        root.source = int(number);
        root.type = there->type();
        root.mtime = qint64(there->mtime.value_or(0));
        root.mode = there->mode.value_or(0644) & 07777;
        if (root.type == Type::File) {
            root.size = qint64(there->size.value_or(0));
            state().totalBytes += root.size;
            ++state().totalFiles;
            state().items.push_back(root);
            findSource(number + 1);
        } else if (root.type == Type::Directory) {
            one.isDirectory = true;
            state().items.push_back(root);
            requireShell([this, number] { scanSource(number); });
        } else {
            ++state().failed;
            tell(one.from, FileOutcome::Result::Failed,
                 Error{ErrorCode::Unsupported, Step::Transfer,
                       QStringLiteral("neither a file nor a directory")});
            findSource(number + 1);
        }
    });
}

void GetWorker::scanned()
{
    if (!hasManySmall() && !usesOnlyTar()) {
        placeSources();
        return;
    }
    requireShell([this] {
        if (usesTar())
            tryPacking(); // while this side is looked at
        placeSources();
    });
}

void GetWorker::scanSource(std::size_t number)
{
    const bool byFind = tools().findPrintf || !tools().sftp;
    // A find without -printf goes round in links that lead back.
    if (byFind && !tools().findPrintf && state().request.links == Links::Follow) {
        stop(Error{ErrorCode::Unsupported, Step::Transfer,
                   QStringLiteral("links are not followed on a server with neither SFTP nor find "
                                  "with -printf")});
        return;
    }
    auto *scan = new RemoteScan(
        state(),
        [this](const FileOutcome &outcome) {
            if (state().isNew(outcome))
                Q_EMIT fileEnded(outcome);
        },
        this);
    connect(scan, &RemoteScan::finished, this,
            [this, scan, number](const std::optional<Error> &error) {
                scan->deleteLater();
                if (error)
                    stop(error);
                else
                    findSource(number + 1);
            });
    if (byFind)
        scan->startFind(int(number), shell(), tools().findPrintf);
    else
        scan->startSftp(int(number), sftp());
}

void GetWorker::placeSources()
{
    const QByteArray asked = state().request.target.isEmpty() ? "." : state().request.target;
    const bool isDirectory = asked.endsWith('/') || state().sources.size() > 1;
    const Result<LocalInfo> there = localInfo(withoutSlashes(asked), true);
    if (!there && there.error().code != ErrorCode::NotFound) {
        stop(there.error());
        return;
    }
    if (there && isDirectory && there->type != Type::Directory) {
        stop(Error{ErrorCode::LocalIo, Step::Local,
                   QString::fromUtf8(asked) + QStringLiteral(": not a directory")});
        return;
    }
    const bool into = isDirectory || (there && there->type == Type::Directory);
    m_directory = into ? asked : parentPath(asked);
    QSet<QByteArray> places;
    for (std::size_t i = 0; i < state().sources.size(); ++i) {
        Source &one = state().sources[i];
        if (!one.isReady) {
            QByteArray name = lastName(one.from);
            if (!isPlainName(name))
                name = "root";
            name = escapedLocalName(name, hasWindowsNames()).value_or(name);
            one.to = into ? joinPath(asked, name) : asked;
            one.writeTo = one.to;
            one.isReady = true;
        }
        const QByteArray place = comparedName(one.to);
        if (places.contains(place)) {
            one.isRefused = true;
            failBelow(int(i), {},
                      Error{ErrorCode::LocalIo, Step::Local,
                            shownName(one.from) + QStringLiteral(": another source has its name")});
        }
        places.insert(place);
    }
    takePlaces([this] {
        markTakenParts();
        refuseClashes();
        judgeSources();
    });
}

/// Two names there that are one here: because one had to be written otherwise, or because this
/// system does not tell upper from lower case.
void GetWorker::refuseClashes()
{
    const bool isAny = foldsCase() || std::any_of(state().items.begin(), state().items.end(),
                                                  [](const Item &one) { return one.hasName; });
    if (!isAny)
        return;
    QHash<QByteArray, int> seen;
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        if (state().items[i].state != Item::State::Pending)
            continue;
        const QByteArray name = comparedName(finalPath(state().items[i]));
        const auto first = seen.constFind(name);
        if (first == seen.constEnd()) {
            seen.insert(name, int(i));
            continue;
        }
        // The one that had to be renamed gives way.
        const bool isFirst =
            !state().items[i].hasName && state().items[std::size_t(*first)].hasName;
        const int loser = isFirst ? *first : int(i);
        if (isFirst)
            seen.insert(name, int(i));
        const Item &one = item(loser);
        failBelow(one.source, one.path,
                  Error{ErrorCode::LocalIo, Step::Local,
                        shownName(shownPath(one)) +
                            QStringLiteral(": another file has its name, ") +
                            shownName(finalPath(one))});
    }
}

/// Directories that exist are merged into, links are not followed.
void GetWorker::judgeSources()
{
    for (std::size_t i = 0; i < state().sources.size(); ++i) {
        Source &one = state().sources[i];
        const Result<LocalInfo> there = localInfo(one.to);
        if (!one.isDirectory || one.isRefused || !there || there->type == Type::Directory)
            continue;
        one.isRefused = true;
        failBelow(int(i), {},
                  Error{ErrorCode::LocalIo, Step::Local,
                        shownName(one.to) +
                            (there->type == Type::Link
                                 ? QStringLiteral(": a link has this name; it is not followed")
                                 : QStringLiteral(": a file has this name"))});
    }
    judgeExisting();
}

void GetWorker::judgeExisting()
{
    inSlices(
        this, qsizetype(state().items.size()), [this](qsizetype at) { judge(int(at)); },
        [this] { compareSame(); });
}

void GetWorker::judge(int number)
{
    const Item &one = item(number);
    if (one.state != Item::State::Pending || one.type == Type::Link)
        return;
    const Result<LocalInfo> there = localInfo(localPath(one));
    if (!there) {
        if (there.error().code != ErrorCode::NotFound)
            fail(number, there.error());
        return;
    }
    if (one.type == Type::Directory) {
        if (there->type != Type::Directory)
            // A link is not followed: it may lead out of the target.
            failBelow(one.source, one.path,
                      Error{ErrorCode::LocalIo, Step::Local,
                            shownName(localPath(one)) +
                                (there->type == Type::Link
                                     ? QStringLiteral(": a link has this name; it is not followed")
                                     : QStringLiteral(": a file has this name"))});
        else if (!resumes()) // else it may be an earlier try that made it
            state().existing.insert(localPath(one));
        return;
    }
    if (there->type == Type::Directory) {
        fail(number,
             Error{ErrorCode::LocalIo, Step::Local,
                   shownName(localPath(one)) + QStringLiteral(": a directory has this name")});
        return;
    }
    switch (choose(one, there->type == Type::File ? there->size : -1, there->mtime)) {
    case Choice::Copy: break;
    case Choice::Identical: m_same.push_back(number); break;
    case Choice::Skip: skip(number, QStringLiteral("a file has this name")); break;
    case Choice::Refuse: refuse(number); break;
    }
}

/// What is here with the same size and time: with checksums only if these agree too.
void GetWorker::compareSame()
{
    if (isStopped())
        return;
    auto same = std::make_shared<std::vector<int>>(std::exchange(m_same, {}));
    const auto isWhole = [this](int number) {
        state().keep(item(number).size);
        succeed(number);
    };
    if (!state().request.verify) {
        for (int number : *same)
            isWhole(number);
        same->clear();
    }
    inWindow(
        this, qsizetype(same->size()), 8,
        [this, same, isWhole](qsizetype at, const std::function<void()> &done) {
            const int number = (*same)[std::size_t(at)];
            verifier().sum(remotePath(item(number)), [this, number, isWhole,
                                                      done](const Result<QByteArray> &theirs) {
                if (!theirs) {
                    if (!stopIfLost(theirs.error()))
                        fail(number, theirs.error());
                    done();
                    return;
                }
                sha256InSlices(this, localPath(item(number)), item(number).size,
                               [this, number, isWhole, theirs = *theirs,
                                done](const Result<QByteArray> &ours) {
                                   if (ours && *ours == theirs)
                                       isWhole(number);
                                   else if (state().request.overwrite == Overwrite::Ask)
                                       refuse(number);
                                   else if (state().request.overwrite == Overwrite::Skip)
                                       skip(number, QStringLiteral("a file has this name"));
                                   done();
                               });
            });
        },
        [this] {
            if (!isStopped())
                checkSpace();
        });
}

void GetWorker::checkSpace()
{
    QByteArray directory = m_directory;
    while (!localInfo(directory, true) && parentPath(directory) != directory)
        directory = parentPath(directory);
    const Result<LocalSpace> space = localSpace(directory);
    // What a cut copy left is not known yet; a full disk is named when it is met.
    if (space && !resumes()) {
        const Need all = need([](const Item &) { return true; });
        if (const auto error =
                judgeSpace(directory, all, space->availableBytes, space->availableFiles)) {
            stop(error);
            return;
        }
    }
    if (Result<> made = makeLocalDirectory(m_directory); !made) {
        stop(made.error());
        return;
    }
    makeDirectories();
}

void GetWorker::makeDirectories()
{
    inSlices(
        this, qsizetype(state().items.size()), [this](qsizetype at) { makeDirectory(int(at)); },
        [this] {
            if (!isStopped())
                copy();
        });
}

void GetWorker::makeDirectory(int number)
{
    const Item &one = item(number);
    if (one.type != Type::Directory || one.state != Item::State::Pending)
        return;
    const QByteArray path = localPath(one);
    Result<> made = state().checkFolders(one);
    if (made)
        made = makeLocalDirectory(path);
    const Result<LocalInfo> there = localInfo(path);
    if (made && there && there->type != Type::Directory)
        made = tl::make_unexpected(
            Error{ErrorCode::LocalIo, Step::Local,
                  shownName(path) + QStringLiteral(": a link has this name; it is not followed")});
    if (!made)
        failBelow(one.source, one.path, made.error());
}

bool GetWorker::usesTar() const
{
    auto *self = const_cast<GetWorker *>(this);
    const RemoteTools &has = tools();
    const Protocol protocol = self->state().request.protocol;
    if (!has.shell || !has.gnuTar || protocol == Protocol::Sftp || protocol == Protocol::Scp)
        return false;
    if (protocol == Protocol::Tar || !has.sftp)
        return true;
    return hasManySmall();
}

bool GetWorker::hasManySmall() const
{
    auto *self = const_cast<GetWorker *>(this);
    constexpr std::ptrdiff_t many = 32;
    const Protocol protocol = self->state().request.protocol;
    return protocol != Protocol::Sftp && protocol != Protocol::Scp &&
           std::count_if(self->state().items.begin(), self->state().items.end(),
                         [](const Item &one) {
                             return one.type == Type::File && one.size < largeFile;
                         }) >= many;
}

} // namespace core::transfer
