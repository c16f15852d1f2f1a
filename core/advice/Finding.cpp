// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/Finding.h"

namespace core::advice {

QLatin1StringView findingName(FindingKind kind)
{
    switch (kind) {
    case FindingKind::GpuUnused: return QLatin1StringView("gpu-unused");
    case FindingKind::DataLoading: return QLatin1StringView("data-loading");
    case FindingKind::CpuBound: return QLatin1StringView("cpu-bound");
    case FindingKind::GpuStarved: return QLatin1StringView("gpu-starved");
    case FindingKind::GpuMemoryFull: return QLatin1StringView("gpu-memory-full");
    case FindingKind::OutOfMemory: return QLatin1StringView("out-of-memory");
    case FindingKind::MemoryFull: return QLatin1StringView("memory-full");
    case FindingKind::DiskFull: return QLatin1StringView("disk-full");
    case FindingKind::InodesFull: return QLatin1StringView("inodes-full");
    case FindingKind::SlowDisk: return QLatin1StringView("slow-disk");
    case FindingKind::HeatThrottled: return QLatin1StringView("heat-throttled");
    case FindingKind::PowerThrottled: return QLatin1StringView("power-throttled");
    case FindingKind::CheaperCard: return QLatin1StringView("cheaper-card");
    case FindingKind::Idle: return QLatin1StringView("idle");
    }
    return QLatin1StringView("idle");
}

} // namespace core::advice
