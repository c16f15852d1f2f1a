// SPDX-License-Identifier: GPL-3.0-or-later
// The Files tab's left side: the places, and the tree of folders, which follows the list and all
// that is done here.
#include "core/base/Operation.h"
#include "core/fleet/TransferQueue.h"
#include "core/transfer/FileNames.h"
#include "ui/common/Tokens.h"
#include "ui/files/FilesPage.h"
#include "ui/files/FolderModel.h"
#include "ui/files/FolderTree.h"
#include "ui/files/Places.h"

#include <QBoxLayout>
#include <QDataStream>
#include <QIODevice>
#include <QSplitter>

#include <algorithm>

namespace ui::files {

using core::transfer::joinPath;
using core::transfer::parentPath;

namespace {

constexpr int sideWidth = 264;
constexpr int leastSideWidth = 180;

} // namespace

QWidget *FilesPage::buildSide()
{
    m_places = new Places;
    m_tree = new FolderTree;
    auto *side = new QWidget;
    side->setMinimumWidth(leastSideWidth);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(space::s, 0, 0, 0);
    column->setSpacing(space::s);
    column->addWidget(m_places);
    column->addWidget(m_tree, 1);
    column->addStretch(0); // where the tree is hidden
    return side;
}

void FilesPage::connectFolders()
{
    m_middle->setSizes({sideWidth, 4 * sideWidth});
    connect(m_middle, &QSplitter::splitterMoved, this, &FilesPage::tellLayout);
    connect(m_tree, &FolderTree::chosen, this, &FilesPage::go);
    connect(m_tree, &FolderTree::menuRequested, this, &FilesPage::showFolderMenu);
    connect(&m_queue, &core::fleet::TransferQueue::ended, this, [this](qint64 id) {
        const core::fleet::QueuedTransfer *copy = m_queue.find(id);
        if (!copy || copy->request.direction != core::transfer::Direction::Put)
            return;
        const QByteArray target = parentPath(joinPath(copy->request.target, "x"));
        rereadFolder(copy->instanceId, target);
        for (const QByteArray &source : copy->request.sources)
            rereadFolder(copy->instanceId, joinPath(target, core::transfer::lastName(source)));
    });
}

void FilesPage::setTreeShown(bool shown)
{
    if (m_tree->isHidden() != shown)
        return;
    m_tree->setVisible(shown);
    updateFolders();
    tellLayout();
}

void FilesPage::tellLayout()
{
    QByteArray state;
    QDataStream(&state, QIODevice::WriteOnly) << !m_tree->isHidden() << m_middle->saveState();
    Q_EMIT layoutChanged(state);
}

void FilesPage::setLayoutState(const QByteArray &state)
{
    bool isTreeShown = true;
    QByteArray splitter;
    QDataStream from(state);
    from >> isTreeShown >> splitter;
    if (from.status() != QDataStream::Ok)
        return;
    m_middle->restoreState(splitter);
    setTreeShown(isTreeShown);
}

/// Nothing is read for a tree that nobody sees. When it is seen again, what is open in it is read
/// anew.
void FilesPage::updateFolders()
{
    const bool isSeen = m_isLoaded && !m_tree->isHidden() && isVisible();
    m_tree->setSession(isSeen ? session() : nullptr);
}

void FilesPage::rereadFolder(const QString &instanceId, const QByteArray &path)
{
    if (m_instance && m_instance->id() == instanceId)
        m_tree->folders().reread(path);
}

/// \a paths are what \a action makes, takes away or gives another name.
void FilesPage::followChange(core::Operation *action, const Origin &origin,
                             const QByteArrayList &paths)
{
    QByteArrayList directories;
    for (const QByteArray &path : paths) {
        if (const QByteArray above = parentPath(path); !directories.contains(above))
            directories.append(above);
    }
    connect(action, &core::Operation::finished, this, [this, origin, directories] {
        for (const QByteArray &directory : directories) {
            // The list reads its own again by itself, and tells the tree.
            if (!isShown(origin) || directory != origin.path)
                rereadFolder(origin.id, directory);
        }
    });
}

} // namespace ui::files
