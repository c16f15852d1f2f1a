// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/TransfersPage.h"

#include "core/fleet/TransferQueue.h"
#include "core/transfer/FileNames.h"
#include "ui/charts/TimeChart.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Label.h"
#include "ui/common/Theme.h"
#include "ui/transfers/TransferDelegate.h"
#include "ui/transfers/TransferDetails.h"
#include "ui/transfers/TransferModel.h"
#include "ui/transfers/TransferWords.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDesktopServices>
#include <QEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QUrl>

#include <algorithm>

namespace ui::transfers {

using core::fleet::QueuedTransfer;
using core::fleet::TransferQueue;
using core::history::hasEnded;
using core::history::TransferStatus;
using core::metrics::Quantity;

namespace {

constexpr int graphHeight = 104;
constexpr qint64 megabyte = 1024 * 1024;
constexpr std::array<qint64, 6> limits{
    0, megabyte / 2, megabyte, 5 * megabyte, 20 * megabyte, 50 * megabyte};

template <typename Button>
Button *makeButton(const char *name, std::optional<Icon> sign = {})
{
    auto *button = new Button;
    button->setObjectName(QLatin1StringView(name));
    if (sign)
        button->setIcon(icon(*sign, IconTone::Secondary));
    return button;
}

bool isActive(const QueuedTransfer &transfer)
{
    return transfer.status == TransferStatus::Running || transfer.status == TransferStatus::Queued;
}

} // namespace

TransfersPage::TransfersPage(TransferQueue &queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_model(new TransferModel(queue, this))
{
    setObjectName(QStringLiteral("transfersPage"));
    auto *top = new QHBoxLayout;
    top->setSpacing(space::s);
    buildTop(top);
    m_charts.setSource([this] { return &m_queue.speeds(); });
    m_charts.setSpan(charts::ChartGroup::Span::Minute);
    m_graph = new charts::TimeChart(m_charts);
    m_graph->setObjectName(QStringLiteral("transferGraph"));
    m_graph->setFixedHeight(graphHeight);
    m_graph->setScale(
        {std::nullopt, double(megabyte), 1024, [](double value) { return format::rate(value); }});
    buildList();
    m_details = new TransferDetails(queue);
    m_notKept = new Label(TextStyle::Caption, TextTone::Secondary);
    m_notKept->setObjectName(QStringLiteral("transfersNotKept"));
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(space::s);
    buildBottom(bottom);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::l, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addLayout(top);
    layout->addWidget(m_graph);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_details);
    layout->addWidget(m_notKept);
    layout->addLayout(bottom);
    follow();
    retranslate();
}

TransfersPage::~TransfersPage()
{
    delete m_graph; // before its group
}

void TransfersPage::buildTop(QBoxLayout *top)
{
    m_title = new Label(TextStyle::Title);
    m_speed = new Label(TextStyle::Strong);
    m_speed->setObjectName(QStringLiteral("transferSpeed"));
    m_filter = new QComboBox;
    m_filter->setObjectName(QStringLiteral("transferFilter"));
    m_filter->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_limit = new QComboBox;
    m_limit->setObjectName(QStringLiteral("transferLimit"));
    m_limit->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const qint64 limit : limits)
        m_limit->addItem({}, limit);
    m_pauseAll = makeButton<QPushButton>("pauseAll");
    m_cancelAll = makeButton<QPushButton>("cancelAll");
    top->addWidget(m_title);
    top->addWidget(m_filter);
    top->addStretch(1);
    top->addWidget(m_speed);
    top->addWidget(m_limit);
    top->addWidget(m_pauseAll);
    top->addWidget(m_cancelAll);
}

void TransfersPage::buildList()
{
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("transferList"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new TransferDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->installEventFilter(this);
    m_empty = new EmptyState;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_list);
}

