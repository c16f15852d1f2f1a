// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with files in the Files tab, each where it was asked for.
#include "core/fleet/TransferQueue.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/LocalFiles.h"
#include "core/transfer/RemoteAction.h"
#include "ui/common/Format.h"
#include "ui/common/Theme.h"
#include "ui/files/EditedFiles.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/FileViewer.h"
#include "ui/files/FilesPage.h"
#include "ui/files/NameDialog.h"
#include "ui/files/PermissionsDialog.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QPushButton>

namespace ui::files {

using core::transfer::joinPath;
using core::transfer::lastName;
using core::transfer::RemoteAction;
using core::transfer::RemoteMeasure;
using core::transfer::shownName;
using core::transfer::TransferRequest;
using Type = core::ssh::RemoteEntry::Type;

FilesPage::Entries FilesPage::selectedEntries() const
{
    Entries entries;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows(FileModel::Name))
        entries.push_back(m_model->entry(index.row()));
    return entries;
}

QByteArrayList FilesPage::selectedPaths() const
{
    QByteArrayList paths;
    for (const QByteArray &name : m_table->selectedNames())
        paths.append(joinPath(m_path, name));
    return paths;
}

void FilesPage::open(const core::ssh::RemoteEntry &entry)
{
    const QByteArray path = joinPath(m_path, entry.name);
    if (FileModel::mayBeDirectory(entry) || entry.type == Type::Link)
        go(path); // what is no folder shows itself
    else if (entry.type == Type::File)
        view(path);
    else
        tell(Banner::Kind::Info, tr("%1 is not a file with contents").arg(shownName(entry.name)),
             tr("It is a pipe, a device or a socket. Reading it could hang."));
}

void FilesPage::upload(const QStringList &localPaths, const QByteArray &into)
{
    if (!m_isLoaded)
        return;
    Origin to = origin();
    to.path = joinPath(m_path, into);
    uploadTo(to, localPaths);
}

void FilesPage::uploadTo(const Origin &origin, const QStringList &localPaths)
{
    if (localPaths.isEmpty())
        return;
    TransferRequest request = m_options;
    for (const QString &path : localPaths)
        request.sources.push_back(core::transfer::localPathBytes(path));
    request.target = origin.path;
    if (!request.target.endsWith('/'))
        request.target += '/';
    request.resume = true;
    Q_EMIT transferAdded(m_queue.add(origin.id, request));
}

void FilesPage::download(const Origin &origin, const QByteArrayList &paths, const QString &folder)
{
    if (paths.isEmpty())
        return;
    TransferRequest request = m_options;
    request.direction = core::transfer::Direction::Get;
    request.sources.assign(paths.begin(), paths.end());
    request.target = core::transfer::localPathBytes(folder) + '/';
    request.resume = true;
    Q_EMIT transferAdded(m_queue.add(origin.id, request));
}

void FilesPage::chooseDownload()
{
    auto *dialog = new QFileDialog(this, tr("Download to"), m_downloads);
    dialog->setObjectName(QStringLiteral("downloadDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, from = origin(), paths = selectedPaths()](const QString &folder) {
                m_downloads = folder;
                Q_EMIT downloadFolderChanged(folder);
                download(from, paths, folder);
            });
    dialog->open();
}

