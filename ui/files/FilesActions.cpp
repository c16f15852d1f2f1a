// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with files in the Files tab.
#include "core/fleet/TransferQueue.h"
#include "core/transfer/FileNames.h"
#include "core/transfer/RemoteAction.h"
#include "ui/common/Banner.h"
#include "ui/common/Format.h"
#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/FileViewer.h"
#include "ui/files/FilesPage.h"
#include "ui/files/PermissionsDialog.h"
#include "ui/files/RemoteEditor.h"
#include "ui/models/ProfileErrors.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>
#include <QPushButton>

namespace ui::files {

using core::transfer::joinPath;
using core::transfer::RemoteAction;
using core::transfer::RemoteMeasure;
using core::transfer::shownName;
using core::transfer::TransferRequest;
using Type = core::ssh::RemoteEntry::Type;

void FilesPage::tellError(const core::Error &error)
{
    m_banner->clearActions();
    m_banner->setError(
        describe(error, m_instance ? errorContext(m_instance->profile()) : ErrorContext()));
    m_banner->show();
}

QByteArrayList FilesPage::selectedPaths() const
{
    QByteArrayList paths;
    for (const QByteArray &name : m_table->selectedNames())
        paths.append(joinPath(m_path, name));
    return paths;
}

void FilesPage::open(int row)
{
    const core::ssh::RemoteEntry &entry = m_model->entry(row);
    const QByteArray path = joinPath(m_path, entry.name);
    if (FileModel::mayBeDirectory(entry))
        go(path);
    else
        view(path);
}

void FilesPage::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("filesMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QModelIndexList rows = m_table->selectionModel()->selectedRows(FileModel::Name);
    const bool one = rows.size() == 1;
    const bool any = !rows.isEmpty();
    const bool isFile = one && m_model->entry(rows[0].row()).type == Type::File;
    const auto add = [menu](Icon sign, const QString &text, bool enabled, auto slot,
                            const QKeySequence &keys = {}) {
        QAction *action = menu->addAction(icon(sign, IconTone::Secondary), text);
        action->setEnabled(enabled);
        action->setShortcut(keys);
        QObject::connect(action, &QAction::triggered, menu, slot);
        return action;
    };
    if (any) {
        const QByteArrayList paths = selectedPaths();
        add(
            Icon::Eye, tr("Open"), one, [this, row = rows[0].row()] { open(row); },
            QKeySequence(Qt::Key_Return));
        add(Icon::Edit, tr("Edit in the local editor"), isFile,
            [this, paths] { edit(paths.constFirst()); });
        menu->addSeparator();
        add(Icon::Download, tr("Download"), true, [this] { download(m_downloads); });
        add(Icon::Download, tr("Download to…"), true, [this] { chooseDownload(); });
        menu->addSeparator();
        add(
            Icon::Edit, tr("Rename"), one,
            [this, row = rows[0].row()] { m_table->edit(m_model->index(row, FileModel::Name)); },
            QKeySequence(Qt::Key_F2));
        add(Icon::Lock, tr("Permissions…"), one, [this] { editPermissions(); });
        add(Icon::Disk, tr("Count sizes of folders"), true, [this] { measure(); });
        add(
            Icon::Copy, tr("Copy path"), true, [this] { copyPaths(); }, QKeySequence::Copy);
        add(
            Icon::Trash, tr("Delete…"), true, [this] { askRemove(); },
            QKeySequence(Qt::Key_Delete));
        menu->addSeparator();
    }
    add(Icon::Upload, tr("Upload files…"), true, [this] { chooseUpload(false); });
    add(Icon::Upload, tr("Upload a folder…"), true, [this] { chooseUpload(true); });
    add(
        Icon::Paste, tr("Paste files"), QGuiApplication::clipboard()->mimeData()->hasUrls(),
        [this] {
            QStringList paths;
            for (const QUrl &url : QGuiApplication::clipboard()->mimeData()->urls()) {
                if (url.isLocalFile())
                    paths.append(url.toLocalFile());
            }
            upload(paths);
        },
        QKeySequence::Paste);
    add(Icon::Folder, tr("New folder…"), true, [this] { makeDirectory(); });
    add(Icon::File, tr("New file…"), true, [this] { makeFile(); });
    menu->addSeparator();
    QAction *hidden = menu->addAction(tr("Show hidden files"));
    hidden->setCheckable(true);
    hidden->setChecked(m_model->isHiddenShown());
    connect(hidden, &QAction::toggled, this, [this](bool on) {
        m_model->setHiddenShown(on);
        updateStatus();
    });
    menu->popup(position);
}

void FilesPage::upload(const QStringList &localPaths, const QByteArray &into)
{
    if (!m_instance || !m_isLoaded || localPaths.isEmpty())
        return;
    TransferRequest request = m_options;
    for (const QString &path : localPaths)
        request.sources.push_back(QFile::encodeName(path));
    request.target = joinPath(m_path, into);
    if (!request.target.endsWith('/'))
        request.target += '/';
    request.resume = true;
    Q_EMIT transferAdded(m_queue.add(m_instance->id(), request));
}

void FilesPage::download(const QString &folder)
{
    const QByteArrayList paths = selectedPaths();
    if (!m_instance || paths.isEmpty())
        return;
    TransferRequest request = m_options;
    request.direction = core::transfer::Direction::Get;
    request.sources.assign(paths.begin(), paths.end());
    request.target = QFile::encodeName(folder) + '/';
    request.resume = true;
    Q_EMIT transferAdded(m_queue.add(m_instance->id(), request));
}

void FilesPage::chooseDownload()
{
    auto *dialog = new QFileDialog(this, tr("Download to"), m_downloads);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        m_downloads = folder;
        Q_EMIT downloadFolderChanged(folder);
        download(folder);
    });
    dialog->open();
}

