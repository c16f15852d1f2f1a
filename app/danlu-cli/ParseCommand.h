// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Arguments.h"

namespace cli {

/// "parse KIND [FILE]". \returns the exit code.
[[nodiscard]] int runParse(const Arguments &arguments);

} // namespace cli
