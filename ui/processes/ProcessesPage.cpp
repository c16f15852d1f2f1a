// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/processes/ProcessesPage.h"

#include "core/fleet/Instance.h"
#include "core/ssh/Session.h"
#include "ui/common/Banner.h"
#include "ui/common/Card.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/common/Skeleton.h"
#include "ui/common/TableView.h"
#include "ui/common/Theme.h"
#include "ui/processes/EndDialog.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace ui::processes {

using namespace std::chrono_literals;
using core::fleet::Instance;
using core::probe::ProcessTable;
using core::processes::EndProcesses;
using core::processes::ListProcesses;
using core::processes::ProcessId;
using core::processes::Signal;

namespace {

constexpr auto interval = 3s;
constexpr auto firstInterval = 1s; ///< a load needs two listings

bool matches(const ProcessRow &row, const QString &filter)
{
    return filter.isEmpty() || QString::number(row.process.pid) == filter ||
           commandWords(row.process).contains(filter, Qt::CaseInsensitive) ||
           row.process.name.contains(filter, Qt::CaseInsensitive) ||
           row.process.user.contains(filter, Qt::CaseInsensitive);
}

} // namespace

ProcessesPage::ProcessesPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new ProcessTableModel(this))
    , m_filter(new QLineEdit)
    , m_onlyGpu(new QCheckBox)
    , m_count(new Label(TextStyle::Body, TextTone::Secondary))
    , m_time(new Label(TextStyle::Body, TextTone::Secondary))
    , m_refresh(new QToolButton)
    , m_end(new QPushButton)
    , m_banner(new Banner)
    , m_stack(new QStackedWidget)
    , m_table(new TableView)
    , m_skeleton(new Skeleton(Skeleton::Shape::Lines))
    , m_nothing(new Label(TextStyle::Body, TextTone::Secondary))
    , m_hint(new Label(TextStyle::Caption, TextTone::Secondary))
{
    setObjectName(QStringLiteral("processesPage"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::m, space::l, space::l);
    layout->setSpacing(space::m);
    m_banner->setObjectName(QStringLiteral("processesBanner"));
    m_banner->setClosable(true);
    m_banner->hide();
    connect(m_banner, &Banner::closed, m_banner, &QWidget::hide);
    m_table->setObjectName(QStringLiteral("processesTable"));
    m_table->setSourceModel(m_model);
    m_table->sortByColumn(ProcessTableModel::Cpu, Qt::DescendingOrder);
    int column = 0;
    for (const int width : {76, 90, 72, 92, 104, 96, 92})
        m_table->horizontalHeader()->resizeSection(column++, width);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_nothing->setObjectName(QStringLiteral("processesNothing"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_hint->setObjectName(QStringLiteral("processesHint"));
    m_hint->setWordWrap(true);
    for (QWidget *page : std::initializer_list<QWidget *>{m_skeleton, m_table, m_nothing})
        m_stack->addWidget(page);
    auto *card = new Card;
    card->body()->addWidget(m_stack, 1);
    layout->addWidget(buildTools());
    layout->addWidget(m_banner);
    layout->addWidget(card, 1);
    layout->addWidget(m_hint);

    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &ProcessesPage::refresh);
    connect(m_filter, &QLineEdit::textChanged, this, &ProcessesPage::showRows);
    connect(m_onlyGpu, &QCheckBox::toggled, this, &ProcessesPage::showRows);
    connect(m_refresh, &QToolButton::clicked, this, &ProcessesPage::refresh);
    connect(m_end, &QPushButton::clicked, this, &ProcessesPage::askEnd);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ProcessesPage::showTools);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ProcessesPage::openMenu);
    retranslate();
}

ProcessesPage::~ProcessesPage()
{
    forget();
}

QWidget *ProcessesPage::buildTools()
{
    auto *tools = new QWidget;
    auto *layout = new QHBoxLayout(tools);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    m_filter->setObjectName(QStringLiteral("processesFilter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(280);
    m_filter->addAction(icon(Icon::Search, IconTone::Hint), QLineEdit::LeadingPosition);
    m_onlyGpu->setObjectName(QStringLiteral("processesOnlyGpu"));
    m_count->setObjectName(QStringLiteral("processesCount"));
    m_time->setObjectName(QStringLiteral("processesTime"));
    m_refresh->setObjectName(QStringLiteral("processesRefresh"));
    m_refresh->setIcon(icon(Icon::Refresh, IconTone::Secondary));
    m_refresh->setAutoRaise(true);
    m_end->setObjectName(QStringLiteral("processesEnd"));
    setButtonKind(m_end, ButtonKind::Destructive);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_onlyGpu);
    layout->addStretch(1);
    layout->addWidget(m_count);
    layout->addWidget(m_time);
    layout->addWidget(m_refresh);
    layout->addWidget(m_end);
    return tools;
}

void ProcessesPage::retranslate()
{
    setAccessibleName(tr("Processes"));
    m_filter->setPlaceholderText(tr("Filter by command, user or PID"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_onlyGpu->setText(tr("Only with a GPU"));
    m_onlyGpu->setAccessibleName(m_onlyGpu->text());
    m_refresh->setToolTip(tr("List them again"));
    m_refresh->setAccessibleName(m_refresh->toolTip());
    m_end->setText(tr("End…"));
    m_end->setAccessibleName(tr("End the selected processes"));
    m_table->setAccessibleName(tr("Processes"));
    m_model->retranslate();
    showRows();
}

void ProcessesPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ProcessesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void ProcessesPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_next.stop();
}

void ProcessesPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete && !selected().empty())
        askEnd();
    else
        QWidget::keyPressEvent(event);
}

