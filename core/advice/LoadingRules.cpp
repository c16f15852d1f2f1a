// SPDX-License-Identifier: GPL-3.0-or-later
// Why a GPU waits: the loader, too few cores, too few workers, a slow disk. One cause is said at a
// time: each rule leaves to the others what is theirs.
#include "core/advice/RuleParts.h"

#include <QRegularExpression>

#include <algorithm>

namespace core::advice {

using metrics::ProcessInfo;
using metrics::Sample;
using probe::DiskInfo;
using probe::GpuInfo;

namespace {

struct Load
{
    int gpu = 0;
    Window window;
    double mean = 0;
};

struct Loads
{
    std::vector<Load> known;
    bool complete = true; ///< every GPU is known

    [[nodiscard]] const Load *busiest() const
    {
        const auto it =
            std::max_element(known.begin(), known.end(),
                             [](const auto &a, const auto &b) { return a.mean < b.mean; });
        return it == known.end() ? nullptr : &*it;
    }
};

Loads loadsOf(const Scene &scene, TimeMs length)
{
    Loads loads;
    for (const GpuInfo *gpu : wholeGpus(scene)) {
        const auto window =
            Window::of(scene.series.find(Quantity::GpuUtil, *gpu->index), scene.now, length);
        if (window)
            loads.known.push_back({*gpu->index, *window, window->mean()});
        else
            loads.complete = false;
    }
    return loads;
}

/// Work that goes on all the time, if slowly.
bool isWork(const Window &window)
{
    return window.mean() >= workPercent && window.longestAtMost(pausePercent) < longestPause;
}

/// The saw of a loader that can't keep up: up and down, and never high.
bool isSaw(const Window &window, bool holds)
{
    return window.size() >= std::size_t(fewestPoints) &&
           window.quantile(peakShare) < pick(holds, peakBegin, peakStay) &&
           window.quantile(0.9) - window.quantile(0.1) >= pick(holds, swingBegin, swingStay) &&
           window.halfSwings() >= pick(holds, swingsBegin, swingsStay) && isWork(window);
}

LoadingFacts factsOf(const Window &gpu, const std::optional<CpuUse> &cpu)
{
    LoadingFacts facts;
    facts.gpuMeanPercent = gpu.mean();
    facts.gpuPeakPercent = gpu.quantile(peakShare);
    if (cpu) {
        facts.cpuUsedCores = cpu->used;
        facts.cpuLimitCores = cpu->limit;
    }
    facts.workers = workersFor(facts.cpuLimitCores);
    return facts;
}

/// True when the CPU has no room for more workers.
bool isCpuShort(const std::optional<CpuUse> &cpu, bool holds)
{
    return cpu && cpu->share().value_or(0) >= pick(holds, loadingCpuBegin, loadingCpuStay);
}

/// It hardly works, but somebody who has it open uses it now and then.
bool isHeldAndUsed(const Scene &scene, const Window &window)
{
    const auto &processes = scene.sample().processes;
    return window.max() > unusedBlipPercent &&
           std::any_of(processes.begin(), processes.end(),
                       [](const ProcessInfo &process) { return process.holdsGpu; });
}

/// One process has several GPUs that together do the work of one: layers of one model lie on each,
/// and they take turns. No loader helps that.
bool takeTurns(const Scene &scene)
{
    const Sample &now = scene.sample();
    const auto samples = lastSamples(scene, loadingWindow);
    if (now.gpus.size() < 2 || samples.empty() ||
        std::count_if(now.processes.begin(), now.processes.end(),
                      [](const ProcessInfo &process) { return process.holdsGpu; }) != 1)
        return false;
    const auto turns =
        std::count_if(samples.begin(), samples.end(), [](const metrics::SamplePtr &sample) {
            double sum = 0;
            for (const GpuInfo &gpu : sample->gpus)
                sum += gpu.utilPercent.value_or(0);
            return sum >= turnsLeast && sum <= turnsMost;
        });
    return double(turns) >= turnsShare * double(samples.size());
}

bool waitsForDisk(const Scene &scene, bool holds)
{
    const auto reads = slowReads(scene, loadingWindow);
    return reads && reads->share >= pick(holds, slowDiskShareStay, slowDiskShareBegin);
}

} // namespace

bool onlyServes(const Scene &scene)
{
    static const QRegularExpression servers(
        QStringLiteral("vllm|sglang|lmdeploy|ollama|llama-server|llama\\.cpp|tritonserver|"
                       "text-generation|comfyui|webui|gradio|streamlit|uvicorn|gunicorn|"
                       "llama_cpp\\.server|llamafactory-cli (api|webchat)|"
                       "torchserve|xinference|fastchat|\\b(serve|server|api|app)\\.py\\b|"
                       " serve\\b| --(port|listen)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    bool serves = false;
    for (const ProcessInfo &process : scene.sample().processes) {
        if (!process.holdsGpu)
            continue;
        if (!servers.match(process.command).hasMatch())
            return false;
        serves = true;
    }
    return serves;
}

Judgement dataLoading(const Scene &scene, bool holds)
{
    constexpr FindingKind kind = FindingKind::DataLoading;
    const Loads loads = loadsOf(scene, loadingWindow);
    std::vector<Evidence> evidence;
    std::vector<int> gpus;
    const Load *worst = nullptr;
    for (const Load &load : loads.known) {
        if (load.mean >= fedGpu)
            return judgement(kind, Verdict::No);
        if (!isSaw(load.window, holds))
            continue;
        gpus.push_back(load.gpu);
        evidence.push_back(load.window.evidence(Quantity::GpuUtil, load.gpu, 100));
        if (!worst || load.mean < worst->mean)
            worst = &load;
    }
    if (!worst)
        return judgement(kind,
                         loads.complete && !loads.known.empty() ? Verdict::No : Verdict::Unknown);
    const auto cpu = cpuBetween(scene, worst->window.from(), worst->window.to());
    if (isCpuShort(cpu, holds) || waitsForDisk(scene, holds) || onlyServes(scene) ||
        takeTurns(scene))
        return judgement(kind, Verdict::No);
    if (cpu)
        evidence.push_back(cpu->evidence());
    return yes(kind, std::move(evidence), factsOf(worst->window, cpu), std::move(gpus));
}

Judgement cpuBound(const Scene &scene, bool holds)
{
    constexpr FindingKind kind = FindingKind::CpuBound;
    const Loads loads = loadsOf(scene, loadingWindow);
    const Load *busiest = loads.busiest();
    if (!busiest || !loads.complete)
        return judgement(kind, Verdict::Unknown);
    const auto cpu = cpuBetween(scene, busiest->window.from(), busiest->window.to());
    if (!cpu || !cpu->limit)
        return judgement(kind, Verdict::Unknown);
    const double share = pick(holds, boundBegin, boundStay);
    // Busy all the time, not now and then; and a GPU that works and waits.
    if (*cpu->share() < share || cpu->window.quantile(0.1) / 100 < share * *cpu->limit * 0.85 ||
        busiest->mean >= pick(holds, boundGpuBegin, boundGpuStay) ||
        (busiest->mean < workPercent && !isHeldAndUsed(scene, busiest->window)) ||
        (!holds && busiest->window.longestAtMost(pausePercent) > boundPause))
        return judgement(kind, Verdict::No);
    std::vector<int> gpus;
    std::vector<Evidence> evidence{cpu->evidence()};
    for (const Load &load : loads.known) {
        gpus.push_back(load.gpu);
        evidence.push_back(load.window.evidence(Quantity::GpuUtil, load.gpu, 100));
    }
    LoadingFacts facts = factsOf(busiest->window, cpu);
    facts.workers.reset(); // more of them would only share what there is
    return yes(kind, std::move(evidence), facts, std::move(gpus));
}

Judgement gpuStarved(const Scene &scene, bool holds)
{
    constexpr FindingKind kind = FindingKind::GpuStarved;
    const Loads loads = loadsOf(scene, starvedWindow);
    const Load *busiest = loads.busiest();
    if (!busiest || !loads.complete)
        return judgement(kind, Verdict::Unknown);
    const auto cpu = cpuBetween(scene, busiest->window.from(), busiest->window.to());
    if (!cpu || !cpu->limit)
        return judgement(kind, Verdict::Unknown);
    const auto workers = workersFor(cpu->limit);
    if (!workers || !isWork(busiest->window) ||
        busiest->mean >= pick(holds, starvedGpuBegin, starvedGpuStay) ||
        *cpu->share() >= pick(holds, starvedCpuBegin, starvedCpuStay) ||
        cpu->used < pick(holds, starvedCores, starvedCores / 2))
        return judgement(kind, Verdict::No);
    // A saw below 50 % is data loading's, and so is what has just been one.
    if (isSaw(busiest->window, !holds) || waitsForDisk(scene, holds) || onlyServes(scene) ||
        takeTurns(scene))
        return judgement(kind, Verdict::No);
    std::vector<int> gpus;
    std::vector<Evidence> evidence;
    for (const Load &load : loads.known) {
        gpus.push_back(load.gpu);
        evidence.push_back(load.window.evidence(Quantity::GpuUtil, load.gpu, 100));
    }
    evidence.push_back(cpu->evidence());
    return yes(kind, std::move(evidence), factsOf(busiest->window, cpu), std::move(gpus));
}

namespace {

const DiskInfo *diskOf(const Sample &sample, const QString &path)
{
    const DiskInfo *found = nullptr;
    for (const DiskInfo &disk : sample.disks) {
        const bool within =
            disk.mount == u"/" || path == disk.mount || path.startsWith(disk.mount + u'/');
        if (within && (!found || disk.mount.size() > found->mount.size()))
            found = &disk;
    }
    return found;
}

const DiskInfo *dataDisk(const Sample &sample)
{
    for (const DiskInfo &disk : sample.disks) {
        if (disk.role == probe::DiskRole::Data)
            return &disk;
    }
    return nullptr;
}

/// Over the network, or the system's own disk where the provider has a faster one for data.
bool isSlow(const DiskInfo &disk, const Sample &sample)
{
    switch (disk.role) {
    case probe::DiskRole::Data: return false;
    case probe::DiskRole::Shared:
    case probe::DiskRole::Public: return true;
    case probe::DiskRole::System: return dataDisk(sample) != nullptr;
    case probe::DiskRole::Other: break;
    }
    const QString type = disk.fstype.value_or(QString());
    return type.startsWith(u"nfs") || type.startsWith(u"fuse.") || type == u"cifs" ||
           type == u"smb3" || type == u"9p";
}

/// Programs and their libraries are no data, wherever they lie.
bool isProgram(const QString &path)
{
    static const QRegularExpression parts(
        QStringLiteral("/(mini|ana)conda[^/]*/|/site-packages/|/envs/|/\\.venv/|/\\.vscode|"
                       "\\.(py|pyc|so|sh|log|ipynb|json|yaml|yml|txt|md)$|\\.so\\.[0-9.]+$|"
                       " \\(deleted\\)$"));
    return parts.match(path).hasMatch();
}

struct SlowRead
{
    const DiskInfo *disk = nullptr;
    QString file;
};

/// Has the GPU, or loads for one that has: forked with its command line, or spawned.
bool computes(const ProcessInfo &process, const Sample &sample)
{
    static const QRegularExpression viewers(
        QStringLiteral("tensorboard|jupyter|ipykernel|visdom|wandb|mlflow"));
    if (viewers.match(process.command).hasMatch())
        return false;
    return process.holdsGpu || process.command.contains(u"multiprocessing") ||
           std::any_of(sample.processes.begin(), sample.processes.end(),
                       [&](const ProcessInfo &other) {
                           return other.holdsGpu && other.command == process.command;
                       });
}

std::optional<SlowRead> slowReadIn(const Sample &sample)
{
    for (const ProcessInfo &process : sample.processes) {
        if (process.reads.isEmpty() || !computes(process, sample))
            continue;
        for (const QString &file : process.reads) {
            const DiskInfo *disk = isProgram(file) ? nullptr : diskOf(sample, file);
            if (disk && isSlow(*disk, sample))
                return SlowRead{disk, file};
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<SlowReads> slowReads(const Scene &scene, TimeMs length)
{
    const auto samples = lastSamples(scene, length);
    if (samples.empty())
        return std::nullopt;
    int listed = 0;
    int slow = 0;
    QString mount;
    SlowReads reads;
    for (const metrics::SamplePtr &sample : samples) {
        listed += sample->processes.empty() ? 0 : 1;
        if (const auto read = slowReadIn(*sample)) {
            ++slow;
            mount = read->disk->mount;
            reads.file = read->file;
        }
    }
    if (listed * 2 < int(samples.size()))
        return std::nullopt;
    reads.share = double(slow) / listed;
    for (const DiskInfo &disk : scene.sample().disks) {
        if (slow > 0 && disk.mount == mount)
            reads.disk = &disk;
    }
    return reads;
}

Judgement slowDisk(const Scene &scene, bool holds)
{
    constexpr FindingKind kind = FindingKind::SlowDisk;
    const Loads loads = loadsOf(scene, loadingWindow);
    const Load *busiest = loads.busiest();
    const auto reads = slowReads(scene, loadingWindow);
    if (!busiest || !loads.complete || !reads)
        return judgement(kind, Verdict::Unknown);
    const auto cpu = cpuBetween(scene, busiest->window.from(), busiest->window.to());
    if (!reads->disk || reads->share < pick(holds, slowDiskShareBegin, slowDiskShareStay) ||
        busiest->mean >= pick(holds, slowDiskGpu, slowDiskGpu + 10) ||
        busiest->mean < workPercent || isCpuShort(cpu, holds))
        return judgement(kind, Verdict::No);
    SlowDiskFacts facts;
    facts.mount = reads->disk->mount;
    facts.role = reads->disk->role;
    facts.fstype = reads->disk->fstype;
    facts.file = reads->file;
    facts.gpuMeanPercent = busiest->mean;
    if (const DiskInfo *faster = dataDisk(scene.sample()))
        facts.fasterMount = faster->mount;
    std::vector<int> gpus;
    std::vector<Evidence> evidence;
    for (const Load &load : loads.known) {
        gpus.push_back(load.gpu);
        evidence.push_back(load.window.evidence(Quantity::GpuUtil, load.gpu, 100));
    }
    return yes(kind, std::move(evidence), facts, std::move(gpus));
}

} // namespace core::advice
