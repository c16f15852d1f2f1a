// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Sample.h"
#include "ui/charts/ChartScale.h"

namespace ui::monitor {

/// The axis of each quantity, from what is known about the instance.
[[nodiscard]] charts::ChartScale percentScale();
/// For GPU memory in MiB; absent total = the largest seen.
[[nodiscard]] charts::ChartScale gpuMemoryScale(std::optional<qint64> totalMib);
[[nodiscard]] charts::ChartScale powerScale(std::optional<double> limitW);
[[nodiscard]] charts::ChartScale temperatureScale();
[[nodiscard]] charts::ChartScale cpuScale(std::optional<double> limitCores);
[[nodiscard]] charts::ChartScale bytesScale(std::optional<qint64> limitBytes);
[[nodiscard]] charts::ChartScale rateScale();

} // namespace ui::monitor
