// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/RunMeter.h"

#include <QMap>
#include <QTimeZone>

#include <map>
#include <span>

namespace core::cost {

/// From \a from on, before \a to.
struct Period
{
    TimeMs from = 0;
    TimeMs to = 0;

    bool operator==(const Period &) const = default;
};

/// The local day, week (from Monday) or month that \a time is in. Where summer time begins or ends
/// a day has 23 or 25 hours.
[[nodiscard]] Period dayOf(TimeMs time, const QTimeZone &zone);
[[nodiscard]] Period weekOf(TimeMs time, const QTimeZone &zone);
[[nodiscard]] Period monthOf(TimeMs time, const QTimeZone &zone);
/// From the beginning of a local day.
[[nodiscard]] TimeMs startOf(QDate day, const QTimeZone &zone);

/// What a stretch of running came to.
struct Totals
{
    std::map<Currency, Money> cost;   ///< by currency; exact, then rounded once, halves up
    std::map<Currency, Money> wasted; ///< of the cost: GPUs under 5 %
    TimeMs running = 0;
    TimeMs noGpu = 0;    ///< of running: in the mode without GPU
    TimeMs unpriced = 0; ///< of running: no price is known
    TimeMs unseen = 0;   ///< of running: known afterwards only
    TimeMs idle = 0;     ///< of running: under 5 %, a GPU of several counted in part

    bool operator==(const Totals &) const = default;
};

/// All of \a amounts in \a currency, where a dollar is so many millionths of a yuan (1 or more);
/// rounded once, halves up.
[[nodiscard]] Money sumIn(const std::map<Currency, Money> &amounts, Currency currency,
                          qint64 cnyMillionthsPerUsd);

struct CostReport
{
    struct Line
    {
        QString id; ///< of the instance; for a card its name
        QString name;
        Totals totals;
        TimeMs lastSeen = 0; ///< the last moment it ran in the period
    };
    Totals all;
    std::vector<Line> instances; ///< the most expensive first, then the longest running
    std::vector<Line> cards;     ///< "" = unknown; without the time in no-GPU mode
};

/// What ran in \a period. Slices may overlap, when two programs watched: no moment of an instance
/// counts twice. \a prices: by instance id, for slices that were written before a price was known.
[[nodiscard]] CostReport costReport(std::span<const RunSlice> slices, const Period &period,
                                    const QMap<QString, Rates> &prices = {});

/// \a perHour, which must be usable, for so long (0 or more), rounded once, halves up.
[[nodiscard]] Money costOf(HourlyRate perHour, TimeMs length);

} // namespace core::cost