void TransfersPage::buildBottom(QBoxLayout *bottom)
{
    m_toggle = makeButton<QPushButton>("transferToggle");
    m_cancel = makeButton<QPushButton>("transferCancel");
    m_first = makeButton<QToolButton>("transferFirst", Icon::ChevronUp);
    m_earlier = makeButton<QToolButton>("transferEarlier", Icon::ArrowUp);
    m_later = makeButton<QToolButton>("transferLater", Icon::ArrowDown);
    m_folder = makeButton<QPushButton>("transferFolder", Icon::Folder);
    m_clear = makeButton<QPushButton>("transferClear");
    bottom->addWidget(m_toggle);
    bottom->addWidget(m_cancel);
    bottom->addWidget(m_first);
    bottom->addWidget(m_earlier);
    bottom->addWidget(m_later);
    bottom->addWidget(m_folder);
    bottom->addStretch(1);
    bottom->addWidget(m_clear);
}

void TransfersPage::follow()
{
    connect(&m_queue, &TransferQueue::listChanged, this, &TransfersPage::update);
    connect(&m_queue, &TransferQueue::historyFailed, this, &TransfersPage::update);
    connect(&m_queue, &TransferQueue::changed, this, [this](qint64 id) {
        const QueuedTransfer *shown = current();
        if (shown && shown->id == id)
            updateButtons();
        updateSpeed();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &TransfersPage::updateButtons);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TransfersPage::updateButtons);
    connect(m_list, &QWidget::customContextMenuRequested, this, &TransfersPage::showMenu);
    connect(m_toggle, &QPushButton::clicked, this, &TransfersPage::toggle);
    connect(m_cancel, &QPushButton::clicked, this, &TransfersPage::cancelOrRemove);
    connect(m_first, &QToolButton::clicked, this, &TransfersPage::toTop);
    connect(m_earlier, &QToolButton::clicked, this, [this] {
        if (const QueuedTransfer *one = current())
            m_queue.move(one->id, -1);
    });
    connect(m_later, &QToolButton::clicked, this, [this] {
        if (const QueuedTransfer *one = current())
            m_queue.move(one->id, 1);
    });
    connect(m_folder, &QPushButton::clicked, this, &TransfersPage::openFolder);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_queue.removeEnded(); });
    connect(m_pauseAll, &QPushButton::clicked, this, [this] {
        if (m_queue.running() + m_queue.waiting() > 0)
            m_queue.pauseAll();
        else
            m_queue.resumeAll();
    });
    connect(m_cancelAll, &QPushButton::clicked, this, [this] { m_queue.cancelAll(); });
    connect(m_limit, &QComboBox::currentIndexChanged, this, [this] {
        m_queue.setLimit(m_limit->currentData().toLongLong());
        Q_EMIT limitChanged(m_queue.limit());
    });
    connect(m_filter, &QComboBox::currentIndexChanged, this, [this] {
        m_model->setInstance(m_filter->currentData().toString());
        update();
    });
    connect(m_details, &TransferDetails::connectRequested, this, &TransfersPage::connectRequested);
    connect(m_details, &TransferDetails::actionRequested, this, &TransfersPage::actionRequested);
}

void TransfersPage::setLimit(qint64 bytesPerSecond)
{
    int at = m_limit->findData(bytesPerSecond);
    if (at < 0) {
        // Of the settings, where it is any number; in its place among those that are offered.
        at = 1;
        while (at < m_limit->count() && m_limit->itemData(at).toLongLong() < bytesPerSecond)
            ++at;
        m_limit->insertItem(at, {}, bytesPerSecond);
        retranslateLimits();
    }
    m_limit->setCurrentIndex(at);
}

