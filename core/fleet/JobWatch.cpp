// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/JobWatch.h"

#include "core/base/Clock.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>

namespace core::fleet {

using namespace std::chrono_literals;
using history::TransferStatus;
using jobs::EndState;
using jobs::JobId;
using jobs::JobInfo;
using jobs::JobState;

namespace {

constexpr auto watchedPause = 3s;
constexpr auto unwatchedPause = 20s;
/// After connecting, where nobody looks: what is seen comes first.
constexpr auto quiet = 2s;
/// The last answer is rounded, and on its way for a while.
constexpr auto dueSlack = 3s;
/// While files are fetched a countdown is kept above this; it outlives the pause.
constexpr auto holdOffTo = 120s;

/// As a folder's name on any system.
QString folderName(const JobInfo &job)
{
    QString name = QString::fromUtf8(job.spec.name).trimmed();
    for (QChar &c : name) {
        if (c < u' ' || QStringLiteral("/\\:*?\"<>|").contains(c))
            c = u'_';
    }
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    const QString id = QString::fromLatin1(job.id);
    return name.isEmpty() ? id : name.left(60) + u' ' + id;
}

} // namespace

JobWatch::JobWatch(Instance &instance, TransferQueue &queue, const Clock &clock,
                   std::shared_ptr<SeenJobs> seen, QObject *parent)
    : QObject(parent)
    , m_instance(instance)
    , m_queue(queue)
    , m_clock(clock)
    , m_seen(std::move(seen))
{
    if (m_seen)
        m_running = m_seen->of(m_instance.id());
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &JobWatch::ask);
    connect(&m_instance, &Instance::stateChanged, this, &JobWatch::onStateChanged);
    connect(&m_queue, &TransferQueue::ended, this, &JobWatch::onCopied);
    onStateChanged();
}

void JobWatch::onStateChanged()
{
    const bool connected = m_instance.session() != nullptr;
    if (connected == m_wasConnected)
        return;
    m_wasConnected = connected;
    if (connected) {
        m_here.clear();
        m_armed.clear();
        m_poweredOffBy.clear();
        m_next.start(m_isWatched ? 0ms : std::chrono::milliseconds(quiet));
    } else {
        m_next.stop();
        m_listing.clear(); // its session takes it along
        judgeLoss();
        Q_EMIT changed();
    }
}

/// A power-off drops the connection before it can be told: where one was due it is the reason, and
/// nobody needs to try again.
void JobWatch::judgeLoss()
{
    if (!m_overview || m_instance.state() == Instance::State::Disconnected)
        return;
    const auto cause =
        std::find_if(m_overview->jobs.begin(), m_overview->jobs.end(), [this](const JobInfo &job) {
            const bool isDue = job.endState == EndState::Counting &&
                               age() + dueSlack >= job.countdown.value_or(0s);
            // One that has fired on an earlier day is in the list, too.
            return isDue || (job.endState == EndState::Fired && m_armed.contains(job.id));
        });
    if (cause == m_overview->jobs.end())
        return;
    cause->endState = EndState::Fired;
    cause->countdown.reset();
    m_poweredOffBy = cause->id;
    // Its own change of state is being told.
    QMetaObject::invokeMethod(
        this,
        [this, job = *cause] {
            if (m_instance.session() || m_poweredOffBy != job.id)
                return;
            m_instance.notePowerOff();
            Q_EMIT poweredOff(job);
        },
        Qt::QueuedConnection);
}

std::chrono::seconds JobWatch::age() const
{
    return std::chrono::duration_cast<std::chrono::seconds>(m_clock.steadyNow() - m_toldAtSteady);
}

const JobInfo *JobWatch::find(const JobId &id) const
{
    if (!m_overview)
        return nullptr;
    const auto found = std::find_if(m_overview->jobs.begin(), m_overview->jobs.end(),
                                    [&id](const JobInfo &job) { return job.id == id; });
    return found == m_overview->jobs.end() ? nullptr : &*found;
}

std::optional<std::chrono::system_clock::time_point> JobWatch::lastDownload() const
{
    qint64 last = 0;
    for (const auto &one : m_queue.transfers()) {
        if (one->instanceId == m_instance.id() && one->status == TransferStatus::Done &&
            one->request.direction == transfer::Direction::Get)
            last = std::max(last, one->startedMs);
    }
    if (last == 0)
        return std::nullopt;
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(last));
}

int JobWatch::unfinishedCopies() const
{
    return m_queue.unfinished(m_instance.id());
}

jobs::InstanceTime JobWatch::instanceTime(std::chrono::system_clock::time_point time) const
{
    const auto ahead =
        m_overview ? m_overview->now - std::chrono::floor<std::chrono::seconds>(m_toldAt) : 0s;
    return std::chrono::floor<std::chrono::seconds>(time) + ahead;
}

void JobWatch::setWatched(bool watched)
{
    if (m_isWatched == watched)
        return;
    m_isWatched = watched;
    if (watched)
        ask();
}

void JobWatch::ask()
{
    m_next.stop();
    if (m_listing || !m_instance.session())
        return;
    m_listing = jobs::listJobs(*m_instance.session());
    connect(m_listing, &Operation::finished, this,
            [this, listing = m_listing.data()] { onListed(listing); });
    Q_EMIT changed();
}

void JobWatch::onListed(jobs::JobsListing *listing)
{
    listing->deleteLater();
    if (m_listing != listing)
        return; // of a connection that is gone
    m_listing.clear();
    m_error = listing->error();
    if (m_error) {
        schedule();
        Q_EMIT changed();
        return;
    }
    m_overview = listing->overview();
    m_toldAt = m_clock.now();
    m_toldAtSteady = m_clock.steadyNow();
    fetchEnded();
    schedule();
    Q_EMIT changed();
}

