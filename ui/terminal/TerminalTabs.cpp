// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/TerminalTabs.h"

#include "core/jobs/JobBackend.h"
#include "core/jobs/KeptShell.h"
#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/common/ToolTip.h"
#include "ui/terminal/TerminalTab.h"
#include "ui/terminal/TerminalView.h"

#include <QApplication>
#include <QBoxLayout>
#include <QEvent>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

namespace ui::terminal {

namespace {

constexpr int longestTitle = 32;
constexpr int crossSize = 12;
constexpr const char *numberProperty = "terminalNumber";

} // namespace

TerminalTabs::TerminalTabs(core::fleet::Instance &instance, QWidget *parent)
    : QWidget(parent)
    , m_instance(instance)
    , m_bar(new QTabBar)
    , m_new(new QToolButton)
    , m_find(new QToolButton)
    , m_stack(new QStackedWidget)
{
    m_bar->setObjectName(QStringLiteral("terminalTabs"));
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setElideMode(Qt::ElideMiddle);
    m_bar->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(this);
    m_newPlain = menu->addAction(icon(Icon::Terminal, IconTone::Secondary), QString(), this,
                                 [this] { open(false); });
    m_newKept = menu->addAction(icon(Icon::Server, IconTone::Secondary), QString(), this,
                                [this] { open(true); });
    m_newPlain->setObjectName(QStringLiteral("terminalNewPlain"));
    m_newKept->setObjectName(QStringLiteral("terminalNewKept"));
    m_new->setObjectName(QStringLiteral("terminalNew"));
    m_new->setIcon(icon(Icon::Add, IconTone::Secondary));
    m_new->setAutoRaise(true);
    m_new->setMenu(menu);
    m_new->setPopupMode(QToolButton::InstantPopup);
    m_find->setObjectName(QStringLiteral("terminalOpenFind"));
    m_find->setIcon(icon(Icon::Search, IconTone::Secondary));
    m_find->setAutoRaise(true);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::m, space::xs, space::m, space::xs);
    bar->setSpacing(space::xs);
    bar->addWidget(m_bar, 0);
    bar->addWidget(m_new);
    bar->addStretch(1);
    bar->addWidget(m_find);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);

    connect(m_bar, &QTabBar::currentChanged, this, &TerminalTabs::show);
    connect(m_find, &QToolButton::clicked, this, [this] {
        if (TerminalTab *shown = current())
            shown->openFind();
    });
    const auto add = [this](const QKeySequence &keys, auto slot) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    const auto step = [this](int by) {
        if (count() > 0)
            m_bar->setCurrentIndex((m_bar->currentIndex() + by + count()) % count());
    };
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T), [this] { open(false); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W), [this] { close(m_bar->currentIndex()); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Tab), [step] { step(1); });
    add(QKeySequence(Qt::CTRL | Qt::Key_PageDown), [step] { step(1); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Backtab), [step] { step(-1); });
    add(QKeySequence(Qt::CTRL | Qt::Key_PageUp), [step] { step(-1); });
    retranslate();
}

int TerminalTabs::count() const
{
    return m_stack->count();
}

TerminalTab *TerminalTabs::tab(int index) const
{
    return qobject_cast<TerminalTab *>(m_stack->widget(index));
}

TerminalTab *TerminalTabs::current() const
{
    return qobject_cast<TerminalTab *>(m_stack->currentWidget());
}

int TerminalTabs::indexOf(const TerminalTab *tab) const
{
    for (int i = 0; i < count(); ++i) {
        if (m_stack->widget(i) == tab)
            return i;
    }
    return -1;
}

int TerminalTabs::freeNumber() const
{
    for (int number = 1;; ++number) {
        const QString name = core::jobs::keptShellName(number);
        bool isTaken = false;
        for (int i = 0; i < count(); ++i)
            isTaken = isTaken || tab(i)->keptName() == name;
        if (!isTaken)
            return number;
    }
}

void TerminalTabs::open(bool kept)
{
    if (count() >= most)
        return;
    const int number = kept ? freeNumber() : 0;
    add(kept ? new TerminalTab(m_instance, core::jobs::keptShellName(number),
                               core::jobs::keptShellText(number))
             : new TerminalTab(m_instance));
}

bool TerminalTabs::attach(const QString &name, const QByteArray &command)
{
    const QByteArray text = core::jobs::terminalText(command);
    for (int i = 0; i < count(); ++i) {
        if (tab(i)->command() != text)
            continue;
        if (tab(i)->state() != TerminalTab::State::Ended) {
            m_bar->setCurrentIndex(i);
            show(i);
            return true;
        }
        close(i); // it has been detached from
        break;
    }
    if (count() >= most)
        return false;
    add(new TerminalTab(m_instance, name, text));
    return true;
}

