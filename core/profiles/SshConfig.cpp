// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/SshConfig.h"

#include "core/profiles/Providers.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>

namespace core::profiles {

namespace {

constexpr int deepestInclude = 16;

struct Line
{
    QString keyword; ///< lower case
    QStringList words;
    QString where;
    std::vector<std::vector<Line>> included; ///< the files, for Include
};

/// The words of a value as OpenSSH 8.7 and newer split it: both kinds of quotes, backslash before a
/// quote, a backslash or a blank, a comment that begins a word.
QStringList splitWords(const QString &text)
{
    QStringList words;
    qsizetype at = 0;
    while (true) {
        while (at < text.size() && (text[at] == u' ' || text[at] == u'\t'))
            ++at;
        if (at == text.size() || text[at] == u'#')
            return words;
        QString word;
        QChar quote;
        for (; at < text.size(); ++at) {
            const QChar c = text[at];
            const QChar next = at + 1 < text.size() ? text[at + 1] : QChar();
            if (c == u'\\' && (next == u'"' || next == u'\'' || next == u'\\' ||
                               (quote.isNull() && next == u' '))) {
                word += next;
                ++at;
            } else if (quote.isNull() && (c == u' ' || c == u'\t')) {
                break;
            } else if (quote.isNull() && (c == u'"' || c == u'\'')) {
                quote = c;
            } else if (c == quote) {
                quote = QChar();
            } else {
                word += c;
            }
        }
        words.append(word);
    }
}

/// "Keyword value" or "Keyword=value"; nothing for blank lines and comments.
std::optional<Line> splitLine(const QString &raw, const QString &where)
{
    const QString text = raw.trimmed();
    static const QRegularExpression form(QStringLiteral("^(\\w+)(?:\\s*=\\s*|\\s+)(.*)$"));
    const auto match = form.match(text);
    if (text.startsWith(u'#') || !match.hasMatch())
        return std::nullopt;
    return Line{match.captured(1).toLower(), splitWords(match.captured(2)), where, {}};
}

/// Files that \a pattern names; wildcards in every part of it.
QStringList glob(const QString &pattern)
{
    static const QRegularExpression special(QStringLiteral("[*?\\[]"));
    const qsizetype wild = pattern.indexOf(special);
    if (wild < 0)
        return {pattern};
    const qsizetype slash = pattern.lastIndexOf(u'/', wild);
    const qsizetype next = pattern.indexOf(u'/', wild);
    const QString part = pattern.sliced(slash + 1, (next < 0 ? pattern.size() : next) - slash - 1);
    const QString folder = slash > 0 ? pattern.left(slash) : QStringLiteral("/");
    QStringList found;
    const auto kinds = next < 0 ? QDir::Files : QDir::Dirs | QDir::NoDotAndDotDot;
    for (const QString &name : QDir(folder).entryList({part}, kinds, QDir::Name)) {
        const QString path = QDir(folder).filePath(name);
        found += next < 0 ? QStringList{path} : glob(path + pattern.sliced(next));
    }
    return found;
}

Result<> readLines(const QString &path, int depth, std::vector<Line> &lines, QStringList &skipped);

void readIncluded(Line &line, int depth, QStringList &skipped)
{
    if (depth >= deepestInclude) {
        skipped.append(line.where + QStringLiteral(": Include is nested too deep"));
        return;
    }
    for (QString pattern : std::as_const(line.words)) {
        if (pattern.startsWith(u"~/"))
            pattern = QDir::homePath() + pattern.mid(1);
        else if (!QDir::isAbsolutePath(pattern))
            pattern = QDir::homePath() + QStringLiteral("/.ssh/") + pattern;
        for (const QString &file : glob(pattern)) {
            std::vector<Line> lines;
            if (const Result<> read = readLines(file, depth + 1, lines, skipped); read)
                line.included.push_back(std::move(lines));
            else
                skipped.append(line.where + QStringLiteral(": ") + read.error().detail);
        }
    }
}

Result<> readLines(const QString &path, int depth, std::vector<Line> &lines, QStringList &skipped)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::NotFound, Step::Profile, path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::LocalIo, Step::Profile,
                    path + QStringLiteral(": ") + file.errorString());
    QByteArray text = file.readAll();
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    int number = 0;
    for (const QByteArray &raw : text.split('\n')) {
        const QString where = QStringLiteral("%1:%2").arg(path).arg(++number);
        auto line = splitLine(QString::fromUtf8(raw), where);
        if (!line)
            continue;
        if (line->keyword == u"include")
            readIncluded(*line, depth, skipped);
        lines.push_back(std::move(*line));
    }
    return {};
}

/// ssh compares as it is written: "ssh GPU" is not "Host gpu".
bool matches(const QStringList &patterns, const QString &host)
{
    bool matched = false;
    for (QString pattern : patterns) {
        const bool negated = pattern.startsWith(u'!');
        if (negated)
            pattern.remove(0, 1);
        // ssh knows "*" and "?" only.
        QString expression = QRegularExpression::escape(pattern);
        expression.replace(QStringLiteral("\\*"), QStringLiteral(".*"));
        expression.replace(QStringLiteral("\\?"), QStringLiteral("."));
        const QRegularExpression form(QRegularExpression::anchoredPattern(expression));
        if (!form.match(host).hasMatch())
            continue;
        if (negated)
            return false;
        matched = true;
    }
    return matched;
}

