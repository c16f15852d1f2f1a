// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/KeyFile.h"

#include "core/keys/KeyFolder.h"
#include "core/keys/OpenSshKey.h"
#include "core/keys/PemKey.h"
#include "core/keys/PuttyKey.h"

#include <QFile>
#include <QFileInfo>

namespace core::keys {

namespace {

constexpr qint64 maxKeySize = 1024 * 1024;

tl::unexpected<Error> refused(const QString &why)
{
    return fail(ErrorCode::KeyUnusable, Step::Key, why);
}

/// What people choose by mistake.
Result<> refuseOthers(QByteArrayView text)
{
    if (text.contains("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"))
        return refused(QStringLiteral("a key of ssh.com: export it as an OpenSSH key first"));
    if (text.contains("-----BEGIN PUBLIC KEY-----"))
        return refused(QStringLiteral("this is a public key"));
    if (text.contains("PRIVATE KEY-----"))
        return {};
    if (text.contains("-----BEGIN CERTIFICATE-----"))
        return refused(refusalOf(KeyType::Certificate));
    if (const Result<PublicKey> publicKey = parsePublicKey(text)) {
        if (publicKey->type() == KeyType::Certificate)
            return refused(refusalOf(KeyType::Certificate));
        return refused(QStringLiteral("this is the public key; the private key has no .pub"));
    }
    return refused(QStringLiteral("no private key in it"));
}

} // namespace

Error withPath(Error error, const QString &path)
{
    if (!error.detail.startsWith(path))
        error.detail = error.detail.isEmpty() ? path : path + QStringLiteral(": ") + error.detail;
    return error;
}

Result<KeyFile> inspectKey(SecretBytes content)
{
    const QByteArrayView text = content.view();
    KeyFile file;
    if (text.startsWith(puttyBegin)) {
        Result<PuttyOutline> outline = outlinePutty(text);
        if (!outline)
            return tl::make_unexpected(outline.error());
        file.format = KeyFormat::Putty;
        file.encrypted = outline->encrypted;
        file.publicKey = std::move(outline->publicKey);
    } else if (text.contains(openSshBegin)) {
        Result<OpenSshOutline> outline = outlineOpenSsh(text);
        if (!outline)
            return tl::make_unexpected(outline.error());
        file.encrypted = outline->encrypted;
        file.publicKey = std::move(outline->publicKey);
    } else if (const Result<> other = refuseOthers(text); !other) {
        return tl::make_unexpected(other.error());
    } else {
        Result<PemOutline> outline = outlinePem(text);
        if (!outline)
            return tl::make_unexpected(outline.error());
        file.format = outline->isPkcs8 ? KeyFormat::Pkcs8 : KeyFormat::Pem;
        file.encrypted = outline->encrypted;
        file.publicKey = std::move(outline->publicKey);
    }
    file.content = std::move(content);
    return file;
}

Result<KeyFile> readKeyFile(const QString &path)
{
    const QString expanded = expandKeyPath(path);
    const QFileInfo info(expanded);
    // Only what can't hang: a pipe would wait for its writer.
    if (!info.isFile())
        return fail(ErrorCode::NotFound, Step::Key, path);
    QFile file(expanded);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        const bool denied = file.error() == QFileDevice::PermissionsError || !info.isReadable();
        return fail(denied ? ErrorCode::PermissionDenied : ErrorCode::LocalIo, Step::Key,
                    path + QStringLiteral(": ") + file.errorString());
    }
    if (file.size() > maxKeySize)
        return fail(ErrorCode::KeyUnusable, Step::Key, path + QStringLiteral(": too large"));
    QByteArray bytes = file.readAll();
    Result<KeyFile> key = inspectKey(SecretBytes::takeFrom(bytes));
    if (!key)
        return tl::make_unexpected(withPath(key.error(), path));
    return key;
}

Result<PrivateKey> unlockKey(const KeyFile &file, const SecretBytes &passphrase,
                             const CancelFlag &cancel)
{
    switch (file.format) {
    case KeyFormat::OpenSsh: return unlockOpenSsh(file.content.view(), passphrase, cancel);
    case KeyFormat::Putty: return unlockPutty(file.content.view(), passphrase, cancel);
    case KeyFormat::Pem:
    case KeyFormat::Pkcs8: break;
    }
    return unlockPem(file.content.view(), passphrase, cancel);
}

Result<SecretBytes> toOpenSsh(const PrivateKey &key, const SecretBytes &passphrase, int rounds,
                              const CancelFlag &cancel)
{
    return writeOpenSsh(key, passphrase, rounds, cancel);
}

Result<SecretBytes> toSignInForm(const KeyFile &file, const SecretBytes &passphrase,
                                 const CancelFlag &cancel)
{
    const Result<PrivateKey> key = unlockKey(file, passphrase, cancel);
    if (!key)
        return tl::make_unexpected(key.error());
    return writeOpenSsh(*key, {}, 0, cancel);
}

} // namespace core::keys
