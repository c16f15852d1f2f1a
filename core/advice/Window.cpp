// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/Window.h"

#include "core/advice/Thresholds.h"

#include <algorithm>
#include <cmath>

namespace core::advice {

using metrics::SeriesPoint;
using metrics::SeriesRun;

namespace {

/// The width of the buckets that Series has for so long a time; the length of a run of buckets is
/// uncertain by that much.
TimeMs bucketFor(TimeMs reach)
{
    return reach < 60 * minute ? second : reach < 6 * 60 * minute ? 10 * second : minute;
}

/// So many that every bucket has a column of its own.
int columnsFor(TimeMs reach, TimeMs bucket)
{
    return int(reach / bucket) + 1;
}

TimeMs stepOf(const SeriesRun &run)
{
    if (run.size() < 2)
        return second;
    return (run.back().time - run.front().time) / TimeMs(run.size() - 1);
}

bool isPresent(const SeriesRun &run, TimeMs now, TimeMs bucket)
{
    return now - run.back().time <= std::max(freshness, 3 * stepOf(run)) + bucket;
}

} // namespace

double quantileOf(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    const auto at = std::size_t(std::lround(share * double(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(at), values.end());
    return values[at];
}

Window::Window(std::vector<SeriesPoint> points)
    : m_points(std::move(points))
{
}

std::optional<Window> Window::of(const metrics::Series *series, TimeMs now, TimeMs length)
{
    if (!series)
        return std::nullopt;
    const auto reach = TimeMs(double(length) * windowReach);
    const TimeMs bucket = bucketFor(reach);
    const std::vector<SeriesRun> runs =
        series->runs(std::max<TimeMs>(0, now - reach), now + 1, columnsFor(reach, bucket));
    if (runs.empty() || !isPresent(runs.back(), now, bucket))
        return std::nullopt;
    TimeMs missing = length + bucket;
    std::vector<SeriesPoint> points; // newest first
    for (auto run = runs.rbegin(); run != runs.rend() && missing > 0; ++run) {
        const TimeMs end = run->back().time;
        for (auto point = run->rbegin(); point != run->rend(); ++point) {
            points.push_back(*point);
            if (end - point->time >= missing)
                break;
        }
        missing -= end - points.back().time;
    }
    if (missing > 0)
        return std::nullopt;
    std::reverse(points.begin(), points.end());
    return Window(std::move(points));
}

std::optional<Window> Window::between(const metrics::Series *series, TimeMs from, TimeMs to,
                                      double share)
{
    if (!series || to <= from)
        return std::nullopt;
    const TimeMs bucket = bucketFor(to - from);
    std::vector<SeriesPoint> points;
    TimeMs known = 0;
    for (const SeriesRun &run : series->runs(from, to + 1, columnsFor(to - from, bucket))) {
        points.insert(points.end(), run.begin(), run.end());
        known += run.back().time - run.front().time;
    }
    if (points.empty() || double(known) < share * double(to - from))
        return std::nullopt;
    return Window(std::move(points));
}

TimeMs Window::step() const
{
    std::vector<double> steps;
    for (std::size_t i = 1; i < m_points.size(); ++i)
        steps.push_back(double(m_points[i].time - m_points[i - 1].time));
    return steps.empty() ? second : TimeMs(quantileOf(std::move(steps), 0.5));
}

double Window::mean() const
{
    double sum = 0;
    for (const SeriesPoint &point : m_points)
        sum += double(point.avg);
    return sum / double(m_points.size());
}

double Window::min() const
{
    const auto lower = [](const SeriesPoint &a, const SeriesPoint &b) { return a.min < b.min; };
    return double(std::min_element(m_points.begin(), m_points.end(), lower)->min);
}

double Window::max() const
{
    const auto lower = [](const SeriesPoint &a, const SeriesPoint &b) { return a.max < b.max; };
    return double(std::max_element(m_points.begin(), m_points.end(), lower)->max);
}

double Window::quantile(double share) const
{
    return quantileOf(atLeast(-INFINITY), share);
}

std::vector<double> Window::atLeast(double level) const
{
    std::vector<double> values;
    values.reserve(m_points.size());
    for (const SeriesPoint &point : m_points) {
        if (double(point.avg) >= level)
            values.push_back(double(point.avg));
    }
    return values;
}

std::vector<double> Window::peaksAtLeast(double level) const
{
    std::vector<double> values;
    values.reserve(m_points.size());
    for (const SeriesPoint &point : m_points) {
        if (double(point.max) >= level)
            values.push_back(double(point.max));
    }
    return values;
}

int Window::halfSwings() const
{
    // A quarter of the range on both sides of its middle counts as neither.
    const double low = quantile(0.1);
    const double high = quantile(0.9);
    const double middle = (low + high) / 2;
    const double quarter = (high - low) / 4;
    int swings = 0;
    int side = 0;
    for (const SeriesPoint &point : m_points) {
        const int now = double(point.avg) > middle + quarter   ? 1
                        : double(point.avg) < middle - quarter ? -1
                                                               : side;
        if (side != 0 && now != side)
            ++swings;
        side = now;
    }
    return swings;
}

TimeMs Window::longestAtMost(double level) const
{
    // What lies in a gap is no pause.
    const TimeMs gap = std::max(freshness, 3 * step());
    TimeMs longest = 0;
    TimeMs previous = from();
    std::optional<TimeMs> began;
    for (const SeriesPoint &point : m_points) {
        if (double(point.avg) > level || point.time - previous > gap)
            began.reset();
        if (double(point.avg) <= level) {
            began = began.value_or(point.time);
            longest = std::max(longest, point.time - *began);
        }
        previous = point.time;
    }
    return longest;
}

Evidence Window::evidence(Quantity quantity, int gpu, std::optional<double> limit) const
{
    return {quantity, gpu, from(), to(), min(), mean(), max(), limit};
}

} // namespace core::advice