void TransfersPage::retranslate()
{
    m_title->setText(tr("Transfers"));
    m_list->setAccessibleName(tr("Transfers"));
    m_graph->setAccessibleName(tr("Speed over the last minute"));
    m_graph->setLines({{Quantity::NetTx, 0, tr("To the instances"), QStringLiteral("↑")},
                       {Quantity::NetRx, 0, tr("To this computer"), QStringLiteral("↓")}},
                      &Tokens::net);
    m_empty->set(icon(Icon::Transfer, IconTone::Hint), tr("Nothing is being copied"),
                 tr("Drop files or folders on an instance's Files tab, or download from there. "
                    "Copies go on by themselves after a lost connection or a restart."));
    retranslateLimits();
    m_filter->setAccessibleName(tr("Copies of which instance"));
    m_limit->setAccessibleName(tr("Speed limit"));
    const auto name = [](QAbstractButton *button, const QString &text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    name(m_first, tr("To the top"));
    name(m_earlier, tr("Earlier"));
    name(m_later, tr("Later"));
    m_folder->setText(tr("Open folder"));
    m_clear->setText(tr("Clear what has ended"));
    m_cancelAll->setText(tr("Cancel all"));
    m_notKept->setText(tr("The list can't be kept on this computer's disk: it ends with Danlu."));
    m_model->retranslate();
    m_details->retranslate();
    m_filter->clear();
    update();
}

void TransfersPage::retranslateLimits()
{
    for (int i = 0; i < m_limit->count(); ++i) {
        const qint64 limit = m_limit->itemData(i).toLongLong();
        m_limit->setItemText(i, limit == 0 ? tr("No speed limit")
                                           : tr("At most %1").arg(format::rate(double(limit))));
    }
}

void TransfersPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

/// Space pauses and goes on, Delete cancels or removes, Alt with the arrows moves.
bool TransfersPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    QAbstractButton *button = nullptr;
    const bool isAlt = key->modifiers() == Qt::AltModifier;
    if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier)
        button = m_toggle;
    else if (key->key() == Qt::Key_Delete)
        button = m_cancel;
    else if (isAlt && key->key() == Qt::Key_Up)
        button = m_earlier;
    else if (isAlt && key->key() == Qt::Key_Down)
        button = m_later;
    else if (isAlt && key->key() == Qt::Key_Home)
        button = m_first;
    if (!button)
        return QWidget::eventFilter(watched, event);
    button->click();
    return true;
}

const QueuedTransfer *TransfersPage::current() const
{
    return m_model->at(m_list->currentIndex());
}

std::vector<const QueuedTransfer *> TransfersPage::selected() const
{
    QModelIndexList rows = m_list->selectionModel()->selectedIndexes();
    std::sort(rows.begin(), rows.end());
    std::vector<const QueuedTransfer *> found;
    for (const QModelIndex &row : rows) {
        if (const QueuedTransfer *one = m_model->at(row))
            found.push_back(one);
    }
    return found;
}

void TransfersPage::select(qint64 id)
{
    if (!m_model->indexOf(id).isValid())
        m_filter->setCurrentIndex(0);
    m_list->setCurrentIndex(m_model->indexOf(id));
    m_list->scrollTo(m_list->currentIndex());
}

void TransfersPage::toggle()
{
    const std::vector<const QueuedTransfer *> all = selected();
    const bool any = std::any_of(all.begin(), all.end(), [](auto *one) { return isActive(*one); });
    for (const QueuedTransfer *one : all) {
        const qint64 id = one->id;
        if (any)
            m_queue.pause(id);
        else if (one->status == TransferStatus::Paused)
            m_queue.resume(id);
        else if (one->status != TransferStatus::Done)
            m_queue.retry(id);
    }
}

void TransfersPage::cancelOrRemove()
{
    std::vector<qint64> ids;
    bool allEnded = true;
    for (const QueuedTransfer *one : selected()) {
        ids.push_back(one->id);
        allEnded = allEnded && hasEnded(one->status);
    }
    for (const qint64 id : ids) {
        if (allEnded)
            m_queue.remove(id);
        else
            m_queue.cancel(id);
    }
}

void TransfersPage::toTop()
{
    std::vector<qint64> ids;
    for (const QueuedTransfer *one : selected())
        ids.push_back(one->id);
    const auto &all = m_queue.transfers();
    if (!ids.empty() && !all.empty())
        m_queue.moveBefore(ids, all.front()->id);
}

void TransfersPage::openFolder()
{
    const QueuedTransfer *one = current();
    // A folder and nothing else: a file would be run by what its name claims to be.
    if (one && QFileInfo(localFolder(*one)).isDir())
        QDesktopServices::openUrl(QUrl::fromLocalFile(localFolder(*one)));
}

