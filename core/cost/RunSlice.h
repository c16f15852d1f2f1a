// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Money.h"

#include <QMetaType>
#include <QString>

#include <optional>

namespace core::cost {

using TimeMs = qint64; ///< milliseconds since the epoch, UTC, or between two times

/// A stretch of time in which an instance was powered on, with one price. Stored; several make up
/// the time between two power cycles.
struct RunSlice
{
    QString instanceId;
    QString instanceName; ///< when it was written; the profile may be gone
    TimeMs from = 0;      ///< with instanceId the slice's identity
    TimeMs to = 0;        ///< it ran until here at least
    TimeMs boot = 0;      ///< when the container started; of all slices of one run about the same
    bool noGpu = false;   ///< in the provider's mode without GPU
    /// Watched; else it is known afterwards, from the container's start time.
    bool seen = true;
    QString card; ///< as nvidia-smi names it; "" = unknown
    int gpus = 0;
    std::optional<HourlyRate> perHour; ///< of the whole instance
    /// How long the GPUs were under 5 %, added up over all of them.
    TimeMs idleGpuMs = 0;

    bool operator==(const RunSlice &) const = default;
};

} // namespace core::cost

Q_DECLARE_METATYPE(core::cost::RunSlice)
