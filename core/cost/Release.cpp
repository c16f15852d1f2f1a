// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/Release.h"

#include <algorithm>

namespace core::cost {

namespace {

constexpr TimeMs oneHour = 3600'000;
constexpr TimeMs oneDay = 24 * oneHour;

} // namespace

std::optional<Release> releaseOf(TimeMs lastOn, int releaseDays, TimeMs now)
{
    if (releaseDays <= 0 || lastOn <= 0)
        return std::nullopt;
    const TimeMs at = lastOn + releaseDays * oneDay;
    return Release{at, at - now};
}

const std::vector<TimeMs> &reminderTimes()
{
    static const std::vector<TimeMs> times{7 * oneDay, 3 * oneDay, oneDay, 6 * oneHour};
    return times;
}

std::optional<ReleaseReminder> releaseReminder(TimeMs lastOn, int releaseDays, TimeMs now,
                                               const QSet<QString> &said)
{
    const auto release = releaseOf(lastOn, releaseDays, now);
    if (!release)
        return std::nullopt;
    // The latest one that is due stands for those before it.
    std::optional<TimeMs> due;
    for (const TimeMs before : reminderTimes()) {
        if (before < releaseDays * oneDay && release->remaining <= before)
            due = before;
    }
    if (!due)
        return std::nullopt;
    ReleaseReminder reminder{*due, *release,
                             QStringLiteral("release:%1:%2").arg(lastOn).arg(*due / oneHour)};
    if (said.contains(reminder.key))
        return std::nullopt;
    return reminder;
}

std::optional<TimeMs> nextReminder(TimeMs lastOn, int releaseDays, TimeMs now)
{
    const auto release = releaseOf(lastOn, releaseDays, now);
    if (!release)
        return std::nullopt;
    for (const TimeMs before : reminderTimes()) {
        if (before < releaseDays * oneDay && release->at - before > now)
            return release->at - before;
    }
    return std::nullopt;
}

} // namespace core::cost
