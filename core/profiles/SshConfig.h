// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/profiles/Profile.h"

#include <QStringList>

namespace core::profiles {

struct SshConfigImport
{
    std::vector<Profile> profiles; ///< one for each Host that is no pattern; not saved, without ids
    QStringList skipped;           ///< "line: why", for the user
};

/// ssh_config(5): Host with patterns and negation, HostName, Port, User, IdentityFile, ProxyJump,
/// Include (relative to ~/.ssh, with wildcards, 16 deep). The first value found wins, as in ssh.
/// \a path "" = ~/.ssh/config. Errors: NotFound, LocalIo.
[[nodiscard]] Result<SshConfigImport> importSshConfig(const QString &path);

/// Host blocks for the profiles. Names with blanks get them replaced by "-".
[[nodiscard]] QString exportSshConfig(const std::vector<Profile> &profiles);

} // namespace core::profiles
