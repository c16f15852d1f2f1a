// SPDX-License-Identifier: GPL-3.0-or-later
// What FolderModel reads, and the rows that come of it.
#include "core/transfer/RemoteListing.h"
#include "ui/files/FolderModelParts.h"

#include <algorithm>

namespace ui::files {

using core::ssh::DirectoryListing;
using core::ssh::RemoteEntry;
using Type = RemoteEntry::Type;

/// Reads what leads to the current path, one directory after the other.
void FolderModel::followPath()
{
    if (m_current.isEmpty())
        return;
    Node *at = nearest(m_current);
    const bool isThere = pathOf(at) == m_current;
    if (isThere && std::exchange(m_isGiven, false)) {
        Nodes given = std::exchange(m_given, {});
        if (at->state == Node::State::Unread && mayHaveChildren(at)) {
            take(at, std::move(given), {}); // comes back here
            return;
        }
    }
    if (!isThere && m_session && mayHaveChildren(at) && !at->reading) {
        // One that is known may be older than what it is to lead to; once is enough.
        const bool isNews = at->state == Node::State::Known && m_sought != m_current;
        if (isNews)
            m_sought = m_current;
        if (isNews || at->state == Node::State::Unread)
            start(at);
    }
    tellCurrent();
}

void FolderModel::tellCurrent()
{
    const QByteArray now = pathOf(nearest(m_current));
    if (now == m_told)
        return;
    m_told = now;
    Q_EMIT currentMoved();
}

void FolderModel::setListing(const QByteArray &path, const std::vector<RemoteEntry> &entries)
{
    Node *at = nearest(path);
    const bool isKnown = pathOf(at) == path;
    if (!isKnown && path != m_current)
        return;
    Nodes folders;
    addFolders(entries, 0, folders);
    if (!isKnown) {
        m_given = std::move(folders); // until what leads there is read
        m_isGiven = true;
        return;
    }
    if (!mayHaveChildren(at))
        return;
    if (at->reading && !at->reading->isAskedAgain)
        at->reading.reset();
    take(at, std::move(folders), {});
}

void FolderModel::reread(const QByteArray &path)
{
    Node *at = nearest(path);
    if (pathOf(at) == path && (at->state != Node::State::Unread || at->reading))
        read(indexOf(at));
}

void FolderModel::read(const QModelIndex &index)
{
    Node *at = node(index);
    if (!at || !mayHaveChildren(at) || !m_session)
        return;
    if (at->reading)
        at->reading->isAskedAgain = true; // what comes may be older than what is asked about
    else
        start(at);
}

void FolderModel::refresh(const QModelIndex &index)
{
    if (const Node *at = node(index); at && !at->reading)
        read(index);
}

void FolderModel::start(Node *node)
{
    node->reading = std::make_unique<Reading>(core::transfer::listRemote(*m_session, pathOf(node)));
    Reading *reading = node->reading.get();
    // Taken as they come: there may be very many.
    connect(reading->listing, &DirectoryListing::entriesAdded, reading, [this, reading] {
        addFolders(reading->listing->entries(), reading->seen, reading->found);
        reading->seen = reading->listing->entries().size();
    });
    connect(reading->listing, &core::Operation::finished, reading, [this, node] { ended(node); });
    connect(&reading->slow, &QTimer::timeout, reading, [this, node] {
        if (node->rows.empty())
            setNote(node, std::make_unique<Node>(QByteArray(), Kind::Note, m_collator));
    });
    reading->slow.start();
}

void FolderModel::stopAll(Node *node)
{
    node->reading.reset();
    if (node->note && !node->note->error)
        setNote(node, nullptr);
    for (const auto &child : node->all)
        stopAll(child.get());
}

void FolderModel::ended(Node *node)
{
    // It is its signal that has brought us here.
    Reading *reading = node->reading.release();
    reading->deleteLater();
    const std::optional<core::Error> error = reading->listing->error();
    if (error && (error->code == core::ErrorCode::Disconnected ||
                  error->code == core::ErrorCode::Cancelled)) {
        if (node->note && !node->note->error)
            setNote(node, nullptr);
    } else {
        take(node, error ? Nodes() : std::move(reading->found), error);
        if (error && error->code == core::ErrorCode::NotFound && node->parent)
            read(indexOf(node->parent)); // and then it is gone there, too
    }
    if (reading->isAskedAgain && m_session && !node->reading)
        start(node);
}

/// Directories among \a entries, from \a from on.
void FolderModel::addFolders(const std::vector<RemoteEntry> &entries, std::size_t from,
                             Nodes &to) const
{
    for (std::size_t i = from; i < entries.size(); ++i) {
        const RemoteEntry &entry = entries[i];
        const bool isLink = entry.type == Type::Link;
        const bool isFolder =
            isLink ? entry.leadsTo == Type::Directory : entry.type == Type::Directory;
        if (!isFolder || !core::transfer::isPlainName(entry.name))
            continue;
        to.push_back(
            std::make_unique<Node>(entry.name, isLink ? Kind::Link : Kind::Folder, m_collator));
        to.back()->link = entry.link;
    }
}

/// \a folders are all there are now: what was known of those that stay is kept. \a error: why there
/// are none.
void FolderModel::take(Node *node, Nodes folders, const std::optional<core::Error> &error)
{
    std::sort(folders.begin(), folders.end(), [](const auto &a, const auto &b) {
        const int byKey = a->key.compare(b->key);
        return byKey != 0 ? byKey < 0 : a->name < b->name;
    });
    folders.erase(std::unique(folders.begin(), folders.end(),
                              [](const auto &a, const auto &b) { return a->name == b->name; }),
                  folders.end());
    QHash<QByteArray, std::size_t> known;
    for (std::size_t i = 0; i < node->all.size(); ++i)
        known.insert(node->all[i]->name, i);
    Nodes before = std::exchange(node->all, {});
    std::vector<const Node *> changed;
    for (auto &folder : folders) {
        const auto at = known.constFind(folder->name);
        if (at != known.constEnd() && before[*at]->kind == folder->kind) {
            if (before[*at]->link != folder->link) {
                before[*at]->link = folder->link;
                changed.push_back(before[*at].get());
            }
            folder = std::move(before[*at]);
        }
        folder->parent = node;
    }
    node->all = std::move(folders);
    node->state = error ? Node::State::Failed : Node::State::Known;
    std::unique_ptr<Node> note;
    if (error) {
        note = std::make_unique<Node>(QByteArray(), Kind::Note, m_collator);
        note->error = error;
    }
    setNote(node, std::move(note)); // shows them too
    for (const Node *one : changed)
        Q_EMIT dataChanged(indexOf(one), indexOf(one));
    // Whether there is anything to open may be known only now.
    Q_EMIT dataChanged(indexOf(node), indexOf(node));
    followPath();
}

void FolderModel::setNote(Node *node, std::unique_ptr<Node> note)
{
    // The old one lives until its row is gone.
    const std::unique_ptr<Node> before = std::exchange(node->note, std::move(note));
    if (node->note)
        node->note->parent = node;
    show(node);
}

/// The children that are to be seen.
void FolderModel::show(Node *node)
{
    std::vector<Node *> wanted;
    wanted.reserve(node->all.size() + 1);
    if (node->note)
        wanted.push_back(node->note.get());
    for (const auto &child : node->all) {
        if (isShown(child.get()))
            wanted.push_back(child.get());
    }
    setRows(node, wanted);
}

/// Takes away and puts in runs of rows; those that stay are in the same order in both.
void FolderModel::setRows(Node *node, const std::vector<Node *> &wanted)
{
    std::vector<Node *> &rows = node->rows;
    if (rows == wanted)
        return;
    const QModelIndex parent = indexOf(node);
    const auto number = [&rows](std::size_t from) {
        for (std::size_t i = from; i < rows.size(); ++i)
            rows[i]->row = int(i);
    };
    for (Node *row : rows)
        row->wantedRow = -1;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        wanted[i]->wantedRow = int(i);
    for (std::size_t end = rows.size(); end > 0;) {
        std::size_t first = end;
        while (first > 0 && rows[first - 1]->wantedRow < 0)
            --first;
        if (first == end) {
            --end;
            continue;
        }
        beginRemoveRows(parent, int(first), int(end) - 1);
        rows.erase(rows.begin() + std::ptrdiff_t(first), rows.begin() + std::ptrdiff_t(end));
        number(first);
        endRemoveRows();
        end = first;
    }
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        std::size_t end = at;
        while (end < wanted.size() && (at >= rows.size() || wanted[end] != rows[at]))
            ++end;
        if (end == at)
            continue;
        beginInsertRows(parent, int(at), int(end) - 1);
        rows.insert(rows.begin() + std::ptrdiff_t(at), wanted.begin() + std::ptrdiff_t(at),
                    wanted.begin() + std::ptrdiff_t(end));
        number(at);
        endInsertRows();
        at = end - 1;
    }
}

} // namespace ui::files
