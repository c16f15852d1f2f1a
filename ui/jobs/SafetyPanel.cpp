// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/SafetyPanel.h"

#include "core/jobs/JobSpec.h"
#include "ui/common/Format.h"
#include "ui/common/IconView.h"
#include "ui/common/Label.h"
#include "ui/common/Skeleton.h"
#include "ui/jobs/JobWords.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>

namespace ui::jobs {

using core::jobs::InstanceLoad;
using core::jobs::JobInfo;
using core::jobs::JobState;

SafetyPanel::SafetyPanel(QWidget *parent)
    : QWidget(parent)
    , m_title(new Label(TextStyle::Title))
    , m_hint(new Label(TextStyle::Body, TextTone::Secondary))
    , m_skeleton(new Skeleton(Skeleton::Shape::Lines))
    , m_list(new QWidget)
    , m_rows(new QVBoxLayout(m_list))
    , m_files(new QPlainTextEdit)
    , m_powerOff(new QPushButton)
    , m_again(new QPushButton)
    , m_back(new QPushButton)
{
    setObjectName(QStringLiteral("safetyPanel"));
    m_title->setObjectName(QStringLiteral("safetyTitle"));
    m_hint->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("safetyFindings"));
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(space::m);
    m_files->setObjectName(QStringLiteral("safetyFiles"));
    m_files->setReadOnly(true);
    m_files->setFont(textFont(TextStyle::Mono));
    m_files->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_powerOff->setObjectName(QStringLiteral("powerOffNow"));
    m_powerOff->setIcon(icon(Icon::Power, IconTone::Bad));
    setButtonKind(m_powerOff, ButtonKind::Destructive);
    m_again->setObjectName(QStringLiteral("safetyAgain"));
    m_back->setObjectName(QStringLiteral("safetyBack"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_powerOff);
    buttons->addWidget(m_again);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addWidget(m_skeleton);
    layout->addWidget(m_list);
    layout->addWidget(m_files, 1);
    layout->addLayout(buttons);
    layout->addStretch(0);
    connect(m_powerOff, &QPushButton::clicked, this, &SafetyPanel::powerOffRequested);
    connect(m_again, &QPushButton::clicked, this, &SafetyPanel::againRequested);
    connect(m_back, &QPushButton::clicked, this, &SafetyPanel::left);
    retranslate();
    setBusy();
}

void SafetyPanel::retranslate()
{
    const auto name = [](QPushButton *button, const QString &text) {
        button->setText(text);
        button->setAccessibleName(text);
    };
    name(m_powerOff, tr("Power off now"));
    m_powerOff->setToolTip(runsText(core::jobs::EndAction().powerOff));
    name(m_again, tr("Look again"));
    name(m_back, tr("Back"));
    m_files->setAccessibleName(tr("Files that are newer"));
    if (m_report)
        fill();
    else
        setBusy();
}

void SafetyPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void SafetyPanel::setBusy()
{
    m_report.reset();
    m_isSafe = false;
    m_title->setText(tr("Looking whether it is safe to stop…"));
    m_hint->setText(tr("Jobs, sessions, load, and files that are not on your computer yet."));
    m_skeleton->show();
    m_list->hide();
    m_files->hide();
    m_again->setEnabled(false);
}

void SafetyPanel::setCanPowerOff(bool can)
{
    m_powerOff->setEnabled(can);
}

void SafetyPanel::setReport(const core::jobs::SafetyReport &report, const QDateTime &since,
                            int copies)
{
    m_report = report;
    m_since = since;
    m_copies = copies;
    fill();
}

void SafetyPanel::add(Finding finding, const QString &text, const QString &details)
{
    m_isSafe = m_isSafe && finding == Finding::Good;
    auto *sign = new IconView;
    sign->set(finding == Finding::Good ? icon(Icon::Ok, IconTone::Good)
                                       : icon(Icon::Warning, IconTone::Warn));
    auto *words = new QVBoxLayout;
    words->setSpacing(space::xs);
    auto *title = new Label(text, TextStyle::Body);
    title->setWordWrap(true);
    words->addWidget(title);
    if (!details.isEmpty()) {
        auto *more = new Label(details, TextStyle::Caption, TextTone::Secondary);
        more->setWordWrap(true);
        words->addWidget(more);
    }
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(sign, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    m_rows->addWidget(row);
}

void SafetyPanel::fill()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    m_isSafe = true;
    m_files->clear();
    m_files->hide();
    addJobs();
    addLoad();
    addFiles();
    if (m_copies > 0)
        add(Finding::Warn, tr("%n copies have not ended", nullptr, m_copies));
    m_title->setText(m_isSafe ? tr("Safe to stop") : tr("Look at this before you stop it"));
    m_hint->setText(tr("What is on its disks stays; what is in memory goes. After a power-off the "
                       "provider stops charging for the GPU."));
    m_skeleton->hide();
    m_list->show();
    m_again->setEnabled(true);
}

void SafetyPanel::addJobs()
{
    QStringList running;
    QStringList sessions;
    for (const JobInfo &job : m_report->overview.jobs) {
        const bool counts = job.state == JobState::Running || job.state == JobState::Waiting;
        if (counts && !job.guard)
            running.append(titleOf(job));
    }
    for (const auto &one : m_report->overview.screens.sessions) {
        if (!one.dead)
            sessions.append(QStringLiteral("screen ") + one.name);
    }
    for (const auto &one : m_report->overview.tmux.sessions)
        sessions.append(QStringLiteral("tmux ") + one.name);
    const QLocale locale;
    if (running.isEmpty())
        add(Finding::Good, tr("No job runs"));
    else
        add(Finding::Warn, tr("%n jobs run", nullptr, int(running.size())),
            locale.createSeparatedList(running));
    if (sessions.isEmpty())
        add(Finding::Good, tr("No screen or tmux session was begun outside"));
    else
        add(Finding::Warn, tr("%n sessions were begun outside", nullptr, int(sessions.size())),
            locale.createSeparatedList(sessions));
    if (const QStringList &busy = m_report->busyShells; !busy.isEmpty())
        add(Finding::Warn, tr("A command runs in %n kept terminals", nullptr, int(busy.size())),
            locale.createSeparatedList(busy));
}

void SafetyPanel::addLoad()
{
    const InstanceLoad &load = m_report->load;
    core::jobs::GuardSpec limits; // busy here is busy there
    for (const JobInfo &job : m_report->overview.jobs) {
        if (job.guard && isArmed(job))
            limits = *job.guard;
    }
    const auto isQuiet = [](const std::optional<double> &value, double limit) {
        return value && *value < limit;
    };
    const bool isIdle = isQuiet(load.gpuPercent, limits.gpuPercent) &&
                        isQuiet(load.cpuPercent, limits.cpuPercent) &&
                        isQuiet(load.diskBytesPerS, limits.diskBytesPerS) &&
                        isQuiet(load.netBytesPerS, limits.netBytesPerS);
    //: The load of an instance
    const QString figures =
        tr("GPU %1, CPU %2, disk %3, network %4")
            .arg(format::percent(load.gpuPercent), format::percent(load.cpuPercent),
                 format::rate(load.diskBytesPerS), format::rate(load.netBytesPerS));
    const bool isKnown =
        load.gpuPercent && load.cpuPercent && load.diskBytesPerS && load.netBytesPerS;
    if (isIdle)
        add(Finding::Good, tr("Nothing works on it"), figures);
    else if (isKnown)
        add(Finding::Warn, tr("Something works on it"), figures);
    else
        add(Finding::Warn, tr("Not all of its load can be read, so it may be busy"), figures);
}

void SafetyPanel::addFiles()
{
    const QString when = m_since.isValid()
                             ? tr("since your last download, %1")
                                   .arg(format::dateTime(std::chrono::system_clock::time_point(
                                       std::chrono::milliseconds(m_since.toMSecsSinceEpoch()))))
                             : tr("in the last 24 hours; nothing was downloaded yet");
    if (!m_report->newerCount) {
        add(Finding::Warn, tr("Nobody could look for new files"), when);
        return;
    }
    if (*m_report->newerCount == 0 && !m_report->newerIsPartial) {
        add(Finding::Good, tr("No new files"), when);
        return;
    }
    QString text = tr("%n files are new", nullptr, int(*m_report->newerCount));
    if (m_report->newerIsPartial)
        text = tr("%1 at least: not all folders could be looked at").arg(text);
    add(Finding::Warn, text, when);
    QStringList names;
    for (const QByteArray &file : m_report->newerFiles)
        names.append(QString::fromUtf8(file).replace(u'\n', u' '));
    if (*m_report->newerCount > names.size())
        names.append(QStringLiteral("…"));
    m_files->setPlainText(names.join(u'\n'));
    m_files->setVisible(!names.isEmpty());
}

} // namespace ui::jobs
