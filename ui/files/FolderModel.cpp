// SPDX-License-Identifier: GPL-3.0-or-later
// Rows, paths and words. What is read: FolderModelReading.cpp.
#include "ui/common/Describe.h"
#include "ui/common/Icons.h"
#include "ui/common/ToolTip.h"
#include "ui/files/FileOrder.h"
#include "ui/files/FolderModelParts.h"

#include <algorithm>

namespace ui::files {

using core::transfer::joinPath;
using core::transfer::shownName;

FolderModel::FolderModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_collator(nameCollator())
    , m_root(std::make_unique<Node>("/", Kind::Folder, m_collator))
{
}

FolderModel::~FolderModel() = default;

void FolderModel::setSession(core::ssh::Session *session)
{
    if (m_session == session)
        return;
    stopAll(m_root.get());
    m_session = session;
    followPath();
}

void FolderModel::clear()
{
    beginResetModel();
    m_root = std::make_unique<Node>("/", Kind::Folder, m_collator);
    m_current.clear();
    m_told.clear();
    m_sought.clear();
    m_isGiven = false;
    m_given.clear();
    endResetModel();
}

void FolderModel::setHiddenShown(bool shown)
{
    if (m_showsHidden == shown)
        return;
    m_showsHidden = shown;
    const auto showBelow = [this](const auto &self, Node *node) -> void {
        show(node);
        for (const auto &child : node->all)
            self(self, child.get());
    };
    showBelow(showBelow, m_root.get());
    followPath();
}

void FolderModel::setCurrentPath(const QByteArray &path)
{
    if (m_current == path)
        return;
    Node *before = nearest(m_current);
    m_current = path;
    // A hidden one is shown while it leads to the path.
    for (Node *way = before; way; way = way->parent)
        show(way);
    for (Node *way = nullptr; way != nearest(path);) {
        way = nearest(path);
        show(way);
    }
    m_told.clear();
    m_sought.clear();
    m_isGiven = false;
    m_given.clear();
    followPath();
}

QModelIndex FolderModel::current() const
{
    return m_current.isEmpty() ? QModelIndex() : indexOf(nearest(m_current));
}

bool FolderModel::isShown(const Node *node) const
{
    return m_showsHidden || !node->name.startsWith('.') ||
           (!m_current.isEmpty() && core::transfer::isAtOrBelow(m_current, pathOf(node)));
}

/// Links below a link are shown, but not followed: somewhere it must end.
bool FolderModel::mayHaveChildren(const Node *node)
{
    if (node->kind != Kind::Link)
        return node->kind == Kind::Folder;
    for (const Node *above = node->parent; above; above = above->parent) {
        if (above->kind == Kind::Link)
            return false;
    }
    return true;
}

FolderModel::Node *FolderModel::nearest(const QByteArray &path) const
{
    Node *at = m_root.get();
    for (const QByteArray &name : path.split('/')) {
        if (name.isEmpty())
            continue;
        const auto child = std::find_if(at->rows.begin(), at->rows.end(), [&](const Node *one) {
            return one->kind != Kind::Note && one->name == name;
        });
        if (child == at->rows.end())
            break;
        at = *child;
    }
    return at;
}

QByteArray FolderModel::pathOf(const Node *node)
{
    return node->parent ? joinPath(pathOf(node->parent), node->name) : node->name;
}

QModelIndex FolderModel::find(const QByteArray &path) const
{
    const Node *at = nearest(path);
    return pathOf(at) == path ? indexOf(at) : QModelIndex();
}

QByteArray FolderModel::path(const QModelIndex &index) const
{
    const Node *at = node(index);
    return at && at->kind != Kind::Note ? pathOf(at) : QByteArray();
}

FolderModel::Kind FolderModel::kind(const QModelIndex &index) const
{
    const Node *at = node(index);
    return at ? at->kind : Kind::Note;
}

FolderModel::Node *FolderModel::node(const QModelIndex &index)
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : nullptr;
}

QModelIndex FolderModel::indexOf(const Node *node) const
{
    return createIndex(node->row, 0, node);
}

QModelIndex FolderModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const Node *above = node(parent);
    return createIndex(row, column, above ? above->rows[std::size_t(row)] : m_root.get());
}

QModelIndex FolderModel::parent(const QModelIndex &child) const
{
    const Node *at = node(child);
    return at && at->parent ? indexOf(at->parent) : QModelIndex();
}

int FolderModel::rowCount(const QModelIndex &parent) const
{
    const Node *at = node(parent);
    return at ? int(at->rows.size()) : 1;
}

int FolderModel::columnCount(const QModelIndex &) const
{
    return 1;
}

bool FolderModel::hasChildren(const QModelIndex &parent) const
{
    const Node *at = node(parent);
    if (!at)
        return true;
    return at->state == Node::State::Unread ? mayHaveChildren(at) : !at->rows.empty();
}

bool FolderModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *at = node(parent);
    return at && m_session && at->state == Node::State::Unread && !at->reading &&
           mayHaveChildren(at);
}

void FolderModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        start(node(parent));
}

QVariant FolderModel::data(const QModelIndex &index, int role) const
{
    const Node *at = node(index);
    if (!at)
        return {};
    if (at->kind == Kind::Note) {
        if (role == Qt::DecorationRole)
            return at->error ? icon(Icon::Error, IconTone::Bad) : QVariant();
        if (!at->error)
            return role == Qt::DisplayRole ? tr("Reading…") : QVariant();
        const Description words = describe(*at->error);
        switch (role) {
        case Qt::DisplayRole: return words.title;
        case Qt::ToolTipRole:
            return plainToolTip(words.title + u'\n' + words.why + u'\n' +
                                tr("Enter or a double click tries again."));
        case Qt::AccessibleTextRole:
            //: For screen readers
            return tr("%1. Enter tries again.").arg(words.title);
        default: return {};
        }
    }
    const bool isLink = at->kind == Kind::Link;
    switch (role) {
    case Qt::DisplayRole: return at->shown;
    case Qt::DecorationRole:
        return isLink ? icon(Icon::Link, IconTone::Secondary)
                      : icon(Icon::Folder, IconTone::Accent);
    case Qt::ToolTipRole:
        return plainToolTip(
            isLink && at->link
                ? tr("%1, a link to %2").arg(shownName(pathOf(at)), shownName(*at->link))
                : shownName(pathOf(at)));
    case Qt::AccessibleTextRole:
        return isLink ? tr("%1, link to a folder").arg(at->shown) : tr("%1, folder").arg(at->shown);
    default: return {};
    }
}

Qt::ItemFlags FolderModel::flags(const QModelIndex &index) const
{
    const Node *at = node(index);
    if (!at)
        return {};
    if (at->kind == Kind::Note)
        return at->error ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                         : Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDropEnabled;
}

} // namespace ui::files
