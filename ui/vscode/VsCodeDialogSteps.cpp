// SPDX-License-Identifier: GPL-3.0-or-later
// What happens after the button: ~/.ssh/config, the files in .vscode, the editor.
#include "ui/vscode/VsCodeDialog.h"

#include "core/fleet/Instance.h"
#include "core/fleet/SshConfigKeeper.h"
#include "ui/common/Banner.h"
#include "ui/common/Describe.h"
#include "ui/common/Label.h"
#include "ui/vscode/CheckList.h"

#include <QCheckBox>
#include <QPushButton>

namespace ui::vscode {

using core::vscode::RemoteCheck;
using core::vscode::WorkspaceWriter;

void VsCodeDialog::look()
{
    if (!m_instance || !m_instance->session())
        return;
    m_checks->showWaiting();
    m_check = new RemoteCheck(*m_instance->session(), m_services.probe);
    connect(m_check, &core::Operation::finished, this, [this, check = m_check.data()] {
        check->deleteLater();
        m_check.clear();
        if (!check->isOk()) {
            m_checks->showError(*check->error());
            return;
        }
        m_facts = check->facts();
        m_checks->showFacts(m_facts);
        fillFolders();
        showChoice();
    });
    lookForPythons();
}

/// As the Environment tab finds them. Without an answer there is none to choose, and the rest goes
/// on.
void VsCodeDialog::lookForPythons()
{
    m_pythonLook =
        new core::env::LookAround(*m_instance->session(), core::env::LookAround::Part::Pythons);
    connect(m_pythonLook, &core::Operation::finished, this, [this, look = m_pythonLook.data()] {
        look->deleteLater();
        m_pythonLook.clear();
        if (look->isOk())
            m_interpreters = core::vscode::interpretersOf(look->report());
        fillInterpreters();
        showChoice();
    });
    fillInterpreters();
}

void VsCodeDialog::start()
{
    m_hasStarted = true;
    m_banner->hide();
    if (m_services.sshConfig.isOn() && !m_services.sshConfig.isBusy())
        writeFiles();
    else
        writeConfig();
}

void VsCodeDialog::writeConfig()
{
    m_isWritingConfig = true;
    setBusy(tr("Writing ~/.ssh/config…"));
    m_services.sshConfig.setOn(true);
}

void VsCodeDialog::onConfig()
{
    if (m_services.sshConfig.isBusy())
        return;
    if (!std::exchange(m_isWritingConfig, false)) {
        showChoice();
        return;
    }
    if (const auto &error = m_services.sshConfig.error())
        fail(*error, tr("~/.ssh/config could not be written"));
    else if (m_services.sshConfig.isOn())
        writeFiles();
    else
        fail({core::ErrorCode::Cancelled, core::Step::Profile, {}},
             tr("~/.ssh/config could not be written"));
}

void VsCodeDialog::writeFiles()
{
    core::vscode::WorkspaceWish wish;
    wish.folder = folder();
    wish.interpreter = interpreter();
    if (m_extensions->isChecked())
        wish.extensions = core::vscode::recommendedExtensions();
    if (!wish.interpreter && wish.extensions.isEmpty()) {
        openEditor();
        return;
    }
    if (!m_instance || !m_instance->session()) {
        fail({core::ErrorCode::Disconnected, core::Step::Transfer, {}},
             tr("The files in .vscode could not be written"));
        return;
    }
    setBusy(tr("Writing the files in .vscode…"));
    m_writer = new WorkspaceWriter(*m_instance->session(), wish);
    connect(m_writer, &core::Operation::finished, this, [this, writer = m_writer.data()] {
        writer->deleteLater();
        m_writer.clear();
        if (writer->isOk()) {
            openEditor();
            return;
        }
        fail(*writer->error(), tr("The files in .vscode could not be written"));
        QPushButton *open = m_banner->addAction(tr("Open without them"));
        open->setObjectName(QStringLiteral("vscodeOpenAnyway"));
        connect(open, &QPushButton::clicked, this, &VsCodeDialog::openEditor);
    });
}

void VsCodeDialog::openEditor()
{
    m_hasStarted = true;
    setBusy({});
    if (m_services.open(core::vscode::remoteLink(editor(), alias(), folder()))) {
        accept();
        return;
    }
    m_hasStarted = false;
    m_banner->clearActions();
    m_banner->setTechnical({});
    //: %1 is "VS Code" or "Cursor"
    m_banner->setMessage(Banner::Kind::Warning,
                         tr("Nothing here opens links of %1").arg(editorName()),
                         tr("Install it with its extension Remote - SSH, or type the command below "
                            "in a terminal."));
    m_banner->show();
    showChoice();
}

void VsCodeDialog::fail(const core::Error &error, const QString &title)
{
    m_hasStarted = false;
    setBusy({});
    Description words = describe(error);
    words.title = title;
    if (error.code == core::ErrorCode::Parse ||
        (error.code == core::ErrorCode::Unsupported && error.step == core::Step::Parse)) {
        words.why = tr("A file in .vscode is not written as VS Code expects it.");
        words.advice = tr("It was left as it is. Mend it in the editor, or remove it.");
    }
    m_banner->clearActions();
    m_banner->setError(withoutActions(words));
    m_banner->show();
    showChoice();
}

void VsCodeDialog::setBusy(const QString &words)
{
    m_busy->setText(words);
    showChoice();
}

} // namespace ui::vscode
