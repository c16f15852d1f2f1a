// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/ProfileDialog.h"

#include "core/base/Money.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/PasswordField.h"
#include "ui/common/Theme.h"

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>
#include <chrono>
#include <utility>

namespace ui::instances {

using core::profiles::AuthKind;
using core::profiles::Price;
using core::profiles::Profile;

namespace {

using namespace std::chrono_literals;

constexpr auto whileTyping = 300ms; ///< so long a word is not finished

/// As people type it: with a point or a comma.
std::optional<core::HourlyRate> typedRate(const QString &text)
{
    return core::hourlyRateOf(text.trimmed().replace(u',', u'.'), {});
}

} // namespace

ProfileDialog::ProfileDialog(const Profile &profile, QWidget *parent)
    : QDialog(parent)
    , m_profile(profile)
{
    setObjectName(QStringLiteral("profileDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(profile.id.isEmpty() ? tr("Add an instance") : tr("Edit %1").arg(profile.name));
    build();
    load();
    updateRows();
    validate();
    resize(480, sizeHint().height());
}

QLineEdit *ProfileDialog::addLine(QFormLayout *form, const char *name, const QString &label)
{
    auto *edit = new QLineEdit(this);
    addLine(form, edit, name, label);
    return edit;
}

void ProfileDialog::addLine(QFormLayout *form, QLineEdit *edit, const char *name,
                            const QString &label)
{
    edit->setObjectName(QLatin1StringView(name));
    edit->setAccessibleName(label);
    form->addRow(label, edit);
    connect(edit, &QLineEdit::textChanged, this, &ProfileDialog::validate);
}

void ProfileDialog::build()
{
    m_form = new QFormLayout;
    m_form->setLabelAlignment(Qt::AlignLeft);
    m_form->setHorizontalSpacing(space::l);
    m_form->setVerticalSpacing(space::s);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_name = addLine(m_form, "profileName", tr("Name"));
    m_host = addLine(m_form, "profileHost", tr("Host"));
    m_port = new QSpinBox(this);
    m_port->setObjectName(QStringLiteral("profilePort"));
    m_port->setAccessibleName(tr("Port"));
    m_port->setRange(1, 65535);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_form->addRow(tr("Port"), m_port);
    m_user = addLine(m_form, "profileUser", tr("User"));
    m_auth = new QComboBox(this);
    m_auth->setObjectName(QStringLiteral("profileAuth"));
    m_auth->setAccessibleName(tr("Sign in with"));
    m_auth->addItem(tr("Password"), int(AuthKind::Password));
    m_auth->addItem(tr("Key file"), int(AuthKind::Key));
    m_auth->addItem(tr("SSH agent"), int(AuthKind::Agent));
    m_form->addRow(tr("Sign in with"), m_auth);
    connect(m_auth, &QComboBox::currentIndexChanged, this, &ProfileDialog::updateRows);

    m_password = new PasswordField(this);
    addLine(m_form, m_password, "profilePassword", tr("Password"));
    m_password->setPlaceholderText(m_profile.id.isEmpty() ? tr("asked for when connecting")
                                                          : tr("unchanged"));
    connect(this, &QDialog::finished, m_password, &PasswordField::forget);
    m_key = addLine(m_form, "profileKey", tr("Key file"));
    m_key->setPlaceholderText(tr("empty: agent and ~/.ssh/id_*"));
    QAction *browse =
        m_key->addAction(icon(Icon::Folder, IconTone::Secondary), QLineEdit::TrailingPosition);
    browse->setText(tr("Choose…"));
    browse->setToolTip(tr("Choose…"));
    connect(browse, &QAction::triggered, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Choose a private key"),
                                       QDir::homePath() + QStringLiteral("/.ssh"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFilter(QDir::Files | QDir::Hidden);
        connect(dialog, &QFileDialog::fileSelected, m_key, &QLineEdit::setText);
        dialog->open();
    });
    m_jump = addLine(m_form, "profileJump", tr("Jump host"));
    m_jump->setPlaceholderText(tr("user@host:port, or another instance's name"));

    auto *priceRow = new QHBoxLayout;
    m_price = new QLineEdit(this);
    m_price->setObjectName(QStringLiteral("profilePrice"));
    m_price->setAccessibleName(tr("Price per hour"));
    m_price->setPlaceholderText(QStringLiteral("1.98"));
    connect(m_price, &QLineEdit::textChanged, this, &ProfileDialog::validate);
    m_currency = new QComboBox(this);
    m_currency->setObjectName(QStringLiteral("profileCurrency"));
    m_currency->setAccessibleName(tr("Currency"));
    m_currency->addItems({QStringLiteral("CNY"), QStringLiteral("USD")});
    priceRow->addWidget(m_price, 1);
    priceRow->addWidget(m_currency);
    m_form->addRow(tr("Price per hour"), priceRow);
    m_proposed = new ProposedPrices(this);
    m_form->addRow(QString(), m_proposed);
    connect(m_proposed, &ProposedPrices::chosen, this, [this](core::HourlyRate rate) {
        m_price->setText(core::decimalText(rate));
        m_currency->setCurrentText(QString(core::currencyCode(rate.currency)));
        m_price->setFocus();
    });
    m_typing.setSingleShot(true);
    m_typing.setInterval(whileTyping);
    connect(&m_typing, &QTimer::timeout, this, &ProfileDialog::proposePrices);
    for (const QLineEdit *edit : {m_name, m_host})
        connect(edit, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    m_note = addLine(m_form, "profileNote", tr("Note"));

    m_problem = new Label(TextStyle::Body, TextTone::Warning, this);
    m_problem->setObjectName(QStringLiteral("profileProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(this);
    m_save = buttons->addButton(m_profile.id.isEmpty() ? tr("Add") : tr("Save"),
                                QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("profileSave"));
    setButtonKind(m_save, ButtonKind::Primary);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole)
        ->setObjectName(QStringLiteral("profileCancel"));
    if (!m_profile.id.isEmpty()) {
        // The role that stands at the far end on every platform, away from Save and Cancel.
        auto *known = buttons->addButton(tr("Import from known_hosts"), QDialogButtonBox::HelpRole);
        known->setObjectName(QStringLiteral("profileKnownHosts"));
        known->setToolTip(tr("Trust the host keys that ~/.ssh/known_hosts lists for this address"));
        connect(known, &QPushButton::clicked, this,
                [this] { Q_EMIT importKnownHostsRequested(entered()); });
    }
    connect(buttons, &QDialogButtonBox::accepted, this, &ProfileDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::l);
    layout->addLayout(m_form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
}

void ProfileDialog::load()
{
    m_name->setText(m_profile.name);
    m_host->setText(m_profile.host);
    m_port->setValue(m_profile.port);
    m_user->setText(m_profile.user);
    m_auth->setCurrentIndex(m_auth->findData(int(m_profile.auth)));
    m_key->setText(m_profile.identityFile);
    m_jump->setText(m_profile.jump);
    m_note->setText(m_profile.note);
    if (m_profile.price) {
        m_price->setText(core::decimalText(core::HourlyRate{m_profile.price->tenThousandths, {}}));
        if (m_currency->findText(m_profile.price->currency) < 0)
            m_currency->addItem(m_profile.price->currency); // of a newer version; kept as it is
        m_currency->setCurrentText(m_profile.price->currency);
    }
}

void ProfileDialog::updateRows()
{
    const auto kind = AuthKind(m_auth->currentData().toInt());
    const auto show = [this](QWidget *field, bool shown) {
        field->setVisible(shown);
        if (QWidget *label = m_form->labelForField(field))
            label->setVisible(shown);
    };
    show(m_password, kind == AuthKind::Password);
    show(m_key, kind == AuthKind::Key);
}

void ProfileDialog::setPriceSource(PriceSource source)
{
    m_priceSource = std::move(source);
    proposePrices();
}

void ProfileDialog::focusPrice()
{
    m_price->setFocus();
}

void ProfileDialog::proposePrices()
{
    if (m_profile.price || !m_priceSource)
        return;
    m_proposed->set(m_priceSource(entered()));
    resize(width(), std::max(height(), sizeHint().height()));
}

void ProfileDialog::validate()
{
    if (!m_save)
        return;
    QString problem;
    if (!m_price->text().trimmed().isEmpty() && !typedRate(m_price->text()))
        problem = tr("The price is a number like 1.98 or 0.2134.");
    const bool complete = !m_name->text().trimmed().isEmpty() &&
                          !m_host->text().trimmed().isEmpty() &&
                          !m_user->text().trimmed().isEmpty();
    m_save->setEnabled(complete && problem.isEmpty());
    showProblem(problem);
}

void ProfileDialog::showProblem(const QString &text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

Profile ProfileDialog::entered() const
{
    Profile profile = m_profile;
    profile.name = m_name->text().trimmed();
    profile.host = m_host->text().trimmed();
    profile.port = quint16(m_port->value());
    profile.user = m_user->text().trimmed();
    profile.auth = AuthKind(m_auth->currentData().toInt());
    profile.identityFile = m_key->text().trimmed();
    profile.jump = m_jump->text().trimmed();
    profile.note = m_note->text();
    profile.price.reset();
    if (const std::optional<core::HourlyRate> rate = typedRate(m_price->text()))
        profile.price = Price{rate->tenThousandths, m_currency->currentText()};
    return profile;
}

void ProfileDialog::save()
{
    QString typed = m_password->text();
    const core::SecretBytes password = core::SecretBytes::takeFrom(typed);
    Q_EMIT saved(entered(), password);
}

} // namespace ui::instances
