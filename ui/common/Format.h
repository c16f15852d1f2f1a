// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

/// Numbers for people. One policy everywhere: sizes count in 1024s and are called KB, MB, GB, TB,
/// as the providers' consoles and card names do (a "24 GB" card is 24 GiB). Three significant
/// digits. Number and unit are apart by a narrow no-break space. Absent is an en dash. Digits
/// follow QLocale().
namespace ui::format {

/// "–"
[[nodiscard]] QString absent();
/// U+202F, between a number and its unit.
inline constexpr char16_t unitSpace = u'\x202f';

/// A plain number with at most \a decimals, group separators from the locale: "1,600".
[[nodiscard]] QString number(std::optional<double> value, int decimals = 0);
/// Three significant digits: "0.64", "18.3", "402".
[[nodiscard]] QString significant(std::optional<double> value);

[[nodiscard]] QString bytes(std::optional<double> bytes);
/// "18.3 / 24 GB": both in the unit that suits \a total.
[[nodiscard]] QString bytesOf(std::optional<double> used, std::optional<double> total);
/// "12.4 MB/s"
[[nodiscard]] QString rate(std::optional<double> bytesPerSecond);
/// "97 %"; the value is in percent already.
[[nodiscard]] QString percent(std::optional<double> value);
/// "402 W", "402 / 450 W"
[[nodiscard]] QString watts(std::optional<double> value);
[[nodiscard]] QString wattsOf(std::optional<double> value, std::optional<double> limit);
/// "64 °C"
[[nodiscard]] QString celsius(std::optional<double> value);
/// A count, group separators: "26,214,400".
[[nodiscard]] QString count(std::optional<qint64> value);
/// The same in little room, three digits from 10,000 on: "214 k", "15.7 M".
[[nodiscard]] QString shortCount(std::optional<qint64> value);

/// The two largest units: "45 s", "12 m 30 s", "3 h 12 m", "9 d 4 h". Negative counts as 0.
[[nodiscard]] QString duration(std::optional<qint64> seconds);
/// "14:03:12", this machine's time zone.
[[nodiscard]] QString clock(std::chrono::system_clock::time_point time);
/// With the date where it is not today's: "Nov 23, 14:03".
[[nodiscard]] QString dateTime(std::chrono::system_clock::time_point time);

/// \a minor in hundredths of the currency: "¥12.67", "$0.40", "EUR 3.10".
[[nodiscard]] QString money(std::optional<qint64> minor, const QString &currency);
/// \a tenThousandths of the currency's unit: "¥3.96/h", "$0.2134/h". Two decimals, more where the
/// price has them.
[[nodiscard]] QString pricePerHour(std::optional<qint64> tenThousandths, const QString &currency);

} // namespace ui::format
