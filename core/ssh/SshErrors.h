// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <libssh2.h>

namespace core::ssh {

/// Total mapping of libssh2's session errors; taken at once, because the next call overwrites the
/// message. \a code 0 = read it from the session. detail = libssh2's words.
[[nodiscard]] Error sessionError(LIBSSH2_SESSION *session, int code, Step step);

} // namespace core::ssh
