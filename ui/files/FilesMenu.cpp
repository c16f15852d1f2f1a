// SPDX-License-Identifier: GPL-3.0-or-later
// The menu of the Files tab. Its entries act on what was selected when it was opened: the list may
// be read again meanwhile.
#include "core/transfer/FileNames.h"
#include "ui/common/Icons.h"
#include "ui/files/FileModel.h"
#include "ui/files/FileTable.h"
#include "ui/files/FilesPage.h"
#include "ui/files/FolderModel.h"
#include "ui/files/FolderTree.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>

namespace ui::files {

using core::transfer::joinPath;
using Type = core::ssh::RemoteEntry::Type;

namespace {

template <typename Slot>
QAction *add(QMenu *menu, Icon sign, const QString &text, bool enabled, Slot slot,
             const QKeySequence &keys = {})
{
    QAction *action = menu->addAction(icon(sign, IconTone::Secondary), text);
    action->setEnabled(enabled);
    action->setShortcut(keys);
    QObject::connect(action, &QAction::triggered, menu, slot);
    return action;
}

} // namespace

void FilesPage::showMenu(const QPoint &position)
{
    if (!m_isLoaded)
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("filesMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!session()) {
        // Why most of it is grey.
        QAction *reason = menu->addAction(icon(Icon::Unplug, IconTone::Hint),
                                          tr("Not connected: only copies can be asked for"));
        reason->setEnabled(false);
        menu->addSeparator();
    }
    addSelectionActions(menu);
    addFolderActions(menu);
    menu->popup(position);
}

void FilesPage::addSelectionActions(QMenu *menu)
{
    const Entries entries = selectedEntries();
    if (entries.empty())
        return;
    const core::ssh::RemoteEntry &first = entries[0];
    const Origin from = origin();
    const bool connected = session() != nullptr;
    const bool one = entries.size() == 1 && connected;
    QByteArrayList paths;
    for (const core::ssh::RemoteEntry &entry : entries)
        paths.append(joinPath(from.path, entry.name));
    add(
        menu, Icon::Eye, tr("Open"), one, [this, first] { open(first); },
        QKeySequence(Qt::Key_Return));
    add(menu, Icon::Edit, tr("Edit in the local editor"),
        one && (first.type == Type::File || first.type == Type::Link),
        [this, from, paths] { edit(from, paths.constFirst()); });
    menu->addSeparator();
    add(menu, Icon::Download, tr("Download"), true,
        [this, from, paths] { download(from, paths, m_downloads); });
    add(menu, Icon::Download, tr("Download to…"), true, [this] { chooseDownload(); });
    menu->addSeparator();
    add(
        menu, Icon::Edit, tr("Rename"), one,
        [this, name = first.name] {
            const int row = m_model->rowOf(name);
            if (row >= 0)
                m_table->edit(m_model->index(row, FileModel::Name));
        },
        QKeySequence(Qt::Key_F2));
    add(menu, Icon::Lock, tr("Permissions…"), one, [this] { editPermissions(); });
    const bool hasFolder = std::any_of(entries.begin(), entries.end(), [](const auto &entry) {
        return entry.type == Type::Directory;
    });
    add(menu, Icon::Disk, tr("Count sizes of folders"), connected && hasFolder,
        [this] { measure(); });
    add(
        menu, Icon::Copy, tr("Copy path"), true, [this] { copyPaths(); }, QKeySequence::Copy);
    add(
        menu, Icon::Trash, tr("Delete…"), connected, [this] { askRemove(); },
        QKeySequence(Qt::Key_Delete));
    menu->addSeparator();
}

void FilesPage::addFolderActions(QMenu *menu)
{
    const bool connected = session() != nullptr;
    const QMimeData *clipboard = QGuiApplication::clipboard()->mimeData();
    add(menu, Icon::Upload, tr("Upload files…"), true, [this] { chooseUpload(false); });
    add(menu, Icon::Upload, tr("Upload a folder…"), true, [this] { chooseUpload(true); });
    add(
        menu, Icon::Paste, tr("Paste files"), clipboard && clipboard->hasUrls(),
        [this] { paste(); }, QKeySequence::Paste);
    add(menu, Icon::Folder, tr("New folder…"), connected, [this] { create(origin(), true); });
    add(menu, Icon::File, tr("New file…"), connected, [this] { create(origin(), false); });
    menu->addSeparator();
    QAction *hidden = menu->addAction(tr("Show hidden files"));
    hidden->setCheckable(true);
    hidden->setChecked(m_model->isHiddenShown());
    connect(hidden, &QAction::toggled, this, &FilesPage::setHiddenShown);
    QAction *tree = menu->addAction(tr("Show the folder tree"));
    tree->setCheckable(true);
    tree->setChecked(!m_tree->isHidden());
    connect(tree, &QAction::toggled, this, &FilesPage::setTreeShown);
}

/// Of a folder in the tree, whatever the list shows.
void FilesPage::showFolderMenu(const QByteArray &path, const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("folderMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Origin at = origin();
    at.path = path;
    add(menu, Icon::Folder, tr("Open"), true, [this, path] { go(path); });
    add(menu, Icon::Download, tr("Download"), path != "/",
        [this, at] { download(at, {at.path}, m_downloads); });
    menu->addSeparator();
    add(menu, Icon::Folder, tr("New folder…"), true, [this, at] { create(at, true); });
    add(menu, Icon::Copy, tr("Copy path"), true,
        [path] { QGuiApplication::clipboard()->setText(core::transfer::shownName(path)); });
    add(menu, Icon::Refresh, tr("Read again"), true,
        [this, path] { m_tree->folders().read(m_tree->folders().find(path)); });
    menu->popup(position);
}

void FilesPage::paste()
{
    const QMimeData *clipboard = QGuiApplication::clipboard()->mimeData();
    if (!clipboard)
        return;
    QStringList paths;
    for (const QUrl &url : clipboard->urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    upload(paths);
}

} // namespace ui::files
