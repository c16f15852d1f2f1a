// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/catalog/Card.h"

namespace core::catalog {

/// Whether a CUDA toolkit, or torch built with one, can drive a card.
enum class CudaVerdict {
    Drives,
    TooOld,         ///< made before the card: needs CUDA needAtLeast
    TooNew,         ///< has dropped the card: needs CUDA needAtMost or older
    NoCode,         ///< the toolkit knows the card, this build of torch has no code for it
    CpuOnly,        ///< torch without CUDA
    DependsOnBuild, ///< torch of this version is built with several CUDAs; not all of them do
    NotCuda,        ///< the card has no CUDA, or torch is built for another maker's cards
    Unknown         ///< not known of the card or of the version
};

struct CudaCheck
{
    CudaVerdict verdict = CudaVerdict::Unknown;
    std::optional<DottedVersion> cuda; ///< the one that was looked at
    std::optional<DottedVersion> needAtLeast;
    std::optional<DottedVersion> needAtMost;
    std::vector<DottedVersion> drivingCudas; ///< of the builds of a version that says none
    QString source;                          ///< of what is known of the build, "" = the rule alone
};

/// By compute capability: card.minCuda to card.maxCuda, the toolkits whose compiler knows it.
[[nodiscard]] CudaCheck checkCuda(const Card &card, const DottedVersion &cuda);

/// A version as torch.__version__ gives it: "1.8.1+cu111", "2.5.1", "2.1.0+cpu", "2.4.0+rocm6.1".
struct TorchVersion
{
    enum class Build { Unsaid, Cuda, Cpu, Rocm };
    DottedVersion version;
    Build build = Build::Unsaid;
    std::optional<DottedVersion> cuda;

    [[nodiscard]] static std::optional<TorchVersion> parse(const QString &text);
};

/// The wheels of torch: which CUDA each version is built with and which architectures are in it,
/// as far as sources tell (resources/catalog/torch-builds.csv).
class TorchBuilds final
{
public:
    struct Architecture
    {
        DottedVersion capability;
        bool ptx = false; ///< code that a driver translates for later cards as well
    };
    struct Build
    {
        DottedVersion torch;
        DottedVersion cuda;
        std::vector<Architecture> architectures; ///< empty = not known
        QString source;
    };

    [[nodiscard]] static Result<TorchBuilds> shipped();
    [[nodiscard]] static Result<TorchBuilds> fromCsv(QByteArrayView text);

    /// In the table's order.
    [[nodiscard]] const std::vector<Build> &builds() const { return m_builds; }
    /// \a cuda: the image's, where the version does not say its own.
    [[nodiscard]] CudaCheck check(const Card &card, const TorchVersion &torch,
                                  std::optional<DottedVersion> cuda = std::nullopt) const;

private:
    [[nodiscard]] CudaCheck checkBuild(const Card &card, const DottedVersion &torch,
                                       const DottedVersion &cuda) const;

    std::vector<Build> m_builds;
};

} // namespace core::catalog
