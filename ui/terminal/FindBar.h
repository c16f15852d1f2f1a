// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace ui {
class Label;
}

namespace ui::terminal {

class TerminalView;

/// Searches the screen and what has scrolled by; above the view it belongs to.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(TerminalView &view, QWidget *parent = nullptr);

    /// Shows it, with the selected words.
    void open();
    /// Hides it; the view has the keys again.
    void close();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void retranslate();
    void search();
    void updateCount();

    TerminalView &m_view;
    QLineEdit *m_field;
    Label *m_count;
    QToolButton *m_case;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_close;
};

} // namespace ui::terminal
