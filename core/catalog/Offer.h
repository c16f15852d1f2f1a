// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Money.h"
#include "core/catalog/Decimal.h"

#include <QDate>
#include <QMap>

#include <vector>

namespace core::catalog {

/// A price for an hour in integer millionths of the currency's unit, because providers publish
/// finer than a cent (0.526 USD; AutoDL's API counts thousandths of a yuan). What is paid is Money
/// and rounded once, at the end of the arithmetic, to the minor unit with halves up.
struct HourlyPrice
{
    Decimal perHour;
    Currency currency = Currency::Cny;
    bool operator==(const HourlyPrice &) const = default;

    /// The nearest minor unit, halves up; absent above 2^63 - 1.
    [[nodiscard]] std::optional<Money> rounded() const;
    /// As an instance's price is kept: the nearest ten-thousandth, halves up; absent above
    /// HourlyRate::highest.
    [[nodiscard]] std::optional<HourlyRate> rate() const;
};

/// Above this a price is a slip of the pen; what is computed from prices below it fits its type.
inline constexpr Decimal highestPrice = Decimal::fromInt(100'000);
inline constexpr int mostGpus = 64;

/// How many CNY a USD is, exactly as it was given.
struct ExchangeRate
{
    Decimal cnyPerUsd;
    bool operator==(const ExchangeRate &) const = default;
    /// From 0.0001 to 10000.
    [[nodiscard]] bool isUsable() const;
};
/// Until the user sets one: a round number to begin with, no quotation.
inline constexpr ExchangeRate firstRate{Decimal::fromMillionths(7'100'000)};
/// \a price in \a currency, rounded to the nearest millionth, halves up. Absent for a rate that is
/// not usable.
[[nodiscard]] std::optional<HourlyPrice> converted(const HourlyPrice &price, Currency currency,
                                                   const ExchangeRate &rate);

/// A day, a month or a year: as exactly as it was noted when a price was seen.
struct SeenOn
{
    QDate first; ///< the first day of that time
    enum class Precision { Year, Month, Day } precision = Precision::Day;
    bool operator==(const SeenOn &) const = default;

    /// "2025", "2026-08", "2026-08-14". Absent for anything else.
    [[nodiscard]] static std::optional<SeenOn> parse(QStringView text);
    /// Also as spreadsheets and people write it: "2026/1/5", "2026/11", "2026-1-5", and the
    /// "Aug-26" that Excel makes of 2026-08.
    [[nodiscard]] static std::optional<SeenOn> parseTyped(const QString &text);
    [[nodiscard]] static SeenOn day(QDate date) { return {date, Precision::Day}; }
    [[nodiscard]] QString text() const;
};

/// One row of the table of offers.
struct Offer
{
    QString provider;
    QString region;
    QString card; ///< as the provider writes it; noGpuCard for its no-GPU mode
    HourlyPrice perGpuHour;
    std::optional<Decimal> memberPerGpuHour; ///< in the currency of perGpuHour
    std::optional<Decimal> coresPerGpu;
    std::optional<Decimal> memoryGbPerGpu;
    std::optional<Decimal> systemDiskGb;
    std::optional<Decimal> dataDiskGb;
    std::optional<SeenOn> seenOn;
    QString source;
    QString note;
    /// Columns of the user's file that this version does not know, kept as they are.
    QMap<QString, QString> otherColumns;

    bool operator==(const Offer &) const = default;
    /// The flat price of an instance without its GPU, for set-up and uploads; ranked apart.
    [[nodiscard]] bool isNoGpu() const;
};
inline constexpr const char *noGpuCard = "no GPU";

/// The day by the clock, UTC.
[[nodiscard]] QDate todayOf(const Clock &clock);
/// How many days ago a price was seen at most (a month counts from its first day). Absent when it
/// is not known or more than a day ahead.
[[nodiscard]] std::optional<int> ageInDays(const std::optional<SeenOn> &seenOn, QDate today);
inline constexpr int oldAfterDays = 30;
/// Older than oldAfterDays, or of no known age.
[[nodiscard]] bool isOld(const std::optional<int> &ageInDays);

} // namespace core::catalog
