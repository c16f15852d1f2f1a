// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/Finding.h"
#include "core/metrics/Sample.h"

#include <QSet>

#include <span>

/// The rules: pure functions over what was measured. Each says yes, no, or that too little is
/// known; unknown figures and gaps never count as 0. docs/architecture.md has the table of causes.
namespace core::advice {

/// What the advice needs to know of a card; the caller takes it from its table of prices.
struct CardFacts
{
    QString name;
    double memoryMib = 0;
    double speed = 0;       ///< in any unit, the same for all cards
    HourlyRate perHour;     ///< for one GPU
    QString priceSeen = {}; ///< when, "2026-08"; "" = not known
};

struct Options
{
    TimeMs idleAfter = 10 * 60'000;
    std::optional<CardFacts> card; ///< what is rented; absent: nothing is said of cheaper ones
    std::vector<CardFacts> otherCards;
};

/// What the rules look at.
struct Scene
{
    const metrics::SeriesSet &series;
    /// Of the last minutes, oldest first, some seconds apart; never empty.
    std::span<const metrics::SamplePtr> samples;
    TimeMs now = 0; ///< of the newest sample
    const Options &options;

    [[nodiscard]] const metrics::Sample &sample() const { return *samples.back(); }
};

enum class Verdict { No, Yes, Unknown };

struct Judgement
{
    QString key;
    Verdict verdict = Verdict::Unknown;
    TimeMs settle = 0; ///< ends after "no" for so long
    TimeMs from = 0;   ///< with Yes: the oldest figure that it needed
    Finding finding;   ///< with Yes
};

/// The keys of findings that hold now: for them the easier thresholds apply.
using ActiveKeys = QSet<QString>;

/// All rules that look at minutes; a judgement for each thing that could be wrong.
[[nodiscard]] std::vector<Judgement> judge(const Scene &scene, const ActiveKeys &active);
/// The rule that looks at hours, and reads a day of the series.
[[nodiscard]] Judgement judgeCard(const Scene &scene, const ActiveKeys &active);

/// A good number of workers for a data loader: slightly fewer than the cores of the share, which
/// leaves some for the training process and the system. 5 gives 4, 12 gives 10, 64 gives 56.
/// Nothing below two cores.
[[nodiscard]] std::optional<int> workersFor(std::optional<double> cores);

} // namespace core::advice
