// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/Sample.h"

#include <QString>

#include <optional>

// What the monitor page says about a sample: pure functions, tested without a window.
namespace ui::monitor {

/// An nvidia-smi failure in words.
struct SmiWords
{
    QString title;
    QString why;
    QString advice;
};
[[nodiscard]] SmiWords describe(const core::probe::SmiError &error);

/// "RTX 4090" for "NVIDIA GeForce RTX 4090".
[[nodiscard]] QString shortGpuName(const QString &name);
/// "GPU 0"; the index of nvidia-smi, or the place in the report where it gives none.
[[nodiscard]] QString gpuTitle(int index);
[[nodiscard]] int gpuIndex(const core::probe::GpuInfo &gpu, std::size_t position);

/// True for an AutoDL container, whose disks and modes have known rules.
[[nodiscard]] bool looksLikeAutodl(const core::metrics::Sample &sample);
/// "No-GPU mode, ¥0.1/h", the price only where the provider is known.
[[nodiscard]] QString noGpuChip(const core::metrics::Sample &sample);

/// "container limit (cgroup v2)", "whole host: no limit was found".
[[nodiscard]] QString sourceWords(std::optional<core::metrics::Source> source);

[[nodiscard]] QString roleName(core::probe::DiskRole role);
/// What happens to what lies there; "" where it is not known.
[[nodiscard]] QString diskFate(core::probe::DiskRole role, bool autodl);

/// Use of one core x 100, and the part of what the container may use.
[[nodiscard]] std::optional<double> cpuPercentOfCore(const core::metrics::CpuFigures &cpu);
[[nodiscard]] std::optional<double> cpuPercentOfShare(const core::metrics::CpuFigures &cpu);

/// 0 to 1, absent where one of both is unknown or the whole is not positive.
[[nodiscard]] std::optional<double> partOf(std::optional<double> used, std::optional<double> total);
template <typename T>
[[nodiscard]] std::optional<double> asDouble(const std::optional<T> &value)
{
    return value ? std::optional<double>(double(*value)) : std::nullopt;
}
/// MiB as nvidia-smi counts, in bytes.
[[nodiscard]] std::optional<double> mibToBytes(std::optional<qint64> mib);

} // namespace ui::monitor
