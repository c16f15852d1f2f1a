// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/TransferQueue.h"

#include "core/fleet/TransferQueuePrivate.h"

#include <algorithm>

namespace core::fleet {

using namespace std::chrono_literals;
using history::hasEnded;
using history::TransferRecord;
using history::TransferStatus;
using transfer::FileOutcome;

namespace {

constexpr auto speedInterval = 1s;
constexpr int mostParallel = 8;

} // namespace

TransferQueue::TransferQueue(Fleet &fleet, const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, fleet, clock))
{
    d->ticker.setInterval(speedInterval);
    connect(&d->ticker, &QTimer::timeout, this, [this] { d->tick(); });
    for (Instance *instance : fleet.instances())
        d->follow(instance);
    connect(&fleet, &Fleet::added, this, [this](Instance *instance) { d->follow(instance); });
    connect(&fleet, &Fleet::aboutToRemove, this, [this](Instance *instance) {
        for (const qint64 id : d->ids()) {
            if (d->find(id)->instanceId == instance->id())
                cancel(id);
        }
    });
}

TransferQueue::~TransferQueue()
{
    // The rest is gone on with at the next start.
    for (const auto &one : d->list) {
        const auto job = d->jobs.find(one->id);
        if (job == d->jobs.end())
            continue;
        d->takeFigures(*one, job->second);
        job->second.transfer->disconnect(this);
        d->keep(*one);
    }
    d->jobs.clear();
}

void TransferQueue::setStore(history::TransferStore *store)
{
    d->store = store;
    if (!store)
        return;
    connect(store, &history::TransferStore::opened, this,
            [this](const history::StoredTransfers &stored) { d->takeStored(stored); });
    connect(store, &history::TransferStore::failed, this, [this](const Error &error) {
        if (!std::exchange(d->toldFailure, true))
            Q_EMIT historyFailed(error);
    });
}

bool TransferQueue::isKept() const
{
    return d->isStoreOpen && !d->toldFailure;
}

void TransferQueue::Private::takeStored(const history::StoredTransfers &stored)
{
    isStoreOpen = true;
    // What was asked for before this came keeps its place at the end.
    std::vector<std::unique_ptr<QueuedTransfer>> early = std::exchange(list, {});
    for (const TransferRecord &record : stored.records) {
        auto one = std::make_unique<QueuedTransfer>();
        static_cast<TransferRecord &>(*one) = record;
        if (one->status == TransferStatus::Running) {
            one->status = TransferStatus::Queued;
            one->request.resume = true;
        }
        lastId = std::max(lastId, one->id);
        list.push_back(std::move(one));
    }
    for (auto &one : early) {
        keep(*one);
        list.push_back(std::move(one));
    }
    sort();
    Q_EMIT q->listChanged();
    Q_EMIT q->loaded(stored.corruptKeptAs);
    pump();
}

/// Unlike those of every earlier run, of which nothing may be known yet.
qint64 TransferQueue::Private::freeId()
{
    lastId = std::max(now(), lastId + 1);
    return lastId;
}

qint64 TransferQueue::add(const QString &instanceId, const transfer::TransferRequest &request)
{
    auto one = std::make_unique<QueuedTransfer>();
    one->instanceId = instanceId;
    if (const Instance *instance = d->fleet.byId(instanceId))
        one->instanceName = instance->profile().name;
    one->request = request;
    one->createdMs = d->now();
    one->progress.isScanning = true;
    one->id = d->freeId();
    d->keep(*one);
    const qint64 id = one->id;
    d->list.push_back(std::move(one));
    d->sort();
    Q_EMIT listChanged();
    d->pump();
    return id;
}

void TransferQueue::pause(qint64 id)
{
    QueuedTransfer *one = d->find(id);
    if (one && (one->status == TransferStatus::Queued || one->status == TransferStatus::Running))
        d->stop(*one, TransferStatus::Paused);
}

void TransferQueue::resume(qint64 id)
{
    QueuedTransfer *one = d->find(id);
    const bool waits = one && one->status == TransferStatus::Queued && one->secondsToRetry;
    const bool isPaused = one && one->status == TransferStatus::Paused;
    if (!waits && !isPaused)
        return;
    if (waits) {
        d->again[id].at = d->steady();
        one->secondsToRetry.reset();
    }
    if (isPaused) {
        one->status = TransferStatus::Queued;
        d->keep(*one);
    }
    Q_EMIT changed(id);
    d->pump();
}

void TransferQueue::cancel(qint64 id)
{
    QueuedTransfer *one = d->find(id);
    if (one && !hasEnded(one->status))
        d->stop(*one, TransferStatus::Cancelled);
}

void TransferQueue::retry(qint64 id, std::optional<transfer::Overwrite> overwrite)
{
    QueuedTransfer *one = d->find(id);
    if (!one || !hasEnded(one->status))
        return;
    one->status = TransferStatus::Queued;
    one->request.resume = true;
    if (overwrite)
        one->request.overwrite = *overwrite;
    one->error.reset();
    one->progress = {};
    one->progress.isScanning = true;
    one->endedMs = 0;
    d->keep(*one);
    d->sort();
    Q_EMIT listChanged();
    d->pump();
}

void TransferQueue::replaceOnly(qint64 id, const QByteArrayList &paths)
{
    QueuedTransfer *one = d->find(id);
    if (!one || !hasEnded(one->status))
        return;
    one->request = transfer::replacingOnly(std::move(one->request), one->outcomes, paths);
    retry(id, transfer::Overwrite::Always);
}

