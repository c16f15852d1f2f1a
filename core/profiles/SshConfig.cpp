// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/SshConfig.h"

#include "core/profiles/Providers.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace core::profiles {

namespace {

struct Line
{
    QString keyword; ///< lower case
    QString value;
    QString where;
};

/// "Keyword value" or "Keyword=value"; quotes around the value are taken off.
std::optional<Line> splitLine(const QString &raw, const QString &where)
{
    const QString text = raw.trimmed();
    if (text.isEmpty() || text.startsWith(u'#'))
        return std::nullopt;
    static const QRegularExpression form(QStringLiteral("^(\\w+)(?:\\s*=\\s*|\\s+)(.*)$"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    QString value = match.captured(2).trimmed();
    if (value.size() >= 2 && value.startsWith(u'"') && value.indexOf(u'"', 1) == value.size() - 1)
        value = value.sliced(1, value.size() - 2);
    return Line{match.captured(1).toLower(), value, where};
}

Result<> readLines(const QString &path, int depth, std::vector<Line> &lines, QStringList &skipped)
{
    constexpr int deepest = 16;
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::NotFound, Step::Profile, path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::LocalIo, Step::Profile,
                    path + QStringLiteral(": ") + file.errorString());
    int number = 0;
    for (const QByteArray &raw : file.readAll().split('\n')) {
        const QString where = QStringLiteral("%1:%2").arg(path).arg(++number);
        const auto line = splitLine(QString::fromUtf8(raw), where);
        if (!line)
            continue;
        if (line->keyword != u"include") {
            lines.push_back(*line);
            continue;
        }
        if (depth >= deepest) {
            skipped.append(where + QStringLiteral(": Include is nested too deep"));
            continue;
        }
        for (QString pattern : line->value.split(u' ', Qt::SkipEmptyParts)) {
            if (pattern.startsWith(u"~/"))
                pattern = QDir::homePath() + pattern.mid(1);
            else if (!QDir::isAbsolutePath(pattern))
                pattern = QDir::homePath() + QStringLiteral("/.ssh/") + pattern;
            const QFileInfo info(pattern);
            const QStringList names =
                QDir(info.path()).entryList({info.fileName()}, QDir::Files, QDir::Name);
            for (const QString &name : names) {
                const Result<> included =
                    readLines(info.path() + u'/' + name, depth + 1, lines, skipped);
                if (!included)
                    skipped.append(where + QStringLiteral(": ") + included.error().detail);
            }
        }
    }
    return {};
}

bool matches(const QStringList &patterns, const QString &host)
{
    bool matched = false;
    for (QString pattern : patterns) {
        const bool negated = pattern.startsWith(u'!');
        if (negated)
            pattern.remove(0, 1);
        const QRegularExpression form(QRegularExpression::wildcardToRegularExpression(pattern),
                                      QRegularExpression::CaseInsensitiveOption);
        if (!form.match(host).hasMatch())
            continue;
        if (negated)
            return false;
        matched = true;
    }
    return matched;
}

/// Host's settings, first value first.
Profile profileFor(const QString &host, const std::vector<Line> &lines)
{
    Profile profile;
    profile.name = host;
    profile.auth = AuthKind::Key;
    QMap<QString, QString> found;
    bool applies = true;
    for (const Line &line : lines) {
        if (line.keyword == u"host")
            applies = matches(line.value.split(u' ', Qt::SkipEmptyParts), host);
        else if (line.keyword == u"match")
            applies = line.value.toLower() == u"all";
        else if (applies && !found.contains(line.keyword))
            found.insert(line.keyword, line.value);
    }
    profile.host =
        found.value(QStringLiteral("hostname"), host).replace(QStringLiteral("%h"), host);
    const int port = found.value(QStringLiteral("port")).toInt();
    if (port > 0 && port <= 65535)
        profile.port = quint16(port);
    profile.user = found.value(QStringLiteral("user"), profile.user);
    profile.identityFile = found.value(QStringLiteral("identityfile"));
    const QString jump = found.value(QStringLiteral("proxyjump"));
    if (jump.toLower() != u"none")
        profile.jump = jump;
    if (const Provider *provider = providerOf(profile.host))
        profile.provider = QString::fromLatin1(provider->id);
    return profile;
}

} // namespace

Result<SshConfigImport> importSshConfig(const QString &path)
{
    SshConfigImport result;
    std::vector<Line> lines;
    const QString file = path.isEmpty() ? QDir::homePath() + QStringLiteral("/.ssh/config") : path;
    if (const Result<> read = readLines(file, 0, lines, result.skipped); !read)
        return tl::make_unexpected(read.error());
    static const QStringList known{QStringLiteral("host"),         QStringLiteral("hostname"),
                                   QStringLiteral("port"),         QStringLiteral("user"),
                                   QStringLiteral("identityfile"), QStringLiteral("proxyjump")};
    QStringList names;
    for (const Line &line : lines) {
        if (line.keyword == u"match" && line.value.toLower() != u"all")
            result.skipped.append(line.where + QStringLiteral(": Match ") + line.value);
        else if (line.keyword == u"proxycommand")
            result.skipped.append(line.where + QStringLiteral(": ProxyCommand"));
        else if (!known.contains(line.keyword) && line.keyword != u"match")
            result.skipped.append(line.where + QStringLiteral(": ") + line.keyword);
        if (line.keyword != u"host")
            continue;
        for (const QString &name : line.value.split(u' ', Qt::SkipEmptyParts)) {
            if (name.contains(u'*') || name.contains(u'?') || name.startsWith(u'!'))
                continue;
            if (!names.contains(name))
                names.append(name);
        }
    }
    for (const QString &name : names)
        result.profiles.push_back(profileFor(name, lines));
    return result;
}

QString exportSshConfig(const std::vector<Profile> &profiles)
{
    QString text;
    const auto quoted = [](const QString &value) {
        return value.contains(u' ') ? QStringLiteral("\"%1\"").arg(value) : value;
    };
    for (const Profile &profile : profiles) {
        QString name = profile.name;
        name.replace(QRegularExpression(QStringLiteral("[\\s*?!\"]+")), QStringLiteral("-"));
        text += QStringLiteral("Host %1\n    HostName %2\n    Port %3\n    User %4\n")
                    .arg(name, profile.host)
                    .arg(profile.port)
                    .arg(profile.user);
        if (!profile.identityFile.isEmpty())
            text += QStringLiteral("    IdentityFile %1\n").arg(quoted(profile.identityFile));
        if (!profile.jump.isEmpty())
            text += QStringLiteral("    ProxyJump %1\n").arg(profile.jump);
        text += u'\n';
    }
    return text;
}

} // namespace core::profiles
