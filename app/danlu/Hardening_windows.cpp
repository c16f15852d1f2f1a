// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu/Hardening.h"

#include <windows.h>

void disableCoreDumps()
{
    ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}

void forbidInspection() {}
