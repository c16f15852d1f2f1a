// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/TransferRecord.h"
#include "core/metrics/Series.h"
#include "core/transfer/TransferTypes.h"

#include <QObject>

#include <memory>

namespace core {
class Clock;
}
namespace core::history {
class TransferHistory;
}

namespace core::fleet {

class Fleet;

/// A copy in the queue, with what is known of it at this moment.
struct QueuedTransfer : history::TransferRecord
{
    double bytesPerSecond = 0; ///< over the last seconds; 0 = not running
    /// Of the rest at that speed; absent while the total is not known.
    std::optional<qint64> secondsLeft;
    /// Running, but the line is lost: the next try comes by itself.
    bool isReconnecting = false;
    /// Queued, and its instance is not connected.
    bool waitsForInstance = false;
};

/// All copies of all instances: a few at a time for each, over connections of their own, started
/// when the instance is connected and gone on with after a drop or a restart of the program. GUI
/// thread; bytes never come here.
class TransferQueue final : public QObject
{
    Q_OBJECT

public:
    /// \a history: open already, or null to keep nothing.
    TransferQueue(Fleet &fleet, const Clock &clock, QObject *parent = nullptr);
    ~TransferQueue() override;

    /// Reads what was left by an earlier run; what was running then waits again. Once.
    [[nodiscard]] std::optional<Error> load(history::TransferHistory *history);

    /// \returns its id.
    qint64 add(const QString &instanceId, const transfer::TransferRequest &request);
    void pause(qint64 id);
    void resume(qint64 id);
    void cancel(qint64 id);
    /// One that has ended, again: what arrived is not copied a second time. \a overwrite: what to
    /// do with names that are taken, where that was the trouble.
    void retry(qint64 id, std::optional<transfer::Overwrite> overwrite = {});
    /// Out of the list; a running one is cancelled first.
    void remove(qint64 id);
    void removeEnded();
    void pauseAll();
    void resumeAll();
    /// One step towards the front (-1) or the end (1) among those that wait.
    void move(qint64 id, int step);

    /// For all copies together; 0 = none.
    void setLimit(qint64 bytesPerSecond);
    [[nodiscard]] qint64 limit() const;
    /// At one time for one instance.
    void setParallel(int count);

    /// Those that have not ended in their order, then the others, newest first.
    [[nodiscard]] const std::vector<std::unique_ptr<QueuedTransfer>> &transfers() const;
    [[nodiscard]] const QueuedTransfer *find(qint64 id) const;
    [[nodiscard]] int running() const;
    [[nodiscard]] int waiting() const; ///< queued, not paused
    /// Bytes a second of all together, for the graph.
    [[nodiscard]] const metrics::Series &speed() const;

Q_SIGNALS:
    /// The list's length or order is another.
    void listChanged();
    void changed(qint64 id);
    /// The last one of those that ran has ended: time for a notification.
    void idle(int done, int failed);
    /// The history could not be written; told once.
    void historyFailed(const core::Error &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core::fleet
