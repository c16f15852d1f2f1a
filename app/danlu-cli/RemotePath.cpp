// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/RemotePath.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>

namespace cli {

RemotePath splitRemotePath(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral(
            R"(^((?:ssh://)?(?:[^@:/]*@)?(?:\[[^\]]*\]|[^:/]*)(?::\d{1,5}(?=:|$))?)(?::(.*))?$)"),
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return {};
    QByteArray path = match.captured(2).toUtf8();
    if (path == "~" || path == "~/")
        path.clear();
    else if (path.startsWith("~/"))
        path = path.sliced(2);
    return {match.captured(1), path};
}

bool isUtf8(const QByteArray &name)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(name);
    return !decoder.hasError();
}

QString shownName(const QByteArray &name)
{
    const auto escaped = [](uchar byte) {
        return QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
    };
    QString shown;
    for (qsizetype at = 0; at < name.size();) {
        const auto byte = uchar(name[at]);
        const qsizetype length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        const QByteArray piece = name.sliced(at, std::min(length, name.size() - at));
        if (byte < 0x20 || byte == 0x7f || !isUtf8(piece)) {
            shown += escaped(byte);
            ++at;
            continue;
        }
        const QString text = QString::fromUtf8(piece);
        // C1 controls and what turns the direction of writing would garble the line.
        const bool harmful = std::any_of(text.cbegin(), text.cend(), [](QChar c) {
            return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
        });
        if (harmful) {
            for (char one : piece)
                shown += escaped(uchar(one));
        } else {
            shown += text;
        }
        at += piece.size();
    }
    return shown;
}

} // namespace cli
