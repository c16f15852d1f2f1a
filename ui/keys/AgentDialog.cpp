// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/AgentDialog.h"

#include "core/base/SecretBytes.h"
#include "ui/common/Describe.h"
#include "ui/common/Label.h"
#include "ui/common/PasswordField.h"
#include "ui/keys/KeyDialogs.h"
#include "ui/keys/KeysPart.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QPushButton>

#include <algorithm>

namespace ui::keys {

using core::keys::KeyEntry;
using core::keys::KeyProblem;

AgentDialog::AgentDialog(const std::vector<KeyEntry> &own, core::keys::KeyWorker &worker,
                         QWidget *parent)
    : QDialog(parent)
    , m_worker(worker)
    , m_choice(new QComboBox)
    , m_passphrase(new PasswordField)
    , m_lifetime(new QComboBox)
    , m_problem(new Label(TextStyle::Caption, TextTone::Warning))
{
    setObjectName(QStringLiteral("agentDialog"));
    setWindowTitle(tr("Add a key to the agent"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *buttons = new QDialogButtonBox;
    m_other = buttons->addButton(tr("Another file…"), QDialogButtonBox::HelpRole);
    m_other->setObjectName(QStringLiteral("agentOtherFile"));
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_add = buttons->addButton(tr("Add"), QDialogButtonBox::AcceptRole);
    m_add->setObjectName(QStringLiteral("agentAddKey"));
    setButtonKind(m_add, ButtonKind::Primary);
    auto *words = new Label(tr("The agent keeps the unlocked key in memory. ssh, git, VS Code and "
                               "Danlu sign in with it and ask for no passphrase."),
                            TextStyle::Body, TextTone::Secondary);
    QFormLayout *form = layOutDialog(this, words, m_problem, buttons);
    addDialogField(form, tr("Key"), m_choice, "agentKey");
    addDialogField(form, tr("Passphrase"), m_passphrase, "agentPassphrase");
    addDialogField(form, tr("Forget it"), m_lifetime, "agentLifetime");
    m_lifetime->addItem(tr("when you sign out or remove it"), 0);
    for (const int hours : {1, 8, 24})
        m_lifetime->addItem(tr("after %n hour(s)", nullptr, hours), hours);

    for (const KeyEntry &key : own) {
        const bool works = key.problem == KeyProblem::None || key.problem == KeyProblem::TooOpen;
        if (!works)
            continue;
        m_keys.push_back(key);
        m_choice->addItem(QFileInfo(key.path).fileName());
    }
    // Not accept(): the dialog waits for the agent.
    disconnect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::accepted, this, &AgentDialog::addRequested);
    connect(this, &QDialog::finished, m_passphrase, &PasswordField::forget);
    connect(m_other, &QPushButton::clicked, this, &AgentDialog::chooseOther);
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        m_passphrase->forget();
        m_problem->clear();
        update();
    });
    connect(m_passphrase, &QLineEdit::textChanged, this, &AgentDialog::update);
    update();
}

QString AgentDialog::path() const
{
    const int at = m_choice->currentIndex();
    return at < 0 ? QString() : m_keys[std::size_t(at)].path;
}

core::keys::AgentConstraints AgentDialog::constraints() const
{
    core::keys::AgentConstraints constraints;
    if (const int hours = m_lifetime->currentData().toInt(); hours > 0)
        constraints.lifetime = std::chrono::hours(hours);
    return constraints;
}

core::SecretBytes AgentDialog::takePassphrase()
{
    return takeSecret(m_passphrase);
}

void AgentDialog::setWorking(bool working)
{
    m_isWorking = working;
    m_add->setText(working ? tr("Adding…") : tr("Add"));
    update();
}

void AgentDialog::showProblem(const QString &text)
{
    m_problem->setText(text);
    if (m_passphrase->isEnabled())
        m_passphrase->setFocus();
}

void AgentDialog::chooseOther()
{
    auto *dialog =
        new QFileDialog(this, tr("Choose a private key"), core::keys::defaultKeyFolder());
    dialog->setObjectName(QStringLiteral("agentFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFilter(QDir::Files | QDir::Hidden);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &AgentDialog::look);
    dialog->open();
}

void AgentDialog::look(const QString &path)
{
    core::keys::KeysOperation *list = m_worker.list({}, {path}, this);
    connect(list, &core::Operation::finished, this, [this, list, path] {
        list->deleteLater();
        if (!list->isOk() || list->value().empty()) {
            const core::Error error = list->error().value_or(
                core::Error{core::ErrorCode::KeyUnusable, core::Step::Key, path});
            showProblem(describe(error, keyContext(path)).title);
            return;
        }
        const KeyEntry &found = list->value().front();
        const auto known = std::find_if(m_keys.begin(), m_keys.end(), [&](const KeyEntry &key) {
            return key.path == found.path;
        });
        const auto at = int(known - m_keys.begin());
        if (known == m_keys.end()) {
            m_keys.push_back(found);
            m_choice->addItem(QDir::toNativeSeparators(found.path));
        }
        m_choice->setCurrentIndex(at);
    });
}

void AgentDialog::update()
{
    const int at = m_choice->currentIndex();
    const bool encrypted = at >= 0 && m_keys[std::size_t(at)].encrypted;
    m_choice->setEnabled(!m_isWorking && m_choice->count() > 0);
    m_lifetime->setEnabled(!m_isWorking);
    m_other->setEnabled(!m_isWorking);
    m_passphrase->setEnabled(!m_isWorking && encrypted);
    m_passphrase->setPlaceholderText(encrypted || at < 0 ? QString() : tr("This key has none"));
    m_add->setEnabled(!m_isWorking && at >= 0 && (!encrypted || !m_passphrase->text().isEmpty()));
}

} // namespace ui::keys
