// SPDX-License-Identifier: GPL-3.0-or-later
// The Files tab and the Transfers page in the window.
#include "ui/common/Icons.h"
#include "ui/files/FilesPage.h"
#include "ui/instances/InstanceList.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"
#include "ui/transfers/TransfersPage.h"

#include <QApplication>
#include <QStackedWidget>
#include <QSystemTrayIcon>
#include <QToolButton>

namespace ui::shell {

files::FilesPage *MainWindow::filesPage()
{
    if (!m_files) {
        m_files = new files::FilesPage(m_services.queue);
        if (!m_services.settings.downloadFolder().isEmpty())
            m_files->setDownloadFolder(m_services.settings.downloadFolder());
        connect(m_files, &files::FilesPage::downloadFolderChanged, this,
                [this](const QString &folder) { m_services.settings.setDownloadFolder(folder); });
        m_content->addWidget(m_files);
        applyCopySettings();
    }
    return m_files;
}

void MainWindow::applyCopySettings()
{
    m_services.queue.setParallel(m_services.settings.parallelCopies());
    m_services.queue.setLimit(m_services.settings.copyLimit());
    if (!m_files)
        return;
    core::transfer::TransferRequest options;
    options.verify = m_services.settings.verifiesCopies();
    const QString links = m_services.settings.links();
    options.links = links == u"follow" ? core::transfer::Links::Follow
                    : links == u"skip" ? core::transfer::Links::Skip
                                       : core::transfer::Links::Copy;
    m_files->setCopyOptions(options);
}

void MainWindow::showTransfers()
{
    if (!m_transfers) {
        m_transfers = new transfers::TransfersPage(m_services.queue);
        m_transfers->setLimit(m_services.settings.copyLimit());
        connect(m_transfers, &transfers::TransfersPage::limitChanged, this,
                [this](qint64 limit) { m_services.settings.setCopyLimit(limit); });
        m_pages->addWidget(m_transfers);
    }
    m_pages->setCurrentWidget(m_transfers);
    m_transfersButton->setChecked(true);
    m_settingsButton->setChecked(false);
}

void MainWindow::updateTransfers()
{
    const int busy = m_services.queue.running() + m_services.queue.waiting();
    //: In the side bar; the number of copies that run or wait
    const QString text = busy > 0 ? tr("Transfers (%1)").arg(busy) : tr("Transfers");
    if (m_transfersButton->text() == text)
        return;
    m_transfersButton->setText(text);
    m_transfersButton->setAccessibleName(text);
}

/// One notification for all that was copied.
void MainWindow::tellIdle(int done, int failed)
{
    if (isActiveWindow())
        return;
    QApplication::alert(this);
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return;
    if (!m_tray) {
        m_tray = new QSystemTrayIcon(appIcon(), this);
        connect(m_tray, &QSystemTrayIcon::messageClicked, this, [this] {
            showTransfers();
            raise();
            activateWindow();
        });
    }
    m_tray->show();
    const QString text = failed == 0 ? tr("%n transfers are done", nullptr, done)
                                     : tr("%n transfers need a look", nullptr, failed);
    m_tray->showMessage(tr("Danlu"), text,
                        failed == 0 ? QSystemTrayIcon::Information : QSystemTrayIcon::Warning);
}

} // namespace ui::shell
