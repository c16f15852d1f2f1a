// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/SeriesSet.h"

namespace synthetic {

/// The fixed moment at which made-up figures end: 2026-11-23 06:03:12 UTC.
inline constexpr core::metrics::TimeMs endOfTime = 1'795'413'792'000;

enum class Look {
    Training,  ///< busy cards, a steady saw tooth
    NoGpu,     ///< AutoDL's no-GPU mode
    SmiError,  ///< nvidia-smi fails after an hour of figures
    NoFigures, ///< a first sample in which most is unknown
    Tight      ///< disk, files and memory nearly full
};

/// One reading; the same for the same arguments.
[[nodiscard]] core::metrics::Sample sampleAt(core::metrics::TimeMs time, int gpus,
                                             Look look = Look::Training);
/// Readings of \a seconds up to endOfTime, with a gap of three minutes four minutes before the end.
void fill(core::metrics::SeriesSet &set, int gpus, int seconds, Look look = Look::Training);

} // namespace synthetic
