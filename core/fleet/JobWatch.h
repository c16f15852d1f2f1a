// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"
#include "core/fleet/SeenJobs.h"
#include "core/fleet/TransferQueue.h"
#include "core/jobs/Jobs.h"

#include <QHash>
#include <QPointer>
#include <QSet>
#include <QTimer>

namespace core::fleet {

/// The jobs of one instance, as it last told them. Asks while somebody looks or a job is there
/// whose end is not known, tells of ends, and fetches what a job was to leave: through the queue of
/// copies, compared by checksum, while the job's countdown to the power-off is put back. GUI
/// thread. What was told stays when the connection is lost.
class JobWatch final : public QObject
{
    Q_OBJECT

public:
    /// \a seen: what ran when Danlu was last there; null = nothing is known of that.
    JobWatch(Instance &instance, TransferQueue &queue, const Clock &clock,
             std::shared_ptr<SeenJobs> seen = nullptr, QObject *parent = nullptr);

    [[nodiscard]] Instance &instance() const { return m_instance; }
    /// Absent before the first answer.
    [[nodiscard]] const std::optional<jobs::JobsOverview> &overview() const { return m_overview; }
    /// When that was told, by this machine's clock.
    [[nodiscard]] std::chrono::system_clock::time_point toldAt() const { return m_toldAt; }
    /// Of the last question; absent after an answer.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] bool isAsking() const { return m_listing != nullptr; }
    /// How long ago by the monotonic clock it was told.
    [[nodiscard]] std::chrono::seconds age() const;
    [[nodiscard]] const jobs::JobInfo *find(const jobs::JobId &id) const;
    /// Whose end action has powered the instance off; null: none, or it is connected again.
    [[nodiscard]] const jobs::JobInfo *poweredOffBy() const { return find(m_poweredOffBy); }
    /// What the job was to leave is on its way.
    [[nodiscard]] bool isFetching(const jobs::JobId &id) const { return m_fetches.contains(id); }

    /// When the last whole download from it began; absent: none that the list of copies has.
    [[nodiscard]] std::optional<std::chrono::system_clock::time_point> lastDownload() const;
    [[nodiscard]] int unfinishedCopies() const;
    /// A time of this machine's clock by the instance's.
    [[nodiscard]] jobs::InstanceTime instanceTime(std::chrono::system_clock::time_point time) const;

    /// Asks now.
    void ask();
    /// Somebody looks: asks every few seconds.
    void setWatched(bool watched);
    /// Where fetched files go: a folder of the job's own below it.
    void setFolder(const QString &folder) { m_folder = folder; }
    /// Fetches it (again).
    void fetch(const jobs::JobId &id);
    /// What an action on a job has told already.
    void take(const jobs::JobInfo &job);
    void drop(const jobs::JobId &id);

Q_SIGNALS:
    void changed();
    /// It was seen running and has ended since, or was lost. Once. \a wasAway: nobody was connected
    /// to see it.
    void ended(const core::jobs::JobInfo &job, bool wasAway);
    /// Its end action has powered the instance off, which took the connection along.
    void poweredOff(const core::jobs::JobInfo &job);
    /// A job's files were not found or could not be asked for.
    void fetchFailed(const core::jobs::JobInfo &job, const core::Error &error);

private:
    void onStateChanged();
    void onListed(jobs::JobsListing *listing);
    void schedule();
    void fetchEnded();
    void enqueue(const jobs::JobInfo &job, const QByteArrayList &paths);
    void onCopied(qint64 transfer);
    void holdOff(const jobs::JobInfo &job);
    void markFetched(const jobs::JobId &id);
    [[nodiscard]] bool isOpen(const jobs::JobInfo &job) const;
    void noteSeen();
    void judgeLoss();

    Instance &m_instance;
    TransferQueue &m_queue;
    const Clock &m_clock;
    std::optional<jobs::JobsOverview> m_overview;
    std::chrono::system_clock::time_point m_toldAt;
    std::chrono::steady_clock::time_point m_toldAtSteady;
    std::optional<Error> m_error;
    QPointer<jobs::JobsListing> m_listing;
    std::shared_ptr<SeenJobs> m_seen;
    QSet<jobs::JobId> m_running; ///< seen so
    QSet<jobs::JobId> m_here;    ///< seen so over this connection
    QSet<jobs::JobId> m_tried;   ///< fetched by itself once
    QSet<jobs::JobId> m_armed;   ///< over this connection: a power-off was to come
    jobs::JobId m_poweredOffBy;
    QHash<jobs::JobId, qint64> m_fetches; ///< the copy; 0 = not in the queue yet
    QString m_folder;
    QTimer m_next;
    bool m_isWatched = false;
    bool m_wasConnected = false;
};

} // namespace core::fleet
