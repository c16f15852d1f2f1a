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
/// Include (relative to ~/.ssh, with wildcards, 16 deep), "Match all", quotes, tokens. Values are
/// those that "ssh -G NAME" shows for the file: the first one found wins, without a User it is the
/// one of this machine. Other Match blocks and keywords are skipped and listed.
/// \a path "" = ~/.ssh/config. Errors: NotFound, LocalIo.
[[nodiscard]] Result<SshConfigImport> importSshConfig(const QString &path);

/// Host blocks for the profiles, to be shown or piped; see sshAliases() for their names. Profiles
/// that ssh_config can't express are comments. SshConfigBlock.h writes them into a file.
[[nodiscard]] QString exportSshConfig(const std::vector<Profile> &profiles);

} // namespace core::profiles
