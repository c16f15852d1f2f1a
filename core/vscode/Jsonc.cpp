// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vscode/Jsonc.h"

#include "core/vscode/JsoncReader.h"

#include <QByteArrayList>

#include <algorithm>

namespace core::vscode {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

QByteArray quoted(const QString &text)
{
    QByteArray quoted(1, '"');
    for (const char c : text.toUtf8()) {
        const auto code = static_cast<unsigned char>(c);
        switch (c) {
        case '"': quoted += "\\\""; break;
        case '\\': quoted += "\\\\"; break;
        case '\n': quoted += "\\n"; break;
        case '\r': quoted += "\\r"; break;
        case '\t': quoted += "\\t"; break;
        default:
            if (code < 0x20 || code == 0x7f)
                quoted += "\\u00" + QByteArray::number(code, 16).rightJustified(2, '0');
            else
                quoted += c;
        }
    }
    return quoted + '"';
}

/// What one level is indented by: the first indented line inside the root tells.
QByteArray indentOf(const QByteArray &text, const JsoncNode &root)
{
    if (root.starts.empty())
        return {};
    const qsizetype first = root.starts.front();
    qsizetype line = first;
    while (line > 0 && isBlank(text[line - 1]))
        --line;
    const bool isOnItsOwn = line > 0 && text[line - 1] == '\n';
    return isOnItsOwn ? text.sliced(line, first - line) : QByteArray();
}

} // namespace

const JsoncNode *JsoncNode::member(QStringView key) const
{
    for (std::size_t i = keys.size(); i-- > 0;) {
        if (keys[i] == key)
            return &items[i];
    }
    return nullptr;
}

Result<JsoncDocument> JsoncDocument::parse(const QByteArray &text)
{
    Result<std::optional<JsoncNode>> root = JsoncReader(text).read();
    if (!root)
        return tl::make_unexpected(root.error());
    JsoncDocument document;
    document.m_text = text;
    document.m_root = std::move(*root);
    const qsizetype lineEnd = text.indexOf('\n');
    if (lineEnd > 0 && text[lineEnd - 1] == '\r')
        document.m_lineEnd = "\r\n";
    if (document.m_root) {
        const QByteArray indent = indentOf(text, *document.m_root);
        if (!indent.isEmpty())
            document.m_indent = indent;
    }
    return document;
}

/// The blanks that the line of byte \a at begins with.
QByteArray JsoncDocument::indentAt(qsizetype at) const
{
    const qsizetype line = at == 0 ? 0 : m_text.lastIndexOf('\n', at - 1) + 1;
    qsizetype end = line;
    while (end < at && isBlank(m_text[end]))
        ++end;
    return m_text.sliced(line, end - line);
}

bool JsoncDocument::hasLineEnd(qsizetype from, qsizetype to) const
{
    return QByteArrayView(m_text).sliced(from, to - from).contains('\n');
}

/// The end of the last comment from \a from on, before anything else; \a from when there is none.
qsizetype JsoncDocument::behindComments(qsizetype from, bool onThisLine) const
{
    qsizetype end = from;
    for (qsizetype at = from; at < m_text.size();) {
        const QByteArrayView rest = QByteArrayView(m_text).sliced(at);
        if (isBlank(rest[0]) || (!onThisLine && (rest[0] == '\n' || rest[0] == '\r'))) {
            ++at;
        } else if (rest.startsWith("//")) {
            const qsizetype size = rest.indexOf('\n');
            end = size < 0 ? m_text.size() : at + size;
            if (end > at && m_text[end - 1] == '\r')
                --end;
            at = end;
        } else if (rest.startsWith("/*")) {
            const qsizetype stop = at + rest.indexOf("*/", 2) + 2;
            // One that goes on in the next line belongs to what comes there.
            if (onThisLine && hasLineEnd(at, stop))
                break;
            end = at = stop;
        } else {
            break;
        }
    }
    return end;
}

QByteArray JsoncDocument::write(const JsoncValue &value, const QByteArray &indent) const
{
    if (const auto *text = std::get_if<QString>(&value.value))
        return quoted(*text);
    if (const auto *flag = std::get_if<bool>(&value.value))
        return *flag ? "true" : "false";
    const QByteArray inner = indent + m_indent;
    QByteArrayList lines;
    const auto *object = std::get_if<JsoncValue::Object>(&value.value);
    if (object) {
        for (const auto &[key, item] : *object)
            lines += inner + quoted(key) + ": " + write(item, inner);
    } else {
        for (const JsoncValue &item : std::get<JsoncValue::Array>(value.value))
            lines += inner + write(item, inner);
    }
    const QByteArray opening = object ? "{" : "[";
    const QByteArray closing = object ? "}" : "]";
    if (lines.isEmpty())
        return opening + closing;
    return opening + m_lineEnd + lines.join(',' + m_lineEnd) + m_lineEnd + indent + closing;
}

QByteArray JsoncDocument::added(const JsoncNode &container, const QByteArray &key,
                                const JsoncValue &value) const
{
    const qsizetype closing = container.end - 1;
    QByteArray text = m_text;
    if (container.items.empty()) {
        const qsizetype at = behindComments(container.begin + 1, false);
        const QByteArray outer = indentAt(container.begin);
        const QByteArray inner = outer + m_indent;
        QByteArray piece = m_lineEnd + inner + key + write(value, inner);
        if (!hasLineEnd(at, closing))
            piece += m_lineEnd + outer;
        return text.insert(at, piece);
    }
    const JsoncNode &last = container.items.back();
    const qsizetype lastStart = container.starts.back();
    const bool hasComma = container.trailingComma >= 0;
    const qsizetype from = hasComma ? container.trailingComma + 1 : last.end;
    if (!hasLineEnd(from, closing)) {
        // "[1, 2]", or "}]" at the end of a longer one.
        const QByteArray piece = ' ' + key + write(value, indentAt(last.end));
        if (hasComma)
            return text.insert(from, piece + ',');
        return text.insert(last.end, ',' + piece);
    }
    // As the last item is; when that shares its line with the opening bracket, one level deeper.
    const bool isOnItsOwn =
        QByteArrayView(m_text).sliced(container.begin, lastStart - container.begin).contains('\n');
    const QByteArray inner =
        isOnItsOwn ? indentAt(lastStart) : indentAt(container.begin) + m_indent;
    const QByteArray piece = m_lineEnd + inner + key + write(value, inner);
    const qsizetype at = behindComments(from, true);
    text.insert(at, hasComma ? piece + ',' : piece);
    if (!hasComma)
        text.insert(last.end, ','); // before its comment
    return text;
}

QByteArray JsoncDocument::withMember(const JsoncNode &object, const QString &key,
                                     const JsoncValue &value) const
{
    if (const JsoncNode *old = object.member(key))
        return withValue(*old, value);
    return added(object, quoted(key) + ": ", value);
}

QByteArray JsoncDocument::withItem(const JsoncNode &array, const JsoncValue &value) const
{
    return added(array, {}, value);
}

QByteArray JsoncDocument::withValue(const JsoncNode &old, const JsoncValue &value) const
{
    QByteArray text = m_text;
    return text.replace(old.begin, old.end - old.begin, write(value, indentAt(old.begin)));
}

QByteArray JsoncDocument::withRoot(const JsoncValue &value) const
{
    QByteArray text = m_text;
    // A comment of one line must not swallow it.
    if (!text.trimmed().isEmpty() && !text.endsWith('\n'))
        text += m_lineEnd;
    return text + write(value, {}) + m_lineEnd;
}

} // namespace core::vscode
