// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>
#include <cmath>

namespace ui::format {

namespace {

// One place for the unit names, so that a language can write them its own way.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString withUnit(const QString &number, const QString &unit)
{
    return number + unitSpace + unit;
}

const std::array<QString, 6> &byteUnits()
{
    static const std::array<QString, 6> units{QStringLiteral("B"),  QStringLiteral("KB"),
                                              QStringLiteral("MB"), QStringLiteral("GB"),
                                              QStringLiteral("TB"), QStringLiteral("PB")};
    return units;
}

/// The unit in which \a bytes has one to three digits before the point. 999.5 and more goes up one,
/// or "1,000 KB" would appear between "999 KB" and "1 MB".
std::size_t byteUnit(double bytes)
{
    std::size_t unit = 0;
    double v = std::abs(bytes);
    while (v >= 999.5 && unit + 1 < byteUnits().size()) {
        v /= 1024;
        ++unit;
    }
    return unit;
}

double inUnit(double bytes, std::size_t unit)
{
    return bytes / std::pow(1024.0, double(unit));
}

QString trimmedNumber(double value, int decimals)
{
    const QLocale locale;
    QString text = locale.toString(value, 'f', decimals);
    if (decimals > 0) {
        const QString point = locale.decimalPoint();
        while (text.endsWith(locale.zeroDigit()))
            text.chop(1);
        if (text.endsWith(point))
            text.chop(point.size());
    }
    return text == QLatin1StringView("-0") ? QStringLiteral("0") : text;
}

int decimalsFor(double value)
{
    const double v = std::abs(value);
    if (v == 0 || v >= 99.95)
        return 0;
    if (v >= 9.995)
        return 1;
    return 2;
}

} // namespace

QString absent()
{
    return QStringLiteral("–");
}

QString number(std::optional<double> value, int decimals)
{
    return value ? trimmedNumber(*value, decimals) : absent();
}

QString significant(std::optional<double> value)
{
    return value ? trimmedNumber(*value, decimalsFor(*value)) : absent();
}

QString bytes(std::optional<double> bytes)
{
    if (!bytes)
        return absent();
    const std::size_t unit = byteUnit(*bytes);
    return withUnit(unit == 0 ? number(*bytes) : significant(inUnit(*bytes, unit)),
                    byteUnits()[unit]);
}

QString bytesOf(std::optional<double> used, std::optional<double> total)
{
    if (!total)
        return bytes(used);
    const std::size_t unit = byteUnit(*total);
    const QString first = used ? significant(inUnit(*used, unit)) : absent();
    return withUnit(first + QStringLiteral(" / ") + significant(inUnit(*total, unit)),
                    byteUnits()[unit]);
}

QString rate(std::optional<double> bytesPerSecond)
{
    if (!bytesPerSecond)
        return absent();
    const std::size_t unit = byteUnit(*bytesPerSecond);
    const QString digits =
        unit == 0 ? number(*bytesPerSecond) : significant(inUnit(*bytesPerSecond, unit));
    return withUnit(digits, byteUnits()[unit] + QStringLiteral("/s"));
}

QString percent(std::optional<double> value)
{
    if (!value)
        return absent();
    return withUnit(number(*value), QStringLiteral("%"));
}

QString watts(std::optional<double> value)
{
    return value ? withUnit(number(*value), QStringLiteral("W")) : absent();
}

QString wattsOf(std::optional<double> value, std::optional<double> limit)
{
    if (!limit)
        return watts(value);
    return withUnit(number(value) + QStringLiteral(" / ") + number(*limit), QStringLiteral("W"));
}

QString celsius(std::optional<double> value)
{
    return value ? withUnit(number(*value), QStringLiteral("°C")) : absent();
}

QString count(std::optional<qint64> value)
{
    return value ? QLocale().toString(*value) : absent();
}

QString shortCount(std::optional<qint64> value)
{
    if (!value || std::abs(double(*value)) < 10'000)
        return count(value);
    const double v = double(*value);
    if (std::abs(v) < 999'500)
        return withUnit(significant(v / 1e3), QStringLiteral("k"));
    return withUnit(significant(v / 1e6), QStringLiteral("M"));
}

QString duration(std::optional<qint64> seconds)
{
    if (!seconds)
        return absent();
    const qint64 s = std::max<qint64>(0, *seconds);
    const auto part = [](qint64 n, const QString &unit) {
        return withUnit(QLocale().toString(n), unit);
    };
    //: days, after a number: "9 d"
    const QString d = Text::tr("d");
    //: hours, after a number: "3 h"
    const QString h = Text::tr("h");
    //: minutes, after a number: "12 m"
    const QString m = Text::tr("m");
    //: seconds, after a number: "45 s"
    const QString sec = Text::tr("s");
    const auto pair = [](const QString &a, const QString &b) { return a + u' ' + b; };
    if (s < 60)
        return part(s, sec);
    if (s < 3600)
        return s % 60 ? pair(part(s / 60, m), part(s % 60, sec)) : part(s / 60, m);
    if (s < 86400)
        return s % 3600 / 60 ? pair(part(s / 3600, h), part(s % 3600 / 60, m)) : part(s / 3600, h);
    return s % 86400 / 3600 ? pair(part(s / 86400, d), part(s % 86400 / 3600, h))
                            : part(s / 86400, d);
}

namespace {

QDateTime local(std::chrono::system_clock::time_point time)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(ms.count());
}

QString amountText(double amount, int decimals, const QString &currency)
{
    const QString digits = QLocale().toString(std::abs(amount), 'f', decimals);
    const QString sign = amount < 0 ? QStringLiteral("−") : QString();
    if (currency == QLatin1StringView("CNY"))
        return sign + QStringLiteral("¥") + digits;
    if (currency == QLatin1StringView("USD"))
        return sign + QStringLiteral("$") + digits;
    if (currency == QLatin1StringView("EUR"))
        return sign + QStringLiteral("€") + digits;
    return sign + currency + unitSpace + digits;
}

} // namespace

QString clock(std::chrono::system_clock::time_point time)
{
    return local(time).time().toString(QStringLiteral("HH:mm:ss"));
}

QString dateTime(std::chrono::system_clock::time_point time)
{
    const QDateTime then = local(time);
    QString hours = then.time().toString(QStringLiteral("HH:mm"));
    if (then.date() == QDate::currentDate())
        return hours;
    //: Month and day in QDate's pattern language; zh: M月d日
    const QString pattern = Text::tr("MMM d");
    //: %1 is a date such as "Nov 23", %2 a time such as "14:03"
    return Text::tr("%1, %2").arg(QLocale().toString(then.date(), pattern), hours);
}

QString money(std::optional<qint64> minor, const QString &currency)
{
    if (!minor)
        return absent();
    return amountText(double(*minor) / 100.0, 2, currency);
}

QString pricePerHour(std::optional<qint64> tenThousandths, const QString &currency)
{
    if (!tenThousandths)
        return absent();
    const int decimals = *tenThousandths % 100 == 0 ? 2 : *tenThousandths % 10 == 0 ? 3 : 4;
    //: A price per hour: "¥3.96/h"
    return Text::tr("%1/h").arg(amountText(double(*tenThousandths) / 10'000.0, decimals, currency));
}

} // namespace ui::format
