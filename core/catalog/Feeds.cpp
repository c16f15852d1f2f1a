// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/Feeds.h"

#include "core/catalog/Csv.h"
#include "core/catalog/FeedJson.h"
#include "core/catalog/OfferCsv.h"

#include <archive.h>
#include <archive_entry.h>

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <memory>

namespace core::catalog {

namespace {

constexpr const char *gpuhuntFolder = "https://dstack-gpu-pricing.s3.eu-west-1.amazonaws.com/v3/";

struct GpuhuntProvider
{
    const char *id;
    const char *name;
};
constexpr GpuhuntProvider gpuhuntProviders[] = {
    {"lambdalabs", "Lambda"}, {"aws", "AWS"},
    {"azure", "Azure"},       {"gcp", "Google Cloud"},
    {"nebius", "Nebius"},     {"oci", "Oracle Cloud"},
    {"verda", "Verda"},       {"cloudrift", "CloudRift"}};

constexpr qsizetype mostOffers = 20'000;
constexpr CsvLimits gpuhuntLimits{64 * 1024 * 1024, 500'000, 64, 4096};

/// The card's name, made as exact as the memory makes it where the name fits several boards.
QString exactName(const QString &name, std::optional<qint64> memoryMib, CardMatcher &cards)
{
    const NameMatch byName = cards.match(name);
    if (!memoryMib || byName.isCertain())
        return name;
    const NameMatch match = cards.match(name, memoryMib);
    if (match.isCertain())
        return match.cards.front()->name;
    if (!match.memoryGb || match.cards.size() == byName.cards.size())
        return name;
    const QString withMemory = QStringLiteral("%1 %2GB").arg(name).arg(*match.memoryGb);
    return cards.match(withMemory).cards == match.cards ? withMemory : name;
}

/// Absent for what no card has.
std::optional<qint64> wholeMib(const std::optional<double> &mib)
{
    constexpr double most = 1024.0 * 1024 * 1024;
    return mib && *mib >= 0 && *mib <= most ? std::optional(qint64(std::llround(*mib)))
                                            : std::nullopt;
}

std::optional<qint64> mibOfGb(const std::optional<double> &gb)
{
    return gb ? wholeMib(*gb * 1024) : std::nullopt;
}

/// Keeps the cheapest offer of each card, in the order in which the cards came.
class Cheapest
{
public:
    void take(Offer offer)
    {
        const auto at = m_places.constFind(offer.card);
        if (at == m_places.cend()) {
            m_places.insert(offer.card, m_offers.size());
            m_offers.push_back(std::move(offer));
        } else if (offer.perGpuHour.perHour < m_offers[*at].perGpuHour.perHour) {
            m_offers[*at] = std::move(offer);
        }
    }
    [[nodiscard]] std::vector<Offer> offers() && { return std::move(m_offers); }

private:
    QHash<QString, std::size_t> m_places;
    std::vector<Offer> m_offers;
};

/// \a perHour for \a gpus GPUs as a price for one; absent for 0 and what is beyond reason.
std::optional<HourlyPrice> priceOfOne(double perHour, int gpus)
{
    const auto price = Decimal::nearest(perHour / gpus);
    if (!price || price->millionths() == 0 || *price > highestPrice)
        return std::nullopt;
    return HourlyPrice{*price, Currency::Usd};
}

std::optional<Decimal> shareOf(const std::optional<double> &amount, double parts)
{
    return amount && *amount > 0 && *amount < 1e9 ? Decimal::nearest(*amount / parts)
                                                  : std::nullopt;
}

Offer feedOffer(const QString &provider, const QString &source, QDate today)
{
    Offer offer;
    offer.provider = provider;
    offer.source = source;
    offer.seenOn = SeenOn::day(today);
    return offer;
}

/// The offer as it came, or what no offer may hold (a control character, a text without end).
Result<> accept(const Offer &offer, const QString &where)
{
    const Result<> checked = checkOffer(offer);
    if (checked)
        return {};
    return fail(ErrorCode::Parse, Step::Parse,
                where + QStringLiteral(": ") + checked.error().detail);
}

struct ArchiveDeleter
{
    void operator()(archive *reader) const { archive_read_free(reader); }
};

} // namespace

const std::vector<Feed> &allFeeds()
{
    static const std::vector<Feed> feeds = [] {
        std::vector<Feed> all{
            {"vast", Feed::Kind::Vast, "vast.ai", "https://console.vast.ai/api/v0/bundles/"},
            {"runpod", Feed::Kind::RunPod, "RunPod", "https://api.runpod.io/graphql"}};
        for (const GpuhuntProvider &provider : gpuhuntProviders)
            all.push_back({provider.id, Feed::Kind::Gpuhunt, provider.name, gpuhuntFolder});
        return all;
    }();
    return feeds;
}

const Feed *feedById(const QString &id)
{
    const std::vector<Feed> &feeds = allFeeds();
    const auto at = std::find_if(feeds.begin(), feeds.end(), [&](const Feed &feed) {
        return id == QLatin1StringView(feed.id);
    });
    return at == feeds.end() ? nullptr : &*at;
}

QByteArray requestBody(Feed::Kind kind)
{
    switch (kind) {
    case Feed::Kind::Vast:
        return R"({"rentable":{"eq":true},"rented":{"eq":false},"order":[["score","desc"]],)"
               R"("limit":1000})";
    case Feed::Kind::RunPod:
        return R"({"query":"{ gpuTypes { id displayName memoryInGb securePrice communityPrice )"
               R"(lowestPrice(input:{gpuCount:1}) { minVcpu minMemory } } }"})";
    case Feed::Kind::Gpuhunt: break;
    }
    return {};
}

Result<std::vector<Offer>> offersFromVast(QByteArrayView json, const CardCatalog &cards,
                                          QDate today)
{
    const Result<QJsonArray> list = listIn(json, {"offers"}, mostOffers);
    if (!list)
        return tl::make_unexpected(list.error());
    Cheapest cheapest;
    CardMatcher matcher(cards);
    for (qsizetype i = 0; i < list->size(); ++i) {
        const QString where = QStringLiteral("offers[%1]").arg(i);
        JsonFields fields(list->at(i), where);
        const QString name = fields.text("gpu_name");
        const int gpus = fields.count("num_gpus");
        const double perHour = fields.number("dph_total");
        const auto gpuRamMb = fields.numberIfAny("gpu_ram");
        const auto cores = fields.numberIfAny("cpu_cores_effective");
        const auto ramMb = fields.numberIfAny("cpu_ram");
        const auto disk = fields.numberIfAny("disk_space");
        const QString place = fields.textIfAny("geolocation");
        if (fields.error())
            return tl::make_unexpected(*fields.error());
        const auto price = priceOfOne(perHour, gpus);
        if (!price)
            continue;
        Offer offer = feedOffer(QStringLiteral("vast.ai"), QStringLiteral("vast.ai offers"), today);
        offer.region = place;
        offer.card = exactName(name, wholeMib(gpuRamMb), matcher);
        offer.perGpuHour = *price;
        offer.coresPerGpu = shareOf(cores, gpus);
        offer.memoryGbPerGpu = shareOf(ramMb, 1024.0 * gpus);
        offer.dataDiskGb = shareOf(disk, 1);
        if (const Result<> fine = accept(offer, where); !fine)
            return tl::make_unexpected(fine.error());
        cheapest.take(std::move(offer));
    }
    return std::move(cheapest).offers();
}

Result<std::vector<Offer>> offersFromRunPod(QByteArrayView json, const CardCatalog &cards,
                                            QDate today)
{
    if (const QString words = graphQlError(json); !words.isEmpty())
        return fail(ErrorCode::RemoteFailed, Step::None, words);
    const Result<QJsonArray> list = listIn(json, {"data", "gpuTypes"}, mostOffers);
    if (!list)
        return tl::make_unexpected(list.error());
    std::vector<Offer> offers;
    CardMatcher matcher(cards);
    for (qsizetype i = 0; i < list->size(); ++i) {
        const QString where = QStringLiteral("gpuTypes[%1]").arg(i);
        JsonFields fields(list->at(i), where);
        const QString id = fields.text("id");
        const QString shown = fields.textIfAny("displayName");
        const auto memory = mibOfGb(fields.numberIfAny("memoryInGb"));
        const auto secure = fields.numberIfAny("securePrice");
        const auto community = fields.numberIfAny("communityPrice");
        JsonFields lowest = fields.objectIfAny("lowestPrice");
        const auto cores = lowest.numberIfAny("minVcpu");
        const auto ram = lowest.numberIfAny("minMemory");
        for (const JsonFields *one : {&fields, &lowest}) {
            if (one->error())
                return tl::make_unexpected(*one->error());
        }
        for (const auto &[cloud, perHour] :
             {std::pair("secure cloud", secure), std::pair("community cloud", community)}) {
            const auto price = perHour ? priceOfOne(*perHour, 1) : std::nullopt;
            if (!price)
                continue; // not to be had there
            Offer offer =
                feedOffer(QStringLiteral("RunPod"), QStringLiteral("RunPod GraphQL"), today);
            offer.region = QString::fromLatin1(cloud);
            // The id is nvidia-smi's name mostly, the shown one a short form.
            offer.card = exactName(matcher.match(id).isKnown() || shown.isEmpty() ? id : shown,
                                   memory, matcher);
            offer.perGpuHour = *price;
            offer.coresPerGpu = shareOf(cores, 1);
            offer.memoryGbPerGpu = shareOf(ram, 1);
            if (const Result<> fine = accept(offer, where); !fine)
                return tl::make_unexpected(fine.error());
            offers.push_back(std::move(offer));
        }
    }
    return offers;
}

Result<std::vector<Offer>> offersFromGpuhunt(QByteArrayView csv, const QString &provider,
                                             const CardCatalog &cards, QDate today)
{
    const Result<CsvTable> table = readCsv(csv, gpuhuntLimits);
    if (!table)
        return tl::make_unexpected(table.error());
    const QStringList needed{QStringLiteral("location"),   QStringLiteral("price"),
                             QStringLiteral("cpu"),        QStringLiteral("memory"),
                             QStringLiteral("gpu_count"),  QStringLiteral("gpu_name"),
                             QStringLiteral("gpu_memory"), QStringLiteral("spot")};
    QList<qsizetype> at;
    for (const QString &name : needed) {
        const auto column = table->column(name);
        if (!column)
            return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no column %1").arg(name));
        at.append(*column);
    }
    Cheapest cheapest;
    CardMatcher matcher(cards);
    for (const CsvTable::Row &row : table->rows) {
        const QString where = QStringLiteral("line %1").arg(row.line);
        const QString gpuCount = row.cells[at[4]];
        const QString name = row.cells[at[5]];
        if (name.isEmpty() || gpuCount.isEmpty() || gpuCount == u"0")
            continue; // an instance without GPUs
        bool isCount = false;
        const int gpus = gpuCount.toInt(&isCount);
        bool isPrice = false;
        const double perHour = row.cells[at[1]].toDouble(&isPrice);
        const QString spot = row.cells[at[7]];
        const bool isSpot = spot == u"True";
        if (!isCount || gpus < 1 || gpus > 1024 || !isPrice || !std::isfinite(perHour) ||
            perHour < 0 || (!isSpot && spot != u"False"))
            return fail(ErrorCode::Parse, Step::Parse, where);
        const auto price = priceOfOne(perHour, gpus);
        if (isSpot || !price)
            continue;
        const auto number = [&](int column) -> std::optional<double> {
            bool ok = false;
            const double value = row.cells[at[column]].toDouble(&ok);
            return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
        };
        Offer offer = feedOffer(provider, QStringLiteral("gpuhunt catalogue"), today);
        offer.region = row.cells[at[0]];
        offer.card = exactName(name, mibOfGb(number(6)), matcher);
        offer.perGpuHour = *price;
        offer.coresPerGpu = shareOf(number(2), gpus);
        offer.memoryGbPerGpu = shareOf(number(3), gpus);
        if (const Result<> fine = accept(offer, where); !fine)
            return tl::make_unexpected(fine.error());
        cheapest.take(std::move(offer));
    }
    return std::move(cheapest).offers();
}

Result<QByteArray> gpuhuntVersion(QByteArrayView text)
{
    const QByteArray word = text.toByteArray().trimmed();
    const bool isSafe = !word.isEmpty() && word.size() <= 64 && !word.startsWith('.') &&
                        std::all_of(word.begin(), word.end(), [](char c) {
                            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                                   (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
                        });
    if (!isSafe)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no version"));
    return word;
}

Result<QByteArray> fileFromZip(const QByteArray &zip, const QString &name, qint64 limit)
{
    const auto broken = [](const char *why) {
        return fail(ErrorCode::Parse, Step::Parse, QString::fromUtf8(why ? why : "no ZIP"));
    };
    const std::unique_ptr<archive, ArchiveDeleter> reader(archive_read_new());
    if (!reader)
        return fail(ErrorCode::Internal, Step::Parse);
    archive_read_support_format_zip(reader.get());
    if (archive_read_open_memory(reader.get(), zip.constData(), std::size_t(zip.size())) !=
        ARCHIVE_OK)
        return broken(archive_error_string(reader.get()));
    archive_entry *entry = nullptr;
    int entries = 0;
    while (archive_read_next_header(reader.get(), &entry) == ARCHIVE_OK && ++entries <= 1000) {
        const char *path = archive_entry_pathname(entry);
        if (!path || QString::fromUtf8(path) != name)
            continue;
        QByteArray bytes;
        QByteArray piece(64 * 1024, Qt::Uninitialized);
        for (;;) {
            const la_ssize_t size =
                archive_read_data(reader.get(), piece.data(), std::size_t(piece.size()));
            if (size < 0)
                return broken(archive_error_string(reader.get()));
            if (size == 0)
                return bytes;
            if (bytes.size() + size > limit)
                return broken("more than is reasonable in the ZIP");
            bytes.append(piece.constData(), qsizetype(size));
        }
    }
    return broken("the ZIP lacks its file");
}

} // namespace core::catalog
