// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"

#include <QWidget>

class QMenu;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace ui::terminal {

class TerminalTab;

/// The terminals of one instance.
class TerminalTabs final : public QWidget
{
    Q_OBJECT

public:
    /// Of the eight channels that the connection has for commands; the others are for the rest.
    static constexpr int most = 5;

    explicit TerminalTabs(core::fleet::Instance &instance, QWidget *parent = nullptr);

    [[nodiscard]] int count() const;
    [[nodiscard]] TerminalTab *tab(int index) const;
    [[nodiscard]] TerminalTab *current() const;
    /// A shell; \a kept: in a session of screen or tmux there, the first one that no other tab is
    /// attached to.
    void open(bool kept);
    /// One that runs \a command, which attaches to the session \a name; the tab that has it
    /// already. \returns false where there is no room for another.
    bool attach(const QString &name, const QByteArray &command);
    void close(int index);
    void setFontSize(int pixels);

Q_SIGNALS:
    void fontSizeChanged(int pixels);
    void linkActivated(const QString &target);
    /// The last one was closed.
    void emptied();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void add(TerminalTab *made);
    void updateTab(TerminalTab *tab);
    void updateControls();
    void show(int index);
    [[nodiscard]] int indexOf(const TerminalTab *tab) const;
    [[nodiscard]] int freeNumber() const; ///< of a kept one

    core::fleet::Instance &m_instance;
    QTabBar *m_bar;
    QToolButton *m_new;
    QToolButton *m_find;
    QAction *m_newPlain;
    QAction *m_newKept;
    QStackedWidget *m_stack;
    int m_fontSize = 13;
    int m_opened = 0; ///< for names
};

} // namespace ui::terminal
