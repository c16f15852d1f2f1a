// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

namespace core::keys {

/// A private key as it stands in its file. What is inside is read by libssh2 when signing in.
struct KeyFile
{
    SecretBytes content;
    bool encrypted = false;
};

/// Looks at the text without decrypting. OpenSSH (openssh-key-v1), PEM and PKCS#8.
/// Errors: KeyUnusable with the reason in detail: a public key, a PuTTY key, a certificate, no key.
[[nodiscard]] Result<KeyFile> inspectKey(SecretBytes content);

/// Reads \a path ("~/" is the home folder). At most 1 MiB. Errors: NotFound, PermissionDenied,
/// LocalIo (Step::Auth), and those of inspectKey() with the path in detail.
[[nodiscard]] Result<KeyFile> readKeyFile(const QString &path);

} // namespace core::keys
