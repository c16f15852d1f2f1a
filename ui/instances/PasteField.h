// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecretBytes.h"
#include "core/probe/LoginCommand.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace ui::instances {

/// Two lines to paste a login command into, and below them what was understood, as chips. A pasted
/// password is taken out of sight at once, a typed one when the field is left: the field shows dots
/// in its place.
class PasteField final : public QWidget
{
    Q_OBJECT

public:
    explicit PasteField(QWidget *parent = nullptr);

    /// Takes the clipboard if it looks like a login command. \returns whether it did.
    bool offerClipboard();
    void setText(const QString &text);
    void clear();
    void focusField();

Q_SIGNALS:
    void accepted(const core::probe::LoginCommand &login);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void read();
    void hidePassword();
    void showResult();
    void retranslate();
    void accept();

    QPlainTextEdit *m_edit;
    QHBoxLayout *m_chips;
    QLabel *m_hint;
    QPushButton *m_connect;
    std::optional<core::probe::LoginCommand> m_login;
    std::optional<core::SecretBytes> m_password; ///< taken from an earlier text that is dots now
    bool m_masking = false;
    bool m_composing = false; ///< an input method writes: many characters are no paste
    int m_added = 0;          ///< characters of the last change
};

} // namespace ui::instances
