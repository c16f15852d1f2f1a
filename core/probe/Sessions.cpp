// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/SystemInfo.h"
#include "core/probe/Text.h"

#include <QRegularExpression>

namespace core::probe {

namespace {

bool saysNotInstalled(QByteArrayView text, const char *tool)
{
    const QByteArray all = text.toByteArray();
    const QByteArray name(tool);
    return all.contains(name + ": command not found") || all.contains(name + ": not found") ||
           all.contains("command not found: " + name) ||
           all.contains("Command '" + name + "' not found") || // Ubuntu's command-not-found
           all.contains(
               name +
               ": \xE6\x9C\xAA\xE6\x89\xBE\xE5\x88\xB0\xE5\x91\xBD\xE4\xBB\xA4") || // 未找到命令
           all.contains(name + ": No such file or directory");
}

} // namespace

Result<ScreenList> parseScreenList(QByteArrayView text)
{
    ScreenList list;
    if (saysNotInstalled(text, "screen")) {
        list.status = ToolStatus::NotInstalled;
        return list;
    }
    // "\tPID.name\t(date)\t(state)"; old versions print no date; names may hold blanks and dots.
    static const QRegularExpression row(
        QStringLiteral("^\\s+([0-9]+)\\.(.*?)\\s*(?:\\t|\\s)\\((.*)\\)\\s*$"));
    bool saysNone = false;
    for (const QByteArray &raw : splitLines(text)) {
        const QString line = decode(raw);
        // "There is a screen on:" with none below it was cut off.
        saysNone = saysNone || line.startsWith(u"No Sockets found");
        const QStringList cells = line.split(u'\t', Qt::SkipEmptyParts);
        ScreenSession session;
        QStringList groups;
        QString head;
        if (line.startsWith(u'\t') && cells.size() >= 2) {
            head = cells[0];
            for (const QString &cell : cells.sliced(1)) {
                const QString group = cell.trimmed();
                if (group.startsWith(u'(') && group.endsWith(u')'))
                    groups.append(group.sliced(1, group.size() - 2));
            }
        } else if (const auto match = row.match(line); match.hasMatch()) {
            head = match.captured(1) + u'.' + match.captured(2);
            groups = match.captured(3).split(QStringLiteral(") ("));
            groups.replaceInStrings(QRegularExpression(QStringLiteral("\\)\\s+\\(")),
                                    QStringLiteral("\n"));
            groups = groups.join(u'\n').split(u'\n');
        } else {
            continue;
        }
        const qsizetype dot = head.indexOf(u'.');
        const auto pid = dot > 0 ? wholeNumber(head.left(dot).trimmed().toLatin1()) : std::nullopt;
        if (!pid || groups.isEmpty())
            continue;
        session.pid = pid;
        session.name = head.mid(dot + 1);
        session.state = groups.last();
        if (groups.size() > 1)
            session.date = groups.first();
        const QString state = session.state.toLower();
        session.dead = state.contains(u"dead");
        session.removed = state.contains(u"removed");
        session.attached = state.contains(u"attached") && !state.contains(u"detached");
        list.sessions.push_back(session);
    }
    if (list.sessions.empty() && !saysNone)
        return fail(ErrorCode::Parse, Step::Parse, decode(text).simplified().left(200));
    list.status = list.sessions.empty() ? ToolStatus::None : ToolStatus::Ok;
    return list;
}

Result<TmuxList> parseTmuxList(QByteArrayView text)
{
    TmuxList list;
    if (saysNotInstalled(text, "tmux")) {
        list.status = ToolStatus::NotInstalled;
        return list;
    }
    // "name: 2 windows (created Mon Nov 23 14:29:29 2026) [80x24] (group g) (attached)"
    static const QRegularExpression plain(
        QStringLiteral("^(.*): ([0-9]+) windows? \\(created ([^)]*)\\)(?: \\[[0-9]+x[0-9]+\\])?(?: "
                       "\\(group ([^)]*)\\))?(?: \\((attached)[^)]*\\))?\\s*$"));
    // -F
    // '#{session_name}|#{session_windows}|#{session_attached}|#{session_created}|#{session_group}'
    static const QRegularExpression piped(
        QStringLiteral("^(.*)\\|([0-9]+)\\|([0-9]+)\\|([0-9]+)\\|(.*)$"));
    bool none = false;
    for (const QByteArray &raw : splitLines(text)) {
        const QString line = decode(raw);
        none = none || line.startsWith(u"no server running") ||
               line.startsWith(u"error connecting") || line.startsWith(u"no sessions");
        TmuxSession session;
        if (const auto match = plain.match(line); match.hasMatch()) {
            session.name = match.captured(1);
            session.windows = match.captured(2).toInt();
            session.created = match.captured(3);
            if (match.hasCaptured(4) && !match.captured(4).isEmpty())
                session.group = match.captured(4);
            session.attached = match.hasCaptured(5);
        } else if (const auto bars = piped.match(line); bars.hasMatch()) {
            session.name = bars.captured(1);
            session.windows = bars.captured(2).toInt();
            session.attached = bars.captured(3) != u"0";
            session.created = bars.captured(4);
            if (!bars.captured(5).isEmpty())
                session.group = bars.captured(5);
        } else {
            continue;
        }
        list.sessions.push_back(session);
    }
    if (list.sessions.empty() && !none && !text.trimmed().isEmpty())
        return fail(ErrorCode::Parse, Step::Parse, decode(text).simplified().left(200));
    list.status = list.sessions.empty() ? ToolStatus::None : ToolStatus::Ok;
    return list;
}

Result<CondaList> parseCondaEnvs(QByteArrayView text)
{
    CondaList list;
    if (saysNotInstalled(text, "conda")) {
        list.status = ToolStatus::NotInstalled;
        return list;
    }
    bool header = false;
    for (const QByteArray &raw : splitLines(text)) {
        if (raw.startsWith('#') || raw.trimmed().isEmpty()) {
            header = header || raw.startsWith("# conda environments");
            continue;
        }
        // "name  * + /path": '*' active, '+' frozen (conda 25); a path with blanks runs to the end.
        const QString line = decode(raw);
        qsizetype slash = line.indexOf(u'/');
        if (slash > 0 && !line[slash - 1].isSpace())
            slash = line.indexOf(QStringLiteral(" /")) + 1;
        if (slash < 0 || (slash == 0 && !line.startsWith(u'/')))
            continue;
        CondaEnv env;
        env.path = line.mid(slash).trimmed();
        const QStringList words = line.left(slash).split(u' ', Qt::SkipEmptyParts);
        for (const QString &word : words) {
            if (word == u"*")
                env.active = true;
            else if (word != u"+" && env.name.isEmpty())
                env.name = word;
        }
        list.envs.push_back(env);
    }
    if (list.envs.empty() && !header)
        return fail(ErrorCode::Parse, Step::Parse, decode(text).simplified().left(200));
    list.status = list.envs.empty() ? ToolStatus::None : ToolStatus::Ok;
    return list;
}

Result<AutodlBanner> parseAutodlBanner(QByteArrayView text)
{
    static const QRegularExpression colours(QStringLiteral("\\x1b\\[[0-9;]*m"));
    static const QRegularExpression figure(QStringLiteral("([0-9]+(?:\\.[0-9]+)?)"));
    static const QRegularExpression disk(QStringLiteral(
        "(/[^\\s：:║]*)\\s*[：:]\\s*([0-9]+)%\\s*([0-9.]+[A-Za-z]*)/([0-9.]+[A-Za-z]*)"));
    AutodlBanner banner;
    for (const QByteArray &raw : splitLines(text)) {
        QString line = decode(raw);
        line.remove(colours);
        const qsizetype colon = std::max(line.indexOf(u'：'), line.indexOf(u':'));
        const QString label = line.left(std::max<qsizetype>(0, colon)).simplified().remove(u' ');
        const QString value = line.mid(colon + 1).trimmed();
        const auto number = figure.match(value);
        if (label == u"CPU" && number.hasMatch()) {
            banner.cpuCores = number.captured(1).toDouble();
        } else if (label == u"内存" && number.hasMatch()) {
            banner.memGb = number.captured(1).toDouble();
        } else if (label == u"GPU" && value.contains(u',')) {
            banner.gpuName = value.section(u',', 0, -2).trimmed();
            bool ok = false;
            const int count = value.section(u',', -1).trimmed().toInt(&ok);
            if (ok)
                banner.gpus = count;
        } else if (const auto match = disk.match(line); match.hasMatch()) {
            banner.disks.insert(match.captured(1),
                                {match.captured(2).toInt(), match.captured(3), match.captured(4)});
        }
    }
    if (!banner.cpuCores && !banner.memGb && banner.disks.isEmpty())
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no banner"));
    return banner;
}

} // namespace core::probe
