// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/Decimal.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace core::catalog {

/// "8.9", "12.8": a compute capability or a CUDA version. Ordered by number: 12.10 is after 12.9.
struct DottedVersion
{
    int major = 0;
    int minor = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): the 0 of a comparison that the compiler rewrites
    auto operator<=>(const DottedVersion &) const = default;

    /// "12.8", "12" (12.0), "12.8.1" (its patch left out).
    [[nodiscard]] static std::optional<DottedVersion> parse(QStringView text);
    [[nodiscard]] QString text() const { return QStringLiteral("%1.%2").arg(major).arg(minor); }
};

/// What reaches an FP16 figure, and what it sums up in: figures with FP16 accumulate are twice
/// those with FP32 accumulate on GeForce cards and must not be compared with them.
enum class Fp16Unit { Unknown, Tensor, Matrix, Plain, None };
enum class Accumulate { Unknown, Fp32, Fp16 };

/// One card of resources/catalog/gpu-cards.csv. Every figure is for one GPU as nvidia-smi counts
/// them, at the standard clocks; absent = not known.
struct Card
{
    QString name;         ///< unique in the catalog
    QStringList aliases;  ///< what providers and people call it
    QStringList smiNames; ///< what nvidia-smi calls it
    QString vendor;
    QString architecture;
    std::optional<DottedVersion> computeCapability; ///< NVIDIA only
    std::optional<int> memoryGb;                    ///< as the name of the card means it, GiB
    std::vector<int> otherMemoryGb;                 ///< boards of the same name with other memory
    std::vector<int> modifiedMemoryGb; ///< those of them that were rebuilt: only where it is said
    std::optional<Decimal> bandwidthGbs;
    std::optional<Decimal> fp32Tflops; ///< not on tensor cores
    std::optional<Decimal> fp16Tflops; ///< dense, by fp16Unit
    Fp16Unit fp16Unit = Fp16Unit::Unknown;
    Accumulate fp16Accumulate = Accumulate::Unknown;
    QString fp16Basis;                               ///< the table's words on the figure
    std::optional<Decimal> fp16TflopsFp16Accumulate; ///< tensor, dense, where it is another figure
    std::optional<bool> bf16;
    std::optional<int> tdpW;
    std::optional<DottedVersion> minCuda; ///< first toolkit that knows the compute capability
    std::optional<DottedVersion> maxCuda; ///< last one that does; absent = still does
    QString asOf;                         ///< when the figures were gathered, "2026-11"
    QStringList sources;
    QStringList unsourced; ///< columns whose value none of the sources gives
    QString note;
};

/// What cards are ranked by. All but Tdp: more is better.
enum class Figure { Fp32, Fp16, Memory, Bandwidth, Tdp };

[[nodiscard]] std::optional<Decimal> figureOf(const Card &card, Figure figure);
/// False where no source of the row gives the figure: derived, or told by no one.
[[nodiscard]] bool isSourced(const Card &card, Figure figure);

} // namespace core::catalog
