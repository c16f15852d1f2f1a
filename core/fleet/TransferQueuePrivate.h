// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/fleet/Fleet.h"
#include "core/fleet/TransferQueue.h"
#include "core/history/TransferStore.h"
#include "core/transfer/Transfer.h"

#include <QSet>
#include <QTimer>

#include <unordered_map>

namespace core::fleet {

/// What the user asks of the queue is in TransferQueue.cpp, what becomes of the copies by
/// themselves in TransferRuns.cpp.
class TransferQueue::Private
{
public:
    struct Job
    {
        std::unique_ptr<transfer::Transfer> transfer;
        qint64 since = 0;        ///< ms, steady
        qint64 activeBefore = 0; ///< ms
        qint64 copied = 0;       ///< by this job
        qint64 copiedBefore = 0;
        qint64 copiedAtTick = 0;
        bool knowsTotals = false; ///< from an earlier job
        qint64 lastBytes = 0;     ///< that its transfer told
        qint64 lostAt = 0;        ///< ms, steady; of the line, while it reconnects
    };
    /// After lost lines.
    struct Again
    {
        int fruitless = 0;
        qint64 at = 0; ///< ms, steady
    };

    Private(TransferQueue *queue, Fleet &all, const Clock &time)
        : q(queue)
        , fleet(all)
        , clock(time)
        , ticker(queue)
    {
    }

    [[nodiscard]] qint64 now() const;    ///< ms since the epoch
    [[nodiscard]] qint64 steady() const; ///< ms
    [[nodiscard]] QueuedTransfer *find(qint64 id) const;
    /// A copy to go through while the list changes.
    [[nodiscard]] std::vector<qint64> ids() const;
    [[nodiscard]] qint64 freeId();
    void takeStored(const history::StoredTransfers &stored);
    void follow(Instance *instance);
    void onInstanceState(Instance *instance);

    // TransferRuns.cpp
    void pump();
    void startWhatMay();
    /// A running copy makes the same file.
    [[nodiscard]] bool isTargetBusy(const QueuedTransfer &one) const;
    void start(QueuedTransfer &one, Instance &on);
    void connectTo(qint64 id, transfer::Transfer *transfer);
    void onEnded(qint64 id);
    [[nodiscard]] bool goesOn(QueuedTransfer &one, const Error &error, const Job &job);
    void stop(QueuedTransfer &one, history::TransferStatus status);
    void takeProgress(QueuedTransfer &one, Job &job) const;
    void takeFigures(QueuedTransfer &one, Job &job) const;
    static void keepOutcome(QueuedTransfer &one, const transfer::FileOutcome &outcome);
    void tick();
    void tickJob(QueuedTransfer &one, Job &job, double &up, double &down) const;
    void shareLimit();
    void tellIdle();

    void keep(const QueuedTransfer &one) const;
    void keepOrder() const;
    void sort();

    TransferQueue *q;
    Fleet &fleet;
    const Clock &clock;
    history::TransferStore *store = nullptr;
    bool isStoreOpen = false;
    std::vector<std::unique_ptr<QueuedTransfer>> list;
    std::unordered_map<qint64, Job> jobs;
    std::unordered_map<qint64, Again> again;
    QSet<QString> lending; ///< instances whose own connection is used
    metrics::Series speed;
    metrics::SeriesSet speeds;
    QTimer ticker;
    qint64 limit = 0;
    qint64 lastId = 0;
    int parallel = 2;
    int ticks = 0;
    int endedDone = 0; ///< since the last idle()
    int endedFailed = 0;
    bool toldFailure = false;
    bool pumpQueued = false;
};

} // namespace core::fleet
