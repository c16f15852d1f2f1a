// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace support {

/// scripts/test --whole: also what is done again only to meet what is rare. What a test shows
/// without it must not depend on luck.
inline bool isWhole()
{
    return qEnvironmentVariableIntValue("DANLU_TEST_WHOLE") != 0;
}

/// How often, or how much of it.
inline int amount(int usual, int whole)
{
    return isWhole() ? whole : usual;
}

} // namespace support
