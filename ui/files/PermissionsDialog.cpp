// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/PermissionsDialog.h"

#include "ui/common/Label.h"
#include "ui/common/Theme.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>

namespace ui::files {

PermissionsDialog::PermissionsDialog(const QString &name, quint32 mode, bool isLink,
                                     QWidget *parent)
    : QDialog(parent)
    , m_octal(new QLineEdit(this))
    , m_special(mode & 07000)
{
    build(name, isLink);
    showMode(mode);
    m_octal->selectAll(); // it has the focus at first: what is typed is the new number
}

void PermissionsDialog::build(const QString &name, bool isLink)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("permissionsDialog"));
    setWindowTitle(tr("Permissions"));
    const std::array<QString, 3> who{tr("Owner"), tr("Group"), tr("Others")};
    const std::array<QString, 3> what{tr("Read"), tr("Write"), tr("Execute")};
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::xl);
    grid->setVerticalSpacing(space::s);
    for (int row = 0; row < 3; ++row) {
        grid->addWidget(new Label(who[std::size_t(row)], TextStyle::Body, TextTone::Secondary), row,
                        0);
        for (int column = 0; column < 3; ++column) {
            auto *box = new QCheckBox(what[std::size_t(column)]);
            box->setAccessibleName(who[std::size_t(row)] + QStringLiteral(": ") +
                                   what[std::size_t(column)]);
            m_boxes[std::size_t(row) * 3 + std::size_t(column)] = box;
            grid->addWidget(box, row, column + 1);
            connect(box, &QCheckBox::clicked, this, [this] {
                m_octal->setText(QStringLiteral("%1").arg(mode(), 3, 8, QLatin1Char('0')));
                m_apply->setEnabled(true);
            });
        }
    }
    m_octal->setObjectName(QStringLiteral("octalMode"));
    m_octal->setAccessibleName(tr("Octal number"));
    m_octal->setMaximumWidth(80);
    m_octal->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-7]{1,4}")), m_octal));
    connect(m_octal, &QLineEdit::textEdited, this, &PermissionsDialog::takeOctal);
    auto *octal = new QHBoxLayout;
    octal->addWidget(new Label(tr("Octal number"), TextStyle::Body, TextTone::Secondary));
    octal->addWidget(m_octal);
    octal->addStretch(1);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_apply = buttons->addButton(tr("Set permissions"), QDialogButtonBox::AcceptRole);
    m_apply->setObjectName(QStringLiteral("setPermissions"));
    setButtonKind(m_apply, ButtonKind::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *title = new ElidedLabel(TextStyle::Strong);
    title->setText(name);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::l);
    layout->addWidget(title);
    if (isLink) {
        auto *note = new Label(tr("This is a link: what it leads to gets these permissions."),
                               TextStyle::Caption, TextTone::Secondary);
        note->setObjectName(QStringLiteral("linkNote"));
        note->setWordWrap(true);
        layout->addWidget(note);
    }
    layout->addLayout(grid);
    layout->addLayout(octal);
    layout->addWidget(buttons);
}

/// An empty field is not 000.
void PermissionsDialog::takeOctal(const QString &text)
{
    m_apply->setEnabled(!text.isEmpty());
    if (text.isEmpty())
        return;
    const quint32 typed = text.toUInt(nullptr, 8);
    m_special = typed & 07000;
    for (std::size_t i = 0; i < m_boxes.size(); ++i)
        m_boxes[i]->setChecked(typed & (0400U >> i));
}

void PermissionsDialog::showMode(quint32 mode)
{
    for (std::size_t i = 0; i < m_boxes.size(); ++i)
        m_boxes[i]->setChecked(mode & (0400U >> i));
    m_octal->setText(QStringLiteral("%1").arg(mode, 3, 8, QLatin1Char('0')));
}

quint32 PermissionsDialog::mode() const
{
    quint32 mode = m_special;
    for (std::size_t i = 0; i < m_boxes.size(); ++i)
        mode |= m_boxes[i]->isChecked() ? 0400U >> i : 0;
    return mode;
}

} // namespace ui::files
