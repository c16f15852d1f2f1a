// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/unit/advice/Traces.h"

#include <algorithm>
#include <cmath>

/// What loads are made of.
namespace traces {

using core::metrics::ProcessInfo;
using core::probe::DiskInfo;
using core::probe::DiskRole;
using core::probe::GpuInfo;

/// Loads that were met after the first ones.
[[nodiscard]] std::vector<Cause> moreCauses();

inline constexpr qint64 gib = qint64(1) << 30;
inline constexpr double total = 24564; // MiB of a 4090

inline DiskInfo disk(const char *mount, const char *source, const char *type, DiskRole role,
                     qint64 size, double percent, qint64 inodes = 0, double inodePercent = 0)
{
    DiskInfo d;
    d.mount = QString::fromLatin1(mount);
    d.source = QString::fromLatin1(source);
    d.fstype = QString::fromLatin1(type);
    d.role = role;
    d.totalBytes = size;
    d.usedBytes = qint64(double(size) * percent / 100);
    d.availableBytes = size - *d.usedBytes;
    if (inodes > 0) {
        d.inodesTotal = inodes;
        d.inodesUsed = qint64(double(inodes) * inodePercent / 100);
    }
    return d;
}

inline void setUtil(Sample &sample, double percent, int gpu = -1)
{
    for (GpuInfo &one : sample.gpus) {
        if (gpu < 0 || one.index == gpu)
            one.utilPercent = std::round(std::clamp(percent, 0.0, 100.0));
    }
}

inline void setMemory(Sample &sample, double mib, int gpu = -1)
{
    for (GpuInfo &one : sample.gpus) {
        if (gpu < 0 || one.index == gpu)
            one.memUsedMib = qint64(mib);
    }
}

inline void setCpu(Sample &sample, double cores)
{
    sample.cpu.usedCores = std::clamp(cores, 0.0, sample.cpu.limitCores.value_or(1e9) * 1.01);
}

inline void setProcesses(Sample &sample, std::vector<ProcessInfo> processes)
{
    sample.processes = std::move(processes);
}

inline ProcessInfo process(const char *command, double cpuPercent, bool holdsGpu)
{
    ProcessInfo p;
    p.pid = 1234;
    p.user = QStringLiteral("root");
    p.cpuPercent = cpuPercent;
    p.rssBytes = gib;
    p.command = QString::fromLatin1(command);
    p.holdsGpu = holdsGpu;
    return p;
}

inline ProcessInfo tensorboard()
{
    ProcessInfo p =
        process("/root/miniconda3/bin/python /root/miniconda3/bin/tensorboard", 3, false);
    p.pid = 77;
    p.reads = {QStringLiteral("/root/tf-logs/run1/events.out.tfevents.1732600000.c.123.0")};
    return p;
}

inline void nothingRuns(Sample &sample, QRandomGenerator &random)
{
    setUtil(sample, 0);
    setMemory(sample, 3);
    setCpu(sample, 0.06 + noise(random, 0.03));
    sample.memory.usedBytes = gib;
    sample.network.rxBytesPerSecond = 1500 + noise(random, 500);
    sample.network.txBytesPerSecond = 8000 + noise(random, 2000);
    setProcesses(sample, {process("/usr/sbin/sshd -D", 0, false),
                          process("python /root/miniconda3/bin/jupyter-lab", 2, false)});
    for (GpuInfo &gpu : sample.gpus)
        gpu.processes.clear();
}

inline void noGpuMode(Sample &sample, QRandomGenerator &random)
{
    nothingRuns(sample, random);
    sample.gpus.clear();
    sample.mode = core::metrics::Mode::NoGpu;
    sample.smiError = core::probe::SmiError{core::probe::SmiFailure::NoDevices, {}};
    sample.cpu.limitCores = 0.5;
    sample.memory.limitBytes = 2 * gib;
    sample.memory.usedBytes = gib / 2;
}

/// Up to \a high for a part of each \a period, else \a low.
inline double saw(int second, int period, double part, double high, double low)
{
    return second % period < int(period * part) ? high : low;
}

} // namespace traces
