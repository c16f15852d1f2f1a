// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profiles/SshConfigExport.h"

#include "core/profiles/Sharing.h"
#include "core/profiles/SshConfig.h"

#include <QDir>
#include <QSet>

#include <algorithm>

namespace core::profiles {

namespace {

/// Marks are part of words in many alphabets.
bool isPlain(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c) || c == U'.' || c == U'_' || c == U'-';
}

QString plainName(const QString &name)
{
    QString plain;
    for (const char32_t c : name.normalized(QString::NormalizationForm_C).toUcs4()) {
        if (isPlain(c))
            plain += QString::fromUcs4(&c, 1);
        else if (!plain.isEmpty() && !plain.endsWith(u'-'))
            plain += u'-';
    }
    while (plain.endsWith(u'-') || plain.endsWith(u'.'))
        plain.chop(1);
    while (plain.startsWith(u'-') || plain.startsWith(u'.')) // ssh takes "-x" for an option
        plain.remove(0, 1);
    return plain.isEmpty() ? QStringLiteral("instance") : plain;
}

/// What older versions of ssh read as newer ones do: without quotes and backslashes inside.
bool isExpressible(const QString &value)
{
    if (value.contains(QStringLiteral("\\\\")) || value.contains(QStringLiteral("\\ ")) ||
        value.endsWith(u'\\'))
        return false;
    return std::none_of(value.cbegin(), value.cend(), [](QChar c) {
        return c.unicode() < 0x20 || c.unicode() == 0x7f || c == u'"' || c == u'\'';
    });
}

QString quoted(const QString &value)
{
    const bool plain = !value.contains(u' ') && !value.contains(u'#') && !value.startsWith(u'=');
    return plain ? value : u'"' + value + u'"';
}

QString withoutTokens(QString value)
{
    return value.replace(u'%', QStringLiteral("%%"));
}

} // namespace

QStringList sshAliases(const std::vector<Profile> &profiles)
{
    QStringList aliases;
    QSet<QString> taken; // in lower case: some tools compare so
    for (const Profile &profile : profiles) {
        const QString base = plainName(profile.name);
        QString alias = base;
        for (int n = 2; taken.contains(alias.toCaseFolded()); ++n)
            alias = base + u'-' + QString::number(n);
        taken.insert(alias.toCaseFolded());
        aliases.append(alias);
    }
    return aliases;
}

QString hostKeyAlias(const Profile &profile)
{
    return QStringLiteral("danlu-") + profile.id;
}

QStringList sshConfigLines(const std::vector<Profile> &profiles, const QString &knownHostsFile,
                           QStringList &skipped)
{
    QStringList lines;
    const QStringList aliases = sshAliases(profiles);
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        const Profile &profile = profiles[i];
        QString jump = withoutUrlPassword(profile.jump);
        for (std::size_t other = 0; other < profiles.size(); ++other) {
            if (profiles[other].name == profile.jump)
                jump = aliases[qsizetype(other)];
        }
        const QString identity = QDir::fromNativeSeparators(profile.identityFile);
        const bool bad = !isExpressible(profile.host) || profile.host.contains(u' ') ||
                         profile.host.isEmpty() || !isExpressible(profile.user) ||
                         !isExpressible(identity) || !isExpressible(jump) || jump.contains(u' ') ||
                         jump.contains(u',');
        if (bad) {
            skipped.append(profile.name +
                           QStringLiteral(": characters that ssh_config can't express"));
            continue;
        }
        lines += {QStringLiteral("Host ") + aliases[qsizetype(i)],
                  QStringLiteral("    HostName ") + withoutTokens(profile.host),
                  QStringLiteral("    Port ") + QString::number(profile.port)};
        if (!profile.user.isEmpty())
            lines.append(QStringLiteral("    User ") + quoted(profile.user));
        if (profile.auth == AuthKind::Key && !identity.isEmpty())
            lines += {QStringLiteral("    IdentityFile ") + quoted(withoutTokens(identity)),
                      QStringLiteral("    IdentitiesOnly yes")};
        if (!jump.isEmpty())
            lines.append(QStringLiteral("    ProxyJump ") + jump);
        if (!knownHostsFile.isEmpty() && !profile.trustedKeys.empty() && !profile.id.isEmpty())
            lines += {QStringLiteral("    HostKeyAlias ") + hostKeyAlias(profile),
                      QStringLiteral("    UserKnownHostsFile ") + quoted(knownHostsFile)};
        lines.append(QStringLiteral("    ServerAliveInterval 15"));
    }
    return lines;
}

QString exportSshConfig(const std::vector<Profile> &profiles)
{
    QStringList skipped;
    QString text;
    for (const QString &line : sshConfigLines(profiles, {}, skipped)) {
        if (line.startsWith(u"Host ") && !text.isEmpty())
            text += u'\n';
        text += line + u'\n';
    }
    for (const QString &line : std::as_const(skipped))
        text += QStringLiteral("# left out: ") + line.simplified() + u'\n';
    return text;
}

} // namespace core::profiles
