// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/LoginReader.h"

#include "core/probe/LoginText.h"

#include <QRegularExpression>

#include <utility>

namespace core::probe {

namespace {

/// The options of ssh(1), scp(1) and sftp(1), ssh-copy-id(1) and rsync(1) that take a value.
constexpr QStringView sshWithValue = u"BbcDEeFIiJLlmOoPpQRSWw";
constexpr QStringView scpWithValue = u"cDFiJloPSX";
constexpr QStringView copyIdWithValue = u"iptoF";
constexpr QStringView rsyncWithValue = u"eBfMT";

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

/// An address without the brackets, quotes and marks of the text around it.
QString withoutMarks(const QString &word)
{
    static const QRegularExpression address(
        QStringLiteral("^(.*@)?(\\[[^\\]]*\\](?::[0-9]*)?|[^)）\\]」』】》>\"'”’`,;，；、…<]+)"));
    QString clean = address.match(word).captured(0);
    while (clean.endsWith(u'.'))
        clean.chop(1);
    return clean;
}

} // namespace

LoginReader::Program LoginReader::programOf(const QString &word)
{
    QString name = word.section(u'/', -1).section(u'\\', -1).toLower();
    if (name.endsWith(u".exe"))
        name.chop(4);
    if (name == u"autossh")
        return Program::Autossh;
    if (name == u"scp" || name == u"sftp")
        return Program::Copy;
    if (name == u"rsync")
        return Program::Rsync;
    if (name == u"ssh-copy-id")
        return Program::CopyId;
    if (name == u"mosh")
        return Program::Mosh;
    if (name == u"plink" || name == u"putty")
        return Program::Putty;
    if (name == u"pscp" || name == u"psftp")
        return Program::PuttyCopy;
    return Program::Ssh;
}

bool LoginReader::copies() const
{
    return m_program == Program::Copy || m_program == Program::Rsync ||
           m_program == Program::PuttyCopy;
}

bool LoginReader::isCertain() const
{
    return m_hostSeen && (m_portSeen || !m_login.user.isEmpty() || m_login.identity);
}

LoginCommand LoginReader::take()
{
    if (!m_hostName.isEmpty())
        m_login.host = m_hostName;
    return std::move(m_login);
}

bool LoginReader::read(const QStringList &given)
{
    m_program = programOf(given.value(0));
    QStringList words = given;
    if (m_program == Program::CopyId) {
        // ssh-copy-id 'user@host -p 123' is the old way to give it a port.
        words = shellWords(given.join(u' '));
    }
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString &word = words[i];
        if (word == u"--")
            continue;
        if (word.startsWith(u'-') && word.size() > 1) {
            i = option(words, i);
        } else if (!m_hostSeen && !word.contains(u'=')) {
            destination(word);
        } else if (m_hostSeen && !copies()) {
            // ssh takes options behind the host too; what is no option begins the remote command.
            // putty takes the port there.
            if (m_program != Program::Putty)
                break;
            if (portOf(word))
                port(word);
        }
    }
    return m_hostSeen;
}

