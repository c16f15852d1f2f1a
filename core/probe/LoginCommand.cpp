// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/LoginCommand.h"

#include "core/probe/LoginText.h"

#include <QRegularExpression>

#include <algorithm>

namespace core::probe {

namespace {

/// ssh(1) options that take a value; scp's and sftp's differ in P, l, c, S.
constexpr QStringView sshWithValue = u"BbcDEeFIiJLlmOoPpQRSWw";
constexpr QStringView scpWithValue = u"cDFiJloPSX";

struct Found
{
    QStringList words; ///< the command's own words, the program first
    int line = 0;      ///< where it stood
    int lastLine = 0;
    QString rest; ///< of the line behind the command, e.g. "password: x" in the same line
};

bool validHost(const QString &host)
{
    static const QRegularExpression name(
        QStringLiteral("^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9_])?\\.?$"));
    static const QRegularExpression v6(
        QStringLiteral("^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?$"));
    return name.match(host).hasMatch() || v6.match(host).hasMatch();
}

std::optional<quint16> portOf(const QString &text)
{
    bool ok = false;
    const uint number = text.trimmed().toUInt(&ok);
    if (!ok || number == 0 || number > 65535)
        return std::nullopt;
    return quint16(number);
}

class Reader
{
public:
    /// \returns false when there is no host in it.
    bool read(const QStringList &words)
    {
        const QString program = words.first().section(u'/', -1).toLower();
        m_copies = program.startsWith(u"scp") || program.startsWith(u"sftp");
        m_monitors = program.startsWith(u"autossh"); // its -M takes a port
        for (qsizetype i = 1; i < words.size(); ++i) {
            const QString &word = words[i];
            if (word == u"--")
                continue;
            if (word.startsWith(u'-') && word.size() > 1) {
                i = option(words, i);
            } else if (!m_hostSeen && !word.contains(u'=')) {
                destination(word);
            } else if (m_hostSeen && !m_copies) {
                // ssh takes options behind the host too; what is no option begins the remote
                // command.
                break;
            }
        }
        return m_hostSeen;
    }

    LoginCommand take() { return std::move(m_login); }

    bool destination(QString word)
    {
        if (word.startsWith(u"ssh://") || word.startsWith(u"sftp://"))
            return url(word);
        if (m_copies) {
            // scp: the remote side is [user@]host:path
            static const QRegularExpression remote(
                QStringLiteral("^(?:([^@/\\s]+)@)?(\\[[^\\]]+\\]|[^:/\\s]+):(.*)$"));
            const auto match = remote.match(word);
            if (match.hasMatch())
                word = (match.captured(1).isEmpty() ? QString() : match.captured(1) + u'@') +
                       match.captured(2);
            else if (!word.contains(u'@') || word.contains(u'/'))
                return false;
        }
        const qsizetype at = word.lastIndexOf(u'@');
        QString host = word.mid(at + 1);
        const QString user = at > 0 ? word.left(at) : QString();
        std::optional<quint16> port;
        if (host.startsWith(u'[')) {
            const qsizetype close = host.indexOf(u']');
            if (close < 0)
                return false;
            if (close + 1 < host.size() && host[close + 1] == u':')
                port = portOf(host.mid(close + 2));
            host = host.sliced(1, close - 1);
        } else if (host.count(u':') == 1) {
            port = portOf(host.section(u':', 1));
            host = host.section(u':', 0, 0);
        }
        if (!validHost(host))
            return false;
        m_login.host = host;
        if (!user.isEmpty())
            m_login.user = user;
        if (port && !m_portSeen) {
            m_login.port = *port;
            m_portSeen = true;
        }
        m_hostSeen = true;
        return true;
    }

private:
    bool url(const QString &word)
    {
        QString rest = word.mid(word.indexOf(u"://") + 3);
        // The password may hold a slash: the path begins behind the host.
        const qsizetype hostStart = rest.lastIndexOf(u'@') + 1;
        const qsizetype path = rest.indexOf(u'/', hostStart);
        if (path >= 0)
            rest.truncate(path);
        const bool copies = std::exchange(m_copies, false);
        // A password in the URL (user:password@) is kept as it stands.
        const qsizetype at = rest.lastIndexOf(u'@');
        const QString userInfo = at > 0 ? rest.left(at) : QString();
        const qsizetype colon = userInfo.indexOf(u':');
        if (colon > 0) {
            QString password = userInfo.mid(colon + 1);
            m_login.password = SecretBytes::takeFrom(password);
            rest = userInfo.left(colon) + rest.mid(at);
        }
        const bool ok = destination(rest);
        m_copies = copies;
        return ok;
    }

