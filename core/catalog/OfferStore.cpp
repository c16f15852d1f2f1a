// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/OfferStore.h"

#include "core/catalog/Csv.h"
#include "core/catalog/LocalFile.h"
#include "core/catalog/OfferCsv.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>

#include <algorithm>

// prices.json: {"version": 1, "cny_per_usd": "7.1", "rate_set_on": "2026-11-26" | null,
// "member": false, "member_percent": 95 | null, "feeds": ["vast"]}. Readers of version 1 refuse
// higher versions and keep fields they do not know.

namespace core::catalog {

namespace {

constexpr int schemaVersion = 1;
constexpr int lockTimeoutMs = 3000;
constexpr qint64 settingsLimit = 64 * 1024;

Result<std::vector<Offer>> shippedOffers()
{
    QFile file(QStringLiteral(":/danlu/catalog/offers.csv"));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Internal, Step::Local, file.fileName());
    return offersFromCsv(file.readAll());
}

tl::unexpected<Error> brokenSettings(const QString &what)
{
    return fail(ErrorCode::Parse, Step::Local, what);
}

Result<PriceSettings> settingsFromJson(const QByteArray &bytes, QJsonObject &unknown)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (!document.isObject())
        return brokenSettings(problem.errorString());
    unknown = document.object();
    const int version = unknown.take(QStringLiteral("version")).toInt(-1);
    if (version > schemaVersion)
        return fail(ErrorCode::Unsupported, Step::Local,
                    QStringLiteral("prices.json is of version %1").arg(version));
    if (version < 1)
        return brokenSettings(QStringLiteral("no version"));
    PriceSettings settings;
    const auto rate = Decimal::parse(unknown.take(QStringLiteral("cny_per_usd")).toString());
    if (!rate || !ExchangeRate{*rate}.isUsable())
        return brokenSettings(QStringLiteral("cny_per_usd"));
    settings.rate.cnyPerUsd = *rate;
    const QJsonValue setOn = unknown.take(QStringLiteral("rate_set_on"));
    if (setOn.isString()) {
        const QDate date = QDate::fromString(setOn.toString(), Qt::ISODate);
        if (!date.isValid())
            return brokenSettings(QStringLiteral("rate_set_on"));
        settings.rateSetOn = date;
    }
    settings.member = unknown.take(QStringLiteral("member")).toBool();
    const QJsonValue percent = unknown.take(QStringLiteral("member_percent"));
    if (percent.isDouble()) {
        settings.memberPercent = percent.toInt();
        if (*settings.memberPercent < 1 || *settings.memberPercent > 100)
            return brokenSettings(QStringLiteral("member_percent"));
    }
    for (const auto &feed : unknown.take(QStringLiteral("feeds")).toArray())
        settings.feeds.append(feed.toString());
    return settings;
}

QByteArray settingsToJson(const PriceSettings &settings, QJsonObject object)
{
    object.insert(QStringLiteral("version"), schemaVersion);
    object.insert(QStringLiteral("cny_per_usd"), settings.rate.cnyPerUsd.text());
    object.insert(QStringLiteral("rate_set_on"),
                  settings.rateSetOn ? QJsonValue(settings.rateSetOn->toString(Qt::ISODate))
                                     : QJsonValue());
    object.insert(QStringLiteral("member"), settings.member);
    object.insert(QStringLiteral("member_percent"),
                  settings.memberPercent ? QJsonValue(*settings.memberPercent) : QJsonValue());
    object.insert(QStringLiteral("feeds"), QJsonArray::fromStringList(settings.feeds));
    return QJsonDocument(object).toJson();
}

Result<PriceSettings> settingsIn(const QString &path, QJsonObject &unknown)
{
    const auto bytes = readLocalFile(path, settingsLimit);
    if (!bytes)
        return tl::make_unexpected(bytes.error());
    return *bytes ? settingsFromJson(**bytes, unknown) : PriceSettings();
}

QString settingsPathIn(const QString &directory)
{
    return QDir(directory).filePath(QStringLiteral("prices.json"));
}

/// Offers with one key are prices of the same thing. No text of an offer holds a line's end.
QString keyOf(const Offer &offer)
{
    return offer.provider + u'\n' + offer.region + u'\n' + offer.card;
}

/// \a from and on: rows from before the import; the others are its own.
OfferStore::ImportReport merge(const std::vector<Offer> &imported, std::vector<Offer> &offers)
{
    OfferStore::ImportReport report;
    QHash<QString, QList<std::size_t>> places; // of those that are not taken, first one last
    for (std::size_t i = offers.size(); i > 0; --i)
        places[keyOf(offers[i - 1])].append(i - 1);
    for (const Offer &offer : imported) {
        const auto found = places.find(keyOf(offer));
        if (found == places.end() || found->isEmpty()) {
            offers.push_back(offer);
            ++report.added;
            continue;
        }
        const std::size_t at = found->takeLast();
        ++(offers[at] == offer ? report.unchanged : report.replaced);
        offers[at] = offer;
    }
    return report;
}

} // namespace

ExchangeRate keptRate(const QString &directory)
{
    QJsonObject unknown;
    const Result<PriceSettings> settings = settingsIn(settingsPathIn(directory), unknown);
    return settings ? settings->rate : firstRate;
}

