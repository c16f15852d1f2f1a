// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/RunSlice.h"

#include <vector>

namespace core::cost {

/// Prices of one instance, as they hold from now on.
struct Rates
{
    std::optional<HourlyRate> perHour;      ///< of the whole instance
    std::optional<HourlyRate> noGpuPerHour; ///< of the provider's mode without GPU

    bool operator==(const Rates &) const = default;
};

/// A sign of life: a sample, or a sign-in (then only the time is there).
struct Mark
{
    TimeMs time = 0;
    std::optional<TimeMs> uptime; ///< of the container (its PID 1)
    std::optional<bool> noGpu;    ///< absent while it is not known
    QString card;
    int gpus = 0;
    /// Of the GPUs whose load is known; an unknown load is no waste.
    int idleGpus = 0;
};

/// Measures how long one instance runs, from marks. While marks come a second apart every second is
/// seen. After a gap the container's start time tells whether it ran on or was off in between; when
/// it was off, the run ends at its last mark, because nobody knows how much longer it ran. Without
/// a start time a short gap counts as running, a longer one does not. Pure; one thread.
class RunMeter
{
public:
    /// A gap up to this long is no gap.
    static constexpr TimeMs step = 30'000;
    /// Without a start time a gap up to this long counts as running.
    static constexpr TimeMs blindGap = 10 * 60'000;
    /// Clocks here and there differ and are set; a start time is known this well.
    static constexpr TimeMs slack = 2 * 60'000;
    /// Slices end at full quarters of an hour (UTC), so that idle time belongs to its day in every
    /// time zone.
    static constexpr TimeMs quarter = 15 * 60'000;
    /// A first mark counts what ran before it, but not more than this.
    static constexpr TimeMs mostBefore = qint64(31) * 24 * 3600'000;
    /// So long slices wait for the mode to be known; after that it counts as with GPU.
    static constexpr TimeMs modePatience = 2 * 60'000;

    RunMeter(QString instanceId, QString instanceName);

    [[nodiscard]] const QString &instanceId() const { return m_instanceId; }
    /// The newest slice that is stored of this instance, once, before the first mark.
    void resume(const RunSlice &last);
    void setName(const QString &name);
    /// From the next mark on. A price that was unknown till then holds for the slice that is open.
    void setRates(const Rates &rates);

    /// \returns slices that are complete, in their order; to be stored.
    [[nodiscard]] std::vector<RunSlice> take(const Mark &mark);
    /// The instance was powered off, for certain: nothing after \a time is of this run.
    [[nodiscard]] std::vector<RunSlice> stopped(TimeMs time);
    /// What take() has not given out yet: the slice that is growing, and those whose mode is not
    /// known. To be stored now and then; they are given out again when they are complete.
    [[nodiscard]] std::vector<RunSlice> unfinished() const;
    /// When it was last seen on; nothing before the first mark.
    [[nodiscard]] std::optional<TimeMs> lastSeen() const;

private:
    enum class Going { On, Restarted, Unclear };
    [[nodiscard]] Going goingOf(const Mark &mark) const;
    void beginRun(const Mark &mark, TimeMs from);
    void goOn(const Mark &mark);
    void takeFacts(const Mark &mark);
    void grow(TimeMs to, int idleGpus);
    void openSlice(TimeMs from, bool seen);
    void close();
    [[nodiscard]] std::optional<HourlyRate> priceNow() const;
    void settleMode(bool noGpu);

    QString m_instanceId;
    QString m_instanceName;
    Rates m_rates;
    std::optional<RunSlice> m_open;
    std::vector<RunSlice> m_waiting;  ///< complete, but with or without GPU is not known yet
    std::vector<RunSlice> m_complete; ///< to be given out
    TimeMs m_runTo = 0;               ///< the newest time that is counted; 0 = none
    TimeMs m_boot = 0;                ///< of the run; 0 = unknown
    TimeMs m_firstMark = 0;           ///< of the run
    bool m_ended = true;              ///< no run goes on
    std::optional<bool> m_noGpu;
    QString m_card;
    int m_gpus = 0;
};

} // namespace core::cost
