// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/LogicalLine.h"

#include <QRegularExpression>

#include <algorithm>

namespace core::terminal {

namespace {

const QRegularExpression &addressPattern()
{
    static const QRegularExpression pattern(
        QStringLiteral(R"((?:https?|ftp)://[^\s<>"'`{}|\\^\x{3000}-\x{303F}\x{FF00}-\x{FFEF}]+|)"
                       R"(mailto:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"),
        QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

/// Without what ends the sentence around it: a full stop, a bracket that was opened outside.
qsizetype addressLength(QStringView address)
{
    while (!address.isEmpty()) {
        const QChar last = address.back();
        if (QStringView(u".,;:!?'\"*").contains(last)) {
            address.chop(1);
            continue;
        }
        const auto unbalanced = [address](QChar open, QChar close) {
            return address.count(close) > address.count(open);
        };
        if ((last == u')' && unbalanced(u'(', u')')) || (last == u']' && unbalanced(u'[', u']'))) {
            address.chop(1);
            continue;
        }
        break;
    }
    return address.size();
}

enum class CharacterKind { Blank, Word, Other };

CharacterKind kindOf(QChar c)
{
    if (c.isSpace())
        return CharacterKind::Blank;
    if (c.isLetterOrNumber() || c.isMark() || c.isSurrogate() ||
        QStringView(u"_-./~:@%+=,").contains(c))
        return CharacterKind::Word;
    return CharacterKind::Other;
}

} // namespace

qsizetype LogicalLine::indexOf(TextPosition position) const
{
    // The last that is not behind it.
    const auto after = std::upper_bound(positions.begin(), positions.end(), position);
    const auto index = std::distance(positions.begin(), after) - 1;
    // The right half of a character is the character; several units may share a column.
    auto found = std::max<std::ptrdiff_t>(0, index);
    while (found > 0 && positions[std::size_t(found - 1)] == positions[std::size_t(found)])
        --found;
    return found;
}

TextRange LogicalLine::range(qsizetype begin, qsizetype length) const
{
    const auto end = std::min<qsizetype>(begin + length, text.size());
    return {positions[std::size_t(begin)], positions[std::size_t(end)]};
}

FoundLink findAddress(const LogicalLine &line, qsizetype index)
{
    auto matches = addressPattern().globalMatch(line.text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const qsizetype begin = match.capturedStart();
        if (begin > index)
            break;
        const qsizetype length = addressLength(match.capturedView());
        if (index < begin + length)
            return {line.range(begin, length), line.text.mid(begin, length)};
    }
    return {};
}

TextRange findWord(const LogicalLine &line, qsizetype index)
{
    if (index >= line.text.size())
        return {line.positions.back(), line.positions.back()};
    const CharacterKind kind = kindOf(line.text[index]);
    qsizetype begin = index;
    qsizetype end = index + 1;
    while (begin > 0 && kindOf(line.text[begin - 1]) == kind)
        --begin;
    while (end < line.text.size() && kindOf(line.text[end]) == kind)
        ++end;
    return line.range(begin, end - begin);
}

} // namespace core::terminal