OfferStore::OfferStore(QString directory, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_directory(std::move(directory))
    , m_clock(clock)
{
}

QString OfferStore::offersPath() const
{
    return QDir(m_directory).filePath(QStringLiteral("offers.csv"));
}

QString OfferStore::settingsPath() const
{
    return settingsPathIn(m_directory);
}

Result<std::vector<Offer>> OfferStore::readOffers() const
{
    const auto bytes = readLocalFile(offersPath(), CsvLimits{}.bytes);
    if (!bytes)
        return tl::make_unexpected(bytes.error());
    return *bytes ? offersFromCsv(**bytes) : shippedOffers();
}

Result<PriceSettings> OfferStore::readSettings(QJsonObject &unknown) const
{
    return settingsIn(settingsPath(), unknown);
}

Result<OfferStore::LoadReport> OfferStore::load()
{
    LoadReport report;
    const auto keepAside = [&](const QString &path, const Error &why) -> Result<> {
        if (why.code != ErrorCode::Parse)
            return tl::make_unexpected(why);
        const Result<QString> kept = setAside(path, m_clock);
        if (!kept)
            return tl::make_unexpected(kept.error());
        report.corruptKeptAs.append(*kept);
        report.problems.append(why.detail);
        return {};
    };
    Result<std::vector<Offer>> offers = readOffers();
    if (!offers) {
        if (const Result<> kept = keepAside(offersPath(), offers.error()); !kept)
            return tl::make_unexpected(kept.error());
        offers = shippedOffers();
        if (!offers)
            return tl::make_unexpected(offers.error());
    }
    QJsonObject unknown;
    Result<PriceSettings> settings = readSettings(unknown);
    if (!settings) {
        if (const Result<> kept = keepAside(settingsPath(), settings.error()); !kept)
            return tl::make_unexpected(kept.error());
        settings = PriceSettings();
    }
    m_offers = std::move(*offers);
    m_settings = std::move(*settings);
    return report;
}

Result<> OfferStore::locked(const std::function<Result<>()> &work) const
{
    if (!QDir().mkpath(m_directory))
        return fail(ErrorCode::LocalIo, Step::Local, m_directory);
    QLockFile lock(QDir(m_directory).filePath(QStringLiteral("prices.lock")));
    lock.setStaleLockTime(10000);
    if (!lock.tryLock(lockTimeoutMs))
        return fail(ErrorCode::LocalIo, Step::Local,
                    m_directory + QStringLiteral(": another program holds the lock"));
    return work();
}

Result<> OfferStore::apply(const Change &change)
{
    std::vector<Offer> offers;
    Result<> done = locked([&]() -> Result<> {
        Result<std::vector<Offer>> current = readOffers();
        if (!current)
            return tl::make_unexpected(current.error());
        offers = std::move(*current);
        if (Result<> changed = change(offers); !changed)
            return changed;
        const QByteArray bytes = offersToCsv(offers);
        const CsvLimits limits;
        if (bytes.size() > limits.bytes || qsizetype(offers.size()) > limits.rows)
            return fail(ErrorCode::Unsupported, Step::Local, QStringLiteral("the table is full"));
        Result<std::vector<Offer>> again = offersFromCsv(bytes); // what can't be read isn't written
        if (!again)
            return fail(ErrorCode::Internal, Step::Local, again.error().detail);
        offers = std::move(*again);
        return writeLocalFile(offersPath(), bytes);
    });
    if (!done)
        return done;
    m_offers = std::move(offers);
    Q_EMIT offersChanged();
    return {};
}

Result<> OfferStore::add(const Offer &offer)
{
    return apply([&](std::vector<Offer> &offers) -> Result<> {
        if (Result<> checked = checkOffer(offer); !checked)
            return checked;
        offers.push_back(offer);
        return {};
    });
}

Result<> OfferStore::replace(const Offer &before, const Offer &after)
{
    return apply([&](std::vector<Offer> &offers) -> Result<> {
        if (Result<> checked = checkOffer(after); !checked)
            return checked;
        const auto at = std::find(offers.begin(), offers.end(), before);
        if (at == offers.end())
            return fail(ErrorCode::NotFound, Step::Local, before.card);
        *at = after;
        return {};
    });
}

Result<> OfferStore::remove(const Offer &offer)
{
    return apply([&](std::vector<Offer> &offers) -> Result<> {
        const auto at = std::find(offers.begin(), offers.end(), offer);
        if (at == offers.end())
            return fail(ErrorCode::NotFound, Step::Local, offer.card);
        offers.erase(at);
        return {};
    });
}

Result<> OfferStore::setSettings(const PriceSettings &settings)
{
    const bool valid = settings.rate.isUsable() &&
                       (!settings.memberPercent ||
                        (*settings.memberPercent >= 1 && *settings.memberPercent <= 100));
    if (!valid)
        return fail(ErrorCode::Usage, Step::None,
                    QStringLiteral("a rate from 0.0001 to 10000, 1 to 100 percent"));
    Result<> done = locked([&]() -> Result<> {
        QJsonObject unknown;
        if (const auto current = readSettings(unknown); !current)
            return tl::make_unexpected(current.error());
        return writeLocalFile(settingsPath(), settingsToJson(settings, unknown));
    });
    if (!done)
        return done;
    m_settings = settings;
    Q_EMIT settingsChanged();
    return {};
}

Result<OfferStore::ImportReport> OfferStore::importFile(const QString &path)
{
    const auto bytes = readLocalFile(path, CsvLimits{}.bytes);
    if (!bytes)
        return tl::make_unexpected(bytes.error());
    if (!*bytes)
        return fail(ErrorCode::NotFound, Step::Local, path);
    const Result<std::vector<Offer>> imported = offersFromSpreadsheet(**bytes);
    if (!imported)
        return tl::make_unexpected(imported.error());
    ImportReport report;
    Result<> done = apply([&](std::vector<Offer> &offers) -> Result<> {
        report = merge(*imported, offers);
        return {};
    });
    if (!done)
        return tl::make_unexpected(done.error());
    return report;
}

Result<> OfferStore::exportFile(const QString &path) const
{
    return writeLocalFile(path, offersToSpreadsheet(m_offers));
}

} // namespace core::catalog
