// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/KeysPage.h"

#include "ui/common/Label.h"
#include "ui/keys/AgentKeys.h"
#include "ui/keys/InstanceKeys.h"
#include "ui/keys/LocalKeys.h"

#include <QBoxLayout>
#include <QEvent>
#include <QStackedWidget>
#include <QTabBar>

#include <array>

namespace ui::keys {

KeysPage::KeysPage(core::fleet::Fleet &fleet, core::fleet::Instance::Services services,
                   core::keys::KeyWorker &worker, QWidget *parent)
    : QWidget(parent)
    , m_title(new Label(TextStyle::Display))
    , m_tabs(new QTabBar)
    , m_tools(new QStackedWidget)
    , m_parts(new QStackedWidget)
    , m_local(new LocalKeys(fleet, services, worker))
    , m_inAgent(new AgentKeys(fleet, worker))
    , m_onInstance(new InstanceKeys(fleet))
{
    setObjectName(QStringLiteral("keysPage"));
    m_tabs->setObjectName(QStringLiteral("keysTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    addPart(m_local);
    addPart(m_inAgent);
    addPart(m_onInstance);
    auto *top = new QHBoxLayout;
    top->addWidget(m_title);
    top->addWidget(m_tools, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addLayout(top);
    layout->addWidget(m_tabs);
    layout->addWidget(m_parts, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &KeysPage::showPart);
    connect(m_local, &LocalKeys::installRequested, this, &KeysPage::installRequested);
    connect(m_local, &LocalKeys::listed, this, [this] {
        m_inAgent->setOwnKeys(m_local->keys());
        m_onInstance->setOwnKeys(m_local->keys());
    });
    connect(m_inAgent, &AgentKeys::listed, this,
            [this] { m_onInstance->setAgentKeys(m_inAgent->keys()); });
    connect(m_inAgent, &AgentKeys::agentRequested, this, &KeysPage::agentRequested);
    connect(m_onInstance, &InstanceKeys::instanceChanged, this, &KeysPage::askAgent);
    connect(m_onInstance, &InstanceKeys::connectRequested, this, &KeysPage::connectRequested);
    connect(m_onInstance, &InstanceKeys::installRequested, this,
            [this](core::fleet::Instance *instance) { Q_EMIT installRequested(instance, {}, {}); });
    retranslate();
}

KeysPage::~KeysPage() = default;

void KeysPage::addPart(KeysPart *part)
{
    m_tabs->addTab(QString());
    m_tools->addWidget(part->tools());
    m_parts->addWidget(part);
}

void KeysPage::showPart()
{
    m_tools->setCurrentIndex(m_tabs->currentIndex());
    m_parts->setCurrentIndex(m_tabs->currentIndex());
    refresh();
}

void KeysPage::refresh()
{
    // The other parts tell ours by it.
    m_local->refresh();
    auto *shown = static_cast<KeysPart *>(m_parts->currentWidget());
    if (shown != m_local)
        shown->refresh();
    askAgent();
}

/// Only where it matters: an agent may ask its owner before it lists its keys.
void KeysPage::askAgent()
{
    if (m_parts->currentWidget() == m_onInstance && m_onInstance->isThroughAgent())
        m_inAgent->refresh();
}

void KeysPage::setUses(const QHash<QString, QDateTime> &uses)
{
    m_local->setUses(uses);
}

void KeysPage::setInstance(core::fleet::Instance *instance)
{
    m_onInstance->setInstance(instance);
}

void KeysPage::retranslate()
{
    setAccessibleName(tr("Keys"));
    m_title->setText(tr("Keys"));
    m_tabs->setAccessibleName(tr("Where the keys are"));
    //: Pages of the Keys page: where keys are
    const std::array<QString, 3> names{tr("On this computer"), tr("In the agent"),
                                       tr("On an instance")};
    for (int tab = 0; tab < m_tabs->count(); ++tab)
        m_tabs->setTabText(tab, names.at(std::size_t(tab)));
}

void KeysPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void KeysPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace ui::keys
