// SPDX-License-Identifier: GPL-3.0-or-later
// The clean-up of a disk: begun as a job, waited for, and what it freed is measured.
#include "ui/common/Banner.h"
#include "ui/common/Format.h"
#include "ui/environment/SpaceDialog.h"

#include <QCheckBox>
#include <QPushButton>

#include <algorithm>

namespace ui::environment {

using core::env::CleanUp;

void SpaceDialog::cleanUp()
{
    const std::vector<CleanUp> wanted = chosen();
    if (!session() || m_starting || m_job || !m_report)
        return;
    const auto spec = core::env::cleanUpJob(*m_report, wanted);
    if (!spec)
        return;
    m_going = wanted;
    m_banner->hide();
    m_starting =
        core::jobs::startJob(*session(), core::jobs::makeJobId(std::chrono::system_clock::now()),
                             *spec, core::jobs::standardBackends());
    connect(m_starting, &core::Operation::finished, this, [this, action = m_starting.data()] {
        action->deleteLater();
        m_starting.clear();
        if (action->job())
            onStarted(*action->job());
        else
            tellError(*action->error(), tr("The clean-up could not be started"));
        showState();
    });
    showState();
}

void SpaceDialog::onStarted(const core::jobs::JobInfo &job)
{
    m_job = job.id;
    m_banner->clearActions();
    m_banner->setTechnical({});
    m_banner->setMessage(Banner::Kind::Info, tr("The clean-up is running"),
                         tr("It goes on without a connection."));
    addLogButton(job.id);
    m_banner->show();
    m_ask.start();
    if (m_watch)
        m_watch->take(job);
}

void SpaceDialog::onJobsChanged()
{
    const core::jobs::JobInfo *job = m_job && m_watch ? m_watch->find(*m_job) : nullptr;
    if (!job)
        return;
    if (job->state == core::jobs::JobState::Ended || job->state == core::jobs::JobState::Lost)
        onEnded(*job);
    else if (!m_ask.isActive())
        m_ask.start();
}

void SpaceDialog::onEnded(const core::jobs::JobInfo &job)
{
    m_job.reset();
    m_ask.stop();
    m_banner->clearActions();
    m_banner->setTechnical({});
    if (job.state == core::jobs::JobState::Ended && job.exitCode == 0) {
        m_banner->setMessage(Banner::Kind::Good, tr("The clean-up is done"));
    } else {
        m_banner->setMessage(Banner::Kind::Error, tr("The clean-up failed"),
                             tr("Its log says why."));
        m_going.clear();
    }
    addLogButton(job.id);
    m_banner->show();
    for (const Choice &choice : m_choices)
        choice.box->setChecked(false);
    stopLooking(); // what it finds is no longer so
    look();
}

/// What was to go was looked at again.
void SpaceDialog::tellFreed()
{
    if (m_going.empty() || m_job || m_starting || !m_find)
        return;
    std::vector<CleanUp> left = m_find->cleanUps();
    std::erase_if(left, [this](const CleanUp &one) {
        return std::none_of(m_going.begin(), m_going.end(),
                            [&one](const CleanUp &gone) { return gone.path == one.path; });
    });
    const qint64 freed = core::env::bytesOf(m_going) - core::env::bytesOf(left);
    m_going.clear();
    if (freed > 0)
        //: %1 is a size
        m_banner->setMessage(Banner::Kind::Good,
                             tr("%1 are free again").arg(format::bytes(double(freed))));
}

void SpaceDialog::addLogButton(const core::jobs::JobId &id)
{
    QPushButton *show = m_banner->addAction(tr("Show log"));
    show->setObjectName(QStringLiteral("spaceShowLog"));
    connect(show, &QPushButton::clicked, this, [this, id] {
        Q_EMIT jobRequested(id);
        accept();
    });
}

} // namespace ui::environment
