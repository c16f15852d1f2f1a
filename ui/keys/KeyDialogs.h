// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/KeyWorker.h"

#include <QDialog>
#include <QPointer>

#include <optional>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace ui {
class Label;
class PasswordField;
} // namespace ui

namespace ui::keys {

/// What stands in \a field, which is emptied.
[[nodiscard]] core::SecretBytes takeSecret(PasswordField *field);
/// Words, a form (returned), a line for what is wrong and the buttons, one below the other.
QFormLayout *layOutDialog(QDialog *dialog, Label *words, Label *problem, QDialogButtonBox *buttons);
void addDialogField(QFormLayout *form, const QString &name, QWidget *field, const char *objectName);

/// What a new key is to be: kind, file, comment, passphrase.
class NewKeyDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit NewKeyDialog(core::keys::KeyWorker &worker, QWidget *parent = nullptr);

    /// Takes the passphrase out of the fields: once.
    [[nodiscard]] core::keys::NewKey takeKey();
    /// The passphrase is to go into the keychain.
    [[nodiscard]] bool remembers() const;

private:
    void proposePath();
    void checkPath();
    void check();

    core::keys::KeyWorker &m_worker;
    QComboBox *m_kind;
    QLineEdit *m_path;
    QLineEdit *m_comment;
    PasswordField *m_passphrase;
    PasswordField *m_again;
    QCheckBox *m_remember;
    Label *m_problem;
    QPushButton *m_make;
    QString m_proposed;
    QPointer<core::Operation> m_looking; ///< for the newest path or proposal
    std::optional<bool> m_isTaken;       ///< the path; nullopt = not known yet
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
