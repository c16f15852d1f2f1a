// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/Rules.h"
#include "core/advice/Thresholds.h"
#include "core/advice/Window.h"

/// Shared by the files of rules only.
namespace core::advice {

[[nodiscard]] TimeMs timeOf(const metrics::Sample &sample);

/// One threshold of the two, by whether the finding holds already.
template <typename T>
[[nodiscard]] T pick(bool holds, T begin, T stay)
{
    return holds ? stay : begin;
}

[[nodiscard]] Judgement judgement(FindingKind kind, Verdict verdict,
                                  const QString &subject = QString());
/// "Yes", with the evidence; since and seen are taken from it.
[[nodiscard]] Judgement yes(FindingKind kind, std::vector<Evidence> evidence, FindingFacts facts,
                            std::vector<int> gpus = {}, const QString &subject = QString());

/// The GPUs of the newest sample that have an index, without those cut into MIG slices.
[[nodiscard]] std::vector<const probe::GpuInfo *> wholeGpus(const Scene &scene);

/// The samples of the last \a length, oldest first; empty when they don't reach back so far or have
/// a gap of more than \a length / 2 between two.
[[nodiscard]] std::span<const metrics::SamplePtr> lastSamples(const Scene &scene, TimeMs length);

/// CPU used and its limit between two times, in cores.
struct CpuUse
{
    double used = 0;
    std::optional<double> limit;
    Window window;

    [[nodiscard]] std::optional<double> share() const
    {
        return limit ? std::optional(used / *limit) : std::nullopt;
    }
    [[nodiscard]] Evidence evidence() const;
};
[[nodiscard]] std::optional<CpuUse> cpuBetween(const Scene &scene, TimeMs from, TimeMs to);

// GpuRules.cpp
[[nodiscard]] Judgement gpuUnused(const Scene &scene, bool holds);
[[nodiscard]] Judgement gpuMemoryFull(const Scene &scene, bool holds);
[[nodiscard]] Judgement throttled(const Scene &scene, FindingKind kind, bool holds);
[[nodiscard]] Judgement idle(const Scene &scene, bool holds);

// LoadingRules.cpp
[[nodiscard]] Judgement dataLoading(const Scene &scene, bool holds);
[[nodiscard]] Judgement cpuBound(const Scene &scene, bool holds);
[[nodiscard]] Judgement gpuStarved(const Scene &scene, bool holds);
[[nodiscard]] Judgement slowDisk(const Scene &scene, bool holds);

/// The share of the last samples in which a process that computes had files of a slow disk open;
/// nothing when too few are known.
struct SlowReads
{
    double share = 0;
    const probe::DiskInfo *disk = nullptr; ///< of the newest sample; null for a share of 0
    QString file;
};
[[nodiscard]] std::optional<SlowReads> slowReads(const Scene &scene, TimeMs length);
/// True when all processes that hold a GPU answer requests: their pauses are nobody's fault.
[[nodiscard]] bool onlyServes(const Scene &scene);

// ShareRules.cpp
[[nodiscard]] Judgement memoryFull(const Scene &scene, bool holds);
[[nodiscard]] Judgement outOfMemory(const Scene &scene);
[[nodiscard]] Judgement diskFull(const Scene &scene, FindingKind kind, const QString &mount,
                                 bool holds);

} // namespace core::advice
