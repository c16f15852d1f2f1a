// SPDX-License-Identifier: GPL-3.0-or-later
// A download's small files as one tar stream.
#include "core/transfer/GetWorker.h"

#include "core/base/ShellQuote.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/Packing.h"
#include "core/transfer/TarGet.h"
#include "core/transfer/Verifier.h"

#include <algorithm>

namespace core::transfer {

using ssh::SftpAttributes;

/// Whether the stream is worth packing, and tar started for it: both need not wait until this side
/// knows which files it wants.
void GetWorker::tryPacking()
{
    const Packing packing = possiblePacking();
    std::vector<int> samples;
    const PackingTrial files = packing == Packing::None ? PackingTrial() : packingTrial(samples);
    if (samples.empty()) {
        openTar(Packing::None);
        return;
    }
    // Does it shrink? The instance tries with the beginnings of some files.
    QByteArray heads = "head -q -c " + QByteArray::number(sampleSize) + " --";
    for (const int number : samples)
        heads += ' ' + shellQuote(remotePath(item(number)));
    heads += " 2>/dev/null | ";
    shell().run(heads + "wc -c; " + heads + packCommand(packing) + " 2>/dev/null | wc -c",
                [this, packing, trial = files](const Result<RemoteShell::Output> &ran) mutable {
                    if (isStopped() || (!ran && stopIfLost(ran.error())))
                        return;
                    const QByteArrayList sizes = ran ? ran->text.split('\n') : QByteArrayList();
                    trial.sampleSize = sizes.value(0).trimmed().toLongLong();
                    trial.packedSize = sizes.value(1).trimmed().toLongLong();
                    openTar(isWorthPacking(packing, trial) ? packing : Packing::None);
                });
}

void GetWorker::openTar(Packing packing)
{
    if (m_isCopyingTar && m_tar.empty())
        return;
    m_tarGet = new TarGet(sharedState(), engine(), packing, state().request.verify, this);
    connect(m_tarGet, &TarGet::fileEnded, this,
            [this, packing](int number, const std::optional<Error> &error) {
                if (isStopped())
                    return;
                // What changed or did not come whole is asked for by itself afterwards.
                if (!error) {
                    state().protocols.insert(tarProtocol(packing));
                    state().setSent(item(number), true);
                } else if (error->code != ErrorCode::VerifyFailed &&
                           error->code != ErrorCode::Disconnected) {
                    fail(number, *error);
                }
            });
    connect(m_tarGet, &TarGet::finished, this, &GetWorker::tarEnded);
    m_tarGet->open();
    if (m_isCopyingTar)
        copyTar();
}

void GetWorker::copyTar()
{
    m_isCopyingTar = true;
    if (m_tar.empty()) {
        delete std::exchange(m_tarGet, nullptr);
        partEnded();
    } else if (m_tarGet) {
        m_tarGet->start(m_tar);
    }
}

void GetWorker::tarEnded(const std::optional<Error> &lost, const QByteArray &words)
{
    if (isStopped())
        return;
    if (lost && lost->code == ErrorCode::ChannelRefused && m_fileGet) {
        // The server allows no further channel.
        state().protocols.insert(usesScp() ? "scp" : "sftp");
        verifyTar();
        return;
    }
    if (lost && lost->code != ErrorCode::Cancelled) {
        stop(lost);
        return;
    }
    if (words.trimmed().isEmpty())
        verifyTar();
    else
        checkTar(words);
}

/// tar complained: perhaps of files that changed under it, whose bytes it made up. What is not as
/// it was planned is taken again.
void GetWorker::checkTar(const QByteArray &words)
{
    auto arrived = std::make_shared<std::vector<int>>();
    for (int number : m_tar) {
        if (m_tarGet->hasArrived(number))
            arrived->push_back(number);
    }
    Q_UNUSED(words)
    inWindow(
        this, qsizetype(arrived->size()), 256,
        [this, arrived](qsizetype at, const std::function<void()> &done) {
            const int number = (*arrived)[std::size_t(at)];
            fs().look(
                remotePath(item(number)), state().mayBeLink(item(number)),
                [this, number, done](const Result<SftpAttributes> &now) {
                    if (!now && stopIfLost(now.error())) {
                        done();
                        return;
                    }
                    const Item &one = item(number);
                    if (!now || !isUnchanged(one, *now)) {
                        dropFromTar(number);
                        state().bytes -= one.size;
                        if (now && m_fileGet && adopt(number, *now))
                            m_small.push_back(number);
                        else if (one.state == Item::State::Pending)
                            fail(number,
                                 now ? Error{ErrorCode::RemoteFailed, Step::Transfer,
                                             QString::fromUtf8(remotePath(one)) +
                                                 QStringLiteral(": it changed while it was copied")}
                                     : now.error());
                        m_again.insert(number);
                    }
                    done();
                });
        },
        [this] {
            if (!isStopped())
                verifyTar();
        });
}

/// Where it waits to take another one's place.
Result<> GetWorker::nameFromTar(int number)
{
    const QByteArray part = partOf(item(number));
    if (Result<> folders = state().checkFolders(item(number)); !folders)
        return folders;
    return localInfo(part) ? renameLocal(part, localPath(item(number))) : Result<>();
}

/// What came is not what is there; what had its name before stays.
void GetWorker::dropFromTar(int number)
{
    state().setSent(item(number), false);
    const QByteArray part = partOf(item(number));
    static_cast<void>(removeLocal(localInfo(part) ? part : localPath(item(number))));
}

/// What was copied is not what is there: what was written on meanwhile is asked for by itself.
void GetWorker::explainTar(int number, const std::function<void()> &done)
{
    fs().look(remotePath(item(number)), state().mayBeLink(item(number)),
              [this, number, done](const Result<SftpAttributes> &now) {
                  if (now || !stopIfLost(now.error())) {
                      const Item &one = item(number);
                      dropFromTar(number);
                      state().bytes -= one.size;
                      if (now && !isUnchanged(one, *now) && m_fileGet) {
                          if (adopt(number, *now))
                              m_small.push_back(number);
                      } else {
                          fail(number, now ? Error{ErrorCode::VerifyFailed, Step::Transfer,
                                                   QString::fromUtf8(remotePath(one)) +
                                                       QStringLiteral(": SHA-256 differs")}
                                           : now.error());
                      }
                  }
                  done();
              });
}

void GetWorker::verifyTar()
{
    auto arrived = std::make_shared<std::vector<int>>();
    for (int number : m_tar) {
        if (m_again.contains(number) || item(number).state != Item::State::Pending)
            continue;
        if (m_tarGet->hasArrived(number))
            arrived->push_back(number);
        else if (m_fileGet)
            m_small.push_back(number);
        else
            fail(number, Error{ErrorCode::RemoteFailed, Step::Transfer,
                               QString::fromUtf8(remotePath(item(number))) +
                                   QStringLiteral(": tar did not send it")});
    }
    inWindow(
        this, qsizetype(arrived->size()), 512,
        [this, arrived](qsizetype at, const std::function<void()> &done) {
            const int number = (*arrived)[std::size_t(at)];
            if (!state().request.verify) {
                succeed(number);
                done();
                return;
            }
            verifier().sum(remotePath(item(number)),
                           [this, number, done](const Result<QByteArray> &sum) {
                               if (sum && *sum == m_tarGet->sum(number)) {
                                   if (const Result<> named = nameFromTar(number); named)
                                       succeed(number);
                                   else
                                       fail(number, named.error());
                               } else if (sum) {
                                   explainTar(number, done);
                                   return;
                               } else if (!stopIfLost(sum.error())) {
                                   dropFromTar(number);
                                   state().bytes -= item(number).size;
                                   fail(number, sum.error());
                               }
                               done();
                           });
        },
        [this] {
            if (isStopped())
                return;
            if (m_fileGet)
                startSmall();
            partEnded();
        });
}

} // namespace core::transfer
