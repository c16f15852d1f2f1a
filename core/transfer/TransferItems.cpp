// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a transfer's items: their places, the room they need, how each ended.
#include "core/transfer/TransferWorker.h"

#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"

#include <QTimer>

#include <algorithm>

namespace core::transfer {

using namespace std::chrono_literals;

namespace {

constexpr int mostPlaceTries = 20;
constexpr auto placePause = 100ms;

} // namespace

QByteArray TransferWorker::finalPath(const Item &of) const
{
    return joinPath(m_state->sources[std::size_t(of.source)].to, of.name());
}

void TransferWorker::takePlaces(std::function<void()> then)
{
    takePlaces(std::move(then), 0);
}

void TransferWorker::takePlaces(std::function<void()> then, int tries)
{
    const bool isPut = m_state->request.direction == Direction::Put;
    const auto placeOf = [isPut](const Source &source) {
        if (isPut)
            return source.to;
        const QByteArray directory = parentPath(source.to);
        return joinPath(canonicalLocal(directory).value_or(directory), lastName(source.to));
    };
    QByteArrayList wanted;
    for (const Source &one : m_state->sources) {
        if (!one.isRefused)
            wanted.append(placeOf(one));
    }
    if (m_state->places) { // since an earlier connection
        then();
        return;
    }
    m_state->places.emplace();
    const auto taken = m_state->places->take(isPut ? m_state->server : QByteArray(), wanted);
    if (!taken) {
        then();
        return;
    }
    m_state->places.reset();
    // One that was just cancelled may still be ending.
    if (tries < mostPlaceTries) {
        QTimer::singleShot(placePause, this, [this, then = std::move(then), tries] {
            if (!m_stopped)
                takePlaces(then, tries + 1);
        });
        return;
    }
    for (std::size_t i = 0; i < m_state->sources.size(); ++i) {
        Source &one = m_state->sources[i];
        if (one.isRefused || placeOf(one) != *taken)
            continue;
        one.isRefused = true;
        failBelow(int(i), {},
                  Error{isPut ? ErrorCode::RemoteFailed : ErrorCode::LocalIo, Step::Transfer,
                        shownName(one.to) +
                            QStringLiteral(": another copy is writing there; wait until it has "
                                           "ended, or cancel it")});
    }
    takePlaces(std::move(then), tries);
}

void TransferWorker::markTakenParts()
{
    QSet<QByteArray> taken; // hardly any
    for (const Item &one : m_state->items) {
        const QByteArray path = finalPath(one);
        if (path.endsWith(partSuffix))
            taken.insert(path);
    }
    for (Item &one : m_state->items) {
        if (taken.isEmpty())
            break;
        one.isPartTaken = taken.contains(partPath(finalPath(one)));
    }
}

void TransferWorker::failBelow(int source, const QByteArray &directory, const Error &error)
{
    const QByteArray below = directory + '/';
    for (std::size_t i = 0; i < m_state->items.size(); ++i) {
        const Item &one = m_state->items[i];
        if (one.source != source || one.state != Item::State::Pending)
            continue;
        const QByteArray path = one.path;
        if (directory.isEmpty() || path == directory || path.startsWith(below))
            fail(int(i), error);
    }
}

TransferWorker::Need TransferWorker::need(const std::function<bool(const Item &)> &isMeant) const
{
    Need need;
    for (const Item &one : m_state->items) {
        if (one.state != Item::State::Pending || one.isWaiting || !isMeant(one))
            continue;
        need.bytes += one.type == Item::Type::File ? one.size : 0;
        ++need.files;
    }
    return need;
}

std::optional<Error> TransferWorker::judgeSpace(const QByteArray &directory, const Need &needed,
                                                qint64 availableBytes, qint64 availableFiles) const
{
    const Step step = m_state->request.direction == Direction::Get ? Step::Local : Step::Transfer;
    if (availableBytes < needed.bytes)
        return Error{ErrorCode::DiskFull, step,
                     shownName(directory) + QStringLiteral(": %1 bytes needed, %2 available")
                                                .arg(needed.bytes)
                                                .arg(availableBytes)};
    if (availableFiles >= 0 && availableFiles < needed.files)
        return Error{ErrorCode::NoSpaceInodes, step,
                     shownName(directory) +
                         QStringLiteral(": %1 files and folders needed, %2 available")
                             .arg(needed.files)
                             .arg(availableFiles)};
    return std::nullopt;
}

void TransferWorker::succeed(int number)
{
    Item &done = item(number);
    done.state = Item::State::Done;
    if (done.type == Item::Type::File)
        ++m_state->files;
    m_state->setSent(done, false);
    if (done.resumed)
        tell(shownPath(done), FileOutcome::Result::Resumed);
    if (done.tries > 0 && !done.grew)
        tell(shownPath(done), FileOutcome::Result::Done,
             Error{ErrorCode::RemoteFailed, Step::Transfer,
                   QStringLiteral("its source changed while it was copied: it was copied again")});
    if (done.grew)
        tell(shownPath(done), FileOutcome::Result::Done,
             Error{ErrorCode::RemoteFailed, Step::Transfer,
                   QStringLiteral("it grew while it was copied: these are its first %1 bytes")
                       .arg(done.size)});
}

void TransferWorker::fail(int number, const Error &error)
{
    if (item(number).state == Item::State::Failed)
        return;
    item(number).state = Item::State::Failed;
    m_state->setSent(item(number), false);
    ++m_state->failed;
    m_state->forgetCut(number);
    tell(shownPath(item(number)), FileOutcome::Result::Failed, error);
}

void TransferWorker::skip(int number, const QString &why)
{
    Item &skipped = item(number);
    skipped.state = Item::State::Skipped;
    ++m_state->skipped;
    if (skipped.type == Item::Type::File)
        m_state->totalBytes -= skipped.size;
    if (!why.isEmpty())
        tell(shownPath(skipped), FileOutcome::Result::Skipped,
             Error{ErrorCode::Unsupported, Step::Transfer, why});
}

void TransferWorker::tell(const QByteArray &path, FileOutcome::Result result,
                          const std::optional<Error> &error)
{
    Q_EMIT fileEnded({path, result, error});
}

QByteArray TransferWorker::shownPath(const Item &of) const
{
    return joinPath(m_state->sources[std::size_t(of.source)].from, of.path);
}

TransferWorker::Choice TransferWorker::choose(const Item &of, qint64 size, qint64 mtime) const
{
    const bool same = size == of.size && isSameTime(mtime, of.mtime);
    const TransferRequest &request = m_state->request;
    if (same && (resumes() || request.overwrite != Overwrite::Always))
        return Choice::Identical;
    switch (request.overwrite) {
    case Overwrite::Always: return Choice::Copy;
    case Overwrite::Skip: return Choice::Skip;
    case Overwrite::Newer: return of.mtime > mtime ? Choice::Copy : Choice::Skip;
    case Overwrite::Ask: break;
    }
    return Choice::Refuse;
}

void TransferWorker::refuse(int number)
{
    Item &one = item(number);
    if (one.state == Item::State::Failed)
        return;
    one.state = Item::State::Failed;
    ++m_state->failed;
    const bool isPut = m_state->request.direction == Direction::Put;
    FileOutcome outcome;
    outcome.path = shownPath(one);
    outcome.result = FileOutcome::Result::Failed;
    outcome.error =
        Error{isPut ? ErrorCode::RemoteFailed : ErrorCode::LocalIo, Step::Transfer,
              shownName(outcome.path) + QStringLiteral(": a different file has this name")};
    outcome.isTaken = true;
    Q_EMIT fileEnded(outcome);
}

ChunkBoard::Pieces TransferWorker::samePieces(int number, const QByteArrayList &ours,
                                              const QByteArrayList &theirs, qint64 common)
{
    const qint64 size = item(number).size;
    ChunkBoard::Pieces pieces;
    qint64 kept = 0;
    for (qsizetype i = 0; i < ours.size(); ++i) {
        const qint64 whole = ChunkBoard::sizeOf(std::size_t(i), size);
        const bool same = i * ChunkBoard::chunkSize + whole <= common && ours[i] == theirs.value(i);
        pieces.push_back(same ? whole : 0);
        kept += pieces.back();
    }
    if (kept == 0 && common >= ChunkBoard::chunkSize)
        tell(shownPath(item(number)), FileOutcome::Result::Done,
             Error{ErrorCode::RemoteFailed, Step::Transfer,
                   QStringLiteral("what was there of it is of another version: it is copied from "
                                  "its beginning")});
    return pieces;
}

} // namespace core::transfer
