// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Clock.h"

namespace core {

std::chrono::system_clock::time_point SystemClock::now() const
{
    return std::chrono::system_clock::now();
}

std::chrono::steady_clock::time_point SystemClock::steadyNow() const
{
    return std::chrono::steady_clock::now();
}

} // namespace core
