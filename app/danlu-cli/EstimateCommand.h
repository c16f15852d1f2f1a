// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Arguments.h"

namespace cli {

/// "cost estimate": what a job would take and cost on every offer. \returns the exit code.
[[nodiscard]] int runEstimate(const Arguments &arguments);

} // namespace cli
