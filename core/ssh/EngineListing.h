// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"

#include <libssh2.h>
#include <libssh2_sftp.h>

#include <functional>

namespace core::ssh {

/// What a listing tells its user, in the engine's thread. ended comes once and last.
struct ListingEvents
{
    std::function<void(const std::vector<RemoteEntry> &batch)> found;
    std::function<void(const std::optional<Error> &error)> ended;
};

/// One directory being read inside the engine. Buffers live here because an EAGAIN call must see
/// the same memory again.
struct EngineListing
{
    quint64 id = 0;
    QByteArray path;
    ListingEvents events; ///< emptied by a cancel
    LIBSSH2_SFTP_HANDLE *directory = nullptr;
    LIBSSH2_SFTP_ATTRIBUTES attributes{};
    QByteArray buffer;
    std::vector<RemoteEntry> batch;
    std::vector<RemoteEntry> links; ///< their targets are asked for when the directory is read
    std::size_t nextLink = 0;
    QByteArray linkPath;    ///< of the link that is being asked for
    bool isReading = false; ///< a readdir got EAGAIN: it must be called to its end
    bool isAtEnd = false;   ///< no further name is wanted
    std::optional<Error> error;
};

} // namespace core::ssh
