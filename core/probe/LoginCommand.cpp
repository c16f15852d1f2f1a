// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/LoginCommand.h"

#include "core/probe/LoginPassword.h"
#include "core/probe/LoginReader.h"
#include "core/probe/LoginText.h"

#include <QRegularExpression>

#include <algorithm>

namespace core::probe {

namespace {

struct Found
{
    LoginReader reader;
    LoginPlace place;
    qsizetype tail = 0; ///< so much of the last line is behind the command, from a label on
};

/// A command's longest and most of them: a line of 64 KiB of "ssh" must not take seconds.
constexpr qsizetype longestCommand = 4096;
constexpr int mostCommands = 100;

/// The last \a count characters of a line as it was pasted; plainCommandText() takes some out.
QString rawTail(const QString &raw, qsizetype count)
{
    qsizetype at = raw.size();
    for (; at > 0 && count > 0; --at)
        count -= plainCommandText(raw.mid(at - 1, 1)).size();
    return raw.mid(at);
}

/// A command in quotes or brackets ends with them.
void cutAtClosing(QString &command, QChar before)
{
    static const QString open = QStringLiteral("\"'`“‘「『《(>");
    static const QString close = QStringLiteral("\"'`”’」』》)<");
    const qsizetype kind = open.indexOf(before);
    const qsizetype end = kind < 0 ? -1 : command.indexOf(close[kind]);
    if (end > 0)
        command.truncate(end);
}

/// A line that goes on with the command above it: its address, or further options.
bool goesOn(const QString &line, bool hasHost)
{
    static const QRegularExpression options(QStringLiteral("^\\s*-[pPliJLRDo]\\s*\\S"));
    static const QRegularExpression address(
        QStringLiteral("^\\s*(?:[0-9]{1,5}\\s+)?[^\\s@]+@[^\\s@]+(?:\\s|$)"));
    return options.match(line).hasMatch() || (!hasHost && address.match(line).hasMatch());
}

Found readCommand(int line, int last, const QString &joined, qsizetype start)
{
    Found found;
    found.place = {line, last, joined.left(start).right(longestCommand), {}};
    QString command = joined.mid(start, longestCommand);
    // In a table or a sentence the password's label ends the command.
    if (const qsizetype label = passwordLabelIn(command); label >= 0) {
        found.tail = joined.size() - start - label;
        command.truncate(label);
    }
    if (start > 0)
        cutAtClosing(command, joined[start - 1]);
    command.remove(u'`');
    found.reader.read(shellWords(command));
    return found;
}

/// The first command that certainly is one, else the first at all. A port that is none ends the
/// search with an error: the next command may be another instance's.
Result<std::optional<Found>> findCommand(const QStringList &lines)
{
    static const QRegularExpression program(
        QStringLiteral("(?:^|[\\s:>#$`(|\"'“‘「『《\\[,;，；。=\\\\])"
                       "((?:[\\w./-]*/)?(?:ssh|scp|sftp|autossh|ssh-copy-id|rsync|mosh|plink|pscp|"
                       "psftp|putty)(?:\\.exe)?)(?=\\s+\\S)"),
        QRegularExpression::CaseInsensitiveOption);
    std::optional<Found> first;
    QString badPort;
    int commands = 0;
    for (int i = 0; i < lines.size(); ++i) {
        QString joined = plainCommandText(lines[i]);
        int last = i;
        while (joined.trimmed().endsWith(u'\\') && last + 1 < lines.size()) {
            joined = joined.trimmed();
            joined.chop(1);
            joined += u' ' + plainCommandText(lines[++last]);
        }
        const QString next =
            last + 1 < lines.size() ? plainCommandText(lines[last + 1]) : QString();
        qsizetype from = 0;
        for (auto match = program.match(joined, from); match.hasMatch();
             match = program.match(joined, from)) {
            if (++commands > mostCommands)
                return first;
            const qsizetype start = match.capturedStart(1);
            from = start + 1;
            Found found = readCommand(i, last, joined, start);
            const bool isOpen =
                !found.reader.hasHost() || (!found.reader.hasPort() && found.tail == 0);
            // An editor or a chat has wrapped it.
            if (isOpen && goesOn(next, found.reader.hasHost()))
                found = readCommand(i, last + 1, joined + u' ' + next, start);
            if (!found.reader.hasHost())
                continue;
            if (!found.reader.badPort().isEmpty()) {
                badPort = found.reader.badPort();
                // "<port>" and the like are a manual's; a number is the command's own.
                if (badPort[0].isDigit())
                    return fail(ErrorCode::Parse, Step::Parse,
                                QStringLiteral("invalid port ") + badPort);
                continue;
            }
            if (found.reader.isCertain())
                return found;
            if (!first)
                first = std::move(found);
        }
    }
    if (!badPort.isEmpty())
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("invalid port ") + badPort);
    return first;
}

/// ssh:// anywhere, or user@host without a program in front: with a port, or alone on its line. An
/// address in a sentence is somebody's mail.
Result<std::optional<Found>> findBareTarget(const QStringList &lines)
{
    static const QRegularExpression url(QStringLiteral("(s(?:sh|ftp|cp)://\\S+)"));
    static const QRegularExpression target(QStringLiteral(
        "(?:^|[\\s\"'`“‘「(:])([A-Za-z0-9._-]+@(?:\\[[0-9A-Fa-f:]+\\]|[A-Za-z0-9][A-Za-z0-9.-]*)"
        "(?::[0-9]+)?)((?:\\s+-[pP]\\s*[0-9]+)?)(?:$|[\\s,;\"'`”’」)])"));
    for (int i = 0; i < lines.size(); ++i) {
        const QString plain = plainCommandText(lines[i]);
        for (const QRegularExpression *form : {&url, &target}) {
            const auto match = form->match(plain);
            if (!match.hasMatch())
                continue;
            Found found;
            QStringList words{QStringLiteral("ssh"), match.captured(1)};
            if (match.lastCapturedIndex() >= 2)
                words += shellWords(match.captured(2));
            found.place = {i, i, {}, plain.mid(match.capturedEnd(1))};
            if (!found.reader.read(words))
                continue;
            if (!found.reader.badPort().isEmpty())
                return fail(ErrorCode::Parse, Step::Parse,
                            QStringLiteral("invalid port ") + found.reader.badPort());
            if (form == &url || found.reader.hasPort() || plain.trimmed() == match.captured(1))
                return found;
        }
    }
    return std::nullopt;
}

} // namespace

