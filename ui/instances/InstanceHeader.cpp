// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/InstanceHeader.h"

#include "core/fleet/Instance.h"
#include "ui/common/Chip.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/instances/StateWords.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>
#include <QPushButton>

namespace ui::instances {

using namespace std::chrono_literals;
using core::fleet::Instance;

InstanceHeader::InstanceHeader(QWidget *parent)
    : QWidget(parent)
    , m_name(new ElidedLabel(TextStyle::Title, TextTone::Primary, this))
    , m_state(new Chip(Chip::Shape::Pill, this))
    , m_duration(new Label(TextStyle::Body, TextTone::Secondary, this))
    , m_card(new ElidedLabel(TextStyle::Body, TextTone::Primary, this))
    , m_price(new Label(TextStyle::Body, TextTone::Primary, this))
    , m_edit(new QPushButton(this))
    , m_connect(new QPushButton(this))
{
    setObjectName(QStringLiteral("instanceHeader"));
    m_state->setObjectName(QStringLiteral("instanceState"));
    m_connect->setObjectName(QStringLiteral("instanceConnect"));
    m_edit->setObjectName(QStringLiteral("instanceEdit"));
    m_edit->setIcon(icon(Icon::Edit, IconTone::Secondary));
    setButtonKind(m_edit, ButtonKind::Plain);
    m_card->setAlignment(Qt::AlignRight);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::xl, space::m, space::xl, space::s);
    layout->setSpacing(space::m);
    layout->addWidget(m_name);
    layout->addWidget(m_state);
    layout->addWidget(m_duration);
    layout->addStretch(1);
    layout->addWidget(m_card);
    layout->addWidget(m_price);
    layout->addWidget(m_edit);
    layout->addWidget(m_connect);
    m_clock.setInterval(30s);
    m_clock.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_clock, &QTimer::timeout, this, &InstanceHeader::update);
    connect(m_edit, &QPushButton::clicked, this, &InstanceHeader::editRequested);
    connect(m_connect, &QPushButton::clicked, this, [this] {
        if (!m_instance)
            return;
        if (m_instance->state() == Instance::State::Disconnected ||
            m_instance->state() == Instance::State::Failed)
            m_instance->connectNow();
        else
            m_instance->disconnectNow();
    });
}

void InstanceHeader::setInstance(Instance *instance)
{
    if (m_instance)
        m_instance->disconnect(this);
    m_instance = instance;
    if (!instance) {
        m_clock.stop();
        return;
    }
    connect(instance, &Instance::stateChanged, this, &InstanceHeader::update);
    connect(instance, &Instance::profileChanged, this, &InstanceHeader::update);
    connect(instance, &Instance::secretAsked, this, &InstanceHeader::update);
    // The card is known with the first samples and hardly changes.
    connect(instance, &Instance::sampleArrived, this, [this] {
        if (m_instance && m_card->text() != cardWords(*m_instance))
            update();
    });
    m_clock.start();
    update();
}

void InstanceHeader::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        update();
}

void InstanceHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokens(this).window);
}

void InstanceHeader::update()
{
    if (!m_instance)
        return;
    const StateWords state = stateWords(*m_instance);
    m_name->setText(m_instance->profile().name);
    m_state->set(state.word, state.tone, state.sign);
    m_state->setAccessibleName(tr("State: %1").arg(state.word));
    QString duration;
    if (m_instance->connectedSince()) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
                                 std::chrono::system_clock::now() - *m_instance->connectedSince())
                                 .count();
        if (seconds >= 60)
            duration = format::duration(seconds / 60 * 60);
    }
    m_duration->setText(duration);
    m_duration->setVisible(!duration.isEmpty());
    m_card->setText(cardWords(*m_instance));
    m_price->setText(priceWords(*m_instance));
    m_price->setVisible(!m_price->text().isEmpty());
    m_edit->setToolTip(tr("Edit this instance"));
    m_edit->setAccessibleName(tr("Edit this instance"));
    const bool off = m_instance->state() == Instance::State::Disconnected ||
                     m_instance->state() == Instance::State::Failed;
    const bool connected = m_instance->state() == Instance::State::Connected;
    m_connect->setText(off ? tr("Connect") : connected ? tr("Disconnect") : tr("Cancel"));
    m_connect->setAccessibleName(m_connect->text());
    setButtonKind(m_connect, off ? ButtonKind::Primary : ButtonKind::Secondary);
}

} // namespace ui::instances
