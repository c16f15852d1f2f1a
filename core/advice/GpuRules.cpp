// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/RuleParts.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace core::advice {

using metrics::ProcessInfo;
using metrics::Sample;
using probe::GpuInfo;

namespace {

/// What copies, fetches, packs and builds: it has an end.
const QRegularExpression &movers()
{
    static const QRegularExpression names(QStringLiteral(
        "^(apt(-get)?|aria2c|aws|bypy|bzip2|cargo|cc1|cc1plus|cicc|cmake|cp|curl|dd|dpkg|ffmpeg|"
        "g\\+\\+|gcc|gdown|git-lfs|gsutil|gunzip|gzip|hf|huggingface-cli|kaggle|lbzip2|ld|lftp|"
        "make|"
        "md5sum|modelscope|mv|ninja|npm|nvcc|obsutil.*|ossutil.*|par2|pigz|pip3?|ptxas|rar|rclone|"
        "rm|"
        "rsync|rustc|scp|sha256sum|tar|unrar|unzip|wget|xz|zip|zstd|7za?|7zz|"
        "compileall|ensurepip|tarfile|venv|zipfile)$"));
    return names;
}

/// What is there all the time, or may be.
const QRegularExpression &residents()
{
    static const QRegularExpression names(
        QStringLiteral("^(code-server|conda|find|git|go|java|jupyter.*|mamba|micromamba|mlflow|"
                       "node|sftp-server|ssh|"
                       "sshd:?|tensorboard|uv|wandb|http\\.server)$"));
    return names;
}

/// What makes kernels before the first step: torch.compile, Triton, extensions of one's own.
const QRegularExpression &compilers()
{
    static const QRegularExpression names(
        QStringLiteral("^(\\S*/)?(cc1|cc1plus|cicc|nvcc|ptxas|ninja)( |$)|"
                       "torch/_inductor/compile_worker"));
    return names;
}

/// The program of a command line, without its folder.
QString programOf(const QString &command)
{
    return QFileInfo(command.section(u' ', 0, 0)).fileName();
}

/// As itself, "python /root/miniconda3/bin/pip ..." or "python -m pip ...".
bool runsOneOf(const QRegularExpression &names, const QString &command)
{
    const QString script = programOf(command.section(u' ', 1, 1));
    return names.match(programOf(command)).hasMatch() || names.match(script).hasMatch() ||
           (script == u"-m" && names.match(command.section(u' ', 2, 2)).hasMatch());
}

/// No training, however busy it keeps the CPU.
bool isTool(const QString &command)
{
    return runsOneOf(movers(), command) || runsOneOf(residents(), command);
}

/// In the last minutes: a look may fall between two kernels.
bool compiles(const Scene &scene)
{
    return std::any_of(
        scene.samples.begin(), scene.samples.end(), [](const metrics::SamplePtr &sample) {
            return std::any_of(sample->processes.begin(), sample->processes.end(),
                               [](const ProcessInfo &one) {
                                   return one.cpuPercent.value_or(0) >= compilingPercent &&
                                          compilers().match(one.command).hasMatch();
                               });
        });
}

/// The process that holds a GPU; the busiest of several.
const ProcessInfo *holderIn(const Sample &sample)
{
    const ProcessInfo *found = nullptr;
    for (const ProcessInfo &process : sample.processes) {
        if (process.holdsGpu &&
            (!found || process.cpuPercent.value_or(0) > found->cpuPercent.value_or(0)))
            found = &process;
    }
    return found;
}

const ProcessInfo *busiestIn(const Sample &sample)
{
    const ProcessInfo *found = nullptr;
    for (const ProcessInfo &process : sample.processes) {
        if (process.cpuPercent && (!found || *process.cpuPercent > *found->cpuPercent))
            found = &process;
    }
    return found;
}

/// Memory that stays taken all the time, where a process is known to hold it or none can be listed.
std::optional<Window> heldMemory(const Scene &scene, const GpuInfo &gpu, TimeMs from, TimeMs to)
{
    const Sample &sample = scene.sample();
    if (!sample.processes.empty() && !holderIn(sample) && gpu.processes.empty())
        return std::nullopt;
    auto memory = Window::between(scene.series.find(Quantity::GpuMemory, *gpu.index), from, to);
    if (memory && memory->min() < heldMib)
        memory.reset();
    return memory;
}

bool isUnused(const Window &window, bool holds)
{
    if (holds)
        return window.mean() <= unusedBlipPercent;
    return window.quantile(unusedShare) <= unusedPercent && window.max() <= unusedBlipPercent;
}

/// The GPUs that do nothing, and which of them are held.
struct UnusedGpus
{
    std::vector<int> all;
    std::vector<Evidence> utilisation; ///< of all of them
    std::vector<int> held;
    std::vector<Evidence> memory; ///< utilisation and memory of the held ones
    qint64 heldMib = 0;
    bool isFilling = false; ///< one of the held ones is being loaded
    bool someUnknown = false;
    bool someUsed = false;
};

UnusedGpus unusedGpus(const Scene &scene, bool holds)
{
    UnusedGpus unused;
    for (const GpuInfo *gpu : wholeGpus(scene)) {
        const auto window =
            Window::of(scene.series.find(Quantity::GpuUtil, *gpu->index), scene.now, unusedWindow);
        if (!window) {
            unused.someUnknown = true;
            continue;
        }
        if (!isUnused(*window, holds)) {
            unused.someUsed = true;
            continue;
        }
        unused.all.push_back(*gpu->index);
        unused.utilisation.push_back(window->evidence(Quantity::GpuUtil, *gpu->index, 100));
        const auto taken = heldMemory(scene, *gpu, window->from(), window->to());
        if (!taken)
            continue;
        unused.isFilling = unused.isFilling || taken->max() - taken->min() >= fillingMib;
        unused.held.push_back(*gpu->index);
        unused.heldMib += qint64(taken->min());
        std::optional<double> total;
        if (gpu->memTotalMib)
            total = double(*gpu->memTotalMib);
        unused.memory.push_back(unused.utilisation.back());
        unused.memory.push_back(taken->evidence(Quantity::GpuMemory, *gpu->index, total));
    }
    return unused;
}

/// The GPUs of \a unused, where nothing was on them for long while another one worked.
Judgement gpusLeftOut(const Scene &scene, const UnusedGpus &unused, bool holds)
{
    constexpr FindingKind kind = FindingKind::GpuUnused;
    const TimeMs length = pick(holds, leftOutWindow, unusedWindow);
    std::vector<Evidence> evidence;
    for (const int gpu : unused.all) {
        const auto load = Window::of(scene.series.find(Quantity::GpuUtil, gpu), scene.now, length);
        const auto memory =
            Window::of(scene.series.find(Quantity::GpuMemory, gpu), scene.now, length);
        if (!load || !memory)
            return judgement(kind, Verdict::Unknown);
        if (!isUnused(*load, holds) || memory->max() >= heldMib)
            return judgement(kind, Verdict::No);
        evidence.push_back(load->evidence(Quantity::GpuUtil, gpu, 100));
    }
    for (const GpuInfo *gpu : wholeGpus(scene)) {
        if (std::find(unused.all.begin(), unused.all.end(), *gpu->index) != unused.all.end())
            continue;
        // It works now and then only: nobody knows what comes next.
        const auto load =
            Window::of(scene.series.find(Quantity::GpuUtil, *gpu->index), scene.now, length);
        if (!load || load->mean() < workPercent)
            return judgement(kind, load ? Verdict::No : Verdict::Unknown);
    }
    GpuUnusedFacts facts;
    facts.othersWork = true;
    if (const ProcessInfo *holder = holderIn(scene.sample())) {
        facts.process = holder->command;
        facts.processId = holder->pid;
    }
    return yes(kind, std::move(evidence), facts, unused.all);
}

} // namespace

