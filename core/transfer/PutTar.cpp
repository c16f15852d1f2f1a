// SPDX-License-Identifier: GPL-3.0-or-later
// An upload's small files as one tar stream: sent, looked at, moved to their places.
#include "core/transfer/PutWorker.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/FindOutput.h"
#include "core/transfer/ItemIndex.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/TarPut.h"
#include "core/transfer/Verifier.h"

#include <algorithm>

namespace core::transfer {

/// Started before it is known which files it carries: its channel opens meanwhile.
void PutWorker::openTar()
{
    const Packing packing = tarPacking();
    m_tarProtocol = tarProtocol(packing);
    m_tarPut = new TarPut(state(), engine(), packing, state().request.verify, this);
    connect(m_tarPut, &TarPut::finished, this, &PutWorker::tarEnded);
    m_tarPut->open(m_target);
}

void PutWorker::copyTar()
{
    if (m_tar.empty()) {
        delete std::exchange(m_tarPut, nullptr);
        moveFromTar(m_arrived);
        return;
    }
    m_nextTar = 0;
    m_isThere.assign(state().items.size(), There::Nothing);
    m_tarIndex = std::make_shared<const ItemIndex>(
        m_tar, [this](int number) { return tarName(item(number)); });
    m_tarPut->start(
        [this]() -> std::optional<TarPut::File> {
            if (isStopped() || m_nextTar >= m_tar.size())
                return std::nullopt;
            const int number = m_tar[m_nextTar++];
            return TarPut::File{number, localPath(item(number)), tarName(item(number))};
        },
        checkCommand(), [this](QByteArrayView records) { takeChecked(records); });
}

/// Tries with the beginnings of some files.
Packing PutWorker::tarPacking()
{
    const Packing packing = possiblePacking();
    if (packing == Packing::None)
        return Packing::None;
    std::vector<int> samples;
    PackingTrial trial = packingTrial(samples);
    QByteArray sample;
    for (const int number : samples) {
        const Result<std::unique_ptr<LocalFile>> file = openLocal(localPath(item(number)));
        QByteArray head(sampleSize, Qt::Uninitialized);
        const qint64 got =
            file ? (*file)->readAt(0, head.data(), head.size()).value_or(0) : qint64(0);
        sample += head.first(qsizetype(got));
    }
    trial.sampleSize = sample.size();
    trial.packedSize = packedSize(sample, packing);
    return isWorthPacking(packing, trial) ? packing : Packing::None;
}

/// Below m_target, while it is not moved to its place.
QByteArray PutWorker::tarName(const Item &of)
{
    const Source &from = source(of);
    const QByteArray root =
        from.isStaged ? lastName(from.writeTo) : joinPath(m_merge, lastName(from.to));
    return "./" + joinPath(root, of.path);
}

void PutWorker::tarEnded(const std::optional<Error> &lost, int exitCode, const QByteArray &words)
{
    if (isStopped() || (lost && stopIfLost(*lost)))
        return;
    if (lost && lost->code == ErrorCode::ChannelRefused) {
        sendOneByOne(); // the server allows no further channel
        return;
    }
    if (lost) {
        stop(lost);
        return;
    }
    const auto why = exitCode == 0 ? std::nullopt : std::optional<Error>(toolError("tar", words));
    if (m_tarPut->isChecked()) {
        checkTar(why);
        return;
    }
    shell().runRecords(
        "(cd -- " + shellQuote(m_target) + " && " + checkCommand() + ')',
        [this](QByteArrayView records) { takeChecked(records); }, {},
        [this, why](const Result<RemoteShell::Output> &ran) {
            if (ran)
                checkTar(why);
            else
                stop(ran.error());
        });
}

void PutWorker::sendOneByOne()
{
    if (!m_filePut) {
        stop(Error{ErrorCode::ChannelRefused, Step::Transfer,
                   QStringLiteral("the server allows too few channels")});
        return;
    }
    state().protocols.insert(usesScp() ? "scp" : "sftp");
    m_small.insert(m_small.end(), m_tar.begin(), m_tar.end());
    moveFromTar({});
}

/// Tells what has arrived; in the target.
QByteArray PutWorker::checkCommand()
{
    QSet<QByteArray> roots;
    for (int number : m_tar) {
        const Source &from = source(item(number));
        roots.insert("./" + (from.isStaged ? lastName(from.writeTo) : m_merge));
    }
    QByteArray command = "find";
    for (const QByteArray &root : std::as_const(roots))
        command += ' ' + shellQuote(root);
    return command + " -type f -printf '%s %T@ %p\\0'";
}

void PutWorker::takeChecked(QByteArrayView records)
{
    forEachFound(records, [this](const QByteArray &path, const FoundFile &file) {
        if (const int number = m_tarIndex->find(path); number >= 0) {
            const Item &one = item(number);
            const bool same = file.size == one.size && file.mtime == one.mtime;
            m_isThere[std::size_t(number)] = same ? There::Whole : There::Other;
        }
    });
}

/// \a why: what tar said of what has not arrived.
void PutWorker::checkTar(const std::optional<Error> &why)
{
    auto arrived = std::make_shared<std::vector<int>>();
    auto missing = std::make_shared<std::vector<int>>();
    QByteArrayList wrong; // staged copies that must not stay
    for (int number : m_tar) {
        const auto bad = m_tarPut->bad().constFind(number);
        const There there = m_isThere[std::size_t(number)];
        if (bad == m_tarPut->bad().constEnd() && there == There::Whole) {
            arrived->push_back(number);
            continue;
        }
        state().setSent(item(number), false);
        if (there != There::Nothing)
            wrong.append(tarName(item(number)));
        if (bad == m_tarPut->bad().constEnd())
            missing->push_back(number);
        else if (*bad)
            fail(number, **bad);
        else
            smallEnded(number, true, {}); // it changed: once more, by itself
    }
    m_isThere = {};
    m_tarIndex.reset();
    if (!arrived->empty())
        state().protocols.insert(m_tarProtocol);
    const auto go = [this, arrived, wrong] {
        // Before anything gets its final name.
        removeStaged(wrong, [this, arrived] { verifyTar(*arrived); });
    };
    if (missing->empty()) {
        go();
        return;
    }
    const Error error = why.value_or(
        Error{ErrorCode::VerifyFailed, Step::Transfer, QStringLiteral("it did not arrive whole")});
    nameDisk(joinPath(m_target, "x"), error, [this, missing, go](const Error &named) {
        for (int number : *missing) {
            state().bytes -= m_tarPut->counted(number);
            fail(number, named);
        }
        go();
    });
}

void PutWorker::removeStaged(const QByteArrayList &names, const std::function<void()> &then)
{
    QByteArrayList commands;
    for (const QByteArray &name : names) {
        if (commands.isEmpty() || commands.back().size() > longestCommand)
            commands.append("cd -- " + shellQuote(m_target) + " && rm -f --");
        commands.back() += ' ' + shellQuote(name);
    }
    inWindow(
        this, commands.size(), 16,
        [this, commands](qsizetype at, const std::function<void()> &done) {
            shell().run('(' + commands[at] + ')',
                        [this, done](const Result<RemoteShell::Output> &ran) {
                            if (!ran || ran->exitCode != 0)
                                stop(ran ? toolError(m_target, ran->errors) : ran.error());
                            done();
                        });
        },
        [this, then] {
            if (!isStopped())
                then();
        });
}

void PutWorker::verifyTar(const std::vector<int> &arrived)
{
    if (!state().request.verify) {
        moveFromTar(arrived);
        return;
    }
    auto agreed = std::make_shared<std::vector<int>>();
    auto wrong = std::make_shared<QByteArrayList>();
    inWindow(
        this, qsizetype(arrived.size()), 512,
        [this, arrived, agreed, wrong](qsizetype at, const std::function<void()> &done) {
            const int number = arrived[std::size_t(at)];
            const QByteArray path = joinPath(m_target, tarName(item(number)));
            verifier().sum(path, [this, number, path, agreed, wrong,
                                  done](const Result<QByteArray> &sum) {
                if (sum && *sum == m_tarPut->sum(number)) {
                    agreed->push_back(number);
                } else if (sum || !stopIfLost(sum.error())) {
                    wrong->append(tarName(item(number)));
                    fail(number, sum ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                                             shownName(path) + QStringLiteral(": SHA-256 differs")}
                                     : sum.error());
                }
                done();
            });
        },
        [this, agreed, wrong] {
            if (!isStopped())
                removeStaged(*wrong, [this, agreed] { moveFromTar(*agreed); });
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
    std::vector<int> all = arrived;
    if (m_tarPut) // else these are they
        all.insert(all.end(), m_arrived.begin(), m_arrived.end());
    for (int number : all) {
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
            shell().run(
                "(cd -- " + shellQuote(m_target) + " && " + batch.command + ' ' +
                    shellQuote(batch.directory + '/') + ')',
                [this, batches, at, done](const Result<RemoteShell::Output> &ran) {
                    const Batch &moved = (*batches)[std::size_t(at)];
                    if (isStopped() || (!ran && stopIfLost(ran.error()))) {
                        done();
                        return;
                    }
                    if (!ran || ran->exitCode != 0) {
                        inWindow(
                            this, qsizetype(moved.items.size()), 16,
                            [this, &moved](qsizetype one, const std::function<void()> &ended) {
                                moveOne(moved.items[std::size_t(one)], ended);
                            },
                            done);
                        return;
                    }
                    for (int number : moved.items)
                        succeed(number);
                    done();
                });
        },
        [this] {
            if (!isStopped())
                tarDone();
        });
}

/// One of a batch that failed; it may have been moved before that.
void PutWorker::moveOne(int number, const std::function<void()> &done)
{
    const QByteArray from = shellQuote(tarName(item(number)));
    const QByteArray to = remotePath(item(number));
    shell().run("(cd -- " + shellQuote(m_target) + " && { [ ! -e " + from + " ] || mv -f -- " +
                    from + ' ' + shellQuote(parentPath(to) + '/') + "; })",
                [this, number, to, done](const Result<RemoteShell::Output> &ran) {
                    if (isStopped() || (!ran && stopIfLost(ran.error()))) {
                    } else if (ran && ran->exitCode == 0) {
                        succeed(number);
                    } else {
                        fail(number, ran ? toolError(to, ran->errors) : ran.error());
                    }
                    done();
                });
}

void PutWorker::tarDone()
{
    const auto ended = [this] {
        if (m_filePut)
            startSmall();
        partEnded();
    };
    if (m_merge.isEmpty()) {
        ended();
        return;
    }
    state().waiting = 0;
    shell().run("(cd -- " + shellQuote(m_target) + " && rm -rf -- " + shellQuote("./" + m_merge) +
                    ')',
                [this, ended](const Result<RemoteShell::Output> &ran) {
                    if (!isStopped() && (ran || !stopIfLost(ran.error())))
                        ended();
                });
}

} // namespace core::transfer
