// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/Series.h"

#include <algorithm>
#include <cmath>

namespace core::metrics {

void Series::Tier::add(TimeMs time, std::optional<double> value)
{
    const qint64 number = time / step;
    if (number < newest)
        return;
    // The ring's slot is the number modulo the capacity, so that finding needs no search; it grows
    // by doubling until then.
    const std::size_t slot = std::size_t(number % qint64(capacity));
    if (slot >= ring.size())
        ring.resize(std::min(capacity, std::max(slot + 1, ring.size() * 2)));
    Bucket &bucket = ring[slot];
    if (bucket.number != number)
        bucket = {number, 0, 0, 0, 0};
    newest = number;
    if (!value)
        return;
    const auto v = float(*value);
    if (bucket.count == 0) {
        bucket.min = bucket.max = bucket.avg = v;
    } else {
        bucket.min = std::min(bucket.min, v);
        bucket.max = std::max(bucket.max, v);
        bucket.avg += (v - bucket.avg) / float(bucket.count + 1);
    }
    ++bucket.count;
}

const Series::Bucket *Series::Tier::find(qint64 number) const
{
    if (number < 0)
        return nullptr;
    const std::size_t slot = std::size_t(number % qint64(capacity));
    if (slot >= ring.size() || ring[slot].number != number || ring[slot].count == 0)
        return nullptr;
    return &ring[slot];
}

Series::Series()
    : m_tiers{{1000, 3600, {}, -1}, {10000, 2160, {}, -1}, {60000, 1440, {}, -1}}
{
}

void Series::append(TimeMs time, std::optional<double> value)
{
    if (time < m_lastTime || time < 0 || (value && !std::isfinite(*value)))
        return;
    if (value && m_last && m_lastTime > 0) {
        const TimeMs step = std::clamp<TimeMs>(time - m_lastTime, 1000, 60000);
        m_usualStep = step < m_usualStep ? step : m_usualStep + (step - m_usualStep) / 8;
    }
    m_last = value;
    m_lastTime = time;
    for (Tier &tier : m_tiers)
        tier.add(time, value);
}

const Series::Tier &Series::tierFor(TimeMs from, TimeMs step) const
{
    for (const Tier &tier : m_tiers) {
        const TimeMs oldest = (tier.newest - qint64(tier.capacity) + 1) * tier.step;
        const bool coversStart = oldest <= from;
        // A coarser tier is enough where a column is wider than its step.
        const bool isLast = &tier == &m_tiers.back();
        const Tier *next = isLast ? nullptr : &tier + 1;
        if (isLast || (coversStart && next->step > step))
            return tier;
    }
    return m_tiers.back();
}

std::vector<SeriesRun> Series::runs(TimeMs from, TimeMs to, int columns) const
{
    std::vector<SeriesRun> result;
    if (columns <= 0 || to <= from || m_lastTime == 0)
        return result;
    const TimeMs width = std::max<TimeMs>(1, (to - from + columns - 1) / columns);
    const Tier &tier = tierFor(from, width);
    const TimeMs gap = std::max(3 * m_usualStep, 2 * tier.step) + tier.step;
    const qint64 first = from / tier.step;
    const qint64 last = std::min((to - 1) / tier.step, tier.newest);
    qint64 previous = -1;
    TimeMs column = -1;
    double sum = 0;
    int count = 0;
    for (qint64 number = std::max<qint64>(first, tier.newest - qint64(tier.capacity) + 1);
         number <= last; ++number) {
        const Bucket *bucket = tier.find(number);
        if (!bucket)
            continue;
        const TimeMs time = number * tier.step;
        if (time < from)
            continue;
        if (previous < 0 || (number - previous) * tier.step > gap) {
            result.emplace_back();
            column = -1;
        }
        previous = number;
        const TimeMs at = (time - from) / width;
        SeriesRun &run = result.back();
        if (at != column || run.empty()) {
            // Two runs may meet in one column: it is still one point each side of the gap.
            run.push_back({time, bucket->min, bucket->avg, bucket->max});
            column = at;
            sum = bucket->avg;
            count = 1;
            continue;
        }
        SeriesPoint &point = run.back();
        point.min = std::min(point.min, bucket->min);
        point.max = std::max(point.max, bucket->max);
        sum += bucket->avg;
        ++count;
        point.avg = float(sum / count);
    }
    return result;
}

std::optional<SeriesPoint> Series::at(TimeMs time) const
{
    for (const Tier &tier : m_tiers) {
        const TimeMs oldest = (tier.newest - qint64(tier.capacity) + 1) * tier.step;
        if (time < oldest)
            continue;
        const qint64 wanted = time / tier.step;
        const qint64 reach = std::max<qint64>(1, (3 * m_usualStep) / (2 * tier.step));
        for (qint64 off = 0; off <= reach; ++off) {
            for (qint64 number : {wanted - off, wanted + off}) {
                if (const Bucket *bucket = tier.find(number))
                    return SeriesPoint{number * tier.step, bucket->min, bucket->avg, bucket->max};
            }
        }
        return std::nullopt;
    }
    return std::nullopt;
}

std::size_t Series::memoryBytes() const
{
    std::size_t total = sizeof(Series) + m_tiers.capacity() * sizeof(Tier);
    for (const Tier &tier : m_tiers)
        total += tier.ring.capacity() * sizeof(Bucket);
    return total;
}

void Series::clear()
{
    *this = Series();
}

} // namespace core::metrics
