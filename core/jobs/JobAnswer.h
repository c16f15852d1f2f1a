// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobInfo.h"

#include <QByteArray>
#include <QByteArrayView>

#include <utility>
#include <vector>

namespace core::jobs {

/// WORD and TEXT of a line that the instance's script told.
using JobLine = std::pair<QByteArray, QByteArray>;

/// The script's lines in an output: those that begin with \a mark. What start-up files print is
/// passed over.
[[nodiscard]] std::vector<JobLine> jobLines(QByteArrayView output, QByteArrayView mark);

/// Pure. Parse when the lines are not whole (no "end").
[[nodiscard]] Result<JobsOverview> parseJobs(const std::vector<JobLine> &lines);
[[nodiscard]] Result<SafetyReport> parseSafety(const std::vector<JobLine> &lines);

} // namespace core::jobs
