// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/RuleParts.h"

#include <algorithm>
#include <cmath>

namespace core::advice {

TimeMs timeOf(const metrics::Sample &sample)
{
    using std::chrono::milliseconds;
    return std::chrono::duration_cast<milliseconds>(sample.time.time_since_epoch()).count();
}

Judgement judgement(FindingKind kind, Verdict verdict, const QString &subject)
{
    Judgement result;
    result.key = findingName(kind);
    if (!subject.isEmpty())
        result.key += u':' + subject;
    result.verdict = verdict;
    result.settle = settle;
    return result;
}

Judgement yes(FindingKind kind, std::vector<Evidence> evidence, FindingFacts facts,
              std::vector<int> gpus, const QString &subject)
{
    Judgement result = judgement(kind, Verdict::Yes, subject);
    Finding &finding = result.finding;
    finding.kind = kind;
    finding.key = result.key;
    finding.evidence = std::move(evidence);
    finding.facts = std::move(facts);
    finding.gpus = std::move(gpus);
    if (!finding.evidence.empty()) {
        finding.since = finding.evidence.front().from;
        finding.seen = finding.evidence.front().to;
    }
    result.from = finding.since;
    return result;
}

std::vector<const probe::GpuInfo *> wholeGpus(const Scene &scene)
{
    std::vector<const probe::GpuInfo *> gpus;
    for (const probe::GpuInfo &gpu : scene.sample().gpus) {
        if (gpu.index && gpu.mig != true)
            gpus.push_back(&gpu);
    }
    return gpus;
}

std::span<const metrics::SamplePtr> lastSamples(const Scene &scene, TimeMs length)
{
    const auto samples = scene.samples;
    std::size_t first = samples.size() - 1;
    while (first > 0 && scene.now - timeOf(*samples[first]) < length) {
        if (timeOf(*samples[first]) - timeOf(*samples[first - 1]) > length / 2)
            return {};
        --first;
    }
    if (scene.now - timeOf(*samples[first]) < length)
        return {};
    return samples.subspan(first);
}

std::optional<CpuUse> cpuBetween(const Scene &scene, TimeMs from, TimeMs to)
{
    const auto window = Window::between(scene.series.find(Quantity::CpuPercent), from, to);
    if (!window)
        return std::nullopt;
    CpuUse use{window->mean() / 100, scene.sample().cpu.limitCores, *window};
    if (use.limit && *use.limit <= 0)
        use.limit.reset();
    return use;
}

Evidence CpuUse::evidence() const
{
    return window.evidence(Quantity::CpuPercent, 0,
                           limit ? std::optional(*limit * 100) : std::nullopt);
}

std::optional<int> workersFor(std::optional<double> cores)
{
    if (!cores || !(*cores >= 2) || *cores > 4096)
        return std::nullopt;
    const int whole = int(*cores);
    return std::max(1, whole - std::max(1, int(std::lround(whole / 8.0))));
}

std::vector<Judgement> judge(const Scene &scene, const ActiveKeys &active)
{
    const auto holds = [&](FindingKind kind, const QString &subject = QString()) {
        return active.contains(judgement(kind, Verdict::Unknown, subject).key);
    };
    std::vector<Judgement> all{
        gpuUnused(scene, holds(FindingKind::GpuUnused)),
        dataLoading(scene, holds(FindingKind::DataLoading)),
        cpuBound(scene, holds(FindingKind::CpuBound)),
        gpuStarved(scene, holds(FindingKind::GpuStarved)),
        slowDisk(scene, holds(FindingKind::SlowDisk)),
        gpuMemoryFull(scene, holds(FindingKind::GpuMemoryFull)),
        memoryFull(scene, holds(FindingKind::MemoryFull)),
        outOfMemory(scene),
        throttled(scene, FindingKind::HeatThrottled, holds(FindingKind::HeatThrottled)),
        throttled(scene, FindingKind::PowerThrottled, holds(FindingKind::PowerThrottled)),
        idle(scene, holds(FindingKind::Idle))};
    for (const probe::DiskInfo &disk : scene.sample().disks) {
        for (const FindingKind kind : {FindingKind::DiskFull, FindingKind::InodesFull})
            all.push_back(diskFull(scene, kind, disk.mount, holds(kind, disk.mount)));
    }
    return all;
}

} // namespace core::advice
