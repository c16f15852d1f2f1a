// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace core::probe {

/// A process that holds a GPU, as nvidia-smi tells. In a rented container the PID is the host's.
struct GpuProcess
{
    std::optional<qint64> pid;
    std::optional<QString> name;
    std::optional<qint64> usedMib;
    std::optional<QString> type; ///< "C", "G", "C+G", "M+C"

    bool operator==(const GpuProcess &) const = default;
};

/// A MIG slice of a GPU.
struct MigDevice
{
    std::optional<int> index;
    std::optional<int> gpuInstanceId;
    std::optional<int> computeInstanceId;
    std::optional<qint64> memTotalMib;
    std::optional<qint64> memUsedMib;

    bool operator==(const MigDevice &) const = default;
};

/// What held a GPU's clocks down when the report was made (nvidia-smi: clocks event reasons).
struct ThrottleReasons
{
    bool heat = false;       ///< thermal slowdown, by software or hardware
    bool powerCap = false;   ///< at its power limit; ordinary for a card under full load
    bool powerBrake = false; ///< the server's power supply asks for less
    bool hardware = false;   ///< drivers before 390: heat or power brake, it does not say which

    bool operator==(const ThrottleReasons &) const = default;
};

/// One GPU at one moment. Absent means that the driver did not say, never 0.
struct GpuInfo
{
    std::optional<int> index; ///< nvidia-smi's index (order of the report), not the minor number
    std::optional<QString> name;
    std::optional<QString> uuid;
    std::optional<QString> busId;
    std::optional<double> utilPercent;
    std::optional<qint64> memTotalMib;
    std::optional<qint64> memUsedMib;
    std::optional<double> tempC;
    std::optional<double> powerW;
    std::optional<double> powerLimitW;
    std::optional<double> fanPercent;
    std::optional<double> smClockMhz;
    std::optional<double> smClockMaxMhz;
    std::optional<double> powerLimitDefaultW; ///< the limit in force may have been set lower
    std::optional<double> slowdownTempC;      ///< from here on the hardware lowers its clocks
    std::optional<ThrottleReasons> throttle;
    std::optional<bool> mig;
    std::vector<MigDevice> migDevices;
    std::vector<GpuProcess> processes;

    bool operator==(const GpuInfo &) const = default;
};

/// What one run of nvidia-smi told.
struct SmiReport
{
    std::optional<QString> driver;
    std::optional<QString> cuda; ///< the highest CUDA the driver can run, not the toolkit's version
    std::optional<int> attachedGpus;
    std::vector<GpuInfo> gpus;
    bool truncated = false;       ///< the document was cut off; what was read before is kept
    std::vector<int> partialGpus; ///< places in gpus of those that were not read to their end

    bool operator==(const SmiReport &) const = default;
};

/// Why nvidia-smi gave no report. smiFailureName() has the stable names.
enum class SmiFailure {
    NotInstalled,    ///< "not-installed"
    NoDevices,       ///< "no-devices": "No devices were found"
    NoDriver,        ///< "no-driver": couldn't communicate with the NVIDIA driver
    VersionMismatch, ///< "version-mismatch": Driver/library version mismatch
    NvmlError,       ///< "nvml-error": Failed to initialize NVML: ...
    GpuLost,         ///< "gpu-lost": fell off the bus, Unknown Error on a device handle
    Permission,      ///< "permission": Insufficient Permissions, Permission denied
    BadField,        ///< "bad-field": a queried field this driver does not know
    TimedOut,        ///< "timed-out": did not answer in time (set by the sampler)
    Empty,           ///< "empty": no output at all
    Unreadable       ///< "unreadable": output that is none of the known forms
};

struct SmiError
{
    SmiFailure failure = SmiFailure::Unreadable;
    QString text; ///< nvidia-smi's own words, first line(s), trimmed, at most 300 characters

    bool operator==(const SmiError &) const = default;
};

[[nodiscard]] QLatin1StringView smiFailureName(SmiFailure failure);

} // namespace core::probe
