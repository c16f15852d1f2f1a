// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Describe.h"

#include <QPointer>
#include <QWidget>

namespace core::fleet {
class Instance;
}

class QStackedLayout;

namespace ui {
class Banner;
class EmptyState;
} // namespace ui

namespace ui::instances {

class ConnectSteps;
class HostKeyPanel;
class PromptPanel;
class SecretPanel;

/// What stands in an instance's page until it is connected: the steps with Cancel, what the user is
/// asked (host key, password, the server's questions), and why it failed with what to do now.
class ConnectPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectPanel(QWidget *parent = nullptr);
    void setInstance(core::fleet::Instance *instance);
    /// True when there is something to ask or to tell that the Monitor tab can't.
    [[nodiscard]] static bool isNeeded(const core::fleet::Instance &instance);

Q_SIGNALS:
    void editRequested();
    void pasteRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void update();
    void showFailure();
    void showIdle();
    void onAction(ErrorAction action);

    QPointer<core::fleet::Instance> m_instance;
    QStackedLayout *m_stack;
    EmptyState *m_idle = nullptr;
    ConnectSteps *m_steps;
    HostKeyPanel *m_hostKey;
    SecretPanel *m_secret;
    PromptPanel *m_prompt;
    QWidget *m_failure;
    Banner *m_banner;
    QWidget *m_idlePage;
};

} // namespace ui::instances
