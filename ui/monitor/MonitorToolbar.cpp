// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/MonitorToolbar.h"

#include "ui/common/Theme.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QEvent>
#include <QToolButton>

namespace ui::monitor {

using charts::ChartGroup;

MonitorToolbar::MonitorToolbar(ChartGroup &group, QWidget *parent)
    : QWidget(parent)
    , m_group(group)
    , m_freshness(new Chip(Chip::Shape::Bare))
    , m_mode(new Chip)
    , m_pause(new QToolButton)
{
    m_freshness->setObjectName(QStringLiteral("freshness"));
    m_mode->setObjectName(QStringLiteral("gpuMode"));
    m_mode->hide();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::l, space::s, space::l, space::s);
    layout->setSpacing(space::s);
    layout->addWidget(m_freshness);
    layout->addWidget(m_mode);
    layout->addStretch();

    auto *spans = new QButtonGroup(this);
    static constexpr std::array<const char *, 4> names{"span1m", "span10m", "span1h", "span24h"};
    for (std::size_t i = 0; i < m_spans.size(); ++i) {
        auto *button = new QToolButton;
        button->setObjectName(QLatin1StringView(names.at(i)));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setMinimumWidth(44);
        spans->addButton(button, int(i));
        layout->addWidget(button);
        m_spans.at(i) = button;
    }
    // Not clicked(): assistive technology toggles what can be checked.
    connect(spans, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            m_group.setSpan(ChartGroup::Span(id));
    });

    m_pause->setObjectName(QStringLiteral("pause"));
    m_pause->setFocusPolicy(Qt::StrongFocus);
    m_pause->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    layout->addSpacing(space::s);
    layout->addWidget(m_pause);
    connect(m_pause, &QToolButton::clicked, this,
            [this] { m_group.setPaused(!m_group.isPaused()); });

    connect(&group, &ChartGroup::spanChanged, this, &MonitorToolbar::follow);
    connect(&group, &ChartGroup::pausedChanged, this, &MonitorToolbar::follow);
    retranslate();
}

void MonitorToolbar::setFreshness(const QString &text, Chip::Tone tone, Icon sign)
{
    m_freshness->set(text, tone, sign);
    m_freshness->setVisible(!text.isEmpty());
}

void MonitorToolbar::setMode(const QString &text, Chip::Tone tone)
{
    m_mode->set(text, tone, Icon::Gpu);
    m_mode->setVisible(!text.isEmpty());
}

void MonitorToolbar::setControlsEnabled(bool enabled)
{
    for (QToolButton *button : m_spans)
        button->setEnabled(enabled);
    m_pause->setEnabled(enabled);
}

void MonitorToolbar::follow()
{
    m_spans.at(std::size_t(m_group.span()))->setChecked(true);
    const bool paused = m_group.isPaused();
    m_pause->setIcon(icon(paused ? Icon::Play : Icon::Pause));
    m_pause->setText(paused ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(paused ? tr("Show live figures again") : tr("Freeze the figures"));
    m_pause->setToolTip(paused ? tr("Show live figures again")
                               : tr("Freeze what is shown; recording goes on"));
}

void MonitorToolbar::retranslate()
{
    //: Buttons for the time that charts show
    const std::array<QString, 4> texts{tr("1 m"), tr("10 m"), tr("1 h"), tr("24 h")};
    const std::array<QString, 4> spoken{tr("Show the last minute"), tr("Show the last 10 minutes"),
                                        tr("Show the last hour"), tr("Show the last 24 hours")};
    for (std::size_t i = 0; i < m_spans.size(); ++i) {
        m_spans.at(i)->setText(texts.at(i));
        m_spans.at(i)->setAccessibleName(spoken.at(i));
        m_spans.at(i)->setToolTip(spoken.at(i));
    }
    follow();
}

void MonitorToolbar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui::monitor