void FilesPage::chooseUpload(bool folders)
{
    auto *dialog = new QFileDialog(this, tr("Upload to %1").arg(shownName(m_path)));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folders ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this,
            [this](const QStringList &paths) { upload(paths); });
    dialog->open();
}

/// Reads the directory again when it is done, with \a select selected.
void FilesPage::run(RemoteAction *action, const QByteArray &select)
{
    connect(action, &core::Operation::finished, this, [this, action, select] {
        action->deleteLater();
        if (action->error())
            tellError(*action->error());
        else if (!select.isEmpty())
            m_selectAfter = {select};
        reload();
    });
}

void FilesPage::makeDirectory()
{
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("newFolderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("New folder"));
    dialog->setLabelText(tr("Name of the folder in %1").arg(shownName(m_path)));
    dialog->setOkButtonText(tr("Create"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        const QByteArray name = core::transfer::nameFromShown(text.trimmed());
        if (session() && core::transfer::isPlainName(name))
            run(core::transfer::makeRemoteDirectory(*session(), joinPath(m_path, name)), name);
    });
    dialog->open();
}

void FilesPage::makeFile()
{
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("newFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("New file"));
    dialog->setLabelText(tr("Name of the file in %1").arg(shownName(m_path)));
    dialog->setOkButtonText(tr("Create"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        const QByteArray name = core::transfer::nameFromShown(text.trimmed());
        if (session() && core::transfer::isPlainName(name))
            run(core::transfer::makeRemoteFile(*session(), joinPath(m_path, name)), name);
    });
    dialog->open();
}

void FilesPage::rename(const QByteArray &from, const QByteArray &to)
{
    if (session())
        run(core::transfer::renameRemote(*session(), joinPath(m_path, from), joinPath(m_path, to)),
            to);
}

void FilesPage::move(const QByteArrayList &names, const QByteArray &into)
{
    for (const QByteArray &name : names) {
        if (session() && name != into)
            run(core::transfer::renameRemote(*session(), joinPath(m_path, name),
                                             joinPath(joinPath(m_path, into), name)),
                {});
    }
}

/// First what will go is counted, then it is asked.
void FilesPage::askRemove()
{
    const QByteArrayList paths = selectedPaths();
    if (paths.isEmpty() || !session())
        return;
    const QString what = paths.size() == 1 ? shownName(core::transfer::lastName(paths.constFirst()))
                                           : tr("%n items", nullptr, int(paths.size()));
    m_banner->clearActions();
    m_banner->setTechnical({});
    m_banner->setMessage(Banner::Kind::Info, tr("Counting what %1 holds…").arg(what));
    m_banner->show();
    RemoteMeasure *measure = core::transfer::measureRemote(*session(), paths);
    connect(measure, &core::Operation::finished, this, [this, measure, paths, what] {
        measure->deleteLater();
        QString holds = tr("It can't be undone.");
        if (measure->isOk())
            //: Files, folders and bytes that will be deleted
            holds = tr("%1, %2, %3. It can't be undone.")
                        .arg(tr("%n files", nullptr, int(measure->files())),
                             tr("%n folders", nullptr, int(measure->directories())),
                             format::bytes(double(measure->bytes())));
        m_banner->setMessage(Banner::Kind::Warning,
                             tr("Delete %1 from %2?").arg(what, shownName(m_path)), holds);
        m_banner->clearActions();
        QPushButton *yes = m_banner->addAction(tr("Delete"));
        yes->setObjectName(QStringLiteral("filesReallyDelete"));
        setButtonKind(yes, ButtonKind::Destructive);
        QPushButton *no = m_banner->addAction(tr("Keep"));
        connect(yes, &QPushButton::clicked, this, [this, paths] { remove(paths); });
        connect(no, &QPushButton::clicked, this, [this] {
            m_banner->hide();
            m_table->setFocus();
        });
        no->setFocus();
    });
}

void FilesPage::remove(const QByteArrayList &paths)
{
    m_banner->hide();
    m_table->setFocus();
    if (session())
        run(core::transfer::removeRemote(*session(), paths), {});
}

void FilesPage::editPermissions()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows(FileModel::Name);
    if (rows.size() != 1)
        return;
    const core::ssh::RemoteEntry entry = m_model->entry(rows[0].row());
    auto *dialog = new PermissionsDialog(shownName(entry.name), entry.mode.value_or(0644), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, name = entry.name] {
        if (session())
            run(core::transfer::setRemoteMode(*session(), joinPath(m_path, name), dialog->mode()),
                name);
    });
    dialog->open();
}

