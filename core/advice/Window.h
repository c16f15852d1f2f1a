// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/Finding.h"

namespace core::advice {

/// The newest part of a series that holds exactly so much known time. What is unknown is left out:
/// it is neither 0 nor part of the length.
class Window
{
public:
    /// Nothing when less than \a length is known within windowReach times that, or when the newest
    /// figure is no longer the present. \a series may be null.
    [[nodiscard]] static std::optional<Window> of(const metrics::Series *series, TimeMs now,
                                                  TimeMs length);
    /// What is known between two times, where that is \a share of them at least: for a second
    /// quantity beside a window.
    [[nodiscard]] static std::optional<Window> between(const metrics::Series *series, TimeMs from,
                                                       TimeMs to, double share = 0.8);

    [[nodiscard]] TimeMs from() const { return m_points.front().time; }
    [[nodiscard]] TimeMs to() const { return m_points.back().time; }
    [[nodiscard]] std::size_t size() const { return m_points.size(); }
    [[nodiscard]] TimeMs step() const; ///< the usual time between two points

    [[nodiscard]] double mean() const;
    [[nodiscard]] double min() const;
    [[nodiscard]] double max() const;
    /// Of the points' means; \a share from 0 to 1.
    [[nodiscard]] double quantile(double share) const;
    /// How often it goes from the lower to the upper part of its range and back, each way counted.
    [[nodiscard]] int halfSwings() const;
    /// The longest time without a figure above \a level.
    [[nodiscard]] TimeMs longestAtMost(double level) const;
    /// The same points without those whose mean is below \a level; may be empty.
    [[nodiscard]] std::vector<double> atLeast(double level) const;
    /// The points' maxima without those below \a level; may be empty.
    [[nodiscard]] std::vector<double> peaksAtLeast(double level) const;

    [[nodiscard]] Evidence evidence(Quantity quantity, int gpu = 0,
                                    std::optional<double> limit = std::nullopt) const;

private:
    explicit Window(std::vector<metrics::SeriesPoint> points);

    std::vector<metrics::SeriesPoint> m_points; ///< oldest first, never empty
};

/// The value below which \a share of \a values lies; 0 for none.
[[nodiscard]] double quantileOf(std::vector<double> values, double share);

} // namespace core::advice