void ProcessesPage::setInstance(Instance *instance)
{
    if (m_instance == instance)
        return;
    if (m_instance)
        m_instance->disconnect(this);
    forget();
    m_instance = instance;
    if (instance)
        connect(instance, &Instance::stateChanged, this, [this] {
            if (m_instance->session())
                refresh();
            showState();
        });
    m_filter->clear();
    refresh();
}

/// All that is known of an instance that is no longer shown.
void ProcessesPage::forget()
{
    m_next.stop();
    if (m_listing) {
        m_listing->disconnect(this);
        m_listing->cancel();
        m_listing->deleteLater();
    }
    // What ends goes on ending; it is only not told any more.
    if (m_ending) {
        m_ending->disconnect(this);
        connect(m_ending, &core::Operation::finished, m_ending, &QObject::deleteLater);
    }
    m_listing.clear();
    m_ending.clear();
    m_last.reset();
    m_before.reset();
    m_rows.clear();
    m_model->setRows({});
    m_banner->hide();
    m_isErrorShown = false;
    showState();
}

void ProcessesPage::refresh()
{
    m_next.stop();
    if (!isVisible() || !m_instance || !m_instance->session() || m_listing)
        return;
    if (window()->isMinimized()) {
        m_next.start(interval);
        return;
    }
    m_listing = new ListProcesses(*m_instance->session());
    connect(m_listing, &core::Operation::finished, this, [this, listing = m_listing.data()] {
        listing->deleteLater();
        m_listing.clear();
        if (listing->isOk())
            take(listing->table());
        else if (!core::mayComeBack(*listing->error()))
            showError(*listing->error());
        if (isVisible())
            m_next.start(m_before ? interval : firstInterval);
    });
}

void ProcessesPage::take(const ProcessTable &table)
{
    if (std::exchange(m_isErrorShown, false))
        m_banner->hide();
    m_before = std::exchange(m_last, table);
    m_lastTime = std::chrono::system_clock::now();
    const core::metrics::SamplePtr sample = m_instance ? m_instance->sample() : nullptr;
    const core::probe::GpuAttribution gpus = core::probe::attributeGpus(
        table, sample ? sample->gpus : std::vector<core::probe::GpuInfo>());
    m_hasHostPids = gpus.hasHostPids;
    m_rows.clear();
    for (std::size_t i = 0; i < table.processes.size(); ++i) {
        const core::probe::TableProcess &process = table.processes[i];
        m_rows.push_back(
            {process, m_before ? core::probe::cpuPercent(*m_before, table, process) : std::nullopt,
             core::probe::ageSeconds(table, process), gpus.memoryMib[i]});
    }
    showRows();
}

void ProcessesPage::showError(const core::Error &error)
{
    Description words = withoutActions(describe(error));
    words.title = tr("The processes could not be listed");
    m_banner->clearActions();
    m_banner->setError(words);
    m_banner->show();
    m_isErrorShown = true;
}

void ProcessesPage::showRows()
{
    std::vector<ProcessRow> rows;
    const QString filter = m_filter->text().trimmed();
    for (const ProcessRow &row : m_rows) {
        if (matches(row, filter) && (!m_onlyGpu->isChecked() || row.process.holdsGpu()))
            rows.push_back(row);
    }
    m_model->setRows(std::move(rows));
    showState();
}

void ProcessesPage::showState()
{
    const int shown = m_model->rowCount();
    const bool isWaiting = !m_last && m_instance && m_instance->session();
    if (isWaiting)
        m_stack->setCurrentWidget(m_skeleton);
    else
        m_stack->setCurrentWidget(shown > 0 ? static_cast<QWidget *>(m_table) : m_nothing);
    m_nothing->setText(!m_last                  ? tr("Connect to see what runs on the instance.")
                       : m_onlyGpu->isChecked() ? tr("No such process holds a GPU.")
                                                : tr("No process matches the filter."));
    const int all = int(m_rows.size());
    m_count->setText(!m_last        ? QString()
                     : shown == all ? tr("%n processes", nullptr, all)
                                    //: %1 of how many processes are shown
                                    : tr("%1 of %n processes", nullptr, all).arg(shown));
    //: %1 is a time; the figures are from then
    m_time->setText(m_last ? tr("As of %1").arg(format::clock(m_lastTime)) : QString());
    QStringList hints;
    if (m_last && m_hasHostPids)
        hints += tr("nvidia-smi shows the PIDs of the host here, which are not those of this "
                    "container. Who holds a GPU is read from the open devices in /proc instead; "
                    "GPU memory is told only where there is no doubt whose it is.");
    if (m_last && !m_last->seesAllFiles)
        hints += tr("Of other users' processes it can't be seen whether they hold a GPU.");
    m_hint->setText(hints.join(u' '));
    m_hint->setVisible(!hints.isEmpty());
    showTools();
}

