// SPDX-License-Identifier: GPL-3.0-or-later
// A download until its first byte: what there is, where it goes, what is here already.
#include "core/transfer/GetWorker.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/RemoteScan.h"

#include <algorithm>

namespace core::transfer {

using ssh::SftpAttributes;
using Type = Item::Type;

QByteArray GetWorker::remotePath(const Item &of) const
{
    return joinPath(const_cast<GetWorker *>(this)->source(of).from, of.path);
}

QByteArray GetWorker::localPath(const Item &of) const
{
    return joinPath(const_cast<GetWorker *>(this)->source(of).writeTo,
                    of.name.isEmpty() ? of.path : of.name);
}

void GetWorker::prepare()
{
    prepared(state().isScanned && (!m_tar.empty() || state().request.protocol == Protocol::Tar));
}

void GetWorker::plan()
{
    if (state().isScanned) {
        if (hasManySmall() || state().request.protocol == Protocol::Tar)
            requireShell([this] { placeSources(); });
        else
            placeSources();
        return;
    }
    // A connection lost in the midst of it: once more.
    state().sources.clear();
    state().items.clear();
    state().totalBytes = 0;
    state().totalFiles = 0;
    for (const QByteArray &from : state().request.sources) {
        Source one;
        one.from = absolute(from);
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
        if (hasManySmall() || state().request.protocol == Protocol::Tar)
            requireShell([this] { placeSources(); });
        else
            placeSources();
        return;
    }
    // What the user named is what its link leads to.
    fs().stat(state().sources[number].from, [this, number](const Result<SftpAttributes> &there) {
        Source &one = state().sources[number];
        if (!there) {
            if (stopIfLost(there.error()))
                return;
            ++state().failed;
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

void GetWorker::scanSource(std::size_t number)
{
    if (!tools().findPrintf && !tools().sftp) {
        stop(Error{ErrorCode::Unsupported, Step::Transfer,
                   QStringLiteral("the server has neither SFTP nor find with -printf")});
        return;
    }
    auto *scan = new RemoteScan(
        state(), [this](const FileOutcome &outcome) { Q_EMIT fileEnded(outcome); }, this);
    connect(scan, &RemoteScan::finished, this,
            [this, scan, number](const std::optional<Error> &error) {
                scan->deleteLater();
                if (error)
                    stop(error);
                else
                    findSource(number + 1);
            });
    if (tools().findPrintf)
        scan->startFind(int(number), shell());
    else
        scan->startSftp(int(number), sftp());
}

void GetWorker::placeSources()
{
    const QByteArray asked = state().request.target.isEmpty() ? "." : state().request.target;
    const bool isDirectory = asked.endsWith('/') || state().sources.size() > 1;
    const Result<LocalInfo> there = localInfo(asked, true);
    if (!there && there.error().code != ErrorCode::NotFound) {
        stop(there.error());
        return;
    }
    if (there && isDirectory && there->type != Type::Directory) {
        stop(Error{ErrorCode::LocalIo, Step::Transfer,
                   QString::fromUtf8(asked) + QStringLiteral(": not a directory")});
        return;
    }
    const bool into = isDirectory || (there && there->type == Type::Directory);
    for (Source &one : state().sources) {
        if (one.isReady)
            continue;
        QByteArray name = lastName(one.from);
        if (!isPlainName(name))
            name = "root";
        name = escapedLocalName(name, hasWindowsNames()).value_or(name);
        one.to = into ? joinPath(asked, name) : asked;
        one.writeTo = one.to;
        one.isReady = true;
    }
    if (Result<> made = makeLocalDirectory(into ? asked : parentPath(asked)); !made) {
        stop(made.error());
        return;
    }
    checkSpace();
}

void GetWorker::checkSpace()
{
    const QByteArray asked = state().request.target.isEmpty() ? "." : state().request.target;
    const Result<LocalInfo> there = localInfo(asked, true);
    const QByteArray directory =
        there && there->type == Type::Directory ? asked : parentPath(asked);
    const Result<LocalSpace> space = localSpace(directory);
    if (space && !resumes()) {
        const qint64 needed = state().totalBytes;
        const auto files = qint64(state().items.size());
        if (space->availableBytes < needed) {
            stop(Error{ErrorCode::DiskFull, Step::Transfer,
                       QString::fromUtf8(directory) +
                           QStringLiteral(": %1 bytes needed, %2 available")
                               .arg(needed)
                               .arg(space->availableBytes)});
            return;
        }
        if (space->availableFiles >= 0 && space->availableFiles < files) {
            stop(Error{ErrorCode::NoSpaceInodes, Step::Transfer,
                       QString::fromUtf8(directory) +
                           QStringLiteral(": %1 files and folders needed, %2 available")
                               .arg(files)
                               .arg(space->availableFiles)});
            return;
        }
    }
    makeDirectories();
}

/// Fails what is at or below a local directory.
void GetWorker::failBelow(const QByteArray &localDirectory, const Error &error)
{
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const QByteArray path = localPath(state().items[i]);
        if (state().items[i].state == Item::State::Pending &&
            (path == localDirectory || path.startsWith(localDirectory + '/')))
            fail(int(i), error);
    }
}

void GetWorker::makeDirectories()
{
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        if (one.type != Type::Directory || one.state != Item::State::Pending)
            continue;
        const QByteArray path = localPath(one);
        const Result<LocalInfo> there = localInfo(path);
        if (!there) {
            if (Result<> made = makeLocalDirectory(path); !made)
                failBelow(path, made.error());
        } else if (there->type == Type::Directory) {
            if (!state().wasCut)
                state().existing.insert(path);
        } else {
            // A link is not followed: it may lead out of the target.
            failBelow(path, Error{ErrorCode::LocalIo, Step::Transfer,
                                  QString::fromUtf8(path) +
                                      (there->type == Type::Link
                                           ? QStringLiteral(": a link has this name; it is not "
                                                            "followed")
                                           : QStringLiteral(": a file has this name"))});
        }
    }
    judgeExisting();
}

void GetWorker::judgeExisting()
{
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        Item &one = state().items[i];
        if (one.type != Type::File || one.state != Item::State::Pending)
            continue;
        const Result<LocalInfo> there = localInfo(localPath(one));
        if (!there) {
            if (there.error().code != ErrorCode::NotFound)
                fail(int(i), there.error());
            continue;
        }
        if (there->type == Type::Directory) {
            fail(int(i), Error{ErrorCode::LocalIo, Step::Transfer,
                               QString::fromUtf8(localPath(one)) +
                                   QStringLiteral(": a directory has this name")});
            continue;
        }
        switch (choose(one, there->type == Type::File ? there->size : -1, there->mtime)) {
        case Choice::Copy: break;
        case Choice::Identical:
            state().bytes += one.size;
            succeed(int(i));
            break;
        case Choice::Skip: skip(int(i), QStringLiteral("a file has this name")); break;
        case Choice::Refuse: refuse(int(i)); break;
        }
    }
    copy();
}

bool GetWorker::usesTar() const
{
    auto *self = const_cast<GetWorker *>(this);
    const RemoteTools &has = tools();
    const Protocol protocol = self->state().request.protocol;
    if (!has.shell || !has.gnuTar || protocol == Protocol::Sftp)
        return false;
    if (protocol == Protocol::Tar || !has.sftp)
        return true;
    return hasManySmall();
}

bool GetWorker::hasManySmall() const
{
    auto *self = const_cast<GetWorker *>(this);
    constexpr std::ptrdiff_t many = 32;
    return self->state().request.protocol != Protocol::Sftp &&
           std::count_if(self->state().items.begin(), self->state().items.end(),
                         [](const Item &one) {
                             return one.type == Type::File && one.size < largeFile;
                         }) >= many;
}

} // namespace core::transfer
