// SPDX-License-Identifier: GPL-3.0-or-later
// The Environment tab in the window, and what takes the room on an instance's disks.
#include "ui/environment/EnvironmentPage.h"
#include "ui/environment/SpaceDialog.h"
#include "ui/files/FilesPage.h"
#include "ui/instances/InstanceList.h"
#include "ui/shell/MainWindow.h"

#include <QPointer>
#include <QStackedWidget>
#include <QTabBar>

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

void MainWindow::showSpace(Instance *instance, const QString &mount)
{
    core::fleet::JobWatch *watch = jobWatch(instance);
    if (!watch)
        return;
    auto *dialog = new environment::SpaceDialog(*watch, mount.toUtf8(), this);
    connect(dialog, &environment::SpaceDialog::folderRequested, this,
            [this, shown = QPointer(instance)](const QByteArray &path) {
                if (!shown || m_list->current() != shown)
                    return;
                m_tabs->setCurrentIndex(filesTab);
                filesPage()->go(path);
            });
    connect(dialog, &environment::SpaceDialog::jobRequested, this,
            [this, id = instance->id()](const core::jobs::JobId &job) { showJob(id, job); });
    dialog->open();
}

} // namespace ui::shell
