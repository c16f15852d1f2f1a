// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/CatalogJson.h"

#include "app/danlu-cli/Json.h"

#include <cmath>

using namespace core;
using namespace core::catalog;

namespace cli {

namespace {

QLatin1StringView unitName(Fp16Unit unit)
{
    switch (unit) {
    case Fp16Unit::Unknown: return QLatin1StringView("");
    case Fp16Unit::Tensor: return QLatin1StringView("tensor");
    case Fp16Unit::Matrix: return QLatin1StringView("matrix");
    case Fp16Unit::Plain: return QLatin1StringView("plain");
    case Fp16Unit::None: return QLatin1StringView("none");
    }
    return QLatin1StringView("");
}

QLatin1StringView accumulateName(Accumulate accumulate)
{
    switch (accumulate) {
    case Accumulate::Unknown: return QLatin1StringView("");
    case Accumulate::Fp32: return QLatin1StringView("fp32");
    case Accumulate::Fp16: return QLatin1StringView("fp16");
    }
    return QLatin1StringView("");
}

/// \a price, which is in the currency of \a row's offer, in the shown one.
QJsonValue inShownCurrency(const std::optional<Decimal> &price, const OfferRow &row,
                           const PricingOptions &options)
{
    if (!price)
        return QJsonValue::Null;
    const auto shown =
        converted({*price, row.perGpuHour.currency}, row.perHour.currency, options.rate);
    return shown ? toJson(std::optional(shown->perHour)) : QJsonValue(QJsonValue::Null);
}

} // namespace

QLatin1StringView verdictName(CudaVerdict verdict)
{
    switch (verdict) {
    case CudaVerdict::Drives: return QLatin1StringView("drives");
    case CudaVerdict::TooOld: return QLatin1StringView("too-old");
    case CudaVerdict::TooNew: return QLatin1StringView("too-new");
    case CudaVerdict::NoCode: return QLatin1StringView("no-code");
    case CudaVerdict::CpuOnly: return QLatin1StringView("cpu-only");
    case CudaVerdict::DependsOnBuild: return QLatin1StringView("depends-on-build");
    case CudaVerdict::NotCuda: return QLatin1StringView("not-cuda");
    case CudaVerdict::Unknown: return QLatin1StringView("unknown");
    }
    return QLatin1StringView("unknown");
}

QLatin1StringView figureName(Figure figure)
{
    switch (figure) {
    case Figure::Fp32: return QLatin1StringView("fp32_tflops");
    case Figure::Fp16: return QLatin1StringView("fp16_tflops");
    case Figure::Memory: return QLatin1StringView("memory_gb");
    case Figure::Bandwidth: return QLatin1StringView("bandwidth_gb_s");
    case Figure::Tdp: return QLatin1StringView("tdp_w");
    }
    return QLatin1StringView("");
}

QJsonValue versionOrNull(const std::optional<DottedVersion> &version)
{
    return version ? QJsonValue(version->text()) : QJsonValue(QJsonValue::Null);
}

QJsonValue toJson(const std::optional<Decimal> &value)
{
    return value ? QJsonValue(value->toDouble()) : QJsonValue(QJsonValue::Null);
}

QJsonObject toJson(const Card &card)
{
    QJsonArray otherMemory;
    for (const int gb : card.otherMemoryGb)
        otherMemory.append(gb);
    QJsonArray modifiedMemory;
    for (const int gb : card.modifiedMemoryGb)
        modifiedMemory.append(gb);
    return {{QStringLiteral("name"), card.name},
            {QStringLiteral("vendor"), card.vendor},
            {QStringLiteral("architecture"), card.architecture},
            {QStringLiteral("compute_capability"), versionOrNull(card.computeCapability)},
            {QStringLiteral("memory_gb"), orNull(card.memoryGb)},
            {QStringLiteral("other_memory_gb"), otherMemory},
            {QStringLiteral("modified_memory_gb"), modifiedMemory},
            {QStringLiteral("bandwidth_gb_s"), toJson(card.bandwidthGbs)},
            {QStringLiteral("fp32_tflops"), toJson(card.fp32Tflops)},
            {QStringLiteral("fp16_tflops"), toJson(card.fp16Tflops)},
            {QStringLiteral("fp16_unit"), textOrNull(unitName(card.fp16Unit))},
            {QStringLiteral("fp16_accumulate"), textOrNull(accumulateName(card.fp16Accumulate))},
            {QStringLiteral("fp16_basis"), textOrNull(card.fp16Basis)},
            {QStringLiteral("fp16_tflops_fp16_accumulate"), toJson(card.fp16TflopsFp16Accumulate)},
            {QStringLiteral("bf16"), orNull(card.bf16)},
            {QStringLiteral("tdp_w"), orNull(card.tdpW)},
            {QStringLiteral("min_cuda"), versionOrNull(card.minCuda)},
            {QStringLiteral("max_cuda"), versionOrNull(card.maxCuda)},
            {QStringLiteral("as_of"), textOrNull(card.asOf)},
            {QStringLiteral("sources"), QJsonArray::fromStringList(card.sources)},
            {QStringLiteral("unsourced"), QJsonArray::fromStringList(card.unsourced)},
            {QStringLiteral("note"), textOrNull(card.note)}};
}

QJsonObject toJson(const QString &name, const NameMatch &match)
{
    QJsonArray cards;
    for (const Card *card : match.cards)
        cards.append(toJson(*card));
    return {{QStringLiteral("name"), name},
            {QStringLiteral("known"), match.isKnown()},
            {QStringLiteral("certain"), match.isCertain()},
            {QStringLiteral("memory_gb"), orNull(match.memoryGb)},
            {QStringLiteral("cards"), cards}};
}

QJsonObject toJson(const CudaCheck &check)
{
    QJsonArray driving;
    for (const DottedVersion &cuda : check.drivingCudas)
        driving.append(cuda.text());
    return {{QStringLiteral("verdict"), QString(verdictName(check.verdict))},
            {QStringLiteral("cuda"), versionOrNull(check.cuda)},
            {QStringLiteral("need_at_least"), versionOrNull(check.needAtLeast)},
            {QStringLiteral("need_at_most"), versionOrNull(check.needAtMost)},
            {QStringLiteral("driving_cudas"), driving},
            {QStringLiteral("source"), textOrNull(check.source)}};
}

QJsonObject toJson(const CardValue &value)
{
    const std::optional<OfferRow> &offer = value.cheapest;
    return {{QStringLiteral("fp16_tflops_per_money"), orNull(value.fp16PerMoney)},
            {QStringLiteral("fp32_tflops_per_money"), orNull(value.fp32PerMoney)},
            {QStringLiteral("memory_gb_per_money"), orNull(value.gbPerMoney)},
            {QStringLiteral("price_per_gpu_hour"),
             offer ? QJsonValue(offer->perHour.perHour.toDouble()) : QJsonValue()},
            {QStringLiteral("currency"),
             offer ? QJsonValue(QString(currencyCode(offer->perHour.currency))) : QJsonValue()},
            {QStringLiteral("provider"), offer ? textOrNull(offer->offer.provider) : QJsonValue()},
            {QStringLiteral("region"), offer ? textOrNull(offer->offer.region) : QJsonValue()},
            {QStringLiteral("seen_on"),
             offer && offer->offer.seenOn ? QJsonValue(offer->offer.seenOn->text()) : QJsonValue()},
            {QStringLiteral("age_days"), offer ? orNull(offer->ageDays) : QJsonValue()},
            {QStringLiteral("old"), offer ? QJsonValue(offer->isOld) : QJsonValue()}};
}

QJsonObject toJson(const OfferRow &row, const PricingOptions &options)
{
    const Offer &offer = row.offer;
    const Card *card = row.card.best();
    const bool isConverted = row.perHour.currency != offer.perGpuHour.currency;
    return {
        {QStringLiteral("provider"), offer.provider},
        {QStringLiteral("region"), textOrNull(offer.region)},
        {QStringLiteral("card"), offer.card},
        {QStringLiteral("no_gpu"), offer.isNoGpu()},
        {QStringLiteral("card_name"), card ? QJsonValue(card->name) : QJsonValue()},
        {QStringLiteral("card_certain"), row.card.isCertain()},
        {QStringLiteral("price_per_gpu_hour"),
         inShownCurrency(row.perGpuHour.perHour, row, options)},
        {QStringLiteral("currency"), QString(currencyCode(row.perHour.currency))},
        {QStringLiteral("own_price_per_gpu_hour"), offer.perGpuHour.perHour.toDouble()},
        {QStringLiteral("own_currency"), QString(currencyCode(offer.perGpuHour.currency))},
        {QStringLiteral("cny_per_usd"),
         isConverted ? QJsonValue(options.rate.cnyPerUsd.toDouble()) : QJsonValue()},
        {QStringLiteral("member_price_per_gpu_hour"),
         inShownCurrency(offer.memberPerGpuHour, row, options)},
        {QStringLiteral("is_member_price"), row.isMemberPrice},
        {QStringLiteral("fp32_tflops"), card ? toJson(card->fp32Tflops) : QJsonValue()},
        {QStringLiteral("fp16_tflops"), card ? toJson(card->fp16Tflops) : QJsonValue()},
        {QStringLiteral("gpu_memory_gb"), orNull(row.card.usualMemoryGb())},
        {QStringLiteral("per_fp32_tflops_hour"), orNull(row.perFp32TflopsHour)},
        {QStringLiteral("per_fp16_tflops_hour"), orNull(row.perFp16TflopsHour)},
        {QStringLiteral("per_gb_hour"), orNull(row.perGbHour)},
        {QStringLiteral("cores_per_gpu"), toJson(offer.coresPerGpu)},
        {QStringLiteral("memory_gb_per_gpu"), toJson(offer.memoryGbPerGpu)},
        {QStringLiteral("system_disk_gb"), toJson(offer.systemDiskGb)},
        {QStringLiteral("data_disk_gb"), toJson(offer.dataDiskGb)},
        {QStringLiteral("seen_on"), offer.seenOn ? QJsonValue(offer.seenOn->text()) : QJsonValue()},
        {QStringLiteral("age_days"), orNull(row.ageDays)},
        {QStringLiteral("old"), row.isOld},
        {QStringLiteral("source"), textOrNull(offer.source)},
        {QStringLiteral("note"), textOrNull(offer.note)}};
}

} // namespace cli
