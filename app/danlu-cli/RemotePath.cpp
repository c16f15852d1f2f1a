// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/danlu-cli/RemotePath.h"

#include "app/danlu-cli/Arguments.h"
#include "core/transfer/FileNames.h"

#include <QRegularExpression>

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
    QByteArray path = core::transfer::nameFromShown(bytesOfWord(match.captured(2)));
    if (path == "~" || path == "~/")
        path.clear();
    else if (path.startsWith("~/"))
        path = path.sliced(2);
    return {match.captured(1), path, match.hasCaptured(2)};
}

} // namespace cli