    qsizetype option(const QStringList &words, qsizetype at)
    {
        const QString &word = words[at];
        const QStringView withValue = m_copies ? scpWithValue : sshWithValue;
        for (qsizetype c = 1; c < word.size(); ++c) {
            const QChar letter = word[c];
            if (!withValue.contains(letter) && !(m_monitors && letter == u'M')) {
                continue; // a switch: -C -N -g -v -4 -6 -A -X ...
            }
            QString value = word.mid(c + 1);
            if (value.isEmpty() && at + 1 < words.size())
                value = words[++at];
            valued(letter, value);
            break;
        }
        return at;
    }

    void valued(QChar letter, const QString &value)
    {
        switch (letter.unicode()) {
        case u'p':
            if (!m_copies)
                port(value);
            break;
        case u'P':
            // Without scp it is a slip: a number can only be the port.
            if (m_copies || (!m_portSeen && portOf(value)))
                port(value);
            break;
        case u'l':
            if (!m_copies)
                m_login.user = value;
            break;
        case u'i': m_login.identity = value; break;
        case u'J': m_login.jump = value; break;
        case u'L': forward(PortForward::Kind::Local, value); break;
        case u'R': forward(PortForward::Kind::Remote, value); break;
        case u'D':
            if (!m_copies)
                forward(PortForward::Kind::Dynamic, value);
            break;
        case u'o': longOption(value); break;
        default:
            m_login.ignoredOptions.append(QStringLiteral("-%1 %2").arg(letter).arg(value));
            break;
        }
    }

    void port(const QString &value)
    {
        if (const auto number = portOf(value)) {
            m_login.port = *number;
            m_portSeen = true;
        }
    }

    void longOption(const QString &value)
    {
        const qsizetype cut = value.indexOf(QRegularExpression(QStringLiteral("[=\\s]")));
        const QString name = value.left(cut).toLower();
        const QString setting = cut < 0 ? QString() : value.mid(cut + 1).trimmed();
        if (name == u"port")
            port(setting);
        else if (name == u"user")
            m_login.user = setting;
        else if (name == u"hostname" && validHost(setting))
            m_hostName = setting;
        else if (name == u"identityfile")
            m_login.identity = setting;
        else if (name == u"proxyjump")
            m_login.jump = setting;
        else if (name == u"localforward")
            forward(PortForward::Kind::Local, setting.simplified().replace(u' ', u':'));
        else if (name == u"remoteforward")
            forward(PortForward::Kind::Remote, setting.simplified().replace(u' ', u':'));
        else if (name == u"dynamicforward")
            forward(PortForward::Kind::Dynamic, setting);
        else
            m_login.ignoredOptions.append(QStringLiteral("-o ") + value);
    }

