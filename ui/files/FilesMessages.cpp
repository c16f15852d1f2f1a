// SPDX-License-Identifier: GPL-3.0-or-later
// What the Files tab tells: its states, and the strip above the list.
#include "core/base/Operation.h"
#include "core/ssh/Session.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteSearch.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/Label.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/FilesPage.h"
#include "ui/files/Places.h"
#include "ui/models/ProfileErrors.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

namespace ui::files {

using namespace std::chrono_literals;
using Type = core::ssh::RemoteEntry::Type;

/// What can't be done now says why.
void FilesPage::updateControls()
{
    const bool connected = session() != nullptr;
    const auto set = [&](QWidget *control, const QString &name, bool enabled) {
        control->setAccessibleName(name);
        control->setEnabled(connected && enabled);
        control->setToolTip(connected ? name : tr("%1: not connected").arg(name));
    };
    set(m_back, tr("Back"), !m_history.isEmpty());
    set(m_up, tr("Up"), m_isLoaded && m_path != "/");
    set(m_refresh, tr("Read again"), true);
    m_pathField->setEnabled(connected);
    m_places->setEnabled(connected);
    // Copies wait for the connection by themselves.
    m_uploadButton->setEnabled(m_isLoaded);
    m_more->setEnabled(m_isLoaded);
    m_filter->setEnabled(m_isLoaded);
}

/// The page where there is nothing to be listed.
void FilesPage::updateAway()
{
    // What was read stays to be seen while the connection is mended.
    const bool isAway = !m_isLoaded && (!session() || m_refusal);
    m_stack->setCurrentWidget(isAway ? static_cast<QWidget *>(m_away) : m_browser);
    if (!session()) {
        m_away->set(icon(Icon::Unplug, IconTone::Hint), tr("Not connected"),
                    tr("The instance's files are shown when it is connected."));
        m_awayButton->setText(tr("Connect"));
        m_awayButton->setVisible(m_instance && !m_instance->isBusy());
        return;
    }
    m_awayButton->setText(tr("Try again"));
    m_awayButton->setVisible(true);
    if (m_refusal && m_refusal->code == core::ErrorCode::Unsupported) {
        m_away->set(icon(Icon::Folder, IconTone::Hint), tr("This server's files can't be listed"),
                    tr("It offers neither SFTP nor a shell with find and stat."));
    } else if (m_refusal) {
        const Description words = describe(*m_refusal);
        m_away->set(icon(Icon::Error, IconTone::Bad), words.title,
                    words.why + u'\n' + words.advice);
    }
}

void FilesPage::updateEmpty()
{
    const bool isEmpty = m_isLoaded && m_model->rowCount() == 0 && !m_model->isBusy() && !m_search;
    m_empty->setVisible(isEmpty);
    if (!isEmpty)
        return;
    if (!m_filter->text().isEmpty())
        m_empty->set(icon(Icon::Search, IconTone::Hint), tr("Nothing here has such a name"),
                     tr("No name in this folder has “%1” in it. Esc ends the search.")
                         .arg(m_filter->text()));
    else if (m_model->hiddenCount() > 0)
        m_empty->set(icon(Icon::EyeOff, IconTone::Hint), tr("Only hidden files are here"),
                     tr("“Show hidden files” in the menu shows them."));
    else
        m_empty->set(icon(Icon::Folder, IconTone::Hint), tr("This folder is empty"),
                     tr("Files and folders that you drop here are uploaded."));
}

void FilesPage::updateStatus()
{
    if (m_listing && !m_slow.isActive() && !m_listing->entries().empty())
        m_status->setText(tr("Reading… %n so far", nullptr, int(m_listing->entries().size())));
    else if ((m_listing || m_resolving) && !m_slow.isActive())
        m_status->setText(tr("Reading…"));
    else if (!session() && m_isLoaded)
        m_status->setText(tr("Not connected: as it was last"));
    else if (m_isLoaded) {
        QStringList words{tr("%n items", nullptr, m_model->rowCount())};
        if (m_model->hiddenCount() > 0)
            words += tr("%n hidden", nullptr, m_model->hiddenCount());
        const FileTable::Selected selected = m_table->selected();
        if (selected.count > 0)
            words += selected.bytes > 0 ? tr("%n selected, %1", nullptr, selected.count)
                                              .arg(format::bytes(selected.bytes))
                                        : tr("%n selected", nullptr, selected.count);
        m_status->setText(words.join(QStringLiteral(" · ")));
    } else {
        m_status->clear();
    }
    m_space->setText(freeSpace());
}

QString FilesPage::freeSpace() const
{
    const core::metrics::SamplePtr sample = m_instance ? m_instance->sample() : nullptr;
    if (!sample || m_path.isEmpty())
        return {};
    const core::probe::DiskInfo *best = nullptr;
    for (const core::probe::DiskInfo &disk : sample->disks) {
        const QByteArray mount = disk.mount.toUtf8();
        if ((mount == "/" || m_path == mount || m_path.startsWith(mount + '/')) &&
            (!best || disk.mount.size() > best->mount.size()))
            best = &disk;
    }
    if (!best || !best->availableBytes)
        return {};
    return tr("%1 free").arg(format::bytes(double(*best->availableBytes)));
}

void FilesPage::tell(Banner::Kind kind, const QString &text, const QString &details)
{
    m_isAsking = false;
    m_waitTold = nullptr;
    m_again = nullptr;
    m_banner->clearActions();
    m_banner->setTechnical({});
    m_banner->setMessage(kind, text, details);
    m_banner->show();
}

void FilesPage::hideBanner()
{
    m_isAsking = false;
    m_waitTold = nullptr;
    m_again = nullptr;
    const bool hadFocus = m_banner->isAncestorOf(QApplication::focusWidget());
    m_banner->hide();
    if (hadFocus)
        m_table->setFocus();
}

/// Of what was done at \a origin; when that instance is not shown it is told when it is.
void FilesPage::tellError(const Origin &origin, const core::Error &error, const Again &again)
{
    if (error.code == core::ErrorCode::Cancelled)
        return;
    if (!m_instance || m_instance != origin.instance) {
        if (origin.instance)
            m_missed.insert(origin.id, {origin, error, again});
        return;
    }
    tell(Banner::Kind::Error, {});
    Description words = describe(error, errorContext(m_instance->profile()));
    // Only buttons that do something here.
    const bool canRetry = words.action == ErrorAction::Retry && again;
    if (!canRetry)
        words.button.clear();
    words.otherButton.clear();
    m_again = again;
    m_banner->setError(words);
}

void FilesPage::onBannerAction(ErrorAction action)
{
    const Again again = m_again;
    hideBanner();
    m_table->setFocus();
    if (action == ErrorAction::Retry && again)
        again();
}

/// A wait that takes longer shows itself, and can be ended.
void FilesPage::tellWait(core::Operation *operation, const QString &text)
{
    const QPointer<core::fleet::Instance> instance = m_instance;
    QTimer::singleShot(300ms, operation, [this, operation, text, instance] {
        if (operation->isFinished() || m_instance != instance || m_isAsking)
            return;
        tell(Banner::Kind::Info, text);
        m_waitTold = operation;
        QPushButton *cancel = m_banner->addAction(tr("Cancel"));
        cancel->setObjectName(QStringLiteral("filesCancel"));
        connect(cancel, &QPushButton::clicked, operation, &core::Operation::cancel);
    });
    const auto end = [this, operation] {
        if (m_waitTold == operation)
            hideBanner();
    };
    connect(operation, &core::Operation::finished, this, end);
}

/// Null, and told, when it can't be done now.
core::ssh::Session *FilesPage::sessionFor(const Origin &origin)
{
    core::ssh::Session *session = origin.session();
    if (session)
        return session;
    tell(Banner::Kind::Warning, tr("The instance is not connected"),
         tr("Nothing was changed. Do it again when it is connected."));
    if (m_instance && m_instance == origin.instance && !m_instance->isBusy()) {
        QPushButton *connectNow = m_banner->addAction(tr("Connect"));
        connect(connectNow, &QPushButton::clicked, m_instance, &core::fleet::Instance::connectNow);
        connect(connectNow, &QPushButton::clicked, this, &FilesPage::hideBanner);
    }
    return nullptr;
}

} // namespace ui::files
