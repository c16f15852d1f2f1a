// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/QuestionPanels.h"

#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/PasswordField.h"
#include "ui/common/Theme.h"
#include "ui/instances/PanelColumn.h"

#include <QAction>
#include <QBoxLayout>
#include <QCheckBox>
#include <QEvent>
#include <QLineEdit>
#include <QPushButton>

namespace ui::instances {

namespace {

QLabel *wrapped(TextStyle style, TextTone tone)
{
    auto *label = new Label(style, tone);
    label->setWordWrap(true);
    return label;
}

QHBoxLayout *buttonRow(QPushButton *primary, QPushButton *other)
{
    auto *row = new QHBoxLayout;
    row->addWidget(primary);
    row->addWidget(other);
    row->addStretch(1);
    return row;
}

} // namespace

HostKeyPanel::HostKeyPanel(QWidget *parent)
    : QWidget(parent)
    , m_title(wrapped(TextStyle::Title, TextTone::Primary))
    , m_text(wrapped(TextStyle::Body, TextTone::Secondary))
    , m_offeredLabel(wrapped(TextStyle::Caption, TextTone::Secondary))
    , m_offered(wrapped(TextStyle::Mono, TextTone::Primary))
    , m_knownLabel(wrapped(TextStyle::Caption, TextTone::Secondary))
    , m_known(wrapped(TextStyle::Mono, TextTone::Primary))
    , m_advice(wrapped(TextStyle::Body, TextTone::Secondary))
    , m_accept(new QPushButton)
    , m_refuse(new QPushButton)
{
    setObjectName(QStringLiteral("hostKeyPanel"));
    m_offered->setObjectName(QStringLiteral("hostKeyOffered"));
    m_known->setObjectName(QStringLiteral("hostKeyKnown"));
    m_accept->setObjectName(QStringLiteral("hostKeyAccept"));
    m_refuse->setObjectName(QStringLiteral("hostKeyRefuse"));
    for (QLabel *label : {m_offered, m_known})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *body = new QVBoxLayout;
    body->setSpacing(space::s);
    for (QLabel *label :
         {m_title, m_text, m_knownLabel, m_known, m_offeredLabel, m_offered, m_advice})
        body->addWidget(label);
    body->addSpacing(space::s);
    body->addLayout(buttonRow(m_accept, m_refuse));
    panelColumn(this, body, 620);
    connect(m_accept, &QPushButton::clicked, this, [this] {
        if (m_question.verdict == core::ssh::HostKeyVerdict::Changed)
            Q_EMIT replaced();
        else
            Q_EMIT trusted();
    });
    connect(m_refuse, &QPushButton::clicked, this, &HostKeyPanel::refused);
}

void HostKeyPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        render();
}

void HostKeyPanel::ask(const core::ssh::HostKeyQuestion &question, const QString &instance)
{
    m_question = question;
    m_instance = instance;
    render();
    // The careful answer has the focus when a key has changed.
    (question.verdict == core::ssh::HostKeyVerdict::Changed ? m_refuse : m_accept)->setFocus();
}

void HostKeyPanel::render()
{
    const bool changed = m_question.verdict == core::ssh::HostKeyVerdict::Changed;
    const QString address = QStringLiteral("%1:%2").arg(m_question.host).arg(m_question.port);
    const QString type = QString::fromLatin1(m_question.offered.type);
    m_offered->setText(m_question.offered.fingerprint());
    m_offered->setAccessibleName(tr("Offered fingerprint %1").arg(m_offered->text()));
    m_knownLabel->setVisible(changed);
    m_known->setVisible(changed);
    setButtonKind(m_accept, changed ? ButtonKind::Destructive : ButtonKind::Primary);
    m_refuse->setText(tr("Cancel"));
    if (!changed) {
        m_title->setText(m_question.isJumpHost ? tr("First time at the jump host %1").arg(address)
                                               : tr("First time at %1").arg(address));
        m_text->setText(tr("This is the key the server shows. Nothing secret has been sent yet."));
        m_offeredLabel->setText(tr("%1 fingerprint").arg(type));
        m_advice->setText(
            tr("The first time this is normal. If your provider or administrator tells you the "
               "fingerprint, compare it. From now on Danlu trusts exactly this key for %1.")
                .arg(m_instance));
        m_accept->setText(tr("Trust and connect"));
        return;
    }
    QStringList known;
    for (const core::ssh::HostKey &key : m_question.known)
        known.append(QString::fromLatin1(key.type) + u' ' + key.fingerprint());
    m_title->setText(tr("The key of %1 has changed").arg(address));
    m_text->setText(tr("Danlu did not sign in: nothing secret has been sent."));
    m_knownLabel->setText(tr("Trusted so far"));
    m_known->setText(known.join(u'\n'));
    m_known->setAccessibleName(tr("Trusted fingerprint %1").arg(m_known->text()));
    m_offeredLabel->setText(tr("Shown now (%1)").arg(type));
    m_advice->setText(tr(
        "Usual reasons: you changed the image or reset the system; the instance moved to another "
        "host; the address now belongs to somebody else's instance. If none of these can be, "
        "someone may be listening in between: don't connect."));
    m_accept->setText(tr("Replace for this instance"));
}

