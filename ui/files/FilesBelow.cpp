// SPDX-License-Identifier: GPL-3.0-or-later
// The Files tab and what is below a directory: arriving in a directory while it is read, searching
// below it, moving within it, and what is dropped beside the list or dragged out of it.
#include "core/fleet/TransferQueue.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "core/transfer/RemoteSearch.h"
#include "ui/common/Banner.h"
#include "ui/common/Label.h"
#include "ui/files/FileDrop.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/FilesPage.h"
#include "ui/files/FolderModel.h"
#include "ui/files/FolderTree.h"
#include "ui/files/Places.h"

#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace ui::files {

using core::transfer::joinPath;
using core::transfer::parentPath;
using core::transfer::RemoteAction;
using core::transfer::RemoteSearch;
using core::transfer::shownName;

void FilesPage::buildDrops()
{
    // In these, a file would become text.
    m_pathField->setAcceptDrops(false);
    m_filter->setAcceptDrops(false);
    const auto take = [this](FileDrop *drop) {
        connect(drop, &FileDrop::filesDropped, this,
                [this](const QStringList &paths, const QByteArray &directory) {
                    if (m_instance)
                        uploadTo(*m_instance, paths, directory);
                });
        connect(drop, &FileDrop::rowsDropped, this,
                [this](const DraggedRows &rows, const QByteArray &directory) {
                    if (!m_instance || rows.instanceId != m_instance->id())
                        return;
                    QByteArrayList paths;
                    for (const QByteArray &name : rows.names)
                        paths.append(joinPath(rows.directory, name));
                    moveTo(paths, directory);
                });
        connect(drop, &FileDrop::hovered, this, &FilesPage::tellDrop);
    };
    take(new FileDrop(this, [this](const QPoint &) {
        return FileDrop::Place{m_isLoaded ? m_path : QByteArray(), {}, false};
    }));
    take(new FileDrop(m_places->viewport(), [this](const QPoint &at) {
        const QModelIndex row = m_places->indexAt(at);
        return row.isValid()
                   ? FileDrop::Place{m_places->pathAt(row.row()), m_places->visualRect(row)}
                   : FileDrop::Place{m_path, {}, false};
    }));
    auto *onTree = new FileDrop(m_tree->viewport(), [this](const QPoint &at) {
        const QByteArray folder = m_tree->pathAt(at);
        return folder.isEmpty() ? FileDrop::Place{m_path, {}, false}
                                : FileDrop::Place{folder, m_tree->visualRect(m_tree->indexAt(at))};
    });
    take(onTree);
    connect(onTree, &FileDrop::hovered, m_tree, &FolderTree::dragOver);
    take(new FileDrop(m_up, [this](const QPoint &) {
        return FileDrop::Place{m_path == "/" ? QByteArray() : parentPath(m_path), m_up->rect()};
    }));
    connect(m_table, &FileTable::draggedOut, this,
            [this](const QByteArrayList &names, const QString &folder) {
                QByteArrayList paths;
                for (const QByteArray &name : names)
                    paths.append(joinPath(m_path, name));
                download(origin(), paths, folder);
            });
    connect(m_model, &QAbstractItemModel::modelReset, this, &FilesPage::updateStatus);
    connect(m_filter, &QLineEdit::returnPressed, this,
            [this] { searchBelow(m_filter->text().trimmed()); });
    m_showHits.setSingleShot(true);
    m_showHits.setInterval(std::chrono::milliseconds(100));
    connect(&m_showHits, &QTimer::timeout, this, &FilesPage::showHits);
}

/// Where a drop would go.
void FilesPage::tellDrop(const QByteArray &directory, bool areRows)
{
    if (directory.isEmpty())
        updateStatus();
    else
        m_status->setText(
            (areRows ? tr("Move to %1") : tr("Upload to %1")).arg(shownName(directory)));
}

/// The path that is being read is shown from now on. \returns whether it was before.
bool FilesPage::arrive()
{
    m_pathField->setText(shownName(m_wanted));
    if (m_isLoaded && m_wanted == m_path && !m_model->areResults())
        return true;
    if (m_wanted != m_path)
        remember();
    cancelQuestion();
    hideBanner();
    m_counted.clear();
    endSearch();
    const QSignalBlocker blocker(m_filter);
    m_filter->clear();
    m_model->setFilter({});
    m_path = m_wanted;
    m_isLoaded = true;
    m_table->setOrigin(m_instance->id(), m_path);
    m_places->showPath(m_path);
    updateFolders();
    m_tree->folders().setCurrentPath(m_path);
    updateAway();
    updateControls();
    return false;
}