Judgement gpuUnused(const Scene &scene, bool holds)
{
    constexpr FindingKind kind = FindingKind::GpuUnused;
    UnusedGpus unused = unusedGpus(scene, holds);
    if (unused.all.empty())
        return judgement(kind,
                         unused.someUsed && !unused.someUnknown ? Verdict::No : Verdict::Unknown);
    const auto cpu =
        cpuBetween(scene, unused.utilisation.front().from, unused.utilisation.front().to);
    GpuUnusedFacts facts;
    if (cpu)
        facts.cpuCores = cpu->used;
    if (!unused.held.empty()) {
        // A server waits to be asked; what is loaded or compiled has not begun.
        if (unused.isFilling || onlyServes(scene) || compiles(scene))
            return judgement(kind, Verdict::No);
        facts.holdsMemory = true;
        facts.heldMib = unused.heldMib;
        if (const ProcessInfo *holder = holderIn(scene.sample())) {
            facts.process = holder->command;
            facts.processId = holder->pid;
        }
        return yes(kind, std::move(unused.memory), facts, std::move(unused.held));
    }
    // Work of the CPU is this finding's only where no GPU does anything.
    if (unused.someUsed)
        return unused.someUnknown ? judgement(kind, Verdict::No)
                                  : gpusLeftOut(scene, unused, holds);
    if (unused.someUnknown || !cpu)
        return judgement(kind, Verdict::Unknown);
    const ProcessInfo *busiest = busiestIn(scene.sample());
    const auto fetched =
        Window::between(scene.series.find(Quantity::NetRx), unused.utilisation.front().from,
                        unused.utilisation.front().to);
    if (cpu->used < pick(holds, workingCores, workingCores / 2) ||
        (busiest && isTool(busiest->command)) ||
        (fetched && fetched->mean() >= fetchingBytesPerSecond))
        return judgement(kind, Verdict::No);
    if (busiest) {
        facts.process = busiest->command;
        facts.processId = busiest->pid;
    }
    unused.utilisation.push_back(cpu->evidence());
    return yes(kind, std::move(unused.utilisation), facts, std::move(unused.all));
}

