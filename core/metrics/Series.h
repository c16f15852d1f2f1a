// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>
#include <vector>

namespace core::metrics {

using TimeMs = qint64; ///< milliseconds since the epoch, UTC

/// One drawn point: what happened between its bucket's start and end.
struct SeriesPoint
{
    TimeMs time = 0; ///< start of the bucket
    float min = 0;
    float avg = 0;
    float max = 0;

    bool operator==(const SeriesPoint &) const = default;
};

/// A run of points without a gap.
using SeriesRun = std::vector<SeriesPoint>;

/// One quantity over time: rings of 1 s (1 h), 10 s (6 h) and 60 s (24 h) buckets with min, avg and
/// max. One thread. The rings grow with what is recorded, to 84 KiB, 50 KiB and 34 KiB.
class Series
{
public:
    Series();
    /// \a value absent marks a gap. Times may not go back; an earlier time is dropped.
    void append(TimeMs time, std::optional<double> value);
    [[nodiscard]] std::optional<double> last() const { return m_last; }
    [[nodiscard]] TimeMs lastTime() const { return m_lastTime; } ///< 0 when empty
    /// The bucket at \a time of the finest tier that still has it, for hover; nothing within a gap.
    [[nodiscard]] std::optional<SeriesPoint> at(TimeMs time) const;
    /// At most \a columns points between the times, in runs split where buckets are missing for
    /// more than three of the series' usual steps. Min and max of every bucket survive the
    /// decimation.
    [[nodiscard]] std::vector<SeriesRun> runs(TimeMs from, TimeMs to, int columns) const;
    [[nodiscard]] std::size_t memoryBytes() const;
    void clear();

private:
    struct Bucket
    {
        qint64 number = -1; ///< time / tier step; -1 = never used
        float min = 0;
        float max = 0;
        float avg = 0;
        quint32 count = 0; ///< 0 = a gap was said here
    };
    struct Tier
    {
        TimeMs step = 1000;
        std::size_t capacity = 0;
        std::vector<Bucket> ring; ///< grows to capacity, then wraps
        qint64 newest = -1;       ///< bucket number

        void add(TimeMs time, std::optional<double> value);
        [[nodiscard]] const Bucket *find(qint64 number) const;
    };
    [[nodiscard]] const Tier &tierFor(TimeMs from, TimeMs step) const;

    std::vector<Tier> m_tiers;
    std::optional<double> m_last;
    TimeMs m_lastTime = 0;
    TimeMs m_usualStep = 1000; ///< between two values, smoothed; for telling gaps
};

} // namespace core::metrics
