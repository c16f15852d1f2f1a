// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/EstimateCommand.h"

#include "app/danlu-cli/CatalogJson.h"
#include "app/danlu-cli/Output.h"
#include "app/danlu-cli/PricesCommand.h"
#include "app/danlu-cli/Services.h"
#include "app/danlu-cli/Table.h"
#include "core/catalog/JobEstimate.h"

using namespace core;
using namespace core::catalog;

namespace cli {

namespace {

Error usage()
{
    return {ErrorCode::Usage, Step::None,
            QStringLiteral("cost estimate --card C --hours H [--gpus N] [--memory GB] "
                           "[--by fp16|fp32|bandwidth] [--setup HOURS] [--setup-no-gpu] "
                           "[--currency CNY|USD]")};
}

Result<Job> jobOf(const Arguments &arguments)
{
    Job job;
    job.card = arguments.value("card").value_or(QString());
    const auto hours = Decimal::parse(arguments.value("hours").value_or(QString()));
    const auto setUp = Decimal::parse(arguments.value("setup").value_or(QStringLiteral("0")));
    if (job.card.isEmpty() || !hours || !setUp)
        return tl::make_unexpected(usage());
    job.hours = *hours;
    job.setUpHours = *setUp;
    job.setUpWithoutGpu = arguments.has("setup-no-gpu");
    if (const auto memory = arguments.value("memory")) {
        job.memoryGb = Decimal::parse(*memory);
        if (!job.memoryGb)
            return tl::make_unexpected(usage());
    }
    const QString by = arguments.value("by").value_or(QStringLiteral("fp16"));
    if (by == u"fp16")
        job.figure = Figure::Fp16;
    else if (by == u"fp32")
        job.figure = Figure::Fp32;
    else if (by == u"bandwidth")
        job.figure = Figure::Bandwidth;
    else
        return tl::make_unexpected(usage());
    return job;
}

QLatin1StringView verdictName(JobEstimate::Verdict verdict)
{
    using V = JobEstimate::Verdict;
    switch (verdict) {
    case V::Fits: return QLatin1StringView("fits");
    case V::MayNotFit: return QLatin1StringView("may-not-fit");
    case V::TooLittleMemory: return QLatin1StringView("too-little-memory");
    case V::UnknownCard: return QLatin1StringView("unknown-card");
    case V::UnknownFigure: return QLatin1StringView("unknown-figure");
    }
    return QLatin1StringView("unknown-figure");
}

QJsonValue moneyJson(const std::optional<Money> &money)
{
    return money ? QJsonValue(decimalText(*money)) : QJsonValue();
}

QJsonObject estimateJson(const JobEstimate &estimate, const PricingOptions &options)
{
    QJsonObject object = toJson(estimate.row, options);
    object.insert(QStringLiteral("gpus"), options.gpus);
    object.insert(QStringLiteral("cores"), toJson(estimate.row.cores));
    object.insert(QStringLiteral("memory_gb"), toJson(estimate.row.memoryGb));
    object.insert(QStringLiteral("price_per_hour"), estimate.row.perHour.perHour.toDouble());
    object.insert(QStringLiteral("verdict"), QString(verdictName(estimate.verdict)));
    object.insert(QStringLiteral("is_estimate"), estimate.isEstimate);
    object.insert(QStringLiteral("seconds"),
                  estimate.time ? QJsonValue(qint64(estimate.time->count())) : QJsonValue());
    object.insert(QStringLiteral("gpu_cost"), moneyJson(estimate.gpuCost));
    object.insert(QStringLiteral("setup_cost"), moneyJson(estimate.setUpCost));
    object.insert(QStringLiteral("setup_without_gpu"), estimate.setUpWithoutGpu);
    object.insert(QStringLiteral("cost"), moneyJson(estimate.cost));
    return object;
}

QString hoursText(const std::optional<std::chrono::seconds> &time)
{
    if (!time)
        return QStringLiteral("-");
    const double hours = double(time->count()) / 3600;
    return QString::number(hours, 'f', hours < 1 ? 2 : 1);
}

void printEstimates(const std::vector<JobEstimate> &estimates)
{
    std::vector<QStringList> lines;
    for (const JobEstimate &estimate : estimates) {
        QStringList remarks;
        if (estimate.verdict != JobEstimate::Verdict::Fits)
            remarks.append(verdictName(estimate.verdict));
        else if (estimate.isEstimate)
            remarks.append(QStringLiteral("estimate"));
        lines.push_back({estimate.row.offer.provider, estimate.row.offer.region,
                         estimate.row.offer.card, hoursText(estimate.time),
                         estimate.cost ? decimalText(*estimate.cost) : QStringLiteral("-"),
                         estimate.cost ? QString(currencyCode(estimate.cost->currency)) : QString(),
                         ageText(estimate.row), remarks.join(QStringLiteral(", "))});
    }
    writeOut(tableText({QStringLiteral("PROVIDER"), QStringLiteral("REGION"),
                        QStringLiteral("CARD"), QStringLiteral("HOURS"), QStringLiteral("COST"),
                        QString(), QStringLiteral("SEEN"), QString()},
                       lines)
                 .toUtf8());
}

} // namespace

int runEstimate(const Arguments &arguments)
{
    if (arguments.positionals.size() != 1)
        return reportError(usage(), arguments.json);
    const Result<Job> job = jobOf(arguments);
    if (!job)
        return reportError(job.error(), arguments.json);
    const SystemClock clock;
    OfferStore store(configDirectory(arguments), clock);
    if (const Result<> loaded = loadOffers(store, arguments.json); !loaded)
        return reportError(loaded.error(), arguments.json);
    Result<PricingOptions> options = pricingOptions(store, arguments);
    if (!options)
        return reportError(options.error(), arguments.json);
    if (const auto gpus = arguments.value("gpus")) {
        bool isNumber = false;
        options->gpus = gpus->toInt(&isNumber);
        if (!isNumber || options->gpus < 1 || options->gpus > mostGpus)
            return reportError(usage(), arguments.json);
    }
    const Result<CardCatalog> cards = CardCatalog::shipped();
    if (!cards)
        return reportError(cards.error(), arguments.json);
    const auto estimates =
        estimateJob(*job, allOffers(store, arguments), *cards, *options, todayOf(clock));
    if (!estimates)
        return reportError(estimates.error(), arguments.json);
    if (!arguments.json) {
        printEstimates(*estimates);
        return ExitDone;
    }
    QJsonArray all;
    for (const JobEstimate &estimate : *estimates)
        all.append(estimateJson(estimate, *options));
    printJson(all);
    return ExitDone;
}

} // namespace cli
