// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/ConnectSteps.h"

#include "ui/common/IconView.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/instances/PanelColumn.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPushButton>

namespace ui::instances {

using namespace std::chrono_literals;
using core::fleet::Instance;

ConnectSteps::ConnectSteps(QWidget *parent)
    : QWidget(parent)
    , m_title(new Label(TextStyle::Title, TextTone::Primary))
    , m_waiting(new Label(TextStyle::Body, TextTone::Secondary))
    , m_cancel(new QPushButton)
    , m_retry(new QPushButton)
{
    setObjectName(QStringLiteral("connectSteps"));
    m_waiting->setWordWrap(true);
    m_cancel->setObjectName(QStringLiteral("connectCancel"));
    m_retry->setObjectName(QStringLiteral("connectRetry"));
    setButtonKind(m_retry, ButtonKind::Primary);
    auto *body = new QVBoxLayout;
    body->setSpacing(space::m);
    body->addWidget(m_title);
    for (Row &row : m_rows) {
        row.sign = new IconView(16);
        row.text = new Label(TextStyle::Body, TextTone::Hint);
        auto *line = new QHBoxLayout;
        line->setSpacing(space::m);
        line->addWidget(row.sign);
        line->addWidget(row.text, 1);
        body->addLayout(line);
    }
    body->addWidget(m_waiting);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_retry);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    body->addSpacing(space::s);
    body->addLayout(buttons);
    m_column = panelColumn(this, body, 420);
    m_column->hide();
    m_appear.setSingleShot(true);
    connect(&m_appear, &QTimer::timeout, m_column, &QWidget::show);
    connect(m_cancel, &QPushButton::clicked, this, &ConnectSteps::cancelled);
    connect(m_retry, &QPushButton::clicked, this, &ConnectSteps::retryRequested);
    retranslate();
}

void ConnectSteps::show(Instance::State state, const QString &address)
{
    switch (state) {
    case Instance::State::Resolving: m_step = 0; break;
    case Instance::State::Connecting:
    case Instance::State::Handshaking: m_step = 1; break;
    case Instance::State::CheckingHost: m_step = 2; break;
    default: m_step = 3; break;
    }
    m_waitingText.clear();
    m_address = address;
    if (m_column->isHidden() && !m_appear.isActive())
        m_appear.start(300ms);
    render();
}

void ConnectSteps::showWaiting(const QString &text)
{
    m_waitingText = text;
    m_column->show();
    render();
}

void ConnectSteps::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ConnectSteps::retranslate()
{
    m_rows[0].text->setText(tr("Finding the address"));
    m_rows[1].text->setText(tr("Connecting"));
    m_rows[2].text->setText(tr("Checking the host"));
    m_rows[3].text->setText(tr("Signing in"));
    m_cancel->setText(tr("Cancel"));
    m_retry->setText(tr("Try now"));
    render();
}

void ConnectSteps::render()
{
    const bool waiting = !m_waitingText.isEmpty();
    m_title->setText(waiting ? tr("Waiting to try again") : tr("Connecting to %1").arg(m_address));
    m_waiting->setText(m_waitingText);
    m_waiting->setVisible(waiting);
    m_retry->setVisible(waiting);
    for (int i = 0; i < int(m_rows.size()); ++i) {
        Row &row = m_rows[std::size_t(i)];
        const bool done = i < m_step;
        const bool now = i == m_step && !waiting;
        row.sign->setVisible(!waiting);
        row.text->setVisible(!waiting);
        row.sign->set(done  ? icon(Icon::Check, IconTone::Good)
                      : now ? icon(Icon::Refresh, IconTone::Accent)
                            : icon(Icon::Clock, IconTone::Hint));
        row.text->setTone(done ? TextTone::Secondary : now ? TextTone::Primary : TextTone::Hint);
        //: A step of connecting and its state, for screen readers
        row.text->setAccessibleName(done  ? tr("%1: done").arg(row.text->text())
                                    : now ? tr("%1: now").arg(row.text->text())
                                          : row.text->text());
    }
}

} // namespace ui::instances
