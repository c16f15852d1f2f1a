// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/CatalogWords.h"

#include "ui/common/Format.h"

#include <QLocale>

namespace ui::catalog {

using namespace core::catalog;

namespace {

QString currencySign(core::Currency currency)
{
    return currency == core::Currency::Cny ? QStringLiteral("¥") : QStringLiteral("$");
}

} // namespace

QString figureName(Figure figure)
{
    switch (figure) {
    case Figure::Fp32: return Words::tr("FP32");
    case Figure::Fp16: return Words::tr("FP16 tensor");
    case Figure::Memory: return Words::tr("Memory");
    case Figure::Bandwidth: return Words::tr("Memory bandwidth");
    case Figure::Tdp: return Words::tr("Power (TDP)");
    }
    return {};
}

QString figureUnit(Figure figure)
{
    switch (figure) {
    case Figure::Fp32:
    case Figure::Fp16: return QStringLiteral("TFLOPS");
    case Figure::Memory: return QStringLiteral("GB");
    case Figure::Bandwidth: return QStringLiteral("GB/s");
    case Figure::Tdp: return QStringLiteral("W");
    }
    return {};
}

QString figureText(const std::optional<Decimal> &figure)
{
    return format::number(figure ? std::optional(figure->toDouble()) : std::nullopt, 2);
}

QString figureWithUnit(const std::optional<Decimal> &figure, Figure kind)
{
    return figure ? figureText(figure) + format::unitSpace + figureUnit(kind) : format::absent();
}

QString numberText(const std::optional<Decimal> &number)
{
    return figureText(number);
}

QString versionText(const std::optional<DottedVersion> &version)
{
    return version ? version->text() : format::absent();
}

QString yesNo(const std::optional<bool> &value)
{
    return !value ? format::absent() : *value ? Words::tr("Yes") : Words::tr("No");
}

QString fp16Basis(const GpuCard &card)
{
    if (!card.fp16Tflops)
        return format::absent();
    switch (card.fp16Unit) {
    case Fp16Unit::Tensor:
        return card.fp16Accumulate == Accumulate::Fp16
                   ? Words::tr("Tensor cores, dense, summed up in FP16")
               : card.fp16Accumulate == Accumulate::Fp32
                   ? Words::tr("Tensor cores, dense, summed up in FP32")
                   : Words::tr("Tensor cores, dense");
    case Fp16Unit::Matrix: return Words::tr("Matrix cores, dense");
    case Fp16Unit::Plain: return Words::tr("Without tensor cores");
    case Fp16Unit::None:
    case Fp16Unit::Unknown: break;
    }
    return card.fp16Basis.isEmpty() ? format::absent() : card.fp16Basis;
}

QString sourceText(const GpuCard &card, Figure figure)
{
    if (!figureOf(card, figure))
        return Words::tr("Not known");
    if (!isSourced(card, figure))
        return Words::tr("Derived; none of the sources gives it (%1)").arg(card.asOf);
    //: %1: where figures are from, %2: when they were gathered, "2026-11"
    return Words::tr("From %1 (%2)").arg(card.sources.join(QStringLiteral("; ")), card.asOf);
}

QString moneyText(const std::optional<core::Money> &money)
{
    return money ? format::money(money->minor, core::currencyCode(money->currency))
                 : format::absent();
}

QString priceText(const HourlyPrice &price)
{
    return moneyText(price.rounded());
}

QString unitPriceText(const std::optional<double> &price, core::Currency currency)
{
    if (!price)
        return format::absent();
    const int decimals = *price >= 1 ? 3 : *price >= 0.1 ? 4 : *price >= 0.01 ? 5 : 6;
    return currencySign(currency) + QLocale().toString(*price, 'f', decimals);
}

QString ageText(const OfferRow &row)
{
    if (!row.offer.seenOn || !row.ageDays)
        return format::absent();
    if (row.offer.seenOn->precision != SeenOn::Precision::Day)
        return row.offer.seenOn->text();
    //: The age of a price in days: "12 d"
    return Words::tr("%1 d").arg(QLocale().toString(*row.ageDays));
}

QString seenWords(const OfferRow &row)
{
    if (!row.offer.seenOn || !row.ageDays)
        return Words::tr("price of unknown age");
    if (row.offer.seenOn->precision != SeenOn::Precision::Day)
        //: When a price was seen: %1 is a month or a year, "2026-08"
        return Words::tr("price of %1").arg(row.offer.seenOn->text());
    if (*row.ageDays == 0)
        return Words::tr("price of today");
    //: The age of a price: %1 is a number of days
    return Words::tr("price %1 d old").arg(QLocale().toString(*row.ageDays));
}

QString ageSentence(const OfferRow &row)
{
    if (!row.ageDays)
        return Words::tr("Nobody noted when this price was seen. Check it before you rent.");
    const QString seen = Words::tr("Seen on %1.").arg(row.offer.seenOn->text());
    return row.isOld ? seen + u' ' + Words::tr("Older than 30 days: check it before you rent.")
                     : seen;
}

QString placeText(const Offer &offer)
{
    if (offer.region.isEmpty() || offer.region == u"any")
        return offer.provider;
    return offer.provider + QStringLiteral(" · ") + offer.region;
}

QString verdictText(const JobEstimate &estimate, const Job &job)
{
    const QString needed = numberText(job.memoryGb);
    const std::vector<int> sizes = estimate.row.card.possibleMemoryGb();
    switch (estimate.verdict) {
    case JobEstimate::Verdict::TooLittleMemory:
        //: %1 and %2 are numbers of gigabytes
        return Words::tr("Only %1 GB, the job needs %2 GB")
            .arg(QLocale().toString(sizes.empty() ? 0 : sizes.back()), needed);
    case JobEstimate::Verdict::MayNotFit:
        return sizes.empty() ? Words::tr("Its memory is not known; the job needs %1 GB").arg(needed)
                             : Words::tr("May be a board with only %1 GB: look before you rent")
                                   .arg(QLocale().toString(sizes.front()));
    case JobEstimate::Verdict::UnknownCard:
        return Words::tr("This card is not in the table of cards");
    case JobEstimate::Verdict::UnknownFigure:
        return Words::tr("%1 of this card is not known").arg(figureName(job.figure));
    case JobEstimate::Verdict::Fits: break;
    }
    return {};
}

bool isCudaTrouble(CudaVerdict verdict)
{
    switch (verdict) {
    case CudaVerdict::TooOld:
    case CudaVerdict::TooNew:
    case CudaVerdict::NoCode:
    case CudaVerdict::CpuOnly:
    case CudaVerdict::NotCuda: return true;
    case CudaVerdict::Drives:
    case CudaVerdict::DependsOnBuild:
    case CudaVerdict::Unknown: break;
    }
    return false;
}

QString cudaText(const CudaCheck &check, const GpuCard &card)
{
    const QString cuda = versionText(check.cuda);
    switch (check.verdict) {
    case CudaVerdict::Drives: return Words::tr("Drives the %1.").arg(card.name);
    case CudaVerdict::TooOld:
        return Words::tr("CUDA %1 is too old for the %2: choose an image with CUDA %3 or newer.")
            .arg(cuda, card.name, versionText(check.needAtLeast));
    case CudaVerdict::TooNew:
        return Words::tr("CUDA %1 has dropped the %2: choose an image with CUDA %3 or older.")
            .arg(cuda, card.name, versionText(check.needAtMost));
    case CudaVerdict::NoCode:
        return Words::tr("This torch has no code for the %1: choose one built with CUDA %2 or "
                         "newer.")
            .arg(card.name, versionText(check.needAtLeast ? check.needAtLeast : card.minCuda));
    case CudaVerdict::CpuOnly:
        return Words::tr("This torch works on the CPU only: install a build with CUDA.");
    case CudaVerdict::DependsOnBuild: {
        QStringList cudas;
        for (const DottedVersion &one : check.drivingCudas)
            cudas.append(one.text());
        return Words::tr("It depends on the build: those with CUDA %1 drive the %2.")
            .arg(QLocale().createSeparatedList(cudas), card.name);
    }
    case CudaVerdict::NotCuda:
        return Words::tr("The %1 and this build do not go together.").arg(card.name);
    case CudaVerdict::Unknown: break;
    }
    return Words::tr("Not known for this version.");
}

namespace {

Description words(const core::Error &error, const QString &title, const QString &why,
                  const QString &advice)
{
    Description made = withoutActions(describe(error));
    made.title = title;
    made.why = why;
    made.advice = advice;
    return made;
}

} // namespace

Description describeFeedError(const core::Error &error)
{
    using core::ErrorCode;
    switch (error.code) {
    case ErrorCode::HostNotFound:
    case ErrorCode::ConnectFailed:
    case ErrorCode::ConnectTimeout:
    case ErrorCode::Disconnected:
    case ErrorCode::TimedOut:
        return words(error, Words::tr("The source could not be reached"),
                     Words::tr("This computer has no network right now, or a firewall or VPN is "
                               "in between."),
                     Words::tr("Check the network, then refresh."));
    case ErrorCode::VerifyFailed:
        return words(error, Words::tr("The source could not prove who it is"),
                     Words::tr("Its certificate is not right. On a campus or company network, a "
                               "proxy may read along; a wrong clock does it, too."),
                     Words::tr("Check this computer's clock, try another network, then refresh."));
    case ErrorCode::AuthRejected:
        return words(error, Words::tr("The source refuses the request"),
                     Words::tr("The token is wrong or has run out, or the source does not answer "
                               "from here."),
                     Words::tr("Make a new token in the provider's console and save it here."));
    case ErrorCode::Parse:
        return words(error, Words::tr("The answer could not be understood"),
                     Words::tr("The source has changed its format, or something in between "
                               "answered in its place. Nothing of it was taken."),
                     Words::tr("Refresh later. If it stays so, an update of Danlu is needed."));
    case ErrorCode::NotFound:
    case ErrorCode::RemoteFailed:
        return words(error, Words::tr("The source reports a problem"),
                     Words::tr("It is overloaded or has moved."), Words::tr("Refresh later."));
    case ErrorCode::LocalIo:
    case ErrorCode::DiskFull:
        return words(error, Words::tr("The prices could not be kept on this computer"),
                     Words::tr("The disk is full, or the folder is not yours to write to. They "
                               "are shown until Danlu is closed."),
                     Words::tr("Make room, then refresh."));
    default: return describe(error);
    }
}

Description describeTableError(const core::Error &error, const QString &path)
{
    using core::ErrorCode;
    switch (error.code) {
    case ErrorCode::Usage:
        return words(error, Words::tr("The row can't be kept like this"),
                     Words::tr("An offer needs a provider, a card and a price; texts are one line "
                               "and not too long."),
                     Words::tr("Mend it, then try again."));
    case ErrorCode::NotFound:
        return path.isEmpty()
                   ? words(error, Words::tr("This row is not there any more"),
                           Words::tr("It was changed in another window or by the command line."),
                           Words::tr("Press F5 to read the table again."))
                   : words(error, Words::tr("The file is not there"), path,
                           Words::tr("Choose another file."));
    case ErrorCode::Parse:
        return words(error, Words::tr("This is no table of offers"),
                     Words::tr("Nothing was taken from it. The details name the lines."),
                     Words::tr("Export the table to see how it is made, mend the file, then "
                               "import it again."));
    case ErrorCode::Unsupported:
        return words(error, Words::tr("The table is full or from a newer Danlu"),
                     Words::tr("It was left as it is."), Words::tr("Remove rows or update Danlu."));
    default:
        return words(error, Words::tr("The file could not be read or written"),
                     path.isEmpty()
                         ? Words::tr("Danlu's configuration folder reports a problem.")
                         //: %1 is a path
                         : Words::tr("This computer reported a problem with %1.").arg(path),
                     Words::tr("Check that the disk is not full and the folder is yours."));
    }
}

} // namespace ui::catalog