void TransfersPage::update()
{
    updateFilter();
    const bool any = m_model->rowCount() > 0;
    m_stack->setCurrentWidget(any ? static_cast<QWidget *>(m_list) : m_empty);
    if (any && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(0));
    const auto &all = m_queue.transfers();
    m_clear->setEnabled(
        std::any_of(all.begin(), all.end(), [](const auto &one) { return hasEnded(one->status); }));
    const bool works = m_queue.running() + m_queue.waiting() > 0;
    const bool isPaused = std::any_of(all.begin(), all.end(), [](const auto &one) {
        return one->status == TransferStatus::Paused;
    });
    m_pauseAll->setEnabled(works || isPaused);
    m_pauseAll->setText(works || !isPaused ? tr("Pause all") : tr("Go on with all"));
    m_cancelAll->setEnabled(works || isPaused);
    m_notKept->setVisible(any && !m_queue.isKept());
    updateSpeed();
    updateButtons();
}

/// The instances that have copies here; shown when there is a choice.
void TransfersPage::updateFilter()
{
    QList<std::pair<QString, QString>> wanted{{tr("All instances"), QString()}};
    for (const auto &one : m_queue.transfers()) {
        const auto isKnown = [&](const auto &entry) { return entry.second == one->instanceId; };
        if (std::none_of(wanted.begin(), wanted.end(), isKnown))
            wanted.append({core::transfer::shownName(one->instanceName.toUtf8()), one->instanceId});
    }
    bool isSame = m_filter->count() == wanted.size();
    for (int i = 0; isSame && i < m_filter->count(); ++i)
        isSame = m_filter->itemText(i) == wanted[i].first &&
                 m_filter->itemData(i).toString() == wanted[i].second;
    if (!isSame) {
        const QString shown = m_filter->currentData().toString();
        const QSignalBlocker quiet(m_filter);
        m_filter->clear();
        for (const auto &[text, id] : wanted)
            m_filter->addItem(text, id);
        m_filter->setCurrentIndex(std::max(0, m_filter->findData(shown)));
        m_model->setInstance(m_filter->currentData().toString());
    }
    m_filter->setVisible(wanted.size() > 2);
}

void TransfersPage::updateButtons()
{
    const std::vector<const QueuedTransfer *> all = selected();
    const auto any = [&](auto test) {
        return std::any_of(all.begin(), all.end(), [&](auto *one) { return test(*one); });
    };
    const bool active = any(isActive);
    const bool paused = any([](auto &one) { return one.status == TransferStatus::Paused; });
    const bool unfinished = active || paused;
    m_toggle->setEnabled(any([](auto &one) { return one.status != TransferStatus::Done; }));
    m_toggle->setText(active || all.empty() ? tr("Pause") : paused ? tr("Go on") : tr("Try again"));
    m_toggle->setIcon(icon(active || all.empty() ? Icon::Pause
                           : paused              ? Icon::Play
                                                 : Icon::Refresh,
                           IconTone::Secondary));
    m_cancel->setEnabled(!all.empty());
    m_cancel->setText(unfinished || all.empty() ? tr("Cancel") : tr("Remove from the list"));
    m_cancel->setIcon(
        icon(unfinished || all.empty() ? Icon::Stop : Icon::Trash, IconTone::Secondary));
    m_first->setEnabled(unfinished);
    m_earlier->setEnabled(unfinished && all.size() == 1);
    m_later->setEnabled(unfinished && all.size() == 1);
    const QueuedTransfer *one = current();
    m_folder->setVisible(one && QFileInfo(localFolder(*one)).isDir());
    m_details->setTransfer(all.size() > 1 ? nullptr : one);
}

void TransfersPage::updateSpeed()
{
    const bool runs = m_queue.running() > 0;
    m_speed->setText(runs ? format::rate(m_queue.speed().last().value_or(0)) : QString());
    m_graph->setVisible(m_queue.speeds().lastTime() > 0);
    if (m_charts.end() != m_queue.speeds().lastTime())
        m_charts.dataArrived();
}

void TransfersPage::showMenu(const QPoint &position)
{
    if (!m_model->at(m_list->indexAt(position)))
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const std::initializer_list<QAbstractButton *> buttons{m_toggle,  m_cancel, m_first,
                                                           m_earlier, m_later,  m_folder};
    for (QAbstractButton *button : buttons) {
        if (button->isHidden())
            continue;
        const QString text = button->text().isEmpty() ? button->toolTip() : button->text();
        QAction *action = menu->addAction(button->icon(), text);
        action->setEnabled(button->isEnabled());
        connect(action, &QAction::triggered, button, &QAbstractButton::click);
    }
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

} // namespace ui::transfers
