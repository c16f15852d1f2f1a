// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Operation.h"
#include "core/transfer/TransferTypes.h"

namespace core::ssh {
class Session;
}

namespace core::fleet {

/// Removes what a copy that was given up has left unfinished: NAME.danlu-part of what it was asked
/// to make, and those in the folders that it was asked to fill. Files that are complete stay. Only
/// while no other copy writes to the same place. \a session: the instance's, for what was going
/// there; null fails with Disconnected. The caller owns the result. Errors: those of the
/// connection, RemoteFailed, and for files here NotFound, PermissionDenied, LocalIo.
[[nodiscard]] Operation *removeLeftovers(const transfer::TransferRequest &request,
                                         ssh::Session *session);

/// Whether both copies make, or may make, the same file in the same place: they would write one
/// NAME.danlu-part. For copies to one instance, or both to this machine.
[[nodiscard]] bool haveCommonTarget(const transfer::TransferRequest &a,
                                    const transfer::TransferRequest &b);

} // namespace core::fleet
