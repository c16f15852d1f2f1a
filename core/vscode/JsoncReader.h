// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/vscode/Jsonc.h"

namespace core::vscode {

/// Reads JSON with comments into nodes. One use.
class JsoncReader
{
public:
    explicit JsoncReader(QByteArrayView text)
        : m_text(text)
    {
    }

    /// nullopt inside: there is no value in the text.
    [[nodiscard]] Result<std::optional<JsoncNode>> read();

private:
    [[nodiscard]] bool readValue(JsoncNode &node, int depth);
    [[nodiscard]] bool readContainer(JsoncNode &node, int depth);
    [[nodiscard]] bool readString(JsoncNode &node);
    [[nodiscard]] bool readEscape(QString &text, QByteArray &bytes);
    [[nodiscard]] bool readNumber(JsoncNode &node);
    [[nodiscard]] bool readWord(JsoncNode &node);
    [[nodiscard]] bool skipBlanks();
    [[nodiscard]] bool digits();
    [[nodiscard]] bool fail(const char *why);
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    const char *m_problem = nullptr;
};

} // namespace core::vscode
