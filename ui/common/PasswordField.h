// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QAction;

namespace ui {

/// A line for a secret: hidden, out of undo, completion and the clipboard, with an eye at its end
/// that shows it. Qt's own text buffers are freed without being overwritten: take the secret out of
/// it with SecretBytes::takeFrom() after forget(), so that no copy of ours stays.
class PasswordField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit PasswordField(QWidget *parent = nullptr);

    /// What was typed is gone, and hidden again.
    void forget();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void reveal(bool shown);

    QAction *m_eye;
};

} // namespace ui
