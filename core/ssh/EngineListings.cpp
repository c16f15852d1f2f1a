// SPDX-License-Identifier: GPL-3.0-or-later
// Directories over SFTP. Each batch is a step of the control lane of its own, so that a command can
// be started while a directory of 100,000 names is read.
#include "core/ssh/SessionEngine.h"

#include "core/ssh/SshErrors.h"

#include <algorithm>

namespace core::ssh {

namespace {

constexpr std::size_t batchSize = 500;
constexpr qsizetype longestName = 8192; ///< bytes, of a name or of a link's target

RemoteEntry toEntry(const QByteArray &name, const LIBSSH2_SFTP_ATTRIBUTES &attributes)
{
    RemoteEntry entry;
    entry.name = name;
    if (attributes.flags & LIBSSH2_SFTP_ATTR_SIZE)
        entry.size = attributes.filesize;
    if (attributes.flags & LIBSSH2_SFTP_ATTR_PERMISSIONS) {
        entry.mode = quint32(attributes.permissions & 07777);
        if (LIBSSH2_SFTP_S_ISDIR(attributes.permissions))
            entry.type = RemoteEntry::Type::Directory;
        else if (LIBSSH2_SFTP_S_ISLNK(attributes.permissions))
            entry.type = RemoteEntry::Type::Link;
        else if (LIBSSH2_SFTP_S_ISREG(attributes.permissions))
            entry.type = RemoteEntry::Type::File;
    }
    if (attributes.flags & LIBSSH2_SFTP_ATTR_UIDGID) {
        entry.uid = quint32(attributes.uid);
        entry.gid = quint32(attributes.gid);
    }
    if (attributes.flags & LIBSSH2_SFTP_ATTR_ACMODTIME)
        entry.mtime = qint64(attributes.mtime);
    return entry;
}

/// Joins bytes, not text.
QByteArray joined(const QByteArray &directory, const QByteArray &name)
{
    return directory.endsWith('/') ? directory + name : directory + '/' + name;
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
    m_control.push_back({[this] {
                             if (!m_sftp)
                                 m_sftp = libssh2_sftp_init(m_session);
                             return m_sftp ? 0 : libssh2_session_last_errno(m_session);
                         },
                         [this, id](int rc) {
                             if (rc == 0) {
                                 examine(id);
                                 return;
                             }
                             Error error = sessionError(m_session, rc, Step::Transfer);
                             error.code = m_transport->isEnded() ? ErrorCode::Disconnected
                                                                 : ErrorCode::Unsupported;
                             endListing(id, error);
                         }});
    schedulePump();
    return id;
}

void SessionEngine::cancelListing(quint64 id)
{
    if (EngineListing *listing = findListing(id)) {
        listing->events = {};
        listing->isAtEnd = true; // the step that runs is the last before the close
        listing->links.clear();
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

/// A step of the control lane for one listing; \a done is told the listing and what came out.
void SessionEngine::pushListingStep(quint64 id, std::function<int(EngineListing &)> step,
                                    std::function<void(EngineListing &, int)> done)
{
    m_control.push_back({[this, id, step = std::move(step)] {
                             EngineListing *listing = findListing(id);
                             return listing ? step(*listing) : 0;
                         },
                         [this, id, done = std::move(done)](int rc) {
                             if (EngineListing *listing = findListing(id))
                                 done(*listing, rc);
                         }});
    schedulePump();
}

/// Directory, or something that is listed by itself?
void SessionEngine::examine(quint64 id)
{
    const auto stat = [this](int type) {
        return [this, type](EngineListing &listing) {
            return libssh2_sftp_stat_ex(m_sftp, listing.path.constData(), uint(listing.path.size()),
                                        type, &listing.attributes);
        };
    };
    pushListingStep(id, stat(LIBSSH2_SFTP_STAT), [this, id, stat](EngineListing &listing, int rc) {
        if (rc == 0 && LIBSSH2_SFTP_S_ISDIR(listing.attributes.permissions)) {
            openDirectory(id);
            return;
        }
        // A file, or a link that leads nowhere.
        pushListingStep(id, stat(LIBSSH2_SFTP_LSTAT), [this, id](EngineListing &one, int code) {
            if (code != 0) {
                endListing(id, listingError(one, code));
                return;
            }
            one.isAtEnd = true;
            const RemoteEntry entry = toEntry(one.path, one.attributes);
            (entry.type == RemoteEntry::Type::Link ? one.links : one.batch).push_back(entry);
            deliverBatch(id);
        });
    });
}

void SessionEngine::openDirectory(quint64 id)
{
    pushListingStep(
        id,
        [this](EngineListing &listing) {
            listing.directory =
                libssh2_sftp_open_ex(m_sftp, listing.path.constData(), uint(listing.path.size()), 0,
                                     0, LIBSSH2_SFTP_OPENDIR);
            return listing.directory ? 0 : libssh2_session_last_errno(m_session);
        },
        [this, id](EngineListing &listing, int rc) {
            if (rc != 0)
                endListing(id, listingError(listing, rc));
            else
                readBatch(id);
        });
}

void SessionEngine::readBatch(quint64 id)
{
    pushListingStep(
        id,
        [](EngineListing &listing) {
            listing.buffer.resize(longestName);
            while (listing.isReading || (!listing.isAtEnd && listing.batch.size() < batchSize)) {
                const int got = libssh2_sftp_readdir_ex(listing.directory, listing.buffer.data(),
                                                        size_t(listing.buffer.size()), nullptr, 0,
                                                        &listing.attributes);
                listing.isReading = got == LIBSSH2_ERROR_EAGAIN;
                if (got < 0)
                    return got;
                if (got == 0) {
                    listing.isAtEnd = true;
                    break;
                }
                const QByteArray name = listing.buffer.left(got);
                if (name == "." || name == "..")
                    continue;
                const RemoteEntry entry = toEntry(name, listing.attributes);
                (entry.type == RemoteEntry::Type::Link ? listing.links : listing.batch)
                    .push_back(entry);
            }
            return 0;
        },
        [this, id](EngineListing &listing, int rc) {
            if (rc != 0) {
                listing.error = listingError(listing, rc);
                listing.isAtEnd = true;
                listing.links.clear();
            }
            deliverBatch(id);
        });
}

/// Tells what has come, then goes on with what is left: names, links' targets, the close.
void SessionEngine::deliverBatch(quint64 id)
{
    EngineListing *listing = findListing(id);
    if (!listing)
        return;
    if (!listing->batch.empty() && listing->events.found)
        listing->events.found(listing->batch);
    listing->batch.clear();
    if (!listing->isAtEnd)
        readBatch(id);
    else if (listing->nextLink < listing->links.size())
        readLink(id);
    else
        closeDirectory(id);
}

void SessionEngine::readLink(quint64 id)
{
    if (EngineListing *listing = findListing(id)) {
        const QByteArray &name = listing->links[listing->nextLink].name;
        listing->linkPath = listing->directory ? joined(listing->path, name) : name;
        listing->buffer.resize(longestName);
    }
    pushListingStep(
        id,
        [this](EngineListing &listing) {
            return libssh2_sftp_symlink_ex(m_sftp, listing.linkPath.constData(),
                                           uint(listing.linkPath.size()), listing.buffer.data(),
                                           uint(listing.buffer.size()), LIBSSH2_SFTP_READLINK);
        },
        [this, id](EngineListing &listing, int rc) {
            if (listing.nextLink < listing.links.size()) {
                if (rc > 0)
                    listing.links[listing.nextLink].link = listing.buffer.left(rc);
                ++listing.nextLink;
            }
            if (listing.nextLink >= listing.links.size())
                listing.batch.swap(listing.links);
            deliverBatch(id);
        });
}

void SessionEngine::closeDirectory(quint64 id)
{
    pushListingStep(
        id,
        [](EngineListing &listing) {
            const int rc = listing.directory ? libssh2_sftp_close_handle(listing.directory) : 0;
            if (rc != LIBSSH2_ERROR_EAGAIN)
                listing.directory = nullptr;
            return rc;
        },
        [this, id](EngineListing &listing, int) { endListing(id, listing.error); });
}

Error SessionEngine::listingError(const EngineListing &listing, int rc) const
{
    Error error = sessionError(m_session, rc, Step::Transfer);
    if (m_transport->isEnded()) {
        error.code = ErrorCode::Disconnected; // libssh2 has many words for it
    } else if (rc == LIBSSH2_ERROR_SFTP_PROTOCOL) {
        const unsigned long status = libssh2_sftp_last_error(m_sftp);
        switch (status) {
        case LIBSSH2_FX_NO_SUCH_FILE: error.code = ErrorCode::NotFound; break;
        case LIBSSH2_FX_PERMISSION_DENIED: error.code = ErrorCode::PermissionDenied; break;
        default: error.code = ErrorCode::RemoteFailed; break;
        }
        error.detail = QStringLiteral("SFTP status %1").arg(status);
    }
    error.detail = QString::fromUtf8(listing.path) + QStringLiteral(": ") + error.detail;
    return error;
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
