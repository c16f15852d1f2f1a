// SPDX-License-Identifier: GPL-3.0-or-later
// What the share runs out of: memory, disks, inodes.
#include "core/advice/RuleParts.h"

#include <algorithm>

namespace core::advice {

using metrics::Sample;
using probe::DiskInfo;

namespace {

bool isNoGpuMode(const Scene &scene)
{
    return scene.sample().mode == metrics::Mode::NoGpu;
}

/// The least that the page cache took of the memory all the time; nobody is killed for it.
double cacheIn(const Scene &scene, TimeMs length)
{
    std::optional<qint64> least;
    for (const metrics::SamplePtr &sample : lastSamples(scene, length)) {
        if (sample->memory.cacheBytes)
            least =
                std::min(*sample->memory.cacheBytes, least.value_or(*sample->memory.cacheBytes));
    }
    return double(least.value_or(0));
}

} // namespace

Judgement memoryFull(const Scene &scene, bool holds)
{
    constexpr FindingKind kind = FindingKind::MemoryFull;
    const auto window = Window::of(scene.series.find(Quantity::MemoryUsed), scene.now, fillWindow);
    const auto limit = double(scene.sample().memory.limitBytes.value_or(0));
    if (!window || limit <= 0)
        return judgement(kind, Verdict::Unknown);
    const double cache = cacheIn(scene, fillWindow);
    const bool isFull = holds ? window->mean() - cache > memoryStay * limit
                              : window->quantile(0.1) - cache > memoryBegin * limit;
    if (!isFull)
        return judgement(kind, Verdict::No);
    return yes(kind, {window->evidence(Quantity::MemoryUsed, 0, limit)},
               FillFacts{window->max() - cache, limit, isNoGpuMode(scene)});
}

Judgement outOfMemory(const Scene &scene)
{
    constexpr FindingKind kind = FindingKind::OutOfMemory;
    // The oldest may be from before a gap: the counter tells of that time too.
    const Sample *before = nullptr;
    OutOfMemoryFacts facts;
    bool known = false;
    for (const metrics::SamplePtr &sample : scene.samples) {
        if (!sample->memory.oomKills)
            continue;
        if (before) {
            known = true;
            // A younger container has a counter of its own.
            const bool same =
                before->host.hostname == sample->host.hostname &&
                before->host.uptimeSeconds.value_or(0) <= sample->host.uptimeSeconds.value_or(0);
            const qint64 more = *sample->memory.oomKills - *before->memory.oomKills;
            if (same && more > 0)
                facts.kills += more;
        }
        before = sample.get();
    }
    Judgement result = judgement(kind, known ? Verdict::No : Verdict::Unknown);
    if (facts.kills > 0) {
        facts.limitBytes = scene.sample().memory.limitBytes;
        facts.noGpuMode = isNoGpuMode(scene);
        const TimeMs from = timeOf(*scene.samples.front());
        std::vector<Evidence> evidence;
        if (const auto memory =
                Window::between(scene.series.find(Quantity::MemoryUsed), from, scene.now, 0))
            evidence.push_back(memory->evidence(
                Quantity::MemoryUsed, 0,
                facts.limitBytes ? std::optional(double(*facts.limitBytes)) : std::nullopt));
        result = yes(kind, std::move(evidence), facts);
        result.finding.since = result.from = from;
        result.finding.seen = scene.now;
    }
    result.settle = outOfMemorySettle;
    return result;
}

namespace {

struct Fill
{
    qint64 used = 0;
    qint64 total = 0;
    double percent = 0;
    bool plenty = false;
};

/// As df's "Use%": root's reserve is nobody's to use.
std::optional<Fill> fillOf(const DiskInfo &disk, FindingKind kind)
{
    if (kind == FindingKind::InodesFull) {
        if (!disk.inodesUsed || disk.inodesTotal.value_or(0) <= 0)
            return std::nullopt;
        return Fill{*disk.inodesUsed, *disk.inodesTotal,
                    100.0 * double(*disk.inodesUsed) / double(*disk.inodesTotal),
                    *disk.inodesTotal - *disk.inodesUsed >= plentyFreeInodes};
    }
    if (!disk.usedBytes || disk.totalBytes.value_or(0) <= 0)
        return std::nullopt;
    const qint64 free = disk.availableBytes.value_or(*disk.totalBytes - *disk.usedBytes);
    const double usable = double(*disk.usedBytes) + double(std::max<qint64>(0, free));
    if (usable <= 0)
        return std::nullopt;
    return Fill{*disk.usedBytes, *disk.totalBytes, 100.0 * double(*disk.usedBytes) / usable,
                free >= plentyFreeBytes};
}

/// Full for good, and nobody's fault.
bool isReadOnly(const DiskInfo &disk)
{
    static const QSet<QString> types{QStringLiteral("squashfs"), QStringLiteral("iso9660"),
                                     QStringLiteral("udf"), QStringLiteral("erofs"),
                                     QStringLiteral("cramfs")};
    return disk.role == probe::DiskRole::Public || types.contains(disk.fstype.value_or(QString()));
}

/// True when another entry of the listing before it is the same file system.
bool isSeenBefore(const Sample &sample, const DiskInfo &disk)
{
    for (const DiskInfo &other : sample.disks) {
        if (&other == &disk)
            return false;
        if (disk.source && other.source == disk.source && other.fstype == disk.fstype &&
            other.totalBytes == disk.totalBytes && other.usedBytes == disk.usedBytes)
            return true;
    }
    return false;
}

const DiskInfo *diskAt(const Sample &sample, const QString &mount)
{
    for (const DiskInfo &disk : sample.disks) {
        if (disk.mount == mount)
            return &disk;
    }
    return nullptr;
}

} // namespace

Judgement diskFull(const Scene &scene, FindingKind kind, const QString &mount, bool holds)
{
    const DiskInfo *disk = diskAt(scene.sample(), mount);
    const auto samples = lastSamples(scene, diskWindow);
    if (!disk || samples.empty())
        return judgement(kind, Verdict::Unknown, mount);
    const auto now = fillOf(*disk, kind);
    if (!now)
        return judgement(kind, Verdict::Unknown, mount);
    const double threshold = pick(holds, diskBegin, diskStay);
    if (now->percent <= threshold || (now->plenty && !holds) || isReadOnly(*disk) ||
        isSeenBefore(scene.sample(), *disk))
        return judgement(kind, Verdict::No, mount);
    for (const metrics::SamplePtr &sample : samples) {
        const DiskInfo *then = diskAt(*sample, mount);
        const auto fill = then ? fillOf(*then, kind) : std::nullopt;
        if (!fill)
            return judgement(kind, Verdict::Unknown, mount);
        if (fill->percent <= threshold)
            return judgement(kind, Verdict::No, mount);
    }
    Judgement result =
        yes(kind, {}, DiskFacts{mount, disk->role, now->used, now->total, now->percent}, {}, mount);
    result.from = result.finding.since = timeOf(*samples.front());
    result.finding.seen = scene.now;
    return result;
}

} // namespace core::advice
