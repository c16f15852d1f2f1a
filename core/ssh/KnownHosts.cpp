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

struct KnownHostsEntry
{
    HostKey key;
    bool revoked = false;
};

QByteArray listedName(const QString &host, quint16 port)
{
    const QByteArray name = host.toLower().toUtf8();
    return port == 22 ? name : '[' + name + "]:" + QByteArray::number(port);
}

/// Nothing for lines that are broken, of another host, or of a certificate authority: its key must
/// not be trusted as a host key.
std::optional<KnownHostsEntry> readEntry(const QByteArray &raw, const QByteArray &name)
{
    const QByteArray line = raw.simplified();
    if (line.isEmpty() || line.startsWith('#'))
        return std::nullopt;
    QList<QByteArray> fields = line.split(' ');
    const bool revoked = fields.first() == "@revoked";
    if (revoked)
        fields.removeFirst();
    if (fields.size() < 3 || fields[0].startsWith('@') || !matchesHosts(fields[0], name))
        return std::nullopt;
    const auto blob =
        QByteArray::fromBase64Encoding(fields[2], QByteArray::AbortOnBase64DecodingErrors);
    if (blob.decodingStatus != QByteArray::Base64DecodingStatus::Ok || blob.decoded.isEmpty())
        return std::nullopt;
    return KnownHostsEntry{{fields[1], blob.decoded}, revoked};
}

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path.isEmpty() ? QDir::homePath() + QStringLiteral("/.ssh/known_hosts") : path);
    if (!file.exists())
        return QByteArray();
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::LocalIo, Step::HostKey,
                    file.fileName() + QStringLiteral(": ") + file.errorString());
    return file.readAll();
}

} // namespace

KnownKeys findKnownHosts(QByteArrayView fileContent, const QString &host, quint16 port)
{
    const QByteArray name = listedName(host, port);
    KnownKeys keys;
    for (const QByteArray &line : fileContent.toByteArray().split('\n')) {
        if (const auto entry = readEntry(line, name))
            (entry->revoked ? keys.revoked : keys.trusted).push_back(entry->key);
    }
    std::erase_if(keys.trusted, [&](const HostKey &key) { return isRevoked(keys.revoked, key); });
    return keys;
}

Result<KnownKeys> readKnownHosts(const QString &path, const QString &host, quint16 port)
{
    const Result<QByteArray> content = contentOf(path);
    if (!content)
        return tl::make_unexpected(content.error());
    return findKnownHosts(*content, host, port);
}

std::optional<int> knownHostsLine(const QString &path, const QString &host, quint16 port)
{
    const Result<QByteArray> content = contentOf(path);
    if (!content)
        return std::nullopt;
    const QByteArray name = listedName(host, port);
    int number = 0;
    for (const QByteArray &line : content->split('\n')) {
        ++number;
        if (const auto entry = readEntry(line, name); entry && !entry->revoked)
            return number;
    }
    return std::nullopt;
}

} // namespace core::ssh
