// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>
#include <vector>

namespace core::metrics {

using TimeMs = qint64; ///< milliseconds since the epoch, UTC

/// One drawn point: what happened between its bucket's start and end.
struct SeriesPoint {
    TimeMs time = 0; ///< start of the bucket
    float min = 0;
    float avg = 0;
    float max = 0;

    bool operator==(const SeriesPoint &) const = default;
};

/// A run of points without a gap.
using SeriesRun = std::vector<SeriesPoint>;

/// One quantity over time: rings of 1 s (1 h), 10 s (6 h) and 60 s (24 h) buckets with min, avg and max.
/// Not thread-safe; lives in the GUI's thread. Memory is fixed after construction is first used.
class Series
{
public:
    Series();
    /// \a value absent marks a gap. Times may not go back; an earlier time is dropped.
    void append(TimeMs time, std::optional<double> value);
    [[nodiscard]] std::optional<double> last() const;
    [[nodiscard]] TimeMs lastTime() const; ///< 0 when empty
    /// The value drawn at \a time (nearest bucket of the finest tier that covers it), for hover.
    [[nodiscard]] std::optional<SeriesPoint> at(TimeMs time) const;
    /// At most \a columns points between the times, in runs split at gaps (more than three expected
    /// intervals without a value). Min and max of every bucket survive the decimation.
    [[nodiscard]] std::vector<SeriesRun> runs(TimeMs from, TimeMs to, int columns) const;
    [[nodiscard]] std::size_t memoryBytes() const;
    void clear();

private:
    struct Bucket {
        TimeMs start = -1;
        float min = 0, max = 0;
        double sum = 0;
        int count = 0;
    };
    struct Tier;
    std::vector<Tier> m_tiers;
    std::optional<double> m_last;
    TimeMs m_lastTime = 0;
};

} // namespace core::metrics
