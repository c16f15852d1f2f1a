// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/Instance.h"

#include <QHash>
#include <QPointer>
#include <QUrl>
#include <QWidget>

class QPushButton;
class QStackedWidget;

namespace ui {
class EmptyState;
}

namespace ui::terminal {

class TerminalTabs;

/// The Terminal tab: the terminals of the instance that is shown. Those of the others go on.
class TerminalPage final : public QWidget
{
    Q_OBJECT

public:
    explicit TerminalPage(QWidget *parent = nullptr);
    ~TerminalPage() override;

    void setInstance(core::fleet::Instance *instance);
    /// Of the text, in logical pixels.
    void setFontSize(int pixels);
    /// As TerminalTabs::attach().
    bool attach(const QString &name, const QByteArray &command);
    /// The terminals of the instance that is shown; null before the first one.
    [[nodiscard]] TerminalTabs *tabs() const;

Q_SIGNALS:
    /// Web addresses and mail only.
    void linkActivated(const QUrl &url);
    void fontSizeChanged(int pixels);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void openFirst();
    void open(bool kept);
    TerminalTabs *makeTabs();
    void updateEmpty();
    void activate(const QString &target);

    QPointer<core::fleet::Instance> m_instance;
    QHash<core::fleet::Instance *, TerminalTabs *> m_tabs;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QPushButton *m_open;
    QPushButton *m_openKept;
    int m_fontSize = 13;
};

} // namespace ui::terminal
