// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/CostReport.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace core::cost {

namespace {

constexpr TimeMs hour = 3600'000;

/// Price times time, exactly: ten-thousandths for an hour, times milliseconds. The highest price
/// times an hour is 3.6e18 and a year of it 8.8e15 ten-thousandths: whole hours are carried, so
/// that sums stay far from the edge (9.2e18).
struct Exact
{
    qint64 tenThousandths = 0;
    qint64 rest = 0; ///< in ten-thousandths x ms, below an hour's

    void add(qint64 perHour, TimeMs length)
    {
        tenThousandths += perHour * (length / hour);
        rest += perHour * (length % hour);
        tenThousandths += rest / hour;
        rest %= hour;
    }
    /// Minor units. The rest is less than a ten-thousandth, so it can't make a half of a minor
    /// unit.
    [[nodiscard]] qint64 rounded() const
    {
        return tenThousandths / HourlyRate::perMinor +
               (tenThousandths % HourlyRate::perMinor * 2 >= HourlyRate::perMinor ? 1 : 0);
    }
};

struct Sum
{
    std::map<Currency, Exact> cost;
    std::map<Currency, Exact> wasted;
    Totals totals;
    TimeMs lastSeen = 0;
    QString name;

    [[nodiscard]] Totals result() const
    {
        Totals t = totals;
        for (const auto &[currency, sum] : cost)
            t.cost[currency] = Money{sum.rounded(), currency};
        for (const auto &[currency, sum] : wasted)
            t.wasted[currency] = Money{sum.rounded(), currency};
        return t;
    }
};

/// A slice's part in the period.
struct Part
{
    const RunSlice *slice = nullptr;
    TimeMs from = 0;
    TimeMs to = 0;
    TimeMs idle = 0;
    std::optional<HourlyRate> perHour;
};

void add(Sum &sum, const Part &part)
{
    const TimeMs length = part.to - part.from;
    sum.totals.running += length;
    sum.totals.idle += part.idle;
    if (part.slice->noGpu)
        sum.totals.noGpu += length;
    if (!part.slice->seen)
        sum.totals.unseen += length;
    if (part.perHour) {
        sum.cost[part.perHour->currency].add(part.perHour->tenThousandths, length);
        sum.wasted[part.perHour->currency].add(part.perHour->tenThousandths, part.idle);
    } else {
        sum.totals.unpriced += length;
    }
    if (part.to >= sum.lastSeen) {
        sum.lastSeen = part.to;
        sum.name = part.slice->instanceName;
    }
}

std::optional<HourlyRate> priceOf(const RunSlice &slice, const QMap<QString, Rates> &prices)
{
    std::optional<HourlyRate> price = slice.perHour;
    if (!price) {
        const Rates rates = prices.value(slice.instanceId);
        price = slice.noGpu ? rates.noGpuPerHour : rates.perHour;
    }
    if (price && !price->isUsable())
        price.reset();
    return price;
}

/// The moments of one instance that are counted already: from to to, without overlaps.
class Covered
{
public:
    /// The parts between  from and  to that are new; they are covered from now on.
    std::vector<Period> add(TimeMs from, TimeMs to)
    {
        std::vector<Period> fresh;
        auto it = m_parts.upper_bound(from);
        if (it != m_parts.begin())
            from = std::max(from, std::prev(it)->second);
        while (from < to) {
            const TimeMs end = it == m_parts.end() ? to : std::min(to, it->first);
            if (end > from)
                fresh.push_back({from, end});
            if (it == m_parts.end() || it->first >= to)
                break;
            from = std::max(from, it->second);
            ++it;
        }
        for (const Period &part : fresh)
            m_parts.emplace(part.from, part.to);
        return fresh;
    }

private:
    std::map<TimeMs, TimeMs> m_parts;
};

std::vector<CostReport::Line> linesOf(const std::map<QString, Sum> &sums, bool byName)
{
    std::vector<CostReport::Line> lines;
    lines.reserve(sums.size());
    for (const auto &[id, sum] : sums)
        lines.push_back({id, byName ? id : sum.name, sum.result(), sum.lastSeen});
    const auto highest = [](const CostReport::Line &line) {
        qint64 most = 0;
        for (const auto &[currency, money] : line.totals.cost)
            most = std::max(most, money.minor);
        return most;
    };
    std::stable_sort(lines.begin(), lines.end(), [&](const auto &a, const auto &b) {
        return std::pair(highest(a), a.totals.running) > std::pair(highest(b), b.totals.running);
    });
    return lines;
}

} // namespace

