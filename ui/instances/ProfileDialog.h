// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"
#include "core/profiles/Profile.h"
#include "ui/instances/ProposedPrices.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace ui {
class PasswordField;
}

namespace ui::instances {

/// Add or edit an instance. Shown with open(); saved() comes with what was entered, and the dialog
/// stays until close() so that a refusal (a taken name) can be shown in it.
class ProfileDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ProfileDialog(const core::profiles::Profile &profile, QWidget *parent = nullptr);

    /// Asked for prices that may be the instance's, at once and when what was entered has changed;
    /// only while it was opened without one.
    using PriceSource = std::function<PriceProposals(const core::profiles::Profile &entered)>;
    void setPriceSource(PriceSource source);
    /// Begins with the price, not with the name.
    void focusPrice();
    /// Shown under the fields in place of closing.
    void showProblem(const QString &text);

Q_SIGNALS:
    /// \a password is empty when the user did not type one.
    void saved(const core::profiles::Profile &profile, const core::SecretBytes &password);
    /// The user wants the keys of ~/.ssh/known_hosts to be trusted for this instance.
    void importKnownHostsRequested(const core::profiles::Profile &profile);

private:
    void build();
    void load();
    void updateRows();
    void proposePrices();
    void validate();
    void save();
    [[nodiscard]] core::profiles::Profile entered() const;
    [[nodiscard]] QLineEdit *addLine(QFormLayout *form, const char *name, const QString &label);
    void addLine(QFormLayout *form, QLineEdit *edit, const char *name, const QString &label);

    core::profiles::Profile m_profile;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_host = nullptr;
    QSpinBox *m_port = nullptr;
    QLineEdit *m_user = nullptr;
    QComboBox *m_auth = nullptr;
    PasswordField *m_password = nullptr;
    QLineEdit *m_key = nullptr;
    QLineEdit *m_jump = nullptr;
    QLineEdit *m_price = nullptr;
    QComboBox *m_currency = nullptr;
    ProposedPrices *m_proposed = nullptr;
    PriceSource m_priceSource;
    QTimer m_typing;
    QLineEdit *m_note = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_save = nullptr;
    QFormLayout *m_form = nullptr;
};

} // namespace ui::instances
