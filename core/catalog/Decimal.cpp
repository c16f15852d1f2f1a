// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/Decimal.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace core::catalog {

namespace {

constexpr int maxDecimals = 6;

/// An unsigned integer of 512 bits; words from the lowest.
class Wide
{
public:
    explicit Wide(std::initializer_list<qint64> factors)
    {
        m_words[0] = 1;
        for (const qint64 factor : factors)
            multiply(quint64(factor));
    }

    [[nodiscard]] bool isZero() const
    {
        for (const quint32 word : m_words) {
            if (word != 0)
                return false;
        }
        return true;
    }

    [[nodiscard]] bool bit(int at) const { return (m_words[word(at)] >> (at % 32)) & 1U; }

    void doubleAndAdd(bool lowest)
    {
        quint32 carry = lowest ? 1 : 0;
        for (quint32 &word : m_words) {
            const quint32 next = word >> 31;
            word = (word << 1) | carry;
            carry = next;
        }
    }

    void add(const Wide &other)
    {
        quint64 carry = 0;
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            carry += quint64(m_words[i]) + other.m_words[i];
            m_words[i] = quint32(carry);
            carry >>= 32;
        }
    }

    void subtract(const Wide &other)
    {
        qint64 borrow = 0;
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            borrow += qint64(m_words[i]) - other.m_words[i];
            m_words[i] = quint32(borrow);
            borrow >>= 32;
        }
    }

    [[nodiscard]] bool isAtLeast(const Wide &other) const
    {
        for (std::size_t i = m_words.size(); i-- > 0;) {
            if (m_words[i] != other.m_words[i])
                return m_words[i] > other.m_words[i];
        }
        return true;
    }

    static constexpr int bits = 512;

private:
    [[nodiscard]] static std::size_t word(int at) { return std::size_t(at / 32); }

    void multiply(quint64 factor)
    {
        const std::array<quint32, 16> before = m_words;
        m_words.fill(0);
        for (const auto &[shift, part] : {std::pair<std::size_t, quint64>{0, factor & 0xffffffffU},
                                          std::pair<std::size_t, quint64>{1, factor >> 32}}) {
            quint64 carry = 0;
            for (std::size_t i = 0; i + shift < m_words.size(); ++i) {
                carry += before[i] * part + m_words[i + shift];
                m_words[i + shift] = quint32(carry);
                carry >>= 32;
            }
        }
    }

    std::array<quint32, 16> m_words{};
};

} // namespace

std::optional<Decimal> Decimal::parse(QStringView text)
{
    qint64 value = 0;
    int decimals = -1; // before the point
    int digits = 0;
    for (const QChar c : text) {
        if (c == u'.' && decimals < 0 && digits > 0) {
            decimals = 0;
            continue;
        }
        if (c < u'0' || c > u'9')
            return std::nullopt;
        ++digits;
        if (decimals == maxDecimals) {
            if (c != u'0')
                return std::nullopt;
            continue;
        }
        if (decimals >= 0)
            ++decimals;
        if (value >= maxMillionths / 10)
            return std::nullopt;
        value = value * 10 + (c.unicode() - u'0');
    }
    if (digits == 0 || decimals == 0)
        return std::nullopt;
    for (int i = std::max(decimals, 0); i < maxDecimals; ++i) {
        if (value >= maxMillionths / 10)
            return std::nullopt;
        value *= 10;
    }
    return fromMillionths(value);
}

std::optional<Decimal> Decimal::nearest(double value)
{
    if (!std::isfinite(value) || value < 0 || value >= 1e12)
        return std::nullopt;
    return fromMillionths(std::llround(value * double(one)));
}

QString Decimal::text(int decimals) const
{
    QString fraction = QStringLiteral("%1").arg(m_millionths % one, maxDecimals, 10, QChar(u'0'));
    while (fraction.size() > decimals && fraction.endsWith(u'0'))
        fraction.chop(1);
    const QString whole = QString::number(m_millionths / one);
    return fraction.isEmpty() ? whole : whole + u'.' + fraction;
}

std::optional<qint64> roundedQuotient(std::initializer_list<qint64> numerators,
                                      std::initializer_list<qint64> denominators)
{
    Q_ASSERT(numerators.size() <= 7 && denominators.size() <= 7);
    Wide divisor(denominators);
    if (divisor.isZero())
        return std::nullopt;
    // floor((2 n + d) / 2 d) is n / d with halves up.
    Wide dividend(numerators);
    dividend.doubleAndAdd(false);
    dividend.add(divisor);
    divisor.doubleAndAdd(false);
    Wide rest({0});
    quint64 quotient = 0;
    for (int at = Wide::bits - 1; at >= 0; --at) {
        rest.doubleAndAdd(dividend.bit(at));
        const bool goesIn = rest.isAtLeast(divisor);
        if (goesIn)
            rest.subtract(divisor);
        if (goesIn && at >= 63)
            return std::nullopt;
        quotient = (quotient << 1) | (goesIn ? 1U : 0U);
    }
    return qint64(quotient);
}

} // namespace core::catalog
