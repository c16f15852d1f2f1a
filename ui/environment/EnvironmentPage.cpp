// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/EnvironmentPage.h"

#include "core/ssh/Session.h"
#include "ui/common/Banner.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/Skeleton.h"
#include "ui/common/TableView.h"
#include "ui/common/Theme.h"
#include "ui/environment/EnvironmentWords.h"
#include "ui/environment/PackageModel.h"
#include "ui/environment/SystemCard.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QToolButton>

namespace ui::environment {

using core::env::Environment;
using core::env::Report;
using core::fleet::Instance;

EnvironmentPage::EnvironmentPage(QWidget *parent)
    : QWidget(parent)
    , m_cards(core::catalog::CardCatalog::shipped())
    , m_builds(core::catalog::TorchBuilds::shipped())
    , m_time(new Label(TextStyle::Body, TextTone::Secondary))
    , m_refresh(new QToolButton)
    , m_setUp(new QPushButton)
    , m_setUpMenu(new QMenu(this))
    , m_banner(new Banner)
    , m_stack(new QStackedWidget)
    , m_skeleton(new Skeleton(Skeleton::Shape::Lines))
    , m_away(new EmptyState)
    , m_system(new SystemCard)
    , m_environmentsCard(new Card)
    , m_model(new EnvironmentModel(this))
    , m_table(new TableView)
    , m_reason(new Label(TextStyle::Body, TextTone::Secondary))
    , m_noConda(new Label(TextStyle::Body, TextTone::Secondary))
    , m_fix(new QPushButton)
    , m_new(new QPushButton)
    , m_clone(new QPushButton)
    , m_remove(new QPushButton)
    , m_install(new QPushButton)
    , m_measure(new QPushButton)
    , m_packagesCard(new Card)
    , m_packages(new PackageModel(this))
    , m_packageTable(new TableView)
    , m_filter(new QLineEdit)
    , m_count(new Label(TextStyle::Body, TextTone::Secondary))
{
    setObjectName(QStringLiteral("environmentPage"));
    m_banner->setObjectName(QStringLiteral("environmentBanner"));
    m_banner->setClosable(true);
    m_banner->hide();
    auto *inner = new QWidget;
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    column->addWidget(m_system);
    column->addWidget(buildEnvironments());
    column->addWidget(buildPackages());
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inner);
    scroll->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    m_content = scroll;
    for (QWidget *page : std::initializer_list<QWidget *>{m_skeleton, m_away, m_content})
        m_stack->addWidget(page);
    m_connectButton = m_away->addAction(QString());
    m_connectButton->setObjectName(QStringLiteral("environmentConnect"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::m, space::l, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(buildTools());
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    m_next.setSingleShot(true);
    connectParts();
    retranslate();
}

EnvironmentPage::~EnvironmentPage()
{
    forget();
}

void EnvironmentPage::connectParts()
{
    connect(m_banner, &Banner::closed, m_banner, &QWidget::hide);
    connect(m_refresh, &QToolButton::clicked, this, &EnvironmentPage::refresh);
    connect(m_connectButton, &QPushButton::clicked, this, [this] {
        if (session())
            refresh();
        else
            Q_EMIT connectRequested();
    });
    connect(m_setUpMenu, &QMenu::aboutToShow, this, &EnvironmentPage::fillSetUp);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &EnvironmentPage::showSelected);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_packageTable->proxy()->setFilterFixedString(text.trimmed());
        showState();
    });
    connect(m_new, &QPushButton::clicked, this, &EnvironmentPage::askNew);
    connect(m_clone, &QPushButton::clicked, this, &EnvironmentPage::askClone);
    connect(m_remove, &QPushButton::clicked, this, &EnvironmentPage::askRemove);
    connect(m_install, &QPushButton::clicked, this, &EnvironmentPage::askInstall);
    connect(m_fix, &QPushButton::clicked, this, &EnvironmentPage::askTorch);
    connect(m_measure, &QPushButton::clicked, this, [this] {
        if (m_sizes)
            m_sizes->cancel();
        else
            measure();
    });
    connect(&m_next, &QTimer::timeout, this, [this] {
        if (m_watch && m_job)
            m_watch->ask();
    });
}

void EnvironmentPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void EnvironmentPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_report)
        refresh();
}