/// A directory that takes long to read is shown before its end.
void FilesPage::showSoFar()
{
    // A single entry may be the path itself, a file.
    if (m_listing && m_listing->entries().size() > 1)
        m_model->setEntriesSoFar(m_listing->entries(), arrive());
    updateStatus();
}

void FilesPage::uploadTo(const core::fleet::Instance &instance, const QStringList &localPaths,
                         const QByteArray &directory)
{
    uploadTo(Origin{nullptr, instance.id(), directory}, localPaths);
}

QByteArray FilesPage::dataDisk(const core::fleet::Instance &instance)
{
    const core::metrics::SamplePtr sample = instance.sample();
    if (!sample)
        return {};
    for (const core::probe::DiskInfo &disk : sample->disks) {
        if (disk.role == core::probe::DiskRole::Data)
            return disk.mount.toUtf8();
    }
    return {};
}

void FilesPage::move(const QByteArrayList &names, const QByteArray &into)
{
    QByteArrayList paths;
    for (const QByteArray &name : names) {
        if (name != into)
            paths.append(joinPath(m_path, name));
    }
    moveTo(paths, joinPath(m_path, into));
}

/// One action for all; from one disk to another it takes its time, and can be stopped.
void FilesPage::moveTo(const QByteArrayList &paths, const QByteArray &directory)
{
    const Origin at = origin();
    core::ssh::Session *line = sessionFor(at);
    if (!line || paths.isEmpty())
        return;
    RemoteAction *action = core::transfer::moveRemote(*line, paths, directory);
    connect(
        action, &RemoteAction::progressed, this,
        [this, action, at, directory](int done, int total, const QByteArray &path, bool copies) {
            if (!copies || !isShown(at))
                return;
            tell(Banner::Kind::Info,
                 tr("Moving %1 to %2, on another disk…")
                     .arg(shownName(core::transfer::lastName(path)), shownName(directory)),
                 //: how many of how many
                 total > 1 ? tr("%1 of %2 are moved.").arg(done).arg(total) : QString());
            m_waitTold = action;
            connect(m_banner->addAction(tr("Cancel")), &QPushButton::clicked, action,
                    &core::Operation::cancel);
        });
    run(at, action, tr("Moving to %1…").arg(shownName(directory)), {}, {});
    followChange(action, at, QByteArrayList(paths) << joinPath(directory, "x"));
}

/// In the whole tree below.
void FilesPage::searchBelow(const QString &typed)
{
    core::ssh::Session *line = sessionFor(origin());
    if (!line || !m_isLoaded || typed.isEmpty())
        return;
    stopListing();
    endSearch();
    m_searched = typed;
    m_search = core::transfer::searchRemote(*line, m_path, core::transfer::nameFromShown(typed));
    m_model->setFilter({});
    m_model->setResults(true);
    m_model->setEntries({});
    tell(Banner::Kind::Info, tr("Searching for “%1” below %2…").arg(typed, shownName(m_path)));
    m_waitTold = m_search;
    connect(m_banner->addAction(tr("Stop")), &QPushButton::clicked, m_search,
            &core::Operation::cancel);
    connect(m_search, &RemoteSearch::found, this, [this] {
        if (!m_showHits.isActive())
            m_showHits.start();
    });
    connect(m_search, &core::Operation::finished, this, [this, typed] { searched(typed); });
}

void FilesPage::searched(const QString &typed)
{
    showHits();
    RemoteSearch *search = m_search;
    m_search = nullptr;
    search->deleteLater();
    const bool isStopped = search->error() && search->error()->code == core::ErrorCode::Cancelled;
    if (search->error() && !isStopped)
        tellError(origin(), *search->error(), [this, typed] { searchBelow(typed); });
    else
        tell(Banner::Kind::Info,
             tr("%n names with “%1” below %2", nullptr, int(search->hits().size()))
                 .arg(typed, shownName(m_path)),
             search->isCut() ? tr("There are more; these are the first.")
             : isStopped     ? tr("The search was stopped.")
                             : QString());
    connect(m_banner->addAction(tr("Back to the folder")), &QPushButton::clicked, this,
            [this] { list(m_path, Going::Stay); });
    m_table->setFocus();
    updateEmpty();
}

void FilesPage::showHits()
{
    if (m_search && m_model->areResults())
        m_model->setEntries(m_search->hits(), true);
}

/// The list is a directory's again.
void FilesPage::endSearch()
{
    m_showHits.stop();
    if (m_search) {
        m_search->disconnect(this);
        m_search->cancel();
        m_search->deleteLater();
        if (m_waitTold == m_search)
            hideBanner();
    }
    m_search = nullptr;
    m_model->setResults(false);
}

} // namespace ui::files
