// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/danlu-cli/Services.h"
#include "core/cost/RunMeter.h"
#include "core/history/RunHistory.h"
#include "core/metrics/Sample.h"

namespace cli {

/// Where "cost" reads from.
[[nodiscard]] QString runsFile(const Services &services);

/// Writes down how long an instance runs, from the samples that a command sees anyway: what cron
/// probes now and then is enough for "cost report". Only for saved instances. Never a reason to
/// fail.
class RunLog
{
public:
    /// \a target: as on the command line.
    RunLog(const QString &target, const Services &services);
    ~RunLog();
    RunLog(const RunLog &) = delete;
    RunLog &operator=(const RunLog &) = delete;

    void take(const core::metrics::Sample &sample);

private:
    void save(const std::vector<core::cost::RunSlice> &slices);

    QString m_file;
    std::optional<core::cost::RunMeter> m_meter; ///< absent for a target that is not saved
    std::optional<core::history::RunHistory> m_history;
    bool m_failed = false;
    core::cost::TimeMs m_savedAt = 0;
};

} // namespace cli