core::ssh::Session *EnvironmentPage::session() const
{
    return m_watch ? m_watch->instance().session() : nullptr;
}

const EnvironmentRow *EnvironmentPage::current() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : &m_model->row(m_table->proxy()->mapToSource(rows[0]).row());
}

void EnvironmentPage::setWatch(core::fleet::JobWatch *watch)
{
    if (m_watch == watch)
        return;
    if (m_watch) {
        m_watch->disconnect(this);
        m_watch->instance().disconnect(this);
    }
    forget();
    m_watch = watch;
    if (watch) {
        connect(&watch->instance(), &Instance::stateChanged, this,
                &EnvironmentPage::onStateChanged);
        connect(watch, &core::fleet::JobWatch::changed, this, &EnvironmentPage::onJobsChanged);
    }
    refresh();
}

/// All that is known of an instance that is no longer shown. What was begun there goes on.
void EnvironmentPage::forget()
{
    m_next.stop();
    for (core::Operation *operation : std::initializer_list<core::Operation *>{
             m_look.data(), m_sizes.data(), m_listing.data()}) {
        if (operation) {
            operation->disconnect(this);
            operation->cancel();
            operation->deleteLater();
        }
    }
    if (m_starting) {
        m_starting->disconnect(this);
        connect(m_starting, &core::Operation::finished, m_starting, &QObject::deleteLater);
    }
    m_look.clear();
    m_sizes.clear();
    m_listing.clear();
    m_starting.clear();
    m_job.reset();
    m_report.reset();
    m_listed.clear();
    m_hasFailed = false;
    m_model->setRows({});
    m_packages->setPackages({});
    m_filter->clear();
    m_banner->hide();
    showState();
}

/// The operations are children of the session: with it they are gone, and say nothing.
void EnvironmentPage::onStateChanged()
{
    if (!session())
        m_listed.clear(); // the answer may have gone with it
    if (session() && !m_look && (!m_report || m_hasFailed))
        refresh();
    if (session() && m_job)
        m_watch->ask();
    showState();
    showSelected();
}

void EnvironmentPage::refresh()
{
    if (!isVisible() || !session() || m_look) {
        showState();
        return;
    }
    m_look = new core::env::LookAround(*session());
    connect(m_look, &core::Operation::finished, this, [this, look = m_look.data()] {
        look->deleteLater();
        m_look.clear();
        m_hasFailed = !look->isOk();
        if (look->isOk()) {
            take(look->report());
        } else if (!core::mayComeBack(*look->error()) ||
                   look->error()->code == core::ErrorCode::TimedOut) {
            showError(*look->error(), tr("The environment could not be looked at"));
        }
        showState();
    });
    showState();
}

void EnvironmentPage::take(const Report &report)
{
    const EnvironmentRow *row = current();
    const QByteArray chosen = row ? row->environment.path : QByteArray();
    std::vector<EnvironmentRow> rows;
    for (const Environment &one : report.environments) {
        EnvironmentRow made{one, {}, {}, false};
        if (m_cards && m_builds)
            made.fit = judgeTorch(one, report, *m_cards, *m_builds);
        for (const EnvironmentRow &known : m_model->rows()) {
            if (known.environment.path == one.path) {
                made.bytes = known.bytes;
                made.isMeasured = known.isMeasured;
            }
        }
        rows.push_back(std::move(made));
    }
    m_report = report;
    m_toldAt = std::chrono::system_clock::now();
    m_system->setReport(report);
    m_listed.clear(); // its packages may be others by now
    m_model->setRows(std::move(rows));
    int select = 0;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        if (m_model->row(i).environment.path == chosen)
            select = i;
    }
    if (m_model->rowCount() > 0)
        m_table->selectRow(m_table->proxy()->mapFromSource(m_model->index(select, 0)).row());
    showSelected();
}

void EnvironmentPage::measure()
{
    if (!session() || m_sizes)
        return;
    QByteArrayList paths;
    for (const EnvironmentRow &row : m_model->rows()) {
        if (row.environment.kind != Environment::Kind::System)
            paths.append(row.environment.path);
    }
    m_sizes = new core::env::MeasureSizes(*session(), paths);
    connect(m_sizes, &core::env::MeasureSizes::measured, m_model, &EnvironmentModel::setSize);
    connect(m_sizes, &core::Operation::finished, this, [this, sizes = m_sizes.data()] {
        sizes->deleteLater();
        m_sizes.clear();
        if (sizes->error() && sizes->error()->code != core::ErrorCode::Cancelled &&
            !core::mayComeBack(*sizes->error()))
            showError(*sizes->error(), tr("The sizes could not be measured"));
        showState();
    });
    showState();
}

