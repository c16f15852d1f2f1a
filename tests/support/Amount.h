// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace support {

/// How much of it a test does: \a usual, or \a whole after scripts/test --whole. For what is done
/// again and again only to meet what is rare; what a test shows with \a usual must not depend on
/// luck.
inline int amount(int usual, int whole)
{
    return qEnvironmentVariableIntValue("DANLU_TEST_WHOLE") != 0 ? whole : usual;
}

} // namespace support