Judgement gpuMemoryFull(const Scene &scene, bool holds)
{
    constexpr FindingKind kind = FindingKind::GpuMemoryFull;
    if (onlyServes(scene)) // it takes all there is on purpose
        return judgement(kind, Verdict::No);
    Verdict otherwise = Verdict::Unknown;
    FillFacts facts;
    std::vector<Evidence> evidence;
    std::vector<int> full;
    for (const GpuInfo *gpu : wholeGpus(scene)) {
        const auto window =
            Window::of(scene.series.find(Quantity::GpuMemory, *gpu->index), scene.now, fillWindow);
        if (!window || gpu->memTotalMib.value_or(0) <= 0)
            continue;
        otherwise = Verdict::No;
        const auto total = double(*gpu->memTotalMib);
        const bool isFull = holds ? window->mean() > gpuMemoryStay * total
                                  : window->quantile(0.1) > gpuMemoryBegin * total;
        if (!isFull)
            continue;
        full.push_back(*gpu->index);
        evidence.push_back(window->evidence(Quantity::GpuMemory, *gpu->index, total));
        if (facts.limit <= 0 || window->max() / total > facts.used / facts.limit) {
            facts.used = window->max();
            facts.limit = total;
        }
    }
    if (full.empty())
        return judgement(kind, otherwise);
    return yes(kind, std::move(evidence), facts, std::move(full));
}

namespace {

/// Whether heat holds the clocks down; nothing when the driver tells neither.
std::optional<bool> isHot(const GpuInfo &gpu)
{
    const bool atThreshold =
        gpu.tempC && *gpu.tempC >= gpu.slowdownTempC.value_or(hotWithoutThreshold);
    if (gpu.throttle)
        return gpu.throttle->heat || (gpu.slowdownTempC && atThreshold) ||
               (gpu.throttle->hardware && !gpu.throttle->powerBrake && atThreshold);
    return gpu.tempC ? std::optional(atThreshold) : std::nullopt;
}

/// Whether the lack of power costs more than is ordinary for a card under full load.
std::optional<bool> isShortOfPower(const GpuInfo &gpu)
{
    if (!gpu.throttle)
        return std::nullopt;
    if (gpu.throttle->powerBrake)
        return true;
    const bool lowered = gpu.powerLimitW && gpu.powerLimitDefaultW &&
                         *gpu.powerLimitW <= loweredLimit * *gpu.powerLimitDefaultW;
    const bool slow = gpu.smClockMhz && gpu.smClockMaxMhz && *gpu.smClockMaxMhz > 0 &&
                      *gpu.smClockMhz < cappedClock * *gpu.smClockMaxMhz;
    return gpu.throttle->powerCap && (lowered || slow);
}

const GpuInfo *gpuOf(const Sample &sample, int index)
{
    for (const GpuInfo &gpu : sample.gpus) {
        if (gpu.index == index)
            return &gpu;
    }
    return nullptr;
}

} // namespace