/// What counts for one host, the first value of each keyword.
struct Settings
{
    QMap<QString, Line> found;
    bool isReached = false; ///< a Host line with its name counts

    [[nodiscard]] QString value(const char *keyword) const
    {
        return found.value(QLatin1StringView(keyword)).words.value(0);
    }
};

/// \a never: inside a file that an inactive block includes, where nothing counts (readconf.c).
void collect(const std::vector<Line> &lines, const QString &host, bool active, bool never,
             Settings &settings)
{
    for (const Line &line : lines) {
        if (line.keyword == u"host") {
            active = !never && matches(line.words, host);
            settings.isReached = settings.isReached || (active && line.words.contains(host));
        } else if (line.keyword == u"match") {
            active = !never && line.words.size() == 1 && line.words[0].toLower() == u"all";
        } else if (line.keyword == u"include") {
            for (const std::vector<Line> &file : line.included)
                collect(file, host, active, never || !active, settings);
        } else if (active && !line.words.isEmpty() && !settings.found.contains(line.keyword)) {
            // Of these two the first one found counts, whichever it is.
            if (line.keyword == u"proxycommand" &&
                settings.found.contains(QStringLiteral("proxyjump")))
                continue;
            if (line.keyword == u"proxyjump" &&
                settings.found.contains(QStringLiteral("proxycommand")))
                continue;
            settings.found.insert(line.keyword, line);
        }
    }
}

/// ssh's tokens, as far as a profile can know them.
QString expanded(QString text, const QString &host, const Profile &profile)
{
    const QMap<QChar, QString> tokens{
        {u'%', QStringLiteral("%")}, {u'h', host},         {u'n', profile.name},
        {u'd', QDir::homePath()},    {u'r', profile.user}, {u'p', QString::number(profile.port)}};
    for (qsizetype at = text.indexOf(u'%'); at >= 0 && at + 1 < text.size();
         at = text.indexOf(u'%', at)) {
        const auto token = tokens.constFind(text[at + 1]);
        if (token == tokens.cend()) {
            at += 2;
            continue;
        }
        text.replace(at, 2, *token);
        at += token->size();
    }
    return text;
}

/// ssh signs in as the user of this machine when nothing else is said.
QString localUser()
{
    const QString user = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return user.isEmpty() ? Profile().user : user;
}

Profile profileFor(const QString &name, const Settings &settings, QStringList &skipped)
{
    Profile profile;
    profile.name = name;
    profile.auth = AuthKind::Key;
    const QString user = settings.value("user");
    profile.user = user.isEmpty() ? localUser() : user;
    const int port = settings.value("port").toInt();
    if (port > 0 && port <= 65535)
        profile.port = quint16(port);
    const QString host = settings.value("hostname");
    // Without a HostName ssh takes the name in lower case (ASCII).
    profile.host =
        host.isEmpty() ? QString::fromUtf8(name.toUtf8().toLower()) : expanded(host, name, profile);
    const QString identity = settings.value("identityfile");
    if (identity.toLower() != u"none")
        profile.identityFile = expanded(identity, profile.host, profile);
    const QString jump = settings.value("proxyjump");
    if (jump.contains(u','))
        skipped.append(settings.found.value(QStringLiteral("proxyjump")).where +
                       QStringLiteral(": ProxyJump over several hosts"));
    else if (jump.toLower() != u"none")
        profile.jump = expanded(jump, profile.host, profile);
    if (const Provider *provider = providerOf(profile.host))
        profile.provider = QString::fromLatin1(provider->id);
    return profile;
}

/// Names that stand for one host, and what is passed over.
void survey(const std::vector<Line> &lines, QStringList &names, QStringList &skipped)
{
    static const QStringList known{QStringLiteral("hostname"), QStringLiteral("port"),
                                   QStringLiteral("user"), QStringLiteral("identityfile"),
                                   QStringLiteral("proxyjump")};
    for (const Line &line : lines) {
        if (line.keyword == u"include") {
            for (const std::vector<Line> &file : line.included)
                survey(file, names, skipped);
        } else if (line.keyword == u"match") {
            if (line.words.join(u' ').toLower() != u"all")
                skipped.append(line.where + QStringLiteral(": Match ") + line.words.join(u' '));
        } else if (line.keyword == u"host") {
            for (const QString &name : line.words) {
                const bool pattern =
                    name.contains(u'*') || name.contains(u'?') || name.startsWith(u'!');
                if (!pattern && !names.contains(name))
                    names.append(name);
            }
        } else if (!known.contains(line.keyword)) {
            skipped.append(line.where + QStringLiteral(": ") + line.keyword);
        }
    }
}

} // namespace

Result<SshConfigImport> importSshConfig(const QString &path)
{
    SshConfigImport result;
    std::vector<Line> lines;
    const QString file = path.isEmpty() ? QDir::homePath() + QStringLiteral("/.ssh/config") : path;
    if (const Result<> read = readLines(file, 0, lines, result.skipped); !read)
        return tl::make_unexpected(read.error());
    QStringList names;
    survey(lines, names, result.skipped);
    for (const QString &name : std::as_const(names)) {
        Settings settings;
        collect(lines, name, true, false, settings);
        if (settings.isReached)
            result.profiles.push_back(profileFor(name, settings, result.skipped));
    }
    result.skipped.removeDuplicates();
    return result;
}

} // namespace core::profiles