void TransferQueue::remove(qint64 id)
{
    QueuedTransfer *one = d->find(id);
    if (!one)
        return;
    if (!hasEnded(one->status))
        d->stop(*one, TransferStatus::Cancelled);
    if (d->isStoreOpen)
        d->store->remove(id);
    std::erase_if(d->list, [id](const auto &other) { return other->id == id; });
    Q_EMIT listChanged();
}

void TransferQueue::removeEnded()
{
    // Also those that are too old to be in the list.
    if (d->isStoreOpen)
        d->store->removeEnded();
    std::erase_if(d->list, [](const auto &one) { return hasEnded(one->status); });
    Q_EMIT listChanged();
}

void TransferQueue::pauseAll()
{
    for (const qint64 id : d->ids())
        pause(id);
}

void TransferQueue::resumeAll()
{
    for (const qint64 id : d->ids())
        resume(id);
}

void TransferQueue::cancelAll()
{
    for (const qint64 id : d->ids())
        cancel(id);
}

void TransferQueue::move(qint64 id, int step)
{
    const auto at = std::find_if(d->list.begin(), d->list.end(),
                                 [id](const auto &one) { return one->id == id; });
    if (at == d->list.end() || hasEnded((*at)->status))
        return;
    const auto to = at - d->list.begin() + step;
    if (to < 0 || to >= std::ssize(d->list) || hasEnded(d->list[std::size_t(to)]->status))
        return;
    std::iter_swap(at, d->list.begin() + to);
    d->keepOrder();
    Q_EMIT listChanged();
}

void TransferQueue::moveBefore(const std::vector<qint64> &ids, qint64 before)
{
    const auto isMoved = [&](const auto &one) {
        return !hasEnded(one->status) && std::find(ids.begin(), ids.end(), one->id) != ids.end();
    };
    // Behind the place that others leave, so that it stays the one before which they go.
    auto place = std::find_if(d->list.begin(), d->list.end(),
                              [before](const auto &one) { return one->id == before; });
    if (place == d->list.end() || hasEnded((*place)->status))
        place = std::find_if(d->list.begin(), d->list.end(),
                             [](const auto &one) { return hasEnded(one->status); });
    std::stable_partition(d->list.begin(), place, [&](const auto &one) { return !isMoved(one); });
    std::stable_partition(place, d->list.end(), isMoved);
    d->keepOrder();
    Q_EMIT listChanged();
}

void TransferQueue::setLimit(qint64 bytesPerSecond)
{
    d->limit = std::max<qint64>(0, bytesPerSecond);
    d->shareLimit();
}

qint64 TransferQueue::limit() const
{
    return d->limit;
}

void TransferQueue::setParallel(int count)
{
    d->parallel = std::clamp(count, 1, mostParallel);
    d->pump();
}

const std::vector<std::unique_ptr<QueuedTransfer>> &TransferQueue::transfers() const
{
    return d->list;
}

const QueuedTransfer *TransferQueue::find(qint64 id) const
{
    return d->find(id);
}

Instance *TransferQueue::instanceOf(const QueuedTransfer &transfer) const
{
    return d->fleet.byId(transfer.instanceId);
}

int TransferQueue::running() const
{
    return int(d->jobs.size());
}

int TransferQueue::waiting() const
{
    return int(std::count_if(d->list.begin(), d->list.end(), [](const auto &one) {
        return one->status == TransferStatus::Queued;
    }));
}

int TransferQueue::unfinished(const QString &instanceId) const
{
    return int(std::count_if(d->list.begin(), d->list.end(), [&](const auto &one) {
        return !hasEnded(one->status) && one->instanceId == instanceId;
    }));
}

const metrics::Series &TransferQueue::speed() const
{
    return d->speed;
}

const metrics::SeriesSet &TransferQueue::speeds() const
{
    return d->speeds;
}

qint64 TransferQueue::Private::now() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock.now().time_since_epoch())
        .count();
}

qint64 TransferQueue::Private::steady() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               clock.steadyNow().time_since_epoch())
        .count();
}

QueuedTransfer *TransferQueue::Private::find(qint64 id) const
{
    const auto at =
        std::find_if(list.begin(), list.end(), [id](const auto &one) { return one->id == id; });
    return at == list.end() ? nullptr : at->get();
}

std::vector<qint64> TransferQueue::Private::ids() const
{
    std::vector<qint64> all;
    for (const auto &one : list)
        all.push_back(one->id);
    return all;
}

void TransferQueue::Private::keep(const QueuedTransfer &one) const
{
    if (isStoreOpen)
        store->save(one);
}

void TransferQueue::Private::keepOrder() const
{
    std::vector<qint64> ids;
    for (const auto &one : list) {
        if (!hasEnded(one->status))
            ids.push_back(one->id);
    }
    if (isStoreOpen)
        store->setOrder(ids);
}

void TransferQueue::Private::sort()
{
    std::stable_sort(list.begin(), list.end(), [](const auto &a, const auto &b) {
        const bool endedA = hasEnded(a->status);
        const bool endedB = hasEnded(b->status);
        if (endedA != endedB)
            return endedB;
        return endedA && a->endedMs > b->endedMs;
    });
}

} // namespace core::fleet
