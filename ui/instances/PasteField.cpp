// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/PasteField.h"

#include "ui/common/Chip.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>

namespace ui::instances {

namespace {

const QString dots(8, QChar(0x2022));

} // namespace

PasteField::PasteField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QPlainTextEdit(this))
    , m_chips(new QHBoxLayout)
    , m_hint(new Label(TextStyle::Caption, TextTone::Secondary, this))
    , m_connect(new QPushButton(this))
{
    m_edit->setObjectName(QStringLiteral("pasteField"));
    m_edit->setTabChangesFocus(true);
    m_edit->setFont(textFont(TextStyle::Mono));
    m_edit->setFixedHeight(2 * QFontMetrics(m_edit->font()).lineSpacing() + 2 * space::m);
    m_edit->setUndoRedoEnabled(false); // an undo would bring a password back into sight
    m_edit->installEventFilter(this);
    m_hint->setObjectName(QStringLiteral("pasteHint"));
    m_hint->setWordWrap(true);
    m_connect->setObjectName(QStringLiteral("pasteConnect"));
    setButtonKind(m_connect, ButtonKind::Primary);

    m_chips->setSpacing(space::s);
    auto *row = new QHBoxLayout;
    row->addLayout(m_chips);
    row->addWidget(m_hint, 1);
    row->addWidget(m_connect);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addWidget(m_edit);
    layout->addLayout(row);

    connect(m_edit->document(), &QTextDocument::contentsChange, this,
            [this](int, int, int added) { m_added = added; });
    connect(m_edit, &QPlainTextEdit::textChanged, this, &PasteField::read);
    connect(m_connect, &QPushButton::clicked, this, &PasteField::accept);
    retranslate();
    showResult();
}

void PasteField::retranslate()
{
    m_edit->setAccessibleName(tr("Login command"));
    m_edit->setPlaceholderText(tr("ssh -p 35394 root@region-1.autodl.com") + u'\n' +
                               tr("and, if you like, the password on the next line"));
    m_connect->setText(tr("Connect"));
    m_connect->setAccessibleName(tr("Connect"));
}

void PasteField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showResult();
    }
}

bool PasteField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && !key->modifiers().testFlag(Qt::ShiftModifier) && m_login) {
            accept();
            return true;
        }
    }
    if (watched == m_edit && event->type() == QEvent::InputMethod)
        m_composing = true;
    else if (watched == m_edit &&
             (event->type() == QEvent::KeyPress || event->type() == QEvent::ContextMenu))
        m_composing = false;
    if (watched == m_edit && event->type() == QEvent::FocusOut) {
        // A menu or another window is no end: the rest of the password may still be typed.
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            hidePassword();
    }
    return QWidget::eventFilter(watched, event);
}

bool PasteField::offerClipboard()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (text.isEmpty() || text.size() > 8192 || !core::probe::parseLoginCommand(text))
        return false;
    setText(text);
    return true;
}

void PasteField::setText(const QString &text)
{
    m_password.reset();
    m_edit->setPlainText(text);
}

void PasteField::clear()
{
    m_password.reset();
    m_edit->clear();
}

void PasteField::focusField()
{
    m_edit->setFocus();
}

void PasteField::read()
{
    if (m_masking)
        return;
    QString text = m_edit->toPlainText();
    if (m_password && !text.contains(dots)) {
        // What is left of the dots stands for nothing.
        m_password.reset();
        if (text.contains(dots[0])) {
            m_masking = true;
            m_edit->setPlainText(text.remove(dots[0]));
            m_edit->moveCursor(QTextCursor::End);
            m_masking = false;
        }
    }
    m_login.reset();
    if (auto parsed = core::probe::parseLoginCommand(text))
        m_login = std::move(*parsed);
    const bool hasNewPassword = m_login && m_login->password;
    if (m_login && !m_login->password)
        m_login->password = m_password;
    core::wipeMemory(text.data(), std::size_t(text.size()) * sizeof(QChar));
    constexpr int mostTyped = 2; // a key's character, and the line end that Qt counts with it
    const bool isPaste = !m_composing && m_added > mostTyped;
    if (hasNewPassword && isPaste)
        hidePassword();
    showResult();
}

/// Out of sight: the field keeps dots, this object the bytes.
void PasteField::hidePassword()
{
    if (!m_login || !m_login->password || m_login->password == m_password)
        return;
    QString text = m_edit->toPlainText();
    QString word = QString::fromUtf8(m_login->password->view());
    // A short password may stand elsewhere too, as a part of the command.
    for (qsizetype at = text.lastIndexOf(word); at >= 0;
         at = at > 0 ? text.lastIndexOf(word, at - 1) : -1) {
        QString masked = text;
        masked.replace(at, word.size(), dots);
        const auto parsed = core::probe::parseLoginCommand(masked);
        if (!parsed || parsed->password || parsed->host != m_login->host ||
            parsed->user != m_login->user || parsed->port != m_login->port)
            continue;
        m_password = m_login->password;
        m_masking = true;
        m_edit->setPlainText(masked);
        m_edit->moveCursor(QTextCursor::End);
        m_masking = false;
        break;
    }
    core::wipeMemory(word.data(), std::size_t(word.size()) * sizeof(QChar));
    core::wipeMemory(text.data(), std::size_t(text.size()) * sizeof(QChar));
}

void PasteField::showResult()
{
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_connect->setEnabled(m_login.has_value());
    if (!m_login) {
        const bool empty = m_edit->document()->isEmpty();
        m_hint->setText(
            empty ? QString()
                  : tr("No login command found yet: it looks like “ssh -p 35394 root@host”."));
        m_hint->show();
        return;
    }
    m_hint->hide();
    const auto add = [this](const QString &text, Icon sign, const QString &name) {
        auto *chip = new Chip(Chip::Shape::Pill, this);
        chip->set(text, Chip::Tone::Neutral, sign);
        chip->setAccessibleName(name);
        m_chips->addWidget(chip);
    };
    add(m_login->host, Icon::Server, tr("Host %1").arg(m_login->host));
    add(QString::number(m_login->port), Icon::Link, tr("Port %1").arg(m_login->port));
    if (!m_login->user.isEmpty())
        add(m_login->user, Icon::User, tr("User %1").arg(m_login->user));
    if (m_login->identity)
        add(tr("key"), Icon::Key, tr("Signs in with a key"));
    if (m_login->password)
        add(tr("password hidden"), Icon::Lock, tr("With a password"));
    m_chips->addStretch(1);
}

void PasteField::accept()
{
    if (!m_login)
        return;
    const core::probe::LoginCommand login = *m_login;
    clear();
    Q_EMIT accepted(login);
}

} // namespace ui::instances
