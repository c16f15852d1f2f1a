// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/TransfersPage.h"

#include "core/fleet/TransferQueue.h"
#include "core/transfer/FileNames.h"
#include "ui/charts/Sparkline.h"
#include "ui/common/Banner.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/transfers/TransferDelegate.h"
#include "ui/transfers/TransferModel.h"
#include "ui/transfers/TransferWords.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace ui::transfers {

using core::fleet::QueuedTransfer;
using core::fleet::TransferQueue;
using core::history::TransferStatus;
using core::transfer::Overwrite;

namespace {

constexpr int graphWidth = 240;
constexpr core::metrics::TimeMs graphSpan = 2 * 60 * 1000;
constexpr int mostFailureLines = 200;
constexpr qint64 megabyte = 1024 * 1024;
constexpr std::array<qint64, 6> limits{
    0, megabyte / 2, megabyte, 5 * megabyte, 20 * megabyte, 50 * megabyte};

} // namespace

TransfersPage::TransfersPage(TransferQueue &queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_model(new TransferModel(queue, this))
{
    setObjectName(QStringLiteral("transfersPage"));
    build();
    connect(&queue, &TransferQueue::listChanged, this, &TransfersPage::update);
    connect(&queue, &TransferQueue::changed, this, [this](qint64 id) {
        const QueuedTransfer *shown = current();
        if (shown && shown->id == id)
            update();
        updateSpeed();
    });
    retranslate();
    update();
}

void TransfersPage::build()
{
    m_title = new Label(TextStyle::Title);
    m_speed = new Label(TextStyle::Strong);
    m_graph = new charts::Sparkline(&Tokens::net);
    m_graph->setFixedSize(graphWidth, 32);
    m_limit = new QComboBox;
    m_limit->setObjectName(QStringLiteral("transferLimit"));
    for (const qint64 limit : limits)
        m_limit->addItem({}, limit);
    m_pauseAll = new QPushButton;
    m_pauseAll->setObjectName(QStringLiteral("pauseAll"));
    auto *top = new QHBoxLayout;
    top->setSpacing(space::m);
    top->addWidget(m_title);
    top->addStretch(1);
    top->addWidget(m_graph);
    top->addWidget(m_speed);
    top->addWidget(m_limit);
    top->addWidget(m_pauseAll);

    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("transferList"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new TransferDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_empty = new EmptyState;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_list);

    m_problem = new Banner;
    m_problem->setObjectName(QStringLiteral("transferProblem"));
    m_problem->hide();
    m_failures = new QPlainTextEdit;
    m_failures->setObjectName(QStringLiteral("transferFailures"));
    m_failures->setReadOnly(true);
    m_failures->setFont(textFont(TextStyle::Mono));
    m_failures->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_failures->setMaximumHeight(160);
    m_failures->hide();

    m_toggle = new QPushButton;
    m_toggle->setObjectName(QStringLiteral("transferToggle"));
    m_cancel = new QPushButton;
    m_cancel->setObjectName(QStringLiteral("transferCancel"));
    m_earlier = new QToolButton;
    m_earlier->setObjectName(QStringLiteral("transferEarlier"));
    m_earlier->setIcon(icon(Icon::ArrowUp, IconTone::Secondary));
    m_later = new QToolButton;
    m_later->setObjectName(QStringLiteral("transferLater"));
    m_later->setIcon(icon(Icon::ArrowDown, IconTone::Secondary));
    m_clear = new QPushButton;
    m_clear->setObjectName(QStringLiteral("transferClear"));
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(space::s);
    bottom->addWidget(m_toggle);
    bottom->addWidget(m_cancel);
    bottom->addWidget(m_earlier);
    bottom->addWidget(m_later);
    bottom->addStretch(1);
    bottom->addWidget(m_clear);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addLayout(top);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_failures);
    layout->addLayout(bottom);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &TransfersPage::update);
    connect(m_list, &QWidget::customContextMenuRequested, this, &TransfersPage::showMenu);
    connect(m_toggle, &QPushButton::clicked, this, [this] {
        const QueuedTransfer *one = current();
        if (!one)
            return;
        if (one->status == TransferStatus::Paused)
            m_queue.resume(one->id);
        else if (core::history::hasEnded(one->status))
            m_queue.retry(one->id);
        else
            m_queue.pause(one->id);
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        const QueuedTransfer *one = current();
        if (one && core::history::hasEnded(one->status))
            m_queue.remove(one->id);
        else if (one)
            m_queue.cancel(one->id);
    });
    connect(m_earlier, &QToolButton::clicked, this, [this] {
        if (const QueuedTransfer *one = current())
            m_queue.move(one->id, -1);
    });
    connect(m_later, &QToolButton::clicked, this, [this] {
        if (const QueuedTransfer *one = current())
            m_queue.move(one->id, 1);
    });
    connect(m_clear, &QPushButton::clicked, this, [this] { m_queue.removeEnded(); });
    connect(m_pauseAll, &QPushButton::clicked, this, [this] {
        if (m_queue.running() + m_queue.waiting() > 0)
            m_queue.pauseAll();
        else
            m_queue.resumeAll();
    });
    connect(m_limit, &QComboBox::currentIndexChanged, this, [this] {
        m_queue.setLimit(m_limit->currentData().toLongLong());
        Q_EMIT limitChanged(m_queue.limit());
    });
}

