// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu/Hardening.h"

#include <sys/resource.h>

void disableCoreDumps()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}
