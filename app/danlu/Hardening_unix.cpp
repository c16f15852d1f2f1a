// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu/Hardening.h"

#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

void disableCoreDumps()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

void forbidInspection()
{
#if defined(__linux__) && defined(NDEBUG)
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}
