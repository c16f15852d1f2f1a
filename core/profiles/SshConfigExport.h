// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/Profile.h"

#include <QStringList>

namespace core::profiles {

/// Names for "ssh NAME", one for each profile, in the same order: letters, digits, "." "_" "-" only
/// (every alphabet), never empty, never twice, whatever the profiles are called.
[[nodiscard]] QStringList sshAliases(const std::vector<Profile> &profiles);

/// The name under which a profile's host keys stand in the known-hosts file of Danlu.
[[nodiscard]] QString hostKeyAlias(const Profile &profile);

/// Host blocks, one line each, without line ends. \a knownHostsFile: where the trusted keys are
/// found; "" = ssh's own. \a skipped gets "name: why" of what ssh_config can't express.
[[nodiscard]] QStringList sshConfigLines(const std::vector<Profile> &profiles,
                                         const QString &knownHostsFile, QStringList &skipped);

} // namespace core::profiles
