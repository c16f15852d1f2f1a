// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/MonitorPage.h"

#include "core/fleet/AdviceWatch.h"
#include "core/fleet/Instance.h"
#include "ui/models/ProfileErrors.h"
#include "ui/monitor/MonitorView.h"

#include <QBoxLayout>

namespace ui::monitor {

using core::fleet::Instance;

namespace {

LinkStatus::Kind kindOf(Instance::State state)
{
    switch (state) {
    case Instance::State::Disconnected: return LinkStatus::Kind::Idle;
    case Instance::State::Resolving:
    case Instance::State::Connecting:
    case Instance::State::Handshaking:
    case Instance::State::CheckingHost:
    case Instance::State::SigningIn: return LinkStatus::Kind::Connecting;
    case Instance::State::Connected: return LinkStatus::Kind::Live;
    case Instance::State::Waiting: return LinkStatus::Kind::Waiting;
    case Instance::State::Failed: return LinkStatus::Kind::Failed;
    }
    return LinkStatus::Kind::Idle;
}

} // namespace

MonitorPage::MonitorPage(QWidget *parent)
    : QWidget(parent)
    , m_view(new MonitorView(this))
{
    setObjectName(QStringLiteral("monitorPage"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_view->setSeries([this] { return m_instance ? &m_instance->series() : nullptr; });
    connect(m_view, &MonitorView::connectRequested, this, [this] {
        if (m_instance)
            m_instance->connectNow();
    });
    connect(m_view, &MonitorView::silenceRequested, this, [this](const QString &key) {
        if (!m_instance)
            return;
        Q_EMIT silenceRequested(m_instance, key);
        updateFindings();
    });
    connect(m_view, &MonitorView::spaceRequested, this, [this](const QString &mount) {
        if (m_instance)
            Q_EMIT spaceRequested(m_instance, mount);
    });
    connect(m_view, &MonitorView::safetyRequested, this, &MonitorPage::safetyRequested);
    connect(&m_view->group(), &charts::ChartGroup::spanChanged, this, &MonitorPage::spanChanged);
}

void MonitorPage::setInstance(Instance *instance)
{
    if (m_instance == instance)
        return;
    if (m_instance)
        m_instance->disconnect(this);
    m_instance = instance;
    m_view->group().setPaused(false);
    m_view->group().setHover(std::nullopt);
    if (instance) {
        connect(instance, &Instance::stateChanged, this, &MonitorPage::updateLink);
        connect(instance, &Instance::sampleArrived, this, &MonitorPage::updateSample);
        connect(instance, &Instance::staleChanged, this, &MonitorPage::updateSample);
        // Deferred: when destroyed() comes, the series are gone but the pointer is not yet null.
        connect(
            instance, &QObject::destroyed, this,
            [this] {
                updateLink();
                updateSample();
            },
            Qt::QueuedConnection);
    }
    updateLink();
    updateSample();
}

void MonitorPage::setAdvice(const core::fleet::AdviceWatch *advice)
{
    m_advice = advice;
    updateFindings();
}

Instance *MonitorPage::instance() const
{
    return m_instance;
}

charts::ChartGroup::Span MonitorPage::span() const
{
    return m_view->group().span();
}

void MonitorPage::setSpan(charts::ChartGroup::Span span)
{
    m_view->group().setSpan(span);
}

void MonitorPage::updateLink()
{
    LinkStatus link;
    if (m_instance) {
        link.kind = kindOf(m_instance->state());
        link.nextTry = m_instance->nextRetry();
        if (m_instance->lastError())
            link.problem = describe(*m_instance->lastError(), errorContext(m_instance->profile()));
    }
    m_view->setLink(link);
}

void MonitorPage::updateSample()
{
    m_view->setSample(m_instance ? m_instance->sample() : nullptr,
                      m_instance && m_instance->isStale());
    updateFindings();
}

void MonitorPage::updateFindings()
{
    // What a lost connection showed last is no news.
    const bool isLive = m_advice && m_instance && m_instance->sample() && !m_instance->isStale();
    m_view->setFindings(isLive ? m_advice->findings(m_instance->id())
                               : std::vector<core::advice::Finding>());
}

} // namespace ui::monitor
