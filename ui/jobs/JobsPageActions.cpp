// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with jobs, the guard and the instance.
#include "core/probe/SystemInfo.h"
#include "ui/common/Banner.h"
#include "ui/common/Theme.h"
#include "ui/jobs/GuardBar.h"
#include "ui/jobs/JobModel.h"
#include "ui/jobs/JobWords.h"
#include "ui/jobs/JobsPage.h"
#include "ui/jobs/SafetyPanel.h"
#include "ui/jobs/StartPanel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>

namespace ui::jobs {

using namespace std::chrono_literals;
using core::jobs::JobAction;
using core::jobs::JobId;
using core::jobs::JobInfo;
using core::jobs::JobSpec;

namespace {

constexpr auto stopGrace = 10s;

} // namespace

void JobsPage::tell(const QString &text, const QString &details)
{
    m_banner->clearActions();
    m_banner->setTechnical({});
    m_banner->setMessage(Banner::Kind::Good, text, details);
    m_banner->show();
}

void JobsPage::showError(const core::Error &error)
{
    if (error.code == core::ErrorCode::Cancelled)
        return;
    ErrorContext context;
    context.instance = name();
    Description words = describe(error, context);
    // Reading again shows what holds now, whatever became of it.
    words.action = ErrorAction::Retry;
    words.button = tr("Read again");
    words.otherAction = ErrorAction::None;
    words.otherButton.clear();
    m_banner->clearActions();
    m_banner->setError(words);
    m_banner->show();
}

void JobsPage::follow(JobAction *action, const std::function<void(const JobInfo &)> &then)
{
    connect(action, &core::Operation::finished, this, [this, action, then, watch = m_watch] {
        action->deleteLater();
        if (!watch || watch != m_watch)
            return;
        if (action->error()) {
            showError(*action->error());
        } else if (action->job()) {
            watch->take(*action->job());
            if (then)
                then(*action->job());
        }
        update();
    });
}

void JobsPage::startJob(const JobSpec &spec)
{
    if (!session())
        return;
    if (!m_pending || !(m_pending->second == spec))
        m_pending.emplace(core::jobs::makeJobId(std::chrono::system_clock::now()), spec);
    m_banner->hide();
    m_startPanel->setBusy(true);
    JobAction *action =
        core::jobs::startJob(*session(), m_pending->first, spec, core::jobs::standardBackends());
    connect(action, &core::Operation::finished, this, [this] { m_startPanel->setBusy(false); });
    follow(action, [this](const JobInfo &job) {
        m_pending.reset();
        m_startPanel->clear();
        select(job.id);
    });
}

void JobsPage::startAgain()
{
    const JobRow *row = current();
    if (!row || row->isSession())
        return;
    const JobSpec spec = row->job.spec;
    setMode(Mode::Start);
    m_startPanel->setSpec(spec);
}

void JobsPage::askStop()
{
    const JobRow *row = current();
    if (!row || row->isSession() || !session())
        return;
    const JobId id = row->job.id;
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Stop a job?"),
                                row->job.guard ? tr("Switch the idle guard off?")
                                               : tr("Stop %1?").arg(titleOf(row->job)),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("stopJobBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        (row->job.guard
             ? tr("Then the instance does not power itself off when it is idle.")
             : tr("All of its processes are asked to end (SIGTERM); those that are still there "
                  "after %n seconds are killed. Its log stays. A power-off that waits for its end "
                  "is cancelled.",
                  nullptr, int(stopGrace.count()))) +
        QStringLiteral("\n\n") + runsText(core::jobs::stopText(id)));
    QPushButton *stopIt = box->addButton(row->job.guard ? tr("Switch it off") : tr("Stop the job"),
                                         QMessageBox::DestructiveRole);
    stopIt->setObjectName(QStringLiteral("stopJobConfirm"));
    setButtonKind(stopIt, ButtonKind::Destructive);
    box->setDefaultButton(box->addButton(tr("Let it run"), QMessageBox::RejectRole));
    connect(stopIt, &QPushButton::clicked, this, [this, id, watch = m_watch] {
        if (watch && watch == m_watch)
            stop(id);
    });
    box->open();
}