Judgement throttled(const Scene &scene, FindingKind kind, bool holds)
{
    const bool heat = kind == FindingKind::HeatThrottled;
    const auto samples = lastSamples(scene, throttleWindow);
    Verdict otherwise = Verdict::Unknown;
    std::vector<Evidence> evidence;
    std::vector<int> gpus;
    ThrottleFacts facts;
    for (const GpuInfo *gpu : wholeGpus(scene)) {
        const auto load = Window::of(scene.series.find(Quantity::GpuUtil, *gpu->index), scene.now,
                                     throttleWindow);
        int known = 0;
        int down = 0;
        for (const metrics::SamplePtr &sample : samples) {
            const GpuInfo *then = gpuOf(*sample, *gpu->index);
            const auto held = !then ? std::nullopt : heat ? isHot(*then) : isShortOfPower(*then);
            known += held ? 1 : 0;
            down += held.value_or(false) ? 1 : 0;
        }
        if (!load || known * 2 < int(samples.size()) || samples.empty())
            continue;
        otherwise = Verdict::No;
        const double share = double(down) / known;
        if (load->mean() < throttleBusyPercent ||
            share < pick(holds, throttleShareBegin, throttleShareStay))
            continue;
        gpus.push_back(*gpu->index);
        evidence.push_back(load->evidence(Quantity::GpuUtil, *gpu->index, 100));
        const Quantity quantity = heat ? Quantity::GpuTemp : Quantity::GpuPower;
        if (const auto cause =
                Window::between(scene.series.find(quantity, *gpu->index), load->from(), load->to()))
            evidence.push_back(cause->evidence(quantity, *gpu->index,
                                               heat ? gpu->slowdownTempC : gpu->powerLimitW));
        if (gpus.size() == 1)
            facts = {gpu->tempC,
                     gpu->slowdownTempC,
                     gpu->powerW,
                     gpu->powerLimitW,
                     gpu->powerLimitDefaultW,
                     gpu->smClockMhz,
                     gpu->smClockMaxMhz,
                     gpu->throttle && gpu->throttle->powerBrake};
    }
    if (gpus.empty())
        return judgement(kind, otherwise);
    return yes(kind, std::move(evidence), facts, std::move(gpus));
}

namespace {

struct IdleWindows
{
    std::vector<Evidence> evidence;
    bool idle = true;
};

/// Nothing when a figure that would show work is unknown: what can't be read counts as busy.
std::optional<IdleWindows> idleWindows(const Scene &scene, TimeMs length, bool holds)
{
    IdleWindows result;
    const auto look = [&](Quantity quantity, int gpu, double limit) {
        const auto window = Window::of(scene.series.find(quantity, gpu), scene.now, length);
        if (!window)
            return false;
        if ((holds ? window->mean() : window->quantile(idleShare)) > limit)
            result.idle = false;
        result.evidence.push_back(window->evidence(quantity, gpu));
        return true;
    };
    if (scene.sample().mode == metrics::Mode::Gpu) {
        for (const GpuInfo &gpu : scene.sample().gpus) {
            if (!gpu.index || !look(Quantity::GpuUtil, *gpu.index, idleGpuPercent))
                return std::nullopt;
        }
    } else if (scene.sample().mode != metrics::Mode::NoGpu) {
        return std::nullopt;
    }
    const double bytes = pick(holds, idleBytesPerSecond, idleBytesPerSecondStay);
    // Some servers ask for work all the time, with a whole core: that is none.
    const double cores = onlyServes(scene) ? scene.sample().cpu.limitCores.value_or(idleCores)
                                           : pick(holds, idleCores, idleCoresStay);
    if (!look(Quantity::CpuPercent, 0, 100 * cores) || !look(Quantity::NetRx, 0, bytes) ||
        !look(Quantity::NetTx, 0, bytes))
        return std::nullopt;
    // Not every container is told what its disks do; then at least what is known to use them.
    if (scene.sample().diskBytesPerSecond &&
        !look(Quantity::DiskIo, 0, pick(holds, idleDiskBytesPerSecond, 3 * idleDiskBytesPerSecond)))
        return std::nullopt;
    const auto isMoving = [](const metrics::SamplePtr &sample) {
        return std::any_of(sample->processes.begin(), sample->processes.end(),
                           [](const ProcessInfo &one) { return runsOneOf(movers(), one.command); });
    };
    result.idle = result.idle && std::none_of(scene.samples.begin(), scene.samples.end(), isMoving);
    return result;
}

} // namespace

Judgement idle(const Scene &scene, bool holds)
{
    constexpr FindingKind kind = FindingKind::Idle;
    const TimeMs length = std::max(scene.options.idleAfter, idleStayWindow);
    auto windows = idleWindows(scene, holds ? idleStayWindow : length, holds);
    if (!windows)
        return judgement(kind, Verdict::Unknown);
    if (!windows->idle)
        return judgement(kind, Verdict::No);
    IdleFacts facts;
    facts.minutes = int(length / minute);
    facts.noGpuMode = scene.sample().mode == metrics::Mode::NoGpu;
    std::vector<int> gpus;
    for (const GpuInfo &gpu : scene.sample().gpus) {
        if (gpu.index)
            gpus.push_back(*gpu.index);
        if (gpu.memUsedMib.value_or(0) >= qint64(heldMib))
            facts.heldMib = facts.heldMib.value_or(0) + *gpu.memUsedMib;
    }
    return yes(kind, std::move(windows->evidence), facts, std::move(gpus));
}

} // namespace core::advice
