// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/CardCatalog.h"
#include "core/env/Report.h"

namespace core::env {

/// Whether an environment's torch can compute on the instance's GPUs.
enum class Fit {
    Works,
    Unknown,      ///< too little is known of the card or of the build
    NoTorch,      ///< nothing to judge
    NoGpu,        ///< the instance has none now
    CpuOnly,      ///< torch without CUDA, beside a GPU
    CardTooNew,   ///< its CUDA was made before the card
    CardTooOld,   ///< its CUDA has dropped the card
    NoCode,       ///< its CUDA knows the card, this build has no code for it
    DriverOlder,  ///< its CUDA is a later minor version than the driver's: works as a rule
    DriverTooOld, ///< its CUDA's major version is later than the driver's: can't work
    OtherMaker    ///< built for another maker's cards
};
[[nodiscard]] QLatin1StringView fitName(Fit fit); ///< "works", "card-too-new", ...
/// It can't compute on the card as it is.
[[nodiscard]] bool isBad(Fit fit);

/// A build of torch that does, and the words after "pip" that install it.
struct TorchAdvice
{
    catalog::DottedVersion torch;
    catalog::DottedVersion cuda;
    QByteArrayList pipWords; ///< "install", "torch==2.7.*", ...

    bool operator==(const TorchAdvice &) const = default;
};

struct TorchFit
{
    Fit fit = Fit::Unknown;
    QString card; ///< by the catalog's name, or the driver's; "" = none
    /// nvidia-smi's indexes of that card where other cards are judged otherwise; {} = it holds for
    /// all.
    std::vector<int> gpus;
    bool othersWork = false; ///< all of these others are driven
    std::optional<catalog::DottedVersion> capability;
    std::optional<catalog::DottedVersion> cuda; ///< torch's
    std::optional<catalog::DottedVersion> driverCuda;
    std::optional<catalog::DottedVersion> needAtLeast; ///< CUDA that drives the card
    std::optional<catalog::DottedVersion> needAtMost;
    std::optional<TorchAdvice> advice; ///< where it is not right and a build is known that is
    QString source;                    ///< of what is known of the build

    bool operator==(const TorchFit &) const = default;
};

/// Pure. Of cards that differ the first one that is not right is told, or else the first one that
/// is not known; the advice drives all of them. "The driver's CUDA": a program that was built with
/// a later minor version of the same major one runs on it, from CUDA 11 on (NVIDIA, CUDA
/// Compatibility, "Minor Version Compatibility"); a later major one does not.
[[nodiscard]] TorchFit judgeTorch(const Environment &environment, const Report &report,
                                  const catalog::CardCatalog &cards,
                                  const catalog::TorchBuilds &builds);

} // namespace core::env