void FilesPage::measure()
{
    for (const QByteArray &name : m_table->selectedNames()) {
        if (!session())
            return;
        RemoteMeasure *measure =
            core::transfer::measureRemote(*session(), {joinPath(m_path, name)});
        connect(measure, &core::Operation::finished, this,
                [this, measure, name, directory = m_path] {
                    measure->deleteLater();
                    if (measure->error())
                        tellError(*measure->error());
                    else if (directory == m_path)
                        m_model->setMeasured(name, measure->bytes());
                });
    }
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
    if (!session())
        return;
    auto *viewer = new FileViewer(this);
    connect(viewer, &FileViewer::editRequested, this, [this, viewer](const QByteArray &file) {
        edit(file);
        viewer->close();
    });
    connect(viewer, &FileViewer::downloadRequested, this, [this](const QByteArray &file) {
        TransferRequest request = m_options;
        request.direction = core::transfer::Direction::Get;
        request.sources = {file};
        request.target = QFile::encodeName(m_downloads) + '/';
        if (m_instance)
            Q_EMIT transferAdded(m_queue.add(m_instance->id(), request));
    });
    viewer->show(*session(), path);
}

void FilesPage::edit(const QByteArray &path)
{
    if (!m_instance)
        return;
    std::erase_if(m_editors, [&](const auto &other) { return other->path() == path; });
    m_editors.push_back(std::make_unique<RemoteEditor>(*m_instance, path));
    RemoteEditor *editor = m_editors.back().get();
    if (m_opener)
        editor->setOpener(m_opener);
    const QString name = shownName(core::transfer::lastName(path));
    const auto tell = [this](Banner::Kind kind, const QString &text, const QString &details = {}) {
        m_banner->clearActions();
        m_banner->setTechnical({});
        m_banner->setMessage(kind, text, details);
        m_banner->show();
    };
    connect(editor, &RemoteEditor::opened, this, [tell, name] {
        tell(Banner::Kind::Info, tr("%1 is open in your editor").arg(name),
             tr("Each time you save it there, it is uploaded."));
    });
    connect(editor, &RemoteEditor::uploaded, this, [this, tell, name] {
        tell(
            Banner::Kind::Good,
            tr("%1 was uploaded at %2").arg(name, format::clock(std::chrono::system_clock::now())));
        m_reload.start();
    });
    connect(editor, &RemoteEditor::failed, this, &FilesPage::tellError);
    connect(editor, &RemoteEditor::conflict, this, [this, editor, tell, name] {
        tell(Banner::Kind::Warning,
             tr("%1 has changed on the instance since you opened it").arg(name),
             tr("Your version is kept in %1.").arg(editor->localPath()));
        QPushButton *mine = m_banner->addAction(tr("Overwrite with mine"));
        connect(mine, &QPushButton::clicked, editor, [this, editor] {
            m_banner->hide();
            editor->overwrite();
        });
    });
    editor->start();
}

} // namespace ui::files