Money costOf(HourlyRate perHour, TimeMs length)
{
    Exact exact;
    exact.add(perHour.tenThousandths, length);
    return {exact.rounded(), perHour.currency};
}

TimeMs startOf(QDate day, const QTimeZone &zone)
{
    return day.startOfDay(zone).toMSecsSinceEpoch();
}

namespace {

QDate dateOf(TimeMs time, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(time, zone).date();
}

} // namespace

Period dayOf(TimeMs time, const QTimeZone &zone)
{
    const QDate day = dateOf(time, zone);
    return {startOf(day, zone), startOf(day.addDays(1), zone)};
}

Period weekOf(TimeMs time, const QTimeZone &zone)
{
    const QDate day = dateOf(time, zone);
    const QDate monday = day.addDays(1 - day.dayOfWeek());
    return {startOf(monday, zone), startOf(monday.addDays(7), zone)};
}

Period monthOf(TimeMs time, const QTimeZone &zone)
{
    const QDate day = dateOf(time, zone);
    const QDate first(day.year(), day.month(), 1);
    return {startOf(first, zone), startOf(first.addMonths(1), zone)};
}

CostReport costReport(std::span<const RunSlice> slices, const Period &period,
                      const QMap<QString, Rates> &prices)
{
    std::vector<const RunSlice *> sorted;
    for (const RunSlice &slice : slices) {
        if (slice.to > slice.from)
            sorted.push_back(&slice);
    }
    // What was watched knows more than what is known afterwards.
    std::sort(sorted.begin(), sorted.end(), [](const RunSlice *a, const RunSlice *b) {
        return std::tuple(a->instanceId, !a->seen, a->from, -a->to) <
               std::tuple(b->instanceId, !b->seen, b->from, -b->to);
    });
    Sum all;
    std::map<QString, Sum> instances;
    std::map<QString, Sum> cards;
    std::map<QString, Covered> covered;
    for (const RunSlice *slice : sorted) {
        const auto price = priceOf(*slice, prices);
        const TimeMs from = std::max(slice->from, period.from);
        const TimeMs to = std::min(slice->to, period.to);
        for (const Period &piece : covered[slice->instanceId].add(from, to)) {
            Part part{slice, piece.from, piece.to, 0, price};
            if (slice->gpus > 0 && slice->idleGpuMs > 0) {
                // Watched slices are a quarter of an hour at most: an even share will do.
                const double share = double(part.to - part.from) / double(slice->to - slice->from);
                const double idle = double(slice->idleGpuMs) / slice->gpus * share;
                part.idle = std::min(part.to - part.from, TimeMs(std::llround(idle)));
            }
            add(all, part);
            add(instances[slice->instanceId], part);
            if (!slice->noGpu)
                add(cards[slice->card], part);
        }
    }
    return {all.result(), linesOf(instances, false), linesOf(cards, true)};
}

Money sumIn(const std::map<Currency, Money> &amounts, Currency currency, qint64 cnyMillionthsPerUsd)
{
    constexpr qint64 million = 1'000'000;
    Money sum{0, currency};
    for (const auto &[own, amount] : amounts) {
        if (own == currency) {
            sum.minor += amount.minor;
            continue;
        }
        // amount * over / under, in two steps so that no product overflows.
        const qint64 over = currency == Currency::Cny ? cnyMillionthsPerUsd : million;
        const qint64 under = currency == Currency::Cny ? million : cnyMillionthsPerUsd;
        sum.minor +=
            amount.minor / under * over + (amount.minor % under * over + under / 2) / under;
    }
    return sum;
}

} // namespace core::cost
