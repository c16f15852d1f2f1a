// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Money.h"
#include "core/jobs/JobInfo.h"
#include "core/profiles/Profile.h"

namespace cli {

/// What the job cost to its end, or until now. Nothing for a guard, and without a price.
[[nodiscard]] std::optional<core::Money> costOf(const core::jobs::JobInfo &job,
                                                const std::optional<core::profiles::Price> &price);

/// The one that began last first; what has not begun before all.
void sortByStart(std::vector<core::jobs::JobInfo> &jobs);

/// Tables with a header line.
[[nodiscard]] QString jobsText(const std::vector<core::jobs::JobInfo> &jobs,
                               const std::optional<core::profiles::Price> &price);
[[nodiscard]] QString sessionsText(const core::jobs::JobsOverview &overview);

/// What a job that was begun will do to the instance, and what cancels it; "" = nothing.
[[nodiscard]] QString noticeOf(const core::jobs::JobInfo &job, const QString &target);
/// Which other jobs and sessions would end with it; "" = none.
[[nodiscard]] QString warningOf(const core::jobs::JobsOverview &overview,
                                const core::jobs::JobId &id);

} // namespace cli
