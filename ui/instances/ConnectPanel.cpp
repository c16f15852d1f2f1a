// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/ConnectPanel.h"

#include "core/fleet/Instance.h"
#include "ui/common/Banner.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Theme.h"
#include "ui/instances/ConnectSteps.h"
#include "ui/instances/QuestionPanels.h"
#include "ui/instances/StateWords.h"
#include "ui/models/ProfileErrors.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPushButton>
#include <QStackedLayout>

namespace ui::instances {

using core::fleet::Instance;

ConnectPanel::ConnectPanel(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedLayout(this))
    , m_steps(new ConnectSteps)
    , m_hostKey(new HostKeyPanel)
    , m_secret(new SecretPanel)
    , m_prompt(new PromptPanel)
    , m_failure(new QWidget)
    , m_banner(new Banner)
    , m_idlePage(new QWidget)
{
    setObjectName(QStringLiteral("connectPanel"));
    auto *failure = new QVBoxLayout(m_failure);
    failure->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    failure->addWidget(m_banner);
    failure->addStretch(1);
    auto *idle = new QVBoxLayout(m_idlePage);
    idle->setContentsMargins(0, 0, 0, 0);
    for (QWidget *page : {static_cast<QWidget *>(m_steps), static_cast<QWidget *>(m_hostKey),
                          static_cast<QWidget *>(m_secret), static_cast<QWidget *>(m_prompt),
                          m_failure, m_idlePage})
        m_stack->addWidget(page);

    connect(m_steps, &ConnectSteps::cancelled, this, [this] {
        if (m_instance)
            m_instance->disconnectNow();
    });
    connect(m_steps, &ConnectSteps::retryRequested, this, [this] {
        if (m_instance)
            m_instance->connectNow();
    });
    connect(m_hostKey, &HostKeyPanel::trusted, this, [this] {
        if (m_instance)
            m_instance->answerHostKey(true);
    });
    connect(m_hostKey, &HostKeyPanel::replaced, this, [this] {
        if (m_instance)
            m_instance->replaceHostKey();
    });
    connect(m_hostKey, &HostKeyPanel::refused, this, [this] {
        if (m_instance)
            m_instance->disconnectNow();
    });
    connect(m_secret, &SecretPanel::answered, this,
            [this](const core::SecretBytes &secret, bool remember) {
                if (m_instance)
                    m_instance->answerSecret(secret, remember);
            });
    connect(m_secret, &SecretPanel::cancelled, this, [this] {
        if (m_instance)
            m_instance->disconnectNow();
    });
    connect(m_prompt, &PromptPanel::answered, this,
            [this](const std::vector<core::SecretBytes> &answers) {
                if (m_instance)
                    m_instance->answerPrompt(answers);
            });
    connect(m_prompt, &PromptPanel::cancelled, this, [this] {
        if (m_instance)
            m_instance->disconnectNow();
    });
    connect(m_banner, &Banner::actionTriggered, this,
            [this](ErrorAction action) { onAction(action); });
}

bool ConnectPanel::isNeeded(const Instance &instance)
{
    if (instance.hostKeyQuestion() || instance.secretQuestion() || instance.prompt())
        return true;
    if (instance.sample() || instance.state() == Instance::State::Connected)
        return false;
    // What was in use stays in view, and each page tells the state in a strip of its own.
    return !instance.hasBeenConnected() || instance.state() == Instance::State::Failed;
}

void ConnectPanel::setInstance(Instance *instance)
{
    if (m_instance == instance)
        return;
    if (m_instance)
        m_instance->disconnect(this);
    m_instance = instance;
    if (!instance)
        return;
    connect(instance, &Instance::stateChanged, this, &ConnectPanel::update);
    connect(instance, &Instance::profileChanged, this, &ConnectPanel::update);
    connect(instance, &Instance::hostKeyAsked, this, &ConnectPanel::update);
    connect(instance, &Instance::secretAsked, this, &ConnectPanel::update);
    connect(instance, &Instance::promptAsked, this, &ConnectPanel::update);
    update();
}

void ConnectPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        update();
}

void ConnectPanel::update()
{
    if (!m_instance)
        return;
    const auto &profile = m_instance->profile();
    const auto turnTo = [this](QWidget *page) {
        const bool isNew = m_stack->currentWidget() != page;
        m_stack->setCurrentWidget(page);
        return isNew;
    };
    if (m_instance->hostKeyQuestion()) {
        turnTo(m_hostKey);
        m_hostKey->ask(*m_instance->hostKeyQuestion(), profile.name);
    } else if (m_instance->secretQuestion()) {
        turnTo(m_secret);
        m_secret->ask(*m_instance->secretQuestion());
    } else if (m_instance->prompt()) {
        turnTo(m_prompt);
        m_prompt->ask(*m_instance->prompt());
    } else if (m_instance->state() == Instance::State::Failed) {
        turnTo(m_failure);
        showFailure();
    } else if (m_instance->state() == Instance::State::Disconnected) {
        turnTo(m_idlePage);
        showIdle();
    } else if (m_instance->state() == Instance::State::Waiting) {
        turnTo(m_steps);
        const QString why = m_instance->lastError()
                                ? describe(*m_instance->lastError(), errorContext(profile)).title
                                : QString();
        const QString when =
            m_instance->nextRetry() ? format::clock(*m_instance->nextRetry()) : QString();
        m_steps->showWaiting(
            tr("%1. A starting instance needs a moment; the next try is at %2.").arg(why, when));
    } else {
        turnTo(m_steps);
        m_steps->show(m_instance->state(),
                      QStringLiteral("%1:%2").arg(profile.host).arg(profile.port));
    }
}

void ConnectPanel::showFailure()
{
    if (m_instance->lastError())
        m_banner->setError(describe(*m_instance->lastError(), errorContext(m_instance->profile())));
}

void ConnectPanel::showIdle()
{
    delete m_idle;
    m_idle = new EmptyState(m_idlePage);
    const auto &profile = m_instance->profile();
    m_idle->set(icon(Icon::Power, IconTone::Hint), tr("%1 is not connected").arg(profile.name),
                QStringLiteral("%1@%2:%3").arg(profile.user, profile.host).arg(profile.port));
    QPushButton *connectButton = m_idle->addAction(tr("Connect"));
    connectButton->setObjectName(QStringLiteral("connectNow"));
    connect(connectButton, &QPushButton::clicked, m_instance.data(), &Instance::connectNow);
    m_idlePage->layout()->addWidget(m_idle);
}

void ConnectPanel::onAction(ErrorAction action)
{
    if (!m_instance)
        return;
    switch (action) {
    case ErrorAction::Retry:
    case ErrorAction::EnterPassword:
    case ErrorAction::EnterPassphrase:
    case ErrorAction::ReviewHostKey: m_instance->connectNow(); break;
    case ErrorAction::EditProfile:
    case ErrorAction::ChooseKey: Q_EMIT editRequested(); break;
    case ErrorAction::PasteLogin: Q_EMIT pasteRequested(); break;
    case ErrorAction::OpenSettings:
    case ErrorAction::OpenDisks:
    case ErrorAction::None: break;
    }
}

} // namespace ui::instances
