// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/TerminalPage.h"

#include "ui/common/EmptyState.h"
#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/terminal/TerminalTab.h"
#include "ui/terminal/TerminalTabs.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPushButton>
#include <QStackedWidget>

namespace ui::terminal {

using core::fleet::Instance;

TerminalPage::TerminalPage(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_open(m_empty->addAction({}))
    , m_openKept(m_empty->addAction({}))
{
    setObjectName(QStringLiteral("terminalPage"));
    m_empty->setObjectName(QStringLiteral("terminalEmpty"));
    m_open->setObjectName(QStringLiteral("terminalOpen"));
    m_openKept->setObjectName(QStringLiteral("terminalOpenKept"));
    setButtonKind(m_openKept, ButtonKind::Secondary);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_instance && !m_instance->session())
            m_instance->connectNow();
        else
            open(false);
    });
    connect(m_openKept, &QPushButton::clicked, this, [this] { open(true); });
    updateEmpty();
}

TerminalPage::~TerminalPage() = default;

TerminalTabs *TerminalPage::tabs() const
{
    return m_instance ? m_tabs.value(m_instance) : nullptr;
}

void TerminalPage::setInstance(Instance *instance)
{
    if (m_instance == instance)
        return;
    if (m_instance)
        m_instance->disconnect(this);
    m_instance = instance;
    if (instance)
        connect(instance, &Instance::stateChanged, this, &TerminalPage::updateEmpty);
    updateEmpty();
    if (isVisible())
        openFirst();
}

void TerminalPage::setFontSize(int pixels)
{
    m_fontSize = pixels;
    for (TerminalTabs *tabs : std::as_const(m_tabs))
        tabs->setFontSize(pixels);
}

void TerminalPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    openFirst();
}

/// Who comes here wants a shell.
void TerminalPage::openFirst()
{
    if (m_instance && m_instance->session() && !m_tabs.contains(m_instance))
        open(false);
    else if (TerminalTabs *shown = tabs(); shown && shown->current())
        shown->current()->setFocus(Qt::OtherFocusReason);
}

void TerminalPage::open(bool kept)
{
    if (m_instance)
        makeTabs()->open(kept);
}

bool TerminalPage::attach(const QString &name, const QByteArray &command)
{
    return m_instance && makeTabs()->attach(name, command);
}

/// The instance's, which are shown then.
TerminalTabs *TerminalPage::makeTabs()
{
    TerminalTabs *shown = tabs();
    if (!shown) {
        shown = new TerminalTabs(*m_instance);
        shown->setFontSize(m_fontSize);
        connect(shown, &TerminalTabs::emptied, this, &TerminalPage::updateEmpty);
        connect(shown, &TerminalTabs::linkActivated, this, &TerminalPage::activate);
        connect(shown, &TerminalTabs::fontSizeChanged, this, [this](int pixels) {
            setFontSize(pixels);
            Q_EMIT fontSizeChanged(pixels);
        });
        connect(m_instance, &QObject::destroyed, shown, [this, shown, gone = m_instance.data()] {
            m_tabs.remove(gone);
            shown->deleteLater();
        });
        m_tabs.insert(m_instance, shown);
        m_stack->addWidget(shown);
    }
    m_stack->setCurrentWidget(shown);
    return shown;
}

void TerminalPage::updateEmpty()
{
    TerminalTabs *shown = tabs();
    if (shown && shown->count() > 0) {
        m_stack->setCurrentWidget(shown);
        return;
    }
    const bool isConnected = m_instance && m_instance->session();
    if (isConnected)
        m_empty->set(
            icon(Icon::Terminal, IconTone::Hint), tr("No terminal is open"),
            tr("One that is kept on the instance runs in screen or tmux: what you start in it "
               "goes on when the connection is lost or Danlu is closed."));
    else
        m_empty->set(icon(Icon::Unplug, IconTone::Hint), tr("Not connected"),
                     tr("A terminal opens when the instance is connected."));
    m_open->setText(isConnected ? tr("New terminal") : tr("Connect"));
    m_open->setVisible(isConnected || (m_instance && !m_instance->isBusy()));
    m_openKept->setText(tr("New terminal that is kept"));
    m_openKept->setVisible(isConnected);
    m_stack->setCurrentWidget(m_empty);
    if (isConnected && isVisible() && !shown)
        openFirst();
}

/// Only what is safe to hand to the desktop, whatever a program wrote.
void TerminalPage::activate(const QString &target)
{
    const QUrl url(target, QUrl::TolerantMode);
    const QString scheme = url.scheme();
    if (url.isValid() &&
        (scheme == u"http" || scheme == u"https" || scheme == u"ftp" || scheme == u"mailto"))
        Q_EMIT linkActivated(url);
}

void TerminalPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        updateEmpty();
}

} // namespace ui::terminal
