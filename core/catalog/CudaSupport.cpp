// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/CudaSupport.h"

#include "core/catalog/Csv.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace core::catalog {

namespace {

/// "cu111" is 11.1, "cu92" is 9.2: the last digit is the minor version.
std::optional<DottedVersion> cudaOfTag(const QString &digits)
{
    return DottedVersion::parse(QString(digits).insert(digits.size() - 1, u'.'));
}

/// A binary runs on its own compute capability and on later ones of the same major version; PTX
/// on all later ones (CUDA C++ Programming Guide, "Binary Compatibility" and "PTX Compatibility").
bool hasCodeFor(const std::vector<TorchBuilds::Architecture> &architectures,
                const DottedVersion &capability)
{
    return std::any_of(architectures.begin(), architectures.end(), [&](const auto &one) {
        return one.capability <= capability &&
               (one.ptx || one.capability.major == capability.major);
    });
}

std::optional<TorchBuilds::Architecture> architectureOf(const QString &word)
{
    TorchBuilds::Architecture architecture;
    architecture.ptx = word.endsWith(u"+PTX");
    const auto capability =
        DottedVersion::parse(architecture.ptx ? QStringView(word).chopped(4) : QStringView(word));
    if (!capability)
        return std::nullopt;
    architecture.capability = *capability;
    return architecture;
}

} // namespace

CudaCheck checkCuda(const Card &card, const DottedVersion &cuda)
{
    CudaCheck check;
    check.cuda = cuda;
    check.needAtLeast = card.minCuda;
    check.needAtMost = card.maxCuda;
    if (!card.minCuda) // told for every card with a compute capability
        check.verdict = card.computeCapability || card.vendor == u"NVIDIA" ? CudaVerdict::Unknown
                                                                           : CudaVerdict::NotCuda;
    else if (cuda < *card.minCuda)
        check.verdict = CudaVerdict::TooOld;
    else if (card.maxCuda && cuda > *card.maxCuda)
        check.verdict = CudaVerdict::TooNew;
    else
        check.verdict = CudaVerdict::Drives;
    return check;
}

std::optional<TorchVersion> TorchVersion::parse(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("^(\\d{1,2}\\.\\d{1,2})(?:\\.\\d{1,2})?(?:a|b|rc|\\.?dev|\\.?post)?\\d{0,8}("
                       "?:\\+(.{1,40}))?$"));
    static const QRegularExpression cudaTag(QStringLiteral("^cu(\\d{2,3})\\b"));
    const QRegularExpressionMatch match = form.match(text.trimmed());
    const auto version = DottedVersion::parse(match.captured(1));
    if (!match.hasMatch() || !version)
        return std::nullopt;
    TorchVersion torch;
    torch.version = *version;
    const QString local = match.captured(2);
    if (const auto tag = cudaTag.match(local); tag.hasMatch()) {
        torch.build = Build::Cuda;
        torch.cuda = cudaOfTag(tag.captured(1));
    } else if (local.startsWith(u"cpu")) {
        torch.build = Build::Cpu;
    } else if (local.startsWith(u"rocm")) {
        torch.build = Build::Rocm;
    }
    return torch;
}

Result<TorchBuilds> TorchBuilds::shipped()
{
    QFile file(QStringLiteral(":/danlu/catalog/torch-builds.csv"));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Internal, Step::Parse, file.fileName());
    return fromCsv(file.readAll());
}

Result<TorchBuilds> TorchBuilds::fromCsv(QByteArrayView text)
{
    const Result<CsvTable> table = readCsv(text);
    if (!table)
        return tl::make_unexpected(table.error());
    const auto torchAt = table->column(u"torch");
    const auto cudaAt = table->column(u"cuda");
    const auto architecturesAt = table->column(u"architectures");
    const auto sourceAt = table->column(u"source");
    const auto architecturesSourceAt = table->column(u"architectures_source");
    if (!torchAt || !cudaAt || !architecturesAt || !sourceAt || !architecturesSourceAt)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("a column is missing"));
    TorchBuilds builds;
    BadLines bad;
    for (const CsvTable::Row &row : table->rows) {
        const auto torch = DottedVersion::parse(row.cells[*torchAt]);
        const auto cuda = DottedVersion::parse(row.cells[*cudaAt]);
        if (!torch || !cuda) {
            bad.add(row.line, QStringLiteral("no version"));
            continue;
        }
        Build build{*torch, *cuda, {}, row.cells[*sourceAt]};
        if (!row.cells[*architecturesSourceAt].isEmpty())
            build.source = row.cells[*architecturesSourceAt];
        for (const QString &word : row.cells[*architecturesAt].split(u' ', Qt::SkipEmptyParts)) {
            if (const auto architecture = architectureOf(word))
                build.architectures.push_back(*architecture);
            else
                bad.add(row.line, QStringLiteral("architectures: \"%1\"").arg(word.left(40)));
        }
        builds.m_builds.push_back(std::move(build));
    }
    if (!bad.isEmpty())
        return tl::make_unexpected(bad.error());
    return builds;
}

CudaCheck TorchBuilds::checkBuild(const Card &card, const DottedVersion &torch,
                                  const DottedVersion &cuda) const
{
    CudaCheck check = checkCuda(card, cuda);
    const auto build = std::find_if(m_builds.begin(), m_builds.end(), [&](const Build &one) {
        return one.torch == torch && one.cuda == cuda;
    });
    if (build == m_builds.end())
        return check;
    check.source = build->source;
    if (check.verdict == CudaVerdict::Drives && !build->architectures.empty() &&
        card.computeCapability && !hasCodeFor(build->architectures, *card.computeCapability))
        check.verdict = CudaVerdict::NoCode;
    return check;
}

CudaCheck TorchBuilds::check(const Card &card, const TorchVersion &torch,
                             std::optional<DottedVersion> cuda) const
{
    CudaCheck check;
    if (torch.build == TorchVersion::Build::Cpu) {
        check.verdict = CudaVerdict::CpuOnly;
        return check;
    }
    if (torch.build == TorchVersion::Build::Rocm) {
        check.verdict = card.vendor == u"AMD" ? CudaVerdict::Unknown : CudaVerdict::NotCuda;
        return check;
    }
    if (const auto said = torch.cuda ? torch.cuda : cuda)
        return checkBuild(card, torch.version, *said);
    std::size_t builds = 0;
    for (const Build &build : m_builds) {
        if (build.torch != torch.version)
            continue;
        ++builds;
        std::vector<DottedVersion> driving = std::move(check.drivingCudas);
        check = checkBuild(card, torch.version, build.cuda);
        if (check.verdict == CudaVerdict::Drives)
            driving.push_back(build.cuda);
        check.drivingCudas = std::move(driving);
    }
    check.cuda.reset(); // whichever it is
    if (!check.drivingCudas.empty() && check.drivingCudas.size() < builds)
        check.verdict = CudaVerdict::DependsOnBuild;
    return check;
}

} // namespace core::catalog
