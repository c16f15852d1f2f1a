// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Arguments.h"

namespace cli {

/// "cards [--by FIGURE]", "cards show NAME", "cards compare NAME NAME". \returns the exit code.
[[nodiscard]] int runCards(const Arguments &arguments);

} // namespace cli