void TransfersPage::setLimit(qint64 bytesPerSecond)
{
    const auto at = std::find(limits.begin(), limits.end(), bytesPerSecond);
    m_limit->setCurrentIndex(at == limits.end() ? 0 : int(at - limits.begin()));
}

void TransfersPage::retranslate()
{
    m_title->setText(tr("Transfers"));
    m_list->setAccessibleName(tr("Transfers"));
    m_graph->setAccessibleName(tr("Speed of the last two minutes"));
    m_empty->set(icon(Icon::Transfer, IconTone::Hint), tr("Nothing is being copied"),
                 tr("Drop files or folders on an instance's Files tab, or download from there. "
                    "Copies go on by themselves after a lost connection or a restart."));
    for (int i = 0; i < m_limit->count(); ++i) {
        const qint64 limit = limits[std::size_t(i)];
        m_limit->setItemText(i, limit == 0 ? tr("No speed limit")
                                           : tr("At most %1").arg(format::rate(double(limit))));
    }
    m_limit->setAccessibleName(tr("Speed limit"));
    m_earlier->setToolTip(tr("Earlier"));
    m_earlier->setAccessibleName(tr("Earlier"));
    m_later->setToolTip(tr("Later"));
    m_later->setAccessibleName(tr("Later"));
    m_clear->setText(tr("Clear what has ended"));
    m_failures->setAccessibleName(tr("Files that failed"));
    m_model->retranslate();
    m_problemOf = 0;
    update();
}

void TransfersPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

const QueuedTransfer *TransfersPage::current() const
{
    return m_model->at(m_list->currentIndex());
}

void TransfersPage::select(qint64 id)
{
    m_list->setCurrentIndex(m_model->indexOf(id));
}

void TransfersPage::update()
{
    const bool any = m_model->rowCount() > 0;
    m_stack->setCurrentWidget(any ? static_cast<QWidget *>(m_list) : m_empty);
    if (any && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(0));
    const QueuedTransfer *one = current();
    const bool ended = one && core::history::hasEnded(one->status);
    m_toggle->setEnabled(one && one->status != TransferStatus::Done);
    m_cancel->setEnabled(one);
    m_earlier->setEnabled(one && !ended);
    m_later->setEnabled(one && !ended);
    const bool goesOn = one && (one->status == TransferStatus::Paused);
    m_toggle->setText(ended ? tr("Try again") : goesOn ? tr("Go on") : tr("Pause"));
    m_toggle->setIcon(icon(ended    ? Icon::Refresh
                           : goesOn ? Icon::Play
                                    : Icon::Pause,
                           IconTone::Secondary));
    m_cancel->setText(ended ? tr("Remove from the list") : tr("Cancel"));
    const auto &all = m_queue.transfers();
    m_clear->setEnabled(std::any_of(all.begin(), all.end(), [](const auto &other) {
        return core::history::hasEnded(other->status);
    }));
    const bool works = m_queue.running() + m_queue.waiting() > 0;
    const bool isPaused = std::any_of(all.begin(), all.end(), [](const auto &other) {
        return other->status == TransferStatus::Paused;
    });
    m_pauseAll->setEnabled(works || isPaused);
    m_pauseAll->setText(works || !isPaused ? tr("Pause all") : tr("Go on with all"));
    updateSpeed();
    updateProblem();
}