void JobsPage::stop(const JobId &id)
{
    if (!session())
        return;
    m_banner->clearActions();
    m_banner->setTechnical({});
    m_banner->setMessage(Banner::Kind::Info, tr("Stopping…"));
    m_banner->show();
    follow(core::jobs::stopJob(*session(), id, stopGrace), [this](const JobInfo &job) {
        tell(tr("%1 was stopped").arg(titleOf(job)), exitText(job));
    });
}

void JobsPage::askForget()
{
    const JobRow *row = current();
    if (!row || row->isSession() || !session())
        return;
    const JobId id = row->job.id;
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("Remove a job?"),
                        tr("Remove %1 and its log from the instance?").arg(titleOf(row->job)),
                        QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("forgetJobBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("What the job itself has written stays."));
    QPushButton *remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    remove->setObjectName(QStringLiteral("forgetJobConfirm"));
    setButtonKind(remove, ButtonKind::Destructive);
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(remove, &QPushButton::clicked, this, [this, id, watch = m_watch] {
        if (watch && watch == m_watch)
            forget(id);
    });
    box->open();
}

void JobsPage::forget(const JobId &id)
{
    if (!session())
        return;
    JobAction *action = core::jobs::forgetJob(*session(), id);
    connect(action, &core::Operation::finished, this, [action, id, watch = m_watch] {
        if (action->isOk() && watch)
            watch->drop(id);
    });
    follow(action, {});
}

void JobsPage::fetch()
{
    const JobRow *row = current();
    if (row && !row->isSession())
        m_watch->fetch(row->job.id);
}

QByteArray JobsPage::attachText() const
{
    const JobRow *row = current();
    if (!row || row->isSession())
        return row ? row->attach : QByteArray();
    const bool runs = row->job.state == core::jobs::JobState::Running ||
                      row->job.state == core::jobs::JobState::Waiting;
    const auto backends = core::jobs::standardBackends();
    const auto *backend = core::jobs::backendNamed(backends, row->job.backend);
    return runs && backend ? backend->attachText(row->job.id) : QByteArray();
}

void JobsPage::copyAttach()
{
    const QByteArray text = attachText();
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
    tell(tr("The command is on the clipboard"), QString::fromUtf8(text));
}

void JobsPage::openTerminal()
{
    const JobRow *row = current();
    const QByteArray text = attachText();
    if (row && !text.isEmpty())
        Q_EMIT terminalRequested(row->isSession() ? row->session : titleOf(row->job), text);
}

void JobsPage::updateGuard()
{
    m_guard->setEnabled(!m_isGuardChanging);
    if (m_isGuardChanging)
        return;
    const JobInfo *armed = nullptr;
    const JobInfo *last = nullptr;
    if (m_watch && m_watch->overview()) {
        for (const JobInfo &job : m_watch->overview()->jobs) {
            if (!job.guard)
                continue;
            if (isArmed(job))
                armed = &job;
            if (!last || job.id > last->id)
                last = &job;
        }
        // What was chosen for this instance before.
        if (!m_knowsGuard)
            m_guard->setSpec(last ? *last->guard : core::jobs::GuardSpec());
        m_knowsGuard = true;
    }
    m_guard->setState(armed ? armed->guard : std::nullopt, session() && m_watch->overview());
}

void JobsPage::setGuard(bool on)
{
    if (!session())
        return;
    m_isGuardChanging = true;
    updateGuard();
    const auto end = [this] {
        m_isGuardChanging = false;
        update();
    };
    if (on) {
        JobAction *action = core::jobs::startGuard(
            *session(), core::jobs::makeJobId(std::chrono::system_clock::now()), m_guard->spec(),
            core::jobs::standardBackends());
        follow(action, {});
        connect(action, &core::Operation::finished, this, end);
        return;
    }
    for (const JobInfo &job : m_watch->overview()->jobs) {
        if (!job.guard || !isArmed(job))
            continue;
        JobAction *action = core::jobs::stopJob(*session(), job.id, 5s);
        follow(action, {});
        connect(action, &core::Operation::finished, this, end);
    }
}

void JobsPage::openSafety()
{
    if (!session())
        return;
    m_safetyPanel->setBusy();
    setMode(Mode::Safety);
    delete m_check;
    core::jobs::SafetyOptions options;
    const core::fleet::Instance &instance = m_watch->instance();
    const QByteArray user = instance.profile().user.toUtf8();
    options.directories.append(user == "root" ? QByteArray("/root") : "/home/" + user);
    const auto sample = instance.sample();
    const bool knowsDisks = sample && !sample->disks.empty();
    if (sample) {
        for (const core::probe::DiskInfo &disk : sample->disks) {
            if (disk.role == core::probe::DiskRole::Data)
                options.directories.append(disk.mount.toUtf8());
        }
    }
    const auto download = m_watch->lastDownload();
    const auto since = download.value_or(std::chrono::system_clock::now() - 24h);
    options.newerThan = m_watch->instanceTime(since);
    m_check = core::jobs::checkSafety(*session(), options);
    connect(m_check, &core::Operation::finished, this,
            [this, check = m_check.data(), download, knowsDisks] {
                check->deleteLater();
                if (check != m_check)
                    return;
                m_check.clear();
                if (check->error()) {
                    setMode(Mode::List);
                    showError(*check->error());
                    return;
                }
                core::jobs::SafetyReport report = check->report();
                report.newerIsPartial =
                    report.newerIsPartial || !knowsDisks; // the data disk may be missing
                const auto ms = [](std::chrono::system_clock::time_point time) {
                    return std::chrono::duration_cast<std::chrono::milliseconds>(
                               time.time_since_epoch())
                        .count();
                };
                m_safetyPanel->setReport(
                    report, download ? QDateTime::fromMSecsSinceEpoch(ms(*download)) : QDateTime(),
                    m_watch ? m_watch->unfinishedCopies() : 0);
                update();
            });
}

void JobsPage::askPowerOff()
{
    if (!session())
        return;
    if (m_safetyPanel->isSafe()) {
        powerOff();
        return;
    }
    auto *box =
        new QMessageBox(QMessageBox::Warning, tr("Power off?"),
                        tr("Power %1 off all the same?").arg(name()), QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("powerOffBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Not everything spoke for it. What runs ends at once.") +
                            QStringLiteral("\n\n") + runsText(core::jobs::EndAction().powerOff));
    QPushButton *off = box->addButton(tr("Power off"), QMessageBox::DestructiveRole);
    off->setObjectName(QStringLiteral("powerOffConfirm"));
    setButtonKind(off, ButtonKind::Destructive);
    box->setDefaultButton(box->addButton(tr("Keep it on"), QMessageBox::RejectRole));
    connect(off, &QPushButton::clicked, this, [this, watch = m_watch] {
        if (watch && watch == m_watch)
            powerOff();
    });
    box->open();
}

void JobsPage::powerOff()
{
    if (!session() || m_poweringOff)
        return;
    m_poweringOff = core::jobs::powerOff(*session(), core::jobs::EndAction().powerOff);
    // The session that goes with the instance is the success.
    connect(m_poweringOff, &core::Operation::finished, this,
            [this, watch = m_watch, operation = m_poweringOff.data()] {
                operation->deleteLater();
                m_poweringOff.clear();
                const std::optional<core::Error> &error = operation->error();
                if (!error && watch)
                    watch->instance().disconnectNow(); // nobody to come back to
                if (watch != m_watch)
                    return;
                setMode(Mode::List);
                if (error)
                    showError(*error);
                else
                    tell(tr("%1 was told to power off").arg(name()),
                         tr("Look at your provider's console whether it has ended: only then it "
                            "costs nothing more."));
            });
    update();
}

} // namespace ui::jobs
