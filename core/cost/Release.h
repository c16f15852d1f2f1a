// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/RunSlice.h"

#include <QSet>

#include <vector>

namespace core::cost {

/// When a provider releases an instance that stays powered off: its data is gone then.
struct Release
{
    TimeMs at = 0;        ///< at the earliest
    TimeMs remaining = 0; ///< below 0: it may be gone already

    bool operator==(const Release &) const = default;
};

/// \a lastOn: when it was last known to be on; it may have gone off at any time after that, so the
/// release is told as early as it can be. \a releaseDays: of 24 hours each, powered off without a
/// break (provider data; AutoDL: 15). Nothing for a provider that releases nothing.
[[nodiscard]] std::optional<Release> releaseOf(TimeMs lastOn, int releaseDays, TimeMs now);

struct ReleaseReminder
{
    TimeMs before = 0; ///< which one: so long before the release
    Release release;
    QString key; ///< of this time off: kept by the caller, so that it is said once

    bool operator==(const ReleaseReminder &) const = default;
};

/// A week, three days, a day and six hours before; of those that a provider's days leave room for.
[[nodiscard]] const std::vector<TimeMs> &reminderTimes();
/// The nearest reminder that is due and was not said. Pure.
[[nodiscard]] std::optional<ReleaseReminder> releaseReminder(TimeMs lastOn, int releaseDays,
                                                             TimeMs now, const QSet<QString> &said);
/// When to ask again; nothing when no reminder is left.
[[nodiscard]] std::optional<TimeMs> nextReminder(TimeMs lastOn, int releaseDays, TimeMs now);

} // namespace core::cost
