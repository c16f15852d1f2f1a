// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/AuthorizedKeys.h"

#include "core/keys/Wire.h"

#include <QCryptographicHash>

namespace core::keys {

namespace {

QByteArrayView skipBlanks(QByteArrayView text)
{
    qsizetype at = 0;
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return text.sliced(at);
}

/// Up to the next blank; takes it off \a text.
QByteArrayView takeWord(QByteArrayView &text)
{
    qsizetype end = 0;
    while (end < text.size() && !isBlank(text[end]))
        ++end;
    const QByteArrayView word = text.first(end);
    text = skipBlanks(text.sliced(end));
    return word;
}

/// "type base64 [comment]"; the type in the blob must be the same, as sshd wants it.
std::optional<AuthorizedKey> readKey(QByteArrayView text)
{
    AuthorizedKey key;
    key.type = takeWord(text).toByteArray();
    const QByteArray base64 = takeWord(text).toByteArray();
    const auto decoded =
        QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    if (key.type.isEmpty() || !decoded)
        return std::nullopt;
    key.blob = *decoded;
    if (WireReader(key.blob).string() != key.type)
        return std::nullopt;
    key.comment = text.toByteArray();
    return key;
}

/// The options end at the first blank outside of quotes (sshd(8)).
qsizetype optionsEnd(QByteArrayView text)
{
    bool quoted = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '"')
            ++at;
        else if (text[at] == '"')
            quoted = !quoted;
        else if (isBlank(text[at]) && !quoted)
            return at;
    }
    return text.size();
}

std::optional<AuthorizedKey> readLine(QByteArrayView raw)
{
    // sshd reads C strings: a NUL ends the line for it.
    if (const qsizetype nul = raw.indexOf('\0'); nul >= 0)
        raw = raw.first(nul);
    if (raw.endsWith('\r'))
        raw = raw.chopped(1);
    const QByteArrayView text = skipBlanks(raw);
    if (text.isEmpty() || text.startsWith('#'))
        return std::nullopt;
    if (auto key = readKey(text))
        return key;
    const qsizetype end = optionsEnd(text);
    auto key = readKey(skipBlanks(text.sliced(end)));
    if (key)
        key->options = text.first(end).toByteArray();
    return key;
}

/// Calls \a visit with each line, its end included.
template <typename Visit>
void eachLine(QByteArrayView text, const Visit &visit)
{
    while (!text.isEmpty()) {
        const qsizetype newline = text.indexOf('\n');
        const qsizetype size = newline < 0 ? text.size() : newline + 1;
        visit(text.first(size), newline < 0 ? size : newline);
        text = text.sliced(size);
    }
}

} // namespace

QString AuthorizedKey::fingerprint() const
{
    return QStringLiteral("SHA256:") +
           QString::fromLatin1(
               QCryptographicHash::hash(blob, QCryptographicHash::Sha256)
                   .toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals));
}

std::optional<int> AuthorizedKey::bits() const
{
    if (type.contains("ed25519"))
        return 256;
    for (const int size : {256, 384, 521}) {
        if (type.contains("nistp" + QByteArray::number(size)))
            return size;
    }
    if (type != "ssh-rsa" && type != "ssh-dss")
        return std::nullopt;
    // RFC 4253 6.6: the type, then e and n for RSA, p first for DSS.
    WireReader fields(blob);
    static_cast<void>(fields.string());
    if (type == "ssh-rsa")
        static_cast<void>(fields.string());
    const int length = bitLength(fields.string());
    return fields.ok() ? std::optional<int>(length) : std::nullopt;
}

Result<AuthorizedKey> parsePublicKeyLine(QByteArrayView text)
{
    const auto unusable = [](const char *why) {
        return fail(ErrorCode::KeyUnusable, Step::Auth, QLatin1StringView(why));
    };
    if (text.contains("PRIVATE KEY-----") || text.startsWith("PuTTY-User-Key-File"))
        return unusable("this is a private key, not the public one");
    const qsizetype newline = text.indexOf('\n');
    QByteArrayView line = newline < 0 ? text : text.first(newline);
    if (line.endsWith('\r'))
        line = line.chopped(1);
    auto key = readKey(skipBlanks(line));
    if (!key || key->blob.contains("-cert-v01@openssh.com")) {
        return unusable(key ? "this is a certificate, not a public key"
                            : "no public key in it: \"type base64 comment\" is expected");
    }
    return *key;
}

std::vector<AuthorizedKey> parseAuthorizedKeys(QByteArrayView text)
{
    std::vector<AuthorizedKey> keys;
    int number = 0;
    eachLine(text, [&](QByteArrayView line, qsizetype length) {
        ++number;
        if (auto key = readLine(line.first(length))) {
            key->line = number;
            keys.push_back(std::move(*key));
        }
    });
    return keys;
}

QByteArray withAuthorizedKey(QByteArrayView text, const AuthorizedKey &key)
{
    QByteArray result = text.toByteArray();
    if (!result.isEmpty() && !result.endsWith('\n'))
        result += '\n';
    result += key.type + ' ' + key.blob.toBase64();
    QByteArray comment;
    for (const char c : key.comment) {
        if (quint8(c) >= 0x20 && c != 0x7f)
            comment += c;
    }
    if (!comment.trimmed().isEmpty())
        result += ' ' + comment.trimmed();
    return result + '\n';
}

QByteArray withoutAuthorizedKey(QByteArrayView text, const AuthorizedKey &key)
{
    QByteArray result;
    eachLine(text, [&](QByteArrayView line, qsizetype length) {
        const auto here = readLine(line.first(length));
        if (!here || !here->isSameKey(key))
            result += line;
    });
    return result;
}

} // namespace core::keys