    void forward(PortForward::Kind kind, const QString &text)
    {
        Result<PortForward> read = parsePortForward(kind, text);
        if (!read && kind == PortForward::Kind::Remote) {
            read = parsePortForward(PortForward::Kind::Dynamic, text); // a proxy there
            if (read)
                read->kind = kind;
        }
        if (read && read->bindPort != 0)
            m_login.forwards.push_back(*read);
    }

public:
    void applyHostName()
    {
        if (!m_hostName.isEmpty())
            m_login.host = m_hostName;
    }

private:
    LoginCommand m_login;
    QString m_hostName;
    bool m_copies = false;
    bool m_monitors = false;
    bool m_hostSeen = false;
    bool m_portSeen = false;
};

std::optional<Found> findCommand(const QStringList &lines)
{
    static const QRegularExpression program(
        QStringLiteral(
            "(?:^|[\\s:>#$`(|])((?:[\\w./-]*/)?(?:ssh|scp|sftp|autossh)(?:\\.exe)?)(?=\\s+\\S)"),
        QRegularExpression::CaseInsensitiveOption);
    for (int i = 0; i < lines.size(); ++i) {
        QString joined = plainCommandText(lines[i]);
        int last = i;
        while (joined.trimmed().endsWith(u'\\') && last + 1 < lines.size()) {
            joined = joined.trimmed();
            joined.chop(1);
            joined += u' ' + plainCommandText(lines[++last]);
        }
        qsizetype from = 0;
        for (auto match = program.match(joined, from); match.hasMatch();
             match = program.match(joined, from)) {
            from = match.capturedStart(1) + 1;
            Found found;
            QString command = joined.mid(match.capturedStart(1));
            command.remove(u'`');
            // In a table or a sentence the password's label ends the command.
            static const QRegularExpression label(
                QStringLiteral(
                    "[\\s,;|]+(?:root)?\\s*(?:密码|口令|password|passwd|pwd|pass)\\s*[:= ]"),
                QRegularExpression::CaseInsensitiveOption);
            const auto cut = label.match(command);
            if (cut.hasMatch()) {
                found.rest = lines[i].mid(lines[i].size() - (command.size() - cut.capturedStart()));
                command.truncate(cut.capturedStart());
            }
            found.words = shellWords(command);
            found.line = i;
            found.lastLine = last;
            Reader probe;
            if (found.words.size() >= 2 && probe.read(found.words))
                return found;
        }
    }
    return std::nullopt;
}

/// user@host or ssh:// without a program in front.
std::optional<Found> findBareTarget(const QStringList &lines)
{
    static const QRegularExpression url(QStringLiteral("(s(?:sh|ftp)://\\S+)"));
    static const QRegularExpression target(
        QStringLiteral("(?:^|\\s)([A-Za-z0-9._-]+@(?:\\[[0-9A-Fa-f:]+\\]|[A-Za-z0-9][A-Za-z0-9.-]*)"
                       "(?::[0-9]{1,5})?)((?:\\s+-p\\s*[0-9]{1,5})?)(?:$|\\s|[,;])"));
    for (int i = 0; i < lines.size(); ++i) {
        const QString plain = plainCommandText(lines[i]);
        for (const QRegularExpression *form : {&url, &target}) {
            const auto match = form->match(plain);
            if (!match.hasMatch())
                continue;
            Found found;
            found.words = {QStringLiteral("ssh"), match.captured(1)};
            if (match.lastCapturedIndex() >= 2)
                found.words += shellWords(match.captured(2));
            found.line = i;
            found.lastLine = i;
            found.rest = plain.mid(match.capturedEnd(1));
            Reader probe;
            if (probe.read(found.words))
                return found;
        }
    }
    return std::nullopt;
}

/// A label in front of a password; the password itself is taken as it was pasted.
std::optional<QString> labelledPassword(const QString &line)
{
    static const QRegularExpression label(
        QStringLiteral("(?:^|[\\s,;|（(\\[])(?:root|ssh|登录|登陆|实例|初始|SSH)?\\s*(?:密\\s*码|"
                       "口令|password|passwd|pwd|passcode)"
                       "\\s*(?:is|为|是)?\\s*[:：=＝\\s]\\s*(\\S+)\\s*$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = label.match(line);
    if (!match.hasMatch())
        return std::nullopt;
    QString password = match.captured(1);
    for (const auto &[open, close] : {std::pair(u'"', u'"'), std::pair(u'\'', u'\''),
                                      std::pair(u'“', u'”'), std::pair(u'`', u'`')}) {
        if (password.size() > 2 && password.front() == open && password.back() == close)
            password = password.sliced(1, password.size() - 2);
    }
    return password;
}

bool isPasswordLabelOnly(const QString &line)
{
    static const QRegularExpression label(
        QStringLiteral(
            "^\\s*(?:root|ssh|登录|SSH)?\\s*(?:密\\s*码|口令|password|passwd|pwd)\\s*[:：=]?\\s*$"),
        QRegularExpression::CaseInsensitiveOption);
    return label.match(line).hasMatch();
}

/// A line that can be nothing but a password: one word of plain ASCII, no sentence, no other
/// command.
bool looksLikePassword(const QString &line)
{
    const QString word = line.trimmed();
    if (word.size() < 4 || word.size() > 128 || word.contains(u"://") || word.endsWith(u':'))
        return false;
    // The next instance's address is no password, though a password may hold an "@".
    static const QRegularExpression address(
        QStringLiteral("^[\\w.-]+@[\\w-]+(\\.[\\w-]+)+(:[0-9]+)?$"));
    if (address.match(word).hasMatch())
        return false;
    return std::all_of(word.cbegin(), word.cend(),
                       [](QChar c) { return c.unicode() >= 0x21 && c.unicode() <= 0x7E; });
}

std::optional<SecretBytes> findPassword(const QStringList &lines, const Found &found)
{
    if (auto password = labelledPassword(found.rest))
        return SecretBytes::takeFrom(*password);
    for (int i = 0; i < lines.size(); ++i) {
        if (i >= found.line && i <= found.lastLine)
            continue;
        if (auto password = labelledPassword(lines[i]))
            return SecretBytes::takeFrom(*password);
        if (isPasswordLabelOnly(lines[i])) {
            for (int next = i + 1; next < lines.size(); ++next) {
                QString word = lines[next].trimmed();
                if (word.isEmpty())
                    continue;
                if (next < found.line || next > found.lastLine)
                    return SecretBytes::takeFrom(word);
                break;
            }
        }
    }
    // "ssh ..." and, on the next line that is not empty, the bare password.
    for (int i = found.lastLine + 1; i < lines.size(); ++i) {
        if (lines[i].trimmed().isEmpty())
            continue;
        if (!looksLikePassword(lines[i]))
            break;
        QString word = lines[i].trimmed();
        return SecretBytes::takeFrom(word);
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
    std::optional<Found> found = findCommand(lines);
    if (!found)
        found = findBareTarget(lines);
    if (!found)
        return fail(ErrorCode::Parse, Step::Parse, QStringLiteral("no login command"));
    Reader reader;
    reader.read(found->words);
    reader.applyHostName();
    LoginCommand login = reader.take();
    if (!login.password)
        login.password = findPassword(lines, *found);
    return login;
}

} // namespace core::probe
