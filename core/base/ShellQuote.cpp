// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/ShellQuote.h"

namespace core {

namespace {
bool isSafe(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == '/' || c == ':' || c == ',' || c == '+' || c == '@' ||
           c == '%';
}
} // namespace

QByteArray shellQuote(QByteArrayView word)
{
    const qsizetype nul = word.indexOf('\0');
    if (nul >= 0)
        word = word.first(nul);
    bool safe = !word.isEmpty();
    for (char c : word)
        safe = safe && isSafe(c);
    if (safe)
        return word.toByteArray();
    QByteArray quoted;
    quoted.reserve(word.size() + 2);
    quoted += '\'';
    for (char c : word) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    quoted += '\'';
    return quoted;
}

QByteArray shellJoin(const QList<QByteArray> &words)
{
    QByteArray joined;
    for (const QByteArray &word : words) {
        if (!joined.isEmpty())
            joined += ' ';
        joined += shellQuote(word);
    }
    return joined;
}

} // namespace core