bool LoginReader::destination(QString word)
{
    if (word.startsWith(u"ssh://") || word.startsWith(u"sftp://") || word.startsWith(u"scp://"))
        return url(word);
    if (copies()) {
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
    word = withoutMarks(word);
    const qsizetype at = word.lastIndexOf(u'@');
    QString host = word.mid(at + 1);
    const QString user = at > 0 ? word.left(at) : QString();
    std::optional<QString> given;
    if (host.startsWith(u'[')) {
        const qsizetype close = host.indexOf(u']');
        if (close < 0)
            return false;
        if (close + 1 < host.size() && host[close + 1] == u':')
            given = host.mid(close + 2);
        host = host.sliced(1, close - 1);
    } else if (host.count(u':') == 1) {
        given = host.section(u':', 1);
        host = host.section(u':', 0, 0);
    }
    if (!validHost(host) || (given && given->isEmpty()))
        return false;
    m_login.host = host;
    if (!user.isEmpty())
        m_login.user = user;
    if (given)
        port(*given);
    m_hostSeen = true;
    return true;
}

bool LoginReader::url(const QString &word)
{
    QString rest = word.mid(word.indexOf(u"://") + 3);
    // The password may hold a slash: the path begins behind the host.
    const qsizetype hostStart = rest.lastIndexOf(u'@') + 1;
    const qsizetype path = rest.indexOf(u'/', hostStart);
    if (path >= 0)
        rest.truncate(path);
    // A password in the URL (user:password@) is kept as it stands.
    const qsizetype at = rest.lastIndexOf(u'@');
    const QString userInfo = at > 0 ? rest.left(at) : QString();
    const qsizetype colon = userInfo.indexOf(u':');
    if (colon > 0) {
        QString password = userInfo.mid(colon + 1);
        m_login.password = SecretBytes::takeFrom(password);
        rest = userInfo.left(colon) + rest.mid(at);
    }
    const Program program = std::exchange(m_program, Program::Ssh); // no path is left
    const bool ok = destination(rest);
    m_program = program;
    return ok;
}

qsizetype LoginReader::option(const QStringList &words, qsizetype at)
{
    const QString &word = words[at];
    if (m_program == Program::Putty || m_program == Program::PuttyCopy)
        return puttyOption(words, at);
    if (word.startsWith(u"--"))
        return longOption(words, at);
    QStringView withValue = sshWithValue;
    if (m_program == Program::Copy)
        withValue = scpWithValue;
    else if (m_program == Program::CopyId)
        withValue = copyIdWithValue;
    else if (m_program == Program::Rsync)
        withValue = rsyncWithValue;
    else if (m_program == Program::Mosh)
        withValue = u"p"; // a range of UDP ports
    for (qsizetype c = 1; c < word.size(); ++c) {
        const QChar letter = word[c];
        const bool monitors = m_program == Program::Autossh && letter == u'M'; // takes a port
        if (!withValue.contains(letter) && !monitors)
            continue; // a switch: -C -N -g -v -4 -6 -A -X ...
        QString value = word.mid(c + 1);
        if (value.isEmpty() && at + 1 < words.size()) {
            // The file of ssh-copy-id's -i may be left out.
            if (m_program == Program::CopyId && letter == u'i' && words[at + 1].contains(u'@'))
                break;
            value = words[++at];
        }
        valued(letter, value);
        break;
    }
    return at;
}

qsizetype LoginReader::longOption(const QStringList &words, qsizetype at)
{
    const QString &word = words[at];
    const qsizetype equals = word.indexOf(u'=');
    const QString name = word.left(equals);
    if (name != u"--ssh" && name != u"--rsh")
        return at;
    if (equals >= 0)
        innerSsh(word.mid(equals + 1));
    else if (at + 1 < words.size())
        innerSsh(words[++at]);
    return at;
}

/// plink(1): -P port, -pw password; options are words, never bundled.
qsizetype LoginReader::puttyOption(const QStringList &words, qsizetype at)
{
    static const QStringList withValue{
        QStringLiteral("-P"),       QStringLiteral("-l"),      QStringLiteral("-pw"),
        QStringLiteral("-i"),       QStringLiteral("-L"),      QStringLiteral("-R"),
        QStringLiteral("-D"),       QStringLiteral("-m"),      QStringLiteral("-load"),
        QStringLiteral("-hostkey"), QStringLiteral("-pwfile"), QStringLiteral("-nc"),
        QStringLiteral("-proxycmd")};
    const QString &word = words[at];
    if (!withValue.contains(word) || at + 1 >= words.size())
        return at;
    const QString &value = words[at + 1];
    if (word == u"-P") {
        port(value);
    } else if (word == u"-pw") {
        QString password = value;
        m_login.password = SecretBytes::takeFrom(password);
    } else if (word == u"-l") {
        m_login.user = value;
    } else if (word == u"-i" || word == u"-L" || word == u"-R" || word == u"-D") {
        valued(word[1], value);
    }
    return at + 1;
}

/// The ssh that rsync or mosh is told to use.
void LoginReader::innerSsh(const QString &command)
{
    const QStringList words = shellWords(command);
    const Program program = std::exchange(m_program, Program::Ssh);
    for (qsizetype i = 1; i < words.size(); ++i) {
        if (words[i].startsWith(u'-') && words[i].size() > 1)
            i = option(words, i);
    }
    m_program = program;
}

void LoginReader::valued(QChar letter, const QString &value)
{
    const bool isScp = m_program == Program::Copy;
    switch (letter.unicode()) {
    case u'p':
        if (m_program != Program::Mosh)
            port(value);
        break;
    case u'P':
        // Without scp it is a slip: a number can only be the port.
        if (isScp || (!m_portSeen && portOf(value)))
            port(value);
        break;
    case u'l':
        if (!isScp)
            m_login.user = value;
        break;
    case u'i':
        // ssh-copy-id gives away the public half; the key to sign in with is the other.
        if (!m_login.identity)
            m_login.identity =
                m_program == Program::CopyId && value.endsWith(u".pub") ? value.chopped(4) : value;
        break;
    case u'J': m_login.jump = value; break;
    case u'L': forward(PortForward::Kind::Local, value); break;
    case u'R': forward(PortForward::Kind::Remote, value); break;
    case u'D':
        if (!isScp)
            forward(PortForward::Kind::Dynamic, value);
        break;
    case u'e':
        if (m_program == Program::Rsync)
            innerSsh(value);
        break;
    case u'o': setting(value); break;
    default: m_login.ignoredOptions.append(QStringLiteral("-%1 %2").arg(letter).arg(value)); break;
    }
}

/// The first one counts, as in OpenSSH.
void LoginReader::port(const QString &value)
{
    if (m_portSeen)
        return;
    // "-p=123", "-p:123" and what the text around the command adds.
    static const QRegularExpression around(QStringLiteral("^[=:\\s]+|[\\s,;.)\\]'\"`，；。）]+$"));
    QString clean = value;
    clean.remove(around);
    if (const auto number = portOf(clean)) {
        m_login.port = *number;
        m_portSeen = true;
        m_badPort.clear();
    } else if (m_badPort.isEmpty()) {
        m_badPort = clean.isEmpty() ? QStringLiteral("?") : clean;
    }
}

/// -o NAME=VALUE
void LoginReader::setting(const QString &value)
{
    static const QRegularExpression separator(QStringLiteral("[=\\s]"));
    const qsizetype cut = value.indexOf(separator);
    const QString name = value.left(cut).toLower();
    const QString text = cut < 0 ? QString() : value.mid(cut + 1).trimmed();
    if (name == u"port")
        port(text);
    else if (name == u"user")
        m_login.user = text;
    else if (name == u"hostname" && validHost(text))
        m_hostName = text;
    else if (name == u"identityfile")
        m_login.identity = text;
    else if (name == u"proxyjump")
        m_login.jump = text;
    else if (name == u"localforward")
        forward(PortForward::Kind::Local, text.simplified().replace(u' ', u':'));
    else if (name == u"remoteforward")
        forward(PortForward::Kind::Remote, text.simplified().replace(u' ', u':'));
    else if (name == u"dynamicforward")
        forward(PortForward::Kind::Dynamic, text);
    else
        m_login.ignoredOptions.append(QStringLiteral("-o ") + value);
}

void LoginReader::forward(PortForward::Kind kind, const QString &text)
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

} // namespace core::probe
