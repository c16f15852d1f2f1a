// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/FindBar.h"

#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/terminal/TerminalView.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace ui::terminal {

namespace {

constexpr int longestSelection = 200;
constexpr int fieldWidth = 280;

QToolButton *makeTool(const char *name)
{
    auto *button = new QToolButton;
    button->setObjectName(QLatin1StringView(name));
    button->setAutoRaise(true);
    return button;
}

} // namespace

FindBar::FindBar(TerminalView &view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_field(new QLineEdit)
    , m_count(new Label(TextStyle::Caption, TextTone::Secondary))
    , m_case(makeTool("terminalFindCase"))
    , m_previous(makeTool("terminalFindPrevious"))
    , m_next(makeTool("terminalFindNext"))
    , m_close(makeTool("terminalFindClose"))
{
    setObjectName(QStringLiteral("terminalFindBar"));
    m_field->setObjectName(QStringLiteral("terminalFind"));
    m_field->addAction(icon(Icon::Search, IconTone::Hint), QLineEdit::LeadingPosition);
    m_field->setMaximumWidth(fieldWidth);
    m_field->installEventFilter(this);
    m_count->setObjectName(QStringLiteral("terminalFindCount"));
    m_case->setCheckable(true);
    m_case->setText(QStringLiteral("Aa"));
    m_previous->setIcon(icon(Icon::ChevronUp, IconTone::Secondary));
    m_next->setIcon(icon(Icon::ChevronDown, IconTone::Secondary));
    m_close->setIcon(icon(Icon::Close, IconTone::Secondary));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::m, space::xs, space::m, space::xs);
    layout->setSpacing(space::xs);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_case);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addSpacing(space::xs);
    layout->addWidget(m_count);
    layout->addStretch(1);
    layout->addWidget(m_close);
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::search);
    connect(m_case, &QToolButton::toggled, this, &FindBar::search);
    connect(m_previous, &QToolButton::clicked, this, [this] { m_view.findNext(true); });
    connect(m_next, &QToolButton::clicked, this, [this] { m_view.findNext(false); });
    connect(m_close, &QToolButton::clicked, this, &FindBar::close);
    connect(&m_view, &TerminalView::searchChanged, this, &FindBar::updateCount);
    retranslate();
    hide();
}

void FindBar::open()
{
    const QString selected = m_view.selectedText();
    if (!selected.isEmpty() && !selected.contains(u'\n') && selected.size() <= longestSelection)
        m_field->setText(selected);
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    search();
}

void FindBar::close()
{
    hide();
    m_view.setSearch({}, Qt::CaseInsensitive);
    m_view.setFocus(Qt::OtherFocusReason);
}

void FindBar::search()
{
    m_view.setSearch(m_field->text(),
                     m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive);
}

void FindBar::updateCount()
{
    const int count = m_view.matchCount();
    QString text;
    if (!m_field->text().isEmpty())
        //: Which of the places found is shown, and how many there are
        text = count == 0 ? tr("Not found") : tr("%1 of %2").arg(m_view.currentMatch()).arg(count);
    m_count->setText(text);
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
}

/// Enter goes up, towards what is older, as in other terminals; Shift+Enter down.
bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Escape: close(); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: m_view.findNext(!(key->modifiers() & Qt::ShiftModifier)); return true;
        case Qt::Key_Up: m_view.findNext(true); return true;
        case Qt::Key_Down: m_view.findNext(false); return true;
        default: break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void FindBar::retranslate()
{
    const auto name = [](QToolButton *button, const QString &text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    m_field->setPlaceholderText(tr("Find in this terminal"));
    m_field->setAccessibleName(tr("Find in this terminal"));
    m_count->setAccessibleName(tr("Places found"));
    name(m_case, tr("Tell capitals from small letters"));
    name(m_previous, tr("Further up"));
    name(m_next, tr("Further down"));
    name(m_close, tr("End the search"));
    updateCount();
}

} // namespace ui::terminal
