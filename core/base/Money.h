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

/// What an hour costs, in integer ten-thousandths of the currency's unit: providers ask 0.2134 USD.
/// What is paid for some time is Money; it is rounded once, after everything is added up.
struct HourlyRate
{
    /// Of one unit: 1.00 is so many ten-thousandths.
    static constexpr qint64 one = 10'000;
    /// Ten-thousandths in a minor unit.
    static constexpr qint64 perMinor = one / minorUnits;
    /// Above this a price is a slip of the pen; what is computed from those up to it fits its type.
    static constexpr qint64 highest = 100'000'000 * one;

    qint64 tenThousandths = 0;
    Currency currency = Currency::Cny;

    bool operator==(const HourlyRate &) const = default;
    [[nodiscard]] bool isUsable() const { return tenThousandths >= 0 && tenThousandths <= highest; }
};

/// "1.98" (or "2", "0.5") as an amount, without arithmetic of fractions. Nothing for a sign, more
/// than two decimals, or more than twelve digits in front.
[[nodiscard]] std::optional<Money> moneyOf(QStringView decimal, Currency currency);
/// The same with up to four decimals: "0.2134". Nothing above HourlyRate::highest either.
[[nodiscard]] std::optional<HourlyRate> hourlyRateOf(QStringView decimal, Currency currency);
/// "1.98", "-0.05": for JSON and for reading back, not for people.
[[nodiscard]] QString decimalText(Money money);
/// "1.98", "0.2134": two decimals, more where they are needed.
[[nodiscard]] QString decimalText(HourlyRate rate);

} // namespace core
