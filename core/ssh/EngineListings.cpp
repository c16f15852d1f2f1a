// SPDX-License-Identifier: GPL-3.0-or-later
// Directories over SFTP, all on one channel that stays open between them.
#include "core/ssh/SessionEngine.h"

#include "core/ssh/SftpClient.h"

#include <algorithm>

namespace core::ssh {

namespace {

constexpr quint32 listingWindow = 2 * 1024 * 1024;
constexpr std::size_t requestsAtOnce = 128; ///< about links, two for each

/// Joins bytes, not text.
QByteArray joined(const QByteArray &directory, const QByteArray &name)
{
    return directory.endsWith('/') ? directory + name : directory + '/' + name;
}

Error withPath(Error error, const QByteArray &path)
{
    const QString shown = QString::fromUtf8(path);
    if (!error.detail.startsWith(shown))
        error.detail = shown + QStringLiteral(": ") + error.detail;
    return error;
}

} // namespace

quint64 SessionEngine::listDirectory(const QByteArray &path, ListingEvents events)
{
    const quint64 id = m_nextId++;
    if (m_state != Session::State::Ready) {
        events.ended(Error{ErrorCode::Disconnected, Step::Transfer, {}});
        return id;
    }
    auto listing = std::make_unique<EngineListing>();
    listing->id = id;
    listing->path = path.isEmpty() ? QByteArray(".") : path;
    listing->events = std::move(events);
    m_listings.push_back(std::move(listing));
    if (m_sftp && !m_sftp->error()) {
        if (m_sftpIsOpen)
            examine(id);
        return id;
    }
    delete m_sftp;
    m_sftpIsOpen = false;
    m_sftp = new SftpClient(*this, listingWindow, this);
    m_sftp->open([this](const Result<> &opened) {
        m_sftpIsOpen = opened.has_value();
        std::vector<quint64> waiting;
        for (const auto &one : m_listings)
            waiting.push_back(one->id);
        for (quint64 one : waiting) {
            if (opened)
                examine(one);
            else
                endListing(one, opened.error());
        }
    });
    return id;
}

void SessionEngine::cancelListing(quint64 id)
{
    if (EngineListing *listing = findListing(id)) {
        listing->events = {};
        listing->isCancelled = true; // what is on its way comes, nothing more is asked for
    }
}

EngineListing *SessionEngine::findListing(quint64 id) const
{
    for (const auto &listing : m_listings) {
        if (listing->id == id)
            return listing.get();
    }
    return nullptr;
}

/// Directory, or something that is listed by itself?
void SessionEngine::examine(quint64 id)
{
    const EngineListing *listing = findListing(id);
    if (!listing)
        return;
    const QByteArray path = listing->path;
    m_sftp->stat(path, [this, id, path](const Result<SftpAttributes> &target) {
        if (target && target->type() == RemoteEntry::Type::Directory) {
            openDirectory(id);
            return;
        }
        // A file, or a link that leads nowhere.
        m_sftp->lstat(path, [this, id, path](const Result<SftpAttributes> &itself) {
            if (!itself) {
                endListing(id, withPath(itself.error(), path));
                return;
            }
            deliver(id, {itself->entry(path)});
            readLinks(id);
        });
    });
}

void SessionEngine::openDirectory(quint64 id)
{
    const EngineListing *listing = findListing(id);
    if (!listing)
        return;
    const QByteArray path = listing->path;
    m_sftp->opendir(path, [this, id, path](const Result<QByteArray> &handle) {
        EngineListing *opened = findListing(id);
        if (!opened)
            return;
        if (!handle) {
            endListing(id, withPath(handle.error(), path));
            return;
        }
        opened->handle = *handle;
        readBatch(id);
    });
}

void SessionEngine::readBatch(quint64 id)
{
    EngineListing *listing = findListing(id);
    if (!listing)
        return;
    if (listing->isCancelled) {
        closeDirectory(id);
        return;
    }
    m_sftp->readdir(listing->handle, [this, id](const Result<std::vector<RemoteEntry>> &batch) {
        EngineListing *read = findListing(id);
        if (!read)
            return;
        if (!batch)
            read->error = withPath(batch.error(), read->path);
        if (!batch || batch->empty()) {
            closeDirectory(id);
            return;
        }
        deliver(id, *batch);
        readBatch(id);
    });
}

/// Tells the names; links wait until their targets are known.
void SessionEngine::deliver(quint64 id, const std::vector<RemoteEntry> &batch)
{
    EngineListing *listing = findListing(id);
    if (!listing)
        return;
    std::vector<RemoteEntry> told;
    for (const RemoteEntry &entry : batch) {
        if (entry.type == RemoteEntry::Type::Link)
            listing->links.push_back(entry);
        else if (entry.name != "." && entry.name != "..")
            told.push_back(entry);
    }
    if (!told.empty() && listing->events.found)
        listing->events.found(told);
}

void SessionEngine::closeDirectory(quint64 id)
{
    if (const EngineListing *listing = findListing(id))
        m_sftp->closeHandle(listing->handle, [this, id](const Result<> &) { readLinks(id); });
}

/// Asks for the links' targets and what is there, many at once, then ends.
void SessionEngine::readLinks(quint64 id)
{
    EngineListing *listing = findListing(id);
    if (!listing)
        return;
    const bool more = !listing->isCancelled && !listing->error;
    while (more && listing->nextLink < listing->links.size() &&
           listing->linksAsked < requestsAtOnce) {
        const std::size_t at = listing->nextLink++;
        const QByteArray &name = listing->links[at].name;
        const QByteArray path = listing->handle.isEmpty() ? name : joined(listing->path, name);
        listing->linksAsked += 2;
        const auto answered = [this, id, at](const auto &note) {
            EngineListing *asked = findListing(id);
            if (!asked)
                return;
            note(asked->links[at]);
            --asked->linksAsked;
            readLinks(id);
        };
        m_sftp->readlink(path, [answered](const Result<QByteArray> &target) {
            answered([&](RemoteEntry &link) {
                if (target)
                    link.link = *target;
            });
        });
        m_sftp->stat(path, [answered](const Result<SftpAttributes> &end) {
            answered([&](RemoteEntry &link) {
                if (end)
                    link.leadsTo = end->type();
            });
        });
    }
    if (listing->linksAsked > 0)
        return;
    if (!listing->links.empty() && listing->events.found)
        listing->events.found(listing->links);
    endListing(id, listing->error);
}

void SessionEngine::endListing(quint64 id, const std::optional<Error> &error)
{
    const auto it = std::find_if(m_listings.begin(), m_listings.end(),
                                 [id](const auto &listing) { return listing->id == id; });
    if (it == m_listings.end())
        return;
    // Alive until all is told: the error may be its own.
    const std::unique_ptr<EngineListing> listing = std::move(*it);
    m_listings.erase(it);
    if (listing->events.ended)
        listing->events.ended(error);
}

void SessionEngine::failAllListings(const Error &error)
{
    for (const auto &listing : m_listings) {
        const ListingEvents events = std::exchange(listing->events, {});
        if (events.ended)
            events.ended(error);
    }
}

} // namespace core::ssh
