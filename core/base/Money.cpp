// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Money.h"

namespace core {

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
    constexpr qsizetype mostDigits = 12;
    const qsizetype point = decimal.indexOf(u'.');
    const QStringView whole = point < 0 ? decimal : decimal.first(point);
    const QStringView part = point < 0 ? QStringView() : decimal.sliced(point + 1);
    if (whole.isEmpty() || whole.size() > mostDigits || part.size() > 2 ||
        (point >= 0 && part.isEmpty()))
        return std::nullopt;
    qint64 minor = 0;
    for (const QStringView digits : {whole, part}) {
        for (const QChar digit : digits) {
            if (digit < u'0' || digit > u'9')
                return std::nullopt;
            minor = minor * 10 + (digit.unicode() - u'0');
        }
    }
    for (qsizetype missing = part.size(); missing < 2; ++missing)
        minor *= 10;
    return Money{minor, currency};
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

} // namespace core
