// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/Sftp.h"

namespace core::ssh {
class Session;
}

namespace core::transfer {

/// What a remote path holds, as ssh::Session::listDirectory() tells it; where the server has no
/// SFTP, with its find and stat. Unsupported: it has neither. Child of \a session.
[[nodiscard]] ssh::DirectoryListing *listRemote(ssh::Session &session, const QByteArray &path);

} // namespace core::transfer
