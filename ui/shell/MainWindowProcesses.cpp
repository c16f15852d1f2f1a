// SPDX-License-Identifier: GPL-3.0-or-later
// The Processes tab in the window, and the instance opened in VS Code.
#include "core/profiles/ProfileStore.h"
#include "core/vscode/VsCodeLink.h"
#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/instances/InstanceList.h"
#include "ui/processes/ProcessesPage.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"
#include "ui/vscode/VsCodeDialog.h"

#include <QDesktopServices>
#include <QPushButton>
#include <QStackedWidget>

namespace ui::shell {

using core::fleet::Instance;
using core::vscode::Editor;

namespace {

/// Where VS Code's server is fetched from; only asked for its head.
constexpr auto serverDownload = "https://update.code.visualstudio.com/";

} // namespace

processes::ProcessesPage *MainWindow::processesPage()
{
    if (!m_processes) {
        m_processes = new processes::ProcessesPage;
        m_content->addWidget(m_processes);
    }
    return m_processes;
}

/// The button beside the tabs.
QWidget *MainWindow::buildOpenInEditor()
{
    m_openInEditor = new QPushButton(icon(Icon::Edit, IconTone::Secondary), QString());
    m_openInEditor->setObjectName(QStringLiteral("openInEditor"));
    setButtonKind(m_openInEditor, ButtonKind::Plain);
    connect(m_openInEditor, &QPushButton::clicked, this, [this] {
        if (Instance *instance = m_list->current())
            openInEditor(*instance);
    });
    return m_openInEditor;
}

void MainWindow::updateOpenInEditor()
{
    const Instance *instance = m_list->current();
    const bool isCursor = m_services.settings.remoteEditor() == editorScheme(Editor::Cursor);
    m_openInEditor->setText(isCursor ? tr("Open in Cursor…") : tr("Open in VS Code…"));
    m_openInEditor->setAccessibleName(m_openInEditor->text());
    m_openInEditor->setEnabled(instance && instance->session());
    m_openInEditor->setToolTip(m_openInEditor->isEnabled() ? QString()
                                                           : tr("When the instance is connected"));
}

void MainWindow::openInEditor(Instance &instance)
{
    if (!instance.session())
        return;
    const bool isCursor = m_services.settings.remoteEditor() == editorScheme(Editor::Cursor);
    auto *dialog = new vscode::VsCodeDialog(
        instance,
        {m_services.core.profiles, m_sshConfig,
         [](const QUrl &link) { return QDesktopServices::openUrl(link); }, serverDownload},
        isCursor ? Editor::Cursor : Editor::VsCode, this);
    connect(dialog, &vscode::VsCodeDialog::editorChosen, this, [this](Editor editor) {
        m_services.settings.setRemoteEditor(editorScheme(editor));
        updateOpenInEditor();
    });
    dialog->open();
}

} // namespace ui::shell