void EnvironmentPage::askPackages()
{
    const EnvironmentRow *row = current();
    if (!row || !session() || row->environment.path == m_listed)
        return;
    if (m_listing) {
        m_listing->disconnect(this);
        m_listing->cancel();
        m_listing->deleteLater();
    }
    m_listed = row->environment.path;
    m_listing = new core::env::ListPackages(*session(), row->environment);
    connect(m_listing, &core::Operation::finished, this, [this, listing = m_listing.data()] {
        listing->deleteLater();
        m_listing.clear();
        if (listing->isOk())
            m_packages->setPackages(listing->packages());
        else
            m_listed.clear();
        showState();
    });
}

void EnvironmentPage::showError(const core::Error &error, const QString &title)
{
    Description words = withoutActions(describe(error));
    words.title = title;
    m_banner->clearActions();
    m_banner->setError(words);
    QPushButton *again = m_banner->addAction(tr("Try again"));
    again->setObjectName(QStringLiteral("environmentTryAgain"));
    connect(again, &QPushButton::clicked, this, [this] {
        m_banner->hide();
        refresh();
    });
    m_banner->show();
}

void EnvironmentPage::showState()
{
    const bool isConnected = session() != nullptr;
    QWidget *page = m_content;
    if (!m_report)
        page = isConnected && !m_hasFailed ? static_cast<QWidget *>(m_skeleton) : m_away;
    m_stack->setCurrentWidget(page);
    if (isConnected)
        m_away->set(icon(Icon::Warning, IconTone::Secondary), tr("Nothing is known yet"),
                    tr("The instance did not answer the questions about its environment."));
    else
        m_away->set(icon(Icon::Terminal, IconTone::Secondary), tr("Not connected"),
                    tr("Connect to see Python, CUDA and the conda environments of the instance."));
    m_connectButton->setText(isConnected ? tr("Try again") : tr("Connect"));
    m_connectButton->setAccessibleName(m_connectButton->text());
    //: %1 is a time; what is shown is from then
    m_time->setText(m_look     ? tr("Looking…")
                    : m_report ? tr("As of %1").arg(format::clock(m_toldAt))
                               : QString());
    m_refresh->setEnabled(isConnected && !m_look);
    m_setUp->setEnabled(isConnected && m_report && !m_starting);
    m_noConda->setVisible(m_report && !m_report->conda());
    m_measure->setText(m_sizes ? tr("Stop measuring") : tr("Measure sizes"));
    m_measure->setAccessibleName(m_measure->text());
    m_measure->setEnabled(isConnected && m_model->rowCount() > 0);
    const int all = m_packages->rowCount();
    const int shown = m_packageTable->proxy()->rowCount();
    m_count->setText(m_listing      ? tr("Reading…")
                     : shown == all ? tr("%n packages", nullptr, all)
                                    //: %1 of how many packages are shown
                                    : tr("%1 of %n packages", nullptr, all).arg(shown));
}

void EnvironmentPage::showSelected()
{
    const EnvironmentRow *row = current();
    const bool can = session() && m_report && !m_starting;
    const bool isConda = row && row->environment.kind == Environment::Kind::Conda;
    m_new->setEnabled(can && m_report->conda());
    m_clone->setEnabled(can && isConda && m_report->conda());
    m_remove->setEnabled(can && row && removeJob(*m_report, row->environment));
    m_install->setEnabled(can && row && row->environment.isWritable);
    const QString reason = row ? fitReason(row->fit, row->environment) : QString();
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    m_fix->setVisible(row && row->fit.advice);
    m_fix->setEnabled(can && row && row->environment.isWritable);
    //: %1 is an environment's name
    m_packagesCard->setTitle(row ? tr("Packages of %1").arg(titleOf(row->environment))
                                 : tr("Packages"));
    if (row && row->environment.path != m_listed && session())
        m_packages->setPackages({});
    askPackages();
    showState();
}

} // namespace ui::environment
