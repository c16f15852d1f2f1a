// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/RunMeter.h"
#include "core/metrics/Sample.h"
#include "core/profiles/Profile.h"

namespace core::fleet {

/// What a sample tells of running and of waste. A GPU under 5 % is idle.
[[nodiscard]] cost::Mark markOf(const metrics::Sample &sample);

/// The prices of a profile: its own, and that of its provider's mode without GPU. A price in a
/// currency that is not known here is none.
[[nodiscard]] cost::Rates ratesOf(const profiles::Profile &profile);

} // namespace core::fleet
