// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/TransferQueue.h"

#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/history/TransferHistory.h"
#include "core/transfer/Transfer.h"

#include <QTimer>

#include <algorithm>
#include <unordered_map>

namespace core::fleet {

using namespace std::chrono_literals;
using history::hasEnded;
using history::TransferRecord;
using history::TransferStatus;
using transfer::FileOutcome;
using transfer::Transfer;

namespace {

constexpr auto speedInterval = 1s;
/// Of the average that the time left is told from: it shall not jump.
constexpr double speedMemorySeconds = 8;
constexpr int keepEvery = 5; ///< ticks between two writes of a running copy's figures
constexpr int mostParallel = 8;

} // namespace

// check_sources: long because what the user asks of the queue and what becomes of it change the
// same list, by rules that are read together.
class TransferQueue::Private
{
public:
    struct Job
    {
        std::unique_ptr<Transfer> transfer;
        qint64 bytesBefore = 0; ///< at the last tick
        qint64 since = 0;       ///< ms, steady
        bool isFirstTick = true;
    };

    Private(TransferQueue *queue, Fleet &all, const Clock &time)
        : q(queue)
        , fleet(all)
        , clock(time)
        , ticker(queue)
    {
    }

    [[nodiscard]] qint64 now() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(clock.now().time_since_epoch())
            .count();
    }
    [[nodiscard]] qint64 steady() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   clock.steadyNow().time_since_epoch())
            .count();
    }
    [[nodiscard]] QueuedTransfer *find(qint64 id) const;
    /// A copy to go through while the list changes.
    [[nodiscard]] std::vector<qint64> ids() const;
    void follow(Instance *instance);
    void pump();
    void start(QueuedTransfer &one, Instance &on);
    void onEnded(qint64 id);
    void stop(QueuedTransfer &one, TransferStatus status);
    void takeFigures(QueuedTransfer &one, const Transfer &from);
    void tick();
    void shareLimit();
    void keep(const QueuedTransfer &one);
    void sort();
    void check(const Result<> &written);
    void tellIdle();

    TransferQueue *q;
    Fleet &fleet;
    const Clock &clock;
    history::TransferHistory *store = nullptr;
    std::vector<std::unique_ptr<QueuedTransfer>> list;
    std::unordered_map<qint64, Job> jobs;
    metrics::Series speed;
    QTimer ticker;
    qint64 limit = 0;
    int parallel = 2;
    int ticks = 0;
    int endedDone = 0; ///< since the last idle()
    int endedFailed = 0;
    qint64 nextId = -1; ///< for those that no history keeps
    bool toldFailure = false;
    bool pumpQueued = false;
};

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
        d->takeFigures(*one, *job->second.transfer);
        job->second.transfer->disconnect(this);
        d->keep(*one);
    }
    d->jobs.clear();
}

std::optional<Error> TransferQueue::load(history::TransferHistory *history)
{
    if (!history)
        return std::nullopt;
    const Result<std::vector<TransferRecord>> read = history->load();
    if (!read)
        return read.error();
    d->store = history;
    // What was asked for before this came keeps its place at the end.
    std::vector<std::unique_ptr<QueuedTransfer>> early = std::exchange(d->list, {});
    for (const TransferRecord &record : *read) {
        auto one = std::make_unique<QueuedTransfer>();
        static_cast<TransferRecord &>(*one) = record;
        if (one->status == TransferStatus::Running) {
            one->status = TransferStatus::Queued;
            one->request.resume = true;
        }
        d->list.push_back(std::move(one));
    }
    for (auto &one : early)
        d->list.push_back(std::move(one));
    d->sort();
    Q_EMIT listChanged();
    d->pump();
    return std::nullopt;
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
    one->id = d->nextId--;
    if (d->store) {
        const Result<qint64> id = d->store->add(*one);
        if (id)
            one->id = *id;
        else
            d->check(tl::make_unexpected(id.error()));
    }
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
    if (!one || one->status != TransferStatus::Paused)
        return;
    one->status = TransferStatus::Queued;
    d->keep(*one);
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
    one->failures.clear();
    one->endedMs = 0;
    d->keep(*one);
    d->sort();
    Q_EMIT listChanged();
    d->pump();
}

