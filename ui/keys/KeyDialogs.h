// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/KeyWorker.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace ui {
class Label;
class PasswordField;
} // namespace ui

namespace ui::keys {

/// What a new key is to be: kind, file, comment, passphrase.
class NewKeyDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit NewKeyDialog(QWidget *parent = nullptr);

    /// Takes the passphrase out of the fields: once.
    [[nodiscard]] core::keys::NewKey takeKey();
    /// The passphrase is to go into the keychain.
    [[nodiscard]] bool remembers() const;

private:
    void proposePath();
    void check();

    QComboBox *m_kind;
    QLineEdit *m_path;
    QLineEdit *m_comment;
    PasswordField *m_passphrase;
    PasswordField *m_again;
    QCheckBox *m_remember;
    Label *m_problem;
    QPushButton *m_make;
    QString m_proposed;
};

/// Asks for passphrases of a key file: the present one, a new one, or both.
class PassphraseDialog final : public QDialog
{
    Q_OBJECT

public:
    enum Ask { Present = 1, New = 2 };

    PassphraseDialog(const QString &title, const QString &question, int asks, const QString &accept,
                     QWidget *parent = nullptr);

    /// Each once.
    [[nodiscard]] core::SecretBytes takePresent();
    [[nodiscard]] core::SecretBytes takeNew();

private:
    void check();

    PasswordField *m_present = nullptr;
    PasswordField *m_new = nullptr;
    PasswordField *m_again = nullptr;
    Label *m_problem;
    QPushButton *m_accept;
};

} // namespace ui::keys
