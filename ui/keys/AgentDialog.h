// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/AgentClient.h"
#include "core/keys/KeyWorker.h"

#include <QDialog>

class QComboBox;
class QPushButton;

namespace ui {
class Label;
class PasswordField;
} // namespace ui

namespace ui::keys {

/// Which key file goes into the agent, and for how long. Stays until it is there: a wrong
/// passphrase is told in it.
class AgentDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a own: what is offered; others can be chosen.
    AgentDialog(const std::vector<core::keys::KeyEntry> &own, core::keys::KeyWorker &worker,
                QWidget *parent = nullptr);

    [[nodiscard]] QString path() const;
    [[nodiscard]] core::keys::AgentConstraints constraints() const;
    /// Once for each addRequested().
    [[nodiscard]] core::SecretBytes takePassphrase();
    /// Nothing can be changed meanwhile.
    void setWorking(bool working);
    void showProblem(const QString &text);

Q_SIGNALS:
    void addRequested();

private:
    void chooseOther();
    void look(const QString &path);
    void update();

    core::keys::KeyWorker &m_worker;
    std::vector<core::keys::KeyEntry> m_keys; ///< in the order of the choice
    QComboBox *m_choice;
    PasswordField *m_passphrase;
    QComboBox *m_lifetime;
    Label *m_problem;
    QPushButton *m_add;
    QPushButton *m_other;
    bool m_isWorking = false;
};

} // namespace ui::keys
