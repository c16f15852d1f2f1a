// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// No core dump of a process that holds passwords. Hardening_unix.cpp, Hardening_windows.cpp.
void disableCoreDumps();
