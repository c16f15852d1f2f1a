// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/JobsPage.h"

#include "core/jobs/JobBackend.h"
#include "ui/common/Banner.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/Skeleton.h"
#include "ui/common/TableView.h"
#include "ui/jobs/GuardBar.h"
#include "ui/jobs/JobModel.h"
#include "ui/jobs/JobWords.h"
#include "ui/jobs/LogPane.h"
#include "ui/jobs/SafetyPanel.h"
#include "ui/jobs/StartPanel.h"

#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace ui::jobs {

using namespace std::chrono_literals;
using core::fleet::Instance;
using core::jobs::JobInfo;
using core::jobs::JobState;

JobsPage::JobsPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new JobModel(this))
    , m_bar(new QWidget)
    , m_start(new QPushButton)
    , m_guard(new GuardBar)
    , m_safety(new QPushButton)
    , m_again(new QToolButton)
    , m_banner(new Banner)
    , m_stack(new QStackedWidget)
    , m_list(new QSplitter(Qt::Vertical))
    , m_table(new TableView)
    , m_away(new EmptyState)
    , m_skeleton(new Skeleton(Skeleton::Shape::Lines))
    , m_startPanel(new StartPanel)
    , m_safetyPanel(new SafetyPanel)
    , m_status(new ElidedLabel(TextStyle::Caption, TextTone::Hint))
{
    setObjectName(QStringLiteral("jobsPage"));
    m_table->setObjectName(QStringLiteral("jobsTable"));
    m_table->setSourceModel(m_model);
    m_table->sortByColumn(JobModel::Started, Qt::DescendingOrder);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setSectionResizeMode(JobModel::Name, QHeaderView::Stretch);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_banner->setObjectName(QStringLiteral("jobsBanner"));
    m_banner->setClosable(true);
    m_banner->hide();
    m_away->setObjectName(QStringLiteral("jobsAway"));
    m_awayButton = m_away->addAction({});
    m_awayButton->setObjectName(QStringLiteral("jobsAwayButton"));
    m_status->setObjectName(QStringLiteral("jobsStatus"));
    auto *bars = new QVBoxLayout(m_bar);
    bars->setContentsMargins(0, 0, 0, 0);
    bars->setSpacing(space::s);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(space::s);
    buildBar(bar);
    bars->addLayout(bar);
    bars->addWidget(m_guard->limits());
    m_list->setObjectName(QStringLiteral("jobsSplitter"));
    m_list->addWidget(m_table);
    m_list->addWidget(buildDetails());
    m_list->setStretchFactor(1, 1);
    m_list->setSizes({220, 380});
    m_list->setChildrenCollapsible(false);
    for (QWidget *page : {static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_away),
                          static_cast<QWidget *>(m_skeleton), static_cast<QWidget *>(m_startPanel),
                          static_cast<QWidget *>(m_safetyPanel)})
        m_stack->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::m, space::l, space::m);
    layout->setSpacing(space::m);
    layout->addWidget(m_bar);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_status);
    m_tick.setInterval(1s);
    connectParts();
    retranslate();
}

JobsPage::~JobsPage() = default;

void JobsPage::buildBar(QBoxLayout *bar)
{
    m_start->setObjectName(QStringLiteral("newJob"));
    setButtonKind(m_start, ButtonKind::Primary);
    m_safety->setObjectName(QStringLiteral("safeToStop"));
    m_safety->setIcon(icon(Icon::Shield, IconTone::Secondary));
    m_again->setObjectName(QStringLiteral("jobsAgain"));
    m_again->setIcon(icon(Icon::Refresh, IconTone::Secondary));
    m_again->setFocusPolicy(Qt::StrongFocus);
    bar->addWidget(m_start);
    bar->addStretch(1);
    bar->addWidget(m_guard);
    bar->addSpacing(space::s);
    bar->addWidget(m_safety);
    bar->addWidget(m_again);
}

