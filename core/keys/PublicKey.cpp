// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/PublicKey.h"

#include "core/keys/Wire.h"

#include <QCryptographicHash>
#include <QList>

#include <algorithm>

namespace core::keys {

namespace {

constexpr qsizetype maxTextSize = 64 * 1024;
constexpr QByteArrayView rfc4716Begin("---- BEGIN SSH2 PUBLIC KEY ----");
constexpr QByteArrayView rfc4716End("---- END SSH2 PUBLIC KEY ----");

struct TypeName
{
    KeyType type;
    QByteArrayView algorithm;
    const char *shown;
    int bits; ///< 0 = told by the key
};

constexpr TypeName typeNames[]{
    {KeyType::Ed25519, "ssh-ed25519", "ED25519", 256},
    {KeyType::Ecdsa256, "ecdsa-sha2-nistp256", "ECDSA", 256},
    {KeyType::Ecdsa384, "ecdsa-sha2-nistp384", "ECDSA", 384},
    {KeyType::Ecdsa521, "ecdsa-sha2-nistp521", "ECDSA", 521},
    {KeyType::Rsa, "ssh-rsa", "RSA", 0},
    {KeyType::Dsa, "ssh-dss", "DSA", 0},
    {KeyType::SkEd25519, "sk-ssh-ed25519@openssh.com", "ED25519-SK", 256},
    {KeyType::SkEcdsa, "sk-ecdsa-sha2-nistp256@openssh.com", "ECDSA-SK", 256},
};

tl::unexpected<Error> noKey(const char *why)
{
    return fail(ErrorCode::Parse, Step::Key, QLatin1StringView(why));
}

bool isWellFormed(KeyType type, WireReader fields)
{
    switch (type) {
    case KeyType::Ed25519: return fields.string().size() == 32 && fields.atEnd();
    case KeyType::Ecdsa256:
    case KeyType::Ecdsa384:
    case KeyType::Ecdsa521: {
        const int bits = type == KeyType::Ecdsa256 ? 256 : type == KeyType::Ecdsa384 ? 384 : 521;
        const QByteArrayView curve = fields.string();
        const QByteArrayView point = fields.string();
        return curve == "nistp" + QByteArray::number(bits) && fields.atEnd() &&
               point.size() == 1 + (bits + 7) / 8 * 2 && point.front() == 4;
    }
    case KeyType::Rsa: {
        const QByteArrayView exponent = fields.mpint();
        const QByteArrayView modulus = fields.mpint();
        return fields.atEnd() && !exponent.isEmpty() && !modulus.isEmpty();
    }
    default: return fields.ok();
    }
}

/// RFC 4716, 3: header lines ("\" continues one), then base64.
Result<PublicKey> parseRfc4716(QByteArrayView text)
{
    const qsizetype end = text.indexOf(rfc4716End);
    if (end < 0)
        return noKey("the end of the public key is missing");
    QByteArray base64;
    QByteArray header;
    QByteArray comment;
    const QByteArrayView body = text.first(end).sliced(rfc4716Begin.size());
    for (const QByteArray &raw : body.toByteArray().split('\n')) {
        const QByteArray line = raw.trimmed();
        if (header.isEmpty() && !line.contains(':')) {
            base64 += line;
            continue;
        }
        header += line;
        if (header.endsWith('\\')) {
            header.chop(1);
            continue;
        }
        if (header.toLower().startsWith("comment:"))
            comment = header.mid(8).trimmed();
        header.clear();
    }
    if (comment.size() >= 2 && comment.startsWith('"') && comment.endsWith('"'))
        comment = comment.mid(1, comment.size() - 2);
    const auto blob = decodeBase64(base64);
    return blob ? publicKeyFromBlob(blob->view(), comment) : noKey("no base64");
}

/// "ssh-ed25519 AAAA... comment"
Result<PublicKey> parseKeyWords(QByteArrayView line)
{
    const auto blank = std::find_if(line.begin(), line.end(), isBlank);
    const QByteArrayView algorithm(line.begin(), blank);
    const auto start = std::find_if_not(blank, line.end(), isBlank);
    const auto stop = std::find_if(start, line.end(), isBlank);
    const auto blob = decodeBase64(QByteArrayView(start, stop));
    if (!blob || blob->isEmpty())
        return noKey("no public key");
    Result<PublicKey> key = publicKeyFromBlob(blob->view(), QByteArrayView(stop, line.end()));
    if (key && key->algorithm != algorithm)
        return noKey("the type and the key do not belong together");
    return key;
}

} // namespace

QLatin1StringView keyTypeName(KeyType type)
{
    for (const TypeName &name : typeNames) {
        if (name.type == type)
            return QLatin1StringView(name.shown);
    }
    return QLatin1StringView(type == KeyType::Certificate ? "CERT" : "UNKNOWN");
}

KeyType keyTypeOf(QByteArrayView algorithm)
{
    for (const TypeName &name : typeNames) {
        if (name.algorithm == algorithm)
            return name.type;
    }
    return algorithm.endsWith("-cert-v01@openssh.com") ? KeyType::Certificate : KeyType::Unknown;
}

QString refusalOf(KeyType type)
{
    switch (type) {
    case KeyType::Ed25519:
    case KeyType::Ecdsa256:
    case KeyType::Ecdsa384:
    case KeyType::Ecdsa521:
    case KeyType::Rsa: return {};
    case KeyType::Dsa: return QStringLiteral("DSA keys are refused by every current server");
    case KeyType::SkEd25519:
    case KeyType::SkEcdsa:
        return QStringLiteral("the key is on a security key: use it through the agent");
    case KeyType::Certificate: return QStringLiteral("this is a certificate, not a key");
    case KeyType::Unknown: break;
    }
    return QStringLiteral("an unknown type of key");
}

QString fingerprintOf(QByteArrayView blob)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::fromRawData(blob.data(), blob.size()));
    return QStringLiteral("SHA256:") +
           QString::fromLatin1(hash.result().toBase64(QByteArray::OmitTrailingEquals));
}