/// Something about it is still to come.
bool JobWatch::isOpen(const JobInfo &job) const
{
    return job.state == JobState::Running || job.state == JobState::Waiting ||
           job.endState == EndState::Counting || m_fetches.contains(job.id);
}

void JobWatch::schedule()
{
    const bool any = m_overview && std::any_of(m_overview->jobs.begin(), m_overview->jobs.end(),
                                               [this](const JobInfo &job) { return isOpen(job); });
    const bool isCounting =
        m_overview &&
        std::any_of(m_overview->jobs.begin(), m_overview->jobs.end(),
                    [](const JobInfo &job) { return job.endState == EndState::Counting; });
    if (m_isWatched || isCounting || !m_fetches.isEmpty())
        m_next.start(watchedPause);
    else if (any || m_error)
        m_next.start(unwatchedPause);
}

/// Tells of what has ended, and fetches what it leaves.
void JobWatch::fetchEnded()
{
    const std::vector<JobInfo> all = m_overview->jobs; // who is told may change it
    // Of an instance that was made anew, or removed by somebody else.
    m_running.removeIf([this](const JobId &id) { return !find(id); });
    for (const JobInfo &job : all) {
        if (job.endState == EndState::Armed || job.endState == EndState::Counting)
            m_armed.insert(job.id);
        if (job.state == JobState::Running || job.state == JobState::Waiting) {
            m_running.insert(job.id);
            m_here.insert(job.id);
            continue;
        }
        if (m_running.remove(job.id))
            Q_EMIT ended(job, !m_here.contains(job.id));
        const bool isWanted = job.state == JobState::Ended && !job.spec.fetch.isEmpty() &&
                              !job.isFetched && !job.wasStopped;
        if (isWanted && !m_tried.contains(job.id))
            fetch(job.id);
        if (m_fetches.contains(job.id) && job.endState == EndState::Counting)
            holdOff(job);
    }
    noteSeen();
}

void JobWatch::noteSeen()
{
    if (m_seen)
        m_seen->set(m_instance.id(), m_running);
}

void JobWatch::fetch(const JobId &id)
{
    const JobInfo *known = find(id);
    if (!known || !m_instance.session() || m_fetches.contains(id) || known->spec.fetch.isEmpty())
        return;
    const JobInfo job = *known;
    m_tried.insert(id);
    m_fetches.insert(id, 0);
    jobs::JobFiles *files = jobs::findFetched(*m_instance.session(), id, job.spec);
    connect(files, &Operation::finished, this, [this, files, job] {
        files->deleteLater();
        if (files->isOk() && !files->paths().isEmpty()) {
            enqueue(job, files->paths());
        } else {
            m_fetches.remove(job.id);
            if (files->error() && mayComeBack(*files->error()))
                m_tried.remove(job.id); // with the next connection
            Q_EMIT fetchFailed(
                job, files->error().value_or(Error{ErrorCode::NotFound, Step::Job,
                                                   QString::fromUtf8(job.spec.fetch.join(' '))}));
        }
        Q_EMIT changed();
    });
    if (job.endState == EndState::Counting)
        holdOff(job);
    Q_EMIT changed();
}

void JobWatch::enqueue(const JobInfo &job, const QByteArrayList &paths)
{
    const QString base = m_folder.isEmpty()
                             ? QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)
                             : m_folder;
    transfer::TransferRequest request;
    request.direction = transfer::Direction::Get;
    request.sources.assign(paths.begin(), paths.end());
    request.target = QFile::encodeName(QDir(base).filePath(folderName(job)) + u'/');
    request.overwrite = transfer::Overwrite::Newer;
    request.resume = true;
    request.verify = true;
    m_fetches.insert(job.id, m_queue.add(m_instance.id(), request));
    schedule();
}

void JobWatch::onCopied(qint64 transfer)
{
    const JobId id = m_fetches.key(transfer);
    const QueuedTransfer *copied = m_queue.find(transfer);
    if (id.isEmpty() || !copied)
        return;
    m_fetches.remove(id);
    if (copied->status == TransferStatus::Done)
        markFetched(id);
    Q_EMIT changed();
}

void JobWatch::markFetched(const JobId &id)
{
    if (!m_instance.session())
        return; // it is compared again the next time, and not copied
    jobs::JobAction *action = jobs::markFetched(*m_instance.session(), id);
    connect(action, &Operation::finished, this, [this, action] {
        action->deleteLater();
        if (action->job())
            take(*action->job());
    });
}

void JobWatch::holdOff(const JobInfo &job)
{
    jobs::JobAction *action = jobs::postponeEndAction(*m_instance.session(), job.id, holdOffTo);
    connect(action, &Operation::finished, action, &QObject::deleteLater);
}

void JobWatch::take(const JobInfo &job)
{
    if (!m_overview) {
        ask();
        return;
    }
    auto &all = m_overview->jobs;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&job](const JobInfo &one) { return one.id == job.id; });
    if (found != all.end())
        *found = job;
    else
        all.insert(all.begin(), job);
    if (job.state == JobState::Running || job.state == JobState::Waiting) {
        m_running.insert(job.id);
        m_here.insert(job.id);
    } else if (job.wasStopped) {
        m_running.remove(job.id); // who stopped it knows
    }
    noteSeen();
    delete m_listing; // may have been told before
    ask();
    Q_EMIT changed();
}

void JobWatch::drop(const JobId &id)
{
    if (m_overview)
        std::erase_if(m_overview->jobs, [&id](const JobInfo &job) { return job.id == id; });
    m_running.remove(id);
    noteSeen();
    Q_EMIT changed();
}

} // namespace core::fleet