QWidget *JobsPage::buildDetails()
{
    auto *details = new QWidget;
    details->setObjectName(QStringLiteral("jobDetails"));
    m_title = new ElidedLabel(TextStyle::Strong);
    m_facts = new Label(TextStyle::Caption, TextTone::Secondary);
    m_facts->setObjectName(QStringLiteral("jobFacts"));
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    const auto button = [](const char *name, Icon sign) {
        auto *made = new QPushButton;
        made->setObjectName(QLatin1StringView(name));
        made->setIcon(icon(sign, IconTone::Secondary));
        return made;
    };
    m_fetch = button("fetchJob", Icon::Download);
    m_attach = button("attachJob", Icon::Copy);
    m_open = button("openJobTerminal", Icon::Terminal);
    m_startAgain = button("startJobAgain", Icon::Refresh);
    m_forget = button("forgetJob", Icon::Trash);
    m_stop = button("stopJob", Icon::Stop);
    setButtonKind(m_forget, ButtonKind::Destructive);
    setButtonKind(m_stop, ButtonKind::Destructive);
    auto *top = new QHBoxLayout;
    top->setSpacing(space::s);
    top->addWidget(m_title, 1);
    for (QPushButton *one : {m_fetch, m_open, m_attach, m_startAgain, m_forget, m_stop})
        top->addWidget(one);
    m_log = new LogPane;
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(0, space::m, 0, 0);
    layout->setSpacing(space::s);
    layout->addLayout(top);
    layout->addWidget(m_facts);
    layout->addWidget(m_log, 1);
    layout->addStretch(0);
    return details;
}

void JobsPage::connectParts()
{
    connect(m_banner, &Banner::closed, m_banner, &QWidget::hide);
    connect(m_banner, &Banner::actionTriggered, this, [this] {
        m_banner->hide();
        refresh();
    });
    connect(m_start, &QPushButton::clicked, this, [this] { setMode(Mode::Start); });
    connect(m_awayButton, &QPushButton::clicked, this, [this] {
        if (session())
            setMode(Mode::Start);
        else
            Q_EMIT connectRequested();
    });
    connect(m_guard, &GuardBar::switched, this, &JobsPage::setGuard);
    connect(m_safety, &QPushButton::clicked, this, &JobsPage::openSafety);
    connect(m_again, &QToolButton::clicked, this, &JobsPage::refresh);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &JobsPage::updateDetails);
    connect(m_startPanel, &StartPanel::startRequested, this, &JobsPage::startJob);
    connect(m_startPanel, &StartPanel::left, this, [this] { setMode(Mode::List); });
    connect(m_safetyPanel, &SafetyPanel::left, this, [this] { setMode(Mode::List); });
    connect(m_safetyPanel, &SafetyPanel::againRequested, this, &JobsPage::openSafety);
    connect(m_safetyPanel, &SafetyPanel::powerOffRequested, this, &JobsPage::askPowerOff);
    connect(m_stop, &QPushButton::clicked, this, &JobsPage::askStop);
    connect(m_startAgain, &QPushButton::clicked, this, &JobsPage::startAgain);
    connect(m_fetch, &QPushButton::clicked, this, &JobsPage::fetch);
    connect(m_attach, &QPushButton::clicked, this, &JobsPage::copyAttach);
    connect(m_open, &QPushButton::clicked, this, &JobsPage::openTerminal);
    connect(m_forget, &QPushButton::clicked, this, &JobsPage::askForget);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (m_watch && session())
            m_model->setAge(m_watch->age());
    });
}

void JobsPage::retranslate()
{
    setAccessibleName(tr("Jobs"));
    const auto name = [](QAbstractButton *button, const QString &text) {
        button->setText(text);
        button->setAccessibleName(text);
    };
    name(m_start, tr("Start a job…"));
    name(m_safety, tr("Safe to stop?"));
    m_again->setAccessibleName(tr("Read again"));
    m_again->setToolTip(tr("Read again"));
    m_table->setAccessibleName(tr("Jobs and sessions on the instance"));
    name(m_stop, tr("Stop…"));
    name(m_startAgain, tr("Start again…"));
    name(m_fetch, tr("Fetch its files"));
    name(m_attach, tr("Copy the attach command"));
    name(m_open, tr("Open in a terminal"));
    m_open->setToolTip(tr("Shows what it shows. Closing that terminal leaves it running; Ctrl+C in "
                          "it interrupts what runs."));
    name(m_forget, tr("Remove…"));
    m_model->retranslate();
    update();
}

void JobsPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void JobsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_tick.start();
    if (m_watch)
        m_watch->setWatched(true);
}

void JobsPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
    if (m_watch)
        m_watch->setWatched(false);
}

core::ssh::Session *JobsPage::session() const
{
    return m_watch ? m_watch->instance().session() : nullptr;
}

