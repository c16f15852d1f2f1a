// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// No core dump of a process that holds passwords. Hardening_unix.cpp, Hardening_windows.cpp.
void disableCoreDumps();
/// Other programs of the same user may not read this one's memory (Linux; other systems ask for
/// rights anyway). In release builds only, so that a debugger can be attached. Not for the window:
/// desktop portals look into /proc of who calls them, which this forbids.
void forbidInspection();
