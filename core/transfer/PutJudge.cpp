// SPDX-License-Identifier: GPL-3.0-or-later
// What is there already where an upload goes, and what is to become of it.
#include "core/transfer/PutWorker.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/Sha256.h"
#include "core/transfer/Verifier.h"

namespace core::transfer {

using ssh::SftpAttributes;
using ssh::SftpClient;
using Type = Item::Type;

void PutWorker::judgeSources()
{
    m_roots.assign(state().sources.size(), -1);
    m_spaces.assign(state().sources.size(), std::nullopt);
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
    look(one.to, [this, number, done](const Result<SftpAttributes> &there) {
        if (isStopped())
            return;
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
            if (!resumes()) { // else it may be an earlier try that made it
                state().existing.insert(judged.to);
                askSpaceOf(judged.to,
                           [this, number, done](const std::optional<SftpClient::Space> &space) {
                               m_spaces[std::size_t(number)] = space;
                               done();
                           });
                return;
            }
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

void PutWorker::look(const QByteArray &path,
                     const std::function<void(const Result<SftpAttributes> &)> &done)
{
    if (!m_placesAhead.take(path, done))
        fs().lstat(path, done);
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
    look(remotePath(item(number)), [this, number, done](const Result<SftpAttributes> &there) {
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
        m_same.push_back({number, false});
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
            const QByteArray path = one.isOurs ? joinPath(m_target, tarName(item(one.item)))
                                               : remotePath(item(one.item));
            compare(one.item, path, [this, one, done](bool agrees) {
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
        sha256InSlices(this, localPath(item(number)), item(number).size,
                       [theirs = *theirs, done](const Result<QByteArray> &ours) {
                           done(ours && *ours == theirs);
                       });
    });
}

} // namespace core::transfer
