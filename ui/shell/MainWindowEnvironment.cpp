// SPDX-License-Identifier: GPL-3.0-or-later
// The Environment tab in the window.
#include "ui/environment/EnvironmentPage.h"
#include "ui/instances/InstanceList.h"
#include "ui/shell/MainWindow.h"

#include <QStackedWidget>

namespace ui::shell {

using core::fleet::Instance;

environment::EnvironmentPage *MainWindow::environmentPage()
{
    if (!m_environment) {
        m_environment = new environment::EnvironmentPage;
        connect(m_environment, &environment::EnvironmentPage::connectRequested, this, [this] {
            if (Instance *instance = m_list->current())
                instance->connectNow();
        });
        connect(m_environment, &environment::EnvironmentPage::jobRequested, this,
                [this](const core::jobs::JobId &id) {
                    if (const Instance *instance = m_list->current())
                        showJob(instance->id(), id);
                });
        m_content->addWidget(m_environment);
    }
    return m_environment;
}

} // namespace ui::shell
