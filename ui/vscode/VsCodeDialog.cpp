// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/vscode/VsCodeDialog.h"

#include "core/fleet/Instance.h"
#include "core/fleet/SshConfigKeeper.h"
#include "core/profiles/ProfileStore.h"
#include "core/profiles/SshConfigExport.h"
#include "ui/common/Banner.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/vscode/CheckList.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

namespace ui::vscode {

using core::probe::DiskRole;
using core::vscode::Editor;
using core::vscode::Interpreter;

namespace {

constexpr int dialogWidth = 600;
constexpr int blockHeight = 150;

/// Text of a fixed pitch that may be long, in an area of its own.
QWidget *scrolled(Label *text)
{
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setMargin(space::s);
    text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    text->setAutoFillBackground(true);
    text->setBackgroundRole(QPalette::Midlight);
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(text);
    area->setFixedHeight(blockHeight);
    return area;
}

} // namespace

VsCodeDialog::VsCodeDialog(core::fleet::Instance &instance, Services services, Editor editor,
                           QWidget *parent)
    : QDialog(parent)
    , m_instance(&instance)
    , m_services(std::move(services))
    , m_editor(new QComboBox)
    , m_folder(new QComboBox)
    , m_python(new QComboBox)
    , m_extensions(new QCheckBox)
    , m_preview(new Label(TextStyle::Mono))
    , m_checks(new CheckList)
    , m_password(new Label(TextStyle::Caption, TextTone::Secondary))
    , m_command(new Label(TextStyle::Mono, TextTone::Secondary))
    , m_banner(new Banner)
    , m_busy(new Label(TextStyle::Body, TextTone::Secondary))
{
    setObjectName(QStringLiteral("vscodeDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    //: %1 is the instance's name
    setWindowTitle(tr("Open %1 in an editor").arg(instance.profile().name));
    m_editor->addItem(QStringLiteral("VS Code"), int(Editor::VsCode));
    m_editor->addItem(QStringLiteral("Cursor"), int(Editor::Cursor));
    m_editor->setCurrentIndex(m_editor->findData(int(editor)));
    build();
    fillFolders();
    fillInterpreters();
    connect(m_editor, &QComboBox::currentIndexChanged, this, [this] {
        Q_EMIT editorChosen(this->editor());
        showChoice();
    });
    connect(m_folder, &QComboBox::editTextChanged, this, &VsCodeDialog::showChoice);
    connect(m_folder->lineEdit(), &QLineEdit::textEdited, this,
            [this] { m_hasTypedFolder = true; });
    connect(m_folder, &QComboBox::activated, this, [this] { m_hasTypedFolder = true; });
    connect(m_python, &QComboBox::currentIndexChanged, this, &VsCodeDialog::showChoice);
    connect(&m_services.sshConfig, &core::fleet::SshConfigKeeper::changed, this,
            &VsCodeDialog::onConfig);
    connect(&instance, &core::fleet::Instance::stateChanged, this, &VsCodeDialog::showChoice);
    connect(&instance, &QObject::destroyed, this, &QDialog::reject);
    showChoice();
    look();
}

VsCodeDialog::~VsCodeDialog()
{
    for (core::Operation *operation :
         std::initializer_list<core::Operation *>{m_check.data(), m_writer.data()}) {
        if (operation) {
            operation->disconnect(this);
            operation->cancel();
            operation->deleteLater();
        }
    }
}

void VsCodeDialog::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::m);
    m_banner->setObjectName(QStringLiteral("vscodeBanner"));
    m_banner->hide();
    m_password->setWordWrap(true);
    m_password->setText(tr("This instance is signed in with a password: the editor will ask for "
                           "it. With a key it does not."));
    m_password->setVisible(m_instance->profile().auth == core::profiles::AuthKind::Password);
    m_busy->setObjectName(QStringLiteral("vscodeBusy"));
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_open = buttons->addButton(QString(), QDialogButtonBox::ActionRole);
    m_open->setObjectName(QStringLiteral("vscodeOpen"));
    m_open->setDefault(true);
    setButtonKind(m_open, ButtonKind::Primary);
    m_command->setObjectName(QStringLiteral("vscodeCommand"));
    m_command->setWordWrap(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_copy = new QPushButton(icon(Icon::Copy, IconTone::Secondary), tr("Copy"));
    m_copy->setObjectName(QStringLiteral("vscodeCopy"));
    m_copy->setAccessibleName(tr("Copy the command"));
    setButtonKind(m_copy, ButtonKind::Plain);
    auto *command = new QHBoxLayout;
    command->addWidget(m_command, 1);
    command->addWidget(m_copy);
    layout->addWidget(buildForm());
    layout->addWidget(m_checks);
    layout->addWidget(buildConfig());
    layout->addWidget(m_password);
    layout->addWidget(m_banner);
    layout->addLayout(command);
    auto *last = new QHBoxLayout;
    last->addWidget(m_busy, 1);
    last->addWidget(buttons);
    layout->addLayout(last);
    setMinimumWidth(dialogWidth);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_open, &QPushButton::clicked, this, &VsCodeDialog::start);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
}

QWidget *VsCodeDialog::buildForm()
{
    auto *fields = new QWidget;
    auto *form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(space::l);
    form->setVerticalSpacing(space::s);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto add = [form](const QString &name, QWidget *field, const char *objectName) {
        field->setObjectName(QLatin1StringView(objectName));
        field->setAccessibleName(name);
        form->addRow(name, field);
    };
    m_folder->setEditable(true);
    m_folder->setInsertPolicy(QComboBox::NoInsert);
    m_folder->lineEdit()->setAccessibleName(tr("Folder"));
    //: The program that the folder is opened in
    add(tr("Editor"), m_editor, "vscodeEditor");
    add(tr("Folder"), m_folder, "vscodeFolder");
    //: The Python that programs are debugged with
    add(tr("Debug with"), m_python, "vscodePython");
    m_extensions->setObjectName(QStringLiteral("vscodeExtensions"));
    m_extensions->setText(tr("Recommend the usual extensions: Jupyter, Python, Black Formatter, "
                             "Git Graph, GitLens"));
    m_extensions->setAccessibleName(m_extensions->text());
    m_preview->setObjectName(QStringLiteral("vscodePreview"));
    form->addRow(QString(), m_extensions);
    form->addRow(QString(), scrolled(m_preview));
    return fields;
}

/// What is written to ~/.ssh/config, where nothing of it is there yet.
QWidget *VsCodeDialog::buildConfig()
{
    m_config = new QWidget;
    m_config->setObjectName(QStringLiteral("vscodeConfig"));
    auto *layout = new QVBoxLayout(m_config);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    auto *words = new Label(tr("The editor finds the instance by its name in ~/.ssh/config. Danlu "
                               "writes this as a marked block, keeps it up to date and leaves the "
                               "rest of the file as it is; no password is in it. It can be taken "
                               "out again in the settings."),
                            TextStyle::Body);
    words->setWordWrap(true);
    m_configLines = new Label(TextStyle::Mono);
    m_configLines->setObjectName(QStringLiteral("vscodeConfigLines"));
    layout->addWidget(words);
    layout->addWidget(scrolled(m_configLines));
    return m_config;
}

Editor VsCodeDialog::editor() const
{
    return Editor(m_editor->currentData().toInt());
}

QString VsCodeDialog::editorName() const
{
    return m_editor->currentText();
}

QByteArray VsCodeDialog::folder() const
{
    QString text = m_folder->currentText().trimmed();
    if (!m_facts.home.isEmpty() && (text == u"~" || text.startsWith(u"~/")))
        text.replace(0, 1, QString::fromUtf8(m_facts.home));
    return text.toUtf8();
}

/// Its name in ~/.ssh/config, "" = it can't be there.
QString VsCodeDialog::alias() const
{
    const std::vector<core::profiles::Profile> &all = m_services.profiles.profiles();
    const QStringList aliases = core::profiles::sshAliases(all);
    for (std::size_t i = 0; m_instance && i < all.size(); ++i) {
        if (all[i].id == m_instance->id() &&
            configLines().contains(QStringLiteral("Host ") + aliases[qsizetype(i)]))
            return aliases[qsizetype(i)];
    }
    return {};
}

QStringList VsCodeDialog::configLines() const
{
    QStringList skipped;
    return core::profiles::sshConfigLines(m_services.profiles.profiles(),
                                          m_services.sshConfig.place().knownHostsFile, skipped);
}

std::optional<Interpreter> VsCodeDialog::interpreter() const
{
    const int number = m_python->currentData().toInt();
    if (number < 0 || number >= int(m_interpreters.size()))
        return std::nullopt;
    return m_interpreters[std::size_t(number)];
}

/// The data disk first: what is on it is neither small nor lost with the image.
void VsCodeDialog::fillFolders()
{
    QStringList folders;
    const auto add = [&folders](const QString &path) {
        if (!path.isEmpty() && !folders.contains(path))
            folders += path;
    };
    if (const auto sample = m_instance ? m_instance->sample() : nullptr) {
        for (const core::probe::DiskInfo &disk : sample->disks) {
            if (disk.role == DiskRole::Data)
                add(disk.mount);
        }
    }
    for (const QByteArray &path : std::as_const(m_facts.folders))
        add(QString::fromUtf8(path));
    add(QString::fromUtf8(m_facts.home));
    if (folders.isEmpty())
        add(QStringLiteral("/root"));
    const QString typed = m_folder->currentText();
    const bool isOwn = m_hasTypedFolder || (m_folder->count() > 0 && m_folder->findText(typed) < 0);
    m_folder->clear();
    m_folder->addItems(folders);
    if (isOwn)
        m_folder->setEditText(typed);
}

void VsCodeDialog::fillInterpreters()
{
    m_python->clear();
    m_python->addItem(
        m_pythonLook ? tr("Looking for the environments…") : tr("Leave launch.json as it is"), -1);
    int number = 0;
    for (const Interpreter &one : m_interpreters)
        m_python->addItem(one.prefix.isEmpty() ? one.name
                                               //: A conda environment and where it is
                                               : tr("%1  (%2)").arg(one.name, one.prefix),
                          number++);
    m_python->setEnabled(number > 0);
}

void VsCodeDialog::showChoice()
{
    const bool isConnected = m_instance && m_instance->session();
    const bool knowsHosts = m_services.sshConfig.isOn() && !m_isWritingConfig;
    m_config->setVisible(!knowsHosts);
    m_configLines->setText(configLines().join(u'\n'));
    const auto python = interpreter();
    m_preview->parentWidget()->parentWidget()->setVisible(python.has_value());
    if (python)
        m_preview->setText(QStringLiteral(".vscode/launch.json\n") +
                           QString::fromUtf8(core::vscode::launchConfiguration(*python)));
    //: %1 is "VS Code" or "Cursor"
    m_open->setText(knowsHosts ? tr("Open in %1").arg(editorName())
                               : tr("Write it and open in %1").arg(editorName()));
    const QString name = alias();
    const bool isPath = folder().startsWith('/');
    m_command->setText(name.isEmpty() || !isPath
                           ? QString()
                           : core::vscode::remoteCommand(editor(), name, folder()));
    m_copy->setVisible(!m_command->text().isEmpty());
    m_open->setEnabled(isConnected && !m_hasStarted && !name.isEmpty() && isPath);
    if (name.isEmpty()) {
        m_banner->setMessage(Banner::Kind::Error, tr("~/.ssh/config can't hold this instance"),
                             tr("Its address, user or key file has characters that ssh's file has "
                                "no way to write."));
        m_banner->show();
    }
}

} // namespace ui::vscode
