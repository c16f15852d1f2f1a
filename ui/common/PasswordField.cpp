// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/PasswordField.h"

#include "ui/common/Icons.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>

namespace ui {

PasswordField::PasswordField(QWidget *parent)
    : QLineEdit(parent)
    , m_eye(addAction(icon(Icon::Eye, IconTone::Secondary), TrailingPosition))
{
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    connect(m_eye, &QAction::triggered, this, [this] { reveal(echoMode() == Password); });
    reveal(false);
}

void PasswordField::forget()
{
    // clear() could be undone: the line would keep what it took out.
    setText(QString());
    reveal(false);
}

void PasswordField::reveal(bool shown)
{
    // While it is shown nothing of it goes to the clipboard, which keeps it and tells others.
    setContextMenuPolicy(shown ? Qt::NoContextMenu : Qt::DefaultContextMenu);
    setEchoMode(shown ? Normal : Password);
    m_eye->setIcon(icon(shown ? Icon::EyeOff : Icon::Eye, IconTone::Secondary));
    m_eye->setText(shown ? tr("Hide the password") : tr("Show the password"));
    m_eye->setToolTip(m_eye->text());
}

void PasswordField::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) || event->matches(QKeySequence::Cut))
        return;
    QLineEdit::keyPressEvent(event);
}

void PasswordField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        reveal(echoMode() == Normal);
    QLineEdit::changeEvent(event);
}

} // namespace ui
