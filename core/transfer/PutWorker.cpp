// SPDX-License-Identifier: GPL-3.0-or-later
// An upload until its first byte: where it goes, what is there already, what has to be copied.
#include "core/transfer/PutWorker.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/LocalScan.h"
#include "core/transfer/RemoteScan.h"

#include <algorithm>

namespace core::transfer {

using ssh::SftpAttributes;
using Type = Item::Type;

namespace {

constexpr qsizetype asksAtOnce = 256;
constexpr qsizetype longestCommand = 60 * 1024; ///< bytes of shell text

} // namespace

QByteArray PutWorker::remotePath(const Item &of) const
{
    return joinPath(const_cast<PutWorker *>(this)->source(of).writeTo, of.path);
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
    if (state().largeBytes > 0 && state().request.protocol != Protocol::Tar)
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
    return self->state().request.protocol != Protocol::Sftp &&
           std::count_if(self->state().items.begin(), self->state().items.end(),
                         [](const Item &one) {
                             return one.type == Type::File && one.size < largeFile;
                         }) >= many;
}

void PutWorker::scan()
{
    for (const QByteArray &from : state().request.sources) {
        Source one;
        one.from = from;
        state().sources.push_back(one);
    }
    auto *scan = new LocalScan(
        state(),
        [this](const QByteArray &path, const Error &why) {
            if (why.code == ErrorCode::Unsupported) {
                ++state().skipped;
                tell(path, FileOutcome::Result::Skipped, why);
            } else {
                ++state().failed;
                tell(path, FileOutcome::Result::Failed, why);
            }
        },
        this);
    connect(scan, &LocalScan::finished, this, [this, scan] {
        scan->deleteLater();
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
    for (Source &one : state().sources) {
        if (one.isReady)
            continue;
        QByteArray name = lastName(one.from);
        if (name.isEmpty() || name == "." || name == "..")
            name = lastName(canonicalLocal(one.from).value_or(QByteArray()));
        one.to = into ? joinPath(target, name) : target;
        one.writeTo = one.to;
    }
    m_target = state().sources.empty() ? target : parentPath(state().sources.front().to);
    checkSpace();
    judgeSources(); // meanwhile
}

void PutWorker::checkSpace()
{
    if (resumes()) { // what is there already is not known yet; a full disk is named when it is met
        m_hasSpace = true;
        return;
    }
    fs().space(m_target, [this](const Result<ssh::SftpClient::Space> &space) {
        if (!space) {
            if (!stopIfLost(space.error()))
                spaceIsKnown(); // the server can't tell
            return;
        }
        const qint64 needed = state().totalBytes;
        const auto files = qint64(state().items.size());
        if (qint64(space->availableBytes) < needed)
            stop(Error{ErrorCode::DiskFull, Step::Transfer,
                       QString::fromUtf8(m_target) +
                           QStringLiteral(": %1 bytes needed, %2 available")
                               .arg(needed)
                               .arg(space->availableBytes)});
        else if (space->totalFiles > 0 && qint64(space->availableFiles) < files)
            stop(Error{ErrorCode::NoSpaceInodes, Step::Transfer,
                       QString::fromUtf8(m_target) +
                           QStringLiteral(": %1 files and folders needed, %2 available")
                               .arg(files)
                               .arg(space->availableFiles)});
        else
            spaceIsKnown();
    });
}

void PutWorker::spaceIsKnown()
{
    m_hasSpace = true;
    if (m_isJudged)
        copy();
}

bool PutWorker::usesTar() const
{
    auto *self = const_cast<PutWorker *>(this);
    const RemoteTools &has = tools();
    const Protocol protocol = self->state().request.protocol;
    if (!has.shell || !has.tar || !has.findPrintf || protocol == Protocol::Sftp)
        return false;
    if (protocol == Protocol::Tar || !has.sftp)
        return true;
    return hasManySmall();
}

void PutWorker::judgeSources()
{
    const auto count = qsizetype(state().sources.size());
    inWindow(
        this, count, 16,
        [this](qsizetype number, const std::function<void()> &done) {
            judgeSource(int(number), done);
        },
        [this] {
            if (!isStopped())
                stage();
        });
}

void PutWorker::judgeSource(int number, const std::function<void()> &done)
{
    Source &one = state().sources[std::size_t(number)];
    if (!one.isDirectory) {
        one.isReady = true;
        done(); // a file: judged with the others
        return;
    }
    fs().lstat(one.to, [this, number, done](const Result<SftpAttributes> &there) {
        Source &judged = state().sources[std::size_t(number)];
        if (!there && there.error().code != ErrorCode::NotFound) {
            if (!stopIfLost(there.error()))
                failBelow(judged.from, there.error());
            done();
            return;
        }
        judged.isReady = true;
        if (!there) {
            judged.isStaged = usesTar();
            judged.writeTo = judged.isStaged ? judged.to + partSuffix : judged.to;
            done();
            return;
        }
        judged.isStaged = false;
        judged.writeTo = judged.to;
        if (there->type() == Type::Directory) {
            if (!state().wasCut)
                state().existing.insert(judged.to);
            done();
            return;
        }
        failBelow(judged.from,
                  Error{ErrorCode::RemoteFailed, Step::Transfer,
                        QString::fromUtf8(judged.to) +
                            (there->type() == Type::Link
                                 ? QStringLiteral(": a link has this name; it is not followed")
                                 : QStringLiteral(": a file has this name"))});
        done();
    });
}

/// Fails what is at or below a local directory.
void PutWorker::failBelow(const QByteArray &directory, const Error &error)
{
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        const QByteArray path = localPath(one);
        if (one.state == Item::State::Pending &&
            (path == directory || path.startsWith(directory + '/')))
            fail(int(i), error);
    }
}

/// Readies the places beside the final ones, and takes over what a cut copy left there.
void PutWorker::stage()
{
    if (!usesTar()) {
        makeDirectories();
        return;
    }
    QByteArray roots;
    QByteArray mine = shellQuote(partSuffix);
    bool merges = false;
    for (const Source &one : state().sources) {
        if (one.isStaged) {
            roots += ' ' + shellQuote("./" + lastName(one.writeTo));
            mine += ' ' + shellQuote("./" + lastName(one.writeTo));
        } else {
            merges = true;
        }
    }
    if (merges)
        roots += QByteArray(" ") + partSuffix;
    QByteArray command = "cd -- " + shellQuote(m_target) + " || exit 1; ";
    if (!resumes())
        command += "rm -rf -- " + mine + "; ";
    command += "mkdir -p -- " + roots + " && find" + roots + " -type f -printf '%s %T@ %p\\0'";
    shell().run('(' + command + ')', [this](const Result<RemoteShell::Output> &ran) {
        if (!ran || ran->exitCode != 0) {
            stop(ran ? toolError(m_target, ran->errors) : ran.error());
            return;
        }
        const QHash<QByteArray, FoundFile> found = parseFound(ran->text);
        for (std::size_t i = 0; i < state().items.size(); ++i) {
            const Item &one = state().items[i];
            // In a merge what has arrived waits for its move: it is asked for again there.
            if (one.state != Item::State::Pending || one.type != Type::File ||
                !source(one).isStaged)
                continue;
            const auto at =
                found.constFind("./" + joinPath(lastName(source(one).writeTo), one.path));
            if (at != found.constEnd() && at->size == one.size && at->mtime == one.mtime) {
                state().bytes += one.size;
                succeed(int(i));
            }
        }
        makeDirectories();
    });
}

void PutWorker::makeDirectories()
{
    std::vector<int> directories;
    QByteArrayList commands;
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        if (one.type != Type::Directory || one.state != Item::State::Pending)
            continue;
        if (!source(one).isStaged) {
            directories.push_back(int(i));
            continue;
        }
        if (commands.isEmpty() || commands.back().size() > longestCommand)
            commands.append("mkdir -p --");
        commands.back() += ' ' + shellQuote(remotePath(one));
    }
    inWindow(
        this, commands.size(), 16,
        [this, commands](qsizetype at, const std::function<void()> &done) {
            shell().run(commands[at], [this, done](const Result<RemoteShell::Output> &ran) {
                if (!ran || ran->exitCode != 0)
                    stop(ran ? toolError(m_target, ran->errors) : ran.error());
                done();
            });
        },
        [this, directories] {
            if (!isStopped())
                makeDirectories(directories);
        });
}

void PutWorker::makeDirectories(const std::vector<int> &directories)
{
    inWindow(
        this, qsizetype(directories.size()), asksAtOnce,
        [this, directories](qsizetype at, const std::function<void()> &done) {
            const int number = directories[std::size_t(at)];
            const QByteArray path = remotePath(item(number));
            // Its parent's request is on its way before it: the server keeps the order.
            fs().mkdir(path, [](const Result<> &) {});
            fs().lstat(path, [this, number, path, done](const Result<SftpAttributes> &made) {
                if (item(number).state != Item::State::Pending) {
                    done();
                    return;
                }
                if (!made && stopIfLost(made.error())) {
                    done();
                    return;
                }
                if (!made || made->type() != Type::Directory)
                    failBelow(localPath(item(number)),
                              made ? Error{ErrorCode::RemoteFailed, Step::Transfer,
                                           QString::fromUtf8(path) +
                                               QStringLiteral(": no directory, and in the way")}
                                   : made.error());
                done();
            });
        },
        [this] {
            if (!isStopped())
                judgeExisting();
        });
}

/// Asks for what has the files' names already.
void PutWorker::judgeExisting()
{
    std::vector<int> files;
    for (std::size_t i = 0; i < state().items.size(); ++i) {
        const Item &one = state().items[i];
        if (one.type == Type::File && one.state == Item::State::Pending && !source(one).isStaged)
            files.push_back(int(i));
    }
    inWindow(
        this, qsizetype(files.size()), asksAtOnce,
        [this, files](qsizetype at, const std::function<void()> &done) {
            const int number = files[std::size_t(at)];
            fs().lstat(remotePath(item(number)), [this, number,
                                                  done](const Result<SftpAttributes> &there) {
                if (there)
                    judge(number, *there);
                else if (there.error().code != ErrorCode::NotFound && !stopIfLost(there.error()))
                    fail(number, there.error());
                done();
            });
        },
        [this] {
            m_isJudged = true;
            if (!isStopped() && m_hasSpace)
                copy();
        });
}

void PutWorker::judge(int number, const SftpAttributes &there)
{
    Item &one = item(number);
    if (there.type() == Type::Directory) {
        fail(number, Error{ErrorCode::RemoteFailed, Step::Transfer,
                           QString::fromUtf8(remotePath(one)) +
                               QStringLiteral(": a directory has this name")});
        return;
    }
    const bool isFile = there.type() == Type::File;
    switch (choose(one, isFile ? qint64(there.size.value_or(0)) : -1,
                   qint64(there.mtime.value_or(0)))) {
    case Choice::Copy: break;
    case Choice::Identical:
        state().bytes += one.size;
        succeed(number);
        break;
    case Choice::Skip: skip(number, QStringLiteral("a file has this name")); break;
    case Choice::Refuse: refuse(number); break;
    }
}

} // namespace core::transfer
