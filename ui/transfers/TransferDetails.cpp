// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/TransferDetails.h"

#include "core/fleet/Instance.h"
#include "core/fleet/Leftovers.h"
#include "core/fleet/TransferQueue.h"
#include "core/transfer/FileNames.h"
#include "ui/common/Banner.h"
#include "ui/common/Theme.h"
#include "ui/models/ProfileErrors.h"
#include "ui/transfers/TransferWords.h"

#include <QBoxLayout>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>

#include <algorithm>

namespace ui::transfers {

using core::fleet::QueuedTransfer;
using core::history::TransferStatus;
using core::transfer::FileOutcome;
using core::transfer::Overwrite;

namespace {

constexpr int listHeight = 132;

bool isTaken(const FileOutcome &outcome)
{
    return outcome.isTaken;
}

bool hasFailed(const FileOutcome &outcome)
{
    return outcome.result == FileOutcome::Result::Failed;
}

/// The first one's, when all that failed did so for the same reason.
std::optional<core::Error> commonError(const std::vector<FileOutcome> &outcomes)
{
    std::optional<core::Error> common;
    for (const FileOutcome &outcome : outcomes) {
        if (!hasFailed(outcome) || !outcome.error)
            continue;
        if (common && (common->code != outcome.error->code || common->step != outcome.error->step))
            return std::nullopt;
        if (!common)
            common = outcome.error;
    }
    return common;
}

} // namespace

TransferDetails::TransferDetails(core::fleet::TransferQueue &queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_banner(new Banner)
    , m_outcomes(new QPlainTextEdit)
    , m_choices(new QListWidget)
{
    m_banner->setObjectName(QStringLiteral("transferProblem"));
    m_outcomes->setObjectName(QStringLiteral("transferFailures"));
    m_outcomes->setReadOnly(true);
    m_outcomes->setFont(textFont(TextStyle::Mono));
    m_outcomes->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_choices->setObjectName(QStringLiteral("transferChoices"));
    for (QWidget *list : {static_cast<QWidget *>(m_outcomes), static_cast<QWidget *>(m_choices)})
        list->setMaximumHeight(listHeight);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(m_banner);
    layout->addWidget(m_outcomes);
    layout->addWidget(m_choices);
    retranslate();
}

void TransferDetails::retranslate()
{
    m_outcomes->setAccessibleName(tr("Files that were not simply copied"));
    m_choices->setAccessibleName(tr("Files to be replaced"));
    m_shown.reset();
    m_banner->hide();
    m_outcomes->hide();
    m_choices->hide();
}

void TransferDetails::setTransfer(const QueuedTransfer *transfer)
{
    Key key;
    if (transfer)
        key = {transfer->id,
               transfer->status,
               transfer->error,
               transfer->outcomeCount,
               transfer->waitsForInstance,
               transfer->isInstanceGone,
               transfer->secondsToRetry.has_value(),
               transfer->isLent,
               m_queue.unfinished(transfer->instanceId) > 0};
    if (m_shown == key)
        return;
    m_shown = key;
    m_banner->clearActions();
    m_banner->setTechnical({});
    m_banner->setMessage(Banner::Kind::Info, {});
    m_outcomes->hide();
    m_choices->hide();
    if (transfer)
        build(*transfer);
    m_banner->setVisible(!m_banner->text().isEmpty());
}

void TransferDetails::build(const QueuedTransfer &transfer)
{
    switch (transfer.status) {
    case TransferStatus::Queued: tellWaiting(transfer); break;
    case TransferStatus::Running:
        if (transfer.isLent)
            m_banner->setMessage(
                Banner::Kind::Info, tr("Copies over the connection of the monitor"),
                tr("The server lets no further connection in without a question, such as a "
                   "one-time code. One copy at a time shares the connection that is there."));
        break;
    case TransferStatus::Failed: tellFailed(transfer); break;
    case TransferStatus::Partly: tellPartly(transfer); break;
    case TransferStatus::Cancelled: tellCancelled(transfer); break;
    case TransferStatus::Paused:
    case TransferStatus::Done: break;
    }
    tellOutcomes(transfer);
}

QPushButton *TransferDetails::addButton(const QString &text, const char *name)
{
    QPushButton *button = m_banner->addAction(text);
    button->setObjectName(QLatin1StringView(name));
    return button;
}

void TransferDetails::addRetry(const QString &text, const char *name, qint64 id,
                               std::optional<Overwrite> how)
{
    connect(addButton(text, name), &QPushButton::clicked, this,
            [this, id, how] { m_queue.retry(id, how); });
}

void TransferDetails::tellWaiting(const QueuedTransfer &transfer)
{
    if (transfer.isInstanceGone) {
        m_banner->setMessage(Banner::Kind::Warning, tr("Its instance was removed"),
                             tr("It can't go on. What has arrived there or here is kept."));
        return;
    }
    if (transfer.waitsForInstance) {
        m_banner->setMessage(
            Banner::Kind::Info, tr("Waits for the connection"),
            //: %1 is an instance
            tr("It begins by itself when %1 is connected, from what has arrived already.")
                .arg(core::transfer::shownName(transfer.instanceName.toUtf8())));
        connect(addButton(tr("Connect"), "transferConnect"), &QPushButton::clicked, this,
                [this, id = transfer.instanceId] { Q_EMIT connectRequested(id); });
        return;
    }
    if (!transfer.secondsToRetry)
        return;
    m_banner->setMessage(Banner::Kind::Warning, tr("The line was lost"),
                         tr("It is tried again by itself until it works, with growing pauses; what "
                            "has arrived is kept."));
    if (transfer.error)
        m_banner->setTechnical(describe(*transfer.error).technical);
    connect(addButton(tr("Try now"), "transferTryNow"), &QPushButton::clicked, this,
            [this, id = transfer.id] { m_queue.resume(id); });
}

void TransferDetails::tellFailed(const QueuedTransfer &transfer)
{
    if (!transfer.error)
        return;
    ErrorContext context;
    const core::fleet::Instance *instance = m_queue.instanceOf(transfer);
    if (instance)
        context = errorContext(instance->profile());
    context.instance = transfer.instanceName;
    // That of the key, which only signing in is about.
    if (transfer.error->step != core::Step::Auth)
        context.path.clear();
    const Description description = describe(*transfer.error, context);
    m_banner->setError(description);
    m_banner->clearActions();
    bool hasRetry = false;
    const auto add = [&](const QString &label, ErrorAction action, const char *name) {
        if (label.isEmpty() || (action != ErrorAction::Retry && !instance))
            return;
        if (action == ErrorAction::Retry) {
            hasRetry = true;
            addRetry(label, name, transfer.id);
            return;
        }
        connect(addButton(label, name), &QPushButton::clicked, this,
                [this, action, id = transfer.instanceId] { Q_EMIT actionRequested(id, action); });
    };
    add(description.button, description.action, "transferFix");
    add(description.otherButton, description.otherAction, "transferOtherFix");
    if (!hasRetry)
        addRetry(tr("Try again"), "transferAgain", transfer.id);
    offerRemoval(transfer);
}

void TransferDetails::tellPartly(const QueuedTransfer &transfer)
{
    const auto &outcomes = transfer.outcomes;
    const auto failed = std::count_if(outcomes.begin(), outcomes.end(), hasFailed);
    const auto taken = std::count_if(outcomes.begin(), outcomes.end(), isTaken);
    if (failed == 0 || taken < failed) {
        QStringList lines;
        if (const std::optional<core::Error> common = commonError(outcomes)) {
            const Description description = describe(*common);
            lines = {description.why, description.advice};
        }
        lines += transfer.summary.files > 0
                     ? tr("The others are complete. Trying again copies only what is missing.")
                     : tr("Trying again copies only what is missing.");
        lines.removeAll(QString());
        m_banner->setMessage(Banner::Kind::Warning,
                             tr("%n files were not copied", nullptr, int(transfer.summary.failed)),
                             lines.join(u'\n'));
        addRetry(tr("Try again"), "transferAgain", transfer.id);
        return;
    }
    m_banner->setMessage(
        Banner::Kind::Warning,
        tr("%n files are there already and differ", nullptr, int(transfer.summary.failed)),
        tr("They were left as they are."));
    addRetry(tr("Replace all"), "transferOverwrite", transfer.id, Overwrite::Always);
    addRetry(tr("Only where mine is newer"), "transferNewer", transfer.id, Overwrite::Newer);
    addRetry(tr("Leave them"), "transferLeave", transfer.id, Overwrite::Skip);
    // Only when all of them can be shown.
    if (taken == transfer.summary.failed && taken > 1)
        connect(addButton(tr("Choose…"), "transferChoose"), &QPushButton::clicked, this,
                &TransferDetails::choose);
}

void TransferDetails::tellCancelled(const QueuedTransfer &transfer)
{
    if (transfer.startedMs == 0)
        return;
    const bool isAlone = m_queue.unfinished(transfer.instanceId) == 0;
    m_banner->setMessage(
        Banner::Kind::Info, tr("Cancelled"),
        isAlone ? tr("What has arrived is kept, so that it can be gone on with.")
                : tr("What has arrived is kept, so that it can be gone on with. It can be removed "
                     "when the other copies of this instance have ended."));
    addRetry(tr("Go on"), "transferAgain", transfer.id);
    offerRemoval(transfer);
}

void TransferDetails::tellOutcomes(const QueuedTransfer &transfer)
{
    QStringList lines = outcomeLines(transfer.outcomes);
    const qint64 more = transfer.outcomeCount - qint64(transfer.outcomes.size());
    if (more > 0)
        lines.append(tr("… and %n more", nullptr, int(more)));
    m_outcomes->setPlainText(lines.join(u'\n'));
    m_outcomes->setVisible(!lines.isEmpty());
}

/// The names that are taken, each with its box.
void TransferDetails::choose()
{
    const QueuedTransfer *transfer = m_shown ? m_queue.find(m_shown->id) : nullptr;
    if (!transfer)
        return;
    m_choices->clear();
    for (const FileOutcome &outcome : transfer->outcomes) {
        auto *item = new QListWidgetItem(core::transfer::shownName(outcome.path), m_choices);
        item->setData(Qt::UserRole, outcome.path);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(Qt::Unchecked);
    }
    m_outcomes->hide();
    m_choices->show();
    m_choices->setFocus();
    m_banner->clearActions();
    m_banner->setMessage(Banner::Kind::Warning, tr("Which ones shall be replaced?"),
                         tr("The others stay as they are."));
    QPushButton *replace = addButton(tr("Replace the chosen"), "transferReplaceChosen");
    connect(replace, &QPushButton::clicked, this, [this, id = transfer->id] {
        QByteArrayList paths;
        for (int row = 0; row < m_choices->count(); ++row) {
            if (m_choices->item(row)->checkState() == Qt::Checked)
                paths.append(m_choices->item(row)->data(Qt::UserRole).toByteArray());
        }
        m_queue.replaceOnly(id, paths);
    });
    connect(addButton(tr("Back"), "transferChooseBack"), &QPushButton::clicked, this, [this] {
        const std::optional<Key> key = std::exchange(m_shown, std::nullopt);
        setTransfer(key ? m_queue.find(key->id) : nullptr);
    });
}

void TransferDetails::offerRemoval(const QueuedTransfer &transfer)
{
    // Another copy's unfinished files have the same kind of name. When it has ended this is said
    // anew.
    if (m_queue.unfinished(transfer.instanceId) > 0)
        return;
    connect(addButton(tr("Remove unfinished files"), "transferLeftovers"), &QPushButton::clicked,
            this, [this, id = transfer.id] { removeUnfinished(id); });
}

void TransferDetails::removeUnfinished(qint64 id)
{
    const QueuedTransfer *transfer = m_queue.find(id);
    if (!transfer || m_queue.unfinished(transfer->instanceId) > 0)
        return;
    const bool isThere = transfer->request.direction == core::transfer::Direction::Put;
    core::fleet::Instance *instance = m_queue.instanceOf(*transfer);
    core::ssh::Session *session = instance ? instance->session() : nullptr;
    m_banner->clearActions();
    if (isThere && !session) {
        m_banner->setMessage(Banner::Kind::Warning, tr("The instance is not connected"),
                             tr("Its unfinished files can be removed when it is."));
        if (instance)
            connect(addButton(tr("Connect"), "transferConnect"), &QPushButton::clicked, this,
                    [this, name = instance->id()] { Q_EMIT connectRequested(name); });
        return;
    }
    m_banner->setMessage(Banner::Kind::Info, tr("Removing unfinished files…"));
    core::Operation *removal = core::fleet::removeLeftovers(transfer->request, session);
    removal->setParent(this);
    connect(removal, &core::Operation::finished, this, [this, removal, id] {
        removal->deleteLater();
        if (!m_shown || m_shown->id != id)
            return;
        if (removal->error())
            m_banner->setError(describe(*removal->error()));
        else
            m_banner->setMessage(Banner::Kind::Good, tr("Unfinished files were removed"));
        m_banner->clearActions();
        addRetry(tr("Copy again"), "transferAgain", id);
    });
}

} // namespace ui::transfers
