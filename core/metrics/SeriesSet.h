// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Sample.h"
#include "core/metrics/Series.h"

#include <map>

namespace core::metrics {

enum class Quantity {
    GpuUtil,    ///< percent
    GpuMemory,  ///< MiB used
    GpuPower,   ///< W
    GpuTemp,    ///< degrees C
    CpuPercent, ///< percent of one core (cores x 100 is the limit)
    MemoryUsed, ///< bytes
    NetRx,      ///< bytes per second
    NetTx,      ///< bytes per second
    DiskIo      ///< bytes per second, read and written
};

/// Whether there is a series for each GPU, not one for the instance.
[[nodiscard]] bool isOfGpu(Quantity quantity);

/// All series of one instance. GPUs are keyed by their index in the report.
class SeriesSet
{
public:
    void append(const Sample &sample);
    /// Marks a gap in every series (connection lost).
    void appendGap(TimeMs time);
    /// Null when nothing was ever recorded for it. \a gpu is ignored for quantities of the
    /// instance.
    [[nodiscard]] const Series *find(Quantity quantity, int gpu = 0) const;
    [[nodiscard]] int gpuCount() const;
    [[nodiscard]] TimeMs firstTime() const { return m_firstTime; } ///< 0 = empty
    [[nodiscard]] TimeMs lastTime() const;
    [[nodiscard]] std::size_t memoryBytes() const;
    void clear();

private:
    Series &series(Quantity quantity, int gpu = 0);
    std::map<std::pair<Quantity, int>, Series> m_series;
    int m_gpuCount = 0;
    TimeMs m_firstTime = 0;
    TimeMs m_lastTime = 0;
};

} // namespace core::metrics
