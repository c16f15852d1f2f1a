// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/KeyWorker.h"

#include <QFileInfo>

namespace core::keys {

namespace {

Result<std::monostate> withoutValue(const Result<> &done)
{
    if (!done)
        return tl::make_unexpected(done.error());
    return std::monostate();
}

} // namespace

QString usualKeyName(KeyType type)
{
    switch (type) {
    case KeyType::Rsa: return QStringLiteral("id_rsa");
    case KeyType::Ecdsa256:
    case KeyType::Ecdsa384:
    case KeyType::Ecdsa521: return QStringLiteral("id_ecdsa");
    default: return QStringLiteral("id_ed25519");
    }
}

NewKey usualKey(QDate today)
{
    NewKey key;
    key.comment = defaultKeyComment(today);
    return key;
}

KeysOperation *KeyWorker::list(const QStringList &folders, const QStringList &files,
                               QObject *parent)
{
    return m_queue.start<std::vector<KeyEntry>>(
        parent, [folders, files](const CancelFlag &) -> Result<std::vector<KeyEntry>> {
            return listKeys(folders, files);
        });
}

KeyOperation *KeyWorker::generate(const NewKey &key, QObject *parent)
{
    return m_queue.start<KeyEntry>(parent, [key](const CancelFlag &cancel) -> Result<KeyEntry> {
        const Result<PrivateKey> made = generateKey(key.spec, key.comment, cancel);
        if (!made)
            return tl::make_unexpected(made.error());
        const QString path = key.path.isEmpty()
                                 ? freeKeyPath(defaultKeyFolder(), usualKeyName(key.spec.type))
                                 : key.path;
        return saveNewKey(*made, path, key.passphrase, cancel);
    });
}

KeyOperation *KeyWorker::importKey(const KeyImport &key, QObject *parent)
{
    return m_queue.start<KeyEntry>(parent, [key](const CancelFlag &cancel) {
        const QString path =
            key.path.isEmpty()
                ? freeKeyPath(defaultKeyFolder(), QFileInfo(key.source).completeBaseName())
                : key.path;
        return keys::importKey(key.source, key.passphrase, path, key.newPassphrase, key.comment,
                               cancel);
    });
}

KeyOperation *KeyWorker::changePassphrase(const QString &path, const SecretBytes &passphrase,
                                          const SecretBytes &newPassphrase, QObject *parent)
{
    return m_queue.start<KeyEntry>(
        parent, [path, passphrase, newPassphrase](const CancelFlag &cancel) {
            return keys::changePassphrase(path, passphrase, newPassphrase, cancel);
        });
}

PublicKeyOperation *KeyWorker::publicKey(const QString &path, const SecretBytes &passphrase,
                                         QObject *parent)
{
    return m_queue.start<PublicKey>(parent, [path, passphrase](const CancelFlag &cancel) {
        return publicKeyOf(path, passphrase, cancel);
    });
}

PublicKeyOperation *KeyWorker::publicKeyFile(const QString &path, QObject *parent)
{
    return m_queue.start<PublicKey>(parent,
                                    [path](const CancelFlag &) { return readPublicKeyFile(path); });
}

PathOperation *KeyWorker::freePath(const QString &folder, const QString &name, QObject *parent)
{
    return m_queue.start<QString>(parent, [folder, name](const CancelFlag &) -> Result<QString> {
        return freeKeyPath(folder, name);
    });
}

YesNoOperation *KeyWorker::isTaken(const QString &path, QObject *parent)
{
    return m_queue.start<bool>(
        parent, [path](const CancelFlag &) -> Result<bool> { return keyPathIsTaken(path); });
}

KeyChangeOperation *KeyWorker::exportPublicKey(const PublicKey &key, const QString &path,
                                               QObject *parent)
{
    return m_queue.start<std::monostate>(parent, [key, path](const CancelFlag &) {
        return withoutValue(keys::exportPublicKey(key, path));
    });
}

KeyChangeOperation *KeyWorker::remove(const QString &path, QObject *parent)
{
    return m_queue.start<std::monostate>(
        parent, [path](const CancelFlag &) { return withoutValue(removeKey(path)); });
}

KeyChangeOperation *KeyWorker::restrict(const QString &path, QObject *parent)
{
    return m_queue.start<std::monostate>(
        parent, [path](const CancelFlag &) { return withoutValue(restrictKey(path)); });
}

PrivateKeyOperation *KeyWorker::unlock(const QString &path, const SecretBytes &passphrase,
                                       QObject *parent)
{
    return m_queue.start<PrivateKey>(
        parent, [path, passphrase](const CancelFlag &cancel) -> Result<PrivateKey> {
            const Result<KeyFile> file = readKeyFile(path);
            if (!file)
                return tl::make_unexpected(file.error());
            return unlockKey(*file, passphrase, cancel);
        });
}

} // namespace core::keys
