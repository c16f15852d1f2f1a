// SPDX-License-Identifier: GPL-3.0-or-later
// The Terminal tab in the window.
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"
#include "ui/terminal/TerminalPage.h"

#include <QDesktopServices>
#include <QStackedWidget>

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

} // namespace ui::shell