void ProcessesPage::showTools()
{
    const bool isConnected = m_instance && m_instance->session();
    m_refresh->setEnabled(isConnected);
    m_end->setEnabled(isConnected && !m_ending && m_table->selectionModel()->hasSelection());
}

std::vector<qint64> ProcessesPage::selected() const
{
    std::vector<qint64> pids;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        pids.push_back(m_model->row(m_table->proxy()->mapToSource(index).row()).process.pid);
    std::sort(pids.begin(), pids.end());
    return pids;
}

void ProcessesPage::openMenu(const QPoint &at)
{
    if (!m_table->indexAt(at).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(Icon::Stop, IconTone::Secondary), tr("End…"), this,
                    &ProcessesPage::askEnd);
    menu->addAction(icon(Icon::Copy, IconTone::Secondary), tr("Copy"), this,
                    [this] { QGuiApplication::clipboard()->setText(m_table->toTsv()); });
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void ProcessesPage::askEnd()
{
    const std::vector<qint64> pids = selected();
    if (pids.empty() || !m_last || !m_end->isEnabled())
        return;
    // As it was when it was asked: another process may have a number by the answer.
    std::vector<ProcessId> chosen;
    for (const qint64 pid : pids) {
        if (const auto *process = m_last->find(pid))
            chosen.push_back({pid, process->startTicks});
    }
    auto *dialog = new EndDialog(*m_last, pids, this);
    const QString words = processWords(*m_last, pids);
    connect(dialog, &EndDialog::confirmed, this, [this, chosen, words](bool kills, bool tree) {
        EndProcesses::Options options;
        options.signal = kills ? Signal::Kill : Signal::Terminate;
        options.tree = tree;
        end(chosen, words, options);
    });
    dialog->open();
}

void ProcessesPage::end(const std::vector<ProcessId> &processes, const QString &words,
                        const EndProcesses::Options &options)
{
    if (!m_instance || !m_instance->session() || m_ending)
        return;
    m_ending = new EndProcesses(*m_instance->session(), processes, options);
    m_banner->clearActions();
    m_banner->setTechnical({});
    //: %1 is "python (4242)" or "3 processes"
    m_banner->setMessage(Banner::Kind::Info, tr("Ending %1…").arg(words));
    m_banner->show();
    m_isErrorShown = false;
    connect(m_ending, &core::Operation::finished, this,
            [this, ending = m_ending.data(), words, isKill = options.signal == Signal::Kill] {
                ending->deleteLater();
                m_ending.clear();
                if (ending->isOk()) {
                    tellEnd(*ending, words, isKill);
                } else {
                    m_banner->setError(withoutActions(describe(*ending->error())));
                }
                refresh();
                showTools();
            });
    showTools();
}

void ProcessesPage::tellEnd(const EndProcesses &operation, const QString &words, bool isKill)
{
    m_banner->clearActions();
    m_banner->setTechnical({});
    if (!operation.left().empty() && isKill) {
        m_banner->setMessage(Banner::Kind::Warning,
                             tr("%n processes still run", nullptr, int(operation.left().size())),
                             tr("They were killed, but wait for a disk or a driver that does not "
                                "answer. They go when it does, or when the instance is "
                                "restarted."));
    } else if (!operation.left().empty()) {
        m_banner->setMessage(Banner::Kind::Warning,
                             tr("%n processes still run", nullptr, int(operation.left().size())),
                             tr("They were asked to end and have not done so. Killed, they can't "
                                "save anything."));
        QPushButton *kill = m_banner->addAction(tr("Kill now"));
        kill->setObjectName(QStringLiteral("processesKillNow"));
        connect(kill, &QPushButton::clicked, this, [this, left = operation.left(), words] {
            EndProcesses::Options options;
            options.signal = Signal::Kill;
            end(left, words, options);
        });
    } else if (!operation.refused().empty()) {
        m_banner->setMessage(
            Banner::Kind::Error,
            tr("%n processes could not be ended", nullptr, int(operation.refused().size())),
            tr("They belong to another user."));
    } else if (operation.ended().empty()) {
        m_banner->setMessage(Banner::Kind::Info, tr("%1 had ended already").arg(words));
    } else {
        m_banner->setMessage(Banner::Kind::Good, tr("%1 ended").arg(words));
    }
    m_banner->show();
}

} // namespace ui::processes
