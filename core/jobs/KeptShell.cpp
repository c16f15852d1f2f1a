// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/KeptShell.h"

#include "core/base/ShellQuote.h"

#include <QRegularExpression>

namespace core::jobs {

namespace {

/// screen takes the beginning of a name for the name, so it is told the whole one with its PID.
/// -U: the text is UTF-8 whatever the server's locale says.
constexpr char attachScript[] = R"(
if command -v screen >/dev/null 2>&1; then
    for name in "$1" "$2"; do
        at=$(screen -ls 2>/dev/null | sed -n -e '/[Dd]ead/d' -e "s/^[[:space:]]*\([0-9][0-9]*\.$name\)[[:space:]].*/\1/p" | head -n 1)
        [ -z "$at" ] || exec screen -U -x "$at"
    done
    exec screen -U -S "$1"
fi
exec tmux -u new-session -A -s "$1")";

} // namespace

QString keptShellName(int number)
{
    return QStringLiteral("danlu-shell-%1").arg(number);
}

bool isKeptShell(const QString &sessionName)
{
    // A job's name goes on with its date: eight digits and a dash.
    static const QRegularExpression names(QStringLiteral("^danlu-(shell-)?[0-9]{1,6}$"));
    return names.match(sessionName).hasMatch();
}

QByteArray keptShellText(int number)
{
    return "exec sh -c " + shellQuote(QByteArrayView(attachScript)) + " sh " +
           keptShellName(number).toLatin1() + " danlu-" + QByteArray::number(number);
}

} // namespace core::jobs
