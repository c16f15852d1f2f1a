// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/QuietHours.h"

namespace ui::settings {

bool QuietHours::contains(const QTime &time) const
{
    if (!isOn || !time.isValid())
        return false;
    if (from < to)
        return from <= time && time < to;
    return time >= from || time < to;
}

} // namespace ui::settings
