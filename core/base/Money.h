// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace core {

/// What prices come in (ISO 4217). Each has a hundred minor units: fen, cents.
enum class Currency { Cny, Usd };
inline constexpr qint64 minorUnits = 100;

/// "CNY", "USD"
[[nodiscard]] QLatin1StringView currencyCode(Currency currency);
/// Nothing for any other; case does not matter.
[[nodiscard]] std::optional<Currency> currencyOf(QStringView code);

/// An amount in integer minor units. Amounts of two currencies are never added.
struct Money
{
    qint64 minor = 0;
    Currency currency = Currency::Cny;

    bool operator==(const Money &) const = default;
};

/// "1.98" (or "2", "0.5") as an amount, without arithmetic of fractions. Nothing for a sign, more
/// than two decimals, or more than twelve digits in front.
[[nodiscard]] std::optional<Money> moneyOf(QStringView decimal, Currency currency);
/// "1.98", "-0.05": for JSON and for reading back, not for people.
[[nodiscard]] QString decimalText(Money money);

} // namespace core
