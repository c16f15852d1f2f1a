// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/env/EnvOperations.h"
#include "core/vscode/RemoteCheck.h"
#include "core/vscode/VsCodeLink.h"
#include "core/vscode/WorkspaceWriter.h"

#include <QDialog>
#include <QPointer>

#include <functional>

class QCheckBox;
class QComboBox;
class QPushButton;

namespace core::fleet {
class Instance;
class SshConfigKeeper;
} // namespace core::fleet
namespace core::profiles {
class ProfileStore;
}

namespace ui {
class Banner;
class Label;
} // namespace ui

namespace ui::vscode {

class CheckList;

/// Opens a folder of a connected instance in VS Code or Cursor on this computer: which folder, with
/// which Python to debug, what is in the way. Where ~/.ssh/config does not know the instances yet,
/// it shows what will be written there and asks.
class VsCodeDialog final : public QDialog
{
    Q_OBJECT

public:
    struct Services
    {
        core::profiles::ProfileStore &profiles;
        core::fleet::SshConfigKeeper &sshConfig;
        /// Hands a link to the desktop; false: no program takes it.
        std::function<bool(const QUrl &)> open;
        /// What the instance is asked to reach; "" = nothing.
        QByteArray probe;
    };

    VsCodeDialog(core::fleet::Instance &instance, Services services, core::vscode::Editor editor,
                 QWidget *parent = nullptr);
    ~VsCodeDialog() override;

Q_SIGNALS:
    void editorChosen(core::vscode::Editor editor);

private:
    void build();
    QWidget *buildForm();
    QWidget *buildConfig();
    void fillFolders();
    void fillInterpreters();
    void showChoice();
    [[nodiscard]] core::vscode::Editor editor() const;
    [[nodiscard]] QString editorName() const;
    [[nodiscard]] QByteArray folder() const;
    [[nodiscard]] QString alias() const;
    [[nodiscard]] QStringList configLines() const;
    [[nodiscard]] std::optional<core::vscode::Interpreter> interpreter() const;

    // What happens, one after the other (VsCodeDialogSteps.cpp)
    void look();
    void lookForPythons();
    void start();
    void writeConfig();
    void onConfig();
    void writeFiles();
    void openEditor();
    void fail(const core::Error &error, const QString &title);
    void setBusy(const QString &words);

    QPointer<core::fleet::Instance> m_instance;
    Services m_services;
    QComboBox *m_editor;
    QComboBox *m_folder;
    QComboBox *m_python;
    QCheckBox *m_extensions;
    Label *m_preview;
    CheckList *m_checks;
    QWidget *m_config = nullptr;
    Label *m_configLines = nullptr;
    Label *m_password;
    Label *m_command;
    Banner *m_banner;
    Label *m_busy;
    QPushButton *m_open = nullptr;
    QPushButton *m_copy = nullptr;
    QPointer<core::vscode::RemoteCheck> m_check;
    QPointer<core::vscode::WorkspaceWriter> m_writer;
    QPointer<core::env::LookAround> m_pythonLook;
    core::vscode::RemoteFacts m_facts;
    std::vector<core::vscode::Interpreter> m_interpreters;
    bool m_isWritingConfig = false;
    bool m_hasStarted = false;
    bool m_hasTypedFolder = false;
};

} // namespace ui::vscode
