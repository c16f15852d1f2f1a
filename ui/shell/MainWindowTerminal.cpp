// SPDX-License-Identifier: GPL-3.0-or-later
// The Terminal tab in the window.
#include "ui/instances/InstanceList.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"
#include "ui/terminal/TerminalPage.h"

#include <QDesktopServices>
#include <QStackedWidget>
#include <QTabBar>

namespace ui::shell {

terminal::TerminalPage *MainWindow::terminalPage()
{
    if (!m_terminal) {
        m_terminal = new terminal::TerminalPage;
        m_terminal->setFontSize(m_services.settings.terminalFontSize());
        connect(m_terminal, &terminal::TerminalPage::fontSizeChanged, &m_services.settings,
                &settings::Settings::setTerminalFontSize);
        connect(m_terminal, &terminal::TerminalPage::linkActivated, this,
                [](const QUrl &url) { QDesktopServices::openUrl(url); });
        m_content->addWidget(m_terminal);
    }
    return m_terminal;
}

void MainWindow::attachTerminal(const QString &name, const QByteArray &command)
{
    terminalPage()->setInstance(m_list->current());
    if (!m_terminal->attach(name, command))
        tell(tr("No further terminal can be opened"), tr("Close one of those that are open."));
    m_tabs->setCurrentIndex(terminalTab);
}

} // namespace ui::shell
