// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/Offer.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace core::catalog {

std::optional<Money> HourlyPrice::rounded() const
{
    const auto minor = roundedQuotient({perHour.millionths(), minorUnits}, {Decimal::one});
    return minor ? std::optional(Money{*minor, currency}) : std::nullopt;
}

std::optional<HourlyRate> HourlyPrice::rate() const
{
    constexpr qint64 each = Decimal::one / HourlyRate::one; // millionths of a ten-thousandth
    const qint64 rate = (perHour.millionths() + each / 2) / each;
    return rate <= HourlyRate::highest ? std::optional(HourlyRate{rate, currency}) : std::nullopt;
}

bool ExchangeRate::isUsable() const
{
    return cnyPerUsd >= Decimal::fromMillionths(100) && cnyPerUsd <= Decimal::fromInt(10'000);
}

std::optional<HourlyPrice> converted(const HourlyPrice &price, Currency currency,
                                     const ExchangeRate &rate)
{
    if (price.currency == currency)
        return price;
    if (!rate.isUsable())
        return std::nullopt;
    const qint64 cny = rate.cnyPerUsd.millionths();
    const auto millionths =
        currency == Currency::Cny
            ? roundedQuotient({price.perHour.millionths(), cny}, {Decimal::one})
            : roundedQuotient({price.perHour.millionths(), Decimal::one}, {cny});
    if (!millionths || *millionths >= Decimal::maxMillionths)
        return std::nullopt;
    return HourlyPrice{Decimal::fromMillionths(*millionths), currency};
}

std::optional<SeenOn> SeenOn::parse(QStringView text)
{
    const auto parts = text.split(u'-');
    const bool wellFormed = parts.size() <= 3 && parts[0].size() == 4 &&
                            std::all_of(parts.begin() + 1, parts.end(),
                                        [](QStringView part) { return part.size() == 2; });
    const auto isDigit = [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'-'; };
    if (!wellFormed || !std::all_of(text.begin(), text.end(), isDigit))
        return std::nullopt;
    const QDate first(parts[0].toInt(), parts.size() > 1 ? parts[1].toInt() : 1,
                      parts.size() > 2 ? parts[2].toInt() : 1);
    if (!first.isValid() || first.year() < 2000)
        return std::nullopt;
    return SeenOn{first, parts.size() == 1   ? Precision::Year
                         : parts.size() == 2 ? Precision::Month
                                             : Precision::Day};
}

std::optional<SeenOn> SeenOn::parseTyped(const QString &text)
{
    static const QRegularExpression parts(
        QStringLiteral("^(\\d{4})[-/](\\d{1,2})(?:[-/](\\d{1,2}))?$"));
    static const QRegularExpression named(QStringLiteral("^([A-Za-z]{3})-(\\d{2})$"));
    const QString typed = text.trimmed();
    if (const auto match = named.match(typed); match.hasMatch()) {
        for (int month = 1; month <= 12; ++month) {
            if (QLocale::c()
                    .monthName(month, QLocale::ShortFormat)
                    .compare(match.captured(1), Qt::CaseInsensitive) == 0)
                return SeenOn{QDate(2000 + match.captured(2).toInt(), month, 1), Precision::Month};
        }
        return std::nullopt;
    }
    const auto match = parts.match(typed);
    if (!match.hasMatch())
        return parse(typed);
    QString iso = match.captured(1);
    for (const int part : {2, 3}) {
        if (const QString digits = match.captured(part); !digits.isEmpty())
            iso += u'-' + digits.rightJustified(2, u'0');
    }
    return parse(iso);
}

QString SeenOn::text() const
{
    switch (precision) {
    case Precision::Year: return first.toString(QStringLiteral("yyyy"));
    case Precision::Month: return first.toString(QStringLiteral("yyyy-MM"));
    case Precision::Day: break;
    }
    return first.toString(QStringLiteral("yyyy-MM-dd"));
}

bool Offer::isNoGpu() const
{
    return card.compare(QLatin1StringView(noGpuCard), Qt::CaseInsensitive) == 0;
}

QDate todayOf(const Clock &clock)
{
    const auto sinceEpoch = clock.now().time_since_epoch();
    return QDateTime::fromMSecsSinceEpoch(
               std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count(), Qt::UTC)
        .date();
}

std::optional<int> ageInDays(const std::optional<SeenOn> &seenOn, QDate today)
{
    if (!seenOn)
        return std::nullopt;
    const qint64 days = seenOn->first.daysTo(today);
    if (days < -1) // a day ahead is another time zone
        return std::nullopt;
    return int(std::max<qint64>(days, 0));
}

bool isOld(const std::optional<int> &ageInDays)
{
    return !ageInDays || *ageInDays > oldAfterDays;
}

} // namespace core::catalog
