// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Money.h"

#include <cstdlib>

namespace core {

namespace {

/// "1.98" in integer parts of which one has 10^\a decimals. Nothing for more decimals.
std::optional<qint64> partsOf(QStringView decimal, qsizetype decimals)
{
    constexpr qsizetype mostDigits = 12;
    const qsizetype point = decimal.indexOf(u'.');
    const QStringView whole = point < 0 ? decimal : decimal.first(point);
    const QStringView part = point < 0 ? QStringView() : decimal.sliced(point + 1);
    if (whole.isEmpty() || whole.size() > mostDigits || part.size() > decimals ||
        (point >= 0 && part.isEmpty()))
        return std::nullopt;
    qint64 parts = 0;
    for (const QStringView digits : {whole, part}) {
        for (const QChar digit : digits) {
            if (digit < u'0' || digit > u'9')
                return std::nullopt;
            parts = parts * 10 + (digit.unicode() - u'0');
        }
    }
    for (qsizetype missing = part.size(); missing < decimals; ++missing)
        parts *= 10;
    return parts;
}

} // namespace

QLatin1StringView currencyCode(Currency currency)
{
    switch (currency) {
    case Currency::Cny: return QLatin1StringView("CNY");
    case Currency::Usd: return QLatin1StringView("USD");
    }
    return QLatin1StringView("CNY");
}

std::optional<Currency> currencyOf(QStringView code)
{
    for (const Currency currency : {Currency::Cny, Currency::Usd}) {
        if (code.compare(currencyCode(currency), Qt::CaseInsensitive) == 0)
            return currency;
    }
    return std::nullopt;
}

std::optional<Money> moneyOf(QStringView decimal, Currency currency)
{
    const std::optional<qint64> minor = partsOf(decimal, 2);
    return minor ? std::optional(Money{*minor, currency}) : std::nullopt;
}

std::optional<HourlyRate> hourlyRateOf(QStringView decimal, Currency currency)
{
    const std::optional<qint64> rate = partsOf(decimal, 4);
    return rate && HourlyRate{*rate}.isUsable() ? std::optional(HourlyRate{*rate, currency})
                                                : std::nullopt;
}

QString decimalText(Money money)
{
    // Unsigned, because the smallest number has no positive twin.
    const bool negative = money.minor < 0;
    const quint64 size = negative ? 0 - quint64(money.minor) : quint64(money.minor);
    return QStringLiteral("%1%2.%3")
        .arg(negative ? QStringLiteral("-") : QString())
        .arg(size / quint64(minorUnits))
        .arg(size % quint64(minorUnits), 2, 10, QChar(u'0'));
}

QString decimalText(HourlyRate rate)
{
    // The sign of a negative one stands in front of its whole part, which may be 0.
    QString text = decimalText(Money{rate.tenThousandths / HourlyRate::perMinor, rate.currency});
    const qint64 rest = std::abs(rate.tenThousandths % HourlyRate::perMinor);
    if (rest == 0)
        return text;
    if (rate.tenThousandths < 0 && !text.startsWith(u'-'))
        text.prepend(u'-');
    return text + QString::number(rest / 10) +
           (rest % 10 != 0 ? QString::number(rest % 10) : QString());
}

} // namespace core
