// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace ui {
class Label;
}

namespace ui::files {

/// Asks for the name of a new file or folder; says at once what is wrong with it.
class NameDialog final : public QDialog
{
    Q_OBJECT

public:
    NameDialog(const QString &title, const QString &question, QWidget *parent = nullptr);

    /// Why \a name can't be a file's name on the instance, for people; "" when it can.
    [[nodiscard]] static QString problemOf(const QByteArray &name);
    /// The server's bytes; plain.
    [[nodiscard]] QByteArray name() const;

private:
    void check();

    QLineEdit *m_field;
    Label *m_problem;
    QPushButton *m_create;
};

} // namespace ui::files
