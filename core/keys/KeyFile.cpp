// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/KeyFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

namespace core::keys {

namespace {

constexpr qint64 maxKeySize = 1024 * 1024;

/// openssh-key-v1 (OpenSSH's PROTOCOL.key): magic, then the cipher's name as a string; "none" =
/// plain.
bool isOpenSshEncrypted(QByteArrayView text)
{
    static constexpr QByteArrayView begin("-----BEGIN OPENSSH PRIVATE KEY-----");
    static constexpr QByteArrayView magic("openssh-key-v1\0", 15);
    const qsizetype start = text.indexOf(begin) + begin.size();
    // The head is enough, so that no second copy of the key itself is made.
    const QByteArray head = QByteArray::fromBase64(
        text.sliced(start).first(std::min<qsizetype>(120, text.size() - start)).toByteArray());
    if (!head.startsWith(magic) || head.size() < magic.size() + 4)
        return false;
    const quint32 length = qFromBigEndian<quint32>(head.constData() + magic.size());
    return head.mid(magic.size() + 4, qsizetype(std::min<quint32>(length, 64))) != "none";
}

} // namespace

Result<KeyFile> inspectKey(SecretBytes content)
{
    const QByteArrayView text = content.view();
    const auto unusable = [](const char *why) {
        return core::fail(ErrorCode::KeyUnusable, Step::Auth, QLatin1StringView(why));
    };
    if (text.startsWith("PuTTY-User-Key-File"))
        return unusable("a PuTTY key (.ppk): export it as an OpenSSH key first");
    if (text.startsWith("ssh-") || text.startsWith("ecdsa-") || text.startsWith("sk-"))
        return unusable("this is the public key; the private key has no .pub");
    if (text.contains("---- BEGIN SSH2 PUBLIC KEY ----") ||
        text.contains("-----BEGIN PUBLIC KEY-----"))
        return unusable("this is a public key");
    if (text.contains("-----BEGIN DSA PRIVATE KEY-----"))
        return unusable("DSA keys are refused by every current server");
    if (!text.contains("-----BEGIN ") || !text.contains("PRIVATE KEY-----"))
        return unusable("no private key in it");
    KeyFile file;
    if (text.contains("-----BEGIN OPENSSH PRIVATE KEY-----"))
        file.encrypted = isOpenSshEncrypted(text);
    else
        file.encrypted = text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") ||
                         text.contains("Proc-Type: 4,ENCRYPTED");
    file.content = std::move(content);
    return file;
}

Result<KeyFile> readKeyFile(const QString &path)
{
    QString expanded = path;
    if (path.startsWith(u"~/"))
        expanded = QDir::homePath() + path.mid(1);
    const QFileInfo info(expanded);
    if (!info.isFile())
        return core::fail(ErrorCode::NotFound, Step::Auth, path);
    QFile file(expanded);
    if (!file.open(QIODevice::ReadOnly)) {
        const bool denied = file.error() == QFileDevice::PermissionsError || !info.isReadable();
        return core::fail(denied ? ErrorCode::PermissionDenied : ErrorCode::LocalIo, Step::Auth,
                          path + QStringLiteral(": ") + file.errorString());
    }
    if (file.size() > maxKeySize)
        return core::fail(ErrorCode::KeyUnusable, Step::Auth, path + QStringLiteral(": too large"));
    QByteArray bytes = file.readAll();
    Result<KeyFile> key = inspectKey(SecretBytes::takeFrom(bytes));
    if (!key)
        return core::fail(key.error().code, key.error().step,
                          path + QStringLiteral(": ") + key.error().detail);
    return key;
}

} // namespace core::keys
