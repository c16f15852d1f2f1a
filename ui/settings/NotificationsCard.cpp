// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/NotificationsCard.h"

#include "ui/common/Label.h"
#include "ui/common/Tokens.h"
#include "ui/settings/Settings.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QEvent>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTimeEdit>

namespace ui::settings {

NotificationsCard::NotificationsCard(Settings &settings, QWidget *parent)
    : Card(parent)
    , m_settings(settings)
    , m_heading(new Label(TextStyle::Title))
    , m_on(new QCheckBox)
    , m_tray(new QCheckBox)
    , m_quiet(new QCheckBox)
    , m_from(new QTimeEdit)
    , m_toWord(new Label(TextStyle::Body))
    , m_to(new QTimeEdit)
    , m_idleWord(new Label(TextStyle::Body))
    , m_idle(new QSpinBox)
    , m_words(new Label(TextStyle::Body, TextTone::Secondary))
{
    setObjectName(QStringLiteral("notificationsCard"));
    m_on->setObjectName(QStringLiteral("notificationsOn"));
    m_tray->setObjectName(QStringLiteral("trayOn"));
    m_quiet->setObjectName(QStringLiteral("quietOn"));
    m_from->setObjectName(QStringLiteral("quietFrom"));
    m_to->setObjectName(QStringLiteral("quietTo"));
    m_words->setWordWrap(true);
    auto *hours = new QHBoxLayout;
    hours->setSpacing(space::s);
    for (QWidget *part : std::initializer_list<QWidget *>{m_quiet, m_from, m_toWord, m_to})
        hours->addWidget(part);
    hours->addStretch(1);
    m_idle->setObjectName(QStringLiteral("idleMinutes"));
    m_idle->setRange(Settings::fewestIdleMinutes, Settings::mostIdleMinutes);
    m_idleWord->setBuddy(m_idle);
    auto *idle = new QHBoxLayout;
    idle->setSpacing(space::s);
    idle->addWidget(m_idleWord);
    idle->addWidget(m_idle);
    idle->addStretch(1);
    body()->addWidget(m_heading);
    body()->addWidget(m_on);
    body()->addLayout(hours);
    body()->addLayout(idle);
    body()->addWidget(m_tray);
    body()->addWidget(m_words);
    showSettings();
    for (QCheckBox *box : {m_on, m_tray, m_quiet})
        connect(box, &QCheckBox::toggled, this, &NotificationsCard::store);
    for (QTimeEdit *edit : {m_from, m_to})
        connect(edit, &QTimeEdit::timeChanged, this, &NotificationsCard::store);
    connect(m_idle, &QSpinBox::valueChanged, this, &NotificationsCard::store);
    // The tray's menu sets it too.
    connect(&settings, &Settings::notificationsChanged, this, &NotificationsCard::showSettings);
    retranslate();
}

void NotificationsCard::changeEvent(QEvent *event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void NotificationsCard::showSettings()
{
    const QuietHours hours = m_settings.quietHours();
    const QSignalBlocker quietOn(m_on);
    const QSignalBlocker quietTray(m_tray);
    const QSignalBlocker quietQuiet(m_quiet);
    const QSignalBlocker quietFrom(m_from);
    const QSignalBlocker quietTo(m_to);
    const QSignalBlocker quietIdle(m_idle);
    m_idle->setValue(m_settings.idleMinutes());
    m_on->setChecked(m_settings.notifies());
    m_tray->setChecked(m_settings.showsTray());
    m_quiet->setChecked(hours.isOn);
    m_from->setTime(hours.from);
    m_to->setTime(hours.to);
    m_quiet->setEnabled(m_on->isChecked());
    for (QTimeEdit *edit : {m_from, m_to})
        edit->setEnabled(m_on->isChecked() && m_quiet->isChecked());
}

void NotificationsCard::store()
{
    m_settings.setNotifies(m_on->isChecked());
    m_settings.setQuietHours({m_quiet->isChecked(), m_from->time(), m_to->time()});
    m_settings.setIdleMinutes(m_idle->value());
    m_settings.setShowsTray(m_tray->isChecked());
    showSettings();
}

void NotificationsCard::retranslate()
{
    m_heading->setText(tr("Notifications"));
    m_on->setText(tr("Tell me when copies end and when an instance is lost or back"));
    //: Followed by two times of day: "Quiet from 23:00 to 08:00"
    m_quiet->setText(tr("Quiet from"));
    //: Between two times of day
    m_toWord->setText(tr("to"));
    m_tray->setText(tr("Show Danlu beside the clock, with the load of connected instances"));
    //: Followed by a number of minutes
    m_idleWord->setText(tr("Say when nothing has been going on for"));
    //: Behind a number of minutes; with its blank
    m_idle->setSuffix(tr(" min"));
    m_idle->setAccessibleName(m_idleWord->text());
    m_words->setText(tr("What comes while it is quiet, or while there is no place beside the "
                        "clock, is told at the top of the window."));
    for (QCheckBox *box : {m_on, m_tray, m_quiet})
        box->setAccessibleName(box->text());
    m_from->setAccessibleName(tr("Quiet from"));
    m_to->setAccessibleName(tr("Quiet until"));
}

} // namespace ui::settings
