// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Money.h"
#include "core/metrics/SeriesSet.h"
#include "core/probe/SystemInfo.h"

#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace core::advice {

using metrics::Quantity;
using metrics::TimeMs;

/// What may be wrong with how an instance is used. findingName() has the stable names.
enum class FindingKind {
    GpuUnused,      ///< "gpu-unused": at 0 % while a process holds its memory or the CPU works
    DataLoading,    ///< "data-loading": the GPU swings below 50 %, the next batch comes too late
    CpuBound,       ///< "cpu-bound": the CPU is at the limit of the share and the GPU waits for it
    GpuStarved,     ///< "gpu-starved": the GPU waits although most of the share's cores are free
    GpuMemoryFull,  ///< "gpu-memory-full"
    OutOfMemory,    ///< "out-of-memory": the container's memory ran out, a process was killed
    MemoryFull,     ///< "memory-full": the container's memory is near its limit
    DiskFull,       ///< "disk-full"
    InodesFull,     ///< "inodes-full": too many files
    SlowDisk,       ///< "slow-disk": the data is read from a slow disk and the GPU waits for it
    HeatThrottled,  ///< "heat-throttled"
    PowerThrottled, ///< "power-throttled"
    CheaperCard,    ///< "cheaper-card": another card would do the same for less
    Idle            ///< "idle": nothing has been going on
};
[[nodiscard]] QLatin1StringView findingName(FindingKind kind);

/// What was seen: a stretch of one series, for the chart to mark.
struct Evidence
{
    Quantity quantity = Quantity::GpuUtil;
    int gpu = 0; ///< for quantities of a GPU
    TimeMs from = 0;
    TimeMs to = 0;
    double min = 0; ///< in the quantity's unit, as mean and max
    double mean = 0;
    double max = 0;
    std::optional<double> limit; ///< where it ends: the share, the card's memory; in the same unit

    bool operator==(const Evidence &) const = default;
};

struct GpuUnusedFacts
{
    bool holdsMemory = false;        ///< else: the CPU works, or othersWork
    std::optional<qint64> heldMib;   ///< on the GPUs of the finding together
    std::optional<double> cpuCores;  ///< used, mean
    std::optional<QString> process;  ///< the command of who holds it or works
    std::optional<qint64> processId; ///< in the container
    bool othersWork = false;         ///< other GPUs do, and nothing was ever on these
    bool operator==(const GpuUnusedFacts &) const = default;
};

/// Of DataLoading, CpuBound and GpuStarved.
struct LoadingFacts
{
    double gpuMeanPercent = 0; ///< of the GPU that waits most
    double gpuPeakPercent = 0; ///< without the highest 2 % of the readings
    std::optional<double> cpuUsedCores;
    std::optional<double> cpuLimitCores;
    std::optional<int> workers; ///< a good num_workers for this share; absent where more don't help
    bool operator==(const LoadingFacts &) const = default;
};

/// Of GpuMemoryFull and MemoryFull.
struct FillFacts
{
    double used = 0; ///< MiB of the fullest GPU, or bytes of the container
    double limit = 0;
    bool noGpuMode = false; ///< the share is small because no GPU is rented
    bool operator==(const FillFacts &) const = default;
};

struct OutOfMemoryFacts
{
    qint64 kills = 0; ///< in the window
    std::optional<qint64> limitBytes;
    bool noGpuMode = false;
    bool operator==(const OutOfMemoryFacts &) const = default;
};

/// Of DiskFull and InodesFull.
struct DiskFacts
{
    QString mount;
    probe::DiskRole role = probe::DiskRole::Other;
    qint64 used = 0; ///< bytes, or inodes
    qint64 total = 0;
    double percent = 0; ///< as df counts it: of what users may use
    bool operator==(const DiskFacts &) const = default;
};

struct SlowDiskFacts
{
    QString mount;
    probe::DiskRole role = probe::DiskRole::Other;
    std::optional<QString> fstype;
    QString file;                       ///< one that was being read
    std::optional<QString> fasterMount; ///< the instance's data disk
    double gpuMeanPercent = 0;
    bool operator==(const SlowDiskFacts &) const = default;
};

/// Of HeatThrottled and PowerThrottled; figures of the last sample, of the first GPU of the
/// finding.
struct ThrottleFacts
{
    std::optional<double> tempC;
    std::optional<double> slowdownTempC;
    std::optional<double> powerW;
    std::optional<double> powerLimitW;
    std::optional<double> powerLimitDefaultW;
    std::optional<double> clockMhz;
    std::optional<double> clockMaxMhz;
    bool powerBrake = false; ///< the server's power supply, not the card's limit
    bool operator==(const ThrottleFacts &) const = default;
};

struct CheaperCardFacts
{
    QString card; ///< the one that would do
    HourlyRate perHour;
    QString currentCard;
    HourlyRate currentPerHour;
    double peakMemoryMib = 0;   ///< of the fullest GPU, over the window
    double peakLoadPercent = 0; ///< of the busiest GPU, without the highest 5 % of the readings
    double speedPercent = 100;  ///< of the cheaper card against the current one
    QString priceSeen = {};     ///< when perHour was seen, "2026-08"; "" = not known
    bool operator==(const CheaperCardFacts &) const = default;
};

struct IdleFacts
{
    int minutes = 0;               ///< for so long at least
    std::optional<qint64> heldMib; ///< a process still holds so much GPU memory
    bool noGpuMode = false;
    bool operator==(const IdleFacts &) const = default;
};

using FindingFacts =
    std::variant<GpuUnusedFacts, LoadingFacts, FillFacts, OutOfMemoryFacts, DiskFacts,
                 SlowDiskFacts, ThrottleFacts, CheaperCardFacts, IdleFacts>;

/// One thing that is wrong, with what it was seen by. Holds no text for people.
struct Finding
{
    FindingKind kind = FindingKind::Idle;
    /// Stable, for "not again" together with the instance's id: "gpu-unused",
    /// "disk-full:/root/autodl-tmp".
    QString key;
    TimeMs since = 0;      ///< when it began, as far as it can be seen
    TimeMs seen = 0;       ///< the newest reading that it was judged by
    std::vector<int> gpus; ///< by index; empty when it is not about GPUs
    std::vector<Evidence> evidence;
    FindingFacts facts;

    bool operator==(const Finding &) const = default;
};

} // namespace core::advice
