// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/Profile.h"

#include <optional>

namespace core::profiles {

/// Fields that this version does not know are kept in Profile::unknownFields and written back.
[[nodiscard]] QJsonObject toJson(const Profile &profile);
/// Nothing when id, name or host is missing: such an entry is broken.
[[nodiscard]] std::optional<Profile> fromJson(const QJsonObject &object);

} // namespace core::profiles
