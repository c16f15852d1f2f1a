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

/// GPUs of an instance that are the same card.
struct Gpus
{
    QString name;             ///< by the catalog, or the driver
    std::optional<Card> card; ///< absent: not known
    std::vector<int> indexes;

    [[nodiscard]] std::optional<DottedVersion> capability() const
    {
        return card ? card->computeCapability : std::nullopt;
    }
};

/// By name; else any card of the same compute capability, which is what CUDA goes by.
std::optional<Card> cardOf(const probe::GpuInfo &gpu,
                           const std::optional<DottedVersion> &capability,
                           const catalog::CardCatalog &cards)
{
    if (gpu.name) {
        if (const Card *card = cards.match(*gpu.name, gpu.memTotalMib).best())
            return *card;
    }
    if (!capability)
        return std::nullopt;
    for (const Card &card : cards.cards()) {
        if (card.computeCapability == capability) {
            Card other = card;
            other.name = gpu.name.value_or(QString());
            return other;
        }
    }
    return std::nullopt;
}

/// The different cards, in the order of the GPUs.
std::vector<Gpus> cardsOf(const Report &report, const catalog::CardCatalog &cards)
{
    std::vector<Gpus> all;
    const std::vector<probe::GpuInfo> &gpus = report.smi->gpus;
    // The two came from two questions: a GPU may have gone between them.
    const bool fits = report.capabilities.size() == gpus.size();
    for (std::size_t i = 0; i < gpus.size(); ++i) {
        Gpus one;
        one.card = cardOf(gpus[i], fits ? report.capabilities[i] : std::nullopt, cards);
        one.name = one.card ? one.card->name : gpus[i].name.value_or(QString());
        const auto same = std::find_if(all.begin(), all.end(), [&one](const Gpus &other) {
            return other.name == one.name && other.capability() == one.capability();
        });
        Gpus &group = same == all.end() ? all.emplace_back(std::move(one)) : *same;
        group.indexes.push_back(gpus[i].index.value_or(int(i)));
    }
    return all;
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
std::optional<TorchAdvice> adviseTorch(const Environment &environment,
                                       const std::vector<Gpus> &gpus,
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
        const bool drives = std::all_of(gpus.begin(), gpus.end(), [&](const Gpus &one) {
            return one.card &&
                   builds.check(*one.card, versionOf(build.torch, build.cuda)).verdict ==
                       CudaVerdict::Drives;
        });
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

/// \a known: what holds for all cards.
TorchFit judgeOne(const Gpus &gpus, const TorchVersion &torch, TorchFit known,
                  const TorchBuilds &builds)
{
    const catalog::CudaCheck check = builds.check(gpus.card.value_or(Card()), torch);
    known.card = gpus.name;
    known.source = check.source;
    if (gpus.card || torch.build == TorchVersion::Build::Cpu)
        known.fit = fitOf(check, torch.cuda, known.driverCuda);
    else if (torch.cuda && !canRun(*torch.cuda, known.driverCuda))
        known.fit = Fit::DriverTooOld;
    else
        known.fit = Fit::Unknown;
    known.capability = gpus.capability();
    if (gpus.card) {
        known.needAtLeast = gpus.card->minCuda;
        known.needAtMost = gpus.card->maxCuda;
    }
    return known;
}

/// The lowest is told.
int urgency(Fit fit)
{
    if (isBad(fit))
        return 0;
    return fit == Fit::Unknown ? 1 : 2;
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
    TorchVersion version;
    version.version = torch.number.value_or(DottedVersion());
    version.build = torch.build;
    version.cuda = torch.cuda;
    const std::vector<Gpus> gpus = cardsOf(report, cards);
    std::vector<TorchFit> fits;
    fits.reserve(gpus.size());
    for (const Gpus &one : gpus)
        fits.push_back(judgeOne(one, version, result, builds));
    const auto worst =
        std::min_element(fits.begin(), fits.end(), [](const TorchFit &a, const TorchFit &b) {
            return urgency(a.fit) < urgency(b.fit);
        });
    result = *worst;
    if (result.fit == Fit::Works) {
        for (std::size_t i = 1; i < fits.size(); ++i) {
            result.card += QStringLiteral(", ") + fits[i].card;
            result.needAtLeast = std::max(result.needAtLeast, fits[i].needAtLeast);
            if (fits[i].needAtMost)
                result.needAtMost =
                    std::min(result.needAtMost.value_or(*fits[i].needAtMost), *fits[i].needAtMost);
        }
    }
    const auto alike = std::count_if(
        fits.begin(), fits.end(), [&result](const TorchFit &fit) { return fit.fit == result.fit; });
    if (std::size_t(alike) < fits.size()) {
        result.gpus = gpus[std::size_t(worst - fits.begin())].indexes;
        result.othersWork = std::count_if(fits.begin(), fits.end(), [](const TorchFit &fit) {
                                return fit.fit == Fit::Works || fit.fit == Fit::DriverOlder;
                            }) == std::ptrdiff_t(fits.size()) - 1;
    }
    if (isBad(result.fit))
        result.advice = adviseTorch(environment, gpus, result.driverCuda, builds);
    return result;
}

} // namespace core::env