void TransfersPage::updateSpeed()
{
    const core::metrics::Series &speed = m_queue.speed();
    const bool runs = m_queue.running() > 0;
    m_speed->setText(runs && speed.last() ? format::rate(*speed.last()) : QString());
    m_graph->setVisible(runs);
    if (!runs)
        return;
    charts::SparklineData line =
        charts::sparklineData(&speed, speed.lastTime(), graphSpan, graphWidth, 1);
    for (const auto &run : line.runs) {
        for (const auto &point : run)
            line.maximum = std::max(line.maximum, double(point.max) * 1.1);
    }
    m_graph->setData(std::move(line));
}

/// What went wrong with the selected one, and what to do about it.
void TransfersPage::updateProblem()
{
    const QueuedTransfer *one = current();
    const bool bad =
        one && (one->status == TransferStatus::Partly || one->status == TransferStatus::Failed);
    if (!bad) {
        m_problem->hide();
        m_failures->hide();
        m_problemOf = 0;
        return;
    }
    if (m_problemOf == one->id && m_problemStatus == int(one->status))
        return;
    m_problemOf = one->id;
    m_problemStatus = int(one->status);
    m_problem->clearActions();
    m_problem->setTechnical({});
    const qint64 id = one->id;
    const auto again = [this, id](const QString &text, std::optional<Overwrite> how) {
        QPushButton *button = m_problem->addAction(text);
        connect(button, &QPushButton::clicked, this, [this, id, how] { m_queue.retry(id, how); });
        return button;
    };
    const auto isTaken = [](const core::transfer::FileOutcome &failure) { return failure.isTaken; };
    const auto &failures = one->failures;
    if (one->error) {
        m_problem->setError(describe(*one->error));
        m_problem->clearActions();
        again(tr("Try again"), {});
    } else if (!failures.empty() && std::all_of(failures.begin(), failures.end(), isTaken)) {
        m_problem->setMessage(
            Banner::Kind::Warning,
            tr("%n files are there already and differ", nullptr, int(one->summary.failed)),
            tr("They were left as they are."));
        again(tr("Overwrite them"), Overwrite::Always)
            ->setObjectName(QStringLiteral("transferOverwrite"));
        again(tr("Only where mine is newer"), Overwrite::Newer);
        again(tr("Leave them"), Overwrite::Skip);
    } else {
        m_problem->setMessage(
            Banner::Kind::Warning,
            tr("%n files were not copied", nullptr, int(one->summary.failed)),
            tr("The others are complete. Trying again copies only what is missing."));
        again(tr("Try again"), {});
    }
    m_problem->show();
    QStringList lines;
    for (const auto &failure : failures) {
        if (lines.size() == mostFailureLines)
            break;
        QString line = core::transfer::shownName(failure.path);
        if (failure.error)
            line += QStringLiteral(": ") + describe(*failure.error).title + QStringLiteral(" (") +
                    failure.error->detail + u')';
        lines.append(line);
    }
    if (one->summary.failed > qint64(lines.size()))
        lines.append(tr("… and %n more", nullptr, int(one->summary.failed - lines.size())));
    m_failures->setPlainText(lines.join(u'\n'));
    m_failures->setVisible(!failures.empty());
}

void TransfersPage::showMenu(const QPoint &position)
{
    const QueuedTransfer *one = m_model->at(m_list->indexAt(position));
    if (!one)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QPushButton *button : {m_toggle, m_cancel}) {
        QAction *action = menu->addAction(button->icon(), button->text());
        action->setEnabled(button->isEnabled());
        connect(action, &QAction::triggered, button, &QPushButton::click);
    }
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

} // namespace ui::transfers
