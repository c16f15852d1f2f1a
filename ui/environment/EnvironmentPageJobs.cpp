// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of an action: it is begun as a job, told of, and looked at again when it has ended.
#include "ui/common/Banner.h"
#include "ui/common/Describe.h"
#include "ui/environment/EnvironmentPage.h"

#include <QPushButton>

namespace ui::environment {

using namespace std::chrono_literals;
using core::jobs::JobInfo;
using core::jobs::JobState;

namespace {

/// Between two questions after a job that runs: its end is waited for.
constexpr auto jobInterval = 2s;

} // namespace

void EnvironmentPage::startJob(const core::jobs::JobSpec &spec)
{
    if (!session() || m_starting)
        return;
    m_banner->hide();
    m_starting =
        core::jobs::startJob(*session(), core::jobs::makeJobId(std::chrono::system_clock::now()),
                             spec, core::jobs::standardBackends());
    connect(m_starting, &core::Operation::finished, this, [this, action = m_starting.data()] {
        action->deleteLater();
        m_starting.clear();
        if (action->job()) {
            onStarted(*action->job());
        } else if (action->error()->code == core::ErrorCode::Disconnected) { // it may have begun
            m_banner->clearActions();
            m_banner->setTechnical({});
            m_banner->setMessage(Banner::Kind::Warning,
                                 tr("The connection was lost while the job was started"),
                                 tr("The list of jobs shows whether it has begun."));
            m_banner->show();
        } else {
            m_banner->clearActions();
            m_banner->setError(withoutActions(describe(*action->error())));
            m_banner->show();
        }
        showSelected();
    });
    showSelected();
}

void EnvironmentPage::onStarted(const JobInfo &job)
{
    m_job = job.id;
    if (m_watch)
        m_watch->take(job);
    tellJob(job);
    m_next.start(jobInterval);
}

void EnvironmentPage::onJobsChanged()
{
    if (!m_job || !m_watch)
        return;
    const JobInfo *job = m_watch->find(*m_job);
    if (!job)
        return;
    if (job->state == JobState::Ended || job->state == JobState::Lost) {
        m_job.reset();
        m_next.stop();
        tellJob(*job);
        refresh();
    } else if (!m_next.isActive()) {
        m_next.start(jobInterval);
    }
}

void EnvironmentPage::tellJob(const JobInfo &job)
{
    const QString name = QString::fromUtf8(job.spec.name);
    m_banner->clearActions();
    m_banner->setTechnical({});
    if (job.state == JobState::Lost || (job.state == JobState::Ended && job.exitCode != 0))
        //: %1 is a job's name: "conda create verl"
        m_banner->setMessage(Banner::Kind::Error, tr("%1 failed").arg(name),
                             tr("Its log says why."));
    else if (job.state == JobState::Ended)
        m_banner->setMessage(Banner::Kind::Good, tr("%1 is done").arg(name));
    else
        m_banner->setMessage(Banner::Kind::Info, tr("%1 is running").arg(name),
                             tr("It goes on without a connection."));
    addLogButton(job.id);
    m_banner->show();
}

void EnvironmentPage::addLogButton(const core::jobs::JobId &id)
{
    QPushButton *show = m_banner->addAction(tr("Show log"));
    show->setObjectName(QStringLiteral("environmentShowLog"));
    connect(show, &QPushButton::clicked, this, [this, id] { Q_EMIT jobRequested(id); });
}

} // namespace ui::environment
