// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace support {

/// While it lives, OpenSSL draws the same numbers after every restart(): an SSH client then makes
/// the same keys and the same padding. For tests in one thread.
class FixedRandom
{
public:
    FixedRandom();
    ~FixedRandom();
    FixedRandom(const FixedRandom &) = delete;
    FixedRandom &operator=(const FixedRandom &) = delete;

    static void restart();
};

} // namespace support
