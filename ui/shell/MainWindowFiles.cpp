// SPDX-License-Identifier: GPL-3.0-or-later
// The Files tab and the Transfers page in the window, and what is told of copies.
#include "ui/common/Banner.h"
#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/files/FilesPage.h"
#include "ui/instances/InstanceList.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"
#include "ui/transfers/TransferWords.h"
#include "ui/transfers/TransfersPage.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>

namespace ui::shell {

using namespace std::chrono_literals;
using core::fleet::Instance;
using core::fleet::QueuedTransfer;
using core::history::TransferStatus;
using core::transfer::Overwrite;

namespace {

constexpr auto shortNotice = 6s;
constexpr int mostNames = 5; ///< in the question before the end

Overwrite overwriteOf(const QString &setting)
{
    return setting == u"skip"     ? Overwrite::Skip
           : setting == u"newer"  ? Overwrite::Newer
           : setting == u"always" ? Overwrite::Always
                                  : Overwrite::Ask;
}

bool wasTaken(const QueuedTransfer &transfer)
{
    using Result = core::transfer::FileOutcome::Result;
    return transfer.status == TransferStatus::Partly && !transfer.outcomes.empty() &&
           transfer.outcomes.front().isTaken &&
           std::none_of(transfer.outcomes.begin(), transfer.outcomes.end(), [](const auto &one) {
               return one.result == Result::Failed && !one.isTaken;
           });
}

QString firstTrouble(const QueuedTransfer &transfer)
{
    std::optional<core::Error> error = transfer.error;
    if (!error && !transfer.outcomes.empty())
        error = transfer.outcomes.front().error; // what failed comes first
    return error ? describe(*error).title : QString();
}

} // namespace

files::FilesPage *MainWindow::filesPage()
{
    if (!m_files) {
        m_files = new files::FilesPage(m_services.queue);
        if (!m_services.settings.downloadFolder().isEmpty())
            m_files->setDownloadFolder(m_services.settings.downloadFolder());
        connect(m_files, &files::FilesPage::downloadFolderChanged, this,
                [this](const QString &folder) { m_services.settings.setDownloadFolder(folder); });
        connect(m_files, &files::FilesPage::transferAdded, this, &MainWindow::tellAdded);
        m_files->setHiddenShown(m_services.settings.showsHidden());
        connect(m_files, &files::FilesPage::hiddenShownChanged, &m_services.settings,
                &settings::Settings::setShowsHidden);
        m_files->setLayoutState(m_services.settings.filesLayout());
        connect(m_files, &files::FilesPage::layoutChanged, &m_services.settings,
                &settings::Settings::setFilesLayout);
        m_files->setEditorCommand(m_services.settings.editor());
        connect(&m_services.settings, &settings::Settings::editorChanged, m_files,
                [this] { m_files->setEditorCommand(m_services.settings.editor()); });
        m_files->setEditsFolder(
            QDir(m_services.settings.directory()).filePath(QStringLiteral("edited-files")));
        m_content->addWidget(m_files);
        applyCopySettings();
    }
    return m_files;
}

void MainWindow::applyCopySettings()
{
    const settings::Settings &settings = m_services.settings;
    m_services.queue.setParallel(settings.parallelCopies());
    m_services.queue.setLimit(settings.copyLimit());
    if (m_transfers)
        m_transfers->setLimit(settings.copyLimit());
    if (!m_files)
        return;
    core::transfer::TransferRequest options;
    options.verify = settings.verifiesCopies();
    const QString links = settings.links();
    options.links = links == u"follow" ? core::transfer::Links::Follow
                    : links == u"skip" ? core::transfer::Links::Skip
                                       : core::transfer::Links::Copy;
    options.overwrite = overwriteOf(settings.overwrite());
    options.connections = std::clamp(settings.copyConnections(), 1, 8);
    m_files->setCopyOptions(options);
}

void MainWindow::showTransfers(qint64 select)
{
    if (!m_transfers) {
        m_transfers = new transfers::TransfersPage(m_services.queue);
        m_transfers->setLimit(m_services.settings.copyLimit());
        connect(m_transfers, &transfers::TransfersPage::limitChanged, this,
                [this](qint64 limit) { m_services.settings.setCopyLimit(limit); });
        connect(m_transfers, &transfers::TransfersPage::connectRequested, this,
                &MainWindow::connectFor);
        connect(m_transfers, &transfers::TransfersPage::actionRequested, this, &MainWindow::mend);
        m_pages->addWidget(m_transfers);
    }
    showPlace(m_transfers, m_transfersButton);
    if (select != 0)
        m_transfers->select(select);
    m_unseenTrouble = 0;
    hideTransferNotice();
    updateTransfers();
}

void MainWindow::updateTransfers()
{
    const int busy = m_services.queue.running() + m_services.queue.waiting();
    QString text = busy > 0 ? tr("Transfers (%1)").arg(busy) //: In the side bar: how many
                            : tr("Transfers");
    // Until they are looked at.
    if (m_unseenTrouble > 0)
        //: In the side bar: copies that failed, wholly or in part
        text = tr("Transfers: %n need a look", nullptr, m_unseenTrouble);
    if (m_transfersButton->text() == text)
        return;
    m_transfersButton->setIcon(m_unseenTrouble > 0 ? icon(Icon::Warning, IconTone::Warn)
                                                   : icon(Icon::Transfer, IconTone::Secondary));
    m_transfersButton->setText(text);
    m_transfersButton->setAccessibleName(text);
}

QPushButton *MainWindow::addNoticeAction(const QString &text, const char *name)
{
    QPushButton *button = m_notice->addAction(text);
    button->setObjectName(QLatin1StringView(name));
    return button;
}

void MainWindow::hideTransferNotice()
{
    m_noticeEnd.stop();
    if (std::exchange(m_isTransferNotice, false))
        m_notice->hide();
}

/// From the Files tab, which goes on showing the folder.
void MainWindow::tellAdded(qint64 id)
{
    const QueuedTransfer *transfer = m_services.queue.find(id);
    // What is more important stays.
    if (!transfer || (m_notice->isVisible() && !m_noticeEnd.isActive()))
        return;
    const bool isPut = transfer->request.direction == core::transfer::Direction::Put;
    const QString name = transfers::titleWords(*transfer);
    m_isTransferNotice = true;
    m_notice->clearActions();
    m_notice->setTechnical({});
    m_notice->setMessage(Banner::Kind::Info,
                         isPut ? tr("Uploading %1").arg(name) : tr("Downloading %1").arg(name),
                         transfers::routeWords(*transfer));
    connect(addNoticeAction(tr("Show"), "noticeShow"), &QPushButton::clicked, this,
            [this, id] { showTransfers(id); });
    m_notice->show();
    m_noticeEnd.start(shortNotice);
}

/// A copy that went wrong is told in the window, whatever it shows, and marked at the side.
void MainWindow::tellEnded(qint64 id)
{
    const QueuedTransfer *transfer = m_services.queue.find(id);
    if (!transfer || transfer->status == TransferStatus::Done)
        return;
    if (m_transfers && m_transfers->isVisible() && isActiveWindow())
        return;
    ++m_unseenTrouble;
    updateTransfers();
    const QString name = transfers::titleWords(*transfer);
    m_noticeEnd.stop();
    m_isTransferNotice = true;
    m_notice->clearActions();
    m_notice->setTechnical({});
    if (wasTaken(*transfer)) {
        m_notice->setMessage(
            Banner::Kind::Warning,
            tr("%1: %n files are there already and differ", nullptr, int(transfer->summary.failed))
                .arg(name),
            tr("They were left as they are."));
        const auto add = [&](const QString &text, const char *button, Overwrite how) {
            connect(addNoticeAction(text, button), &QPushButton::clicked, this, [this, id, how] {
                m_unseenTrouble = 0;
                hideTransferNotice();
                m_services.queue.retry(id, how);
                updateTransfers();
            });
        };
        add(tr("Replace all"), "noticeReplace", Overwrite::Always);
        add(tr("Only where mine is newer"), "noticeNewer", Overwrite::Newer);
        add(tr("Leave them"), "noticeLeave", Overwrite::Skip);
    } else {
        m_notice->setMessage(transfer->error ? Banner::Kind::Error : Banner::Kind::Warning,
                             transfer->error ? tr("%1 was not copied").arg(name)
                                             : tr("%1: %n files were not copied", nullptr,
                                                  int(transfer->summary.failed))
                                                   .arg(name),
                             firstTrouble(*transfer));
    }
    connect(addNoticeAction(tr("Show"), "noticeShow"), &QPushButton::clicked, this,
            [this, id] { showTransfers(id); });
    m_notice->show();
}

void MainWindow::connectFor(const QString &instanceId)
{
    Instance *instance = m_services.fleet.byId(instanceId);
    if (!instance)
        return;
    auto *watch = new QObject(instance);
    const auto showIt = [this, watch, instance] {
        watch->deleteLater();
        m_list->select(instance);
        showInstance(instance);
    };
    for (auto signal : {&Instance::hostKeyAsked, &Instance::secretAsked, &Instance::promptAsked})
        connect(instance, signal, watch, showIt);
    connect(instance, &Instance::stateChanged, watch, [watch, instance, showIt] {
        if (instance->state() == Instance::State::Failed)
            showIt();
        else if (instance->state() == Instance::State::Connected)
            watch->deleteLater();
    });
    instance->connectNow();
}

/// What a button under a copy's error promises.
void MainWindow::mend(const QString &instanceId, ErrorAction action)
{
    Instance *instance = m_services.fleet.byId(instanceId);
    if (!instance)
        return;
    switch (action) {
    case ErrorAction::EditProfile:
    case ErrorAction::ChooseKey: openDialog(instance->profile()); return;
    case ErrorAction::PasteLogin: showAdd(true); return;
    case ErrorAction::OpenSettings: showSettings(); return;
    case ErrorAction::OpenDisks:
        m_list->select(instance);
        m_tabs->setCurrentIndex(0);
        showInstance(instance);
        return;
    case ErrorAction::EnterPassword:
    case ErrorAction::EnterPassphrase:
    case ErrorAction::ReviewHostKey:
        // Asked where it always is, beside the instance's name.
        m_list->select(instance);
        showInstance(instance);
        if (instance->state() == Instance::State::Connected)
            instance->disconnectNow();
        instance->connectNow();
        return;
    case ErrorAction::Retry: connectFor(instanceId); return;
    case ErrorAction::None: return;
    }
}

bool MainWindow::asksBeforeQuit()
{
    const core::fleet::TransferQueue &queue = m_services.queue;
    const int busy = queue.running() + queue.waiting();
    // The system's own end does not wait for an answer.
    if (m_isQuitting || busy == 0 || qApp->isSavingSession())
        return false;
    if (m_quitBox) {
        m_quitBox->raise();
        return true;
    }
    QStringList names;
    for (const auto &one : queue.transfers()) {
        const bool counts =
            one->status == TransferStatus::Running || one->status == TransferStatus::Queued;
        if (counts && names.size() < mostNames)
            names.append(transfers::titleWords(*one) + u' ' + transfers::routeWords(*one));
    }
    if (busy > mostNames)
        names.append(tr("… and %n more", nullptr, busy - mostNames));
    m_quitBox =
        new QMessageBox(QMessageBox::NoIcon, tr("Quit Danlu?"),
                        tr("%n copies run or wait", nullptr, busy), QMessageBox::NoButton, this);
    m_quitBox->setObjectName(QStringLiteral("quitBox"));
    m_quitBox->setAttribute(Qt::WA_DeleteOnClose);
    m_quitBox->setInformativeText(
        names.join(u'\n') + QStringLiteral("\n\n") +
        (queue.isKept() ? tr("They go on at the next start, from what has arrived.")
                        : tr("Their list can't be kept on this computer's disk: they end.")));
    // Names of files are no markup, in whichever label they are.
    for (QLabel *label : m_quitBox->findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    QPushButton *quit = m_quitBox->addButton(tr("Quit"), QMessageBox::AcceptRole);
    quit->setObjectName(QStringLiteral("quitConfirm"));
    QPushButton *stay = m_quitBox->addButton(tr("Stay"), QMessageBox::RejectRole);
    stay->setObjectName(QStringLiteral("quitStay"));
    m_quitBox->setDefaultButton(stay);
    m_quitBox->setEscapeButton(stay);
    connect(quit, &QPushButton::clicked, this, [this] {
        m_isQuitting = true;
        close();
    });
    m_quitBox->open();
    return true;
}

} // namespace ui::shell
