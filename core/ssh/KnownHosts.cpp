// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/KnownHosts.h"

#include <QDir>
#include <QFile>
#include <QMessageAuthenticationCode>

namespace core::ssh {

namespace {

/// "*" and "?" as in sshd(8), case-insensitive.
bool matchesPattern(QByteArrayView pattern, QByteArrayView text)
{
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype mark = 0;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    while (t < text.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == lower(text[t]))) {
            ++p;
            ++t;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

/// |1|base64(salt)|base64(HMAC-SHA1(salt, name))
bool matchesHash(const QByteArray &entry, const QByteArray &name)
{
    const QList<QByteArray> parts = entry.split('|');
    if (parts.size() != 4 || parts[1] != "1")
        return false;
    const QByteArray salt = QByteArray::fromBase64(parts[2]);
    const QByteArray hash = QByteArray::fromBase64(parts[3]);
    return !hash.isEmpty() &&
           QMessageAuthenticationCode::hash(name, salt, QCryptographicHash::Sha1) == hash;
}

bool matchesHosts(const QByteArray &hosts, const QByteArray &name)
{
    if (hosts.startsWith('|'))
        return matchesHash(hosts, name);
    bool matched = false;
    for (const QByteArray &pattern : hosts.split(',')) {
        if (pattern.startsWith('!')) {
            if (matchesPattern(QByteArrayView(pattern).sliced(1), name))
                return false;
        } else if (matchesPattern(pattern, name)) {
            matched = true;
        }
    }
    return matched;
}

} // namespace

std::vector<HostKey> findKnownHosts(QByteArrayView fileContent, const QString &host, quint16 port)
{
    QByteArray name = host.toLower().toUtf8();
    if (port != 22)
        name = '[' + name + "]:" + QByteArray::number(port);
    std::vector<HostKey> keys;
    for (const QByteArray &raw : fileContent.toByteArray().split('\n')) {
        const QByteArray line = raw.simplified();
        // @revoked and @cert-authority lines name keys that must not be trusted as host keys.
        if (line.isEmpty() || line.startsWith('#') || line.startsWith('@'))
            continue;
        const QList<QByteArray> fields = line.split(' ');
        if (fields.size() < 3 || !matchesHosts(fields[0], name))
            continue;
        const auto blob =
            QByteArray::fromBase64Encoding(fields[2], QByteArray::AbortOnBase64DecodingErrors);
        if (blob.decodingStatus == QByteArray::Base64DecodingStatus::Ok && !blob.decoded.isEmpty())
            keys.push_back({fields[1], blob.decoded});
    }
    return keys;
}

Result<std::vector<HostKey>> readKnownHosts(const QString &path, const QString &host, quint16 port)
{
    QFile file(path.isEmpty() ? QDir::homePath() + QStringLiteral("/.ssh/known_hosts") : path);
    if (!file.exists())
        return std::vector<HostKey>{};
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::LocalIo, Step::HostKey,
                    file.fileName() + QStringLiteral(": ") + file.errorString());
    return findKnownHosts(file.readAll(), host, port);
}

} // namespace core::ssh
