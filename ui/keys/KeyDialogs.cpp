// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/KeyDialogs.h"

#include "ui/common/Label.h"
#include "ui/common/PasswordField.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui::keys {

using core::SecretBytes;
using core::keys::KeySpec;
using core::keys::KeyType;

namespace {

constexpr int fieldWidth = 360;

} // namespace

SecretBytes takeSecret(PasswordField *field)
{
    if (!field)
        return {};
    QString text = field->text();
    field->forget();
    return SecretBytes::takeFrom(text);
}

QFormLayout *layOutDialog(QDialog *dialog, Label *words, Label *problem, QDialogButtonBox *buttons)
{
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(space::l);
    form->setVerticalSpacing(space::s);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::m);
    words->setWordWrap(true);
    problem->setWordWrap(true);
    problem->setObjectName(QStringLiteral("keyProblem"));
    layout->addWidget(words);
    layout->addLayout(form);
    layout->addWidget(problem);
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    return form;
}

void addDialogField(QFormLayout *form, const QString &name, QWidget *field, const char *objectName)
{
    field->setObjectName(QLatin1StringView(objectName));
    field->setAccessibleName(name);
    field->setMinimumWidth(fieldWidth);
    form->addRow(name, field);
}

NewKeyDialog::NewKeyDialog(core::keys::KeyWorker &worker, QWidget *parent)
    : QDialog(parent)
    , m_worker(worker)
    , m_kind(new QComboBox)
    , m_path(new QLineEdit)
    , m_comment(new QLineEdit)
    , m_passphrase(new PasswordField)
    , m_again(new PasswordField)
    , m_remember(new QCheckBox(tr("Keep the passphrase in the keychain")))
    , m_problem(new Label(TextStyle::Caption, TextTone::Warning))
{
    setObjectName(QStringLiteral("newKeyDialog"));
    setWindowTitle(tr("New key"));
    setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this](const QString &text, KeyType type, int bits) {
        m_kind->addItem(text, QPoint(int(type), bits));
    };
    add(tr("Ed25519 (small, quick, taken everywhere today)"), KeyType::Ed25519, 0);
    add(QStringLiteral("RSA 3072"), KeyType::Rsa, 3072);
    add(tr("RSA 4096 (for old servers and consoles)"), KeyType::Rsa, 4096);
    add(QStringLiteral("ECDSA 256"), KeyType::Ecdsa256, 0);
    add(QStringLiteral("ECDSA 384"), KeyType::Ecdsa384, 0);
    add(QStringLiteral("ECDSA 521"), KeyType::Ecdsa521, 0);
    m_comment->setText(QString::fromUtf8(core::keys::defaultKeyComment(QDate::currentDate())));
    m_remember->setObjectName(QStringLiteral("keyRemember"));
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_make = buttons->addButton(tr("Make the key"), QDialogButtonBox::AcceptRole);
    m_make->setObjectName(QStringLiteral("keyMake"));
    setButtonKind(m_make, ButtonKind::Primary);
    auto *words = new Label(tr("A passphrase protects the file when somebody gets at this "
                               "computer. Without one the key works by itself."),
                            TextStyle::Body, TextTone::Secondary);
    QFormLayout *form = layOutDialog(this, words, m_problem, buttons);
    addDialogField(form, tr("Kind"), m_kind, "keyKind");
    addDialogField(form, tr("File"), m_path, "keyPath");
    addDialogField(form, tr("Comment"), m_comment, "keyComment");
    addDialogField(form, tr("Passphrase"), m_passphrase, "keyPassphrase");
    addDialogField(form, tr("Once more"), m_again, "keyPassphraseAgain");
    m_passphrase->setPlaceholderText(tr("None"));
    form->addRow(QString(), m_remember);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &NewKeyDialog::proposePath);
    connect(m_path, &QLineEdit::textChanged, this, &NewKeyDialog::checkPath);
    for (PasswordField *field : {m_passphrase, m_again})
        connect(field, &QLineEdit::textChanged, this, &NewKeyDialog::check);
    proposePath();
}

