// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/profiles/Profile.h"

#include <QStringList>

namespace core::profiles {

/// Where the block is and what it needs.
struct SshConfigBlockPlace
{
    QString configFile;     ///< "" = ~/.ssh/config
    QString knownHostsFile; ///< written by Danlu alone; "" = host keys are left to ssh
};

struct SshConfigBlockReport
{
    QString configFile; ///< the file that was changed: behind the link, where there is one
    bool isLink = false;
    bool changed = false;  ///< false = it was so already, nothing was written
    QString backup;        ///< path of the copy made before the first change, "" = none was needed
    QStringList names;     ///< of the hosts in the block, for "ssh NAME"
    QStringList keptLines; ///< found in a block that was edited by hand; they stay, below the block
    QStringList skipped;   ///< "name: why" of profiles that ssh_config can't express
};

/// Writes the block that lets ssh, scp, VS Code and others reach the profiles by name.
///
/// The block is marked, stands first (in ssh_config the first value wins) and ends with "Host *",
/// so that what follows means what it meant before. All other bytes stay as they are. Again with
/// the same profiles changes nothing. New files have mode 0600, existing ones keep theirs; a
/// symbolic link stays one; the write is atomic; the first one leaves config.danlu-backup-DATE
/// beside it. A block that was edited by hand, or whose end is missing, is replaced and its changed
/// lines are kept below, where they count after the block. A profile with trusted host keys gets
/// them in \a knownHostsFile under an alias of its own, as providers give the same host and port to
/// others later. Errors: LocalIo, PermissionDenied (Step::Profile, the path in detail). Nothing is
/// changed then.
[[nodiscard]] Result<SshConfigBlockReport> installSshConfigBlock(const SshConfigBlockPlace &place,
                                                                 const std::vector<Profile> &all);
/// Takes the block out again; the known-hosts file too. Without a block nothing is changed.
[[nodiscard]] Result<SshConfigBlockReport> removeSshConfigBlock(const SshConfigBlockPlace &place);
/// There is one in the file; false without a file. Errors: as above.
[[nodiscard]] Result<bool> hasSshConfigBlock(const QString &configFile);
/// The last copy that was made before a change, "" = none is there.
[[nodiscard]] QString sshConfigBackup(const QString &configFile);

} // namespace core::profiles
