// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartScale.h"

#include "ui/common/Format.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui::charts {

double topOf(const ChartScale &scale, double highest)
{
    if (scale.maximum && *scale.maximum > 0) {
        // A figure above its limit (power peaks do that) must still be seen.
        return std::max(*scale.maximum, highest);
    }
    const double wanted = std::max(scale.floor, highest * 1.05);
    double unit = 1;
    while (wanted >= 1000 * unit)
        unit *= scale.unitBase;
    for (double decade = unit;; decade *= 10) {
        for (const double step : {1.0, 2.0, 5.0}) {
            if (step * decade >= wanted)
                return step * decade;
        }
    }
}

std::vector<TimeTick> timeTicks(TimeMs from, TimeMs to, TimeMs minimumGap)
{
    static constexpr std::array<TimeMs, 16> steps{1,   5,   10,   15,   30,   60,    120,   300,
                                                  600, 900, 1800, 3600, 7200, 14400, 21600, 43200};
    const auto *step =
        std::find_if(steps.begin(), steps.end(), [&](TimeMs s) { return s * 1000 >= minimumGap; });
    const TimeMs gap = (step == steps.end() ? 86400 : *step) * 1000;
    // Round in local time: a 6 h step must fall on 06:00 here, not in Greenwich. One offset serves
    // the whole window; on the night of a clock change labels are an hour off to one side of it.
    const TimeMs offset = TimeMs(QDateTime::fromMSecsSinceEpoch(to).offsetFromUtc()) * 1000;
    std::vector<TimeTick> ticks;
    const TimeMs first = ((from + offset + gap - 1) / gap) * gap - offset;
    const QString pattern = gap < 60000 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    for (TimeMs t = first; t <= to; t += gap)
        ticks.push_back({t, QDateTime::fromMSecsSinceEpoch(t).toString(pattern)});
    return ticks;
}

QString clockLabel(TimeMs time, TimeMs spanMs)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(
        spanMs > TimeMs(6 * 3600) * 1000 ? QStringLiteral("HH:mm") : QStringLiteral("HH:mm:ss"));
}

QString timeLabel(TimeMs time, TimeMs today)
{
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(time);
    if (then.date() == QDateTime::fromMSecsSinceEpoch(today).date())
        return then.toString(QStringLiteral("HH:mm:ss"));
    return format::dateTime(std::chrono::system_clock::time_point(std::chrono::milliseconds(time)));
}

} // namespace ui::charts