QString JobsPage::name() const
{
    return m_watch ? m_watch->instance().profile().name : QString();
}

void JobsPage::setWatch(core::fleet::JobWatch *watch)
{
    if (watch == m_watch)
        return;
    if (m_watch) {
        disconnect(m_watch, nullptr, this, nullptr);
        disconnect(&m_watch->instance(), nullptr, this, nullptr);
        m_watch->setWatched(false);
    }
    m_watch = watch;
    delete m_check;
    m_pending.reset();
    m_isGuardChanging = false;
    m_knowsGuard = false;
    m_toldError.reset();
    m_banner->hide();
    m_startPanel->setBusy(false);
    m_log->setJob(nullptr, {});
    if (watch) {
        connect(watch, &core::fleet::JobWatch::changed, this, &JobsPage::update);
        connect(&watch->instance(), &Instance::stateChanged, this, &JobsPage::update);
        connect(&watch->instance(), &Instance::profileChanged, this, &JobsPage::update);
        watch->setWatched(isVisible());
    }
    m_model->setRows({});
    setMode(Mode::List);
}

void JobsPage::refresh()
{
    if (m_watch)
        m_watch->ask();
}

void JobsPage::setMode(Mode mode)
{
    m_mode = mode;
    if (mode == Mode::Start && m_watch)
        m_startPanel->begin(&m_watch->instance());
    update();
}

void JobsPage::update()
{
    updateRows();
    updateGuard();
    m_bar->setVisible(m_mode == Mode::List);
    m_start->setEnabled(session() != nullptr);
    m_safety->setEnabled(session() != nullptr);
    m_again->setEnabled(session() && !m_watch->isAsking());
    m_safetyPanel->setCanPowerOff(session() && !m_poweringOff);
    if (m_mode == Mode::Start) {
        m_stack->setCurrentWidget(m_startPanel);
    } else if (m_mode == Mode::Safety) {
        m_stack->setCurrentWidget(m_safetyPanel);
    } else if (m_model->rowCount() > 0) {
        m_stack->setCurrentWidget(m_list);
    } else if (session() && !m_watch->overview() && !m_watch->error()) {
        m_stack->setCurrentWidget(m_skeleton);
    } else {
        updateAway();
        m_stack->setCurrentWidget(m_away);
    }
    m_startPanel->refresh();
    // Once, so that it can be closed.
    const std::optional<core::Error> error =
        session() ? m_watch->error() : std::optional<core::Error>();
    if (error && error != m_toldError)
        showError(*error);
    m_toldError = error;
    updateDetails();
    updateStatus();
}

void JobsPage::updateRows()
{
    std::vector<JobRow> rows;
    if (m_watch && m_watch->overview())
        rows = rowsOf(*m_watch->overview());
    if (m_watch)
        m_model->setPrice(m_watch->instance().profile().price);
    const bool wasEmpty = m_model->rowCount() == 0;
    m_model->setRows(std::move(rows));
    if (m_watch)
        m_model->setAge(session() ? m_watch->age() : 0s);
    if (m_model->rowCount() == 0)
        return;
    if (wasEmpty) {
        for (int column = JobModel::State; column < JobModel::ColumnCount; ++column)
            m_table->resizeColumnToContents(column);
    }
    if (m_table->selectionModel()->selectedRows().isEmpty())
        m_table->selectRow(0);
}

const JobRow *JobsPage::current() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return nullptr;
    const int row = m_table->proxy()->mapToSource(rows.first()).row();
    return row >= 0 && row < m_model->rowCount() ? &m_model->rows()[std::size_t(row)] : nullptr;
}

void JobsPage::select(const core::jobs::JobId &id)
{
    setMode(Mode::List);
    for (int row = 0; row < m_table->proxy()->rowCount(); ++row) {
        const int source = m_table->proxy()->mapToSource(m_table->proxy()->index(row, 0)).row();
        if (m_model->rows()[std::size_t(source)].job.id == id)
            m_table->selectRow(row);
    }
}

