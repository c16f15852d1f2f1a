// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 8259's grammar, and comments and trailing commas as Jsonc.h says.
#include "core/vscode/JsoncReader.h"

#include <algorithm>

namespace core::vscode {

namespace {

constexpr int deepest = 100;
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

bool JsoncReader::fail(const char *why)
{
    if (!m_problem)
        m_problem = why;
    return false;
}

Result<std::optional<JsoncNode>> JsoncReader::read()
{
    if (m_text.startsWith(byteOrderMark))
        m_at = byteOrderMark.size();
    std::optional<JsoncNode> root;
    bool ok = skipBlanks();
    if (ok && !atEnd()) {
        root.emplace();
        ok = readValue(*root, 0) && skipBlanks();
        if (ok && !atEnd())
            ok = fail("more than one value");
    }
    if (ok)
        return root;
    const auto line = std::count(m_text.begin(), m_text.begin() + m_at, '\n') + 1;
    return core::fail(ErrorCode::Parse, Step::Parse,
                      QStringLiteral("line %1: %2").arg(line).arg(QLatin1StringView(m_problem)));
}

/// Comments too.
bool JsoncReader::skipBlanks()
{
    while (!atEnd()) {
        const char c = peek();
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++m_at;
        } else if (c == '/') {
            const QByteArrayView rest = m_text.sliced(m_at);
            if (rest.startsWith("//")) {
                const qsizetype end = rest.indexOf('\n');
                m_at = end < 0 ? m_text.size() : m_at + end;
            } else if (rest.startsWith("/*")) {
                const qsizetype end = rest.indexOf("*/", 2);
                if (end < 0)
                    return fail("a comment without an end");
                m_at += end + 2;
            } else {
                return fail("a lone /");
            }
        } else {
            break;
        }
    }
    return true;
}

bool JsoncReader::readValue(JsoncNode &node, int depth)
{
    if (depth > deepest)
        return fail("nested too deeply");
    node.begin = m_at;
    const char c = peek();
    bool ok = false;
    if (c == '{' || c == '[')
        ok = readContainer(node, depth);
    else if (c == '"')
        ok = readString(node);
    else if (c == '-' || isDigit(c))
        ok = readNumber(node);
    else
        ok = readWord(node);
    node.end = m_at;
    return ok;
}

bool JsoncReader::readContainer(JsoncNode &node, int depth)
{
    const bool isObject = peek() == '{';
    const char closing = isObject ? '}' : ']';
    node.type = isObject ? JsoncNode::Type::Object : JsoncNode::Type::Array;
    ++m_at;
    for (;;) {
        if (!skipBlanks())
            return false;
        if (peek() == closing && !atEnd()) {
            ++m_at;
            return true;
        }
        if (!node.items.empty() && node.trailingComma < 0)
            return fail("a comma is missing");
        node.trailingComma = -1;
        const qsizetype start = m_at;
        if (isObject) {
            JsoncNode key;
            if (peek() != '"')
                return fail(atEnd() ? "it ends too early" : "a key in quotes is missing");
            if (!readString(key) || !skipBlanks())
                return false;
            if (peek() != ':')
                return fail("a colon is missing");
            ++m_at;
            if (!skipBlanks())
                return false;
            node.keys.push_back(key.text);
        }
        node.starts.push_back(start);
        if (!readValue(node.items.emplace_back(), depth + 1) || !skipBlanks())
            return false;
        if (peek() == ',') {
            node.trailingComma = m_at;
            ++m_at;
        }
    }
}

bool JsoncReader::readString(JsoncNode &node)
{
    node.type = JsoncNode::Type::String;
    QByteArray bytes;
    for (++m_at; !atEnd(); ++m_at) {
        const char c = peek();
        if (c == '"') {
            node.text += QString::fromUtf8(bytes);
            ++m_at;
            return true;
        }
        if (c == '\n' || c == '\r')
            break;
        if (c != '\\')
            bytes += c;
        else if (!readEscape(node.text, bytes))
            return false;
    }
    return fail("a string without an end");
}

/// Stays at its last character.
bool JsoncReader::readEscape(QString &text, QByteArray &bytes)
{
    ++m_at;
    switch (peek()) {
    case '"':
    case '\\':
    case '/': bytes += peek(); return true;
    case 'b': bytes += '\b'; return true;
    case 'f': bytes += '\f'; return true;
    case 'n': bytes += '\n'; return true;
    case 'r': bytes += '\r'; return true;
    case 't': bytes += '\t'; return true;
    case 'u': break;
    default: return fail("an unknown escape");
    }
    char16_t unit = 0;
    for (int i = 0; i < 4; ++i) {
        ++m_at;
        const char c = peek();
        const int digit = isDigit(c)             ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return fail("an unknown escape");
        unit = char16_t(unit * 16 + digit);
    }
    // Two halves of a pair come one after the other.
    text += QString::fromUtf8(bytes);
    bytes.clear();
    text += QChar(unit);
    return true;
}

bool JsoncReader::digits()
{
    const qsizetype first = m_at;
    while (isDigit(peek()))
        ++m_at;
    return m_at > first || fail("a number is broken");
}

bool JsoncReader::readNumber(JsoncNode &node)
{
    node.type = JsoncNode::Type::Number;
    if (peek() == '-')
        ++m_at;
    if (peek() == '0')
        ++m_at;
    else if (!digits())
        return false;
    if (peek() == '.') {
        ++m_at;
        if (!digits())
            return false;
    }
    if (peek() == 'e' || peek() == 'E') {
        ++m_at;
        if (peek() == '+' || peek() == '-')
            ++m_at;
        if (!digits())
            return false;
    }
    return true;
}

bool JsoncReader::readWord(JsoncNode &node)
{
    const QByteArrayView rest = m_text.sliced(m_at);
    for (const QByteArrayView word :
         {QByteArrayView("true"), QByteArrayView("false"), QByteArrayView("null")}) {
        if (!rest.startsWith(word))
            continue;
        node.type = word == "null" ? JsoncNode::Type::Null : JsoncNode::Type::Bool;
        m_at += word.size();
        return true;
    }
    return fail(atEnd() ? "it ends too early" : "no value");
}

} // namespace core::vscode
