// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/CardsCommand.h"

#include "app/danlu-cli/CatalogJson.h"
#include "app/danlu-cli/Output.h"
#include "app/danlu-cli/PricesCommand.h"
#include "app/danlu-cli/Services.h"
#include "app/danlu-cli/Table.h"

using namespace core;
using namespace core::catalog;

namespace cli {

namespace {

QString shown(const std::optional<Decimal> &figure)
{
    return figure ? figure->text() : QStringLiteral("-");
}

QString shown(const std::optional<int> &number)
{
    return number ? QString::number(*number) : QStringLiteral("-");
}

QString shown(const std::optional<DottedVersion> &version)
{
    return version ? version->text() : QStringLiteral("-");
}

QString yesNo(const std::optional<bool> &value)
{
    return !value ? QStringLiteral("-") : *value ? QStringLiteral("yes") : QStringLiteral("no");
}

Result<Figure> figureBy(const QString &by)
{
    if (by == u"fp32")
        return Figure::Fp32;
    if (by == u"fp16")
        return Figure::Fp16;
    if (by == u"memory")
        return Figure::Memory;
    if (by == u"bandwidth")
        return Figure::Bandwidth;
    return fail(ErrorCode::Usage, Step::None,
                QStringLiteral("--by fp32|fp16|memory|bandwidth|value"));
}

int listByFigure(const Arguments &arguments, const CardCatalog &cards, Figure figure)
{
    QJsonArray all;
    std::vector<QStringList> lines;
    for (const RankedCard &ranked : ranking(cards, figure)) {
        const Card &card = *ranked.card;
        QJsonObject object = toJson(card);
        object.insert(QStringLiteral("rank"),
                      ranked.place ? QJsonValue(*ranked.place) : QJsonValue());
        all.append(object);
        lines.push_back({shown(ranked.place), card.name, shown(card.fp32Tflops),
                         shown(card.fp16Tflops), yesNo(card.bf16), shown(card.memoryGb),
                         shown(card.bandwidthGbs), shown(card.tdpW), card.architecture,
                         shown(card.computeCapability), shown(card.minCuda)});
    }
    if (arguments.json)
        printJson(all);
    else
        writeOut(tableText({QStringLiteral("RANK"), QStringLiteral("CARD"), QStringLiteral("FP32"),
                            QStringLiteral("FP16"), QStringLiteral("BF16"),
                            QStringLiteral("MEMORY GB"), QStringLiteral("GB/S"),
                            QStringLiteral("TDP W"), QStringLiteral("ARCHITECTURE"),
                            QStringLiteral("CC"), QStringLiteral("CUDA FROM")},
                           lines)
                     .toUtf8());
    return ExitDone;
}

int listByValue(const Arguments &arguments, const CardCatalog &cards)
{
    const SystemClock clock;
    OfferStore store(configDirectory(arguments), clock);
    if (const Result<> loaded = loadOffers(store, arguments.json); !loaded)
        return reportError(loaded.error(), arguments.json);
    const Result<PricingOptions> options = pricingOptions(store, arguments);
    if (!options)
        return reportError(options.error(), arguments.json);
    const std::vector<OfferRow> rows =
        offerRows(allOffers(store, arguments), cards, *options, todayOf(clock));
    QJsonArray all;
    std::vector<QStringList> lines;
    int place = 0;
    const auto number = [](const std::optional<double> &value) {
        return value ? QString::number(*value, 'f', 2) : QStringLiteral("-");
    };
    for (const CardValue &value : valueRanking(cards, rows)) {
        const std::optional<int> rank = value.fp16PerMoney ? std::optional(++place) : std::nullopt;
        QJsonObject object = toJson(*value.card);
        object.insert(QStringLiteral("rank"), rank ? QJsonValue(*rank) : QJsonValue());
        object.insert(QStringLiteral("value"), toJson(value));
        all.append(object);
        if (!value.cheapest)
            continue;
        const OfferRow &offer = *value.cheapest;
        lines.push_back({shown(rank), value.card->name, number(value.fp16PerMoney),
                         number(value.fp32PerMoney), number(value.gbPerMoney),
                         offer.perHour.perHour.text(2), currencyCode(offer.perHour.currency),
                         offer.offer.provider, offer.offer.region, ageText(offer)});
    }
    if (arguments.json)
        printJson(all);
    else
        writeOut(tableText({QStringLiteral("RANK"), QStringLiteral("CARD"),
                            QStringLiteral("FP16 TFLOPS PER MONEY"), QStringLiteral("FP32"),
                            QStringLiteral("GB"), QStringLiteral("PER HOUR"), QString(),
                            QStringLiteral("PROVIDER"), QStringLiteral("REGION"),
                            QStringLiteral("SEEN")},
                           lines)
                     .toUtf8());
    return ExitDone;
}

struct Checks
{
    std::optional<CudaCheck> cuda;
    std::optional<CudaCheck> torch;
};

Result<Checks> checksOf(const Arguments &arguments, const Card &card)
{
    Checks checks;
    std::optional<DottedVersion> cuda;
    if (const auto text = arguments.value("cuda")) {
        cuda = DottedVersion::parse(*text);
        if (!cuda)
            return fail(ErrorCode::Usage, Step::None, QStringLiteral("--cuda takes 12.4"));
        checks.cuda = checkCuda(card, *cuda);
    }
    if (const auto text = arguments.value("torch")) {
        const auto torch = TorchVersion::parse(*text);
        if (!torch)
            return fail(ErrorCode::Usage, Step::None,
                        QStringLiteral("--torch takes 2.5.1 or 2.5.1+cu124"));
        const Result<TorchBuilds> builds = TorchBuilds::shipped();
        if (!builds)
            return tl::make_unexpected(builds.error());
        checks.torch = builds->check(card, *torch, cuda);
    }
    return checks;
}

void printCard(const QString &name, const NameMatch &match, const Checks &checks)
{
    const Card &card = *match.cards.front();
    QStringList others;
    for (const Card *other : match.cards)
        others.append(other->name);
    const auto line = [](const char *key, const QString &value) {
        printLine(QLatin1StringView(key) + QStringLiteral(": ") + value);
    };
    line("name", name);
    line("card", match.isCertain() ? card.name : QStringLiteral("one of ") + others.join(u','));
    line("architecture", card.vendor + u' ' + card.architecture);
    line("compute capability", shown(card.computeCapability));
    line("memory", shown(match.usualMemoryGb()) + QStringLiteral(" GB"));
    line("bandwidth", shown(card.bandwidthGbs) + QStringLiteral(" GB/s"));
    line("FP32", shown(card.fp32Tflops) + QStringLiteral(" TFLOPS"));
    line("FP16", shown(card.fp16Tflops) + QStringLiteral(" TFLOPS (%1)").arg(card.fp16Basis));
    line("BF16", yesNo(card.bf16));
    line("TDP", shown(card.tdpW) + QStringLiteral(" W"));
    line("CUDA", QStringLiteral("%1 to %2").arg(shown(card.minCuda), shown(card.maxCuda)));
    if (checks.cuda)
        line("this CUDA", verdictName(checks.cuda->verdict));
    if (checks.torch)
        line("this torch", verdictName(checks.torch->verdict));
    line("sources",
         card.sources.join(QStringLiteral("; ")) + QStringLiteral(" (%1)").arg(card.asOf));
    if (!card.unsourced.isEmpty())
        line("not from them", card.unsourced.join(QStringLiteral(", ")));
    if (!card.note.isEmpty())
        line("note", card.note);
}

int show(const Arguments &arguments, const CardCatalog &cards)
{
    const QString name = arguments.positionals[1];
    const NameMatch match = cards.match(name);
    if (!match.isKnown())
        return reportError({ErrorCode::NotFound, Step::None,
                            QStringLiteral("no card of the table is called ") + name.left(80)},
                           arguments.json);
    const Result<Checks> checks = checksOf(arguments, *match.cards.front());
    if (!checks)
        return reportError(checks.error(), arguments.json);
    if (!arguments.json) {
        printCard(name, match, *checks);
        return ExitDone;
    }
    QJsonObject object = toJson(name, match);
    object.insert(QStringLiteral("cuda_check"),
                  checks->cuda ? QJsonValue(toJson(*checks->cuda)) : QJsonValue());
    object.insert(QStringLiteral("torch_check"),
                  checks->torch ? QJsonValue(toJson(*checks->torch)) : QJsonValue());
    printJson(object);
    return ExitDone;
}

int compare(const Arguments &arguments, const CardCatalog &cards)
{
    const Card *both[2] = {};
    for (int i = 0; i < 2; ++i) {
        const QString name = arguments.positionals[i + 1];
        both[i] = cards.match(name).best();
        if (!both[i])
            return reportError({ErrorCode::NotFound, Step::None,
                                QStringLiteral("no card of the table is called ") + name.left(80)},
                               arguments.json);
    }
    QJsonArray figures;
    std::vector<QStringList> lines;
    for (const FigureComparison &one : compareCards(*both[0], *both[1])) {
        figures.append(
            QJsonObject{{QStringLiteral("figure"), QString(figureName(one.figure))},
                        {QStringLiteral("first"), toJson(one.first)},
                        {QStringLiteral("second"), toJson(one.second)},
                        {QStringLiteral("second_to_first"),
                         one.secondToFirst ? QJsonValue(*one.secondToFirst) : QJsonValue()}});
        lines.push_back({figureName(one.figure), shown(one.first), shown(one.second),
                         one.secondToFirst ? QString::number(*one.secondToFirst, 'f', 2)
                                           : QStringLiteral("-")});
    }
    if (arguments.json)
        printJson(QJsonObject{{QStringLiteral("first"), toJson(*both[0])},
                              {QStringLiteral("second"), toJson(*both[1])},
                              {QStringLiteral("figures"), figures}});
    else
        writeOut(
            tableText({QString(), both[0]->name, both[1]->name, QStringLiteral("RATIO")}, lines)
                .toUtf8());
    return ExitDone;
}

} // namespace

int runCards(const Arguments &arguments)
{
    const Result<CardCatalog> cards = CardCatalog::shipped();
    if (!cards)
        return reportError(cards.error(), arguments.json);
    const QStringList &words = arguments.positionals;
    if (words.value(0) == u"show" && words.size() == 2)
        return show(arguments, *cards);
    if (words.value(0) == u"compare" && words.size() == 3)
        return compare(arguments, *cards);
    if (!words.isEmpty())
        return reportError({ErrorCode::Usage, Step::None,
                            QStringLiteral("cards [--by fp32|fp16|memory|bandwidth|value] | "
                                           "cards show NAME | cards compare NAME NAME")},
                           arguments.json);
    const QString by = arguments.value("by").value_or(QStringLiteral("fp32"));
    if (by == u"value")
        return listByValue(arguments, *cards);
    const Result<Figure> figure = figureBy(by);
    if (!figure)
        return reportError(figure.error(), arguments.json);
    return listByFigure(arguments, *cards, *figure);
}

} // namespace cli
