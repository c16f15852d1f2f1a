// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QAction;

namespace ui {

/// A line for a secret: hidden, out of undo and completion, with an eye at its end that shows it.
class PasswordField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit PasswordField(QWidget *parent = nullptr);

    /// What was typed is gone, and hidden again.
    void forget();

protected:
    void changeEvent(QEvent *event) override;

private:
    void reveal(bool shown);

    QAction *m_eye;
};

} // namespace ui
