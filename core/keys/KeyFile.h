// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/PrivateKey.h"

#include <optional>

/// Reading private keys. All of it may take a while (see each): off the window's thread, or through
/// KeyWorker. Errors: KeyUnusable with the reason in detail, KeyPassphraseNeeded when a passphrase
/// is missing or wrong, Cancelled; Step::Key.
namespace core::keys {

enum class KeyFormat {
    OpenSsh, ///< openssh-key-v1
    Pem,     ///< PKCS#1, SEC1
    Pkcs8,
    Putty ///< .ppk, versions 2 and 3
};

/// A private key as it stands in its file.
struct KeyFile
{
    SecretBytes content;
    KeyFormat format = KeyFormat::OpenSsh;
    bool encrypted = false;
    /// What can be told without a passphrase: always for OpenSSH and PuTTY (the comment only where
    /// it is not encrypted), for PEM and PKCS#8 when they are not encrypted.
    std::optional<PublicKey> publicKey;
};

/// Looks at the text without decrypting; quick. Errors: a public key, a certificate, a DSA key, a
/// key on a security key, no key.
[[nodiscard]] Result<KeyFile> inspectKey(SecretBytes content);

/// \a error, its detail naming the file it is about.
[[nodiscard]] Error withPath(Error error, const QString &path);

/// Reads \a path ("~/" is the home folder), a regular file of at most 1 MiB. Errors: also NotFound,
/// PermissionDenied, LocalIo; all with the path in detail.
[[nodiscard]] Result<KeyFile> readKeyFile(const QString &path);

/// Decrypts. Takes 0.1 s to some seconds where the key is encrypted. The passphrase of a key that
/// is not encrypted is ignored.
[[nodiscard]] Result<PrivateKey> unlockKey(const KeyFile &file, const SecretBytes &passphrase,
                                           const CancelFlag &cancel = {});

/// How a private key is written: like ssh-keygen, aes256-ctr and bcrypt where there is a
/// passphrase. \a rounds: bcrypt's, 16 take about 0.2 s.
[[nodiscard]] Result<SecretBytes> toOpenSsh(const PrivateKey &key, const SecretBytes &passphrase,
                                            int rounds = 16, const CancelFlag &cancel = {});

/// The private key in a form that libssh2 reads without a passphrase.
[[nodiscard]] Result<SecretBytes> toSignInForm(const KeyFile &file, const SecretBytes &passphrase,
                                               const CancelFlag &cancel = {});

} // namespace core::keys
