// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/ActionDialog.h"

#include "ui/common/Label.h"
#include "ui/environment/EnvironmentWords.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontMetrics>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

#include <algorithm>

namespace ui::environment {

namespace {

constexpr int actionWidth = 560;
constexpr int commandRows = 6;

} // namespace

ActionDialog::ActionDialog(const QString &title, const QString &startText, QWidget *parent)
    : QDialog(parent)
    , m_form(new QFormLayout)
    , m_words(new Label(TextStyle::Body, TextTone::Secondary))
    , m_command(new QPlainTextEdit)
    , m_problem(new Label(TextStyle::Body, TextTone::Warning))
{
    setObjectName(QStringLiteral("environmentDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setMinimumWidth(actionWidth);
    auto *heading = new Label(title, TextStyle::Title);
    heading->setWordWrap(true);
    m_words->setWordWrap(true);
    m_words->hide();
    m_form->setHorizontalSpacing(space::l);
    m_form->setVerticalSpacing(space::s);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_command->setObjectName(QStringLiteral("environmentCommand"));
    m_command->setReadOnly(true);
    m_command->setTabChangesFocus(true);
    m_command->setFont(textFont(TextStyle::Mono));
    m_command->setFixedHeight(QFontMetrics(m_command->font()).lineSpacing() * commandRows +
                              2 * space::s);
    auto *runs = new Label(tr("This runs"), TextStyle::Body, TextTone::Secondary);
    runs->setBuddy(m_command);
    m_command->setAccessibleName(runs->text());
    m_problem->setObjectName(QStringLiteral("environmentProblem"));
    m_problem->setWordWrap(true);
    auto *buttons = new QDialogButtonBox;
    m_cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_cancel->setAutoDefault(false); // else Return means it while nothing can be started
    m_start = buttons->addButton(startText, QDialogButtonBox::AcceptRole);
    m_start->setObjectName(QStringLiteral("environmentStart"));
    m_start->setDefault(true);
    setButtonKind(m_start, ButtonKind::Primary);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(heading);
    layout->addWidget(m_words);
    layout->addLayout(m_form);
    layout->addWidget(runs);
    layout->addWidget(m_command);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const auto spec = m_maker();
        if (!spec)
            return;
        Q_EMIT startRequested(*spec);
        accept();
    });
}

void ActionDialog::setWords(const QString &words)
{
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
}

QLineEdit *ActionDialog::addLine(const QString &label, const char *name, const QString &placeholder)
{
    auto *field = new QLineEdit;
    field->setObjectName(QLatin1StringView(name));
    field->setPlaceholderText(placeholder);
    field->setAccessibleName(label);
    auto *words = new Label(label, TextStyle::Body, TextTone::Secondary);
    words->setBuddy(field);
    m_form->addRow(words, field);
    m_lines.append(field);
    connect(field, &QLineEdit::textChanged, this, &ActionDialog::update);
    return field;
}

QComboBox *ActionDialog::addChoice(const QString &label, const char *name,
                                   const QStringList &choices)
{
    auto *field = new QComboBox;
    field->setObjectName(QLatin1StringView(name));
    field->addItems(choices);
    field->setAccessibleName(label);
    auto *words = new Label(label, TextStyle::Body, TextTone::Secondary);
    words->setBuddy(field);
    m_form->addRow(words, field);
    connect(field, &QComboBox::currentIndexChanged, this, &ActionDialog::update);
    return field;
}

void ActionDialog::setDestructive()
{
    setButtonKind(m_start, ButtonKind::Destructive);
    m_start->setAutoDefault(false);
    m_start->setDefault(false);
    m_cancel->setDefault(true);
}

void ActionDialog::setMaker(Maker maker)
{
    m_maker = std::move(maker);
    update();
    QWidget *first = m_cancel->isDefault() ? m_cancel : m_start;
    (m_lines.isEmpty() ? first : static_cast<QWidget *>(m_lines.first()))->setFocus();
}

void ActionDialog::update()
{
    if (!m_maker)
        return;
    const auto spec = m_maker();
    const bool isUntouched = !m_lines.isEmpty() && std::all_of(m_lines.cbegin(), m_lines.cend(),
                                                               [](const QLineEdit *line) {
                                                                   return line->text().isEmpty();
                                                               });
    m_command->setPlainText(spec ? QString::fromUtf8(core::jobs::jobText(*spec)) : QString());
    m_problem->setText(spec || isUntouched ? QString() : problemText(spec.error()));
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_start->setEnabled(spec.has_value());
}

} // namespace ui::environment
