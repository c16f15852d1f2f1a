// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace ui::shell {

/// Ctrl+K: type a few letters of what you want to do, Enter does it, Esc closes.
class CommandPalette final : public QFrame
{
    Q_OBJECT

public:
    struct Command
    {
        QString text;
        std::function<void()> run;
    };

    explicit CommandPalette(QWidget *parent);
    void open(std::vector<Command> commands);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter();
    void runCurrent();

    QLineEdit *m_field;
    QListWidget *m_list;
    std::vector<Command> m_commands;
};

} // namespace ui::shell
