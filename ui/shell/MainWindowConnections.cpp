// SPDX-License-Identifier: GPL-3.0-or-later
// The Connections tab in the window.
#include "ui/common/Icons.h"
#include "ui/connections/ConnectionsPage.h"
#include "ui/shell/MainWindow.h"

#include <QStackedWidget>
#include <QTabBar>

namespace ui::shell {

void MainWindow::addConnectionsTab()
{
    m_connectionsTab = m_tabs->addTab(icon(Icon::Network, IconTone::Secondary), QString());
}

connections::ConnectionsPage *MainWindow::connectionsPage()
{
    if (!m_connections) {
        m_connections = new connections::ConnectionsPage;
        m_content->addWidget(m_connections);
    }
    return m_connections;
}

} // namespace ui::shell
