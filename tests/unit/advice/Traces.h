// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/Advisor.h"

#include <QRandomGenerator>

#include <functional>
#include <set>

/// Made-up loads of instances with a cause that is known.
namespace traces {

using core::advice::FindingKind;
using core::advice::TimeMs;
using core::metrics::Sample;
using core::metrics::SamplePtr;

inline constexpr TimeMs start = 1'795'000'000'000;
using Kinds = std::set<FindingKind>;

/// What happens in one second of a load; \a sample is a healthy training run.
using Load = std::function<void(Sample &sample, int second, QRandomGenerator &random)>;

struct Cause
{
    const char *name;
    Kinds expected; ///< all that may ever be said of it
    int seconds = 900;
    int gpus = 1;
    Load load;
};
/// Every cause that there is a finding for, and many loads that only look like one.
[[nodiscard]] const std::vector<Cause> &causes();

/// A healthy training run on RTX 4090s, 16 cores, 120 GiB, with AutoDL's disks.
[[nodiscard]] Sample healthy(int gpus, int second, QRandomGenerator &random);
[[nodiscard]] double noise(QRandomGenerator &random, double size); ///< from -size to size

/// \a rough: the seconds are not even, samples get lost, figures are missing here and there.
[[nodiscard]] std::vector<SamplePtr> trace(const Cause &cause, quint32 seed, bool rough);

/// Plays samples to an Advisor and its series, as an instance would.
struct Player
{
    core::metrics::SeriesSet series;
    core::advice::Advisor advisor;
    std::vector<std::pair<TimeMs, QString>> begun; ///< every time, by key
    std::vector<std::pair<TimeMs, QString>> ended;

    explicit Player(core::advice::Options options = {});
    void play(const SamplePtr &sample);
    void play(const std::vector<SamplePtr> &samples);
    [[nodiscard]] const core::advice::Finding *find(FindingKind kind);

private:
    std::vector<core::advice::Finding> m_found;
};

/// Cards for the advice on a cheaper one: a 4090 for 1.98 is rented.
[[nodiscard]] core::advice::Options withCards();

} // namespace traces
