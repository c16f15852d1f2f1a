// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/PricesCommand.h"

#include "app/danlu-cli/CatalogJson.h"
#include "app/danlu-cli/Output.h"
#include "app/danlu-cli/Services.h"
#include "app/danlu-cli/Table.h"
#include "core/catalog/FeedStore.h"

using namespace core;
using namespace core::catalog;

namespace cli {

namespace {

Result<OfferOrder> orderOf(const Arguments &arguments)
{
    const QString by = arguments.value("by").value_or(QStringLiteral("hour"));
    if (by == u"hour")
        return OfferOrder::PerHour;
    if (by == u"tflops" || by == u"fp16")
        return OfferOrder::PerFp16TflopsHour;
    if (by == u"fp32")
        return OfferOrder::PerFp32TflopsHour;
    if (by == u"memory")
        return OfferOrder::PerGbHour;
    return fail(ErrorCode::Usage, Step::None, QStringLiteral("--by hour|tflops|fp32|memory"));
}

/// Four digits that count, never an exponent.
QString unitText(const std::optional<double> &price)
{
    if (!price)
        return QStringLiteral("-");
    const int decimals = *price >= 1 ? 3 : *price >= 0.1 ? 4 : *price >= 0.01 ? 5 : 6;
    return QString::number(*price, 'f', decimals);
}

void printRows(const std::vector<OfferRow> &rows, const PricingOptions &options,
               const PriceSettings &settings)
{
    std::vector<QStringList> lines;
    bool isConverted = false;
    for (const OfferRow &row : rows) {
        isConverted = isConverted || row.perHour.currency != row.offer.perGpuHour.currency;
        const bool isUnknown = !row.offer.isNoGpu() && !row.card.isKnown();
        lines.push_back({row.offer.provider, row.offer.region,
                         row.offer.card + (isUnknown ? QStringLiteral(" (unknown)") : QString()),
                         row.perHour.perHour.text(2), currencyCode(row.perHour.currency),
                         unitText(row.perFp16TflopsHour), unitText(row.perFp32TflopsHour),
                         unitText(row.perGbHour),
                         row.cores ? row.cores->text() : QStringLiteral("-"),
                         row.memoryGb ? row.memoryGb->text() : QStringLiteral("-"), ageText(row)});
    }
    writeOut(
        tableText({QStringLiteral("PROVIDER"), QStringLiteral("REGION"), QStringLiteral("CARD"),
                   QStringLiteral("PER HOUR"), QString(), QStringLiteral("PER FP16 TFLOPS"),
                   QStringLiteral("PER FP32 TFLOPS"), QStringLiteral("PER GB"),
                   QStringLiteral("CORES"), QStringLiteral("RAM GB"), QStringLiteral("SEEN")},
                  lines)
            .toUtf8());
    if (isConverted)
        printLine(
            QStringLiteral("1 USD = %1 CNY%2")
                .arg(options.rate.cnyPerUsd.text(),
                     settings.rateSetOn
                         ? QStringLiteral(", set on ") + settings.rateSetOn->toString(Qt::ISODate)
                         : QStringLiteral(", a round number to begin with: set your own")));
}

int listOffers(const Arguments &arguments, const OfferStore &store, const Clock &clock)
{
    const Result<OfferOrder> order = orderOf(arguments);
    if (!order)
        return reportError(order.error(), arguments.json);
    const Result<PricingOptions> options = pricingOptions(store, arguments);
    if (!options)
        return reportError(options.error(), arguments.json);
    const Result<CardCatalog> cards = CardCatalog::shipped();
    if (!cards)
        return reportError(cards.error(), arguments.json);
    std::vector<OfferRow> rows =
        offerRows(allOffers(store, arguments), *cards, *options, todayOf(clock));
    sortRows(rows, *order);
    if (!arguments.json) {
        printRows(rows, *options, store.settings());
        return ExitDone;
    }
    QJsonArray all;
    for (const OfferRow &row : rows)
        all.append(toJson(row, *options));
    printJson(all);
    return ExitDone;
}

int importOffers(const Arguments &arguments, OfferStore &store)
{
    const auto report = store.importFile(arguments.positionals[1]);
    if (!report)
        return reportError(report.error(), arguments.json);
    if (arguments.json)
        printJson(QJsonObject{{QStringLiteral("added"), report->added},
                              {QStringLiteral("replaced"), report->replaced},
                              {QStringLiteral("unchanged"), report->unchanged},
                              {QStringLiteral("total"), qint64(store.offers().size())}});
    else
        printLine(QStringLiteral("%1 added, %2 replaced, %3 unchanged")
                      .arg(report->added)
                      .arg(report->replaced)
                      .arg(report->unchanged));
    return ExitDone;
}

} // namespace

QString ageText(const OfferRow &row)
{
    if (!row.ageDays)
        return QStringLiteral("? old");
    return QStringLiteral("%1 d%2")
        .arg(*row.ageDays)
        .arg(row.isOld ? QStringLiteral(" old") : QString());
}

Result<> loadOffers(OfferStore &store, bool json)
{
    const auto report = store.load();
    if (!report)
        return tl::make_unexpected(report.error());
    for (qsizetype i = 0; i < report->corruptKeptAs.size(); ++i)
        reportError({ErrorCode::Parse, Step::Local,
                     QStringLiteral("%1; the broken file is kept as %2")
                         .arg(report->problems[i], report->corruptKeptAs[i])},
                    json);
    return {};
}

std::vector<Offer> allOffers(const OfferStore &store, const Arguments &arguments)
{
    std::vector<Offer> offers = store.offers();
    const std::vector<Offer> fed =
        keptFeedOffers(configDirectory(arguments), store.settings().feeds);
    offers.insert(offers.end(), fed.begin(), fed.end());
    return offers;
}

Result<PricingOptions> pricingOptions(const OfferStore &store, const Arguments &arguments)
{
    PricingOptions options;
    options.rate = store.settings().rate;
    options.member = store.settings().member;
    options.memberPercent = store.settings().memberPercent;
    if (const auto code = arguments.value("currency")) {
        options.currency = currencyOf(*code);
        if (!options.currency)
            return fail(ErrorCode::Usage, Step::None, QStringLiteral("--currency CNY|USD"));
    }
    return options;
}

int runPrices(const Arguments &arguments)
{
    const QStringList &words = arguments.positionals;
    const bool isImport = words.value(0) == u"import" && words.size() == 2;
    if (!words.isEmpty() && !isImport)
        return reportError({ErrorCode::Usage, Step::None,
                            QStringLiteral("prices [--by hour|tflops|fp32|memory] "
                                           "[--currency CNY|USD] | prices import FILE | "
                                           "prices refresh [SOURCE]")},
                           arguments.json);
    const SystemClock clock;
    OfferStore store(configDirectory(arguments), clock);
    if (const Result<> loaded = loadOffers(store, arguments.json); !loaded)
        return reportError(loaded.error(), arguments.json);
    return isImport ? importOffers(arguments, store) : listOffers(arguments, store, clock);
}

} // namespace cli