Result<LoginCommand> parseLoginCommand(const QString &text)
{
    // Consoles' texts are short; a pasted file is a mistake.
    constexpr qsizetype longest = 64 * 1024;
    QString bounded = text.left(longest);
    bounded.replace(u'\r', u'\n').replace(QChar(0x2028), u'\n');
    const QStringList lines = bounded.split(u'\n');
    Result<std::optional<Found>> found = findCommand(lines);
    if (!found)
        return tl::make_unexpected(found.error());
    // "ssh to root@host:123" is a sentence with an address in it.
    if (!*found || !(*found)->reader.isCertain()) {
        Result<std::optional<Found>> bare = findBareTarget(lines);
        if (!bare)
            return tl::make_unexpected(bare.error());
        if (*bare && (!*found || (*bare)->reader.hasPort()))
            found = std::move(bare);
    }
    if (!*found)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no login command"));
    LoginCommand login = (*found)->reader.take();
    LoginPlace place = (*found)->place;
    if ((*found)->tail > 0)
        place.behind = rawTail(lines[place.lastLine], (*found)->tail);
    if (!login.password)
        login.password = findLoginPassword(lines, place);
    else if (isMaskedPassword(QString::fromUtf8(login.password->view())))
        login.password.reset();
    return login;
}

} // namespace core::probe
