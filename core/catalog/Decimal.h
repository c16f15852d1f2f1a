// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <compare>
#include <initializer_list>
#include <optional>

namespace core::catalog {

/// A number of 0 or more with up to six decimals, kept exactly as an integer of millionths:
/// figures, hours, prices per hour, exchange rates. Below 10^12.
class Decimal final
{
public:
    static constexpr qint64 one = 1'000'000;
    static constexpr qint64 maxMillionths = qint64(1'000'000'000'000) * one;

    constexpr Decimal() = default;
    [[nodiscard]] static constexpr Decimal fromMillionths(qint64 millionths)
    {
        Decimal value;
        value.m_millionths = millionths;
        return value;
    }
    [[nodiscard]] static constexpr Decimal fromInt(qint64 value)
    {
        return fromMillionths(value * one);
    }
    /// "82.58", "0.177", "700": ASCII digits and one point, nothing else. Absent for any other
    /// text, a seventh decimal that is not 0, or a number that is too large.
    [[nodiscard]] static std::optional<Decimal> parse(QStringView text);
    /// The nearest millionth. Absent for what is negative, too large, or no number.
    [[nodiscard]] static std::optional<Decimal> nearest(double value);

    [[nodiscard]] constexpr qint64 millionths() const { return m_millionths; }
    [[nodiscard]] double toDouble() const { return double(m_millionths) / double(one); }
    /// "82.58": no more decimals than are needed, at least \a decimals.
    [[nodiscard]] QString text(int decimals = 0) const;

    // NOLINTNEXTLINE(modernize-use-nullptr): the 0 of a comparison that the compiler rewrites
    auto operator<=>(const Decimal &) const = default;

private:
    qint64 m_millionths = 0;
};

/// The product of \a numerators over the product of \a denominators, exact however large the
/// products are, then rounded once to the nearest integer, halves up. At most seven factors each,
/// none negative. Absent for a denominator of 0 or a result above 2^63 - 1.
[[nodiscard]] std::optional<qint64> roundedQuotient(std::initializer_list<qint64> numerators,
                                                    std::initializer_list<qint64> denominators);

} // namespace core::catalog
