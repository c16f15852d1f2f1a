// SPDX-License-Identifier: GPL-3.0-or-later
// An upload's small files as one tar stream: sent, looked at, moved to their places.
#include "core/transfer/PutWorker.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteScan.h"
#include "core/transfer/TarPut.h"
#include "core/transfer/Verifier.h"

namespace core::transfer {

namespace {

constexpr qsizetype longestCommand = 60 * 1024; ///< bytes of shell text

} // namespace

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