SecretPanel::SecretPanel(QWidget *parent)
    : QWidget(parent)
    , m_title(wrapped(TextStyle::Title, TextTone::Primary))
    , m_text(wrapped(TextStyle::Body, TextTone::Secondary))
    , m_field(new PasswordField)
    , m_remember(new QCheckBox)
    , m_noKeychain(wrapped(TextStyle::Caption, TextTone::Secondary))
    , m_accept(new QPushButton)
    , m_cancel(new QPushButton)
{
    setObjectName(QStringLiteral("secretPanel"));
    m_field->setObjectName(QStringLiteral("secretField"));
    m_remember->setObjectName(QStringLiteral("secretRemember"));
    m_remember->setChecked(true);
    m_accept->setObjectName(QStringLiteral("secretAccept"));
    m_cancel->setObjectName(QStringLiteral("secretCancel"));
    setButtonKind(m_accept, ButtonKind::Primary);
    auto *body = new QVBoxLayout;
    body->setSpacing(space::m);
    body->addWidget(m_title);
    body->addWidget(m_text);
    body->addWidget(m_field);
    body->addWidget(m_remember);
    body->addWidget(m_noKeychain);
    body->addLayout(buttonRow(m_accept, m_cancel));
    panelColumn(this, body, 460);
    connect(m_field, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_accept->setEnabled(!text.isEmpty()); });
    connect(m_field, &QLineEdit::returnPressed, this, &SecretPanel::accept);
    connect(m_accept, &QPushButton::clicked, this, &SecretPanel::accept);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_field->forget();
        Q_EMIT cancelled();
    });
}

void SecretPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        render();
}

void SecretPanel::ask(const core::fleet::SecretQuestion &question)
{
    m_question = question;
    m_field->forget();
    m_accept->setEnabled(false);
    render();
    m_field->setFocus();
}

void SecretPanel::render()
{
    const bool password = m_question.kind == core::fleet::SecretQuestion::Kind::Password;
    m_title->setText(password ? tr("Password of %1").arg(m_question.subject)
                              : tr("Passphrase of %1").arg(m_question.subject));
    m_text->setVisible(m_question.wasRejected);
    m_text->setText(password ? tr("The server refused the last one. After a restart of the "
                                  "instance the password may "
                                  "be another: copy it again from the console.")
                             : tr("The last one does not open this key."));
    m_field->setAccessibleName(password ? tr("Password") : tr("Passphrase"));
    m_remember->setText(tr("Remember in the system's keychain"));
    m_remember->setVisible(m_question.canRemember);
    m_noKeychain->setVisible(!m_question.canRemember);
    m_noKeychain->setText(tr("Kept for this session only: this system has no keychain service."));
    m_accept->setText(tr("Sign in"));
    m_cancel->setText(tr("Cancel"));
}

void SecretPanel::accept()
{
    QString typed = m_field->text();
    if (typed.isEmpty())
        return;
    m_field->forget();
    Q_EMIT answered(core::SecretBytes::takeFrom(typed),
                    m_question.canRemember && m_remember->isChecked());
}

PromptPanel::PromptPanel(QWidget *parent)
    : QWidget(parent)
    , m_title(wrapped(TextStyle::Title, TextTone::Primary))
    , m_text(wrapped(TextStyle::Body, TextTone::Secondary))
    , m_fields(new QVBoxLayout)
    , m_accept(new QPushButton)
    , m_cancel(new QPushButton)
{
    setObjectName(QStringLiteral("promptPanel"));
    m_accept->setObjectName(QStringLiteral("promptAccept"));
    m_cancel->setObjectName(QStringLiteral("promptCancel"));
    setButtonKind(m_accept, ButtonKind::Primary);
    auto *body = new QVBoxLayout;
    body->setSpacing(space::m);
    body->addWidget(m_title);
    body->addWidget(m_text);
    body->addLayout(m_fields);
    body->addLayout(buttonRow(m_accept, m_cancel));
    panelColumn(this, body, 460);
    connect(m_accept, &QPushButton::clicked, this, &PromptPanel::accept);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        for (QLineEdit *edit : m_edits)
            edit->setText(QString());
        Q_EMIT cancelled();
    });
}

void PromptPanel::ask(const core::ssh::Prompt &prompt)
{
    while (QLayoutItem *item = m_fields->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_edits.clear();
    m_title->setText(prompt.name.isEmpty() ? tr("The server asks") : prompt.name);
    m_text->setText(prompt.instruction);
    m_text->setVisible(!prompt.instruction.isEmpty());
    for (const core::ssh::Prompt::Question &question : prompt.questions) {
        auto *label = new Label(question.text.trimmed(), TextStyle::Body);
        QLineEdit *edit = question.echo ? new QLineEdit : new PasswordField;
        edit->setObjectName(QStringLiteral("promptField%1").arg(m_edits.size()));
        edit->setAccessibleName(question.text.trimmed());
        connect(edit, &QLineEdit::returnPressed, this, &PromptPanel::accept);
        m_fields->addWidget(label);
        m_fields->addWidget(edit);
        m_edits.push_back(edit);
    }
    m_accept->setText(tr("Continue"));
    m_cancel->setText(tr("Cancel"));
    if (!m_edits.empty())
        m_edits.front()->setFocus();
}

void PromptPanel::accept()
{
    std::vector<core::SecretBytes> answers;
    for (QLineEdit *edit : m_edits) {
        QString typed = edit->text();
        edit->setText(QString()); // unlike clear(), which could be undone
        answers.push_back(core::SecretBytes::takeFrom(typed));
    }
    Q_EMIT answered(answers);
}

} // namespace ui::instances