void TerminalTabs::add(TerminalTab *made)
{
    made->setProperty(numberProperty, ++m_opened);
    made->view().setFontSize(m_fontSize);
    connect(made, &TerminalTab::stateChanged, this, [this, made] { updateTab(made); });
    connect(made, &TerminalTab::titleChanged, this, [this, made] { updateTab(made); });
    connect(made, &TerminalTab::linkActivated, this, &TerminalTabs::linkActivated);
    connect(made, &TerminalTab::bellRang, this, [this, made] {
        if (made->isVisible())
            QApplication::beep();
        else
            m_bar->setTabIcon(indexOf(made), icon(Icon::Info, IconTone::Accent));
    });
    connect(&made->view(), &TerminalView::fontSizeChanged, this, [this](int pixels) {
        setFontSize(pixels);
        Q_EMIT fontSizeChanged(pixels);
    });
    m_stack->addWidget(made);
    const int index = m_bar->addTab(QString());
    auto *cross = new QToolButton;
    cross->setObjectName(QStringLiteral("terminalClose"));
    cross->setIcon(icon(Icon::Close, IconTone::Secondary));
    cross->setIconSize({crossSize, crossSize});
    cross->setAutoRaise(true);
    cross->setFocusPolicy(Qt::NoFocus);
    connect(cross, &QToolButton::clicked, this, [this, made] { close(indexOf(made)); });
    m_bar->setTabButton(index, QTabBar::RightSide, cross);
    updateTab(made);
    m_bar->setCurrentIndex(index);
    show(index);
    updateControls();
}

void TerminalTabs::show(int index)
{
    TerminalTab *shown = tab(index);
    if (!shown)
        return;
    m_stack->setCurrentWidget(shown);
    updateTab(shown);
    // Not while somebody goes along the tabs by key.
    if (!m_bar->hasFocus())
        shown->setFocus(Qt::OtherFocusReason);
}

void TerminalTabs::close(int index)
{
    TerminalTab *closed = tab(index);
    if (!closed)
        return;
    m_stack->removeWidget(closed);
    m_bar->removeTab(index);
    closed->deleteLater();
    updateControls();
    if (count() == 0)
        Q_EMIT emptied();
    else
        show(m_bar->currentIndex());
}

void TerminalTabs::setFontSize(int pixels)
{
    m_fontSize = pixels;
    for (int i = 0; i < count(); ++i)
        tab(i)->view().setFontSize(pixels);
}

void TerminalTabs::updateTab(TerminalTab *tab)
{
    const int index = indexOf(tab);
    if (index < 0)
        return;
    const QString title = tab->title().simplified();
    QString text = !title.isEmpty() ? title
                   : tab->isKept()  ? tab->keptName()
                                    : tr("Shell %1").arg(tab->property(numberProperty).toInt());
    const QString whole = text;
    if (text.size() > longestTitle)
        text = text.left(longestTitle - 1) + u'…';
    // An ampersand would underline a letter.
    m_bar->setTabText(index, text.replace(u'&', QStringLiteral("&&")));
    const bool isOver =
        tab->state() == TerminalTab::State::Ended || tab->state() == TerminalTab::State::Lost;
    m_bar->setTabIcon(index, icon(isOver          ? Icon::Unplug
                                  : tab->isKept() ? Icon::Server
                                                  : Icon::Terminal,
                                  IconTone::Secondary));
    QString tip = whole;
    if (tab->isKept())
        tip += u'\n' +
               tr("Kept on the instance as “%1”: goes on when this is closed").arg(tab->keptName());
    m_bar->setTabToolTip(index, plainToolTip(tip));
    tab->view().setAccessibleName(tr("Terminal: %1").arg(whole));
    if (QWidget *cross = m_bar->tabButton(index, QTabBar::RightSide)) {
        cross->setAccessibleName(tr("Close %1").arg(whole));
        cross->setToolTip(plainToolTip(tr("Close %1").arg(whole)));
    }
}

void TerminalTabs::updateControls()
{
    const bool hasRoom = count() < most;
    m_new->setEnabled(hasRoom);
    const QString name = hasRoom ? tr("New terminal")
                                 : tr("%n terminals share one connection, no more", nullptr, most);
    m_new->setToolTip(name);
    m_new->setAccessibleName(name);
    m_find->setEnabled(count() > 0);
}

void TerminalTabs::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void TerminalTabs::retranslate()
{
    m_bar->setAccessibleName(tr("Terminals"));
    m_newPlain->setText(tr("New terminal"));
    m_newKept->setText(tr("New terminal that is kept on the instance"));
    m_newKept->setToolTip(tr("Runs in screen or tmux: goes on when the connection is lost"));
    m_find->setToolTip(tr("Find in this terminal"));
    m_find->setAccessibleName(tr("Find in this terminal"));
    updateControls();
    for (int i = 0; i < count(); ++i)
        updateTab(tab(i));
}

} // namespace ui::terminal
