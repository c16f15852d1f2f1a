// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/env/TorchFit.h"

#include <algorithm>

namespace core::env {

using catalog::Card;
using catalog::CudaVerdict;
using catalog::DottedVersion;
using catalog::TorchBuilds;
using catalog::TorchVersion;

namespace {

/// The pythons that a version of torch has wheels for (github.com/pytorch/pytorch RELEASE.md,
/// release compatibility matrix, without the experimental ones).
struct Pythons
{
    DottedVersion torch; ///< from this version on
    DottedVersion first;
    DottedVersion last;
};
constexpr Pythons pythons[] = {
    {{2, 9}, {3, 10}, {3, 14}}, {{2, 6}, {3, 9}, {3, 13}}, {{2, 5}, {3, 9}, {3, 12}},
    {{2, 4}, {3, 8}, {3, 12}},  {{2, 0}, {3, 8}, {3, 11}}, {{1, 12}, {3, 7}, {3, 10}},
};

/// Older wheels are in no index of one CUDA, where pip could be sent.
constexpr DottedVersion firstInIndex{1, 11};

/// \a python 0.0: not known.
bool hasWheel(const DottedVersion &torch, const DottedVersion &python)
{
    if (python == DottedVersion())
        return true;
    for (const Pythons &row : pythons) {
        if (torch >= row.torch)
            return python >= row.first && python <= row.last;
    }
    return false;
}

bool canRun(const DottedVersion &cuda, const std::optional<DottedVersion> &driver)
{
    constexpr int compatibleFrom = 11;
    if (!driver || cuda <= *driver)
        return true;
    return cuda.major == driver->major && cuda.major >= compatibleFrom;
}

/// By name; else any card of the same compute capability, which is what CUDA goes by.
std::optional<Card> cardOf(const Report &report, const catalog::CardCatalog &cards)
{
    const probe::GpuInfo &gpu = report.smi->gpus.front();
    if (gpu.name) {
        if (const Card *card = cards.match(*gpu.name, gpu.memTotalMib).best())
            return *card;
    }
    if (report.capabilities.empty())
        return std::nullopt;
    for (const Card &card : cards.cards()) {
        if (card.computeCapability == report.capabilities.front()) {
            Card other = card;
            other.name = gpu.name.value_or(QString());
            return other;
        }
    }
    return std::nullopt;
}

TorchVersion versionOf(const DottedVersion &torch, const DottedVersion &cuda)
{
    TorchVersion version;
    version.version = torch;
    version.build = TorchVersion::Build::Cuda;
    version.cuda = cuda;
    return version;
}

/// The installed version with another CUDA, or else the newest one; of its builds the one with
/// the latest CUDA that the driver knows.
std::optional<TorchAdvice> adviseTorch(const Environment &environment, const Card &card,
                                       const std::optional<DottedVersion> &driver,
                                       const TorchBuilds &builds)
{
    const DottedVersion python =
        DottedVersion::parse(environment.version.value_or(QString())).value_or(DottedVersion());
    const DottedVersion installed =
        environment.torch ? environment.torch->number.value_or(DottedVersion()) : DottedVersion();
    const auto rank = [&](const TorchBuilds::Build &build) {
        return std::tuple(build.torch == installed, build.torch, !driver || build.cuda <= *driver,
                          build.cuda);
    };
    const TorchBuilds::Build *best = nullptr;
    for (const TorchBuilds::Build &build : builds.builds()) {
        const bool drives =
            builds.check(card, versionOf(build.torch, build.cuda)).verdict == CudaVerdict::Drives;
        if (drives && build.torch >= firstInIndex && canRun(build.cuda, driver) &&
            hasWheel(build.torch, python) && (!best || rank(*best) < rank(build)))
            best = &build;
    }
    if (!best)
        return std::nullopt;
    TorchAdvice advice{best->torch, best->cuda, {}};
    // The index of one CUDA's wheels (pytorch.org, "Get Started"): cu124, cu118, ...
    advice.pipWords = {"install", "torch==" + best->torch.text().toLatin1() + ".*", "torchvision"};
    if (best->torch == installed) // pip would find the version right and change nothing
        advice.pipWords.insert(1, "--force-reinstall");
    advice.pipWords += {"--index-url", "https://download.pytorch.org/whl/cu" +
                                           QByteArray::number(best->cuda.major) +
                                           QByteArray::number(best->cuda.minor)};
    return advice;
}

Fit fitOf(const catalog::CudaCheck &check, const std::optional<DottedVersion> &cuda,
          const std::optional<DottedVersion> &driver)
{
    switch (check.verdict) {
    case CudaVerdict::TooOld: return Fit::CardTooNew;
    case CudaVerdict::TooNew: return Fit::CardTooOld;
    case CudaVerdict::NoCode: return Fit::NoCode;
    case CudaVerdict::CpuOnly: return Fit::CpuOnly;
    case CudaVerdict::NotCuda: return Fit::OtherMaker;
    case CudaVerdict::DependsOnBuild: return Fit::Unknown;
    case CudaVerdict::Unknown:
    case CudaVerdict::Drives: break;
    }
    if (cuda && !canRun(*cuda, driver))
        return Fit::DriverTooOld;
    if (check.verdict == CudaVerdict::Unknown)
        return Fit::Unknown;
    return cuda && driver && *cuda > *driver ? Fit::DriverOlder : Fit::Works;
}

} // namespace

QLatin1StringView fitName(Fit fit)
{
    switch (fit) {
    case Fit::Works: return QLatin1StringView("works");
    case Fit::Unknown: return QLatin1StringView("unknown");
    case Fit::NoTorch: return QLatin1StringView("no-torch");
    case Fit::NoGpu: return QLatin1StringView("no-gpu");
    case Fit::CpuOnly: return QLatin1StringView("cpu-only");
    case Fit::CardTooNew: return QLatin1StringView("card-too-new");
    case Fit::CardTooOld: return QLatin1StringView("card-too-old");
    case Fit::NoCode: return QLatin1StringView("no-code");
    case Fit::DriverOlder: return QLatin1StringView("driver-older");
    case Fit::DriverTooOld: return QLatin1StringView("driver-too-old");
    case Fit::OtherMaker: return QLatin1StringView("other-maker");
    }
    return QLatin1StringView("unknown");
}

bool isBad(Fit fit)
{
    return fit == Fit::CardTooNew || fit == Fit::CardTooOld || fit == Fit::NoCode ||
           fit == Fit::DriverTooOld || fit == Fit::OtherMaker || fit == Fit::CpuOnly;
}

TorchFit judgeTorch(const Environment &environment, const Report &report,
                    const catalog::CardCatalog &cards, const TorchBuilds &builds)
{
    TorchFit result;
    if (report.smi && report.smi->cuda)
        result.driverCuda = DottedVersion::parse(*report.smi->cuda);
    if (!environment.torch) {
        result.fit = Fit::NoTorch;
        return result;
    }
    const Torch &torch = *environment.torch;
    result.cuda = torch.cuda;
    if (!report.smi || report.smi->gpus.empty()) {
        result.fit = Fit::NoGpu;
        return result;
    }
    result.card = report.smi->gpus.front().name.value_or(QString());
    TorchVersion version;
    version.version = torch.number.value_or(DottedVersion());
    version.build = torch.build;
    version.cuda = torch.cuda;
    const std::optional<Card> card = cardOf(report, cards);
    const catalog::CudaCheck check = builds.check(card.value_or(Card()), version);
    result.fit = card || torch.build == TorchVersion::Build::Cpu
                     ? fitOf(check, torch.cuda, result.driverCuda)
                 : torch.cuda && !canRun(*torch.cuda, result.driverCuda) ? Fit::DriverTooOld
                                                                         : Fit::Unknown;
    result.source = check.source;
    if (!card)
        return result;
    result.card = card->name;
    result.capability = card->computeCapability;
    result.needAtLeast = card->minCuda;
    result.needAtMost = card->maxCuda;
    if (isBad(result.fit))
        result.advice = adviseTorch(environment, *card, result.driverCuda, builds);
    return result;
}

} // namespace core::env
