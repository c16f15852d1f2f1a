// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probe/LoginCommand.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {
class IconView;
}

namespace ui::instances {

class PasteField;

/// The first start, and "add an instance" later: one column with one big field.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);
    [[nodiscard]] PasteField &field() const { return *m_field; }
    void setFirstStart(bool first);

Q_SIGNALS:
    void loginAccepted(const core::probe::LoginCommand &login);
    void addByHandRequested();
    void importRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QLabel *m_title;
    QLabel *m_text;
    PasteField *m_field;
    QPushButton *m_import;
    QPushButton *m_byHand;
    QPushButton *m_howTo;
    QLabel *m_howToText;
    QLabel *m_demo;
    bool m_first = true;
};

} // namespace ui::instances
