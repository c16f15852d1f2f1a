// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/SyntheticInstance.h"

#include <algorithm>
#include <cmath>

namespace synthetic {

using core::metrics::ProcessInfo;
using core::metrics::Sample;
using core::metrics::TimeMs;
using core::probe::DiskInfo;
using core::probe::DiskRole;
using core::probe::GpuInfo;

namespace {

constexpr qint64 gib = 1024LL * 1024 * 1024;

/// Between 0 and 1, the same for the same \a n.
double noise(qint64 n)
{
    const double x = std::sin(double(n % 100003) * 12.9898) * 43758.5453;
    return x - std::floor(x);
}

GpuInfo gpuAt(TimeMs time, int index)
{
    const double s = double(time / 1000 % 86400);
    GpuInfo gpu;
    gpu.index = index;
    gpu.name = QStringLiteral("NVIDIA GeForce RTX 4090");
    gpu.uuid = QStringLiteral("GPU-00000000-0000-0000-0000-00000000000%1").arg(index);
    gpu.busId = QStringLiteral("00000000:%1:00.0").arg(index * 16 + 1, 2, 16, QLatin1Char('0'));
    const bool idle = index == 1;
    // An epoch of 90 s with a dip while the data loader catches up.
    const double epoch = std::fmod(s + index * 11, 90.0);
    const double busy = epoch < 8 ? 20 + 50 * noise(qint64(s) + index)
                                  : 88 + 10 * noise(qint64(s) * 3 + index) - index * 3;
    gpu.utilPercent = idle ? 0.0 : std::round(std::clamp(busy, 0.0, 100.0));
    gpu.memTotalMib = 24564;
    gpu.memUsedMib =
        idle ? 18432 : 18700 + qint64(600 * noise(qint64(s) / 60 + index)) - index * 900;
    gpu.tempC = idle ? 38.0 : std::round(62 + 4 * std::sin(s / 120 + index) + index % 3);
    gpu.powerLimitW = 450;
    gpu.powerW = idle ? 71.0 : 110 + *gpu.utilPercent * 3.0 + 8 * noise(qint64(s) + 7 * index);
    gpu.fanPercent = idle ? 30 : 55;
    gpu.smClockMhz = idle ? 210 : 2520;
    gpu.mig = false;
    gpu.processes.push_back(
        {qint64(98000 + index * 17), std::nullopt, gpu.memUsedMib, QStringLiteral("C")});
    return gpu;
}

DiskInfo disk(const char *mount, DiskRole role, double usedGib, double totalGib, qint64 files,
              qint64 filesTotal)
{
    DiskInfo info;
    info.mount = QString::fromLatin1(mount);
    info.role = role;
    info.source = role == DiskRole::System ? QStringLiteral("overlay") : QStringLiteral("/dev/md0");
    info.fstype = role == DiskRole::System ? QStringLiteral("overlay") : QStringLiteral("xfs");
    info.totalBytes = qint64(totalGib * double(gib));
    info.usedBytes = qint64(usedGib * double(gib));
    info.availableBytes = *info.totalBytes - *info.usedBytes;
    info.inodesTotal = filesTotal;
    info.inodesUsed = files;
    return info;
}

std::vector<DiskInfo> disks(bool tight)
{
    std::vector<DiskInfo> list{
        disk("/", DiskRole::System, tight ? 29.4 : 12.1, 30, 214'031, 15'728'640),
        disk("/root/autodl-tmp", DiskRole::Data, 31, 50, 40'212, 26'214'400),
        disk("/root/autodl-fs", DiskRole::Shared, 0.6, 200, tight ? 198'700 : 580, 200'000)};
    list.push_back(disk("/root/autodl-pub", DiskRole::Public, 900, 1500, 0, 0));
    list.back().inodesTotal.reset();
    list.back().inodesUsed.reset();
    return list;
}

std::vector<ProcessInfo> processes(int gpus)
{
    std::vector<ProcessInfo> list;
    for (int g = 0; g < gpus; ++g) {
        list.push_back(
            {1842 + g * 13,
             QStringLiteral("root"),
             97.0 + g * 14,
             qint64(6.2 * double(gib)) - g * gib / 4,
             QStringLiteral("python train.py --config configs/resnet50_ablation.yaml --gpu %1 "
                            "--workers 8 --resume checkpoints/last.pt")
                 .arg(g),
             true,
             {}});
    }
    for (int i = 0; i < 12; ++i) {
        list.push_back({2100 + i,
                        QStringLiteral("root"),
                        14.0 - i,
                        gib - i * gib / 20,
                        QStringLiteral("python -c from multiprocessing.spawn import spawn_main"),
                        false,
                        {}});
    }
    list.push_back({1,
                    QStringLiteral("root"),
                    0.0,
                    3 * 1024 * 1024,
                    QStringLiteral("bash /init/boot/boot.sh"),
                    false,
                    {}});
    list.push_back({77,
                    QStringLiteral("root"),
                    std::nullopt,
                    std::nullopt,
                    QStringLiteral("supervisord -n"),
                    false,
                    {}});
    return list;
}

void makeUnknown(Sample &sample)
{
    const auto time = sample.time;
    sample = Sample();
    sample.time = time;
    sample.host.hostname = QStringLiteral("gpu-box");
    sample.mode = core::metrics::Mode::Unknown;
}

} // namespace

Sample sampleAt(TimeMs time, int gpus, Look look)
{
    const double s = double(time / 1000 % 86400);
    Sample sample;
    sample.time = std::chrono::system_clock::time_point(std::chrono::milliseconds(time));
    sample.host.hostname = QStringLiteral("autodl-container-c2f911beee-5e2fb3a1");
    sample.host.kernel = QStringLiteral("5.15.0-113-generic");
    sample.host.uptimeSeconds = 11520 + (time - endOfTime) / 1000;
    sample.host.os.prettyName = QStringLiteral("Ubuntu 22.04.4 LTS");
    sample.mode = core::metrics::Mode::Gpu;
    sample.driver = QStringLiteral("550.90.07");
    sample.cuda = QStringLiteral("12.4");
    for (int g = 0; g < gpus; ++g)
        sample.gpus.push_back(gpuAt(time, g));
    sample.cpu.source = core::metrics::Source::Cgroup2;
    sample.cpu.limitCores = 16;
    sample.cpu.usedCores = 3.4 + 0.8 * std::sin(s / 14) + 1.5 * noise(qint64(s));
    sample.memory.source = core::metrics::Source::Cgroup2;
    sample.memory.limitBytes = 120 * gib;
    sample.memory.usedBytes = qint64((18.2 + 0.6 * std::sin(s / 200)) * double(gib));
    sample.network.rxBytesPerSecond = 1.1e7 + 6e6 * noise(qint64(s));
    sample.network.txBytesPerSecond = 8e5 + 4e5 * noise(qint64(s) + 5);
    sample.disks = disks(look == Look::Tight);
    sample.processes = processes(gpus);
    switch (look) {
    case Look::Training: break;
    case Look::NoGpu:
        sample.mode = core::metrics::Mode::NoGpu;
        sample.gpus.clear();
        sample.smiError = core::probe::SmiError{core::probe::SmiFailure::NoDevices,
                                                QStringLiteral("No devices were found")};
        sample.cpu.limitCores = 0.5;
        sample.cpu.usedCores = 0.11 + 0.1 * noise(qint64(s));
        sample.memory.limitBytes = 2 * gib;
        sample.memory.usedBytes = qint64(0.62 * double(gib));
        sample.processes = processes(0);
        break;
    case Look::SmiError:
        sample.gpus.clear();
        sample.mode = core::metrics::Mode::Unknown;
        sample.smiError =
            core::probe::SmiError{core::probe::SmiFailure::NvmlError,
                                  QStringLiteral("Failed to initialize NVML: Unknown Error")};
        break;
    case Look::NoFigures: makeUnknown(sample); break;
    case Look::Tight: sample.memory.usedBytes = qint64(115.6 * double(gib)); break;
    }
    return sample;
}

void fill(core::metrics::SeriesSet &set, int gpus, int seconds, Look look)
{
    const TimeMs start = endOfTime - TimeMs(seconds) * 1000;
    const bool breaks = look == Look::SmiError;
    for (TimeMs time = start; time <= endOfTime; time += 1000) {
        const TimeMs left = endOfTime - time;
        if (left > 240'000 && left < 420'000)
            continue;
        const bool late = left < 120'000;
        set.append(sampleAt(time, gpus, breaks && !late ? Look::Training : look));
    }
}

} // namespace synthetic
