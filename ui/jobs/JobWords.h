// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobInfo.h"
#include "ui/common/Icons.h"

#include <QCoreApplication>

namespace ui::jobs {

/// What people call it: its name, else its command's first line.
[[nodiscard]] QString titleOf(const core::jobs::JobInfo &job);
/// "Running", "Done", "Failed (3)", ...
[[nodiscard]] QString stateText(const core::jobs::JobInfo &job);
[[nodiscard]] QIcon stateIcon(const core::jobs::JobInfo &job);
/// It ended by itself with exit code 0.
[[nodiscard]] bool hasSucceeded(const core::jobs::JobInfo &job);
/// "exited with 3", "was killed (SIGKILL)"; "" where there is no code.
[[nodiscard]] QString exitText(const core::jobs::JobInfo &job);
/// How its end action stands, a sentence; "" without one. \a left: of a countdown.
[[nodiscard]] QString endText(const core::jobs::JobInfo &job,
                              std::optional<std::chrono::seconds> left);
/// An end action that may still come.
[[nodiscard]] bool isArmed(const core::jobs::JobInfo &job);

/// "GPU < 5 %, CPU < 25 %, ...": below what a guard takes the instance for idle.
[[nodiscard]] QString limitsText(const core::jobs::GuardSpec &guard);

/// For the translator's context.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(ui::jobs)
};
/// "On the instance this runs: COMMAND", to be shown before it does.
[[nodiscard]] QString runsText(const QByteArray &command);

} // namespace ui::jobs