void JobsPage::updateDetails()
{
    const JobRow *row = current();
    const bool isJob = row && !row->isSession();
    const bool runs =
        isJob && (row->job.state == JobState::Running || row->job.state == JobState::Waiting);
    const bool connected = session() != nullptr;
    m_stop->setVisible(runs);
    m_stop->setEnabled(connected);
    m_startAgain->setVisible(isJob && !runs && !row->job.guard);
    m_startAgain->setEnabled(connected);
    m_forget->setVisible(isJob && !runs);
    m_forget->setEnabled(connected && isJob && !isArmed(row->job));
    m_fetch->setVisible(isJob && !row->job.spec.fetch.isEmpty());
    m_fetch->setEnabled(connected && isJob && !m_watch->isFetching(row->job.id));
    m_log->setVisible(isJob);
    m_log->setJob(isJob ? m_watch.data() : nullptr, isJob ? row->job.id : core::jobs::JobId());
    m_log->refresh();
    const QByteArray attach = attachText();
    m_attach->setVisible(!attach.isEmpty());
    m_open->setVisible(!attach.isEmpty());
    m_open->setEnabled(connected);
    if (!row)
        return;
    if (row->isSession()) {
        m_title->setText(row->session);
        m_facts->setText(tr("Begun outside Danlu in %1 (%2). In a terminal of the instance this "
                            "shows it: %3")
                             .arg(row->tool, row->state.isEmpty() ? format::absent() : row->state,
                                  QString::fromUtf8(attach)));
        return;
    }
    const JobInfo &job = row->job;
    m_title->setText(titleOf(job));
    QStringList facts{stateText(job)};
    if (!exitText(job).isEmpty() && job.exitCode != 0)
        facts.append(exitText(job));
    if (!job.spec.directory.isEmpty())
        facts.append(QString::fromUtf8(job.spec.directory));
    if (!job.spec.condaEnvironment.isEmpty())
        facts.append(QStringLiteral("conda ") + QString::fromUtf8(job.spec.condaEnvironment));
    if (job.guard)
        facts.append(limitsText(*job.guard));
    if (job.idleFor)
        facts.append(tr("idle for %1").arg(format::duration(qint64(job.idleFor->count()))));
    if (!isArmed(job) && !endText(job, {}).isEmpty())
        facts.append(endText(job, {}));
    if (job.isFetched)
        facts.append(tr("files fetched"));
    else if (m_watch->isFetching(job.id))
        facts.append(tr("fetching its files"));
    if (!attach.isEmpty())
        facts.append(QString::fromUtf8(attach));
    facts.append(QString::fromUtf8(core::jobs::logText(job.id)));
    m_facts->setText(facts.join(QStringLiteral(" · ")));
}

/// The page where there is nothing to be listed.
void JobsPage::updateAway()
{
    const bool isBusy = m_watch && m_watch->instance().isBusy() && !session();
    m_awayButton->setVisible(m_watch && !isBusy);
    if (session()) {
        m_away->set(icon(Icon::Play, IconTone::Accent), tr("No jobs yet"),
                    tr("A job is a command that goes on when the connection drops, your laptop "
                       "sleeps or Danlu is closed. It keeps its log and its exit code, and can "
                       "power the instance off when it has ended."));
        m_awayButton->setText(tr("Start a job…"));
    } else if (isBusy) {
        m_away->set(icon(Icon::Server, IconTone::Hint), tr("Connecting to %1…").arg(name()),
                    tr("Its jobs are shown when it is connected."));
    } else {
        m_away->set(icon(Icon::Unplug, IconTone::Hint), tr("%1 is not connected").arg(name()),
                    tr("Jobs are read from the instance itself. Those that run go on without "
                       "you."));
        m_awayButton->setText(tr("Connect"));
    }
    m_awayButton->setAccessibleName(m_awayButton->text());
    m_away->setAccessibleName(tr("Jobs of %1").arg(name()));
    m_start->setVisible(session() && m_model->rowCount() > 0);
}

void JobsPage::updateStatus()
{
    if (m_model->rowCount() > 0)
        m_start->setVisible(true);
    const bool shown = m_mode == Mode::List && m_watch && m_watch->overview();
    m_status->setVisible(shown);
    if (!shown)
        return;
    const QString when = format::clock(m_watch->toldAt());
    if (const JobInfo *by = m_watch->poweredOffBy(); by && !session())
        m_status->setText(
            tr("“%1” has powered the instance off. As it was at %2.").arg(titleOf(*by), when));
    else
        m_status->setText(session() ? tr("As of %1").arg(when)
                                    : tr("Not connected: as it was at %1. Jobs go on without the "
                                         "connection.")
                                          .arg(when));
}

} // namespace ui::jobs
