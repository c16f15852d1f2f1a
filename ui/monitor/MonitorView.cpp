// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/MonitorView.h"

#include "ui/common/Banner.h"
#include "ui/common/Card.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/ResponsiveGrid.h"
#include "ui/common/Skeleton.h"
#include "ui/common/TableView.h"
#include "ui/common/Theme.h"
#include "ui/monitor/AdviceSection.h"
#include "ui/monitor/DiskSection.h"
#include "ui/monitor/Facts.h"
#include "ui/monitor/GpuCard.h"
#include "ui/monitor/GpuModel.h"
#include "ui/monitor/GpuOverview.h"
#include "ui/monitor/HolderModel.h"
#include "ui/monitor/LoadSection.h"
#include "ui/monitor/MonitorToolbar.h"
#include "ui/monitor/ProcessModel.h"
#include "ui/monitor/SystemSection.h"
#include "ui/monitor/TableSection.h"

#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

namespace ui::monitor {

using core::metrics::Mode;
using core::metrics::Sample;

namespace {

/// Beyond this, lines of text and bars get too long to be read.
constexpr int maxContentWidth = 1800;
/// From so many cards on they share charts.
constexpr int sharedFrom = 3;
constexpr int firstProcesses = 8;
constexpr int gpuSkeletonHeight = 190;

/// A row that holds \a content in its middle, as wide as it may be.
QWidget *centred(QWidget *content)
{
    content->setMaximumWidth(maxContentWidth);
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch();
    layout->addWidget(content, 100);
    layout->addStretch();
    return row;
}

Card *skeletonCard(Skeleton::Shape shape, int height)
{
    auto *card = new Card;
    auto *title = new Skeleton(Skeleton::Shape::Lines);
    title->setFixedSize(160, 12);
    auto *body = new Skeleton(shape);
    body->setFixedHeight(height);
    card->body()->addWidget(title);
    card->body()->addWidget(body);
    return card;
}

} // namespace

MonitorView::MonitorView(QWidget *parent)
    : QWidget(parent)
    , m_now([] { return std::chrono::system_clock::now(); })
    , m_toolbar(new MonitorToolbar(m_group))
    , m_stack(new QStackedWidget)
    , m_gpuModel(new GpuModel(this))
    , m_processModel(new ProcessModel(this))
    , m_holderModel(new HolderModel(this))
    , m_countdown(new QTimer(this))
{
    setObjectName(QStringLiteral("monitorView"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(centred(m_toolbar));
    layout->addWidget(m_stack, 1);
    build();

    m_countdown->setInterval(1000);
    connect(m_countdown, &QTimer::timeout, this, &MonitorView::showFreshness);
    connect(&m_group, &charts::ChartGroup::pausedChanged, this, [this] {
        if (!m_group.isPaused())
            showSample();
        showFreshness();
    });
    retranslate();
    showPage();
}

void MonitorView::build()
{
    m_empty = new EmptyState;
    m_connect = m_empty->addAction({});
    m_connect->setObjectName(QStringLiteral("connectButton"));
    connect(m_connect, &QPushButton::clicked, this, &MonitorView::connectRequested);
    m_skeleton = makeSkeleton();

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(space::l, 0, space::l, space::l);
    column->setSpacing(space::m);
    m_notice = new Banner;
    m_notice->setObjectName(QStringLiteral("gpuNotice"));
    m_advice = new AdviceSection;
    connect(m_advice, &AdviceSection::silenceRequested, this, &MonitorView::silenceRequested);
    connect(m_advice, &AdviceSection::spaceRequested, this, &MonitorView::spaceRequested);
    connect(m_advice, &AdviceSection::safetyRequested, this, &MonitorView::safetyRequested);
    m_gpuArea = new QWidget;
    m_gpuArea->setLayout(new QVBoxLayout);
    m_gpuArea->layout()->setContentsMargins(0, 0, 0, 0);
    m_load = new LoadSection(m_group);
    m_disks = new DiskSection;
    connect(m_disks, &DiskSection::spaceRequested, this, &MonitorView::spaceRequested);
    m_gpuTable = new TableSection(m_gpuModel, 16);
    m_gpuTable->table()->setObjectName(QStringLiteral("gpuTable"));
    m_processes = new TableSection(m_processModel, firstProcesses);
    m_processes->table()->setObjectName(QStringLiteral("processTable"));
    m_processes->table()->sortByColumn(ProcessModel::Cpu, Qt::DescendingOrder);
    m_holders = new TableSection(m_holderModel, firstProcesses);
    m_holders->table()->setObjectName(QStringLiteral("holderTable"));
    m_holders->table()->sortByColumn(HolderModel::Gpu, Qt::AscendingOrder);
    m_gpuTable->table()->sortByColumn(GpuModel::Index, Qt::AscendingOrder);
    m_system = new SystemSection;
    for (QWidget *section :
         std::initializer_list<QWidget *>{m_notice, m_advice, m_gpuArea, m_load, m_disks,
                                          m_processes, m_gpuTable, m_holders, m_system})
        column->addWidget(section);
    column->addStretch();

    const auto widths = [](TableView *table, std::initializer_list<int> sizes) {
        int columnIndex = 0;
        for (const int size : sizes)
            table->horizontalHeader()->resizeSection(columnIndex++, size);
    };
    widths(m_processes->table(), {84, 90, 64, 96, 84});
    widths(m_gpuTable->table(), {64, 150, 80, 130, 120, 112, 72, 104, 72});
    widths(m_holders->table(), {64, 130, 120, 100});

    m_scroll = new QScrollArea;
    m_scroll->setObjectName(QStringLiteral("monitorScroll"));
    m_scroll->setWidget(centred(content));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->verticalScrollBar()->setSingleStep(24);
    for (QWidget *page : std::initializer_list<QWidget *>{m_scroll, m_skeleton, m_empty})
        m_stack->addWidget(page);
}

QWidget *MonitorView::makeSkeleton()
{
    auto *page = new QWidget;
    page->setObjectName(QStringLiteral("monitorSkeleton"));
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(space::l, 0, space::l, space::l);
    column->setSpacing(space::m);
    column->addWidget(skeletonCard(Skeleton::Shape::Chart, gpuSkeletonHeight));
    auto *load = new ResponsiveGrid(250, 3);
    for (int i = 0; i < 3; ++i)
        load->addWidget(skeletonCard(Skeleton::Shape::Chart, 104));
    column->addLayout(load);
    column->addWidget(skeletonCard(Skeleton::Shape::Lines, 108));
    column->addStretch();
    // In an area of its own only so that it may be cut off: the window's least height is not its.
    auto *area = new QScrollArea;
    area->setWidget(page);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

void MonitorView::setSeries(charts::ChartGroup::Source source)
{
    m_group.setSource(std::move(source));
    m_group.dataArrived();
}

void MonitorView::setNow(std::function<std::chrono::system_clock::time_point()> now)
{
    m_now = std::move(now);
}

void MonitorView::setSample(const core::metrics::SamplePtr &sample, bool stale)
{
    m_latest = sample;
    m_stale = stale;
    if (!sample)
        m_group.setPaused(false);
    m_group.setStale(stale);
    m_group.dataArrived();
    if (!m_group.isPaused())
        showSample();
    showFreshness();
    showPage();
}

void MonitorView::setFindings(const std::vector<core::advice::Finding> &findings)
{
    m_advice->setFindings(findings);
    std::vector<charts::ChartGroup::Mark> marks;
    for (const core::advice::Finding &finding : findings) {
        for (const core::advice::Evidence &seen : finding.evidence)
            marks.push_back({seen.quantity, seen.gpu, seen.from, seen.to});
    }
    m_group.setMarks(std::move(marks));
}

void MonitorView::setLink(const LinkStatus &link)
{
    m_link = link;
    showFreshness();
    showPage();
}

void MonitorView::showSample()
{
    m_shown = m_latest;
    // While it is not seen, the page is only marked to be brought up to date by showEvent().
    if (!m_shown || !isVisible())
        return;
    const Sample &sample = *m_shown;
    showNotice(sample);
    showGpus(sample);
    m_load->setSample(sample, m_stale);
    m_disks->setDisks(sample.disks, looksLikeAutodl(sample), m_stale);
    m_gpuModel->setGpus(sample.gpus);
    m_gpuTable->setVisible(!sample.gpus.empty());
    m_holderModel->setGpus(sample.gpus);
    m_holders->setVisible(m_holderModel->rowCount() > 0);
    m_processModel->setProcesses(sample.processes);
    m_system->setSample(sample);
}

void MonitorView::showNotice(const Sample &sample)
{
    if (sample.mode == Mode::NoGpu) {
        const QString memory =
            sample.memory.limitBytes ? format::bytes(double(*sample.memory.limitBytes)) : QString();
        const QString tight = memory.isEmpty() ? tr("Memory is tight: unpacking archives or "
                                                    "installing large packages may be killed.")
                                               //: %1 is an amount of memory
                                               : tr("There are only %1 of memory: unpacking "
                                                    "archives or installing large packages may "
                                                    "be killed.")
                                                     .arg(memory);
        m_notice->setMessage(
            Banner::Kind::Info, tr("This instance runs without a GPU"),
            tr("That is the cheap way to set up and to copy data. GPU charts come back "
               "when it is started with a GPU.") +
                u'\n' + tight);
        m_notice->setTechnical({});
        m_notice->show();
    } else if (sample.smiError) {
        const SmiWords words = describe(*sample.smiError);
        if (m_notice->text() != words.title || !m_notice->isVisibleTo(this)) {
            m_notice->setMessage(Banner::Kind::Warning, words.title,
                                 words.why + u'\n' + words.advice);
            m_notice->setTechnical(QStringLiteral("nvidia-smi (%1): %2")
                                       .arg(core::probe::smiFailureName(sample.smiError->failure),
                                            sample.smiError->text));
            m_notice->show();
        }
    } else {
        m_notice->hide();
    }
    switch (sample.mode) {
    case Mode::Gpu: m_toolbar->setMode({}, Chip::Tone::Neutral); break;
    case Mode::NoGpu: m_toolbar->setMode(noGpuChip(sample), Chip::Tone::Warn); break;
    case Mode::Unknown:
        //: It is not known whether the instance has a GPU
        m_toolbar->setMode(sample.smiError ? tr("GPU state unknown") : QString(),
                           Chip::Tone::Neutral);
        break;
    }
}

void MonitorView::showGpus(const Sample &sample)
{
    const core::metrics::SeriesSet *set = m_group.data();
    int count = set ? set->gpuCount() : 0;
    for (std::size_t i = 0; i < sample.gpus.size(); ++i)
        count = std::max(count, gpuIndex(sample.gpus[i], i) + 1);
    // Cards that were seen stay while nvidia-smi fails; without a GPU there is nothing to stay.
    if (sample.mode == Mode::NoGpu)
        count = 0;
    // nvidia-smi is slower than the rest: its place is kept while nothing is known.
    const bool awaited = count == 0 && sample.mode == Mode::Unknown && !sample.smiError;
    if (count != m_gpuCount || awaited != m_gpusAwaited)
        rebuildGpus(count, awaited);
    m_gpuArea->setVisible(count > 0 || awaited);
    if (m_overview)
        m_overview->setGpus(sample.gpus, m_stale);
    for (int g = 0; g < int(m_cards.size()); ++g) {
        const core::probe::GpuInfo *info = nullptr;
        for (std::size_t i = 0; i < sample.gpus.size(); ++i) {
            if (gpuIndex(sample.gpus[i], i) == g)
                info = &sample.gpus[i];
        }
        m_cards[std::size_t(g)]->setGpu(info, m_stale);
    }
}

void MonitorView::rebuildGpus(int count, bool awaited)
{
    m_gpuCount = count;
    m_gpusAwaited = awaited;
    m_cards.clear();
    m_overview = nullptr;
    auto *outer = static_cast<QVBoxLayout *>(m_gpuArea->layout());
    while (QLayoutItem *item = outer->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (awaited)
        outer->addWidget(skeletonCard(Skeleton::Shape::Chart, gpuSkeletonHeight));
    if (count == 0)
        return;
    if (count >= sharedFrom) {
        m_overview = new GpuOverview(m_group, count);
        outer->addWidget(m_overview);
        return;
    }
    auto *holder = new QWidget;
    auto *grid = new ResponsiveGrid(380, 2, holder);
    for (int g = 0; g < count; ++g) {
        auto *card = new GpuCard(m_group, g);
        grid->addWidget(card);
        m_cards.push_back(card);
    }
    outer->addWidget(holder);
}

void MonitorView::showFreshness()
{
    const bool counting = m_link.kind == LinkStatus::Kind::Waiting && m_link.nextTry && isVisible();
    if (counting != m_countdown->isActive())
        counting ? m_countdown->start() : m_countdown->stop();
    if (!m_shown) {
        m_toolbar->setFreshness({}, Chip::Tone::Neutral, Icon::Info);
        return;
    }
    const QString time = format::clock(m_shown->time);
    if (m_group.isPaused()) {
        m_toolbar->setFreshness(tr("Paused at %1; recording goes on").arg(time), Chip::Tone::Accent,
                                Icon::Pause);
        return;
    }
    //: %1 is a time; the figures are from then
    const QString asOf = tr("As of %1").arg(time);
    const auto say = [&](const QString &text, Chip::Tone tone, Icon sign) {
        //: %1 is "As of 14:03:12", %2 what goes on since: "reconnecting in 8 s"
        m_toolbar->setFreshness(tr("%1, %2").arg(asOf, text), tone, sign);
    };
    switch (m_link.kind) {
    case LinkStatus::Kind::Live:
        if (m_stale)
            say(tr("waiting for figures"), Chip::Tone::Warn, Icon::Clock);
        else
            //: The figures are of this moment
            m_toolbar->setFreshness(tr("Live"), Chip::Tone::Good, Icon::Ok);
        break;
    case LinkStatus::Kind::Connecting:
        say(tr("reconnecting…"), Chip::Tone::Warn, Icon::Refresh);
        break;
    case LinkStatus::Kind::Waiting: {
        QString text = tr("reconnecting…");
        if (m_link.nextTry) {
            const auto left =
                std::chrono::ceil<std::chrono::seconds>(*m_link.nextTry - m_now()).count();
            if (left > 0)
                //: %1 is a duration: "8 s"
                text = tr("reconnecting in %1").arg(format::duration(left));
        }
        say(text, Chip::Tone::Warn, Icon::Clock);
        break;
    }
    case LinkStatus::Kind::Idle: say(tr("not connected"), Chip::Tone::Neutral, Icon::Unplug); break;
    case LinkStatus::Kind::Failed:
        say(tr("connection failed"), Chip::Tone::Bad, Icon::Error);
        break;
    }
}

void MonitorView::showPage()
{
    QWidget *page = m_scroll;
    if (!m_latest) {
        const bool loading =
            m_link.kind == LinkStatus::Kind::Connecting || m_link.kind == LinkStatus::Kind::Live;
        page = loading ? m_skeleton : static_cast<QWidget *>(m_empty);
    }
    if (page == m_empty)
        showEmpty();
    m_stack->setCurrentWidget(page);
    m_toolbar->setVisible(page != m_empty);
    m_toolbar->setControlsEnabled(page == m_scroll);
    if (page != m_scroll)
        m_toolbar->setMode({}, Chip::Tone::Neutral);
}

void MonitorView::showEmpty()
{
    m_connect->setText(m_link.kind == LinkStatus::Kind::Idle ? tr("Connect") : tr("Try again"));
    if (m_link.kind == LinkStatus::Kind::Failed && m_link.problem) {
        m_empty->set(icon(Icon::Error, IconTone::Bad), m_link.problem->title,
                     m_link.problem->why + QStringLiteral("\n\n") + m_link.problem->advice);
    } else if (m_link.kind == LinkStatus::Kind::Waiting) {
        m_empty->set(
            icon(Icon::Clock, IconTone::Secondary), tr("The instance cannot be reached yet"),
            tr("Danlu keeps trying. An instance that was just started takes a minute or two."));
    } else {
        m_empty->set(icon(Icon::Monitor, IconTone::Secondary), tr("Not connected"),
                     tr("Connect to see what its GPUs, processors and disks are doing."));
    }
}

void MonitorView::retranslate()
{
    m_scroll->setAccessibleName(tr("Live figures of the instance"));
    m_gpuTable->setTitle(tr("GPUs"));
    m_gpuTable->table()->setAccessibleName(tr("GPUs"));
    m_processes->setTitle(tr("Processes"));
    m_processes->table()->setAccessibleName(tr("Processes of the container"));
    m_processes->setEmptyText(tr("No list yet."));
    m_holders->setTitle(tr("Programs on the GPUs"));
    m_holders->table()->setAccessibleName(tr("Programs on the GPUs"));
    m_holders->setHint(
        tr("As nvidia-smi tells. In a container the PIDs are the host's and match none in "
           "the list of processes."));
    m_gpuModel->retranslate();
    m_processModel->retranslate();
    m_holderModel->retranslate();
}

void MonitorView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showSample();
        showFreshness();
        showPage();
    }
    QWidget::changeEvent(event);
}

void MonitorView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_group.isPaused())
        showSample();
    showFreshness();
}

} // namespace ui::monitor
