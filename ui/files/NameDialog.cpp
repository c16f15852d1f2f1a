// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/NameDialog.h"

#include "core/transfer/FileNames.h"
#include "ui/common/Label.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>

namespace ui::files {

namespace {

constexpr int fieldWidth = 320;
constexpr qsizetype mostBytes = 255; ///< of a name, on every Linux file system

} // namespace

QString NameDialog::problemOf(const QByteArray &name)
{
    if (name.isEmpty())
        return tr("A name is needed.");
    if (name == "." || name == "..")
        return tr("“.” and “..” are taken: they are this folder and the one above.");
    if (name.contains('/'))
        return tr("A name has no “/” in it.");
    if (name.size() > mostBytes)
        return tr("The name is too long: 255 bytes are the most, and a Chinese character takes "
                  "three.");
    if (!core::transfer::isPlainName(name))
        return tr("No file can have this name.");
    return {};
}

NameDialog::NameDialog(const QString &title, const QString &question, QWidget *parent)
    : QDialog(parent)
    , m_field(new QLineEdit)
    , m_problem(new Label(TextStyle::Caption, TextTone::Warning))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    m_field->setObjectName(QStringLiteral("nameField"));
    m_field->setAccessibleName(question);
    m_field->setMinimumWidth(fieldWidth);
    m_problem->setObjectName(QStringLiteral("nameProblem"));
    m_problem->setWordWrap(true);
    auto *words = new Label(question, TextStyle::Body);
    words->setWordWrap(true);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_create = buttons->addButton(tr("Create"), QDialogButtonBox::AcceptRole);
    m_create->setObjectName(QStringLiteral("nameCreate"));
    setButtonKind(m_create, ButtonKind::Primary);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::s);
    layout->addWidget(words);
    layout->addWidget(m_field);
    layout->addWidget(m_problem);
    layout->addSpacing(space::s);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_field, &QLineEdit::textChanged, this, &NameDialog::check);
    check();
}

QByteArray NameDialog::name() const
{
    return core::transfer::nameFromShown(m_field->text().trimmed());
}

void NameDialog::check()
{
    const QString problem = problemOf(name());
    m_create->setEnabled(problem.isEmpty());
    // An empty field says enough by itself.
    m_problem->setText(m_field->text().isEmpty() ? QString() : problem);
}

} // namespace ui::files
