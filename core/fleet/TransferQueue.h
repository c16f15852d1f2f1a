// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/TransferRecord.h"
#include "core/metrics/SeriesSet.h"
#include "core/transfer/TransferTypes.h"

#include <QObject>

#include <memory>

namespace core {
class Clock;
}
namespace core::history {
class TransferStore;
struct StoredTransfers;
} // namespace core::history

namespace core::fleet {

class Fleet;
class Instance;

/// A copy in the queue, with what is known of it at this moment. Its progress never runs backwards:
/// what a lost line took is caught up with first.
struct QueuedTransfer : history::TransferRecord
{
    double bytesPerSecond = 0; ///< over the last seconds, of what is copied; 0 = not running
    /// Of the rest at that speed; absent while the total is not known.
    std::optional<qint64> secondsLeft;
    /// Running, but the line is lost: the next try comes by itself.
    bool isReconnecting = false;
    /// Running again: what is there already is looked through first.
    bool isComparing = false;
    /// Over the connection of the monitor, because the server asks each new one a question.
    bool isLent = false;
    /// Queued, and its instance is not connected.
    bool waitsForInstance = false;
    /// Queued, and its instance was removed.
    bool isInstanceGone = false;
    /// Queued after a lost line, with error() told: the next try.
    std::optional<int> secondsToRetry;
};

/// All copies of all instances: a few at a time for each, over connections of their own, started
/// when the instance is connected and gone on with after a drop, however long it lasts, and after a
/// restart of the program. GUI thread; bytes never come here.
class TransferQueue final : public QObject
{
    Q_OBJECT

public:
    TransferQueue(Fleet &fleet, const Clock &clock, QObject *parent = nullptr);
    ~TransferQueue() override;

    /// Where the queue is kept; null or not opened: in memory only. What it tells when it is opened
    /// is added; what was running then waits again. Outlives this. Once.
    void setStore(history::TransferStore *store);
    /// What is waiting will be there at the next start.
    [[nodiscard]] bool isKept() const;

    /// \returns its id.
    qint64 add(const QString &instanceId, const transfer::TransferRequest &request);
    void pause(qint64 id);
    /// Also: now, where it waits for its next try.
    void resume(qint64 id);
    void cancel(qint64 id);
    /// One that has ended, again: what arrived is not copied a second time. \a overwrite: what to
    /// do with names that are taken, where that was the trouble.
    void retry(qint64 id, std::optional<transfer::Overwrite> overwrite = {});
    /// One that ended because names were taken: replaces \a paths, as its outcomes name them, and
    /// leaves the other taken ones out for good.
    void replaceOnly(qint64 id, const QByteArrayList &paths);
    /// Out of the list; a running one is cancelled first.
    void remove(qint64 id);
    void removeEnded();
    void pauseAll();
    void resumeAll();
    void cancelAll();
    /// One step towards the front (-1) or the end (1) among those that have not ended.
    void move(qint64 id, int step);
    /// In their order before \a before; 0 = at the end of those that have not ended.
    void moveBefore(const std::vector<qint64> &ids, qint64 before);

    /// For all copies together; 0 = none.
    void setLimit(qint64 bytesPerSecond);
    [[nodiscard]] qint64 limit() const;
    /// At one time for one instance.
    void setParallel(int count);

    /// Those that have not ended in their order, then the others, newest first.
    [[nodiscard]] const std::vector<std::unique_ptr<QueuedTransfer>> &transfers() const;
    [[nodiscard]] const QueuedTransfer *find(qint64 id) const;
    /// Null when it was removed.
    [[nodiscard]] Instance *instanceOf(const QueuedTransfer &transfer) const;
    [[nodiscard]] int running() const;
    [[nodiscard]] int waiting() const; ///< queued, not paused
    /// Copies of an instance that have not ended, paused ones too.
    [[nodiscard]] int unfinished(const QString &instanceId) const;
    /// Bytes a second of all together.
    [[nodiscard]] const metrics::Series &speed() const;
    /// The same as NetTx and NetRx, what goes there and what comes here.
    [[nodiscard]] const metrics::SeriesSet &speeds() const;

Q_SIGNALS:
    /// The list's length or order is another.
    void listChanged();
    void changed(qint64 id);
    /// It is Done, Partly or Failed now.
    void ended(qint64 id);
    /// The last one of those that ran has ended or was stopped: time for a notification.
    void idle(int done, int failed);
    /// What an earlier run left is in the list. \a corruptKeptAs: where a damaged file was kept.
    void loaded(const QString &corruptKeptAs);
    /// The history could not be read or written; told once. The queue goes on in memory.
    void historyFailed(const core::Error &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core::fleet
