// SPDX-License-Identifier: GPL-3.0-or-later
// The Jobs tab in the window, what an instance will do by itself, and what is told of jobs.
#include "ui/common/Format.h"
#include "ui/common/OptionalRow.h"
#include "ui/common/Theme.h"
#include "ui/environment/EnvironmentPage.h"
#include "ui/instances/InstanceList.h"
#include "ui/jobs/EndStrip.h"
#include "ui/jobs/JobWords.h"
#include "ui/jobs/JobsPage.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Notifications.h"

#include <QBoxLayout>
#include <QDir>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>

namespace ui::shell {

using core::fleet::Instance;
using core::fleet::JobWatch;
using core::jobs::JobInfo;

QLayout *MainWindow::buildEndStrip()
{
    m_endStrip = new jobs::EndStrip;
    connect(m_endStrip, &jobs::EndStrip::failed, this, &MainWindow::report);
    return new OptionalRow(m_endStrip, {space::l, space::m, space::l, 0});
}

/// Every instance has a watch of its own, so that an end is told whatever is shown.
void MainWindow::followJobs()
{
    const auto seen = std::make_shared<core::fleet::SeenJobs>(
        QDir(m_services.settings.directory()).filePath(QStringLiteral("running-jobs.json")));
    const auto follow = [this, seen](Instance *instance) {
        auto *watch =
            new JobWatch(*instance, m_services.queue, m_services.core.clock, seen, instance);
        const auto place = [this, watch] {
            watch->setFolder(m_services.settings.downloadFolder());
        };
        place();
        connect(watch, &JobWatch::ended, this,
                [this, place, instance](const JobInfo &job, bool wasAway) {
                    place();
                    tellJobEnded(*instance, job, wasAway);
                });
        connect(watch, &JobWatch::poweredOff, this,
                [this, instance](const JobInfo &job) { tellPoweredOff(*instance, job); });
        connect(watch, &JobWatch::fetchFailed, this,
                [this, instance](const JobInfo &job, const core::Error &error) {
                    tellFetchFailed(*instance, job, error);
                });
    };
    for (Instance *instance : m_services.fleet.instances())
        follow(instance);
    connect(&m_services.fleet, &core::fleet::Fleet::added, this, follow);
    connect(&m_services.fleet, &core::fleet::Fleet::aboutToRemove, this,
            [this, seen](const Instance *instance) {
                seen->set(instance->id(), {});
                if (m_list->current() == instance)
                    showJobsOf(nullptr);
            });
}

JobWatch *MainWindow::jobWatch(const Instance *instance) const
{
    return instance ? instance->findChild<JobWatch *>(QString(), Qt::FindDirectChildrenOnly)
                    : nullptr;
}

jobs::JobsPage *MainWindow::jobsPage()
{
    if (!m_jobs) {
        m_jobs = new jobs::JobsPage;
        connect(m_jobs, &jobs::JobsPage::connectRequested, this, [this] {
            if (Instance *instance = m_list->current())
                instance->connectNow();
        });
        connect(m_jobs, &jobs::JobsPage::terminalRequested, this, &MainWindow::attachTerminal);
        m_content->addWidget(m_jobs);
        m_jobs->setWatch(jobWatch(m_list->current()));
    }
    return m_jobs;
}

void MainWindow::showJobsOf(Instance *instance)
{
    m_endStrip->setWatch(jobWatch(instance));
    if (m_jobs)
        m_jobs->setWatch(jobWatch(instance));
    if (m_environment)
        m_environment->setWatch(jobWatch(instance));
}

void MainWindow::showJob(const QString &instanceId, const core::jobs::JobId &id)
{
    Instance *instance = m_services.fleet.byId(instanceId);
    if (!instance)
        return;
    m_list->select(instance);
    showInstance(instance);
    m_tabs->setCurrentIndex(jobsTab);
    jobsPage()->select(id);
}

void MainWindow::showSafety()
{
    m_tabs->setCurrentIndex(jobsTab);
    jobsPage()->openSafety();
}

void MainWindow::tellJobEnded(const Instance &instance, const JobInfo &job, bool wasAway)
{
    const QString name = jobs::titleOf(job);
    const QString where = instance.profile().name;
    const bool isGood = jobs::hasSucceeded(job);
    const QString text = isGood ? tr("%1 is done on %2").arg(name, where)
                         : job.state == core::jobs::JobState::Lost
                             ? tr("%1 was lost on %2: nobody saw its end").arg(name, where)
                             : tr("%1 failed on %2").arg(name, where);
    const auto show = [this, id = instance.id(), job = job.id] { showJob(id, job); };
    QStringList details;
    if (wasAway && job.ended)
        //: %1 is a time
        details.append(tr("It ended while you were away, %1").arg(format::dateTime(*job.ended)));
    else if (wasAway)
        details.append(tr("It ended while you were away"));
    if (job.ran)
        details.append(format::duration(qint64(job.ran->count())));
    if ((wasAway || !isGood) && job.exitCode)
        details.append(jobs::exitText(job));
    Notification notification;
    notification.kind = isGood ? Notification::Kind::Good : Notification::Kind::Warning;
    notification.title = text;
    notification.text = details.join(QStringLiteral(" · "));
    notification.open = show;
    notification.topic = QStringLiteral("job:") + instance.id() + u':' + QString::fromUtf8(job.id);
    notification.isInWindow = m_jobs && m_jobs->isVisible() && m_list->current() == &instance;
    m_notifications->notify(notification);
}

void MainWindow::tellPoweredOff(const Instance &instance, const JobInfo &job)
{
    Notification notification;
    notification.kind = Notification::Kind::Info;
    //: %1 is the instance's name
    notification.title = tr("%1 has powered itself off").arg(instance.profile().name);
    //: %1 is a job's name
    notification.text = tr("As “%1” asked for. Look at your provider's console whether it has "
                           "ended: only then it costs nothing more.")
                            .arg(jobs::titleOf(job));
    notification.open = [this, id = instance.id(), one = job.id] { showJob(id, one); };
    notification.topic = QStringLiteral("connection ") + instance.id();
    m_notifications->notify(notification);
}

void MainWindow::tellFetchFailed(const Instance &instance, const JobInfo &job,
                                 const core::Error &error)
{
    if (error.code == core::ErrorCode::Disconnected || error.code == core::ErrorCode::Cancelled)
        return; // it is fetched when the connection is back
    tell(error.code == core::ErrorCode::NotFound
             ? tr("%1 on %2 left nothing to fetch").arg(jobs::titleOf(job), instance.profile().name)
             : tr("The files of %1 on %2 could not be looked for")
                   .arg(jobs::titleOf(job), instance.profile().name),
         error.detail);
}

} // namespace ui::shell
