// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/EndStrip.h"

#include "ui/common/Banner.h"
#include "ui/common/Theme.h"
#include "ui/jobs/JobWords.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPushButton>

#include <algorithm>

namespace ui::jobs {

using namespace std::chrono_literals;
using core::jobs::EndState;
using core::jobs::JobAction;
using core::jobs::JobId;
using core::jobs::JobInfo;

EndStrip::EndStrip(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("endStrip"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::s);
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &EndStrip::update);
    hide();
}

void EndStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        update();
}

void EndStrip::setWatch(core::fleet::JobWatch *watch)
{
    if (watch == m_watch)
        return;
    if (m_watch)
        disconnect(m_watch, nullptr, this, nullptr);
    m_watch = watch;
    m_cancelling.clear();
    if (watch)
        connect(watch, &core::fleet::JobWatch::changed, this, &EndStrip::update);
    update();
}

void EndStrip::update()
{
    std::vector<JobInfo> armed;
    if (m_watch && m_watch->overview()) {
        for (const JobInfo &job : m_watch->overview()->jobs) {
            if (isArmed(job))
                armed.push_back(job);
        }
    }
    std::erase_if(m_banners, [&armed](const auto &one) {
        const bool stays = std::any_of(armed.begin(), armed.end(),
                                       [&one](const JobInfo &job) { return job.id == one.first; });
        if (!stays) {
            one.second->hide();
            one.second->deleteLater();
        }
        return !stays;
    });
    bool isCounting = false;
    for (const JobInfo &job : armed) {
        auto found = std::find_if(m_banners.begin(), m_banners.end(),
                                  [&job](const auto &one) { return one.first == job.id; });
        if (found == m_banners.end()) {
            auto *banner = new Banner;
            banner->setObjectName(QStringLiteral("armedEnd"));
            QPushButton *button = banner->addAction({});
            button->setObjectName(QStringLiteral("cancelPowerOff"));
            connect(button, &QPushButton::clicked, this, [this, id = job.id] { cancel(id); });
            m_layout->addWidget(banner);
            m_banners.emplace_back(job.id, banner);
            found = std::prev(m_banners.end());
        }
        fill(found->second, job);
        isCounting = isCounting || job.endState == EndState::Counting;
    }
    if (isCounting)
        m_tick.start();
    else
        m_tick.stop();
    setVisible(!armed.empty());
}

void EndStrip::fill(Banner *banner, const JobInfo &job)
{
    std::optional<std::chrono::seconds> left = job.countdown;
    const bool isKnown = m_watch->instance().session() != nullptr;
    if (left && isKnown)
        left = std::max(0s, *left - m_watch->age());
    QString details = titleOf(job);
    if (m_watch->isFetching(job.id))
        details += QStringLiteral(" · ") + tr("Its files are fetched first");
    const QByteArray &off = job.guard ? job.guard->powerOff : job.spec.then.powerOff;
    details += QStringLiteral(" · ") + QString::fromUtf8(off);
    if (!isKnown)
        details += QStringLiteral(" · ") + tr("Not connected: as it was last");
    banner->setMessage(job.endState == EndState::Counting ? Banner::Kind::Warning
                                                          : Banner::Kind::Info,
                       endText(job, left), details);
    auto *button = banner->findChild<QPushButton *>(QStringLiteral("cancelPowerOff"));
    button->setText(job.guard ? tr("Switch the guard off") : tr("Cancel the power-off"));
    button->setAccessibleName(button->text());
    button->setToolTip(
        runsText(job.guard ? core::jobs::stopText(job.id) : core::jobs::cancelText(job.id)));
    button->setEnabled(isKnown && !m_cancelling.contains(job.id));
}

void EndStrip::cancel(const JobId &id)
{
    core::ssh::Session *session = m_watch ? m_watch->instance().session() : nullptr;
    if (!session)
        return;
    m_cancelling.insert(id);
    update();
    const JobInfo *job = m_watch->find(id);
    JobAction *action = job && job->guard ? core::jobs::stopJob(*session, id, 5s)
                                          : core::jobs::cancelEndAction(*session, id);
    connect(action, &core::Operation::finished, this, [this, action, id, watch = m_watch] {
        action->deleteLater();
        m_cancelling.remove(id);
        if (action->job() && watch)
            watch->take(*action->job());
        else if (action->error())
            Q_EMIT failed(*action->error());
        update();
    });
}

} // namespace ui::jobs
