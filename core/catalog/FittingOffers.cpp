// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/FittingOffers.h"

#include <QRegularExpression>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace core::catalog {

namespace {

/// "vast.ai" and "Vast AI" are one.
QString spelling(const QString &name)
{
    QString key;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            key += c.toLower();
    }
    return key;
}

bool isSameCard(const NameMatch &offered, const NameMatch &rented)
{
    if (offered.memoryGb && rented.memoryGb && *offered.memoryGb != *rented.memoryGb)
        return false;
    return std::any_of(offered.cards.begin(), offered.cards.end(), [&](const Card *card) {
        return std::find(rented.cards.begin(), rented.cards.end(), card) != rented.cards.end();
    });
}

/// 0: the rented one's; 1: no region in particular, or it is not known where the instance is; 2:
/// another one's.
int distanceOf(const QString &region, const QStringList &regions)
{
    if (region.isEmpty() || spelling(region) == u"any" || regions.isEmpty())
        return 1;
    const bool isOwn = std::any_of(regions.begin(), regions.end(), [&](const QString &own) {
        return spelling(own) == spelling(region);
    });
    return isOwn ? 0 : 2;
}

struct Fit
{
    int distance = 0;
    OfferRow row;
};

int ageOf(const OfferRow &row)
{
    return row.ageDays.value_or(std::numeric_limits<int>::max());
}

/// Takes "x2", "2×" or "8卡" off a word, which may stand at a model: "4090x2", "2×4090".
int takeCount(QString &word)
{
    static const QRegularExpression behind(
        QStringLiteral("^(|.*(?:\\d|\\dG|\\dGB|\\dD|Ti))[x×*](\\d{1,2})[卡张]?$"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression before(QStringLiteral("^(\\d{1,2})[x×*卡张](.*)$"),
                                           QRegularExpression::CaseInsensitiveOption);
    for (const auto &[form, countAt] : {std::pair(&behind, 2), std::pair(&before, 1)}) {
        const QRegularExpressionMatch match = form->match(word);
        const int gpus = match.captured(countAt).toInt();
        if (gpus < 1 || gpus > mostGpus)
            continue;
        word = match.captured(3 - countAt);
        return gpus;
    }
    return 0;
}

} // namespace

NamedCard cardInName(const CardCatalog &cards, const QString &name, quint16 port)
{
    constexpr qsizetype mostWords = 16;
    constexpr qsizetype longestCard = 6; // "NVIDIA RTX 6000 Ada Generation 48GB"
    static const QRegularExpression between(QStringLiteral("[\\s,;:/|()\\[\\]_]+"));
    NamedCard named;
    QStringList words;
    for (QString word : name.split(between, Qt::SkipEmptyParts)) {
        if (const int gpus = takeCount(word); gpus > 0)
            named.gpus = gpus;
        if (!word.isEmpty())
            words.append(word == QString::number(port) ? QString() : word);
    }
    words = words.first(std::min(words.size(), mostWords));
    // The longest run of words that is a card: "RTX 6000 Ada" is not "RTX 6000".
    for (qsizetype length = std::min(words.size(), longestCard); length > 0; --length) {
        for (qsizetype from = 0; from + length <= words.size(); ++from) {
            const QStringList run = words.mid(from, length);
            if (run.contains(QString()))
                continue;
            const NameMatch match = cards.match(run.join(u' '));
            if (!match.best())
                continue;
            if (named.card.isKnown() && named.card.cards != match.cards)
                return {};
            named.card = match;
        }
        if (named.card.isKnown())
            return named;
    }
    return {};
}

std::vector<OfferRow> fittingOffers(const std::vector<Offer> &offers, const CardCatalog &cards,
                                    const Rented &rented, PricingOptions options, QDate today)
{
    if (!rented.card.best())
        return {};
    options.currency.reset();
    const QString provider = spelling(rented.provider);
    std::vector<Fit> fits;
    for (OfferRow &row : offerRows(offers, cards, options, today)) {
        if (row.offer.isNoGpu() || !isSameCard(row.card, rented.card) ||
            (!provider.isEmpty() && spelling(row.offer.provider) != provider))
            continue;
        fits.push_back({distanceOf(row.offer.region, rented.regions), std::move(row)});
    }
    std::stable_sort(fits.begin(), fits.end(), [](const Fit &a, const Fit &b) {
        return std::tuple(a.distance, ageOf(a.row), a.row.cnyPerHour) <
               std::tuple(b.distance, ageOf(b.row), b.row.cnyPerHour);
    });
    std::vector<OfferRow> rows;
    for (Fit &fit : fits) {
        if (fit.distance > std::max(fits.front().distance, 1))
            break;
        const bool isTold = std::any_of(rows.begin(), rows.end(), [&](const OfferRow &row) {
            return row.offer.provider == fit.row.offer.provider &&
                   row.offer.region == fit.row.offer.region && row.perHour == fit.row.perHour;
        });
        if (!isTold)
            rows.push_back(std::move(fit.row));
    }
    return rows;
}

} // namespace core::catalog
