// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/Text.h"

#include <cmath>
#include <limits>

namespace core::probe {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

QByteArrayList splitLines(QByteArrayView text)
{
    if (text.startsWith("\xEF\xBB\xBF"))
        text = text.sliced(3);
    QByteArrayList lines = text.toByteArray().split('\n');
    for (QByteArray &line : lines) {
        while (line.endsWith('\r'))
            line.chop(1);
    }
    return lines;
}

QByteArrayList splitWords(QByteArrayView line)
{
    QByteArrayList words;
    qsizetype start = -1;
    for (qsizetype i = 0; i <= line.size(); ++i) {
        const bool blank = i == line.size() || line[i] == ' ' || line[i] == '\t' || line[i] == '\r';
        if (blank && start >= 0) {
            words.append(line.sliced(start, i - start).toByteArray());
            start = -1;
        } else if (!blank && start < 0) {
            start = i;
        }
    }
    return words;
}

bool isAbsent(QByteArrayView value)
{
    QByteArray text = value.trimmed().toByteArray();
    const bool inBrackets = text.size() > 1 && text.startsWith('[') && text.endsWith(']');
    if (inBrackets)
        text = text.sliced(1, text.size() - 2).trimmed();
    text = text.toLower();
    // Without brackets these may be a program's name.
    if (inBrackets && (text.startsWith("timeout") || text.startsWith("timed out")))
        return true;
    return text.isEmpty() || text == "-" || text == "n/a" || text == "not supported" ||
           text.startsWith("err!") || text.contains("unknown error") || text == "not available" ||
           text == "unknown" || text.startsWith("requested functionality") ||
           text.contains("insufficient permissions") || text == "not found" ||
           text.startsWith("gpu requires reset") || text.startsWith("gpu is lost") ||
           text == "not active" || text == "none";
}

std::optional<bool> migMode(QByteArrayView value)
{
    QByteArray text = value.trimmed().toByteArray().toLower();
    if (text.startsWith('[') && text.endsWith(']') && text.size() > 1)
        text = text.sliced(1, text.size() - 2).trimmed();
    if (text == "enabled")
        return true;
    // Cards without MIG say that they have no such mode.
    if (text == "disabled" || text == "n/a" || text == "not supported")
        return false;
    return std::nullopt;
}

std::optional<double> leadingNumber(QByteArrayView value)
{
    if (isAbsent(value))
        return std::nullopt;
    const QByteArrayView text = value.trimmed();
    qsizetype end = 0;
    if (end < text.size() && (text[end] == '-' || text[end] == '+'))
        ++end;
    const qsizetype digits = end;
    while (end < text.size() && (isDigit(text[end]) || text[end] == '.'))
        ++end;
    if (end == digits)
        return std::nullopt;
    bool ok = false;
    const double number =
        text.first(end).toByteArray().toDouble(&ok); // QByteArray: always the C locale
    if (!ok || !std::isfinite(number) || std::abs(number) >= 1e15)
        return std::nullopt;
    return number;
}

std::optional<double> percentage(QByteArrayView value)
{
    const std::optional<double> number = leadingNumber(value);
    if (!number || *number < 0 || *number > 100)
        return std::nullopt;
    return number;
}

std::optional<qint64> mebibytes(QByteArrayView value)
{
    const std::optional<double> number = leadingNumber(value);
    if (!number || *number < 0)
        return std::nullopt;
    double factor = 1;
    const QByteArray text = value.toByteArray();
    if (text.contains("GiB") || text.contains("GB"))
        factor = 1024;
    else if (text.contains("KiB") || text.contains("kB"))
        factor = 1.0 / 1024;
    return qint64(std::llround(*number * factor));
}

std::optional<qint64> wholeNumber(QByteArrayView value)
{
    const QByteArrayView text = value.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    qint64 number = 0;
    for (char c : text) {
        if (!isDigit(c))
            return std::nullopt;
        const int digit = c - '0';
        if (number > (std::numeric_limits<qint64>::max() - digit) / 10)
            return std::nullopt;
        number = number * 10 + digit;
    }
    return number;
}

QString decode(QByteArrayView bytes)
{
    return QString::fromUtf8(bytes);
}

} // namespace core::probe
