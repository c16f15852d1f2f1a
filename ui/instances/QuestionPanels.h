// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"
#include "core/fleet/Instance.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {
class PasswordField;
}

namespace ui::instances {

/// "Is this your instance?": an unknown host key, or a changed one with both fingerprints.
class HostKeyPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit HostKeyPanel(QWidget *parent = nullptr);
    void ask(const core::ssh::HostKeyQuestion &question, const QString &instance);

Q_SIGNALS:
    void trusted();
    void replaced();
    void refused();

protected:
    void changeEvent(QEvent *event) override;

private:
    void render();

    core::ssh::HostKeyQuestion m_question;
    QString m_instance;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_offeredLabel;
    QLabel *m_offered;
    QLabel *m_knownLabel;
    QLabel *m_known;
    QLabel *m_advice;
    QPushButton *m_accept;
    QPushButton *m_refuse;
};

/// Password or passphrase, masked.
class SecretPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit SecretPanel(QWidget *parent = nullptr);
    void ask(const core::fleet::SecretQuestion &question);

Q_SIGNALS:
    void answered(const core::SecretBytes &secret, bool remember);
    void cancelled();

protected:
    void changeEvent(QEvent *event) override;

private:
    void render();
    void accept();

    core::fleet::SecretQuestion m_question;
    QLabel *m_title;
    QLabel *m_text;
    PasswordField *m_field;
    QCheckBox *m_remember;
    QLabel *m_noKeychain;
    QPushButton *m_accept;
    QPushButton *m_cancel;
};

/// The server's own questions (keyboard-interactive).
class PromptPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit PromptPanel(QWidget *parent = nullptr);
    void ask(const core::ssh::Prompt &prompt);

Q_SIGNALS:
    void answered(const std::vector<core::SecretBytes> &answers);
    void cancelled();

private:
    void accept();

    QLabel *m_title;
    QLabel *m_text;
    QVBoxLayout *m_fields;
    std::vector<QLineEdit *> m_edits;
    QPushButton *m_accept;
    QPushButton *m_cancel;
};

} // namespace ui::instances
