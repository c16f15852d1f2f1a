// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/ssh/Sftp.h"

#include <functional>
#include <optional>
#include <vector>

namespace core::ssh {

/// What a listing tells its user, in the engine's thread. ended comes once and last.
struct ListingEvents
{
    std::function<void(const std::vector<RemoteEntry> &batch)> found;
    std::function<void(const std::optional<Error> &error)> ended;
};

/// One directory being read inside the engine.
struct EngineListing
{
    quint64 id = 0;
    QByteArray path;
    ListingEvents events;           ///< emptied by a cancel
    QByteArray handle;              ///< of the open directory
    std::vector<RemoteEntry> links; ///< their targets are asked for when the directory is read
    std::size_t nextLink = 0;
    std::size_t linksAsked = 0; ///< requests about them that are not answered
    bool isCancelled = false;
    std::optional<Error> error;
};

} // namespace core::ssh