void FilesPage::chooseUpload(bool folders)
{
    auto *dialog = new QFileDialog(this, tr("Upload to %1").arg(shownName(m_path)));
    dialog->setObjectName(QStringLiteral("uploadDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folders ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, to = origin()](const QStringList &paths) { uploadTo(to, paths); });
    dialog->open();
}

/// Tells when it takes long or fails; reads the directory again when it is done, with \a select
/// selected.
void FilesPage::run(const Origin &origin, core::Operation *action, const QString &wait,
                    const QByteArray &select, const Again &again)
{
    tellWait(action, wait);
    const auto isTold = std::make_shared<bool>(false);
    connect(action, &core::Operation::finished, this,
            [this, origin, action, select, again, isTold] {
                *isTold = true;
                action->deleteLater();
                if (action->error())
                    tellError(origin, *action->error(), again);
                else if (!select.isEmpty() && isShown(origin))
                    m_selectAfter = {select};
                m_mayBeStale = true;
                if (isShown(origin) && isVisible())
                    reload();
                else if (m_listing)
                    m_wantsReload = true; // it may be the one that was read before
            });
    // The connection takes it along when it goes.
    connect(action, &QObject::destroyed, this, [this, origin, again, isTold] {
        if (!*isTold)
            tellError(origin, {core::ErrorCode::Disconnected, core::Step::Transfer, {}}, again);
    });
}

void FilesPage::create(const Origin &to, bool folder)
{
    auto *dialog = new NameDialog(folder ? tr("New folder") : tr("New file"),
                                  folder ? tr("Name of the folder in %1").arg(shownName(to.path))
                                         : tr("Name of the file in %1").arg(shownName(to.path)),
                                  this);
    dialog->setObjectName(folder ? QStringLiteral("newFolderDialog")
                                 : QStringLiteral("newFileDialog"));
    connect(dialog, &QDialog::accepted, this, [this, dialog, to, folder] {
        const QByteArray name = dialog->name();
        if (core::ssh::Session *line = sessionFor(to)) {
            const QByteArray path = joinPath(to.path, name);
            RemoteAction *action = folder ? core::transfer::makeRemoteDirectory(*line, path)
                                          : core::transfer::makeRemoteFile(*line, path);
            run(to, action, tr("Making %1…").arg(shownName(name)), name, {});
            followChange(action, to, {path});
        }
    });
    dialog->open();
}

void FilesPage::rename(const QByteArray &from, const QByteArray &to)
{
    const QString problem = NameDialog::problemOf(to);
    if (!problem.isEmpty()) {
        tell(Banner::Kind::Warning, tr("%1 was not renamed").arg(shownName(from)), problem);
        return;
    }
    const Origin at = origin();
    core::ssh::Session *line = sessionFor(at);
    if (!line)
        return;
    const QByteArray path = joinPath(at.path, to);
    RemoteAction *action = core::transfer::renameRemote(*line, joinPath(at.path, from), path);
    run(at, action, tr("Renaming %1…").arg(shownName(from)), to, {});
    followChange(action, at, {path});
}

/// First what will go is counted, then it is asked. There is one such question at a time, and it
/// goes when the list shows something else.
void FilesPage::askRemove()
{
    const QByteArrayList paths = selectedPaths();
    const Origin at = origin();
    cancelQuestion();
    if (paths.isEmpty())
        return;
    core::ssh::Session *line = sessionFor(at);
    if (!line)
        return;
    const QString what = paths.size() == 1 ? shownName(lastName(paths.constFirst()))
                                           : tr("%n items", nullptr, int(paths.size()));
    RemoteMeasure *count = core::transfer::measureRemote(*line, paths);
    m_count = count;
    tellWait(count, tr("Counting what %1 holds…").arg(what));
    connect(count, &core::Operation::finished, this, [this, count, at, paths, what] {
        count->deleteLater();
        if (m_count != count)
            return;
        m_count = nullptr;
        const bool isOver =
            count->error() && (count->error()->code == core::ErrorCode::Cancelled ||
                               count->error()->code == core::ErrorCode::Disconnected);
        if (isOver || !isShown(at))
            tellError(at, count->error().value_or(core::Error{core::ErrorCode::Cancelled, {}, {}}),
                      {});
        else
            ask(at, paths, what, *count);
    });
}

void FilesPage::cancelQuestion()
{
    if (m_count) {
        m_count->disconnect(this);
        m_count->cancel();
        m_count->deleteLater();
        if (m_waitTold == m_count)
            hideBanner();
    }
    m_count = nullptr;
    if (m_isAsking)
        hideBanner();
}

void FilesPage::ask(const Origin &origin, const QByteArrayList &paths, const QString &what,
                    const RemoteMeasure &measure)
{
    QString holds = tr("It can't be undone.");
    if (measure.isOk())
        //: Files, folders and bytes that will be deleted
        holds = (measure.isPartial() ? tr("At least %1, %2, %3. It can't be undone.")
                                     : tr("%1, %2, %3. It can't be undone."))
                    .arg(tr("%n files", nullptr, int(measure.files())),
                         tr("%n folders", nullptr, int(measure.directories())),
                         format::bytes(double(measure.bytes())));
    tell(Banner::Kind::Warning, tr("Delete %1 from %2?").arg(what, shownName(origin.path)), holds);
    m_isAsking = true;
    QPushButton *yes = m_banner->addAction(tr("Delete"));
    yes->setObjectName(QStringLiteral("filesReallyDelete"));
    setButtonKind(yes, ButtonKind::Destructive);
    QPushButton *no = m_banner->addAction(tr("Keep"));
    no->setObjectName(QStringLiteral("filesKeep"));
    connect(yes, &QPushButton::clicked, this,
            [this, origin, paths, what] { remove(origin, paths, what); });
    connect(no, &QPushButton::clicked, this, &FilesPage::cancelQuestion);
    no->setFocus();
}

void FilesPage::remove(const Origin &origin, const QByteArrayList &paths, const QString &what)
{
    cancelQuestion();
    m_table->setFocus();
    if (!isShown(origin)) {
        tell(Banner::Kind::Warning, tr("Nothing was deleted"),
             tr("Another folder is shown than the one that was asked about."));
        return;
    }
    core::ssh::Session *line = sessionFor(origin);
    if (!line)
        return;
    RemoteAction *action = core::transfer::removeRemote(*line, paths);
    run(origin, action, tr("Deleting %1…").arg(what), {},
        [this, origin, paths, what] { remove(origin, paths, what); });
    followChange(action, origin, paths);
}

void FilesPage::editPermissions()
{
    const Entries entries = selectedEntries();
    if (entries.size() != 1)
        return;
    const core::ssh::RemoteEntry &entry = entries[0];
    const Origin at = origin();
    if (entry.type != Type::Link && entry.mode) {
        showPermissions(at, entry, *entry.mode);
        return;
    }
    core::ssh::Session *line = sessionFor(at);
    if (!line)
        return;
    // What is set is the target's, so it is the target's that is shown.
    RemoteAction *info = core::transfer::remoteFileInfo(*line, joinPath(at.path, entry.name));
    tellWait(info, tr("Reading the permissions of %1…").arg(shownName(entry.name)));
    connect(info, &core::Operation::finished, this, [this, info, at, entry] {
        info->deleteLater();
        if (info->error())
            tellError(at, *info->error(), {});
        else
            showPermissions(at, entry, info->mode().value_or(0644));
    });
}

void FilesPage::showPermissions(const Origin &origin, const core::ssh::RemoteEntry &entry,
                                quint32 mode)
{
    auto *dialog =
        new PermissionsDialog(shownName(entry.name), mode, entry.type == Type::Link, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, origin, name = entry.name] {
        if (core::ssh::Session *line = sessionFor(origin))
            run(origin,
                core::transfer::setRemoteMode(*line, joinPath(origin.path, name), dialog->mode()),
                tr("Setting the permissions of %1…").arg(shownName(name)), name, {});
    });
    dialog->open();
}

void FilesPage::measure()
{
    const Origin at = origin();
    core::ssh::Session *line = sessionFor(at);
    const QByteArrayList paths = selectedPaths();
    if (!line || paths.isEmpty())
        return;
    RemoteMeasure *measure = core::transfer::measureRemote(*line, paths);
    tellWait(measure, tr("Counting…"));
    connect(measure, &RemoteMeasure::measured, this,
            [this, at](const QByteArray &path, qint64 bytes) {
                const QByteArray below = joinPath(at.path, "x").chopped(1);
                if (!isShown(at) || !path.startsWith(below))
                    return;
                m_counted.insert(path.sliced(below.size()), bytes);
                m_model->setMeasured(path.sliced(below.size()), bytes);
            });
    connect(measure, &core::Operation::finished, this, [this, at, measure] {
        measure->deleteLater();
        if (measure->error())
            tellError(at, *measure->error(), {});
        else if (measure->isPartial() && isShown(at))
            tell(Banner::Kind::Warning, tr("Not all of it could be counted"),
                 tr("Some folders may not be looked into: they hold more than is shown."));
    });
}

void FilesPage::copyPaths()
{
    QStringList lines;
    for (const QByteArray &path : selectedPaths())
        lines.append(shownName(path));
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void FilesPage::view(const QByteArray &path)
{
    const Origin from = origin();
    core::ssh::Session *line = sessionFor(from);
    if (!line)
        return;
    auto *viewer = new FileViewer(m_background, this);
    connect(viewer, &FileViewer::editRequested, this, [this, viewer, from](const QByteArray &file) {
        edit(from, file);
        viewer->close();
    });
    connect(viewer, &FileViewer::downloadRequested, this,
            [this, from](const QByteArray &file) { download(from, {file}, m_downloads); });
    viewer->show(*line, path);
}

void FilesPage::edit(const Origin &origin, const QByteArray &path)
{
    if (origin.instance)
        m_edited->edit(*origin.instance, path);
}

} // namespace ui::files
