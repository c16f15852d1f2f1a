// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui {

/// Gives widgets that paint themselves their role for screen readers. A class says which with
/// Q_CLASSINFO("accessibleRole", "text"), "graphic", "chart", "indicator" or "group".
/// May be called again; Theme does it.
void installAccessibleRoles();

} // namespace ui
