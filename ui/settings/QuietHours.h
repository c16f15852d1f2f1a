// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTime>

namespace ui::settings {

/// A part of every day in which nothing pops up. Local time; from 23:00 to 8:00 goes over midnight.
struct QuietHours
{
    bool isOn = false;
    QTime from{23, 0}; ///< the first quiet minute
    QTime to{8, 0};    ///< the first one that is not; the same as from = the whole day

    [[nodiscard]] bool contains(const QTime &time) const;
    bool operator==(const QuietHours &) const = default;
};

} // namespace ui::settings
