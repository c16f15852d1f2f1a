// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/Profile.h"

#include <QJsonDocument>

namespace core::profiles {

/// "ssh://user:password@host" without the password; other text as it is.
[[nodiscard]] QString withoutUrlPassword(const QString &text);

/// A profile for other people's eyes: no id, no note, no field of a newer version (nobody knows
/// what is in them), the key's path reduced to its file name, a password in an ssh:// jump left
/// out.
[[nodiscard]] Profile forSharing(const Profile &profile);

/// {"danlu": "profiles", "version": 1, "profiles": [...]} of forSharing(); for files and the
/// clipboard. Host keys are part of it: they are public, and who gets them is asked less.
[[nodiscard]] QByteArray shareJson(const std::vector<Profile> &profiles);
/// Lines to paste into a chat: the name and the login command of each.
[[nodiscard]] QString shareText(const std::vector<Profile> &profiles);

} // namespace core::profiles
