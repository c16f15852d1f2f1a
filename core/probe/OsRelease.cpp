// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/SystemInfo.h"
#include "core/probe/Text.h"

namespace core::probe {

namespace {

/// A value as a POSIX shell reads an assignment (os-release(5)): quotes, escapes, comment after
/// blanks.
QByteArray unquote(QByteArrayView value)
{
    QByteArray result;
    char quote = 0;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (quote == '\'') {
            if (c == '\'')
                quote = 0;
            else
                result += c;
        } else if (c == '\\' && i + 1 < value.size()) {
            const char next = value[i + 1];
            // Within double quotes a backslash is itself before all but these.
            if (quote == '"' && next != '"' && next != '\\' && next != '$' && next != '`')
                result += c;
            result += next;
            ++i;
        } else if (quote == '"') {
            if (c == '"')
                quote = 0;
            else
                result += c;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == ' ' || c == '\t') {
            break;
        } else {
            result += c;
        }
    }
    return result;
}

bool isName(QByteArrayView name)
{
    if (name.isEmpty() || (name[0] >= '0' && name[0] <= '9'))
        return false;
    for (char c : name) {
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
              c == '_'))
            return false;
    }
    return true;
}

} // namespace

Result<OsRelease> parseOsRelease(QByteArrayView text)
{
    OsRelease os;
    for (const QByteArray &raw : splitLines(text)) {
        const QByteArray line = raw.trimmed();
        const qsizetype equals = line.indexOf('=');
        if (line.startsWith('#') || equals <= 0 || !isName(QByteArrayView(line).first(equals)))
            continue;
        os.fields.insert(decode(QByteArrayView(line).first(equals)),
                         decode(unquote(QByteArrayView(line).sliced(equals + 1))));
    }
    if (os.fields.isEmpty())
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no KEY=value line"));
    const auto field = [&](const char *name) -> std::optional<QString> {
        const auto it = os.fields.constFind(QLatin1StringView(name));
        if (it == os.fields.cend() || it->isEmpty())
            return std::nullopt;
        return *it;
    };
    os.id = field("ID");
    os.versionId = field("VERSION_ID");
    os.prettyName = field("PRETTY_NAME");
    return os;
}

} // namespace core::probe