/// Unless the user wrote another.
void NewKeyDialog::proposePath()
{
    if (m_path->text() != m_proposed)
        return;
    const auto type = KeyType(m_kind->currentData().toPoint().x());
    core::keys::PathOperation *free =
        m_worker.freePath(core::keys::defaultKeyFolder(), core::keys::usualKeyName(type), this);
    delete m_looking;
    m_looking = free;
    connect(free, &core::Operation::finished, this, [this, free] {
        free->deleteLater();
        m_looking.clear();
        if (!free->isOk())
            return;
        const bool isMine = m_path->text() == m_proposed;
        m_proposed = free->takeValue();
        if (isMine)
            m_path->setText(m_proposed);
    });
    check();
}

/// On the disk, in a thread of its own: the folder may be on a network.
void NewKeyDialog::checkPath()
{
    m_isTaken.reset();
    delete m_looking;
    const QString path = m_path->text().trimmed();
    if (!path.isEmpty()) {
        core::keys::YesNoOperation *taken = m_worker.isTaken(path, this);
        m_looking = taken;
        connect(taken, &core::Operation::finished, this, [this, taken] {
            taken->deleteLater();
            m_looking.clear();
            if (taken->isOk())
                m_isTaken = taken->value();
            check();
        });
    }
    check();
}

void NewKeyDialog::check()
{
    QString problem;
    if (m_path->text().trimmed().isEmpty())
        problem = m_looking ? QString() : tr("A file is needed.");
    else if (m_isTaken.value_or(false))
        problem = tr("This file is there already; Danlu never writes over a key.");
    else if (m_passphrase->text() != m_again->text())
        problem = m_again->text().isEmpty() ? QString() : tr("The two passphrases differ.");
    m_make->setEnabled(problem.isEmpty() && m_isTaken.has_value() &&
                       m_passphrase->text() == m_again->text());
    m_remember->setEnabled(!m_passphrase->text().isEmpty());
    m_problem->setText(problem);
}

core::keys::NewKey NewKeyDialog::takeKey()
{
    core::keys::NewKey key;
    const QPoint kind = m_kind->currentData().toPoint();
    key.spec.type = KeyType(kind.x());
    if (kind.y() > 0)
        key.spec.rsaBits = kind.y();
    key.path = core::keys::expandKeyPath(m_path->text().trimmed());
    key.comment = core::keys::cleanComment(m_comment->text().trimmed().toUtf8());
    key.passphrase = takeSecret(m_passphrase);
    m_again->forget();
    return key;
}

bool NewKeyDialog::remembers() const
{
    return m_remember->isChecked();
}

PassphraseDialog::PassphraseDialog(const QString &title, const QString &question, int asks,
                                   const QString &accept, QWidget *parent)
    : QDialog(parent)
    , m_problem(new Label(TextStyle::Caption, TextTone::Warning))
{
    setObjectName(QStringLiteral("passphraseDialog"));
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_accept = buttons->addButton(accept, QDialogButtonBox::AcceptRole);
    m_accept->setObjectName(QStringLiteral("passphraseAccept"));
    setButtonKind(m_accept, ButtonKind::Primary);
    QFormLayout *form =
        layOutDialog(this, new Label(question, TextStyle::Body), m_problem, buttons);
    if (asks & Present) {
        m_present = new PasswordField;
        addDialogField(form, tr("Passphrase"), m_present, "passphrasePresent");
        connect(m_present, &QLineEdit::textChanged, this, &PassphraseDialog::check);
    }
    if (asks & New) {
        m_new = new PasswordField;
        m_again = new PasswordField;
        m_new->setPlaceholderText(tr("None"));
        addDialogField(form, tr("New passphrase"), m_new, "passphraseNew");
        addDialogField(form, tr("Once more"), m_again, "passphraseAgain");
        for (PasswordField *field : {m_new, m_again})
            connect(field, &QLineEdit::textChanged, this, &PassphraseDialog::check);
    }
    check();
}

SecretBytes PassphraseDialog::takePresent()
{
    return takeSecret(m_present);
}

SecretBytes PassphraseDialog::takeNew()
{
    SecretBytes secret = takeSecret(m_new);
    if (m_again)
        m_again->forget();
    return secret;
}

void PassphraseDialog::check()
{
    const bool agree = !m_new || m_new->text() == m_again->text();
    const bool given = !m_present || !m_present->text().isEmpty();
    m_accept->setEnabled(agree && given);
    m_problem->setText(agree || m_again->text().isEmpty() ? QString()
                                                          : tr("The two passphrases differ."));
}

} // namespace ui::keys
