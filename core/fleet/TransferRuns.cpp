// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TransferQueue that starts copies, follows them and goes on after a drop.
#include "core/fleet/Leftovers.h"
#include "core/fleet/TransferQueuePrivate.h"
#include "core/metrics/Sample.h"

#include <algorithm>
#include <cmath>

namespace core::fleet {

using history::hasEnded;
using history::TransferRecord;
using history::TransferStatus;
using transfer::Direction;
using transfer::FileOutcome;
using transfer::Transfer;
using transfer::TransferProgress;

namespace {

/// Of the average that the time left is told from: it shall not jump.
constexpr double speedMemorySeconds = 8;
constexpr int keepEvery = 5; ///< ticks between two writes of a running copy's figures
/// Between two tries over a line that stays lost; doubled each time.
constexpr qint64 firstPauseMs = 2000;
constexpr qint64 longestPauseMs = 60000;
/// A copy mends a shorter loss by itself, without looking through everything again.
constexpr qint64 ownTriesMs = 5000;
/// On the instance's own connection nothing but the server's limits can be at fault.
constexpr int mostFruitlessLent = 8;

/// The server does not let a further connection in as things are.
bool isRefused(const Error &error)
{
    switch (error.code) {
    case ErrorCode::AuthRejected:
    case ErrorCode::KeyPassphraseNeeded:
    case ErrorCode::KeyUnusable:
    case ErrorCode::HostKeyUnknown:
    case ErrorCode::HostKeyChanged: return true;
    default: return false;
    }
}

bool isConnected(const Instance *instance)
{
    return instance && instance->state() == Instance::State::Connected;
}

} // namespace

void TransferQueue::Private::follow(Instance *instance)
{
    QObject::connect(instance, &Instance::stateChanged, q,
                     [this, instance] { onInstanceState(instance); });
}

void TransferQueue::Private::onInstanceState(Instance *instance)
{
    const Instance::State state = instance->state();
    for (const qint64 id : ids()) {
        QueuedTransfer *one = find(id);
        if (one->instanceId != instance->id())
            continue;
        const bool runs = one->status == TransferStatus::Running;
        if (state == Instance::State::Connected) {
            // The line is back, perhaps by another address: no reason to wait on.
            if (const auto waits = again.find(id); waits != again.end())
                waits->second.at = steady();
            if (runs && one->isReconnecting && steady() - jobs[id].lostAt > ownTriesMs)
                stop(*one, TransferStatus::Queued);
        } else if (runs && (state == Instance::State::Disconnected || one->isLent)) {
            // Gone on purpose, or with the connection that it used: it waits with its instance.
            stop(*one, TransferStatus::Queued);
        }
    }
    pump();
}

void TransferQueue::Private::pump()
{
    if (std::exchange(pumpQueued, true))
        return;
    QMetaObject::invokeMethod(
        q,
        [this] {
            pumpQueued = false;
            startWhatMay();
        },
        Qt::QueuedConnection);
}

void TransferQueue::Private::startWhatMay()
{
    QHash<QString, int> busy;
    for (const auto &one : list)
        busy[one->instanceId] += one->status == TransferStatus::Running ? 1 : 0;
    for (const auto &one : list) {
        if (one->status != TransferStatus::Queued)
            continue;
        Instance *instance = fleet.byId(one->instanceId);
        const bool waits = !isConnected(instance);
        if (one->waitsForInstance != waits || one->isInstanceGone != !instance) {
            one->waitsForInstance = waits;
            one->isInstanceGone = !instance;
            Q_EMIT q->changed(one->id);
        }
        const auto pause = again.find(one->id);
        const bool isEarly = pause != again.end() && pause->second.at > steady();
        const int most = lending.contains(one->instanceId) ? 1 : parallel;
        if (waits || isEarly || busy[one->instanceId] >= most || isTargetBusy(*one))
            continue;
        ++busy[one->instanceId];
        start(*one, *instance);
    }
    if (!again.empty() && !ticker.isActive())
        ticker.start();
}

bool TransferQueue::Private::isTargetBusy(const QueuedTransfer &one) const
{
    return std::any_of(list.begin(), list.end(), [&](const auto &other) {
        const auto direction = other->request.direction;
        return other->status == TransferStatus::Running && other->id != one.id &&
               direction == one.request.direction &&
               (direction == transfer::Direction::Get || other->instanceId == one.instanceId) &&
               haveCommonTarget(one.request, other->request);
    });
}

void TransferQueue::Private::start(QueuedTransfer &one, Instance &on)
{
    Job &job = jobs[one.id];
    one.isLent = lending.contains(one.instanceId);
    transfer::TransferRequest request = one.request;
    if (one.isLent)
        request.connections = 1;
    job.transfer = std::make_unique<Transfer>(std::move(request), on.connectionOptions());
    job.since = steady();
    job.activeBefore = one.activeMs;
    job.copiedBefore = one.copiedBytes;
    job.knowsTotals = one.progress.totalBytes > 0 && !one.progress.isScanning;
    connectTo(one.id, job.transfer.get());
    one.status = TransferStatus::Running;
    one.waitsForInstance = false;
    one.secondsToRetry.reset();
    one.error.reset();
    std::erase_if(one.outcomes, [](const FileOutcome &outcome) {
        return outcome.result == FileOutcome::Result::Failed;
    });
    one.outcomeCount = qint64(one.outcomes.size());
    if (one.startedMs == 0)
        one.startedMs = now();
    keep(one);
    job.transfer->start(one.isLent ? on.session() : nullptr);
    shareLimit();
    if (!ticker.isActive())
        ticker.start();
    Q_EMIT q->changed(one.id);
}

void TransferQueue::Private::connectTo(qint64 id, Transfer *transfer)
{
    QObject::connect(transfer, &Transfer::progressed, q, [this, id, transfer] {
        QueuedTransfer *mine = find(id);
        Job &job = jobs[id];
        // A lost line takes some back first.
        const qint64 bytes = transfer->progress().bytes;
        if (bytes > std::exchange(job.lastBytes, bytes))
            mine->isReconnecting = false;
        takeProgress(*mine, job);
        Q_EMIT q->changed(id);
    });
    QObject::connect(transfer, &Transfer::fileEnded, q,
                     [this, id](const FileOutcome &outcome) { keepOutcome(*find(id), outcome); });
    QObject::connect(transfer, &Transfer::retrying, q, [this, id] {
        QueuedTransfer *mine = find(id);
        if (!std::exchange(mine->isReconnecting, true))
            jobs[id].lostAt = steady();
        Q_EMIT q->changed(id);
    });
    QObject::connect(transfer, &Operation::finished, q, [this, id] { onEnded(id); });
}

/// Every one that has words or went wrong is worth a line; failures before the rest.
void TransferQueue::Private::keepOutcome(QueuedTransfer &one, const FileOutcome &outcome)
{
    using Result = FileOutcome::Result;
    const bool isPlain = outcome.result == Result::Done || outcome.result == Result::Resumed;
    if (isPlain && !outcome.error)
        return;
    // Gone on with after a drop, it is told again.
    const bool isKnown =
        std::any_of(one.outcomes.begin(), one.outcomes.end(), [&](const FileOutcome &known) {
            return known.path == outcome.path && known.result == outcome.result;
        });
    if (isKnown)
        return;
    ++one.outcomeCount;
    if (one.outcomes.size() >= TransferRecord::mostOutcomes) {
        const auto last =
            std::find_if(one.outcomes.rbegin(), one.outcomes.rend(),
                         [](const auto &kept) { return kept.result != Result::Failed; });
        if (outcome.result != Result::Failed || last == one.outcomes.rend())
            return;
        one.outcomes.erase(std::next(last).base());
    }
    const auto isOther = [](const auto &kept) { return kept.result != Result::Failed; };
    const auto place = outcome.result == Result::Failed
                           ? std::find_if(one.outcomes.begin(), one.outcomes.end(), isOther)
                           : one.outcomes.end();
    one.outcomes.insert(place, outcome);
}

void TransferQueue::Private::takeProgress(QueuedTransfer &one, Job &job) const
{
    TransferProgress now = job.transfer->progress();
    job.copied = std::max(job.copied, now.bytes - now.present);
    one.copiedBytes = job.copiedBefore + job.copied;
    one.activeMs = job.activeBefore + steady() - job.since;
    one.isComparing = now.isScanning && job.knowsTotals;
    if (one.isComparing)
        return; // what was known stays
    job.knowsTotals = job.knowsTotals || !now.isScanning;
    // What a lost line took is caught up with before it goes on.
    now.bytes = std::max(now.bytes, one.progress.bytes);
    now.files = std::max(now.files, one.progress.files);
    if (!now.isScanning) {
        now.bytes = std::min(now.bytes, now.totalBytes);
        now.files = std::min(now.files, now.totalFiles);
    }
    one.progress = now;
}

/// The last ones of a job.
void TransferQueue::Private::takeFigures(QueuedTransfer &one, Job &job) const
{
    takeProgress(one, job);
    one.summary = job.transfer->summary();
    one.bytesPerSecond = 0;
    one.secondsLeft.reset();
    one.isReconnecting = false;
    one.isComparing = false;
    one.isLent = false;
}

void TransferQueue::Private::onEnded(qint64 id)
{
    QueuedTransfer *one = find(id);
    const auto found = jobs.find(id);
    Job job = std::move(found->second);
    jobs.erase(found);
    const bool wasLent = one->isLent;
    takeFigures(*one, job);
    one->error = job.transfer->error();
    one->isLent = wasLent;
    const bool comesBack = one->error && goesOn(*one, *one->error, job);
    one->isLent = false;
    // It is inside its signal.
    job.transfer.release()->deleteLater();
    if (comesBack) {
        one->status = TransferStatus::Queued;
        one->request.resume = true;
    } else {
        again.erase(id);
        one->status = one->error                ? TransferStatus::Failed
                      : one->summary.failed > 0 ? TransferStatus::Partly
                                                : TransferStatus::Done;
        if (!one->error)
            one->progress = {one->summary.bytes, one->progress.totalBytes, one->progress.present,
                             one->summary.files, one->progress.totalFiles, false};
        one->endedMs = now();
        ++(one->status == TransferStatus::Done ? endedDone : endedFailed);
    }
    keep(*one);
    shareLimit();
    sort();
    Q_EMIT q->listChanged();
    if (!comesBack)
        Q_EMIT q->ended(id);
    pump();
    tellIdle();
}

/// Whether it is tried again by itself, and when.
bool TransferQueue::Private::goesOn(QueuedTransfer &one, const Error &error, const Job &job)
{
    const Instance *instance = fleet.byId(one.instanceId);
    if (!instance)
        return false;
    const bool isUp = isConnected(instance);
    const bool isRefusedNow = isRefused(error);
    if (isRefusedNow && isUp && !one.isLent && error.code != ErrorCode::HostKeyChanged &&
        error.code != ErrorCode::HostKeyUnknown) {
        // A one-time code, say: the connection that is there is shared.
        lending.insert(one.instanceId);
        one.error.reset();
        return true;
    }
    if (!mayComeBack(error) && !(isRefusedNow && (!isUp || one.isLent)))
        return false;
    Again &next = again[one.id];
    next.fruitless = job.copied > 0 ? 0 : next.fruitless + 1;
    if (one.isLent && isUp && next.fruitless > mostFruitlessLent)
        return false;
    const qint64 pause =
        std::min(longestPauseMs, firstPauseMs << std::min(std::max(0, next.fruitless - 1), 8));
    next.at = steady() + pause;
    one.secondsToRetry = int(pause / 1000);
    return true;
}

/// Ends the copy's work at once; what has arrived stays for the next time.
void TransferQueue::Private::stop(QueuedTransfer &one, TransferStatus status)
{
    if (const auto found = jobs.find(one.id); found != jobs.end()) {
        const bool wasLent = one.isLent;
        Job job = std::move(found->second);
        jobs.erase(found);
        takeFigures(one, job);
        job.transfer->disconnect(q);
        // The session that was lent may be gone when the event loop comes back.
        if (!wasLent) {
            job.transfer->cancel();
            job.transfer.release()->deleteLater();
        }
        one.request.resume = true;
    }
    if (status != TransferStatus::Queued)
        again.erase(one.id);
    one.status = status;
    one.waitsForInstance = false;
    one.secondsToRetry.reset();
    if (hasEnded(status))
        one.endedMs = now();
    keep(one);
    shareLimit();
    sort();
    Q_EMIT q->listChanged();
    pump();
    tellIdle();
}

void TransferQueue::Private::tick()
{
    const bool keeps = ++ticks % keepEvery == 0;
    double up = 0;
    double down = 0;
    for (auto &[id, job] : jobs) {
        QueuedTransfer *one = find(id);
        tickJob(*one, job, up, down);
        if (keeps)
            keep(*one);
        Q_EMIT q->changed(id);
    }
    bool isDue = false;
    for (const auto &[id, next] : again) {
        QueuedTransfer *one = find(id);
        if (!one || !one->secondsToRetry)
            continue;
        const qint64 left = next.at - steady();
        isDue = isDue || left <= 0;
        one->secondsToRetry = left > 0 ? std::optional(int((left + 999) / 1000)) : std::nullopt;
        Q_EMIT q->changed(id);
    }
    if (isDue)
        pump();
    if (!jobs.empty()) {
        speed.append(now(), up + down);
        metrics::Sample sample;
        sample.time = clock.now();
        sample.network = {down, up};
        speeds.append(sample);
    }
    std::erase_if(again, [this](const auto &entry) { return !find(entry.first); });
    const bool counts = std::any_of(again.begin(), again.end(), [this](const auto &entry) {
        return find(entry.first)->secondsToRetry.has_value();
    });
    if (jobs.empty() && !counts)
        ticker.stop();
}

void TransferQueue::Private::tickJob(QueuedTransfer &one, Job &job, double &up, double &down) const
{
    takeProgress(one, job);
    one.summary.protocol = job.transfer->summary().protocol;
    const auto gained = double(job.copied - std::exchange(job.copiedAtTick, job.copied));
    (one.request.direction == Direction::Put ? up : down) += gained;
    const double weight = one.bytesPerSecond == 0 ? 1 : 1 / speedMemorySeconds;
    one.bytesPerSecond += (gained - one.bytesPerSecond) * weight;
    one.secondsLeft.reset();
    const TransferProgress real = job.transfer->progress();
    if (!real.isScanning && one.bytesPerSecond >= 1)
        one.secondsLeft = std::llround(double(std::max<qint64>(0, real.totalBytes - real.bytes)) /
                                       one.bytesPerSecond);
}

void TransferQueue::Private::shareLimit()
{
    if (jobs.empty())
        return;
    // Each gets its part; at least something, for a limit below their number.
    const qint64 each = limit == 0 ? 0 : std::max<qint64>(1, limit / qint64(jobs.size()));
    for (auto &[id, job] : jobs)
        job.transfer->setLimit(each);
}

void TransferQueue::Private::tellIdle()
{
    const bool more = std::any_of(list.begin(), list.end(), [this](const auto &one) {
        return one->status == TransferStatus::Running ||
               (one->status == TransferStatus::Queued && isConnected(fleet.byId(one->instanceId)));
    });
    if (more || endedDone + endedFailed == 0)
        return;
    const int done = std::exchange(endedDone, 0);
    const int failed = std::exchange(endedFailed, 0);
    Q_EMIT q->idle(done, failed);
}

} // namespace core::fleet