int PublicKey::bits() const
{
    const KeyType kind = type();
    for (const TypeName &name : typeNames) {
        if (name.type == kind && name.bits > 0)
            return name.bits;
    }
    WireReader reader(blob);
    (void)reader.string();
    const QByteArrayView first = reader.mpint(); // RSA: e, n. DSA: p, q, g, y.
    if (kind == KeyType::Dsa)
        return bitLength(first);
    return kind == KeyType::Rsa ? bitLength(reader.mpint()) : 0;
}

QByteArray cleanComment(QByteArrayView comment)
{
    QByteArray clean = comment.toByteArray();
    std::replace_if(
        clean.begin(), clean.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return clean.trimmed();
}

QByteArray PublicKey::line() const
{
    const QByteArray words = algorithm + ' ' + blob.toBase64();
    const QByteArray clean = cleanComment(comment);
    return clean.isEmpty() ? words : words + ' ' + clean;
}

Result<PublicKey> publicKeyFromBlob(QByteArrayView blob, QByteArrayView comment)
{
    WireReader reader(blob);
    const QByteArrayView algorithm = reader.string();
    const bool named = !algorithm.isEmpty() && algorithm.size() <= 128 &&
                       std::all_of(algorithm.begin(), algorithm.end(),
                                   [](char c) { return c > 0x20 && c < 0x7f; });
    if (!named || blob.size() > maxTextSize)
        return noKey("no public key");
    PublicKey key{algorithm.toByteArray(), blob.toByteArray(), cleanComment(comment)};
    if (!isWellFormed(key.type(), reader))
        return noKey("a broken public key");
    return key;
}

Result<PublicKey> parsePublicKey(QByteArrayView text)
{
    const QByteArrayView trimmed = text.trimmed();
    if (trimmed.size() > maxTextSize)
        return noKey("too large");
    if (trimmed.startsWith(rfc4716Begin))
        return parseRfc4716(trimmed);
    if (std::any_of(trimmed.begin(), trimmed.end(), [](char c) { return c == '\n' || c == '\r'; }))
        return noKey("more than one line");
    return parseKeyWords(trimmed);
}

} // namespace core::keys
