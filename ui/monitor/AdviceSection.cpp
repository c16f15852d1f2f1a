// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/AdviceSection.h"

#include "ui/common/Banner.h"
#include "ui/common/Theme.h"
#include "ui/monitor/AdviceWords.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QPushButton>

#include <algorithm>

namespace ui::monitor {

using core::advice::Finding;

namespace {

constexpr int firstStrips = 2;

} // namespace

AdviceSection::AdviceSection(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_more(new QPushButton)
{
    setObjectName(QStringLiteral("advice"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::s);
    m_more->setObjectName(QStringLiteral("moreAdvice"));
    setButtonKind(m_more, ButtonKind::Link);
    m_column->addWidget(m_more, 0, Qt::AlignLeft);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_showsAll = !m_showsAll;
        showStrips();
    });
    hide();
}

void AdviceSection::setFindings(const std::vector<Finding> &findings)
{
    for (auto known = m_strips.begin(); known != m_strips.end();) {
        const bool holds = std::any_of(findings.begin(), findings.end(),
                                       [&](const Finding &one) { return one.key == known->first; });
        if (holds) {
            ++known;
            continue;
        }
        m_column->removeWidget(known->second.banner);
        known->second.banner->hide();
        known->second.banner->deleteLater(); // its button may be what led here
        known = m_strips.erase(known);
    }
    int place = 0;
    for (const Finding &finding : findings) {
        Strip &strip = m_strips[finding.key];
        if (!strip.banner) {
            strip.banner = new Banner;
            strip.banner->setObjectName(QStringLiteral("finding-") + finding.key);
        }
        if (strip.finding != finding) {
            strip.finding = finding;
            fill(strip);
        }
        if (m_column->indexOf(strip.banner) != place)
            m_column->insertWidget(place, strip.banner);
        ++place;
    }
    showStrips();
    setVisible(!findings.empty());
}

void AdviceSection::showStrips()
{
    const int count = int(m_strips.size());
    for (auto &[key, strip] : m_strips)
        strip.banner->setVisible(m_showsAll || m_column->indexOf(strip.banner) < firstStrips);
    m_more->setVisible(count > firstStrips);
    m_more->setText(m_showsAll ? tr("Show less advice")
                               : tr("%n more piece(s) of advice", nullptr, count - firstStrips));
}

void AdviceSection::fill(Strip &strip)
{
    const AdviceWords words = wordsFor(strip.finding);
    QString details = words.reason + u' ' + words.action;
    if (!words.commands.isEmpty())
        details += u'\n' + words.commands;
    const bool isNew = strip.banner->text().isEmpty();
    strip.banner->setMessage(words.isLoss ? Banner::Kind::Warning : Banner::Kind::Info, words.title,
                             details);
    if (!isNew)
        return; // figures change every second: buttons that move can't be pressed
    if (const auto *disk = std::get_if<core::advice::DiskFacts>(&strip.finding.facts)) {
        QPushButton *space = strip.banner->addAction(tr("What takes the room?"));
        space->setObjectName(QStringLiteral("spaceAdvice"));
        space->setAccessibleName(tr("What takes the room on %1?").arg(disk->mount));
        connect(space, &QPushButton::clicked, this,
                [this, mount = disk->mount] { Q_EMIT spaceRequested(mount); });
    }
    if (strip.finding.kind == core::advice::FindingKind::Idle) {
        QPushButton *stop = strip.banner->addAction(tr("Safe to stop?"));
        stop->setObjectName(QStringLiteral("stopAdvice"));
        connect(stop, &QPushButton::clicked, this, &AdviceSection::safetyRequested);
    }
    if (!words.commands.isEmpty()) {
        QPushButton *copy = strip.banner->addAction(tr("Copy"));
        copy->setObjectName(QStringLiteral("copyAdvice"));
        copy->setAccessibleName(tr("Copy the lines to check it"));
        connect(copy, &QPushButton::clicked, this,
                [commands = words.commands] { QGuiApplication::clipboard()->setText(commands); });
    }
    //: Never show this advice for this instance again
    QPushButton *silence = strip.banner->addAction(tr("Not again"));
    silence->setObjectName(QStringLiteral("silenceAdvice"));
    silence->setAccessibleName(tr("Not again: %1").arg(words.title));
    connect(silence, &QPushButton::clicked, this,
            [this, key = strip.finding.key] { Q_EMIT silenceRequested(key); });
}

void AdviceSection::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    for (auto &[key, strip] : m_strips) {
        strip.banner->clearActions();
        strip.banner->setMessage(Banner::Kind::Info, {}, {});
        fill(strip);
    }
    showStrips();
}

} // namespace ui::monitor
