// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/KeyFolder.h"
#include "core/keys/WorkQueue.h"

#include <variant>

namespace core::keys {

struct NewKey
{
    KeySpec spec;
    QString path; ///< "~/" is the home folder; "" = ~/.ssh/id_TYPE or the next free name
    QByteArray comment;
    SecretBytes passphrase; ///< empty = not encrypted
};

/// "id_ed25519", "id_ecdsa", "id_rsa"
[[nodiscard]] QString usualKeyName(KeyType type);
/// What one click makes: Ed25519 without a passphrase, under the usual name.
[[nodiscard]] NewKey usualKey(QDate today);

struct KeyImport
{
    QString source;
    SecretBytes passphrase; ///< the source's
    QString path;           ///< the new file; "" = in ~/.ssh under the source's name, or like it
    SecretBytes newPassphrase;
    QByteArray comment; ///< empty = the source's own
};

using KeysOperation = ValueOperation<std::vector<KeyEntry>>;
using KeyOperation = ValueOperation<KeyEntry>;
using PublicKeyOperation = ValueOperation<PublicKey>;
using PrivateKeyOperation = ValueOperation<PrivateKey>;
using PathOperation = ValueOperation<QString>;
using YesNoOperation = ValueOperation<bool>;
using KeyChangeOperation = ValueOperation<std::monostate>;

/// KeyFolder.h and KeyFile.h off the caller's thread; the same errors. One thread, in order. The
/// operations live in the thread of the worker; \a parent may be null.
class KeyWorker final
{
public:
    KeyWorker() = default;

    [[nodiscard]] KeysOperation *list(const QStringList &folders, const QStringList &files,
                                      QObject *parent);
    [[nodiscard]] KeyOperation *generate(const NewKey &key, QObject *parent);
    [[nodiscard]] KeyOperation *importKey(const KeyImport &key, QObject *parent);
    [[nodiscard]] KeyOperation *changePassphrase(const QString &path, const SecretBytes &passphrase,
                                                 const SecretBytes &newPassphrase, QObject *parent);
    [[nodiscard]] PublicKeyOperation *publicKey(const QString &path, const SecretBytes &passphrase,
                                                QObject *parent);
    [[nodiscard]] PublicKeyOperation *publicKeyFile(const QString &path, QObject *parent);
    [[nodiscard]] PathOperation *freePath(const QString &folder, const QString &name,
                                          QObject *parent);
    [[nodiscard]] YesNoOperation *isTaken(const QString &path, QObject *parent);
    [[nodiscard]] KeyChangeOperation *exportPublicKey(const PublicKey &key, const QString &path,
                                                      QObject *parent);
    [[nodiscard]] KeyChangeOperation *remove(const QString &path, QObject *parent);
    [[nodiscard]] KeyChangeOperation *restrict(const QString &path, QObject *parent);
    /// For AgentClient::add(), and to try a passphrase.
    [[nodiscard]] PrivateKeyOperation *unlock(const QString &path, const SecretBytes &passphrase,
                                              QObject *parent);

private:
    WorkQueue m_queue{QStringLiteral("keys")};
};

} // namespace core::keys
