// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace core::vscode {

struct JsoncMember;

/// A value to be written; members stay in the order given.
struct JsoncValue
{
    using Array = std::vector<JsoncValue>;
    using Object = std::vector<JsoncMember>;

    std::variant<QString, bool, Array, Object> value;

    bool operator==(const JsoncValue &) const;
};

struct JsoncMember
{
    QString key;
    JsoncValue value;

    bool operator==(const JsoncMember &) const = default;
};

inline bool JsoncValue::operator==(const JsoncValue &other) const
{
    return value == other.value;
}

/// A value in a text, and where it stands: bytes [begin, end).
struct JsoncNode
{
    enum class Type { Null, Bool, Number, String, Array, Object };

    Type type = Type::Null;
    qsizetype begin = 0;
    qsizetype end = 0;
    QString text;                  ///< of a string, without quotes and escapes
    std::vector<QString> keys;     ///< of an object's members
    std::vector<JsoncNode> items;  ///< of an array; an object's values
    qsizetype trailingComma = -1;  ///< where it stands behind the last item; -1 = there is none
    std::vector<qsizetype> starts; ///< where each item begins: its key, or itself

    /// Of an object; of several members with one key the last, as JSON readers take it.
    [[nodiscard]] const JsoncNode *member(QStringView key) const;
};

/// JSON with what VS Code allows in its own files: comments of both kinds and a comma behind the
/// last item (https://code.visualstudio.com/docs/languages/json#_json-with-comments). It is changed
/// in place: every byte that is not part of a change stays, so that comments, order, indents, line
/// ends, a byte order mark and keys that nobody here knows are as they were.
class JsoncDocument
{
public:
    /// A text without any value, as an empty file, is fine: root() is null then. Errors: Parse,
    /// with the line in the detail. At most 100 levels deep.
    [[nodiscard]] static Result<JsoncDocument> parse(const QByteArray &text);

    [[nodiscard]] const QByteArray &text() const { return m_text; }
    [[nodiscard]] const JsoncNode *root() const { return m_root ? &*m_root : nullptr; }

    /// Each gives the changed text; \a object and \a array are nodes of this document.
    /// Behind the last member; a member that has the key gets the value instead.
    [[nodiscard]] QByteArray withMember(const JsoncNode &object, const QString &key,
                                        const JsoncValue &value) const;
    /// Behind the last item.
    [[nodiscard]] QByteArray withItem(const JsoncNode &array, const JsoncValue &value) const;
    /// In place of \a old.
    [[nodiscard]] QByteArray withValue(const JsoncNode &old, const JsoncValue &value) const;
    /// For a document without a value: behind its comments.
    [[nodiscard]] QByteArray withRoot(const JsoncValue &value) const;

private:
    [[nodiscard]] QByteArray write(const JsoncValue &value, const QByteArray &indent) const;
    [[nodiscard]] QByteArray added(const JsoncNode &container, const QByteArray &key,
                                   const JsoncValue &value) const;
    [[nodiscard]] QByteArray indentAt(qsizetype at) const;
    [[nodiscard]] bool hasLineEnd(qsizetype from, qsizetype to) const;
    [[nodiscard]] qsizetype behindComments(qsizetype from, bool onThisLine) const;

    QByteArray m_text;
    std::optional<JsoncNode> m_root;
    QByteArray m_lineEnd = "\n";
    QByteArray m_indent = "    "; ///< of one level
};

} // namespace core::vscode
