// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/profiles/Profile.h"

namespace danlu {

struct Demo
{
    core::profiles::Profile profile;
    core::SecretBytes password;
};

/// One JSON line on stdin: {"name", "login", "password", "hostKey": "type base64"}. A pipe, because
/// a command line is seen by everybody. Blocks until the line is there. Errors: Parse.
[[nodiscard]] core::Result<Demo> readDemoFromStdin();

} // namespace danlu
