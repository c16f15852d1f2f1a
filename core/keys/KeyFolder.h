// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/KeyFile.h"

#include <QDate>
#include <QDateTime>
#include <QStringList>

#include <vector>

/// Key files on this machine: found, made, changed. Blocks on the disk and on key derivation: off
/// the window's thread, or through KeyWorker. Errors (Step::Key): those of KeyFile.h, and NotFound,
/// PermissionDenied, DiskFull, LocalIo with the path in detail.
namespace core::keys {

enum class KeyProblem {
    None,
    TooOpen,     ///< others may read it: ssh refuses to use it; Danlu does not
    Unreadable,  ///< this user may not read it
    Unsupported, ///< a kind of key that can't be used here
    Broken       ///< starts like a key, but is none
};

/// One private key found in a folder.
struct KeyEntry
{
    QString path; ///< of the private key; absolute
    KeyFormat format = KeyFormat::OpenSsh;
    /// From the file itself, or from the .pub beside it; absent where neither tells.
    std::optional<PublicKey> publicKey;
    bool encrypted = false;
    bool hasPublicFile = false; ///< path + ".pub" is there
    KeyProblem problem = KeyProblem::None;
    QString problemDetail; ///< as an Error's detail
    QDateTime modified;    ///< UTC

    bool operator==(const KeyEntry &) const = default;
};

/// ~/.ssh
[[nodiscard]] QString defaultKeyFolder();
/// What a new key says of itself. Not who made it and where, as ssh-keygen's does: images of
/// instances are shared, their authorized_keys with them.
[[nodiscard]] QByteArray defaultKeyComment(QDate today);
/// \a path + ".pub"
[[nodiscard]] QString publicPathOf(const QString &path);
/// "~/" becomes the home folder; absolute and clean.
[[nodiscard]] QString expandKeyPath(const QString &path);
/// Something has this name, or its .pub's; a link to nowhere counts.
[[nodiscard]] bool keyPathIsTaken(const QString &path);
/// In \a folder: \a name, or \a name with "-2", "-3" and so on: the first where neither the file
/// nor its .pub is there.
[[nodiscard]] QString freeKeyPath(const QString &folder, const QString &name);

/// The keys right in \a folders (not below) and the files \a files, by path, each once. What is no
/// private key is left out; so are links to nowhere, sockets, pipes, files over 64 KiB and all past
/// the first 2000 names of a folder. A folder that is not there has no keys. Never asks for a
/// passphrase, never hangs on an odd file.
[[nodiscard]] std::vector<KeyEntry> listKeys(const QStringList &folders,
                                             const QStringList &files = {});
/// One of them. Errors: NotFound, KeyUnusable when it is no private key at all.
[[nodiscard]] Result<KeyEntry> keyEntry(const QString &path);

/// The public key of a private key file: from the file, else from its .pub, else by decrypting.
[[nodiscard]] Result<PublicKey> publicKeyOf(const QString &path, const SecretBytes &passphrase = {},
                                            const CancelFlag &cancel = {});

/// The file holds a public key and nothing else. Errors: those of a file, and Parse for anything
/// else.
[[nodiscard]] Result<PublicKey> readPublicKeyFile(const QString &path);

/// Writes a new key: \a path with mode 0600 from its first moment (Windows: an ACL for the user
/// alone) and its .pub with 0644. The folder is made with 0700 when it is missing. Never over
/// anything that is there; leaves neither file after an error. Errors: also Usage when one of the
/// files is there already.
[[nodiscard]] Result<KeyEntry> saveNewKey(const PrivateKey &key, const QString &path,
                                          const SecretBytes &passphrase,
                                          const CancelFlag &cancel = {});

/// Rewrites \a path in OpenSSH's format, by renaming a whole new file over it; keeps comment and
/// mode, and the .pub as it is. \a newPassphrase empty = not encrypted from now on. A link stays a
/// link; the file it leads to changes.
[[nodiscard]] Result<KeyEntry> changePassphrase(const QString &path, const SecretBytes &passphrase,
                                                const SecretBytes &newPassphrase,
                                                const CancelFlag &cancel = {});

/// Reads any format from \a source and saves it as a new key at \a path. The source stays.
/// \a comment empty = the source's own.
[[nodiscard]] Result<KeyEntry> importKey(const QString &source, const SecretBytes &passphrase,
                                         const QString &path, const SecretBytes &newPassphrase,
                                         const QByteArray &comment = {},
                                         const CancelFlag &cancel = {});

/// Writes the public key's line to \a path (0644), never over a file that is there.
[[nodiscard]] Result<> exportPublicKey(const PublicKey &key, const QString &path);

/// Removes the private key and its .pub.
[[nodiscard]] Result<> removeKey(const QString &path);

/// So that only the user may read it: 0600, or the ACL.
[[nodiscard]] Result<> restrictKey(const QString &path);

} // namespace core::keys