void TransferQueue::remove(qint64 id)
{
    QueuedTransfer *one = d->find(id);
    if (!one)
        return;
    if (!hasEnded(one->status))
        d->stop(*one, TransferStatus::Cancelled);
    if (d->store && id > 0)
        d->check(d->store->remove(id));
    std::erase_if(d->list, [id](const auto &other) { return other->id == id; });
    Q_EMIT listChanged();
}

void TransferQueue::removeEnded()
{
    for (const auto &one : d->list) {
        if (hasEnded(one->status) && d->store && one->id > 0)
            d->check(d->store->remove(one->id));
    }
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
    if (d->store) {
        std::vector<qint64> ids;
        for (const auto &one : d->list) {
            if (!hasEnded(one->status) && one->id > 0)
                ids.push_back(one->id);
        }
        d->check(d->store->setOrder(ids));
    }
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

const metrics::Series &TransferQueue::speed() const
{
    return d->speed;
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

void TransferQueue::Private::follow(Instance *instance)
{
    QObject::connect(instance, &Instance::stateChanged, q, [this, instance] {
        // Gone on purpose: its copies wait with it. A lost line they mend by themselves.
        if (instance->state() == Instance::State::Disconnected) {
            for (const qint64 id : ids()) {
                QueuedTransfer *one = find(id);
                if (one->instanceId == instance->id() && one->status == TransferStatus::Running)
                    stop(*one, TransferStatus::Queued);
            }
        }
        pump();
    });
}

/// Starts what may start. What has ended comes after what has not.
void TransferQueue::Private::pump()
{
    if (std::exchange(pumpQueued, true))
        return;
    QMetaObject::invokeMethod(
        q,
        [this] {
            pumpQueued = false;
            QHash<QString, int> busy;
            for (const auto &one : list)
                busy[one->instanceId] += one->status == TransferStatus::Running ? 1 : 0;
            for (const auto &one : list) {
                if (one->status != TransferStatus::Queued)
                    continue;
                Instance *instance = fleet.byId(one->instanceId);
                const bool waits = !instance || instance->state() != Instance::State::Connected;
                if (one->waitsForInstance != waits) {
                    one->waitsForInstance = waits;
                    Q_EMIT q->changed(one->id);
                }
                if (waits || busy[one->instanceId] >= parallel)
                    continue;
                ++busy[one->instanceId];
                start(*one, *instance);
            }
        },
        Qt::QueuedConnection);
}

void TransferQueue::Private::start(QueuedTransfer &one, Instance &on)
{
    const qint64 id = one.id;
    Job &job = jobs[id];
    job.transfer = std::make_unique<Transfer>(one.request, on.connectionOptions());
    job.since = steady();
    Transfer *transfer = job.transfer.get();
    QObject::connect(transfer, &Transfer::progressed, q, [this, id, transfer] {
        QueuedTransfer *mine = find(id);
        mine->progress = transfer->progress();
        mine->isReconnecting = false;
        Q_EMIT q->changed(id);
    });
    QObject::connect(transfer, &Transfer::fileEnded, q, [this, id](const FileOutcome &outcome) {
        QueuedTransfer *mine = find(id);
        if (outcome.result == FileOutcome::Result::Failed &&
            mine->failures.size() < history::TransferHistory::mostFailures)
            mine->failures.push_back(outcome);
    });
    QObject::connect(transfer, &Transfer::retrying, q, [this, id] {
        find(id)->isReconnecting = true;
        Q_EMIT q->changed(id);
    });
    QObject::connect(transfer, &Operation::finished, q, [this, id] { onEnded(id); });
    one.status = TransferStatus::Running;
    one.waitsForInstance = false;
    one.error.reset();
    one.failures.clear();
    if (one.startedMs == 0)
        one.startedMs = now();
    keep(one);
    transfer->start();
    shareLimit();
    if (!ticker.isActive())
        ticker.start();
    Q_EMIT q->changed(id);
}

void TransferQueue::Private::takeFigures(QueuedTransfer &one, const Transfer &from)
{
    one.progress = from.progress();
    one.summary = from.summary();
    one.bytesPerSecond = 0;
    one.secondsLeft.reset();
    one.isReconnecting = false;
    one.activeMs += steady() - jobs[one.id].since;
}

void TransferQueue::Private::onEnded(qint64 id)
{
    QueuedTransfer *one = find(id);
    const auto job = jobs.find(id);
    const Transfer *transfer = job->second.transfer.get();
    takeFigures(*one, *transfer);
    one->error = transfer->error();
    if (one->error)
        one->status = TransferStatus::Failed;
    else
        one->status = one->summary.failed > 0 ? TransferStatus::Partly : TransferStatus::Done;
    one->endedMs = now();
    // It is inside its signal.
    job->second.transfer.release()->deleteLater();
    jobs.erase(job);
    ++(one->status == TransferStatus::Done ? endedDone : endedFailed);
    keep(*one);
    shareLimit();
    sort();
    Q_EMIT q->listChanged();
    pump();
    tellIdle();
}

/// Ends the copy's work at once; what has arrived stays for the next time.
void TransferQueue::Private::stop(QueuedTransfer &one, TransferStatus status)
{
    if (const auto job = jobs.find(one.id); job != jobs.end()) {
        Transfer *transfer = job->second.transfer.get();
        takeFigures(one, *transfer);
        transfer->disconnect(q);
        transfer->cancel();
        job->second.transfer.release()->deleteLater();
        jobs.erase(job);
        one.request.resume = true;
    }
    one.status = status;
    one.waitsForInstance = false;
    if (hasEnded(status))
        one.endedMs = now();
    keep(one);
    shareLimit();
    sort();
    Q_EMIT q->listChanged();
    pump();
}

void TransferQueue::Private::tick()
{
    const bool keeps = ++ticks % keepEvery == 0;
    double total = 0;
    for (auto &[id, job] : jobs) {
        QueuedTransfer *one = find(id);
        one->progress = job.transfer->progress();
        const auto gained = double(std::max<qint64>(0, one->progress.bytes - job.bytesBefore));
        job.bytesBefore = one->progress.bytes;
        // The first one holds what was there before.
        if (std::exchange(job.isFirstTick, false))
            continue;
        total += gained;
        const double weight = one->bytesPerSecond == 0 ? 1 : 1 / speedMemorySeconds;
        one->bytesPerSecond += (gained - one->bytesPerSecond) * weight;
        one->secondsLeft.reset();
        if (!one->progress.isScanning && one->bytesPerSecond > 0)
            one->secondsLeft = qint64(
                double(one->progress.totalBytes - one->progress.bytes) / one->bytesPerSecond + 0.5);
        if (keeps)
            keep(*one);
        Q_EMIT q->changed(id);
    }
    speed.append(now(), total);
    if (jobs.empty())
        ticker.stop();
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

void TransferQueue::Private::keep(const QueuedTransfer &one)
{
    if (store && one.id > 0)
        check(store->update(one));
}

void TransferQueue::Private::check(const Result<> &written)
{
    if (!written && !std::exchange(toldFailure, true))
        Q_EMIT q->historyFailed(written.error());
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

void TransferQueue::Private::tellIdle()
{
    const bool more = std::any_of(list.begin(), list.end(), [](const auto &one) {
        return one->status == TransferStatus::Running ||
               (one->status == TransferStatus::Queued && !one->waitsForInstance);
    });
    if (more || endedDone + endedFailed == 0)
        return;
    const int done = std::exchange(endedDone, 0);
    const int failed = std::exchange(endedFailed, 0);
    Q_EMIT q->idle(done, failed);
}

} // namespace core::fleet
