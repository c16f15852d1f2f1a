// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Series.h"

#include <QString>

#include <functional>
#include <vector>

namespace ui::charts {

using core::metrics::TimeMs;

/// The vertical range of a chart, always from 0.
struct ChartScale
{
    /// Fixed top; absent = a round number above what is shown, for quantities without a limit.
    std::optional<double> maximum;
    /// The smallest automatic top, so that noise near zero does not fill the chart.
    double floor = 1;
    /// Automatic tops are 1, 2 or 5 times a power of ten of \a unitBase steps (1024 for bytes).
    double unitBase = 1000;
    /// Words for a value on the axis and under the pointer: "97 %".
    std::function<QString(double)> format;
};

/// The top of the axis for data that reaches \a highest.
[[nodiscard]] double topOf(const ChartScale &scale, double highest);

struct TimeTick
{
    TimeMs time = 0;
    QString label;
};
/// Round local times between the two, at least \a minimumGap milliseconds apart.
[[nodiscard]] std::vector<TimeTick> timeTicks(TimeMs from, TimeMs to, TimeMs minimumGap);

/// "14:03:12"; without seconds where \a spanMs is so long that they mean nothing.
[[nodiscard]] QString clockLabel(TimeMs time, TimeMs spanMs);
/// "14:03:12", with the date before it where the day is not \a today's.
[[nodiscard]] QString timeLabel(TimeMs time, TimeMs today);

} // namespace ui::charts
