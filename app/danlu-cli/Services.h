// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/profiles/ProfileStore.h"
#include "core/secrets/SecretStore.h"

#include <memory>

namespace cli {

struct Arguments;

/// What the commands share; made once in main().
struct Services
{
    QString configDir;
    std::unique_ptr<core::profiles::ProfileStore> profiles;
    std::unique_ptr<core::secrets::SecretStore> secrets;
    core::SystemClock clock;
};

/// --config-dir, else DANLU_CONFIG_DIR, else the system's place for it.
[[nodiscard]] QString configDirectory(const Arguments &arguments);

/// Reads the profiles; a corrupt file is said on stderr and kept aside. Errors: LocalIo,
/// Unsupported.
[[nodiscard]] core::Result<std::unique_ptr<Services>> makeServices(const Arguments &arguments);

} // namespace cli
