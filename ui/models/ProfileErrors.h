// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/Profile.h"
#include "ui/common/Describe.h"

namespace ui {

/// What describe() may name when a connection of this profile fails. Holds no secret.
[[nodiscard]] ErrorContext errorContext(const core::profiles::Profile &profile);

} // namespace ui
